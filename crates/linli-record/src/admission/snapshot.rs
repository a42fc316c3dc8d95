//! The value of a record at one point of its history.
//!
//! Read from our own index, not from Automerge: the past of a change is a filter over the index, where
//! Automerge would have to rebuild a document. `tests/honest.rs` holds the two against each other over
//! random concurrent histories.

use super::history::{Clock, History, OpAt, Parts, ROOT, What};
use super::leb::Reader;
use super::value::{Field, Scalar, Value};
use std::collections::BTreeMap;

/// A record's value: plain data, equal on every replica that holds the same changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The root map.
    pub root: BTreeMap<String, Field>,
}

impl Snapshot {
    /// The winning value of a root key.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.root.get(key)?.first()
    }

    /// The winning value of a root key, if it is a scalar.
    #[must_use]
    pub fn scalar(&self, key: &str) -> Option<&Scalar> {
        self.value(key)?.as_scalar()
    }

    /// The winning value of a root key, if it is a string.
    #[must_use]
    pub fn str(&self, key: &str) -> Option<&str> {
        self.scalar(key)?.as_str()
    }

    /// The winning value of a root key, if it is a [`Scalar::Uint`].
    #[must_use]
    pub fn uint(&self, key: &str) -> Option<u64> {
        self.scalar(key)?.as_uint()
    }

    /// The winning value of a root key, if it is co-edited prose.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The winning scalars of the list under a root key; elements that are not scalars are left out.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<Vec<&Scalar>> {
        match self.value(key)? {
            Value::List(items) => Some(
                items
                    .iter()
                    .filter_map(|item| item.first()?.as_scalar())
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The winning strings of the list under a root key; empty if there is no such list.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<&str> {
        self.list(key)
            .unwrap_or_default()
            .into_iter()
            .filter_map(Scalar::as_str)
            .collect()
    }

    /// The scalar fields of the root, each with all its concurrent scalar values, the winner first.
    #[must_use]
    pub fn fields(&self) -> BTreeMap<String, Vec<Scalar>> {
        let scalars = |field: &Field| -> Vec<Scalar> {
            field.iter().filter_map(Value::as_scalar).cloned().collect()
        };
        let fields = self
            .root
            .iter()
            .map(|(key, field)| (key.clone(), scalars(field)));
        fields.filter(|(_, values)| !values.is_empty()).collect()
    }

    /// Root keys that hold more than one concurrent value: what a person should be shown.
    #[must_use]
    pub fn conflicts(&self) -> Vec<&str> {
        self.root
            .iter()
            .filter(|(_, field)| field.len() > 1)
            .map(|(key, _)| key.as_str())
            .collect()
    }
}

impl History {
    pub(super) fn snapshot(&self, clock: &Clock) -> Snapshot {
        match self.object_value(clock, ROOT) {
            Value::Map(root) => Snapshot { root },
            _ => Snapshot::default(),
        }
    }

    /// Recursion is bounded by [`super::Limits::depth`].
    fn object_value(&self, clock: &Clock, object: u32) -> Value {
        match &self.objects[object as usize].parts {
            Parts::Map(keys) => {
                let fields = keys
                    .iter()
                    .map(|(key, slot)| (String::from(&**key), self.field(clock, *slot)));
                Value::Map(fields.filter(|(_, field)| !field.is_empty()).collect())
            }
            Parts::List(elements) => {
                let items = self
                    .in_order(clock, elements)
                    .into_iter()
                    .map(|slot| self.field(clock, slot));
                Value::List(items.filter(|item| !item.is_empty()).collect())
            }
            Parts::Text(elements) => {
                let mut text = String::new();
                for slot in self.in_order(clock, elements) {
                    if let Some(Value::Scalar(Scalar::Str(part))) =
                        self.field(clock, slot).into_iter().next()
                    {
                        text.push_str(&part);
                    }
                }
                Value::Text(text)
            }
        }
    }

    fn field(&self, clock: &Clock, slot: u32) -> Field {
        self.visible(clock, slot)
            .into_iter()
            .rev()
            .map(|at| self.value(clock, at))
            .collect()
    }

    fn value(&self, clock: &Clock, at: OpAt) -> Value {
        match &self.op(at).what {
            What::Make(object) => self.object_value(clock, *object),
            What::Put { code, at: bytes } => {
                let chunk = &self.nodes[at.node as usize].bytes;
                let raw = chunk
                    .get(bytes.start as usize..bytes.end as usize)
                    .unwrap_or_default();
                Value::Scalar(scalar(*code, raw))
            }
            What::Delete => Value::Scalar(Scalar::Null),
        }
    }

    /// The elements of a list, front to back: after each element come those inserted after it, the one
    /// with the highest id first, each followed by its own.
    fn in_order(&self, clock: &Clock, elements: &[u32]) -> Vec<u32> {
        let mut after: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
        for slot in elements {
            let place = &self.slots[*slot as usize];
            if place.ops.first().is_some_and(|at| self.covers(clock, *at)) {
                after.entry(place.after).or_default().push(*slot);
            }
        }
        for siblings in after.values_mut() {
            siblings.sort_unstable_by_key(|slot| {
                self.slots[*slot as usize]
                    .ops
                    .first()
                    .map(|at| self.id(*at))
            });
        }
        let mut order = Vec::with_capacity(elements.len());
        let mut stack = after.remove(&None).unwrap_or_default();
        while let Some(slot) = stack.pop() {
            order.push(slot);
            stack.extend(after.remove(&Some(slot)).unwrap_or_default());
        }
        order
    }
}

/// A value from bytes whose form the parser has checked.
fn scalar(code: u8, raw: &[u8]) -> Scalar {
    let mut reader = Reader::new(raw);
    match code {
        1 => Scalar::Bool(false),
        2 => Scalar::Bool(true),
        3 => Scalar::Uint(reader.uleb().unwrap_or(0)),
        4 => Scalar::Int(reader.ileb().unwrap_or(0)),
        6 => Scalar::Str(String::from_utf8_lossy(raw).into_owned()),
        7 => Scalar::Bytes(raw.to_vec()),
        9 => Scalar::Timestamp(reader.ileb().unwrap_or(0)),
        _ => Scalar::Null,
    }
}
