//! Frames on a sync stream: canonical CBOR arrays `[type, ...]`, at most 1 MiB.
//!
//! CDDL and bytes: `docs/formats/frames.md`. Entries travel as their header and payload, unopened.

use linli_base::cbor::{self, Value};
use linli_base::limits::FRAME_MAX;
use linli_base::{CommunityId, EpochId, LogKey};
use linli_charter::Cut;

/// Most items of one kind in a frame; a larger list is split.
pub const ITEMS_MAX: usize = 8_192;

/// One frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// First frame of each side.
    Hello(Hello),
    /// Signed epochs, oldest first.
    Epochs(Vec<Vec<u8>>),
    /// What the sender holds of the lanes that the receiver may carry.
    Heads(Heads),
    /// Entries; numbered so that the receiver can say when it is through with them.
    Entries {
        /// Number of this frame on this link, from 1.
        number: u64,
        /// Encoded entries.
        entries: Vec<Vec<u8>>,
    },
    /// Acts ahead of their logs, each with its author's certificate.
    Acts(Vec<(Vec<u8>, Vec<u8>)>),
    /// Statements.
    Statements(Vec<Vec<u8>>),
    /// The receiver is through with an `Entries` frame: durable, refused or waiting.
    Done(u64),
    /// Heads that have become durable at the sender.
    Have(Vec<Cut>),
    /// Please send a log from a place on.
    Want(Vec<(LogKey, u32)>),
    /// The sender hangs up, and why.
    Bye(u8),
}

/// The first frame: who, of which community, knowing which charter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hello {
    /// Protocol version, 1.
    pub version: u32,
    /// The community.
    pub community: CommunityId,
    /// The device's certificate.
    pub certificate: Vec<u8>,
    /// The device's signature over both ends' network keys, see [`hello_bytes`].
    pub proof: [u8; 64],
    /// Newest epoch held.
    pub epoch: u32,
    /// Its id.
    pub epoch_id: EpochId,
}

/// What the sender holds, in chunks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heads {
    /// Log heads.
    pub heads: Vec<Cut>,
    /// Ids of acts held.
    pub acts: Vec<[u8; 32]>,
    /// Statements held: key 49 (device, topic, to), counter 8 (big-endian).
    pub statements: Vec<[u8; 57]>,
    /// Whether this is the last chunk.
    pub last: bool,
}

/// Why bytes are no frame. The peer's fault; it costs him the link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FrameError {
    /// Over 1 MiB, or over the item bound.
    #[error("the frame is too large")]
    Size,
    /// Not canonical CBOR of a known shape.
    #[error("the frame cannot be read")]
    Shape,
    /// A frame type of a newer version.
    #[error("the frame is of a kind that this version does not know")]
    Unknown,
}

/// What a hello's proof signs: domain ‖ community ‖ sender's network key ‖ receiver's network key.
#[must_use]
pub fn hello_bytes(community: &CommunityId, from_net: &[u8; 32], to_net: &[u8; 32]) -> Vec<u8> {
    let mut body = from_net.to_vec();
    body.extend_from_slice(to_net);
    linli_base::hash::signed_bytes("linli/hello/1", community, &body)
}

fn pack<const N: usize>(items: impl Iterator<Item = [u8; N]>) -> Value {
    Value::Bytes(items.flatten().collect())
}

fn unpack<const N: usize, T>(
    value: Value,
    read: impl Fn([u8; N]) -> Option<T>,
) -> Result<Vec<T>, FrameError> {
    let Value::Bytes(bytes) = value else {
        return Err(FrameError::Shape);
    };
    if bytes.len() % N != 0 || bytes.len() / N > ITEMS_MAX {
        return Err(FrameError::Shape);
    }
    bytes
        .chunks_exact(N)
        .map(|c| c.try_into().ok().and_then(&read).ok_or(FrameError::Shape))
        .collect()
}

fn blobs(list: &[Vec<u8>]) -> Value {
    Value::Array(list.iter().map(|b| Value::bytes(b)).collect())
}

fn read_blobs(value: Value) -> Result<Vec<Vec<u8>>, FrameError> {
    let Value::Array(items) = value else {
        return Err(FrameError::Shape);
    };
    if items.len() > ITEMS_MAX {
        return Err(FrameError::Size);
    }
    items
        .into_iter()
        .map(|i| {
            if let Value::Bytes(b) = i {
                Ok(b)
            } else {
                Err(FrameError::Shape)
            }
        })
        .collect()
}

