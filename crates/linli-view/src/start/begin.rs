//! "You are?": the first thing a new computer asks, with its language and its type size beside it.

use crate::intent::{Intent, Look};
use crate::words::{Catalogue, Lang};

/// As what this computer begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Begin {
    /// 住户
    Household,
    /// 工作人员
    Office,
    /// 门岗
    Gate,
    /// 我要建一个新社区
    Found,
}

impl Begin {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Household, Self::Office, Self::Gate, Self::Found];

    /// The word in the names of its sentences.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Office => "office",
            Self::Gate => "gate",
            Self::Found => "found",
        }
    }
}

/// The choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BeginPage {
    /// Heading of the switches.
    pub first: String,
    /// Language and type size.
    pub switches: Vec<Switch>,
    /// The question.
    pub question: String,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Numbers that help at once.
    pub emergency: String,
}

/// A switch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch {
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Is it so now?
    pub on: bool,
    /// What it does.
    pub does: Intent,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// What one is.
    pub word: String,
    /// What happens then.
    pub note: String,
    /// Its accessible name.
    pub name: String,
    /// Which.
    pub begin: Begin,
}

/// Makes it.
#[must_use]
pub fn begin(words: &Catalogue, look: Look) -> BeginPage {
    let large = look == Look::Elderly;
    let mut switches: Vec<Switch> = Lang::ALL
        .map(|lang| {
            // Each in its own language, for who cannot read the other.
            let word = words.say(&format!("begin-language-{}", lang.tag()));
            Switch {
                name: word.clone(),
                word,
                on: words.lang() == lang,
                does: Intent::Speak(lang),
            }
        })
        .into();
    switches.push(Switch {
        word: words.say("begin-large"),
        name: words.say("begin-large"),
        on: large,
        does: Intent::Look(if large { Look::Light } else { Look::Elderly }),
    });
    BeginPage {
        first: words.say("begin-first"),
        switches,
        question: words.say("begin-question"),
        answers: Begin::ALL
            .map(|begin| {
                let word = words.say(&format!("begin-{}", begin.id()));
                let note = words.say(&format!("begin-{}-note", begin.id()));
                Answer {
                    name: format!("{word} · {note}"),
                    word,
                    note,
                    begin,
                }
            })
            .into(),
        emergency: words.say("join-emergency"),
    }
}
