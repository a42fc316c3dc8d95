//! Reading a map field by field, so that a decoder is a list of what it expects and nothing else passes.

use super::Value;

/// A value is well-formed CBOR but not what the format says.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("field {field}: {what}")]
pub struct ShapeError {
    /// The field's number or name.
    pub field: String,
    /// What was expected.
    pub what: &'static str,
}

impl ShapeError {
    /// An error about one field.
    #[must_use]
    pub fn new(field: impl ToString, what: &'static str) -> Self {
        Self {
            field: field.to_string(),
            what,
        }
    }
}

/// The fields of a map, taken one by one; [`Fields::finish`] refuses leftovers.
#[derive(Debug)]
pub struct Fields {
    pairs: Vec<(Value, Value)>,
}

impl Fields {
    /// Of a map.
    ///
    /// # Errors
    /// When the value is no map.
    pub fn of(value: Value) -> Result<Self, ShapeError> {
        match value {
            Value::Map(pairs) => Ok(Self { pairs }),
            _ => Err(ShapeError::new("-", "a map is expected")),
        }
    }

    /// Takes an optional field with an integer key.
    pub fn take(&mut self, key: i64) -> Option<Value> {
        let key = Value::int(key);
        let at = self.pairs.iter().position(|(k, _)| *k == key)?;
        Some(self.pairs.remove(at).1)
    }

    /// Takes a field that must be there.
    ///
    /// # Errors
    /// When it is missing.
    pub fn need(&mut self, key: i64) -> Result<Value, ShapeError> {
        self.take(key)
            .ok_or_else(|| ShapeError::new(key, "is missing"))
    }

    /// A required unsigned integer.
    ///
    /// # Errors
    /// When missing or of another kind.
    pub fn uint(&mut self, key: i64) -> Result<u64, ShapeError> {
        self.need(key)?.as_uint(key)
    }

    /// A required text.
    ///
    /// # Errors
    /// When missing or of another kind.
    pub fn text(&mut self, key: i64) -> Result<String, ShapeError> {
        self.need(key)?.into_text(key)
    }

    /// A required byte string.
    ///
    /// # Errors
    /// When missing or of another kind.
    pub fn bytes(&mut self, key: i64) -> Result<Vec<u8>, ShapeError> {
        self.need(key)?.into_bytes(key)
    }

    /// A required byte string of exactly `N` bytes.
    ///
    /// # Errors
    /// When missing or of another kind or length.
    pub fn array<const N: usize>(&mut self, key: i64) -> Result<[u8; N], ShapeError> {
        self.need(key)?.into_array(key)
    }

    /// A required array.
    ///
    /// # Errors
    /// When missing or of another kind.
    pub fn list(&mut self, key: i64) -> Result<Vec<Value>, ShapeError> {
        self.need(key)?.into_list(key)
    }

    /// An optional unsigned integer.
    ///
    /// # Errors
    /// When there and of another kind.
    pub fn opt_uint(&mut self, key: i64) -> Result<Option<u64>, ShapeError> {
        self.take(key).map(|v| v.as_uint(key)).transpose()
    }

    /// An optional text.
    ///
    /// # Errors
    /// When there and of another kind.
    pub fn opt_text(&mut self, key: i64) -> Result<Option<String>, ShapeError> {
        self.take(key).map(|v| v.into_text(key)).transpose()
    }

    /// An optional byte string of exactly `N` bytes.
    ///
    /// # Errors
    /// When there and of another kind or length.
    pub fn opt_array<const N: usize>(&mut self, key: i64) -> Result<Option<[u8; N]>, ShapeError> {
        self.take(key).map(|v| v.into_array(key)).transpose()
    }

    /// An optional list; missing = empty.
    ///
    /// # Errors
    /// When there and of another kind.
    pub fn opt_list(&mut self, key: i64) -> Result<Vec<Value>, ShapeError> {
        Ok(self
            .take(key)
            .map(|v| v.into_list(key))
            .transpose()?
            .unwrap_or_default())
    }

    /// Nothing else may be there.
    ///
    /// # Errors
    /// When a field is left that nobody took.
    pub fn finish(self) -> Result<(), ShapeError> {
        match self.pairs.first() {
            None => Ok(()),
            Some((k, _)) => Err(ShapeError::new(format!("{k:?}"), "is not known here")),
        }
    }
}

impl Value {
    /// As an unsigned integer; `field` names it in the error.
    ///
    /// # Errors
    /// When it is another kind.
    pub fn as_uint(&self, field: impl ToString) -> Result<u64, ShapeError> {
        match self {
            Self::Uint(n) => Ok(*n),
            _ => Err(ShapeError::new(field, "an unsigned integer is expected")),
        }
    }

    /// As a signed integer.
    ///
    /// # Errors
    /// When it is another kind or out of range.
    pub fn as_int(&self, field: impl ToString) -> Result<i64, ShapeError> {
        let err = ShapeError::new(field, "an integer is expected");
        match self {
            Self::Uint(n) => i64::try_from(*n).map_err(|_| err),
            Self::Nint(n) => i64::try_from(*n).map(|n| !n).map_err(|_| err),
            _ => Err(err),
        }
    }

    /// As text.
    ///
    /// # Errors
    /// When it is another kind.
    pub fn into_text(self, field: impl ToString) -> Result<String, ShapeError> {
        match self {
            Self::Text(t) => Ok(t),
            _ => Err(ShapeError::new(field, "text is expected")),
        }
    }

    /// As bytes.
    ///
    /// # Errors
    /// When it is another kind.
    pub fn into_bytes(self, field: impl ToString) -> Result<Vec<u8>, ShapeError> {
        match self {
            Self::Bytes(b) => Ok(b),
            _ => Err(ShapeError::new(field, "a byte string is expected")),
        }
    }

    /// As exactly `N` bytes.
    ///
    /// # Errors
    /// When it is another kind or length.
    pub fn into_array<const N: usize>(self, field: impl ToString) -> Result<[u8; N], ShapeError> {
        let field = field.to_string();
        self.into_bytes(&field)?
            .try_into()
            .map_err(|_| ShapeError::new(field, "has the wrong length"))
    }

    /// As a list.
    ///
    /// # Errors
    /// When it is another kind.
    pub fn into_list(self, field: impl ToString) -> Result<Vec<Value>, ShapeError> {
        match self {
            Self::Array(items) => Ok(items),
            _ => Err(ShapeError::new(field, "an array is expected")),
        }
    }
}
