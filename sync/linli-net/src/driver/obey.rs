//! Makes what is wished for so: compares it with what was wished for last and acts on the difference.

use libp2p::swarm::ConnectionId;
use tokio::time::Instant;

use super::Driver;
use crate::event::LinkEnd;
use crate::key::NetKey;
use crate::seat::Seat;
use crate::wishes::Wishes;

impl Driver {
    pub(super) fn obey(&mut self) {
        let wishes = self.shared.wishes();
        let before = std::mem::replace(&mut self.obeyed, wishes);
        self.obey_routes(&before);
        self.obey_peers(&before);
        self.obey_pause(&before);
        self.answer();
        self.ask_blobs();
    }

    fn obey_routes(&mut self, before: &Wishes) {
        for text in before.routes.keys() {
            if !self.obeyed.routes.contains_key(text) {
                self.routes.forget(text);
            }
        }
        for (text, wanted) in &self.obeyed.routes {
            let asked = before.routes.get(text).map(|route| route.times);
            if asked != Some(wanted.times) {
                self.routes.want(text, wanted.addr.clone(), Instant::now());
            }
        }
    }

    /// Blocks and pauses of single peers; libp2p closes the connections of those it is told to block.
    fn obey_peers(&mut self, before: &Wishes) {
        let named = before.blocked.iter().chain(&before.paused_peers);
        let named = named
            .chain(&self.obeyed.blocked)
            .chain(&self.obeyed.paused_peers);
        let changed = named.filter(|peer| before.admits(peer) != self.obeyed.admits(peer));
        let changed: Vec<NetKey> = changed.copied().collect();
        for peer in changed {
            let list = &mut self.swarm.behaviour_mut().blocked;
            if self.obeyed.admits(&peer) {
                list.unblock_peer(peer.peer_id());
                self.routes.hurry(Some(peer), Instant::now());
            } else {
                list.block_peer(peer.peer_id());
                let blocked = self.obeyed.blocked.contains(&peer);
                let why = if blocked {
                    LinkEnd::Blocked
                } else {
                    LinkEnd::Paused
                };
                self.unseat(peer, why);
            }
        }
    }

    fn unseat(&self, peer: NetKey, why: LinkEnd) {
        if let Some(Seat::Up(up)) = self.seats.get(&peer) {
            self.shared.end_link(up.link, why);
        }
    }

    /// Tries every address again now that something has changed.
    pub(super) fn hurry_all(&mut self) {
        self.routes.hurry(None, Instant::now());
    }

    fn obey_pause(&mut self, before: &Wishes) {
        if before.paused == self.obeyed.paused {
            return;
        }
        let paused = self.obeyed.paused;
        self.swarm.behaviour_mut().lanes.shut = paused;
        if !paused {
            return self.hurry_all();
        }
        let seated: Vec<NetKey> = self.seats.keys().copied().collect();
        for peer in seated {
            self.unseat(peer, LinkEnd::Paused);
        }
        let linked = |id: &ConnectionId| {
            let of = |seat: &Seat<_>| matches!(seat, Seat::Up(up) if up.connection == *id);
            self.seats.values().any(of)
        };
        // A connection with a link closes when the link has ended.
        let others = self.connections.keys().filter(|id| !linked(id));
        let others: Vec<ConnectionId> = others.copied().collect();
        for id in others {
            self.close_connection(id);
        }
    }
}
