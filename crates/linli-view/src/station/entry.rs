//! What is typed at the station, what it means, and what Enter does with it.
//!
//! What is dangerous takes two steps: a number names it, a sentence says what will happen, Enter does it.

use super::{Facts, Mode, lists};
use crate::api::{
    GateEvent, GateMark, GateResult, GateScan, GateStatus, GuardAct, Passphrase, ScanKind,
};
use crate::clean;
use crate::dates::Now;
use crate::intent::Intent;
use crate::words::Catalogue;

/// Longest scan kept while it is typed or pasted, in characters: above what any pass has (pass.md §1 refuses 1,200), so
/// that what is too long is still answered as that.
pub const TYPED_MAX: usize = 1_300;
/// Most people beside the holder that the keys count to.
pub const COMPANIONS_MAX: u8 = 20;
/// Lines of the log that can be chosen by one digit.
const CHOICES_MAX: usize = 9;

/// Reasons to let somebody in, by the key that gives them.
pub const REASONS: [(u8, &str); 5] = [
    (1, "station-reason-1"),
    (2, "station-reason-2"),
    (3, "station-reason-3"),
    (4, "station-reason-4"),
    (5, "station-reason-5"),
];

/// Reasons to open for everybody, by the key that gives them.
pub const OPEN_REASONS: [(u8, &str); 3] = [
    (1, "station-open-reason-1"),
    (2, "station-open-reason-2"),
    (3, "station-open-reason-3"),
];

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
    /// What goes along with the next scan: companions, the plate seen.
    pub along: String,
    /// What can be chosen by a number.
    pub choices: Vec<(u8, String)>,
    /// What Enter will do, where that deserves a second look.
    pub confirm: Option<String>,
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

/// Is this the beginning of a pass, of this version or a later one?
fn is_pass(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('L')
        && chars.next() == Some('L')
        && chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.next() == Some(':')
}

/// The pass in what a field holds. A barcode gun types it wherever the cursor is, behind what was half typed too; no
/// plate, unit or badge has the beginning of one in it.
fn pass_in(text: &str) -> Option<&str> {
    let starts = text.char_indices().filter_map(|(at, _)| text.get(at..));
    starts.into_iter().find(|rest| is_pass(rest))
}

/// Reads what was scanned or typed: eight digits, in groups or not, are a short code; all else is the text of a pass.
///
/// ```
/// use linli_view::api::ScanKind;
/// use linli_view::station::{Mode, scan};
/// assert_eq!(scan(Mode::Scan, "4821-0376").unwrap().kind, ScanKind::Code);
/// assert_eq!(scan(Mode::Scan, "LL1:ABC").unwrap().kind, ScanKind::Text);
/// assert_eq!(scan(Mode::Plate, "京AD12345").unwrap().kind, ScanKind::Plate);
/// assert_eq!(scan(Mode::Plate, "LL1:ABC").unwrap().kind, ScanKind::Text);
/// assert_eq!(scan(Mode::Scan, "  "), None);
/// ```
#[must_use]
pub fn scan(mode: Mode, typed: &str) -> Option<GateScan> {
    let value = typed.trim_matches(['\r', '\n', '\t']);
    if value.trim().is_empty() {
        return None;
    }
    let pass = pass_in(value).filter(|_| mode.is_field() || is_pass(value));
    let (kind, value) = match (mode, pass) {
        (_, Some(pass)) => (ScanKind::Text, pass),
        (Mode::Plate, None) => (ScanKind::Plate, value),
        (mode, None) if mode.is_field() || mode.is_choice() => return None,
        _ if is_code(value) => (ScanKind::Code, value),
        _ => (ScanKind::Text, value),
    };
    Some(GateScan {
        kind,
        value: value.to_owned(),
        companions: 0,
        pin: None,
        lane_plate: None,
    })
}

