//! `linli device`: the devices of the community; adding, holding, revoking them.

use super::{community, invite};
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::Request;
use serde_json::Value;

/// What can be done with devices.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// A further device here.
    Add(AddCommand),
    /// Lists them.
    List,
    /// Holds one: nothing of it counts until it is lifted.
    Hold(Reasoned),
    /// Lifts a hold.
    Lift(One),
    /// Revokes one for ever.
    Revoke(Reasoned),
}

/// Adding.
#[derive(clap::Args, Debug)]
pub struct AddCommand {
    /// How long the invite stays open.
    #[arg(long, value_name = "TIME", default_value = "10m")]
    pub ttl: String,
}

/// One device.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// One device and why.
#[derive(clap::Args, Debug)]
pub struct Reasoned {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Why; others will read it.
    #[arg(long, value_name = "R", default_value = "")]
    pub reason: String,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    let (request, said) = match command {
        Command::Add(args) => return invite::open(ctx, None, "sibling".to_owned(), &args.ttl),
        Command::List => return list(ctx),
        Command::Hold(Reasoned { id, reason }) => {
            (Request::DeviceHold { id, reason }, "device-held")
        }
        Command::Lift(One { id }) => (Request::DeviceLift { id }, "device-lifted"),
        Command::Revoke(Reasoned { id, reason }) => {
            (Request::DeviceRevoke { id, reason }, "device-revoked")
        }
    };
    let answer = ctx.ask(request)?;
    Ok(Outcome::of(answer, ctx.say(said)))
}

fn list(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::DeviceList)?;
    let headings = ["head-id", "head-what", "head-name", "head-state"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for device in answer.data.list("devices") {
        let place = [
            device.line("unit"),
            community::kind(ctx, &device.line("kind")),
        ];
        let place = place.into_iter().find(|text| !text.is_empty());
        table.row([
            short(&device.line("id")),
            place.unwrap_or_default(),
            device.line("label"),
            state(ctx, device),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn state(ctx: &Ctx, device: &Value) -> String {
    // The node says when or by whom, or only yes; either way it is not nothing.
    let set = |name| !matches!(device.field(name), Value::Null | Value::Bool(false));
    let key = if set("revoked") {
        "device-state-revoked"
    } else if set("held") {
        "device-state-held"
    } else if device.is("me") {
        "device-state-me"
    } else if device.is("issuer") {
        "device-state-issuer"
    } else {
        "device-state-fine"
    };
    let said = ctx.say(key);
    let reasons: Vec<String> = device
        .list("holds")
        .iter()
        .map(|hold| hold.line("reason"))
        .filter(|reason| key == "device-state-held" && !reason.is_empty())
        .collect();
    if reasons.is_empty() {
        return said;
    }
    let reason = reasons.join("; ");
    ctx.text(
        "device-state-because",
        &[("state", said.into()), ("reason", reason.into())],
    )
}
