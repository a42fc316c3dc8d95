//! The cells of one worksheet, row by row, from its XML stream.
//!
//! We read the stream ourselves, and not through a spreadsheet crate, because this file comes from anybody:
//! the usual crate panics on a row number of eleven digits and on a reversed dimension, and reserves as much
//! memory as an attribute of the table of texts asks for.

use std::io::BufRead;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use quick_xml::events::{BytesStart, Event};

use super::table::GridRow;
use super::xml::{BadXml, Xml, append_text, attribute};
use super::{MAX_TEXT_BYTES, ReadError};
use crate::Private;
use crate::register::{Cell, CellKind, DamagedPart, Limit};

/// The last row and column of any spreadsheet.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: usize = 16_384;

/// From here on a number has more digits than a cell keeps.
const EXACT_TO: f64 = 1e15;

/// What cells refer to.
pub(super) struct Context {
    /// The table of texts.
    pub(super) texts: Vec<Box<str>>,
    /// Which styles are dates.
    pub(super) date_styles: Vec<bool>,
    /// Day 0 of the workbook.
    pub(super) epoch: Date,
}

/// Day 0 of workbooks: 1899-12-30, so that the days after February 1900, which Excel believes to have had 29,
/// come out right; old Macs counted from 1904.
pub(super) fn epoch(of_1904: bool) -> Date {
    if of_1904 {
        date(1904, 1, 1)
    } else {
        date(1899, 12, 30)
    }
}

/// Whether to go on after a row.
pub(super) enum Flow {
    On,
    Stop,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

/// Gives each row that has cells, with the bytes read so far.
pub(super) fn rows(
    part: impl BufRead,
    context: &Context,
    each: &mut dyn FnMut(GridRow, u64) -> Result<Flow, ReadError>,
) -> Result<(), ReadError> {
    let mut xml = Xml::new(part);
    let (mut line, mut column) = (0_u32, 0_usize);
    let mut row = GridRow::default();
    let mut open: Option<Open> = None;
    // Depth inside <v> or <t>, and inside <rPh>, which holds how a text is pronounced.
    let (mut in_text, mut in_phonetic, mut in_data) = (false, false, false);
    loop {
        let damaged = ReadError::Damaged {
            part: DamagedPart::Sheet { row: line },
        };
        let event = xml.next().map_err(|_| damaged.clone())?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "sheetData" => in_data = true,
                "row" if in_data => {
                    line = row_number(element, line).map_err(|_| damaged)?;
                    row = GridRow {
                        line,
                        ..GridRow::default()
                    };
                    column = 0;
                }
                "c" if in_data => {
                    let cell = open_cell(element, column).map_err(|_| damaged)?;
                    column = cell.column + 1;
                    open = Some(cell);
                }
                "v" | "t" => in_text = true,
                "rPh" => in_phonetic = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "sheetData" => return xml.drain().map_err(|_| damaged),
                "c" => {
                    if let Some(cell) = open.take() {
                        let at = cell.column;
                        if let Some(cell) = close_cell(cell, context).map_err(|_| damaged)? {
                            row.cells.push((at, cell));
                        }
                    }
                }
                "row" if in_data => {
                    let done = std::mem::take(&mut row);
                    let position = xml.position();
                    if !done.cells.is_empty()
                        && let Flow::Stop = each(done, position)?
                    {
                        return Ok(());
                    }
                }
                "v" | "t" => in_text = false,
                "rPh" => in_phonetic = false,
                _ => {}
            },
            Event::Eof => return Err(damaged),
            event => {
                if let Some(cell) = open.as_mut().filter(|_| in_text && !in_phonetic) {
                    append_text(event, &mut cell.value);
                    if cell.value.len() > MAX_TEXT_BYTES {
                        return Err(ReadError::TooLarge { limit: Limit::Text });
                    }
                }
            }
        }
    }
}

