//! What one does with the network: send, dial, hang up, answer, pause.

use std::sync::Arc;

use linli_base::limits;
use thiserror::Error;

use crate::addr::{Addr, AddrFault};
use crate::blob::{BLOB_ANSWER_MAX, BlobAsk, Carrier};
use crate::event::{AskId, LinkEnd, LinkId};
use crate::key::NetKey;
use crate::wishes::{ROUTES_MAX, Shared, Wanted};

/// Why something was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SendFault {
    /// The link's queue is full; [`crate::NetEvent::Drained`] says when half of it is free.
    #[error("the link is slower than what it is given")]
    Congested,
    /// There is no such link or ask any more.
    #[error("nobody is there any more")]
    Gone,
    /// Empty, or above 1 MiB (a frame) or 64 KiB (an answer).
    #[error("empty or too long")]
    Length,
}

/// The handle of a running driver. Cheap to clone; the driver stops when the last one is dropped.
///
/// No call waits for the network. What it asks for is done soon, and heard of as an event.
#[derive(Clone)]
pub struct NetHandle(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    me: NetKey,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shared.wish(|wishes| wishes.closing = true);
    }
}

impl Carrier for NetHandle {
    fn ask(&mut self, peer: NetKey, ask: &BlobAsk) -> Option<AskId> {
        self.0.shared.ask_blob(peer, ask.encode())
    }
}

impl NetHandle {
    pub(crate) fn new(shared: Arc<Shared>, me: NetKey) -> Self {
        Self(Arc::new(Inner { shared, me }))
    }

    /// The key we prove to others.
    #[must_use]
    pub fn net_key(&self) -> NetKey {
        self.0.me
    }

    /// Puts a frame of 1 byte to 1 MiB behind the others of this link, or turns it away.
    ///
    /// `Ok` means queued, not received. A queue holds 4 MiB.
    pub fn send(&self, link: LinkId, frame: impl Into<Arc<[u8]>>) -> Result<(), SendFault> {
        let out = self.0.shared.links().get(&link).cloned();
        out.ok_or(SendFault::Gone)?.push(frame.into())
    }

    /// Ends a link in order: what is queued is still sent, for a second at most, and nothing more is
    /// received. A wanted address leads to a new link soon; see [`NetHandle::forget`] and
    /// [`NetHandle::pause_peer`].
    pub fn hang_up(&self, link: LinkId) {
        self.0.shared.end_link(link, LinkEnd::HungUp);
    }

    /// Wants a link to whoever is at this address, until [`NetHandle::forget`]. Asking again tries again at
    /// once.
    pub fn dial(&self, addr: &str) -> Result<(), AddrFault> {
        self.want(addr, None)
    }

    /// The same, for this peer and nobody else who may answer there.
    pub fn dial_peer(&self, peer: NetKey, addr: &str) -> Result<(), AddrFault> {
        self.want(addr, Some(peer))
    }

    fn want(&self, text: &str, peer: Option<NetKey>) -> Result<(), AddrFault> {
        let mut addr = Addr::parse(text, self.0.shared.ways)?;
        if peer.is_some() && addr.peer.is_some() && addr.peer != peer {
            return Err(AddrFault::Peer);
        }
        addr.peer = addr.peer.or(peer);
        self.0.shared.wish(|wishes| {
            let times = wishes.routes.get(text).map_or(0, |route| route.times + 1);
            if times == 0 && wishes.routes.len() >= ROUTES_MAX {
                return Err(AddrFault::TooMany);
            }
            wishes
                .routes
                .insert(text.to_owned(), Wanted { addr, times });
            Ok(())
        })
    }

    /// Wants this address no more. A link that it led to stays.
    pub fn forget(&self, addr: &str) {
        self.0.shared.wish(|wishes| wishes.routes.remove(addr));
    }

    /// Answers an ask with 1 byte to 64 KiB.
    pub fn answer(&self, ask: AskId, answer: Vec<u8>) -> Result<(), SendFault> {
        if answer.is_empty() || answer.len() > limits::JOIN_BYTES_MAX {
            return Err(SendFault::Length);
        }
        let taken = self.0.shared.give_answer(ask, answer);
        taken.then_some(()).ok_or(SendFault::Gone)
    }

    /// Answers an ask for a piece with 1 byte to [`BLOB_ANSWER_MAX`].
    pub fn answer_blob(&self, ask: AskId, answer: Vec<u8>) -> Result<(), SendFault> {
        if answer.is_empty() || answer.len() > BLOB_ANSWER_MAX {
            return Err(SendFault::Length);
        }
        let taken = self.0.shared.give_answer(ask, answer);
        taken.then_some(()).ok_or(SendFault::Gone)
    }

    /// Lets an ask go unanswered; the other side hears that it was refused.
    pub fn decline(&self, ask: AskId) {
        self.0.shared.give_answer(ask, Vec::new());
    }

    /// While paused there is no link, nobody is dialed and nobody gets in. Resuming dials at once.
    pub fn set_paused(&self, paused: bool) {
        self.0.shared.wish(|wishes| wishes.paused = paused);
    }

    /// The same for one peer.
    pub fn pause_peer(&self, peer: NetKey, paused: bool) {
        self.0.shared.wish(|wishes| {
            if paused {
                wishes.paused_peers.insert(peer);
            } else {
                wishes.paused_peers.remove(&peer);
            }
        });
    }

    /// Has nothing to do with a peer from now on, or again.
    pub fn block(&self, peer: NetKey, blocked: bool) {
        self.0.shared.wish(|wishes| {
            if blocked {
                wishes.blocked.insert(peer);
            } else {
                wishes.blocked.remove(&peer);
            }
        });
    }

    /// Lets a peer ask also while the window is closed: one whose certificate was seen and is good.
    pub fn know(&self, peer: NetKey, known: bool) {
        self.0.shared.wish(|wishes| {
            if known {
                wishes.known.insert(peer);
            } else {
                wishes.known.remove(&peer);
            }
        });
    }

    /// Whether those we do not know may ask at all. Closed at first.
    pub fn open_window(&self, open: bool) {
        self.0.shared.wish(|wishes| wishes.window = open);
    }

    /// Where we can be reached: multiaddrs without `/p2p`.
    #[must_use]
    pub fn listen_addrs(&self) -> Vec<String> {
        self.0.shared.listening().iter().cloned().collect()
    }

    /// Ends every link in order and the driver with them; returns when it is done.
    pub async fn shutdown(&self) {
        let mut stopped = self.0.shared.stopped.subscribe();
        self.0.shared.wish(|wishes| wishes.closing = true);
        let _ = stopped.wait_for(|stopped| *stopped).await;
    }
}
