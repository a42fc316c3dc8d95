//! What a record of each kind may hold, judged at every change in the change's own past.
//!
//! Every document is a root map of plain scalars and lists of scalars. **A field this version does not know is
//! tolerated**: it stays in the document and is not shown, so that a later version may add fields. What a later
//! version may never do is widen a known field or require a new one: replicas of two versions would then
//! disagree about one change for ever. That takes a new field, or a new kind number (`docs/formats/records.md`).

mod fault;
mod fields;
mod words;

#[cfg(test)]
mod tests;

pub use fault::{FieldFault, SchemaFault};
pub use fields::{
    AREA_DM2_MAX, AREA_ITEMS, FieldSpec, FieldType, GATE_ITEMS, GATE_NO_MAX, LABEL_CHARS, MS_MAX,
    NAME_CHARS, NOTE_CHARS, NUMBER_CHARS, PHONE_ITEMS, SEC_MAX, TERM_CHARS, TOKEN_CHARS,
    UNIT_CHARS, field, fields,
};
pub use words::{
    CapWords, Category, Certainty, Outcome, PostKind, Response, Severity, Urgency, VisitKind,
    WORD_MAX, is_word,
};

use crate::admission::{Scalar, Snapshot, Value};
use crate::kind::RecordKind;
use linli_base::RecordId;

/// Whether the value of a record is sound, every concurrent value of every field.
///
/// # Errors
/// The first fault, in the order of the table; the same on every replica for the same value.
pub fn check(kind: RecordKind, value: &Snapshot) -> Result<(), SchemaFault> {
    if !kind.is_known() {
        return Err(SchemaFault {
            field: "kind",
            fault: FieldFault::UnknownKind,
        });
    }
    for spec in fields(kind) {
        let at = |fault| SchemaFault {
            field: spec.name,
            fault,
        };
        match value.root.get(spec.name) {
            None if spec.required => return Err(at(FieldFault::Missing)),
            None => {}
            Some(values) => {
                for value in values {
                    check_value(spec, value).map_err(at)?;
                }
            }
        }
    }
    rules(kind, value)
}

/// [`check`] in the form [`crate::admission::Expect`] asks for.
///
/// ```
/// use linli_record::{RecordKind, admission::Expect, schema};
/// let expect = Expect { actor: [7; 16], schema: &schema::judge(RecordKind::Post) };
/// ```
pub fn judge(kind: RecordKind) -> impl Fn(&Snapshot) -> Result<(), String> {
    move |value| check(kind, value).map_err(|fault| fault.to_string())
}

/// What holds between fields, judged on the winning values.
fn rules(kind: RecordKind, value: &Snapshot) -> Result<(), SchemaFault> {
    let not_before =
        |field: &'static str, other: &'static str| match (value.uint(other), value.uint(field)) {
            (Some(early), Some(late)) if late < early => Err(SchemaFault {
                field,
                fault: FieldFault::Before { other },
            }),
            _ => Ok(()),
        };
    match kind {
        RecordKind::Notice => {
            let says = |field| value.str(field).is_some_and(|text| !text.trim().is_empty());
            if value.str("retracts").is_some() {
                if value.str("corrects").is_some() {
                    let fault = FieldFault::Beside { other: "corrects" };
                    return Err(SchemaFault {
                        field: "retracts",
                        fault,
                    });
                }
            } else if !says("title") {
                return Err(SchemaFault {
                    field: "title",
                    fault: FieldFault::Missing,
                });
            }
            not_before("expires_ms", "effective_ms")
        }
        RecordKind::Visit => not_before("until_s", "from_s"),
        _ => Ok(()),
    }
}

