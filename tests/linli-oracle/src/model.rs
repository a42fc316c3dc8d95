//! What the oracle is told, and what it says: signed things as plain facts. README.md maps the bytes.

use linli_base::{
    CommunityId, DeviceId, EntryId, EpochId, LaneClass, LogKey, PrincipalId, ScopeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// (log, place, entry there): a cut-off or a leaf; place 0 with zeros is "nothing" (§1).
pub type Cut = (LogKey, u32, EntryId);
/// The cut-offs of one revocation, hold or role end, or the leaves of one checkpoint subtree.
pub type Cuts = BTreeSet<Cut>;
/// A committee member: day key and paper key, one member (§3).
pub type Member = (DeviceId, DeviceId);
/// A member's word before a round, by one of its keys: (key, round, what it signed in lower ones) (§3).
pub type State = (DeviceId, u32, BTreeSet<(u32, EpochId)>);

/// What an epoch lets a device do: roles of office devices, and the scopes of issuing keys (§3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    Notice,
    Desk,
    Officer,
    Gate,
    /// Listed as an issuing key, whatever its scope.
    Issuing,
    /// Enrols households of this building; `None`: of all.
    Building(Option<String>),
    /// Enrols what is in no building: offices, gates, screens.
    Machines,
}
/// One version of the charter, whatever round it was proposed in (§3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Epoch {
    pub number: u32,
    pub id: EpochId,
    pub prev: Option<EpochId>,
    pub members: Vec<Member>,
    pub powers: BTreeSet<(DeviceId, Power)>,
    pub offices: BTreeSet<PrincipalId>,
    pub revoked: BTreeSet<(DeviceId, Cuts)>,
    /// Of an issuing key: `Power::Issuing`.
    pub ends: BTreeSet<(DeviceId, Power, Cuts)>,
    pub retired: BTreeSet<PrincipalId>,
    pub ended_holds: BTreeSet<EntryId>,
    /// Devices that the committee countersigns, or enrols anew, into a household.
    pub attested: BTreeSet<(DeviceId, PrincipalId)>,
    pub checkpoint: BTreeSet<Cuts>,
}
/// Which kind of principal a device acts for; `Paper`: the key on a household's recovery sheet (§1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Household,
    Office,
    Gate,
    Screen,
    Paper,
}
/// A device's certificate and the place of its `enrol` in the signer's authority log (§3). In the order
/// of which of several counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Certificate {
    pub issued: u64,
    pub id: [u8; 32],
    pub device: DeviceId,
    pub principal: PrincipalId,
    pub kind: Kind,
    pub building: Option<String>,
    pub may_grant: bool,
    pub signed_by: DeviceId,
    pub enrol_seq: u32,
}
/// Whom a hold is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Device(DeviceId),
    Principal(PrincipalId),
}
/// What an entry says (§4). `Data` is a fact, change or attachment; `Cancel(true)` is of all passes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    Open,
    Data,
    Unknown,
    Cancel(bool),
    Hold(Target, Cuts),
    Lift(EntryId),
    Revoke(DeviceId, Cuts),
    Erase,
    Enrol([u8; 32]),
    Countersign(DeviceId),
    Keyset(LaneClass, ScopeId),
}
/// One signed step of a log (§4). `time` is claimed and judges nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub id: EntryId,
    pub log: LogKey,
    pub seq: u32,
    pub prev: EntryId,
    pub time: u64,
    pub epoch: (u32, EpochId),
    pub body: Body,
    pub signed_by: DeviceId,
}
/// S: all signed things held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    pub community: CommunityId,
    pub epochs: BTreeSet<Epoch>,
    /// (epoch, round, states embedded).
    pub proposals: BTreeSet<(EpochId, u32, BTreeSet<State>)>,
    /// (epoch, round, key of a member).
    pub signatures: BTreeSet<(EpochId, u32, DeviceId)>,
    /// (epoch, key of a member): which of two valid epochs of one number should stand.
    pub choices: BTreeSet<(EpochId, DeviceId)>,
    /// Whole checkpoint subtrees whose leaves are held.
    pub leaves: BTreeSet<Cuts>,
    pub certificates: BTreeSet<Certificate>,
    pub entries: BTreeSet<Entry>,
}

/// Why an entry does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// §2: not signed by the device it names.
    Signature,
    /// Rule 4: no certificate of its author counts.
    NoCertificate,
    /// Rule 4: the epoch it cites does not count here.
    UnknownEpoch,
    /// Rule 4: its author may not write this in this lane, by the epoch it cites.
    Role,
    /// Rule 1: what is below it is missing, or has no place itself.
    Gap,
    /// Rule 2: at or above a fork that nothing decides.
    Fork,
    /// Rule 2: a cut-off or checkpoint selects another branch.
    OtherBranch,
    /// Rule 3: above the cut-off.
    AboveCut,
    /// §3: above the heads of a hold in force.
    Held,
    /// §3: beyond its author's power, or a hold that is not in force.
    NoEffect,
}
/// Places of the introductions between a device and the first one of its household.
pub type Path = Vec<(u32, EntryId)>;
/// What certificates make of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The certificate under which it stands, and all that count.
    pub own: Certificate,
    pub all: BTreeSet<Certificate>,
    pub path: Path,
    pub may_grant: bool,
    /// §3: an introduced device has neither power to grant nor keys before.
    pub countersigned: bool,
}
/// The result, a function of the set alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    pub entries: BTreeMap<EntryId, Result<(), Reason>>,
    pub devices: BTreeMap<DeviceId, Standing>,
    /// Epochs that count; several of one number while they are not resolved.
    pub epochs: BTreeSet<EpochId>,
    /// Rule 6: the first epoch whose checkpoint covers an entry.
    pub first_seen: BTreeMap<EntryId, u32>,
    /// Rule 2: cut-offs of pass logs as written, for passes.
    pub pass_cuts: BTreeMap<LogKey, Cut>,
}
