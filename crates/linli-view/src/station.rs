//! The gate station: the verdict, what is being typed, the last scans, how fresh the gate's news are.
//!
//! The node decides and words the reason; this makes of its answer what a guard reads at two metres: one word, one
//! shape's tone, one sentence that says what to do, and who it is about. A guard never has to decide alone: an ASK is
//! always an instruction.

mod fresh;
mod lists;

use crate::api::{
    ExpectedItem, GateAnswer, GateEvent, GateResult, GateScan, GateStatus, GuardAct, InsideItem,
    ScanKind,
};
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::Intent;
use crate::tone::Tone;
use crate::words::{Catalogue, Lang};

/// Longest scan kept while it is typed or pasted, in characters: above what any pass has (pass.md §1 refuses 1,200), so
/// that what is too long is still answered as that.
pub const TYPED_MAX: usize = 1_300;
/// Most lines of the log on the station.
const RECENT_MAX: usize = 8;
/// Most people inside, and most expected, on the station; the headings say how many there are.
const LIST_MAX: usize = 40;
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
    /// The unit somebody without a pass wants to go to.
    WalkIn,
    /// The plate or code of somebody who leaves.
    Exit,
    /// The badge of the guard who takes over.
    Badge,
    /// No text: the number of a reason to let somebody in.
    Override,
}

impl Mode {
    /// Does it take text with a cursor and an input method?
    #[must_use]
    pub const fn is_field(self) -> bool {
        matches!(self, Self::Plate | Self::WalkIn | Self::Exit | Self::Badge)
    }
}

/// Reasons to let somebody in, by the key that gives them.
pub const REASONS: [(u8, &str); 5] = [
    (1, "station-reason-1"),
    (2, "station-reason-2"),
    (3, "station-reason-3"),
    (4, "station-reason-4"),
    (5, "station-reason-5"),
];

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
    /// Reasons to let somebody in, with their keys, while one is asked for.
    pub reasons: Vec<(u8, String)>,
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
    /// Who is inside.
    pub inside: &'a [InsideItem],
    /// Who is expected.
    pub expected: &'a [ExpectedItem],
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
        Mode::WalkIn | Mode::Exit | Mode::Badge | Mode::Override => return None,
    };
    Some(GateScan {
        kind,
        value: value.to_owned(),
        companions: 0,
    })
}

/// What Enter asks of the node with what is typed; nothing where a mode takes no text or there is none.
#[must_use]
pub fn entered(mode: Mode, typed: &str) -> Option<Intent> {
    let text = typed.trim();
    if text.is_empty() {
        return None;
    }
    let owned = || text.to_owned();
    match mode {
        Mode::Scan | Mode::Plate => scan(mode, typed).map(Intent::Scan),
        Mode::WalkIn => Some(Intent::WalkIn { unit: owned() }),
        Mode::Badge => Some(Intent::Guard(GuardAct::HandOver { badge: owned() })),
        Mode::Exit => {
            let code = is_code(text).then(owned);
            let plate = code.is_none().then(owned);
            let event = None;
            Some(Intent::Guard(GuardAct::Exit { event, plate, code }))
        }
        Mode::Override => None,
    }
}

/// Lets in whom the last answer was about, if it asked or refused and a guard is on duty.
#[must_use]
pub fn overriding(
    words: &Catalogue,
    answer: Option<&GateAnswer>,
    status: Option<&GateStatus>,
    reason: u8,
) -> Option<Intent> {
    let (_, key) = REASONS.into_iter().find(|(n, _)| *n == reason)?;
    let answer = answer.filter(|answer| answer.result != GateResult::Admit)?;
    Some(Intent::Guard(GuardAct::Override {
        event: answer.event.clone()?,
        reason: words.say(key),
        badge: status?.badge.clone()?,
    }))
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
        entry: entry(words, facts.mode, facts.typed, facts.status),
        verdict: answer.map(|answer| verdict(words, now, answer)),
        waiting: words.say("station-waiting"),
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

fn entry(words: &Catalogue, mode: Mode, typed: &str, status: Option<&GateStatus>) -> Entry {
    let key = |of, word| ModeKey {
        mode: of,
        word: words.say(word),
        here: of == mode,
    };
    let on_duty = status.is_some_and(|status| status.badge.is_some());
    let long = mode == Mode::Scan && !typed.is_empty() && !looks_like_digits(typed);
    Entry {
        mode,
        modes: vec![
            key(Mode::Scan, "station-mode-scan"),
            key(Mode::Plate, "station-mode-plate"),
            key(Mode::WalkIn, "station-mode-walk-in"),
            key(Mode::Exit, "station-mode-exit"),
            key(Mode::Badge, "station-mode-badge"),
            key(Mode::Override, "station-mode-override"),
        ],
        prompt: words.say(match mode {
            Mode::Scan => "station-prompt-scan",
            Mode::Plate => "station-prompt-plate",
            Mode::WalkIn => "station-prompt-walk-in",
            Mode::Exit => "station-prompt-exit",
            Mode::Badge => "station-prompt-badge",
            Mode::Override if on_duty => "station-prompt-override",
            Mode::Override => "station-prompt-override-badge",
        }),
        typed: if long {
            words.text("station-typed", &[("n", typed.chars().count().into())])
        } else {
            clean::line(typed, clean::NAME_MAX)
        },
        reasons: REASONS
            .into_iter()
            .filter(|_| mode == Mode::Override && on_duty)
            .map(|(n, key)| (n, words.say(key)))
            .collect(),
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

#[cfg(test)]
mod tests;
