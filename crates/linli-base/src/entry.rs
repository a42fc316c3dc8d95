//! The entry: one signed step of a log, a fixed 232-byte header and a payload (trust.md §4).
//!
//! This module knows the layout and nothing of its meaning: it reads and writes headers, and names the
//! fields. Signatures are checked in `linli-keys`, roles in `linli-charter`, chains in `linli-log`,
//! content in `linli-record`. Layout to the byte: `docs/formats/entry.md`.

use crate::hash;
use crate::ids::{CommunityId, DeviceId, EntryId, RecordId, ScopeId};
use crate::limits::CARRIED_MAX;
use crate::time::{Period, UnixMs};

/// Length of an encoded header.
pub const HEADER_LEN: usize = 232;
/// The part of the header that is signed: all but the signature.
pub const SIGNED_LEN: usize = 168;
/// Part of the header that a sealed payload is bound to: all before the payload hash.
pub const BOUND_LEN: usize = 136;
/// Domain of an entry's signature and id.
pub const DOMAIN: &str = "linli/entry/1";
const FLAG_SEALED: u8 = 1;

/// What kind of step an entry is. Unknown kinds are carried, not judged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryKind(pub u8);

impl EntryKind {
    /// First entry of each log: the certificate.
    pub const OPEN: Self = Self(1);
    /// Something that happens once, as CBOR.
    pub const FACT: Self = Self(2);
    /// One Automerge change.
    pub const CHANGE: Self = Self(3);
    /// Reference to an attachment.
    pub const ATTACH: Self = Self(4);
    /// Act: cancel a pass.
    pub const CANCEL: Self = Self(10);
    /// Act: hold a device or principal.
    pub const HOLD: Self = Self(11);
    /// Act: end a hold.
    pub const LIFT: Self = Self(12);
    /// Act: revoke a device with a cut-off.
    pub const REVOKE: Self = Self(13);
    /// Act: erase a record.
    pub const ERASE: Self = Self(14);
    /// Enrol a device.
    pub const ENROL: Self = Self(20);
    /// Publish a scope's key.
    pub const KEYSET: Self = Self(21);

    /// Acts are restrictive and take effect on their own signature, before their predecessors arrive.
    #[must_use]
    pub const fn is_act(self) -> bool {
        matches!(self.0, 10..=14)
    }

    /// Whether this version knows how to judge it.
    #[must_use]
    pub const fn is_known(self) -> bool {
        matches!(self.0, 1..=4 | 10..=14 | 20 | 21)
    }
}

/// The class of a lane: what it holds, who reads and who carries it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum LaneClass {
    /// Enrolments, keysets, holds, revocations.
    Authority = 0,
    /// Notices.
    Notice = 1,
    /// Posts, comments, the skeleton of buildings and rooms.
    Board = 2,
    /// Grants (sealed) and cancels (plain).
    Pass = 3,
    /// What gates did; sealed.
    GateLog = 4,
    /// A household's own records; sealed.
    House = 5,
    /// Shared by a household and an office; sealed.
    With = 6,
    /// An office's own records; sealed.
    Office = 7,
    /// Between named parties; sealed.
    Private = 8,
}

impl LaneClass {
    /// All classes, by number.
    pub const ALL: [Self; 9] = [
        Self::Authority,
        Self::Notice,
        Self::Board,
        Self::Pass,
        Self::GateLog,
        Self::House,
        Self::With,
        Self::Office,
        Self::Private,
    ];

    /// From its number.
    #[must_use]
    pub fn from_u8(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n)).copied()
    }

    /// Whether everyone in the community may read it, so that payloads are plain.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Authority | Self::Notice | Self::Board)
    }
}

/// A lane: the unit of replication, of reading rights and of retention.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LaneKey {
    /// What it holds.
    pub class: LaneClass,
    /// Whose it is.
    pub scope: ScopeId,
    /// Its first month.
    pub period: Period,
}

/// A log: one device's single-writer chain in one lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LogKey {
    /// Who writes it.
    pub device: DeviceId,
    /// In which lane.
    pub lane: LaneKey,
}

