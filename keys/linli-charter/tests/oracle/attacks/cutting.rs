//! Cutting off: revocations, retirements, checkpoints and forks.

use super::super::set::{Item, add, authority_log, board_log, cut, device};
use super::super::world::{FOUNDER, OFFICER, STEWARD, World};
use super::super::{authority, verdicts};
use super::{PHONE, SECOND, enrol, town};
use linli_base::{DeviceId, EntryId, LaneClass, PrincipalId, ScopeId, UnixSec};
use linli_charter::epoch::{DeviceCut, Subtree, merkle_root};
use linli_charter::{Cut, Hold};

/// A checkpoint over one class and scope.
fn checkpoint(w: &mut World, leaves: &[Cut]) {
    let root = merkle_root(leaves);
    let (class, scope) = (LaneClass::Authority as u8, ScopeId::ZERO);
    let item = w
        .maker
        .epoch(|e| e.checkpoint.push(Subtree { class, scope, root }));
    w.items.push(item);
}

#[test]
fn a_newer_certificate_for_another_unit_does_not_undo_a_revocation() {
    let (_, a) = town(|w| {
        w.revoke(STEWARD, 7, 0, 0);
        enrol(w, FOUNDER, 7, |_, c| {
            c.unit = Some("1-9-909".into());
            c.iat = UnixSec(9);
        });
    });
    let phone = a.device(&device(7)).unwrap();
    assert_eq!(phone.unit(), Some("1-9-909"));
    assert!(a.is_revoked(&device(7)));
}

#[test]
fn a_retired_household_is_cut_with_all_its_phones() {
    // Nothing names a place: the end is 0, and whom PHONE introduced was never there.
    let (_, a) = town(|w| w.epoch(2, PHONE, 0));
    assert!(a.is_revoked(&device(PHONE)));
    assert_eq!(a.limit(&board_log(device(PHONE))), 0);
    assert_eq!(a.device(&device(SECOND)), None);
    let named = |w: &World| cut(authority_log(device(PHONE)), 1, w.id_at(PHONE, 0, 1));
    let (_, b) = town(|w| {
        let heads = vec![named(w)];
        let item = w.maker.epoch(|e| {
            e.retired.push(PrincipalId::of_first_device(
                &World::new().maker.community(),
                &device(PHONE),
            ));
            e.cuts.push(DeviceCut {
                device: device(PHONE),
                heads,
            });
        });
        w.items.push(item);
    });
    assert_eq!(b.limit(&authority_log(device(PHONE))), 1);
    assert!(b.device(&device(SECOND)).is_some() && b.is_revoked(&device(SECOND)));
}

#[test]
fn an_introduced_phone_is_revoked_like_any_other() {
    let (_, a) = town(|w| w.revoke(FOUNDER, SECOND, 0, 0));
    assert!(a.is_revoked(&device(SECOND)) && !a.is_revoked(&device(PHONE)));
}

#[test]
fn a_revoked_phone_takes_along_whom_it_introduced_above_its_cut() {
    // SECOND was introduced by PHONE's first entry.
    let (_, a) = town(|w| w.revoke(FOUNDER, PHONE, 0, 0));
    assert!(a.device(&device(SECOND)).is_some());
    let (_, a) = town(|w| w.revoke(FOUNDER, PHONE, 4, 0));
    assert_eq!(a.device(&device(SECOND)), None);
}

#[test]
fn an_issuing_key_revokes_in_its_scope_and_never_another_issuing_key() {
    let revoked = |by, of| {
        let (_, a) = town(|w| w.revoke(by, of, 0, 0));
        a.is_revoked(&device(of))
    };
    assert!(revoked(FOUNDER, PHONE) && revoked(FOUNDER, OFFICER) && revoked(STEWARD, 7));
    assert!(!revoked(STEWARD, PHONE) && !revoked(STEWARD, OFFICER));
    assert!(!revoked(FOUNDER, STEWARD) && !revoked(STEWARD, FOUNDER));
    assert!(!revoked(PHONE, SECOND) && !revoked(OFFICER, PHONE));
    // Nor one that the charter has taken off its list.
    let (_, a) = town(|w| {
        w.epoch(4, 0, 0);
        w.revoke(FOUNDER, STEWARD, 0, 0);
    });
    assert!(!a.is_revoked(&device(STEWARD)));
}

