//! What a plan is made of: the records it is made against, and what would become of each row and record.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Private;
use crate::register::clean::{Cleaned, Repeat, Unit};
use crate::register::{Column, FieldChange, Issue, Person, UnitKey};

/// What to do with rows about somebody, or some unit, that the records have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// Leave the record as it is.
    Skip,
    /// Change the fields that differ.
    Update,
    /// Add another person beside the first. Units are never doubled: a unit that differs is asked about.
    Add,
    /// Ask about every difference.
    Ask,
}

/// Not one of `skip`, `update`, `add`, `ask`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected skip, update, add or ask")]
pub struct UnknownMode;

impl FromStr for Duplicates {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        match text {
            "skip" => Ok(Self::Skip),
            "update" => Ok(Self::Update),
            "add" => Ok(Self::Add),
            "ask" => Ok(Self::Ask),
            _ => Err(UnknownMode),
        }
    }
}

/// The records that are there, as the caller holds them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Existing {
    /// Units. One whose people are listed may be missing here.
    pub units: Vec<ExistingUnit>,
    /// People.
    pub persons: Vec<ExistingPerson>,
}

/// A unit in the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExistingUnit {
    /// The caller's id for it, handed back as it is.
    pub record: String,
    /// Its address.
    pub key: UnitKey,
    /// What is stated of it.
    pub unit: Unit,
}

/// A person in the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExistingPerson {
    /// The caller's id for them, handed back as it is.
    pub record: String,
    /// What is stated of them.
    pub person: Person,
}

impl From<&Cleaned> for Existing {
    /// A file as if it had been imported: for comparing the files of two months. Record ids are the row numbers
    /// of people, and of units their place in the order of addresses.
    fn from(cleaned: &Cleaned) -> Self {
        let units = cleaned
            .units
            .iter()
            .enumerate()
            .map(|(index, (key, unit))| ExistingUnit {
                record: index.to_string(),
                key: key.clone(),
                unit: unit.clone(),
            });
        let persons = cleaned.persons.iter();
        let persons = persons.map(|row| ExistingPerson {
            record: row.line.to_string(),
            person: row.person.clone(),
        });
        Self {
            units: units.collect(),
            persons: persons.collect(),
        }
    }
}

/// How a row and a record were found to be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The same accepted ID number, anywhere in the estate.
    SameId,
    /// The same unit and name, and not two accepted numbers.
    SameUnitAndName,
    /// The same unit and name with another accepted number, where neither number stands elsewhere.
    CorrectedId,
}

/// What an import would do. Rows are file rows from 1; records are the caller's ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The mode it was made under.
    pub mode: Duplicates,
    /// Units to add.
    pub units_add: Vec<UnitAdd>,
    /// Units to change.
    pub units_update: Vec<UnitUpdate>,
    /// Units that differ and stay ([`Duplicates::Skip`]).
    pub units_skipped: Vec<UnitUpdate>,
    /// Units that differ, for the clerk ([`Duplicates::Ask`], [`Duplicates::Add`]).
    pub units_ask: Vec<UnitUpdate>,
    /// People to add.
    pub add: Vec<PersonAdd>,
    /// People to change, field by field, and to move.
    pub update: Vec<PersonUpdate>,
    /// People of whom the file says what the record says.
    pub same: Vec<PersonMatch>,
    /// People who differ and stay ([`Duplicates::Skip`]).
    pub skipped: Vec<PersonUpdate>,
    /// Rows for the clerk to decide about.
    pub ask: Vec<PersonAsk>,
    /// Rows that repeat an earlier row of the file and are not imported again.
    pub repeated: Vec<Repeat>,
    /// People of units in the file who are not in the file. Listed, never removed: a refused row may be theirs.
    pub missing: Vec<Missing>,
    /// All doubts about the file.
    pub issues: Vec<Issue>,
    /// How many of everything.
    pub counts: PlanCounts,
}

/// A unit to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitAdd {
    /// Its address.
    pub key: UnitKey,
    /// What the file states of it.
    pub unit: Unit,
}

/// A unit that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitUpdate {
    /// The record.
    pub record: String,
    /// Its address.
    pub key: UnitKey,
    /// [`Column::Area`], [`Column::Grid`] and [`Column::Use`], where they differ.
    pub changes: Vec<FieldChange>,
    /// What the record states.
    pub before: Unit,
    /// What the file states.
    pub in_file: Unit,
}

