//! The residents' register on the socket: what a screen asks about it, and what it is told.

use super::BuildingItem;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A table that was read and cleaned on this computer, as the node takes it: JSON of the importer's own type, which this crate
/// does not know. It holds people, so it prints as dots; a copy is a pointer.
#[derive(Clone, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ReadTable(Arc<str>);

impl ReadTable {
    /// The JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0
    }
}

impl From<String> for ReadTable {
    fn from(json: String) -> Self {
        Self(json.into())
    }
}

impl From<ReadTable> for String {
    fn from(table: ReadTable) -> Self {
        table.0.as_ref().into()
    }
}

impl PartialEq for ReadTable {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl fmt::Debug for ReadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadTable(••••)")
    }
}

/// What to do with people and units that the register has already.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// Leave them as they are.
    Skip,
    /// Change what differs.
    #[default]
    Update,
    /// Add another person beside the first.
    Add,
    /// Ask about every difference.
    Ask,
}

impl Duplicates {
    /// All of them, the usual one first.
    pub const ALL: [Self; 4] = [Self::Update, Self::Skip, Self::Add, Self::Ask];
}

/// A question or an act. On the wire `{"act":"units","building":"3"}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RegisterAsk {
    /// Buildings and grid cells. Answered by `RegisterSaid::Places`.
    Places,
    /// The units of a building. Answered by `RegisterSaid::Units`.
    Units {
        /// Its name.
        building: String,
    },
    /// One unit. Answered by `RegisterSaid::Unit`.
    Unit {
        /// Its address.
        unit: String,
    },
    /// Looks for a unit, part of a name, a plate, a grid cell. Answered by `RegisterSaid::Found`.
    Find {
        /// As typed.
        query: String,
    },
    /// The imports so far. Answered by `RegisterSaid::Batches`.
    Batches,
    /// Compares a table with the register; writes nothing but the preview. Answered by `RegisterSaid::Batch`.
    Read {
        /// What the file is called.
        file: String,
        /// What stood in it.
        table: ReadTable,
        /// What to do with who is there already.
        duplicates: Duplicates,
    },
    /// One import. Answered by `RegisterSaid::Batch`.
    Batch {
        /// Which.
        batch: String,
    },
    /// Writes one that was looked at. Answered by `RegisterSaid::Batch`.
    Apply {
        /// Which.
        batch: String,
    },
    /// Takes one back whole. Answered by `RegisterSaid::Batch`.
    Undo {
        /// Which.
        batch: String,
    },
    /// Says in which grid cell places lie. Answered by `RegisterSaid::Cell`.
    Cell {
        /// The cell; none: in none.
        cell: Option<String>,
        /// Buildings, stairs, units, as typed.
        places: Vec<String>,
    },
}

/// An answer about the register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "about", content = "said", rename_all = "snake_case")]
pub enum RegisterSaid {
    /// Buildings and grid cells.
    Places(RegisterPlaces),
    /// The units of a building.
    Units {
        /// The building.
        building: String,
        /// Its units, in the order in which people count.
        units: Vec<RegisterUnit>,
    },
    /// One unit.
    Unit(UnitRecord),
    /// What answers a query.
    Found(RegisterFound),
    /// The imports so far, the newest first.
    Batches(Vec<BatchItem>),
    /// One import.
    Batch(BatchReport),
    /// Places lie in a cell now, or in none.
    Cell {
        /// The cell.
        cell: Option<String>,
        /// The places, in normal form.
        places: Vec<String>,
        /// How many records changed.
        changed: u64,
    },
}

/// Buildings and grid cells.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterPlaces {
    /// Buildings, in the order in which people count.
    pub buildings: Vec<BuildingItem>,
    /// Grid cells.
    pub cells: Vec<RegisterCell>,
    /// Units that lie in none.
    pub without: u32,
}

/// A grid cell.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterCell {
    /// Its name, `02`.
    pub cell: String,
    /// Units in it.
    pub units: u32,
    /// Buildings that it touches.
    pub buildings: Vec<String>,
}

