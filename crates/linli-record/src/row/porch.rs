//! Who is refused, and calls to households with their answers.

use super::{Author, serial};
use crate::fact::RingStep;
use linli_base::{DeviceId, EntryId, Private};
use serde::{Deserialize, Serialize};

/// A line of a refusal list, or the end of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefusalRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// A household, for its own unit, or an office, for the estate; whether it may is judged where it is used.
    pub author: Author,
    /// The name that a line and its end share.
    #[serde(with = "serial::id")]
    pub key: [u8; 16],
    /// The line of that name stands no more.
    pub off: bool,
    /// The plate, normalised.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub plate: Option<Private<String>>,
    /// The name, exactly as a pass or the guard writes it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub name: Option<Private<String>>,
    /// Why.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub reason: Option<Private<String>>,
    /// When its author says it was written.
    pub time_ms: u64,
}

/// One step of a call to a household.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RingRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// The gate's device.
    pub author: Author,
    /// When, by the gate's clock, Unix seconds.
    pub at_s: u64,
    /// The gate's number.
    pub gate: u8,
    /// How far it is.
    pub step: RingStep,
    /// The line of the gate's log that it is about.
    #[serde(with = "serial::id")]
    pub about: EntryId,
    /// The device that rings or answered.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub device: Option<DeviceId>,
    /// How long it rings, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_s: Option<u8>,
    /// Where they want to go.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub unit: Option<Private<String>>,
    /// What they say they are called.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub name: Option<Private<String>>,
    /// People with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companions: Option<u8>,
    /// They say that they live there.
    pub resident: bool,
    /// The plate of the pass, or the one that was seen.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub plate: Option<Private<String>>,
    /// Why the gate asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The pass that was shown.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub cti: Option<[u8; 12]>,
}

/// A household's answer to a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RingAnswerRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who answers.
    pub author: Author,
    /// The line of the gate's log.
    #[serde(with = "serial::id")]
    pub about: EntryId,
    /// Whether to let in.
    pub admit: bool,
    /// When they say they answered.
    pub time_ms: u64,
}

/// How a household wants to be called; its latest counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DoorbellRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Whose doorbell.
    pub author: Author,
    /// Devices in their order.
    #[serde(with = "serial::ids")]
    pub order: Vec<DeviceId>,
    /// How long each rings, seconds.
    pub seconds: u8,
    /// When its author says so.
    pub time_ms: u64,
}
