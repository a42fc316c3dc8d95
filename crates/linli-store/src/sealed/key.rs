//! The database key and what is derived from it: the sealing key, nonces, blinded keys.
//!
//! One secret is kept by the vault; each purpose gets a key of its own from it by BLAKE3's key
//! derivation, so that no purpose can weaken another.

use zeroize::Zeroizing;

pub(super) const CONTEXT_SEAL: &str = "linli-store 2026 value sealing key";
const CONTEXT_NONCE: &str = "linli-store 2026 nonce key";
const CONTEXT_BLIND: &str = "linli-store 2026 key blinding key";

/// The 32-byte secret a store is sealed under. Wiped from memory when dropped.
///
/// Comes from the vault; must be uniformly random, since no stretching is done here.
#[derive(Clone)]
pub struct DbKey(Zeroizing<[u8; 32]>);

impl DbKey {
    /// Takes over a secret.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self(Zeroizing::new(secret))
    }

    pub(super) fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, &*self.0))
    }
}

impl std::fmt::Debug for DbKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DbKey(secret)")
    }
}

/// Turns personal data into keys that reveal nothing. See [`Sealed::blind`](super::Sealed::blind).
#[derive(Clone)]
pub struct Blinder(Zeroizing<[u8; 32]>);

impl Blinder {
    /// The blinding that belongs to this database key.
    #[must_use]
    pub fn new(key: &DbKey) -> Self {
        Self(key.derive(CONTEXT_BLIND))
    }

    /// The keyed digest of this data under this label.
    #[must_use]
    pub fn blind(&self, label: &str, personal: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&(label.len() as u64).to_be_bytes());
        hasher.update(label.as_bytes());
        hasher.update(personal);
        hasher.finalize().into()
    }
}

impl std::fmt::Debug for Blinder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Blinder(secret)")
    }
}

/// Gives each sealing its nonce, without a source of randomness of its own.
///
/// A nonce is a keyed digest of the opening's salt, a counter, the place and the value. Salt and
/// counter alone make it fresh; place and value are there so that a salt used twice, by a cloned
/// disk or a poor generator, still never gives one nonce to two different values.
pub(super) struct NonceSource {
    key: Zeroizing<[u8; 32]>,
    salt: [u8; 16],
    counter: u64,
}

impl NonceSource {
    pub(super) fn new(key: &DbKey, salt: [u8; 16]) -> Self {
        Self {
            key: key.derive(CONTEXT_NONCE),
            salt,
            counter: 0,
        }
    }

    pub(super) fn next(&mut self, place: &[u8], value: &[u8]) -> [u8; 24] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&self.salt);
        hasher.update(&self.counter.to_be_bytes());
        hasher.update(&(place.len() as u64).to_be_bytes());
        hasher.update(place);
        hasher.update(value);
        self.counter += 1;
        let mut nonce = [0; 24];
        hasher.finalize_xof().fill(&mut nonce);
        nonce
    }
}
