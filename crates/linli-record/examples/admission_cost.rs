//! Prints what judging a change costs, in microseconds, beside what Automerge alone would take.
//!
//! Run with `cargo run -p linli-record --example admission_cost`. The first line of each pair is what an
//! import of thousands of one-change records pays.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use linli_record::admission::{Doc, Expect, Limits, New, Scalar, Snapshot, first_change, preparse};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

fn time<T>(what: &str, mut work: impl FnMut() -> T) {
    let rounds = 2_000;
    for _ in 0..rounds / 10 {
        black_box(work());
    }
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(work());
    }
    println!(
        "{what:48} {:9.2} us",
        start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
    );
}

fn sound(_: &Snapshot) -> Result<(), String> {
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let actor = [7; 16];
    let expect = Expect {
        actor,
        schema: &sound,
    };
    let write = |doc: &Doc| {
        doc.author(actor, |draft| {
            for field in 0..10 {
                draft.put(&format!("field{field}"), format!("value {field}"))?;
            }
            draft.put_list("tags", ["通知", "停水"].map(Scalar::from))
        })
    };
    let first = write(&Doc::new())?;
    let mut one = Doc::new();
    one.admit(&first, &expect)?;
    let second = one.author(actor, |draft| draft.put("field3", "another value"))?;
    println!(
        "first change {} bytes, second {} bytes",
        first.len(),
        second.len()
    );
    time("author the first change", || write(&Doc::new()).is_ok());
    let fields: Vec<(String, New)> = (0..10)
        .map(|field| (format!("field{field}"), New::from(format!("value {field}"))))
        .collect();
    time("write the first change by hand", || {
        let mut fields: BTreeMap<&str, New> = fields
            .iter()
            .map(|(key, new)| (key.as_str(), new.clone()))
            .collect();
        fields.insert(
            "tags",
            New::List(["通知", "停水"].map(Scalar::from).to_vec()),
        );
        first_change(actor, &fields).is_ok()
    });
    time("preparse", || preparse(&first, &Limits::STANDARD).is_ok());
    time("admit the first change", || {
        Doc::new().admit(&first, &expect).is_ok()
    });
    time("Automerge alone, the first change", || {
        let mut doc = automerge::Automerge::new();
        automerge::Change::try_from(&first[..])
            .is_ok_and(|change| doc.apply_changes([change]).is_ok())
    });
    time("load one change", || {
        Doc::from_admitted([first.as_slice()]).is_ok()
    });
    time("snapshot", || one.snapshot());
    time("load, admit the second change", || {
        Doc::from_admitted([first.as_slice()])
            .is_ok_and(|mut doc| doc.admit(&second, &expect).is_ok())
    });
    one.admit(&second, &expect)?;
    let third = one.author(actor, |draft| draft.put("field4", "another value"))?;
    time("admit a change to a document in memory", || {
        one.clone().admit(&third, &expect).is_ok()
    });
    Ok(())
}
