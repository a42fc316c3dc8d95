//! Telephone numbers: those of the state, those of the offices. They lie in the home and need no network.

use super::HelpState;
use crate::api::PhoneItem;
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::Field;
use crate::words::Catalogue;

/// Most numbers an office gives out, and longest name and number, as at the node.
const PHONES_MAX: usize = 12;
const LABEL_CHARS: usize = 24;
const NUMBER_CHARS: usize = 20;
/// Most that are shown.
const SHOWN_MAX: usize = 60;
/// They stand here before the node has said anything.
const OF_THE_STATE: [(&str, &str); 3] = [("ambulance", "120"), ("police", "110"), ("fire", "119")];

/// The numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Numbers {
    /// Heading.
    pub title: String,
    /// That they need no network here.
    pub note: String,
    /// Of the state: ambulance, police, fire.
    pub state: Vec<Phone>,
    /// Of the offices.
    pub offices: Vec<Phone>,
    /// Said when no office has given out any.
    pub offices_none: Option<String>,
    /// What else can be done: knock at the helpers' doors.
    pub knock: Option<String>,
    /// At an office: the word that changes its numbers.
    pub edit: Option<String>,
    /// At an office: the form.
    pub form: Option<PhonesForm>,
}

/// One number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Whose.
    pub label: String,
    /// The number.
    pub number: String,
    /// Which office says so, and since when; empty for those of the state.
    pub by: String,
    /// Both, for who hears the screen.
    pub name: String,
}

/// An office's numbers being filled in: a line each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PhonesDraft {
    /// The lines.
    pub lines: String,
    /// The button was pressed once.
    pub tried: bool,
}

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PhonesForm {
    /// The lines.
    pub lines: Field,
    /// The button.
    pub save: String,
    /// The way back.
    pub leave: String,
    /// What to send, once it is whole.
    pub ready: Option<Vec<(String, String)>>,
}

/// Makes them.
#[must_use]
pub fn numbers(words: &Catalogue, now: Now, model: &Model, state: &HelpState) -> Numbers {
    let told = model.phones.iter().filter(|phone| phone.office.is_none());
    let mut known: Vec<(String, String)> = told
        .map(|phone| (phone.label.clone(), phone.number.clone()))
        .collect();
    if known.is_empty() {
        let own = OF_THE_STATE.map(|(label, number)| (label.to_owned(), number.to_owned()));
        known.extend(own);
    }
    let of_state = known.into_iter().map(|(label, number)| {
        let label = match label.as_str() {
            "ambulance" => words.say("help-phone-ambulance"),
            "police" => words.say("help-phone-police"),
            "fire" => words.say("help-phone-fire"),
            _ => clean::line(&label, LABEL_CHARS),
        };
        phone(words, label, &number, String::new())
    });
    let offices: Vec<Phone> = model
        .phones
        .iter()
        .filter_map(|item| item.office.as_ref().map(|office| (office, item)))
        .take(SHOWN_MAX)
        .map(|(office, item)| of_office(words, now, office, item))
        .collect();
    let helpers = &model.help.mine.helpers;
    let office = model.is_office();
    let form = state.phones.as_ref().filter(|_| office);
    Numbers {
        title: words.say("help-numbers"),
        note: words.say("help-numbers-note"),
        state: of_state.collect(),
        offices_none: offices.is_empty().then(|| words.say("help-numbers-none")),
        offices,
        knock: (!helpers.is_empty()).then(|| {
            let names: Vec<String> = helpers
                .iter()
                .map(|unit| clean::line(unit, clean::NAME_MAX))
                .collect();
            let names = names.join(&words.say("notice-list-comma"));
            words.text("help-knock", &[("list", names.into())])
        }),
        edit: (office && form.is_none()).then(|| words.say("help-phones-edit")),
        form: form.map(|draft| self::form(words, draft)),
    }
}

fn of_office(words: &Catalogue, now: Now, office: &str, item: &PhoneItem) -> Phone {
    let office = clean::line(office, clean::NAME_MAX);
    let by = match item.at_ms {
        Some(ms) => {
            let day = dates::day(words, now, ms);
            words.text(
                "help-phone-by",
                &[("office", office.into()), ("day", day.into())],
            )
        }
        None => office,
    };
    phone(
        words,
        clean::line(&item.label, LABEL_CHARS),
        &item.number,
        by,
    )
}

fn phone(words: &Catalogue, label: String, number: &str, by: String) -> Phone {
    let number = clean::line(number, NUMBER_CHARS);
    let args = [("label", (&label).into()), ("number", (&number).into())];
    Phone {
        name: words.text("help-phone-name", &args),
        label,
        number,
        by,
    }
}

impl PhonesDraft {
    /// What the office gives out now.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let me = model.status.as_ref().and_then(|status| status.me.as_ref());
        let mine = me.map(|me| me.name.as_str());
        let lines: Vec<String> = model
            .phones
            .iter()
            .filter(|phone| phone.office.is_some() && phone.office.as_deref() == mine)
            .map(|phone| format!("{}: {}", phone.label, phone.number))
            .collect();
        Self {
            lines: lines.join("\n"),
            tried: false,
        }
    }

    /// Names and numbers, or which line is not one: its number, from 1; 0 for too many.
    fn read(&self) -> Result<Vec<(String, String)>, usize> {
        let mut phones = Vec::new();
        for (at, line) in self.lines.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            phones.push(read_line(line).ok_or(at + 1)?);
        }
        if phones.len() > PHONES_MAX {
            return Err(0);
        }
        Ok(phones)
    }
}

/// `值班室: 010-6666 0001`; without a colon the number begins at the first digit.
fn read_line(line: &str) -> Option<(String, String)> {
    let (label, number) = match line.split_once([':', '：']) {
        Some(pair) => pair,
        None => {
            let at = line.find(|c: char| c.is_ascii_digit() || c == '+')?;
            line.split_at_checked(at)?
        }
    };
    let (label, number) = (label.trim(), number.trim());
    let dialled = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '*' | '#');
    let fits = (1..=LABEL_CHARS).contains(&label.chars().count())
        && (1..=NUMBER_CHARS).contains(&number.chars().count())
        && number.chars().all(dialled)
        && number.contains(|c: char| c.is_ascii_digit());
    fits.then(|| (label.to_owned(), number.to_owned()))
}

fn form(words: &Catalogue, draft: &PhonesDraft) -> PhonesForm {
    let read = draft.read();
    let problem = match &read {
        Ok(_) => None,
        Err(0) => Some(words.text("help-phones-many", &[("n", PHONES_MAX.into())])),
        Err(line) => Some(words.text("help-phones-line", &[("n", (*line).into())])),
    };
    PhonesForm {
        lines: Field {
            name: words.say("help-phones-lines"),
            hint: words.say("help-phones-hint"),
            problem: problem.filter(|_| draft.tried),
        },
        save: words.say("help-phones-save"),
        leave: words.say("help-care-leave"),
        ready: read.ok(),
    }
}
