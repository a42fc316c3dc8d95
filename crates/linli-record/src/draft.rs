//! What a person wants to write, checked before it is signed: typed drafts to the body of a `change` entry.
//!
//! A draft that is written is a draft that every replica admits: it is checked against the same schema, and the
//! change comes from [`admission::first_change`] or [`Doc::author`], whose bytes our own judge has read. An
//! error names the field and its limit, so that a form can show it where it was typed.
//!
//! ```
//! use linli_record::draft::{self, FieldChange, PostDraft};
//! use linli_record::schema::PostKind;
//!
//! let actor = [7; 16];
//! let post = PostDraft { kind: PostKind::Ask, body: "谁家有梯子借用一下".into() };
//! let body = post.change(actor)?;                       // sign this into a `change` entry
//!
//! let empty = PostDraft { kind: PostKind::Ask, body: " ".into() };
//! assert_eq!(empty.change(actor).unwrap_err().to_string(), "body: is empty");
//! # Ok::<(), draft::DraftError>(())
//! ```

mod pass;
mod people;
mod talk;

#[cfg(test)]
mod tests;

pub use pass::VisitDraft;
pub use people::{BuildingDraft, HouseholdDraft, PersonDraft, RoomDraft, VehicleDraft};
pub use talk::{Earlier, NoticeDraft, PostDraft};

use crate::admission::{self, Actor, AuthorError, Doc, New, Scalar, Snapshot, Value};
use crate::attach::Attachment;
use crate::kind::{BODY_MAX, ChangeBody, RecordKind};
use crate::schema::{self, FieldFault, FieldSpec, FieldType, SchemaFault, field, fields};
use linli_base::{Private, RecordId};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a draft cannot be written. Nothing was.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum DraftError {
    /// A field breaks its limit.
    #[error(transparent)]
    Field(#[from] SchemaFault),
    /// Such records have no such field.
    #[error("a {kind} has no field {field:?}")]
    NoField {
        /// The kind of record.
        kind: RecordKind,
        /// The field named.
        field: String,
    },
    /// Such records are never edited.
    #[error("a {0} is never edited; a new one corrects it")]
    Immutable(RecordKind),
    /// The record to edit has no admitted change.
    #[error("there is no such record here")]
    NoRecord,
    /// All is as it should be already.
    #[error("nothing would change")]
    NothingToSay,
    /// Too much for one entry.
    #[error("the text is too long for one entry: {bytes} bytes, at most {max}")]
    TooLong {
        /// How many bytes it takes.
        bytes: usize,
        /// How many there may be.
        max: usize,
    },
    /// The change could not be written. This is a fault of ours.
    #[error("the change could not be written: {0}")]
    Author(AuthorError),
}

impl From<AuthorError> for DraftError {
    fn from(error: AuthorError) -> Self {
        match error {
            AuthorError::NothingToSay => Self::NothingToSay,
            AuthorError::TooLong { bytes } => Self::TooLong {
                bytes,
                max: BODY_MAX,
            },
            other => Self::Author(other),
        }
    }
}

/// What a field is set to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldValue {
    /// A plain value.
    One(Private<Scalar>),
    /// A list of plain values.
    Many(Private<Vec<Scalar>>),
}

impl FieldValue {
    fn one(scalar: Scalar) -> Self {
        Self::One(Private::new(scalar))
    }

    fn many(items: impl IntoIterator<Item = Scalar>) -> Self {
        Self::Many(Private::new(items.into_iter().collect()))
    }

    fn to_value(&self) -> Value {
        match self {
            Self::One(scalar) => Value::Scalar(scalar.reveal().clone()),
            Self::Many(items) => Value::List(
                items
                    .reveal()
                    .iter()
                    .map(|item| vec![Value::Scalar(item.clone())])
                    .collect(),
            ),
        }
    }

    fn to_new(&self) -> New {
        match self {
            Self::One(scalar) => New::Scalar(scalar.reveal().clone()),
            Self::Many(items) => New::List(items.reveal().clone()),
        }
    }

