//! What a neighbour may have, and how much of it in a while.
//!
//! He may have a blob if he may carry an entry that refers to it: the rule by which he would get that entry. What is
//! unknown and what is not for him get the same answer.

use super::shelf::Shelf;
use super::{BlobId, Lanes};
use linli_base::time::Moment;
use linli_base::{DeviceId, LaneKey};
use linli_net::blob::{Loaf, PIECE_GROUPS};
use linli_net::{BlobAnswer, BlobAsk, NetKey};
use std::collections::{BTreeMap, VecDeque};

/// A neighbour may take this much at once: what a year of a community has, so that a new computer is not kept waiting ..
pub(super) const AT_ONCE: u64 = 1 << 30;
/// .. and this much each second in the long run: a twelfth of a gigabit link. Entries go first anyway.
const PER_SECOND: u64 = 8 << 20;
/// Neighbours whose share is remembered.
const SHARES_MAX: usize = 512;
/// Blobs kept in memory: a neighbour asks for two at a time, and two neighbours are served without reading anew.
const LAST: usize = 4;

/// Serves pieces.
#[derive(Default)]
pub(crate) struct Server {
    /// What each has left, and when that was.
    shares: BTreeMap<NetKey, (u64, Moment)>,
    /// The blobs that were served last, the latest first: the next piece of them is asked for next.
    last: VecDeque<(BlobId, Loaf)>,
}

impl Server {
    /// Answers one ask.
    pub(crate) fn answer(
        &mut self,
        now: Moment,
        peer: NetKey,
        ask: &[u8],
        shelf: &dyn Shelf,
        may: impl Fn(&BlobId) -> bool,
    ) -> BlobAnswer {
        let Some(ask) = BlobAsk::decode(ask) else {
            return BlobAnswer::No;
        };
        let id = BlobId {
            hash: ask.hash,
            size: ask.size,
        };
        if !may(&id) {
            return BlobAnswer::No;
        }
        let kept = self.last.iter().any(|(of, _)| *of == id);
        // Of one that is not at hand all is read: who does not begin at its beginning, as everybody does, pays for that.
        let begins = ask.first == 0 && ask.groups == PIECE_GROUPS;
        let read = if kept || begins { 0 } else { id.size };
        if !self.takes(now, peer, ask.span().1 as u64 + u64::from(read)) {
            return BlobAnswer::Later;
        }
        let Some(loaf) = self.loaf(&id, shelf) else {
            return BlobAnswer::NotYet;
        };
        loaf.cut(&ask).map_or(BlobAnswer::No, BlobAnswer::Piece)
    }

    fn loaf(&mut self, id: &BlobId, shelf: &dyn Shelf) -> Option<&Loaf> {
        let kept = match self.last.iter().position(|(of, _)| of == id) {
            Some(at) => self.last.remove(at)?,
            None => (*id, Loaf::of(shelf.whole(id)?)),
        };
        self.last.truncate(LAST - 1);
        self.last.push_front(kept);
        self.last.front().map(|(_, loaf)| loaf)
    }

    fn takes(&mut self, now: Moment, peer: NetKey, bytes: u64) -> bool {
        if self.shares.len() >= SHARES_MAX && !self.shares.contains_key(&peer) {
            self.shares.pop_first();
        }
        let (left, at) = self.shares.get(&peer).copied().unwrap_or((AT_ONCE, now));
        let grown = now.0.saturating_sub(at.0).saturating_mul(PER_SECOND) / 1000;
        let left = left.saturating_add(grown).min(AT_ONCE);
        let enough = left >= bytes;
        let left = if enough { left - bytes } else { left };
        self.shares.insert(peer, (left, now));
        enough
    }

    /// Forgets what is kept in memory of a blob that goes.
    pub(crate) fn forget(&mut self, id: &BlobId) {
        self.last.retain(|(of, _)| of != id);
    }
}

/// Whether a device may have a blob: it may carry one of the lanes in which an entry refers to it.
pub(crate) fn entitled(
    lanes: &Lanes,
    id: &BlobId,
    device: &DeviceId,
    may_carry: impl Fn(&DeviceId, &LaneKey) -> bool,
) -> bool {
    let mut of = lanes.get(id).into_iter().flatten();
    of.any(|lane| may_carry(device, lane))
}
