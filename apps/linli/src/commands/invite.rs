//! `linli invite open`: a window of some minutes in which one device may join.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use linli_node::api::{Answer, Request};
use linli_pass::qr::{Medium, Symbol};
use std::fmt::Write;

/// What can be done with invites.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Opens one.
    Open(OpenCommand),
}

/// Opening.
#[derive(clap::Args, Debug)]
pub struct OpenCommand {
    /// The household's unit.
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// How long it stays open.
    #[arg(long, value_name = "TIME", default_value = "10m")]
    pub ttl: String,
    /// What the device becomes.
    #[arg(long, value_name = "ROLE", default_value = "household")]
    pub role: String,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Open(args) => open(ctx, args.unit, args.role, &args.ttl),
    }
}

/// Opens an invite and says what to do with it.
pub fn open(ctx: &Ctx, unit: Option<String>, role: String, ttl: &str) -> Done {
    let ttl_s = input::length(ttl)?.as_secs();
    let answer = ctx.ask(Request::InviteOpen { unit, role, ttl_s })?;
    let human = sentences(ctx, &answer);
    Ok(Outcome::of(answer, human))
}

fn sentences(ctx: &Ctx, answer: &Answer) -> String {
    let data = &answer.data;
    let invite = data.field("invite").as_str().unwrap_or_default();
    let until = ctx.at(data.number("expires_ms"));
    let mut out = ctx.text("invite-open", &[("until", until.into())]);
    let _ = write!(out, "\n\n    linli join {invite} --device-name ");
    let _ = writeln!(out, "{}\n", ctx.say("invite-device-name"));
    if ctx.on_terminal() {
        let text = data.field("qr_text").as_str().unwrap_or(invite);
        if let Ok(code) = Symbol::of(text, Medium::Screen) {
            out.push_str(&code.blocks(true));
            out.push('\n');
        }
    }
    out.push_str(&ctx.say("invite-next"));
    out
}
