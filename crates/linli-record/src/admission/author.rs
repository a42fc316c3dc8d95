//! Writing a change that honest replicas admit.

use super::doc::Doc;
use super::{Actor, Refusal, Scalar, change, engine};
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
};
use linli_base::limits::PAYLOAD_MAX;
use thiserror::Error;

/// Largest change we write: a payload is a 16-byte salt and the change (trust.md §4).
const WRITE_MAX: usize = PAYLOAD_MAX - 16;

/// Why no change was written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AuthorError {
    /// Nothing would change.
    #[error("there is nothing to say")]
    NothingToSay,
    /// The edit is not possible, for example an index beyond the end of a list.
    #[error("the edit is not possible: {0}")]
    Edit(String),
    /// There is no list or text under this key.
    #[error("there is no {what} under {key:?}")]
    NoObject {
        /// What was looked for.
        what: &'static str,
        /// The key.
        key: String,
    },
    /// Too long for one entry; split it.
    #[error("the change is {bytes} bytes long, more than fits one entry")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Our own judge would refuse it. This is a fault of ours.
    #[error("the change would not be admitted: {0}")]
    Refused(#[from] Refusal),
}

impl From<AutomergeError> for AuthorError {
    fn from(error: AutomergeError) -> Self {
        Self::Edit(error.to_string())
    }
}

/// A change in the making: edits of the root map, its lists and its texts.
pub struct Draft<'a, 'doc> {
    tx: &'a mut Transaction<'doc>,
}

impl Draft<'_, '_> {
    /// Sets a scalar field.
    ///
    /// # Errors
    /// [`AuthorError::Edit`] for an empty key.
    pub fn put(&mut self, key: &str, value: impl Into<Scalar>) -> Result<(), AuthorError> {
        Ok(self.tx.put(ROOT, key, ScalarValue::from(value.into()))?)
    }

    /// Removes a field, whatever it holds; nothing happens if it is not there.
    ///
    /// # Errors
    /// [`AuthorError::Edit`] for an empty key.
    pub fn delete(&mut self, key: &str) -> Result<(), AuthorError> {
        Ok(self.tx.delete(ROOT, key)?)
    }

    /// Sets a field to a new list.
    ///
    /// # Errors
    /// [`AuthorError::Edit`] for an empty key.
    pub fn put_list(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = Scalar>,
    ) -> Result<(), AuthorError> {
        let list = self.tx.put_object(ROOT, key, ObjType::List)?;
        // One splice: inserting item by item makes Automerge search for the end every time.
        let values: Vec<ScalarValue> = items.into_iter().map(ScalarValue::from).collect();
        self.tx.splice(&list, 0, 0, values)?;
        Ok(())
    }

    /// Inserts an item into an existing list.
    ///
    /// # Errors
    /// [`AuthorError::NoObject`] if there is no list, [`AuthorError::Edit`] for an index beyond its end.
    pub fn insert(
        &mut self,
        key: &str,
        index: usize,
        item: impl Into<Scalar>,
    ) -> Result<(), AuthorError> {
        let list = self.object(key, ObjType::List, "list")?;
        Ok(self
            .tx
            .insert(&list, index, ScalarValue::from(item.into()))?)
    }

    /// Appends an item to an existing list.
    ///
    /// # Errors
    /// [`AuthorError::NoObject`] if there is no list.
    pub fn push(&mut self, key: &str, item: impl Into<Scalar>) -> Result<(), AuthorError> {
        let list = self.object(key, ObjType::List, "list")?;
        let end = self.tx.length(&list);
        Ok(self.tx.insert(&list, end, ScalarValue::from(item.into()))?)
    }

    /// Replaces an item of an existing list.
    ///
    /// # Errors
    /// [`AuthorError::NoObject`] if there is no list, [`AuthorError::Edit`] for an index beyond its end.
    pub fn set(
        &mut self,
        key: &str,
        index: usize,
        item: impl Into<Scalar>,
    ) -> Result<(), AuthorError> {
        let list = self.object(key, ObjType::List, "list")?;
        Ok(self.tx.put(&list, index, ScalarValue::from(item.into()))?)
    }

