//! Facts to CBOR and back; the reader holds every limit.

use super::{
    CLAIM_CHARS, CLAIMS_MAX, Fact, FactError, Grant, SPENT_ITEMS, board, gate, help, people, told,
};
use crate::attach::{ATTACHMENTS_MAX, REFERENCE_MAX};
use crate::schema::{check_text, is_word};
use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::limits::{BODY_CHARS, CBOR_DEPTH};
use linli_base::{EntryId, PrincipalId, Private};

pub(super) fn write(fact: &Fact) -> Value {
    let text = |text: &Private<String>| Value::text(text.reveal());
    let grant = |kind: u64, grant: &Grant| {
        Value::map(vec![
            (0, Some(Value::Uint(kind))),
            (1, Some(Value::bytes(grant.claims.reveal()))),
            (2, Some(Value::Bool(grant.short_code))),
        ])
    };
    let of = |kind: u64, first: Option<Value>, second: Option<Value>| {
        Value::map(vec![(0, Some(Value::Uint(kind))), (1, first), (2, second)])
    };
    match fact {
        Fact::Comment {
            text: said,
            answers,
            files,
        } => {
            let answers = answers.map(|id| Value::bytes(&id.0));
            if files.is_empty() {
                return of(1, Some(text(said)), answers);
            }
            let files = files.iter().map(|file| Value::bytes(file.reveal()));
            Value::map(vec![
                (0, Some(Value::Uint(41))),
                (1, (!said.reveal().is_empty()).then(|| text(said))),
                (2, answers),
                (3, Some(Value::Array(files.collect()))),
            ])
        }
        Fact::Reaction { what } => of(2, what.as_ref().map(Value::text), None),
        Fact::Claim { text: said } => of(3, said.as_ref().map(text), None),
        Fact::Unclaim => of(4, None, None),
        Fact::Close { outcome, chosen } => of(
            5,
            outcome.as_ref().map(Value::text),
            chosen.map(|id| Value::bytes(&id.0)),
        ),
        Fact::Reopen => of(40, None, None),
        Fact::Uncomment(comment) => of(39, Some(Value::bytes(&comment.0)), None),
        Fact::Grant(pass) => grant(6, pass),
        Fact::PlateGrant(pass) => grant(7, pass),
        Fact::GateEvent(event) => gate::write_event(event),
        Fact::Spent(list) => of(
            9,
            Some(Value::Array(list.iter().map(gate::write_spend).collect())),
            None,
        ),
        Fact::Refusal(refusal) => people::write_refusal(refusal),
        Fact::RefusalEnd(id) => of(21, Some(Value::bytes(id)), None),
        Fact::Ring(ring) => people::write_ring(ring),
        Fact::RingAnswer(answer) => people::write_answer(*answer),
        Fact::Doorbell(bell) => people::write_doorbell(bell),
        Fact::Reminder => of(26, None, None),
        Fact::Told(who) => told::write(who),
        Fact::Report(report) => board::write_report(report),
        Fact::Ruling(ruling) => board::write_ruling(ruling),
        Fact::Appeal(appeal) => board::write_appeal(appeal),
        Fact::HandOver(to) => board::write_hand_over(to),
        Fact::HelpCall(call) => help::write_call(call),
        Fact::HelpEnd(key) => of(33, Some(Value::bytes(key)), None),
        Fact::HelpAck(ack) => help::write_ack(*ack),
        Fact::Letter(letters) => help::write_letters(letters),
        Fact::Phones(list) => help::write_phones(list),
        Fact::Comments { open } => of(38, Some(Value::Bool(*open)), None),
    }
}

