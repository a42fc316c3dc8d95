//! Cutting a piece out of a blob, and proving one against the hash of the whole.

use super::{BlobAsk, GROUP};
use bao_tree::io::outboard::PreOrderMemOutboard;
use bao_tree::io::sync::{DecodeResponseIter, encode_ranges_validated};
use bao_tree::io::{BaoContentItem, Leaf};
use bao_tree::{BaoTree, BlockSize, ChunkNum, ChunkRanges, blake3};
use thiserror::Error;

/// 16 KiB: 2^4 chunks of BLAKE3.
const BLOCK: BlockSize = BlockSize::from_chunk_log(4);
const CHUNKS: u64 = (GROUP as u64) >> 10;

/// Why bytes are not the piece that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PieceFault {
    /// They do not lead to the hash: whoever sent them lies, or his disk does.
    #[error("the bytes are not those of the hash")]
    Wrong,
    /// They end too early, or go on.
    #[error("the piece is too short or too long")]
    Length,
}

fn ranges(ask: &BlobAsk) -> ChunkRanges {
    let from = u64::from(ask.first) * CHUNKS;
    let until = from + u64::from(ask.groups) * CHUNKS;
    ChunkRanges::from(ChunkNum(from)..ChunkNum(until))
}

/// A blob with the tree of its hashes, which takes as long to make as hashing the blob: whoever is asked for one piece of
/// it is asked for the next.
#[derive(Debug)]
pub struct Loaf {
    bytes: Vec<u8>,
    tree: PreOrderMemOutboard,
}

impl Loaf {
    /// Of these bytes, whatever their hash is.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        let tree = PreOrderMemOutboard::create(&bytes, BLOCK);
        Self { bytes, tree }
    }

    /// The piece that is asked for, with the hashes that prove it. `None` if the ask names another blob.
    #[must_use]
    pub fn cut(&self, ask: &BlobAsk) -> Option<Vec<u8>> {
        if self.bytes.len() != ask.size as usize || *self.tree.root.as_bytes() != ask.hash {
            return None;
        }
        let mut out = Vec::with_capacity(ask.span().1 + 4096);
        encode_ranges_validated(self.bytes.as_slice(), &self.tree, &ranges(ask), &mut out).ok()?;
        Some(out)
    }
}

