//! The bytes of a row: version, kind, then CBOR of the struct in the order of its fields.
//!
//! Not canonical CBOR but deterministic: the same struct is written field by field in the same order, and rows
//! hold ordered collections only. Rows never travel; they are rebuilt from entries when the version changes.

use super::RowKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// First byte of every row. A row of another version is rebuilt, never read. 2: a gate's line carries its place. 3: a notice
/// names its reminders, posts and comments how they stand; calls for help, letters and phone numbers.
/// 4: what goes with a notice or a post. 5: what a notice says in CAP's words.
/// 6: closed comments, and what came after. 7: grid cells; what goes with a comment.
/// 8: comments that were taken back.
pub const ROW_VERSION: u8 = 8;

/// Why bytes are no row.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum RowError {
    /// Another version wrote it.
    #[error("the row is of version {0}")]
    Version(u8),
    /// Not a kind of row.
    #[error("there is no row of kind {0}")]
    Kind(u8),
    /// Cut short or damaged.
    #[error("the row is damaged: {0}")]
    Damaged(String),
}

pub(super) fn write<T: Serialize>(kind: RowKind, row: &T) -> Vec<u8> {
    let mut out = vec![ROW_VERSION, kind as u8];
    let written = ciborium::into_writer(row, &mut out);
    debug_assert!(
        written.is_ok(),
        "a vector takes all that is written, and rows have plain fields"
    );
    out
}

pub(super) fn open(bytes: &[u8]) -> Result<(RowKind, &[u8]), RowError> {
    match bytes {
        [ROW_VERSION, kind, content @ ..] => Ok((
            RowKind::from_number(*kind).ok_or(RowError::Kind(*kind))?,
            content,
        )),
        [ROW_VERSION] | [] => Err(RowError::Damaged("it is cut short".to_owned())),
        [version, ..] => Err(RowError::Version(*version)),
    }
}

pub(super) fn read<T: DeserializeOwned>(content: &[u8]) -> Result<T, RowError> {
    let mut rest = content;
    let row =
        ciborium::from_reader(&mut rest).map_err(|error| RowError::Damaged(error.to_string()))?;
    if rest.is_empty() {
        Ok(row)
    } else {
        Err(RowError::Damaged("bytes follow its end".to_owned()))
    }
}
