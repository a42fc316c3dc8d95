//! Writing the first change of a record without Automerge.
//!
//! An import makes tens of thousands of records of one change each, and Automerge's transaction costs more
//! than signing. A first change of plain fields and lists has nothing to merge with, so its operations
//! follow from the fields alone. The bytes are those Automerge writes for the same edits in the same order
//! (`tests/honest.rs`), and they pass the same judge as everybody's.

use super::author::{AuthorError, check_length};
use super::{Actor, Limits, Scalar, change, rows};
use std::collections::BTreeMap;

/// What a field of a new record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A plain value.
    Scalar(Scalar),
    /// A list of plain values.
    List(Vec<Scalar>),
}

impl<T: Into<Scalar>> From<T> for New {
    fn from(scalar: T) -> Self {
        Self::Scalar(scalar.into())
    }
}

/// Writes the first change of a record: its fields in the order of their keys.
///
/// Several times as fast as [`super::Doc::author`] on an empty document, and equal to it byte for byte.
///
/// # Errors
/// [`AuthorError::NothingToSay`] without fields, [`AuthorError::TooLong`] beyond one entry,
/// [`AuthorError::Refused`] for an empty key or more operations than a change may have.
pub fn first_change(actor: Actor, fields: &BTreeMap<&str, New>) -> Result<Vec<u8>, AuthorError> {
    if fields.is_empty() {
        return Err(AuthorError::NothingToSay);
    }
    let mut table = Table::default();
    for (key, new) in fields {
        match new {
            New::Scalar(scalar) => table.field(key, SET, Some(scalar)),
            New::List(items) => {
                table.field(key, MAKE_LIST, None);
                let list = table.action.len() as u64;
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, item)| table.item(list, at, item));
            }
        }
    }
    let bytes = seal(&content(actor, &table.columns()));
    check_length(&bytes)?;
    change::preparse(&bytes, &Limits::STANDARD)?;
    Ok(bytes)
}

const SET: u64 = 1;
const MAKE_LIST: u64 = 2;

/// The operations as columns. Operation n has counter n + 1, and every reference is to the author's own.
#[derive(Default)]
struct Table<'a> {
    object: Vec<Option<u64>>,
    element: Vec<Option<u64>>,
    name: Vec<Option<&'a str>>,
    insert: Vec<bool>,
    action: Vec<Option<u64>>,
    meta: Vec<Option<u64>>,
    value: Vec<u8>,
}

impl<'a> Table<'a> {
    fn field(&mut self, key: &'a str, action: u64, value: Option<&Scalar>) {
        self.name.push(Some(key));
        self.object.push(None);
        self.element.push(None);
        self.insert.push(false);
        self.write(action, value);
    }

    /// An item behind the one before it; the first stands at the front.
    fn item(&mut self, list: u64, at: usize, value: &Scalar) {
        let before = if at == 0 { 0 } else { self.action.len() as u64 };
        self.name.push(None);
        self.object.push(Some(list));
        self.element.push(Some(before));
        self.insert.push(true);
        self.write(SET, Some(value));
    }

    fn write(&mut self, action: u64, value: Option<&Scalar>) {
        self.action.push(Some(action));
        let from = self.value.len();
        let code = value.map_or(0, |scalar| put_scalar(scalar, &mut self.value));
        self.meta
            .push(Some(((self.value.len() - from) as u64) << 4 | code));
    }

    fn columns(&self) -> Vec<(u32, Vec<u8>)> {
        let numbers = |items: &[Option<u64>]| runs(items, |number, out| put_unsigned(*number, out));
        let author = |items: &[Option<u64>]| -> Vec<Option<u64>> {
            items
                .iter()
                .map(|item| item.filter(|counter| *counter > 0).map(|_| 0))
                .collect()
        };
        let none = vec![Some(0); self.action.len()];
        let columns = [
            numbers(&author(&self.object)),
            numbers(&self.object),
            numbers(&author(&self.element)),
            runs(&differences(&self.element), |step, out| {
                put_signed(*step, out)
            }),
            runs(&self.name, |name, out| {
                put_unsigned(name.len() as u64, out);
                out.extend_from_slice(name.as_bytes());
            }),
            flags(&self.insert),
            numbers(&self.action),
            numbers(&self.meta),
            self.value.clone(),
            numbers(&none),
        ];
        let named = rows::SPECS.into_iter().zip(columns);
        named.filter(|(_, column)| !column.is_empty()).collect()
    }
}

