//! Sealing: making bytes readable by the holders of one key and by nobody else.
//!
//! Everything Linli keeps from other neighbours goes through these few functions: the payloads of
//! entries in sealed lanes, the scope keys that a keyset hands to each reader, and letters to one key
//! (a statement to an office, the answer to someone who is being enrolled). All are HPKE base mode
//! (RFC 9180) with X25519-HKDF-SHA256 and ChaCha20Poly1305; each use has its own `info` string, so
//! nothing sealed for one purpose opens as another. Who wrote it is not shown by the seal but by the
//! signature around it. Layout to the byte: `docs/formats/seal.md`.

mod base;
mod keys;

pub use keys::{KexPublic, KexSecret, KeyId, WeakKey};

use linli_base::limits::SEAL_OVERHEAD;
use linli_base::{CommunityId, Dice, ScopeId};
use zeroize::Zeroizing;

/// `info` of a sealed payload.
const INFO_PAYLOAD: &str = "linli/seal/1";
/// `info` of a scope key wrapped for one reader.
const INFO_WRAP: &str = "linli/wrap/1";
/// `info` of a letter.
const INFO_LETTER: &str = "linli/letter/1";

/// Length of the salt in front of every payload body, plain or sealed.
pub const SALT_LEN: usize = 16;
/// Length of a wrapped scope key: encapsulated key 32, ciphertext 32, tag 16.
pub const WRAPPED_LEN: usize = base::ENC_LEN + 32 + base::TAG_LEN;
/// What [`seal_to`] adds to a message: key id 16, encapsulated key 32, tag 16.
pub const LETTER_OVERHEAD: usize = KEY_ID_LEN + base::ENC_LEN + base::TAG_LEN;
const KEY_ID_LEN: usize = 16;

const _: () = assert!(
    SEAL_OVERHEAD == KEY_ID_LEN + base::ENC_LEN + SALT_LEN + base::TAG_LEN,
    "the limit and the layout of a sealed payload agree"
);

/// Why something sealed stays closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// Shorter than the frame around an empty message: the sender's fault.
    #[error("too short to be sealed")]
    Short,
    /// Sealed to a key that is not held here: no fault, not for us or not yet.
    #[error("sealed to {0}, which is not held here")]
    NoKey(KeyId),
    /// Changed on the way, moved from another place, or sealed wrongly: the sender's fault.
    #[error("the seal is broken")]
    Broken,
}

/// Seals an entry's payload: `key id 16 ‖ enc 32 ‖ ciphertext(salt ‖ body) ‖ tag 16`.
///
/// `bound` is the part of the header before the payload's hash ([`linli_base::entry::BOUND_LEN`] bytes):
/// a sealed payload opens only in the entry it was made for. The result is exactly
/// [`SEAL_OVERHEAD`] longer than `body`, which the header must say beforehand.
#[must_use]
pub fn seal_payload(
    to: &KexPublic,
    community: &CommunityId,
    bound: &[u8],
    salt: [u8; SALT_LEN],
    body: &[u8],
    dice: &mut dyn Dice,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(SEAL_OVERHEAD + body.len());
    out.extend_from_slice(&to.id(community).0);
    let (info, aad) = (info(INFO_PAYLOAD, community), aad(community, &[bound]));
    base::seal_into(&mut out, to, &info, &aad, &[&salt, body], dice);
    out
}

/// Opens what [`seal_payload`] made and returns the body without its salt.
///
/// `secrets` finds the secret half by id, for instance `|id| ring.get(id)`.
///
/// # Errors
/// [`OpenError`] says whether the key is missing or the payload unsound.
pub fn open_payload<'k>(
    secrets: impl Fn(&KeyId) -> Option<&'k KexSecret>,
    community: &CommunityId,
    bound: &[u8],
    carried: &[u8],
) -> Result<Vec<u8>, OpenError> {
    if carried.len() < SEAL_OVERHEAD {
        return Err(OpenError::Short);
    }
    let (secret, sealed) = find(secrets, carried)?;
    let (info, aad) = (info(INFO_PAYLOAD, community), aad(community, &[bound]));
    let plain = base::open(secret, &info, &aad, sealed).ok_or(OpenError::Broken)?;
    let body = plain.get(SALT_LEN..).ok_or(OpenError::Short)?;
    Ok(body.to_vec())
}

/// Which key a carried payload or a letter is sealed to; `None` when it is too short to say.
#[must_use]
pub fn sealed_to(carried: &[u8]) -> Option<KeyId> {
    let (id, _) = carried.split_first_chunk::<KEY_ID_LEN>()?;
    Some(KeyId(*id))
}

