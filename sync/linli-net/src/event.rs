//! What the driver reports, and the bounded queue it reports through.
//!
//! Frames that nobody has taken yet cost memory, and strangers send them. So the queue counts bytes, not only
//! events: when [`UNREAD_MAX`] is reached the links stop reading, their sockets fill, and the senders feel it.

use std::fmt;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::blob::BlobFault;
use crate::key::NetKey;

/// Bytes of frames that were read from all links together and not yet taken: eight of the largest.
const UNREAD_MAX: usize = 8 * linli_base::limits::FRAME_MAX;
/// Events of any kind that were not yet taken.
const EVENTS_MAX: usize = 256;

/// Names one link for as long as it lasts; never used again in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

/// Names one ask that waits for [`crate::NetHandle::answer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskId(pub u64);

/// Why a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkEnd {
    /// We hung up.
    HungUp,
    /// The peer closed it in order.
    ByPeer,
    /// The connection broke, or the peer stopped answering pings.
    Lost,
    /// The peer's fault: a length of zero, one above the limit, or a first frame that is too long.
    BadFrame,
    /// No first frame in time.
    Silent,
    /// A frame, ours or theirs, did not get through within two minutes.
    Stalled,
    /// The same peer opened a new link, having lost this one.
    Replaced,
    /// [`crate::NetHandle::set_paused`] or [`crate::NetHandle::pause_peer`].
    Paused,
    /// [`crate::NetHandle::block`].
    Blocked,
    /// The driver stopped.
    Shutdown,
}

/// Why nobody was reached at an address. Tried again later unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialFault {
    /// The host name leads nowhere.
    NoSuchHost,
    /// Nobody answered, or not in time, or not in our protocol's handshake.
    Unreachable,
    /// Somebody else than the peer named in the address answered.
    WrongPeer(NetKey),
    /// The address is our own; not tried again.
    Myself,
    /// A libp2p program that is not Linli.
    NotLinli,
    /// The peer did not take the link: it pauses, is full, blocks us, or was just calling us itself.
    Refused,
    /// We block or pause this peer.
    Blocked,
    /// We are at a limit of our own: links, connections or memory.
    Full,
}

/// What happened.
#[derive(Clone)]
pub enum NetEvent {
    /// We can be reached at this multiaddr.
    Listening {
        /// A multiaddr without `/p2p`.
        addr: String,
    },
    /// We cannot be reached there (any more).
    ListenFailed {
        /// As it was configured, or the multiaddr that fell away.
        addr: String,
        /// The system's words.
        why: String,
    },
    /// A link to a peer is open. The first event of its id.
    LinkUp {
        /// Its name from now on.
        link: LinkId,
        /// Who proved to be there. Not yet: whether he belongs here.
        peer: NetKey,
        /// We called him.
        dialed: bool,
        /// The multiaddr he is at.
        addr: String,
    },
    /// The last event of a link's id.
    LinkDown {
        /// The name it had.
        link: LinkId,
        /// Who was there.
        peer: NetKey,
        /// Why it ended.
        why: LinkEnd,
    },
    /// The next frame of a link, in the order it was sent.
    Frame {
        /// Where from.
        link: LinkId,
        /// 1 to 1,048,576 bytes.
        bytes: Vec<u8>,
    },
    /// A link's queue was full and a [`crate::NetHandle::send`] was turned away.
    Congested {
        /// Which.
        link: LinkId,
    },
    /// After [`NetEvent::Congested`]: half of the queue is free again.
    Drained {
        /// Which.
        link: LinkId,
    },
    /// Somebody asks once and waits for [`crate::NetHandle::answer`].
    Ask {
        /// Its name.
        ask: AskId,
        /// Who proved to be there.
        peer: NetKey,
        /// 1 to 65,536 bytes.
        bytes: Vec<u8>,
    },
    /// A peer with a link asks for a piece of an attachment and waits for [`crate::NetHandle::answer_blob`].
    BlobAsk {
        /// Its name.
        ask: AskId,
        /// Who proved to be there.
        peer: NetKey,
        /// At most [`crate::blob::BLOB_ASK_MAX`] bytes.
        bytes: Vec<u8>,
    },
    /// What came of asking for a piece.
    BlobAnswer {
        /// The name that [`crate::Carrier::ask`] gave it.
        ask: AskId,
        /// At most [`crate::blob::BLOB_ANSWER_MAX`] bytes.
        answer: Result<Vec<u8>, BlobFault>,
    },
    /// One round of dialing a wanted address failed.
    DialFailed {
        /// As it was given to [`crate::NetHandle::dial`].
        addr: String,
        /// Why.
        why: DialFault,
    },
    /// Someone claims on the local network to be this peer at this address. Unproven, and perhaps no
    /// Linli device at all.
    Found {
        /// Who is claimed to be there.
        peer: NetKey,
        /// A multiaddr with `/p2p`, fit for [`crate::NetHandle::dial`].
        addr: String,
    },
}

