//! Told in person: somebody of the office stood at the door of a unit that no computer reaches.

use super::codec::opt_text;
use crate::schema::UNIT_CHARS;
use linli_base::Private;
use linli_base::cbor::{Fields, ShapeError, Value};

/// Longest words with a receipt in person, in characters.
pub const WORDS_CHARS: usize = 200;

/// A receipt in person; the header's record is the notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Which unit, as the register writes it.
    pub unit: Private<String>,
    /// What was said at the door, for the office.
    pub words: Option<Private<String>>,
}

pub(super) fn write(told: &Told) -> Value {
    let text = |text: &Private<String>| Value::text(text.reveal());
    Value::map(vec![
        (0, Some(Value::Uint(27))),
        (1, Some(text(&told.unit))),
        (2, told.words.as_ref().map(text)),
    ])
}

pub(super) fn read(fields: &mut Fields) -> Result<Told, ShapeError> {
    let unit = opt_text(fields, 1, UNIT_CHARS, false)?;
    Ok(Told {
        unit: Private::new(unit.ok_or_else(|| ShapeError::new(1, "names no unit"))?),
        words: opt_text(fields, 2, WORDS_CHARS, false)?.map(Private::new),
    })
}
