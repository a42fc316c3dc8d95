//! One link: one stream, one task, frames both ways.
//!
//! Reading stops while nobody takes the events, so that the peer feels it; writing goes on meanwhile.

pub(crate) mod queue;

use std::sync::Arc;
use std::time::Duration;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use libp2p::swarm::ConnectionId;
use linli_base::limits;
use tokio::time::timeout;

use crate::event::{EventSink, LinkEnd, LinkId, NetEvent};
use crate::frame::{self, FrameFault, TAKEN};
use crate::key::NetKey;
use queue::{Next, Outgoing};

/// A frame of the largest size on a link of 70 kbit/s gets through in this time.
const FRAME_WITHIN: Duration = Duration::from_secs(120);
/// How long the last frames may take when we hang up.
const LAST_WORDS_WITHIN: Duration = Duration::from_secs(1);
/// How long the other side may take to receive four bytes before the link even is one.
const TAKEN_WITHIN: Duration = Duration::from_secs(5);

/// What is asked of the first frame, which comes from someone who has shown no certificate yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstFrame {
    pub(crate) max: usize,
    pub(crate) within: Duration,
}

/// A stream that is about to carry a link.
pub(crate) struct Link<S> {
    pub(crate) id: LinkId,
    pub(crate) connection: ConnectionId,
    pub(crate) peer: NetKey,
    pub(crate) dialed: bool,
    pub(crate) addr: String,
    pub(crate) stream: S,
    pub(crate) out: Arc<Outgoing>,
    pub(crate) events: EventSink,
    pub(crate) first: FirstFrame,
}

/// A link that is no more.
pub(crate) struct Ended {
    pub(crate) id: LinkId,
    pub(crate) connection: ConnectionId,
    pub(crate) peer: NetKey,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Link<S> {
    /// Runs the link to its end. Reports `LinkUp` first and `LinkDown` last, or neither.
    pub(crate) async fn run(mut self) -> Ended {
        let ended = Ended {
            id: self.id,
            connection: self.connection,
            peer: self.peer,
        };
        if !self.dialed && !self.say_taken().await {
            self.out.end(LinkEnd::Lost);
            return ended;
        }
        let Self { id: link, peer, .. } = self;
        let up = NetEvent::LinkUp {
            link,
            peer,
            dialed: self.dialed,
            addr: std::mem::take(&mut self.addr),
        };
        if self.events.emit(up).await.is_ok() {
            let (out, events) = (Arc::clone(&self.out), self.events.clone());
            let why = self.carry().await;
            // Senders must hear `Gone` before the event says so, and the first reason stands.
            out.end(why);
            let why = out.ended().await;
            let _ = events.emit(NetEvent::LinkDown { link, peer, why }).await;
        }
        ended
    }

    async fn say_taken(&mut self) -> bool {
        let say = async {
            self.stream.write_all(&TAKEN).await?;
            self.stream.flush().await
        };
        matches!(timeout(TAKEN_WITHIN, say).await, Ok(Ok(())))
    }

    async fn carry(self) -> LinkEnd {
        let (mut read_half, write_half) = self.stream.split();
        let out = &*self.out;
        let mut writer = Box::pin(write_all(write_half, out));
        let (why, written) = {
            let reader = read_all(&mut read_half, self.id, &self.events, self.first);
            let teller = tell_congestion(out, self.id, &self.events);
            tokio::select! {
                biased;
                why = out.ended() => (why, false),
                why = reader => (why, false),
                why = &mut writer => (why, true),
                why = teller => (why, false),
            }
        };
        if matches!(why, LinkEnd::HungUp | LinkEnd::Shutdown) {
            let last_words = async {
                if !written {
                    writer.await;
                }
                // The other side closes when it has read our last frame. A QUIC connection that were closed
                // before that would take the frame with it.
                let mut rest = [0; 1024];
                while matches!(read_half.read(&mut rest).await, Ok(1..)) {}
            };
            let _ = timeout(LAST_WORDS_WITHIN, last_words).await;
        }
        why
    }
}

async fn read_all<R: AsyncRead + Unpin>(
    io: &mut R,
    link: LinkId,
    events: &EventSink,
    first: FirstFrame,
) -> LinkEnd {
    let mut next = match timeout(first.within, frame::read(io, first.max)).await {
        Err(_) => return LinkEnd::Silent,
        Ok(read) => read,
    };
    loop {
        let bytes = match next {
            Ok(bytes) => bytes,
            Err(FrameFault::End) => return LinkEnd::ByPeer,
            Err(FrameFault::Length(_)) => return LinkEnd::BadFrame,
            Err(FrameFault::Io(_)) => return LinkEnd::Lost,
        };
        if events.emit(NetEvent::Frame { link, bytes }).await.is_err() {
            return LinkEnd::Shutdown;
        }
        next = match frame::first_byte(io).await {
            Err(fault) => Err(fault),
            Ok(byte) => {
                match timeout(FRAME_WITHIN, frame::rest(io, byte, limits::FRAME_MAX)).await {
                    Err(_) => return LinkEnd::Stalled,
                    Ok(read) => read,
                }
            }
        };
    }
}

/// Ends when the queue does, or the stream. Flushes when nothing is left to write, not after every frame.
async fn write_all<W: AsyncWrite + Unpin>(mut io: W, out: &Outgoing) -> LinkEnd {
    let mut flushed = true;
    loop {
        let step = match out.next() {
            Next::Write(bytes) => {
                flushed = false;
                let step = timeout(FRAME_WITHIN, frame::write(&mut io, &bytes)).await;
                out.written(bytes.len());
                step
            }
            Next::Wait if flushed => {
                out.work().await;
                continue;
            }
            Next::Wait => {
                flushed = true;
                timeout(FRAME_WITHIN, io.flush()).await
            }
            Next::Close(why) => {
                let _ = io.close().await;
                return why;
            }
        };
        match step {
            Err(_) => return LinkEnd::Stalled,
            Ok(Err(_)) => return LinkEnd::Lost,
            Ok(Ok(())) => {}
        }
    }
}

async fn tell_congestion(out: &Outgoing, link: LinkId, events: &EventSink) -> LinkEnd {
    while events.emit(out.news(link).await).await.is_ok() {}
    LinkEnd::Shutdown
}
