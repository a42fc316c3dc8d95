//! Calls by example, and what holds of every call.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use proptest::prelude::*;

const fn device(n: u8) -> DeviceId {
    DeviceId([n; 32])
}

const fn called(n: u8) -> Called {
    Called {
        device: device(n),
        ring_ms: 55_000,
    }
}

#[test]
fn each_device_rings_its_time_in_the_households_order_and_then_the_guard_decides() {
    let (mut call, first) = Ringing::begin([called(2), called(1), called(2)], true, Moment(7));
    assert_eq!(first, Act::Ring(called(2)));
    call.heard(device(2));
    assert_eq!(call.tick(Moment(55_006)), None);
    assert_eq!(call.tick(Moment(55_007)), Some(Act::Ring(called(1))));
    call.heard(device(1));
    assert_eq!(call.rings_at(), Some(device(1)));
    assert_eq!(call.tick(Moment(110_006)), None);
    let over = Some(Act::Over(Outcome::NoAnswer));
    assert_eq!(call.tick(Moment(110_007)), over);
    assert_eq!((call.due(), call.tick(Moment(999_999))), (None, None));
    // Somebody comes to the phone after all.
    let late = Some(Act::Over(Outcome::Admit(device(2))));
    assert_eq!(call.answered(device(2), true), late);
}

#[test]
fn a_device_that_did_not_receive_the_call_keeps_nobody_waiting_and_may_still_answer() {
    let (mut call, _) = Ringing::begin([called(1), called(2)], true, Moment(0));
    assert_eq!(call.due(), Some(Moment(REACH_MS)));
    assert_eq!(call.tick(Moment(REACH_MS)), Some(Act::Ring(called(2))));
    let yes = Some(Act::Over(Outcome::Admit(device(1))));
    assert_eq!(call.answered(device(1), true), yes);
    let short = Called {
        device: device(1),
        ring_ms: 5_000,
    };
    let (mut call, _) = Ringing::begin([short], true, Moment(0));
    let over = Some(Act::Over(Outcome::NotReached));
    assert_eq!(call.tick(Moment(5_000)), over);
}

#[test]
fn without_a_link_or_a_household_nobody_is_reached_and_that_is_said_at_once() {
    let over = Act::Over(Outcome::NotReached);
    assert_eq!(Ringing::begin([called(1)], false, Moment(0)).1, over);
    assert_eq!(Ringing::begin([], true, Moment(0)).1, over);
}

#[test]
fn a_no_beats_a_yes_and_nothing_counts_after_the_guard_has_decided() {
    let (mut call, _) = Ringing::begin([called(1), called(2)], true, Moment(0));
    assert_eq!(call.answered(device(3), true), None);
    let yes = Some(Act::Over(Outcome::Admit(device(2))));
    assert_eq!(call.answered(device(2), true), yes);
    assert_eq!(call.answered(device(1), true), None);
    let no = Some(Act::Over(Outcome::Refuse(device(1))));
    assert_eq!(call.answered(device(1), false), no);
    assert_eq!(call.answered(device(2), true), None);
    assert!(call.decide());
    assert!(!call.decide());
    assert_eq!(call.answered(device(2), false), None);
    let (mut call, _) = Ringing::begin([called(1)], true, Moment(0));
    assert!(call.decide());
    assert_eq!((call.rings_at(), call.tick(Moment(99_999))), (None, None));
}

/// What may happen to a call.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Wait(u64),
    Heard(u8),
    Answer(u8, bool),
    Decide,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        6 => (0..40_000u64).prop_map(Happens::Wait),
        3 => (0..6u8).prop_map(Happens::Heard),
        2 => (0..6u8, any::<bool>()).prop_map(|(n, yes)| Happens::Answer(n, yes)),
        1 => Just(Happens::Decide),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_call_rings_each_device_once_in_order_and_ends_in_time(
        order in prop::collection::vec((0..5u8, 5_000..120_000u64), 0..6),
        linked in any::<bool>(),
        story in prop::collection::vec(happens(), 0..40),
    ) {
        let order: Vec<Called> = order
            .into_iter()
            .map(|(n, ring_ms)| Called { device: device(n), ring_ms })
            .collect();
        let mut at = Moment(0);
        let (mut call, first) = Ringing::begin(order.clone(), linked, at);
        let mut acts = vec![first];
        let (mut decided, mut answers) = (false, Vec::new());
        for event in story {
            let act = match event {
                Happens::Wait(ms) => {
                    at = at.plus(ms);
                    call.tick(at)
                }
                Happens::Heard(n) => {
                    call.heard(device(n));
                    None
                }
                Happens::Answer(n, yes) => {
                    if !decided && order.iter().any(|c| c.device == device(n)) {
                        answers.push(yes);
                    }
                    call.answered(device(n), yes)
                }
                Happens::Decide => {
                    decided = true;
                    call.decide();
                    None
                }
            };
            prop_assert!(!(decided && act.is_some()), "{act:?} after the decision");
            acts.extend(act);
        }
        // Left alone it comes to an end, no later than all rings together.
        let longest: u64 = order.iter().map(|c| c.ring_ms).sum();
        for _ in 0..=order.len() {
            at = at.plus(longest.max(1));
            acts.extend(call.tick(at));
        }
        prop_assert!(call.due().is_none());
        prop_assert!(decided || call.outcome().is_some());
        let rung: Vec<DeviceId> = acts
            .iter()
            .filter_map(|a| if let Act::Ring(c) = a { Some(c.device) } else { None })
            .collect();
        let mut expected: Vec<DeviceId> = Vec::new();
        for called in order.iter().filter(|_| linked) {
            if !expected.contains(&called.device) {
                expected.push(called.device);
            }
        }
        prop_assert!(expected.starts_with(&rung), "{rung:?} of {expected:?}");
        let first_over = acts.iter().position(|a| matches!(a, Act::Over(_)));
        let rings_after = first_over.is_some_and(|at| {
            acts[at..].iter().any(|a| matches!(a, Act::Ring(_)))
        });
        prop_assert!(!rings_after, "{acts:?}");
        // What was answered decides, in whichever order it came.
        match call.outcome() {
            Some(Outcome::Refuse(_)) => prop_assert!(answers.contains(&false)),
            Some(Outcome::Admit(_)) => prop_assert!(!answers.is_empty() && !answers.contains(&false)),
            _ => prop_assert!(answers.is_empty()),
        }
    }
}
