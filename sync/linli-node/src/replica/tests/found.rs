//! What seeds of the simulator found, each as the smallest story that shows it.

use super::*;
use linli_base::{EntryKind, LogKey, PrincipalId, Private, RecordId};
use linli_charter::{Statement, Topic as Said};
use linli_protocol::Library;
use linli_record::RowKind;
use linli_record::attach::{Attachment, Media};
use linli_store::{ForgettingDisk, RedbOptions, RedbStore};
use std::collections::BTreeSet;

fn household(office: &mut Replica, n: u8) -> Replica {
    let unit = format!("3-2-50{n}");
    enrol(office, n, EnrolAs::Household { unit })
}

fn post(r: &mut Replica, text: &str, t: u64) -> RecordId {
    let draft = PostDraft {
        kind: PostKind::Offer,
        body: text.into(),
    };
    let id = r
        .create(now(t), RecordKind::Post, |actor| draft.change(actor))
        .unwrap();
    r.flush(now(t), &mut vec![]).unwrap();
    id
}

fn shows(r: &Replica, id: &RecordId) -> bool {
    r.row(RowKind::Post, id).unwrap().is_some()
}

fn board_log(r: &Replica, t: u64) -> LogKey {
    LogKey {
        device: r.me().device(),
        lane: r.lane(now(t), LaneClass::Board, ScopeId::ZERO),
    }
}

/// The erase of a record, also by who may not.
fn erase_blindly(r: &mut Replica, id: &RecordId, t: u64) -> linli_base::EntryId {
    let lane = board_log(r, t).lane;
    let body = linli_base::cbor::Value::Map(vec![]).encode();
    let written = r.write(now(t), EntryKind::ERASE, lane, About::Of(id.0), &body);
    r.flush(now(t), &mut vec![]).unwrap();
    written.unwrap().id
}

#[test]
fn acts_and_statements_are_on_the_shelf_for_peers_only_once_they_are_committed() {
    let mut office = found();
    let b = household(&mut office, 2);
    let id = notice(&mut office, "停水");
    let mut all = vec![office, b];
    meet(&mut all, &[(0, 1)], 10);
    let device = all[1].me().device();
    let hold = all[0].hold(now(11), &device, "丢失").unwrap();
    all[0].flush(now(11), &mut vec![]).unwrap();
    let act = all[0].shelved().act(&hold).unwrap();

    all[1].receive(now(12), &id, Reach::READ).unwrap();
    all[1].judge_acts(now(12), LinkId(1), &[act]).unwrap();
    assert!(all[1].authority().holds().contains_key(&hold), "in effect");
    assert_eq!(all[1].shelved().acts(), vec![], "not durable yet");
    assert_eq!(all[1].shelved().statements(), vec![], "not durable yet");
    all[1].flush(now(12), &mut vec![]).unwrap();
    assert_eq!(all[1].shelved().acts().len(), 1);
    assert_eq!(all[1].shelved().statements().len(), 1);
}

