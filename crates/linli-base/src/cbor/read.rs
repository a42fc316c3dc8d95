//! The strict reader: it says why it refuses, because a gate answers differently to nonsense (`E_CBOR`) and
//! to a second encoding of sense (`E_NONCANON`).

use super::Value;

/// Why bytes are not a value we accept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CborError {
    /// The bytes end inside a value.
    #[error("the data ends too early")]
    Short,
    /// Bytes after the value.
    #[error("there are bytes after the end")]
    Trailing,
    /// Nested deeper than allowed.
    #[error("nested too deeply")]
    Deep,
    /// More items than allowed.
    #[error("too many items")]
    Many,
    /// Text that is not UTF-8.
    #[error("text is not UTF-8")]
    Utf8,
    /// Floats, simple values, break codes: not used by Linli.
    #[error("a kind of value that is not used here")]
    Unsupported,
    /// Well-formed, but not in the one encoding: long integer, indefinite length, unsorted keys.
    #[error("not in the canonical encoding")]
    NotCanonical,
    /// The same key twice in one map.
    #[error("a key is there twice")]
    Duplicate,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    items_left: usize,
}

/// Reads exactly one value from all of `bytes`, nested at most `depth`.
///
/// # Errors
/// [`CborError`] says what is wrong; nothing was allocated beyond the size of the input.
pub fn decode(bytes: &[u8], depth: usize) -> Result<Value, CborError> {
    let (value, used) = decode_prefix(bytes, depth)?;
    if used == bytes.len() {
        Ok(value)
    } else {
        Err(CborError::Trailing)
    }
}

/// Reads one value from the front; also returns how many bytes it took.
///
/// # Errors
/// As [`decode`], but bytes may follow.
pub fn decode_prefix(bytes: &[u8], depth: usize) -> Result<(Value, usize), CborError> {
    // Every item takes at least one byte, so this bound refuses nothing honest.
    let mut reader = Reader {
        bytes,
        at: 0,
        items_left: bytes.len() + 1,
    };
    let value = reader.value(depth)?;
    Ok((value, reader.at))
}

impl Reader<'_> {
    fn take(&mut self, n: usize) -> Result<&[u8], CborError> {
        let end = self.at.checked_add(n).ok_or(CborError::Short)?;
        let slice = self.bytes.get(self.at..end).ok_or(CborError::Short)?;
        self.at = end;
        Ok(slice)
    }

    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let first = *self.take(1)?.first().ok_or(CborError::Short)?;
        let (major, low) = (first >> 5, first & 31);
        let n = match low {
            0..=23 => return Ok((major, u64::from(low))),
            24..=27 => {
                let len = 1usize << (low - 24);
                self.take(len)?
                    .iter()
                    .fold(0u64, |acc, &b| (acc << 8) | u64::from(b))
            }
            31 => {
                return Err(if major < 2 {
                    CborError::Unsupported
                } else {
                    CborError::NotCanonical
                });
            }
            _ => return Err(CborError::Unsupported),
        };
        let minimal = match low {
            24 => n >= 24,
            25 => n > 0xff,
            26 => n > 0xffff,
            _ => n > 0xffff_ffff,
        };
        if major == 7 {
            return Err(CborError::Unsupported);
        }
        if minimal {
            Ok((major, n))
        } else {
            Err(CborError::NotCanonical)
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, CborError> {
        self.items_left = self.items_left.checked_sub(1).ok_or(CborError::Many)?;
        let (major, n) = self.head()?;
        let len = || usize::try_from(n).map_err(|_| CborError::Short);
        match major {
            0 => Ok(Value::Uint(n)),
            1 => Ok(Value::Nint(n)),
            2 => Ok(Value::Bytes(self.take(len()?)?.to_vec())),
            3 => {
                let bytes = self.take(len()?)?.to_vec();
                String::from_utf8(bytes)
                    .map(Value::Text)
                    .map_err(|_| CborError::Utf8)
            }
            7 => match n {
                20 => Ok(Value::Bool(false)),
                21 => Ok(Value::Bool(true)),
                22 => Ok(Value::Null),
                _ => Err(CborError::Unsupported),
            },
            _ => {
                let inner = depth.checked_sub(1).ok_or(CborError::Deep)?;
                self.container(major, n, inner)
            }
        }
    }

    fn container(&mut self, major: u8, n: u64, depth: usize) -> Result<Value, CborError> {
        if major == 6 {
            return Ok(Value::Tag(n, Box::new(self.value(depth)?)));
        }
        let left = (self.bytes.len() - self.at) as u64;
        if n > left {
            return Err(CborError::Short);
        }
        if major == 4 {
            let mut items = Vec::new();
            for _ in 0..n {
                items.push(self.value(depth)?);
            }
            return Ok(Value::Array(items));
        }
        let mut pairs = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for _ in 0..n {
            let start = self.at;
            let key = self.value(depth)?;
            let end = self.at;
            if let Some((a, b)) = last {
                match self.bytes[a..b].cmp(&self.bytes[start..end]) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => return Err(CborError::Duplicate),
                    std::cmp::Ordering::Greater => return Err(CborError::NotCanonical),
                }
            }
            last = Some((start, end));
            pairs.push((key, self.value(depth)?));
        }
        Ok(Value::Map(pairs))
    }
}