/// What Enter asks of the node with what is typed and chosen; nothing where there is nothing to ask.
#[must_use]
pub fn entered(words: &Catalogue, facts: &Facts<'_>) -> Option<Intent> {
    let (mode, text) = (facts.mode, facts.typed.trim());
    if mode.is_choice() {
        return confirmed(words, facts);
    }
    if text.is_empty() {
        return None;
    }
    if let Some(mut scan) = scan(mode, facts.typed).filter(|_| !is_pin(mode, text)) {
        scan.companions = facts.companions;
        scan.lane_plate = facts
            .lane_plate
            .filter(|_| scan.kind != ScanKind::Plate)
            .map(str::to_owned);
        return Some(Intent::Scan(scan));
    }
    let owned = || text.to_owned();
    match mode {
        // Who it is may stand behind the unit; where that ends the node knows.
        Mode::WalkIn | Mode::Resident => Some(Intent::WalkIn {
            unit: owned(),
            name: None,
            companions: facts.companions,
            courier: false,
            resident: mode == Mode::Resident,
            plate: facts.lane_plate.map(str::to_owned),
        }),
        Mode::Delivery => Some(Intent::WalkIn {
            unit: owned(),
            name: Some(words.say("station-delivery")),
            companions: facts.companions,
            courier: true,
            resident: false,
            plate: facts.lane_plate.map(str::to_owned),
        }),
        Mode::Unit => Some(Intent::FindUnit { query: owned() }),
        Mode::Badge => Some(Intent::Guard(GuardAct::HandOver { badge: owned() })),
        Mode::Exit => {
            let code = is_code(text).then(owned);
            let plate = code.is_none().then(owned);
            let event = None;
            Some(Intent::Guard(GuardAct::Exit { event, plate, code }))
        }
        Mode::Picture => Some(Intent::Picture { path: owned() }),
        Mode::Pin => Some(Intent::Pin(Passphrase(owned()))),
        _ => None,
    }
}

/// Four to six digits after the gate asked for them.
fn is_pin(mode: Mode, text: &str) -> bool {
    mode == Mode::Pin && (4..=6).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit())
}

/// What Enter does after a number was chosen, or where nothing has to be.
fn confirmed(words: &Catalogue, facts: &Facts<'_>) -> Option<Intent> {
    let badge = facts.status?.badge.clone()?;
    match facts.mode {
        Mode::OpenAll if facts.status?.open_all => {
            Some(Intent::Guard(GuardAct::CloseAll { badge }))
        }
        Mode::OpenAll => {
            let chosen = facts.chosen?;
            let (_, key) = OPEN_REASONS.into_iter().find(|(n, _)| *n == chosen)?;
            let reason = words.say(key);
            Some(Intent::Guard(GuardAct::OpenAll { reason, badge }))
        }
        Mode::Override => overriding(words, facts, facts.chosen?),
        Mode::Correct => Some(Intent::Guard(GuardAct::Correct {
            event: correctable(facts)
                .nth(usize::from(facts.chosen?.checked_sub(1)?))?
                .id
                .clone(),
            reason: words.say("station-correct-reason"),
            badge,
        })),
        _ => None,
    }
}

/// Lets in whom the last answer was about, if it asked or refused and a guard is on duty.
#[must_use]
pub fn overriding(words: &Catalogue, facts: &Facts<'_>, reason: u8) -> Option<Intent> {
    let (_, key) = REASONS.into_iter().find(|(n, _)| *n == reason)?;
    let answer = facts
        .answer
        .filter(|answer| answer.result != GateResult::Admit)?;
    Some(Intent::Guard(GuardAct::Override {
        event: answer.event.clone()?,
        reason: words.say(key),
        badge: facts.status?.badge.clone()?,
    }))
}

/// The last clicks of this gate that can be taken back, newest first.
fn correctable<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a GateEvent> {
    let own = facts.status.map(|status| status.no);
    let clicked = |mark| {
        matches!(
            mark,
            GateMark::Admit
                | GateMark::Override
                | GateMark::Exit
                | GateMark::OpenAll
                | GateMark::Closed
                | GateMark::HandOver
        )
    };
    facts
        .events
        .iter()
        .filter(move |event| Some(event.gate) == own && !event.corrected && clicked(event.result))
        .take(CHOICES_MAX)
}