/// The bytes of the piece, once they are proven to be those of the hash.
///
/// # Errors
/// [`PieceFault`]; nothing of such a piece is used.
pub fn open(ask: &BlobAsk, piece: &[u8]) -> Result<Vec<u8>, PieceFault> {
    let (from, length) = ask.span();
    let ranges = ranges(ask);
    let tree = BaoTree::new(u64::from(ask.size), BLOCK);
    let mut rest = piece;
    let mut bytes = Vec::with_capacity(length);
    for item in
        DecodeResponseIter::new(blake3::Hash::from_bytes(ask.hash), tree, &mut rest, &ranges)
    {
        match item {
            Ok(BaoContentItem::Parent(_)) => {}
            Ok(BaoContentItem::Leaf(Leaf { offset, data })) => {
                let next = (from + bytes.len()) as u64;
                if offset != next || bytes.len() + data.len() > length {
                    return Err(PieceFault::Length);
                }
                bytes.extend_from_slice(&data);
            }
            Err(
                bao_tree::io::DecodeError::ParentHashMismatch(_)
                | bao_tree::io::DecodeError::LeafHashMismatch(_),
            ) => return Err(PieceFault::Wrong),
            Err(_) => return Err(PieceFault::Length),
        }
    }
    if rest.is_empty() && bytes.len() == length {
        Ok(bytes)
    } else {
        Err(PieceFault::Length)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::blob::{BLOB_ANSWER_MAX, BLOB_MAX, PIECE_GROUPS};
    use bao_tree::blake3::hazmat::HasherExt as _;
    use proptest::prelude::*;

    fn blob(length: usize) -> Vec<u8> {
        (0..length).map(|n| (n / 7 + n / 1024) as u8).collect()
    }

    fn cut(blob: &[u8], ask: &BlobAsk) -> Option<Vec<u8>> {
        Loaf::of(blob.to_vec()).cut(ask)
    }

    fn ask(blob: &[u8], first: u32, groups: u16) -> BlobAsk {
        BlobAsk {
            hash: *blake3::hash(blob).as_bytes(),
            size: u32::try_from(blob.len()).unwrap(),
            first,
            groups,
        }
    }

    /// The layout: the pairs of hashes on the way down, left before right, each before what it proves. The hashes
    /// are those of BLAKE3 alone, computed here without the crate that made the piece.
    #[test]
    fn a_piece_of_two_groups_is_its_pair_of_hashes_and_its_bytes() {
        let blob = blob(GROUP + 10);
        let piece = cut(&blob, &ask(&blob, 0, 16)).unwrap();
        assert_eq!(piece.len(), 64 + GROUP + 10);
        assert_eq!(&piece[64..], &blob[..]);
        let first = cut(&blob, &ask(&blob, 0, 1)).unwrap();
        assert_eq!(first, piece[..64 + GROUP]);
        let second = cut(&blob, &ask(&blob, 1, 1)).unwrap();
        assert_eq!(second, [&piece[..64], &blob[GROUP..]].concat());
        let left = blake3::Hasher::new()
            .update(&blob[..GROUP])
            .finalize_non_root();
        let mut right = blake3::Hasher::new();
        right.set_input_offset(GROUP as u64);
        let right = right.update(&blob[GROUP..]).finalize_non_root();
        assert_eq!(piece[..64], [left, right].concat());
    }

    #[test]
    fn a_blob_of_one_group_has_no_hashes() {
        let blob = blob(1000);
        assert_eq!(cut(&blob, &ask(&blob, 0, 16)).unwrap(), blob);
    }

    #[test]
    fn the_largest_piece_fits_an_answer() {
        let blob = blob(BLOB_MAX);
        let groups = BLOB_MAX.div_ceil(GROUP) as u32;
        for first in (0..groups).step_by(usize::from(PIECE_GROUPS)) {
            let ask = ask(&blob, first, PIECE_GROUPS);
            let piece = cut(&blob, &ask).unwrap();
            assert!(piece.len() < BLOB_ANSWER_MAX, "{}", piece.len());
            let (from, length) = ask.span();
            assert_eq!(open(&ask, &piece).unwrap(), blob[from..from + length]);
        }
    }

    #[test]
    fn what_is_not_the_blob_is_not_cut() {
        let blob = blob(50_000);
        let mut ask = ask(&blob, 0, 1);
        ask.size += 1;
        assert_eq!(cut(&blob, &ask), None);
        ask.size -= 1;
        ask.hash[0] ^= 1;
        assert_eq!(cut(&blob, &ask), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn pieces_in_any_order_make_the_blob(length in 1..400_000_usize, groups in 1..=16_u16) {
            let blob = blob(length);
            let mut whole = vec![0; length];
            let last = length.div_ceil(GROUP) as u32;
            let firsts: Vec<u32> = (0..last).step_by(usize::from(groups)).collect();
            for first in firsts.into_iter().rev() {
                let ask = ask(&blob, first, groups);
                let bytes = open(&ask, &cut(&blob, &ask).unwrap()).unwrap();
                let (from, length) = ask.span();
                whole[from..from + length].copy_from_slice(&bytes);
            }
            prop_assert_eq!(whole, blob);
        }

        #[test]
        fn no_changed_byte_gets_through(length in 1..100_000_usize, at in 0_usize.., to in 1_u8..) {
            let blob = blob(length);
            let ask = ask(&blob, 0, 16);
            let mut piece = cut(&blob, &ask).unwrap();
            let at = at % piece.len();
            piece[at] ^= to;
            prop_assert_eq!(open(&ask, &piece), Err(PieceFault::Wrong));
        }

        #[test]
        fn no_piece_is_too_short_or_too_long(length in 1..100_000_usize, cut_off in 1_usize..) {
            let blob = blob(length);
            let ask = ask(&blob, 0, 16);
            let mut piece = cut(&blob, &ask).unwrap();
            let short = piece.len() - 1 - cut_off % piece.len();
            prop_assert!(open(&ask, &piece[..short]).is_err());
            piece.push(0);
            prop_assert_eq!(open(&ask, &piece), Err(PieceFault::Length));
        }

        #[test]
        fn any_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000), size in 1..200_000_u32) {
            let ask = BlobAsk { hash: [3; 32], size, first: 0, groups: 16 };
            prop_assert!(open(&ask, &bytes).is_err());
        }
    }
}
