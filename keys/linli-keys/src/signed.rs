//! `Signed<T>` cannot be read; `Verified<T>` was signed by the key it names. The step between them is one
//! function, so no other path from bytes to content exists.

use crate::sign::PublicKey;
use linli_base::{CommunityId, DeviceId, Entry, hash};

/// The signature does not belong to the content and the key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadSignature {
    /// Strict verification failed.
    #[error("the signature is not right")]
    Signature,
    /// The payload does not fit the hash in the signed header.
    #[error("the payload does not fit its signed hash")]
    Payload,
    /// Verified with the key of another device than the one it names.
    #[error("signed by another device than it names")]
    Signer,
}

/// Something with an author, signed bytes and a signature.
pub trait Signable {
    /// Who claims to have signed.
    fn signer(&self) -> DeviceId;
    /// The bytes the signature covers, domain and community included.
    fn signed_bytes(&self, community: &CommunityId) -> Vec<u8>;
    /// The signature.
    fn signature(&self) -> [u8; 64];
    /// Checks that bind unsigned parts (a payload) to signed ones (its hash).
    ///
    /// # Errors
    /// [`BadSignature::Payload`] when they do not fit.
    fn bound(&self) -> Result<(), BadSignature> {
        Ok(())
    }
}

impl Signable for Entry {
    fn signer(&self) -> DeviceId {
        self.header.device
    }

    fn signed_bytes(&self, community: &CommunityId) -> Vec<u8> {
        self.header.signed_bytes(community)
    }

    fn signature(&self) -> [u8; 64] {
        self.header.signature
    }

    fn bound(&self) -> Result<(), BadSignature> {
        match &self.payload {
            Some(p)
                if p.len() != self.header.payload_len as usize
                    || hash::blake3_raw(p) != self.header.payload_hash =>
            {
                Err(BadSignature::Payload)
            }
            _ => Ok(()),
        }
    }
}

/// Received and not yet verified: its content has no accessor.
///
/// Only what routing needs can be asked of it: who it says it is from, which decides the key to verify with.
pub struct Signed<T>(T);

impl<T: Signable> Signed<T> {
    /// Wraps what has just been decoded.
    pub const fn new(inner: T) -> Self {
        Self(inner)
    }

    /// Whose key to look up. A claim, not a fact.
    pub fn claimed_signer(&self) -> DeviceId {
        self.0.signer()
    }

    /// Verifies with the key of the device it names.
    ///
    /// # Errors
    /// [`BadSignature`]; the content stays unread.
    pub fn verify(
        self,
        community: &CommunityId,
        key: &PublicKey,
    ) -> Result<Verified<T>, BadSignature> {
        if key.device() != self.0.signer() {
            return Err(BadSignature::Signer);
        }
        self.0.bound()?;
        if key.verify(&self.0.signed_bytes(community), &self.0.signature()) {
            Ok(Verified(self.0))
        } else {
            Err(BadSignature::Signature)
        }
    }
}

impl<T> std::fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signed(unread)")
    }
}

/// Signed by the key it names. That says nothing yet about whether that key may say so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// The content.
    pub const fn content(&self) -> &T {
        &self.0
    }

    /// Takes the content out, giving the proof up.
    pub fn into_content(self) -> T {
        self.0
    }
}

impl Verified<Entry> {
    /// An entry that this program signed itself a moment ago, or that this home verified before it wrote
    /// it: what was verified is remembered, not verified again (trust.md §2).
    ///
    /// The caller vouches with the sealed store it read the entry from; nothing from a link may come here.
    #[must_use]
    pub const fn remembered(entry: Entry) -> Self {
        Self(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::SigningKey;
    use linli_base::*;

    fn signed(key: &SigningKey, community: &CommunityId, payload: &[u8]) -> Entry {
        let mut header = Header {
            kind: EntryKind::FACT,
            sealed: false,
            class: LaneClass::Board,
            period: Period(682),
            seq: 1,
            payload_len: u32::try_from(payload.len()).unwrap(),
            time: UnixMs(1),
            epoch: 0,
            drop_day: 0,
            epoch_tag: [0; 8],
            scope: ScopeId::ZERO,
            device: key.device(),
            prev: EntryId::ZERO,
            record: RecordId::ZERO,
            payload_hash: hash::blake3_raw(payload),
            signature: [0; 64],
        };
        header.signature = key.sign(&header.signed_bytes(community));
        Entry {
            header,
            payload: Some(payload.to_vec()),
        }
    }

    #[test]
    fn an_entry_is_verified_whole_or_not_at_all() {
        let key = SigningKey::from_seed(&[1; 32]);
        let community = CommunityId([5; 32]);
        let entry = signed(&key, &community, b"hello");
        let again = Entry::decode(&entry.encode()).unwrap();
        assert!(Signed::new(again).verify(&community, &key.public()).is_ok());

        let mut changed = entry.clone();
        changed.payload = Some(b"hellp".to_vec());
        let err = Signed::new(changed).verify(&community, &key.public());
        assert_eq!(err.unwrap_err(), BadSignature::Payload);

        let mut changed = entry.clone();
        changed.header.seq = 2;
        let err = Signed::new(changed).verify(&community, &key.public());
        assert_eq!(err.unwrap_err(), BadSignature::Signature);

        let elsewhere = CommunityId([6; 32]);
        assert!(
            Signed::new(entry)
                .verify(&elsewhere, &key.public())
                .is_err()
        );
    }
}
