//! The lists of the station: who is inside, who is expected, what was scanned last.

use super::{Expected, Inside, LIST_MAX, Panel, Recent};
use crate::api::{ExpectedItem, GateEvent, GateMark, IncidentItem, InsideItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

fn person(label: Option<&str>, companions: u8, unit: Option<&str>, plate: Option<&str>) -> String {
    let label = label.map(|label| match companions {
        0 => clean::line(label, clean::NAME_MAX),
        n => format!("{} +{n}", clean::line(label, clean::NAME_MAX)),
    });
    let rest = [unit, plate].into_iter().flatten();
    let rest = rest.map(|text| clean::line(text, clean::NAME_MAX));
    label.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

pub(super) fn inside(words: &Catalogue, now: Now, items: &[InsideItem]) -> Vec<Inside> {
    let mut items: Vec<&InsideItem> = items.iter().collect();
    items.sort_by_key(|item| (item.since_ms, &item.event));
    let shown = items.into_iter().take(LIST_MAX).map(|item| {
        let who = person(
            item.label.as_deref(),
            item.companions,
            item.unit.as_deref(),
            item.plate.as_deref(),
        );
        let over = item.overstayed_s.map(|s| {
            let length = dates::length(words, s.saturating_mul(1000));
            words.text("station-over", &[("length", length.into())])
        });
        Inside {
            event: item.event.clone(),
            text: format!("{} {who}", dates::at(words, now, item.since_ms)),
            over: over.unwrap_or_default(),
            leave: (
                words.say("station-leave"),
                words.text("station-leave-name", &[("who", who.into())]),
            ),
        }
    });
    shown.collect()
}

pub(super) fn expected(words: &Catalogue, now: Now, items: &[ExpectedItem]) -> Vec<Expected> {
    let mut items: Vec<&ExpectedItem> = items.iter().collect();
    items.sort_by_key(|item| (item.from_ms, item.until_ms, &item.label));
    let shown = items.into_iter().take(LIST_MAX).map(|item| Expected {
        text: format!(
            "{} {}",
            dates::span(words, now, item.from_ms, item.until_ms),
            person(
                item.label.as_deref(),
                item.companions,
                item.unit.as_deref(),
                item.plate.as_deref(),
            )
        ),
    });
    shown.collect()
}

/// The word and the tone of a line of the log.
const fn mark(mark: GateMark) -> (&'static str, Tone) {
    match mark {
        GateMark::Admit => ("station-admit", Tone::Good),
        GateMark::Ask => ("station-ask", Tone::Warn),
        GateMark::Deny => ("station-deny", Tone::Danger),
        GateMark::Exit => ("station-exit", Tone::Info),
        GateMark::Override => ("station-override", Tone::Good),
        GateMark::WalkIn => ("station-walk-in", Tone::Warn),
        GateMark::OpenAll => ("station-open-all", Tone::Warn),
        GateMark::Closed => ("station-closed", Tone::Info),
        GateMark::Corrected => ("station-corrected", Tone::Info),
        GateMark::HandOver => ("station-hand-over", Tone::Info),
        GateMark::Transfer => ("station-transfer", Tone::Info),
        GateMark::Other => ("station-other", Tone::Info),
    }
}

pub(super) fn recent(words: &Catalogue, now: Now, event: &GateEvent) -> Recent {
    let short = |text: &Option<String>| {
        text.as_deref()
            .map(|text| clean::line(text, clean::NAME_MAX))
    };
    let parts: Vec<String> = [&event.label, &event.unit, &event.plate]
        .into_iter()
        .filter_map(short)
        .collect();
    let who = if parts.is_empty() {
        event.code.clone().unwrap_or_default()
    } else {
        parts.join(" ")
    };
    let word = words.say(mark(event.result).0);
    Recent {
        id: event.id.clone(),
        time: dates::at(words, now, event.at_ms),
        word: if event.corrected {
            words.text("station-was-corrected", &[("word", word.into())])
        } else {
            word
        },
        tone: mark(event.result).1,
        who,
    }
}

/// A line of the log in one sentence.
pub(super) fn said(words: &Catalogue, now: Now, event: &GateEvent) -> String {
    let one = recent(words, now, event);
    [one.time, one.word, one.who].join(" ").trim().to_owned()
}

/// Everybody inside, for who leads people out: by unit, and how many heads to count.
pub(super) fn evacuation(words: &Catalogue, now: Now, items: &[InsideItem]) -> Panel {
    let mut items: Vec<&InsideItem> = items.iter().collect();
    items.sort_by_key(|item| (&item.unit, item.since_ms, &item.event));
    let people: u64 = items.iter().map(|one| 1 + u64::from(one.companions)).sum();
    let lines = items.iter().map(|item| {
        let who = person(item.label.as_deref(), item.companions, None, None);
        let unit = item
            .unit
            .as_deref()
            .map(|unit| clean::line(unit, clean::NAME_MAX));
        let plate = item
            .plate
            .as_deref()
            .map(|plate| clean::line(plate, clean::NAME_MAX));
        let since = words.text(
            "station-since",
            &[("time", dates::at(words, now, item.since_ms).into())],
        );
        let parts = [unit, Some(who), plate, Some(since)];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join("  ")
    });
    Panel::Asked {
        title: words.text(
            "station-evacuation",
            &[
                ("n", people.into()),
                ("time", dates::time(now, now.ms).into()),
            ],
        ),
        advice: words.say("station-evacuation-advice"),
        lines: lines.collect(),
        tone: Tone::Warn,
    }
}

/// Passes used more often than they allow, the newest first.
pub(super) fn incidents(words: &Catalogue, now: Now, items: &[IncidentItem]) -> Panel {
    let mut items: Vec<&IncidentItem> = items.iter().collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.at_ms), &item.pass, item.number));
    let lines = items.iter().map(|item| {
        let who = person(item.label.as_deref(), 0, item.unit.as_deref(), None);
        let args = [
            ("time", dates::at(words, now, item.at_ms).into()),
            ("gate", item.gate.into()),
            ("who", who.into()),
            ("n", item.number.into()),
            ("of", item.entries.into()),
        ];
        words.text(
            if item.by_guard {
                "station-incident-guard"
            } else {
                "station-incident"
            },
            &args,
        )
    });
    Panel::Asked {
        title: words.text("station-incidents", &[("n", items.len().into())]),
        advice: words.say(if items.is_empty() {
            "station-incidents-none"
        } else {
            "station-incidents-advice"
        }),
        lines: lines.collect(),
        tone: if items.is_empty() {
            Tone::Quiet
        } else {
            Tone::Warn
        },
    }
}
