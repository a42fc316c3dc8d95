//! What a change says about its past and is not so; not in the list of known attacks, found by reading on.

use super::super::forge::{Forged, Op, Place};
use super::{
    ALICE, Case, MALLORY, base, fresh, holding, on_base, op_void, plain, repeat, says, second, void,
};
use linli_record::admission::{OpFault, Refusal, Scalar, Verdict};

/// All of them.
pub fn all() -> Vec<Case> {
    let edit = |change: &dyn Fn(&mut Forged)| {
        let mut forged = second();
        change(&mut forged);
        forged.encode()
    };
    let mut flood = vec![Op::put("body", "x"); 300];
    for op in &mut flood {
        op.place = Place::Key("k".repeat(4_000));
    }
    let mut nested: Vec<Op> = Vec::new();
    for level in 0..5_u64 {
        let obj = level.checked_sub(1).map(|above| (above + 1, 0));
        nested.push(Op {
            obj,
            action: 0,
            code: 0,
            value: vec![],
            ..Op::put("in", "")
        });
    }
    let first = plain().encode();
    let aside = Forged {
        deps: vec![],
        seq: 2,
        start_op: 1,
        ..plain()
    }
    .encode();
    let after_first = says(std::slice::from_ref(&first), MALLORY, "三栋");
    // Above every hash, so that the list of dependencies stays in order.
    let unknown = [0xff; 32];
    let waits = edit(&|forged| forged.deps.push(unknown));
    let ten_million_preds = second().encode_replacing(0x70, repeat(-1, b"\x80\xad\xe2\x04"));
    vec![
        on_base(
            "b1-ten-million-predecessors",
            ten_million_preds,
            void(Refusal::TooManyOps),
        ),
        fresh(
            "b2-one-long-key-in-one-run",
            Forged::first(MALLORY, flood).encode(),
            void(Refusal::Expands),
        ),
        fresh(
            "b3-nested-too-deep",
            Forged::first(MALLORY, nested).encode(),
            op_void(3, OpFault::Depth),
        ),
        Case {
            verdict: Verdict::Waiting {
                missing: vec![unknown],
            },
            ..on_base("b4-builds-on-what-nobody-has", waits, void(Refusal::Empty))
        },
        Case {
            name: "b5-does-not-build-on-its-own-past",
            actor: MALLORY,
            before: vec![first],
            hostile: aside,
            verdict: void(Refusal::SeqNotNext { want: 1, got: 2 }),
            twin: after_first,
        },
        on_base(
            "b6-object-that-does-not-exist",
            edit(&|forged| forged.ops[0].obj = Some((1, 1))),
            op_void(0, OpFault::NoObject),
        ),
        on_base(
            "b7-element-that-does-not-exist",
            edit(&|forged| {
                forged.ops[0].obj = Some((3, 1));
                forged.ops[0].place = Place::Elem((1, 1));
            }),
            op_void(0, OpFault::NoElement),
        ),
        on_base(
            "b8-map-key-in-a-list",
            edit(&|forged| forged.ops[0].obj = Some((3, 1))),
            op_void(0, OpFault::KeyKind),
        ),
        on_base(
            "b9-overwrites-another-field",
            edit(&|forged| forged.ops[0].preds = vec![(2, 1)]),
            op_void(0, OpFault::Preds),
        ),
        on_base(
            "b10-overwrites-nothing",
            edit(&|forged| {
                forged.ops[0].preds.clear();
                forged.others.clear();
            }),
            op_void(0, OpFault::Preds),
        ),
        on_base(
            "b11-deletes-nothing",
            edit(&|forged| {
                forged.ops[0] = Op {
                    action: 3,
                    code: 0,
                    value: vec![],
                    ..Op::put("new", "")
                };
                forged.others.clear();
            }),
            op_void(0, OpFault::DeletesNothing),
        ),
        on_base(
            "b12-increment",
            edit(&|forged| {
                forged.ops[0].action = 5;
                forged.ops[0].code = 4;
                forged.ops[0].value = vec![1];
            }),
            op_void(0, OpFault::Action),
        ),
        on_base(
            "b13-mark",
            edit(&|forged| forged.ops[0].action = 7),
            op_void(0, OpFault::Action),
        ),
        on_base(
            "b14-value-of-no-known-type",
            edit(&|forged| forged.ops[0].code = 14),
            op_void(0, OpFault::Value),
        ),
        on_base(
            "b15-text-that-is-not-utf8",
            edit(&|forged| forged.ops[0].value = vec![0xff]),
            op_void(0, OpFault::Value),
        ),
        on_base(
            "b16-refers-to-its-own-future",
            edit(&|forged| forged.ops[0].obj = Some((forged.start_op, 0))),
            op_void(0, OpFault::ObjectId),
        ),
        on_base(
            "b17-value-with-a-tail",
            edit(&|forged| {
                forged.ops[0].code = 3;
                forged.ops[0].value = vec![5, 5];
            }),
            op_void(0, OpFault::Value),
        ),
        branch(),
    ]
}

/// Alice made a list on one branch; Mallory, on another, writes into it without building on it.
fn branch() -> Case {
    let mut before = base();
    let aside = second();
    let list = holding(&before).author(ALICE, |draft| draft.put_list("more", [Scalar::from("x")]));
    before.push(list.unwrap());
    let mut hostile = aside.clone();
    hostile.ops.push(Op {
        obj: Some((aside.start_op, 1)),
        place: Place::Head,
        insert: true,
        ..Op::put("", "y")
    });
    Case {
        before,
        ..on_base(
            "b18-object-on-a-branch-it-does-not-know",
            hostile.encode(),
            op_void(1, OpFault::NoObject),
        )
    }
}