/// A unit in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterUnit {
    /// Its address, `3-2-501`.
    pub unit: String,
    /// How it is used, as the register has it.
    #[serde(rename = "use")]
    pub usage: Option<String>,
    /// People that this home knows of there.
    pub persons: u32,
    /// The grid cell it lies in.
    pub cell: Option<String>,
}

/// All that this home knows of a unit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitRecord {
    /// Its address.
    pub unit: String,
    /// How it is used.
    #[serde(rename = "use")]
    pub usage: Option<String>,
    /// Its floor area in hundredths of a square metre.
    pub area_dm2: Option<u64>,
    /// The grid cell it lies in.
    pub cell: Option<String>,
    /// Who lives there.
    pub persons: Vec<PersonItem>,
    /// Plates.
    pub vehicles: Vec<String>,
}

/// A person of the register.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonItem {
    /// The unit.
    pub unit: String,
    /// The name.
    pub name: String,
    /// What they are to the household.
    pub relation: Option<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterFound {
    /// What was looked for.
    pub query: String,
    /// Units.
    pub units: Vec<String>,
    /// People.
    pub persons: Vec<PersonItem>,
}

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchStage {
    /// Looked at, not written.
    #[default]
    Preview,
    /// Written.
    Applied,
    /// Written and taken back.
    Undone,
    /// A word this version does not know.
    #[serde(other)]
    Other,
}

/// An import in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchItem {
    /// Its name, `b3`.
    pub batch: String,
    /// What its file was called.
    pub file: String,
    /// How far it is.
    pub stage: BatchStage,
    /// When it was looked at; 0: not known.
    pub at_ms: u64,
    /// Rows of the file.
    pub rows: u32,
}

/// An import, with what it would change and every doubt about it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchReport {
    /// Its name.
    pub batch: String,
    /// What its file was called.
    pub file: String,
    /// How far it is.
    pub stage: BatchStage,
    /// When it was looked at; 0: not known.
    pub at_ms: u64,
    /// What is done with who is there already.
    pub mode: Duplicates,
    /// How many of everything.
    pub counts: BatchCounts,
    /// Doubts, by row.
    pub issues: Vec<IssueItem>,
    /// Rows that a person has to decide about; they are not written.
    pub asks: Vec<AskItem>,
    /// Units that differ and are not written.
    pub units_ask: Vec<String>,
    /// What was written, in the answer that wrote it.
    pub written: Option<BatchWritten>,
}

/// How many of everything an import holds and changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchCounts {
    /// Rows with content.
    pub rows: u32,
    /// Units of the file.
    pub units: u32,
    /// People of the file, each once.
    pub persons: u32,
    /// Plates of the file.
    pub vehicles: u32,
    /// Rows that are not taken.
    pub refused: u32,
    /// People that are new.
    pub add: u32,
    /// People who change.
    pub update: u32,
    /// Of these, who lives in another unit now.
    pub moved: u32,
    /// People who are there as they are.
    pub same: u32,
    /// People left as they are.
    pub skipped: u32,
    /// Rows that a person has to decide about.
    pub ask: u32,
    /// People of the register who are not in the file; they stay.
    pub missing: u32,
    /// Units that are new.
    pub units_add: u32,
    /// Units that change.
    pub units_update: u32,
    /// Units that a person has to decide about.
    pub units_ask: u32,
}

/// One doubt. Its sentences name row and column themselves, and never what stands there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueItem {
    /// The row, from 1; none for the sheet as a whole.
    pub row: Option<u32>,
    /// `refused`, `warning` or `note`.
    pub severity: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A row for a person to decide.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskItem {
    /// The row.
    pub row: u32,
    /// `differs`, `several_records`, `other_name_and_unit`, `doubtful_id` or `repeats_row`.
    pub why: String,
    /// The earlier row that it repeats.
    pub first: Option<u32>,
}

/// What an import wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchWritten {
    /// Buildings made.
    pub buildings: u32,
    /// Rooms made.
    pub rooms: u32,
    /// Households made.
    pub households: u32,
    /// People made.
    pub persons: u32,
    /// Vehicles made.
    pub vehicles: u32,
    /// Records changed.
    pub updated: u32,
    /// Grid cells left as they were, since another office keeps the room.
    pub cells_elsewhere: u32,
}
