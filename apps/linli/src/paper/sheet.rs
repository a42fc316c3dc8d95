//! The day sheet of a gate as a PDF: worded by `linli_view::sheet`, printed by `linli_node::paper`.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use crate::shape::Shape;
use linli_node::api::Fault;
use linli_node::paper;
use linli_view::api::{GateSheet, GateStatus};
use linli_view::sheet;
use serde_json::{Value, from_value};

/// What the gate answered: `gate status`, `gate expected`, `gate inside`, `gate refuse list`.
pub fn told(status: &Value, expected: &Value, inside: &Value, refused: &Value) -> GateSheet {
    let gate = status.field("gate");
    GateSheet {
        status: GateStatus {
            no: u8::try_from(gate.number("no")).unwrap_or_default(),
            name: Some(gate.line("name")),
            clock: Some(status.line("clock")),
            cancels_as_of_ms: status.some_number("cancels_as_of_ms"),
            ..GateStatus::default()
        },
        expected: items(expected.list("expected"), |one| from_value(one).ok()),
        inside: items(inside.list("inside"), |one| from_value(one).ok()),
        refused: items(refused.list("refusals"), |one| from_value(one).ok()),
    }
}

fn items<T>(items: &[Value], read: impl Fn(Value) -> Option<T>) -> Vec<T> {
    items.iter().cloned().filter_map(read).collect()
}

/// The PDF.
pub fn pdf(ctx: &Ctx, told: &GateSheet) -> Result<Vec<u8>, Fault> {
    let words = ctx.words.shared();
    let worded = sheet::sheet(words, ctx.now(), told);
    let foot = |page, of| sheet::foot(words, page, of);
    paper::sheet(words, &faces()?, worded, &foot).map_err(not_printed)
}
