//! Calls for help, who has heard them, the letters of a household to those it names, and phone numbers.
//!
//! A call says no more in the open than "help" and from whom. What somebody says with it is sealed: to the gates' scope
//! in the copy for gates and property desk, and in a letter to each device of those who should read it.

use super::codec::{opt_text, sound};
use super::people::said_true;
use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::{PrincipalId, Private};

/// Longest words with a call, in characters.
pub const HELP_WORDS_CHARS: usize = 200;
/// Most letters in one fact.
pub const LETTERS_MAX: usize = 64;
/// How long one sealed letter may be, bytes.
pub const LETTER_BYTES: std::ops::RangeInclusive<usize> = 64..=960;
/// Most helpers a household names.
pub const CARE_HELPERS: usize = 8;
/// Most phone numbers one office gives out.
pub const PHONES_MAX: usize = 12;
/// Longest name of a phone number, in characters.
const PHONE_LABEL_CHARS: usize = 24;
/// Longest phone number, in characters.
const PHONE_CHARS: usize = 20;
/// Minutes of a day.
const DAY_MINUTES: u64 = 24 * 60;

/// A household calls for help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HelpCall {
    /// Random; its copies, its end and its answers name the same.
    pub key: [u8; 16],
    /// Only to practise: nobody is alarmed.
    pub practice: bool,
    /// What there is to say with it; never in an open lane.
    pub words: Option<Private<String>>,
}

/// How a call was received.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
pub enum HelpHow {
    /// 1: a device has it and shows it; it said so by itself.
    Received,
    /// 2: a person has heard it.
    Heard,
    /// 3: a person is coming.
    Coming,
}

impl HelpHow {
    const ALL: [Self; 3] = [Self::Received, Self::Heard, Self::Coming];

    /// The word that answers carry.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Heard => "heard",
            Self::Coming => "coming",
        }
    }

    const fn number(self) -> u64 {
        match self {
            Self::Received => 1,
            Self::Heard => 2,
            Self::Coming => 3,
        }
    }
}

/// Somebody has received a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HelpAck {
    /// The call.
    pub key: [u8; 16],
    /// Whose call: another household that copies a name gets no answers of it.
    pub caller: PrincipalId,
    /// How.
    pub how: HelpHow,
}

/// A phone number that an office gives out.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Phone {
    /// Whose it is: 值班室.
    pub label: String,
    /// The number as it is dialled.
    pub number: String,
}

/// What a letter says, before it is sealed to a device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LetterBody {
    /// 1: who looks after this household, and by when it says every day that all is well. The latest counts.
    Care {
        /// Minute of the day in the community's time; none = it does not.
        minute: Option<u16>,
        /// Households that are asked to look.
        helpers: Vec<PrincipalId>,
    },
    /// 2: all is well.
    Fine,
    /// 3: what is said with a call.
    Words {
        /// The call.
        key: [u8; 16],
        /// The words.
        text: Private<String>,
    },
}

impl LetterBody {
    /// The bytes to seal.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let of = |kind: u64, first: Option<Value>, second: Option<Value>| {
            Value::map(vec![(0, Some(Value::Uint(kind))), (1, first), (2, second)])
        };
        match self {
            Self::Care { minute, helpers } => {
                let minute = minute.map(|m| Value::Uint(u64::from(m)));
                let helpers = helpers.iter().map(|id| Value::bytes(&id.0)).collect();
                of(1, minute, Some(Value::Array(helpers)))
            }
            Self::Fine => of(2, None, None),
            Self::Words { key, text } => {
                of(3, Some(Value::bytes(key)), Some(Value::text(text.reveal())))
            }
        }
        .encode()
    }

    /// Reads [`Self::encode`]; `None` for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(cbor::decode(bytes, 4).ok()?).ok()?;
        let body = match fields.uint(0).ok()? {
            1 => {
                let minute = fields.opt_uint(1).ok()?;
                if minute.is_some_and(|m| m >= DAY_MINUTES) {
                    return None;
                }
                let list = fields.list(2).ok()?;
                if list.len() > CARE_HELPERS {
                    return None;
                }
                let id = |value: Value| value.into_array(2).ok().map(PrincipalId);
                Self::Care {
                    minute: minute.and_then(|m| u16::try_from(m).ok()),
                    helpers: list.into_iter().map(id).collect::<Option<_>>()?,
                }
            }
            2 => Self::Fine,
            3 => {
                let key = fields.array(1).ok()?;
                let text = opt_text(&mut fields, 2, HELP_WORDS_CHARS, true).ok()??;
                let text = Private::new(text);
                Self::Words { key, text }
            }
            _ => return None,
        };
        fields.finish().ok()?;
        Some(body)
    }
}

