//! How far a log counts, line by line: holds, cut-offs, forks, checkpoints and what they do together.

use super::set::{Item, authority_log, board_log, cut, device};
use super::world::{FOUNDER, OFFICER, World};
use super::{authority_from_beginning, expected, verdicts};
use linli_base::{EntryId, LaneClass, LogKey, ScopeId};
use linli_charter::epoch::{DeviceCut, Subtree, merkle_root};
use linli_charter::{Cut, Hold};

const PHONE: u8 = 5;
const SECOND: u8 = 9;
const ALL: u32 = u32::MAX;

fn log() -> LogKey {
    board_log(device(PHONE))
}

fn at(seq: u32) -> Cut {
    cut(log(), seq, EntryId([3; 32]))
}

fn of_second(seq: u32) -> Cut {
    cut(board_log(device(SECOND)), seq, EntryId([3; 32]))
}

fn hold(w: &mut World, by: u8, of: u8, heads: &[Cut]) {
    let target = device(of).act_target();
    held(w, by, target, false, heads);
}

fn hold_household(w: &mut World, heads: &[Cut]) {
    let target = w.maker.principal(device(PHONE)).0;
    held(w, OFFICER, target, true, heads);
}

fn held(w: &mut World, by: u8, target: [u8; 16], principal: bool, heads: &[Cut]) {
    let hold = Hold {
        principal,
        heads: heads.to_vec(),
        reason: String::new(),
    };
    let item = w.maker.hold(w.place(by), target, &hold);
    w.wrote_hold(by, item);
}

fn revoke(w: &mut World, heads: &[Cut]) {
    let item = w
        .maker
        .revoke(w.place(FOUNDER), device(PHONE), heads.to_vec());
    w.write(FOUNDER, 0, item);
}

fn fork(w: &mut World, seq: u32) {
    w.items.push(Item::Fork(log(), seq));
}

fn checkpoint(w: &mut World, seq: u32) {
    let leaves = vec![at(seq)];
    let (class, scope, root) = (LaneClass::Board as u8, ScopeId::ZERO, merkle_root(&leaves));
    let item = w
        .maker
        .epoch(|e| e.checkpoint.push(Subtree { class, scope, root }));
    w.items.push(item);
    w.items.push(Item::Leaves(class, scope, leaves));
}

fn charter_cuts(w: &mut World, heads: &[Cut]) {
    let (device, heads) = (device(PHONE), heads.to_vec());
    let item = w.maker.epoch(|e| e.cuts.push(DeviceCut { device, heads }));
    w.items.push(item);
}