impl LogKey {
    /// Fixed 53-byte key: device 32, class 1, scope 16, period 4 (big-endian); sorts by device first.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 53] {
        let mut out = [0; 53];
        out[..32].copy_from_slice(&self.device.0);
        out[32] = self.lane.class as u8;
        out[33..49].copy_from_slice(&self.lane.scope.0);
        out[49..].copy_from_slice(&self.lane.period.0.to_be_bytes());
        out
    }

    /// Reads [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != 53 {
            return None;
        }
        Some(Self {
            device: DeviceId::from_slice(&bytes[..32])?,
            lane: LaneKey {
                class: LaneClass::from_u8(bytes[32])?,
                scope: ScopeId::from_slice(&bytes[33..49])?,
                period: Period(u32::from_be_bytes(bytes[49..].try_into().ok()?)),
            },
        })
    }
}

/// The header's fields. Everything here is what the author *claims* until the signature is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// What kind of step.
    pub kind: EntryKind,
    /// Whether the payload is sealed to the lane's scope.
    pub sealed: bool,
    /// Class of the lane.
    pub class: LaneClass,
    /// Period of the lane.
    pub period: Period,
    /// Place in the log, from 1.
    pub seq: u32,
    /// Length of the payload as carried.
    pub payload_len: u32,
    /// What the author's clock said: for display only, orders nothing.
    pub time: UnixMs,
    /// Epoch number the author knew.
    pub epoch: u32,
    /// Day since 1970 after which any carrier drops the payload; 0 = the lane's rule.
    pub drop_day: u32,
    /// First 8 bytes of that epoch's id.
    pub epoch_tag: [u8; 8],
    /// Scope of the lane; zeros = community.
    pub scope: ScopeId,
    /// The author.
    pub device: DeviceId,
    /// Id of the entry before; zeros at seq 1.
    pub prev: EntryId,
    /// Record id, or an act's target; zeros = none.
    pub record: RecordId,
    /// BLAKE3-256 of the payload as carried.
    pub payload_hash: [u8; 32],
    /// Ed25519 signature.
    pub signature: [u8; 64],
}

/// Why bytes are no entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LayoutError {
    /// Fewer than 232 bytes, or the payload is not as long as the header says.
    #[error("the entry's length is wrong")]
    Length,
    /// Version other than 1.
    #[error("the entry is of version {0}, which this program does not know")]
    Version(u8),
    /// A flag that must be zero is set.
    #[error("unknown flags")]
    Flags,
    /// Lane class above 8.
    #[error("unknown lane class")]
    Class,
    /// seq 0.
    #[error("entries count from 1")]
    Seq,
    /// Payload longer than 65,616 bytes.
    #[error("the payload is too large")]
    Payload,
}

impl Header {
    /// The log this entry belongs to.
    #[must_use]
    pub const fn log(&self) -> LogKey {
        LogKey {
            device: self.device,
            lane: LaneKey {
                class: self.class,
                scope: self.scope,
                period: self.period,
            },
        }
    }

    /// The 232 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_LEN] {
        let mut out = [0; HEADER_LEN];
        out[0] = 1;
        out[1] = self.kind.0;
        out[2] = if self.sealed { FLAG_SEALED } else { 0 };
        out[3] = self.class as u8;
        out[4..8].copy_from_slice(&self.period.0.to_be_bytes());
        out[8..12].copy_from_slice(&self.seq.to_be_bytes());
        out[12..16].copy_from_slice(&self.payload_len.to_be_bytes());
        out[16..24].copy_from_slice(&self.time.0.to_be_bytes());
        out[24..28].copy_from_slice(&self.epoch.to_be_bytes());
        out[28..32].copy_from_slice(&self.drop_day.to_be_bytes());
        out[32..40].copy_from_slice(&self.epoch_tag);
        out[40..56].copy_from_slice(&self.scope.0);
        out[56..88].copy_from_slice(&self.device.0);
        out[88..120].copy_from_slice(&self.prev.0);
        out[120..136].copy_from_slice(&self.record.0);
        out[136..168].copy_from_slice(&self.payload_hash);
        out[168..].copy_from_slice(&self.signature);
        out
    }

    /// Reads a header from the front of `bytes`.
    ///
    /// # Errors
    /// [`LayoutError`]; the signature is not looked at here.
    pub fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let b: &[u8; HEADER_LEN] = bytes
            .get(..HEADER_LEN)
            .and_then(|b| b.try_into().ok())
            .ok_or(LayoutError::Length)?;
        if b[0] != 1 {
            return Err(LayoutError::Version(b[0]));
        }
        if b[2] & !FLAG_SEALED != 0 {
            return Err(LayoutError::Flags);
        }
        let header = Self {
            kind: EntryKind(b[1]),
            sealed: b[2] & FLAG_SEALED != 0,
            class: LaneClass::from_u8(b[3]).ok_or(LayoutError::Class)?,
            period: Period(be32(b, 4)),
            seq: be32(b, 8),
            payload_len: be32(b, 12),
            time: UnixMs(u64::from_be_bytes(part(b, 16))),
            epoch: be32(b, 24),
            drop_day: be32(b, 28),
            epoch_tag: part(b, 32),
            scope: ScopeId(part(b, 40)),
            device: DeviceId(part(b, 56)),
            prev: EntryId(part(b, 88)),
            record: RecordId(part(b, 120)),
            payload_hash: part(b, 136),
            signature: part(b, 168),
        };
        if header.seq == 0 {
            return Err(LayoutError::Seq);
        }
        if header.payload_len as usize > CARRIED_MAX {
            return Err(LayoutError::Payload);
        }
        Ok(header)
    }

    /// The entry's id: BLAKE3 of the signed bytes.
    #[must_use]
    pub fn id(&self, community: &CommunityId) -> EntryId {
        EntryId(hash::blake3_of(
            DOMAIN,
            community,
            &[&self.encode()[..SIGNED_LEN]],
        ))
    }

    /// The bytes the author signs.
    #[must_use]
    pub fn signed_bytes(&self, community: &CommunityId) -> Vec<u8> {
        hash::signed_bytes(DOMAIN, community, &self.encode()[..SIGNED_LEN])
    }

    /// The record id that this entry gives to a record it creates (trust.md §4).
    #[must_use]
    pub fn created_record(&self, community: &CommunityId) -> RecordId {
        record_id(community, &self.log(), self.seq)
    }

    /// Whether this entry creates the record it names.
    #[must_use]
    pub fn creates(&self, community: &CommunityId) -> bool {
        self.record == self.created_record(community)
    }
}

