//! Who receives what: a home keeps no entry of a lane that it may not carry, whatever a neighbour offers; and what
//! becomes its own later is obtained later.

use crate::estate::{
    Seeded, enrol, found, hello, join, keys, link_up, log, meet, new_device, now, post, run, unit,
};
use linli_base::{EntryKind, LaneClass, LogKey, ScopeId};
use linli_charter::Gate;
use linli_node::replica::{About, EnrolAs, Replica};
use linli_protocol::frame::Frame;
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::{Fact, RowKind};

const LINK: LinkId = LinkId(900);

/// An office, a household and a gate that have met.
fn estate() -> [Replica; 3] {
    let mut office = found();
    let family = enrol(&mut office, 2, &unit("3-2-501"));
    let gate = enrol(&mut office, 3, &EnrolAs::Gate { number: 1 });
    let mut all = [office, family, gate];
    meet(&mut all, 0, 1, 10);
    meet(&mut all, 0, 2, 20);
    meet(&mut all, 1, 2, 30);
    all
}

/// Hands frames of `from` to `to` on an open link; returns what it does.
fn push(to: &mut Replica, from: &Replica, frames: Vec<Frame>) -> Vec<Output> {
    let mut out = Vec::new();
    let opening = Frame::Hello(hello(from, to)).encode();
    let up = link_up(to, from, LINK);
    to.input(now(100), up, &mut out).unwrap();
    for frame in std::iter::once(opening).chain(frames.iter().map(Frame::encode)) {
        to.input(now(100), Input::Frame(LINK, frame), &mut out)
            .unwrap();
        to.flush(now(100), &mut out).unwrap();
    }
    out
}

fn boards(r: &Replica) -> Vec<LogKey> {
    let mut logs: Vec<LogKey> = r.heads().keys().copied().collect();
    logs.retain(|log| log.lane.class == LaneClass::Board && log.lane.period.0 > 0);
    logs
}

#[test]
fn a_gate_keeps_nothing_of_the_board_that_a_hostile_neighbour_pushes_into_it() {
    let [_office, mut family, mut gate] = estate();
    let id = post(&mut family, "谁家有梯子", 50);
    let board = log(&family, LaneClass::Board);
    // An act of that lane too, as one that restricts travels ahead of its log.
    let erased = family
        .write(now(51), EntryKind::ERASE, board.lane, About::Of(id.0), &[])
        .unwrap();
    family.flush(now(51), &mut vec![]).unwrap();
    let served = family.served(&board, 1);
    assert_eq!(served.len(), 3);
    let entries: Vec<Vec<u8>> = served.into_iter().map(|(_, bytes)| bytes).collect();
    let act = (entries[2].clone(), family.me().certificate.bytes().to_vec());
    let frames = vec![
        Frame::Acts(vec![act]),
        Frame::Entries { number: 1, entries },
    ];
    let before = gate.digests().unwrap();
    let out = push(&mut gate, &family, frames);
    assert!(!out.iter().any(|o| matches!(o, Output::HangUp(..))));
    let done = Frame::Done(1).encode();
    let answered = |o: &Output| matches!(o, Output::Send(LINK, bytes) if *bytes == done);
    assert!(out.iter().any(answered), "it would never be sent more");
    assert_eq!(gate.refused().values().sum::<u64>(), 4);
    assert_eq!(boards(&gate), []);
    assert_eq!(gate.digests().unwrap(), before);
    assert_eq!(gate.waiting(), 0);
    let again = Replica::open(gate.close(), keys(3), Box::new(Seeded(8))).unwrap();
    assert_eq!(boards(&again), []);
    let store = again.close();
    let act = store.get(linli_store::Table::Acts, &erased.id.0).unwrap();
    assert_eq!(act, None);
}

#[test]
fn what_a_gate_comes_to_carry_after_it_was_offered_reaches_it_on_the_same_link() {
    let mut office = found();
    office
        .new_epoch(now(2), |epoch| {
            epoch.gates.push(Gate {
                number: 2,
                name: "西门".into(),
                device: None,
            });
        })
        .unwrap();
    let first = enrol(&mut office, 3, &EnrolAs::Gate { number: 1 });
    let mut all = vec![office, first];
    meet(&mut all, 0, 1, 10);
    let gates = ScopeId::gates(&all[0].community());
    let lane = all[1].lane(now(20), LaneClass::GateLog, gates);
    let event = GateEvent::new(now(20).wall.seconds().0, 1, GateResult::Admit);
    all[1]
        .record_fact(now(20), lane, &Fact::GateEvent(event))
        .unwrap();
    all[1].flush(now(20), &mut vec![]).unwrap();
    meet(&mut all, 0, 1, 30);
    let gate_log = LogKey {
        device: all[1].me().device(),
        lane,
    };
    // The second gate joins knowing the charter of before: the epoch that names it is lost on the way.
    let stale: Vec<Vec<u8>> = {
        let chain = all[0].authority().charter().chain().iter();
        chain.map(|held| held.bytes.clone()).collect()
    };
    let certificate = all[0]
        .enrol(now(40), &new_device(4), &EnrolAs::Gate { number: 2 })
        .unwrap();
    all[0].flush(now(40), &mut vec![]).unwrap();
    let store = Box::new(linli_store::MemoryStore::new());
    let dice = Box::new(Seeded(4));
    let second = Replica::join(store, keys(4), dice, &stale, certificate.bytes(), now(41)).unwrap();
    all[1] = second;
    let ups = [(0, 1), (1, 0)].map(|(x, y)| (x, link_up(&all[x], &all[y], LINK)));
    run(&mut all, [0, 1], 100, ups, |_, frame| {
        !matches!(frame, Frame::Epochs(_))
    });
    assert!(!all[1].heads().contains_key(&gate_log));
    assert!(!all[1].refused().is_empty(), "it was never offered");
    // The epoch comes after all, and then heads are exchanged as ever.
    let newest = all[0].authority().charter().newest().bytes.clone();
    let epochs = Frame::Epochs(vec![newest]).encode();
    run(
        &mut all,
        [0, 1],
        200,
        [(1, Input::Frame(LINK, epochs))],
        |_, _| true,
    );
    run(
        &mut all,
        [0, 1],
        30_000,
        [(1, Input::Tick), (0, Input::Tick)],
        |_, _| true,
    );
    assert_eq!(all[1].heads().get(&gate_log), all[0].heads().get(&gate_log));
    assert_eq!(all[1].rows(RowKind::GateEvent).unwrap().len(), 1);
}

#[test]
fn a_second_device_that_nobody_introduced_yet_is_brought_what_its_standing_follows_from() {
    let mut office = found();
    let mut first = enrol(&mut office, 2, &unit("3-2-501"));
    let id = post(&mut first, "门口的箱子是谁的", 5);
    let certificate = first
        .enrol(now(6), &new_device(5), &EnrolAs::Sibling)
        .unwrap();
    first.flush(now(6), &mut vec![]).unwrap();
    let second = join(&office, 5, certificate.bytes(), 5);
    let device = second.me().device();
    assert!(second.authority().device(&device).is_none());
    let mut all = [office, first, second];
    meet(&mut all, 1, 2, 10);
    assert!(all[2].authority().device(&device).is_some());
    assert!(crate::estate::shows(&all[2], &id));
}
