//! Asks: one request and one answer, and who may.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::stranger::{JOIN, stranger, write_frame};
use common::{Node, PATIENCE, hear_each_other, linked, node};
use futures::AsyncReadExt;
use linli_base::limits::JOIN_BYTES_MAX;
use linli_net::{AskFault, AskId, NetEvent, NetKey, SendFault, ask_once};

const JOINER: [u8; 32] = [77; 32];

async fn asked(node: &mut Node) -> (AskId, NetKey, Vec<u8>) {
    node.until("ask", |event| match event {
        NetEvent::Ask { ask, peer, bytes } => Some((ask, peer, bytes)),
        _ => None,
    })
    .await
}

async fn ask(addrs: &[String], bytes: &[u8]) -> Result<Vec<u8>, AskFault> {
    ask_once(&JOINER, addrs, None, bytes.to_vec(), PATIENCE).await
}

#[tokio::test]
async fn a_joiner_asks_once_over_either_transport() {
    let mut office = node(1).await;
    office.net.open_window(true);
    for addr in [office.addr("tcp"), office.addr("quic"), office.host_port()] {
        let addrs = [addr];
        let answering = async {
            let (ask, peer, bytes) = asked(&mut office).await;
            assert_eq!(
                (peer, bytes),
                (NetKey::of_seed(&JOINER), b"let me in".to_vec())
            );
            office.net.answer(ask, b"welcome".to_vec()).unwrap();
        };
        let (answer, ()) = tokio::join!(ask(&addrs, b"let me in"), answering);
        assert_eq!(answer, Ok(b"welcome".to_vec()));
    }
}

#[tokio::test]
async fn the_largest_ask_and_the_largest_answer_get_through() {
    let mut office = node(1).await;
    office.net.open_window(true);
    let addrs = [office.host_port()];
    let full = vec![5; JOIN_BYTES_MAX];
    let answering = async {
        let (ask, _, bytes) = asked(&mut office).await;
        let too_long = vec![0; JOIN_BYTES_MAX + 1];
        assert_eq!(office.net.answer(ask, too_long), Err(SendFault::Length));
        office.net.answer(ask, bytes).unwrap();
        assert_eq!(office.net.answer(ask, vec![1]), Err(SendFault::Gone));
    };
    let (answer, ()) = tokio::join!(ask(&addrs, &full), answering);
    assert_eq!(answer, Ok(full.clone()));
    let longer = vec![5; JOIN_BYTES_MAX + 1];
    assert_eq!(ask(&addrs, &longer).await, Err(AskFault::Length));
}

#[tokio::test]
async fn a_stranger_is_heard_only_while_the_window_is_open() {
    let mut office = node(1).await;
    let addrs = [office.host_port()];
    assert_eq!(ask(&addrs, b"hello?").await, Err(AskFault::Refused));
    office.net.open_window(true);
    let declining = async {
        let (ask, ..) = asked(&mut office).await;
        office.net.decline(ask);
    };
    let (answer, ()) = tokio::join!(ask(&addrs, b"hello?"), declining);
    assert_eq!(answer, Err(AskFault::Refused));
    office.net.open_window(false);
    assert_eq!(ask(&addrs, b"hello?").await, Err(AskFault::Refused));
    let asks = office
        .drain()
        .into_iter()
        .filter(|event| matches!(event, NetEvent::Ask { .. }));
    assert_eq!(asks.count(), 0);
}

#[tokio::test]
async fn a_peer_we_know_may_ask_at_any_time() {
    let mut office = node(1).await;
    office.net.know(NetKey::of_seed(&JOINER), true);
    let addrs = [office.host_port()];
    let answering = async {
        let (ask, ..) = asked(&mut office).await;
        office.net.answer(ask, b"yes".to_vec()).unwrap();
    };
    let (answer, ()) = tokio::join!(ask(&addrs, b"the gate's list?"), answering);
    assert_eq!(answer, Ok(b"yes".to_vec()));
}

#[tokio::test]
async fn a_blocked_peer_and_a_paused_office_hear_nothing() {
    let office = node(1).await;
    office.net.open_window(true);
    office.net.block(NetKey::of_seed(&JOINER), true);
    let addrs = [office.host_port()];
    let answer = ask(&addrs, b"hello?").await;
    assert!(
        matches!(answer, Err(AskFault::Lost | AskFault::Unreachable)),
        "{answer:?}"
    );
    office.net.block(NetKey::of_seed(&JOINER), false);
    office.net.set_paused(true);
    assert_eq!(ask(&addrs, b"hello?").await, Err(AskFault::Unreachable));
}