pub(super) fn write_call(call: &HelpCall) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(32))),
        (1, Some(Value::bytes(&call.key))),
        (2, call.practice.then_some(Value::Bool(true))),
        (3, call.words.as_ref().map(|w| Value::text(w.reveal()))),
    ])
}

pub(super) fn read_call(fields: &mut Fields) -> Result<HelpCall, ShapeError> {
    Ok(HelpCall {
        key: fields.array(1)?,
        practice: said_true(fields, 2)?,
        words: opt_text(fields, 3, HELP_WORDS_CHARS, true)?.map(Private::new),
    })
}

pub(super) fn write_ack(ack: HelpAck) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(34))),
        (1, Some(Value::bytes(&ack.key))),
        (2, Some(Value::bytes(&ack.caller.0))),
        (3, Some(Value::Uint(ack.how.number()))),
    ])
}

pub(super) fn read_ack(fields: &mut Fields) -> Result<HelpAck, ShapeError> {
    let number = fields.uint(3)?;
    let how = HelpHow::ALL.into_iter().find(|how| how.number() == number);
    Ok(HelpAck {
        key: fields.array(1)?,
        caller: PrincipalId(fields.array(2)?),
        how: how.ok_or_else(|| ShapeError::new(3, "is not a way to receive"))?,
    })
}

pub(super) fn write_letters(letters: &[Vec<u8>]) -> Value {
    let list = letters.iter().map(|bytes| Value::bytes(bytes)).collect();
    Value::map(vec![
        (0, Some(Value::Uint(35))),
        (1, Some(Value::Array(list))),
    ])
}

pub(super) fn read_letters(fields: &mut Fields) -> Result<Vec<Vec<u8>>, ShapeError> {
    let list = fields.list(1)?;
    if list.is_empty() || list.len() > LETTERS_MAX {
        return Err(ShapeError::new(1, "is empty or too long"));
    }
    list.into_iter()
        .map(|value| {
            let bytes = value.into_bytes(1)?;
            if LETTER_BYTES.contains(&bytes.len()) {
                Ok(bytes)
            } else {
                Err(ShapeError::new(1, "holds a letter too short or too long"))
            }
        })
        .collect()
}

pub(super) fn write_phones(list: &[Phone]) -> Value {
    let item =
        |phone: &Phone| Value::Array(vec![Value::text(&phone.label), Value::text(&phone.number)]);
    Value::map(vec![
        (0, Some(Value::Uint(36))),
        (1, Some(Value::Array(list.iter().map(item).collect()))),
    ])
}

/// An empty list takes back what was given out.
pub(super) fn read_phones(fields: &mut Fields) -> Result<Vec<Phone>, ShapeError> {
    let list = fields.list(1)?;
    if list.len() > PHONES_MAX {
        return Err(ShapeError::new(1, "is too long"));
    }
    let item = |value: Value| {
        let pair: Result<[Value; 2], _> = value.into_list(1)?.try_into();
        let [label, number] = pair.map_err(|_| ShapeError::new(1, "a pair is expected"))?;
        let (label, number) = (label.into_text(1)?, number.into_text(1)?);
        sound(&label, 1, PHONE_LABEL_CHARS, false)?;
        sound(&number, 1, PHONE_CHARS, false)?;
        let dialled = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '*' | '#');
        if !number.chars().all(dialled) || !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(ShapeError::new(1, "holds what is no phone number"));
        }
        Ok(Phone { label, number })
    };
    list.into_iter().map(item).collect()
}