/// Id of the record created by entry `seq` of a log.
#[must_use]
pub fn record_id(community: &CommunityId, log: &LogKey, seq: u32) -> RecordId {
    RecordId(hash::blake3_16(
        "linli/record/1",
        community,
        &[&log.to_bytes(), &seq.to_be_bytes()],
    ))
}

/// Automerge actor of a device within a record.
#[must_use]
pub fn actor_id(community: &CommunityId, device: &DeviceId, record: &RecordId) -> [u8; 16] {
    hash::blake3_16("linli/actor/1", community, &[&device.0, &record.0])
}

/// A header and its payload as carried; `None` when the payload was erased or dropped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The header.
    pub header: Header,
    /// The payload as carried.
    pub payload: Option<Vec<u8>>,
}

impl Entry {
    /// Header ‖ payload; a missing payload leaves the header alone.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.header.encode().to_vec();
        out.extend_from_slice(self.payload.as_deref().unwrap_or_default());
        out
    }

    /// Reads [`Self::encode`]: exactly a header, or a header with the payload it announces.
    ///
    /// # Errors
    /// [`LayoutError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, LayoutError> {
        let header = Header::decode(bytes)?;
        let rest = &bytes[HEADER_LEN..];
        let payload = match (rest.len(), header.payload_len as usize) {
            (0, 1..) => None,
            (have, want) if have == want => Some(rest.to_vec()),
            _ => return Err(LayoutError::Length),
        };
        Ok(Self { header, payload })
    }
}

fn part<const N: usize>(b: &[u8; HEADER_LEN], at: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&b[at..at + N]);
    out
}

fn be32(b: &[u8; HEADER_LEN], at: usize) -> u32 {
    u32::from_be_bytes(part(b, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_header_that_is_read_is_written_to_the_same_bytes(mut bytes in proptest::collection::vec(any::<u8>(), HEADER_LEN)) {
            bytes[0] = 1;
            bytes[2] &= 1;
            bytes[3] %= 9;
            bytes[12] = 0;
            bytes[13] = 0;
            if let Ok(header) = Header::decode(&bytes) {
                prop_assert_eq!(header.encode().to_vec(), bytes);
            }
        }

        #[test]
        fn any_bytes_are_refused_or_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Entry::decode(&bytes);
        }
    }

    #[test]
    fn log_keys_are_read_as_written() {
        let log = LogKey {
            device: DeviceId([3; 32]),
            lane: LaneKey {
                class: LaneClass::Pass,
                scope: ScopeId([9; 16]),
                period: Period(682),
            },
        };
        assert_eq!(LogKey::from_bytes(&log.to_bytes()), Some(log));
        assert_eq!(LogKey::from_bytes(&[0; 52]), None);
    }
}
