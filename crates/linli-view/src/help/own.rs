//! This household's own call: the button, the question, and who has received it.

use super::{AGAIN_MS, HelpState, KEY, Numbers, PATIENCE_MS, SILENCE_MS, numbers};
use crate::api::{HelpHow, HelpItem, HelpReceived, PrincipalKind, Request};
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::Field;
use crate::tone::Tone;
use crate::words::Catalogue;

/// Most of those who have received a call that are listed.
const LISTED: usize = 12;

/// The first part of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mine {
    /// The large button.
    Button {
        /// Its word.
        word: String,
        /// Its key, in words.
        key: String,
        /// Its accessible name.
        name: String,
        /// What will happen.
        note: String,
        /// The button that practises.
        practise: String,
    },
    /// "Do you need help?"
    Ask(Box<AskHelp>),
    /// It is being written down.
    Sending(String),
    /// A call stands.
    Open(Box<OpenCall>),
}

/// The question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskHelp {
    /// Only to practise?
    pub practice: bool,
    /// The mark of practice.
    pub banner: Option<String>,
    /// The question.
    pub title: String,
    /// Who will hear it.
    pub note: String,
    /// Yes.
    pub yes: String,
    /// Its key, in words.
    pub key: String,
    /// Its accessible name.
    pub name: String,
    /// No.
    pub no: String,
    /// Words to go with it.
    pub words: Field,
}

/// A call that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenCall {
    /// This call, and others of the same kind that still stand; all end together.
    pub ids: Vec<String>,
    /// The mark of practice.
    pub banner: Option<String>,
    /// That it stands.
    pub title: String,
    /// Since when.
    pub since: String,
    /// How far it has got, in a sentence.
    pub state: String,
    /// Its tone.
    pub tone: Tone,
    /// Numbers to call now, large: nobody has received it.
    pub call_now: Option<Numbers>,
    /// Who has received it.
    pub received: Vec<Receiver>,
    /// How many more.
    pub more: Option<String>,
    /// The word that takes it back.
    pub end: String,
    /// The question about that.
    pub ending: Option<Ending>,
    /// The word that calls once more.
    pub again: Option<String>,
}

/// Somebody who has received it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receiver {
    /// Who, how and when.
    pub text: String,
    /// A person stands out.
    pub tone: Tone,
}

/// "Take it back?"
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ending {
    /// The question.
    pub question: String,
    /// Who will hear that it is over.
    pub who: String,
    /// Yes.
    pub yes: String,
    /// No.
    pub no: String,
}

/// This household's open call: in earnest before practice, the newest of each.
#[must_use]
pub fn own_call(model: &Model) -> Option<&HelpItem> {
    let open = |call: &&HelpItem| call.own && call.open;
    let mine = model.help.calls.iter().filter(open);
    mine.max_by_key(|call| (!call.practice, call.at_ms, call.id.clone()))
}

/// Does somebody here need help now? Then nothing covers the page.
#[must_use]
pub fn need(model: &Model, now: Now, state: &HelpState) -> bool {
    if !model.is_house() {
        return false;
    }
    let young = |call: &HelpItem| now.ms.abs_diff(call.at_ms) <= AGAIN_MS;
    state.asking == Some(false) || own_call(model).is_some_and(|call| !call.practice && young(call))
}

/// Has nobody received it within ten seconds, or no person answered within a minute?
#[must_use]
pub fn overdue(model: &Model, now: Now) -> bool {
    own_call(model).is_some_and(|call| late(call, now))
}

fn late(call: &HelpItem, now: Now) -> bool {
    // A clock that was set back since then counts as time that has gone by.
    let gone = now.ms.abs_diff(call.at_ms);
    gone >= PATIENCE_MS && !call.received.iter().any(counts)
        || gone >= SILENCE_MS && !call.received.iter().any(answered)
}

/// A person has said something.
const fn answered(received: &HelpReceived) -> bool {
    matches!(received.how, HelpHow::Heard | HelpHow::Coming)
}

/// A computer that holds the call is nobody yet.
const fn counts(received: &HelpReceived) -> bool {
    !matches!(received.how, HelpHow::Holds | HelpHow::Other)
}

pub(super) fn mine(words: &Catalogue, now: Now, model: &Model, state: &HelpState) -> Mine {
    if let Some(practice) = state.asking {
        return Mine::Ask(Box::new(ask(words, practice)));
    }
    if model.under_way(|asked| matches!(asked, Request::HelpRaise { .. })) {
        return Mine::Sending(words.say("help-sending"));
    }
    if let Some(call) = own_call(model) {
        return Mine::Open(Box::new(open(words, now, model, state, call)));
    }
    let word = words.say("help-button");
    let key = words.text("help-key", &[("key", KEY.into())]);
    Mine::Button {
        name: words.text("help-button-name", &[("key", KEY.into())]),
        word,
        key,
        note: words.say("help-button-note"),
        practise: words.say("help-practise"),
    }
}

