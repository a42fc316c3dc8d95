//! Who of a household sits here: the switch at the foot of the rail, the card on the page of settings, the greeting.
//!
//! It changes this computer alone: language, type size, read marks and muted threads. What is written goes out in the
//! household's name whoever sits here, and the page says so.

use crate::api::{FamilyDo, FamilyPerson};
use crate::clean;
use crate::model::Model;
use crate::words::Catalogue;

/// Longest name, in characters.
pub const NAME_MAX: usize = 24;

/// The switch at the foot of the rail; none where nobody was written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Who sits here.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Who else could, once the switch was pressed.
    pub people: Vec<Sitter>,
}

/// Somebody who can sit down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sitter {
    /// The word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Sits here now.
    pub on: bool,
    /// What pressing it does.
    pub to: FamilyDo,
}

/// The card on the page of settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FamilyCard {
    /// Heading.
    pub title: String,
    /// What it changes, and what it does not.
    pub note: String,
    /// Everybody, and the household as a whole.
    pub people: Vec<Sitter>,
    /// The buttons that forget somebody: word, name, and what it does.
    pub drop: Vec<(String, String, FamilyDo)>,
    /// Name of the field for one more.
    pub field: String,
    /// The button beside it.
    pub add: String,
}

fn called(person: &FamilyPerson) -> String {
    clean::line(&person.name, clean::NAME_MAX)
}

fn sitters(words: &Catalogue, model: &Model) -> Vec<Sitter> {
    let Some(family) = &model.family else {
        return Vec::new();
    };
    let one = |word: String, id: Option<u32>| Sitter {
        name: words.text("family-sit-name", &[("name", (&word).into())]),
        word,
        on: family.now == id,
        to: FamilyDo::Sit { id },
    };
    let everybody = one(words.say("family-everybody"), None);
    let people = family.people.iter().map(|p| one(called(p), Some(p.id)));
    people.chain([everybody]).collect()
}

/// The switch. `open`: it was pressed.
#[must_use]
pub fn seat(words: &Catalogue, model: &Model, open: bool) -> Option<Seat> {
    let family = model.family.as_ref().filter(|f| !f.people.is_empty())?;
    let who = family
        .sitting()
        .map_or_else(|| words.say("family-everybody"), called);
    Some(Seat {
        word: words.text("family-here", &[("name", (&who).into())]),
        name: words.text("family-here-name", &[("name", who.into())]),
        people: if open {
            sitters(words, model)
        } else {
            Vec::new()
        },
    })
}

/// The card; none at an office or a gate.
#[must_use]
pub fn card(words: &Catalogue, model: &Model) -> Option<FamilyCard> {
    let family = model.family.as_ref()?;
    let people = if family.people.is_empty() {
        Vec::new()
    } else {
        sitters(words, model)
    };
    let drop = |person: &FamilyPerson| {
        let name = words.text("family-drop-name", &[("name", called(person).into())]);
        let act = FamilyDo::Remove { id: person.id };
        (
            words.text("family-drop", &[("name", called(person).into())]),
            name,
            act,
        )
    };
    Some(FamilyCard {
        title: words.say("family-title"),
        note: words.say("family-note"),
        people,
        drop: family.people.iter().map(drop).collect(),
        field: words.say("family-field"),
        add: words.say("family-add"),
    })
}

/// Who sits here from now on, told once.
#[must_use]
pub fn sits(words: &Catalogue, name: Option<&str>) -> String {
    match name {
        Some(name) => {
            let name = clean::line(name, clean::NAME_MAX);
            words.text("note-sits", &[("name", name.into())])
        }
        None => words.say("note-sits-everybody"),
    }
}

/// The greeting on the first screen.
#[must_use]
pub fn greeting(words: &Catalogue, model: &Model) -> Option<String> {
    let person = model.family.as_ref()?.sitting()?;
    Some(words.text("family-greeting", &[("name", called(person).into())]))
}

#[cfg(test)]
mod tests;
