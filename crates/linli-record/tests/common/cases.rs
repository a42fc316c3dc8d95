//! The corpus: for each known attack its bytes, the verdict, and the nearest change that is sound.
//!
//! `tests/corpus/` holds what this file makes; `hostile.rs` checks that the two are equal and rewrites the
//! folder when `LINLI_WRITE_CORPUS` is set. Names A1 to A10 are those of `docs/formats/change.md`.

mod encodings;
mod pasts;

use super::admit;
use super::forge::{Forged, Op, ileb, uleb};
use linli_record::admission::{Doc, OpFault, Refusal, Verdict, preparse};

pub const ALICE: [u8; 16] = [0xa1; 16];
pub const BOB: [u8; 16] = [0xb0; 16];
pub const MALLORY: [u8; 16] = [0xee; 16];

/// One attack.
pub struct Case {
    pub name: &'static str,
    /// The actor the entry's signature leads to.
    pub actor: [u8; 16],
    /// What the record holds already.
    pub before: Vec<Vec<u8>>,
    pub hostile: Vec<u8>,
    pub verdict: Verdict,
    /// The nearest sound change; it carries the same data where there is any.
    pub twin: Vec<u8>,
}

fn void(refusal: Refusal) -> Verdict {
    Verdict::Void(refusal)
}

fn op_void(index: u64, fault: OpFault) -> Verdict {
    void(Refusal::Op { index, fault })
}

fn hash(chunk: &[u8]) -> [u8; 32] {
    linli_base::hash::sha256(&chunk[8..])
}

/// Alice's record: two fields and a list. To a replica it is a post with a list that a later version added.
fn base() -> Vec<Vec<u8>> {
    let written = Doc::new().author(ALICE, |draft| {
        draft.put("body", "停水通知")?;
        draft.put("kind", "ask")?;
        draft.put_list(
            "tags",
            ["水", "三栋"].map(linli_record::admission::Scalar::from),
        )
    });
    vec![written.unwrap()]
}

fn holding(changes: &[Vec<u8>]) -> Doc {
    let mut doc = Doc::new();
    for bytes in changes {
        admit(&mut doc, bytes).unwrap();
    }
    doc
}

fn says(changes: &[Vec<u8>], actor: [u8; 16], title: &str) -> Vec<u8> {
    holding(changes)
        .author(actor, |draft| draft.put("body", title))
        .unwrap()
}

/// A first change, taken apart.
fn plain() -> Forged {
    Forged::first(MALLORY, vec![Op::put("body", "水"), Op::put("kind", "ask")])
}

fn fresh(name: &'static str, hostile: Vec<u8>, verdict: Verdict) -> Case {
    Case {
        name,
        actor: MALLORY,
        before: vec![],
        hostile,
        verdict,
        twin: plain().encode(),
    }
}

/// A second change on Alice's record by Mallory, taken apart.
fn second() -> Forged {
    Forged::of(&says(&base(), MALLORY, "水"))
}

fn on_base(name: &'static str, hostile: Vec<u8>, verdict: Verdict) -> Case {
    Case {
        name,
        actor: MALLORY,
        before: base(),
        hostile,
        verdict,
        twin: second().encode(),
    }
}

pub fn all() -> Vec<Case> {
    let mut cases = known();
    cases.extend(encodings::all());
    cases.extend(pasts::all());
    cases
}

fn repeat(count: i64, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    ileb(count, &mut out);
    out.extend_from_slice(value);
    out
}

fn flag_run(count: u64) -> Vec<u8> {
    let mut out = Vec::new();
    uleb(count, &mut out);
    out
}

/// A change of a few bytes whose run lengths claim `count` operations.
fn claims(count: i64) -> Vec<u8> {
    let columns = vec![
        (0x15, repeat(count, b"\x01a")),
        (0x34, flag_run(count.unsigned_abs())),
        (0x42, repeat(count, b"\x01")),
        (0x56, repeat(count, b"\x00")),
        (0x70, repeat(count, b"\x00")),
    ];
    Forged::first(MALLORY, vec![]).encode_with(&columns)
}

/// A deflated change of a few kilobytes that holds 2 MiB.
fn bomb() -> Vec<u8> {
    let big = Forged::first(MALLORY, vec![Op::put("body", &"水".repeat(700_000))]).encode();
    automerge::Change::try_from(&big[..])
        .unwrap()
        .bytes()
        .into_owned()
}

