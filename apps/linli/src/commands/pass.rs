//! `linli pass`: invites a visitor; looks at passes; needs no network, and for `decode`, `check` and `vectors`
//! (in [`super::pass_file`]) no home either.

use super::pass_copy::Copies;
use super::pass_file;
use super::pin::PinArgs;
use super::residents;
use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Fault, PassArgs, Request};
use linli_view::dates;
use serde_json::Value;

/// What can be done with passes.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Issues one.
    Issue(Box<Issue>),
    /// Lists one's own.
    List,
    /// Shows one.
    Show(Show),
    /// Cancels one.
    Cancel(One),
    /// Cancels all that this household issued until now.
    CancelAll,
    /// Plates of residents by the register.
    Residents(residents::Residents),
    /// Lists regular visitors.
    Regulars,
    /// Keeps whom a pass is for as a regular visitor.
    Keep(One),
    /// Forgets a regular visitor.
    Forget(Forget),
    /// Says what stands in a pass, unverified.
    Decode(pass_file::Decode),
    /// Decides about a pass as a described gate would.
    Check(pass_file::Check),
    /// Runs published vectors, or writes ours.
    Vectors(pass_file::Vectors),
}

/// One pass.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Forgetting.
#[derive(clap::Args, Debug)]
pub struct Forget {
    /// Whom.
    #[arg(value_name = "LABEL")]
    pub label: String,
}

/// Showing.
#[derive(clap::Args, Debug)]
pub struct Show {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Copies of the code.
    #[command(flatten)]
    pub copies: Copies,
}

/// Issuing.
#[derive(clap::Args, Debug)]
pub struct Issue {
    /// What the guard sees.
    #[arg(long, value_name = "L")]
    pub label: String,
    /// What kind of visit.
    #[arg(long, value_name = "K", default_value = "person", value_parser = ["person", "vehicle", "delivery", "worker"])]
    pub kind: String,
    /// Valid from.
    #[arg(long, value_name = "T", default_value = "now")]
    pub from: String,
    /// Valid until.
    #[arg(long, value_name = "T")]
    pub until: String,
    /// Whom the visitor sees, when an office invites.
    #[arg(long, value_name = "UNIT")]
    pub host: Option<String>,
    /// Entries allowed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub entries: u8,
    /// One picture for so many people.
    #[arg(long, value_name = "N", conflicts_with = "entries", value_parser = clap::value_parser!(u8).range(2..))]
    pub group: Option<u8>,
    /// Gates; the first counts.
    #[arg(long, value_name = "NO", value_parser = clap::value_parser!(u8).range(0..=63))]
    pub gate: Vec<u8>,
    /// Licence plate.
    #[arg(long, value_name = "P")]
    pub plate: Option<String>,
    /// Companions.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=20))]
    pub companions: u8,
    /// PIN told by voice.
    #[command(flatten)]
    pub pin: PinArgs,
    /// Recurring windows.
    #[arg(long, value_name = "DOW,HH:MM-HH:MM")]
    pub window: Vec<String>,
    /// Copies of the code.
    #[command(flatten)]
    pub copies: Copies,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Issue(args) => issue(ctx, *args),
        Command::List => list(ctx),
        Command::Show(args) => show(ctx, args),
        Command::Cancel(One { id }) => {
            let answer = ctx.ask(Request::PassCancel { id })?;
            Ok(Outcome::of(answer, ctx.say("pass-cancelled")))
        }
        Command::CancelAll => {
            let answer = ctx.ask(Request::PassCancelAll)?;
            Ok(Outcome::of(answer, ctx.say("pass-all-cancelled")))
        }
        Command::Residents(args) => residents::run(ctx, &args),
        Command::Regulars => regulars(ctx),
        Command::Keep(One { id }) => {
            let answer = ctx.ask(Request::PassKeep { id })?;
            Ok(Outcome::of(answer, ctx.say("pass-kept")))
        }
        Command::Forget(Forget { label }) => {
            let answer = ctx.ask(Request::PassForget { label })?;
            Ok(Outcome::of(answer, ctx.say("pass-forgotten")))
        }
        Command::Decode(args) => pass_file::decode(ctx, &args),
        Command::Check(args) => pass_file::check(ctx, &args),
        Command::Vectors(args) => pass_file::vectors(ctx, &args),
    }
}

