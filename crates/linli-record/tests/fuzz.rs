//! Random and nearly honest bytes: no panic, no doubt left for Automerge, nothing admitted that harms.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::oracle::agrees_with_automerge;
use common::{Edit, Rng, admit, any_edit, apply, mutate};
use linli_record::admission::{Doc, Limits, Refusal, Verdict, preparse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A record and an honest change on top of it.
struct Stage {
    doc: Doc,
    change: Vec<u8>,
}

/// Records of one to three devices, some with branches, each with a change that could come next.
fn stages() -> &'static [Stage] {
    static STAGES: OnceLock<Vec<Stage>> = OnceLock::new();
    STAGES.get_or_init(|| (0..24).map(stage).collect())
}

fn stage(number: u64) -> Stage {
    let mut runner = TestRunner::deterministic();
    let mut rng = Rng(number + 1);
    // The deterministic runner always starts alike; skip ahead to a part of its own for each stage.
    let edits: Vec<Vec<Edit>> = (0..(number + 1) * 8)
        .map(|_| {
            prop::collection::vec(any_edit(), 1..8)
                .new_tree(&mut runner)
                .unwrap()
                .current()
        })
        .skip(number as usize * 8)
        .collect();
    let write = |doc: &Doc, who: usize, edits: &[Edit]| {
        doc.author([who as u8 + 1; 16], |draft| {
            edits.iter().for_each(|edit| apply(draft, edit));
            Ok(())
        })
    };
    let mut docs = [Doc::new(), Doc::new()];
    for edits in &edits[..number as usize % 7] {
        let who = rng.below(2);
        if let Ok(bytes) = write(&docs[who], who, edits) {
            admit(&mut docs[who], &bytes).unwrap();
        }
    }
    let [mut doc, other] = docs;
    for bytes in other.save_changes() {
        admit(&mut doc, bytes).unwrap();
    }
    let change = write(&doc, rng.below(3), &edits[7])
        .or_else(|_| doc.author([1; 16], |draft| draft.put("a", 1_u64)));
    Stage {
        change: change.unwrap(),
        doc,
    }
}

/// Judges bytes; whatever the verdict, the rest of the system must be able to live with it.
fn judge(doc: &Doc, bytes: &[u8]) -> Result<(), Verdict> {
    let mut struck = doc.clone();
    let verdict = admit(&mut struck, bytes).map(|_| ());
    match &verdict {
        Ok(()) => {
            agrees_with_automerge(&struck);
            assert_eq!(Doc::from_admitted(struck.save_changes()).unwrap(), struck);
        }
        Err(Verdict::Void(Refusal::Engine(_) | Refusal::Recoded)) => {
            panic!("Automerge had to say no: {verdict:?}")
        }
        Err(_) => assert_eq!(struck, *doc),
    }
    verdict
}

/// The name of a verdict without its details.
fn kind(verdict: &Result<(), Verdict>) -> String {
    let text = match verdict {
        Ok(()) => "Admitted".to_owned(),
        Err(Verdict::Waiting { .. }) => "Waiting".to_owned(),
        Err(Verdict::Void(Refusal::Op { fault, .. })) => format!("{fault:?}"),
        Err(Verdict::Void(refusal)) => format!("{refusal:?}"),
    };
    text.split([' ', '(', '{'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut behind_a_header = common::forge::seal(1, &bytes);
        prop_assert!(preparse(&bytes, &Limits::STANDARD).is_err());
        let _verdict = judge(&Doc::new(), &behind_a_header);
        behind_a_header.truncate(bytes.len() / 2);
        let _verdict = judge(&Doc::new(), &behind_a_header);
    }

    #[test]
    fn damaged_changes_never_panic_and_what_is_admitted_saves_and_loads(seed in 1..u64::MAX) {
        let mut rng = Rng(seed);
        for _ in 0..40 {
            let stage = &stages()[rng.below(stages().len())];
            let bytes = mutate::bytes(&mut rng, &stage.change);
            let _verdict = judge(&stage.doc, &bytes);
        }
    }

    #[test]
    fn changed_meanings_never_panic_and_what_is_admitted_saves_and_loads(seed in 1..u64::MAX) {
        let mut rng = Rng(seed);
        for _ in 0..40 {
            let _verdict = nearly_honest(&mut rng);
        }
    }
}

fn nearly_honest(rng: &mut Rng) -> Result<(), Verdict> {
    let stage = &stages()[rng.below(stages().len())];
    let hashes: Vec<[u8; 32]> = stage.doc.changes().map(|head| head.hash).collect();
    let bytes = mutate::meaning(rng, &stage.change, &hashes);
    judge(&stage.doc, &bytes)
}

#[test]
fn the_mutations_reach_every_corner_of_the_judge() {
    let mut rng = Rng(20_261_101);
    let reached: BTreeSet<String> = (0..12_000)
        .map(|_| kind(&nearly_honest(&mut rng)))
        .collect();
    let corners = [
        "Action",
        "Actors",
        "Admitted",
        "Counter",
        "DeletesNothing",
        "KeyKind",
        "NoElement",
        "NoObject",
        "PredOrder",
        "Preds",
        "SeqNotNext",
        "SeqTaken",
        "StartOp",
        "Text",
        "Value",
        "Key",
        "ObjectId",
        "UnknownActor",
    ];
    let missed: Vec<&str> = corners
        .into_iter()
        .filter(|corner| !reached.contains(*corner))
        .collect();
    assert!(
        missed.is_empty(),
        "never reached: {missed:?} of {reached:?}"
    );
}
