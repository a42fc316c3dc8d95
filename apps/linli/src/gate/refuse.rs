//! `linli gate refuse`: who is not let in, by a household for its unit or by the property desk for the estate; and
//! who has to be looked for when the estate is cleared.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Answer, DoorAct, Fault, GateAct, Request};
use std::path::PathBuf;

/// What can be done with the lists.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Puts somebody on the list.
    Add(Add),
    /// Takes a line off.
    Remove(Remove),
    /// Shows what this home may read.
    List,
}

/// A line.
#[derive(clap::Args, Debug)]
pub struct Add {
    /// Whom.
    #[command(flatten)]
    pub whom: Whom,
    /// Why.
    #[arg(long, value_name = "R")]
    pub reason: Option<String>,
}

/// A plate, a name or both.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = true)]
pub struct Whom {
    /// A plate.
    #[arg(long, value_name = "P")]
    pub plate: Option<String>,
    /// A name.
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
}

/// One line.
#[derive(clap::Args, Debug)]
pub struct Remove {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// The list for clearing the estate.
#[derive(clap::Args, Debug)]
pub struct Evacuation {
    /// Writes it as a text file.
    #[arg(long, value_name = "F")]
    pub out: Option<PathBuf>,
}

/// A search.
#[derive(clap::Args, Debug)]
pub struct Unit {
    /// Part of a unit.
    #[arg(value_name = "QUERY")]
    pub query: String,
}

fn ask(ctx: &Ctx, act: DoorAct) -> Result<Answer, Fault> {
    ctx.ask(Request::Door { act })
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Add(Add { whom, reason }) => {
            let act = DoorAct::Refuse {
                plate: whom.plate,
                name: whom.name,
                reason,
            };
            let answer = ask(ctx, act)?;
            let args = [("id", short(&answer.data.line("id")).into())];
            let human = ctx.text(&format!("refuse-{}", answer.data.line("scope")), &args);
            Ok(Outcome::of(answer, human))
        }
        Command::Remove(Remove { id }) => {
            let answer = ask(ctx, DoorAct::ReceiveAgain { id })?;
            Ok(Outcome::of(answer, ctx.say("refuse-removed")))
        }
        Command::List => list(ctx),
    }
}

fn list(ctx: &Ctx) -> Done {
    let answer = ask(ctx, DoorAct::Refusals)?;
    let lines = answer.data.list("refusals");
    if lines.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("refuse-none")));
    }
    let headings = [
        "head-id",
        "head-unit",
        "head-plate",
        "head-name",
        "head-when",
        "head-text",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for line in lines {
        let unit = match line.line("unit") {
            unit if unit.is_empty() => ctx.say("refuse-whole-estate"),
            unit => unit,
        };
        table.row([
            short(&line.line("id")),
            unit,
            line.line("plate"),
            line.line("name"),
            ctx.at(line.number("at_ms")),
            line.line("reason"),
        ]);
    }
    let human = format!("{}{}", table.show(), ctx.as_of());
    Ok(Outcome::of(answer, human))
}

/// `linli gate evacuation`: a list to print, building by building.
pub fn evacuation(ctx: &Ctx, args: &Evacuation) -> Done {
    let place = args.out.as_deref().map(input::Place::beside).transpose()?;
    let act = GateAct::Evacuation;
    let answer = ctx.ask(Request::Gate { act })?;
    let data = &answer.data;
    let head = [
        ("people", data.number("people").into()),
        ("when", ctx.at(data.number("as_of_ms")).into()),
    ];
    let mut human = ctx.text("evacuation-head", &head);
    for building in data.list("buildings") {
        let name = match building.line("building") {
            name if name.is_empty() => ctx.say("evacuation-nowhere"),
            name => name,
        };
        let line = [
            ("building", name.into()),
            ("people", building.number("people").into()),
        ];
        human.push_str(&format!("\n\n{}\n", ctx.text("evacuation-building", &line)));
        let mut table = Table::default();
        for one in building.list("units").iter().flat_map(|u| u.list("inside")) {
            let with = match one.number("companions") {
                0 => String::new(),
                n => format!("+{n}"),
            };
            // A box to tick.
            table.row([
                "[ ]".to_owned(),
                one.line("unit"),
                one.line("label"),
                with,
                one.line("plate"),
                ctx.at(one.number("since_ms")),
            ]);
        }
        human.push_str(table.show().trim_end());
    }
    human.push_str(&format!("\n\n{}\n", ctx.say("evacuation-foot")));
    if let (Some(place), Some(file)) = (place, &args.out) {
        place.fill(human.as_bytes())?;
        let path = [("path", file.display().to_string().into())];
        human = ctx.text("evacuation-written", &path);
    }
    Ok(Outcome::of(answer, human))
}

/// `linli gate unit`: where does somebody want to go?
pub fn unit(ctx: &Ctx, args: Unit) -> Done {
    let act = GateAct::FindUnit { query: args.query };
    let answer = ctx.ask(Request::Gate { act })?;
    let units = answer.data.list("units");
    if units.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("unit-none")));
    }
    let headings = ["head-unit", "head-state", "head-plate"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for unit in units {
        let state = match (unit.number("devices"), unit.is("online")) {
            (0, _) => ctx.say("unit-no-device"),
            (_, true) => ctx.say("unit-linked"),
            (_, false) => ctx.say("unit-not-linked"),
        };
        let plates: Vec<&str> = unit
            .list("plates")
            .iter()
            .filter_map(|p| p.as_str())
            .collect();
        table.row([unit.line("unit"), state, plates.join(" ")]);
    }
    Ok(Outcome::of(answer, table.show()))
}
