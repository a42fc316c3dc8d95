//! The gate station: the verdict, what is being typed, the last scans, how fresh the gate's news are.
//!
//! The node decides and words the reason; this makes of its answer what a guard reads at two metres: one word, one
//! shape's tone, one sentence that says what to do, and who it is about. A guard never has to decide alone: an ASK is
//! always an instruction.

mod call;
mod calls_page;
mod capability;
mod entry;
mod fresh;
mod lists;
mod mode;
mod pages;
mod verdict;

pub use call::{calling, stands_ms};
pub use capability::{CAPABILITIES, Capability, Reach, guide};
pub use entry::{
    COMPANIONS_MAX, Entry, ModeKey, OPEN_REASONS, REASONS, TYPED_MAX, entered, overriding, scan,
    type_in,
};
pub use mode::Mode;
pub use verdict::{Verdict, tone};

use crate::api::{
    Evacuation, ExpectedItem, GateAnswer, GateEvent, GateStatus, IncidentItem, InsideItem,
    RefusalItem, RingItem, UnitItem,
};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

/// Most lines of the log on the station.
const RECENT_MAX: usize = 8;
/// Most people inside, and most expected, on the station; the headings say how many there are.
const LIST_MAX: usize = 40;
/// A verdict older than this no longer stands for the person in front of the gate.
pub const SHOWN_MS: u64 = 60_000;

/// The station as it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Station {
    /// The gate's name.
    pub gate: String,
    /// The time of day.
    pub time: String,
    /// What is being scanned or typed.
    pub entry: Entry,
    /// The answer to the last scan.
    pub verdict: Option<Verdict>,
    /// Said while there is none.
    pub waiting: String,
    /// What stands below.
    pub panel: Panel,
    /// Heading of the last scans.
    pub recent_title: String,
    /// The last scans, newest first.
    pub recent: Vec<Recent>,
    /// Said while there are none.
    pub recent_none: String,
    /// Heading of who is inside, with their number.
    pub inside_title: String,
    /// Who is inside, the longest first.
    pub inside: Vec<Inside>,
    /// Said while nobody is.
    pub inside_none: String,
    /// Heading of who is expected, with their number.
    pub expected_title: String,
    /// Who is expected, the next first.
    pub expected: Vec<Expected>,
    /// Said while nobody is.
    pub expected_none: String,
    /// Who is on duty.
    pub duty: String,
    /// How fresh the gate's news are, and its clock.
    pub fresh: Vec<Fresh>,
}

/// What stands below the keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Panel {
    /// The lists of a quiet hour: inside, expected, latest.
    Lists,
    /// One list that was asked for.
    Asked {
        /// Its heading.
        title: String,
        /// What to do with it.
        advice: String,
        /// Its lines.
        lines: Vec<Line>,
        /// How much it matters.
        tone: Tone,
    },
}

/// A line of a list that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Its tone, which a shape says too.
    pub tone: Tone,
    /// Does it stand above those that belong to it?
    pub heading: bool,
}

impl Line {
    fn plain(text: String) -> Self {
        let tone = Tone::Plain;
        let heading = false;
        Self {
            text,
            tone,
            heading,
        }
    }

    fn heading(text: String) -> Self {
        Self {
            heading: true,
            ..Self::plain(text)
        }
    }
}

/// What became of the day sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Printed {
    /// It lies there.
    At {
        /// The file.
        path: String,
        /// How many are expected on it.
        expected: usize,
        /// How many are inside on it.
        inside: usize,
        /// An older one that could not be removed.
        left: Option<String>,
    },
    /// It could not be written.
    Failed {
        /// Why, in the system's words.
        reason: String,
    },
}

/// Somebody inside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inside {
    /// The entry that let them in.
    pub event: String,
    /// Since when, and who.
    pub text: String,
    /// How long over time; empty if not.
    pub over: String,
    /// The button, and its accessible name.
    pub leave: (String, String),
}

/// Somebody expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// When, and who.
    pub text: String,
}

/// One of the last scans.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recent {
    /// The entry.
    pub id: String,
    /// When.
    pub time: String,
    /// The word of the answer.
    pub word: String,
    /// Its tone.
    pub tone: Tone,
    /// Who.
    pub who: String,
}

/// One sentence about freshness, with its tone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fresh {
    /// The sentence.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// What the station is made from, beside words and time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// Where the gate stands.
    pub status: Option<&'a GateStatus>,
    /// The last answer, unless it was cleared.
    pub answer: Option<&'a GateAnswer>,
    /// The gate's log.
    pub events: &'a [GateEvent],
    /// Who is inside.
    pub inside: &'a [InsideItem],
    /// Who is expected.
    pub expected: &'a [ExpectedItem],
    /// Passes used too often.
    pub incidents: &'a [IncidentItem],
    /// The mode.
    pub mode: Mode,
    /// What is typed so far.
    pub typed: &'a str,
    /// The number chosen in a mode that takes one.
    pub chosen: Option<u8>,
    /// People beside the holder of the next pass.
    pub companions: u8,
    /// The plate seen on the car whose pass comes next.
    pub lane_plate: Option<&'a str>,
    /// Who has to be looked for, once the node said.
    pub evacuation: Option<&'a Evacuation>,
    /// The refusal lists, once the node said.
    pub refusals: Option<&'a [RefusalItem]>,
    /// Calls to households.
    pub rings: &'a [RingItem],
    /// What was looked up, and the units found.
    pub units: Option<(&'a str, &'a [UnitItem])>,
    /// What became of the day sheet.
    pub printed: Option<&'a Printed>,
}

/// Makes the station.
#[must_use]
pub fn station(words: &Catalogue, now: Now, facts: Facts<'_>) -> Station {
    let name = facts.status.and_then(|status| status.name.as_deref());
    let answer = facts
        .answer
        .filter(|answer| now.ms.saturating_sub(answer.at_ms) <= stands_ms(answer));
    Station {
        gate: name.map_or_else(
            || words.say("station-gate"),
            |name| {
                words.text(
                    "frame-gate",
                    &[("name", clean::line(name, clean::NAME_MAX).into())],
                )
            },
        ),
        time: dates::time(now, now.ms),
        entry: entry::entry(words, now, &facts),
        verdict: answer.map(|answer| verdict::verdict(words, now, answer)),
        waiting: words.say("station-waiting"),
        panel: match facts.mode {
            Mode::Incidents => pages::incidents(words, now, facts.incidents),
            Mode::Evacuation => pages::evacuation(words, now, facts.evacuation),
            Mode::Unit => pages::units(words, now, &facts),
            Mode::Refusals => pages::refusals(words, facts.refusals),
            Mode::Calls => calls_page::calls(words, now, facts.rings),
            Mode::Sheet => pages::sheet(words, facts.printed),
            _ => Panel::Lists,
        },
        recent_title: words.say("station-recent"),
        recent: facts
            .events
            .iter()
            .take(RECENT_MAX)
            .map(|event| lists::recent(words, now, event))
            .collect(),
        recent_none: words.say("station-recent-none"),
        inside_title: words.text("station-inside", &[("n", facts.inside.len().into())]),
        inside: lists::inside(words, now, facts.inside),
        inside_none: words.say("station-inside-none"),
        expected_title: words.text("station-expected", &[("n", facts.expected.len().into())]),
        expected: lists::expected(words, now, facts.expected),
        expected_none: words.say("station-expected-none"),
        duty: fresh::duty(words, facts.status),
        fresh: fresh::fresh(words, now, facts.status),
    }
}

#[cfg(test)]
mod tests;