/// A payload that everyone may read: `salt 16 ‖ body`.
///
/// The salt keeps the hash of an erased payload from being guessed from its likely content.
#[must_use]
pub fn plain_payload(salt: [u8; SALT_LEN], body: &[u8]) -> Vec<u8> {
    [&salt, body].concat()
}

/// The body of a plain payload; `None` when there is no room for a salt.
#[must_use]
pub fn plain_body(carried: &[u8]) -> Option<&[u8]> {
    carried.get(SALT_LEN..)
}

/// Wraps a scope's secret half for one reading device: `enc 32 ‖ ciphertext 32 ‖ tag 16`.
///
/// Bound to the community, the scope and the public half, so a keyset cannot pass one scope's key off as
/// another's.
#[must_use]
pub fn wrap_key(
    to: &KexPublic,
    community: &CommunityId,
    scope: &ScopeId,
    secret: &KexSecret,
    dice: &mut dyn Dice,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(WRAPPED_LEN);
    let public = secret.public();
    let aad = aad(community, &[&scope.0, public.as_bytes()]);
    let plain = secret.to_bytes();
    base::seal_into(
        &mut out,
        to,
        &info(INFO_WRAP, community),
        &aad,
        &[plain.as_slice()],
        dice,
    );
    out
}

/// Unwraps a scope's secret half; `published` is the public half in the same keyset.
///
/// # Errors
/// [`OpenError::Short`] for any other length than [`WRAPPED_LEN`]; [`OpenError::Broken`] when it was not
/// wrapped for this device and scope, or when the secret does not belong to `published`.
pub fn unwrap_key(
    mine: &KexSecret,
    community: &CommunityId,
    scope: &ScopeId,
    published: &KexPublic,
    wrapped: &[u8],
) -> Result<KexSecret, OpenError> {
    if wrapped.len() != WRAPPED_LEN {
        return Err(OpenError::Short);
    }
    let aad = aad(community, &[&scope.0, published.as_bytes()]);
    let plain = base::open(mine, &info(INFO_WRAP, community), &aad, wrapped);
    let plain = plain.ok_or(OpenError::Broken)?;
    let bytes = plain.first_chunk::<32>().ok_or(OpenError::Short)?;
    let secret = KexSecret::from_bytes(bytes);
    if secret.public() == *published {
        Ok(secret)
    } else {
        Err(OpenError::Broken)
    }
}

/// Seals a letter to one key: `key id 16 ‖ enc 32 ‖ ciphertext ‖ tag 16`.
///
/// `context` says what the letter is and where it belongs (`erased`, device and counter, for instance);
/// it opens only with the same context.
#[must_use]
pub fn seal_to(
    to: &KexPublic,
    community: &CommunityId,
    context: &[u8],
    plain: &[u8],
    dice: &mut dyn Dice,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(LETTER_OVERHEAD + plain.len());
    out.extend_from_slice(&to.id(community).0);
    let (info, aad) = (info(INFO_LETTER, community), aad(community, &[context]));
    base::seal_into(&mut out, to, &info, &aad, &[plain], dice);
    out
}

/// Opens what [`seal_to`] made; the plaintext is wiped when dropped.
///
/// # Errors
/// [`OpenError`] says whether the key is missing or the letter unsound.
pub fn open<'k>(
    secrets: impl Fn(&KeyId) -> Option<&'k KexSecret>,
    community: &CommunityId,
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if sealed.len() < LETTER_OVERHEAD {
        return Err(OpenError::Short);
    }
    let (secret, sealed) = find(secrets, sealed)?;
    let (info, aad) = (info(INFO_LETTER, community), aad(community, &[context]));
    base::open(secret, &info, &aad, sealed).ok_or(OpenError::Broken)
}

fn find<'k, 'b>(
    secrets: impl Fn(&KeyId) -> Option<&'k KexSecret>,
    carried: &'b [u8],
) -> Result<(&'k KexSecret, &'b [u8]), OpenError> {
    let (id, rest) = carried
        .split_first_chunk::<KEY_ID_LEN>()
        .ok_or(OpenError::Short)?;
    let id = KeyId(*id);
    let secret = secrets(&id).ok_or(OpenError::NoKey(id))?;
    Ok((secret, rest))
}

fn info(purpose: &str, community: &CommunityId) -> Vec<u8> {
    [purpose.as_bytes(), &[0], &community.0].concat()
}

fn aad(community: &CommunityId, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = community.0.to_vec();
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests;