    /// Line ends as they are in all records; everything else stays as it was typed.
    fn tidy(self, holds: FieldType) -> Self {
        match (holds, self) {
            (FieldType::Prose { .. }, Self::One(value)) => Self::one(match value.into_inner() {
                Scalar::Str(text) if text.contains('\r') => {
                    Scalar::Str(text.replace("\r\n", "\n").replace('\r', "\n"))
                }
                other => other,
            }),
            (_, value) => value,
        }
    }

    /// Text and lists that say nothing are left out.
    fn says_nothing(&self) -> bool {
        match self {
            Self::One(value) => matches!(value.reveal(), Scalar::Str(text) if text.is_empty()),
            Self::Many(items) => items.reveal().is_empty(),
        }
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::one(Scalar::from(text))
    }
}

impl From<&Private<String>> for FieldValue {
    fn from(text: &Private<String>) -> Self {
        Self::from(text.reveal().as_str())
    }
}

impl From<u64> for FieldValue {
    fn from(number: u64) -> Self {
        Self::one(Scalar::Uint(number))
    }
}

impl From<bool> for FieldValue {
    fn from(flag: bool) -> Self {
        Self::one(Scalar::Bool(flag))
    }
}

impl From<&[u8]> for FieldValue {
    fn from(bytes: &[u8]) -> Self {
        Self::one(Scalar::from(bytes))
    }
}

impl From<RecordId> for FieldValue {
    fn from(id: RecordId) -> Self {
        Self::one(Scalar::Str(id.to_text()))
    }
}

impl From<&[String]> for FieldValue {
    fn from(lines: &[String]) -> Self {
        Self::many(lines.iter().map(|line| Scalar::from(line.as_str())))
    }
}

impl From<&[Private<String>]> for FieldValue {
    fn from(lines: &[Private<String>]) -> Self {
        Self::many(
            lines
                .iter()
                .map(|line| Scalar::from(line.reveal().as_str())),
        )
    }
}

impl From<&[Attachment]> for FieldValue {
    fn from(list: &[Attachment]) -> Self {
        Self::many(list.iter().map(|one| Scalar::from(&*one.encode())))
    }
}

impl From<&[u64]> for FieldValue {
    fn from(numbers: &[u64]) -> Self {
        Self::many(numbers.iter().map(|number| Scalar::Uint(*number)))
    }
}

/// One field to set or to clear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Its new value; `None` clears it.
    pub value: Option<FieldValue>,
}

impl FieldChange {
    /// Sets a field.
    pub fn set(field: &str, value: impl Into<FieldValue>) -> Self {
        Self {
            field: field.to_owned(),
            value: Some(value.into()),
        }
    }

    /// Clears a field.
    #[must_use]
    pub fn clear(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            value: None,
        }
    }
}

/// Writes an edit of a record as it is now: the body of a `change` entry.
///
/// Setting a field settles it, if it had several values. Lists are replaced as a whole; a list that two sound
/// edits made too long together is cut with the same edit, so that it does not stand in the way.
///
/// # Errors
/// [`DraftError`].
pub fn edit(
    doc: &Doc,
    kind: RecordKind,
    actor: Actor,
    changes: &[FieldChange],
) -> Result<Vec<u8>, DraftError> {
    if kind.is_immutable() {
        return Err(DraftError::Immutable(kind));
    }
    if doc.is_empty() {
        return Err(DraftError::NoRecord);
    }
    let mut value = doc.snapshot();
    let mut wanted = too_long_lists(kind, &value);
    for change in changes {
        let spec = known(kind, &change.field)?;
        wanted.insert(
            spec.name,
            change.value.clone().map(|value| value.tidy(spec.holds)),
        );
    }
    wanted.retain(|name, new| match new {
        Some(new) => value
            .root
            .get(*name)
            .is_none_or(|now| *now != [new.to_value()]),
        None => value.root.contains_key(*name),
    });
    if wanted.is_empty() {
        return Err(DraftError::NothingToSay);
    }
    for (name, new) in &wanted {
        match new {
            Some(new) => value.root.insert((*name).to_owned(), vec![new.to_value()]),
            None => value.root.remove(*name),
        };
    }
    check(kind, &wanted, &value)?;
    body(doc, kind, actor, &wanted)
}

