//! Honest devices: whatever they write is admitted everywhere, in every order, and reads as in Automerge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::oracle::agrees_with_automerge;
use common::{Edit, admit, any_edit, apply};
use linli_record::admission::{Doc, New, Scalar, Verdict, first_change};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One step of a story: a device writes, or a device hears all that another one holds.
#[derive(Clone, Debug)]
enum Step {
    Write(usize, Vec<Edit>),
    Hear(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let write = (0..3_usize, prop::collection::vec(any_edit(), 1..6))
        .prop_map(|(who, edits)| Step::Write(who, edits));
    let hear = (0..3_usize, 0..3_usize).prop_map(|(to, from)| Step::Hear(to, from));
    prop::collection::vec(prop_oneof![3 => write, 2 => hear], 1..24)
}

/// Plays a story and returns what each device holds.
fn play(steps: &[Step]) -> [Doc; 3] {
    let mut docs = [Doc::new(), Doc::new(), Doc::new()];
    for step in steps {
        match step {
            Step::Write(who, edits) => {
                let actor = [*who as u8 + 1; 16];
                let written = docs[*who].author(actor, |draft| {
                    for edit in edits {
                        apply(draft, edit);
                    }
                    Ok(())
                });
                if let Ok(bytes) = written {
                    admit(&mut docs[*who], &bytes).unwrap();
                }
            }
            Step::Hear(to, from) => {
                let heard: Vec<Vec<u8>> = docs[*from].save_changes().map(<[u8]>::to_vec).collect();
                for bytes in heard {
                    admit(&mut docs[*to], &bytes).unwrap();
                }
            }
        }
    }
    docs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_honest_devices_write_is_admitted_and_reads_as_in_automerge(steps in steps()) {
        for doc in play(&steps) {
            agrees_with_automerge(&doc);
        }
    }

    #[test]
    fn the_order_of_arrival_changes_neither_verdict_nor_value(steps in steps(), seed in any::<u64>()) {
        let mut whole = play(&steps);
        let all: Vec<Vec<u8>> = whole[1].save_changes().chain(whole[2].save_changes()).map(<[u8]>::to_vec).collect();
        for bytes in &all {
            admit(&mut whole[0], bytes).unwrap();
        }
        let mut waiting: Vec<Vec<u8>> = whole[0].save_changes().map(<[u8]>::to_vec).collect();
        common::shuffle(&mut waiting, seed);
        let mut late = Doc::new();
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|bytes| match admit(&mut late, bytes) {
                Ok(_) => false,
                Err(Verdict::Waiting { missing }) => {
                    assert!(!missing.is_empty());
                    true
                }
                Err(void) => panic!("{void}"),
            });
            prop_assert!(waiting.len() < before, "something is admitted in every round");
        }
        prop_assert_eq!(late.heads(), whole[0].heads());
        prop_assert_eq!(late.snapshot(), whole[0].snapshot());
        let again = Doc::from_admitted(late.save_changes()).unwrap();
        prop_assert_eq!(again.heads(), late.heads());
        prop_assert_eq!(again.snapshot(), late.snapshot());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_first_change_written_by_hand_is_the_one_automerge_writes(fields in new_fields()) {
        let actor = [5; 16];
        let quick: BTreeMap<&str, New> = fields.iter().map(|(key, new)| (key.as_str(), new.clone())).collect();
        let slow = Doc::new().author(actor, |draft| {
            for (key, new) in &quick {
                match new {
                    New::Scalar(scalar) => draft.put(key, scalar.clone())?,
                    New::List(items) => draft.put_list(key, items.clone())?,
                }
            }
            Ok(())
        });
        let bytes = first_change(actor, &quick);
        prop_assert_eq!(&bytes, &slow);
        if let Ok(bytes) = bytes {
            let mut doc = Doc::new();
            admit(&mut doc, &bytes).unwrap();
            agrees_with_automerge(&doc);
        }
    }
}

fn new_fields() -> impl Strategy<Value = BTreeMap<String, New>> {
    let list = prop::collection::vec(common::scalar(), 0..6).prop_map(New::List);
    let new = prop_oneof![common::scalar().prop_map(New::Scalar), list];
    prop::collection::btree_map("[a-z]{1,3}", new, 0..12)
}

