//! The words of what the system shows. Its daemon is not ours: it gets no more than the settings allow.

use super::item::{Class, What};
use super::turn::{Announce, Way};
use crate::api::BellSays;
use crate::clean;
use crate::notices;
use crate::words::Catalogue;

/// A notice of the system.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Popup {
    /// Names it.
    pub key: String,
    /// The line in bold.
    pub title: String,
    /// The text below it.
    pub body: String,
    /// How pressing it is.
    pub loud: Loud,
    /// What pressing it is called, where that opens the window.
    pub open: Option<String>,
}

/// How pressing it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Loud {
    /// Stays until somebody looks, with a sound.
    Life,
    /// Waits for somebody.
    Needs,
    /// Quiet.
    Quiet,
}

/// A home under a passphrase was to run without a window: nothing is announced until somebody opens it.
#[must_use]
pub fn locked(words: &Catalogue) -> Popup {
    Popup {
        key: "locked".into(),
        title: words.say("bell-locked"),
        body: words.say("bell-locked-body"),
        loud: Loud::Needs,
        open: None,
    }
}

/// Words it.
#[must_use]
pub fn popup(words: &Catalogue, says: BellSays, announce: &Announce<'_>) -> Popup {
    let (title, body, loud) = match &announce.way {
        Way::Many(n) => (
            words.text("bell-many", &[("n", (*n).into())]),
            words.say("bell-look"),
            Loud::Needs,
        ),
        Way::Answers(n) => (
            words.text("bell-answers", &[("n", (*n).into())]),
            words.say("bell-look"),
            Loud::Quiet,
        ),
        Way::One(item) => {
            let loud = match item.class {
                Class::Life => Loud::Life,
                Class::Needs => Loud::Needs,
                Class::Mine | Class::Rest => Loud::Quiet,
            };
            let (title, body) = one(words, says, loud, item.what);
            (title, body, loud)
        }
    };
    Popup {
        key: announce.key.clone(),
        title,
        body,
        loud,
        open: Some(words.say("bell-open")),
    }
}

fn one(words: &Catalogue, says: BellSays, loud: Loud, what: What<'_>) -> (String, String) {
    let look = || words.say("bell-look");
    let name = |text: &str| clean::line(text, clean::NAME_MAX);
    if says == BellSays::Less {
        let key = match loud {
            Loud::Life => "bell-less-life",
            Loud::Needs => "bell-less-needs",
            Loud::Quiet => "bell-less-quiet",
        };
        return (words.say(key), look());
    }
    let all = says == BellSays::All;
    match what {
        What::Notice(n) | What::Retracted(n) => {
            let title = notices::headline(words, notices::in_language(n, words.lang()));
            let office = name(&n.org_name);
            let key = match (what, loud) {
                (What::Retracted(_), _) => "bell-notice-back",
                (_, Loud::Life) => "bell-notice-life",
                _ if n.needs_confirm => "bell-notice-confirm",
                _ => "bell-notice",
            };
            (title, words.text(key, &[("office", office.into())]))
        }
        What::Help(call) if call.practice => (words.say("bell-help-practice"), look()),
        What::Help(call) if all => {
            let title = words.text("bell-help-unit", &[("unit", name(&call.by).into())]);
            (title, words.say("bell-help-answer"))
        }
        What::Help(_) => (words.say("bell-help"), words.say("bell-help-answer")),
        What::Ring(ring) => {
            let gate = ring.gate_name.as_deref().map(name);
            let title = match gate {
                Some(gate) => words.text("bell-ring-gate", &[("gate", gate.into())]),
                None => words.say("bell-ring"),
            };
            let who = ring
                .name
                .as_deref()
                .filter(|_| all)
                .map(name)
                .unwrap_or_default();
            let body = if who.is_empty() {
                words.say("bell-ring-answer")
            } else {
                words.text("bell-ring-who", &[("who", who.into())])
            };
            (title, body)
        }
        What::Missed(missed) if all => {
            let unit = name(&missed.unit);
            (
                words.text("bell-missed-unit", &[("unit", unit.into())]),
                look(),
            )
        }
        What::Missed(_) => (words.say("bell-missed"), look()),
        What::Comment(_, c) if c.official => {
            let office = name(&c.author);
            (
                words.text("bell-official", &[("office", office.into())]),
                look(),
            )
        }
        What::Decided(_) => (words.say("bell-decided"), look()),
        What::Comment(..) | What::Claim(..) => {
            (words.text("bell-answers", &[("n", 1_u8.into())]), look())
        }
        What::Post(_) => (words.say("bell-less-quiet"), look()),
    }
}