type Row = (&'static str, fn(&mut World), u32);

const ROWS: &[Row] = &[
    ("nothing said", |_| {}, ALL),
    (
        "an officer's hold that names the log",
        |w| hold(w, OFFICER, PHONE, &[at(5)]),
        5,
    ),
    (
        "a hold that does not name it",
        |w| hold(w, OFFICER, PHONE, &[]),
        0,
    ),
    (
        "a hold that names it twice",
        |w| hold(w, OFFICER, PHONE, &[at(5), at(3)]),
        3,
    ),
    (
        "a hold that names another's log",
        |w| hold(w, OFFICER, PHONE, &[of_second(5)]),
        0,
    ),
    (
        "a hold on its sibling",
        |w| hold(w, OFFICER, SECOND, &[of_second(5)]),
        ALL,
    ),
    (
        "a hold by its sibling",
        |w| hold(w, SECOND, PHONE, &[at(4)]),
        4,
    ),
    ("a hold by a stranger", |w| hold(w, 6, PHONE, &[at(4)]), ALL),
    (
        "a hold on its household",
        |w| hold_household(w, &[of_second(2), at(5)]),
        5,
    ),
    (
        "a hold on its household that names only the sibling",
        |w| hold_household(w, &[of_second(2)]),
        0,
    ),
    (
        "two holds",
        |w| {
            hold(w, OFFICER, PHONE, &[at(5)]);
            hold(w, 3, PHONE, &[at(3)]);
        },
        3,
    ),
    (
        "two holds, the lower lifted",
        |w| {
            hold(w, OFFICER, PHONE, &[at(5)]);
            hold(w, 3, PHONE, &[at(3)]);
            w.lift(OFFICER, 1, 0);
        },
        5,
    ),
    (
        "a hold on it and one on its household",
        |w| {
            hold(w, OFFICER, PHONE, &[at(5)]);
            hold_household(w, &[at(6)]);
        },
        5,
    ),
    (
        "a hold, lifted",
        |w| {
            hold(w, OFFICER, PHONE, &[at(5)]);
            w.lift(OFFICER, 0, 0);
        },
        ALL,
    ),
    (
        "a hold, ended by an epoch",
        |w| {
            hold(w, OFFICER, PHONE, &[at(5)]);
            w.epoch(3, 0, 0);
        },
        ALL,
    ),
    (
        "a sibling's hold while an officer holds the sibling",
        |w| {
            hold(w, SECOND, PHONE, &[at(4)]);
            hold(w, OFFICER, SECOND, &[]);
        },
        ALL,
    ),
    ("a revocation", |w| revoke(w, &[at(7)]), 7),
    (
        "a revocation that does not name it",
        |w| revoke(w, &[of_second(7)]),
        0,
    ),
    (
        "two revocations",
        |w| {
            revoke(w, &[at(7)]);
            revoke(w, &[at(6)]);
        },
        6,
    ),
    (
        "two revocations, one of which does not name it",
        |w| {
            revoke(w, &[at(7)]);
            revoke(w, &[]);
        },
        0,
    ),
    (
        "a revocation above a hold",
        |w| {
            revoke(w, &[at(7)]);
            hold(w, OFFICER, PHONE, &[at(5)]);
        },
        5,
    ),
    (
        "a revocation below a hold",
        |w| {
            revoke(w, &[at(4)]);
            hold(w, OFFICER, PHONE, &[at(5)]);
        },
        4,
    ),
    (
        "the charter after an issuing key",
        |w| {
            revoke(w, &[at(4)]);
            charter_cuts(w, &[at(9)]);
        },
        9,
    ),
    ("a fork", |w| fork(w, 6), 5),
    ("a fork at the first entry", |w| fork(w, 1), 0),
    (
        "two forks",
        |w| {
            fork(w, 6);
            fork(w, 3);
        },
        2,
    ),
    (
        "a fork above a hold",
        |w| {
            fork(w, 6);
            hold(w, OFFICER, PHONE, &[at(4)]);
        },
        4,
    ),
    (
        "a fork below a hold",
        |w| {
            fork(w, 3);
            hold(w, OFFICER, PHONE, &[at(4)]);
        },
        2,
    ),
    (
        "a cut-off above a fork selects its branch",
        |w| {
            fork(w, 6);
            revoke(w, &[at(8)]);
        },
        8,
    ),
    (
        "a cut-off at a fork",
        |w| {
            fork(w, 6);
            revoke(w, &[at(6)]);
        },
        6,
    ),
    (
        "a cut-off below a fork",
        |w| {
            fork(w, 6);
            revoke(w, &[at(4)]);
        },
        4,
    ),
    (
        "a cut-off above a fork, and a hold",
        |w| {
            fork(w, 6);
            revoke(w, &[at(8)]);
            hold(w, OFFICER, PHONE, &[at(7)]);
        },
        7,
    ),
    ("a checkpoint alone", |w| checkpoint(w, 6), ALL),
    (
        "a checkpoint at a fork selects its branch",
        |w| {
            checkpoint(w, 6);
            fork(w, 6);
        },
        ALL,
    ),
    (
        "a checkpoint below a fork",
        |w| {
            checkpoint(w, 5);
            fork(w, 6);
        },
        5,
    ),
    (
        "a checkpoint between two forks",
        |w| {
            checkpoint(w, 6);
            fork(w, 3);
            fork(w, 9);
        },
        8,
    ),
    (
        "a revocation that does not name it ends it at its checkpoint",
        |w| {
            checkpoint(w, 6);
            revoke(w, &[]);
        },
        6,
    ),
    (
        "an issuing key's cut below a checkpoint",
        |w| {
            checkpoint(w, 6);
            revoke(w, &[at(4)]);
        },
        6,
    ),
    (
        "the charter's cut below its checkpoint",
        |w| {
            checkpoint(w, 6);
            charter_cuts(w, &[at(4)]);
        },
        4,
    ),
    (
        "a later checkpoint",
        |w| {
            checkpoint(w, 4);
            checkpoint(w, 6);
            revoke(w, &[]);
        },
        6,
    ),
];

#[test]
fn a_log_counts_as_far_as_the_table_says() {
    for (name, setup, want) in ROWS {
        let mut w = World::new();
        setup(&mut w);
        let a = authority_from_beginning(&w.items);
        assert_eq!(a.limit(&log()), *want, "{name}");
        let logs = w.logs();
        let oracle = expected(&super::Valid::of(a.charter(), &w.items), &logs);
        assert_eq!(verdicts(&a, &logs), oracle, "{name}");
    }
}

#[test]
fn a_hold_on_a_household_ends_each_log_where_it_says() {
    let mut w = World::new();
    // SECOND came in by PHONE's first authority entry: a hold that leaves that out holds SECOND's arrival, too.
    let arrival = cut(authority_log(device(PHONE)), 1, w.id_at(PHONE, 0, 1));
    hold_household(&mut w, &[of_second(2), at(5)]);
    let a = authority_from_beginning(&w.items);
    assert_eq!(a.device(&device(SECOND)), None);
    w.lift(OFFICER, 0, 0);
    hold_household(&mut w, &[of_second(2), at(5), arrival]);
    let a = authority_from_beginning(&w.items);
    assert_eq!(a.limit(&of_second(0).log), 2);
    assert_eq!(a.limit(&log()), 5);
    assert_eq!(a.limit(&board_log(device(6))), ALL);
}
