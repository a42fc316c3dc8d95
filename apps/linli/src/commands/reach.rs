//! `linli notice reach`, `remind`, `told`: whom a notice reached, and how those are reached whom it did not.

use crate::ctx::Ctx;
use crate::input::Place;
use crate::outcome::{Done, Outcome};
use crate::paper::doors;
use crate::shape::{Shape, line_of};
use crate::table::Table;
use linli_node::api::Request;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// Reach.
#[derive(clap::Args, Debug)]
pub struct Reach {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Lists who has not confirmed.
    #[arg(long)]
    pub unconfirmed: bool,
    /// Writes the door-knock sheet.
    #[arg(long, value_name = "F")]
    pub pdf: Option<PathBuf>,
}

/// Told at a door.
#[derive(clap::Args, Debug)]
pub struct Told {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Where.
    #[arg(long, value_name = "U")]
    pub unit: String,
    /// What was said there.
    #[arg(long, value_name = "T")]
    pub words: Option<String>,
}

/// Counts, by building; who is still open.
pub fn reach(ctx: &Ctx, args: Reach) -> Done {
    let place = args.pdf.as_deref().map(Place::beside).transpose()?;
    let mut answer = ctx.ask(Request::NoticeReach { id: args.id })?;
    let data = &answer.data;
    let covers = json!({"of": data.field("of"), "not_heard": data.field("not_heard")});
    let number = |key: &str| data.number(key).into();
    let mut human = ctx.text(
        "notice-reach",
        &[
            ("reached", number("reached")),
            ("confirmed", number("confirmed")),
            ("told", number("told")),
            ("of", number("of")),
        ],
    );
    let silent = [
        ("silent", number("not_heard")),
        ("bare", number("no_device")),
        ("vacant", number("vacant")),
    ];
    let _ = write!(
        human,
        "\n{}\n{}",
        ctx.text("notice-reach-open", &silent),
        ctx.as_of()
    );
    let buildings = data.list("buildings");
    if buildings.len() > 1 {
        let _ = write!(human, "\n\n{}", by_building(ctx, buildings));
    }
    let spread = data.list("spread");
    if spread.len() > 1 {
        let _ = write!(human, "\n\n{}", over_time(ctx, spread));
    }
    if args.unconfirmed {
        let units: Vec<String> = data.list("unconfirmed").iter().map(line_of).collect();
        let list = [("list", units.join("  ").into())];
        let said = if units.is_empty() {
            ctx.say("notice-all-confirmed")
        } else {
            ctx.text("notice-unconfirmed", &list)
        };
        let _ = write!(human, "\n{said}");
    }
    if let (Some(place), Some(file)) = (place, &args.pdf) {
        let doors = data.list("open").len();
        place.fill(&doors::pdf(ctx, data)?)?;
        let file = file.display().to_string();
        let said = [("path", file.clone().into()), ("n", doors.into())];
        let _ = write!(human, "\n{}", ctx.text("notice-doors-written", &said));
        answer.data["file"] = file.into();
    }
    Ok(Outcome::of(answer, human).covering(covers))
}

fn by_building(ctx: &Ctx, buildings: &[Value]) -> String {
    let headings = [
        "head-building",
        "head-reached",
        "head-confirmed",
        "head-told",
        "head-units",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for one in buildings {
        table.row([
            one.line("building"),
            one.number("reached").to_string(),
            one.number("confirmed").to_string(),
            one.number("told").to_string(),
            one.number("of").to_string(),
        ]);
    }
    table.show()
}

fn over_time(ctx: &Ctx, spread: &[Value]) -> String {
    let headings = ["head-until", "head-reached", "head-read", "head-settled"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for one in spread {
        table.row([
            ctx.at(one.number("until_ms")),
            one.number("reached").to_string(),
            one.number("read").to_string(),
            one.number("settled").to_string(),
        ]);
    }
    table.show()
}

/// Asks the unconfirmed once more.
pub fn remind(ctx: &Ctx, id: String) -> Done {
    let answer = ctx.ask(Request::NoticeRemind { id })?;
    let said = [
        ("asked", answer.data.number("asked").into()),
        ("left", answer.data.number("left").into()),
    ];
    let human = ctx.text("notice-reminded", &said);
    Ok(Outcome::of(answer, human))
}

/// A unit was told at its door.
pub fn told(ctx: &Ctx, args: Told) -> Done {
    let Told { id, unit, words } = args;
    let answer = ctx.ask(Request::NoticeTold { id, unit, words })?;
    let unit = [("unit", answer.data.line("unit").into())];
    let key = if answer.data.is("news") {
        "notice-told"
    } else {
        "notice-told-before"
    };
    let human = ctx.text(key, &unit);
    Ok(Outcome::of(answer, human))
}
