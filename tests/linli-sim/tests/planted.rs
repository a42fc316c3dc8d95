//! Tests of the simulator itself: a fault planted in the product must be found soon and for the right reason
//! (quality.md T10), and what was once red stays green.
//!
//! A simulator that is green for a product with a known fault proves nothing by being green for the real one. What
//! each fault cost to find is printed: `cargo nextest run -p linli-sim --no-capture`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

use linli_sim::{Many, Options, Outcome, Plant, Summary};

/// Within so many seeds each fault must be found.
const SOON: u64 = 300;

fn seeds(from: u64, count: u64, plant: Option<Plant>, twice_every: u64) -> Summary {
    let many = Many {
        from,
        count,
        options: Options {
            plant,
            ..Options::default()
        },
        twice_every,
        stop_at_red: plant.is_some(),
        threads: 2,
    };
    many.run(|_| ()).unwrap()
}

fn told(red: &[Outcome]) -> Vec<String> {
    red.iter()
        .map(|o| format!("seed {}: {}", o.seed, o.violation.as_ref().unwrap()))
        .collect()
}

/// Finds a planted fault by one of the invariants that it breaks, and shows the same seeds green without it.
fn is_found(plant: Plant, breaks: &[&str]) {
    // An order that depends on the process is only seen by looking twice.
    let twice_every = u64::from(plant == Plant::HashOrder);
    let summary = seeds(1, SOON, Some(plant), twice_every);
    let first = summary.red.first();
    let first = first.unwrap_or_else(|| panic!("{} not found in {SOON} seeds", plant.name()));
    println!("{}: {}", plant.name(), told(&summary.red)[0]);
    let broken = first.violation.as_ref().unwrap().invariant;
    assert!(breaks.contains(&broken), "{:?}", told(&summary.red));

    let without = seeds(first.seed, 1, None, 0);
    assert_eq!(told(&without.red), Vec::<String>::new());
}

#[test]
fn people_told_before_the_commit_lose_what_they_were_told_is_saved() {
    is_found(Plant::AcknowledgeBeforeCommit, &["I2"]);
}

#[test]
fn sending_before_the_commit_is_caught_on_the_wire() {
    is_found(Plant::SendBeforePersist, &["persist before send"]);
}

#[test]
fn an_act_that_waits_for_its_log_is_seen_to_have_no_effect() {
    is_found(Plant::ActAfterItsEntry, &["acts before their logs"]);
}

#[test]
fn entries_forgotten_because_they_came_early_are_missed_at_the_end() {
    is_found(Plant::HoldBackLost, &["L1", "L2"]);
}

#[test]
fn an_order_that_depends_on_the_process_makes_two_runs_differ() {
    is_found(Plant::HashOrder, &["I16"]);
}

#[test]
fn one_seed_in_a_hundred_runs_twice_and_only_there_is_a_difference_noticed() {
    let of = |from| seeds(from, 1, Some(Plant::HashOrder), 100);
    let (once, twice) = (of(99), of(100));
    assert_eq!((once.twice, once.red.len()), (0, 0));
    assert_eq!((twice.twice, twice.red.len()), (1, 1));
    assert_eq!(
        twice.red[0].violation.as_ref().unwrap().invariant,
        "I16",
        "{:?}",
        told(&twice.red)
    );
    let honest = seeds(100, 1, None, 100);
    assert_eq!((honest.twice, told(&honest.red)), (1, vec![]));
}

/// Seeds that were red once, and what they showed. What a seed draws changes with the simulator, so the older ones
/// may look at something else by now; they cost little and stay.
const ONCE_RED: &[(&[u64], &str)] = &[
    (
        // The first round; each cause is a small story in linli-node, `replica/tests/found.rs`.
        &[73, 77, 112, 132, 168],
        "a receipt never said for want of the office's key, entries that waited for ever, boards that differed after a fork",
    ),
    (
        &[824],
        "the ledger's fault: after a failed disk it did not see where a gate's event was written, so that the gate's cut-off was not applied to it",
    ),
    (
        &[907],
        "a device whose household forgot its introduction (an old copy of a disk) was let in by nobody, though it had the entry",
    ),
    (
        &[1458],
        "the check's fault: a fork's proof that was sent is kept as proof, not in the place where it was looked for",
    ),
    (
        &[181],
        "what a household confirmed right after its disk had failed was forgotten by the commit that acknowledged it",
    ),
    (
        &[1991],
        "an enrolment right after the disk had failed named a place where it does not stand, so the device never counted",
    ),
];

#[test]
fn what_was_once_red_stays_green() {
    for (list, why) in ONCE_RED {
        for seed in *list {
            let summary = seeds(*seed, 1, None, 0);
            assert_eq!(told(&summary.red), Vec::<String>::new(), "once: {why}");
        }
    }
}
