//! What both sides hold once keys are shown: the pictures to compare, and a key for what is said after.
//!
//! Nothing here says that the people have compared: a program acts on [`Session::check_confirm`] and on its
//! own person's word together.

use super::emoji::Seven;
use super::exchange::commitment_of;
use super::frames::{Confirm, HostKeys, Reveal};
use super::{InviteSecret, SasError};
use crate::sign::SigningKey;
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use linli_base::cbor::Value;
use linli_base::{CommunityId, Dice, hash};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Domain of the transcript's hash.
const DOMAIN_TRANSCRIPT: &str = "linli/sas-transcript/1";
/// HKDF `info` of the pictures.
const INFO_SAS: &str = "linli/sas/1";
/// HKDF `info` of the session key.
const INFO_SESSION: &str = "linli/sas-session/1";
/// Domain of message authentication.
const DOMAIN_MAC: &str = "linli/sas-mac/1";
/// Domain of the keys that messages are sealed with.
const DOMAIN_BOX: &str = "linli/sas-box/1";
/// Domain of the signature in a [`Confirm`].
const DOMAIN_CONFIRM: &str = "linli/sas-confirm/1";

/// What [`Session::seal`] adds: nonce 24, tag 16.
pub const BOX_OVERHEAD: usize = NONCE_LEN + TAG_LEN;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Role {
    /// The device that wants to be enrolled.
    Joiner = 1,
    /// The device that enrols it.
    Host = 2,
}

impl Role {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Joiner => Self::Host,
            Self::Host => Self::Joiner,
        }
    }
}

/// One finished exchange of keys, seen from one side.
///
/// Both sides have the same [`Session::pictures`] exactly when nobody stands between them (but for one chance
/// in 2^42). The session key is wiped when dropped and never printed.
pub struct Session {
    pub(super) role: Role,
    pub(super) bits: [u8; 6],
    pub(super) key: Zeroizing<[u8; 32]>,
    pub(super) host: HostKeys,
    pub(super) joiner: Reveal,
}

impl Session {
    pub(super) fn derive(
        role: Role,
        shared: &[u8; 32],
        secret: &InviteSecret,
        host: HostKeys,
        joiner: Reveal,
    ) -> Self {
        let transcript = transcript_of(&host, &joiner);
        let kdf = Hkdf::<Sha256>::new(Some(secret.as_bytes()), shared);
        let mut bits = [0; 6];
        let mut key = Zeroizing::new([0; 32]);
        expand(&kdf, INFO_SAS, &transcript, &mut bits);
        expand(&kdf, INFO_SESSION, &transcript, key.as_mut_slice());
        Self {
            role,
            bits,
            key,
            host,
            joiner,
        }
    }

    /// The seven pictures that two people compare.
    #[must_use]
    pub fn pictures(&self) -> Seven {
        Seven::from_bits(&self.bits)
    }

    /// Which side this is.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What the host said of itself and of the place it offers.
    #[must_use]
    pub const fn host(&self) -> &HostKeys {
        &self.host
    }

    /// What the joiner showed.
    #[must_use]
    pub const fn joiner(&self) -> &Reveal {
        &self.joiner
    }

    /// The neighbourhood.
    #[must_use]
    pub const fn community(&self) -> &CommunityId {
        &self.host.community
    }

    /// Hash of everything said so far.
    #[must_use]
    pub fn transcript(&self) -> [u8; 32] {
        transcript_of(&self.host, &self.joiner)
    }

    /// Authenticates a message of one side. Messages of one session must differ, or the same one can be
    /// repeated by a third party.
    #[must_use]
    pub fn mac(&self, speaker: Role, message: &[u8]) -> [u8; 32] {
        *self.keyed(DOMAIN_MAC, speaker, message).as_bytes()
    }

    /// Checks a message that should be by `speaker`, in constant time.
    ///
    /// # Errors
    /// [`SasError::Mac`] when it is not.
    pub fn check_mac(&self, speaker: Role, message: &[u8], mac: &[u8; 32]) -> Result<(), SasError> {
        if self.keyed(DOMAIN_MAC, speaker, message) == *mac {
            Ok(())
        } else {
            Err(SasError::Mac)
        }
    }

