//! A9: the same operations in another encoding, and everything free-form.

use super::super::forge::{Forged, Op, Place, seal};
use super::{BOB, Case, MALLORY, fresh, plain, repeat, void};
use linli_record::admission::Refusal;

/// Two fields and a list of one item: columns with nulls in them.
fn short_list() -> Forged {
    let make = Op {
        action: 2,
        code: 0,
        value: vec![],
        ..Op::put("c", "")
    };
    let item = Op {
        obj: Some((3, 0)),
        place: Place::Head,
        insert: true,
        ..Op::put("", "水")
    };
    Forged::first(
        MALLORY,
        vec![Op::put("body", "x"), Op::put("kind", "y"), make, item],
    )
}

/// All of them.
pub fn all() -> Vec<Case> {
    let change = plain();
    let same = Forged::first(
        MALLORY,
        vec![
            Op::put("body", "x"),
            Op::put("kind", "x"),
            Op::put("more", "x"),
        ],
    );
    let split = [repeat(2, b"\x16"), repeat(-1, b"\x16")].concat();
    let alone = Forged::first(MALLORY, vec![Op::put("body", "水")]);
    let list = short_list();
    let encoding = |spec| void(Refusal::Encoding { spec });
    let mut with_unknown = change.columns();
    with_unknown.push((0x82, repeat(2, b"\x05")));
    let mut deflated = change.columns();
    deflated[0].0 |= 8;
    let mut twice = change.columns();
    twice.insert(1, twice[0].clone());
    let mut unused = change.clone();
    unused.others.push(BOB.to_vec());
    // Two literals where one would do: body and kind, each alone.
    let literals = [repeat(-1, b"\x04body"), repeat(-1, b"\x04kind")].concat();
    // The number of operations in the flag column written with a padding byte.
    let padded = vec![0x82, 0x00];
    vec![
        fresh(
            "a9-run-of-one",
            alone.encode_replacing(0x42, repeat(1, b"\x01")),
            encoding(0x42),
        ),
        Case {
            twin: list.encode(),
            ..fresh(
                "a9-nulls-cut-in-two",
                list.encode_replacing(0x01, vec![0, 1, 0, 2, 0x7f, 0]),
                encoding(0x01),
            )
        },
        Case {
            twin: list.encode(),
            ..fresh(
                "a9-padded-difference",
                list.encode_replacing(0x13, vec![0, 3, 0x7f, 0x80, 0]),
                void(Refusal::Number),
            )
        },
        fresh(
            "a9-empty-stretch-of-flags",
            change.encode_replacing(0x34, vec![1, 0, 1]),
            encoding(0x34),
        ),
        Case {
            twin: same.encode(),
            ..fresh(
                "a9-run-cut-in-two",
                same.encode_replacing(0x56, split),
                encoding(0x56),
            )
        },
        fresh(
            "a9-literal-cut-in-two",
            change.encode_replacing(0x15, literals),
            encoding(0x15),
        ),
        fresh(
            "a9-padded-number",
            change.encode_replacing(0x34, padded),
            void(Refusal::Number),
        ),
        fresh(
            "a9-column-of-nulls",
            change.encode_replacing(0x01, vec![0, 2]),
            encoding(0x01),
        ),
        fresh(
            "a9-row-too-many",
            change.encode_replacing(0x70, repeat(3, b"\0")),
            void(Refusal::Rows { spec: 0x70 }),
        ),
        fresh(
            "a9-unknown-column",
            change.encode_with(&with_unknown),
            void(Refusal::Column { spec: 0x82 }),
        ),
        fresh(
            "a9-deflated-column",
            change.encode_with(&deflated),
            void(Refusal::Column { spec: 0x15 | 8 }),
        ),
        fresh(
            "a9-column-twice",
            change.encode_with(&twice),
            void(Refusal::Column { spec: 0x15 }),
        ),
        fresh(
            "a9-actor-never-used",
            unused.encode(),
            void(Refusal::Actors),
        ),
        fresh(
            "a9-trailing-bytes",
            Forged {
                extra: b"ad".to_vec(),
                ..plain()
            }
            .encode(),
            void(Refusal::FreeForm("trailer")),
        ),
        fresh(
            "a9-time",
            Forged { time: 1, ..plain() }.encode(),
            void(Refusal::FreeForm("time")),
        ),
        fresh(
            "a9-message",
            Forged {
                message: b"buy".to_vec(),
                ..plain()
            }
            .encode(),
            void(Refusal::FreeForm("message")),
        ),
        fresh(
            "a9-document-chunk",
            seal(0, b"\0\0\0"),
            void(Refusal::NotAPlainChange { chunk_type: 0 }),
        ),
        fresh(
            "a9-no-operation",
            Forged::first(MALLORY, vec![]).encode(),
            void(Refusal::Empty),
        ),
    ]
}
