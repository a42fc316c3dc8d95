//! `linli gate`: the decision at the gate, one large line with what to do; the exit status follows it.

use super::pass_file;
use super::pin::PinArgs;
use crate::ctx::Ctx;
use crate::gate::{acts, export, refuse, serve, sheet};
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Fault, Request, ScanArgs};
use linli_view::words::Lang;
use serde_json::Value;
use std::path::PathBuf;

/// Characters of an event's id shown in a table: the beginning that a guard types.
const ID_SHOWN: usize = 10;

/// What can be done at a gate.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Decides.
    Check(Check),
    /// Lists what was decided.
    Log(export::Log),
    /// Says where the gate stands.
    Status,
    /// Answers a barrier or a camera, line by line.
    Serve(serve::Serve),
    /// Lets somebody in against or without an answer.
    Override(acts::Override),
    /// Somebody leaves.
    Exit(acts::Exit),
    /// Somebody without a pass.
    WalkIn(acts::WalkIn),
    /// Calls the household about a line that asks.
    Ring(acts::Ring),
    /// Who is expected.
    Expected,
    /// Who is inside.
    Inside,
    /// Passes used too often.
    Incidents,
    /// Who is not let in.
    #[command(subcommand)]
    Refuse(refuse::Command),
    /// Who has to be looked for.
    Evacuation(refuse::Evacuation),
    /// Looks a unit up.
    Unit(refuse::Unit),
    /// Open for everybody.
    OpenAll(acts::OpenAll),
    /// Takes a wrong click back.
    Correct(acts::Override),
    /// A guard takes over.
    Handover(acts::Handover),
    /// A day sheet to print before an outage.
    Sheet(sheet::Sheet),
}

/// What came in front of the gate.
#[derive(clap::Args, Debug)]
pub struct Check {
    /// One of four.
    #[command(flatten)]
    pub shown: Shown,
    /// People besides the holder.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub companions: u8,
    /// The PIN that was said.
    #[command(flatten)]
    pub pin: PinArgs,
    /// In the vehicle lane: the plate seen there.
    #[arg(long, value_name = "P")]
    pub lane_plate: Option<String>,
}

/// A code, a picture of one, a plate, a short code.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Shown {
    /// The text of a pass.
    #[arg(value_name = "SCAN")]
    pub scan: Option<String>,
    /// A picture of the code (PNG or JPEG).
    #[arg(long, value_name = "F")]
    pub image: Option<PathBuf>,
    /// A plate.
    #[arg(long, value_name = "P")]
    pub plate: Option<String>,
    /// A short code.
    #[arg(long, value_name = "C")]
    pub code: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Check(args) => check(ctx, args),
        Command::Log(args) => log(ctx, &args),
        Command::Status => status(ctx),
        Command::Serve(args) => serve::run(ctx, args),
        Command::Override(args) => acts::overrule(ctx, args),
        Command::Exit(args) => acts::exit(ctx, args),
        Command::WalkIn(args) => acts::walk_in(ctx, args),
        Command::Ring(args) => acts::ring(ctx, args),
        Command::Expected => acts::expected(ctx),
        Command::Inside => acts::inside(ctx),
        Command::Incidents => acts::incidents(ctx),
        Command::Refuse(command) => refuse::run(ctx, command),
        Command::Evacuation(args) => refuse::evacuation(ctx, &args),
        Command::Unit(args) => refuse::unit(ctx, args),
        Command::OpenAll(args) => acts::open_all(ctx, args),
        Command::Correct(args) => acts::correct(ctx, args),
        Command::Handover(args) => acts::handover(ctx, args),
        Command::Sheet(args) => sheet::run(ctx, &args),
    }
}

/// The exit status of a result: 0 ADMIT, 10 ASK, 11 DENY. Whatever else a gate may say keeps it shut.
pub fn exit_of(result: &str) -> u8 {
    match result {
        "ADMIT" => 0,
        "ASK" => 10,
        _ => 11,
    }
}