fn content(actor: Actor, columns: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0, 16];
    out.extend_from_slice(&actor);
    // Number 1, counter 1, no time, no message, no other actors.
    out.extend_from_slice(&[1, 1, 0, 0, 0]);
    put_unsigned(columns.len() as u64, &mut out);
    for (spec, column) in columns {
        put_unsigned(u64::from(*spec), &mut out);
        put_unsigned(column.len() as u64, &mut out);
    }
    columns
        .iter()
        .for_each(|(_, column)| out.extend_from_slice(column));
    out
}

fn seal(content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![change::PLAIN_CHANGE];
    put_unsigned(content.len() as u64, &mut hashed);
    hashed.extend_from_slice(content);
    let mut out = change::MAGIC.to_vec();
    out.extend_from_slice(&linli_base::hash::sha256(&hashed)[..4]);
    out.extend_from_slice(&hashed);
    out
}

/// Appends a value and returns its type code.
fn put_scalar(scalar: &Scalar, out: &mut Vec<u8>) -> u64 {
    match scalar {
        Scalar::Null => 0,
        Scalar::Bool(flag) => 1 + u64::from(*flag),
        Scalar::Uint(number) => {
            put_unsigned(*number, out);
            3
        }
        Scalar::Int(number) => {
            put_signed(*number, out);
            4
        }
        Scalar::Str(text) => {
            out.extend_from_slice(text.as_bytes());
            6
        }
        Scalar::Bytes(bytes) => {
            out.extend_from_slice(bytes);
            7
        }
        Scalar::Timestamp(ms) => {
            put_signed(*ms, out);
            9
        }
    }
}

fn put_unsigned(mut number: u64, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_signed(mut number: i64, out: &mut Vec<u8>) {
    // The last byte must show the sign in its bit 6.
    while !(-64..64).contains(&number) {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Runs as long as possible, literals between them; nothing at all for a column of nulls.
fn runs<T: PartialEq>(items: &[Option<T>], put: impl Fn(&T, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    if items.iter().all(Option::is_none) {
        return out;
    }
    let stretches: Vec<&[Option<T>]> = items.chunk_by(|one, next| one == next).collect();
    let mut rest = stretches.as_slice();
    while let Some(first) = rest.first() {
        let alone = |stretch: &&&[Option<T>]| stretch.len() == 1 && stretch[0].is_some();
        let literals = rest.iter().take_while(alone).count();
        if literals > 0 {
            put_signed(-(literals as i64), &mut out);
        } else if first[0].is_some() {
            put_signed(first.len() as i64, &mut out);
        } else {
            put_signed(0, &mut out);
            put_unsigned(first.len() as u64, &mut out);
        }
        let (taken, later) = rest.split_at(literals.max(1));
        taken
            .iter()
            .filter_map(|stretch| stretch[0].as_ref())
            .for_each(|value| put(value, &mut out));
        rest = later;
    }
    out
}

fn differences(items: &[Option<u64>]) -> Vec<Option<i64>> {
    let mut last = 0_i64;
    let step = |item: &Option<u64>| {
        item.map(|number| {
            let step = number as i64 - last;
            last = number as i64;
            step
        })
    };
    items.iter().map(step).collect()
}

fn flags(items: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    if items.first() == Some(&true) {
        out.push(0);
    }
    items
        .chunk_by(|one, next| one == next)
        .for_each(|run| put_unsigned(run.len() as u64, &mut out));
    out
}
