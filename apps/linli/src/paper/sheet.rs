//! The day sheet of a gate: what it would otherwise show on the screen, printed before an outage.
//!
//! It carries no phone number, no code and nothing that opens a gate by itself: paper is lost and photographed.

use super::{faces, not_printed, window};
use crate::ctx::Ctx;
use crate::shape::Shape;
use linli_exchange::paper::{Column, Sheet, Table};
use linli_node::api::Fault;
use linli_view::dates;
use serde_json::Value;

/// What the gate answered, from which the sheet is made.
pub struct Told<'a> {
    /// `gate status`.
    pub status: &'a Value,
    /// `gate expected`.
    pub expected: &'a [Value],
    /// `gate inside`.
    pub inside: &'a [Value],
    /// The refusal lists of the estate and its households.
    pub refused: &'a [Value],
}

/// The PDF.
pub fn pdf(ctx: &Ctx, told: &Told<'_>) -> Result<Vec<u8>, Fault> {
    let foot = |page: usize, of: usize| {
        ctx.text("sheet-foot", &[("page", page.into()), ("of", of.into())])
    };
    let sheet = sheet(ctx, told);
    sheet.pdf(&faces()?, &foot).map_err(not_printed)
}

fn sheet(ctx: &Ctx, told: &Told<'_>) -> Sheet {
    let now = ctx.now();
    let gate = told.status.field("gate");
    let title = [
        ("no", gate.number("no").into()),
        ("name", gate.line("name").into()),
        ("day", dates::day(ctx.words.shared(), now, now.ms).into()),
    ];
    let helpers = |one: &&Value| !one.list("hours").is_empty() || one.number("windows") > 0;
    let (regular, once): (Vec<&Value>, Vec<&Value>) = told.expected.iter().partition(helpers);
    let tables = vec![
        inside(ctx, told.inside),
        expected(ctx, &once),
        recurring(ctx, &regular),
        plates(ctx, told.expected),
        refused(ctx, told.refused),
    ];
    Sheet {
        title: ctx.text("sheet-title", &title),
        lines: lines(ctx, told.status),
        tables,
        lang: ctx.words.lang().tag(),
    }
}

/// What must be read first: how old this is, and what to do with it.
fn lines(ctx: &Ctx, status: &Value) -> Vec<String> {
    let now = ctx.now();
    let dated = |ms| {
        let day = dates::day(ctx.words.shared(), now, ms);
        format!("{day} {}", dates::time(now, ms))
    };
    let mut lines = vec![ctx.text("sheet-printed", &[("when", dated(now.ms).into())])];
    lines.push(match status.some_number("cancels_as_of_ms") {
        Some(ms) if ms > 0 => ctx.text("sheet-cancels", &[("when", dated(ms).into())]),
        _ => ctx.say("sheet-cancels-never"),
    });
    let clock = status.line("clock");
    if clock != "GOOD" && ctx.words.has(&format!("clock-{clock}")) {
        let state = ctx.say(&format!("clock-{clock}"));
        lines.push(ctx.text("sheet-clock", &[("state", state.into())]));
    }
    lines.push(ctx.say("sheet-use"));
    lines
}

fn table(ctx: &Ctx, key: &str, columns: &[(&str, f32)], rows: Vec<Vec<String>>) -> Table {
    let column = |(key, share): &(&str, f32)| Column {
        title: ctx.say(key),
        share: *share,
    };
    let count = [("n", rows.len().into())];
    Table {
        title: ctx.text(key, &count),
        columns: columns.iter().map(column).collect(),
        rows,
        empty: ctx.say("sheet-empty"),
        ticked: true,
    }
}

fn inside(ctx: &Ctx, list: &[Value]) -> Table {
    let row = |one: &Value| {
        let until = one.some_number("until_ms").map(|ms| ctx.at(ms));
        let over = one
            .some_number("overstayed_s")
            .map(|_| ctx.say("sheet-over"));
        let until = [until, over].into_iter().flatten().collect::<Vec<_>>();
        vec![
            ctx.at(one.number("since_ms")),
            with(one),
            one.line("unit"),
            one.line("plate"),
            until.join(" "),
        ]
    };
    let columns = [
        ("sheet-since", 2.4),
        ("head-label", 2.6),
        ("head-unit", 2.0),
        ("head-plate", 2.0),
        ("sheet-until", 2.6),
    ];
    table(
        ctx,
        "sheet-inside",
        &columns,
        list.iter().map(row).collect(),
    )
}

