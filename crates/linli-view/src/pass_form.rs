//! The form for a new pass: a draft of one window, and the view of it with everything that is not right yet.
//!
//! A fresh draft is already a whole pass but for the visitor's name: today, from now until the evening, once, by
//! the first gate. So "today, one guest" is a name and Enter.

mod more;
mod read;
mod week;

use crate::api::{Community, PassKind, PassRequest, PrincipalKind, RegularItem, Status};
use crate::clean;
use crate::dates::{self, Now};
use crate::words::Catalogue;
pub use more::{HoursForm, More, PinForm};
pub use read::{date, plate, time_of_day};
pub use week::WEEKDAYS;
pub use week::hours;
pub(crate) use week::{on_day, open, span as weekly};

/// Longest label in bytes (pass.md §1).
const LABEL_MAX_BYTES: usize = 24;
/// Longest plate in bytes (pass.md §1).
const PLATE_MAX_BYTES: usize = 32;
/// Most companions (pass.md §1).
pub const COMPANIONS_MAX: u8 = 20;
/// Most sets of hours (pass.md §1).
pub const HOURS_MAX: usize = 8;
/// A fresh pass ends at 22:00, or four hours from now if that is later.
const EVENING_MIN: u32 = 22 * 60;
const SHORTEST_MIN: u32 = 120;
const LATE_MIN: u32 = 240;
const DAY_MIN: u32 = 24 * 60;

/// Which day a pass begins on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Day {
    /// Today.
    #[default]
    Today,
    /// Tomorrow.
    Tomorrow,
    /// The date typed.
    Other,
}

/// Whether the gate asks for a PIN.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum AskPin {
    /// No.
    #[default]
    No,
    /// One that the computer draws.
    Drawn,
    /// The one typed.
    Own,
}

/// Further hours of a pass that recurs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MoreHours {
    /// On which days; bit 0 is Monday.
    pub days: u8,
    /// From, as typed.
    pub from: String,
    /// Until, as typed.
    pub until: String,
}

/// What the person has filled in so far. State of one window: drawing writes into its text fields. The PIN is not part of
/// it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassDraft {
    /// The visitor's label.
    pub label: String,
    /// What for.
    pub kind: PassKind,
    /// Which day.
    pub day: Day,
    /// The date, if another day.
    pub date: String,
    /// From, as typed.
    pub from: String,
    /// Until, as typed; not later than `from` means the next day.
    pub until: String,
    /// Entries; 0 is any number.
    pub entries: u8,
    /// People beside the holder.
    pub companions: u8,
    /// Gates, home gate first; empty is any gate.
    pub gates: Vec<u8>,
    /// Plate, as typed.
    pub plate: String,
    /// Are the rarer fields open?
    pub more: bool,
    /// Days of the week on which `from` and `until` are the hours; 0: it does not recur. Bit 0 is Monday.
    pub week: u8,
    /// Further hours.
    pub also: Vec<MoreHours>,
    /// The last day, as typed; empty: the first, or four weeks where it recurs.
    pub last_day: String,
    /// One picture for so many people, as typed.
    pub group: String,
    /// Does the gate ask for a PIN?
    pub pin: AskPin,
    /// At an office: the unit the visitor goes to, as typed; empty: the office itself.
    pub host: String,
    /// Enter was pressed once: from now on every problem is shown.
    pub tried: bool,
}

impl PassDraft {
    /// A draft that lacks only the name.
    #[must_use]
    pub fn fresh(now: Now, community: Option<&Community>) -> Self {
        let minute = now.civil(now.ms).map_or(0, |t| {
            u32::from(t.hour().unsigned_abs()) * 60 + u32::from(t.minute().unsigned_abs())
        });
        let from = minute - minute % 5;
        let until = if from + SHORTEST_MIN <= EVENING_MIN {
            EVENING_MIN
        } else {
            (from + LATE_MIN) % DAY_MIN
        };
        let home_gate = community.and_then(|c| c.gates.first()).map(|gate| gate.no);
        Self {
            label: String::new(),
            kind: PassKind::Person,
            day: Day::Today,
            date: String::new(),
            from: clock(from),
            until: clock(until),
            entries: u8::from(home_gate.is_some()),
            companions: 0,
            gates: home_gate.into_iter().collect(),
            plate: String::new(),
            more: false,
            week: 0,
            also: Vec::new(),
            last_day: String::new(),
            group: String::new(),
            pin: AskPin::No,
            host: String::new(),
            tried: false,
        }
    }