#[test]
fn leaves_count_only_as_exactly_a_subtree_of_an_epoch() {
    let mut w = World::new();
    let leaves: Vec<Cut> = [PHONE, 6, 7]
        .map(|n| cut(authority_log(device(n)), 1, w.id_at(n, 0, 1)))
        .into();
    let class = LaneClass::Authority as u8;
    let mut early = authority(&w, &w.items);
    assert!(
        !early.add_leaves(class, ScopeId::ZERO, &leaves),
        "no epoch yet"
    );
    checkpoint(&mut w, &leaves);
    let mut a = authority(&w, &w.items);
    let mut turned = leaves.clone();
    turned.swap(0, 1);
    let mut more = leaves.clone();
    more.push(leaves[0]);
    for (wrong, what) in [
        (&leaves[..2], "a part"),
        (&turned, "another order"),
        (&more, "more"),
    ] {
        assert!(!a.add_leaves(class, ScopeId::ZERO, wrong), "{what}");
    }
    assert!(
        !a.add_leaves(class, ScopeId([1; 16]), &leaves),
        "another scope"
    );
    assert!(
        !a.add_leaves(LaneClass::Board as u8, ScopeId::ZERO, &leaves),
        "another class"
    );
    assert_eq!(a.selected(&leaves[0].log), None);
    assert!(a.add_leaves(class, ScopeId::ZERO, &leaves));
    assert_eq!(a.selected(&leaves[0].log), Some(leaves[0]));
}

#[test]
fn a_second_entry_one_does_not_wipe_out_a_history_that_a_checkpoint_names() {
    let mut w = World::new();
    w.fork(STEWARD, 0);
    let stolen = authority(&w, &w.items);
    // Whom the steward enrolled stands no more: nothing says which branch is his.
    assert_eq!(stolen.device(&device(7)), None);
    assert!(stolen.is_forked(&device(STEWARD)) && stolen.is_held(&device(STEWARD)));
    let head = w.next_seq(STEWARD) - 1;
    let leaf = cut(
        authority_log(device(STEWARD)),
        head,
        w.id_at(STEWARD, 0, head),
    );
    checkpoint(&mut w, &[leaf]);
    w.items.push(Item::Leaves(0, ScopeId::ZERO, vec![leaf]));
    let a = authority(&w, &w.items);
    assert!(a.device(&device(7)).is_some());
    assert!(!a.is_forked(&device(STEWARD)));
    // The fork is known for ever, and open until a branch is selected.
    assert!(stolen.open_fork(&leaf.log).is_some() && a.fork(&leaf.log).is_some());
    assert_eq!(a.open_fork(&leaf.log), None);
    assert_eq!(a.limit(&leaf.log), u32::MAX);
}

#[test]
fn a_fork_above_the_checkpoint_stops_the_log_again() {
    let mut w = World::new();
    let log = authority_log(device(STEWARD));
    let head = w.next_seq(STEWARD) - 1;
    let leaf = cut(log, head, w.id_at(STEWARD, 0, head));
    checkpoint(&mut w, &[leaf]);
    w.items.push(Item::Leaves(0, ScopeId::ZERO, vec![leaf]));
    let mut a = authority(&w, &w.items);
    a.add_fork(log, 1);
    a.add_fork(log, head + 3);
    assert_eq!((a.limit(&log), a.fork(&log)), (head + 2, Some(1)));
    assert_eq!(a.open_fork(&log), Some(head + 3));
    assert_eq!(a.forks(&log).collect::<Vec<_>>(), [1, head + 3]);
}

#[test]
fn an_issuing_keys_cut_below_a_checkpoint_counts_as_written_for_passes_only() {
    let mut w = World::new();
    let log = authority_log(device(PHONE));
    let leaf = cut(log, 1, w.id_at(PHONE, 0, 1));
    checkpoint(&mut w, &[leaf]);
    w.items.push(Item::Leaves(0, ScopeId::ZERO, vec![leaf]));
    w.revoke(FOUNDER, PHONE, 4, 0);
    let a = authority(&w, &w.items);
    assert_eq!(a.cut(&log), Some(leaf));
    assert_eq!(a.pass_cut(&log).unwrap().seq, 0);
    // The charter cuts below its own checkpoint.
    w.epoch(0, PHONE, 4);
    let a = authority(&w, &w.items);
    assert_eq!(a.cut(&log).unwrap().seq, 0);
}

