//! What the holder of the handle wants, shared with the driver.
//!
//! Not a queue of orders but the state that is wished for: it is as large as what it names, saying something
//! twice costs nothing, and nothing can be lost. The driver is woken and makes it so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use crate::addr::{Addr, Ways};
use crate::event::{AskId, LinkEnd, LinkId};
use crate::key::NetKey;
use crate::link::queue::Outgoing;

/// Addresses wanted at the same time: many times what an address book offers.
pub(crate) const ROUTES_MAX: usize = 512;
/// Pieces that wait to be asked for: a node asks for few at a time.
const BLOBS_MAX: usize = 64;

/// The state that is wished for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    pub(crate) paused: bool,
    pub(crate) window: bool,
    pub(crate) closing: bool,
    pub(crate) paused_peers: BTreeSet<NetKey>,
    pub(crate) blocked: BTreeSet<NetKey>,
    pub(crate) known: BTreeSet<NetKey>,
    pub(crate) routes: BTreeMap<String, Wanted>,
}

/// One address that is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) addr: Addr,
    /// Grows each time it is asked for, so that asking again is seen.
    pub(crate) times: u64,
}

impl Wishes {
    /// Neither blocked nor paused.
    pub(crate) fn admits(&self, peer: &NetKey) -> bool {
        !self.blocked.contains(peer) && !self.paused_peers.contains(peer)
    }
}

/// What the handle and the driver share.
pub(crate) struct Shared {
    pub(crate) ways: Ways,
    pub(crate) stopped: watch::Sender<bool>,
    wishes: Mutex<Wishes>,
    changed: Notify,
    links: Mutex<BTreeMap<LinkId, Arc<Outgoing>>>,
    listening: Mutex<BTreeSet<String>>,
    /// Asks that wait, with the answer once it is given.
    asks: Mutex<BTreeMap<AskId, Option<Vec<u8>>>>,
    /// Pieces to ask for, and the last name of one.
    blobs: Mutex<(u64, Vec<BlobOrder>)>,
}

/// A piece to ask a peer for.
pub(crate) type BlobOrder = (AskId, NetKey, Vec<u8>);

impl Shared {
    pub(crate) fn new(ways: Ways) -> Self {
        Self {
            ways,
            stopped: watch::Sender::new(false),
            wishes: Mutex::default(),
            changed: Notify::new(),
            links: Mutex::default(),
            listening: Mutex::default(),
            asks: Mutex::default(),
            blobs: Mutex::default(),
        }
    }

    /// Changes what is wished for and wakes the driver.
    pub(crate) fn wish<T>(&self, change: impl FnOnce(&mut Wishes) -> T) -> T {
        let result = change(&mut lock(&self.wishes));
        self.changed.notify_one();
        result
    }

    pub(crate) fn wishes(&self) -> Wishes {
        lock(&self.wishes).clone()
    }

    /// Resolves when there is something new to see.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    pub(crate) fn links(&self) -> MutexGuard<'_, BTreeMap<LinkId, Arc<Outgoing>>> {
        lock(&self.links)
    }

    /// Tells a link to end. `false` if there is no such link.
    pub(crate) fn end_link(&self, link: LinkId, why: LinkEnd) -> bool {
        let out = self.links().get(&link).cloned();
        out.is_some_and(|out| out.end(why))
    }

    pub(crate) fn listening(&self) -> MutexGuard<'_, BTreeSet<String>> {
        lock(&self.listening)
    }

    pub(crate) fn expect_answer(&self, ask: AskId) {
        lock(&self.asks).insert(ask, None);
    }

    pub(crate) fn forget_ask(&self, ask: AskId) {
        lock(&self.asks).remove(&ask);
    }

    /// `false` if nobody waits for it any more.
    pub(crate) fn give_answer(&self, ask: AskId, answer: Vec<u8>) -> bool {
        let mut asks = lock(&self.asks);
        let waiting = asks.get_mut(&ask).filter(|given| given.is_none());
        let taken = waiting.map(|given| *given = Some(answer)).is_some();
        drop(asks);
        self.changed.notify_one();
        taken
    }

    /// Asks a peer for a piece, unless too many are waiting to be sent.
    pub(crate) fn ask_blob(&self, peer: NetKey, bytes: Vec<u8>) -> Option<AskId> {
        let mut blobs = lock(&self.blobs);
        if blobs.1.len() >= BLOBS_MAX {
            return None;
        }
        blobs.0 += 1;
        let ask = AskId(blobs.0);
        blobs.1.push((ask, peer, bytes));
        drop(blobs);
        self.changed.notify_one();
        Some(ask)
    }

    pub(crate) fn take_blob_asks(&self) -> Vec<BlobOrder> {
        std::mem::take(&mut lock(&self.blobs).1)
    }

    /// Takes what was answered since the last call.
    pub(crate) fn take_answers(&self) -> Vec<(AskId, Vec<u8>)> {
        let mut asks = lock(&self.asks);
        let mut answers = Vec::new();
        asks.retain(|ask, given| match given.take() {
            Some(answer) => {
                answers.push((*ask, answer));
                false
            }
            None => true,
        });
        answers
    }
}

/// A panic elsewhere must not keep us from hanging up: what these locks guard is always whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
