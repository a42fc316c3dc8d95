//! The two byte formats of resting secrets: sealed by a passphrase (`LLV1`) and open (`LLU1`).
//!
//! Both name the home they belong to, so that a file moved to another home is refused, and both end with a
//! plain checksum, so that a damaged file is not mistaken for a wrong passphrase. Layout to the byte:
//! `docs/formats/vault.md`.

use crate::passphrase::{Cost, Passphrase};
use crate::secrets::{LEN, Secrets, Unreadable, take};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use linli_base::Dice;
use std::fmt;
use zeroize::Zeroizing;

const MAGIC_SEALED: &[u8; 3] = b"LLV";
const MAGIC_OPEN: &[u8; 3] = b"LLU";
const VERSION: u8 = b'1';
const SALT_LEN: usize = 16;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;
const SUM_LEN: usize = 16;
/// All before the ciphertext; it is authenticated with it.
const HEAD_LEN: usize = 4 + 12 + 16 + SALT_LEN + NONCE_LEN;
const SEALED_LEN: usize = HEAD_LEN + LEN + TAG_LEN + SUM_LEN;
const OPEN_LEN: usize = 4 + 16 + LEN + SUM_LEN;
/// Nothing of ours is longer; what is longer is not read.
pub(crate) const LONGEST: usize = 4096;

/// What a passphrase became: kept while a home is open, so that it can be saved without asking again.
#[derive(Clone)]
pub(crate) struct SealingKey {
    cost: Cost,
    salt: [u8; SALT_LEN],
    key: Zeroizing<[u8; 32]>,
}

impl SealingKey {
    /// A new key with a new salt.
    pub(crate) fn new(passphrase: &Passphrase, cost: Cost, dice: &mut dyn Dice) -> Self {
        let mut salt = [0; SALT_LEN];
        dice.fill(&mut salt);
        let key = passphrase.stretch(cost, &salt);
        Self { cost, salt, key }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }

    /// Seals with a new nonce.
    pub(crate) fn seal(
        &self,
        home_id: &[u8; 16],
        secrets: &Secrets,
        dice: &mut dyn Dice,
    ) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        dice.fill(&mut nonce);
        let mut out = Vec::with_capacity(SEALED_LEN);
        out.extend_from_slice(MAGIC_SEALED);
        out.push(VERSION);
        out.extend_from_slice(&self.cost.to_bytes());
        out.extend_from_slice(home_id);
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(&nonce);
        let mut body = secrets.encode();
        let sealed =
            self.cipher()
                .encrypt_inout_detached(&nonce.into(), &out, body.as_mut_slice().into());
        #[expect(
            clippy::expect_used,
            reason = "XChaCha20-Poly1305 refuses only messages above 256 GiB"
        )]
        let tag = sealed.expect("170 bytes can be encrypted");
        out.extend_from_slice(&body);
        out.extend_from_slice(&tag);
        with_sum(out)
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey(•••, {:?})", self.cost)
    }
}

/// Opens a sealed file; also returns the key, for saving again.
pub(crate) fn open_sealed(
    bytes: &[u8],
    home_id: &[u8; 16],
    passphrase: &Passphrase,
) -> Result<(Secrets, SealingKey), Unreadable> {
    let content = check(bytes, MAGIC_SEALED, home_id, 4 + 12)?;
    let (head, sealed) = content
        .split_at_checked(HEAD_LEN)
        .ok_or(Unreadable::Damaged)?;
    let mut rest = head.get(4..).ok_or(Unreadable::Damaged)?;
    let cost = Cost::from_bytes(take(&mut rest)?).ok_or(Unreadable::Damaged)?;
    let _home: &[u8; 16] = take(&mut rest)?;
    let salt = *take(&mut rest)?;
    let nonce: [u8; NONCE_LEN] = *take(&mut rest)?;
    let (body, tag) = sealed
        .split_last_chunk::<TAG_LEN>()
        .ok_or(Unreadable::Damaged)?;
    let key = passphrase.stretch(cost, &salt);
    let key = SealingKey { cost, salt, key };
    let mut body = Zeroizing::new(body.to_vec());
    key.cipher()
        .decrypt_inout_detached(
            &nonce.into(),
            head,
            body.as_mut_slice().into(),
            &(*tag).into(),
        )
        .map_err(|_| Unreadable::WrongPassphrase)?;
    Ok((Secrets::decode(&body)?, key))
}

/// The open form: for a file outside the home and for keyrings, which seal it themselves.
pub(crate) fn write_open(home_id: &[u8; 16], secrets: &Secrets) -> Zeroizing<Vec<u8>> {
    let mut out = Vec::with_capacity(OPEN_LEN);
    out.extend_from_slice(MAGIC_OPEN);
    out.push(VERSION);
    out.extend_from_slice(home_id);
    out.extend_from_slice(&secrets.encode());
    Zeroizing::new(with_sum(out))
}

/// Reads the open form.
pub(crate) fn read_open(bytes: &[u8], home_id: &[u8; 16]) -> Result<Secrets, Unreadable> {
    let content = check(bytes, MAGIC_OPEN, home_id, 4)?;
    Secrets::decode(content.get(4 + 16..).ok_or(Unreadable::Damaged)?)
}

/// Checks magic, version, checksum and home, in this order; returns all but the checksum.
fn check<'b>(
    bytes: &'b [u8],
    magic: &[u8; 3],
    home_id: &[u8; 16],
    home_at: usize,
) -> Result<&'b [u8], Unreadable> {
    match bytes.strip_prefix(magic) {
        Some([VERSION, ..]) => {}
        // A newer file need not have our layout, or a checksum.
        Some([newer, ..]) if newer.is_ascii_digit() && *newer > VERSION => {
            return Err(Unreadable::Newer(newer - b'0'));
        }
        _ => return Err(Unreadable::Damaged),
    }
    let (content, sum) = bytes
        .split_last_chunk::<SUM_LEN>()
        .ok_or(Unreadable::Damaged)?;
    if sum_of(content) != *sum {
        return Err(Unreadable::Damaged);
    }
    let home = content
        .get(home_at..home_at + 16)
        .ok_or(Unreadable::Damaged)?;
    if home == home_id {
        Ok(content)
    } else {
        Err(Unreadable::OtherHome)
    }
}

fn with_sum(mut content: Vec<u8>) -> Vec<u8> {
    let sum = sum_of(&content);
    content.extend_from_slice(&sum);
    content
}

/// The first 16 bytes of BLAKE3: against accidents. Whoever changes a file on purpose meets the seal.
fn sum_of(content: &[u8]) -> [u8; SUM_LEN] {
    linli_base::hash::first16(blake3::hash(content).as_bytes())
}