/// The table of texts. A text may consist of runs in several fonts.
pub(super) fn texts(part: impl BufRead, most: usize) -> Result<Vec<Box<str>>, ReadError> {
    const DAMAGED: ReadError = ReadError::Damaged {
        part: DamagedPart::Texts,
    };
    let mut xml = Xml::new(part);
    let mut texts: Vec<Box<str>> = Vec::new();
    let mut text = String::new();
    let (mut in_text, mut in_phonetic) = (false, false);
    loop {
        let event = xml.next().map_err(|_| DAMAGED)?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = true,
                "rPh" => in_phonetic = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "si" => {
                    if texts.len() >= most {
                        return Err(ReadError::TooLarge { limit: Limit::Text });
                    }
                    texts.push(unescape(&text).into());
                }
                "t" => in_text = false,
                "rPh" => in_phonetic = false,
                _ => {}
            },
            Event::Eof => return Ok(texts),
            event => {
                if in_text && !in_phonetic {
                    append_text(event, &mut text);
                }
            }
        }
    }
}

fn row_number(element: &BytesStart<'_>, last: u32) -> Result<u32, BadXml> {
    let line = match attribute(element, "r")? {
        Some(number) => number.trim().parse().map_err(|_| BadXml)?,
        None => last.saturating_add(1),
    };
    if (1..=LAST_ROW).contains(&line) {
        Ok(line)
    } else {
        Err(BadXml)
    }
}

fn open_cell(element: &BytesStart<'_>, next: usize) -> Result<Open, BadXml> {
    let column = match attribute(element, "r")? {
        Some(place) => column_of(&place).ok_or(BadXml)?,
        None => next,
    };
    if column >= LAST_COLUMN {
        return Err(BadXml);
    }
    let kind = attribute(element, "t")?.map_or_else(String::new, |t| t.into_owned());
    let style = attribute(element, "s")?
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    Ok(Open {
        column,
        kind,
        style,
        value: String::new(),
    })
}

/// The column of a place like `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.trim_start_matches('$');
    let letters = letters
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let number = letters.bytes().try_fold(0_usize, |n, letter| {
        n.checked_mul(26)?
            .checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    number.checked_sub(1)
}

fn close_cell(cell: Open, context: &Context) -> Result<Option<Cell>, BadXml> {
    let Open {
        kind, style, value, ..
    } = cell;
    if value.is_empty() {
        return Ok(None);
    }
    let text = |text: String| {
        Ok(Some(Cell {
            text: Private::new(text),
            kind: CellKind::Text,
        }))
    };
    match kind.as_str() {
        "s" => {
            let index: usize = value.trim().parse().map_err(|_| BadXml)?;
            let shared = context.texts.get(index).ok_or(BadXml)?;
            if shared.is_empty() {
                Ok(None)
            } else {
                text(shared.to_string())
            }
        }
        "inlineStr" | "str" => text(unescape(&value)),
        // A truth value, an error such as #REF!, a date in ISO 8601: as text, which the column's reader judges.
        "b" | "e" | "d" => text(value),
        _ => {
            let dated = context.date_styles.get(style).copied().unwrap_or(false);
            match day(&value, context.epoch).filter(|_| dated) {
                Some(day) => text(day.to_string()),
                None => Ok(Some(Cell {
                    text: number_text(value).into(),
                    kind: CellKind::Number,
                })),
            }
        }
    }
}

/// A serial number as a day.
fn day(value: &str, epoch: Date) -> Option<Date> {
    let serial: f64 = value.trim().parse().ok()?;
    if !(1.0..=2_958_465.0).contains(&serial) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "between 1 and the year 9999"
    )]
    let days = serial as i64;
    epoch.checked_add(days.days()).ok()
}

/// 3.0 and 1.39E10 as people write them; what a cell cannot hold exactly stays as the file has it.
fn number_text(raw: String) -> String {
    let trimmed = raw.trim();
    if trimmed.bytes().all(|b| b.is_ascii_digit()) {
        return trimmed.to_owned();
    }
    match trimmed.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < EXACT_TO => format!("{number:.0}"),
        _ => trimmed.to_owned(),
    }
}

/// Undoes `_x000D_`, which stands for a character that XML cannot hold.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after
            .get(..4)
            .filter(|_| after.as_bytes().get(4) == Some(&b'_'));
        let code = code.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match code
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32)
        {
            Some(c) => {
                out.push(c);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