#[tokio::test]
async fn a_joiner_asks_the_one_he_means_at_whichever_address_works() {
    let mut office = node(1).await;
    office.net.open_window(true);
    let other = node(2).await;
    let addrs = [
        "/ip4/127.0.0.1/tcp/1".to_owned(),
        "no address".to_owned(),
        other.host_port(),
        office.host_port(),
    ];
    let answering = async {
        let (ask, ..) = asked(&mut office).await;
        office.net.answer(ask, b"it is me".to_vec()).unwrap();
    };
    let meant = Some(NetKey::of_seed(&[1; 32]));
    let asking = ask_once(&JOINER, &addrs, meant, b"?".to_vec(), PATIENCE);
    let (answer, ()) = tokio::join!(asking, answering);
    assert_eq!(answer, Ok(b"it is me".to_vec()));

    let nobody = ask_once(&JOINER, &addrs[..3], meant, b"?".to_vec(), PATIENCE).await;
    assert_eq!(nobody, Err(AskFault::WrongPeer));
    assert_eq!(ask(&addrs[..1], b"?").await, Err(AskFault::Unreachable));
    assert_eq!(ask(&addrs[1..2], b"?").await, Err(AskFault::NoAddress));
}

#[tokio::test]
async fn an_ask_that_nobody_answers_ends_in_time() {
    let mut office = node(1).await;
    office.net.open_window(true);
    let addrs = [office.host_port()];
    let short = std::time::Duration::from_millis(700);
    let asking = ask_once(&JOINER, &addrs, None, b"?".to_vec(), short);
    let (answer, (ask, ..)) = tokio::join!(asking, asked(&mut office));
    assert_eq!(answer, Err(AskFault::Timeout));
    // The answer that comes too late is nobody's fault, and there is only one.
    let _ = office.net.answer(ask, b"sorry".to_vec());
    assert_eq!(
        office.net.answer(ask, b"sorry".to_vec()),
        Err(SendFault::Gone)
    );
}

#[tokio::test]
async fn an_ask_by_a_linked_peer_does_not_disturb_the_link() {
    let (mut a, up_a, mut b, up_b) = linked(1, 2).await;
    b.net.open_window(true);
    let addrs = [b.host_port()];
    let answering = async {
        let (ask, ..) = asked(&mut b).await;
        b.net.answer(ask, b"!".to_vec()).unwrap();
    };
    let asking = ask_once(&[1; 32], &addrs, None, b"?".to_vec(), PATIENCE);
    let (answer, ()) = tokio::join!(asking, answering);
    assert_eq!(answer, Ok(b"!".to_vec()));
    hear_each_other(&mut a, up_a, &mut b, up_b).await;
}

#[tokio::test]
async fn a_stranger_has_64_kib_in_all_on_one_connection() {
    let mut office = node(1).await;
    office.net.open_window(true);
    let mut stranger = stranger().await;
    let peer = stranger.connect(&office.addr("tcp")).await;
    let half = vec![1; JOIN_BYTES_MAX / 2 + 1];
    let length = u32::try_from(half.len()).unwrap();

    let mut first = stranger.control.open_stream(peer, JOIN).await.unwrap();
    write_frame(&mut first, length, &half).await;
    assert_eq!(asked(&mut office).await.2, half);
    let mut second = stranger.control.open_stream(peer, JOIN).await.unwrap();
    write_frame(&mut second, length, &half).await;
    stranger.until_closed().await;
    let asks = office
        .drain()
        .into_iter()
        .filter(|event| matches!(event, NetEvent::Ask { .. }));
    assert_eq!(asks.count(), 0);
}

#[tokio::test]
async fn an_ask_that_announces_too_much_is_not_read() {
    let mut office = node(1).await;
    office.net.open_window(true);
    let mut stranger = stranger().await;
    let peer = stranger.connect(&office.addr("tcp")).await;
    for length in [0, u32::try_from(JOIN_BYTES_MAX).unwrap() + 1, u32::MAX] {
        let mut stream = stranger.control.open_stream(peer, JOIN).await.unwrap();
        write_frame(&mut stream, length, b"").await;
        assert!(
            !matches!(stream.read(&mut [0; 4]).await, Ok(1..)),
            "{length}"
        );
    }
    common::assert_none(
        &office
            .drain()
            .into_iter()
            .filter(|event| matches!(event, NetEvent::Ask { .. }))
            .collect::<Vec<_>>(),
        "asks",
    );
}