    /// The fourth frame: the joiner's person has said that the pictures are the same.
    ///
    /// `sign` is the key that the joiner showed; the host refuses a signature by any other.
    #[must_use]
    pub fn confirm(&self, sign: &SigningKey) -> Confirm {
        let transcript = self.transcript();
        let signature = sign.sign(&hash::signed_bytes(
            DOMAIN_CONFIRM,
            self.community(),
            &transcript,
        ));
        Confirm {
            signature,
            mac: self.mac(Role::Joiner, &signature),
        }
    }

    /// Checks the fourth frame: the joiner's side is content, and it holds the signing key it showed.
    ///
    /// # Errors
    /// [`SasError::Mac`] or [`SasError::Signature`]; nobody is enrolled then.
    pub fn check_confirm(&self, confirm: &Confirm) -> Result<&Reveal, SasError> {
        self.check_mac(Role::Joiner, &confirm.signature, &confirm.mac)?;
        let signed = hash::signed_bytes(DOMAIN_CONFIRM, self.community(), &self.transcript());
        if self.joiner.keys.sign.verify(&signed, &confirm.signature) {
            Ok(&self.joiner)
        } else {
            Err(SasError::Signature)
        }
    }

    /// Seals a message to the other side: `nonce 24 ‖ ciphertext ‖ tag 16`. `context` says what it is; the
    /// other side must name the same.
    #[must_use]
    pub fn seal(&self, context: &[u8], plain: &[u8], dice: &mut dyn Dice) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        dice.fill(&mut nonce);
        let mut out = Vec::with_capacity(BOX_OVERHEAD + plain.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(plain);
        let body = out.get_mut(NONCE_LEN..).unwrap_or_default();
        let sealed =
            self.cipher(self.role)
                .encrypt_inout_detached(&nonce.into(), context, body.into());
        #[expect(
            clippy::expect_used,
            reason = "XChaCha20-Poly1305 refuses only messages above 256 GiB"
        )]
        let tag = sealed.expect("a message in memory can be encrypted");
        out.extend_from_slice(&tag);
        out
    }

    /// Opens what the other side sealed; wiped when dropped.
    ///
    /// # Errors
    /// [`SasError::Mac`] when it was not made by the other side in this session and context.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SasError> {
        self.try_open(context, sealed).ok_or(SasError::Mac)
    }

    fn try_open(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let (body, tag) = rest.split_last_chunk::<TAG_LEN>()?;
        let mut plain = Zeroizing::new(body.to_vec());
        self.cipher(self.role.other())
            .decrypt_inout_detached(
                &(*nonce).into(),
                context,
                plain.as_mut_slice().into(),
                &(*tag).into(),
            )
            .ok()?;
        Some(plain)
    }

    fn cipher(&self, speaker: Role) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(*self.keyed(DOMAIN_BOX, speaker, &[]).as_bytes());
        XChaCha20Poly1305::new((&*key).into())
    }

    fn keyed(&self, domain: &str, speaker: Role, message: &[u8]) -> blake3::Hash {
        let message = [&[speaker as u8], message].concat();
        blake3::keyed_hash(
            &self.key,
            &hash::signed_bytes(domain, self.community(), &message),
        )
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("role", &self.role)
            .field("pictures", &self.pictures())
            .field("key", &"•••")
            .field("host", &self.host)
            .field("joiner", &self.joiner)
            .finish()
    }
}

/// BLAKE3 over domain, community and `[commitment, second frame, third frame]`. The first frame's other
/// fields follow from the invitation and the commitment.
fn transcript_of(host: &HostKeys, joiner: &Reveal) -> [u8; 32] {
    let said = Value::Array(vec![
        Value::bytes(&commitment_of(joiner, &host.community)),
        Value::bytes(&host.encode()),
        Value::bytes(&joiner.encode()),
    ]);
    hash::blake3_of(DOMAIN_TRANSCRIPT, &host.community, &[&said.encode()])
}

fn expand(kdf: &Hkdf<Sha256>, info: &str, transcript: &[u8; 32], out: &mut [u8]) {
    let done = kdf.expand_multi_info(&[info.as_bytes(), &[0], transcript], out);
    #[expect(
        clippy::expect_used,
        reason = "HKDF-SHA256 gives up to 8,160 bytes; here 6 and 32"
    )]
    done.expect("so few bytes can be derived");
}
