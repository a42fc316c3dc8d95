//! `linli charter`: the epochs, each signed by the founders, and the limits that the newest one sets.

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
    /// Shows the limits, or changes them.
    Limits(Limits),
}

/// New limits.
#[derive(clap::Args, Debug)]
pub struct Limits {
    /// How long gates' logs are kept.
    #[arg(long, value_name = "N")]
    pub gate_log_months: Option<u64>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: &Command) -> Done {
    match command {
        Command::Log => log(ctx),
        Command::Limits(new) => limits(ctx, new),
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

const HOUR_S: u64 = 3600;

fn limits(ctx: &Ctx, new: &Limits) -> Done {
    let gate_log_months = new.gate_log_months;
    let answer = ctx.ask(Request::CharterLimits { gate_log_months })?;
    let data = &answer.data;
    let limits = &data["limits"];
    let hours = |name: &str| limits.number(name) / HOUR_S;
    let mut human = String::new();
    if gate_log_months.is_some() {
        let epoch = [("epoch", data.number("epoch").into())];
        let key = if data.is("changed") {
            "limits-changed"
        } else {
            "limits-as-before"
        };
        human.push_str(&ctx.text(key, &epoch));
        human.push('\n');
    }
    let months = limits.number("gate_log_months");
    human.push_str(&ctx.text("limits-gate-log", &[("n", months.into())]));
    for (key, name) in [
        ("limits-person", "person_pass_s"),
        ("limits-standing", "standing_pass_s"),
        ("limits-stale-day", "stale_day_s"),
        ("limits-stale-week", "stale_week_s"),
        ("limits-stale-long", "stale_long_s"),
    ] {
        human.push('\n');
        human.push_str(&ctx.text(key, &[("n", hours(name).into())]));
    }
    human.push('\n');
    Ok(Outcome::of(answer, human))
}
