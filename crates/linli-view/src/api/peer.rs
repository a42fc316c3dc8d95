//! The other devices, what each of them lacks, and why.

use super::{PrincipalKind, SyncFacts};
use serde::{Deserialize, Serialize};

/// The answer to [`Request::Peers`](super::Request::Peers).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SyncReport {
    /// The node's clock when it answered.
    pub as_of_ms: u64,
    /// What the light is made from.
    pub facts: SyncFacts,
    /// All other devices known here, in any order.
    pub peers: Vec<PeerItem>,
    /// What was made here and is not yet where it must be.
    pub undelivered: Vec<Holding>,
    /// This clock against the neighbours', positive if ours is ahead; `None` if nobody was heard.
    pub clock_skew_ms: Option<i64>,
    /// Why nothing moves at all, if that has one cause.
    pub reason: Option<Reason>,
}

/// One other device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PeerItem {
    /// The device's id.
    pub device: String,
    /// The device's name.
    pub name: String,
    /// What its owner is.
    pub kind: PrincipalKind,
    /// Its owner's name, such as 居委会 or 东门.
    pub owner: String,
    /// Its owner's unit, for households.
    pub unit: Option<String>,
    /// Whether it is there.
    pub state: PeerState,
    /// When it was last heard directly; `None` if never.
    pub last_met_ms: Option<u64>,
    /// Entries we hold and it is not known to hold. It may have them from others meanwhile. `None`: what it holds is
    /// not known, as of whoever has not been met since the node started.
    pub lacks: Option<u64>,
    /// It has entries that are not here yet.
    pub they_have_more: bool,
    /// Why it is not in step, if it is not and we know.
    pub reason: Option<Reason>,
}

/// Whether a peer is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeerState {
    /// A link is up.
    Online,
    /// No link.
    Away,
    /// The person paused this peer.
    Paused,
}

/// One thing made here that is still on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holding {
    /// Kind of record, such as `notice`, `pass`, `confirm`, `post`, `comment`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What a person would call it: a title, a label.
    pub label: String,
    /// When it was made.
    pub since_ms: u64,
    /// How many other devices are known to hold it.
    pub copies: u32,
    /// Names of those it must still reach.
    #[serde(default)]
    pub waits_for: Vec<String>,
}

/// The ten reasons why something is not in step (sync.md §5), no more and no fewer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody of this community on this local network.
    NobodyOnLan,
    /// The other side is off, or not on any network we share.
    OtherOff,
    /// The device belongs to another community.
    OtherCommunity,
    /// The two clocks are too far apart.
    ClocksApart,
    /// One of the two programs is too old.
    VersionTooOld,
    /// A firewall lets nothing through.
    Firewall,
    /// A disk is full.
    DiskFull,
    /// A large file is on its way first.
    LargeFile,
    /// The other side is not entitled to hold this.
    NotEntitled,
    /// What came did not pass its checks and was thrown away.
    VerificationFailed,
}

impl Reason {
    /// All ten, in the order of the design.
    pub const ALL: [Self; 10] = [
        Self::NobodyOnLan,
        Self::OtherOff,
        Self::OtherCommunity,
        Self::ClocksApart,
        Self::VersionTooOld,
        Self::Firewall,
        Self::DiskFull,
        Self::LargeFile,
        Self::NotEntitled,
        Self::VerificationFailed,
    ];
}
