//! Somebody calls for help: over every page, heard again and again until a person here has answered.
//!
//! The answers have keys of their own, `F7` and `F8`: `F1` to `F3` answer a gate that calls, and whoever reaches for
//! one of those in the moment the alarm comes must not have said anything to somebody who lies on the floor.
//!
//! Helpers, offices and gates hear every call; other households those of their own building. A whole estate that rings
//! for every call would soon be turned off. The others see it on their pages and may answer as well.

use super::{asks, rows};
use crate::api::{HelpEar, HelpItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::Intent;
use crate::model::Model;
use crate::tone::Tone;
use crate::words::Catalogue;

/// Longest words shown.
const WORDS_MAX: usize = 200;

/// What a person can say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Go {
    /// On the way.
    Going,
    /// Has heard it and cannot come.
    Cannot,
}

impl Go {
    /// Both, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Going, Self::Cannot];

    /// The one key that says it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Going => "F7",
            Self::Cannot => "F8",
        }
    }

    /// Its tone.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Going => Tone::Good,
            Self::Cannot => Tone::Plain,
        }
    }

    /// This, said about a call.
    #[must_use]
    pub fn about(self, id: &str) -> Intent {
        Intent::AnswerHelp {
            id: id.to_owned(),
            coming: self == Self::Going,
        }
    }

    /// Its word: a gate or an office sends somebody.
    pub(super) const fn word(self, ear: HelpEar) -> &'static str {
        match (self, ear) {
            (Self::Going, HelpEar::Gate | HelpEar::Office) => "help-going-send",
            (Self::Going, _) => "help-going",
            (Self::Cannot, HelpEar::Gate | HelpEar::Office) => "help-cannot-send",
            (Self::Cannot, _) => "help-cannot",
        }
    }
}

/// A call as it stands over the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alarm {
    /// The call.
    pub id: String,
    /// That somebody calls for help.
    pub title: String,
    /// Where.
    pub place: String,
    /// What they said with it.
    pub words: Option<String>,
    /// Since when, why this home is asked, who else has it.
    pub facts: Vec<String>,
    /// What an answer does.
    pub promise: String,
    /// How many more wait.
    pub more: Option<String>,
    /// The two choices.
    pub choices: [Choice; 2],
    /// All of it, for who hears the screen.
    pub name: String,
}

/// One thing to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What.
    pub go: Go,
    /// Its word.
    pub word: String,
    /// Its accessible name, with its key.
    pub name: String,
}

/// The calls that are heard here and wait for an answer, the oldest first.
#[must_use]
pub fn alarming(model: &Model) -> Vec<&HelpItem> {
    let mut calls: Vec<&HelpItem> = model
        .help
        .calls
        .iter()
        .filter(|call| asks(model, call) && near(model, call))
        .filter(|call| !model.help_aside.contains(&call.id))
        .collect();
    calls.sort_by_key(|call| (call.at_ms, call.id.clone()));
    calls
}

/// Is it to be heard here, or only seen?
pub(super) fn near(model: &Model, call: &HelpItem) -> bool {
    if call.hears_as != HelpEar::Neighbour {
        return true;
    }
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    let unit = me.and_then(|me| me.unit.as_deref()).unwrap_or_default();
    let building = |unit: &str| unit.split('-').next().unwrap_or_default().trim().to_owned();
    building(unit) == building(&call.by)
}

/// The call to show over the page.
#[must_use]
pub fn alarm(words: &Catalogue, now: Now, model: &Model) -> Option<Alarm> {
    let mut calls = alarming(model).into_iter();
    let call = calls.next()?;
    let more = calls.count();
    let title = words.say("help-alarm-title");
    let place = clean::line(&call.by, clean::NAME_MAX);
    let said = call.words.as_ref().map(|text| {
        let text = clean::line(text, WORDS_MAX);
        words.text("help-says", &[("words", text.into())])
    });
    let mut facts = vec![words.text(
        "help-since",
        &[
            ("time", dates::time(now, call.at_ms).into()),
            ("ago", dates::ago(words, now, call.at_ms).into()),
        ],
    )];
    facts.push(words.say(match call.hears_as {
        HelpEar::Helper => "help-alarm-helper",
        HelpEar::Office => "help-alarm-office",
        HelpEar::Gate => "help-alarm-gate",
        _ => "help-alarm-neighbour",
    }));
    facts.extend(rows::going(words, call));
    let name = std::iter::once(&title)
        .chain([&place])
        .chain(&said)
        .chain(&facts)
        .cloned()
        .collect::<Vec<_>>()
        .join(&words.say("call-join"));
    Some(Alarm {
        id: call.id.clone(),
        title,
        place,
        words: said,
        facts,
        promise: words.say("help-alarm-promise"),
        more: (more > 0).then(|| words.text("help-alarm-more", &[("n", more.into())])),
        choices: Go::ALL.map(|go| {
            let word = words.say(go.word(call.hears_as));
            let args = [("word", (&word).into()), ("key", go.key().into())];
            Choice {
                go,
                name: words.text("call-choice-name", &args),
                word,
            }
        }),
        name,
    })
}
