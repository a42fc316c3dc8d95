//! Whom a notice reached, for the office that published it, and what can be done about the rest.
//!
//! Every number is a lower bound, and says as of when and of how many; nobody is guessed to have been reached.

mod spread;

use crate::api::{NoticeItem, ReachBuilding, ReachCount, ReachReport};
use crate::clean;
use crate::dates::{self, Now};
use crate::delivery::{self, DeliveryLine, What};
use crate::words::Catalogue;

pub use spread::{Column, Spread};

/// Most doors drawn in a list; the sheet has all of them.
pub const DOORS_MAX: usize = 60;

/// What an office sees below its own notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficePanel {
    /// Heading.
    pub title: String,
    /// The counts in sentences; empty until they are here.
    pub lines: Vec<String>,
    /// How far the notice has got.
    pub delivery: DeliveryLine,
    /// All of them, then by building.
    pub bars: Vec<Bar>,
    /// How it spread; none where nobody was reached yet.
    pub spread: Option<Spread>,
    /// Heading of the doors.
    pub doors_title: String,
    /// Units that are still open.
    pub doors: Vec<Door>,
    /// How many more there are; may be empty.
    pub doors_more: String,
    /// Saves all of them as a sheet to print.
    pub print: Option<String>,
    /// Asks once more, where that can be done.
    pub remind: Option<Remind>,
    /// Why it cannot be done, or how often it was; may be empty.
    pub reminded: String,
    /// Publishes a correction.
    pub correct: Option<String>,
    /// Takes it back.
    pub retract: Option<String>,
    /// Asks for the reason before taking it back.
    pub ask: Option<AskRetract>,
}

/// Longest reason of a notice that is taken back, in characters: what one reads at a glance. A record holds more.
pub const REASON_CHARS: usize = 200;
/// Times that a notice is reminded of at most; the record leaves out what comes after them.
pub const REMINDERS: usize = 3;
const MINUTE_MS: u64 = 60_000;
/// Between two reminders, in milliseconds; likewise.
pub const REMINDER_APART_MS: u64 = 5 * 60 * 1000;

/// The button that asks once more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remind {
    /// What it says: what it does, or in how many minutes it can.
    pub word: String,
    /// Until it can be pressed, in milliseconds; none: it can be now.
    pub waits_ms: Option<u64>,
}

/// One bar: how many of how many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// In words, beside it.
    pub words: String,
    /// Confirmed or told at the door.
    pub settled: u32,
    /// Reached.
    pub reached: u32,
    /// All.
    pub of: u32,
}

/// A unit to knock at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Door {
    /// The unit.
    pub unit: String,
    /// What is known of it.
    pub state: String,
    /// The button that notes that it was told.
    pub told: String,
    /// Its accessible name.
    pub name: String,
}

/// The question before a notice is taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskRetract {
    /// The question.
    pub question: String,
    /// Name of the field for the reason.
    pub reason: String,
    /// What is wrong with what is typed there, which is not sent then; set where the window knows of it.
    pub problem: Option<String>,
    /// Yes.
    pub yes: String,
    /// No.
    pub no: String,
}

/// Makes the panel of a notice of this office; none for anybody else's.
#[must_use]
pub fn panel(
    words: &Catalogue,
    now: Now,
    item: &NoticeItem,
    report: Option<&ReachReport>,
    asking: bool,
) -> Option<OfficePanel> {
    if !item.ours {
        return None;
    }
    let stands = item.retracted.is_none() && item.corrected_by.is_none();
    let report = report.filter(|r| r.id == item.id);
    let mut panel = OfficePanel {
        title: words.say("reach-title"),
        lines: Vec::new(),
        delivery: delivery::line(words, now, &item.delivery, What::Notice, &item.id, None),
        bars: Vec::new(),
        spread: report.and_then(|report| spread::spread(words, now, report)),
        doors_title: String::new(),
        doors: Vec::new(),
        doors_more: String::new(),
        print: None,
        remind: None,
        reminded: String::new(),
        correct: stands.then(|| words.say("reach-correct")),
        retract: stands.then(|| words.say("reach-retract")),
        ask: (stands && asking).then(|| AskRetract {
            question: words.say("reach-retract-ask"),
            reason: words.say("reach-retract-reason"),
            problem: None,
            yes: words.say("reach-retract-yes"),
            no: words.say("reach-retract-no"),
        }),
    };
    match report {
        None => panel.lines.push(words.say("reach-counting")),
        Some(report) => count(words, now, report, stands, &mut panel),
    }
    Some(panel)
}

