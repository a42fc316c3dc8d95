//! A scan at the gate, and the gate's answer to it.

use super::{RefusalItem, RingState};
use serde::{Deserialize, Serialize};

/// What the guard, the barcode gun or the plate camera put in. It may be a bearer ticket: its `Debug` prints dots.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateScan {
    /// What kind of scan it is.
    pub kind: ScanKind,
    /// The scan itself, as read.
    pub value: String,
    /// People beside the holder, as the guard counts them.
    #[serde(default)]
    pub companions: u8,
    /// The PIN that was told by voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// In the vehicle lane: the plate seen on the car that shows a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane_plate: Option<String>,
}

impl std::fmt::Debug for GateScan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GateScan({:?}, ••••)", self.kind)
    }
}

/// The three things a gate takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanKind {
    /// The text of a pass.
    Text,
    /// A licence plate.
    Plate,
    /// The eight digits of a pass.
    Code,
}

/// The three answers of pass.md §2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum GateResult {
    /// The barrier opens.
    Admit,
    /// The guard decides; the sentence says what to do.
    Ask,
    /// It stays shut.
    Deny,
}

/// The gate's answer to a scan, written down durably before it is given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateAnswer {
    /// Admit, ask or deny.
    pub result: GateResult,
    /// Does the barrier open now? A repeated answer admits and opens nothing.
    pub opens: bool,
    /// The reason's code, such as `E_EXPIRED`; none on a plain admission.
    #[serde(default)]
    pub code: Option<String>,
    /// The reason, in Chinese.
    pub sentence_zh: String,
    /// The reason, in English.
    pub sentence_en: String,
    /// Whom it lets in; nothing personal before the signature holds.
    #[serde(default)]
    pub label: Option<String>,
    /// Whose visitor it is.
    #[serde(default)]
    pub unit: Option<String>,
    /// The plate of the pass.
    #[serde(default)]
    pub plate: Option<String>,
    /// Until when the pass is good.
    #[serde(default)]
    pub until_s: Option<u64>,
    /// The how many-th entry this is ..
    #[serde(default, rename = "use")]
    pub entry: Option<u32>,
    /// .. of how many.
    #[serde(default)]
    pub of: Option<u32>,
    /// Companions the pass allows.
    #[serde(default)]
    pub companions: Option<u8>,
    /// The pass asks for a PIN that nobody was asked for yet, because something else is wrong.
    #[serde(default)]
    pub pin_unasked: bool,
    /// State of the gate's clock, as in pass.md §4.
    #[serde(default)]
    pub clock: Option<String>,
    /// The entry of the gate log; none when nothing was written.
    #[serde(default)]
    pub event: Option<String>,
    /// The newest cancellations the gate has heard of.
    #[serde(default)]
    pub cancels_as_of_s: Option<u64>,
    /// When the answer was given.
    #[serde(default)]
    pub at_ms: u64,
    /// Somebody without a pass: how far the call to the household is.
    #[serde(default)]
    pub ring: Option<RingState>,
}

/// Where a gate stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct GateStatus {
    /// The gate's number.
    pub no: u8,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// State of its clock: GOOD, DRIFT, BEHIND or LOST.
    #[serde(default)]
    pub clock: Option<String>,
    /// The newest cancellations it has heard of.
    #[serde(default)]
    pub cancels_as_of_ms: Option<u64>,
    /// Passes it holds.
    #[serde(default)]
    pub grants: u64,
    /// Badge of the guard on duty.
    #[serde(default)]
    pub badge: Option<String>,
    /// Is it open for everybody?
    #[serde(default)]
    pub open_all: bool,
}

/// What a line of the log says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GateMark {
    /// Let in.
    Admit,
    /// The guard was asked.
    Ask,
    /// Not let in.
    Deny,
    /// Left.
    Exit,
    /// Let in by the guard.
    Override,
    /// Somebody without a pass.
    WalkIn,
    /// Opened for everybody.
    OpenAll,
    /// Shut again.
    Closed,
    /// A wrong click was taken back.
    Corrected,
    /// A guard took over.
    HandOver,
    /// One entry handed to another gate.
    Transfer,
    /// Refusals that were counted and have no line each.
    Refused,
    /// A line this version does not know.
    #[serde(other)]
    Other,
}

