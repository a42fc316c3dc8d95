//! Whom to ask for which piece, two at a time from each neighbour, of two blobs; pure: it sends nothing and keeps nothing.
//!
//! A blob is fetched from its beginning on, so that what has come is one number. Whoever says no is asked again later
//! and later; whoever sends what the hash does not prove is not asked again as long as this program runs.

use super::BlobId;
use linli_base::time::Moment;
use linli_net::blob::{GROUP, PIECE_GROUPS, PieceFault};
use linli_net::{BlobAnswer, BlobAsk, BlobFault, NetKey};
use std::collections::{BTreeMap, BTreeSet};

/// Pieces under way at the same time ..
const FLIGHTS_MAX: usize = 4;
/// .. and of these from one neighbour who has sent one already: while it is proven and put, the other is on its way. Whoever
/// has sent nothing yet, or was silent, has but one of the places.
const FLIGHTS_EACH: usize = 2;
/// Who has not got it yet himself is asked again after this time, then after twice as long ..
const YET_PAUSE_MS: u64 = 1_000;
/// .. up to this.
const YET_PAUSE_MAX_MS: u64 = 60_000;
/// After a no the same neighbour is asked for the same blob again after this time, then after twice as long ..
const NO_PAUSE_MS: u64 = 5_000;
/// .. up to this.
const NO_PAUSE_MAX_MS: u64 = 600_000;
/// A neighbour who said "later", or went, is left alone for so long; who says nothing, twice as long each time, up to
/// [`NO_PAUSE_MAX_MS`].
const PEER_PAUSE_MS: u64 = 3_000;
/// The same where the disk had no room: what is urgent needs it more.
const DISK_PAUSE_MS: u64 = 30_000;

/// What is wanted, and how far it has come.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Want {
    /// Bytes that are here, a whole number of groups.
    come: usize,
    /// Who may have it: neighbours who may carry an entry that refers to it.
    of: BTreeSet<NetKey>,
    /// Who said no: when to ask again, and how often they have.
    no: BTreeMap<NetKey, (Moment, u32)>,
    /// Who sent the last piece.
    from: Option<NetKey>,
}

impl Want {
    fn pause(&mut self, now: Moment, peer: NetKey, first_ms: u64, longest_ms: u64) {
        let (_, times) = self.no.get(&peer).copied().unwrap_or((now, 0));
        let pause = (first_ms << times.min(10)).min(longest_ms);
        self.no.insert(peer, (now.plus(pause), times + 1));
    }
}

/// A piece under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Flight {
    peer: NetKey,
    id: BlobId,
    ask: BlobAsk,
}

/// What came of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Came {
    /// Bytes that are proven, to be put at this place.
    Piece {
        id: BlobId,
        at: usize,
        bytes: Vec<u8>,
    },
    /// Nothing yet.
    Nothing,
    /// This neighbour sends what is not the blob.
    Lie(NetKey),
}

/// The state. See the module's text.
#[derive(Default, Debug)]
pub(crate) struct Fetcher {
    wants: BTreeMap<BlobId, Want>,
    /// In this order.
    order: Vec<BlobId>,
    flying: BTreeMap<u64, Flight>,
    resting: BTreeMap<NetKey, Moment>,
    /// Who said nothing at all, how often in a row.
    silent: BTreeMap<NetKey, u32>,
    liars: BTreeSet<NetKey>,
    /// Who has sent a piece, and was not silent since.
    sends: BTreeSet<NetKey>,
    /// Nothing is asked before, because the disk was full.
    not_before: Option<Moment>,
    /// Bytes of pieces that have come, proven, since the start.
    received: u64,
}

impl Fetcher {
    /// What is wanted from now on, in this order, with the bytes that are here.
    pub(crate) fn want(&mut self, wanted: impl IntoIterator<Item = (BlobId, usize)>) {
        let mut before = std::mem::take(&mut self.wants);
        self.order.clear();
        for (id, come) in wanted {
            // Half a group, after a crash, is asked for again; so is the last one of a blob that only lacks its name.
            let come = come.min((id.size as usize).saturating_sub(1)) / GROUP * GROUP;
            let want = before.remove(&id).unwrap_or(Want {
                come,
                of: BTreeSet::new(),
                no: BTreeMap::new(),
                from: None,
            });
            self.order.push(id);
            self.wants.insert(id, want);
        }
        self.flying
            .retain(|_, flight| self.wants.contains_key(&flight.id));
    }

    /// Who is here and may have what: asked for each blob that is wanted.
    pub(crate) fn meet(&mut self, of: impl Fn(&BlobId) -> BTreeSet<NetKey>) {
        for (id, want) in &mut self.wants {
            let now_of = of(id);
            // Who has gone and come again may have got it meanwhile.
            want.no.retain(|peer, _| now_of.contains(peer));
            want.of = now_of;
        }
    }