/// Eight digits, full width too, with a dash or blanks between them or not.
pub(super) fn is_code(text: &str) -> bool {
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

pub(super) fn entry(words: &Catalogue, now: Now, facts: &Facts<'_>) -> Entry {
    let (mode, typed) = (facts.mode, facts.typed);
    let long = !mode.is_field() && !typed.is_empty() && !looks_like_digits(typed);
    let confirm = confirm(words, now, facts);
    let calls = super::calling(facts).is_some();
    let word = |of: Mode| match of {
        // What the key does now.
        Mode::WalkIn if calls => "station-mode-call",
        of => of.word(),
    };
    Entry {
        mode,
        modes: Mode::KEYED
            .into_iter()
            .map(|of| ModeKey {
                mode: of,
                word: format!("{} {}", of.key(), words.say(word(of))),
                here: of == mode || (of, mode) == (Mode::WalkIn, Mode::Resident),
            })
            .collect(),
        prompt: words.say(prompt(facts)),
        typed: if long {
            words.text("station-typed", &[("n", typed.chars().count().into())])
        } else {
            clean::line(typed, clean::NAME_MAX)
        },
        along: along(words, facts),
        choices: choices(words, now, facts),
        send: words.say(match (confirm.is_some(), mode) {
            (true, _) => "station-confirm",
            (_, Mode::Unit) => "station-look-up",
            (_, Mode::WalkIn | Mode::Resident | Mode::Delivery) => "station-call",
            (_, Mode::Exit | Mode::Badge) => "station-note-down",
            _ => "station-send",
        }),
        confirm,
        next: words.say("station-next"),
    }
}

fn on_duty(status: Option<&GateStatus>) -> bool {
    status.is_some_and(|status| status.badge.is_some())
}

fn prompt(facts: &Facts<'_>) -> &'static str {
    let duty = on_duty(facts.status);
    match facts.mode {
        Mode::Scan => "station-prompt-scan",
        Mode::Plate => "station-prompt-plate",
        Mode::WalkIn => "station-prompt-walk-in",
        Mode::Delivery => "station-prompt-delivery",
        Mode::Exit => "station-prompt-exit",
        Mode::Badge => "station-prompt-badge",
        mode if mode.is_choice() && !duty => "station-prompt-badge-first",
        Mode::Override => "station-prompt-override",
        Mode::OpenAll if facts.status.is_some_and(|status| status.open_all) => {
            "station-prompt-shut"
        }
        Mode::OpenAll => "station-prompt-open-all",
        Mode::Correct if correctable(facts).next().is_none() => "station-prompt-correct-none",
        Mode::Correct => "station-prompt-correct",
        Mode::Incidents => "station-prompt-page",
        Mode::Evacuation => "station-prompt-page",
        Mode::Picture => "station-prompt-picture",
        Mode::Resident => "station-prompt-resident",
        Mode::Unit => "station-prompt-unit",
        Mode::Refusals | Mode::Calls | Mode::Sheet => "station-prompt-page",
        Mode::Pin => "station-prompt-pin",
    }
}

fn along(words: &Catalogue, facts: &Facts<'_>) -> String {
    let people = (facts.companions > 0).then(|| {
        let n = [("n", facts.companions.into())];
        words.text("station-along-people", &n)
    });
    let plate = facts.lane_plate.map(|plate| {
        let plate = clean::line(plate, clean::NAME_MAX);
        words.text("station-along-plate", &[("plate", plate.into())])
    });
    let all: Vec<String> = people.into_iter().chain(plate).collect();
    all.join(" · ")
}

fn choices(words: &Catalogue, now: Now, facts: &Facts<'_>) -> Vec<(u8, String)> {
    if !on_duty(facts.status) {
        return Vec::new();
    }
    let said = |(n, key): (u8, &str)| (n, words.say(key));
    match facts.mode {
        Mode::Override => REASONS.into_iter().map(said).collect(),
        Mode::OpenAll if facts.status.is_some_and(|status| status.open_all) => Vec::new(),
        Mode::OpenAll => OPEN_REASONS.into_iter().map(said).collect(),
        Mode::Correct => (1..)
            .zip(correctable(facts))
            .map(|(n, event)| (n, lists::said(words, now, event)))
            .collect(),
        _ => Vec::new(),
    }
}

fn confirm(words: &Catalogue, now: Now, facts: &Facts<'_>) -> Option<String> {
    // What would do nothing asks nothing.
    confirmed(words, facts)?;
    let chosen = facts.chosen.unwrap_or_default();
    let what = || {
        let all = choices(words, now, facts);
        all.into_iter()
            .find_map(|(n, word)| (n == chosen).then_some(word))
            .unwrap_or_default()
    };
    Some(match facts.mode {
        Mode::Correct => words.text("station-confirm-correct", &[("what", what().into())]),
        Mode::Override => words.text("station-confirm-override", &[("what", what().into())]),
        _ if facts.status?.open_all => words.say("station-confirm-shut"),
        _ => words.text("station-confirm-open-all", &[("what", what().into())]),
    })
}

fn looks_like_digits(typed: &str) -> bool {
    typed
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '０'..='９'))
        && typed.chars().count() <= 12
}