impl Frame {
    /// The bytes on the stream, without the length prefix.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let items = match self {
            Self::Hello(h) => vec![
                Value::Uint(1),
                Value::Uint(h.version.into()),
                Value::bytes(&h.community.0),
                Value::bytes(&h.certificate),
                Value::bytes(&h.proof),
                Value::Uint(h.epoch.into()),
                Value::bytes(&h.epoch_id.0),
            ],
            Self::Epochs(list) => vec![Value::Uint(2), blobs(list)],
            Self::Heads(h) => vec![
                Value::Uint(3),
                pack(h.heads.iter().map(Cut::to_bytes)),
                pack(h.acts.iter().copied()),
                pack(h.statements.iter().copied()),
                Value::Bool(h.last),
            ],
            Self::Entries { number, entries } => {
                vec![Value::Uint(4), Value::Uint(*number), blobs(entries)]
            }
            Self::Acts(list) => vec![
                Value::Uint(5),
                Value::Array(
                    list.iter()
                        .map(|(e, c)| Value::Array(vec![Value::bytes(e), Value::bytes(c)]))
                        .collect(),
                ),
            ],
            Self::Statements(list) => vec![Value::Uint(6), blobs(list)],
            Self::Done(n) => vec![Value::Uint(7), Value::Uint(*n)],
            Self::Have(heads) => vec![Value::Uint(8), pack(heads.iter().map(Cut::to_bytes))],
            Self::Want(list) => vec![
                Value::Uint(9),
                pack(list.iter().map(|(log, from)| {
                    let mut out = [0; 57];
                    out[..53].copy_from_slice(&log.to_bytes());
                    out[53..].copy_from_slice(&from.to_be_bytes());
                    out
                })),
            ],
            Self::Bye(why) => vec![Value::Uint(10), Value::Uint((*why).into())],
        };
        Value::Array(items).encode()
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// [`FrameError`]; memory stays within a small multiple of the input.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        if bytes.len() > FRAME_MAX {
            return Err(FrameError::Size);
        }
        let Ok(Value::Array(items)) = cbor::decode(bytes, 4) else {
            return Err(FrameError::Shape);
        };
        let mut items = items.into_iter();
        let mut next = || items.next().ok_or(FrameError::Shape);
        let kind = uint(next()?)?;
        let frame = match kind {
            1 => Self::Hello(Hello {
                version: u32::try_from(uint(next()?)?).map_err(|_| FrameError::Shape)?,
                community: CommunityId(fixed(next()?)?),
                certificate: blob(next()?)?,
                proof: fixed(next()?)?,
                epoch: u32::try_from(uint(next()?)?).map_err(|_| FrameError::Shape)?,
                epoch_id: EpochId(fixed(next()?)?),
            }),
            2 => Self::Epochs(read_blobs(next()?)?),
            3 => Self::Heads(Heads {
                heads: unpack(next()?, |b: [u8; 89]| Cut::from_bytes(&b))?,
                acts: unpack(next()?, Some)?,
                statements: unpack(next()?, Some)?,
                last: next()? == Value::Bool(true),
            }),
            4 => Self::Entries {
                number: uint(next()?)?,
                entries: read_blobs(next()?)?,
            },
            5 => {
                let Value::Array(list) = next()? else {
                    return Err(FrameError::Shape);
                };
                let mut acts = Vec::new();
                for item in list {
                    let Value::Array(pair) = item else {
                        return Err(FrameError::Shape);
                    };
                    let [entry, cert] =
                        <[Value; 2]>::try_from(pair).map_err(|_| FrameError::Shape)?;
                    acts.push((blob(entry)?, blob(cert)?));
                }
                Self::Acts(acts)
            }
            6 => Self::Statements(read_blobs(next()?)?),
            7 => Self::Done(uint(next()?)?),
            8 => Self::Have(unpack(next()?, |b: [u8; 89]| Cut::from_bytes(&b))?),
            9 => Self::Want(unpack(next()?, |b: [u8; 57]| {
                let log = LogKey::from_bytes(&b[..53])?;
                Some((log, u32::from_be_bytes(b[53..].try_into().ok()?)))
            })?),
            10 => Self::Bye(u8::try_from(uint(next()?)?).map_err(|_| FrameError::Shape)?),
            _ => return Err(FrameError::Unknown),
        };
        if items.next().is_some() {
            return Err(FrameError::Shape);
        }
        Ok(frame)
    }
}

fn uint(value: Value) -> Result<u64, FrameError> {
    if let Value::Uint(n) = value {
        Ok(n)
    } else {
        Err(FrameError::Shape)
    }
}

fn blob(value: Value) -> Result<Vec<u8>, FrameError> {
    if let Value::Bytes(b) = value {
        Ok(b)
    } else {
        Err(FrameError::Shape)
    }
}

fn fixed<const N: usize>(value: Value) -> Result<[u8; N], FrameError> {
    blob(value)?.try_into().map_err(|_| FrameError::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_base::*;
    use proptest::prelude::*;

    #[test]
    fn frames_are_read_as_written() {
        let log = LogKey {
            device: DeviceId([1; 32]),
            lane: LaneKey {
                class: LaneClass::Board,
                scope: ScopeId::ZERO,
                period: Period(672),
            },
        };
        let cut = Cut {
            log,
            seq: 4,
            id: EntryId([2; 32]),
        };
        for frame in [
            Frame::Hello(Hello {
                version: 1,
                community: CommunityId([3; 32]),
                certificate: vec![1; 300],
                proof: [4; 64],
                epoch: 2,
                epoch_id: EpochId([5; 32]),
            }),
            Frame::Epochs(vec![vec![1], vec![2]]),
            Frame::Heads(Heads {
                heads: vec![cut],
                acts: vec![[6; 32]],
                statements: vec![[7; 57]],
                last: true,
            }),
            Frame::Entries {
                number: 1,
                entries: vec![vec![9; 232]],
            },
            Frame::Acts(vec![(vec![1], vec![])]),
            Frame::Statements(vec![vec![8; 120]]),
            Frame::Done(7),
            Frame::Have(vec![cut]),
            Frame::Want(vec![(log, 3)]),
            Frame::Bye(2),
        ] {
            assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
        }
        assert_eq!(Frame::decode(&[0x81, 0x18, 99]), Err(FrameError::Unknown));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn any_bytes_are_refused_or_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(frame) = Frame::decode(&bytes) {
                prop_assert_eq!(frame.encode(), bytes);
            }
        }
    }
}
