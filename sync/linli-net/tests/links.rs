//! Links between well-behaved neighbours: up, down, both at once, paused, and back again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Node, Up, at_home, hear_each_other, linked, node, started};
use linli_base::limits::FRAME_MAX;
use linli_net::{DialFault, LinkEnd, NetConfig, NetEvent, NetKey, SendFault};

#[tokio::test]
async fn two_neighbours_link_and_hear_each_other() {
    let (mut a, up_a, mut b, up_b) = linked(1, 2).await;
    assert_eq!((up_a.peer, up_b.peer), (b.net.net_key(), a.net.net_key()));
    assert_eq!(up_a.peer, NetKey::of_seed(&[2; 32]));
    assert_eq!((up_a.dialed, up_b.dialed), (true, false));
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn either_transport_alone_carries_a_link() {
    for kind in ["tcp", "quic"] {
        let (mut a, mut b) = (node(1).await, node(2).await);
        a.net.dial(&b.addr(kind)).unwrap();
        let (up_a, up_b) = (a.up().await, b.up().await);
        hear_each_other(&mut a, up_a, &mut b, up_b).await;
    }
}

#[tokio::test]
async fn a_host_and_port_reaches_a_neighbour_who_speaks_only_quic() {
    let only_quic = NetConfig {
        tcp: false,
        ..NetConfig::loopback([2; 32])
    };
    let (mut a, mut b) = (node(1).await, started(only_quic).await);
    let addr = b.addr("quic");
    let port = addr.split('/').nth(4).unwrap();
    a.net.dial(&format!("127.0.0.1:{port}")).unwrap();
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn both_transports_listen_on_the_port_the_system_chose() {
    let a = node(1).await;
    let ports = ["tcp", "quic"].map(|kind| {
        let addr = a.addr(kind);
        addr.split('/').nth(4).unwrap().to_owned()
    });
    assert_eq!(ports[0], ports[1]);
}

#[tokio::test]
async fn frames_arrive_in_order_and_up_to_a_mebibyte() {
    let (a, up_a, mut b, _) = linked(1, 2).await;
    // The first frame has to be short; everything after it may be long.
    for n in 0..300_u32 {
        a.net.send(up_a.link, n.to_be_bytes().to_vec()).unwrap();
    }
    let big: Vec<u8> = (0..FRAME_MAX).map(|n| (n % 251) as u8).collect();
    a.net.send(up_a.link, big.clone()).unwrap();
    for n in 0..300_u32 {
        assert_eq!(b.frame().await.1, n.to_be_bytes());
    }
    assert_eq!(b.frame().await.1, big);
    let too_big = vec![0; FRAME_MAX + 1];
    assert_eq!(a.net.send(up_a.link, too_big), Err(SendFault::Length));
    assert_eq!(a.net.send(up_a.link, Vec::new()), Err(SendFault::Length));
}

/// Everything that went up and did not go down again.
fn standing(nodes: &mut Node, ups: &mut Vec<Up>) {
    for event in nodes.drain() {
        match event {
            NetEvent::LinkUp {
                link, peer, dialed, ..
            } => ups.push(Up { link, peer, dialed }),
            NetEvent::LinkDown { link, .. } => ups.retain(|up| up.link != link),
            _ => {}
        }
    }
}

#[tokio::test]
async fn when_both_call_at_once_there_is_one_link_and_it_stays() {
    for round in 0..4 {
        let (mut a, mut b) = (node(10 + round).await, node(20 + round).await);
        let (to_a, to_b) = match round % 2 {
            0 => (a.host_port(), b.host_port()),
            _ => (a.addr("quic"), b.addr("tcp")),
        };
        a.net.dial(&to_b).unwrap();
        b.net.dial(&to_a).unwrap();
        let (mut up_a, mut up_b) = (vec![a.up().await], vec![b.up().await]);
        // What crosses is sorted out before a frame that is sent afterwards has gone there and back.
        hear_each_other(&mut a, up_a[0], &mut b, up_b[0]).await;
        hear_each_other(&mut a, up_a[0], &mut b, up_b[0]).await;
        standing(&mut a, &mut up_a);
        standing(&mut b, &mut up_b);
        assert_eq!((up_a.len(), up_b.len()), (1, 1), "round {round}");
        assert_ne!(up_a[0].dialed, up_b[0].dialed);
        let downs = a
            .seen
            .iter()
            .chain(&b.seen)
            .filter(|seen| seen.starts_with("LinkDown"));
        assert_eq!(downs.count(), 0, "{:?} {:?}", a.seen, b.seen);
    }
}

#[tokio::test]
async fn dialing_a_peer_by_several_addresses_gives_one_link() {
    let (mut a, mut b) = (node(1).await, node(2).await);
    for addr in [b.addr("tcp"), b.addr("quic"), b.host_port()] {
        a.net.dial(&addr).unwrap();
    }
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
    // A call that comes later finds the seat taken on both sides.
    b.net.dial(&a.addr("quic")).unwrap();
    for _ in 0..20 {
        hear_each_other(&mut a, up_a, &mut b, up_b).await;
    }
    for node in [&mut a, &mut b] {
        let mut ups = Vec::new();
        standing(node, &mut ups);
        common::assert_none(&ups, "second link");
        let more = node.seen.iter().filter(|seen| seen.starts_with("Link"));
        assert_eq!(more.count(), 1, "{:?}", node.seen);
    }
}

#[tokio::test]
async fn who_hangs_up_still_gets_the_last_frame_through_and_is_dialed_again() {
    for kind in ["tcp", "quic"] {
        let (mut a, mut b) = (node(1).await, node(2).await);
        a.net.dial(&b.addr(kind)).unwrap();
        let (up_a, up_b) = (a.up().await, b.up().await);
        b.net.send(up_b.link, b"refused, because".to_vec()).unwrap();
        b.net.hang_up(up_b.link);
        assert_eq!(b.net.send(up_b.link, b"x".to_vec()), Err(SendFault::Gone));
        assert_eq!(a.frame().await.1, b"refused, because");
        assert_eq!(a.down().await, (up_a.link, LinkEnd::ByPeer));
        assert_eq!(b.down().await, (up_b.link, LinkEnd::HungUp));
        // Nobody had to say so: the address is still wanted.
        let (again_a, again_b) = (a.up().await, b.up().await);
        assert_ne!(again_a.link, up_a.link);
        hear_each_other(&mut a, again_a, &mut b, again_b).await;
    }
}

#[tokio::test]
async fn a_forgotten_address_is_not_dialed_again() {
    let (mut a, up_a, mut b, _) = linked(1, 2).await;
    a.net.forget(&b.host_port());
    a.net.hang_up(up_a.link);
    a.down().await;
    b.down().await;
    // Something that takes longer than the first redial would.
    a.net.dial("/ip4/127.0.0.1/tcp/1").unwrap();
    for _ in 0..3 {
        assert_eq!(a.dial_failed().await, DialFault::Unreachable);
    }
    let ups = a.seen.iter().filter(|seen| seen.starts_with("LinkUp"));
    assert_eq!(ups.count(), 1, "{:?}", a.seen);
}

#[tokio::test]
async fn a_neighbour_who_comes_home_later_is_reached_without_a_word() {
    let (mut a, b) = (node(1).await, started(at_home(2)).await);
    let addr = b.addr("tcp");
    b.net.shutdown().await;
    a.net.dial(&addr).unwrap();
    assert_eq!(a.dial_failed().await, DialFault::Unreachable);
    let mut b = started(NetConfig {
        listen: vec![addr],
        ..NetConfig::new([2; 32])
    })
    .await;
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn a_restart_of_one_side_heals_by_itself() {
    let (mut a, mut b) = (node(1).await, started(at_home(3)).await);
    let addr = b.host_port();
    a.net.dial(&addr).unwrap();
    let up_a = a.up().await;
    b.up().await;
    b.net.shutdown().await;
    assert_eq!(a.down().await, (up_a.link, LinkEnd::ByPeer));
    let mut b = started(NetConfig {
        listen: vec![addr],
        ..NetConfig::new([3; 32])
    })
    .await;
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn pausing_hangs_up_and_keeps_everyone_out_until_it_ends() {
    let (mut a, up_a, mut b, _) = linked(1, 2).await;
    a.net.set_paused(true);
    assert_eq!(a.down().await, (up_a.link, LinkEnd::Paused));
    b.down().await;
    b.net.dial(&a.host_port()).unwrap();
    assert_eq!(b.dial_failed().await, DialFault::Unreachable);
    common::assert_none(&a.drain(), "events of a paused node");
    a.net.set_paused(false);
    let (up_a, up_b) = (a.up().await, b.up().await);
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn pausing_one_peer_leaves_the_others_linked() {
    let (mut a, _, mut b, up_b) = linked(1, 2).await;
    let mut c = node(3).await;
    c.net.dial(&a.addr("tcp")).unwrap();
    let (up_ac, up_c) = (a.up().await, c.up().await);
    a.net.pause_peer(b.net.net_key(), true);
    assert_eq!(a.down().await.1, LinkEnd::Paused);
    assert_eq!(b.down().await.0, up_b.link);
    b.net.dial(&a.addr("tcp")).unwrap();
    b.dial_failed().await;
    hear_each_other(&mut a, up_ac, &mut c, up_c).await;
    a.net.pause_peer(b.net.net_key(), false);
    let (up_a, up_b) = (a.up().await, b.up().await);
    assert_eq!(up_a.peer, b.net.net_key());
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn a_blocked_peer_is_cut_off_and_not_dialed() {
    let (mut a, _, mut b, _) = linked(1, 2).await;
    a.net.block(b.net.net_key(), true);
    assert_eq!(a.down().await.1, LinkEnd::Blocked);
    b.down().await;
    b.net.dial(&a.addr("tcp")).unwrap();
    b.dial_failed().await;
    let ups = a
        .drain()
        .into_iter()
        .filter(|event| matches!(event, NetEvent::LinkUp { .. }));
    assert_eq!(ups.count(), 0);
}

#[tokio::test]
async fn somebody_else_at_a_known_address_is_not_linked() {
    let (mut a, b) = (node(1).await, node(2).await);
    let meant = NetKey::of_seed(&[9; 32]);
    a.net.dial_peer(meant, &b.host_port()).unwrap();
    assert_eq!(a.dial_failed().await, DialFault::WrongPeer(b.net.net_key()));
    let addr = format!("{}/p2p/{meant}", b.addr("tcp"));
    a.net.dial(&addr).unwrap();
    assert_eq!(a.dial_failed().await, DialFault::WrongPeer(b.net.net_key()));
}

#[tokio::test]
async fn dialing_oneself_is_noticed() {
    let mut a = node(1).await;
    a.net.dial(&a.host_port()).unwrap();
    assert_eq!(a.dial_failed().await, DialFault::Myself);
}

#[tokio::test]
async fn a_full_node_turns_the_next_one_away() {
    let mut full = started(NetConfig {
        max_links: 1,
        ..NetConfig::loopback([1; 32])
    })
    .await;
    let (mut b, mut c) = (node(2).await, node(3).await);
    b.net.dial(&full.addr("tcp")).unwrap();
    let (up_full, up_b) = (full.up().await, b.up().await);
    c.net.dial(&full.addr("tcp")).unwrap();
    assert_eq!(c.dial_failed().await, DialFault::Refused);
    full.net.dial(&c.addr("tcp")).unwrap();
    assert_eq!(full.dial_failed().await, DialFault::Full);
    hear_each_other(&mut full, up_full, &mut b, up_b).await;
}

#[tokio::test]
async fn an_address_in_use_is_reported_and_does_not_keep_the_node_from_running() {
    let a = node(1).await;
    let mut b = started(NetConfig {
        listen: vec![a.addr("tcp")],
        ..NetConfig::new([2; 32])
    })
    .await;
    b.until("failed listen", |event| match event {
        NetEvent::ListenFailed { .. } => Some(()),
        _ => None,
    })
    .await;
    b.net.dial(&a.host_port()).unwrap();
    b.up().await;
}

#[tokio::test]
async fn the_driver_stops_when_its_handle_is_dropped() {
    let mut a = node(1).await;
    drop(a.net);
    let rest = async { while a.events.recv().await.is_some() {} };
    tokio::time::timeout(common::PATIENCE, rest).await.unwrap();
}
