//! `linli undo`: takes the last command of this device back by its inverse.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{Request, UndoAct};
use serde_json::Value;

/// Which, and whether it may ask.
#[derive(clap::Args, Debug)]
pub struct UndoArgs {
    /// Yes, also where it asks first.
    #[arg(long)]
    pub yes: bool,
    /// Only lists what could be taken back.
    #[arg(long, conflicts_with = "yes")]
    pub list: bool,
}

/// Takes it back, or lists.
pub fn undo(ctx: &Ctx, args: &UndoArgs) -> Done {
    if args.list {
        return list(ctx);
    }
    let act = UndoAct::Last { yes: args.yes };
    let answer = ctx.ask(Request::Undo { act })?;
    let what = [("what", named(ctx, &answer.data).into())];
    let human = ctx.text("undo-done", &what);
    Ok(Outcome::of(answer, human))
}

fn named(ctx: &Ctx, step: &Value) -> String {
    let key = format!("undo-what-{}", step.line("what"));
    let what = if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        ctx.say("undo-what-other")
    };
    let about = step.line("about");
    if about.is_empty() {
        return what;
    }
    ctx.text(
        "undo-about",
        &[("what", what.into()), ("about", about.into())],
    )
}

fn list(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::Undo { act: UndoAct::List })?;
    let steps = answer.data.list("steps");
    if steps.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("undo-none")));
    }
    let mut table = Table::headed(["head-when", "head-what", "head-state"].map(|key| ctx.say(key)));
    for step in steps {
        let state = match (step.is("can"), step.is("asks")) {
            (true, true) => "undo-state-asks",
            (true, false) => "undo-state-can",
            _ => "undo-state-never",
        };
        table.row([
            ctx.at(step.number("at_ms")),
            named(ctx, step),
            ctx.say(state),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}
