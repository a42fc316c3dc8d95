//! Nodes on loopback, and waiting for what they report, never for time to pass.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests; each test file uses a part"
)]

pub mod stranger;

use std::fmt::Debug;
use std::time::Duration;

use linli_net::{LinkEnd, LinkId, NetConfig, NetEvent, NetEvents, NetHandle, NetKey, start};
use tokio::time::timeout;

/// Longer than anything takes that succeeds, on a machine that compiles something else meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// A node and what it reports.
pub struct Node {
    pub net: NetHandle,
    pub events: NetEvents,
    /// Passed over while waiting for something else.
    pub seen: Vec<String>,
}

/// A link as one side sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Up {
    pub link: LinkId,
    pub peer: NetKey,
    pub dialed: bool,
}

pub async fn node(seed: u8) -> Node {
    started(NetConfig::loopback([seed; 32])).await
}

pub async fn started(cfg: NetConfig) -> Node {
    let (net, events) = start(cfg).await.unwrap();
    Node {
        net,
        events,
        seen: Vec::new(),
    }
}

impl Node {
    /// The multiaddr of TCP (`tcp`) or QUIC (`quic`).
    pub fn addr(&self, kind: &str) -> String {
        let addrs = self.net.listen_addrs();
        addrs
            .iter()
            .find(|addr| addr.contains(kind))
            .unwrap_or_else(|| panic!("{kind} in {addrs:?}"))
            .clone()
    }

    /// `host:port`, which means both.
    pub fn host_port(&self) -> String {
        let addr = self.addr("tcp");
        let parts: Vec<&str> = addr.split('/').collect();
        format!("{}:{}", parts[2], parts[4])
    }

    /// The first event from now on that `pick` makes something of.
    pub async fn until<T>(&mut self, what: &str, mut pick: impl FnMut(NetEvent) -> Option<T>) -> T {
        let wait = async {
            loop {
                let event = self.events.recv().await.expect("the driver runs");
                self.seen.push(format!("{event:?}"));
                if let Some(found) = pick(event) {
                    return found;
                }
            }
        };
        match timeout(PATIENCE, wait).await {
            Ok(found) => found,
            Err(_) => panic!("no {what}; only {:#?}", self.seen),
        }
    }

    pub async fn up(&mut self) -> Up {
        self.until("link up", |event| match event {
            NetEvent::LinkUp {
                link, peer, dialed, ..
            } => Some(Up { link, peer, dialed }),
            _ => None,
        })
        .await
    }

    pub async fn down(&mut self) -> (LinkId, LinkEnd) {
        self.until("link down", |event| match event {
            NetEvent::LinkDown { link, why, .. } => Some((link, why)),
            _ => None,
        })
        .await
    }

    pub async fn frame(&mut self) -> (LinkId, Vec<u8>) {
        self.until("frame", |event| match event {
            NetEvent::Frame { link, bytes } => Some((link, bytes)),
            _ => None,
        })
        .await
    }

    pub async fn dial_failed(&mut self) -> linli_net::DialFault {
        self.until("failed dial", |event| match event {
            NetEvent::DialFailed { why, .. } => Some(why),
            _ => None,
        })
        .await
    }

    /// Everything reported so far, without waiting.
    pub fn drain(&mut self) -> Vec<NetEvent> {
        std::iter::from_fn(|| self.events.try_recv()).collect()
    }
}

/// A node on a loopback address that no other test uses, so that its port is still free when it comes back.
pub fn at_home(seed: u8) -> NetConfig {
    let process = std::process::id();
    let [.., b, c] = process.to_be_bytes();
    NetConfig {
        listen: vec![format!("127.{}.{c}.{seed}:0", b | 128)],
        ..NetConfig::new([seed; 32])
    }
}

/// Two nodes with a link that the first one dialed.
pub async fn linked(a: u8, b: u8) -> (Node, Up, Node, Up) {
    let (mut a, mut b) = (node(a).await, node(b).await);
    a.net.dial(&b.host_port()).unwrap();
    let (up_a, up_b) = (a.up().await, b.up().await);
    (a, up_a, b, up_b)
}

/// That two nodes hear each other over these links.
pub async fn hear_each_other(a: &mut Node, up_a: Up, b: &mut Node, up_b: Up) {
    a.net.send(up_a.link, b"ni hao".to_vec()).unwrap();
    assert_eq!(b.frame().await, (up_b.link, b"ni hao".to_vec()));
    b.net.send(up_b.link, b"hao".to_vec()).unwrap();
    assert_eq!(a.frame().await, (up_a.link, b"hao".to_vec()));
}

pub fn assert_none<T: Debug>(found: &[T], what: &str) {
    assert!(found.is_empty(), "{what}: {found:?}");
}
