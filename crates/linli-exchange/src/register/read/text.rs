//! A register as text: finds its encoding and its delimiter.
//!
//! CSV from Chinese Excel is GB 18030 without any mark, our own is UTF-8 with one, and "Unicode text" is UTF-16
//! with tabs. Nearly every byte string is some text in GB 18030, so a UTF-8 file with one broken byte must not
//! fall through to it: it would arrive as gibberish.

use super::ReadError;
use super::records::{Record, Records};
use super::table::{GridRow, Table, columns_named};
use crate::register::{Cell, CellKind, Encoding, Sheet};

/// From the likeliest to the least likely.
const DELIMITERS: [char; 3] = [',', '\t', ';'];

/// Rows that the delimiter is judged by.
const JUDGED_ROWS: usize = 30;

/// How many rows pass between two reports of progress.
const REPORT_EVERY: usize = 512;

pub(super) fn read(
    bytes: &[u8],
    name_hint: &str,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Sheet, ReadError> {
    let (mut text, encoding) = decode(bytes)?;
    // Old Macs ended lines so.
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    let delimiter = delimiter(&text, name_hint);
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let mut table = Table::default();
    let mut records = Records::new(&text, delimiter);
    let mut since = 0;
    while let Some(record) = records.next() {
        table.push(grid_row(record))?;
        since += 1;
        if since >= REPORT_EVERY {
            since = 0;
            progress(u64::try_from(records.position()).unwrap_or(total), total);
        }
    }
    progress(total, total);
    table.finish(None, encoding, Vec::new())
}

fn grid_row(record: Record<'_>) -> GridRow {
    let cell = |text: std::borrow::Cow<'_, str>| Cell {
        text: text.into_owned().into(),
        kind: CellKind::Text,
    };
    GridRow {
        line: record.line,
        cells: record.fields.into_iter().map(cell).enumerate().collect(),
        broken_quotes: record.broken_quotes,
    }
}

/// The delimiter under which a row names the most columns.
fn delimiter(text: &str, name_hint: &str) -> char {
    let named = |delimiter: char| {
        let rows = Records::new(text, delimiter).take(JUDGED_ROWS);
        rows.map(|record| columns_named(record.fields.iter().map(AsRef::as_ref)))
            .max()
            .unwrap_or(0)
    };
    let hinted = if name_hint.to_ascii_lowercase().ends_with(".tsv") {
        '\t'
    } else {
        ','
    };
    let mut best = (hinted, named(hinted));
    for delimiter in DELIMITERS {
        let count = named(delimiter);
        if count > best.1 {
            best = (delimiter, count);
        }
    }
    best.0
}

fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, Encoding::Utf16Le, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, Encoding::Utf16Be, u16::from_be_bytes);
    }
    let (marked, rest) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    match std::str::from_utf8(rest) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(error) if marked || is_broken_utf8(rest) => {
            let row = row_after(rest.get(..error.valid_up_to()).unwrap_or_default());
            Err(ReadError::BrokenEncoding {
                row,
                encoding: Encoding::Utf8,
            })
        }
        Err(_) => gb18030(rest),
    }
}

/// Whether bytes that are no UTF-8 were meant to be: many characters of several bytes for each broken one. In
/// Chinese text of another encoding nearly every character is broken.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad.saturating_mul(4)
}

fn gb18030(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(0);
    let mut text = String::with_capacity(room);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok((text, Encoding::Gb18030)),
        _ => Err(ReadError::BrokenEncoding {
            row: row_after(text.as_bytes()),
            encoding: Encoding::Gb18030,
        }),
    }
}

fn utf16(
    bytes: &[u8],
    encoding: Encoding,
    unit: fn([u8; 2]) -> u16,
) -> Result<(String, Encoding), ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok(c) => text.push(c),
            Err(_) => {
                return Err(ReadError::BrokenEncoding {
                    row: row_after(text.as_bytes()),
                    encoding,
                });
            }
        }
    }
    if !rest.is_empty() {
        return Err(ReadError::BrokenEncoding {
            row: row_after(text.as_bytes()),
            encoding,
        });
    }
    Ok((text, encoding))
}

/// The row that follows so much text.
fn row_after(bytes: &[u8]) -> u32 {
    let count = |end: u8| bytes.iter().filter(|b| **b == end).count();
    let ends = match count(b'\n') {
        0 => count(b'\r'),
        ends => ends,
    };
    u32::try_from(ends).unwrap_or(u32::MAX).saturating_add(1)
}
