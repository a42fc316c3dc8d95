//! A guard who is asked about a pass or a plate calls its household with the key of the walk-in: about that very line.

use super::{Facts, Mode, SHOWN_MS};
use crate::api::{GateAnswer, GateResult, RingState};
use crate::clean;
use crate::intent::Intent;
use crate::tone::Tone;
use crate::words::Catalogue;

/// How long a verdict stands while its household is called: longer than any device rings.
const RINGING_MS: u64 = 150_000;

/// How long a verdict stands, from its answer or from the newest step of its call on.
#[must_use]
pub const fn stands_ms(answer: &GateAnswer) -> u64 {
    match answer.ring {
        Some(RingState::Rings) => RINGING_MS,
        _ => SHOWN_MS,
    }
}

/// Does the key of the walk-in call the household that stands in the answer? It does while the answer asks, names a unit
/// and has called nobody yet; and while nothing is typed or counted for whoever comes next.
#[must_use]
pub fn calling(facts: &Facts<'_>) -> Option<Intent> {
    let quiet = matches!(facts.mode, Mode::Scan | Mode::Override)
        && facts.typed.is_empty()
        && facts.companions == 0
        && facts.lane_plate.is_none();
    let answer = facts.answer.filter(|_| quiet)?;
    unit(answer)?;
    Some(Intent::CallAbout {
        event: answer.event.clone()?,
    })
}

/// The unit that can be called about this answer.
fn unit(answer: &GateAnswer) -> Option<&str> {
    let asks = answer.result == GateResult::Ask && answer.ring.is_none() && answer.event.is_some();
    answer.unit.as_deref().filter(|_| asks)
}

/// The line below the verdict: whom a key calls, or how far the call is and what to do now.
pub(super) fn line(words: &Catalogue, answer: &GateAnswer) -> Option<(String, Tone)> {
    if let Some(unit) = unit(answer) {
        let unit = [("unit", clean::line(unit, clean::NAME_MAX).into())];
        return Some((words.text("station-call-hint", &unit), Tone::Warn));
    }
    let (key, tone) = match answer.ring? {
        RingState::Rings => ("station-ring-rings", Tone::Info),
        RingState::NotReached => ("station-ring-not-reached", Tone::Warn),
        RingState::NoAnswer => ("station-ring-no-answer", Tone::Warn),
        RingState::Admit => ("station-ring-admit", Tone::Good),
        RingState::Refuse => ("station-ring-refuse", Tone::Danger),
        RingState::Decided | RingState::Other => return None,
    };
    Some((words.say(key), tone))
}
