//! `linli invite`: windows of some minutes in which one device may join; which are open, and closing one.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Answer, InviteAct, Request};
use linli_pass::qr::{Medium, Symbol};
use std::fmt::Write;

/// What can be done with invites.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Opens one.
    Open(OpenCommand),
    /// Lists those that are open.
    List,
    /// Closes one.
    Close(CloseCommand),
}

/// Closing.
#[derive(clap::Args, Debug)]
pub struct CloseCommand {
    /// Which.
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub id: Option<String>,
    /// All of them.
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
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
        Command::List => list(ctx),
        Command::Close(args) => close(ctx, args.id),
    }
}

fn list(ctx: &Ctx) -> Done {
    let act = InviteAct::List;
    let answer = ctx.ask(Request::Invite { act })?;
    let open = answer.data.list("invites");
    if open.is_empty() {
        let none = ctx.say("invite-none-open");
        return Ok(Outcome::of(answer, none));
    }
    let headings = ["head-id", "head-what", "head-until", "head-state"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for one in open {
        let device = [("device", one.line("device_name").into())];
        let state = match one.line("state").as_str() {
            "open" => ctx.say("invite-is-open"),
            "enrolled" => ctx.text("invite-is-enrolled", &device),
            "comparing" if one.is("confirmed") => ctx.text("invite-is-confirmed", &device),
            "comparing" => ctx.text("invite-is-comparing", &device),
            _ => ctx.say("invite-is-arriving"),
        };
        let until = ctx.at(one.number("expires_ms"));
        table.row([
            short(&one.line("id")),
            super::sas::who(ctx, one),
            until,
            state,
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

/// Closes one; none: all that nobody has joined by.
fn close(ctx: &Ctx, id: Option<String>) -> Done {
    let act = InviteAct::Close { id };
    let answer = ctx.ask(Request::Invite { act })?;
    let closed: Vec<String> = answer
        .data
        .list("closed")
        .iter()
        .map(|one| {
            let who = [("who", super::sas::who(ctx, one).into())];
            ctx.text("invite-closed", &who)
        })
        .collect();
    let human = if closed.is_empty() {
        ctx.say("invite-none-open")
    } else {
        closed.join("\n")
    };
    Ok(Outcome::of(answer, human))
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
    if ctx.on_terminal()
        && let Ok(code) = Symbol::of(invite, Medium::Screen)
    {
        out.push_str(&code.blocks(true));
        out.push('\n');
    }
    out.push_str(&ctx.say("invite-next"));
    out
}
