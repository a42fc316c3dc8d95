//! Where this replica stands: whose it is, of which community, and the bare facts the sync light is made from.

use serde::{Deserialize, Serialize};

/// The answer to [`Request::Status`](super::Request::Status).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Status {
    /// The node's clock when it answered.
    pub as_of_ms: u64,
    /// The community this home belongs to; `None` before founding or joining one.
    pub community: Option<Community>,
    /// Whose home this is; `None` before enrolment.
    pub me: Option<Me>,
    /// What the sync light is made from.
    pub sync: SyncFacts,
    /// False if the home's keys lie in a plain 0600 file, neither in a keyring nor under a passphrase.
    pub protected: bool,
    /// Version of the node's program.
    pub version: String,
}

/// The community as its charter names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Community {
    /// Such as `n:k3v9x2qa`.
    pub id: String,
    /// Such as 丰盛园.
    pub name: String,
    /// Minutes east of UTC, fixed by the charter.
    pub utc_offset_min: i32,
    /// All gates, by number.
    #[serde(default)]
    pub gates: Vec<GateRef>,
    /// The offices by name.
    #[serde(default)]
    pub offices: Vec<String>,
    /// Longest life of a pass for a person, in seconds (72 h unless the charter says otherwise).
    pub pass_max_s: u64,
    /// Longest life of a pass for a vehicle or a recurring helper, in seconds (180 days by default).
    pub pass_max_long_s: u64,
}

/// A gate as the charter numbers and names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateRef {
    /// 0 to 63.
    pub no: u8,
    /// Such as 东门.
    pub name: String,
}

/// The person, office or machine this home belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Me {
    /// Household, office, gate...
    pub kind: PrincipalKind,
    /// The principal's id, such as `h:7q2m9kdx`.
    pub principal: String,
    /// Name to show: an office's name, a gate's name, or a household's unit.
    pub name: String,
    /// Unit such as `3-2-501`, for households.
    pub unit: Option<String>,
    /// This device's id.
    pub device: String,
    /// This device's name, as given on joining.
    pub device_name: String,
    /// May this device issue passes?
    pub may_grant: bool,
    /// Enrolled, but the office has not yet confirmed it.
    #[serde(default)]
    pub provisional: bool,
    /// At an office: may it issue the plates of residents by the register?
    #[serde(default)]
    pub resident_plates: bool,
    /// At an office: is the residents' register in its charge?
    #[serde(default)]
    pub keeps_register: bool,
}

/// What kind of principal signs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrincipalKind {
    /// A founder's device.
    Founder,
    /// An office: 居委会, 业委会, 物业.
    Office,
    /// A building's steward (楼长).
    Steward,
    /// A household (户).
    Household,
    /// A gate (门岗).
    Gate,
    /// A screen in a lobby.
    Screen,
    /// A kind this version does not know.
    #[serde(other)]
    Other,
}

/// The facts from which [`crate::light`] makes the sync light. The light itself is not sent: it changes with
/// the clock alone (green fades when nobody has been heard for a while), so every window works it out anew.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SyncFacts {
    /// Links that are up now and whose peer is of this community.
    pub online: u32,
    /// When any other device of the community was last heard; `None` if never.
    pub heard_ms: Option<u64>,
    /// Things made here that are not yet known to be where they must be (the office, the gate, the host): as many
    /// as `SyncReport::undelivered` lists. While it is not 0 the light is not green.
    pub undelivered: u32,
    /// A catch-up in progress, if there is one.
    pub progress: Option<Progress>,
    /// Everything was paused by the person (`net pause --all`).
    pub paused: bool,
    /// Something only a person can mend.
    pub trouble: Option<Trouble>,
}

/// A catch-up in progress: `done` of `total` entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Progress {
    /// Entries already here.
    pub done: u64,
    /// Entries this catch-up has to bring.
    pub total: u64,
}

/// What turns the light red.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No space left: nothing new can be saved.
    DiskFull,
    /// The disk refuses or returns damaged bytes.
    DiskFault,
    /// This computer's clock disagrees with everybody else's.
    Clock,
    /// This program is too old for the community.
    VersionOld,
    /// This device's certificate was revoked.
    Revoked,
    /// This device is on hold.
    Held,
    /// A trouble this version does not know.
    #[serde(other)]
    Other,
}

/// How far something made here has got.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// The furthest stage known here.
    pub stage: Stage,
    /// Which replicas are known to hold it, newest knowledge last.
    #[serde(default)]
    pub heard_by: Vec<HeardBy>,
}

/// The four stages of delivery: ◌ ◐ ● ✓.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Only on this computer.
    #[default]
    Here,
    /// On some other device of the community.
    Elsewhere,
    /// Where it must get to: the office, the gate, the host.
    Arrived,
    /// Read or confirmed by whom it was meant for.
    Read,
}

/// One replica known to hold an item, and since when this is known here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeardBy {
    /// Name of the principal behind the device.
    pub name: String,
    /// When this became known here.
    pub at_ms: u64,
}
