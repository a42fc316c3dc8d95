//! Automerge as the judge of our reading: same changes, same value, and what is saved loads again.

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use linli_record::admission::{Doc, Field, Scalar, Value};
use std::collections::BTreeMap;

/// The value of an object as Automerge tells it.
fn told(doc: &Automerge, object: &ObjId, kind: ObjType) -> Value {
    let all = |found: Vec<(automerge::Value<'_>, ObjId)>| -> Field {
        let values = found.into_iter().rev().map(|(value, id)| match value {
            automerge::Value::Object(kind) => told(doc, &id, kind),
            automerge::Value::Scalar(scalar) => Value::Scalar(plain(&scalar)),
        });
        values.collect()
    };
    match kind {
        ObjType::Text => Value::Text(doc.text(object).unwrap()),
        ObjType::List => Value::List(
            (0..doc.length(object))
                .map(|at| all(doc.get_all(object, at).unwrap()))
                .collect(),
        ),
        ObjType::Map | ObjType::Table => {
            let keys = doc
                .keys(object)
                .map(|key| (key.clone(), all(doc.get_all(object, &key).unwrap())));
            Value::Map(keys.collect::<BTreeMap<_, _>>())
        }
    }
}

pub fn automerge_of(doc: &Doc) -> Automerge {
    let mut whole = Automerge::new_with_encoding(automerge::TextEncoding::UnicodeCodePoint);
    for bytes in doc.save_changes() {
        whole
            .apply_changes([automerge::Change::try_from(bytes).unwrap()])
            .unwrap();
    }
    whole
}

/// The document Automerge makes of the same changes holds the same, saves, and loads again.
pub fn agrees_with_automerge(doc: &Doc) {
    let whole = automerge_of(doc);
    let heads: Vec<[u8; 32]> = whole.get_heads().into_iter().map(|head| head.0).collect();
    assert_eq!(doc.heads(), heads);
    assert_eq!(
        Value::Map(doc.snapshot().root),
        told(&whole, &ROOT, ObjType::Map)
    );
    let loaded = Automerge::load(&whole.save()).expect("what was admitted loads again");
    assert_eq!(loaded.get_heads(), whole.get_heads());
    for head in doc.changes() {
        let past = whole.fork_at(&[automerge::ChangeHash(head.hash)]).unwrap();
        let ours = doc.snapshot_at(&head.hash).unwrap();
        assert_eq!(
            Value::Map(ours.root),
            told(&past, &ROOT, ObjType::Map),
            "in the past of a change"
        );
    }
}

/// Automerge's scalar as ours.
fn plain(scalar: &ScalarValue) -> Scalar {
    match scalar {
        ScalarValue::Null => Scalar::Null,
        ScalarValue::Boolean(flag) => Scalar::Bool(*flag),
        ScalarValue::Uint(number) => Scalar::Uint(*number),
        ScalarValue::Int(number) => Scalar::Int(*number),
        ScalarValue::Timestamp(ms) => Scalar::Timestamp(*ms),
        ScalarValue::Bytes(bytes) => Scalar::Bytes(bytes.clone()),
        ScalarValue::Str(text) => Scalar::Str(text.to_string()),
        other => panic!("records hold no {other:?}"),
    }
}
