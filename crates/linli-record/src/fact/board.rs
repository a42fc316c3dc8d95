//! What is said about whether a post or comment may stand, and to which office a concern is handed.
//!
//! Each is about a record, which the header names. A field that names a comment makes it about that comment.

use super::codec::{opt_text, prose};
use crate::schema::is_word;
use linli_base::cbor::{Fields, ShapeError, Value};
use linli_base::{EntryId, PrincipalId, Private};

/// Longest text of a report, a ruling, an appeal or a hand-over, in characters.
pub const SAID_CHARS: usize = 500;
/// Most households whose reports one ruling answers.
pub const RULING_HOUSEHOLDS: usize = 500;

/// A neighbour finds that something should not stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Why: a word of an open list.
    pub reason: String,
    /// More about it.
    pub words: Option<Private<String>>,
    /// The comment it is about; none = the post.
    pub comment: Option<EntryId>,
}

/// An office decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// Hidden from everybody but its author and the offices; otherwise it stays.
    pub hide: bool,
    /// Why: everybody reads it.
    pub reason: Private<String>,
    /// The comment it is about; none = the post.
    pub comment: Option<EntryId>,
    /// Households whose reports are answered by this: they do not count again. Ascending, each once.
    pub answers: Vec<PrincipalId>,
    /// The ruling that stood until now.
    pub replaces: Option<EntryId>,
}

/// The author does not agree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appeal {
    /// The ruling; none = that reports alone have paused it.
    pub against: Option<EntryId>,
    /// Why.
    pub words: Private<String>,
    /// The comment it is about; none = the post.
    pub comment: Option<EntryId>,
}

/// A concern is handed to an office. The latest counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOver {
    /// The office.
    pub to: PrincipalId,
    /// A word with it.
    pub words: Option<Private<String>>,
}

fn id(id: Option<EntryId>) -> Option<Value> {
    id.map(|id| Value::bytes(&id.0))
}

fn text(text: &Private<String>) -> Value {
    Value::text(text.reveal())
}

fn words(fields: &mut Fields, key: i64) -> Result<Option<Private<String>>, ShapeError> {
    Ok(opt_text(fields, key, SAID_CHARS, true)?.map(Private::new))
}

fn said(fields: &mut Fields, key: i64) -> Result<Private<String>, ShapeError> {
    Ok(Private::new(prose(fields, key, SAID_CHARS)?))
}

fn entry(fields: &mut Fields, key: i64) -> Result<Option<EntryId>, ShapeError> {
    Ok(fields.opt_array(key)?.map(EntryId))
}

pub(super) fn write_report(report: &Report) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(28))),
        (1, Some(Value::text(&report.reason))),
        (2, report.words.as_ref().map(text)),
        (3, id(report.comment)),
    ])
}

pub(super) fn read_report(fields: &mut Fields) -> Result<Report, ShapeError> {
    let reason = fields.text(1)?;
    if !is_word(&reason) {
        return Err(ShapeError::new(1, "is not a word"));
    }
    Ok(Report {
        reason,
        words: words(fields, 2)?,
        comment: entry(fields, 3)?,
    })
}

pub(super) fn write_ruling(ruling: &Ruling) -> Value {
    let answers = ruling.answers.iter().map(|id| Value::bytes(&id.0));
    let answers = Value::Array(answers.collect());
    Value::map(vec![
        (0, Some(Value::Uint(29))),
        (1, Some(Value::Bool(ruling.hide))),
        (2, Some(text(&ruling.reason))),
        (3, id(ruling.comment)),
        (4, (!ruling.answers.is_empty()).then_some(answers)),
        (5, id(ruling.replaces)),
    ])
}

pub(super) fn read_ruling(fields: &mut Fields) -> Result<Ruling, ShapeError> {
    let ruling = Ruling {
        hide: super::codec::boolean(fields.need(1)?, 1)?,
        reason: said(fields, 2)?,
        comment: entry(fields, 3)?,
        answers: match fields.take(4) {
            None => Vec::new(),
            Some(list) => households(list)?,
        },
        replaces: entry(fields, 5)?,
    };
    Ok(ruling)
}

/// Ascending, each once and at least one, so that a ruling has one encoding.
fn households(list: Value) -> Result<Vec<PrincipalId>, ShapeError> {
    let list = list.into_list(4)?;
    if list.is_empty() || list.len() > RULING_HOUSEHOLDS {
        return Err(ShapeError::new(4, "is empty or too long"));
    }
    let list = list
        .into_iter()
        .map(|id| id.into_array(4).map(PrincipalId))
        .collect::<Result<Vec<_>, _>>()?;
    if list.windows(2).all(|pair| pair[0] < pair[1]) {
        Ok(list)
    } else {
        Err(ShapeError::new(4, "is not in order"))
    }
}

pub(super) fn write_appeal(appeal: &Appeal) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(30))),
        (1, id(appeal.against)),
        (2, Some(text(&appeal.words))),
        (3, id(appeal.comment)),
    ])
}

pub(super) fn read_appeal(fields: &mut Fields) -> Result<Appeal, ShapeError> {
    Ok(Appeal {
        against: entry(fields, 1)?,
        words: said(fields, 2)?,
        comment: entry(fields, 3)?,
    })
}

pub(super) fn write_hand_over(to: &HandOver) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(31))),
        (1, Some(Value::bytes(&to.to.0))),
        (2, to.words.as_ref().map(text)),
    ])
}

pub(super) fn read_hand_over(fields: &mut Fields) -> Result<HandOver, ShapeError> {
    Ok(HandOver {
        to: PrincipalId(fields.array(1)?),
        words: words(fields, 2)?,
    })
}