/// Somebody who came in and has not left.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct InsideItem {
    /// The entry that let them in.
    pub event: String,
    /// Since when.
    pub since_ms: u64,
    /// Who.
    #[serde(default)]
    pub label: Option<String>,
    /// To whom.
    #[serde(default)]
    pub unit: Option<String>,
    /// By which car.
    #[serde(default)]
    pub plate: Option<String>,
    /// People with them.
    #[serde(default)]
    pub companions: u8,
    /// How long after the end of the pass, if it has ended.
    #[serde(default)]
    pub overstayed_s: Option<u64>,
    /// Until when they may stay.
    #[serde(default)]
    pub until_ms: Option<u64>,
}

/// Somebody who may come until this time tomorrow.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ExpectedItem {
    /// Who.
    #[serde(default)]
    pub label: Option<String>,
    /// To whom.
    #[serde(default)]
    pub unit: Option<String>,
    /// By which car.
    #[serde(default)]
    pub plate: Option<String>,
    /// From when.
    pub from_ms: u64,
    /// Until when.
    pub until_ms: u64,
    /// People with them.
    #[serde(default)]
    pub companions: u8,
    /// Entries allowed; 0 = uncounted.
    #[serde(default)]
    pub entries: u8,
    /// Entries used, as far as this gate knows.
    #[serde(default)]
    pub used: u32,
    /// How many windows a week a regular helper has.
    #[serde(default)]
    pub windows: u64,
    /// Those windows: days (bit 0 is Monday), first and last minute of the day.
    #[serde(default)]
    pub hours: Vec<[u64; 3]>,
}

/// What a gate knows at one moment, for the sheet that is printed before an outage.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct GateSheet {
    /// Where the gate stands.
    pub status: GateStatus,
    /// Who is expected until this time tomorrow.
    pub expected: Vec<ExpectedItem>,
    /// Who is inside.
    pub inside: Vec<InsideItem>,
    /// The refusal lists.
    pub refused: Vec<RefusalItem>,
}

/// What a guard does beside a scan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum GuardAct {
    /// Somebody leaves: by the entry that let them in, by plate or by short code.
    Exit {
        /// The entry.
        event: Option<String>,
        /// The plate.
        plate: Option<String>,
        /// The code.
        code: Option<String>,
    },
    /// Lets in whom the gate asked about or refused.
    Override {
        /// The decision.
        event: String,
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
    /// A guard takes over.
    HandOver {
        /// The guard.
        badge: String,
    },
    /// Opens for everybody: fire, ambulance.
    OpenAll {
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
    /// Shut again.
    CloseAll {
        /// The guard.
        badge: String,
    },
    /// Takes a wrong click back. It gives no use of a pass back.
    Correct {
        /// What was clicked.
        event: String,
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
}

/// A pass that was used more often than it allows, told alike at gate, host and office.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IncidentItem {
    /// Names the pass; good for nothing at a gate.
    pub pass: String,
    /// Whom it was made for.
    #[serde(default)]
    pub label: Option<String>,
    /// Whose visitor.
    #[serde(default)]
    pub unit: Option<String>,
    /// Entries it allows.
    pub entries: u8,
    /// The how many-th entry this was.
    pub number: u32,
    /// When.
    pub at_ms: u64,
    /// At which gate.
    pub gate: u8,
    /// Did a guard let them in?
    #[serde(default)]
    pub by_guard: bool,
}

/// One line of the gate's own log, as the station shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateEvent {
    /// The entry.
    pub id: String,
    /// When.
    pub at_ms: u64,
    /// What it says.
    pub result: GateMark,
    /// Why.
    #[serde(default)]
    pub code: Option<String>,
    /// The gate whose log it is.
    #[serde(default)]
    pub gate: u8,
    /// Was it taken back?
    #[serde(default)]
    pub corrected: bool,
    /// Whom it was about, if the signature held.
    #[serde(default)]
    pub label: Option<String>,
    /// Whose visitor.
    #[serde(default)]
    pub unit: Option<String>,
    /// Of refusals that were only counted: how many.
    #[serde(default)]
    pub count: Option<u64>,
    /// The plate.
    #[serde(default)]
    pub plate: Option<String>,
}
