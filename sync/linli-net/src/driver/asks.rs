//! Asks that come in: who may, how much, and the answers on their way back.

use libp2p::request_response::{Event, InboundRequestId, Message, ResponseChannel};
use libp2p::swarm::ConnectionId;
use linli_base::limits::JOIN_BYTES_MAX;

use super::Driver;
use crate::event::{AskId, NetEvent};
use crate::key::NetKey;

/// Asks that wait for an answer, from everyone together.
const WAITING_MAX: usize = 32;

/// An ask that waits for its answer.
pub(super) struct Waiting {
    pub(super) connection: ConnectionId,
    request: InboundRequestId,
    back: ResponseChannel<Vec<u8>>,
}

impl Driver {
    pub(super) fn join_event(&mut self, event: Event<Vec<u8>, Vec<u8>>) {
        match event {
            Event::Message {
                peer,
                connection_id,
                message:
                    Message::Request {
                        request_id,
                        request,
                        channel,
                    },
            } => {
                if let Some(peer) = NetKey::from_peer_id(&peer)
                    && self.may_ask(peer, connection_id, request.len())
                {
                    self.asked(
                        peer,
                        request,
                        Waiting {
                            connection: connection_id,
                            request: request_id,
                            back: channel,
                        },
                    );
                }
                // Otherwise the channel is dropped here, and the stream ends without an answer.
            }
            Event::InboundFailure { request_id, .. } => {
                let gone = self.asks.iter().find(|(_, ask)| ask.request == request_id);
                if let Some(ask) = gone.map(|(ask, _)| *ask) {
                    self.asks.remove(&ask);
                    self.shared.forget_ask(ask);
                }
            }
            _ => {}
        }
    }

    /// A stranger may ask while the window is open, 64 KiB in all on one connection; a member any time.
    fn may_ask(&mut self, peer: NetKey, id: ConnectionId, length: usize) -> bool {
        if self.obeyed.paused || !self.obeyed.admits(&peer) || self.asks.len() >= WAITING_MAX {
            return false;
        }
        if self.obeyed.known.contains(&peer) {
            return true;
        }
        let Some(connection) = self.connections.get_mut(&id) else {
            return false;
        };
        connection.asked = connection.asked.saturating_add(length);
        let too_much = connection.asked > JOIN_BYTES_MAX;
        if too_much {
            self.close_connection(id);
        }
        self.obeyed.window && !too_much
    }

    fn asked(&mut self, peer: NetKey, bytes: Vec<u8>, waiting: Waiting) {
        let told = self.tell_ask(|ask| NetEvent::Ask { ask, peer, bytes });
        if let Some(ask) = told {
            self.asks.insert(ask, waiting);
        }
    }

    /// Hands an ask on under a number of its own; `None` where there is no room for it.
    pub(super) fn tell_ask(&mut self, event: impl FnOnce(AskId) -> NetEvent) -> Option<AskId> {
        self.last_ask = AskId(self.last_ask.0 + 1);
        let ask = self.last_ask;
        self.shared.expect_answer(ask);
        if self.tell_if_room(event(ask)) {
            return Some(ask);
        }
        self.shared.forget_ask(ask);
        None
    }

    /// Sends what was answered meanwhile.
    pub(super) fn answer(&mut self) {
        for (ask, answer) in self.shared.take_answers() {
            let Some(answer) = self.answer_blob(ask, answer) else {
                continue;
            };
            if let Some(waiting) = self.asks.remove(&ask)
                && !answer.is_empty()
            {
                // Fails if the asker has gone, which is nobody's loss but his.
                let _ = self
                    .swarm
                    .behaviour_mut()
                    .join
                    .send_response(waiting.back, answer);
            }
        }
    }
}