#[test]
fn of_several_cut_offs_the_lowest_of_the_highest_rank_counts() {
    let named = |seq| cut(board_log(device(6)), seq, EntryId([1; 32]));
    let revoke = |w: &mut World, by: u8, cuts: Vec<Cut>| {
        let item = w.maker.revoke(w.place(by), device(6), cuts);
        w.write(by, 0, item);
    };
    let log = board_log(device(6));
    let (mut w, a) = town(|w| {
        revoke(w, FOUNDER, vec![named(7)]);
        revoke(w, FOUNDER, vec![named(4)]);
    });
    assert_eq!(a.limit(&log), 4);
    // One that does not name the log ends it at 0.
    w.revoke(FOUNDER, 6, 16, 0);
    assert_eq!(authority(&w, &w.items).limit(&log), 0);
    // The charter's word replaces them all.
    let item = w.maker.epoch(|e| {
        e.cuts.push(DeviceCut {
            device: device(6),
            heads: vec![named(9)],
        });
    });
    w.items.push(item);
    assert_eq!(authority(&w, &w.items).limit(&log), 9);
    // And a later epoch that says nothing of it takes nothing back.
    let item = w.maker.epoch(|e| e.cuts.clear());
    w.items.push(item);
    assert_eq!(authority(&w, &w.items).limit(&log), 9);
}

#[test]
fn cut_offs_that_name_different_entries_of_one_place_leave_what_was_common() {
    // Of a log whose branches are not known here, that is what a checkpoint says.
    let log = board_log(device(6));
    let named = |seq, id| cut(log, seq, EntryId([id; 32]));
    let (mut w, mut a) = town(|w| {
        for id in [1, 2] {
            let item = w
                .maker
                .revoke(w.place(FOUNDER), device(6), vec![named(7, id)]);
            w.write(FOUNDER, 0, item);
        }
    });
    assert_eq!(a.limit(&log), 0);
    a.add_fork(log, 5);
    assert_eq!(
        a.limit(&log),
        0,
        "a fork that the thief can make says nothing"
    );
    let leaves = vec![named(4, 3)];
    let (class, scope, root) = (LaneClass::Board as u8, ScopeId::ZERO, merkle_root(&leaves));
    let item = w
        .maker
        .epoch(|e| e.checkpoint.push(Subtree { class, scope, root }));
    add(&mut a, &item);
    assert!(a.add_leaves(class, scope, &leaves));
    assert_eq!(a.limit(&log), 4);
}

#[test]
fn of_two_branches_that_were_cut_at_one_place_the_common_trunk_stays() {
    let (w, a) = town(|w| {
        for salt in 1..4 {
            w.write_other(PHONE, salt, 0);
        }
        w.fork(PHONE, 2);
        w.write_other(PHONE, 9, 3);
        let log = authority_log(device(PHONE));
        let heads = [0, 1].map(|branch| vec![cut(log, 4, w.id_at(PHONE, branch, 4))]);
        assert_ne!(heads[0], heads[1]);
        let item = w.maker.epoch(|e| {
            for heads in heads {
                let device = device(PHONE);
                e.cuts.push(DeviceCut { device, heads });
            }
        });
        w.items.push(item);
    });
    let log = authority_log(device(PHONE));
    let trunk = cut(log, 2, w.id_at(PHONE, 0, 2));
    assert_eq!(a.cut(&log), Some(trunk));
    assert!(a.device(&device(SECOND)).is_some());
}

#[test]
fn the_numbers_of_a_stranger_reach_no_arithmetic() {
    let (w, mut a) = town(|_| {});
    let log = authority_log(device(PHONE));
    for seq in [0, 1, u32::MAX - 1, u32::MAX] {
        let heads = vec![
            cut(log, seq, EntryId([9; 32])),
            cut(log, seq, EntryId([8; 32])),
        ];
        let hold = Hold {
            principal: false,
            heads: heads.clone(),
            reason: String::new(),
        };
        let mut at = w.place(SECOND);
        at.seq = seq;
        let target: DeviceId = device(PHONE);
        for item in [
            w.maker.hold(at, target.act_target(), &hold),
            w.maker.revoke(w.place(FOUNDER), target, heads),
            w.maker.other(at, 1),
            w.maker.other(at, 2),
            Item::Fork(log, seq),
            Item::Fork(board_log(device(PHONE)), seq),
        ] {
            add(&mut a, &item);
            let _ = verdicts(&a, &w.logs());
        }
    }
}
