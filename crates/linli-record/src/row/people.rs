//! Buildings and rooms, and the office's register of households, persons and vehicles.

use super::{Author, Conflict, serial};
use linli_base::{Private, RecordId};
use serde::{Deserialize, Serialize};

/// A building.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BuildingRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that keeps it.
    pub author: Author,
    /// Its name, `3`.
    pub name: String,
    /// Its stairs.
    pub stairs: Vec<String>,
    /// The grid cell it lies in, `02`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The import that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Taken away again, by undoing that import or by hand.
    pub removed: bool,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

/// A room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoomRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that keeps it.
    pub author: Author,
    /// The building.
    pub building: String,
    /// The stair; `0` in a house without.
    pub stair: String,
    /// The room.
    pub room: String,
    /// Floor area in hundredths of a square metre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_dm2: Option<u64>,
    /// The grid cell it lies in, where that is said of the room; it goes before its building's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The import that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Taken away again.
    pub removed: bool,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

impl RoomRow {
    /// The address, `3-2-501`.
    #[must_use]
    pub fn unit(&self) -> String {
        format!("{}-{}-{}", self.building, self.stair, self.room)
    }
}

/// How a unit is used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HouseholdRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that keeps it.
    pub author: Author,
    /// The unit.
    #[serde(with = "serial::private")]
    pub unit: Private<String>,
    /// The office's word: 自住, 出租, 空置.
    #[serde(rename = "use", default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Floor area in hundredths of a square metre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_dm2: Option<u64>,
    /// The import that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Taken away again.
    pub removed: bool,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that keeps it.
    pub author: Author,
    /// The name.
    #[serde(with = "serial::private")]
    pub name: Private<String>,
    /// The unit.
    #[serde(with = "serial::private")]
    pub unit: Private<String>,
    /// Phones in the order written.
    #[serde(with = "serial::private_list")]
    pub phones: Vec<Private<String>>,
    /// ID number as written; never outside the office's lane.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub id_number: Option<Private<String>>,
    /// To the head of the household, in the office's word.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub relation: Option<Private<String>>,
    /// A note.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub note: Option<Private<String>>,
    /// The import that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Taken away again.
    pub removed: bool,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

/// A vehicle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VehicleRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that keeps it.
    pub author: Author,
    /// The plate.
    #[serde(with = "serial::private")]
    pub plate: Private<String>,
    /// The unit.
    #[serde(with = "serial::private")]
    pub unit: Private<String>,
    /// The person's record.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub owner: Option<RecordId>,
    /// The import that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Taken away again.
    pub removed: bool,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}
