//! `linli ring`: a gate calls a household about somebody without a pass; the household answers.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Answer, DoorAct, Fault, Request};
use linli_view::calls;
use serde_json::Value;

/// What can be done with calls.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Lists them.
    List,
    /// Answers one.
    Answer(Reply),
    /// Shows or sets in which order the devices ring.
    Order(Order),
}

/// An answer.
#[derive(clap::Args, Debug)]
pub struct Reply {
    /// Which call.
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// Yes or no.
    #[command(flatten)]
    pub says: Says,
}

/// Yes or no.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Says {
    /// Let in.
    #[arg(long)]
    pub admit: bool,
    /// Do not.
    #[arg(long)]
    pub refuse: bool,
}

/// The order.
#[derive(clap::Args, Debug)]
pub struct Order {
    /// Devices, the first to ring first.
    #[arg(value_name = "DEVICE")]
    pub devices: Vec<String>,
    /// How long each rings.
    #[arg(long, value_name = "S")]
    pub seconds: Option<u64>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::List => list(ctx),
        Command::Answer(Reply { event, says }) => {
            let admit = says.admit;
            let answer = ask(ctx, DoorAct::Answer { event, admit })?;
            let key = if admit {
                "ring-said-admit"
            } else {
                "ring-said-refuse"
            };
            Ok(Outcome::of(answer, ctx.say(key)))
        }
        Command::Order(Order { devices, seconds }) => {
            let act = if devices.is_empty() && seconds.is_none() {
                DoorAct::Doorbell
            } else {
                let order = devices;
                DoorAct::SetDoorbell { order, seconds }
            };
            order(ctx, act)
        }
    }
}

fn ask(ctx: &Ctx, act: DoorAct) -> Result<Answer, Fault> {
    ctx.ask(Request::Door { act })
}

/// The word of a step.
pub fn state(ctx: &Ctx, word: &str) -> String {
    let key = format!("ring-{word}");
    if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        word.to_owned()
    }
}

fn list(ctx: &Ctx) -> Done {
    let answer = ask(ctx, DoorAct::Rings)?;
    let rings = answer.data.list("rings");
    if rings.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("ring-none")));
    }
    let headings = [
        "head-id",
        "head-when",
        "head-gate",
        "head-unit",
        "head-name",
        "head-state",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for ring in rings {
        let said = if ring.is("here") {
            ctx.say("ring-here")
        } else {
            state(ctx, &ring.line("state"))
        };
        table.row([
            short(&ring.line("event")),
            ctx.at(ring.number("at_ms")),
            ring.line("gate"),
            ring.line("unit"),
            who(ctx, ring),
            said,
        ]);
    }
    let human = format!("{}{}", table.show(), ctx.as_of());
    Ok(Outcome::of(answer, human))
}

/// `王* +2`, that they say they live there, what they showed and why the gate asks.
fn who(ctx: &Ctx, ring: &Value) -> String {
    let mut parts = vec![ring.line("name")];
    if ring.number("companions") > 0 {
        parts.push(format!("+{}", ring.number("companions")));
    }
    if ring.is("resident") {
        parts.push(ctx.say("ring-resident"));
    }
    let words = ctx.words.shared();
    let text = |key: &str| ring[key].as_str();
    let about = calls::about(words, text("code"), text("plate"), text("pass"));
    parts.extend(about);
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn order(ctx: &Ctx, act: DoorAct) -> Done {
    let answer = ask(ctx, act)?;
    let seconds = [("seconds", answer.data.number("seconds").into())];
    let mut human = ctx.text("ring-order", &seconds);
    for (place, device) in answer.data.list("order").iter().enumerate() {
        let me = if device.is("me") {
            ctx.say("device-state-me")
        } else {
            String::new()
        };
        human.push_str(&format!(
            "\n{}. {} {me}",
            place + 1,
            short(&device.line("device"))
        ));
    }
    human.push('\n');
    Ok(Outcome::of(answer, human))
}
