//! Deterministic CBOR (RFC 8949 §4.2.1): one encoding for each value, and a reader that refuses any other.
//!
//! Everything signed is CBOR or a fixed layout. Two encodings of one value would give two ids to one thing,
//! so the reader refuses what the writer would not have written: longer-than-needed integers, indefinite
//! lengths, unsorted or repeated keys, floats, trailing bytes. Depth and item count are bounded before
//! anything is allocated for them.

mod fields;
mod read;

pub use fields::{Fields, ShapeError};
pub use read::{CborError, decode, decode_prefix};

/// A CBOR value of the kinds Linli uses: no floats, no simple values but booleans and null.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// 0 and above.
    Uint(u64),
    /// `-1 - n`.
    Nint(u64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map; written in the order of the encoded keys, whatever the order here.
    Map(Vec<(Value, Value)>),
    /// A tagged value.
    Tag(u64, Box<Value>),
    /// true or false.
    Bool(bool),
    /// null.
    Null,
}

impl Value {
    /// A signed integer.
    #[must_use]
    pub fn int(v: i64) -> Self {
        if v >= 0 {
            Self::Uint(v.unsigned_abs())
        } else {
            Self::Nint(!v as u64)
        }
    }

    /// A text string.
    pub fn text(v: impl Into<String>) -> Self {
        Self::Text(v.into())
    }

    /// A byte string.
    #[must_use]
    pub fn bytes(v: &[u8]) -> Self {
        Self::Bytes(v.to_vec())
    }

    /// A map with integer keys; `None` values are left out.
    #[must_use]
    pub fn map(entries: Vec<(i64, Option<Value>)>) -> Self {
        Self::Map(
            entries
                .into_iter()
                .filter_map(|(k, v)| v.map(|v| (Self::int(k), v)))
                .collect(),
        )
    }

    /// The deterministic encoding.
    ///
    /// ```
    /// use linli_base::cbor::Value;
    /// let v = Value::map(vec![(4, Some(Value::Uint(500))), (1, Some(Value::text("h")))]);
    /// assert_eq!(v.encode(), [0xa2, 1, 0x61, b'h', 4, 0x19, 0x01, 0xf4]);
    /// ```
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode_into(&mut out);
        out
    }

    fn encode_into(&self, out: &mut Vec<u8>) {
        match self {
            Self::Uint(n) => head(out, 0, *n),
            Self::Nint(n) => head(out, 1, *n),
            Self::Bytes(b) => {
                head(out, 2, b.len() as u64);
                out.extend_from_slice(b);
            }
            Self::Text(t) => {
                head(out, 3, t.len() as u64);
                out.extend_from_slice(t.as_bytes());
            }
            Self::Array(items) => {
                head(out, 4, items.len() as u64);
                items.iter().for_each(|i| i.encode_into(out));
            }
            Self::Map(pairs) => {
                head(out, 5, pairs.len() as u64);
                let mut encoded: Vec<(Vec<u8>, &Value)> =
                    pairs.iter().map(|(k, v)| (k.encode(), v)).collect();
                encoded.sort_by(|a, b| a.0.cmp(&b.0));
                for (key, value) in encoded {
                    out.extend_from_slice(&key);
                    value.encode_into(out);
                }
            }
            Self::Tag(tag, inner) => {
                head(out, 6, *tag);
                inner.encode_into(out);
            }
            Self::Bool(b) => out.push(if *b { 0xf5 } else { 0xf4 }),
            Self::Null => out.push(0xf6),
        }
    }
}

fn head(out: &mut Vec<u8>, major: u8, n: u64) {
    let major = major << 5;
    let be = n.to_be_bytes();
    match n {
        0..=23 => out.push(major | be[7]),
        24..=0xff => out.extend_from_slice(&[major | 24, be[7]]),
        0x100..=0xffff => {
            out.push(major | 25);
            out.extend_from_slice(&be[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 26);
            out.extend_from_slice(&be[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&be);
        }
    }
}

#[cfg(test)]
mod tests;
