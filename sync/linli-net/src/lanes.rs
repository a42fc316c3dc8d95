//! Which connection a stream belongs to, and the door that can be shut.
//!
//! `libp2p_stream` hands out streams by peer: with two connections to one peer it opens on a random one, does
//! not say on which one a stream came in, drops streams that arrive while another one waits, and keeps a
//! little of every connection that ever was. We must know the connection, because of two that cross one has
//! to be chosen (see [`crate::seat`]). So every connection gets a `libp2p_stream` behaviour of its own, which
//! sees this one connection and goes when it goes.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::task::{Context, Poll};

use libp2p::core::transport::PortUse;
use libp2p::core::{Endpoint, Multiaddr};
use libp2p::swarm::behaviour::{ConnectionClosed, DialFailure, ListenFailure};
use libp2p::swarm::{
    ConnectionDenied, ConnectionId, FromSwarm, NetworkBehaviour, THandler, THandlerInEvent,
    THandlerOutEvent, ToSwarm,
};
use libp2p::{PeerId, swarm::behaviour::ConnectionEstablished};
use libp2p_stream::{Control, IncomingStreams};
use thiserror::Error;

use crate::SYNC;

/// The reason given to ourselves for turning a connection away.
#[derive(Debug, Error)]
#[error("paused")]
pub(crate) struct Shut;

struct Lane {
    inner: libp2p_stream::Behaviour,
    /// Taken by the driver once the connection stands.
    ends: Option<(Control, IncomingStreams)>,
}

/// One lane for each connection.
#[derive(Default)]
pub(crate) struct Lanes {
    /// Turns every new connection away, in both directions.
    pub(crate) shut: bool,
    lanes: BTreeMap<ConnectionId, Lane>,
}

impl Lanes {
    /// Both ends of a connection's lane: to open our stream, and to see those of the peer. Once each.
    pub(crate) fn take(&mut self, connection: ConnectionId) -> Option<(Control, IncomingStreams)> {
        self.lanes.get_mut(&connection)?.ends.take()
    }

    fn lay(&mut self, connection: ConnectionId) -> Result<&mut Lane, ConnectionDenied> {
        self.may_pass()?;
        let inner = libp2p_stream::Behaviour::new();
        let mut control = inner.new_control();
        let incoming = control.accept(SYNC).map_err(ConnectionDenied::new)?;
        let ends = Some((control, incoming));
        self.lanes.insert(connection, Lane { inner, ends });
        self.lanes
            .get_mut(&connection)
            .ok_or_else(|| ConnectionDenied::new(Shut))
    }

    fn may_pass(&self) -> Result<(), ConnectionDenied> {
        if self.shut {
            return Err(ConnectionDenied::new(Shut));
        }
        Ok(())
    }
}

impl NetworkBehaviour for Lanes {
    type ConnectionHandler = THandler<libp2p_stream::Behaviour>;
    type ToSwarm = Infallible;

    fn handle_pending_inbound_connection(
        &mut self,
        _: ConnectionId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<(), ConnectionDenied> {
        self.may_pass()
    }

    fn handle_pending_outbound_connection(
        &mut self,
        _: ConnectionId,
        _: Option<PeerId>,
        _: &[Multiaddr],
        _: Endpoint,
    ) -> Result<Vec<Multiaddr>, ConnectionDenied> {
        self.may_pass()?;
        Ok(Vec::new())
    }

    fn handle_established_inbound_connection(
        &mut self,
        connection: ConnectionId,
        peer: PeerId,
        local: &Multiaddr,
        remote: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        let lane = self.lay(connection)?;
        lane.inner
            .handle_established_inbound_connection(connection, peer, local, remote)
    }

    fn handle_established_outbound_connection(
        &mut self,
        connection: ConnectionId,
        peer: PeerId,
        addr: &Multiaddr,
        role: Endpoint,
        port_use: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        let lane = self.lay(connection)?;
        lane.inner
            .handle_established_outbound_connection(connection, peer, addr, role, port_use)
    }

    fn on_swarm_event(&mut self, event: FromSwarm) {
        match event {
            FromSwarm::ConnectionEstablished(ConnectionEstablished { connection_id, .. }) => {
                if let Some(lane) = self.lanes.get_mut(&connection_id) {
                    lane.inner.on_swarm_event(event);
                }
            }
            // A connection that another behaviour denied after us ends in one of the latter two.
            FromSwarm::ConnectionClosed(ConnectionClosed { connection_id, .. })
            | FromSwarm::DialFailure(DialFailure { connection_id, .. })
            | FromSwarm::ListenFailure(ListenFailure { connection_id, .. }) => {
                self.lanes.remove(&connection_id);
            }
            _ => {}
        }
    }

    fn on_connection_handler_event(
        &mut self,
        _: PeerId,
        _: ConnectionId,
        event: THandlerOutEvent<Self>,
    ) {
        libp2p::core::util::unreachable(event);
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<Infallible, THandlerInEvent<Self>>> {
        Poll::Pending
    }
}