impl fmt::Debug for NetEvent {
    /// Without contents: a trace is not the place for what neighbours write.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listening { addr } => write!(f, "Listening({addr})"),
            Self::ListenFailed { addr, why } => write!(f, "ListenFailed({addr}: {why})"),
            Self::LinkUp {
                link, peer, dialed, ..
            } => {
                write!(f, "LinkUp({link:?}, {peer:?}, dialed: {dialed})")
            }
            Self::LinkDown { link, peer, why } => {
                write!(f, "LinkDown({link:?}, {peer:?}, {why:?})")
            }
            Self::Frame { link, bytes } => write!(f, "Frame({link:?}, {} bytes)", bytes.len()),
            Self::Congested { link } => write!(f, "Congested({link:?})"),
            Self::Drained { link } => write!(f, "Drained({link:?})"),
            Self::Ask { ask, peer, bytes } => {
                write!(f, "Ask({ask:?}, {peer:?}, {} bytes)", bytes.len())
            }
            Self::BlobAsk { ask, peer, bytes } => {
                write!(f, "BlobAsk({ask:?}, {peer:?}, {} bytes)", bytes.len())
            }
            Self::BlobAnswer { ask, answer } => {
                write!(
                    f,
                    "BlobAnswer({ask:?}, {:?})",
                    answer.as_ref().map(Vec::len)
                )
            }
            Self::DialFailed { addr, why } => write!(f, "DialFailed({addr}: {why:?})"),
            Self::Found { peer, addr } => write!(f, "Found({peer:?}, {addr})"),
        }
    }
}

struct Queued {
    event: NetEvent,
    /// Given back when the event is taken.
    _bytes: Option<OwnedSemaphorePermit>,
}

/// Where the events come out. Dropping it stops the driver.
pub struct NetEvents(mpsc::Receiver<Queued>);

impl NetEvents {
    /// The next event; `None` once the driver has stopped. Losing the future loses no event.
    pub async fn recv(&mut self) -> Option<NetEvent> {
        self.0.recv().await.map(|queued| queued.event)
    }

    /// The next event, if there is one already.
    pub fn try_recv(&mut self) -> Option<NetEvent> {
        self.0.try_recv().ok().map(|queued| queued.event)
    }
}

/// Where the events go in.
#[derive(Clone)]
pub(crate) struct EventSink {
    queue: mpsc::Sender<Queued>,
    unread: Arc<Semaphore>,
}

/// Nobody listens any more.
#[derive(Debug)]
pub(crate) struct NobodyListens;

pub(crate) fn channel() -> (EventSink, NetEvents) {
    let (queue, events) = mpsc::channel(EVENTS_MAX);
    let unread = Arc::new(Semaphore::new(UNREAD_MAX));
    (EventSink { queue, unread }, NetEvents(events))
}

impl EventSink {
    /// Waits for room.
    pub(crate) async fn emit(&self, event: NetEvent) -> Result<(), NobodyListens> {
        let _bytes = match &event {
            NetEvent::Frame { bytes, .. } => {
                let size = u32::try_from(bytes.len()).map_err(|_| NobodyListens)?;
                let wait = Arc::clone(&self.unread).acquire_many_owned(size);
                Some(wait.await.map_err(|_| NobodyListens)?)
            }
            _ => None,
        };
        let queued = Queued { event, _bytes };
        self.queue.send(queued).await.map_err(|_| NobodyListens)
    }

    /// Gives the event back if there is no room at the moment.
    pub(crate) fn try_emit(&self, event: NetEvent) -> Result<(), NetEvent> {
        let queued = Queued {
            event,
            _bytes: None,
        };
        self.queue.try_send(queued).map_err(|back| match back {
            mpsc::error::TrySendError::Full(queued) | mpsc::error::TrySendError::Closed(queued) => {
                queued.event
            }
        })
    }

    /// Resolves when there is room for one event.
    pub(crate) async fn room(&self) {
        // The permit is dropped at once: the driver is the only one who waits for room in this way, and
        // who wins the race against a link merely waits again.
        let _ = self.queue.reserve().await;
    }

    /// Resolves when nobody listens any more.
    pub(crate) async fn closed(&self) {
        self.queue.closed().await;
    }
}
