//! The residents' register as an office sees it: buildings, their stairs and units, who lives there as far as this home may
//! see it; a table that is read in, in three steps; grid cells.
//!
//! An estate has thousands of units, so a building's are asked for when it is opened and drawn by visible rows. Nothing of a
//! table is written before somebody has read what it would change and which of its rows are not taken.

mod import;
mod rows;
mod unit;

pub use import::{Doubt, ImportPage, ImportStep, Report, Tab, import};
pub use unit::{GridPage, UnitPage, grid, unit};

use crate::api::{
    BatchItem, BatchReport, Duplicates, ReadTable, RegisterAsk, RegisterFound, RegisterPlaces,
    RegisterUnit, UnitRecord,
};
use crate::clean;
use crate::frame::Note;
use crate::intent::Intent;
use crate::model::{Model, RegisterTold};
use crate::pass_form::Field;
use crate::tone::Tone;
use crate::words::{Catalogue, Lang};
use std::collections::BTreeMap;

/// Longest text of a field of this page, in characters.
pub const TYPED_MAX: usize = 200;

/// What the node said last about the register.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegisterFacts {
    /// Buildings and cells; none before the page was opened.
    pub places: Option<RegisterPlaces>,
    /// Units, by building, of those that were opened.
    pub units: BTreeMap<String, Vec<RegisterUnit>>,
    /// The unit that was opened last.
    pub unit: Option<UnitRecord>,
    /// What was found last.
    pub found: Option<RegisterFound>,
    /// Imports so far.
    pub batches: Vec<BatchItem>,
    /// The import on the page.
    pub batch: Option<BatchReport>,
}

/// What a person wants of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RegisterDo {
    /// Looks for what is typed.
    Find,
    /// Back from what was found to all buildings.
    All,
    /// Shows the units of a building, or no longer.
    OpenBuilding(String),
    /// Shows a unit.
    OpenUnit(String),
    /// Another page beside the list.
    Desk(Desk),
    /// What is done with who is there already.
    Duplicates(Duplicates),
    /// Shows an import of before.
    OpenBatch(String),
    /// Doubts of another kind.
    Doubts(Doubt),
    /// More of them.
    MoreDoubts,
    /// Writes the import on the page.
    Write(String),
    /// Asks whether to take it back.
    AskTakeBack,
    /// No, it stands.
    KeepWritten,
    /// Takes it back.
    TakeBack(String),
    /// The cell of the places that are typed, or that they lie in none.
    SetCell {
        /// In none.
        clear: bool,
    },
}

impl RegisterDo {
    /// What is asked of the node for it, where that follows from it alone.
    #[must_use]
    pub fn ask(&self) -> Option<RegisterAsk> {
        let of = |batch: &String| batch.clone();
        match self {
            Self::OpenUnit(unit) => Some(RegisterAsk::Unit { unit: unit.clone() }),
            Self::Desk(Desk::Import) => Some(RegisterAsk::Batches),
            Self::OpenBatch(batch) => Some(RegisterAsk::Batch { batch: of(batch) }),
            Self::Write(batch) => Some(RegisterAsk::Apply { batch: of(batch) }),
            Self::TakeBack(batch) => Some(RegisterAsk::Undo { batch: of(batch) }),
            _ => None,
        }
    }
}

/// What stands beside the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Desk {
    /// Nothing, or the open unit.
    #[default]
    Unit,
    /// Reading a table in.
    Import,
    /// Grid cells.
    Grid,
}

/// Why a file could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// It is not there, or may not be read.
    Missing,
    /// It is larger than anything of its kind.
    TooLarge {
        /// The most megabytes.
        most_mb: u64,
    },
    /// What the reader says, in Chinese and in English.
    Said(String, String),
}

impl Unread {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self, words: &Catalogue) -> String {
        match self {
            Self::Missing => words.say("register-unread-missing"),
            Self::TooLarge { most_mb } => {
                words.text("register-unread-large", &[("mb", (*most_mb).into())])
            }
            Self::Said(zh, en) => clean::line(
                match words.lang() {
                    Lang::ZhCn => zh,
                    Lang::En => en,
                },
                400,
            ),
        }
    }
}

/// How far a file is that was chosen. What stands in it is forgotten when the page is left or the import is written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Chosen {
    /// None is.
    #[default]
    Nothing,
    /// It is being read.
    Reads(String),
    /// It could not be.
    Failed(String, Unread),
    /// It was read.
    Table(String, ReadTable),
}

/// What of the page is this window's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegisterState {
    /// The field that looks for something.
    pub typed: String,
    /// What was looked for, while its answer is on the page.
    pub looked: Option<String>,
    /// The building whose units are listed.
    pub building: Option<String>,
    /// The open unit.
    pub unit: Option<String>,
    /// What stands beside the list.
    pub desk: Desk,
    /// What is done with who is there already.
    pub duplicates: Duplicates,
    /// The file to read in.
    pub chosen: Chosen,
    /// The import on the page.
    pub batch: Option<String>,
    /// Doubts of which kind are listed; none: the first kind there is.
    pub doubt: Option<Doubt>,
    /// How many pages of doubts are on the page beyond the first.
    pub more: usize,
    /// "Really take it back?" is on the page.
    pub ask_back: bool,
    /// The grid cell, as typed.
    pub cell: String,
    /// Places for it, as typed.
    pub places: String,
    /// The form was sent while something was missing.
    pub tried: bool,
}

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterPage {
    /// Its heading.
    pub title: String,
    /// How much there is.
    pub count: String,
    /// The field that looks for something.
    pub search: Field,
    /// Its button.
    pub look: String,
    /// Back to all buildings, while something found is listed.
    pub all: Option<String>,
    /// To the other pages: word, whether it is this one, which.
    pub desks: Vec<(String, bool, Desk)>,
    /// What is to be known about the list: what it lacks, or that it is being fetched.
    pub notes: Vec<String>,
    /// Buildings, stairs, units, people.
    pub rows: Vec<RegisterRow>,
    /// What stands beside it.
    pub beside: Beside,
}