fn ask(words: &Catalogue, practice: bool) -> AskHelp {
    let said = |real: &str, drill: &str| words.say(if practice { drill } else { real });
    AskHelp {
        practice,
        banner: practice.then(|| words.say("help-practice-banner")),
        title: said("help-ask", "help-ask-practice"),
        note: said("help-ask-note", "help-ask-practice-note"),
        yes: said("help-ask-yes", "help-ask-practice-yes"),
        key: words.text("help-key-again", &[("key", KEY.into())]),
        name: words.text(
            if practice {
                "help-ask-practice-name"
            } else {
                "help-ask-name"
            },
            &[("key", KEY.into())],
        ),
        no: words.say("help-ask-no"),
        words: Field {
            name: words.say("help-words"),
            hint: words.say("help-words-hint"),
            problem: None,
        },
    }
}

fn open(
    words: &Catalogue,
    now: Now,
    model: &Model,
    state: &HelpState,
    call: &HelpItem,
) -> OpenCall {
    let practice = call.practice;
    let said = |real: &str, drill: &str| words.say(if practice { drill } else { real });
    let late = late(call, now);
    let same = |other: &&HelpItem| other.own && other.open && other.practice == practice;
    let rows: Vec<Receiver> = call
        .received
        .iter()
        .map(|received| receiver(words, now, model, received))
        .collect();
    let more = rows.len().saturating_sub(LISTED);
    let (key, tone) = how_far(call, late);
    OpenCall {
        ids: model
            .help
            .calls
            .iter()
            .filter(same)
            .map(|other| other.id.clone())
            .collect(),
        banner: practice.then(|| words.say("help-practice-banner")),
        title: said("help-open", "help-open-practice"),
        since: words.text(
            "help-since",
            &[
                ("time", dates::time(now, call.at_ms).into()),
                ("ago", dates::ago(words, now, call.at_ms).into()),
            ],
        ),
        state: match key {
            "help-state-nobody" if practice => words.say("help-state-nobody-practice"),
            "help-state-silent" if practice => words.say("help-state-received"),
            _ => words.say(key),
        },
        tone,
        // Who practises must not be led to call the ambulance.
        call_now: (late && !practice).then(|| numbers(words, now, model, state)),
        received: rows.into_iter().take(LISTED).collect(),
        more: (more > 0).then(|| words.text("help-received-more", &[("n", more.into())])),
        end: said("help-end", "help-end-practice"),
        ending: state.ending.then(|| ending(words, call)),
        again: (!practice && now.ms.abs_diff(call.at_ms) > AGAIN_MS)
            .then(|| words.say("help-again")),
    }
}

/// The sentence for how far it has got.
fn how_far(call: &HelpItem, late: bool) -> (&'static str, Tone) {
    let any = |how: HelpHow| call.received.iter().any(|r| r.how == how);
    if any(HelpHow::Coming) {
        ("help-state-coming", Tone::Good)
    } else if any(HelpHow::Heard) {
        ("help-state-heard", Tone::Good)
    } else if any(HelpHow::Received) && late {
        ("help-state-silent", Tone::Danger)
    } else if any(HelpHow::Received) {
        ("help-state-received", Tone::Info)
    } else if !late {
        ("help-state-sent", Tone::Info)
    } else if any(HelpHow::Holds) {
        ("help-state-computers", Tone::Danger)
    } else {
        ("help-state-nobody", Tone::Danger)
    }
}

fn receiver(words: &Catalogue, now: Now, model: &Model, received: &HelpReceived) -> Receiver {
    let who = who(words, model, received);
    let (key, tone) = match received.how {
        HelpHow::Coming => ("help-how-coming", Tone::Good),
        HelpHow::Heard => ("help-how-heard", Tone::Good),
        HelpHow::Received => ("help-how-received", Tone::Info),
        HelpHow::Holds | HelpHow::Other => ("help-how-holds", Tone::Quiet),
    };
    let when = received.at_ms.map(|ms| dates::time(now, ms));
    let text = match when {
        Some(when) if received.how != HelpHow::Holds => {
            words.text(key, &[("who", who.into()), ("time", when.into())])
        }
        _ => words.text("help-how-holds", &[("who", who.into())]),
    };
    Receiver { text, tone }
}

/// A helper, a neighbour, a gate, an office: by what they are and what they are called.
pub(super) fn who(words: &Catalogue, model: &Model, received: &HelpReceived) -> String {
    let name = clean::line(&received.by, clean::NAME_MAX);
    let key = match received.kind {
        PrincipalKind::Gate => "help-who-gate",
        PrincipalKind::Household if model.help.mine.helpers.contains(&received.by) => {
            "help-who-helper"
        }
        PrincipalKind::Household => "help-who-neighbour",
        _ => return name,
    };
    words.text(key, &[("name", name.into())])
}

fn ending(words: &Catalogue, call: &HelpItem) -> Ending {
    let names: Vec<String> = call
        .received
        .iter()
        .take(LISTED)
        .map(|received| clean::line(&received.by, clean::NAME_MAX))
        .collect();
    let who = if names.is_empty() {
        words.say("help-ending-nobody")
    } else {
        let names = names.join(&words.say("notice-list-comma"));
        words.text("help-ending-who", &[("list", names.into())])
    };
    Ending {
        question: words.say(if call.practice {
            "help-ending-practice"
        } else {
            "help-ending"
        }),
        who,
        yes: words.say("help-ending-yes"),
        no: words.say("help-ending-no"),
    }
}
