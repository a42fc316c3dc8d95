//! X25519 key pairs that things are sealed to, and the short id that says which pair was used.
//!
//! A device has one pair (`kex`), a scope gets a new pair whenever a reader leaves. Both look the same
//! here: what differs is who holds the secret half.

use linli_base::{CommunityId, Dice, base32, hash};
use std::fmt;
use subtle::ConstantTimeEq;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// Domain of a [`KeyId`].
const DOMAIN_KEY_ID: &str = "linli/keyid/1";
/// 2^255 - 19, little-endian: the first number that is no field element.
const FIELD_PRIME: [u8; 32] = {
    let mut p = [0xff; 32];
    p[0] = 0xed;
    p[31] = 0x7f;
    p
};

/// The 32 bytes cannot serve as a public key: sealing to them would let anyone read along, or two keys
/// would have one meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WeakKey {
    /// The point has small order, so every secret agrees with it on the same value.
    #[error("the key has small order")]
    SmallOrder,
    /// Another spelling of a smaller number: the same key would have two ids.
    #[error("the key is not in its one encoding")]
    NotCanonical,
}

/// The public half of an X25519 pair (RFC 7748): sealing to it opens nothing.
///
/// Holding one means that it is canonical and not of small order, so [`super::seal_payload`] cannot fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KexPublic([u8; 32]);

impl KexPublic {
    /// Checks the bytes of a public key that came from elsewhere.
    ///
    /// # Errors
    /// [`WeakKey`] when the key is of small order or not in its one encoding.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, WeakKey> {
        if !below_prime(&bytes) {
            return Err(WeakKey::NotCanonical);
        }
        // Clamped scalars are multiples of eight, so they send exactly the points of small order to zero.
        let probe = StaticSecret::from([1; 32]);
        if !probe
            .diffie_hellman(&PublicKey::from(bytes))
            .was_contributory()
        {
            return Err(WeakKey::SmallOrder);
        }
        Ok(Self(bytes))
    }

    /// The 32 bytes as carried.
    #[must_use]
    pub const fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The 32 bytes as carried.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its id within a community.
    #[must_use]
    pub fn id(&self, community: &CommunityId) -> KeyId {
        KeyId(hash::blake3_16(DOMAIN_KEY_ID, community, &[&self.0]))
    }
}

impl fmt::Debug for KexPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "x:{}", base32::encode(&self.0[..5]))
    }
}

fn below_prime(bytes: &[u8; 32]) -> bool {
    bytes.iter().rev().lt(FIELD_PRIME.iter().rev())
}

/// Which key something is sealed to: the first 16 bytes of BLAKE3 over domain, community and public half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 16]);

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "k:{}", base32::encode(&self.0[..5]))
    }
}

/// The secret half of an X25519 pair: it opens what was sealed to [`KexSecret::public`].
///
/// Wiped when dropped, never printed, compared in constant time. Its bytes leave only for the vault and
/// for [`super::wrap_key`].
#[derive(Clone)]
pub struct KexSecret {
    scalar: StaticSecret,
    public: KexPublic,
}

impl KexSecret {
    /// A new pair.
    #[must_use]
    pub fn generate(dice: &mut dyn Dice) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        dice.fill(bytes.as_mut_slice());
        Self::from_bytes(&bytes)
    }

    /// From stored bytes; every 32 bytes are a secret (X25519 clamps them as it uses them).
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let scalar = StaticSecret::from(*bytes);
        let public = KexPublic(PublicKey::from(&scalar).to_bytes());
        Self { scalar, public }
    }

    /// The bytes, for the vault only; wiped when dropped.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.scalar.to_bytes())
    }

    /// The half that everyone may know.
    #[must_use]
    pub const fn public(&self) -> KexPublic {
        self.public
    }

    /// The value that both ends of an exchange agree on. Never zero, because a [`KexPublic`] is checked.
    pub(crate) fn agree(&self, theirs: &KexPublic) -> Zeroizing<[u8; 32]> {
        let shared = self.scalar.diffie_hellman(&PublicKey::from(theirs.0));
        Zeroizing::new(shared.to_bytes())
    }
}

impl PartialEq for KexSecret {
    fn eq(&self, other: &Self) -> bool {
        self.scalar.as_bytes().ct_eq(other.scalar.as_bytes()).into()
    }
}

impl Eq for KexSecret {}

impl fmt::Debug for KexSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KexSecret(••• of {:?})", self.public)
    }
}