/// What stands beside the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// A unit.
    Unit(Box<UnitPage>),
    /// Reading a table in.
    Import(Box<ImportPage>),
    /// Grid cells.
    Grid(Box<GridPage>),
}

/// A line of the list. All are of one height.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterRow {
    /// What tells it from the others.
    pub id: String,
    /// How far it stands in: building, stair, unit.
    pub depth: u8,
    /// What it is called.
    pub word: String,
    /// What else is known, at its end.
    pub beside: String,
    /// Its accessible name.
    pub name: String,
    /// What pressing it does; none: a heading.
    pub go: Option<Intent>,
    /// Open, or on the page beside.
    pub chosen: bool,
}

/// Makes the page.
#[must_use]
pub fn page(
    words: &Catalogue,
    now: crate::dates::Now,
    model: &Model,
    state: &RegisterState,
) -> RegisterPage {
    let facts = &model.register;
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    let keeps = me.is_some_and(|me| me.keeps_register);
    let mut notes = Vec::new();
    let found = facts
        .found
        .as_ref()
        .filter(|found| state.looked.as_ref() == Some(&found.query));
    let rows = match (&state.looked, found) {
        (Some(_), Some(found)) => {
            let rows = rows::found(words, found, state);
            if rows.is_empty() {
                notes.push(words.say("register-found-nothing"));
            }
            rows
        }
        (Some(_), None) => {
            notes.push(words.say("register-looks"));
            Vec::new()
        }
        (None, _) => match &facts.places {
            None => {
                notes.push(words.say("register-fetches"));
                Vec::new()
            }
            Some(places) if places.buildings.is_empty() => {
                notes.push(words.say(if keeps {
                    "register-empty"
                } else {
                    "register-empty-other"
                }));
                Vec::new()
            }
            Some(places) => rows::tree(words, places, facts, state),
        },
    };
    if !keeps
        && facts
            .places
            .as_ref()
            .is_some_and(|places| !places.buildings.is_empty())
    {
        notes.push(words.say("register-other-office"));
    }
    let count = facts.places.as_ref().map_or_else(String::new, |places| {
        let units: u32 = places.buildings.iter().map(|one| one.units).sum();
        let counts = [
            ("buildings", places.buildings.len().into()),
            ("units", units.into()),
        ];
        words.text("register-count", &counts)
    });
    let desk = |word: &str, desk: Desk| (words.say(word), state.desk == desk, desk);
    RegisterPage {
        title: words.say("register-title"),
        count,
        search: Field {
            name: words.say("register-search"),
            hint: words.say("register-search-hint"),
            problem: None,
        },
        look: words.say("register-look"),
        all: state.looked.as_ref().map(|_| words.say("register-all")),
        desks: if keeps {
            vec![
                desk("register-import", Desk::Import),
                desk("register-grid", Desk::Grid),
            ]
        } else {
            Vec::new()
        },
        notes,
        rows,
        beside: match state.desk {
            Desk::Import if keeps => Beside::Import(Box::new(import(words, now, model, state))),
            Desk::Grid if keeps => Beside::Grid(Box::new(grid(words, model, state))),
            _ => match &state.unit {
                Some(of) => Beside::Unit(Box::new(unit(words, model, of, keeps))),
                None => Beside::Nothing,
            },
        },
    }
}

/// What happened, in words.
#[must_use]
pub fn told(words: &Catalogue, told: &RegisterTold) -> Note {
    let (text, tone) = match told {
        RegisterTold::Compared { .. } => (words.say("note-register-compared"), Tone::Info),
        RegisterTold::Written => (words.say("note-register-written"), Tone::Good),
        RegisterTold::TakenBack => (words.say("note-register-taken-back"), Tone::Good),
        RegisterTold::Cell {
            cell,
            places,
            changed,
        } => {
            let places: Vec<String> = places
                .iter()
                .map(|place| clean::line(place, clean::NAME_MAX))
                .collect();
            let said = [
                (
                    "places",
                    places.join(&words.say("notice-list-comma")).into(),
                ),
                (
                    "cell",
                    cell.as_deref()
                        .map(|cell| cell_word(words, cell))
                        .unwrap_or_default()
                        .into(),
                ),
            ];
            let key = match (changed, cell) {
                (false, _) => "note-register-cell-same",
                (true, Some(_)) => "note-register-cell-set",
                (true, None) => "note-register-cell-cleared",
            };
            (
                words.text(key, &said),
                if *changed { Tone::Good } else { Tone::Info },
            )
        }
    };
    Note { text, tone }
}

/// `3` is 3号楼; a name that is none of a number stands alone.
fn building_word(words: &Catalogue, building: &str) -> String {
    let word = clean::line(building, clean::NAME_MAX);
    if word.bytes().all(|b| b.is_ascii_digit()) {
        words.text("letter-building", &[("no", (&word).into())])
    } else {
        word
    }
}

fn cell_word(words: &Catalogue, cell: &str) -> String {
    let cell = clean::line(cell, clean::NAME_MAX);
    words.text("compose-place-cell", &[("cell", cell.into())])
}

#[cfg(test)]
mod tests;
