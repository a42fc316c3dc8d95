//! A statement: a device's signed last word on a topic, which is not logged (trust.md §1).
//!
//! Signed over `linli/statement/1 ‖ 00 ‖ community ‖ device 32 ‖ topic 1 ‖ to 16 ‖ counter 8 ‖
//! payload`; it travels as `device ‖ topic ‖ to ‖ counter ‖ signature 64 ‖ payload`. `to` is the office that a
//! receipt is for, zeros for a topic that concerns everyone. The highest counter wins, then the lowest id, so
//! every replica keeps the same one.

use linli_base::limits::STATEMENT_MAX;
use linli_base::{CommunityId, DeviceId, PrincipalId, hash};
use linli_keys::{Signable, SigningKey};

const DOMAIN: &str = "linli/statement/1";
const HEAD: usize = KEY_LEN + 8 + 64;
/// Length of a [`StatementKey`] in bytes.
pub const KEY_LEN: usize = 32 + 1 + 16;

/// What a statement is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Topic {
    /// Where the device can be reached.
    Address = 1,
    /// The time, by an office.
    Time = 2,
    /// Which acts an office has heard: refreshes gates.
    Acts = 3,
    /// What was received, read and confirmed; sealed to the office.
    Receipt = 4,
    /// What was destroyed; sealed to the office.
    Erased = 5,
    /// Answers to calls of gates, by a device that may not grant; sealed to the gates.
    Ring = 6,
}

impl Topic {
    /// From its number.
    #[must_use]
    pub fn from_u8(n: u8) -> Option<Self> {
        [
            Self::Address,
            Self::Time,
            Self::Acts,
            Self::Receipt,
            Self::Erased,
            Self::Ring,
        ]
        .into_iter()
        .find(|t| *t as u8 == n)
    }
}

/// Whose last word on what, to whom: of all statements with one key a replica keeps one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StatementKey {
    /// Who says so.
    pub device: DeviceId,
    /// About what.
    pub topic: Topic,
    /// The office it is for; zeros = everyone.
    pub to: PrincipalId,
}

impl StatementKey {
    /// device 32 ‖ topic 1 ‖ to 16.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; KEY_LEN] {
        let mut out = [0; KEY_LEN];
        out[..32].copy_from_slice(&self.device.0);
        out[32] = self.topic as u8;
        out[33..].copy_from_slice(&self.to.0);
        out
    }

    /// Reads [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != KEY_LEN {
            return None;
        }
        Some(Self {
            device: DeviceId::from_slice(&bytes[..32])?,
            topic: Topic::from_u8(bytes[32])?,
            to: PrincipalId::from_slice(&bytes[33..])?,
        })
    }
}

/// A statement as it travels; wrap it in [`linli_keys::Signed`] to verify it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Who says so, about what, to whom.
    pub key: StatementKey,
    /// Grows with each statement of this device and topic.
    pub counter: u64,
    /// The content, at most 4 KiB.
    pub payload: Vec<u8>,
    signature: [u8; 64],
}

impl Statement {
    /// Signs a statement; `None` when the payload is longer than 4 KiB.
    #[must_use]
    pub fn sign(
        key: &SigningKey,
        community: &CommunityId,
        topic: Topic,
        to: PrincipalId,
        counter: u64,
        payload: Vec<u8>,
    ) -> Option<Self> {
        if payload.len() > STATEMENT_MAX {
            return None;
        }
        let id = StatementKey {
            device: key.device(),
            topic,
            to,
        };
        let mut s = Self {
            key: id,
            counter,
            payload,
            signature: [0; 64],
        };
        s.signature = key.sign(&s.signed_bytes(community));
        Some(s)
    }

    /// The bytes that travel.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEAD + self.payload.len());
        out.extend_from_slice(&self.key.to_bytes());
        out.extend_from_slice(&self.counter.to_be_bytes());
        out.extend_from_slice(&self.signature);
        out.extend_from_slice(&self.payload);
        out
    }

    /// Reads [`Self::encode`]; `None` when it is none of ours.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        if bytes.len() < HEAD || bytes.len() > HEAD + STATEMENT_MAX {
            return None;
        }
        Some(Self {
            key: StatementKey::from_bytes(&bytes[..KEY_LEN])?,
            counter: u64::from_be_bytes(bytes[KEY_LEN..KEY_LEN + 8].try_into().ok()?),
            signature: bytes[KEY_LEN + 8..HEAD].try_into().ok()?,
            payload: bytes[HEAD..].to_vec(),
        })
    }

    /// Its id: decides between two of the same counter.
    #[must_use]
    pub fn id(&self, community: &CommunityId) -> [u8; 32] {
        hash::blake3_raw(&self.signed_bytes(community))
    }

    /// Whether this one is kept over `other` of the same device and topic.
    #[must_use]
    pub fn beats(&self, other: &Self, community: &CommunityId) -> bool {
        (self.counter, std::cmp::Reverse(self.id(community)))
            > (other.counter, std::cmp::Reverse(other.id(community)))
    }
}

impl Signable for Statement {
    fn signer(&self) -> DeviceId {
        self.key.device
    }

    fn signed_bytes(&self, community: &CommunityId) -> Vec<u8> {
        let mut body = Vec::with_capacity(KEY_LEN + 8 + self.payload.len());
        body.extend_from_slice(&self.key.to_bytes());
        body.extend_from_slice(&self.counter.to_be_bytes());
        body.extend_from_slice(&self.payload);
        hash::signed_bytes(DOMAIN, community, &body)
    }

    fn signature(&self) -> [u8; 64] {
        self.signature
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_keys::Signed;

    #[test]
    fn the_last_word_wins_on_every_replica_alike() {
        let key = SigningKey::from_seed(&[1; 32]);
        let c = CommunityId([2; 32]);
        let make = |n, p: &[u8]| {
            Statement::sign(&key, &c, Topic::Time, PrincipalId::ZERO, n, p.to_vec()).unwrap()
        };
        let (a, b, newer) = (make(1, b"a"), make(1, b"b"), make(2, b"c"));
        assert!(newer.beats(&a, &c) && newer.beats(&b, &c));
        assert_ne!(a.beats(&b, &c), b.beats(&a, &c));
        let read = Statement::decode(&a.encode()).unwrap();
        assert!(Signed::new(read).verify(&c, &key.public()).is_ok());
        let mut bytes = a.encode();
        bytes[KEY_LEN + 7] ^= 1;
        let read = Statement::decode(&bytes).unwrap();
        assert!(Signed::new(read).verify(&c, &key.public()).is_err());
    }
}