fn expected(ctx: &Ctx, list: &[&Value]) -> Table {
    let row = |one: &&Value| {
        vec![
            span(ctx, one),
            with(one),
            one.line("unit"),
            one.line("plate"),
            left(ctx, one),
        ]
    };
    let columns = [
        ("head-valid", 4.0),
        ("head-label", 2.4),
        ("head-unit", 1.9),
        ("head-plate", 1.9),
        ("sheet-left", 1.2),
    ];
    table(
        ctx,
        "sheet-expected",
        &columns,
        list.iter().map(row).collect(),
    )
}

fn recurring(ctx: &Ctx, list: &[&Value]) -> Table {
    let row = |one: &&Value| {
        vec![
            with(one),
            one.line("unit"),
            hours(ctx, one),
            ctx.at(one.number("until_ms")),
        ]
    };
    let columns = [
        ("head-label", 2.4),
        ("head-unit", 1.9),
        ("paper-hours", 4.7),
        ("sheet-until", 2.4),
    ];
    table(
        ctx,
        "sheet-recurring",
        &columns,
        list.iter().map(row).collect(),
    )
}

/// Sorted as a guard looks one up.
fn plates(ctx: &Ctx, list: &[Value]) -> Table {
    let mut rows: Vec<Vec<String>> = list
        .iter()
        .filter(|one| !one.line("plate").is_empty())
        .map(|one| {
            vec![
                one.line("plate"),
                with(one),
                one.line("unit"),
                span(ctx, one),
            ]
        })
        .collect();
    rows.sort();
    let columns = [
        ("head-plate", 2.2),
        ("head-label", 2.4),
        ("head-unit", 1.9),
        ("head-valid", 4.9),
    ];
    table(ctx, "sheet-plates", &columns, rows)
}

fn refused(ctx: &Ctx, list: &[Value]) -> Table {
    let estate = ctx.say("sheet-estate");
    let row = |one: &Value| {
        let unit = one.line("unit");
        let unit = if unit.is_empty() {
            estate.clone()
        } else {
            unit
        };
        vec![one.line("name"), one.line("plate"), unit]
    };
    let columns = [
        ("head-label", 3.0),
        ("head-plate", 3.0),
        ("sheet-refused-by", 3.0),
    ];
    let mut table = table(
        ctx,
        "sheet-refused",
        &columns,
        list.iter().map(row).collect(),
    );
    table.ticked = false;
    table
}

fn span(ctx: &Ctx, one: &Value) -> String {
    let (from, until) = (one.number("from_ms"), one.number("until_ms"));
    dates::span_dated(ctx.words.shared(), ctx.now(), from, until)
}

/// Days and hours, a window a line.
fn hours(ctx: &Ctx, one: &Value) -> String {
    let number = |value: &Value, at: usize| value.get(at).and_then(Value::as_u64).unwrap_or(0);
    let windows: Vec<String> = one
        .list("hours")
        .iter()
        .map(|w| window(ctx, number(w, 0), number(w, 1), number(w, 2)))
        .collect();
    if windows.is_empty() {
        return ctx.text("sheet-windows", &[("n", one.number("windows").into())]);
    }
    windows.join("\n")
}

/// Entries left, as far as this gate knows.
fn left(ctx: &Ctx, one: &Value) -> String {
    match one.number("entries") {
        0 => ctx.say("pass-uncounted"),
        of => of.saturating_sub(one.number("used")).to_string(),
    }
}

/// `王* +2`.
fn with(one: &Value) -> String {
    match one.number("companions") {
        0 => one.line("label"),
        n => format!("{} +{n}", one.line("label")),
    }
}

#[cfg(test)]
mod tests;
