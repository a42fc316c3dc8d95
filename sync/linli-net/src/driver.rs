//! The task that owns the swarm: one loop, everything in it bounded.
//!
//! It turns what is wished for ([`crate::wishes`]) and what the network does into links, asks and events. It
//! never waits for whoever takes the events: what finds no room is kept in [`Driver::outbox`], which is small,
//! and what strangers can cause is dropped when that is full.

mod asks;
mod blobs;
mod connections;
mod dials;
mod listening;
mod obey;
mod seats;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures::stream::{FuturesUnordered, SelectAll};
use futures::{StreamExt, future::BoxFuture, stream::BoxStream};
use libp2p::request_response::OutboundRequestId;
use libp2p::swarm::{ConnectionId, SwarmEvent};
use libp2p::{Multiaddr, Stream, Swarm, mdns, ping};
use linli_base::limits::FRAME_MAX;
use thiserror::Error;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::addr::{Addr, AddrFault};
use crate::config::NetConfig;
use crate::event::{self, AskId, EventSink, LinkEnd, LinkId, NetEvent, NetEvents};
use crate::handle::NetHandle;
use crate::key::NetKey;
use crate::link::{Ended, FirstFrame};
use crate::route::Routes;
use crate::seat::Seat;
use crate::swarm::{Behaviour, BehaviourEvent};
use crate::wishes::{Shared, Wishes};

/// Events of our own that wait for room.
const OUTBOX_MAX: usize = 256;
/// How long [`start`] waits to hear where we listen.
const SETTLED_WITHIN: Duration = Duration::from_secs(3);
/// How long links and connections may take to close at the end.
const CLOSED_WITHIN: Duration = Duration::from_secs(2);

/// Why the driver did not start.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NetFault {
    /// An address to listen on was not understood.
    #[error("cannot listen on {addr}: {why}")]
    Listen {
        /// As configured.
        addr: String,
        /// What is wrong with it.
        why: AddrFault,
    },
    /// The system refused what a network needs.
    #[error("the network could not be started: {0}")]
    System(String),
}

/// Starts the driver on the current tokio runtime.
///
/// Returns when it is known where we listen (or, as [`NetEvent::ListenFailed`], where not): a device that
/// cannot listen can still dial.
#[expect(
    clippy::disallowed_methods,
    reason = "a driver is a task, and lives as long as its handle"
)]
pub async fn start(cfg: NetConfig) -> Result<(NetHandle, NetEvents), NetFault> {
    let mut listen = Vec::new();
    for text in &cfg.listen {
        match Addr::parse(text, cfg.ways()) {
            Ok(addr) => listen.push((text.clone(), addr)),
            Err(why) => {
                return Err(NetFault::Listen {
                    addr: text.clone(),
                    why,
                });
            }
        }
    }
    let swarm = crate::swarm::node(&cfg)?;
    let me = NetKey::of_seed(&cfg.net_seed);
    let shared = Arc::new(Shared::new(cfg.ways()));
    let (sink, events) = event::channel();
    let (settled, listens) = oneshot::channel();
    let mut driver = Driver::new(swarm, &cfg, me, Arc::clone(&shared), sink);
    driver.listens.settled = Some(settled);
    for (text, addr) in listen {
        driver.listen(&text, &addr).await;
    }
    driver.listens.settle();
    tokio::spawn(Box::pin(driver.run()));
    let _ = timeout(SETTLED_WITHIN, listens).await;
    Ok((NetHandle::new(shared, me), events))
}

/// What we know of one connection.
struct Connection {
    peer: NetKey,
    /// By us.
    dialed: bool,
    addr: Multiaddr,
    /// When the peer last answered a ping; `None` if he does not know pings.
    alive: Option<Instant>,
    /// Bytes asked on it while the peer was unknown.
    asked: usize,
    /// Streams the peer opened on it that were refused.
    refused: u32,
}

type Opened = (ConnectionId, NetKey, Result<Stream, event::DialFault>);

struct Driver {
    swarm: Swarm<Behaviour>,
    me: NetKey,
    max_links: usize,
    ping_every: Duration,
    first: FirstFrame,
    shared: Arc<Shared>,
    /// The wishes as they were last obeyed.
    obeyed: Wishes,
    sink: EventSink,
    outbox: VecDeque<NetEvent>,
    listens: listening::Listens,
    routes: Routes,
    connections: BTreeMap<ConnectionId, Connection>,
    seats: BTreeMap<NetKey, Seat<Stream>>,
    /// Names being looked up.
    lookups: FuturesUnordered<BoxFuture<'static, (String, Vec<Multiaddr>)>>,
    /// Our streams that wait to be taken.
    openings: FuturesUnordered<BoxFuture<'static, Opened>>,
    /// Streams that peers opened.
    incoming: SelectAll<BoxStream<'static, (ConnectionId, Stream)>>,
    links: JoinSet<Ended>,
    asks: BTreeMap<AskId, asks::Waiting>,
    /// Pieces that we were asked for, and that we asked for.
    blobs_asked: BTreeMap<AskId, blobs::WaitingBlob>,
    blobs_sent: BTreeMap<OutboundRequestId, AskId>,
    last_link: LinkId,
    last_ask: AskId,
}

/// Says that the driver has stopped, however it did.
struct Stopped(Arc<Shared>);

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.stopped.send_replace(true);
    }
}

