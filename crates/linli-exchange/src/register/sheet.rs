//! A sheet as it was read: cells by column, nothing interpreted yet.

use std::collections::{BTreeMap, BTreeSet};

use super::Column;
use crate::Private;

/// The register as it stands in the file.
///
/// Made by [`super::read`]. Rows without anything in a known column are left out; everything else is here,
/// word for word, under the row number that a person sees beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name in a workbook; `None` for a text file.
    pub name: Option<String>,
    /// Row of the headings, from 1.
    pub header_row: u32,
    /// How the bytes were written.
    pub encoding: Encoding,
    /// Columns found.
    pub columns: BTreeSet<Column>,
    /// Headings of columns that the import does not know or that repeat a known one: not imported.
    pub unread: Vec<String>,
    /// Other sheets of the workbook, which were not read.
    pub others: Vec<OtherSheet>,
    /// The rows below the headings.
    pub rows: Vec<RawRow>,
}

/// One row below the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Row number as a person counts, from 1. In a text file a line break inside quotes starts no new row.
    pub line: u32,
    /// What stood in the known columns; empty cells are absent.
    pub cells: BTreeMap<Column, Cell>,
    /// A quotation mark was opened and not closed in its row: the row was cut at its line end.
    pub broken_quotes: bool,
}

/// One cell as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text; a number as the file writes it.
    pub text: Private<String>,
    /// What the file says it is.
    pub kind: CellKind,
}

/// What a file says a cell is. A text file knows text alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A number: an ID number stored so has lost its last digits.
    Number,
}

/// A sheet of the workbook that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// Hidden by whoever made the file.
    pub hidden: bool,
    /// It has the headings of a register: the clerk is told.
    pub like_a_register: bool,
}

/// How the bytes were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// An Excel workbook.
    Workbook,
    /// UTF-8, with or without mark.
    Utf8,
    /// GB 18030 (also GBK and GB 2312, its subsets).
    Gb18030,
    /// UTF-16 with the mark of little-endian.
    Utf16Le,
    /// UTF-16 with the mark of big-endian.
    Utf16Be,
}
