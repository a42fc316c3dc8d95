//! What strangers, broken programs and broken cables do to a node.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::stranger::{SYNC, stranger, write_frame};
use common::{Node, PATIENCE, hear_each_other, node, started};
use futures::{AsyncReadExt, AsyncWriteExt, StreamExt};
use linli_base::limits::{FRAME_MAX, HELLO_MAX};
use linli_net::{DialFault, LinkEnd, NetConfig, NetEvent, NetKey, SendFault};
use tokio::net::{TcpStream, UdpSocket};

/// That a neighbour can still link with a node that something was done to.
async fn still_serves(node: &mut Node) {
    let mut neighbour = common::node(200).await;
    neighbour.net.dial(&node.host_port()).unwrap();
    let key = neighbour.net.net_key();
    let up = loop {
        let up = node.up().await;
        if up.peer == key {
            break up;
        }
    };
    let up_neighbour = neighbour.up().await;
    hear_each_other(&mut neighbour, up_neighbour, node, up).await;
    neighbour.net.shutdown().await;
}

#[tokio::test]
async fn garbage_on_the_port_harms_nobody() {
    let mut a = node(1).await;
    let addr = a.host_port();
    let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    for n in 0..40_u8 {
        let noise: Vec<u8> = (0..2000_u32)
            .map(|i| (i.wrapping_mul(31) as u8) ^ n)
            .collect();
        let mut socket = TcpStream::connect(&addr).await.unwrap();
        // It may be closed on us before all of it is written.
        let _ = tokio::io::AsyncWriteExt::write_all(&mut socket, &noise).await;
        udp.send_to(&noise[..1200], &addr).await.unwrap();
    }
    still_serves(&mut a).await;
}

#[tokio::test]
async fn sockets_that_say_nothing_do_not_keep_neighbours_out() {
    let mut a = node(1).await;
    let mut silent = Vec::new();
    for _ in 0..60 {
        silent.push(TcpStream::connect(a.host_port()).await.unwrap());
    }
    still_serves(&mut a).await;
}

#[tokio::test]
async fn connections_that_carry_nothing_make_room() {
    let mut a = node(1).await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        let mut stranger = stranger().await;
        stranger.connect(&a.addr("tcp")).await;
        idle.push(stranger);
    }
    // The first to come is the first to go.
    idle[0].until_closed().await;
    still_serves(&mut a).await;
}

#[tokio::test]
async fn a_stream_that_stays_silent_is_ended() {
    let mut a = started(NetConfig {
        first_frame_within: Duration::from_millis(200),
        ..NetConfig::loopback([1; 32])
    })
    .await;
    let mut stranger = stranger().await;
    let mut stream = stranger.open(&a.addr("tcp")).await;
    assert_eq!(a.up().await.peer, stranger.key);
    // Half a length is not a frame either.
    stream.write_all(&[0, 0]).await.unwrap();
    stream.flush().await.unwrap();
    assert_eq!(a.down().await.1, LinkEnd::Silent);
    stranger.until_closed().await;
}

#[tokio::test]
async fn a_frame_of_forbidden_length_ends_the_link() {
    let first_too_long = u32::try_from(HELLO_MAX).unwrap() + 1;
    let too_long = u32::try_from(FRAME_MAX).unwrap() + 1;
    let cases = [
        (false, 0),
        (false, first_too_long),
        (true, 0),
        (true, too_long),
        (true, u32::MAX),
    ];
    for (after_a_good_one, length) in cases {
        let mut a = node(1).await;
        let mut stranger = stranger().await;
        let mut stream = stranger.open(&a.addr("tcp")).await;
        if after_a_good_one {
            write_frame(&mut stream, 5, b"hello").await;
            assert_eq!(a.frame().await.1, b"hello");
        }
        write_frame(&mut stream, length, b"").await;
        assert_eq!(a.down().await.1, LinkEnd::BadFrame, "{length}");
        stranger.until_closed().await;
    }
}

#[tokio::test]
async fn the_longest_first_frame_is_the_longest_hello() {
    let mut a = node(1).await;
    let mut stranger = stranger().await;
    let mut stream = stranger.open(&a.addr("tcp")).await;
    let hello = vec![7; HELLO_MAX];
    write_frame(&mut stream, u32::try_from(HELLO_MAX).unwrap(), &hello).await;
    assert_eq!(a.frame().await.1, hello);
}

#[tokio::test]
async fn a_stream_cut_within_a_frame_is_lost_and_one_closed_between_frames_is_not() {
    let mut a = node(1).await;
    for (bytes, why) in [
        (&b"half"[..], LinkEnd::Lost),
        (b"halfhalf", LinkEnd::ByPeer),
    ] {
        let mut stranger = stranger().await;
        let mut stream = stranger.open(&a.addr("tcp")).await;
        write_frame(&mut stream, 8, bytes).await;
        stream.close().await.unwrap();
        assert_eq!(a.down().await.1, why);
    }
}

