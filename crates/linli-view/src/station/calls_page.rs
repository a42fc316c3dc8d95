//! Calls to households, as the gate that made them sees them: to whom, since when, what was said.

use super::{Line, Panel};
use crate::api::{RingItem, RingState};
use crate::calls;
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

/// Calls shown, the newest first; the command line lists more.
const CALLS_MAX: usize = 20;

/// The page.
pub(super) fn calls(words: &Catalogue, now: Now, rings: &[RingItem]) -> Panel {
    let mut all: Vec<&RingItem> = rings.iter().collect();
    all.sort_by_key(|ring| (std::cmp::Reverse(ring.at_ms), &ring.event));
    let waiting = all.iter().any(|ring| needs_guard(ring.state));
    let lines = all
        .iter()
        .take(CALLS_MAX)
        .map(|ring| line(words, now, ring));
    Panel::Asked {
        title: words.text("station-calls", &[("n", all.len().into())]),
        advice: words.say(if all.is_empty() {
            "station-calls-none"
        } else {
            "station-calls-advice"
        }),
        lines: lines.collect(),
        tone: match (all.is_empty(), waiting) {
            (true, _) => Tone::Quiet,
            (_, true) => Tone::Warn,
            _ => Tone::Info,
        },
    }
}

/// Nobody answered: the guard decides.
const fn needs_guard(state: RingState) -> bool {
    matches!(state, RingState::NoAnswer | RingState::NotReached)
}

fn line(words: &Catalogue, now: Now, ring: &RingItem) -> Line {
    let (key, tone) = match ring.state {
        RingState::Rings => ("station-call-rings", Tone::Info),
        RingState::Admit => ("station-call-admit", Tone::Good),
        RingState::Refuse => ("station-call-refuse", Tone::Danger),
        RingState::NoAnswer => ("station-call-no-answer", Tone::Warn),
        RingState::NotReached => ("station-call-not-reached", Tone::Warn),
        RingState::Decided => ("station-call-decided", Tone::Plain),
        RingState::Other => ("station-call-other", Tone::Plain),
    };
    let mut parts = vec![
        dates::at(words, now, ring.at_ms),
        ring.unit
            .as_deref()
            .map(|unit| clean::line(unit, clean::NAME_MAX))
            .unwrap_or_default(),
        calls::who(words, ring),
    ];
    if ring.resident {
        parts.push(words.say("call-resident"));
    }
    parts.push(words.say(key));
    parts.retain(|part| !part.is_empty());
    Line {
        text: parts.join("  "),
        tone,
        heading: false,
    }
}
