//! Cut cables, power failures, calls that cross: what happens to links that should stand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod common;

use std::time::Duration;

use common::{Node, PATIENCE, hear_each_other, linked, node, started};
use linli_net::{LinkEnd, NetConfig, NetEvent, SendFault};
use tokio::io::copy;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

/// A cable to a node that can be cut: what goes in no longer comes out, and nobody is told.
struct Cable {
    addr: String,
    cut: watch::Sender<bool>,
}

async fn cable(to: String) -> Cable {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (cut, is_cut) = watch::channel(false);
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let Ok(far) = TcpStream::connect(&to).await else {
                continue;
            };
            let (near_in, near_out) = near.into_split();
            let (far_in, far_out) = far.into_split();
            tokio::spawn(carry(near_in, far_out, is_cut.clone()));
            tokio::spawn(carry(far_in, near_out, is_cut.clone()));
        }
    });
    Cable {
        addr: format!("/ip4/127.0.0.1/tcp/{}", addr.port()),
        cut,
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut is_cut: watch::Receiver<bool>) {
    let cut = async {
        let _ = is_cut.wait_for(|cut| *cut).await;
    };
    let was_cut = tokio::select! {
        _ = copy(&mut from, &mut to) => false,
        () = cut => true,
    };
    if was_cut {
        // Both ends stay open and silent until the test is over.
        std::future::pending::<()>().await;
    }
}

fn with_quick_pings(seed: u8) -> NetConfig {
    NetConfig {
        ping_every: Duration::from_millis(300),
        ..NetConfig::loopback([seed; 32])
    }
}

#[tokio::test]
async fn a_cut_cable_is_noticed_and_another_way_is_found() {
    let mut a = started(with_quick_pings(1)).await;
    let mut b = started(with_quick_pings(2)).await;
    let cable = cable(b.host_port()).await;
    a.net.dial(&cable.addr).unwrap();
    let (up_a, up_b) = (a.up().await, b.up().await);
    a.net.dial(&b.addr("quic")).unwrap();
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
    cable.cut.send_replace(true);
    assert_eq!(a.down().await, (up_a.link, LinkEnd::Lost));
    let (link, why) = b.down().await;
    assert_eq!(link, up_b.link);
    // Whichever is first: b misses the pings, or a calls again.
    assert!(matches!(why, LinkEnd::Lost | LinkEnd::Replaced), "{why:?}");
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn a_neighbour_whose_power_failed_is_taken_back_before_the_old_link_is_missed() {
    // Both orders of keys: which side decides about crossing calls depends on it.
    for (home_seed, office_seed) in [(1, 2), (2, 1)] {
        let (mut home, mut office) = (node(home_seed).await, node(office_seed).await);
        let cable = cable(office.host_port()).await;
        home.net.dial(&cable.addr).unwrap();
        home.up().await;
        let old = office.up().await;
        cable.cut.send_replace(true);
        drop(home);
        let mut home = node(home_seed).await;
        home.net.dial(&office.addr("tcp")).unwrap();
        assert_eq!(office.down().await, (old.link, LinkEnd::Replaced));
        let (up_home, up_office) = (home.up().await, office.up().await);
        hear_each_other(&mut home, up_home, &mut office, up_office).await;
    }
}

/// How many links a node has, by what it reported.
fn standing(node: &Node) -> i32 {
    let count = |kind: &str| {
        let seen = node.seen.iter().filter(|seen| seen.starts_with(kind));
        i32::try_from(seen.count()).unwrap()
    };
    count("LinkUp") - count("LinkDown")
}

/// Notes one event of a node. Over a new link it says `word`; `true` if it heard the word.
fn heard(node: &mut Node, event: Option<NetEvent>, word: &[u8]) -> bool {
    let event = event.unwrap();
    node.seen.push(format!("{event:?}"));
    match event {
        NetEvent::LinkUp { link, .. } => {
            // It may have given way to another one already.
            let _ = node.net.send(link, word.to_vec());
            false
        }
        NetEvent::Frame { bytes, .. } => bytes == word,
        _ => false,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_cross_again_and_again_always_end_in_one_link() {
    let (mut a, mut b) = (node(1).await, node(2).await);
    for round in 0_usize..15 {
        a.net.dial(&b.addr("tcp")).unwrap();
        b.net.dial(&a.addr(["tcp", "quic"][round % 2])).unwrap();
        let word = round.to_be_bytes();
        let both_hear = async {
            let (mut by_a, mut by_b) = (false, false);
            while !(by_a && by_b) {
                tokio::select! {
                    event = a.events.recv() => by_a |= heard(&mut a, event, &word),
                    event = b.events.recv() => by_b |= heard(&mut b, event, &word),
                }
            }
        };
        timeout(PATIENCE, both_hear).await.unwrap();
        assert_eq!(
            (standing(&a), standing(&b)),
            (1, 1),
            "{:?} {:?}",
            a.seen,
            b.seen
        );
        a.net.set_paused(true);
        a.down().await;
        b.down().await;
        assert_eq!(
            (standing(&a), standing(&b)),
            (0, 0),
            "{:?} {:?}",
            a.seen,
            b.seen
        );
        a.net.set_paused(false);
    }
}

#[tokio::test]
async fn a_node_that_is_asked_to_stop_stops_in_the_midst_of_traffic() {
    let (a, up_a, mut b, up_b) = linked(1, 2).await;
    for _ in 0..50 {
        let _ = a.net.send(up_a.link, vec![1; 4000]);
    }
    timeout(PATIENCE, a.net.shutdown()).await.unwrap();
    assert_eq!(b.down().await.0, up_b.link);
    assert_eq!(a.net.send(up_a.link, vec![1]), Err(SendFault::Gone));
    assert!(a.net.listen_addrs().is_empty());
}
