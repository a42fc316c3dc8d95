//! Fetching over the real transport on loopback, from a liar, from one who says nothing, and from an honest neighbour.

use super::super::serve::Server;
use super::super::shelf::{MemoryShelf, Shelf};
use super::*;
use linli_base::hash::blake3_raw;
use linli_net::{Carrier, NetConfig, NetEvent, NetEvents, NetHandle, blob, start};
use std::time::Duration;

#[derive(Clone, Copy)]
enum Manner {
    Honest,
    Lies,
    Silent,
}

/// Says something on every link, so that it stays, and answers asks as its manner is.
async fn neighbour(net: NetHandle, mut events: NetEvents, manner: Manner, there: &MemoryShelf) {
    let mut server = Server::default();
    while let Some(event) = events.recv().await {
        match event {
            NetEvent::LinkUp { link, .. } => net.send(link, b"ni hao".to_vec()).unwrap(),
            NetEvent::BlobAsk { ask, peer, bytes } => {
                let answer = server.answer(Moment(1), peer, &bytes, there, |_| true);
                let mut answer = answer.encode();
                match manner {
                    Manner::Honest => {}
                    Manner::Lies => {
                        let middle = answer.len() / 2;
                        answer[middle] ^= 1;
                    }
                    Manner::Silent => continue,
                }
                net.answer_blob(ask, answer).unwrap();
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_liar_and_a_silent_one_on_the_real_transport_do_not_stop_a_photo() {
    let bytes: Vec<u8> = (0..1_500_000_u32).map(|n| (n / 11) as u8).collect();
    let id = BlobId {
        hash: blake3_raw(&bytes),
        size: 1_500_000,
    };
    let mut there = MemoryShelf::default();
    there.put(&id, 0, &bytes).unwrap();
    let short = NetConfig {
        blob_within: Duration::from_millis(400),
        ..NetConfig::loopback([1; 32])
    };
    let (mut me, mut events) = start(short).await.unwrap();
    let manners = [Manner::Lies, Manner::Silent, Manner::Honest];
    let mut neighbours = Vec::new();
    let mut keys = Vec::new();
    for (seed, manner) in (2..).zip(manners) {
        let (net, events) = start(NetConfig::loopback([seed; 32])).await.unwrap();
        me.dial(&net.listen_addrs()[0]).unwrap();
        keys.push(net.net_key());
        neighbours.push(neighbour(net, events, manner, &there));
    }
    let fetching = async {
        let mut here = BTreeSet::new();
        let mut fetcher = Fetcher::default();
        fetcher.want([(id, 0)]);
        let mut shelf = MemoryShelf::default();
        let mut asked = BTreeMap::<NetKey, u32>::new();
        let mut lies = Vec::new();
        let mut now = Moment(0);
        while !shelf.has(&id) {
            // All three are here before the first is asked.
            if here.len() == keys.len() {
                fetcher.meet(|_| here.clone());
                fetcher.next(now, usize::MAX, |peer, ask| {
                    *asked.entry(peer).or_default() += 1;
                    me.ask(peer, ask).map(|name| name.0)
                });
            }
            let event = tokio::time::timeout(Duration::from_millis(50), events.recv()).await;
            now = now.plus(200);
            match event {
                Ok(Some(NetEvent::LinkUp { link, peer, .. })) => {
                    me.send(link, b"hao".to_vec()).unwrap();
                    here.insert(peer);
                }
                Ok(Some(NetEvent::BlobAnswer { ask, answer })) => {
                    match fetcher.answered_by(now, ask.0, answer, blob::open) {
                        Came::Piece { id, at, bytes } => {
                            let whole = shelf.put(&id, at, &bytes).unwrap();
                            fetcher.put(&id, shelf.come(&id), whole);
                        }
                        Came::Lie(peer) => lies.push(peer),
                        Came::Nothing => {}
                    }
                }
                _ => {}
            }
        }
        assert_eq!(shelf.whole(&id).as_ref(), Some(&bytes));
        let [liar, _, honest] = keys[..] else {
            panic!("three neighbours")
        };
        assert!(
            asked.get(&liar).is_none_or(|times| *times == 1),
            "{asked:?}"
        );
        assert!(lies.iter().all(|peer| *peer == liar));
        assert_eq!(asked[&honest], 6, "six pieces of 256 KiB");
    };
    let serving = futures::future::join_all(neighbours);
    let done = tokio::time::timeout(Duration::from_secs(60), async {
        tokio::select! {
            () = fetching => true,
            _ = serving => false,
        }
    });
    assert_eq!(done.await, Ok(true), "the photo comes");
}
