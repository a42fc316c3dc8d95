//! From a wanted address to a connection, and from there to a stream that the other side takes.

use std::collections::VecDeque;
use std::time::Duration;

use futures::{AsyncReadExt, FutureExt};
use libp2p::swarm::dial_opts::{DialOpts, PeerCondition};
use libp2p::swarm::{ConnectionId, DialError};
use libp2p::{Multiaddr, Stream};
use libp2p_stream::{Control, OpenStreamError};
use tokio::time::{Instant, timeout};

use super::{Driver, Opened};
use crate::SYNC;
use crate::event::{DialFault, NetEvent};
use crate::frame::TAKEN;
use crate::key::NetKey;
use crate::route::Stage;
use crate::seat::Seat;

/// Dials at the same time; more would only compete with each other.
const DIALS: usize = 16;
/// How long the other side may take to take our stream.
const TAKEN_WITHIN: Duration = Duration::from_secs(5);

impl Driver {
    /// When [`Driver::dial_due`] has something to do.
    pub(super) fn next_dial(&self) -> Option<Instant> {
        let may = !self.obeyed.paused && self.routes.under_way() < DIALS;
        may.then(|| self.routes.next()).flatten()
    }

    pub(super) fn dial_due(&mut self) {
        for text in self.routes.due(Instant::now()) {
            if self.routes.under_way() >= DIALS {
                return;
            }
            let Some(route) = self.routes.get_mut(&text) else {
                continue;
            };
            if let Some(peer) = route.peer
                && (self.seats.contains_key(&peer) || !self.obeyed.admits(&peer))
            {
                route.stage = Stage::Resting;
                continue;
            }
            route.stage = Stage::Looking;
            let addr = route.addr.clone();
            let lookup = async move { (text, addr.candidates().await) };
            self.lookups.push(lookup.boxed());
        }
    }

    pub(super) fn looked_up(&mut self, text: &str, found: Vec<Multiaddr>) {
        let looking = |stage: &Stage| matches!(stage, Stage::Looking);
        if self
            .routes
            .get_mut(text)
            .is_some_and(|route| looking(&route.stage))
        {
            self.try_next(text, found.into(), DialFault::NoSuchHost);
        }
    }

    /// Dials the first of `left`; if there is none, the round has failed because of `why`.
    fn try_next(&mut self, text: &str, mut left: VecDeque<Multiaddr>, mut why: DialFault) {
        while let Some(at) = left.pop_front() {
            let Some(route) = self.routes.get_mut(text) else {
                return;
            };
            let opts = match route.addr.peer {
                Some(peer) => DialOpts::peer_id(peer.peer_id())
                    .addresses(vec![at])
                    .condition(PeerCondition::Always)
                    // From the port we listen on, two devices that call each other would meet in one TCP
                    // connection that both believe to have made.
                    .allocate_new_port()
                    .build(),
                None => DialOpts::unknown_peer_id()
                    .address(at)
                    .allocate_new_port()
                    .build(),
            };
            let connection = opts.connection_id();
            match self.swarm.dial(opts) {
                Ok(()) => {
                    route.stage = Stage::Dialing { connection, left };
                    return;
                }
                Err(error) => why = fault_of(&error),
            }
        }
        self.round_failed(text, why);
    }

    pub(super) fn dial_failed(&mut self, connection: ConnectionId, error: &DialError) {
        let Some((text, route)) = self.routes.of_connection(connection) else {
            return;
        };
        let text = text.to_owned();
        let why = fault_of(error);
        tracing::debug!(addr = %text, %error, "dial failed");
        let left = match &mut route.stage {
            Stage::Dialing { left, .. } if why != DialFault::Myself => std::mem::take(left),
            _ => VecDeque::new(),
        };
        self.try_next(&text, left, why);
    }

    fn round_failed(&mut self, text: &str, why: DialFault) {
        self.routes.failed(text, &why, Instant::now());
        if !self.obeyed.paused {
            let addr = text.to_owned();
            self.tell_if_room(NetEvent::DialFailed { addr, why });
        }
    }

    /// A connection that we dialed stands: open our stream on it, unless the peer has a seat already.
    pub(super) fn reached(&mut self, id: ConnectionId, peer: NetKey, control: Control) {
        let full = self.is_full(&peer);
        let seated = self.seats.contains_key(&peer);
        let Some((text, route)) = self.routes.of_connection(id) else {
            // Forgotten meanwhile.
            return self.close_connection(id);
        };
        route.peer = Some(peer);
        if seated {
            route.stage = Stage::Resting;
            self.close_connection(id);
        } else if full || self.obeyed.paused || !self.obeyed.admits(&peer) {
            let text = text.to_owned();
            let why = if full {
                DialFault::Full
            } else {
                DialFault::Blocked
            };
            self.close_connection(id);
            self.round_failed(&text, why);
        } else {
            route.stage = Stage::Opening(id);
            self.seats.insert(peer, Seat::Opening(id));
            self.openings.push(open(id, peer, control).boxed());
        }
    }

    pub(super) fn opened(&mut self, (id, peer, opened): Opened) {
        let ours = matches!(self.seats.get(&peer), Some(Seat::Opening(of)) if *of == id);
        match opened {
            Ok(stream) if ours => self.seat(peer, id, stream),
            // The peer's own call came first.
            Ok(_) => self.close_connection(id),
            Err(why) => {
                self.close_connection(id);
                let route = self.routes.of_connection(id);
                let text = route.map(|(text, _)| text.to_owned());
                if ours {
                    if let Some(text) = text {
                        self.round_failed(&text, why);
                    }
                    self.vacate(peer);
                }
            }
        }
    }

    /// The seat of `peer` was taken, but no link came of it.
    pub(super) fn vacate(&mut self, peer: NetKey) {
        self.seats.remove(&peer);
        self.routes.freed(peer, Duration::ZERO, Instant::now());
    }
}

async fn open(id: ConnectionId, peer: NetKey, mut control: Control) -> Opened {
    let taken = async {
        let mut stream = control
            .open_stream(peer.peer_id(), SYNC)
            .await
            .map_err(|error| match error {
                OpenStreamError::UnsupportedProtocol(_) => DialFault::NotLinli,
                _ => DialFault::Refused,
            })?;
        let mut said = [1; TAKEN.len()];
        let heard: std::io::Result<()> = stream.read_exact(&mut said).await;
        match heard {
            Ok(()) if said == TAKEN => Ok(stream),
            Ok(()) => Err(DialFault::NotLinli),
            Err(_) => Err(DialFault::Refused),
        }
    };
    let stream: Result<Stream, DialFault> = timeout(TAKEN_WITHIN, taken)
        .await
        .unwrap_or(Err(DialFault::Refused));
    (id, peer, stream)
}

fn fault_of(error: &DialError) -> DialFault {
    match error {
        // libp2p leaves out the addresses it listens on, and then has none.
        DialError::LocalPeerId { .. } | DialError::NoAddresses => DialFault::Myself,
        DialError::WrongPeerId { obtained, .. } => match NetKey::from_peer_id(obtained) {
            Some(peer) => DialFault::WrongPeer(peer),
            None => DialFault::NotLinli,
        },
        DialError::Denied { cause } if is_block(cause) => DialFault::Blocked,
        DialError::Denied { .. } => DialFault::Full,
        _ => DialFault::Unreachable,
    }
}

fn is_block(cause: &libp2p::swarm::ConnectionDenied) -> bool {
    cause
        .downcast_ref::<libp2p::allow_block_list::Blocked>()
        .is_some()
        || cause.downcast_ref::<crate::lanes::Shut>().is_some()
}
