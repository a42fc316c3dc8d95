//! A device whose key is used twice: both entries are proof, the log stops before them everywhere, and a cut-off selects
//! one branch.

use crate::estate::{
    Seeded, agree, enrol, found, join, keys, log, meet, meet_but, now, post, shows, unit,
};
use linli_base::{Header, LaneClass, RecordId};
use linli_charter::epoch::DeviceCut;
use linli_node::replica::Replica;
use linli_protocol::frame::Frame;

/// An office, two households, and two copies of a third one's device that agree up to its first post.
fn cloned() -> (Vec<Replica>, Replica, Replica, RecordId) {
    let mut office = found();
    let a = enrol(&mut office, 2, &unit("3-2-501"));
    let b = enrol(&mut office, 3, &unit("3-2-502"));
    let certificate = office
        .enrol(now(1), &crate::estate::new_device(4), &unit("3-2-503"))
        .unwrap();
    office.flush(now(1), &mut vec![]).unwrap();
    let mut one = join(&office, 4, certificate.bytes(), 4);
    let mut two = join(&office, 4, certificate.bytes(), 4);
    let shared = post(&mut one, "分叉之前", 5);
    assert_eq!(post(&mut two, "分叉之前", 5), shared, "not the same copy");
    (vec![office, a, b], one, two, shared)
}

/// One copy was met by the first household, the other by the second; then all three meet.
fn forked() -> (Vec<Replica>, Replica, RecordId, RecordId) {
    let (mut all, mut one, mut two, shared) = cloned();
    let left = post(&mut one, "左", 6);
    let right = post(&mut two, "右", 7);
    assert_eq!(left, right, "one place, two entries");
    all.push(one);
    all.push(two);
    meet(&mut all, 1, 3, 10);
    meet(&mut all, 2, 4, 20);
    assert!(shows(&all[1], &left) && shows(&all[2], &right));
    all.truncate(4);
    let one = all.remove(3);
    agree(&mut all, 1000, "board");
    (all, one, shared, left)
}

#[test]
fn two_branches_met_apart_are_one_fork_for_all_and_nothing_of_either_counts() {
    let (all, one, shared, left) = forked();
    for r in &all {
        assert_eq!(r.authority().fork(&log(&one, LaneClass::Board)), Some(3));
        assert!(r.authority().is_held(&one.me().device()));
        assert!(shows(r, &shared), "what came before the fork stands");
        assert!(!shows(r, &left), "a log stops before its fork");
    }
}

#[test]
fn a_cut_off_on_one_branch_selects_it_for_all_whichever_they_met_first() {
    let (mut all, one, shared, left) = forked();
    let device = one.me().device();
    // The office cuts the device off where its own copy stands: that branch counts, for all.
    all[0]
        .revoke(now(5000), &device, "同一把钥匙用了两次")
        .unwrap();
    all[0].flush(now(5000), &mut vec![]).unwrap();
    agree(&mut all, 6000, "board");
    for r in &all {
        assert!(r.authority().is_revoked(&device));
        assert!(
            shows(r, &shared) && shows(r, &left),
            "the branch that was named"
        );
    }
}

/// The first household and the office hold `left` entries above the fork, the second household `right` others.
fn unlike(left: usize, right: usize) -> (Vec<Replica>, Replica, Vec<RecordId>, Vec<RecordId>) {
    let (mut all, mut one, mut two, shared) = cloned();
    let mut named = vec![shared];
    for n in 0..left {
        named.push(post(&mut one, &format!("左{n}"), 6 + n as u64));
    }
    let others = (0..right).map(|n| post(&mut two, &format!("右{n}"), 60 + n as u64));
    let others: Vec<_> = others.collect();
    all.push(one);
    all.push(two);
    meet(&mut all, 1, 3, 110);
    meet(&mut all, 0, 1, 120);
    meet(&mut all, 2, 4, 130);
    all.truncate(4);
    let one = all.remove(3);
    let device = one.me().device();
    all[0].revoke(now(5000), &device, "两个人用").unwrap();
    all[0].flush(now(5000), &mut vec![]).unwrap();
    (all, one, named, others)
}