/// A person to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdd {
    /// The row.
    pub line: u32,
    /// Who.
    pub person: Person,
    /// A record or none of the same person, beside which they are added ([`Duplicates::Add`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resembles: Option<String>,
}

/// A person who differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonUpdate {
    /// The row.
    pub line: u32,
    /// The record.
    pub record: String,
    /// How they were found.
    pub matched: Match,
    /// Fields that differ, in columns that the file has.
    pub changes: Vec<FieldChange>,
    /// The move, if the unit differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// What the record states.
    pub before: Person,
    /// What the file states. Its columns that the file lacks are empty and mean nothing.
    pub in_file: Person,
}

/// A move within the estate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// From here
    pub from: UnitKey,
    /// to here.
    pub to: UnitKey,
}

/// A person whose record says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonMatch {
    /// The row.
    pub line: u32,
    /// The record.
    pub record: String,
    /// How they were found.
    pub matched: Match,
}

/// A row about which the clerk decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAsk {
    /// The row.
    pub line: u32,
    /// What it states.
    pub person: Person,
    /// Why it is asked.
    pub why: AskWhy,
    /// Records it may be about, with what would change in each.
    pub candidates: Vec<PersonUpdate>,
}

/// Why a row is for the clerk to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum AskWhy {
    /// The record differs, and the mode is to ask.
    Differs,
    /// Several records fit.
    SeveralRecords,
    /// The ID number is that of a record with another name in another unit: a slip, or the same person.
    OtherNameAndUnit,
    /// The record has an accepted ID number and the row a doubtful one.
    DoubtfulId,
    /// An earlier row of the file is about the same person and says otherwise.
    RepeatsRow {
        /// That row.
        first: u32,
    },
}

/// Somebody in the records who is not in the file, though their unit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The record.
    pub record: String,
    /// The unit.
    pub unit: UnitKey,
    /// The name.
    pub name: Private<String>,
}

/// Totals of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCounts {
    /// Rows of the file with content.
    pub rows: u32,
    /// Rows that were refused.
    pub refused: u32,
    /// Rows that repeat an earlier one and are not imported again.
    pub repeated: u32,
    /// Rows that name a unit and nobody.
    pub without_person: u32,
    /// People to add.
    pub add: u32,
    /// People to change, of whom
    pub update: u32,
    /// so many move.
    pub moved: u32,
    /// People who stay as they are because nothing differs.
    pub same: u32,
    /// People who stay as they are because of the mode.
    pub skipped: u32,
    /// Rows for the clerk.
    pub ask: u32,
    /// People who are in the records and not in the file.
    pub missing: u32,
    /// Fields that would become empty, in people and units to change.
    pub cleared: u32,
    /// Units to add.
    pub units_add: u32,
    /// Units to change.
    pub units_update: u32,
    /// Units of which nothing differs.
    pub units_same: u32,
    /// Units that stay as they are because of the mode.
    pub units_skipped: u32,
    /// Units for the clerk.
    pub units_ask: u32,
}

impl PersonUpdate {
    /// The person as the record would state them. A field that is blank in the file is emptied only where the
    /// clerk has confirmed `clear`; it never fills itself from anywhere.
    pub fn after(&self, clear: bool) -> Person {
        let mut person = self.before.clone();
        for change in self
            .changes
            .iter()
            .filter(|change| clear || !change.is_cleared())
        {
            person.take(&self.in_file, change.column);
        }
        if let Some(moved) = &self.moved {
            person.unit = moved.to.clone();
        }
        person
    }
}

impl UnitUpdate {
    /// The unit as the record would state it; see [`PersonUpdate::after`].
    pub fn after(&self, clear: bool) -> Unit {
        let mut unit = self.before.clone();
        for change in self
            .changes
            .iter()
            .filter(|change| clear || !change.is_cleared())
        {
            match change.column {
                Column::Area => unit.area = self.in_file.area,
                Column::Grid => unit.cell.clone_from(&self.in_file.cell),
                Column::Use => unit.usage.clone_from(&self.in_file.usage),
                _ => {}
            }
        }
        unit
    }
}
