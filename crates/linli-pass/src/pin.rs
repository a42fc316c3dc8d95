//! The PIN: told by voice, so that a forwarded picture alone opens nothing.
//!
//! The pass carries four bytes of Argon2id over the PIN; they stop forwarding, not a determined thief, who can
//! try all PINs on his own machine in a few hours (pass.md §6). The gate's three tries are what counts.

use crate::grant::Cti;
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;
use zeroize::Zeroizing;

/// Passes that live at least this long need six digits.
pub const SIX_DIGITS_FROM_S: u64 = 12 * 3600;
/// RFC 9106's second recommended profile, which a gate's box can afford: 64 MiB, three passes, four lanes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// Length of the full tag, of which a pass carries the first four bytes: RFC 9106's recommendation.
const TAG: usize = 32;

/// Why digits are no PIN for a pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PinError {
    /// Not digits, or neither four nor six of them.
    #[error("a PIN is four or six digits")]
    Digits,
    /// Four digits are for short-lived passes only.
    #[error("a pass of twelve hours or more needs a PIN of six digits")]
    TooShort,
    /// The memory for the computation was not there.
    #[error("not enough memory to compute the PIN tag")]
    Memory,
}

/// Four or six digits; zeroised when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// Reads four or six ASCII digits.
    ///
    /// # Errors
    /// [`PinError::Digits`].
    pub fn parse(digits: &str) -> Result<Self, PinError> {
        let digits = digits.trim();
        if matches!(digits.len(), 4 | 6) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(Zeroizing::new(digits.to_owned())))
        } else {
            Err(PinError::Digits)
        }
    }

    /// Whether this many digits are enough for a pass of this length.
    #[must_use]
    pub fn fits_life(&self, life_s: u64) -> bool {
        self.0.len() == 6 || life_s < SIX_DIGITS_FROM_S
    }

    /// The tag a pass carries: the first four bytes of Argon2id (RFC 9106, version 1.3, 32-byte tag) over the
    /// digits, salted with `cti ‖ kid` of the signing key. Takes about 100 ms and 64 MiB.
    ///
    /// # Errors
    /// [`PinError::TooShort`] for the pass's life, [`PinError::Memory`].
    pub fn tag(&self, cti: &Cti, kid: &[u8; 8], life_s: u64) -> Result<[u8; 4], PinError> {
        if !self.fits_life(life_s) {
            return Err(PinError::TooShort);
        }
        let mut salt = cti.0.to_vec();
        salt.extend_from_slice(kid);
        let params =
            Params::new(MEMORY_KIB, PASSES, LANES, Some(TAG)).map_err(|_| PinError::Memory)?;
        let mut full = [0; TAG];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), &salt, &mut full)
            .map_err(|_| PinError::Memory)?;
        let mut tag = [0; 4];
        tag.copy_from_slice(&full[..4]);
        Ok(tag)
    }

    /// The digits, to be told by voice.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(•••)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn four_digits_are_for_short_lives_only() {
        let four = Pin::parse("4821").unwrap();
        let tag = four.tag(&Cti([1; 12]), &[2; 8], SIX_DIGITS_FROM_S);
        assert_eq!(tag, Err(PinError::TooShort));
        for bad in ["", "123", "12345", "12a4", "１２３４", "1234567"] {
            assert_eq!(Pin::parse(bad), Err(PinError::Digits), "{bad}");
        }
    }

    #[test]
    fn a_tag_belongs_to_one_pass_and_one_key() {
        let pin = Pin::parse("482103").unwrap();
        let tag = pin.tag(&Cti([1; 12]), &[2; 8], 3600).unwrap();
        assert_eq!(pin.tag(&Cti([1; 12]), &[2; 8], 3600).unwrap(), tag);
        assert_ne!(pin.tag(&Cti([3; 12]), &[2; 8], 3600).unwrap(), tag);
        assert_ne!(pin.tag(&Cti([1; 12]), &[3; 8], 3600).unwrap(), tag);
        assert_eq!(format!("{pin:?}"), "Pin(•••)");
    }
}