    /// A whole draft for somebody who comes again and again: today at their usual time, tomorrow if that is over.
    #[must_use]
    pub fn regular(now: Now, community: Option<&Community>, of: &RegularItem) -> Self {
        let minute = |s: u64| {
            now.civil(s.saturating_mul(1000)).map(|t| {
                u32::from(t.hour().unsigned_abs()) * 60 + u32::from(t.minute().unsigned_abs())
            })
        };
        let known = |no: &u8| community.is_some_and(|c| c.gates.iter().any(|gate| gate.no == *no));
        let mut draft = Self {
            label: of.label.clone(),
            kind: of.kind,
            companions: of.companions.min(COMPANIONS_MAX),
            plate: of.plate.clone().unwrap_or_default(),
            ..Self::fresh(now, community)
        };
        let gates: Vec<u8> = of.gates.iter().copied().filter(known).collect();
        if of.gates.is_empty() {
            draft.any_gate();
        } else if !gates.is_empty() {
            draft.gates = gates;
            draft.entries = of.entries;
        }
        if !of.windows.is_empty() {
            draft.recur(now, of);
            return draft;
        }
        let a_day = u64::from(DAY_MIN) * 60;
        let times = (minute(of.from_s), minute(of.until_s), minute(now.ms / 1000));
        if let (Some(from), Some(until), Some(at)) = times
            && of.until_s.saturating_sub(of.from_s) < a_day
        {
            (draft.from, draft.until) = (clock(from), clock(until));
            if from < until && until <= at {
                draft.day = Day::Tomorrow;
            }
        }
        draft
    }

    /// Adds or removes a gate. The first one chosen is the home gate; without any it is any gate.
    pub fn toggle_gate(&mut self, no: u8) {
        if let Some(at) = self.gates.iter().position(|gate| *gate == no) {
            self.gates.remove(at);
            if self.gates.is_empty() {
                self.entries = 0;
            }
        } else {
            self.gates.push(no);
        }
    }

    /// Any gate: nobody counts, so any number of entries.
    pub fn any_gate(&mut self) {
        self.gates.clear();
        self.entries = 0;
    }

    /// Another number of entries; a counted pass gets a gate that counts, which is the community's first.
    pub fn count(&mut self, entries: u8, first_gate: Option<u8>) {
        self.group.clear();
        self.entries = entries;
        if self.entries > 0 && self.gates.is_empty() {
            match first_gate {
                Some(no) => self.gates.push(no),
                None => self.entries = 0,
            }
        }
    }

    /// The number of people was typed: a gate has to count them.
    pub fn grouped(&mut self, first_gate: Option<u8>) {
        if read::people(&self.group).is_some_and(|people| people > 0) && self.gates.is_empty() {
            self.gates.extend(first_gate);
        }
    }

    /// Adds or removes a day of the week. A pass that begins to recur is not used up by the first visit.
    pub fn toggle_day(&mut self, bit: u8) {
        if self.week == 0 && self.group.trim().is_empty() {
            self.entries = 0;
        }
        self.week ^= bit;
        // A day touched by mistake does not leave a pass that never ends.
        if self.week == 0 && self.group.trim().is_empty() && !self.gates.is_empty() {
            self.entries = 1;
        }
    }

    /// One more set of hours.
    pub fn more_hours(&mut self) {
        if self.also.len() + 1 < HOURS_MAX {
            self.also.push(MoreHours::default());
        }
    }

    /// Is anything of the rarer fields filled in?
    fn uses_more(&self) -> bool {
        let typed = [&self.last_day, &self.group];
        self.week != 0
            || !self.also.is_empty()
            || self.pin != AskPin::No
            || typed.iter().any(|text| !text.trim().is_empty())
    }
}

/// The form as it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassForm {
    /// Heading.
    pub title: String,
    /// The visitor's name.
    pub label: Field,
    /// What for.
    pub kinds: Choices<PassKind>,
    /// Which day.
    pub days: Choices<Day>,
    /// The date, shown for another day.
    pub date: Field,
    /// From.
    pub from: Field,
    /// Until.
    pub until: Field,
    /// The time in words, once it is understood.
    pub span: String,
    /// Entries.
    pub entries: Count,
    /// Companions.
    pub companions: Count,
    /// Gates; `None` is any gate.
    pub gates: Choices<Option<u8>>,
    /// The plate.
    pub plate: Field,
    /// At an office: whom the visitor goes to.
    pub host: Option<Field>,
    /// The rarer fields.
    pub more: More,
    /// What to know about this pass.
    pub hints: Vec<String>,
    /// What is not right and belongs to no single field.
    pub problems: Vec<String>,
    /// The button.
    pub make: String,
    /// Said beside the button.
    pub make_hint: String,
    /// The whole request, once everything is right.
    pub request: Option<PassRequest>,
}

/// A text field: its name, an example, and what is wrong with it, if that is to be shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Field {
    /// Name of the field.
    pub name: String,
    /// Example shown while it is empty.
    pub hint: String,
    /// What is wrong.
    pub problem: Option<String>,
}

/// Some buttons of which one (or, for gates, some) is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choices<T> {
    /// Name of the row.
    pub name: String,
    /// The buttons: value, word, chosen.
    pub items: Vec<(T, String, bool)>,
}

