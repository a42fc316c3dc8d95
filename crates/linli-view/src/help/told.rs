//! What is told once about help.

use crate::api::{Fault, HelpHow, HelpItem, HelpReceived, HelpReport};
use crate::clean;
use crate::fault;
use crate::tone::Tone;
use crate::words::Catalogue;

/// Something about help, to be told once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HelpTold {
    /// The call is written down and on its way.
    Raised {
        /// Only to practise.
        practice: bool,
        /// The call of a moment ago still stands.
        again: bool,
        /// This device cannot tell the gates itself.
        gates_not_told: bool,
    },
    /// It was not written down.
    Failed {
        /// Why.
        fault: Fault,
        /// It was to practise.
        practice: bool,
    },
    /// This household's call is over.
    Ended {
        /// It was practice.
        practice: bool,
        /// Who had received it.
        heard: Vec<String>,
    },
    /// This window answered somebody.
    Answered {
        /// And somebody goes.
        coming: bool,
    },
    /// What was to be answered is over already.
    TooLate,
    /// Somebody answered this household.
    Answer {
        /// Who.
        by: String,
        /// And is coming.
        coming: bool,
    },
    /// A call that was heard here is over.
    Over {
        /// Whose.
        by: String,
    },
    /// This household said that all is well.
    Fine {
        /// To whom.
        helpers: Vec<String>,
    },
    /// Who looks after it is set.
    CareSet {
        /// Does anybody?
        asked: bool,
    },
    /// Nobody is known to live in one of the units.
    NobodyThere,
    /// An office's numbers are given out.
    PhonesSet,
}

/// What is new between two reports: an answer to this household, the end of a call that was heard here.
pub(crate) fn news(before: &HelpReport, after: &HelpReport) -> Option<HelpTold> {
    let held = |id: &str| before.calls.iter().find(|call| call.id == id);
    let mut all = after
        .calls
        .iter()
        .filter_map(|call| held(&call.id).and_then(|before| between(before, call)));
    all.next()
}

fn between(before: &HelpItem, after: &HelpItem) -> Option<HelpTold> {
    if after.own {
        let told = |of: &HelpItem, how: HelpHow, by: &str| {
            of.received.iter().any(|r| r.how == how && r.by == by)
        };
        let new = |r: &&HelpReceived| {
            matches!(r.how, HelpHow::Coming | HelpHow::Heard) && !told(before, r.how, &r.by)
        };
        let first = after.received.iter().find(new)?;
        return after.open.then(|| HelpTold::Answer {
            by: first.by.clone(),
            coming: first.how == HelpHow::Coming,
        });
    }
    (before.open && !after.open && !after.practice).then(|| HelpTold::Over {
        by: after.by.clone(),
    })
}

/// It in words, with its tone.
pub(crate) fn told(words: &Catalogue, told: &HelpTold) -> (String, Tone) {
    let name = |by: &str| clean::line(by, clean::NAME_MAX);
    let list = |of: &[String]| {
        let names: Vec<String> = of.iter().take(12).map(|by| name(by)).collect();
        names.join(&words.say("notice-list-comma"))
    };
    match told {
        HelpTold::Raised {
            again: true,
            practice: false,
            ..
        } => (words.say("help-note-again"), Tone::Info),
        HelpTold::Raised { practice: true, .. } => (words.say("help-note-practice"), Tone::Warn),
        HelpTold::Raised {
            gates_not_told: true,
            ..
        } => (words.say("help-note-no-gates"), Tone::Warn),
        HelpTold::Raised { .. } => (words.say("help-note-raised"), Tone::Info),
        HelpTold::Failed { fault, .. } => {
            let why = fault::view(words, fault).sentence();
            let text = words.text("help-note-failed", &[("why", why.into())]);
            (text, Tone::Danger)
        }
        HelpTold::Ended { practice: true, .. } => {
            (words.say("help-note-ended-practice"), Tone::Good)
        }
        HelpTold::Ended { heard, .. } if heard.is_empty() => {
            (words.say("help-note-ended-nobody"), Tone::Good)
        }
        HelpTold::Ended { heard, .. } => {
            let text = words.text("help-note-ended", &[("list", list(heard).into())]);
            (text, Tone::Good)
        }
        HelpTold::Answered { coming: true } => (words.say("help-note-going"), Tone::Good),
        HelpTold::Answered { coming: false } => (words.say("help-note-heard"), Tone::Good),
        HelpTold::TooLate => (words.say("help-note-too-late"), Tone::Info),
        HelpTold::Answer { by, coming } => {
            let key = if *coming {
                "help-note-coming"
            } else {
                "help-note-hears"
            };
            (words.text(key, &[("by", name(by).into())]), Tone::Good)
        }
        HelpTold::Over { by } => {
            let text = words.text("help-note-over", &[("by", name(by).into())]);
            (text, Tone::Info)
        }
        HelpTold::Fine { helpers } => {
            let text = words.text("help-note-fine", &[("list", list(helpers).into())]);
            (text, Tone::Good)
        }
        HelpTold::CareSet { asked: true } => (words.say("help-note-care"), Tone::Good),
        HelpTold::CareSet { asked: false } => (words.say("help-note-care-none"), Tone::Good),
        HelpTold::NobodyThere => (words.say("help-note-nobody-there"), Tone::Warn),
        HelpTold::PhonesSet => (words.say("help-note-phones"), Tone::Good),
    }
}