impl Driver {
    fn new(
        swarm: Swarm<Behaviour>,
        cfg: &NetConfig,
        me: NetKey,
        shared: Arc<Shared>,
        sink: EventSink,
    ) -> Self {
        Self {
            swarm,
            me,
            max_links: cfg.max_links,
            // A timer of no length is an error to tokio.
            ping_every: cfg.ping_every.max(Duration::from_millis(1)),
            first: FirstFrame {
                max: cfg.first_frame_max.min(FRAME_MAX),
                within: cfg.first_frame_within,
            },
            shared,
            obeyed: Wishes::default(),
            sink,
            outbox: VecDeque::new(),
            listens: listening::Listens::default(),
            routes: Routes::new(me),
            connections: BTreeMap::new(),
            seats: BTreeMap::new(),
            lookups: FuturesUnordered::new(),
            openings: FuturesUnordered::new(),
            incoming: SelectAll::new(),
            links: JoinSet::new(),
            asks: BTreeMap::new(),
            blobs_asked: BTreeMap::new(),
            blobs_sent: BTreeMap::new(),
            last_link: LinkId(0),
            last_ask: AskId(0),
        }
    }

    async fn run(mut self) {
        let _stopped = Stopped(Arc::clone(&self.shared));
        let shared = Arc::clone(&self.shared);
        let sink = self.sink.clone();
        let mut pulse = interval(self.ping_every);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !self.obeyed.closing {
            let due = self.next_dial();
            tokio::select! {
                () = shared.changed() => self.obey(),
                () = sink.closed() => break,
                () = sink.room(), if !self.outbox.is_empty() => self.empty_outbox(),
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => self.dial_due(),
                Some((text, found)) = self.lookups.next(), if !self.lookups.is_empty() => {
                    self.looked_up(&text, found);
                }
                Some(opened) = self.openings.next(), if !self.openings.is_empty() => self.opened(opened),
                Some((connection, stream)) = self.incoming.next(), if !self.incoming.is_empty() => {
                    self.stream_came(connection, stream);
                }
                Some(Ok(ended)) = self.links.join_next(), if !self.links.is_empty() => {
                    self.link_ended(&ended);
                }
                _ = pulse.tick() => self.bury_the_dead(),
                event = self.swarm.select_next_some() => self.swarm_event(event),
            }
        }
        self.close().await;
    }

    fn swarm_event(&mut self, event: SwarmEvent<BehaviourEvent>) {
        match event {
            SwarmEvent::NewListenAddr {
                listener_id,
                address,
            } => {
                self.listens_now(listener_id, &address);
            }
            SwarmEvent::ExpiredListenAddr { address, .. } => self.listens_no_more(&address, "gone"),
            SwarmEvent::ListenerClosed {
                listener_id,
                addresses,
                reason,
            } => {
                self.listener_closed(listener_id, &addresses, reason);
            }
            SwarmEvent::ConnectionEstablished {
                peer_id,
                connection_id,
                endpoint,
                ..
            } => match NetKey::from_peer_id(&peer_id) {
                Some(peer) => self.connected(connection_id, peer, &endpoint),
                None => self.close_connection(connection_id),
            },
            SwarmEvent::ConnectionClosed { connection_id, .. } => {
                self.connections.remove(&connection_id);
            }
            SwarmEvent::OutgoingConnectionError {
                connection_id,
                error,
                ..
            } => {
                self.dial_failed(connection_id, &error);
            }
            SwarmEvent::Behaviour(BehaviourEvent::Join(event)) => self.join_event(event),
            SwarmEvent::Behaviour(BehaviourEvent::Blob(event)) => self.blob_event(event),
            SwarmEvent::Behaviour(BehaviourEvent::Mdns(mdns::Event::Discovered(found))) => {
                self.found(found);
            }
            SwarmEvent::Behaviour(BehaviourEvent::Ping(ping::Event {
                connection, result, ..
            })) => {
                self.pinged(connection, &result);
            }
            _ => {}
        }
    }

    /// Tells something that must be heard.
    fn tell(&mut self, event: NetEvent) {
        self.outbox.push_back(event);
        self.empty_outbox();
    }

    /// Tells something that happens again anyway. `false` if it was dropped.
    fn tell_if_room(&mut self, event: NetEvent) -> bool {
        let room = self.outbox.len() < OUTBOX_MAX;
        if room {
            self.tell(event);
        }
        room
    }

    fn empty_outbox(&mut self) {
        while let Some(event) = self.outbox.pop_front() {
            if let Err(event) = self.sink.try_emit(event) {
                self.outbox.push_front(event);
                return;
            }
        }
    }

    async fn close(mut self) {
        let links: Vec<_> = self.shared.links().values().cloned().collect();
        for out in links {
            out.end(LinkEnd::Shutdown);
        }
        let links = async {
            while !self.links.is_empty() {
                tokio::select! {
                    _ = self.links.join_next() => {}
                    _ = self.swarm.select_next_some() => {}
                }
            }
        };
        let _ = timeout(CLOSED_WITHIN, links).await;
        self.shared.links().clear();
        let peers: Vec<_> = self.swarm.connected_peers().copied().collect();
        for peer in peers {
            let _ = self.swarm.disconnect_peer_id(peer);
        }
        let connections = async {
            while self.swarm.network_info().num_peers() > 0 {
                self.swarm.select_next_some().await;
            }
        };
        let _ = timeout(CLOSED_WITHIN, connections).await;
        self.shared.listening().clear();
    }
}
