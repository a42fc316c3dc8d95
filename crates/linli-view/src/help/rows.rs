//! Calls of others in a list, and the bars below the page that lead there.

use super::{Go, alarm, asks, own};
use crate::api::{HelpEar, HelpHow, HelpItem, PrincipalKind};
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;
use std::cmp::Reverse;

/// Calls shown; the command line lists more.
const CALLS_MAX: usize = 12;
const WORDS_MAX: usize = 200;

/// A call of somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HelpRow {
    /// The call.
    pub id: String,
    /// Who calls.
    pub who: String,
    /// What they said with it.
    pub words: Option<String>,
    /// Since when, and how it ended.
    pub when: String,
    /// Practice, open, over.
    pub badges: Vec<Badge>,
    /// Who is going already.
    pub going: Option<String>,
    /// What can be said.
    pub answers: Vec<Answer>,
}

/// Something to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// What.
    pub go: Go,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// A sentence below the page that leads to the page of help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// The sentence.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// The word on its button.
    pub word: String,
    /// The button's accessible name.
    pub name: String,
}

pub(super) fn rows(words: &Catalogue, now: Now, model: &Model) -> Vec<HelpRow> {
    let mut others: Vec<&HelpItem> = model.help.calls.iter().filter(|call| !call.own).collect();
    others.sort_by_key(|call| {
        let first = (asks(model, call), call.open && !call.practice, call.open);
        (Reverse(first), Reverse(call.at_ms), call.id.clone())
    });
    let listed = others.into_iter().take(CALLS_MAX);
    listed.map(|call| row(words, now, model, call)).collect()
}

fn row(words: &Catalogue, now: Now, model: &Model, call: &HelpItem) -> HelpRow {
    let by = clean::line(&call.by, clean::NAME_MAX);
    let mut badges = Vec::new();
    if call.practice {
        badges.push(Badge::new(words.say("help-badge-practice"), Tone::Warn));
    }
    badges.push(match (call.open, call.practice) {
        (true, false) => Badge::new(words.say("help-badge-open"), Tone::Danger),
        (true, true) => Badge::new(words.say("help-badge-running"), Tone::Quiet),
        (false, _) => Badge::new(words.say("help-badge-over"), Tone::Quiet),
    });
    let at = dates::at(words, now, call.at_ms);
    let when = match call.over_ms.filter(|_| !call.open) {
        Some(over) => words.text(
            "help-when-over",
            &[("at", at.into()), ("over", dates::time(now, over).into())],
        ),
        None => words.text("help-when", &[("at", at.into())]),
    };
    let answers = if call.open && asks(model, call) {
        Go::ALL
            .map(|go| {
                let word = words.say(go.word(call.hears_as));
                let args = [("word", (&word).into()), ("by", (&by).into())];
                Answer {
                    go,
                    name: words.text("help-answer-name", &args),
                    word,
                }
            })
            .to_vec()
    } else {
        Vec::new()
    };
    let key = match (call.practice, call.hears_as) {
        (true, _) => "help-row-practice",
        (false, HelpEar::Helper) => "help-row-helper",
        (false, _) => "help-row",
    };
    HelpRow {
        id: call.id.clone(),
        who: words.text(key, &[("by", by.into())]),
        words: call.words.as_ref().map(|text| {
            let text = clean::line(text, WORDS_MAX);
            words.text("help-says", &[("words", text.into())])
        }),
        when,
        badges,
        going: going(words, call),
        answers,
    }
}

/// Who is going already.
pub(super) fn going(words: &Catalogue, call: &HelpItem) -> Option<String> {
    let names: Vec<String> = call
        .received
        .iter()
        .filter(|received| received.how == HelpHow::Coming)
        .take(CALLS_MAX)
        .map(|received| {
            let name = clean::line(&received.by, clean::NAME_MAX);
            match received.kind {
                PrincipalKind::Gate => words.text("help-who-gate", &[("name", name.into())]),
                _ => name,
            }
        })
        .collect();
    (!names.is_empty()).then(|| {
        let names = names.join(&words.say("notice-list-comma"));
        words.text("help-going-already", &[("list", names.into())])
    })
}

/// What is said below the pages other than help: this household calls, or others call who are not heard here now.
#[must_use]
pub fn bars(words: &Catalogue, now: Now, model: &Model, here: bool, covered: bool) -> Vec<Bar> {
    let mut bars = Vec::new();
    let bar = |text: String, tone: Tone| Bar {
        name: words.text("help-bar-name", &[("text", (&text).into())]),
        text,
        tone,
        word: words.say("help-bar-show"),
    };
    if !here
        && model.is_house()
        && let Some(call) = own::own_call(model)
    {
        let n = call
            .received
            .iter()
            .filter(|r| r.how != HelpHow::Holds)
            .count();
        let key = match (call.practice, n) {
            (true, _) => "help-bar-practice",
            (false, 0) => "help-bar-nobody",
            (false, _) => "help-bar-own",
        };
        let tone = match (call.practice, own::overdue(model, now)) {
            (true, _) => Tone::Warn,
            (false, true) => Tone::Danger,
            (false, false) => Tone::Info,
        };
        bars.push(bar(words.text(key, &[("n", n.into())]), tone));
    }
    let seen =
        |call: &&HelpItem| asks(model, call) && (covered || !here && !alarm::near(model, call));
    let mut names: Vec<String> = model
        .help
        .calls
        .iter()
        .filter(seen)
        .map(|call| clean::line(&call.by, clean::NAME_MAX))
        .collect();
    names.dedup();
    if !names.is_empty() {
        names.truncate(3);
        let names = names.join(&words.say("notice-list-comma"));
        let text = words.text("help-bar-others", &[("list", names.into())]);
        bars.push(bar(text, Tone::Danger));
    }
    bars
}
