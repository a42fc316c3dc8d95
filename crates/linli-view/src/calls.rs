//! A gate calls this household: who stands there, what the household can say, and how the call ends.
//!
//! Who does not know says nothing to the gate: the next device of the household rings when this one has rung long
//! enough, and in the end the guard decides. Such a call is put aside here and can be taken up again while it lasts.

use crate::api::{RingItem, RingState};
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::Intent;
use crate::model::Model;
use crate::tone::Tone;
use crate::words::Catalogue;
use std::collections::BTreeSet;

/// A call that began longer ago is nobody's any more, as at the node.
pub const LIVE_MS: u64 = 15 * 60_000;
/// How long a call is heard where the gate does not say.
pub const RING_S: u8 = 55;

/// What a household can say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Say {
    /// Let in.
    Admit,
    /// Do not let in.
    Refuse,
    /// Nothing to the gate.
    Unknown,
}

impl Say {
    /// All three, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Admit, Self::Refuse, Self::Unknown];

    /// The one key that says it. Nobody who types a name or a number in the moment it rings presses one of these.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admit => "F1",
            Self::Refuse => "F2",
            Self::Unknown => "F3",
        }
    }

    /// Its tone.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Admit => Tone::Good,
            Self::Refuse => Tone::Danger,
            Self::Unknown => Tone::Plain,
        }
    }

    /// This, said about a call.
    #[must_use]
    pub fn about(self, event: &str) -> Intent {
        let event = event.to_owned();
        match self {
            Self::Admit => Intent::AnswerCall { event, admit: true },
            Self::Refuse => Intent::AnswerCall {
                event,
                admit: false,
            },
            Self::Unknown => Intent::AsideCall { event },
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Admit => "call-admit",
            Self::Refuse => "call-refuse",
            Self::Unknown => "call-unknown",
        }
    }
}

/// A call as it stands over the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The call.
    pub event: String,
    /// That somebody asks, and at which gate.
    pub title: String,
    /// Who, as the gate said.
    pub who: String,
    /// Where they want to go, what they say of themselves, since when.
    pub facts: Vec<String>,
    /// What an answer does.
    pub promise: String,
    /// How many more wait.
    pub more: Option<String>,
    /// The three choices.
    pub choices: [Choice; 3],
    /// All of it, for who hears the screen.
    pub name: String,
}

/// One thing to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What.
    pub say: Say,
    /// Its word.
    pub word: String,
    /// Its accessible name, with its key.
    pub name: String,
}

/// A call put aside that still waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// The call.
    pub event: String,
    /// Who waits where.
    pub text: String,
    /// The word on the button.
    pub word: String,
    /// The button's accessible name.
    pub name: String,
}

/// How a call went on, to be told once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CallTold {
    /// This window said: let in.
    SaidAdmit,
    /// This window said: do not.
    SaidRefuse,
    /// This window said nothing.
    Aside,
    /// Another device of the household said: let in.
    AdmitElsewhere,
    /// Another device said: do not.
    RefuseElsewhere,
    /// Nobody answered in time.
    NoAnswer,
    /// The guard has let them in.
    LetIn,
    /// Nothing was heard of it for too long.
    Old,
}

/// The calls that ring here and wait for an answer, the oldest first.
#[must_use]
pub fn ringing(model: &Model, now: Now) -> Vec<&RingItem> {
    let mut calls: Vec<&RingItem> = model
        .rings
        .iter()
        .filter(|ring| ring.here && young(ring, now) && !model.answering(&ring.event))
        .collect();
    calls.sort_by_key(|ring| (ring.at_ms, ring.event.clone()));
    calls
}

/// Is it not too old to be answered?
#[must_use]
pub fn young(ring: &RingItem, now: Now) -> bool {
    let since = if ring.heard_ms > 0 {
        ring.heard_ms
    } else {
        ring.at_ms
    };
    now.ms.abs_diff(since) <= LIVE_MS
}

/// The call to show over the page.
#[must_use]
pub fn call(words: &Catalogue, now: Now, model: &Model, aside: &BTreeSet<String>) -> Option<Call> {
    let calls = ringing(model, now);
    let mut open = calls
        .into_iter()
        .filter(|ring| !aside.contains(&ring.event));
    let ring = open.next()?;
    let more = open.count();
    let title = words.text("call-title", &[("gate", gate(words, ring).into())]);
    let who = who(words, ring);
    let mut facts = Vec::new();
    if let Some(unit) = &ring.unit {
        let unit = clean::line(unit, clean::NAME_MAX);
        facts.push(words.text("call-unit", &[("unit", unit.into())]));
    }
    if ring.resident {
        facts.push(words.say("call-resident"));
    }
    facts.extend(shown(words, ring));
    facts.push(words.text(
        "call-since",
        &[
            ("time", dates::time(now, ring.at_ms).into()),
            ("ago", dates::ago(words, now, ring.at_ms).into()),
        ],
    ));
    let name = std::iter::once(&title)
        .chain([&who])
        .chain(&facts)
        .cloned()
        .collect::<Vec<_>>()
        .join(&words.say("call-join"));
    Some(Call {
        event: ring.event.clone(),
        title,
        who,
        facts,
        promise: words.say("call-promise"),
        more: (more > 0).then(|| words.text("call-more", &[("n", more.into())])),
        choices: Say::ALL.map(|say| choice(words, say)),
        name,
    })
}

