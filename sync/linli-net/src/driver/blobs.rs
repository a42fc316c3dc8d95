//! Pieces of attachments: asks that we send to peers with a link, and theirs to us.

use libp2p::request_response::{
    Event, InboundRequestId, Message, OutboundFailure, ResponseChannel,
};

use super::Driver;
use crate::blob::BlobFault;
use crate::event::{AskId, NetEvent};
use crate::key::NetKey;
use crate::seat::Seat;

/// Asks of peers that wait for an answer, from everyone together.
const WAITING_MAX: usize = 32;
/// The same of one peer.
const WAITING_PER_PEER: usize = 2;

/// An ask that waits for our answer.
pub(super) struct WaitingBlob {
    peer: NetKey,
    request: InboundRequestId,
    back: ResponseChannel<Vec<u8>>,
}

impl Driver {
    pub(super) fn blob_event(&mut self, event: Event<Vec<u8>, Vec<u8>>) {
        match event {
            Event::Message {
                peer,
                message:
                    Message::Request {
                        request_id,
                        request,
                        channel,
                    },
                ..
            } => {
                if let Some(peer) = NetKey::from_peer_id(&peer)
                    && self.may_ask_blob(peer)
                {
                    let waiting = WaitingBlob {
                        peer,
                        request: request_id,
                        back: channel,
                    };
                    self.blob_asked(peer, request, waiting);
                }
                // Otherwise the channel is dropped here, and the stream ends without an answer.
            }
            Event::Message {
                message:
                    Message::Response {
                        request_id,
                        response,
                    },
                ..
            } => {
                if let Some(ask) = self.blobs_sent.remove(&request_id) {
                    let answer = Ok(response);
                    self.tell(NetEvent::BlobAnswer { ask, answer });
                }
            }
            Event::OutboundFailure {
                request_id, error, ..
            } => {
                if let Some(ask) = self.blobs_sent.remove(&request_id) {
                    let answer = Err(match error {
                        OutboundFailure::UnsupportedProtocols => BlobFault::Unknown,
                        OutboundFailure::Timeout => BlobFault::Silent,
                        _ => BlobFault::Gone,
                    });
                    self.tell(NetEvent::BlobAnswer { ask, answer });
                }
            }
            Event::InboundFailure { request_id, .. } => {
                let mut waiting = self.blobs_asked.iter();
                let gone = waiting.find(|(_, ask)| ask.request == request_id);
                if let Some(ask) = gone.map(|(ask, _)| *ask) {
                    self.blobs_asked.remove(&ask);
                    self.shared.forget_ask(ask);
                }
            }
            Event::ResponseSent { .. } => {}
        }
    }

    /// Only who has a link with us: his certificate is looked at there.
    fn may_ask_blob(&self, peer: NetKey) -> bool {
        let of_peer = self.blobs_asked.values().filter(|ask| ask.peer == peer);
        !self.obeyed.paused
            && self.obeyed.admits(&peer)
            && self.is_linked(&peer)
            && self.blobs_asked.len() < WAITING_MAX
            && of_peer.count() < WAITING_PER_PEER
    }

    fn is_linked(&self, peer: &NetKey) -> bool {
        matches!(self.seats.get(peer), Some(Seat::Up(_)))
    }

    fn blob_asked(&mut self, peer: NetKey, bytes: Vec<u8>, waiting: WaitingBlob) {
        let told = self.tell_ask(|ask| NetEvent::BlobAsk { ask, peer, bytes });
        if let Some(ask) = told {
            self.blobs_asked.insert(ask, waiting);
        }
    }

    /// Sends what is to be asked.
    pub(super) fn ask_blobs(&mut self) {
        for (ask, peer, bytes) in self.shared.take_blob_asks() {
            if !self.is_linked(&peer) {
                let answer = Err(BlobFault::Gone);
                self.tell(NetEvent::BlobAnswer { ask, answer });
                continue;
            }
            let blob = &mut self.swarm.behaviour_mut().blob;
            let request = blob.send_request(&peer.peer_id(), bytes);
            self.blobs_sent.insert(request, ask);
        }
    }

    /// Sends an answer, if it is one of these asks that it is for.
    pub(super) fn answer_blob(&mut self, ask: AskId, answer: Vec<u8>) -> Option<Vec<u8>> {
        let Some(waiting) = self.blobs_asked.remove(&ask) else {
            return Some(answer);
        };
        if !answer.is_empty() {
            let blob = &mut self.swarm.behaviour_mut().blob;
            // Fails if the asker has gone, which is nobody's loss but his.
            let _ = blob.send_response(waiting.back, answer);
        }
        None
    }
}
