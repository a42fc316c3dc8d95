//! The payload of a `receipt` statement: which notices a device has received, shown, confirmed.
//!
//! A statement is a last word that replaces the one before it, so this is cumulative: it says again what it said
//! before, as far as it fits, the newest first to stay. The office [merges](Receipt::merge) what it hears, so
//! what a device had to drop is not forgotten where it was heard.
//!
//! A building steward stands in a household and writes no lane of the office: whom they told at the door goes the
//! same way, in version 2.

use super::codec::check_line;
use crate::schema::UNIT_CHARS;
use linli_base::RecordId;
use linli_base::cbor::{self, CborError, Fields, ShapeError, Value};
use linli_base::limits::STATEMENT_MAX;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Largest payload before it is sealed to its office: a statement without the 64 bytes of a sealed letter.
pub const RECEIPT_MAX: usize = STATEMENT_MAX - 64;
/// Version of the layout; a receipt that tells of nobody's door is written in the first.
const VERSION: u64 = 1;
/// Version of the layout with units told in person.
const VERSION_TOLD: u64 = 2;
/// The smallest item: array 1, unit 2, moment 1.
const ITEM_MIN: usize = 4;

/// How far a notice has got with a device; each is a bit of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Reach(u8);

/// What a device says it has received.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// Each notice, with how far it has got and when (Unix milliseconds) that last grew.
    pub notices: BTreeMap<RecordId, (Reach, u64)>,
    /// Units that its steward told of a notice at the door, and when (Unix milliseconds).
    pub told: BTreeMap<RecordId, BTreeMap<String, u64>>,
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

    /// Notes that a unit was told at its door; the first time counts. Answers whether that is news.
    pub fn tell(&mut self, notice: RecordId, unit: &str, now_ms: u64) -> bool {
        let units = self.told.entry(notice).or_default();
        let news = !units.contains_key(unit);
        units.entry(unit.to_owned()).or_insert(now_ms);
        news
    }

    /// Takes in what another statement says; in any order and any number of times the result is the same.
    pub fn merge(&mut self, other: &Self) {
        for (notice, (reach, at)) in &other.notices {
            let held = self.notices.entry(*notice).or_default();
            *held = (held.0.with(*reach), held.1.max(*at));
        }
        for (notice, units) in &other.told {
            for (unit, at) in units {
                let held = self.told.entry(*notice).or_default();
                let first = held.entry(unit.clone()).or_insert(*at);
                *first = (*first).min(*at);
            }
        }
    }

    /// The payload: at most [`RECEIPT_MAX`] bytes, without the oldest items if there are more than fit.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut newest = self.newest();
        newest.truncate(RECEIPT_MAX / ITEM_MIN);
        loop {
            let bytes = write(&newest);
            if bytes.len() <= RECEIPT_MAX {
                return bytes;
            }
            newest.pop();
        }
    }

    /// What there is to say, the newest first.
    fn newest(&self) -> Vec<Item<'_>> {
        let marks = self.notices.iter();
        let mut newest: Vec<Item<'_>> = marks.map(|(n, (r, at))| (*at, *n, Of::Mark(*r))).collect();
        for (notice, units) in &self.told {
            let told = units.iter().map(|(u, at)| (*at, *notice, Of::Unit(u)));
            newest.extend(told);
        }
        newest.sort_by_key(|(at, notice, of)| (std::cmp::Reverse(*at), *notice, *of));
        newest
    }

    /// Whether it says all that `other` says.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let marks = |(n, (r, _)): (&RecordId, &(Reach, u64))| {
            self.notices.get(n).is_some_and(|(mine, _)| mine.has(*r))
        };
        let told = |(n, units): (&RecordId, &BTreeMap<String, u64>)| {
            let mine = self.told.get(n);
            units
                .keys()
                .all(|u| mine.is_some_and(|m| m.contains_key(u)))
        };
        other.notices.iter().all(marks) && other.told.iter().all(told)
    }

    /// The notices it is about.
    #[must_use]
    pub fn about(&self) -> BTreeSet<RecordId> {
        self.notices
            .keys()
            .chain(self.told.keys())
            .copied()
            .collect()
    }

    /// Forgets what it says about a notice.
    pub fn forget(&mut self, notice: &RecordId) {
        self.notices.remove(notice);
        self.told.remove(notice);
    }

    /// Keeps those units that `keep` takes.
    pub fn keep_units(&mut self, keep: impl Fn(&str) -> bool) {
        for told in self.told.values_mut() {
            told.retain(|unit, _| keep(unit));
        }
        self.told.retain(|_, units| !units.is_empty());
    }

    /// Keeps at most so many units of each notice.
    pub fn bound(&mut self, units: usize) {
        for told in self.told.values_mut() {
            while told.len() > units {
                told.pop_last();
            }
        }
    }

    /// Keeps at most so many notices, those whose mark grew last.
    pub fn keep_newest(&mut self, notices: usize) {
        let mut moments: Vec<(u64, RecordId)> = self
            .notices
            .iter()
            .map(|(notice, (_, at))| (*at, *notice))
            .collect();
        moments.sort_unstable();
        let too_many = moments.len().saturating_sub(notices);
        for (_, notice) in &moments[..too_many] {
            self.notices.remove(notice);
        }
    }

    /// Leaves out what `other` says as well.
    pub fn leave_out(&mut self, other: &Self) {
        self.notices
            .retain(|n, (r, _)| !other.notices.get(n).is_some_and(|(o, _)| o.has(*r)));
        for (notice, units) in &mut self.told {
            if let Some(said) = other.told.get(notice) {
                units.retain(|u, _| !said.contains_key(u));
            }
        }
        self.told.retain(|_, units| !units.is_empty());
    }

    /// All of it, in the same layout and without the limit: for keeping.
    #[must_use]
    pub fn encode_whole(&self) -> Vec<u8> {
        write(&self.newest())
    }

    /// Reads [`Self::encode`].
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > RECEIPT_MAX {
            return Err(ReceiptError::TooLong(bytes.len()));
        }
        Self::decode_whole(bytes)
    }

    /// Reads [`Self::encode_whole`].
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn decode_whole(bytes: &[u8]) -> Result<Self, ReceiptError> {
        let mut fields = Fields::of(cbor::decode(bytes, 4)?)?;
        let version = fields.uint(0)?;
        let mut receipt = Self::default();
        for pair in map(&mut fields, 1)? {
            let (notice, mark) = read_item(pair)?;
            receipt.notices.insert(notice, mark);
        }
        match version {
            VERSION => {}
            VERSION_TOLD => {
                for pair in map(&mut fields, 2)? {
                    let (notice, units) = read_told(pair)?;
                    receipt.told.insert(notice, units);
                }
                if receipt.told.is_empty() {
                    return Err(ShapeError::new(2, "is empty").into());
                }
            }
            _ => return Err(ShapeError::new(0, "is not version 1 or 2").into()),
        }
        fields.finish()?;
        Ok(receipt)
    }
}

