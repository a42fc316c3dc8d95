//! Pieces of attachments between neighbours: asked for, answered, put on the shelf.

use super::Blobs;
use crate::api::Fault;
use crate::blobs::BlobId;
use crate::blobs::fetch::Came;
use crate::blobs::serve::entitled;
use crate::blobs::shelf::ShelfFault;
use crate::owner::{Owner, State};
use crate::replica::Topic;
use linli_base::DeviceId;
use linli_net::blob::{self, PieceFault};
use linli_net::{BlobAnswer, BlobAsk, BlobFault, Carrier, NetKey};
use std::collections::{BTreeMap, BTreeSet};

/// Entries go first: nothing is asked for so long after a frame of entries has come, unless the last piece came
/// [`STARVED_MS`] ago.
const QUIET_MS: u64 = 300;
const STARVED_MS: u64 = 5_000;

impl Owner {
    /// Asks neighbours for what is missing; the loop calls it when all else is done.
    pub(crate) fn blob_chores(&mut self, carrier: &mut dyn Carrier) -> Result<(), Fault> {
        self.follow_blobs()?;
        if !self.blobs.fetcher.is_waiting() {
            return Ok(());
        }
        let now = self.now().moment;
        let busy = self
            .blobs
            .entries_at
            .is_some_and(|at| now < at.plus(QUIET_MS));
        if busy && now < self.blobs.asked_at.plus(STARVED_MS) {
            return Ok(());
        }
        let here = self.neighbours();
        let replica = match &self.state {
            State::Member(replica) => replica,
            _ => return Ok(()),
        };
        let authority = replica.authority();
        let blobs = &mut self.blobs;
        if blobs.met.as_ref() != Some(&here) {
            let lanes = &blobs.lanes;
            blobs.fetcher.meet(|id| {
                let may = |device: &DeviceId| {
                    entitled(lanes, id, device, |d, lane| authority.may_carry(d, lane))
                };
                let of = here.iter().filter(|(_, device)| may(device));
                of.map(|(peer, _)| *peer).collect()
            });
            blobs.met = Some(here);
        }
        let asked_at = &mut blobs.asked_at;
        // While entries come, one alone.
        let most = if busy { 1 } else { usize::MAX };
        blobs.fetcher.next(now, most, |peer, ask| {
            *asked_at = now;
            carrier.ask(peer, ask).map(|name| name.0)
        });
        Ok(())
    }

    /// Who is here, by the key that the transport proved.
    fn neighbours(&self) -> BTreeMap<NetKey, DeviceId> {
        let Ok(replica) = self.replica_ref() else {
            return BTreeMap::new();
        };
        let online: BTreeSet<DeviceId> = replica.hub().online().collect();
        let of = self.net_of_link.iter().filter_map(|(link, key)| {
            let device = replica.hub().device_of(*link)?;
            online.contains(&device).then_some((NetKey(*key), device))
        });
        of.collect()
    }

    /// Answers a neighbour who asks for a piece.
    pub(crate) fn blob_asked(&mut self, peer: NetKey, ask: &[u8]) -> Vec<u8> {
        self.blob_asked_where(peer, ask, |may| may)
    }

    /// The same, with a say in whether he may: the simulator plants a fault there.
    pub(crate) fn blob_asked_where(
        &mut self,
        peer: NetKey,
        ask: &[u8],
        judge: impl Fn(bool) -> bool,
    ) -> Vec<u8> {
        let now = self.now().moment;
        // What is referred to no more is not served any more either.
        let _ = self.follow_blobs();
        let device = self.neighbours().get(&peer).copied();
        let State::Member(replica) = &self.state else {
            return BlobAnswer::No.encode();
        };
        let authority = replica.authority();
        let Blobs {
            shelf,
            server,
            lanes,
            ..
        } = &mut self.blobs;
        let may = |id: &BlobId| {
            judge(device.is_some_and(|device| {
                entitled(lanes, id, &device, |d, lane| authority.may_carry(d, lane))
            }))
        };
        let answer = server.answer(now, peer, ask, shelf.as_ref(), may);
        if answer == BlobAnswer::NotYet
            && let Some(ask) = BlobAsk::decode(ask)
        {
            let (hash, size) = (ask.hash, ask.size);
            self.is_sound(&BlobId { hash, size });
        }
        answer.encode()
    }

    /// Whether a blob is here as it was sealed. What the disk has changed goes, and is fetched again.
    pub(super) fn is_sound(&mut self, id: &BlobId) -> bool {
        let blobs = &mut self.blobs;
        let has = blobs.lanes.contains_key(id) && blobs.shelf.has(id);
        let sound = has && blobs.shelf.whole(id).is_some();
        let wanted = blobs.kept.contains(id) && blobs.fetcher.progress(id).is_none();
        if !has && wanted && blobs.shelf.come(id) < id.size as usize {
            // Somebody took the file away: it is fetched again.
            (blobs.stale, blobs.recount) = (true, true);
        }
        if has && !sound {
            tracing::warn!("the disk has changed an attachment; it is fetched again");
            blobs.shelf.remove(id);
            (blobs.stale, blobs.recount) = (true, true);
        }
        sound
    }

    /// Takes what came of asking for a piece.
    pub(crate) fn blob_answered(&mut self, ask: u64, answer: Result<Vec<u8>, BlobFault>) {
        self.blob_answered_by(ask, answer, blob::open);
    }

    /// The same, with how a piece is proven: the simulator plants a fault there.
    pub(crate) fn blob_answered_by(
        &mut self,
        ask: u64,
        answer: Result<Vec<u8>, BlobFault>,
        open: impl FnOnce(&BlobAsk, &[u8]) -> Result<Vec<u8>, PieceFault>,
    ) {
        let now = self.now().moment;
        let blobs = &mut self.blobs;
        match blobs.fetcher.answered_by(now, ask, answer, open) {
            Came::Nothing => {}
            Came::Lie(peer) => {
                let label = self.device_at(&peer).map(|device| device.short());
                tracing::warn!(
                    peer = label,
                    "sends what is not the attachment; not asked again"
                );
            }
            Came::Piece { id, at, bytes } => match blobs.shelf.put(&id, at, &bytes) {
                Ok(whole) => {
                    blobs.no_room = false;
                    let come = blobs.shelf.come(&id);
                    blobs.fetcher.put(&id, come, whole);
                    if whole {
                        // A window draws it.
                        self.changed.extend([Topic::Posts, Topic::Notices]);
                    }
                }
                Err(fault) => {
                    blobs.no_room = fault == ShelfFault::Full;
                    blobs.fetcher.disk_refused(now);
                    tracing::warn!(?fault, "an attachment could not be kept; tried again");
                }
            },
        }
    }
}
