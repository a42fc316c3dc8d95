//! The daily "I am fine": who looks after this household, by when it says so, and who has not said it.
//!
//! It is for those who want it. Nothing is set before the box is ticked that says who will see what.

use super::{HelpState, own_call};
use crate::api::MissedItem;
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::{Field, time_of_day};
use crate::words::Catalogue;

/// Most helpers, as at the node.
const HELPERS_MAX: usize = 8;
const DAY_MIN: u32 = 24 * 60;
/// Most missed check-ins shown.
const MISSED_MAX: usize = 12;

/// The large button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fine {
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// By when, and who sees it; or that it is said today.
    pub note: String,
    /// Said today.
    pub done: bool,
    /// Is it wanted every day? Then it stands on the first screen.
    pub daily: bool,
}

/// Somebody has not said that all is well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissedRow {
    /// Who, since when, and when they last did.
    pub text: String,
    /// What to do.
    pub todo: String,
}

/// Who looks after this household.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CarePart {
    /// Heading.
    pub title: String,
    /// Who, by when.
    pub text: String,
    /// The button that changes it.
    pub edit: Option<String>,
    /// The form.
    pub form: Option<CareForm>,
}

/// What is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CareDraft {
    /// Units.
    pub helpers: String,
    /// Time of day; empty: not daily.
    pub time: String,
    /// The box is ticked.
    pub agreed: bool,
    /// The button was pressed once.
    pub tried: bool,
}

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CareForm {
    /// What it does, and who sees what.
    pub note: String,
    /// Units.
    pub helpers: Field,
    /// Time of day.
    pub time: Field,
    /// Beside the box.
    pub agree: String,
    /// The box has to be ticked first.
    pub agree_problem: Option<String>,
    /// The button.
    pub save: String,
    /// Nobody any more; absent where nobody is asked.
    pub stop: Option<String>,
    /// The way back.
    pub leave: String,
    /// What to send, once it is whole: units and minute of the day.
    pub ready: Option<(Vec<String>, Option<u16>)>,
}

/// The large button, where somebody looks after this household.
#[must_use]
pub fn fine(words: &Catalogue, now: Now, model: &Model) -> Option<Fine> {
    let care = &model.help.mine;
    // Whoever calls for help is not offered to say the opposite: the call is taken back first.
    if care.helpers.is_empty() || own_call(model).is_some() {
        return None;
    }
    let day = |ms: u64| now.civil(ms).map(|moment| moment.date());
    let said = care
        .last_ms
        .filter(|last| day(*last).is_some() && day(*last) == day(now.ms));
    let list = helpers(words, &care.helpers);
    let note = match (said, care.minute) {
        (Some(last), _) => words.text(
            "help-fine-done",
            &[
                ("time", dates::time(now, last).into()),
                ("list", list.into()),
            ],
        ),
        (None, Some(minute)) => words.text(
            "help-fine-by",
            &[("time", clock(minute).into()), ("list", list.into())],
        ),
        (None, None) => words.text("help-fine-any", &[("list", list.into())]),
    };
    Some(Fine {
        word: words.say(if said.is_some() {
            "help-fine-again"
        } else {
            "help-fine"
        }),
        name: words.say("help-fine-name"),
        note,
        done: said.is_some(),
        daily: care.minute.is_some(),
    })
}

/// Who has not said that all is well, as far as this home knows.
#[must_use]
pub fn missed(words: &Catalogue, now: Now, model: &Model) -> Vec<MissedRow> {
    let listed = model.help.missed.iter().take(MISSED_MAX);
    listed.map(|item| row(words, now, item)).collect()
}

fn row(words: &Catalogue, now: Now, item: &MissedItem) -> MissedRow {
    let unit = clean::line(&item.unit, clean::NAME_MAX);
    let due = dates::at(words, now, item.due_ms);
    let text = match item.last_ms {
        Some(last) => words.text(
            "help-missed",
            &[
                ("unit", unit.into()),
                ("due", due.into()),
                ("last", dates::at(words, now, last).into()),
            ],
        ),
        None => words.text(
            "help-missed-never",
            &[("unit", unit.into()), ("due", due.into())],
        ),
    };
    MissedRow {
        text,
        todo: words.say("help-missed-todo"),
    }
}

pub(super) fn part(words: &Catalogue, model: &Model, state: &HelpState) -> CarePart {
    let care = &model.help.mine;
    let text = match (care.helpers.is_empty(), care.minute) {
        (true, _) => words.say("help-care-none"),
        (false, None) => words.text(
            "help-care-on-call",
            &[("list", helpers(words, &care.helpers).into())],
        ),
        (false, Some(minute)) => words.text(
            "help-care-daily",
            &[
                ("list", helpers(words, &care.helpers).into()),
                ("time", clock(minute).into()),
            ],
        ),
    };
    CarePart {
        title: words.say("help-care"),
        text,
        edit: state.care.is_none().then(|| words.say("help-care-edit")),
        form: state.care.as_ref().map(|draft| form(words, model, draft)),
    }
}

fn helpers(words: &Catalogue, units: &[String]) -> String {
    let units: Vec<String> = units
        .iter()
        .map(|unit| clean::line(unit, clean::NAME_MAX))
        .collect();
    units.join(&words.say("notice-list-comma"))
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl CareDraft {
    /// What is set now.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let care = &model.help.mine;
        Self {
            helpers: care.helpers.join(" "),
            time: care.minute.map(clock).unwrap_or_default(),
            agreed: false,
            tried: false,
        }
    }

    /// The units typed, each once.
    fn units(&self) -> Vec<String> {
        let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        let mut units: Vec<String> = Vec::new();
        for unit in self.helpers.split(apart).filter(|unit| !unit.is_empty()) {
            if !units.iter().any(|known| known == unit) {
                units.push(unit.to_owned());
            }
        }
        units
    }

    /// Minute of the day; `None` where what is typed is no time.
    fn minute(&self) -> Option<Option<u16>> {
        if self.time.trim().is_empty() {
            return Some(None);
        }
        let minute = time_of_day(&self.time)? % DAY_MIN;
        u16::try_from(minute).ok().map(Some)
    }
}

fn form(words: &Catalogue, model: &Model, draft: &CareDraft) -> CareForm {
    let (units, minute) = (draft.units(), draft.minute());
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    let own = me.and_then(|me| me.unit.as_ref());
    let problem = if units.is_empty() {
        Some(words.say("help-care-who"))
    } else if own.is_some_and(|own| units.contains(own)) {
        Some(words.say("help-care-own"))
    } else if units.len() > HELPERS_MAX {
        Some(words.text("help-care-many", &[("n", HELPERS_MAX.into())]))
    } else {
        None
    };
    let whole = problem.is_none() && draft.agreed;
    let ready = minute.filter(|_| whole).map(|minute| (units, minute));
    CareForm {
        note: words.say("help-care-note"),
        helpers: Field {
            name: words.say("help-care-helpers"),
            hint: words.say("help-care-helpers-hint"),
            problem: problem.filter(|_| draft.tried),
        },
        time: Field {
            name: words.say("help-care-time"),
            hint: words.say("help-care-time-hint"),
            problem: (draft.tried && minute.is_none()).then(|| words.say("help-care-no-time")),
        },
        agree: words.say("help-care-agree"),
        agree_problem: (draft.tried && !draft.agreed).then(|| words.say("help-care-agree-first")),
        save: words.say("help-care-save"),
        stop: (!model.help.mine.helpers.is_empty()).then(|| words.say("help-care-stop")),
        leave: words.say("help-care-leave"),
        ready,
    }
}