/// One thing to say, and when it became news.
type Item<'a> = (u64, RecordId, Of<'a>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of<'a> {
    Mark(Reach),
    Unit(&'a str),
}

fn map(fields: &mut Fields, key: i64) -> Result<Vec<(Value, Value)>, ShapeError> {
    match fields.need(key)? {
        Value::Map(pairs) => Ok(pairs),
        _ => Err(ShapeError::new(key, "a map is expected")),
    }
}

fn write(items: &[Item<'_>]) -> Vec<u8> {
    let (mut marks, mut told) = (Vec::new(), BTreeMap::<RecordId, BTreeMap<&str, u64>>::new());
    for (at, notice, of) in items {
        match of {
            Of::Mark(reach) => {
                let state = vec![Value::Uint(u64::from(reach.0)), Value::Uint(*at)];
                marks.push((Value::bytes(&notice.0), Value::Array(state)));
            }
            Of::Unit(unit) => {
                told.entry(*notice).or_default().insert(unit, *at);
            }
        }
    }
    let units = |(notice, units): (RecordId, BTreeMap<&str, u64>)| {
        let unit = |(unit, at)| Value::Array(vec![Value::text(unit), Value::Uint(at)]);
        let list = units.into_iter().map(unit).collect();
        (Value::bytes(&notice.0), Value::Array(list))
    };
    let version = if told.is_empty() {
        VERSION
    } else {
        VERSION_TOLD
    };
    let told = (!told.is_empty()).then(|| Value::Map(told.into_iter().map(units).collect()));
    Value::map(vec![
        (0, Some(Value::Uint(version))),
        (1, Some(Value::Map(marks))),
        (2, told),
    ])
    .encode()
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

/// Units of one notice, ascending, each once.
fn read_told(
    (key, value): (Value, Value),
) -> Result<(RecordId, BTreeMap<String, u64>), ShapeError> {
    let wrong = || ShapeError::new(2, "is not a list of units and moments in order");
    let mut units = BTreeMap::new();
    for item in value.into_list(2)? {
        let [unit, at]: [Value; 2] = item.into_list(2)?.try_into().map_err(|_| wrong())?;
        let unit = unit.into_text(2)?;
        check_line(&unit, 2, UNIT_CHARS)?;
        if units
            .last_key_value()
            .is_some_and(|(last, _)| *last >= unit)
        {
            return Err(wrong());
        }
        units.insert(unit, at.as_uint(2)?);
    }
    if units.is_empty() {
        return Err(wrong());
    }
    Ok((RecordId(key.into_array(2)?), units))
}