fn only_the_named_branch(all: &[Replica], named: &[RecordId], others: &[RecordId]) {
    for r in all {
        assert!(named.iter().all(|id| shows(r, id)));
        // The ids of both branches are those of their places.
        let beyond = others.iter().filter(|id| !named.contains(id));
        assert!(beyond.into_iter().all(|id| !shows(r, id)));
    }
}

#[test]
fn the_selected_branch_is_followed_whether_it_is_shorter_or_longer_than_the_other() {
    for (left, right) in [(1, 4), (4, 1), (3, 3), (5, 2)] {
        let (mut all, one, named, others) = unlike(left, right);
        agree(&mut all, 6000, "board");
        only_the_named_branch(&all, &named, &others);
        let board = log(&one, LaneClass::Board);
        let heads: Vec<_> = all.iter().map(|r| r.heads()[&board]).collect();
        assert!(heads.iter().all(|h| *h == heads[0]), "{left} {right}");
        // The other branch's entry at the fork is kept, and served as proof beside the selected one.
        let forked = all[2].authority().fork(&board).unwrap();
        let both = all[2].served(&board, forked);
        assert_eq!(both.iter().filter(|(seq, _)| *seq == forked).count(), 2);
    }
}

#[test]
fn until_the_selected_branch_has_come_the_other_does_not_count_through_restarts_too() {
    let (mut all, one, named, others) = unlike(2, 3);
    // The second household hears of the cut-off and gets nothing of the selected branch; it restarts in between. Where
    // the branches part it cannot know yet: all it can tell is that its entry at the cut-off is not the one named.
    let board = log(&one, LaneClass::Board);
    for at in 0..4 {
        let is_board = |e: &Vec<u8>| Header::decode(e).is_ok_and(|h| h.log() == board && h.seq > 3);
        meet_but(&mut all, 0, 2, 6000 + at * 10, |_, frame| match frame {
            Frame::Entries { entries, .. } => !entries.iter().any(is_board),
            _ => true,
        });
        all[2].rebuild(now(7000)).unwrap();
        assert!(all[2].authority().is_revoked(&one.me().device()));
        let above = &others[1..];
        assert!(above.iter().all(|id| !shows(&all[2], id)), "round {at}");
        let before = all[2].digests().unwrap();
        let store = all.pop().unwrap().close();
        let again = Replica::open(store, keys(3), Box::new(Seeded(77 + at))).unwrap();
        assert_eq!(again.digests().unwrap(), before);
        all.push(again);
    }
    agree(&mut all, 8000, "board");
    only_the_named_branch(&all, &named, &others);
    let store = all.pop().unwrap().close();
    all.push(Replica::open(store, keys(3), Box::new(Seeded(99))).unwrap());
    agree(&mut all, 9000, "board");
    only_the_named_branch(&all, &named, &others);
}

#[test]
fn an_epoch_that_cuts_a_forked_device_below_the_fork_leaves_what_came_before() {
    let (mut all, one, mut two, shared) = cloned();
    let device = one.me().device();
    let board = log(&one, LaneClass::Board);
    all.push(one);
    meet(&mut all, 0, 3, 8);
    let head = all[0].heads()[&board];
    let mut one = all.pop().unwrap();
    let left = post(&mut one, "左", 16);
    post(&mut two, "右", 17);
    all.push(one);
    all.push(two);
    meet(&mut all, 1, 3, 20);
    meet(&mut all, 2, 4, 30);
    all.truncate(3);
    agree(&mut all, 1000, "board");
    let cut = linli_charter::Cut {
        log: board,
        seq: head.seq,
        id: head.id,
    };
    all[0]
        .new_epoch(now(5000), |epoch| {
            epoch.cuts.push(DeviceCut {
                device,
                heads: vec![cut],
            });
        })
        .unwrap();
    all[0].flush(now(5000), &mut vec![]).unwrap();
    agree(&mut all, 6000, "board");
    for r in &all {
        assert!(r.authority().is_revoked(&device));
        assert!(shows(r, &shared) && !shows(r, &left));
    }
}