type Wanted = BTreeMap<&'static str, Option<FieldValue>>;

/// Fields of a draft; a missing value is left out.
type DraftFields = Vec<(&'static str, Option<FieldValue>)>;

/// Writes the first change of a record.
fn create(kind: RecordKind, given: DraftFields, actor: Actor) -> Result<Vec<u8>, DraftError> {
    let mut wanted = Wanted::new();
    let mut value = Snapshot::default();
    for (name, given) in given {
        let spec = known(kind, name)?;
        let given = given.map(|value| value.tidy(spec.holds));
        if let Some(given) = given.filter(|value| spec.required || !value.says_nothing()) {
            value.root.insert(name.to_owned(), vec![given.to_value()]);
            wanted.insert(spec.name, Some(given));
        }
    }
    check(kind, &wanted, &value)?;
    let new = |(name, value): (&&'static str, &Option<FieldValue>)| {
        value.as_ref().map(|value| (*name, value.to_new()))
    };
    let fields: BTreeMap<&str, New> = wanted.iter().filter_map(new).collect();
    wrap(kind, admission::first_change(actor, &fields)?)
}

fn known(kind: RecordKind, name: &str) -> Result<&'static FieldSpec, DraftError> {
    field(kind, name).ok_or_else(|| DraftError::NoField {
        kind,
        field: name.to_owned(),
    })
}

/// The schema, and that of an open list only the words we know are written.
fn check(kind: RecordKind, wanted: &Wanted, value: &Snapshot) -> Result<(), DraftError> {
    schema::check(kind, value)?;
    for spec in fields(kind) {
        if let (FieldType::OpenWord(words), Some(Some(_))) = (spec.holds, wanted.get(spec.name))
            && !value
                .str(spec.name)
                .is_some_and(|word| words.contains(&word))
        {
            return Err(SchemaFault {
                field: spec.name,
                fault: FieldFault::Word,
            }
            .into());
        }
    }
    Ok(())
}

fn too_long_lists(kind: RecordKind, value: &Snapshot) -> Wanted {
    let mut cut = Wanted::new();
    for spec in fields(kind) {
        let (FieldType::Lines { items, .. }
        | FieldType::Uints { items, .. }
        | FieldType::Blobs { items, .. }) = spec.holds
        else {
            continue;
        };
        let lists = value.root.get(spec.name).into_iter().flatten();
        let long = lists
            .filter(|list| matches!(list, Value::List(all) if all.len() > items))
            .count();
        if long > 0 {
            let kept = value.list(spec.name).unwrap_or_default();
            let kept = FieldValue::many(kept.into_iter().take(items).cloned());
            cut.insert(spec.name, Some(kept));
        }
    }
    cut
}

fn body(doc: &Doc, kind: RecordKind, actor: Actor, wanted: &Wanted) -> Result<Vec<u8>, DraftError> {
    let write = |draft: &mut admission::Draft<'_, '_>| {
        for (name, value) in wanted {
            match value {
                Some(FieldValue::One(scalar)) => draft.put(name, scalar.reveal().clone())?,
                Some(FieldValue::Many(items)) => {
                    draft.put_list(name, items.reveal().iter().cloned())?
                }
                None => draft.delete(name)?,
            }
        }
        Ok(())
    };
    wrap(kind, doc.author(actor, write)?)
}

fn wrap(kind: RecordKind, change: Vec<u8>) -> Result<Vec<u8>, DraftError> {
    let body = ChangeBody { kind, change }.encode();
    if body.len() > BODY_MAX {
        return Err(DraftError::TooLong {
            bytes: body.len(),
            max: BODY_MAX,
        });
    }
    Ok(body)
}
