//! Ids as byte strings and private text as text, for serde: rows are a disk format, so what they hold may be
//! serialised here and nowhere else.

use linli_base::{DeviceId, EntryId, PrincipalId, Private, RecordId};
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is stored as a fixed number of bytes.
pub(crate) trait Raw: Sized {
    fn raw(&self) -> &[u8];
    fn of(bytes: &[u8]) -> Option<Self>;
}

macro_rules! raw_ids {
    ($($id:ty),*) => {$(
        impl Raw for $id {
            fn raw(&self) -> &[u8] {
                &self.0
            }

            fn of(bytes: &[u8]) -> Option<Self> {
                Self::from_slice(bytes)
            }
        }
    )*};
}

raw_ids!(DeviceId, EntryId, PrincipalId, RecordId);

impl<const N: usize> Raw for [u8; N] {
    fn raw(&self) -> &[u8] {
        self
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok()
    }
}

impl Raw for Vec<u8> {
    fn raw(&self) -> &[u8] {
        self
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        Some(bytes.to_vec())
    }
}

impl Raw for Private<Vec<u8>> {
    fn raw(&self) -> &[u8] {
        self.reveal()
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self::new(bytes.to_vec()))
    }
}

/// The serde form of one id.
struct AsBytes<T>(T);

impl<T: Raw> Serialize for AsBytes<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.raw())
    }
}

impl<'de, T: Raw> Deserialize<'de> for AsBytes<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes<T>(PhantomData<T>);
        impl<T: Raw> Visitor<'_> for Bytes<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a byte string of the right length")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
                T::of(bytes).ok_or_else(|| E::invalid_length(bytes.len(), &self))
            }
        }
        deserializer
            .deserialize_byte_buf(Bytes(PhantomData))
            .map(Self)
    }
}

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident<$($generic:ident)?> for $of:ty, |$value:ident| $to:expr, $from:ty, |$read:ident| $back:expr;)*) => {$(
        $(#[$doc])*
        #[allow(clippy::ptr_arg, reason = "serde hands over the field as it is")]
        pub(crate) mod $name {
            use super::*;

            pub fn serialize<S: Serializer $(, $generic: Raw)?>($value: &$of, serializer: S) -> Result<S::Ok, S::Error> {
                $to.serialize(serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de> $(, $generic: Raw)?>(deserializer: D) -> Result<$of, D::Error> {
                <$from>::deserialize(deserializer).map(|$read| $back)
            }
        }
    )*};
}

forms!(
    /// An id.
    id<T> for T, |value| AsBytes(value), AsBytes<T>, |read| read.0;
    /// An id that may be missing.
    opt_id<T> for Option<T>, |value| value.as_ref().map(AsBytes), Option<AsBytes<T>>, |read| read.map(|id| id.0);
    /// A list of ids.
    ids<T> for Vec<T>, |value| value.iter().map(AsBytes).collect::<Vec<_>>(), Vec<AsBytes<T>>,
        |read| read.into_iter().map(|id| id.0).collect();
    /// Private text.
    private<> for Private<String>, |value| value.reveal(), String, |read| Private::new(read);
    /// Private text that may be missing.
    opt_private<> for Option<Private<String>>, |value| value.as_ref().map(Private::reveal), Option<String>,
        |read| read.map(Private::new);
    /// A list of private texts.
    private_list<> for Vec<Private<String>>, |value| value.iter().map(Private::reveal).collect::<Vec<_>>(),
        Vec<String>, |read| read.into_iter().map(Private::new).collect();
);
