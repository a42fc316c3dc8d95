//! Reading a document by its schema: winners, clamped, with the conflicts listed.

use crate::admission::{Scalar, Snapshot, Value};
use crate::attach::{self, Attachment};
use crate::kind::RecordKind;
use crate::row::Conflict;
use crate::schema::{FieldType, field, fields, record_id};
use linli_base::{Private, RecordId};

/// A document read under the schema of its kind. Fields the schema does not know are not seen.
pub(super) struct Reader<'a> {
    pub kind: RecordKind,
    pub value: &'a Snapshot,
}

impl<'a> Reader<'a> {
    /// Text that says something.
    pub fn text(&self, name: &str) -> Option<String> {
        self.value
            .str(name)
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    }

    /// The same, of a person.
    pub fn private(&self, name: &str) -> Option<Private<String>> {
        self.text(name).map(Private::new)
    }

    pub fn uint(&self, name: &str) -> Option<u64> {
        self.value.uint(name)
    }

    /// A number that fits; what the schema admits fits.
    pub fn small(&self, name: &str) -> u8 {
        self.uint(name)
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or(0)
    }

    pub fn flag(&self, name: &str) -> bool {
        matches!(self.value.scalar(name), Some(Scalar::Bool(true)))
    }

    pub fn record(&self, name: &str) -> Option<RecordId> {
        self.value.str(name).and_then(record_id)
    }

    pub fn bytes<const N: usize>(&self, name: &str) -> Option<[u8; N]> {
        match self.value.scalar(name) {
            Some(Scalar::Bytes(bytes)) => bytes.as_slice().try_into().ok(),
            _ => None,
        }
    }

    /// The lowest of all concurrent numbers: for a moment that, once said, is not unsaid by a race.
    pub fn lowest(&self, name: &str) -> Option<u64> {
        let all = self.value.root.get(name)?.iter();
        all.filter_map(|value| value.as_scalar()?.as_uint()).min()
    }

    /// The lines of a list, each once, no more than the schema allows.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        for text in self.value.texts(name) {
            if seen.len() < self.items(name) && seen.iter().all(|one| one != text) {
                seen.push(text.to_owned());
            }
        }
        seen
    }

    /// The numbers of a list, each once, no more than the schema allows.
    pub fn smalls(&self, name: &str) -> Vec<u8> {
        let mut seen: Vec<u8> = Vec::new();
        let all = self.value.list(name).unwrap_or_default();
        for number in all
            .into_iter()
            .filter_map(|item| u8::try_from(item.as_uint()?).ok())
        {
            if seen.len() < self.items(name) && !seen.contains(&number) {
                seen.push(number);
            }
        }
        seen
    }

    /// The references that this version can read, each once.
    pub fn files(&self) -> Vec<Attachment> {
        let list = self.value.list("files").unwrap_or_default();
        attach::known(list.iter().filter_map(|item| match item {
            Scalar::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        }))
    }

    fn items(&self, name: &str) -> usize {
        match field(self.kind, name).map(|spec| spec.holds) {
            Some(
                FieldType::Lines { items, .. }
                | FieldType::Uints { items, .. }
                | FieldType::Blobs { items, .. },
            ) => items,
            _ => 0,
        }
    }

    /// The known fields with more than one distinct value, in the order of the schema.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let conflict = |name: &str| {
            let mut values: Vec<String> = Vec::new();
            for value in self.value.root.get(name)? {
                let text = shown(value);
                if !values.contains(&text) {
                    values.push(text);
                }
            }
            (values.len() > 1).then(|| Conflict {
                field: name.to_owned(),
                values: values.into_iter().map(Private::new).collect(),
            })
        };
        fields(self.kind)
            .iter()
            .filter_map(|spec| conflict(spec.name))
            .collect()
    }
}

/// A value as a person chooses between.
fn shown(value: &Value) -> String {
    match value {
        Value::Scalar(Scalar::Str(text)) | Value::Text(text) => text.clone(),
        Value::Scalar(Scalar::Uint(number)) => number.to_string(),
        Value::Scalar(Scalar::Int(number) | Scalar::Timestamp(number)) => number.to_string(),
        Value::Scalar(Scalar::Bool(flag)) => flag.to_string(),
        Value::Scalar(Scalar::Bytes(bytes)) => linli_base::base32::encode(bytes),
        Value::Scalar(Scalar::Null) | Value::Map(_) => String::new(),
        Value::List(items) => {
            let items: Vec<String> = items
                .iter()
                .filter_map(|item| item.first())
                .map(shown)
                .collect();
            items.join(", ")
        }
    }
}
