//! Pieces of attachments between two nodes: who may ask, how much, and what comes of silence and strangers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::stranger::{stranger, write_frame};
use common::{Node, PATIENCE, hear_each_other, linked, node, started};
use futures::AsyncReadExt;
use libp2p::StreamProtocol;
use linli_net::blob::{BLOB_ANSWER_MAX, GROUP, Loaf, PIECE_GROUPS, open};
use linli_net::{
    AskId, BLOB_PROTOCOL, BlobAnswer, BlobAsk, BlobFault, Carrier, NetConfig, NetEvent, NetKey,
    SendFault,
};
use std::time::Duration;
use tokio::time::timeout;

const BLOB: StreamProtocol = StreamProtocol::new(BLOB_PROTOCOL);

async fn asked(node: &mut Node) -> (AskId, NetKey, Vec<u8>) {
    node.until("ask for a piece", |event| match event {
        NetEvent::BlobAsk { ask, peer, bytes } => Some((ask, peer, bytes)),
        _ => None,
    })
    .await
}

async fn answered(node: &mut Node) -> (AskId, Result<Vec<u8>, BlobFault>) {
    node.until("answer", |event| match event {
        NetEvent::BlobAnswer { ask, answer } => Some((ask, answer)),
        _ => None,
    })
    .await
}

fn blob(length: usize) -> (Vec<u8>, BlobAsk) {
    let bytes: Vec<u8> = (0..length).map(|n| (n / 5) as u8).collect();
    let ask = BlobAsk {
        hash: linli_base::hash::blake3_raw(&bytes),
        size: u32::try_from(length).unwrap(),
        first: 0,
        groups: PIECE_GROUPS,
    };
    (bytes, ask)
}

#[tokio::test]
async fn a_blob_goes_piece_by_piece_both_ways_beside_a_link() {
    let (mut a, up_a, mut b, up_b) = linked(1, 2).await;
    let (bytes, ask) = blob(900_000);
    for turn in 0..2 {
        let (from, to) = if turn == 0 {
            (&mut a, &mut b)
        } else {
            (&mut b, &mut a)
        };
        let mut whole = Vec::new();
        while whole.len() < bytes.len() {
            let ask = BlobAsk {
                first: u32::try_from(whole.len() / GROUP).unwrap(),
                ..ask
            };
            let name = from.net.ask(to.net.net_key(), &ask).unwrap();
            let (asked, peer, request) = asked(to).await;
            assert_eq!((peer, &request), (from.net.net_key(), &ask.encode()));
            let read = BlobAsk::decode(&request).unwrap();
            let piece = BlobAnswer::Piece(Loaf::of(bytes.clone()).cut(&read).unwrap());
            to.net.answer_blob(asked, piece.encode()).unwrap();
            let (answer_to, answer) = answered(from).await;
            assert_eq!(answer_to, name);
            let BlobAnswer::Piece(piece) = BlobAnswer::decode(&answer.unwrap()) else {
                panic!("no piece");
            };
            whole.extend(open(&ask, &piece).unwrap());
        }
        assert_eq!(whole, bytes);
    }
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_told_as_silence_and_one_that_is_too_long_is_not_sent() {
    let mut a = started(NetConfig {
        blob_within: Duration::from_millis(300),
        ..NetConfig::loopback([1; 32])
    })
    .await;
    let mut b = node(2).await;
    a.net.dial(&b.host_port()).unwrap();
    let (up_a, up_b) = (a.up().await, b.up().await);
    let (_, ask) = blob(10);
    let name = a.net.ask(b.net.net_key(), &ask).unwrap();
    let (theirs, ..) = asked(&mut b).await;
    assert_eq!(answered(&mut a).await, (name, Err(BlobFault::Silent)));
    let long = vec![2; BLOB_ANSWER_MAX + 1];
    assert_eq!(b.net.answer_blob(theirs, long), Err(SendFault::Length));
    assert_eq!(b.net.answer_blob(theirs, vec![]), Err(SendFault::Length));
    // The link is none the worse for it.
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn who_is_not_linked_is_not_asked_and_asks_in_vain() {
    let mut a = node(1).await;
    let (_, ask) = blob(10);
    let nobody = NetKey::of_seed(&[9; 32]);
    let name = a.net.ask(nobody, &ask).unwrap();
    assert_eq!(answered(&mut a).await, (name, Err(BlobFault::Gone)));

    // A stranger who has a connection and no link: even while the window for asks is open.
    a.net.open_window(true);
    let mut stranger = stranger().await;
    let peer = stranger.connect(&a.addr("tcp")).await;
    let mut stream = stranger.control.open_stream(peer, BLOB).await.unwrap();
    let bytes = ask.encode();
    write_frame(&mut stream, u32::try_from(bytes.len()).unwrap(), &bytes).await;
    let mut heard = Vec::new();
    let end = timeout(PATIENCE, stream.read_to_end(&mut heard)).await;
    assert!(end.is_ok(), "the stream ends");
    assert_eq!(heard, Vec::<u8>::new());
    let asks = a.drain();
    let heard = asks.iter().any(|e| matches!(e, NetEvent::BlobAsk { .. }));
    assert!(!heard, "{asks:?}");
}

#[tokio::test]
async fn a_link_that_breaks_ends_what_was_asked_over_it() {
    let (mut a, up_a, b, _) = linked(1, 2).await;
    let (_, ask) = blob(10);
    let name = a.net.ask(b.net.net_key(), &ask).unwrap();
    b.net.shutdown().await;
    assert_eq!(answered(&mut a).await, (name, Err(BlobFault::Gone)));
    let again = a.net.ask(up_a.peer, &ask);
    assert!(again.is_some(), "asked, and told that nobody is there");
    let (_, answer) = answered(&mut a).await;
    assert_eq!(answer, Err(BlobFault::Gone));
}