fn regulars(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::PassRegulars)?;
    let all = answer.data.list("regulars");
    if all.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("pass-regulars-none")));
    }
    let mut table = Table::headed(["head-label", "head-plate"].map(|key| ctx.say(key)));
    for one in all {
        table.row([one.line("label"), one.line("plate")]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn issue(ctx: &Ctx, args: Issue) -> Done {
    let windows = args
        .window
        .iter()
        .map(|window| input::window(window))
        .collect::<Result<Vec<_>, _>>()?;
    let request = Request::PassIssue(PassArgs {
        label: args.label,
        kind: args.kind,
        from_s: input::moment_near(&args.from, ctx.now())? / 1000,
        until_s: input::end_near(&args.until, ctx.now())? / 1000,
        host: args.host,
        entries: args.group.unwrap_or(args.entries),
        gates: args.gate,
        plate: args.plate,
        companions: args.companions,
        pin: args.pin.read(ctx)?,
        windows,
    });
    // A file that cannot be written is known before there is a pass.
    let places = args.copies.places()?;
    let answer = ctx.ask(request)?;
    let data = &answer.data;
    let text = data.field("text").as_str().unwrap_or_default().to_owned();
    let valid = dates::span(
        ctx.words.shared(),
        ctx.now(),
        data.number("from_s").saturating_mul(1000),
        data.number("until_s").saturating_mul(1000),
    );
    let mut human = ctx.text(
        "pass-issued",
        &[
            ("label", data.line("label").into()),
            ("valid", valid.into()),
            ("code", data.line("short_code").into()),
        ],
    );
    human.push('\n');
    if let Some(people) = args.group {
        let people = [("people", u64::from(people).into())];
        human.push_str(&ctx.text("pass-group", &people));
        human.push('\n');
    }
    let made = args.copies.make(ctx, &text, places, &mut human);
    made.map_err(|fault| match (fault.code.as_str(), args.copies.file()) {
        ("file-not-written", Some(file)) => Fault::storage("picture-not-written")
            .with("file", file.display())
            .with("code", data.line("short_code"))
            .with("id", data.line("id")),
        _ => fault,
    })?;
    Ok(Outcome::of(answer, human))
}

fn list(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::PassList)?;
    let passes = answer.data.list("passes");
    if passes.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("pass-none")));
    }
    let headings = [
        "head-id",
        "head-label",
        "head-valid",
        "head-used",
        "head-code",
        "head-state",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for pass in passes {
        table.row([
            short(&pass.line("id")),
            pass.line("label"),
            valid(ctx, pass),
            used(ctx, pass),
            pass.line("short_code"),
            state(ctx, pass),
        ]);
    }
    Ok(Outcome::of(
        answer,
        format!("{}{}", table.show(), ctx.as_of()),
    ))
}

fn valid(ctx: &Ctx, pass: &Value) -> String {
    let ms = |name| pass.number(name).saturating_mul(1000);
    dates::span(ctx.words.shared(), ctx.now(), ms("from_s"), ms("until_s"))
}

fn used(ctx: &Ctx, pass: &Value) -> String {
    match pass.number("entries") {
        0 => ctx.say("pass-uncounted"),
        of => format!("{}/{of}", pass.number("used")),
    }
}

fn state(ctx: &Ctx, pass: &Value) -> String {
    if pass.some_number("cancelled_ms").is_some() {
        return ctx.say("pass-state-cancelled");
    }
    let heard: Vec<String> = pass
        .list("gates")
        .iter()
        .filter(|gate| gate.is("heard"))
        .map(|gate| gate.line("name"))
        .collect();
    if heard.is_empty() && pass.number("used") > 0 {
        ctx.say("pass-state-used")
    } else if heard.is_empty() {
        ctx.say("pass-state-unheard")
    } else {
        let names = [("names", heard.join(" ").into())];
        ctx.text("pass-state-heard", &names)
    }
}

fn show(ctx: &Ctx, args: Show) -> Done {
    let answer = ctx.ask(Request::PassShow { id: args.id })?;
    let pass = answer.data.field("pass");
    let text = pass.field("text").as_str().unwrap_or_default().to_owned();
    let mut human = ctx.text(
        "pass-shown",
        &[
            ("label", pass.line("label").into()),
            ("valid", valid(ctx, pass).into()),
            ("used", used(ctx, pass).into()),
            ("code", pass.line("short_code").into()),
            ("state", state(ctx, pass).into()),
        ],
    );
    human.push('\n');
    let places = args.copies.places()?;
    args.copies.make(ctx, &text, places, &mut human)?;
    Ok(Outcome::of(answer, human))
}
