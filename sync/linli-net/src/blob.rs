//! Pieces of sealed attachments between neighbours: what one asks, what the other answers, and who carries it.
//!
//! A piece is up to [`PIECE_GROUPS`] groups of 16 KiB, with the hashes that prove it against the BLAKE3 root of the
//! whole: the verified streaming of `iroh-blobs` (its own crate `bao-tree`), over a protocol of ours between peers that
//! are linked already (`docs/decisions/0023-attachments.md`). An ask names all it wants, so a lost one costs
//! nothing but itself, and whoever comes back goes on where he was. Bytes: `docs/formats/attachment.md`.
//!
//! [`Carrier`] is the port: [`crate::NetHandle`] carries over libp2p, a test carries in memory.

mod piece;

pub use piece::{Loaf, PieceFault, open};

use crate::event::AskId;
use crate::key::NetKey;

/// Bytes of one group: what a hash at the bottom of the tree stands for.
pub const GROUP: usize = 16 << 10;
/// Most groups in one piece: 256 KiB.
pub const PIECE_GROUPS: u16 = 16;
/// Largest blob that is asked for or served.
pub const BLOB_MAX: usize = linli_base::limits::SEALED_ATTACHMENT_MAX;
/// Longest ask in bytes.
pub const BLOB_ASK_MAX: usize = 43;
/// Longest answer in bytes: a piece, its hashes, and the first byte.
pub const BLOB_ANSWER_MAX: usize = 300 << 10;

/// Version of asks and answers.
const VERSION: u8 = 1;

/// What is asked of one peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobAsk {
    /// BLAKE3 of the whole.
    pub hash: [u8; 32],
    /// How many bytes the whole has.
    pub size: u32,
    /// The first group wanted.
    pub first: u32,
    /// How many groups are wanted, at most [`PIECE_GROUPS`].
    pub groups: u16,
}

impl BlobAsk {
    /// The bytes of the ask.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend_from_slice(&self.hash);
        out.extend_from_slice(&self.size.to_be_bytes());
        out.extend_from_slice(&self.first.to_be_bytes());
        out.extend_from_slice(&self.groups.to_be_bytes());
        out
    }

    /// Reads [`Self::encode`]; `None` for anything else, and for a piece that no blob can have.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (hash, rest) = rest.split_first_chunk::<32>()?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let (first, rest) = rest.split_first_chunk::<4>()?;
        let groups: [u8; 2] = rest.try_into().ok()?;
        let ask = Self {
            hash: *hash,
            size: u32::from_be_bytes(*size),
            first: u32::from_be_bytes(*first),
            groups: u16::from_be_bytes(groups),
        };
        (*version == VERSION && ask.is_sound()).then_some(ask)
    }

    fn is_sound(&self) -> bool {
        let size = self.size as usize;
        (1..=PIECE_GROUPS).contains(&self.groups)
            && (1..=BLOB_MAX).contains(&size)
            && (self.first as usize) < size.div_ceil(GROUP)
    }

    /// Where the piece begins, and how many bytes it has: the last one may be short.
    #[must_use]
    pub fn span(&self) -> (usize, usize) {
        let from = self.first as usize * GROUP;
        let until = (from + usize::from(self.groups) * GROUP).min(self.size as usize);
        (from, until.saturating_sub(from))
    }
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobAnswer {
    /// 0: unknown, or not for you; nobody is told which.
    No,
    /// 1: not now; ask again in a while.
    Later,
    /// 2: the piece with its hashes, as [`Loaf::cut`] makes it.
    Piece(Vec<u8>),
    /// 3: for you, but not here yet.
    NotYet,
}

impl BlobAnswer {
    /// The bytes of the answer.
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        match self {
            Self::No => vec![0],
            Self::Later => vec![1],
            Self::Piece(bytes) => [vec![2], bytes].concat(),
            Self::NotYet => vec![3],
        }
    }

    /// Reads [`Self::encode`]; what is no answer is a no.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Self {
        match bytes {
            [1] => Self::Later,
            [2, piece @ ..] => Self::Piece(piece.to_vec()),
            [3] => Self::NotYet,
            _ => Self::No,
        }
    }
}

/// Why an ask got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobFault {
    /// The peer is no longer linked, or the connection broke.
    Gone,
    /// The peer is of a version that has no attachments.
    Unknown,
    /// Nothing came in time.
    Silent,
}

/// Carries asks to peers. Answers come back by the name that [`Carrier::ask`] gave.
pub trait Carrier {
    /// Sends an ask to a peer; `None` if that cannot be now.
    fn ask(&mut self, peer: NetKey, ask: &BlobAsk) -> Option<AskId>;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const ASK: BlobAsk = BlobAsk {
        hash: [7; 32],
        size: 300_000,
        first: 2,
        groups: 16,
    };

    #[test]
    fn the_bytes_are_those_of_the_documents() {
        let expected = [
            &[1][..],
            &[7; 32],
            &[0, 4, 147, 224],
            &[0, 0, 0, 2],
            &[0, 16],
        ]
        .concat();
        assert_eq!(ASK.encode(), expected);
        assert_eq!(expected.len(), BLOB_ASK_MAX);
        assert_eq!(BlobAsk::decode(&expected), Some(ASK));
        assert_eq!(ASK.span(), (32_768, 262_144));
        let last = BlobAsk { first: 18, ..ASK };
        assert_eq!(last.span(), (294_912, 5_088));
        for (answer, bytes) in [
            (BlobAnswer::No, vec![0]),
            (BlobAnswer::Later, vec![1]),
            (BlobAnswer::NotYet, vec![3]),
            (BlobAnswer::Piece(vec![9, 9]), vec![2, 9, 9]),
        ] {
            assert_eq!(answer.clone().encode(), bytes);
            assert_eq!(BlobAnswer::decode(&bytes), answer);
        }
    }

    #[test]
    fn asks_that_no_blob_can_answer_are_none() {
        for bad in [
            BlobAsk { groups: 0, ..ASK },
            BlobAsk { groups: 17, ..ASK },
            BlobAsk { first: 19, ..ASK },
            BlobAsk {
                size: 0,
                first: 0,
                ..ASK
            },
            BlobAsk {
                size: u32::MAX,
                ..ASK
            },
        ] {
            assert_eq!(BlobAsk::decode(&bad.encode()), None, "{bad:?}");
        }
        let mut other = ASK.encode();
        other[0] = 2;
        assert_eq!(BlobAsk::decode(&other), None);
        assert_eq!(BlobAsk::decode(&ASK.encode()[..42]), None);
        assert_eq!(BlobAsk::decode(&[&ASK.encode()[..], &[0]].concat()), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_an_ask_or_not(bytes in proptest::collection::vec(0_u8.., 0..60)) {
            if let Some(ask) = BlobAsk::decode(&bytes) {
                proptest::prop_assert_eq!(ask.encode(), bytes);
            }
        }
    }
}
