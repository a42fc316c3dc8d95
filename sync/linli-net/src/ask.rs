//! The asking side of `/linli/join/1`: dial, ask once, hear the answer, go.
//!
//! A joiner has no community yet and runs no node; this is all the network it does.

use std::time::Duration;

use futures::StreamExt;
use libp2p::request_response::{self as request, Message, OutboundFailure};
use libp2p::swarm::dial_opts::{DialOpts, PeerCondition};
use libp2p::swarm::{DialError, Swarm, SwarmEvent};
use libp2p::{Multiaddr, PeerId};
use linli_base::limits::JOIN_BYTES_MAX;
use thiserror::Error;
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::addr::{Addr, Ways};
use crate::join::JoinCodec;
use crate::key::NetKey;
use crate::swarm::asker;

/// How long the connection may take to close when all is said.
const CLOSE_WITHIN: Duration = Duration::from_millis(500);

/// Why an ask got no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AskFault {
    /// None of the addresses was understood.
    #[error("no address to ask at")]
    NoAddress,
    /// Empty, or above 64 KiB.
    #[error("an ask of no length or above 64 KiB")]
    Length,
    /// Nobody answered at any of the addresses.
    #[error("nobody answers there")]
    Unreachable,
    /// Somebody answered, but not the peer it was meant for.
    #[error("somebody else answers there")]
    WrongPeer,
    /// Somebody who does not speak Linli answered.
    #[error("who answers there is not Linli")]
    NotLinli,
    /// The peer does not answer us: his window is closed, or he declined.
    #[error("the other side does not take this ask")]
    Refused,
    /// The connection broke before the answer came.
    #[error("the connection broke before the answer came")]
    Lost,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The system refused what a network needs.
    #[error("the network could not be started: {0}")]
    System(String),
}

/// Asks whoever is at one of these addresses, tried in order, and returns the answer.
///
/// With `peer` only that device is asked. Addresses that cannot be read are passed over. TCP goes before
/// QUIC. The whole of it takes `within` at most. Needs a tokio runtime.
pub async fn ask_once(
    net_seed: &[u8; 32],
    addrs: &[String],
    peer: Option<NetKey>,
    ask: Vec<u8>,
    within: Duration,
) -> Result<Vec<u8>, AskFault> {
    if ask.is_empty() || ask.len() > JOIN_BYTES_MAX {
        return Err(AskFault::Length);
    }
    let seed = Zeroizing::new(*net_seed);
    let asking = Box::pin(async move {
        let goals = goals(addrs, peer).await?;
        let mut swarm = asker(&seed).map_err(|fault| AskFault::System(fault.to_string()))?;
        let answer = match reach(&mut swarm, goals).await {
            Ok(peer) => exchange(&mut swarm, peer, ask).await,
            Err(fault) => Err(fault),
        };
        let _ = timeout(CLOSE_WITHIN, close(&mut swarm)).await;
        answer
    });
    timeout(within, asking)
        .await
        .unwrap_or(Err(AskFault::Timeout))
}

type Goal = (Multiaddr, Option<NetKey>);

async fn goals(addrs: &[String], peer: Option<NetKey>) -> Result<Vec<Goal>, AskFault> {
    let both = Ways {
        tcp: true,
        quic: true,
        quic_first: false,
    };
    let mut goals = Vec::new();
    let mut another = false;
    for addr in addrs.iter().filter_map(|text| Addr::parse(text, both).ok()) {
        // An address that names somebody else than we look for cannot be right.
        if peer.is_some() && addr.peer.is_some() && addr.peer != peer {
            another = true;
            continue;
        }
        let who = peer.or(addr.peer);
        goals.extend(addr.candidates().await.into_iter().map(|at| (at, who)));
    }
    match goals.is_empty() {
        false => Ok(goals),
        true if another => Err(AskFault::WrongPeer),
        true => Err(AskFault::NoAddress),
    }
}

/// Connects to the first of the goals that answers.
async fn reach(swarm: &mut Asker, goals: Vec<Goal>) -> Result<PeerId, AskFault> {
    let mut fault = AskFault::Unreachable;
    for (addr, who) in goals {
        match connect(swarm, addr, who).await {
            Ok(peer) => return Ok(peer),
            // That somebody else is there is worth more to know than that nobody is elsewhere.
            Err(AskFault::WrongPeer) => fault = AskFault::WrongPeer,
            Err(_) => {}
        }
    }
    Err(fault)
}

type Asker = Swarm<request::Behaviour<JoinCodec>>;

async fn connect(
    swarm: &mut Asker,
    addr: Multiaddr,
    who: Option<NetKey>,
) -> Result<PeerId, AskFault> {
    let opts = match who {
        Some(peer) => DialOpts::peer_id(peer.peer_id())
            .addresses(vec![addr])
            .condition(PeerCondition::Always)
            .allocate_new_port()
            .build(),
        None => DialOpts::unknown_peer_id()
            .address(addr)
            .allocate_new_port()
            .build(),
    };
    swarm.dial(opts).map_err(|_| AskFault::Unreachable)?;
    loop {
        match swarm.select_next_some().await {
            SwarmEvent::ConnectionEstablished { peer_id, .. } => return Ok(peer_id),
            SwarmEvent::OutgoingConnectionError { error, .. } => {
                return Err(match error {
                    DialError::WrongPeerId { .. } => AskFault::WrongPeer,
                    _ => AskFault::Unreachable,
                });
            }
            _ => {}
        }
    }
}

async fn exchange(swarm: &mut Asker, peer: PeerId, ask: Vec<u8>) -> Result<Vec<u8>, AskFault> {
    swarm.behaviour_mut().send_request(&peer, ask);
    loop {
        match swarm.select_next_some().await {
            SwarmEvent::Behaviour(request::Event::Message {
                message: Message::Response { response, .. },
                ..
            }) => return Ok(response),
            SwarmEvent::Behaviour(request::Event::OutboundFailure { error, .. }) => {
                return Err(match error {
                    OutboundFailure::UnsupportedProtocols => AskFault::NotLinli,
                    OutboundFailure::Timeout => AskFault::Timeout,
                    OutboundFailure::Io(error)
                        if error.kind() == std::io::ErrorKind::UnexpectedEof =>
                    {
                        AskFault::Refused
                    }
                    _ => AskFault::Lost,
                });
            }
            _ => {}
        }
    }
}

async fn close(swarm: &mut Asker) {
    let peers: Vec<PeerId> = swarm.connected_peers().copied().collect();
    for peer in peers {
        let _ = swarm.disconnect_peer_id(peer);
    }
    while swarm.network_info().num_peers() > 0 {
        swarm.select_next_some().await;
    }
}
