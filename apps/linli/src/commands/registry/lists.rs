//! The register as lists: buildings, the units of one of them, imports so far, rows that a person has to decide.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of};
use crate::table::Table;
use linli_node::api::Request;
use serde_json::Value;
use std::fmt::Write;

/// Buildings, or the units of a place.
pub(super) fn list(ctx: &Ctx, place: Option<String>) -> Done {
    let units = place.is_some();
    let answer = ctx.ask(Request::RegistryList { place })?;
    let heads: &[&str] = if units {
        &["head-unit", "head-use", "head-people", "head-cell"]
    } else {
        &["head-building", "head-units", "head-cell"]
    };
    let mut table = Table::headed(heads.iter().map(|key| ctx.say(key)));
    if units {
        for one in answer.data.list("units") {
            table.row([
                one.line("unit"),
                one.line("use"),
                one.number("persons").to_string(),
                one.line("cell"),
            ]);
        }
    } else {
        for one in answer.data.list("buildings") {
            let units = one.number("units").to_string();
            table.row([one.line("building"), units, one.line("cell")]);
        }
        if answer.data.list("buildings").is_empty() {
            return Ok(Outcome::of(answer, ctx.say("registry-nothing")));
        }
    }
    Ok(Outcome::of(answer, table.show()))
}

/// The imports so far, the newest first.
pub(super) fn batches(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::RegistryBatches)?;
    let batches = answer.data.list("batches");
    if batches.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("registry-no-batches")));
    }
    let heads = [
        "head-batch",
        "head-state",
        "head-rows",
        "head-when",
        "head-file",
    ];
    let mut table = Table::headed(heads.map(|key| ctx.say(key)));
    for one in batches {
        let stage = match one.line("stage").as_str() {
            "applied" => "batch-applied",
            "undone" => "batch-undone",
            _ => "batch-preview",
        };
        let at = one.number("at_ms");
        table.row([
            one.line("batch"),
            ctx.say(stage),
            one.number("rows").to_string(),
            if at > 0 { ctx.at(at) } else { String::new() },
            one.line("file"),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

/// Rows of a batch that a person has to decide, a sentence each; empty where there are none.
pub(super) fn asks(ctx: &Ctx, data: &Value) -> String {
    let mut out = String::new();
    for one in data.list("asks") {
        let key = match one.line("why").as_str() {
            "several_records" => "registry-ask-several",
            "other_name_and_unit" => "registry-ask-other",
            "doubtful_id" => "registry-ask-id",
            "repeats_row" => "registry-ask-repeats",
            _ => "registry-ask-differs",
        };
        let rows = [
            ("row", one.number("row").into()),
            ("first", one.number("first").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text(key, &rows));
    }
    for unit in data.list("units_ask") {
        let unit = [("unit", line_of(unit).into())];
        let _ = writeln!(out, "{}", ctx.text("registry-ask-unit", &unit));
    }
    out
}
