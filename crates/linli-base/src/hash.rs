//! Domain-separated hashing: `domain ‖ 00 ‖ community ‖ parts`.
//!
//! Every id in Linli is a hash of something that begins with what it is for, so a signature or an id made
//! for one purpose can never be taken for another (trust.md §2).

use crate::ids::CommunityId;
use sha2::Digest;

/// BLAKE3-256 over `domain ‖ 00 ‖ community ‖ parts`.
#[must_use]
pub fn blake3_of(domain: &str, community: &CommunityId, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(domain.as_bytes());
    hasher.update(&[0]);
    hasher.update(&community.0);
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// The first 16 bytes of [`blake3_of`].
#[must_use]
pub fn blake3_16(domain: &str, community: &CommunityId, parts: &[&[u8]]) -> [u8; 16] {
    first16(&blake3_of(domain, community, parts))
}

/// BLAKE3-256 of raw bytes.
#[must_use]
pub fn blake3_raw(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// SHA-256 of raw bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}

/// The first 16 of 32 bytes.
#[must_use]
pub fn first16(bytes: &[u8; 32]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&bytes[..16]);
    out
}

/// `domain ‖ 00 ‖ community ‖ body`: the bytes that are signed.
#[must_use]
pub fn signed_bytes(domain: &str, community: &CommunityId, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(domain.len() + 33 + body.len());
    out.extend_from_slice(domain.as_bytes());
    out.push(0);
    out.extend_from_slice(&community.0);
    out.extend_from_slice(body);
    out
}