#[test]
fn a_refused_change_leaves_no_trace() {
    let (alice, bob) = ([1; 16], [2; 16]);
    let mut doc = Doc::new();
    let first = doc.author(alice, |draft| {
        draft.put("title", "一楼")?;
        draft.put_list("tags", [Scalar::from("a"), Scalar::from("b")])?;
        draft.put_text("body", "你好")
    });
    admit(&mut doc, &first.unwrap()).unwrap();
    let before = doc.clone();
    let second = doc.author(bob, |draft| {
        draft.put("title", "二楼")?;
        draft.delete("tags")?;
        draft.put_list("tags", [Scalar::from("c")])?;
        draft.splice("body", 1, 1, "们好")
    });
    let second = second.unwrap();
    let never = |_: &linli_record::admission::Snapshot| Err("never".to_owned());
    let verdict = doc.admit(
        &second,
        &linli_record::admission::Expect {
            actor: bob,
            schema: &never,
        },
    );
    assert!(matches!(verdict, Err(Verdict::Void(_))));
    assert_eq!(before, doc);
    let admitted = admit(&mut doc, &second).unwrap();
    assert_eq!(admitted.value.text("body"), Some("你们好"));
    assert_eq!(admitted.value.texts("tags"), ["c"]);
}

#[test]
fn the_schema_is_asked_in_the_past_of_the_change_and_not_beside_its_rivals() {
    let (alice, bob) = ([1; 16], [2; 16]);
    let mut doc = Doc::new();
    let first = doc
        .author(alice, |draft| draft.put("seats", 3_u64))
        .unwrap();
    admit(&mut doc, &first).unwrap();
    let left = doc
        .author(alice, |draft| draft.put("seats", 4_u64))
        .unwrap();
    let right = doc.author(bob, |draft| draft.put("seats", 5_u64)).unwrap();
    admit(&mut doc, &left).unwrap();
    let admitted = admit(&mut doc, &right).unwrap();
    assert_eq!(admitted.value.fields()["seats"], [Scalar::Uint(5)]);
    assert_eq!(
        doc.snapshot().fields()["seats"],
        [Scalar::Uint(5), Scalar::Uint(4)]
    );
    assert_eq!(doc.snapshot().conflicts(), ["seats"]);
}

#[test]
fn confirming_the_winner_of_a_conflict_deletes_the_losers_and_is_admitted() {
    let mut doc = Doc::new();
    let write = |doc: &Doc, who: u8, value: u64| {
        doc.author([who; 16], |draft| draft.put("seats", value))
            .unwrap()
    };
    let rivals = [write(&doc, 1, 3), write(&doc, 2, 4), write(&doc, 3, 5)];
    for bytes in &rivals {
        admit(&mut doc, bytes).unwrap();
    }
    assert_eq!(doc.snapshot().fields()["seats"].len(), 3);
    let confirm = write(&doc, 1, 5);
    admit(&mut doc, &confirm).unwrap();
    assert_eq!(doc.snapshot().fields()["seats"], [Scalar::Uint(5)]);
    agrees_with_automerge(&doc);
}

#[test]
fn large_changes_of_every_shape_are_read_back_by_our_parser() {
    // Long runs, long literals and many strings: wherever Automerge's encoder might split a column.
    let mut doc = Doc::new();
    for (shape, count) in [("same", 18_000_usize), ("text", 15_000), ("mixed", 6_000)] {
        let bytes = doc.author([1; 16], |draft| match shape {
            "text" => draft.put_text(shape, &"字".repeat(count)),
            "same" => draft.put_list(shape, (0..count).map(|_| Scalar::from(7_u64))),
            _ => draft.put_list(
                shape,
                (0..count).map(|at| Scalar::Int(if at % 5 == 0 { -3 } else { at as i64 * 37 })),
            ),
        });
        admit(&mut doc, &bytes.unwrap()).unwrap();
    }
    agrees_with_automerge(&doc);
}