fn choice(words: &Catalogue, say: Say) -> Choice {
    let word = words.say(say.word());
    let args = [("word", (&word).into()), ("key", say.key().into())];
    Choice {
        say,
        name: words.text("call-choice-name", &args),
        word,
    }
}

/// Calls put aside that still wait.
#[must_use]
pub fn waiting(
    words: &Catalogue,
    now: Now,
    model: &Model,
    aside: &BTreeSet<String>,
) -> Vec<Waiting> {
    ringing(model, now)
        .into_iter()
        .filter(|ring| aside.contains(&ring.event))
        .map(|ring| {
            let gate = gate(words, ring);
            let who = who(words, ring);
            let args = [("gate", (&gate).into()), ("who", who.into())];
            Waiting {
                event: ring.event.clone(),
                text: words.text("call-waiting", &args),
                word: words.say("call-back"),
                name: words.text("call-back-name", &[("gate", gate.into())]),
            }
        })
        .collect()
}

/// The gate's name, or its number.
pub(crate) fn gate(words: &Catalogue, ring: &RingItem) -> String {
    match &ring.gate_name {
        Some(name) => clean::line(name, clean::NAME_MAX),
        None => words.text("call-gate", &[("no", ring.gate.into())]),
    }
}

/// What they say they are called and who is with them.
pub(crate) fn who(words: &Catalogue, ring: &RingItem) -> String {
    let name = match &ring.name {
        Some(name) => clean::line(name, clean::NAME_MAX),
        None => words.say("call-nameless"),
    };
    if ring.companions == 0 {
        return name;
    }
    let args = [("name", name.into()), ("n", ring.companions.into())];
    words.text("call-who", &args)
}

/// What was shown at the gate of this call, and why it asks.
pub(crate) fn shown(words: &Catalogue, ring: &RingItem) -> Vec<String> {
    let [code, plate, pass] = [&ring.code, &ring.plate, &ring.pass].map(|text| text.as_deref());
    about(words, code, plate, pass)
}

/// What was shown at the gate, and why it asks: the code of the gate's answer, a plate, the name of a pass.
#[must_use]
pub fn about(
    words: &Catalogue,
    code: Option<&str>,
    plate: Option<&str>,
    pass: Option<&str>,
) -> Vec<String> {
    let mut said = Vec::new();
    if pass.is_some() {
        said.push(words.say("call-pass"));
    }
    if let Some(plate) = plate {
        let plate = clean::line(plate, clean::NAME_MAX);
        said.push(words.text("call-plate", &[("plate", plate.into())]));
    }
    if let Some(code) = code {
        said.push(words.say(why(code)));
    }
    said
}

/// Why a gate asks, in a household's words.
const fn why(code: &str) -> &'static str {
    match code.as_bytes() {
        b"E_AWAY" => "call-why-away",
        b"E_COMPANIONS" => "call-why-companions",
        b"E_PLATE" => "call-why-plate",
        b"E_PLATE_NEAR" => "call-why-plate-near",
        b"E_INSIDE" => "call-why-inside",
        b"E_CLOCK" => "call-why-clock",
        b"E_STALE" => "call-why-stale",
        b"E_HELD" => "call-why-held",
        _ => "call-why-other",
    }
}

/// What to tell of a call that rang here, which stood at `before` when it was last looked at.
#[must_use]
pub fn news(ring: &RingItem, now: Now, before: RingState) -> Option<CallTold> {
    let mine = |admit| ring.answers.iter().any(|a| a.mine && a.admit == admit);
    match ring.state {
        state if state == before => {
            let waits = before == RingState::Rings && !young(ring, now);
            waits.then_some(CallTold::Old)
        }
        RingState::Admit => (!mine(true)).then_some(CallTold::AdmitElsewhere),
        RingState::Refuse => (!mine(false)).then_some(CallTold::RefuseElsewhere),
        RingState::NoAnswer | RingState::NotReached => Some(CallTold::NoAnswer),
        RingState::Decided => Some(CallTold::LetIn),
        RingState::Rings | RingState::Other => None,
    }
}

/// It in words, with its tone.
#[must_use]
pub fn told(words: &Catalogue, told: CallTold) -> (String, Tone) {
    let (key, tone) = match told {
        CallTold::SaidAdmit => ("call-said-admit", Tone::Good),
        CallTold::SaidRefuse => ("call-said-refuse", Tone::Good),
        CallTold::Aside => ("call-aside", Tone::Info),
        CallTold::AdmitElsewhere => ("call-over-admit", Tone::Info),
        CallTold::RefuseElsewhere => ("call-over-refuse", Tone::Info),
        CallTold::NoAnswer => ("call-over-none", Tone::Warn),
        CallTold::LetIn => ("call-over-let-in", Tone::Info),
        CallTold::Old => ("call-over-old", Tone::Info),
    };
    (words.say(key), tone)
}

#[cfg(test)]
mod tests;
