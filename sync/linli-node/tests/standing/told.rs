//! Whom a notice reached, as its office counts it: receipts of devices and ticks at doors, through replicas.

use crate::estate::{enrol, found, meet, now, unit};
use linli_base::{Private, RecordId};
use linli_charter::IssuingKey;
use linli_node::replica::{OpFault, Replica};
use linli_record::RecordKind;
use linli_record::draft::NoticeDraft;
use linli_record::fact::{Reach, Told};
use std::collections::BTreeSet;

const OFFICE: usize = 0;
const STEWARD: usize = 1;
const HOUSE: usize = 2;

/// An office, a steward of building 3 who lives there, a household.
fn all() -> Vec<Replica> {
    let mut office = found();
    let steward = enrol(&mut office, 10, &unit("3-1-101"));
    let house = enrol(&mut office, 20, &unit("3-2-501"));
    let device = steward.me().device();
    office
        .new_epoch(now(2), |epoch| {
            epoch.issuing.push(IssuingKey {
                device,
                buildings: vec!["3".into()],
                machines: false,
            });
        })
        .unwrap();
    office.flush(now(2), &mut vec![]).unwrap();
    let mut all = vec![office, steward, house];
    meet(&mut all, OFFICE, STEWARD, 3);
    meet(&mut all, OFFICE, HOUSE, 4);
    all
}

fn publish(office: &mut Replica, title: &str, t: u64) -> RecordId {
    let draft = NoticeDraft {
        title: title.into(),
        confirm: true,
        ..NoticeDraft::default()
    };
    office
        .create(now(t), RecordKind::Notice, |actor| draft.change(actor))
        .unwrap()
}

fn told(unit: &str) -> Told {
    Told {
        unit: Private::new(unit.to_owned()),
        words: None,
    }
}

/// Units that the office knows a steward told.
fn heard(office: &Replica, notice: &RecordId) -> BTreeSet<String> {
    let receipts = office.receipts().unwrap().into_iter();
    receipts
        .flat_map(|(_, r)| r.told.get(notice).cloned().unwrap_or_default())
        .map(|(unit, _)| unit)
        .collect()
}

#[test]
fn a_steward_ticks_doors_of_the_building_and_the_office_its_own_and_nobody_else_any() {
    let mut all = all();
    let notice = publish(&mut all[OFFICE], "停电", 5);
    for (who, t) in [(STEWARD, 6), (HOUSE, 7)] {
        meet(&mut all, OFFICE, who, t);
    }
    let tick = |all: &mut Vec<Replica>, who: usize, unit: &str| {
        let done = all[who].told_at_door(now(8), &notice, told(unit));
        all[who].flush(now(8), &mut vec![]).unwrap();
        done
    };
    assert!(tick(&mut all, STEWARD, "3-1-201").unwrap());
    assert!(
        !tick(&mut all, STEWARD, "3-1-201").unwrap(),
        "once is enough"
    );
    for (who, unit) in [(STEWARD, "5-1-101"), (HOUSE, "3-2-501"), (HOUSE, "3-2-502")] {
        let refused = tick(&mut all, who, unit);
        assert!(matches!(refused, Err(OpFault::NotAllowed)), "{refused:?}");
    }
    assert!(tick(&mut all, OFFICE, "5-1-101").unwrap());
    assert!(!tick(&mut all, OFFICE, "5-1-101").unwrap());
    // What a steward ticks is sealed to the office: it comes by way of a household that cannot read it.
    meet(&mut all, STEWARD, HOUSE, 9);
    meet(&mut all, HOUSE, OFFICE, 10);
    assert_eq!(heard(&all[HOUSE], &notice), BTreeSet::new());
    assert_eq!(heard(&all[OFFICE], &notice), ["3-1-201".to_owned()].into());
    let office = all[OFFICE].told_by_office(&notice).unwrap();
    assert_eq!(office[0].1, told("5-1-101"));
    assert!(all[HOUSE].told_by_office(&notice).unwrap().is_empty());
    // A steward whose key is cut off ticks nothing any more, and what was ticked is not counted.
    let steward = all[STEWARD].me().device();
    assert!(all[OFFICE].is_steward_of(&steward, "3-1-201"));
    all[OFFICE]
        .new_epoch(now(11), |epoch| {
            epoch.issuing.retain(|k| k.device != steward)
        })
        .unwrap();
    assert!(!all[OFFICE].is_steward_of(&steward, "3-1-201"));
}

