//! `linli gate sheet`: the day sheet to print before an outage.

use crate::ctx::Ctx;
use crate::input::Place;
use crate::outcome::{Done, Outcome};
use crate::paper::sheet;
use crate::shape::Shape;
use linli_node::api::{DoorAct, GateAct, Request};
use serde_json::json;
use std::path::PathBuf;

/// The sheet.
#[derive(clap::Args, Debug)]
pub struct Sheet {
    /// Where to.
    #[arg(long, value_name = "F")]
    pub pdf: PathBuf,
}

/// Asks the gate what it knows and writes it.
pub fn run(ctx: &Ctx, args: &Sheet) -> Done {
    let place = Place::beside(&args.pdf)?;
    let status = ctx.ask(Request::GateStatus)?.data;
    let gate = |act| ctx.ask(Request::Gate { act }).map(|answer| answer.data);
    let (expected, inside) = (gate(GateAct::Expected)?, gate(GateAct::Inside)?);
    let act = DoorAct::Refusals;
    let lists = ctx.ask(Request::Door { act })?.data;
    let told = sheet::told(&status, &expected, &inside, &lists);
    place.fill(&sheet::pdf(ctx, &told)?)?;
    let file = args.pdf.display().to_string();
    let data = json!({
        "file": file, "expected": told.expected.len(), "inside": told.inside.len(),
        "refused": told.refused.len(),
        "cancels_as_of_ms": status.field("cancels_as_of_ms"),
    });
    let said = [
        ("path", file.into()),
        ("expected", told.expected.len().into()),
        ("inside", told.inside.len().into()),
    ];
    Ok(Outcome::plain(data, ctx.text("sheet-written", &said)))
}
