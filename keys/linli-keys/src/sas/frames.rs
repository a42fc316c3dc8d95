//! What two devices say to each other while one is enrolled: four frames of canonical CBOR, each below 4 KiB.
//!
//! The bytes of the first three are the transcript that the seven pictures are made of, so there is one
//! encoding of each frame and no field that is not covered. Keys and texts are checked as they are read: a
//! frame in hand has sound keys and names that can be shown without deceiving the eye.

use super::InviteId;
use crate::seal::KexPublic;
use crate::sign::PublicKey;
use linli_base::cbor::{self, CborError, Fields, ShapeError, Value};
use linli_base::limits::HELLO_MAX;
use linli_base::{CommunityId, EpochId, Private};

/// Longest name of a device, in characters.
pub const NAME_CHARS: usize = 64;
/// Longest unit or role, in characters.
pub const PLACE_CHARS: usize = 128;
/// Frames are one flat map.
const DEPTH: usize = 2;
/// The field that says which frame it is.
const KIND: i64 = 0;

/// Why bytes are not the frame that was expected: the peer's fault, who loses the exchange for it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FrameError {
    /// Above 4 KiB.
    #[error("the frame is too long")]
    TooLong,
    /// Not canonical CBOR.
    #[error("the frame cannot be read: {0}")]
    Cbor(#[from] CborError),
    /// A field is missing, unknown or of the wrong kind.
    #[error("the frame is malformed: {0}")]
    Shape(#[from] ShapeError),
    /// Another frame than this step of the exchange calls for.
    #[error("frame {found} instead of {expected}")]
    Kind {
        /// Which was expected.
        expected: u64,
        /// Which came.
        found: u64,
    },
    /// A key that cannot be used safely.
    #[error("the {0} key is unsound")]
    Key(&'static str),
    /// A text that is too long, empty, or holds characters that deceive the eye.
    #[error("the {0} cannot be shown: too long, empty, or with invisible characters")]
    Text(&'static str),
}

/// The public keys of a device that wants to be enrolled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JoinKeys {
    /// Signs entries; its identity.
    pub sign: PublicKey,
    /// Its transport identity.
    pub net: PublicKey,
    /// What scope keys are wrapped to.
    pub kex: KexPublic,
}

/// First frame, from the joiner: bound to keys that are not shown yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Which invitation this answers.
    pub invite: InviteId,
    /// Hash of the [`Reveal`] that will follow.
    pub commitment: [u8; 32],
    /// Shows that the sender holds the invitation's secret.
    pub proof: [u8; 32],
}

/// Second frame, from the host: who invites, into what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostKeys {
    /// Made for this exchange alone.
    pub ephemeral: KexPublic,
    /// The enrolling device's signing key.
    pub sign: PublicKey,
    /// The enrolling device's transport key, as the invitation names it.
    pub net: PublicKey,
    /// The neighbourhood.
    pub community: CommunityId,
    /// The unit that a household lives in; may be empty.
    pub unit: Private<String>,
    /// What the device will be (`household`, `office notice`, `gate 2`…); may be empty.
    pub role: String,
    /// The newest epoch that the host knows.
    pub epoch: EpochId,
    /// Shows that the sender holds the invitation's secret and saw this commitment.
    pub proof: [u8; 32],
}

/// Third frame, from the joiner: what it committed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reveal {
    /// Made for this exchange alone.
    pub ephemeral: KexPublic,
    /// The keys that want to be enrolled.
    pub keys: JoinKeys,
    /// What the device calls itself.
    pub name: Private<String>,
    /// Keeps the commitment from being guessed.
    pub nonce: [u8; 16],
}

/// Fourth frame, from the joiner, when its person has said that the pictures are the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirm {
    /// By the signing key that wants to be enrolled, over the transcript: shows that the joiner holds it.
    pub signature: [u8; 64],
    /// By the session: shows that the same device speaks.
    pub mac: [u8; 32],
}

impl Commit {
    const NUMBER: u64 = 1;

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        encode(
            Self::NUMBER,
            vec![
                (1, Value::bytes(&self.invite.0)),
                (2, Value::bytes(&self.commitment)),
                (3, Value::bytes(&self.proof)),
            ],
        )
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// [`FrameError`] says what is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut f = fields(Self::NUMBER, bytes)?;
        let frame = Self {
            invite: InviteId(f.array(1)?),
            commitment: f.array(2)?,
            proof: f.array(3)?,
        };
        f.finish()?;
        Ok(frame)
    }
}

