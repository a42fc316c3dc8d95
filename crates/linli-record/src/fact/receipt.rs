//! The payload of a `receipt` statement: which notices a device has received, shown, confirmed.
//!
//! A statement is a last word that replaces the one before it, so this is cumulative: it says again what it said
//! before, as far as it fits, the newest first to stay. The office [merges](Receipt::merge) what it hears, so
//! what a device had to drop is not forgotten where it was heard.

use linli_base::RecordId;
use linli_base::cbor::{self, CborError, Fields, ShapeError, Value};
use linli_base::limits::STATEMENT_MAX;
use std::collections::BTreeMap;
use thiserror::Error;

/// Largest payload before it is sealed to its office: a statement without the 64 bytes of a sealed letter.
pub const RECEIPT_MAX: usize = STATEMENT_MAX - 64;
/// Version of the layout.
const VERSION: u64 = 1;
/// The smallest item: key 17, array 1, bits 1, moment 1.
const ITEM_MIN: usize = 20;

/// How far a notice has got with a device; each is a bit of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Reach(u8);

/// What a device says it has received.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// Each notice, with how far it has got and when (Unix milliseconds) that last grew.
    pub notices: BTreeMap<RecordId, (Reach, u64)>,
}

/// Why bytes are no receipt.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ReceiptError {
    /// Longer than a receipt may be.
    #[error("the receipt is {0} bytes long")]
    TooLong(usize),
    /// Not canonical CBOR.
    #[error("the receipt is not canonical CBOR: {0}")]
    Cbor(#[from] CborError),
    /// Not laid out as a receipt.
    #[error("the receipt is not sound: {0}")]
    Shape(#[from] ShapeError),
}

impl Reach {
    /// It arrived.
    pub const DELIVERED: Self = Self(1);
    /// It was opened.
    pub const READ: Self = Self(2);
    /// The household confirmed it.
    pub const CONFIRMED: Self = Self(4);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Receipt {
    /// Notes how far a notice has got; whatever it is, it was delivered. Answers whether that is news.
    pub fn mark(&mut self, notice: RecordId, reach: Reach, now_ms: u64) -> bool {
        let held = self.notices.entry(notice).or_default();
        let grown = held.0.with(reach).with(Reach::DELIVERED);
        let news = grown != held.0;
        if news {
            *held = (grown, now_ms);
        }
        news
    }

    /// Takes in what another statement says; in any order and any number of times the result is the same.
    pub fn merge(&mut self, other: &Self) {
        for (notice, (reach, at)) in &other.notices {
            let held = self.notices.entry(*notice).or_default();
            *held = (held.0.with(*reach), held.1.max(*at));
        }
    }

    /// The payload: at most [`RECEIPT_MAX`] bytes, without the oldest notices if there are more than fit.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut newest: Vec<_> = self.notices.iter().collect();
        newest.sort_by_key(|(notice, (_, at))| (std::cmp::Reverse(*at), **notice));
        newest.truncate(RECEIPT_MAX / ITEM_MIN);
        loop {
            let bytes = write(&newest);
            if bytes.len() <= RECEIPT_MAX {
                return bytes;
            }
            newest.pop();
        }
    }

    /// Reads [`Self::encode`].
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > RECEIPT_MAX {
            return Err(ReceiptError::TooLong(bytes.len()));
        }
        let mut fields = Fields::of(cbor::decode(bytes, 4)?)?;
        if fields.uint(0)? != VERSION {
            return Err(ShapeError::new(0, "is not version 1").into());
        }
        let Value::Map(pairs) = fields.need(1)? else {
            return Err(ShapeError::new(1, "a map is expected").into());
        };
        fields.finish()?;
        let notices = pairs
            .into_iter()
            .map(read_item)
            .collect::<Result<_, ShapeError>>()?;
        Ok(Self { notices })
    }
}

fn write(items: &[(&RecordId, &(Reach, u64))]) -> Vec<u8> {
    let item = |(notice, (reach, at)): &(&RecordId, &(Reach, u64))| {
        let state = vec![Value::Uint(u64::from(reach.0)), Value::Uint(*at)];
        (Value::bytes(&notice.0), Value::Array(state))
    };
    let map = Value::Map(items.iter().map(item).collect());
    Value::map(vec![(0, Some(Value::Uint(VERSION))), (1, Some(map))]).encode()
}

fn read_item((key, value): (Value, Value)) -> Result<(RecordId, (Reach, u64)), ShapeError> {
    let wrong = || ShapeError::new(1, "is not a state and a moment");
    let notice = RecordId(key.into_array(1)?);
    let [bits, at]: [Value; 2] = value.into_list(1)?.try_into().map_err(|_| wrong())?;
    let bits = u8::try_from(bits.as_uint(1)?).map_err(|_| wrong())?;
    if bits & !7 != 0 || bits & 1 == 0 {
        return Err(wrong());
    }
    Ok((notice, (Reach(bits), at.as_uint(1)?)))
}
