//! Who is on duty, how fresh the gate's news are, and what its clock is worth.

use super::Fresh;
use crate::api::GateStatus;
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

pub(super) fn duty(words: &Catalogue, status: Option<&GateStatus>) -> String {
    match status.and_then(|status| status.badge.as_deref()) {
        Some(badge) => words.text(
            "station-duty",
            &[("badge", clean::line(badge, clean::NAME_MAX).into())],
        ),
        None => words.say("station-duty-none"),
    }
}

pub(super) fn fresh(words: &Catalogue, now: Now, status: Option<&GateStatus>) -> Vec<Fresh> {
    let Some(status) = status else {
        return Vec::new();
    };
    let mut all = vec![match status.cancels_as_of_ms {
        Some(ms) => Fresh {
            text: words.text(
                "station-cancels",
                &[("time", dates::at(words, now, ms).into())],
            ),
            tone: Tone::Quiet,
        },
        None => Fresh {
            text: words.say("station-cancels-never"),
            tone: Tone::Warn,
        },
    }];
    if status.open_all {
        all.push(Fresh {
            text: words.say("station-open-all-now"),
            tone: Tone::Alert,
        });
    }
    let clock = match status.clock.as_deref() {
        Some("DRIFT") => Some("station-clock-drift"),
        Some("BEHIND") => Some("station-clock-behind"),
        Some("LOST") => Some("station-clock-lost"),
        _ => None,
    };
    all.extend(clock.map(|key| Fresh {
        text: words.say(key),
        tone: Tone::Warn,
    }));
    all
}
