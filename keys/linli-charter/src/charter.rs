//! The charter: an ordered chain of epochs, each signed by a threshold of the last and of its own members.

use crate::epoch::{self, Epoch};
use linli_base::cbor::ShapeError;
use linli_base::limits::{CBOR_DEPTH, EPOCH_MAX};
use linli_base::{CommunityId, DeviceId, EpochId};
use linli_keys::cose::{CoseError, Multi};
use linli_keys::{PublicKey, SigningKey};

/// Why an epoch is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CharterError {
    /// Not a COSE_Sign.
    #[error(transparent)]
    Cose(#[from] CoseError),
    /// Not an epoch.
    #[error("epoch: {0}")]
    Shape(#[from] ShapeError),
    /// Not the successor of the newest epoch held.
    #[error("the epoch does not follow the newest one held here")]
    NotNext,
    /// Fewer valid signatures than the threshold.
    #[error("not enough members have signed: {have} of {need}")]
    Threshold {
        /// Members whose signature is right.
        have: u32,
        /// How many it takes.
        need: u32,
    },
    /// Rules of the content: members, threshold, keys.
    #[error("the epoch breaks a rule: {0}")]
    Rule(&'static str),
}

/// An epoch that counts, with its bytes and id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The content.
    pub epoch: Epoch,
    /// Its id.
    pub id: EpochId,
    /// The signed message as it travels.
    pub bytes: Vec<u8>,
}

/// The chain of epochs from the founding on; never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charter {
    community: CommunityId,
    chain: Vec<Held>,
}

impl Charter {
    /// Founds a community: signs epoch 0 with every founder's key.
    ///
    /// # Errors
    /// [`CharterError::Rule`] when the content breaks a rule.
    pub fn found(body: &Epoch, founders: &[SigningKey]) -> Result<Self, CharterError> {
        Self::from_founding(&sign(body, &CommunityId::ZERO, founders))
    }

    /// Starts from the bytes of epoch 0; the community's id follows from them.
    ///
    /// # Errors
    /// [`CharterError`].
    pub fn from_founding(bytes: &[u8]) -> Result<Self, CharterError> {
        let (held, message) = read(bytes, &CommunityId::ZERO)?;
        if held.epoch.number != 0 || !held.epoch.prev.is_zero() {
            return Err(CharterError::NotNext);
        }
        check_rules(&held.epoch)?;
        let zero = CommunityId::ZERO;
        // Every founder signs the founding: nobody is a member without having agreed to it.
        let n = u32::try_from(held.epoch.members.len()).unwrap_or(u32::MAX);
        let have = signers(&held.epoch, &message, &zero);
        if have < n {
            return Err(CharterError::Threshold { have, need: n });
        }
        Ok(Self {
            community: CommunityId(held.id.0),
            chain: vec![held],
        })
    }

    /// Appends the next epoch.
    ///
    /// # Errors
    /// [`CharterError`]; the charter is unchanged then.
    pub fn append(&mut self, bytes: &[u8]) -> Result<&Held, CharterError> {
        let (held, message) = read(bytes, &self.community)?;
        let last = self.newest();
        if held.epoch.number != last.epoch.number + 1 || held.epoch.prev != last.id {
            return Err(CharterError::NotNext);
        }
        check_rules(&held.epoch)?;
        for by in [&last.epoch, &held.epoch] {
            let have = signers(by, &message, &self.community);
            if have < by.threshold {
                return Err(CharterError::Threshold {
                    have,
                    need: by.threshold,
                });
            }
        }
        self.chain.push(held);
        Ok(self.newest())
    }

    /// Signs the successor of the newest epoch; `change` edits a copy of it.
    ///
    /// # Errors
    /// [`CharterError`], for instance when these keys are below the threshold.
    pub fn propose(
        &self,
        time: u64,
        keys: &[SigningKey],
        change: impl FnOnce(&mut Epoch),
    ) -> Result<Vec<u8>, CharterError> {
        let mut body = self.newest().epoch.clone();
        body.number += 1;
        body.prev = self.newest().id;
        body.time = time;
        body.checkpoint = Vec::new();
        change(&mut body);
        let bytes = sign(&body, &self.community, keys);
        self.clone().append(&bytes)?;
        Ok(bytes)
    }

    /// The community.
    #[must_use]
    pub const fn community(&self) -> &CommunityId {
        &self.community
    }

    /// The newest epoch held.
    #[must_use]
    pub fn newest(&self) -> &Held {
        // The chain is never empty: both constructors put epoch 0 there and nothing removes it.
        &self.chain[self.chain.len() - 1]
    }

    /// An epoch by number.
    #[must_use]
    pub fn epoch(&self, number: u32) -> Option<&Held> {
        self.chain.get(number as usize)
    }

    /// All epochs, oldest first.
    #[must_use]
    pub fn chain(&self) -> &[Held] {
        &self.chain
    }
}

fn sign(body: &Epoch, community: &CommunityId, keys: &[SigningKey]) -> Vec<u8> {
    let mut message = Multi {
        payload: body.encode(),
        signatures: Vec::new(),
    };
    let context = epoch::context(community);
    keys.iter().for_each(|k| message.add(&context, k));
    message.encode()
}

fn read(bytes: &[u8], community: &CommunityId) -> Result<(Held, Multi), CharterError> {
    if bytes.len() > EPOCH_MAX {
        return Err(CharterError::Rule("it is too large"));
    }
    let message = Multi::parse(bytes, CBOR_DEPTH)?;
    let epoch = Epoch::decode(&message.payload)?;
    let id = epoch::epoch_id(community, &message.payload);
    Ok((
        Held {
            epoch,
            id,
            bytes: bytes.to_vec(),
        },
        message,
    ))
}

/// How many members have signed; day key and paper key count once.
fn signers(by: &Epoch, message: &Multi, community: &CommunityId) -> u32 {
    let context = epoch::context(community);
    let signed =
        |d: &DeviceId| PublicKey::parse(&d.0).is_ok_and(|key| message.signed_by(&context, &key));
    let count = by
        .members
        .iter()
        .filter(|m| signed(&m.day) || signed(&m.paper))
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn check_rules(e: &Epoch) -> Result<(), CharterError> {
    let n = e.members.len();
    if n == 0 || n.is_multiple_of(2) {
        return Err(CharterError::Rule("the number of members is odd"));
    }
    if e.threshold as usize != n / 2 + 1 {
        return Err(CharterError::Rule("the threshold is the smallest majority"));
    }
    let mut keys: Vec<_> = e.members.iter().flat_map(|m| [m.day, m.paper]).collect();
    if keys.iter().any(|k| PublicKey::parse(&k.0).is_err()) {
        return Err(CharterError::Rule("a member's key is not usable"));
    }
    keys.sort_unstable();
    if keys.windows(2).any(|w| w[0] == w[1]) {
        return Err(CharterError::Rule("a key stands for two members"));
    }
    let mut numbers: Vec<_> = e.gates.iter().map(|g| g.number).collect();
    numbers.sort_unstable();
    if numbers.windows(2).any(|w| w[0] == w[1]) {
        return Err(CharterError::Rule("a gate number is there twice"));
    }
    let text_ok = |t: &str| !t.trim().is_empty() && t.chars().count() <= 64;
    if !text_ok(&e.name)
        || e.offices.iter().any(|o| !text_ok(&o.name))
        || e.gates.iter().any(|g| !text_ok(&g.name))
    {
        return Err(CharterError::Rule("a name has 1 to 64 characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