fn check_value(spec: &FieldSpec, value: &Value) -> Result<(), FieldFault> {
    match (&spec.holds, value) {
        (
            FieldType::Lines { items, .. }
            | FieldType::Uints { items, .. }
            | FieldType::Blobs { items, .. },
            Value::List(list),
        ) => {
            if list.len() > *items {
                return Err(FieldFault::TooMany { max: *items });
            }
            for item in list.iter().flatten() {
                let scalar = item.as_scalar().ok_or(FieldFault::Type {
                    want: "a plain value",
                })?;
                check_scalar(spec.holds, false, scalar)?;
            }
            Ok(())
        }
        (FieldType::Lines { .. } | FieldType::Uints { .. } | FieldType::Blobs { .. }, _) => {
            Err(FieldFault::Type { want: "a list" })
        }
        (holds, Value::Scalar(scalar)) => check_scalar(*holds, spec.required, scalar),
        _ => Err(FieldFault::Type {
            want: "a plain value",
        }),
    }
}

/// One plain value: of a field, or an item of a list field.
fn check_scalar(holds: FieldType, required: bool, scalar: &Scalar) -> Result<(), FieldFault> {
    match holds {
        FieldType::Line { max } => check_text(text(scalar)?, max, false, required),
        FieldType::Lines { max, .. } => check_text(text(scalar)?, max, false, true),
        FieldType::Prose { max } => check_text(text(scalar)?, max, true, required),
        FieldType::Word(words) if words.contains(&text(scalar)?) => Ok(()),
        FieldType::OpenWord(_) if is_word(text(scalar)?) => Ok(()),
        FieldType::Word(_) | FieldType::OpenWord(_) => Err(FieldFault::Word),
        FieldType::Uint { max } | FieldType::Uints { max, .. } => match scalar {
            Scalar::Uint(number) if *number <= max => Ok(()),
            Scalar::Uint(_) => Err(FieldFault::TooHigh { max }),
            _ => Err(FieldFault::Type {
                want: "a whole number",
            }),
        },
        FieldType::Bool => match scalar {
            Scalar::Bool(_) => Ok(()),
            _ => Err(FieldFault::Type { want: "yes or no" }),
        },
        FieldType::Bytes { len } => match scalar {
            Scalar::Bytes(bytes) if bytes.len() == len => Ok(()),
            Scalar::Bytes(_) => Err(FieldFault::Length { want: len }),
            _ => Err(FieldFault::Type { want: "bytes" }),
        },
        FieldType::Blobs { max, .. } => match scalar {
            Scalar::Bytes(bytes) if bytes.len() <= max => Ok(()),
            Scalar::Bytes(_) => Err(FieldFault::TooLong { max }),
            _ => Err(FieldFault::Type { want: "bytes" }),
        },
        FieldType::Record => record_id(text(scalar)?)
            .map(|_| ())
            .ok_or(FieldFault::RecordId),
    }
}

fn text(scalar: &Scalar) -> Result<&str, FieldFault> {
    scalar.as_str().ok_or(FieldFault::Type { want: "text" })
}

/// The rules for any text a person wrote, in records and in facts: so many characters, no control characters
/// but line feed and tab in prose. Marks that turn the direction of writing and invisible characters are
/// allowed, because honest text in some scripts needs them; the view takes care of what is drawn.
pub(crate) fn check_text(
    text: &str,
    max: usize,
    prose: bool,
    required: bool,
) -> Result<(), FieldFault> {
    if required && text.trim().is_empty() {
        return Err(FieldFault::Blank);
    }
    // No character takes more than four bytes: a cheap refusal before anything is counted.
    if text.len() > max.saturating_mul(4) || text.chars().count() > max {
        return Err(FieldFault::TooLong { max });
    }
    if text
        .chars()
        .any(|c| c.is_control() && !(prose && matches!(c, '\n' | '\t')))
    {
        return Err(FieldFault::Control);
    }
    Ok(())
}

/// Reads a whole record id in its one spelling.
pub(crate) fn record_id(text: &str) -> Option<RecordId> {
    RecordId::parse(text).filter(|id| id.to_text() == text)
}
