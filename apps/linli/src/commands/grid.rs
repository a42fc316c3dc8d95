//! `linli registry grid` and `linli notice area`: which homes lie in a grid cell, and whom an area means.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of};
use crate::table::Table;
use linli_node::api::{GridAct, Request};
use serde_json::Value;
use std::fmt::Write;

/// What can be done with grid cells.
#[derive(clap::Subcommand, Debug)]
pub enum Grid {
    /// Lists them.
    List,
    /// Says in which cell buildings, stairs or units lie.
    Set(Set),
    /// Says that they lie in none.
    Clear(Clear),
}

/// Into a cell.
#[derive(clap::Args, Debug)]
pub struct Set {
    /// The cell.
    #[arg(value_name = "CELL")]
    pub cell: String,
    /// Buildings, stairs, units.
    #[arg(value_name = "PLACE", required = true, num_args = 1..)]
    pub places: Vec<String>,
}

/// Out of any cell.
#[derive(clap::Args, Debug)]
pub struct Clear {
    /// Buildings, stairs, units.
    #[arg(value_name = "PLACE", required = true, num_args = 1..)]
    pub places: Vec<String>,
}

/// Whom an area means.
#[derive(clap::Args, Debug)]
pub struct Area {
    /// Buildings, stairs, units, cells; none = all.
    #[arg(value_name = "AREA")]
    pub area: Vec<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Grid) -> Done {
    match command {
        Grid::List => list(ctx),
        Grid::Set(Set { cell, places }) => set(ctx, Some(cell), places),
        Grid::Clear(Clear { places }) => set(ctx, None, places),
    }
}

fn list(ctx: &Ctx) -> Done {
    let act = GridAct::List;
    let answer = ctx.ask(Request::Grid { act })?;
    let cells = answer.data.list("cells");
    if cells.is_empty() {
        let mut out = ctx.say("grid-none");
        out.push('\n');
        disputed(ctx, &mut out, &answer.data);
        return Ok(Outcome::of(answer, out));
    }
    let heads = ["head-cell", "head-buildings", "head-units"];
    let mut table = Table::headed(heads.map(|key| ctx.say(key)));
    for cell in cells {
        table.row([
            cell.line("cell"),
            joined(ctx, cell, "buildings"),
            cell.number("units").to_string(),
        ]);
    }
    let mut out = table.show();
    let without = answer.data.number("without");
    if without > 0 {
        let _ = writeln!(
            out,
            "{}",
            ctx.text("grid-without", &[("n", without.into())])
        );
    }
    disputed(ctx, &mut out, &answer.data);
    Ok(Outcome::of(answer, out))
}

/// Homes of which offices say different cells.
fn disputed(ctx: &Ctx, out: &mut String, data: &Value) {
    let cell = |of: &Value, name: &str| match of.field(name).is_null() {
        true => ctx.say("grid-disputed-none"),
        false => of.line(name),
    };
    let lines = data.list("disputed");
    for line in lines {
        let says = line.list("says").iter().map(|word| {
            let args = [
                ("office", word.line("office").into()),
                ("cell", cell(word, "cell").into()),
            ];
            ctx.text("grid-disputed-says", &args)
        });
        let says: Vec<String> = says.collect();
        let args = [
            ("places", joined(ctx, line, "places").into()),
            ("n", line.number("units").into()),
            ("says", says.join(&ctx.say("grid-comma")).into()),
            ("cell", cell(line, "counts").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("grid-disputed", &args));
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "{}", ctx.say("grid-disputed-next"));
    }
}

fn joined(ctx: &Ctx, value: &Value, name: &str) -> String {
    let all: Vec<String> = value.list(name).iter().map(line_of).collect();
    all.join(&ctx.say("grid-comma"))
}

fn set(ctx: &Ctx, cell: Option<String>, places: Vec<String>) -> Done {
    let act = GridAct::Set { cell, places };
    let answer = ctx.ask(Request::Grid { act })?;
    let data = &answer.data;
    let places = [
        ("places", joined(ctx, data, "places").into()),
        ("cell", data.line("cell").into()),
    ];
    let key = match (data.number("changed"), data.field("cell").is_null()) {
        (0, _) => "grid-same",
        (_, true) => "grid-cleared",
        _ => "grid-set",
    };
    let human = ctx.text(key, &places);
    Ok(Outcome::of(answer, human))
}

/// Says whom an area would address if it were published now.
pub fn area(ctx: &Ctx, Area { area }: Area) -> Done {
    let act = GridAct::Area { area };
    let answer = ctx.ask(Request::Grid { act })?;
    let data = &answer.data;
    let (units, vacant) = (data.number("units"), data.number("vacant"));
    let mut out = ctx.text(
        if vacant > 0 {
            "area-units-vacant"
        } else {
            "area-units"
        },
        &[("n", units.into()), ("vacant", vacant.into())],
    );
    out.push('\n');
    if !data.list("cells").is_empty() {
        let said = [
            ("cells", joined(ctx, data, "cells").into()),
            ("places", joined(ctx, data, "area").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("area-cells", &said));
    }
    if !data.list("unknown").is_empty() {
        let list = [("list", joined(ctx, data, "unknown").into())];
        let _ = writeln!(out, "{}", ctx.text("area-unknown-words", &list));
    }
    disputed(ctx, &mut out, data);
    Ok(Outcome::of(answer, out))
}