#[test]
fn what_a_full_receipt_no_longer_repeats_is_not_forgotten_by_its_office() {
    const NOTICES: usize = 260;
    let mut all = all();
    let mut notices = Vec::new();
    for round in 0..2_u64 {
        for n in 0..NOTICES / 2 {
            let t = 20 + round * 1_000 + n as u64;
            notices.push(publish(&mut all[OFFICE], &format!("通知{n}"), t));
        }
        let t = 900 + round * 1_000;
        all[OFFICE].flush(now(t), &mut vec![]).unwrap();
        meet(&mut all, OFFICE, HOUSE, t);
        let house = &mut all[HOUSE];
        house
            .receive_all(now(t), &notices, Reach::DELIVERED)
            .unwrap();
        house.flush(now(t), &mut vec![]).unwrap();
        meet(&mut all, HOUSE, OFFICE, t + 1);
    }
    let receipts = all[OFFICE].receipts().unwrap();
    assert_eq!(receipts.len(), 1);
    let known = &receipts[0].1.notices;
    assert!(
        notices.iter().all(|n| known.contains_key(n)),
        "{}",
        known.len()
    );
    // Saying the same again is no news, however many notices there are.
    let house = &mut all[HOUSE];
    house
        .receive_all(now(9_000), &notices, Reach::DELIVERED)
        .unwrap();
    assert!(!house.needs_flush());
}

#[test]
fn when_a_notice_had_got_how_far_is_kept_by_its_office_beyond_the_last_word_about_it() {
    let mut all = all();
    let notice = publish(&mut all[OFFICE], "停电", 20);
    all[OFFICE].flush(now(20), &mut vec![]).unwrap();
    meet(&mut all, OFFICE, HOUSE, 21);
    let (read, all_of_it) = (
        Reach::DELIVERED.with(Reach::READ),
        Reach::DELIVERED.with(Reach::READ).with(Reach::CONFIRMED),
    );
    for (reach, t) in [
        (Reach::DELIVERED, 30),
        (Reach::READ, 40),
        (Reach::CONFIRMED, 50),
    ] {
        all[HOUSE].receive(now(t), &notice, reach).unwrap();
        all[HOUSE].flush(now(t), &mut vec![]).unwrap();
        meet(&mut all, HOUSE, OFFICE, t + 1);
    }
    let house = all[HOUSE].me().device();
    let steps = all[OFFICE].steps(&house, &notice).unwrap();
    let at = |t: u64| now(t).wall.0;
    assert_eq!(steps, [(Reach::DELIVERED, at(30)), (read, at(40))]);
    let said = all[OFFICE].receipts().unwrap().remove(0).1.notices[&notice];
    assert_eq!(said, (all_of_it, at(50)));
    // What was never said in between is not made up: read and confirmed at once.
    let second = publish(&mut all[OFFICE], "停水", 60);
    all[OFFICE].flush(now(60), &mut vec![]).unwrap();
    meet(&mut all, OFFICE, HOUSE, 61);
    all[HOUSE]
        .receive(now(70), &second, Reach::READ.with(Reach::CONFIRMED))
        .unwrap();
    all[HOUSE].flush(now(70), &mut vec![]).unwrap();
    meet(&mut all, HOUSE, OFFICE, 71);
    assert_eq!(all[OFFICE].steps(&house, &second).unwrap(), []);
}
