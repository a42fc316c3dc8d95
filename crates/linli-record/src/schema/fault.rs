//! Why a record would not be sound: the field, and the limit it breaks.

use std::fmt;
use thiserror::Error;

/// One field that is not as its record needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{field}: {fault}")]
pub struct SchemaFault {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub fault: FieldFault,
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldFault {
    /// It must be there.
    Missing,
    /// It must say something.
    Blank,
    /// It holds another kind of value.
    Type {
        /// What it should hold.
        want: &'static str,
    },
    /// Too long a text.
    TooLong {
        /// Most characters (Unicode code points).
        max: usize,
    },
    /// Too long a list.
    TooMany {
        /// Most items.
        max: usize,
    },
    /// Too high a number.
    TooHigh {
        /// The highest.
        max: u64,
    },
    /// Bytes of another length.
    Length {
        /// The length.
        want: usize,
    },
    /// A control character: prose may hold line feeds and tabs, a line neither.
    Control,
    /// None of the words allowed here.
    Word,
    /// Not a record id as text.
    RecordId,
    /// Earlier than it may be.
    Before {
        /// The field it must not be earlier than.
        other: &'static str,
    },
    /// It excludes another field.
    Beside {
        /// The other field.
        other: &'static str,
    },
    /// The kind of record is not known to this version.
    UnknownKind,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Blank => f.write_str("is empty"),
            Self::Type { want } => write!(f, "is not {want}"),
            Self::TooLong { max } => write!(f, "has more than {max} characters"),
            Self::TooMany { max } => write!(f, "has more than {max} items"),
            Self::TooHigh { max } => write!(f, "is more than {max}"),
            Self::Length { want } => write!(f, "is not {want} bytes long"),
            Self::Control => f.write_str("has a control character"),
            Self::Word => f.write_str("is none of the words allowed"),
            Self::RecordId => f.write_str("is not a record id"),
            Self::Before { other } => write!(f, "is before {other}"),
            Self::Beside { other } => write!(f, "cannot stand beside {other}"),
            Self::UnknownKind => f.write_str("is not known to this version"),
        }
    }
}
