//! Sealing what travels beside the entries: a picture or a PDF under a key of its own.
//!
//! ChaCha20-Poly1305 with a random key that is used for one blob only, so the nonce is zeros. Who may read the entry
//! that names the key may read the blob; its hash, which carriers know, opens nothing.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use linli_base::{Dice, hash};
use zeroize::Zeroizing;

/// What is bound to every sealed blob.
const CONTEXT: &[u8] = b"linli/blob/1";
const NONCE: [u8; 12] = [0; 12];
const TAG: usize = 16;

/// A sealed blob.
pub struct SealedBlob {
    /// The bytes to keep and to send.
    pub bytes: Vec<u8>,
    /// Their BLAKE3.
    pub hash: [u8; 32],
    /// What opens them.
    pub key: Zeroizing<[u8; 32]>,
}

/// Seals bytes under a fresh key.
#[must_use]
pub fn seal(plain: &[u8], dice: &mut impl Dice) -> SealedBlob {
    let key = Zeroizing::new(dice.bytes::<32>());
    let bytes = seal_under(plain, &key);
    SealedBlob {
        hash: hash::blake3_raw(&bytes),
        bytes,
        key,
    }
}

fn seal_under(plain: &[u8], key: &[u8; 32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(plain.len() + TAG);
    bytes.extend_from_slice(plain);
    let sealed = ChaCha20Poly1305::new(key.into()).encrypt_inout_detached(
        &NONCE.into(),
        CONTEXT,
        bytes.as_mut_slice().into(),
    );
    #[expect(
        clippy::expect_used,
        reason = "only a message of 256 GiB is too long to seal"
    )]
    let tag = sealed.expect("a blob is a few MiB");
    bytes.extend_from_slice(&tag);
    bytes
}

/// Opens sealed bytes. `None` if they are not what the key sealed.
#[must_use]
pub fn open(sealed: &[u8], key: &[u8; 32]) -> Option<Vec<u8>> {
    let (body, tag) = sealed.split_last_chunk::<TAG>()?;
    let mut plain = body.to_vec();
    ChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(
            &NONCE.into(),
            CONTEXT,
            plain.as_mut_slice().into(),
            &(*tag).into(),
        )
        .ok()?;
    Some(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Dice for Fixed {
        fn fill(&mut self, out: &mut [u8]) {
            out.fill(self.0);
            self.0 += 1;
        }
    }

    #[test]
    fn what_was_sealed_is_opened_by_its_key_alone() {
        let mut dice = Fixed(1);
        let one = seal(b"a photo", &mut dice);
        let two = seal(b"a photo", &mut dice);
        assert_ne!(one.bytes, two.bytes, "a fresh key each time");
        assert_eq!(open(&one.bytes, &one.key).unwrap(), b"a photo");
        assert_eq!(open(&one.bytes, &two.key), None);
        assert_eq!(one.bytes.len(), 7 + TAG);
        assert_eq!(one.hash, hash::blake3_raw(&one.bytes));
        assert_eq!(open(&[], &one.key), None);
        assert_eq!(open(&seal(b"", &mut dice).bytes, &one.key), None);
    }

    /// The same bytes come out of another implementation (PyPI `cryptography`).
    #[test]
    fn the_bytes_are_those_of_the_documents() {
        let sealed = seal(b"linli", &mut Fixed(7));
        assert_eq!(
            hex::encode(&sealed.bytes),
            "5bed4760090173456c22a73c34789aa849f5c15722"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_changed_bit_is_opened(at in 0_usize.., bit in 0..8) {
            let sealed = seal(b"a photo of a cat", &mut Fixed(3));
            let mut bytes = sealed.bytes.clone();
            let at = at % bytes.len();
            bytes[at] ^= 1_u8 << bit;
            proptest::prop_assert_eq!(open(&bytes, &sealed.key), None);
        }
    }
}
