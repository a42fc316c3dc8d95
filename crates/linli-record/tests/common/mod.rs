//! What the tests of admission share: edits of every kind, and admitting without a schema.

#![allow(dead_code, reason = "each test binary uses its part")]

pub mod cases;
pub mod forge;
pub mod heavy;
pub mod mutate;
pub mod oracle;

use linli_record::admission::{
    Admitted, Doc, Draft, Expect, Limits, Scalar, Snapshot, Verdict, preparse,
};
use proptest::prelude::*;

/// Accepts every value.
pub fn any_value(_: &Snapshot) -> Result<(), String> {
    Ok(())
}

/// Admits a change under the actor it claims, whatever the value.
pub fn admit(doc: &mut Doc, bytes: &[u8]) -> Result<Admitted, Verdict> {
    let actor = preparse(bytes, &Limits::STANDARD).map_or([0; 16], |head| head.actor);
    doc.admit(
        bytes,
        &Expect {
            actor,
            schema: &any_value,
        },
    )
}

/// One edit by a person.
#[derive(Clone, Debug)]
pub enum Edit {
    Put(String, Scalar),
    Delete(String),
    PutList(String, Vec<Scalar>),
    Insert(String, usize, Scalar),
    Set(String, usize, Scalar),
    Remove(String, usize),
    PutText(String, String),
    Splice(String, usize, usize, String),
}

/// Any scalar, equal ones often.
pub fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        Just(Scalar::Null),
        any::<bool>().prop_map(Scalar::Bool),
        any::<u64>().prop_map(Scalar::Uint),
        any::<i64>().prop_map(Scalar::Int),
        (-5_i64..5).prop_map(Scalar::Int),
        any::<i64>().prop_map(Scalar::Timestamp),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Scalar::Bytes),
        "[a-c]{0,3}".prop_map(Scalar::Str),
        "\\PC{0,8}".prop_map(Scalar::Str),
    ]
}

/// Few keys, so that devices meet.
fn key() -> impl Strategy<Value = String> {
    "[abc]"
}

pub fn any_edit() -> impl Strategy<Value = Edit> {
    let items = prop::collection::vec(scalar(), 0..5);
    prop_oneof![
        (key(), scalar()).prop_map(|(key, value)| Edit::Put(key, value)),
        key().prop_map(Edit::Delete),
        (key(), items).prop_map(|(key, items)| Edit::PutList(key, items)),
        (key(), 0..6_usize, scalar()).prop_map(|(key, at, value)| Edit::Insert(key, at, value)),
        (key(), 0..6_usize, scalar()).prop_map(|(key, at, value)| Edit::Set(key, at, value)),
        (key(), 0..6_usize).prop_map(|(key, at)| Edit::Remove(key, at)),
        (key(), "\\PC{0,6}").prop_map(|(key, text)| Edit::PutText(key, text)),
        (key(), 0..6_usize, 0..3_usize, "\\PC{0,4}")
            .prop_map(|(key, at, del, text)| Edit::Splice(key, at, del, text)),
    ]
}

/// Tries an edit; one that is not possible (no such list, index beyond the end) is left out.
pub fn apply(draft: &mut Draft<'_, '_>, edit: &Edit) {
    let _tried = match edit.clone() {
        Edit::Put(key, value) => draft.put(&key, value),
        Edit::Delete(key) => draft.delete(&key),
        Edit::PutList(key, items) => draft.put_list(&key, items),
        Edit::Insert(key, at, value) => draft.insert(&key, at, value),
        Edit::Set(key, at, value) => draft.set(&key, at, value),
        Edit::Remove(key, at) => draft.remove(&key, at),
        Edit::PutText(key, text) => draft.put_text(&key, &text),
        Edit::Splice(key, at, del, text) => draft.splice(&key, at, del, &text),
    };
}

/// A small deterministic generator, so that a failing case replays.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// Reorders by a seed.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut rng = Rng(seed | 1);
    for at in (1..items.len()).rev() {
        items.swap(at, rng.below(at + 1));
    }
}