    /// Whether something is missing.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.wants.is_empty()
    }

    /// How far a wanted blob has come, and who sent the last piece.
    pub(crate) fn progress(&self, id: &BlobId) -> Option<(usize, Option<NetKey>)> {
        self.wants.get(id).map(|want| (want.come, want.from))
    }

    /// Bytes of pieces that have come since the start.
    pub(crate) const fn received(&self) -> u64 {
        self.received
    }

    /// What to ask now, so that at most so many are under way; the caller says by which name each ask goes, or nothing if
    /// it cannot go.
    pub(crate) fn next(
        &mut self,
        now: Moment,
        most: usize,
        mut send: impl FnMut(NetKey, &BlobAsk) -> Option<u64>,
    ) {
        if self.not_before.is_some_and(|at| now < at) {
            return;
        }
        self.not_before = None;
        for id in self.order.clone() {
            if self.flying.len() >= FLIGHTS_MAX.min(most) {
                return;
            }
            if self.flying.values().any(|flight| flight.id == id) {
                continue;
            }
            let Some(peer) = self.choose(now, &id) else {
                continue;
            };
            let Some(want) = self.wants.get(&id) else {
                continue;
            };
            let ask = BlobAsk {
                hash: id.hash,
                size: id.size,
                first: u32::try_from(want.come / GROUP).unwrap_or(u32::MAX),
                groups: PIECE_GROUPS,
            };
            if let Some(name) = send(peer, &ask) {
                self.flying.insert(name, Flight { peer, id, ask });
            }
        }
    }

    /// The neighbour to ask for a blob: who sent the last piece of it, else anyone who may have it.
    fn choose(&self, now: Moment, id: &BlobId) -> Option<NetKey> {
        let want = self.wants.get(id)?;
        let under_way = |peer: &NetKey| {
            let flights = self.flying.values();
            flights.filter(|flight| flight.peer == *peer).count()
        };
        let free = |peer: &&NetKey| {
            !self.liars.contains(peer)
                && self.resting.get(peer).is_none_or(|until| now >= *until)
                && want.no.get(peer).is_none_or(|(until, _)| now >= *until)
                && under_way(peer)
                    < if self.sends.contains(*peer) {
                        FLIGHTS_EACH
                    } else {
                        1
                    }
        };
        let last = want.from.as_ref().filter(|peer| want.of.contains(peer));
        let last = last.filter(free);
        // Not all begin with the same neighbour: whom to ask first differs from blob to blob.
        let start = NetKey(id.hash);
        let after = want.of.range(start..).chain(want.of.range(..start));
        last.or_else(|| after.into_iter().find(free)).copied()
    }

    /// Takes what came of an ask; `open` proves a piece, as [`blob::open`] does.
    pub(crate) fn answered_by(
        &mut self,
        now: Moment,
        name: u64,
        answer: Result<Vec<u8>, BlobFault>,
        open: impl FnOnce(&BlobAsk, &[u8]) -> Result<Vec<u8>, PieceFault>,
    ) -> Came {
        let Some(Flight { peer, id, ask }) = self.flying.remove(&name) else {
            return Came::Nothing;
        };
        let answer = match answer {
            Ok(bytes) => BlobAnswer::decode(&bytes),
            Err(BlobFault::Unknown) => {
                // Of a version without attachments: not again while he is here.
                self.rest(peer, now.plus(NO_PAUSE_MAX_MS));
                return Came::Nothing;
            }
            Err(BlobFault::Gone) => {
                self.rest(peer, now.plus(PEER_PAUSE_MS));
                return Came::Nothing;
            }
            Err(BlobFault::Silent) => {
                // He kept one of the few places for a minute, and nobody else had it.
                self.sends.remove(&peer);
                if self.resting.get(&peer).is_some_and(|until| now < *until) {
                    // Of two that went at once, the other was counted.
                    return Came::Nothing;
                }
                let times = self.silent.entry(peer).or_insert(0);
                let pause = (PEER_PAUSE_MS << (*times).min(10)).min(NO_PAUSE_MAX_MS);
                *times += 1;
                self.rest(peer, now.plus(pause));
                return Came::Nothing;
            }
        };
        self.silent.remove(&peer);
        let Some(want) = self.wants.get_mut(&id) else {
            return Came::Nothing;
        };
        match answer {
            BlobAnswer::Later => self.rest(peer, now.plus(PEER_PAUSE_MS)),
            BlobAnswer::NotYet => want.pause(now, peer, YET_PAUSE_MS, YET_PAUSE_MAX_MS),
            BlobAnswer::No => want.pause(now, peer, NO_PAUSE_MS, NO_PAUSE_MAX_MS),
            BlobAnswer::Piece(piece) => {
                let Ok(bytes) = open(&ask, &piece) else {
                    self.liars.insert(peer);
                    return Came::Lie(peer);
                };
                self.sends.insert(peer);
                want.from = Some(peer);
                want.no.remove(&peer);
                self.received += bytes.len() as u64;
                let (at, _) = ask.span();
                return Came::Piece { id, at, bytes };
            }
        }
        Came::Nothing
    }

    /// What was put is here; `true`: the blob is whole and no longer wanted.
    pub(crate) fn put(&mut self, id: &BlobId, come: usize, whole: bool) {
        if whole {
            self.wants.remove(id);
            self.order.retain(|other| other != id);
        } else if let Some(want) = self.wants.get_mut(id) {
            want.come = come / GROUP * GROUP;
        }
    }

    /// The disk did not take it.
    pub(crate) fn disk_refused(&mut self, now: Moment) {
        self.not_before = Some(now.plus(DISK_PAUSE_MS));
    }

    fn rest(&mut self, peer: NetKey, until: Moment) {
        self.resting.insert(peer, until);
    }
}

#[cfg(test)]
#[path = "tests.rs"]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

#[cfg(test)]
#[path = "wire_tests.rs"]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod wire_tests;