fn count(words: &Catalogue, now: Now, report: &ReachReport, stands: bool, panel: &mut OfficePanel) {
    let all = &report.all;
    let when = dates::at(words, now, report.as_of_ms);
    let said = [
        ("reached", all.reached.into()),
        ("confirmed", all.confirmed.into()),
        ("told", all.told.into()),
        ("of", all.of.into()),
        ("when", when.into()),
    ];
    panel.lines.push(words.text("reach-line", &said));
    let silent = [
        ("silent", all.not_heard.into()),
        ("bare", all.no_device.into()),
        ("vacant", report.vacant.into()),
    ];
    panel.lines.push(words.text("reach-silent", &silent));
    if report.buildings.len() > 1 {
        panel.bars.push(bar(words, words.say("reach-all"), all));
    }
    let of_building = |b: &ReachBuilding| {
        let name = clean::line(&b.building, clean::NAME_MAX);
        let name = if name.is_empty() {
            words.say("reach-elsewhere")
        } else if name.chars().all(|c| c.is_ascii_digit()) {
            words.text("notice-building", &[("name", name.into())])
        } else {
            name
        };
        bar(words, name, &b.count)
    };
    panel.bars.extend(report.buildings.iter().map(of_building));
    if !report.open.is_empty() {
        let n = [("n", report.open.len().into())];
        panel.doors_title = words.text("reach-doors", &n);
        panel.print = Some(words.say("give-doors"));
    }
    panel.doors = report
        .open
        .iter()
        .take(DOORS_MAX)
        .map(|open| {
            let unit = clean::line(&open.unit, clean::NAME_MAX);
            Door {
                state: words.say(match open.state.as_str() {
                    "read" => "reach-door-read",
                    "delivered" => "reach-door-delivered",
                    "not-heard" => "reach-door-silent",
                    _ => "reach-door-bare",
                }),
                told: words.say("reach-told"),
                name: words.text("reach-told-name", &[("unit", (&unit).into())]),
                unit,
            }
        })
        .collect();
    if report.open.len() > DOORS_MAX {
        let more = [("n", (report.open.len() - DOORS_MAX).into())];
        panel.doors_more = words.text("reach-doors-more", &more);
    }
    if report.asks && stands {
        let times = report.reminded_ms.len();
        if times > 0 {
            panel.reminded = words.text("reach-reminded", &[("n", times.into())]);
        }
        let waiting = report.open.iter().any(|open| open.state != "no-device");
        panel.remind = (times < REMINDERS && waiting).then(|| remind(words, now, report));
    }
}

fn remind(words: &Catalogue, now: Now, report: &ReachReport) -> Remind {
    let last = report.reminded_ms.last();
    let left = last.map_or(0, |last| {
        last.saturating_add(REMINDER_APART_MS)
            .saturating_sub(now.ms)
    });
    if left == 0 {
        return Remind {
            word: words.say("reach-remind"),
            waits_ms: None,
        };
    }
    let n = [("n", left.div_ceil(MINUTE_MS).into())];
    Remind {
        word: words.text("reach-remind-soon", &n),
        waits_ms: Some(left),
    }
}

fn bar(words: &Catalogue, name: String, count: &ReachCount) -> Bar {
    let said = [("reached", count.reached.into()), ("of", count.of.into())];
    Bar {
        name,
        words: words.text("reach-bar", &said),
        settled: count.settled,
        reached: count.reached,
        of: count.of,
    }
}

#[cfg(test)]
mod tests;
