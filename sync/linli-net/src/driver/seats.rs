//! Who has a link: streams that come, links that begin and end.

use std::sync::Arc;

use libp2p::Stream;
use libp2p::swarm::ConnectionId;
use tokio::time::Instant;

use super::Driver;
use crate::event::{LinkEnd, LinkId};
use crate::key::NetKey;
use crate::link::queue::Outgoing;
use crate::link::{Ended, Link};
use crate::seat::{Seat, Up, Verdict, judge};

/// Streams that a peer may open in vain on one connection before we close it.
const REFUSALS: u32 = 8;

impl Driver {
    /// A peer opened a stream.
    pub(super) fn stream_came(&mut self, id: ConnectionId, stream: Stream) {
        let Some(connection) = self.connections.get(&id) else {
            return;
        };
        let peer = connection.peer;
        let seat = self.seats.get(&peer);
        let full = seat.is_none() && self.is_full(&peer);
        // Who dialed opens; the other direction is nobody's who speaks our protocol.
        let welcome =
            !connection.dialed && !full && !self.obeyed.paused && self.obeyed.admits(&peer);
        let verdict = if welcome {
            judge(seat, self.me < peer, Instant::now())
        } else {
            Verdict::Refuse
        };
        match verdict {
            Verdict::Refuse => {
                if let Some(connection) = self.connections.get_mut(&id) {
                    connection.refused += 1;
                    if full || connection.refused >= REFUSALS {
                        self.close_connection(id);
                    }
                }
            }
            Verdict::Take => {
                self.seats.remove(&peer);
                self.seat(peer, id, stream);
            }
            Verdict::Replace => self.replace(peer, (id, stream)),
        }
    }

    /// Tells the link in the seat to end and keeps the stream for when it has.
    fn replace(&mut self, peer: NetKey, next: (ConnectionId, Stream)) {
        let old = match self.seats.get(&peer) {
            Some(Seat::Up(up)) => up.link,
            Some(Seat::Replacing { old, .. }) => *old,
            Some(Seat::Opening(_)) | None => return,
        };
        self.seats.insert(peer, Seat::Replacing { old, next });
        self.shared.end_link(old, LinkEnd::Replaced);
    }

    /// Begins the link of a stream that both sides keep, unless the peer has become unwelcome meanwhile.
    pub(super) fn seat(&mut self, peer: NetKey, id: ConnectionId, stream: Stream) {
        let welcome = !self.obeyed.paused && self.obeyed.admits(&peer);
        let Some(connection) = self.connections.get(&id).filter(|_| welcome) else {
            self.close_connection(id);
            return self.vacate(peer);
        };
        let dialed = connection.dialed;
        self.last_link = LinkId(self.last_link.0 + 1);
        let link = self.last_link;
        let out = Arc::new(Outgoing::default());
        let task = Link {
            id: link,
            connection: id,
            peer,
            dialed,
            addr: connection.addr.to_string(),
            stream,
            out: Arc::clone(&out),
            events: self.sink.clone(),
            first: self.first,
        };
        self.shared.links().insert(link, out);
        self.links.spawn(task.run());
        let up = Up {
            link,
            connection: id,
            dialed,
            since: Instant::now(),
        };
        self.seats.insert(peer, Seat::Up(up));
        self.routes.linked(peer);
        self.close_other_calls(peer, id);
    }

    /// Our other calls to this peer have become superfluous. Those that he made are his to close.
    fn close_other_calls(&mut self, peer: NetKey, kept: ConnectionId) {
        let others = self.connections.iter().filter(|(id, connection)| {
            connection.peer == peer && connection.dialed && **id != kept
        });
        let others: Vec<_> = others.map(|(id, _)| *id).collect();
        for id in others {
            self.close_connection(id);
        }
    }

    pub(super) fn link_ended(&mut self, ended: &Ended) {
        self.shared.links().remove(&ended.id);
        self.close_connection(ended.connection);
        let peer = ended.peer;
        match self.seats.remove(&peer) {
            Some(Seat::Up(up)) if up.link == ended.id => {
                self.routes
                    .freed(peer, Instant::now() - up.since, Instant::now());
            }
            Some(Seat::Replacing {
                old,
                next: (id, stream),
            }) if old == ended.id => {
                self.seat(peer, id, stream);
            }
            Some(other) => {
                self.seats.insert(peer, other);
            }
            None => {}
        }
    }
}
