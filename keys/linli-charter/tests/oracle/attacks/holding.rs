//! Holding and lifting: who stops whom, and who cannot free himself.

use super::super::authority;
use super::super::set::{Item, device, feed};
use super::super::world::{FOUNDER, OFFICER, STEWARD, World};
use super::{NEW, PHONE, SECOND, held, town};
use linli_charter::epoch::{ROLE_OFFICER, RoleGrant};

#[test]
fn sixteen_holds_of_an_officer_count_and_the_next_one_waits_for_a_lift() {
    let (mut w, mut a) = town(|w| {
        for _ in 0..16 {
            w.hold(OFFICER, PHONE, 0, 0);
        }
        w.hold(OFFICER, 6, 0, 0);
    });
    assert!(held(&a, PHONE) && !held(&a, 6));
    assert_eq!(a.holds().len(), 16);
    let lift = w.event(|w| w.lift(OFFICER, 3, 0));
    feed(&mut a, &lift);
    assert!(held(&a, PHONE) && held(&a, 6));
}

#[test]
fn holds_reach_lower_ranks_and_siblings_only() {
    let holds = |by, of| {
        let (_, a) = town(|w| w.hold(by, of, 0, 0));
        held(&a, of)
    };
    assert!(holds(OFFICER, PHONE) && holds(OFFICER, 4) && holds(FOUNDER, OFFICER));
    assert!(!holds(OFFICER, 3) && !holds(OFFICER, FOUNDER) && !holds(OFFICER, STEWARD));
    assert!(holds(PHONE, SECOND) && holds(SECOND, PHONE) && !holds(PHONE, 6));
    // An issuing key is no officer by that alone.
    assert!(!holds(STEWARD, 7) && !holds(STEWARD, PHONE));
}

#[test]
fn a_household_is_held_whole_and_an_office_of_equal_rank_is_not() {
    let (_, a) = town(|w| w.hold(OFFICER, 16 + PHONE, 0, 0));
    assert!(held(&a, PHONE) && held(&a, SECOND) && !held(&a, 6));
    let (_, a) = town(|w| w.hold(3, 16 + FOUNDER, 0, 0));
    assert!(!held(&a, FOUNDER) && !held(&a, OFFICER));
}

#[test]
fn nobody_lifts_the_hold_on_himself() {
    // FOUNDER holds officer 3 by his principal; 3 is an officer, and still cannot lift it.
    let (mut w, mut a) = town(|w| {
        w.hold(FOUNDER, 16 + 3, 0, 0);
        w.lift(3, 0, 0);
    });
    assert!(held(&a, 3));
    let by_another = w.event(|w| w.lift(OFFICER, 0, 0));
    feed(&mut a, &by_another);
    assert!(!held(&a, 3));
    let (_, a) = town(|w| {
        w.hold(OFFICER, PHONE, 0, 0);
        w.lift(PHONE, 0, 0);
        w.lift(SECOND, 0, 0);
    });
    assert!(held(&a, PHONE));
}

#[test]
fn a_siblings_hold_lapses_while_an_officer_holds_its_author() {
    let (mut w, mut a) = town(|w| {
        w.hold(PHONE, SECOND, 0, 0);
        w.hold(OFFICER, PHONE, 0, 0);
    });
    assert!(held(&a, PHONE) && !held(&a, SECOND));
    let lift = w.event(|w| w.lift(3, 1, 0));
    feed(&mut a, &lift);
    assert!(!held(&a, PHONE) && held(&a, SECOND));
}

#[test]
fn a_held_phone_takes_nobody_in() {
    let (_, a) = town(|w| {
        w.hold(SECOND, PHONE, 0, 0);
        w.introduce(PHONE, NEW, 0, 0);
    });
    assert!(a.device(&device(SECOND)).is_some());
    assert_eq!(a.device(&device(NEW)), None);
}

#[test]
fn of_two_newcomers_who_hold_their_introducer_the_elder_stays() {
    let (_, a) = town(|w| {
        w.introduce(PHONE, NEW, 0, 0);
        w.introduce(PHONE, 13, 0, 0);
        // Both name heads of PHONE below their own introductions.
        w.hold(NEW, PHONE, 8, 0);
        w.hold(13, PHONE, 8, 0);
    });
    assert!(a.device(&device(NEW)).is_some());
    assert_eq!(a.device(&device(13)), None);
    assert!(held(&a, PHONE));
}

#[test]
fn a_thief_cannot_undo_the_phone_that_holds_him() {
    // SECOND holds PHONE; the thief introduces NEW, which holds PHONE below the place where SECOND came in.
    let (_, a) = town(|w| {
        w.hold(SECOND, PHONE, 0, 0);
        w.introduce(PHONE, NEW, 0, 0);
        w.hold(NEW, PHONE, 8, 0);
        w.hold(NEW, SECOND, 8, 0);
    });
    assert!(a.device(&device(SECOND)).is_some() && held(&a, PHONE));
    assert_eq!(a.device(&device(NEW)), None);
    assert!(!held(&a, SECOND));
}

#[test]
fn what_was_done_in_office_stays_and_nothing_is_done_after() {
    let (mut w, mut a) = town(|w| {
        w.hold(OFFICER, PHONE, 0, 0);
        w.epoch(6, OFFICER, 0);
    });
    assert!(held(&a, PHONE) && !a.is_officer(&device(OFFICER)));
    let after = w.event(|w| w.hold(OFFICER, 6, 0, 0));
    feed(&mut a, &after);
    assert!(!held(&a, 6));
    // Who held may still lift.
    let lift = w.event(|w| w.lift(OFFICER, 0, 0));
    feed(&mut a, &lift);
    assert!(!held(&a, PHONE));
}

#[test]
fn a_hold_ends_when_an_epoch_names_it_or_makes_the_held_an_equal() {
    let (_, a) = town(|w| {
        w.hold(OFFICER, PHONE, 0, 0);
        w.epoch(3, 0, 0);
    });
    assert!(!held(&a, PHONE));
    let (_, a) = town(|w| {
        w.hold(OFFICER, 4, 0, 0);
        let item = w.maker.epoch(|e| {
            e.roles.push(RoleGrant {
                device: device(4),
                bits: ROLE_OFFICER,
            });
        });
        w.items.push(item);
    });
    assert!(!held(&a, 4));
}

#[test]
fn a_lift_by_an_officer_who_was_cut_waits_for_his_log_and_a_hold_does_not() {
    let mut w = World::new();
    w.hold(3, PHONE, 0, 0);
    let begun = w.items.clone();
    let log = w.event(|w| w.write_other(OFFICER, 1, 0));
    let lift = w.event(|w| w.lift(OFFICER, 0, 0));
    let hold = w.event(|w| w.hold(OFFICER, 6, 0, 0));
    w.write_other(OFFICER, 2, 0);
    w.cut_off(OFFICER, 0);
    let epoch = w.items.last().unwrap().clone();
    let head = w.items[w.items.len() - 2].clone();
    // The acts alone, as they overtake their log; then the log up to the cut.
    let acts: Vec<Item> = [&lift[1], &hold[1]].map(Clone::clone).into();
    let mut a = authority(&w, begun.iter().chain(&acts).chain([&epoch]));
    assert!(held(&a, PHONE) && held(&a, 6));
    feed(&mut a, log.iter().chain(&lift).chain(&hold).chain([&head]));
    assert!(!held(&a, PHONE) && held(&a, 6));
}