    /// Removes an item from an existing list.
    ///
    /// # Errors
    /// [`AuthorError::NoObject`] if there is no list, [`AuthorError::Edit`] for an index beyond its end.
    pub fn remove(&mut self, key: &str, index: usize) -> Result<(), AuthorError> {
        let list = self.object(key, ObjType::List, "list")?;
        Ok(self.tx.delete(&list, index)?)
    }

    /// Sets a field to new prose that several people can edit at once.
    ///
    /// # Errors
    /// [`AuthorError::Edit`] for an empty key.
    pub fn put_text(&mut self, key: &str, text: &str) -> Result<(), AuthorError> {
        let object = self.tx.put_object(ROOT, key, ObjType::Text)?;
        Ok(self.tx.splice_text(&object, 0, 0, text)?)
    }

    /// Edits prose: at a position, removes so many characters and inserts others. Positions and lengths
    /// are counted in Unicode code points.
    ///
    /// # Errors
    /// [`AuthorError::NoObject`] if there is no prose, [`AuthorError::Edit`] for a position beyond its end.
    pub fn splice(
        &mut self,
        key: &str,
        at: usize,
        remove: usize,
        insert: &str,
    ) -> Result<(), AuthorError> {
        let object = self.object(key, ObjType::Text, "text")?;
        let remove =
            isize::try_from(remove).map_err(|error| AuthorError::Edit(error.to_string()))?;
        Ok(self.tx.splice_text(&object, at, remove, insert)?)
    }

    fn object(&self, key: &str, wanted: ObjType, what: &'static str) -> Result<ObjId, AuthorError> {
        match self.tx.get(ROOT, key)? {
            Some((automerge::Value::Object(found), id)) if found == wanted => Ok(id),
            _ => Err(AuthorError::NoObject {
                what,
                key: key.to_owned(),
            }),
        }
    }
}

impl Doc {
    /// Writes one change on top of the record as it is now, and returns its bytes.
    ///
    /// The document itself stays as it was: the bytes are signed and then admitted like everybody else's.
    /// Two changes in a row therefore need the first to be admitted before the second is written.
    ///
    /// # Errors
    /// [`AuthorError`]; nothing was written then.
    pub fn author<F>(&self, actor: Actor, edit: F) -> Result<Vec<u8>, AuthorError>
    where
        F: FnOnce(&mut Draft<'_, '_>) -> Result<(), AuthorError>,
    {
        let document = match &self.engine {
            Some(engine) => engine.clone(),
            None if self.is_empty() => engine::empty(&actor),
            None => self.replay_all(self.history.nodes.len())?,
        };
        let written = engine::guarded(move || Ok(write(document, actor, edit)))??;
        // `raw_bytes` is the plain chunk; `bytes` would deflate it.
        let bytes = written.raw_bytes().to_vec();
        check_length(&bytes)?;
        change::preparse(&bytes, &self.limits)?;
        Ok(bytes)
    }
}

/// Whether a change fits one entry.
pub(super) fn check_length(bytes: &[u8]) -> Result<(), AuthorError> {
    if bytes.len() > WRITE_MAX {
        return Err(AuthorError::TooLong { bytes: bytes.len() });
    }
    Ok(())
}

fn write<F>(mut document: Automerge, actor: Actor, edit: F) -> Result<Change, AuthorError>
where
    F: FnOnce(&mut Draft<'_, '_>) -> Result<(), AuthorError>,
{
    document.set_actor(ActorId::from(actor));
    let mut tx = document.transaction();
    if let Err(error) = edit(&mut Draft { tx: &mut tx }) {
        tx.rollback();
        return Err(error);
    }
    // No time and no message: what a person did and when stands in the signed entry.
    if tx.commit_with(CommitOptions::default()).0.is_none() {
        return Err(AuthorError::NothingToSay);
    }
    document
        .get_last_local_change()
        .ok_or(AuthorError::NothingToSay)
}
