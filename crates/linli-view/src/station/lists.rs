//! The lists of the station: who is inside, who is expected, what was scanned last.

use super::{Expected, Inside, LIST_MAX, Recent};
use crate::api::{ExpectedItem, GateEvent, GateMark, InsideItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

pub(super) fn person(
    label: Option<&str>,
    companions: u8,
    unit: Option<&str>,
    plate: Option<&str>,
) -> String {
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
        GateMark::Refused => ("station-refused", Tone::Danger),
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
    let n = [("n", event.count.unwrap_or_default().into())];
    let word = words.text(mark(event.result).0, &n);
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
