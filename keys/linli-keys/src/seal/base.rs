//! HPKE base mode in one shot (RFC 9180): X25519-HKDF-SHA256, HKDF-SHA256, ChaCha20Poly1305.
//!
//! The only file that names the `hpke` crate. It turns our dice into the generator that the crate asks
//! for and lays a sealed message out as `enc 32 ‖ ciphertext ‖ tag 16`.

use super::keys::{KexPublic, KexSecret};
use hpke::aead::{AeadTag, ChaCha20Poly1305};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256};
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, HpkeError, OpModeR, OpModeS, Serializable};
use linli_base::Dice;
use std::convert::Infallible;
use zeroize::Zeroizing;

/// Length of the encapsulated key in front.
pub(super) const ENC_LEN: usize = 32;
/// Length of the authentication tag at the end.
pub(super) const TAG_LEN: usize = 16;

type PublicHalf = <X25519HkdfSha256 as Kem>::PublicKey;
type SecretHalf = <X25519HkdfSha256 as Kem>::PrivateKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

/// Appends `enc ‖ ciphertext ‖ tag` to `out`.
pub(super) fn seal_into(
    out: &mut Vec<u8>,
    to: &KexPublic,
    info: &[u8],
    aad: &[u8],
    plain: &[&[u8]],
    dice: &mut dyn Dice,
) {
    let sealed = try_seal(out, to, info, aad, plain, dice);
    #[expect(
        clippy::expect_used,
        reason = "HPKE refuses to seal only to keys of small order, which KexPublic cannot hold, \
                  and above 256 GiB"
    )]
    sealed.expect("a checked public key can be sealed to");
}

fn try_seal(
    out: &mut Vec<u8>,
    to: &KexPublic,
    info: &[u8],
    aad: &[u8],
    plain: &[&[u8]],
    dice: &mut dyn Dice,
) -> Result<(), HpkeError> {
    let to = PublicHalf::from_bytes(to.as_bytes())?;
    let mut rng = DiceRng(dice);
    let (enc, mut context) = hpke::setup_sender_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &to, info, &mut rng)?;
    let plain_len: usize = plain.iter().map(|part| part.len()).sum();
    // Room for everything at once: a vector that grows would leave plaintext behind on the heap.
    out.reserve_exact(ENC_LEN + plain_len + TAG_LEN);
    out.extend_from_slice(&enc.to_bytes());
    let start = out.len();
    for part in plain {
        out.extend_from_slice(part);
    }
    let body = out.get_mut(start..).unwrap_or_default();
    let tag = context.seal_inout_detached(InOutBuf::from(body), aad)?;
    out.extend_from_slice(&tag.to_bytes());
    Ok(())
}

/// Opens `enc ‖ ciphertext ‖ tag`; `None` when it is too short or not sealed to this key in this context.
pub(super) fn open(
    secret: &KexSecret,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (enc, rest) = sealed.split_at_checked(ENC_LEN)?;
    let (ciphertext, tag) = rest.split_at_checked(rest.len().checked_sub(TAG_LEN)?)?;
    let secret = SecretHalf::from_bytes(secret.to_bytes().as_slice()).ok()?;
    let enc = Encapsulated::from_bytes(enc).ok()?;
    let tag = AeadTag::<ChaCha20Poly1305>::from_bytes(tag).ok()?;
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &enc,
        info,
    )
    .ok()?;
    let mut plain = Zeroizing::new(ciphertext.to_vec());
    let buffer = InOutBuf::from(plain.as_mut_slice());
    context.open_inout_detached(buffer, aad, &tag).ok()?;
    Some(plain)
}

/// Our dice in the shape of a `rand_core` generator.
struct DiceRng<'a>(&'a mut dyn Dice);

impl TryRng for DiceRng<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut out = [0; 4];
        self.0.fill(&mut out);
        Ok(u32::from_le_bytes(out))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut out = [0; 8];
        self.0.fill(&mut out);
        Ok(u64::from_le_bytes(out))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for DiceRng<'_> {}
