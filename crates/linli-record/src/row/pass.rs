//! Visits, grants, cancels and what gates saw.

use super::{Author, Conflict, serial};
use crate::fact::{GateResult, Spend};
use crate::schema::VisitKind;
use linli_base::{EntryId, Private, RecordId};
use serde::{Deserialize, Serialize};

/// A visit somebody expects, with the pass made for it. It stands in their own lane only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VisitRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// Who expects it.
    pub author: Author,
    /// When they say they made the pass.
    pub created_ms: u64,
    /// The label the guard sees.
    #[serde(with = "serial::private")]
    pub label: Private<String>,
    /// Whom or what it lets in.
    pub kind: VisitKind,
    /// Valid from, Unix seconds.
    pub from_s: u64,
    /// Valid until, Unix seconds; never before `from_s`.
    pub until_s: u64,
    /// Entries allowed; 0 is unlimited.
    pub entries: u8,
    /// The gates it names, the home gate first; empty = any.
    pub gates: Vec<u8>,
    /// The plate.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub plate: Option<Private<String>>,
    /// People beside the holder.
    pub companions: u8,
    /// The pass.
    #[serde(with = "serial::id")]
    pub cti: [u8; 12],
    /// The signed token, a bearer ticket.
    #[serde(with = "serial::private")]
    pub token: Private<String>,
    /// Whether the eight-digit code may be used.
    pub short_code: bool,
    /// The unit visited, where an office invites for somebody.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub host_unit: Option<Private<String>>,
    /// When it was called off. The cancel that gates obey is an act of its own: [`CancelRow`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_ms: Option<u64>,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

/// What the caller reads from the claims of a grant (`linli-pass` does).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantBrief {
    /// The pass.
    pub cti: [u8; 12],
    /// When it was made, Unix seconds.
    pub iat_s: u64,
    /// From when it is good, Unix seconds.
    pub nbf_s: u64,
    /// Until when it is good, Unix seconds.
    pub exp_s: u64,
    /// The plate, normalised.
    pub plate: Option<Private<String>>,
}

/// A grant a gate has heard of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GrantRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who granted it.
    pub author: Author,
    /// Whether the plate alone lets in.
    pub by_plate: bool,
    /// The pass.
    #[serde(with = "serial::id")]
    pub cti: [u8; 12],
    /// When it was made, Unix seconds.
    pub iat_s: u64,
    /// From when it is good, Unix seconds.
    pub nbf_s: u64,
    /// Until when it is good, Unix seconds.
    pub exp_s: u64,
    /// The plate, normalised.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub plate: Option<Private<String>>,
    /// Whether the eight-digit code may be used.
    pub short_code: bool,
    /// The claims as they were signed.
    #[serde(with = "serial::id")]
    pub claims: Private<Vec<u8>>,
}

/// What a cancel ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum CancelTarget {
    /// One pass.
    Pass(#[serde(with = "serial::id")] [u8; 12]),
    /// All passes of the canceller's principal made before this moment, Unix seconds.
    AllBefore(u64),
}

/// A cancel: an act of a principal (or of an officer with the role `gate`) that gates obey.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CancelRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who cancels; whether they may is judged where the grant can be read.
    pub author: Author,
    /// What.
    pub target: CancelTarget,
    /// When they say they did.
    pub time_ms: u64,
}

/// One line of a gate's log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateEventRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// The gate's device.
    pub author: Author,
    /// Period of the log it stands in: its month in a gate's log, the year of a household's copy.
    pub month: u32,
    /// Its place in that log. Lines of one log are in this order, whatever the gate's clock said.
    pub seq: u32,
    /// When, by the gate's clock, Unix seconds.
    pub at_s: u64,
    /// The gate's number.
    pub gate: u8,
    /// What came of it.
    pub result: GateResult,
    /// The code of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The pass.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub cti: Option<[u8; 12]>,
    /// Entries counted at this gate after this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses_after: Option<u32>,
    /// Whom it is to.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub unit: Option<Private<String>>,
    /// The label on the pass.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub label: Option<Private<String>>,
    /// The plate.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub plate: Option<Private<String>>,
    /// BLAKE3 of what was scanned.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub scan_hash: Option<[u8; 32]>,
    /// The guard's badge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The guard's reason.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub reason: Option<Private<String>>,
    /// The earlier event this one is about.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub about: Option<EntryId>,
    /// Entries that the pass allows, when they are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<u8>,
    /// The nonce of a hand-over between gates.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub nonce: Option<[u8; 16]>,
    /// People with the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companions: Option<u8>,
    /// When the pass ends, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_s: Option<u64>,
    /// When somebody who comes for a moment should have left, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave_by_s: Option<u64>,
    /// Refusals that this line stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// When the first of them was, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_s: Option<u64>,
}

/// Counts a gate carried over into a new month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SpentRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// The gate's device.
    pub author: Author,
    /// The counts, ascending by pass.
    pub counts: Vec<Spend>,
}