/// A1 to A8 and A10.
fn known() -> Vec<Case> {
    let bloom_without_bits = vec![0x42, 0, 0, 1, 0, 3, 5, 0, 7, 0];
    let bloom_with_huge_probes = vec![
        0x42, 0, 0, 1, 0, 8, 1, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xaa, 0,
    ];
    let one = base();
    let mut two = base();
    two.push(says(&one, ALICE, "明日停水"));
    let rival = says(&one, ALICE, "今日停水");
    let at = |start_op| {
        Forged {
            start_op,
            ..second()
        }
        .encode()
    };
    let next = second().start_op;
    let mut stranger = second();
    stranger.others.push(BOB.to_vec());
    stranger.others.sort();
    let place = stranger
        .others
        .iter()
        .position(|actor| *actor == BOB)
        .unwrap()
        + 1;
    stranger.ops[0].obj = Some((2, place));
    let mut beyond = second();
    beyond.ops[0].obj = Some((2, 9));
    vec![
        fresh(
            "a1-bloom-without-bits",
            bloom_without_bits,
            void(Refusal::NotAChunk),
        ),
        fresh(
            "a2-bloom-with-huge-probes",
            bloom_with_huge_probes,
            void(Refusal::NotAChunk),
        ),
        fresh(
            "a3-deflated-bomb",
            bomb(),
            void(Refusal::NotAPlainChange { chunk_type: 2 }),
        ),
        fresh(
            "a4-ten-million-operations",
            claims(10_000_000),
            void(Refusal::TooManyOps),
        ),
        Case {
            name: "a5-two-changes-with-one-number",
            actor: ALICE,
            hostile: rival,
            verdict: void(Refusal::SeqTaken { seq: 2 }),
            twin: says(&two, ALICE, "今日停水"),
            before: two,
        },
        Case {
            name: "a6-a-victims-actor-id",
            actor: MALLORY,
            hostile: says(&one, ALICE, "水"),
            verdict: void(Refusal::WrongActor),
            twin: says(&one, MALLORY, "水"),
            before: one,
        },
        on_base(
            "a7-counter-at-the-end",
            at(u64::from(u32::MAX)),
            void(Refusal::Counter),
        ),
        on_base(
            "a7-counter-near-the-end",
            at((1 << 31) - 2),
            void(Refusal::StartOp {
                want: next,
                got: (1 << 31) - 2,
            }),
        ),
        on_base(
            "a7-counter-with-a-gap",
            at(next + 1),
            void(Refusal::StartOp {
                want: next,
                got: next + 1,
            }),
        ),
        on_base(
            "a7-counter-used-before",
            at(next - 1),
            void(Refusal::StartOp {
                want: next,
                got: next - 1,
            }),
        ),
        on_base(
            "a8-unknown-actor",
            stranger.encode(),
            void(Refusal::UnknownActor(BOB)),
        ),
        on_base(
            "a8-actor-beyond-the-list",
            beyond.encode(),
            op_void(0, OpFault::ActorIndex),
        ),
        fresh(
            "a8-first-change-with-number-5",
            Forged { seq: 5, ..plain() }.encode(),
            void(Refusal::SeqNotNext { want: 1, got: 5 }),
        ),
        backup(),
    ]
}

/// A10: a device wrote two changes, was restored from a backup taken before the second, and writes again.
fn backup() -> Case {
    let backup = base();
    let mut before = backup.clone();
    before.push(
        holding(&backup)
            .author(ALICE, |draft| draft.put("kind", "offer"))
            .unwrap(),
    );
    let again = holding(&backup)
        .author(ALICE, |draft| draft.put("kind", "lost"))
        .unwrap();
    let twin = holding(&before)
        .author(ALICE, |draft| draft.put("kind", "lost"))
        .unwrap();
    let verdict = void(Refusal::SeqTaken { seq: 2 });
    Case {
        name: "a10-restored-from-a-backup",
        actor: ALICE,
        before,
        hostile: again,
        verdict,
        twin,
    }
}

/// One line a case: its name, who signs the hostile entry, and what is wrong with it, in our own words.
pub fn verdicts(cases: &[Case]) -> String {
    let mut out = String::from("case\tsigner\tverdict\n");
    for case in cases {
        let signer = if case.actor == ALICE {
            "alice"
        } else {
            "mallory"
        };
        let verdict = match &case.verdict {
            Verdict::Void(refusal) => refusal.to_string(),
            Verdict::Waiting { .. } => "waiting".to_owned(),
        };
        out.push_str(&format!("{}\t{signer}\t{verdict}\n", case.name));
    }
    out
}

/// Every twin must pass our own parser, or the case proves nothing.
pub fn twins_are_changes(cases: &[Case]) -> bool {
    cases
        .iter()
        .all(|case| preparse(&case.twin, &linli_record::admission::Limits::STANDARD).is_ok())
}
