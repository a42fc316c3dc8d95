//! Addresses as people type them, scan them, and as programs store them.
//!
//! Accepted: `192.168.1.7:4001`, `[fd00::7]:4001`, `gate-3.local:4001`, and multiaddrs of TCP or QUIC with or
//! without `/p2p/<id>` at the end. A bare `host:port` means both transports, TCP first: on a LAN it connects
//! in a tenth of the time (QUIC's handshake is the post-quantum one) and carried more per second when
//! measured on loopback.

use std::net::{IpAddr, SocketAddr};

use libp2p::Multiaddr;
use libp2p::multiaddr::Protocol;
use thiserror::Error;

use crate::key::NetKey;

/// Longer than any address we understand; what is longer was not typed by a person.
const LENGTH_MAX: usize = 512;

/// Why an address was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddrFault {
    /// Neither `host:port` nor a multiaddr.
    #[error("not an address: expected host:port or a multiaddr")]
    Unreadable,
    /// A multiaddr of something else than TCP or QUIC on IP or a host name.
    #[error("an address of a kind that Linli does not speak")]
    Unsupported,
    /// The id after `/p2p/` is not that of an Ed25519 key.
    #[error("the id after /p2p/ is not one of a Linli device")]
    Peer,
    /// The transport it asks for is switched off in the configuration.
    #[error("the transport of this address is switched off")]
    SwitchedOff,
    /// Too many addresses are wanted already.
    #[error("too many addresses")]
    TooMany,
}

/// Which transports are on, and which goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ways {
    pub(crate) tcp: bool,
    pub(crate) quic: bool,
    pub(crate) quic_first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Tcp,
    Quic,
}

impl Ways {
    fn has(self, way: Way) -> bool {
        match way {
            Way::Tcp => self.tcp,
            Way::Quic => self.quic,
        }
    }

    fn in_order(self) -> Vec<Way> {
        let mut ways = vec![Way::Tcp, Way::Quic];
        if self.quic_first {
            ways.reverse();
        }
        ways.retain(|way| self.has(*way));
        ways
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    Ip(IpAddr),
    Name(String),
}

/// An address that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Addr {
    host: Host,
    port: u16,
    /// At least one, in the order to try.
    ways: Vec<Way>,
    /// Who must answer, if the address says so.
    pub(crate) peer: Option<NetKey>,
}

impl Addr {
    pub(crate) fn parse(text: &str, on: Ways) -> Result<Self, AddrFault> {
        let text = text.trim();
        if text.len() > LENGTH_MAX {
            return Err(AddrFault::Unreadable);
        }
        let addr = if text.starts_with('/') {
            let multiaddr = text.parse().map_err(|_| AddrFault::Unreadable)?;
            Self::from_multiaddr(&multiaddr)?
        } else {
            Self::from_host_port(text, on)?
        };
        if addr.ways.is_empty() || addr.ways.iter().any(|way| !on.has(*way)) {
            return Err(AddrFault::SwitchedOff);
        }
        Ok(addr)
    }

    fn from_host_port(text: &str, on: Ways) -> Result<Self, AddrFault> {
        let (host, port) = match text.parse::<SocketAddr>() {
            Ok(socket) => (Host::Ip(socket.ip()), socket.port()),
            Err(_) => {
                let (host, port) = text.rsplit_once(':').ok_or(AddrFault::Unreadable)?;
                (
                    Host::Name(host_name(host)?),
                    port.parse().map_err(|_| AddrFault::Unreadable)?,
                )
            }
        };
        Ok(Self {
            host,
            port,
            ways: on.in_order(),
            peer: None,
        })
    }