impl HostKeys {
    const NUMBER: u64 = 2;

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut pairs = self.claims();
        pairs.push((8, Value::bytes(&self.proof)));
        encode(Self::NUMBER, pairs)
    }

    /// The frame without its proof: what the proof is made over.
    pub(super) fn unproved(&self) -> Vec<u8> {
        encode(Self::NUMBER, self.claims())
    }

    fn claims(&self) -> Vec<(i64, Value)> {
        vec![
            (1, Value::bytes(self.ephemeral.as_bytes())),
            (2, Value::bytes(&self.sign.device().0)),
            (3, Value::bytes(&self.net.device().0)),
            (4, Value::bytes(&self.community.0)),
            (5, Value::text(self.unit.reveal())),
            (6, Value::text(&self.role)),
            (7, Value::bytes(&self.epoch.0)),
        ]
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// [`FrameError`] says what is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut f = fields(Self::NUMBER, bytes)?;
        let frame = Self {
            ephemeral: kex(f.array(1)?, "ephemeral")?,
            sign: ed25519(f.array(2)?, "sign")?,
            net: ed25519(f.array(3)?, "net")?,
            community: CommunityId(f.array(4)?),
            unit: Private::new(f.text(5)?),
            role: f.text(6)?,
            epoch: EpochId(f.array(7)?),
            proof: f.array(8)?,
        };
        f.finish()?;
        check_text(frame.unit.reveal(), 0, PLACE_CHARS, "unit")?;
        check_text(&frame.role, 0, PLACE_CHARS, "role")?;
        Ok(frame)
    }
}

impl Reveal {
    const NUMBER: u64 = 3;

    /// The frame's bytes: what the commitment is the hash of.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        encode(
            Self::NUMBER,
            vec![
                (1, Value::bytes(self.ephemeral.as_bytes())),
                (2, Value::bytes(&self.keys.sign.device().0)),
                (3, Value::bytes(&self.keys.net.device().0)),
                (4, Value::bytes(self.keys.kex.as_bytes())),
                (5, Value::text(self.name.reveal())),
                (6, Value::bytes(&self.nonce)),
            ],
        )
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// [`FrameError`] says what is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut f = fields(Self::NUMBER, bytes)?;
        let frame = Self {
            ephemeral: kex(f.array(1)?, "ephemeral")?,
            keys: JoinKeys {
                sign: ed25519(f.array(2)?, "sign")?,
                net: ed25519(f.array(3)?, "net")?,
                kex: kex(f.array(4)?, "kex")?,
            },
            name: Private::new(f.text(5)?),
            nonce: f.array(6)?,
        };
        f.finish()?;
        check_text(frame.name.reveal(), 1, NAME_CHARS, "name")?;
        Ok(frame)
    }
}

impl Confirm {
    const NUMBER: u64 = 4;

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        encode(
            Self::NUMBER,
            vec![
                (1, Value::bytes(&self.signature)),
                (2, Value::bytes(&self.mac)),
            ],
        )
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// [`FrameError`] says what is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut f = fields(Self::NUMBER, bytes)?;
        let frame = Self {
            signature: f.array(1)?,
            mac: f.array(2)?,
        };
        f.finish()?;
        Ok(frame)
    }
}

/// Checks a text that will be shown to a person who decides by it: within bounds, and without control
/// characters, invisible ones and those that turn the direction of writing.
pub(super) fn check_text(
    text: &str,
    min: usize,
    max: usize,
    what: &'static str,
) -> Result<(), FrameError> {
    let deceives = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    let fits = (min..=max).contains(&text.chars().count());
    let blank = min > 0 && text.trim().is_empty();
    if fits && !blank && !text.contains(deceives) {
        Ok(())
    } else {
        Err(FrameError::Text(what))
    }
}

fn encode(kind: u64, pairs: Vec<(i64, Value)>) -> Vec<u8> {
    let kind = (KIND, Value::Uint(kind));
    let pairs = std::iter::once(kind).chain(pairs);
    Value::map(pairs.map(|(k, v)| (k, Some(v))).collect()).encode()
}

fn fields(kind: u64, bytes: &[u8]) -> Result<Fields, FrameError> {
    if bytes.len() > HELLO_MAX {
        return Err(FrameError::TooLong);
    }
    let mut fields = Fields::of(cbor::decode(bytes, DEPTH)?)?;
    let found = fields.uint(KIND)?;
    if found != kind {
        return Err(FrameError::Kind {
            expected: kind,
            found,
        });
    }
    Ok(fields)
}

fn kex(bytes: [u8; 32], what: &'static str) -> Result<KexPublic, FrameError> {
    KexPublic::from_bytes(bytes).map_err(|_| FrameError::Key(what))
}

fn ed25519(bytes: [u8; 32], what: &'static str) -> Result<PublicKey, FrameError> {
    PublicKey::parse(&bytes).map_err(|_| FrameError::Key(what))
}
