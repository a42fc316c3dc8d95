//! The gate station: the verdict, what is being typed, the last scans, how fresh the gate's news are.
//!
//! The node decides and words the reason; this makes of its answer what a guard reads at two metres: one word, one
//! shape's tone, one sentence that says what to do, and who it is about. A guard never has to decide alone: an ASK is
//! always an instruction.

use crate::api::{GateAnswer, GateEvent, GateResult, GateScan, GateStatus, ScanKind};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::{Catalogue, Lang};

/// Longest scan kept while it is typed or pasted, in characters: above what any pass has (pass.md §1 refuses 1,200), so
/// that what is too long is still answered as that.
pub const TYPED_MAX: usize = 1_300;
/// Most lines of the log on the station.
const RECENT_MAX: usize = 8;
/// A verdict older than this no longer stands for the person in front of the gate.
pub const SHOWN_MS: u64 = 60_000;

/// What the station's field takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Mode {
    /// A scanned pass, or the eight digits of one.
    #[default]
    Scan,
    /// A plate.
    Plate,
}

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
    /// Heading of the last scans.
    pub recent_title: String,
    /// The last scans, newest first.
    pub recent: Vec<Recent>,
    /// Said while there are none.
    pub recent_none: String,
    /// How fresh the gate's news are, and its clock.
    pub fresh: Vec<Fresh>,
}

/// The field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What it takes.
    pub mode: Mode,
    /// The modes, with their keys.
    pub modes: Vec<ModeKey>,
    /// What to do now.
    pub prompt: String,
    /// What is typed so far, or how much of it for a pass, which nobody should read off the screen.
    pub typed: String,
    /// The button that sends it.
    pub send: String,
    /// The button that clears it and the verdict.
    pub next: String,
}

/// A mode with its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModeKey {
    /// The mode.
    pub mode: Mode,
    /// Its word, with the key.
    pub word: String,
    /// Is it the one in use?
    pub here: bool,
}

/// The answer to the last scan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Admit, ask or deny.
    pub result: GateResult,
    /// Its tone; word and shape say the same.
    pub tone: Tone,
    /// The word: 可进入.
    pub word: String,
    /// Who, with how many, to which unit, with which plate.
    pub who: String,
    /// The reason, which says what to do.
    pub sentence: String,
    /// Validity and count.
    pub facts: String,
    /// The code for who asks on the phone.
    pub code: String,
    /// All of it in one sentence, for who hears the screen.
    pub name: String,
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
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Where the gate stands.
    pub status: Option<&'a GateStatus>,
    /// The last answer, unless it was cleared.
    pub answer: Option<&'a GateAnswer>,
    /// The gate's log.
    pub events: &'a [GateEvent],
    /// The mode.
    pub mode: Mode,
    /// What is typed so far.
    pub typed: &'a str,
}

/// Reads what was scanned or typed: eight digits, in groups or not, are a short code; all else is the text of a pass.
///
/// ```
/// use linli_view::api::ScanKind;
/// use linli_view::station::{Mode, scan};
/// assert_eq!(scan(Mode::Scan, "4821-0376").unwrap().kind, ScanKind::Code);
/// assert_eq!(scan(Mode::Scan, "LL1:ABC").unwrap().kind, ScanKind::Text);
/// assert_eq!(scan(Mode::Plate, "京AD12345").unwrap().kind, ScanKind::Plate);
/// assert_eq!(scan(Mode::Scan, "  "), None);
/// ```
#[must_use]
pub fn scan(mode: Mode, typed: &str) -> Option<GateScan> {
    let value = typed.trim_matches(['\r', '\n', '\t']);
    if value.trim().is_empty() {
        return None;
    }
    let kind = match mode {
        Mode::Plate => ScanKind::Plate,
        Mode::Scan if is_code(value) => ScanKind::Code,
        Mode::Scan => ScanKind::Text,
    };
    Some(GateScan {
        kind,
        value: value.to_owned(),
        companions: 0,
    })
}

/// Eight digits, full width too, with a dash or blanks between them or not.
fn is_code(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => digits += 1,
            '-' | ' ' | '–' | '－' => {}
            _ => return false,
        }
    }
    digits == 8
}

/// Adds what came from the keyboard, the barcode gun or the clipboard; control characters are no part of any scan, and
/// what is longer than any pass is cut where it stays recognisably too long.
pub fn type_in(typed: &mut String, more: &str) {
    let room = TYPED_MAX.saturating_sub(typed.chars().count());
    typed.extend(more.chars().filter(|c| !c.is_control()).take(room));
}