pub(super) fn read(body: &[u8]) -> Result<Fact, FactError> {
    let mut fields = Fields::of(cbor::decode(body, CBOR_DEPTH)?)?;
    let fact = match fields.uint(0)? {
        1 => Fact::Comment {
            text: Private::new(prose(&mut fields, 1, BODY_CHARS)?),
            answers: fields.opt_array(2)?.map(EntryId),
            files: Vec::new(),
        },
        41 => Fact::Comment {
            text: Private::new(opt_text(&mut fields, 1, BODY_CHARS, true)?.unwrap_or_default()),
            answers: fields.opt_array(2)?.map(EntryId),
            files: references(&mut fields)?,
        },
        2 => Fact::Reaction {
            what: opt_word(&mut fields, 1)?,
        },
        3 => Fact::Claim {
            text: opt_text(&mut fields, 1, CLAIM_CHARS, true)?.map(Private::new),
        },
        4 => Fact::Unclaim,
        5 => Fact::Close {
            outcome: opt_word(&mut fields, 1)?,
            chosen: fields.opt_array(2)?.map(PrincipalId),
        },
        39 => Fact::Uncomment(EntryId(fields.array(1)?)),
        40 => Fact::Reopen,
        6 => Fact::Grant(grant(&mut fields)?),
        7 => Fact::PlateGrant(grant(&mut fields)?),
        number @ (8 | 10 | 11 | 25) => Fact::GateEvent(gate::read_event(&mut fields, number)?),
        9 => Fact::Spent(spent(&mut fields)?),
        20 => Fact::Refusal(people::read_refusal(&mut fields)?),
        21 => Fact::RefusalEnd(fields.array(1)?),
        number @ (22 | 37) => Fact::Ring(people::read_ring(&mut fields, number)?),
        23 => Fact::RingAnswer(people::read_answer(&mut fields)?),
        24 => Fact::Doorbell(people::read_doorbell(&mut fields)?),
        26 => Fact::Reminder,
        27 => Fact::Told(told::read(&mut fields)?),
        28 => Fact::Report(board::read_report(&mut fields)?),
        29 => Fact::Ruling(board::read_ruling(&mut fields)?),
        30 => Fact::Appeal(board::read_appeal(&mut fields)?),
        31 => Fact::HandOver(board::read_hand_over(&mut fields)?),
        32 => Fact::HelpCall(help::read_call(&mut fields)?),
        33 => Fact::HelpEnd(fields.array(1)?),
        34 => Fact::HelpAck(help::read_ack(&mut fields)?),
        35 => Fact::Letter(help::read_letters(&mut fields)?),
        36 => Fact::Phones(help::read_phones(&mut fields)?),
        38 => Fact::Comments {
            open: boolean(fields.need(1)?, 1)?,
        },
        unknown => return Err(FactError::Unknown(unknown)),
    };
    fields.finish()?;
    Ok(fact)
}

pub(super) fn prose(fields: &mut Fields, key: i64, max: usize) -> Result<String, ShapeError> {
    let text = fields.text(key)?;
    sound(&text, key, max, true)?;
    Ok(text)
}

/// An optional text; present means that it says something.
pub(super) fn opt_text(
    fields: &mut Fields,
    key: i64,
    max: usize,
    prose: bool,
) -> Result<Option<String>, ShapeError> {
    let text = fields.opt_text(key)?;
    if let Some(text) = &text {
        sound(text, key, max, prose)?;
    }
    Ok(text)
}

/// A line that says something.
pub(super) fn check_line(text: &str, key: i64, max: usize) -> Result<(), ShapeError> {
    sound(text, key, max, false)
}

pub(super) fn sound(text: &str, key: i64, max: usize, prose: bool) -> Result<(), ShapeError> {
    check_text(text, max, prose, true)
        .map_err(|_| ShapeError::new(key, "is empty, too long or has control characters"))
}

/// What goes with a comment: at least one, each no longer than a reference may be. What one says is not looked at here: it
/// may be of a later version.
fn references(fields: &mut Fields) -> Result<Vec<Private<Vec<u8>>>, ShapeError> {
    let list = fields.list(3)?;
    if list.is_empty() || list.len() > ATTACHMENTS_MAX {
        return Err(ShapeError::new(3, "is empty or too long"));
    }
    let one = |item: Value| match item {
        Value::Bytes(bytes) if (1..=REFERENCE_MAX).contains(&bytes.len()) => {
            Ok(Private::new(bytes))
        }
        _ => Err(ShapeError::new(3, "bytes are expected, and not too many")),
    };
    list.into_iter().map(one).collect()
}

fn opt_word(fields: &mut Fields, key: i64) -> Result<Option<String>, ShapeError> {
    let word = fields.opt_text(key)?;
    match &word {
        Some(word) if !is_word(word) => Err(ShapeError::new(key, "is not a word")),
        _ => Ok(word),
    }
}

fn grant(fields: &mut Fields) -> Result<Grant, ShapeError> {
    let claims = fields.bytes(1)?;
    if claims.is_empty() || claims.len() > CLAIMS_MAX {
        return Err(ShapeError::new(1, "is empty or too long"));
    }
    let short_code = boolean(fields.need(2)?, 2)?;
    Ok(Grant {
        claims: Private::new(claims),
        short_code,
    })
}

pub(super) fn boolean(value: Value, key: i64) -> Result<bool, ShapeError> {
    match value {
        Value::Bool(flag) => Ok(flag),
        _ => Err(ShapeError::new(key, "true or false is expected")),
    }
}

/// Ascending by pass, each pass once, so that one carry-over has one encoding.
fn spent(fields: &mut Fields) -> Result<Vec<super::Spend>, ShapeError> {
    let list = fields.list(1)?;
    if list.is_empty() || list.len() > SPENT_ITEMS {
        return Err(ShapeError::new(1, "is empty or too long"));
    }
    let list = list
        .into_iter()
        .map(gate::read_spend)
        .collect::<Result<Vec<_>, _>>()?;
    if list.windows(2).all(|pair| pair[0].cti < pair[1].cti) {
        Ok(list)
    } else {
        Err(ShapeError::new(1, "is not in order"))
    }
}
