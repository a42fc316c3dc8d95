//! Ed25519 keys: signing, and the one predicate by which a signature counts.
//!
//! A key is checked once, when it is parsed: canonical encoding, not of small order (RFC 8032 §5.1.3, and
//! the stricter reading that the ZIP 215 discussion calls for). A signature is checked by `verify_strict`,
//! always; batch verification accepts what single verification refuses and is never used.

use ed25519_dalek::Signer;
use linli_base::{DeviceId, Dice};
use std::fmt;

/// Why 32 bytes are no usable public key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// Not a point, or not the canonical encoding of one.
    #[error("these bytes are not a public key")]
    NotAKey,
    /// A point of small order: anyone could sign for it.
    #[error("this public key is weak: anyone could sign with it")]
    Weak,
}

/// A parsed public key: canonical and not weak, so holding one means that strict verification is meaningful.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Parses and checks a key, as enrolment must.
    ///
    /// # Errors
    /// [`KeyError`] for bytes that are no point, not canonical, or of small order.
    pub fn parse(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAKey)?;
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        if key.to_edwards().compress().to_bytes() != *bytes {
            return Err(KeyError::NotAKey);
        }
        Ok(Self(key))
    }

    /// The device that has this key.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        DeviceId(self.0.to_bytes())
    }

    /// Whether `signature` over `message` is by this key: the one predicate of the whole program.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0
            .verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature))
            .is_ok()
    }
}

/// A signing key; zeroised when dropped, never printed.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A new key from dice.
    pub fn generate(dice: &mut dyn Dice) -> Self {
        let mut seed = zeroize::Zeroizing::new([0u8; 32]);
        dice.fill(seed.as_mut());
        Self::from_seed(&seed)
    }

    /// The key of a 32-byte seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The device that signs with this key.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        DeviceId(self.0.verifying_key().to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes that already begin with their domain.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.device())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_and_non_canonical_keys_are_refused_at_the_door() {
        let mut identity = [0u8; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::parse(&identity), Err(KeyError::Weak));
        assert_eq!(PublicKey::parse(&[0; 32]), Err(KeyError::Weak));
        // y = p + 1: the identity again, written above the field's prime.
        let mut high = [0xff; 32];
        high[0] = 0xee;
        high[31] = 0x7f;
        assert!(PublicKey::parse(&high).is_err());
        // y = p + 3 is a point in lax decoders; it is not the canonical encoding of one.
        high[0] = 0xf0;
        assert!(PublicKey::parse(&high).is_err());
    }

    #[test]
    fn a_signature_counts_for_its_message_and_key_only() {
        let key = SigningKey::from_seed(&[7; 32]);
        let other = SigningKey::from_seed(&[8; 32]);
        let sig = key.sign(b"open the gate");
        assert!(key.public().verify(b"open the gate", &sig));
        assert!(!key.public().verify(b"keep it shut", &sig));
        assert!(!other.public().verify(b"open the gate", &sig));
    }

    #[test]
    fn a_small_order_r_is_refused() {
        let key = SigningKey::from_seed(&[7; 32]);
        let mut sig = key.sign(b"x");
        sig[..32].copy_from_slice(&{
            let mut identity = [0u8; 32];
            identity[0] = 1;
            identity
        });
        assert!(!key.public().verify(b"x", &sig));
    }

    #[test]
    fn a_key_does_not_print_its_secret() {
        let shown = format!("{:?}", SigningKey::from_seed(&[7; 32]));
        assert!(
            !shown.contains("7, 7") && !shown.contains("0707"),
            "{shown}"
        );
    }
}
