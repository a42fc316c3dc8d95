//! The corpus is live ammunition: what each row does to Automerge 0.12.0 when nobody stands before it.
//!
//! These tests say nothing about our code. When one turns red, Automerge has changed, and
//! `docs/formats/change.md` wants a look. A2 and A4 exhaust the machine, so they run in a process of their own that may
//! spend a few seconds of computing and a gibibyte, far beyond what judging any change is allowed here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use automerge::sync::{Message, State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ROOT};
use common::cases::{Case, all};
use std::os::unix::process::ExitStatusExt;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn case(name: &str) -> Case {
    all().into_iter().find(|case| case.name == name).unwrap()
}

fn change(bytes: &[u8]) -> Change {
    Change::try_from(bytes).unwrap()
}

fn holding(case: &Case) -> Automerge {
    let mut document = Automerge::new();
    document
        .apply_changes(
            case.before
                .iter()
                .map(|bytes| change(bytes))
                .collect::<Vec<_>>(),
        )
        .unwrap();
    document
}

fn panics<T>(work: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(work)).is_err()
}

#[test]
fn a1_panics_on_receipt() {
    let case = case("a1-bloom-without-bits");
    let mut document = holding(&self::case("a6-a-victims-actor-id"));
    let state = &mut State::new();
    // To be refused, with whatever error, would be no bite.
    assert!(panics(|| {
        Message::decode(&case.hostile)
            .is_ok_and(|message| document.receive_sync_message(state, message).is_ok())
            .then(|| document.generate_sync_message(state))
    }));
}

const IN_CHILD: &str = "LINLI_BITES";

/// Runs only in a process of its own, started by [`survives_within_bounds`].
#[test]
fn child() {
    match std::env::var(IN_CHILD).as_deref() {
        Ok("a2") => {
            let case = case("a2-bloom-with-huge-probes");
            let mut document = holding(&self::case("a6-a-victims-actor-id"));
            let state = &mut State::new();
            // An error would be a good answer; only what runs on for ever or takes all memory bites.
            if let Ok(message) = Message::decode(&case.hostile)
                && document.receive_sync_message(state, message).is_ok()
            {
                document.generate_sync_message(state);
            }
        }
        Ok("a4") => {
            let case = case("a4-ten-million-operations");
            let changes = Change::try_from(&case.hostile[..]).map(|change| vec![change]);
            if let Ok(changes) = changes {
                let _applied = Automerge::new().apply_changes(changes);
            }
        }
        // The same road with nothing hostile on it: the bounds alone stop nobody.
        Ok("honest") => drop(holding(&case("a6-a-victims-actor-id"))),
        _ => {}
    }
}

/// Whether a case leaves the process alive within 3 s of computing and 1 GiB.
fn survives_within_bounds(case: &str) -> bool {
    let me = std::env::current_exe().unwrap();
    let status = std::process::Command::new("sh")
        .args([
            "-c",
            "ulimit -c 0; ulimit -t 3; ulimit -v 1048576; exec \"$0\" --exact child --test-threads=1",
        ])
        .arg(me)
        .env(IN_CHILD, case)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    let stopped = status.signal();
    assert!(
        status.success() || stopped.is_some(),
        "{case}: an error is no bite: {status}"
    );
    status.success()
}

#[test]
fn a2_and_a4_exhaust_the_machine() {
    assert!(survives_within_bounds("honest"));
    for case in ["a2", "a4"] {
        assert!(!survives_within_bounds(case), "{case}");
    }
}

#[test]
fn a3_inflates_to_more_than_a_mebibyte() {
    let case = case("a3-deflated-bomb");
    assert!(case.hostile.len() < 16 << 10);
    assert!(change(&case.hostile).raw_bytes().len() > 1 << 20);
}

#[test]
fn a5_leaves_two_replicas_that_never_agree() {
    let case = case("a5-two-changes-with-one-number");
    let base = change(&case.before[0]);
    let (left, right) = (change(&case.before[1]), change(&case.hostile));
    let meets = |first: &Change, second: &Change| {
        let mut document = Automerge::new();
        document
            .apply_changes([base.clone(), first.clone()])
            .unwrap();
        assert!(document.apply_changes([second.clone()]).is_err());
        document.get_heads()
    };
    assert_ne!(meets(&left, &right), meets(&right, &left));
}

#[test]
fn a6_shuts_the_genuine_change_out() {
    let case = case("a6-a-victims-actor-id");
    let mut document = holding(&case);
    document.apply_changes([change(&case.hostile)]).unwrap();
    let mut honest = linli_record::admission::Doc::new();
    common::admit(&mut honest, &case.before[0]).unwrap();
    let genuine = honest
        .author(common::cases::ALICE, |draft| draft.put("title", "明日"))
        .unwrap();
    assert!(document.apply_changes([change(&genuine)]).is_err());
}

#[test]
fn a7_makes_the_next_honest_write_panic() {
    let case = case("a7-counter-at-the-end");
    let mut document = holding(&case);
    document.apply_changes([change(&case.hostile)]).unwrap();
    assert!(panics(|| document
        .transact(|tx| tx.put(ROOT, "title", "x"))
        .is_ok()));
}

#[test]
fn a8_panics_when_applied() {
    for name in [
        "a8-first-change-with-number-5",
        "a8-unknown-actor",
        "a8-actor-beyond-the-list",
    ] {
        let case = case(name);
        let mut document = holding(&case);
        assert!(
            panics(|| document.apply_changes([change(&case.hostile)])),
            "{name}"
        );
    }
}

#[test]
fn a9_saves_a_document_that_never_loads() {
    let names = [
        "a9-run-of-one",
        "a9-run-cut-in-two",
        "a9-literal-cut-in-two",
        "a9-unknown-column",
    ];
    for name in names {
        let case = case(name);
        let mut document = holding(&case);
        document.apply_changes([change(&case.hostile)]).unwrap();
        assert!(Automerge::load(&document.save()).is_err(), "{name}");
    }
}

#[test]
fn a_change_that_lies_about_its_past_panics_or_saves_what_never_loads() {
    for name in [
        "b6-object-that-does-not-exist",
        "b9-overwrites-another-field",
        "b11-deletes-nothing",
    ] {
        let case = case(name);
        let (mut document, hostile) = (holding(&case), change(&case.hostile));
        let survives = catch_unwind(AssertUnwindSafe(|| {
            // To be refused would be to survive.
            document.apply_changes([hostile]).is_err() || Automerge::load(&document.save()).is_ok()
        }));
        assert!(!survives.unwrap_or(false), "{name}");
    }
}
