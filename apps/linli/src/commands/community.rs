//! `linli community`: found one, show it.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::port;
use crate::shape::{Shape, short};
use linli_base::UtcOffset;
use linli_node::api::{Fault, Request};
use linli_node::home::FoundArgs;
use linli_view::clean;
use serde_json::Value;
use std::fmt::Write;

/// What can be done with a community.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Founds one; this device becomes founder, issuing key and office.
    Found(FoundCommand),
    /// Shows the one this home belongs to.
    Show,
}

/// Founding.
#[derive(clap::Args, Debug)]
pub struct FoundCommand {
    /// Name of the estate.
    #[arg(long, value_name = "N")]
    pub name: String,
    /// Fixed offset from UTC.
    #[arg(long, value_name = "+HH:MM", allow_hyphen_values = true)]
    pub utc_offset: String,
    /// How many found it.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub founders: u32,
    /// A gate: number and name.
    #[arg(long, value_name = "NO:NAME")]
    pub gate: Vec<String>,
    /// Name of the office that this device is.
    #[arg(long, value_name = "NAME")]
    pub office: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Found(args) => found(ctx, args),
        Command::Show => show(ctx),
    }
}

fn found(ctx: &Ctx, args: FoundCommand) -> Done {
    let offset = UtcOffset::parse(&args.utc_offset)
        .ok_or_else(|| Fault::input("bad-offset").with("text", &args.utc_offset))?;
    let gates = args
        .gate
        .iter()
        .map(|gate| input::gate(gate))
        .collect::<Result<Vec<_>, _>>()?;
    let options = ctx.options()?;
    let answer = port::found(
        options,
        FoundArgs {
            name: args.name,
            utc_offset_minutes: offset.minutes(),
            gates,
            office: args.office.unwrap_or_else(|| ctx.say("office-name")),
            founders: args.founders,
        },
    )?;
    let mut human = ctx.text(
        "founded",
        &[
            ("name", answer.data.field("community").line("name").into()),
            (
                "picture",
                answer.data.field("community").line("emoji").into(),
            ),
            (
                "id",
                short(&answer.data.field("community").line("id")).into(),
            ),
            ("home", options.dir.display().to_string().into()),
        ],
    );
    human.push('\n');
    let paper = answer.data.line("paper_words");
    if !paper.is_empty() {
        let _ = writeln!(human, "\n{}\n{}", ctx.say("paper-words"), in_rows(&paper));
    }
    let _ = write!(human, "\n{}", ctx.say("founded-next"));
    Ok(Outcome::of(answer, human))
}

/// Twenty-four words, six a row, numbered as a sheet of paper has them.
fn in_rows(words: &str) -> String {
    let words: Vec<String> = words
        .split_whitespace()
        .enumerate()
        .map(|(at, word)| format!("{:>2} {word:<9}", at + 1))
        .collect();
    words
        .chunks(6)
        .map(|row| format!("    {}", row.join(" ").trim_end()))
        .collect::<Vec<_>>()
        .join("\n")
}

fn show(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::CommunityShow)?;
    let human = format!(
        "{}{}",
        community(ctx, answer.data.field("community")),
        me(ctx, &answer.data)
    );
    Ok(Outcome::of(answer, human))
}

/// A community in sentences.
pub fn community(ctx: &Ctx, community: &Value) -> String {
    let mut out = ctx.text(
        "community-line",
        &[
            ("name", community.line("name").into()),
            ("picture", community.line("emoji").into()),
            ("id", short(&community.line("id")).into()),
        ],
    );
    out.push('\n');
    for gate in community.list("gates") {
        let _ = writeln!(
            out,
            "{}",
            ctx.text(
                "community-gate",
                &[
                    ("no", gate.number("no").into()),
                    ("name", gate.line("name").into()),
                ]
            )
        );
    }
    for office in community.list("offices") {
        let name = [("name", office.line("name").into())];
        let _ = writeln!(out, "{}", ctx.text("community-office", &name));
    }
    out
}

/// Who this device is, in one sentence.
pub fn me(ctx: &Ctx, data: &Value) -> String {
    let me = data.field("me");
    if me.is_null() {
        return String::new();
    }
    let what = [
        me.line("unit"),
        me.line("office"),
        kind(ctx, &me.line("kind")),
    ]
    .into_iter()
    .find(|text| !text.is_empty())
    .unwrap_or_default();
    let args = [
        ("what", clean::line(&what, clean::NAME_MAX).into()),
        ("device", short(&me.line("device")).into()),
    ];
    format!("{}\n", ctx.text("me-line", &args))
}

/// A kind of device in words.
pub fn kind(ctx: &Ctx, kind: &str) -> String {
    let key = format!("kind-{kind}");
    if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        clean::line(kind, clean::NAME_MAX)
    }
}