#[tokio::test]
async fn many_streams_do_not_make_many_links() {
    let mut a = node(1).await;
    let mut stranger = stranger().await;
    let mut first = stranger.open(&a.addr("tcp")).await;
    write_frame(&mut first, 5, b"hello").await;
    a.frame().await;
    let peer = a.net.net_key().peer_id();
    for _ in 0..200 {
        if stranger.control.open_stream(peer, SYNC).await.is_err() {
            break;
        }
    }
    a.net.set_paused(true);
    a.net.set_paused(false);
    still_serves(&mut a).await;
    // A new stream of the same peer replaces his old one: links follow one another, never two at a time.
    let mut standing = 0_i32;
    for event in &a.seen {
        standing += i32::from(event.starts_with("LinkUp"));
        standing -= i32::from(event.starts_with("LinkDown"));
        assert!(standing <= 2, "{:?}", a.seen);
    }
}

#[tokio::test]
async fn a_program_that_is_not_linli_is_told_from_a_neighbour() {
    let mut a = node(1).await;
    let mut stranger = stranger().await;
    a.net.dial(&stranger.addr()).unwrap();
    assert_eq!(a.dial_failed().await, DialFault::NotLinli);

    // It knows the protocol's name but not what to say.
    let mut streams = stranger.control.accept(SYNC).unwrap();
    a.net.forget(&stranger.addr());
    a.net.dial_peer(stranger.key, &stranger.addr()).unwrap();
    let (_, mut stream) = tokio::time::timeout(PATIENCE, streams.next())
        .await
        .unwrap()
        .unwrap();
    stream.write_all(b"GET ").await.unwrap();
    stream.flush().await.unwrap();
    assert_eq!(a.dial_failed().await, DialFault::NotLinli);
    assert!(!a.seen.iter().any(|seen| seen.starts_with("LinkUp")));
}

#[tokio::test]
async fn a_stream_in_the_wrong_direction_is_not_taken() {
    let mut a = node(1).await;
    let mut stranger = stranger().await;
    let mut streams = stranger.control.accept(SYNC).unwrap();
    a.net.dial(&stranger.addr()).unwrap();
    let (node, ours) = streams.next().await.unwrap();
    // We were dialed, so it is not for us to open.
    let mut wrong = stranger.control.open_stream(node, SYNC).await.unwrap();
    assert!(!matches!(wrong.read(&mut [0; 4]).await, Ok(1..)));
    drop(ours);
    assert_eq!(a.dial_failed().await, DialFault::Refused);
}

#[tokio::test]
async fn a_known_neighbour_finds_a_place_among_strangers() {
    let mut a = started(NetConfig {
        max_links: 2,
        ..NetConfig::loopback([1; 32])
    })
    .await;
    let (mut x, mut y, mut z) = (stranger().await, stranger().await, stranger().await);
    let _streams = [x.open(&a.addr("tcp")).await, y.open(&a.addr("tcp")).await];
    let peer = z.connect(&a.addr("tcp")).await;
    // Turned away, sooner or later.
    if let Ok(mut refused) = z.control.open_stream(peer, SYNC).await {
        assert!(!matches!(refused.read(&mut [0; 4]).await, Ok(1..)));
    }
    a.net.know(NetKey::of_seed(&[200; 32]), true);
    still_serves(&mut a).await;
}

#[tokio::test]
async fn a_slow_reader_is_felt_as_congestion_and_costs_no_memory() {
    for kind in ["tcp", "quic"] {
        let (mut a, mut b) = (node(1).await, node(2).await);
        a.net.dial(&b.addr(kind)).unwrap();
        let up = a.up().await;
        a.net.send(up.link, b"hello".to_vec()).unwrap();
        let frame: Arc<[u8]> = vec![7; FRAME_MAX].into();
        // Nobody takes b's events. What fits: 4 MiB here, 8 MiB there, and the windows between.
        let mut sent = 0;
        let mut turned_away = false;
        while !turned_away {
            match a.net.send(up.link, Arc::clone(&frame)) {
                Ok(()) => sent += 1,
                Err(fault) => {
                    assert_eq!(fault, SendFault::Congested);
                    a.until("congestion", |event| match event {
                        NetEvent::Congested { .. } => Some(()),
                        _ => None,
                    })
                    .await;
                    // Nothing moves any more once both buffers are full.
                    turned_away = sent >= 10;
                    if !turned_away {
                        drained(&mut a).await;
                    }
                }
            }
        }
        assert!(sent <= 40, "{sent} MiB went somewhere");
        assert_eq!(b.frame().await.1, b"hello");
        for _ in 0..sent {
            assert_eq!(b.frame().await.1.len(), FRAME_MAX);
        }
        drained(&mut a).await;
        a.net.send(up.link, b"still there".to_vec()).unwrap();
        assert_eq!(b.frame().await.1, b"still there");
    }
}

async fn drained(node: &mut Node) {
    node.until("relief", |event| match event {
        NetEvent::Drained { .. } => Some(()),
        _ => None,
    })
    .await;
}
