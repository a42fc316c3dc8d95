//! A table for people who open it in a spreadsheet: CSV (RFC 4180) and XLSX, both so that no cell runs as a formula.
//!
//! What stands in a cell was typed by somebody at a gate or in a household. A spreadsheet that takes `=HYPERLINK(..)`
//! or `+cmd|..` for a formula would run it on the auditor's computer. In CSV such a text stands behind an apostrophe;
//! in XLSX every text is a text, and one that looks like a formula is marked as quoted, so that editing the cell does
//! not turn it into one.

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use thiserror::Error;

/// Rows of one sheet below its heading: Excel's limit less the heading.
pub const SHEET_ROWS: usize = 1_048_575;
/// Longest text of a cell that Excel opens, in UTF-16 units.
const CELL_UNITS: usize = 32_767;
/// What a spreadsheet begins a formula with; the wide ones are what a Chinese keyboard types.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// One cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever is in it.
    Text(String),
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Bool(bool),
}

/// Why a table could not be written.
#[derive(Debug, Error)]
pub enum TableError {
    /// The XLSX writer refused.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// More columns than a row may have, or a heading the writer refuses.
    #[error("a table has at most 16,384 columns")]
    Columns,
}

/// Whether a spreadsheet would take a text for a formula.
#[must_use]
pub fn looks_like_a_formula(text: &str) -> bool {
    // Excel skips what is blank in front.
    text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA)
}

/// CSV with a byte order mark, which Excel needs to see Chinese, and CRLF.
#[must_use]
pub fn csv(headings: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    line(headings.iter().map(|text| quoted(text)).collect());
    for row in rows {
        line(row.iter().map(csv_cell).collect());
    }
    out
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Bool(yes) => yes.to_string(),
        Cell::Text(text) if looks_like_a_formula(text) => quoted(&format!("'{text}")),
        Cell::Text(text) => quoted(text),
    }
}

/// In quotation marks where it must be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// An XLSX workbook; more rows than a sheet holds go on in the next.
///
/// # Errors
/// [`TableError`].
pub fn xlsx(name: &str, headings: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, TableError> {
    xlsx_in_sheets_of(SHEET_ROWS, name, headings, rows)
}

fn xlsx_in_sheets_of(
    most: usize,
    name: &str,
    headings: &[&str],
    rows: &[Vec<Cell>],
) -> Result<Vec<u8>, TableError> {
    let mut book = Workbook::new();
    let (bold, quote) = (
        Format::new().set_bold(),
        Format::new().set_quote_prefix().set_num_format("@"),
    );
    let mut sheets: Vec<&[Vec<Cell>]> = rows.chunks(most.max(1)).collect();
    if sheets.is_empty() {
        sheets.push(&[]);
    }
    for (n, rows) in sheets.into_iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(match n {
            0 => name.to_owned(),
            n => format!("{name} {}", n + 1),
        })?;
        for (column, text) in headings.iter().enumerate() {
            let column = u16::try_from(column).map_err(|_| TableError::Columns)?;
            sheet.write_string_with_format(0, column, *text, &bold)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (row, cells) in (1u32..).zip(rows) {
            for (column, cell) in cells.iter().enumerate() {
                let column = u16::try_from(column).map_err(|_| TableError::Columns)?;
                write(sheet, (row, column), cell, &quote)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    quote: &Format,
) -> Result<(), TableError> {
    match cell {
        Cell::Empty => {}
        // Excel keeps 15 digits; a number that has more is a text.
        Cell::Number(number) if *number < 1_000_000_000_000_000 => {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Number(number) => {
            sheet.write_string(row, column, number.to_string())?;
        }
        Cell::Bool(yes) => {
            sheet.write_boolean(row, column, *yes)?;
        }
        Cell::Text(text) => {
            let text = cut(text);
            if looks_like_a_formula(text) {
                sheet.write_string_with_format(row, column, text, quote)?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(())
}

/// As much of a text as a cell holds.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let over = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL_UNITS
    });
    over.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Read;

    const HOSTILE: [&str; 9] = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "  =HYPERLINK(\"http://x\")",
        "＝1+1",
        "＠x",
    ];

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn a_csv_is_read_back_cell_by_cell_and_runs_no_formula() {
        let rows: Vec<Vec<Cell>> = HOSTILE
            .iter()
            .map(|t| vec![text(t), Cell::Number(7)])
            .collect();
        let written = csv(&["label", "n"], &rows);
        let bytes = written.strip_prefix('\u{feff}').unwrap().as_bytes();
        let mut reader = ::csv::Reader::from_reader(bytes);
        let read: Vec<String> = reader.records().map(|r| r.unwrap()[0].to_owned()).collect();
        for (cell, said) in read.iter().zip(HOSTILE) {
            assert_eq!(cell, &format!("'{said}"));
        }
        assert_eq!(read.len(), HOSTILE.len());
        let plain = [vec![text("说\"好\",就好"), Cell::Bool(false), Cell::Empty]];
        let plain = csv(&["a", "b", "c"], &plain);
        assert!(
            plain.ends_with("\"说\"\"好\"\",就好\",false,\r\n"),
            "{plain}"
        );
    }

    #[test]
    fn a_workbook_holds_every_text_as_text_and_not_one_formula() {
        let mut rows: Vec<Vec<Cell>> = HOSTILE.iter().map(|t| vec![text(t)]).collect();
        rows.push(vec![Cell::Number(1_796_004_000_000)]);
        rows.push(vec![Cell::Number(u64::MAX)]);
        rows.push(vec![Cell::Bool(true)]);
        let bytes = xlsx("门岗", &["label"], &rows).unwrap();
        let mut book: Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        let sheet = book.worksheet_range("门岗").unwrap();
        let cells: Vec<Data> = sheet.rows().map(|row| row[0].clone()).collect();
        assert_eq!(cells[0], Data::String("label".into()));
        for (cell, said) in cells[1..].iter().zip(HOSTILE) {
            assert_eq!(cell, &Data::String(said.to_owned()));
        }
        assert_eq!(cells[10], Data::Float(1_796_004_000_000.0));
        assert_eq!(cells[11], Data::String(u64::MAX.to_string()));
        assert_eq!(cells[12], Data::Bool(true));
        assert!(book.worksheet_formula("门岗").unwrap().is_empty());
        // Editing the cell keeps it a text: the style says so.
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut styles = String::new();
        let mut file = zip.by_name("xl/styles.xml").unwrap();
        file.read_to_string(&mut styles).unwrap();
        assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
    }

    #[test]
    fn what_does_not_fit_one_sheet_or_cell_goes_on_or_is_cut() {
        let rows: Vec<Vec<Cell>> = (0..5).map(|n| vec![Cell::Number(n)]).collect();
        let bytes = xlsx_in_sheets_of(2, "log", &["n"], &rows).unwrap();
        let book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["log", "log 2", "log 3"]);
        assert!(xlsx("log", &["n"], &[vec![text(&"🚗".repeat(20_000))]]).is_ok());
        assert_eq!(cut(&"🚗".repeat(20_000)).chars().count(), 16_383);
        assert!(xlsx("log", &["n"], &[]).is_ok());
    }
}
