//! From what a person types to a key: Argon2id, with the costs of RFC 9106's second profile.

use crate::VaultError;
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What guessing costs an attacker, and opening costs us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// RFC 9106 §4, second recommended profile: 64 MiB, three passes, four lanes; a tenth of a second or so.
    pub(crate) const RFC_9106_SECOND: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };
    /// The most that a file may ask of us: 1 GiB, so that a planted file cannot exhaust a small box.
    const MEMORY_MAX_KIB: u32 = 1024 * 1024;

    pub(crate) fn to_bytes(self) -> [u8; 12] {
        let mut out = [0; 12];
        out[..4].copy_from_slice(&self.memory_kib.to_be_bytes());
        out[4..8].copy_from_slice(&self.passes.to_be_bytes());
        out[8..].copy_from_slice(&self.lanes.to_be_bytes());
        out
    }

    /// `None` for costs that no version of ours has written.
    pub(crate) fn from_bytes(bytes: &[u8; 12]) -> Option<Self> {
        let word = |at: usize| {
            bytes
                .get(at..at + 4)?
                .try_into()
                .ok()
                .map(u32::from_be_bytes)
        };
        let cost = Self {
            memory_kib: word(0)?,
            passes: word(4)?,
            lanes: word(8)?,
        };
        let sane = (1..=16).contains(&cost.lanes)
            && (1..=64).contains(&cost.passes)
            && (8 * cost.lanes..=Self::MEMORY_MAX_KIB).contains(&cost.memory_kib);
        sane.then_some(cost)
    }

    /// As little as Argon2 takes, for tests of everything but the cost.
    #[cfg(test)]
    pub(crate) const LEAST: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
}

/// A passphrase; wiped when dropped, never printed.
///
/// Two keyboards may write one text differently, so it is normalised as RFC 8265 does for opaque strings:
/// NFC, and every kind of space is the common one.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// From what a person typed.
    ///
    /// # Errors
    /// [`VaultError::EmptyPassphrase`] when there is nothing but space in it.
    pub fn new(text: &str) -> Result<Self, VaultError> {
        if text.trim().is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        let space = |c: char| if c.is_whitespace() { ' ' } else { c };
        let mut normal = Zeroizing::new(String::with_capacity(text.len() * 3));
        normal.extend(text.chars().map(space).nfc());
        Ok(Self(normal))
    }

    pub(crate) fn stretch(&self, cost: Cost, salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let done =
            Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).and_then(|params| {
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                    self.0.as_bytes(),
                    salt,
                    key.as_mut_slice(),
                )
            });
        #[expect(
            clippy::expect_used,
            reason = "Cost holds only parameters that Argon2 takes"
        )]
        done.expect("checked costs can be computed");
        key
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(•••)")
    }
}