/// A number with a button on each side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// Name of the row.
    pub name: String,
    /// The number in words.
    pub words: String,
    /// Accessible name of the button that takes one away.
    pub less: String,
    /// Accessible name of the button that adds one.
    pub more: String,
    /// A further button, such as 不限: its word and whether it is chosen.
    pub free: Option<(String, bool)>,
}

/// Makes the form.
#[must_use]
pub fn form(
    words: &Catalogue,
    now: Now,
    status: Option<&Status>,
    draft: &PassDraft,
    pin: &str,
) -> PassForm {
    let checked = read::check(words, now, status, draft, pin);
    let office = status
        .and_then(|s| s.me.as_ref())
        .is_some_and(|me| me.kind == PrincipalKind::Office);
    let entries = read::entries(draft).unwrap_or(draft.entries);
    let shown = |problem: &Option<String>| problem.clone().filter(|_| draft.tried);
    let gates = status
        .and_then(|s| s.community.as_ref())
        .map(|c| c.gates.as_slice())
        .unwrap_or_default();
    let field = |name: &str, hint: &str, problem: Option<String>| Field {
        name: words.say(name),
        hint: if hint.is_empty() {
            String::new()
        } else {
            words.say(hint)
        },
        problem,
    };
    PassForm {
        title: words.say("pass-new"),
        label: field("pass-label", "pass-label-hint", shown(&checked.label)),
        kinds: Choices {
            name: words.say("pass-kind"),
            items: kinds(words, draft),
        },
        days: Choices {
            name: words.say("pass-day"),
            items: days(words, draft),
        },
        date: field("pass-date", "pass-date-hint", shown(&checked.date)),
        // A time that cannot be read is said at once: waiting would not help.
        from: field("pass-from", "", checked.from.clone()),
        until: field("pass-until", "", checked.until.clone()),
        span: checked
            .span
            .map(|(from, until)| match checked.windows.as_slice() {
                [] => dates::span(words, now, from, until),
                windows => week::span(words, now, windows, from, until),
            })
            .unwrap_or_default(),
        entries: Count {
            name: words.say("pass-entries"),
            words: if entries == 0 {
                words.say("pass-entries-hint")
            } else {
                words.text("pass-entries-n", &[("n", entries.into())])
            },
            less: step(words, "pass-less", "pass-entries"),
            more: step(words, "pass-more", "pass-entries"),
            free: Some((words.say("pass-entries-free"), entries == 0)),
        },
        companions: Count {
            name: words.say("pass-companions"),
            words: if draft.companions == 0 {
                words.say("pass-companions-none")
            } else {
                words.text("pass-companions-n", &[("n", draft.companions.into())])
            },
            less: step(words, "pass-less", "pass-companions"),
            more: step(words, "pass-more", "pass-companions"),
            free: None,
        },
        gates: Choices {
            name: words.say("pass-gates"),
            items: gates
                .iter()
                .map(|g| {
                    (
                        Some(g.no),
                        clean::line(&g.name, clean::NAME_MAX),
                        draft.gates.contains(&g.no),
                    )
                })
                .chain(std::iter::once((
                    None,
                    words.say("pass-gate-any"),
                    draft.gates.is_empty(),
                )))
                .collect(),
        },
        plate: field("pass-plate", "pass-plate-hint", shown(&checked.plate)),
        host: office.then(|| field("pass-host", "pass-host-hint", shown(&checked.host))),
        more: more::more(words, draft, &checked),
        hints: checked.hints,
        problems: checked
            .problems
            .into_iter()
            .filter(|(at_once, _)| *at_once || draft.tried)
            .map(|(_, p)| p)
            .collect(),
        make: words.say("pass-make"),
        make_hint: words.say("pass-make-hint"),
        request: checked.request,
    }
}

/// The name of a stepping button says what it steps.
fn step(words: &Catalogue, which: &str, what: &str) -> String {
    format!("{} · {}", words.say(what), words.say(which))
}

fn kinds(words: &Catalogue, draft: &PassDraft) -> Vec<(PassKind, String, bool)> {
    [
        (PassKind::Person, "pass-kind-person"),
        (PassKind::Vehicle, "pass-kind-vehicle"),
        (PassKind::Delivery, "pass-kind-delivery"),
        (PassKind::Worker, "pass-kind-worker"),
    ]
    .map(|(kind, key)| (kind, words.say(key), draft.kind == kind))
    .to_vec()
}

fn days(words: &Catalogue, draft: &PassDraft) -> Vec<(Day, String, bool)> {
    [
        (Day::Today, "pass-day-today"),
        (Day::Tomorrow, "pass-day-tomorrow"),
        (Day::Other, "pass-day-other"),
    ]
    .map(|(day, key)| (day, words.say(key), draft.day == day))
    .to_vec()
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests;
