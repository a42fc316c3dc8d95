//! The kinds of editable records, the body of a `change` entry, and where a change may stand.
//!
//! What is checked here is known before the change itself is opened: which kind of record it is for, in which
//! lane that kind lives, who may write there, and whether the entry creates the record or edits it.

mod place;

#[cfg(test)]
mod tests;

pub use place::{Cycle, Home, Place, PlaceFault, Turn, check_fact};

use crate::row::AuthorKind;
use linli_base::LaneClass;
use linli_base::cbor::{self, Value};
use linli_base::limits::PAYLOAD_MAX;
use std::fmt;
use thiserror::Error;

/// Longest body of an entry: a payload without its 16-byte salt (trust.md §4).
pub const BODY_MAX: usize = PAYLOAD_MAX - 16;

/// What an editable record is. The numbers are part of the format and are never used again for another kind.
///
/// A number this version does not know is carried, not judged: [`RecordKind::Unknown`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RecordKind {
    /// 1: what an office tells the estate. Immutable.
    Notice,
    /// 2: a neighbour's post on the board.
    Post,
    /// 3: a visit a household (or an office) expects, with the pass it made for it.
    Visit,
    /// 4: a building.
    Building,
    /// 5: a room, the unit of an address.
    Room,
    /// 6: how a unit is used, as the office's register knows it.
    Household,
    /// 7: a person in the office's register.
    Person,
    /// 8: a vehicle in the office's register.
    Vehicle,
    /// A number from a later version.
    Unknown(UnknownKind),
}

/// The number of a kind this version does not know; only [`RecordKind::from_number`] makes one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnknownKind(u8);

impl RecordKind {
    /// All known kinds, by number from 1.
    pub const ALL: [Self; 8] = [
        Self::Notice,
        Self::Post,
        Self::Visit,
        Self::Building,
        Self::Room,
        Self::Household,
        Self::Person,
        Self::Vehicle,
    ];

    /// From its number.
    #[must_use]
    pub fn from_number(number: u8) -> Self {
        usize::from(number)
            .checked_sub(1)
            .and_then(|at| Self::ALL.get(at).copied())
            .unwrap_or(Self::Unknown(UnknownKind(number)))
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Notice => 1,
            Self::Post => 2,
            Self::Visit => 3,
            Self::Building => 4,
            Self::Room => 5,
            Self::Household => 6,
            Self::Person => 7,
            Self::Vehicle => 8,
            Self::Unknown(UnknownKind(number)) => number,
        }
    }

    /// Whether this version can judge and fold it.
    #[must_use]
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// Whether the record is made by one change and never edited: a correction is a record of its own.
    #[must_use]
    pub const fn is_immutable(self) -> bool {
        matches!(self, Self::Notice)
    }

    /// The lane in which an author of this kind keeps such records. `None` if such an author makes no such
    /// record, or the kind is unknown.
    ///
    /// A visit stands in the lane of the household that expects it; an office that invites somebody has no house
    /// lane and keeps it in its own.
    #[must_use]
    pub const fn lane(self, author: AuthorKind) -> Option<(LaneClass, Cycle)> {
        use AuthorKind::{Household, Office};
        Some(match (self, author) {
            (Self::Notice, Office) => (LaneClass::Notice, Cycle::Year),
            (Self::Post, Household | Office) => (LaneClass::Board, Cycle::Year),
            (Self::Visit, Household) => (LaneClass::House, Cycle::Year),
            (Self::Visit, Office) => (LaneClass::Office, Cycle::Year),
            (Self::Building | Self::Room, Office) => (LaneClass::Board, Cycle::Ever),
            (Self::Household | Self::Person | Self::Vehicle, Office) => {
                (LaneClass::Office, Cycle::Ever)
            }
            _ => return None,
        })
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Notice => "notice",
            Self::Post => "post",
            Self::Visit => "visit",
            Self::Building => "building",
            Self::Room => "room",
            Self::Household => "household",
            Self::Person => "person",
            Self::Vehicle => "vehicle",
            Self::Unknown(UnknownKind(number)) => return write!(f, "kind {number}"),
        })
    }
}

/// The body of a `change` entry: the canonical CBOR array `[kind, change]`.
///
/// ```
/// use linli_record::kind::{ChangeBody, RecordKind};
/// let body = ChangeBody { kind: RecordKind::Post, change: vec![1, 2] };
/// assert_eq!(body.encode(), [0x82, 2, 0x42, 1, 2]);
/// assert_eq!(ChangeBody::decode(&body.encode()), Ok(body));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeBody {
    /// Which kind of record the change is for; the same in every change of a record.
    pub kind: RecordKind,
    /// One Automerge change chunk, not judged yet.
    pub change: Vec<u8>,
}

/// Why a body is none of a `change` entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum BodyError {
    /// Not canonical CBOR.
    #[error("the body is not canonical CBOR: {0}")]
    Cbor(#[from] cbor::CborError),
    /// Not a kind and a change.
    #[error("the body is not a record kind and a change")]
    Shape,
}

impl ChangeBody {
    /// The bytes of the body.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::Array(vec![
            Value::Uint(u64::from(self.kind.number())),
            Value::bytes(&self.change),
        ])
        .encode()
    }

    /// Reads [`Self::encode`].
    ///
    /// # Errors
    /// [`BodyError`]; the entry is void.
    pub fn decode(body: &[u8]) -> Result<Self, BodyError> {
        let Value::Array(parts) = cbor::decode(body, 2)? else {
            return Err(BodyError::Shape);
        };
        match <[Value; 2]>::try_from(parts) {
            Ok([Value::Uint(kind), Value::Bytes(change)]) => Ok(Self {
                kind: RecordKind::from_number(u8::try_from(kind).map_err(|_| BodyError::Shape)?),
                change,
            }),
            _ => Err(BodyError::Shape),
        }
    }
}