/// Makes the station.
#[must_use]
pub fn station(words: &Catalogue, now: Now, facts: Facts<'_>) -> Station {
    let name = facts.status.and_then(|status| status.name.as_deref());
    let answer = facts
        .answer
        .filter(|answer| now.ms.saturating_sub(answer.at_ms) <= SHOWN_MS);
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
        entry: entry(words, facts.mode, facts.typed),
        verdict: answer.map(|answer| verdict(words, now, answer)),
        waiting: words.say("station-waiting"),
        recent_title: words.say("station-recent"),
        recent: facts
            .events
            .iter()
            .take(RECENT_MAX)
            .map(|event| recent(words, now, event))
            .collect(),
        recent_none: words.say("station-recent-none"),
        fresh: fresh(words, now, facts.status),
    }
}

fn entry(words: &Catalogue, mode: Mode, typed: &str) -> Entry {
    let key = |of, word| ModeKey {
        mode: of,
        word: words.say(word),
        here: of == mode,
    };
    let long = mode == Mode::Scan && !typed.is_empty() && !looks_like_digits(typed);
    Entry {
        mode,
        modes: vec![
            key(Mode::Scan, "station-mode-scan"),
            key(Mode::Plate, "station-mode-plate"),
        ],
        prompt: words.say(match mode {
            Mode::Scan => "station-prompt-scan",
            Mode::Plate => "station-prompt-plate",
        }),
        typed: if long {
            words.text("station-typed", &[("n", typed.chars().count().into())])
        } else {
            clean::line(typed, clean::NAME_MAX)
        },
        send: words.say("station-send"),
        next: words.say("station-next"),
    }
}

fn looks_like_digits(typed: &str) -> bool {
    typed
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '０'..='９'))
        && typed.chars().count() <= 12
}

/// The tone of an answer.
#[must_use]
pub const fn tone(result: GateResult) -> Tone {
    match result {
        GateResult::Admit => Tone::Good,
        GateResult::Ask => Tone::Warn,
        GateResult::Deny => Tone::Danger,
    }
}

fn word(words: &Catalogue, result: GateResult, opens: bool) -> String {
    words.say(match (result, opens) {
        (GateResult::Admit, true) => "station-admit",
        (GateResult::Admit, false) => "station-admitted",
        (GateResult::Ask, _) => "station-ask",
        (GateResult::Deny, _) => "station-deny",
    })
}

fn verdict(words: &Catalogue, now: Now, answer: &GateAnswer) -> Verdict {
    let sentence = match words.lang() {
        Lang::ZhCn => &answer.sentence_zh,
        Lang::En => &answer.sentence_en,
    };
    let sentence = clean::line(sentence, clean::BODY_MAX);
    let word = word(words, answer.result, answer.opens);
    let who = who(words, answer);
    let mut facts = Vec::new();
    if let Some(until) = answer.until_s {
        let until = dates::at(words, now, until.saturating_mul(1000));
        facts.push(words.text("station-until", &[("time", until.into())]));
    }
    if let (Some(entry), Some(of)) = (answer.entry, answer.of) {
        let args = [("n", entry.into()), ("of", of.into())];
        facts.push(words.text("station-entry", &args));
    }
    let name = [word.as_str(), &who, &sentence]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(match words.lang() {
            Lang::ZhCn => "，",
            Lang::En => ", ",
        });
    Verdict {
        result: answer.result,
        tone: tone(answer.result),
        word,
        who,
        sentence,
        facts: facts.join(" · "),
        code: answer.code.clone().unwrap_or_default(),
        name,
    }
}

fn who(words: &Catalogue, answer: &GateAnswer) -> String {
    let short = |text: &Option<String>| {
        text.as_deref()
            .map(|text| clean::line(text, clean::NAME_MAX))
    };
    let mut parts = Vec::new();
    if let Some(label) = short(&answer.label) {
        parts.push(match answer.companions {
            Some(n) if n > 0 => {
                let args = [("label", label.into()), ("n", n.into())];
                words.text("station-with", &args)
            }
            _ => label,
        });
    }
    if let Some(unit) = short(&answer.unit) {
        parts.push(words.text("station-to", &[("unit", unit.into())]));
    }
    parts.extend(short(&answer.plate));
    parts.join("  ")
}

fn recent(words: &Catalogue, now: Now, event: &GateEvent) -> Recent {
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
    Recent {
        id: event.id.clone(),
        time: dates::at(words, now, event.at_ms),
        word: word(words, event.result, true),
        tone: tone(event.result),
        who,
    }
}

fn fresh(words: &Catalogue, now: Now, status: Option<&GateStatus>) -> Vec<Fresh> {
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

#[cfg(test)]
mod tests;
