//! The day sheet of a gate: what it would otherwise show on the screen, printed before an outage. This words it;
//! `linli_exchange::paper` lays it out, for the command line and for the station alike.
//!
//! It carries no phone number, no code and nothing that opens a gate by itself: paper is lost and photographed.

mod name;

pub use name::{is_of, is_old};

use crate::api::{ExpectedItem, GateSheet, GateStatus, InsideItem, RefusalItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::words::Catalogue;

const MINUTES_AN_HOUR: u64 = 60;

/// A day sheet in words.
#[derive(Clone, PartialEq, Debug)]
pub struct DaySheet {
    /// Its title, on every page.
    pub title: String,
    /// What must be read first: how old it is, and what to do with it.
    pub lines: Vec<String>,
    /// The tables in order.
    pub tables: Vec<DayTable>,
    /// A name for its file.
    pub file_name: String,
}

/// A table of it.
#[derive(Clone, PartialEq, Debug)]
pub struct DayTable {
    /// Its heading.
    pub title: String,
    /// Its columns: heading, and share of the width beside the others'.
    pub columns: Vec<(String, f32)>,
    /// Its rows, a text for each column.
    pub rows: Vec<Vec<String>>,
    /// What stands there when it has no row.
    pub empty: String,
    /// Whether each row has a box to tick.
    pub ticked: bool,
}

/// The foot of a page.
#[must_use]
pub fn foot(words: &Catalogue, page: usize, of: usize) -> String {
    words.text("sheet-foot", &[("page", page.into()), ("of", of.into())])
}

/// Makes the sheet.
#[must_use]
pub fn sheet(words: &Catalogue, now: Now, told: &GateSheet) -> DaySheet {
    let name = told.status.name.as_deref().unwrap_or_default();
    let name = clean::line(name, clean::NAME_MAX);
    let title = [
        ("no", told.status.no.into()),
        ("name", name.as_str().into()),
        ("day", dates::day(words, now, now.ms).into()),
    ];
    let (regular, once): (Vec<&ExpectedItem>, Vec<&ExpectedItem>) = told
        .expected
        .iter()
        .partition(|one| !one.hours.is_empty() || one.windows > 0);
    DaySheet {
        title: words.text("sheet-title", &title),
        lines: lines(words, now, &told.status),
        tables: vec![
            inside(words, now, &told.inside),
            expected(words, now, &once),
            recurring(words, now, &regular),
            plates(words, now, &told.expected),
            refused(words, &told.refused),
        ],
        file_name: name::file(words, now, told.status.no),
    }
}

/// What must be read first: how old this is, and what to do with it.
fn lines(words: &Catalogue, now: Now, status: &GateStatus) -> Vec<String> {
    let dated = |ms| {
        let day = dates::day(words, now, ms);
        format!("{day} {}", dates::time(now, ms))
    };
    let mut lines = vec![words.text("sheet-printed", &[("when", dated(now.ms).into())])];
    lines.push(match status.cancels_as_of_ms {
        Some(ms) if ms > 0 => words.text("sheet-cancels", &[("when", dated(ms).into())]),
        _ => words.say("sheet-cancels-never"),
    });
    let clock = match status.clock.as_deref() {
        Some("DRIFT") => Some("sheet-clock-drift"),
        Some("BEHIND") => Some("sheet-clock-behind"),
        Some("LOST") => Some("sheet-clock-lost"),
        _ => None,
    };
    lines.extend(
        clock.map(|state| words.text("sheet-clock", &[("state", words.say(state).into())])),
    );
    lines.push(words.say("sheet-use"));
    lines
}

fn table(
    words: &Catalogue,
    key: &str,
    columns: &[(&str, f32)],
    rows: Vec<Vec<String>>,
) -> DayTable {
    let columns = columns.iter().map(|(key, share)| (words.say(key), *share));
    DayTable {
        title: words.text(key, &[("n", rows.len().into())]),
        columns: columns.collect(),
        rows,
        empty: words.say("sheet-empty"),
        ticked: true,
    }
}

fn text(text: &Option<String>) -> String {
    let text = text.as_deref().unwrap_or_default();
    clean::line(text, clean::NAME_MAX)
}

/// `王* +2`.
fn with(label: &Option<String>, companions: u8) -> String {
    match companions {
        0 => text(label),
        n => format!("{} +{n}", text(label)),
    }
}

fn inside(words: &Catalogue, now: Now, list: &[InsideItem]) -> DayTable {
    let row = |one: &InsideItem| {
        let until = one.until_ms.map(|ms| dates::at(words, now, ms));
        let over = one.overstayed_s.map(|_| words.say("sheet-over"));
        let until: Vec<String> = [until, over].into_iter().flatten().collect();
        vec![
            dates::at(words, now, one.since_ms),
            with(&one.label, one.companions),
            text(&one.unit),
            text(&one.plate),
            until.join(" "),
        ]
    };
    let columns = [
        ("sheet-since", 2.4),
        ("sheet-label", 2.6),
        ("sheet-unit", 2.0),
        ("sheet-plate", 2.0),
        ("sheet-until", 2.6),
    ];
    let rows = list.iter().map(row).collect();
    table(words, "sheet-inside", &columns, rows)
}

fn expected(words: &Catalogue, now: Now, list: &[&ExpectedItem]) -> DayTable {
    let row = |one: &&ExpectedItem| {
        vec![
            span(words, now, one),
            with(&one.label, one.companions),
            text(&one.unit),
            text(&one.plate),
            left(words, one),
        ]
    };
    let columns = [
        ("sheet-valid", 4.0),
        ("sheet-label", 2.4),
        ("sheet-unit", 1.9),
        ("sheet-plate", 1.9),
        ("sheet-left", 1.2),
    ];
    let rows = list.iter().map(row).collect();
    table(words, "sheet-expected", &columns, rows)
}

fn recurring(words: &Catalogue, now: Now, list: &[&ExpectedItem]) -> DayTable {
    let row = |one: &&ExpectedItem| {
        vec![
            with(&one.label, one.companions),
            text(&one.unit),
            hours(words, one),
            dates::at(words, now, one.until_ms),
        ]
    };
    let columns = [
        ("sheet-label", 2.4),
        ("sheet-unit", 1.9),
        ("sheet-hours", 4.7),
        ("sheet-until", 2.4),
    ];
    let rows = list.iter().map(row).collect();
    table(words, "sheet-recurring", &columns, rows)
}

/// Sorted as a guard looks one up.
fn plates(words: &Catalogue, now: Now, list: &[ExpectedItem]) -> DayTable {
    let mut rows: Vec<Vec<String>> = list
        .iter()
        .filter(|one| one.plate.is_some())
        .map(|one| {
            vec![
                text(&one.plate),
                with(&one.label, one.companions),
                text(&one.unit),
                span(words, now, one),
            ]
        })
        .collect();
    rows.sort();
    let columns = [
        ("sheet-plate", 2.2),
        ("sheet-label", 2.4),
        ("sheet-unit", 1.9),
        ("sheet-valid", 4.9),
    ];
    table(words, "sheet-plates", &columns, rows)
}

fn refused(words: &Catalogue, list: &[RefusalItem]) -> DayTable {
    let row = |one: &RefusalItem| {
        let unit = match &one.unit {
            None => words.say("sheet-estate"),
            unit => text(unit),
        };
        vec![text(&one.name), text(&one.plate), unit]
    };
    let columns = [
        ("sheet-label", 3.0),
        ("sheet-plate", 3.0),
        ("sheet-refused-by", 3.0),
    ];
    let rows = list.iter().map(row).collect();
    DayTable {
        ticked: false,
        ..table(words, "sheet-refused", &columns, rows)
    }
}

fn span(words: &Catalogue, now: Now, one: &ExpectedItem) -> String {
    dates::span_dated(words, now, one.from_ms, one.until_ms)
}

/// Days and hours, a window a line.
fn hours(words: &Catalogue, one: &ExpectedItem) -> String {
    if one.hours.is_empty() {
        return words.text("sheet-windows", &[("n", one.windows.into())]);
    }
    let windows = one.hours.iter();
    let windows = windows.map(|[days, start, end]| window(words, *days, *start, *end));
    windows.collect::<Vec<_>>().join("\n")
}

/// A recurring window in words: 周一 周三 09:00–11:30. Bit 0 of the days is Monday.
#[must_use]
pub fn window(words: &Catalogue, days: u64, start: u64, end: u64) -> String {
    let time = |minute: u64| {
        let (hour, minute) = (minute / MINUTES_AN_HOUR, minute % MINUTES_AN_HOUR);
        format!("{hour:02}:{minute:02}")
    };
    let names: Vec<String> = (0..7_u64)
        .filter(|bit| days >> bit & 1 == 1)
        .map(|bit| words.text("paper-weekday", &[("day", (bit + 1).into())]))
        .collect();
    let days = if names.len() == 7 {
        words.say("paper-every-day")
    } else {
        names.join(" ")
    };
    format!("{days} {}–{}", time(start), time(end))
}

/// Entries left, as far as this gate knows.
fn left(words: &Catalogue, one: &ExpectedItem) -> String {
    match u32::from(one.entries) {
        0 => words.say("sheet-uncounted"),
        of => of.saturating_sub(one.used).to_string(),
    }
}

#[cfg(test)]
mod tests;
