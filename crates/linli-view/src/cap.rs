//! CAP's words in plain ones: what a notice says with them, and the choices a clerk has.

use crate::api::{CapWords, Category, Certainty, Response, Urgency};
use crate::pass_form::Choices;
use crate::words::{Catalogue, Lang};

/// One of the words, or that it is not said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CapChoice {
    /// What people should do.
    Response(Option<Response>),
    /// How soon.
    Urgency(Option<Urgency>),
    /// How sure.
    Certainty(Option<Certainty>),
    /// The kind of event.
    Category(Option<Category>),
}

impl CapChoice {
    /// Takes it into the others.
    pub const fn put(self, cap: &mut CapWords) {
        match self {
            Self::Response(one) => cap.response = one,
            Self::Urgency(one) => cap.urgency = one,
            Self::Certainty(one) => cap.certainty = one,
            Self::Category(one) => cap.category = one,
        }
    }
}

/// Weighing what is said is for those who handle it, not for people at home; it comes with alerts of authorities.
const RESPONSES: [Response; 8] = [
    Response::Prepare,
    Response::Shelter,
    Response::Avoid,
    Response::Evacuate,
    Response::Execute,
    Response::Monitor,
    Response::AllClear,
    Response::Nothing,
];

/// What a clerk may choose, with what is chosen.
#[must_use]
pub fn choices(words: &Catalogue, cap: &CapWords) -> Vec<Choices<CapChoice>> {
    vec![
        row(words, "cap-response", &RESPONSES, cap.response, |one| {
            (CapChoice::Response(one), one.map(Response::key))
        }),
        row(words, "cap-urgency", Urgency::ALL, cap.urgency, |one| {
            (CapChoice::Urgency(one), one.map(Urgency::key))
        }),
        row(
            words,
            "cap-certainty",
            Certainty::ALL,
            cap.certainty,
            |one| (CapChoice::Certainty(one), one.map(Certainty::key)),
        ),
        row(words, "cap-category", Category::ALL, cap.category, |one| {
            (CapChoice::Category(one), one.map(Category::key))
        }),
    ]
}

fn row<T: Copy + PartialEq>(
    words: &Catalogue,
    name: &str,
    all: &[T],
    chosen: Option<T>,
    choice: impl Fn(Option<T>) -> (CapChoice, Option<&'static str>),
) -> Choices<CapChoice> {
    let one = |which: Option<T>| {
        let (choice, key) = choice(which);
        (
            choice,
            words.say(key.unwrap_or("cap-not-said")),
            which == chosen,
        )
    };
    Choices {
        name: words.say(name),
        items: std::iter::once(None)
            .chain(all.iter().copied().map(Some))
            .map(one)
            .collect(),
    }
}

/// What a notice says, a line each: what to do first, since that is what people look for.
#[must_use]
pub fn lines(words: &Catalogue, cap: &CapWords) -> Vec<String> {
    let line = |key: &str, of: Option<&'static str>| {
        of.map(|of| words.text(key, &[("what", words.say(of).into())]))
    };
    [
        line("cap-line-response", cap.response.map(Response::key)),
        line("cap-line-urgency", cap.urgency.map(Urgency::key)),
        line("cap-line-certainty", cap.certainty.map(Certainty::key)),
        line("cap-line-category", cap.category.map(Category::key)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The same in Chinese and in English, for a file that people of both languages read, whatever this program speaks.
#[must_use]
pub fn lines_in_both(cap: &CapWords) -> (Vec<String>, Vec<String>) {
    let of = |lang| lines(&Catalogue::of(lang), cap);
    (of(Lang::ZhCn), of(Lang::En))
}