fn check(ctx: &Ctx, args: Check) -> Done {
    let text = match &args.shown.image {
        Some(file) => Some(pass_file::image(file)?),
        None => args.shown.scan,
    };
    let request = Request::GateCheck(ScanArgs {
        text,
        plate: args.shown.plate,
        code: args.shown.code,
        companions: args.companions,
        pin: args.pin.read(ctx)?,
        lane_plate: args.lane_plate,
    });
    let answer = ctx.ask(request)?;
    let result = answer.data.line("result");
    if !matches!(result.as_str(), "ADMIT" | "ASK" | "DENY") {
        return Err(Fault::ours("our-fault"));
    }
    let human = decision(ctx, &answer.data);
    let exit = exit_of(&result);
    Ok(Outcome::of(answer, human).exits(exit))
}

/// `█ 可进入  ...` and beneath it whom and where.
pub fn decision(ctx: &Ctx, data: &Value) -> String {
    let sentence = match ctx.words.lang() {
        Lang::ZhCn => data.line("sentence_zh"),
        Lang::En => data.line("sentence_en"),
    };
    let word = ctx.say(&format!("gate-{}", data.line("result")));
    let who: Vec<String> = ["label", "unit", "plate"]
        .into_iter()
        .map(|name| data.line(name))
        .filter(|text| !text.is_empty())
        .collect();
    let mut out = format!("███ {word}  {sentence}\n");
    if !who.is_empty() {
        out.push_str(&format!("    {}\n", who.join("  ")));
    }
    let code = data.line("code");
    if !code.is_empty() {
        out.push_str(&format!("    {code}\n"));
    }
    out
}

fn log(ctx: &Ctx, args: &export::Log) -> Done {
    let answer = ctx.ask(Request::GateLog)?;
    if let Some(file) = &args.export {
        return export::write(ctx, answer, file);
    }
    let events = answer.data.list("events");
    if events.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("gate-log-empty")));
    }
    let headings = [
        "head-when",
        "head-gate",
        "head-result",
        "head-code",
        "head-label",
        "head-unit",
        "head-id",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for event in events {
        let result = event.line("result");
        let key = format!("gate-{result}");
        table.row([
            ctx.at(event.number("at_ms")),
            event.line("gate"),
            if ctx.words.has(&key) {
                ctx.say(&key)
            } else {
                result
            },
            event.line("code"),
            // Of refusals that were only counted: how many.
            match event.some_number("count") {
                Some(count) => format!("×{count}"),
                None => event.line("label"),
            },
            event.line("unit"),
            // What override, exit and correct ask for: the beginning of an id is enough.
            event.line("id").chars().take(ID_SHOWN).collect(),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn status(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::GateStatus)?;
    let data = &answer.data;
    let clock = data.line("clock");
    let key = format!("clock-{clock}");
    let heard = match data.some_number("cancels_as_of_ms") {
        Some(ms) if ms > 0 => ctx.text("gate-cancels", &[("when", ctx.at(ms).into())]),
        _ => ctx.say("gate-cancels-never"),
    };
    let args = [
        ("no", data.field("gate").number("no").into()),
        ("name", data.field("gate").line("name").into()),
        (
            "clock",
            if ctx.words.has(&key) {
                ctx.say(&key)
            } else {
                clock
            }
            .into(),
        ),
        ("grants", data.number("grants").into()),
        ("cancelled", data.number("cancelled").into()),
    ];
    let mut human = format!("{}\n{heard}", ctx.text("gate-status", &args));
    for call in data.list("help") {
        let args = [
            ("id", short(&call.line("id")).into()),
            ("by", call.line("by").into()),
            ("when", ctx.at(call.number("at_ms")).into()),
        ];
        human.push('\n');
        human.push_str(&ctx.text("aid-at-gate", &args));
    }
    Ok(Outcome::of(answer, human))
}
