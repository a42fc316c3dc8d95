//! `linli charter log`: the epochs, each signed by the founders.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::Request;

/// What can be done with the charter.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Lists the epochs.
    Log,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: &Command) -> Done {
    match command {
        Command::Log => log(ctx),
    }
}

fn log(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::CharterLog)?;
    let headings = ["head-epoch", "head-when", "head-name", "head-id"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for epoch in answer.data.list("epochs") {
        table.row([
            epoch.number("number").to_string(),
            ctx.at(epoch.number("time_s").saturating_mul(1000)),
            epoch.line("name"),
            short(&epoch.line("id")),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}
