//! A libp2p program that is not Linli, or pretends to be: it can be made to do anything on a stream.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; each test file uses a part"
)]

use futures::{AsyncReadExt, AsyncWriteExt, StreamExt};
use libp2p::swarm::SwarmEvent;
use libp2p::{Multiaddr, PeerId, Stream, StreamProtocol, SwarmBuilder, noise, tcp, yamux};
use libp2p_stream::{Behaviour, Control};
use linli_net::{JOIN_PROTOCOL, NetKey, SYNC_PROTOCOL};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::PATIENCE;

pub const SYNC: StreamProtocol = StreamProtocol::new(SYNC_PROTOCOL);
pub const JOIN: StreamProtocol = StreamProtocol::new(JOIN_PROTOCOL);

/// Runs until it is dropped.
pub struct Stranger {
    pub control: Control,
    pub key: NetKey,
    addr: Multiaddr,
    dial: mpsc::Sender<Multiaddr>,
    connected: mpsc::Receiver<PeerId>,
    closed: mpsc::Receiver<PeerId>,
}

pub async fn stranger() -> Stranger {
    let mut swarm = SwarmBuilder::with_new_identity()
        .with_tokio()
        .with_tcp(
            tcp::Config::new(),
            noise::Config::new,
            yamux::Config::default,
        )
        .unwrap()
        .with_behaviour(|_| Behaviour::new())
        .unwrap()
        .with_swarm_config(|config| config.with_idle_connection_timeout(PATIENCE))
        .build();
    swarm
        .listen_on("/ip4/127.0.0.1/tcp/0".parse().unwrap())
        .unwrap();
    let addr = loop {
        if let SwarmEvent::NewListenAddr { address, .. } = swarm.select_next_some().await {
            break address;
        }
    };
    let control = swarm.behaviour().new_control();
    let key = NetKey::from_peer_id(swarm.local_peer_id()).unwrap();
    let (dial, mut to_dial) = mpsc::channel::<Multiaddr>(8);
    let (connects, connected) = mpsc::channel(64);
    let (closes, closed) = mpsc::channel(64);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                addr = to_dial.recv() => match addr {
                    Some(addr) => swarm.dial(addr).unwrap(),
                    None => return,
                },
                event = swarm.select_next_some() => match event {
                    SwarmEvent::ConnectionEstablished { peer_id, .. } => {
                        let _ = connects.try_send(peer_id);
                    }
                    SwarmEvent::ConnectionClosed { peer_id, .. } => {
                        let _ = closes.try_send(peer_id);
                    }
                    _ => {}
                },
            }
        }
    });
    Stranger {
        control,
        key,
        addr,
        dial,
        connected,
        closed,
    }
}

impl Stranger {
    pub fn addr(&self) -> String {
        self.addr.to_string()
    }

    pub async fn connect(&mut self, addr: &str) -> PeerId {
        self.dial.send(addr.parse().unwrap()).await.unwrap();
        let connected = timeout(PATIENCE, self.connected.recv()).await;
        connected.expect("a connection").unwrap()
    }

    pub async fn until_closed(&mut self) {
        let closed = timeout(PATIENCE, self.closed.recv()).await;
        closed.expect("an end of the connection").unwrap();
    }

    /// Opens a stream as a neighbour would, up to where the other side has taken it.
    pub async fn open(&mut self, addr: &str) -> Stream {
        let peer = self.connect(addr).await;
        let mut stream = self.control.open_stream(peer, SYNC).await.unwrap();
        let mut taken = [1; 4];
        stream.read_exact(&mut taken).await.unwrap();
        assert_eq!(taken, [0; 4]);
        stream
    }
}

pub async fn write_frame(stream: &mut Stream, length: u32, bytes: &[u8]) {
    // The other side may hang up in the midst of it, which is what some tests are about.
    let _ = stream.write_all(&length.to_be_bytes()).await;
    let _ = stream.write_all(bytes).await;
    let _ = stream.flush().await;
}
