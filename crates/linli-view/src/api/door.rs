//! Calls of gates, the doorbell, refusal lists, who has to be looked for.

use super::InsideItem;
use serde::{Deserialize, Serialize};

/// How far a call to a household is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RingState {
    /// A device rings.
    Rings,
    /// The household says: let in.
    Admit,
    /// The household says: do not let in.
    Refuse,
    /// Every device rang, nobody answered.
    NoAnswer,
    /// No device was reached.
    NotReached,
    /// The guard has decided.
    Decided,
    /// A step this version does not know.
    #[serde(other)]
    Other,
}

/// A call: somebody without a pass stands at a gate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RingItem {
    /// The line of the gate's log; what an answer or the guard's act names.
    pub event: String,
    /// The gate.
    pub gate: u8,
    /// Its name.
    #[serde(default)]
    pub gate_name: Option<String>,
    /// When it began, by the gate's clock.
    pub at_ms: u64,
    /// When it was first heard here, by this computer's clock; 0 where nobody knows.
    #[serde(default)]
    pub heard_ms: u64,
    /// Where they want to go.
    #[serde(default)]
    pub unit: Option<String>,
    /// What they say they are called.
    #[serde(default)]
    pub name: Option<String>,
    /// People with them.
    #[serde(default)]
    pub companions: u8,
    /// They say that they live there.
    #[serde(default)]
    pub resident: bool,
    /// Why the gate asks about a pass or a plate: the code of its answer.
    #[serde(default)]
    pub code: Option<String>,
    /// The plate of the pass, or the one that was seen.
    #[serde(default)]
    pub plate: Option<String>,
    /// Names the pass that was shown; none: somebody without one.
    #[serde(default)]
    pub pass: Option<String>,
    /// The newest step.
    pub state: RingState,
    /// Does any device ring?
    #[serde(default)]
    pub live: bool,
    /// Does it ring at this device, unanswered?
    #[serde(default)]
    pub here: bool,
    /// Did it ring at this device at all?
    #[serde(default)]
    pub rang: bool,
    /// What the household has said.
    #[serde(default)]
    pub answers: Vec<RingSaid>,
    /// The device that rings or answered.
    #[serde(default)]
    pub device: Option<String>,
    /// How long it rings, seconds.
    #[serde(default)]
    pub for_s: Option<u8>,
    /// Since when the newest step holds.
    #[serde(default)]
    pub since_ms: u64,
}

/// An answer to a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RingSaid {
    /// Let in?
    pub admit: bool,
    /// By this device?
    #[serde(default)]
    pub mine: bool,
}

/// How a household wants to be called.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Doorbell {
    /// Its devices in the order in which they ring.
    pub order: Vec<DoorbellDevice>,
    /// How long each rings, seconds.
    pub seconds: u8,
    /// Has the household said so, or is it how every household begins?
    #[serde(default)]
    pub set: bool,
}

/// A device that rings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DoorbellDevice {
    /// Its id.
    pub device: String,
    /// Is it this one?
    #[serde(default)]
    pub me: bool,
}

/// A line of a refusal list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefusalItem {
    /// Names it.
    pub id: String,
    /// The unit that refuses; none = the estate.
    #[serde(default)]
    pub unit: Option<String>,
    /// The plate.
    #[serde(default)]
    pub plate: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Since when.
    #[serde(default)]
    pub at_ms: u64,
    /// Is it this principal's own?
    #[serde(default)]
    pub mine: bool,
}

/// Who has to be looked for when the estate is cleared.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Evacuation {
    /// Everybody, companions too.
    pub people: u64,
    /// By building; an empty name: nobody knows where.
    pub buildings: Vec<EvacuationBuilding>,
    /// As of when.
    #[serde(default)]
    pub as_of_ms: u64,
}

/// One building.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvacuationBuilding {
    /// Its name.
    pub building: String,
    /// People there.
    pub people: u64,
    /// The units whose visitors are inside.
    pub units: Vec<EvacuationUnit>,
}

/// One unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvacuationUnit {
    /// Its name.
    pub unit: String,
    /// Its visitors.
    pub people: u64,
    /// Who they are.
    pub inside: Vec<InsideItem>,
}

/// A unit that a guard looked up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitItem {
    /// Its name.
    pub unit: String,
    /// Devices of its households that can ring.
    #[serde(default)]
    pub devices: u32,
    /// Is one of them linked with this gate now?
    #[serde(default)]
    pub online: bool,
    /// Plates that the office issued for its residents.
    #[serde(default)]
    pub plates: Vec<String>,
}
