//! An epoch: one version of the charter, the root of all authority (trust.md §3).
//!
//! Format to the byte: `docs/formats/epoch.md`. An epoch is COSE_Sign over [`Epoch`] with the external data
//! `linli/epoch/1 ‖ 00 ‖ community` (zeros in epoch 0, whose id *is* the community).

use crate::act::Cut;
use linli_base::{CommunityId, DeviceId, EntryId, EpochId, PrincipalId, UtcOffset, hash};

/// A committee member: day key and paper key are the same member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Key on the member's device.
    pub day: DeviceId,
    /// Key on paper, 24 words.
    pub paper: DeviceId,
}

/// A device that may enrol others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssuingKey {
    /// The device.
    pub device: DeviceId,
    /// Buildings it may enrol households of; empty = all.
    pub buildings: Vec<String>,
    /// Whether it may enrol offices and gates.
    pub machines: bool,
}

/// An office: 居委会, 业委会, 物业, party branch, volunteers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// Its principal.
    pub principal: PrincipalId,
    /// Its name as people write it.
    pub name: String,
}

/// A role of an office device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleGrant {
    /// The device.
    pub device: DeviceId,
    /// Bits: [`ROLE_NOTICE`], [`ROLE_GATE`], [`ROLE_OFFICER`], [`ROLE_REGISTER`].
    pub bits: u64,
}

/// May publish notices.
pub const ROLE_NOTICE: u64 = 1;
/// The property desk: reads the gate log, cancels passes.
pub const ROLE_GATE: u64 = 2;
/// May hold and lift.
pub const ROLE_OFFICER: u64 = 4;
/// Keeps the register.
pub const ROLE_REGISTER: u64 = 8;

/// A gate of the estate; it counts as this number only once a device is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    /// 0 to 63.
    pub number: u8,
    /// 东门.
    pub name: String,
    /// The device that is this gate now.
    pub device: Option<DeviceId>,
}

/// What the charter allows at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Longest life of a person's pass, seconds (default 72 h).
    pub person_pass_s: u64,
    /// Longest life of a recurring helper's or vehicle's pass, seconds (default 180 d).
    pub standing_pass_s: u64,
    /// Age of the cancel list up to which a same-day pass is admitted, seconds (default 7 d).
    pub stale_day_s: u64,
    /// The same for a pass with more than a day left (default 24 h).
    pub stale_week_s: u64,
    /// The same for a pass with more than seven days left (default 4 h).
    pub stale_long_s: u64,
    /// How many whole months a month of the gates' logs is kept after it is over (default 6, at least 1).
    pub gate_log_months: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            person_pass_s: 72 * 3600,
            standing_pass_s: 180 * 86_400,
            stale_day_s: 7 * 86_400,
            stale_week_s: 86_400,
            stale_long_s: 4 * 3600,
            gate_log_months: 6,
        }
    }
}

/// A device whose logs end at the named heads; logs not named are cut at their checkpoint, else at 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceCut {
    /// The device.
    pub device: DeviceId,
    /// Where its logs end.
    pub heads: Vec<Cut>,
}

/// The body of an epoch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Epoch {
    /// 0 for the founding.
    pub number: u32,
    /// The epoch before; zeros at 0.
    pub prev: EpochId,
    /// Name of the community.
    pub name: String,
    /// Its fixed offset.
    pub offset: UtcOffset,
    /// The committee.
    pub members: Vec<Member>,
    /// How many of them sign.
    pub threshold: u32,
    /// Who may enrol.
    pub issuing: Vec<IssuingKey>,
    /// Offices.
    pub offices: Vec<Office>,
    /// Roles of office devices.
    pub roles: Vec<RoleGrant>,
    /// Gates.
    pub gates: Vec<Gate>,
    /// Limits.
    pub limits: Limits,
    /// Devices revoked by the committee, all so far.
    pub cuts: Vec<DeviceCut>,
    /// Principals retired, all so far.
    pub retired: Vec<PrincipalId>,
    /// Holds ended by id, all so far.
    pub ended_holds: Vec<EntryId>,
    /// Checkpoint: for each (class, scope) the root over the heads in it. See [`crate::act::Cut`].
    pub checkpoint: Vec<Subtree>,
    /// Proposal round (0 while one member proposes alone).
    pub round: u32,
    /// Claimed time of signing, Unix seconds; orders nothing.
    pub time: u64,
    /// Random; makes the community id unguessable from its name.
    pub salt: [u8; 16],
}

/// One subtree of a checkpoint: the heads of one lane class and scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subtree {
    /// Lane class number.
    pub class: u8,
    /// Scope.
    pub scope: linli_base::ScopeId,
    /// [`merkle_root`] over its leaves in order.
    pub root: [u8; 32],
}

/// Root of a Merkle tree over cut leaves (the tree of RFC 9162 §2.1.1, with BLAKE3 and the leaf bytes of
/// [`Cut::to_bytes`]); an empty tree hashes the empty string.
#[must_use]
pub fn merkle_root(leaves: &[Cut]) -> [u8; 32] {
    match leaves {
        [] => hash::blake3_raw(&[]),
        [one] => {
            let mut bytes = vec![0];
            bytes.extend_from_slice(&one.to_bytes());
            hash::blake3_raw(&bytes)
        }
        many => {
            let mut split = 1;
            while split * 2 < many.len() {
                split *= 2;
            }
            let (left, right) = many.split_at(split);
            let mut bytes = vec![1];
            bytes.extend_from_slice(&merkle_root(left));
            bytes.extend_from_slice(&merkle_root(right));
            hash::blake3_raw(&bytes)
        }
    }
}

/// External data of an epoch's signatures.
#[must_use]
pub fn context(community: &CommunityId) -> Vec<u8> {
    hash::signed_bytes("linli/epoch/1", community, &[])
}

/// Id of an epoch: SHA-256 of `linli/epoch/1 ‖ 00 ‖ community ‖ body` (community zeros for epoch 0).
#[must_use]
pub fn epoch_id(community: &CommunityId, payload: &[u8]) -> EpochId {
    EpochId(hash::sha256(&hash::signed_bytes(
        "linli/epoch/1",
        community,
        payload,
    )))
}

impl Epoch {
    /// Roles of a device in this epoch.
    #[must_use]
    pub fn roles_of(&self, device: &DeviceId) -> u64 {
        self.roles
            .iter()
            .filter(|r| r.device == *device)
            .fold(0, |acc, r| acc | r.bits)
    }

    /// The issuing key entry of a device.
    #[must_use]
    pub fn issuing_key(&self, device: &DeviceId) -> Option<&IssuingKey> {
        self.issuing.iter().find(|k| k.device == *device)
    }
}

impl IssuingKey {
    /// Whether its scope covers a unit (`building-stair-room`) or, without one, a machine or office.
    #[must_use]
    pub fn covers(&self, unit: Option<&str>) -> bool {
        match unit {
            None => self.machines,
            Some(unit) => {
                let building = unit.split('-').next().unwrap_or_default();
                self.buildings.is_empty() || self.buildings.iter().any(|b| b == building)
            }
        }
    }
}