    pub(crate) fn from_multiaddr(addr: &Multiaddr) -> Result<Self, AddrFault> {
        let mut parts = addr.iter();
        let host = match parts.next() {
            Some(Protocol::Ip4(ip)) => Host::Ip(ip.into()),
            Some(Protocol::Ip6(ip)) => Host::Ip(ip.into()),
            Some(Protocol::Dns(name) | Protocol::Dns4(name) | Protocol::Dns6(name)) => {
                Host::Name(host_name(&name)?)
            }
            _ => return Err(AddrFault::Unsupported),
        };
        let (way, port) = match parts.next() {
            Some(Protocol::Tcp(port)) => (Way::Tcp, port),
            Some(Protocol::Udp(port)) if parts.next() == Some(Protocol::QuicV1) => {
                (Way::Quic, port)
            }
            _ => return Err(AddrFault::Unsupported),
        };
        let peer = match parts.next() {
            None => None,
            Some(Protocol::P2p(id)) => Some(NetKey::from_peer_id(&id).ok_or(AddrFault::Peer)?),
            Some(_) => return Err(AddrFault::Unsupported),
        };
        if parts.next().is_some() {
            return Err(AddrFault::Unsupported);
        }
        Ok(Self {
            host,
            port,
            ways: vec![way],
            peer,
        })
    }

    /// Every multiaddr to try, in order, without `/p2p`; empty if the name leads nowhere.
    pub(crate) async fn candidates(&self) -> Vec<Multiaddr> {
        let ips = match &self.host {
            Host::Ip(ip) => vec![*ip],
            Host::Name(name) => match tokio::net::lookup_host((name.as_str(), self.port)).await {
                Ok(found) => found.map(|socket| socket.ip()).take(4).collect(),
                Err(_) => Vec::new(),
            },
        };
        let each = |way: &Way| {
            let of_way = |ip: &IpAddr| multiaddr(*ip, self.port, *way);
            ips.iter().map(of_way).collect::<Vec<_>>()
        };
        self.ways.iter().flat_map(each).collect()
    }

    /// What to listen on at once, and whether QUIC must wait until TCP has its port: a device has one port
    /// number, also when it lets the system choose (port 0).
    pub(crate) fn listening(&self) -> (Self, bool) {
        let both = self.ways.contains(&Way::Tcp) && self.ways.contains(&Way::Quic);
        let quic_waits = self.port == 0 && both;
        let mut first = self.clone();
        if quic_waits {
            first.ways = vec![Way::Tcp];
        }
        (first, quic_waits)
    }
}

/// The QUIC multiaddr of the same host on this port.
pub(crate) fn quic_on(host: &Multiaddr, port: u16) -> Option<Multiaddr> {
    let ip = match host.iter().next()? {
        Protocol::Ip4(ip) => ip.into(),
        Protocol::Ip6(ip) => ip.into(),
        _ => return None,
    };
    Some(multiaddr(ip, port, Way::Quic))
}

/// The socket of a TCP multiaddr.
pub(crate) fn tcp_of(addr: &Multiaddr) -> Option<SocketAddr> {
    let mut parts = addr.iter();
    match (parts.next()?, parts.next()?) {
        (Protocol::Ip4(ip), Protocol::Tcp(port)) => Some((ip, port).into()),
        (Protocol::Ip6(ip), Protocol::Tcp(port)) => Some((ip, port).into()),
        _ => None,
    }
}

/// The TCP or UDP port of a multiaddr.
pub(crate) fn port_of(addr: &Multiaddr) -> Option<u16> {
    addr.iter().find_map(|part| match part {
        Protocol::Tcp(port) | Protocol::Udp(port) => Some(port),
        _ => None,
    })
}

fn multiaddr(ip: IpAddr, port: u16, way: Way) -> Multiaddr {
    let host = Multiaddr::from(ip);
    match way {
        Way::Tcp => host.with(Protocol::Tcp(port)),
        Way::Quic => host.with(Protocol::Udp(port)).with(Protocol::QuicV1),
    }
}

/// A name that a resolver may be asked for: letters, digits, `-`, `_` and dots, at most 253 of them.
fn host_name(text: &str) -> Result<String, AddrFault> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.is_empty() || text.len() > 253 || !text.chars().all(fits) {
        return Err(AddrFault::Unreadable);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
