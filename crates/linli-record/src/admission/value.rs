//! What a record holds: scalars, lists, text and maps, every concurrent value of each.

use std::collections::BTreeMap;
use std::fmt;

/// A plain value.
///
/// Floats and counters are missing on purpose: no record uses them, and a change that carries one is void.
///
/// `Debug` tells the length of strings and bytes, not what they say: records hold names and telephones, and
/// logs must not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number that is never negative.
    Uint(u64),
    /// A whole number.
    Int(i64),
    /// Unix time in milliseconds.
    Timestamp(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A string that is replaced as a whole.
    Str(String),
}

impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(flag) => write!(f, "Bool({flag})"),
            Self::Uint(number) => write!(f, "Uint({number})"),
            Self::Int(number) => write!(f, "Int({number})"),
            Self::Timestamp(ms) => write!(f, "Timestamp({ms})"),
            Self::Bytes(bytes) => write!(f, "Bytes(<{} bytes>)", bytes.len()),
            Self::Str(text) => write!(f, "Str(<{} bytes>)", text.len()),
        }
    }
}

impl Scalar {
    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is a [`Scalar::Uint`].
    #[must_use]
    pub fn as_uint(&self) -> Option<u64> {
        match self {
            Self::Uint(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<u64> for Scalar {
    fn from(number: u64) -> Self {
        Self::Uint(number)
    }
}

impl From<i64> for Scalar {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Scalar {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<&[u8]> for Scalar {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Scalar> for automerge::ScalarValue {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(flag) => Self::Boolean(flag),
            Scalar::Uint(number) => Self::Uint(number),
            Scalar::Int(number) => Self::Int(number),
            Scalar::Timestamp(ms) => Self::Timestamp(ms),
            Scalar::Bytes(bytes) => Self::Bytes(bytes),
            Scalar::Str(text) => Self::Str(text.into()),
        }
    }
}

/// Every concurrent value of one place, the winner first; never empty.
///
/// The winner is the value written by the highest operation (counter, then actor id), the same on every
/// replica and the same as Automerge's `get`.
pub type Field = Vec<Value>;

/// A value in a record. `Debug` is as silent as that of [`Scalar`].
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A plain value.
    Scalar(Scalar),
    /// A list; each element with all its concurrent values.
    List(Vec<Field>),
    /// Prose that several people can edit at once.
    Text(String),
    /// A map.
    Map(BTreeMap<String, Field>),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => scalar.fmt(f),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Text(text) => write!(f, "Text(<{} bytes>)", text.len()),
            Self::Map(fields) => f.debug_map().entries(fields).finish(),
        }
    }
}

impl Value {
    /// The scalar, if it is one.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match self {
            Self::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }
}
