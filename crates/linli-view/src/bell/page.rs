//! The page of settings: what is announced and how much of it, and what nothing more is said of.

use super::item::{self, What};
use crate::api::{BellReport, BellSays, BellSettings, BellSystem};
use crate::board;
use crate::clean;
use crate::dates::Now;
use crate::family::{self, FamilyCard};
use crate::invite::{self, Entry};
use crate::model::Model;
use crate::notices;
use crate::tone::Tone;
use crate::words::Catalogue;

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Its heading.
    pub title: String,
    /// Heading of what is announced.
    pub bell_title: String,
    /// What is always announced, and what never is.
    pub bell_note: String,
    /// Whether the system shows it.
    pub system: (String, Tone),
    /// The classes that can be switched.
    pub toggles: Vec<Toggle>,
    /// Who of the family sits here; none at an office.
    pub family: Option<FamilyCard>,
    /// The way to the page that invites; none where this device may not.
    pub invite: Option<Entry>,
    /// Starting at log-in; none where the system cannot.
    pub background: Option<Background>,
    /// Heading of how much the system's notices say.
    pub says_title: String,
    /// Why one may want them to say less.
    pub says_note: String,
    /// The three degrees.
    pub says: Vec<Toggle>,
    /// Heading of what nothing more is said of.
    pub muted_title: String,
    /// Said when there is none.
    pub muted_none: String,
    /// What nothing more is said of.
    pub muted: Vec<Muted>,
}

/// Starting at log-in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Background {
    /// Heading.
    pub title: String,
    /// What it does, and what it does not.
    pub note: String,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Is it so now?
    pub on: bool,
}

/// One choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toggle {
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Is it so now?
    pub on: bool,
    /// The settings after it was pressed.
    pub to: BellSettings,
}

/// A thread of which nothing more is said, or the button that would make it one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Muted {
    /// The thread.
    pub thread: String,
    /// What it is about.
    pub text: String,
    /// Whether the button mutes it.
    pub on: bool,
    /// The word on the button.
    pub word: String,
    /// The button's accessible name.
    pub name: String,
}

/// Makes the page.
#[must_use]
pub fn settings(words: &Catalogue, now: Now, model: &Model, at_log_in: Option<bool>) -> Settings {
    let empty = BellReport::default();
    let kept = model.bell.as_ref().unwrap_or(&empty);
    let set = &kept.settings;
    let toggle = |word: &str, on: bool, to: BellSettings| Toggle {
        word: words.say(word),
        name: words.text(
            if on {
                "settings-on-name"
            } else {
                "settings-off-name"
            },
            &[("word", words.say(word).into())],
        ),
        on,
        to,
    };
    let needs = BellSettings {
        needs: !set.needs,
        ..set.clone()
    };
    let mine = BellSettings {
        mine: !set.mine,
        ..set.clone()
    };
    let says = BellSays::ALL.map(|says| {
        let word = words.say(match says {
            BellSays::Less => "settings-says-less",
            BellSays::Title => "settings-says-title",
            BellSays::All => "settings-says-all",
        });
        Toggle {
            name: word.clone(),
            word,
            on: set.says == says,
            to: BellSettings {
                says,
                ..set.clone()
            },
        }
    });
    let (system, tone) = match kept.system {
        BellSystem::Silent => ("settings-system-silent", Tone::Info),
        BellSystem::Untried => ("settings-system-untried", Tone::Info),
        BellSystem::Works => ("settings-system-works", Tone::Good),
        BellSystem::Refused => ("settings-system-refused", Tone::Warn),
    };
    Settings {
        title: words.say("settings-title"),
        bell_title: words.say("settings-bell"),
        bell_note: words.say("settings-bell-note"),
        system: (words.say(system), tone),
        toggles: vec![
            toggle("settings-needs", set.needs, needs),
            toggle("settings-mine", set.mine, mine),
        ],
        family: family::card(words, model),
        invite: invite::entry(words, now, model),
        background: at_log_in.map(|on| background(words, on)),
        says_title: words.say("settings-says"),
        says_note: words.say("settings-says-note"),
        says: says.into(),
        muted_title: words.say("settings-muted"),
        muted_none: words.say("settings-muted-none"),
        muted: kept
            .muted
            .iter()
            .map(|of| button(words, model, of, false))
            .collect(),
    }
}

fn background(words: &Catalogue, on: bool) -> Background {
    let word = words.say("settings-background");
    let name = if on {
        "settings-on-name"
    } else {
        "settings-off-name"
    };
    Background {
        title: words.say("settings-background-title"),
        note: words.say("settings-background-note"),
        name: words.text(name, &[("word", (&word).into())]),
        word,
        on,
    }
}

/// The button on the page of a notice or post; none before this home has said what it remembers.
#[must_use]
pub fn mute(words: &Catalogue, model: &Model, id: &str) -> Option<Muted> {
    let kept = model.bell.as_ref()?;
    let thread = item::thread(&model.notices, id);
    let on = !kept.muted.contains(&thread);
    Some(button(words, model, &thread, on))
}

fn button(words: &Catalogue, model: &Model, thread: &str, on: bool) -> Muted {
    let text = about(words, model, thread);
    let (word, name) = if on {
        ("mute-on", "mute-on-name")
    } else {
        ("mute-off", "mute-off-name")
    };
    Muted {
        thread: thread.to_owned(),
        on,
        word: words.say(word),
        name: words.text(name, &[("text", (&text).into())]),
        text,
    }
}

/// What a thread is about, where this home still has it.
fn about(words: &Catalogue, model: &Model, thread: &str) -> String {
    if let Some(n) = model.notices.iter().find(|n| n.id == thread) {
        let text = super::digest::text(words, What::Notice(n)).map(|(text, _)| text);
        return text
            .unwrap_or_else(|| notices::headline(words, notices::in_language(n, words.lang())));
    }
    match model.posts.iter().find(|post| post.id == thread) {
        Some(post) => {
            let kind = words.say(board::kind_key(post.kind));
            let body = clean::line(&post.body, clean::NAME_MAX);
            words.text(
                "settings-muted-post",
                &[("kind", kind.into()), ("text", body.into())],
            )
        }
        None => words.say("settings-muted-gone"),
    }
}
