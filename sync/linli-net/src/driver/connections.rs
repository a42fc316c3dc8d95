//! Connections: what comes with one, which are worth keeping, and which are dead.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::StreamExt;
use libp2p::core::ConnectedPoint;
use libp2p::swarm::ConnectionId;
use libp2p::{Multiaddr, PeerId, ping};
use tokio::time::Instant;

use super::{Connection, Driver};
use crate::addr::Addr;
use crate::event::{LinkEnd, NetEvent};
use crate::key::NetKey;
use crate::seat::Seat;

/// A peer who has not answered for so many pings is gone. A busy line holds a ping back for a while.
const PINGS_MISSED: u32 = 3;
/// Connections without link or ask.
const IDLE_MAX: usize = crate::swarm::SPARE_CONNECTIONS / 2;
/// What mDNS may claim before we stop listening to it: several large buildings.
const FOUND_MAX: usize = 512;

impl Driver {
    pub(super) fn connected(&mut self, id: ConnectionId, peer: NetKey, endpoint: &ConnectedPoint) {
        let Some((control, incoming)) = self.swarm.behaviour_mut().lanes.take(id) else {
            return self.close_connection(id);
        };
        let connection = Connection {
            peer,
            dialed: endpoint.is_dialer(),
            addr: endpoint.get_remote_address().clone(),
            alive: Some(Instant::now()),
            asked: 0,
            refused: 0,
        };
        let dialed = connection.dialed;
        if !dialed {
            self.make_room();
        }
        self.connections.insert(id, connection);
        let streams = incoming.map(move |(_, stream)| (id, stream));
        self.incoming.push(streams.boxed());
        if dialed {
            self.reached(id, peer, control);
        }
    }

    pub(super) fn pinged(&mut self, id: ConnectionId, result: &Result<Duration, ping::Failure>) {
        if let Some(connection) = self.connections.get_mut(&id) {
            match result {
                Ok(_) => connection.alive = Some(Instant::now()),
                // Nothing to go by, then: some other libp2p program.
                Err(ping::Failure::Unsupported) => connection.alive = None,
                Err(_) => {}
            }
        }
    }

    /// Gives up the connections whose peer has not answered a ping for too long.
    pub(super) fn bury_the_dead(&mut self) {
        let patience = self.ping_every * PINGS_MISSED;
        let dead = |alive: Instant| Instant::now() - alive > patience;
        let dead = |connection: &Connection| connection.alive.is_some_and(dead);
        let dead = self
            .connections
            .iter()
            .filter(|(_, connection)| dead(connection));
        let dead: Vec<_> = dead
            .map(|(id, connection)| (*id, connection.peer))
            .collect();
        for (id, peer) in dead {
            tracing::debug!(connection = %id, "no answer to pings");
            // Said to the link first: a stream does not notice that its own side gives the connection up.
            if let Some(Seat::Up(up)) = self.seats.get(&peer)
                && up.connection == id
            {
                self.shared.end_link(up.link, LinkEnd::Lost);
            }
            self.close_connection(id);
        }
    }

    /// Connections that carry nothing are closed, oldest first, when there are many: whoever means it opens
    /// his stream at once, and strangers must not keep neighbours out by just being there.
    pub(super) fn make_room(&mut self) {
        let of_seats = self.seats.values().map(Seat::connection);
        let of_asks = self.asks.values().map(|ask| ask.connection);
        let busy: BTreeSet<ConnectionId> = of_seats.chain(of_asks).collect();
        let idle = self.connections.keys().filter(|id| !busy.contains(id));
        let idle: Vec<ConnectionId> = idle.copied().collect();
        for id in idle.iter().rev().skip(IDLE_MAX) {
            self.close_connection(*id);
        }
    }

    /// Whether there is no place for a link with this peer.
    pub(super) fn is_full(&self, peer: &NetKey) -> bool {
        let known = |peer: &NetKey| self.obeyed.known.contains(peer);
        let taken = match known(peer) {
            true => self.seats.keys().filter(|peer| known(peer)).count(),
            false => self.seats.len(),
        };
        taken >= self.max_links
    }

    pub(super) fn close_connection(&mut self, id: ConnectionId) {
        self.swarm.close_connection(id);
    }

    /// A claim on the local network; strangers make as many as they like.
    pub(super) fn found(&mut self, claims: Vec<(PeerId, Multiaddr)>) {
        let known = self.swarm.behaviour().mdns.as_ref();
        if known.is_some_and(|mdns| mdns.discovered_nodes().len() > FOUND_MAX) {
            self.swarm.behaviour_mut().mdns = None.into();
            self.tell(NetEvent::ListenFailed {
                addr: "mDNS".to_owned(),
                why: "too many devices are claimed; not listened to until the next start"
                    .to_owned(),
            });
            return;
        }
        for (peer, addr) in claims {
            let Some(peer) = NetKey::from_peer_id(&peer) else {
                continue;
            };
            if Addr::from_multiaddr(&addr).is_ok() {
                let addr = addr.to_string();
                self.tell_if_room(NetEvent::Found { peer, addr });
            }
        }
    }
}