#[test]
fn a_fork_is_heard_of_by_who_met_one_branch_only_and_makes_no_storm() {
    let mut office = found();
    let (m, c) = (household(&mut office, 2), household(&mut office, 3));
    let a = household(&mut office, 4);
    let epochs = [office.authority().charter().chain()]
        .concat()
        .iter()
        .map(|h| h.bytes.clone())
        .collect::<Vec<_>>();
    let certificate = a.me().certificate.bytes().to_vec();
    let store = Box::new(MemoryStore::new());
    let twin = Replica::join(
        store,
        keys(4),
        Box::new(Seeded(44)),
        &epochs,
        &certificate,
        now(1),
    );
    let mut all = vec![office, m, c, a, twin.unwrap()];
    let one = post(&mut all[3], "一", 5);
    for text in ["甲", "乙", "丙"] {
        post(&mut all[4], text, 6);
    }
    let log = board_log(&all[3], 5);
    meet(&mut all, &[(0, 1), (0, 2)], 10);
    meet(&mut all, &[(3, 1), (3, 2)], 20);
    assert!(shows(&all[1], &one) && shows(&all[2], &one));
    // `meet` fails when the two ask each other for the same log for ever.
    meet(&mut all, &[(4, 1)], 30);
    assert!(all[1].authority().fork(&log).is_some());
    assert_eq!(all[2].authority().fork(&log), None);
    meet(&mut all, &[(1, 2)], 40);
    assert_eq!(all[2].authority().fork(&log), all[1].authority().fork(&log));
    let digests: Vec<_> = [1, 2]
        .map(|i: usize| all[i].digests().unwrap()["board"])
        .into();
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn a_picture_stays_while_a_log_forks_and_goes_when_a_cut_off_leaves_it_out() {
    let mut office = found();
    let (m, c) = (household(&mut office, 2), household(&mut office, 3));
    let a = household(&mut office, 4);
    let chain = office.authority().charter().chain();
    let epochs: Vec<Vec<u8>> = chain.iter().map(|h| h.bytes.clone()).collect();
    let certificate = a.me().certificate.bytes().to_vec();
    let store = Box::new(MemoryStore::new());
    let dice = Box::new(Seeded(44));
    let twin = Replica::join(store, keys(4), dice, &epochs, &certificate, now(1));
    let mut all = vec![office, m, c, a, twin.unwrap()];
    post(&mut all[3], "一", 5);
    post(&mut all[4], "甲", 6);
    let picture = Attachment {
        hash: [7; 32],
        key: Private::new([8; 32]),
        size: 700,
        media: Media::Jpeg,
        sides: None,
        name: None,
    };
    let draft = PostDraft {
        kind: PostKind::Offer,
        body: "乙".into(),
    };
    let files = [picture];
    all[4]
        .create(now(7), RecordKind::Post, |actor| {
            draft.change_with(actor, &files)
        })
        .unwrap();
    all[4].flush(now(7), &mut vec![]).unwrap();
    let refers = |r: &Replica| r.referring().unwrap().len();
    meet(&mut all, &[(3, 1), (4, 2)], 10);
    assert_eq!(refers(&all[2]), 1);
    meet(&mut all, &[(1, 2), (0, 1)], 20);
    let device = all[3].me().device();
    assert!(all[2].authority().is_held(&device));
    assert_eq!(refers(&all[2]), 1, "its branch may be the one that counts");
    all[0].revoke(now(31), &device, "两个人用").unwrap();
    all[0].flush(now(31), &mut vec![]).unwrap();
    meet(&mut all, &[(0, 1), (0, 2), (1, 2)], 40);
    all[2].rebuild(now(50)).unwrap();
    assert!(all[2].authority().is_revoked(&device));
    assert_eq!(refers(&all[2]), 0, "it is on the branch that was left");
}

#[test]
fn an_erasure_above_its_authors_cut_off_does_not_count_whatever_came_first() {
    let mut office = found();
    let (a, b) = (household(&mut office, 2), household(&mut office, 3));
    let mut all = vec![office, a, b];
    let id = post(&mut all[1], "之前", 6);
    meet(&mut all, &[(0, 1), (1, 2)], 10);
    all[1].erase(now(11), &id).unwrap();
    all[1].flush(now(11), &mut vec![]).unwrap();
    meet(&mut all, &[(1, 2)], 20);
    assert!(!shows(&all[2], &id));
    let stolen = all[1].me().device();
    all[0].revoke(now(21), &stolen, "丢失").unwrap();
    all[0].flush(now(21), &mut vec![]).unwrap();
    meet(&mut all, &[(0, 2)], 30);
    assert!(shows(&all[2], &id) && shows(&all[0], &id));
    let board = |r: &Replica| r.digests().unwrap()["board"];
    assert_eq!(board(&all[0]), board(&all[2]));
}

#[test]
fn a_strangers_erasure_does_not_undo_the_owners_when_both_come_before_the_record() {
    let mut office = found();
    let (a, b) = (household(&mut office, 2), household(&mut office, 3));
    let c = household(&mut office, 4);
    let mut all = vec![office, a, b, c];
    let id = post(&mut all[1], "旧", 6);
    meet(&mut all, &[(0, 1), (0, 2), (1, 3)], 10);
    let late = post(&mut all[1], "新", 11);
    meet(&mut all, &[(1, 3)], 20);
    let owners = all[1].erase(now(21), &late).unwrap();
    all[1].flush(now(21), &mut vec![]).unwrap();
    let strangers = erase_blindly(&mut all[3], &late, 22);
    let acts = [
        all[1].shelved().act(&owners).unwrap(),
        all[3].shelved().act(&strangers).unwrap(),
    ];
    all[2].judge_acts(now(23), LinkId(1), &acts).unwrap();
    all[2].flush(now(23), &mut vec![]).unwrap();
    meet(&mut all, &[(1, 2)], 30);
    assert!(!shows(&all[2], &late), "the owner erased it");
    assert!(shows(&all[2], &id));
}

/// A household's replica on a disk that can fail.
fn on_a_disk(office: &mut Replica, n: u8) -> (Replica, ForgettingDisk) {
    let k = keys(n);
    let device = NewDevice {
        sign: k.sign.device(),
        net: SigningKey::from_seed(&k.net_seed).device().0,
        kex: *k.kex.public().as_bytes(),
    };
    let unit = EnrolAs::Household {
        unit: "3-2-501".into(),
    };
    let certificate = office.enrol(now(1), &device, &unit).unwrap();
    office.flush(now(1), &mut vec![]).unwrap();
    let chain = office.authority().charter().chain();
    let epochs: Vec<Vec<u8>> = chain.iter().map(|h| h.bytes.clone()).collect();
    let disk = ForgettingDisk::new();
    let below = disk.clone();
    let source = move || Ok(below.handle());
    let store = RedbStore::open_backend(source, RedbOptions::default()).unwrap();
    let dice = Box::new(Seeded(n.into()));
    let replica = Replica::join(
        Box::new(store),
        k,
        dice,
        &epochs,
        certificate.bytes(),
        now(1),
    );
    (replica.unwrap(), disk)
}

#[test]
fn after_a_full_disk_the_links_are_hung_up_and_what_was_lost_comes_again() {
    let mut office = found();
    let (b, disk) = on_a_disk(&mut office, 2);
    let id = notice(&mut office, "停电");
    let mut all = vec![office, b];

    let entries: Vec<Vec<u8>> = {
        let heads = all[0].heads().keys().copied().collect::<Vec<_>>();
        let of = |log: &LogKey| all[0].served(log, 1).into_iter().map(|(_, b)| b);
        heads.iter().flat_map(of).collect()
    };
    let link = LinkId(7);
    let hello = Box::new(hello(&all[1], &all[0]));
    let up = Input::LinkUp {
        link,
        peer_net: all[0].me().net(),
        my_net: all[1].me().net(),
        hello,
    };
    all[1].input(now(2), up, &mut vec![]).unwrap();
    let theirs = super::hello(&all[0], &all[1]);
    let frame = |f: linli_protocol::Frame| Input::Frame(link, f.encode());
    let greeting = frame(linli_protocol::Frame::Hello(theirs));
    all[1].input(now(2), greeting, &mut vec![]).unwrap();
    all[1].flush(now(2), &mut vec![]).unwrap();
    disk.set_full(true);
    let number = 1;
    let push = frame(linli_protocol::Frame::Entries { number, entries });
    all[1].input(now(3), push, &mut vec![]).unwrap();
    let mut out = Vec::new();
    assert!(all[1].flush(now(3), &mut out).is_err());
    assert!(
        out.iter()
            .any(|o| matches!(o, Output::HangUp(l, _) if *l == link))
    );
    assert!(all[1].row(RowKind::Notice, &id).unwrap().is_none());
    disk.set_full(false);
    meet(&mut all, &[(0, 1)], 10);
    assert!(all[1].row(RowKind::Notice, &id).unwrap().is_some());
}

#[test]
fn what_is_ordered_right_after_the_disk_failed_is_kept_or_refused_and_never_lost_in_silence() {
    let mut office = found();
    let (b, disk) = on_a_disk(&mut office, 2);
    let id = notice(&mut office, "停电");
    let mut all = vec![office, b];
    meet(&mut all, &[(0, 1)], 10);
    let (mut b, office) = (all.pop().unwrap(), all[0].me().principal);
    let fail = |b: &mut Replica| {
        disk.fail_from(0, linli_store::DiskFault::Io);
        b.set_local(b"test/1", Some(b"1"));
        assert!(b.flush(now(11), &mut vec![]).is_err());
        assert!(b.ground.lost, "the disk could still be read");
        disk.heal();
    };
    fail(&mut b);
    b.receive(now(12), &id, Reach::CONFIRMED).unwrap();
    b.flush(now(12), &mut vec![]).unwrap();
    let told = b.own_receipt(&office).unwrap();
    assert!(told.notices[&id].0.has(Reach::CONFIRMED));

    // Where the order cannot say no itself, its commit does.
    fail(&mut b);
    b.set_local(b"test/2", Some(b"2"));
    assert!(b.flush(now(13), &mut vec![]).is_err());
    assert_eq!(b.local(b"test/2").unwrap(), None);
    b.set_local(b"test/2", Some(b"2"));
    b.flush(now(14), &mut vec![]).unwrap();
    assert_eq!(b.local(b"test/2").unwrap(), Some(b"2".to_vec()));
}

#[test]
fn an_enrolment_right_after_the_disk_failed_names_the_place_where_it_stands() {
    let mut office = found();
    let (mut b, disk) = on_a_disk(&mut office, 2);
    let phone = |n: u8| NewDevice {
        sign: keys(n).sign.device(),
        net: [n; 32],
        kex: *keys(n).kex.public().as_bytes(),
    };
    disk.fail_from(0, linli_store::DiskFault::Io);
    b.enrol(now(2), &phone(3), &EnrolAs::Sibling).unwrap();
    assert!(b.flush(now(2), &mut vec![]).is_err() && b.ground.lost);
    disk.heal();
    b.enrol(now(3), &phone(4), &EnrolAs::Sibling).unwrap();
    b.flush(now(3), &mut vec![]).unwrap();
    assert!(b.authority().device(&phone(4).sign).is_some());
    assert!(b.authority().device(&phone(3).sign).is_none());
}

#[test]
fn a_device_whose_log_is_closed_keeps_no_secret_at_every_try_to_publish_one() {
    let mut office = found();
    let mut a = household(&mut office, 2);
    let device = a.me().device();
    let hold = office.hold(now(2), &device, "丢失").unwrap();
    office.flush(now(2), &mut vec![]).unwrap();
    let act = office.shelved().act(&hold).unwrap();
    a.judge_acts(now(3), LinkId(1), &[act]).unwrap();
    let enrolments: Vec<Vec<u8>> = {
        let log = LogKey {
            device: office.me().device(),
            lane: office.lane(now(3), LaneClass::Authority, ScopeId::ZERO),
        };
        office.served(&log, 1).into_iter().map(|(_, b)| b).collect()
    };
    a.judge_entries(now(3), LinkId(1), &enrolments, &mut vec![])
        .unwrap();
    a.flush(now(3), &mut vec![]).unwrap();
    for _ in 0..3 {
        assert!(matches!(
            a.ensure_scope_keys(now(4)),
            Err(WriteFault::Closed)
        ));
        assert!(
            !a.staged.is_dirty(),
            "nothing is kept of a key that could not be published"
        );
    }
}

#[test]
fn a_statement_that_comes_before_its_author_waits_for_them() {
    let mut office = found();
    let (a, mut b) = (household(&mut office, 2), household(&mut office, 3));
    let to = office.me().principal;
    let said = Statement::sign(&a.me().sign, &a.community(), Said::Receipt, to, 1, vec![1]);
    b.judge_statements(&[said.unwrap().encode()]).unwrap();
    b.flush(now(2), &mut vec![]).unwrap();
    assert_eq!(b.statements().unwrap().len(), 0);
    b.judge_certificate(now(3), a.me().certificate.bytes())
        .unwrap();
    b.flush(now(3), &mut vec![]).unwrap();
    assert_eq!(b.statements().unwrap().len(), 1);
}

#[test]
fn what_one_computer_of_a_household_confirmed_its_other_one_knows_and_nobody_else() {
    let mut office = found();
    let b = household(&mut office, 2);
    let neighbour = household(&mut office, 4);
    let first = notice(&mut office, "停电");
    let second = notice(&mut office, "停水");
    let mut all = vec![office, b, neighbour];
    meet(&mut all, &[(0, 1), (0, 2)], 10);
    // Before there is a second computer nothing of the kind is said.
    let confirm = |b: &mut Replica, id: &RecordId, t: u64| {
        let reach = Reach::CONFIRMED.with(Reach::READ);
        b.receive(now(t), id, reach).unwrap();
        b.flush(now(t), &mut vec![]).unwrap();
    };
    confirm(&mut all[1], &first, 11);
    let to_house = |r: &Replica, house: PrincipalId| {
        let all = r.statements().unwrap();
        all.iter().filter(|s| s.key.to == house).count()
    };
    let house = all[1].me().principal;
    assert_eq!(to_house(&all[1], house), 0);

    let phone = enrol(&mut all[1], 3, EnrolAs::Sibling);
    all.push(phone);
    meet(&mut all, &[(0, 1), (0, 3), (1, 3), (0, 2)], 20);
    assert!(all[3].house_confirmed().unwrap().is_empty());
    confirm(&mut all[1], &second, 41);
    // By way of the office, which relays what it cannot read.
    meet(&mut all, &[(0, 1), (0, 2)], 50);
    meet(&mut all, &[(0, 3)], 70);
    let heard = all[3].house_confirmed().unwrap();
    assert_eq!(
        heard.keys().copied().collect::<BTreeSet<_>>(),
        BTreeSet::from([first, second]),
        "what was confirmed before it came as well"
    );
    assert!(
        all[1].house_confirmed().unwrap().is_empty(),
        "its own it knows"
    );
    for other in [0, 2] {
        assert_eq!(to_house(&all[other], house), 1, "it is carried");
        assert!(all[other].house_confirmed().unwrap().is_empty());
        let key = linli_charter::StatementKey {
            device: all[1].me().device(),
            topic: Said::Receipt,
            to: house,
        };
        let said = all[other].statement(&key).unwrap().unwrap();
        assert!(all[other].read_receipt(&said).is_none(), "nor read");
    }
    // The office counts the household once, by what was sealed to it.
    let office = all[0].receipts().unwrap();
    assert_eq!(
        office
            .iter()
            .filter(|(d, _)| *d == all[1].me().device())
            .count(),
        1
    );
    // Without news nothing is said again.
    let said = |r: &Replica| {
        let key = linli_charter::StatementKey {
            device: r.me().device(),
            topic: Said::Receipt,
            to: house,
        };
        r.statement(&key).unwrap().unwrap().counter
    };
    let before = said(&all[1]);
    confirm(&mut all[1], &second, 81);
    all[1]
        .receive_all(now(82), &[first, second], Reach::DELIVERED)
        .unwrap();
    assert_eq!(said(&all[1]), before);
}

#[test]
fn a_receipt_that_wanted_the_offices_key_is_said_once_the_key_is_here() {
    let mut office = found();
    let mut b = household(&mut office, 2);
    let id = notice(&mut office, "停电");
    let log = LogKey {
        device: office.me().device(),
        lane: office.lane(now(5), LaneClass::Notice, ScopeId::ZERO),
    };
    let entries: Vec<_> = office.served(&log, 1).into_iter().map(|(_, b)| b).collect();
    b.judge_entries(now(6), LinkId(1), &entries, &mut vec![])
        .unwrap();
    b.receive(now(6), &id, Reach::READ).unwrap();
    b.flush(now(6), &mut vec![]).unwrap();
    assert_eq!(b.statements().unwrap().len(), 0, "no key yet");
    let mut all = vec![office, b];
    meet(&mut all, &[(0, 1)], 10);
    all[1].receive(now(11), &id, Reach::READ).unwrap();
    all[1].flush(now(11), &mut vec![]).unwrap();
    meet(&mut all, &[(0, 1)], 20);
    assert_eq!(all[0].receipts().unwrap().len(), 1);
}
