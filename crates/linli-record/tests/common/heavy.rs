//! The heaviest sound changes there can be: each near the limits, each beside one it does not know.

use super::cases::{ALICE, MALLORY};
use super::forge::{Forged, Op, Place};
use linli_record::admission::{Limits, preparse};

/// The shapes [`heavy`] makes.
pub const HEAVY: [&str; 5] = [
    "heavy-list",
    "heavy-front",
    "heavy-text",
    "heavy-one-key",
    "heavy-keys",
];

/// A record of two large changes, and a third beside the second; with the actor who wrote the third.
pub fn heavy(shape: &str) -> ([u8; 16], Vec<Vec<u8>>, Vec<u8>) {
    let head = |chunk: &[u8]| preparse(chunk, &Limits::STANDARD).unwrap();
    let first = Forged::first(ALICE, ops(shape, "a", 1)).encode();
    let (past, start_op) = (head(&first).hash, head(&first).max_op + 1);
    let on_top = |actor, seq, key| {
        let change = Forged::first(actor, ops(shape, key, start_op));
        Forged {
            deps: vec![past],
            seq,
            start_op,
            ..change
        }
        .encode()
    };
    (
        MALLORY,
        vec![first.clone(), on_top(ALICE, 2, "b")],
        on_top(MALLORY, 1, "c"),
    )
}

fn ops(shape: &str, key: &str, start: u64) -> Vec<Op> {
    // As many as fit into 64 KiB, or nearly the limit on operations.
    let count = if shape == "heavy-keys" { 9_000 } else { 18_500 };
    let value = |at: u64| Op {
        code: 3,
        value: vec![(at % 100) as u8],
        ..Op::put(key, "")
    };
    let make = |action| Op {
        action,
        code: 0,
        value: vec![],
        ..Op::put(key, "")
    };
    let inside = |op: Op, place: Place| Op {
        obj: Some((start, 0)),
        insert: true,
        place,
        ..op
    };
    (start..start + count)
        .map(|at| {
            let behind = if at == start + 1 {
                Place::Head
            } else {
                Place::Elem((at.saturating_sub(1), 0))
            };
            match (shape, at == start) {
                ("heavy-list" | "heavy-front", true) => make(2),
                ("heavy-text", true) => make(4),
                ("heavy-list", false) => inside(value(at), behind),
                ("heavy-front", false) => inside(value(at), Place::Head),
                ("heavy-text", false) => inside(Op::put("", "字"), behind),
                ("heavy-one-key", false) => Op {
                    preds: vec![(at - 1, 0)],
                    ..value(at)
                },
                ("heavy-keys", _) => Op {
                    place: Place::Key(format!("{key}{:x}", at - start)),
                    ..value(at)
                },
                _ => value(at),
            }
        })
        .collect()
}
