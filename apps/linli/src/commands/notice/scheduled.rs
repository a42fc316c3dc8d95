//! `linli notice publish --at`, `linli notice scheduled`: notices that wait for their time.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{NoticeAct, NoticeArgs, Request};
use serde_json::Value;

/// What can be done with them.
#[derive(clap::Subcommand, Debug)]
pub enum Scheduled {
    /// Lists them.
    List,
    /// Takes one off the list.
    Cancel(Waiting),
}

/// One that waits.
#[derive(clap::Args, Debug)]
pub struct Waiting {
    /// Which.
    #[arg(value_name = "WHICH")]
    pub which: String,
}

/// Puts one on the list.
pub fn schedule(ctx: &Ctx, with: NoticeArgs, corrects: Option<String>, at_ms: u64) -> Done {
    let act = NoticeAct::Schedule {
        with: Box::new(with),
        corrects,
        at_ms,
    };
    let answer = ctx.ask(Request::Notice { act })?;
    let said = [
        ("id", answer.data.line("id").into()),
        ("when", ctx.at(at_ms).into()),
    ];
    let human = ctx.text("notice-scheduled", &said);
    Ok(Outcome::of(answer, human))
}

/// Runs it.
pub fn run(ctx: &Ctx, command: Scheduled) -> Done {
    match command {
        Scheduled::List => list(ctx),
        Scheduled::Cancel(Waiting { which }) => {
            let act = NoticeAct::Unschedule { id: which };
            let answer = ctx.ask(Request::Notice { act })?;
            Ok(Outcome::of(answer, ctx.say("notice-unscheduled")))
        }
    }
}

fn list(ctx: &Ctx) -> Done {
    let act = NoticeAct::Scheduled;
    let answer = ctx.ask(Request::Notice { act })?;
    let waiting = answer.data.list("scheduled");
    if waiting.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("notice-scheduled-none")));
    }
    let headings = ["head-id", "head-when", "head-title", "head-state"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for one in waiting {
        table.row([
            one.line("id"),
            ctx.at(one.number("at_ms")),
            one.line("title"),
            state(ctx, one),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn state(ctx: &Ctx, one: &Value) -> String {
    match one.line("state").as_str() {
        "waits" => ctx.say("notice-scheduled-waits"),
        "missed" => ctx.say("notice-scheduled-missed"),
        _ => {
            let code = one.line("why");
            let key = format!("fault-{code}-message");
            let why = if ctx.words.has(&key) {
                ctx.say(&key)
            } else {
                code
            };
            ctx.text("notice-scheduled-failed", &[("why", why.into())])
        }
    }
}
