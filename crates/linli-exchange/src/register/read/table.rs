//! Finds the row of headings among rows of cells, and keeps of the rows below it the columns we know.
//!
//! Registers begin with a title, a date, a note on how to fill them in; so the headings are looked for in the
//! first rows, and until they are decided those rows wait here.

use std::collections::{BTreeMap, BTreeSet};

use super::{MAX_ROWS, MAX_TEXT_BYTES};
use crate::register::{
    Cell, CellKind, Column, Encoding, Limit, OtherSheet, RawRow, ReadError, Sheet, fold,
};

/// Among how many rows with content the headings are looked for.
const HEAD_ROWS: usize = 30;

/// Headings we do not know, kept to be named: this many, this long at most.
const UNREAD_MAX: usize = 40;
const UNREAD_CHARS: usize = 30;

/// A row with its cells by column number, from 0.
#[derive(Debug, Default)]
pub(super) struct GridRow {
    pub(super) line: u32,
    pub(super) cells: Vec<(usize, Cell)>,
    pub(super) broken_quotes: bool,
}

/// Takes rows and gives a [`Sheet`].
#[derive(Debug, Default)]
pub(super) struct Table {
    waiting: Vec<GridRow>,
    headings: Option<Headings>,
    rows: Vec<RawRow>,
    text_bytes: usize,
    any: bool,
}

#[derive(Debug, Default)]
struct Headings {
    line: u32,
    by_number: BTreeMap<usize, Column>,
    unread: Vec<String>,
}

impl Headings {
    fn found(&self) -> BTreeSet<Column> {
        self.by_number.values().copied().collect()
    }

    fn complete(&self) -> bool {
        let found = self.found();
        Column::REQUIRED.iter().all(|column| found.contains(column))
    }
}

impl Table {
    /// Takes the next row.
    pub(super) fn push(&mut self, row: GridRow) -> Result<(), ReadError> {
        if row
            .cells
            .iter()
            .all(|(_, cell)| cell.text.reveal().trim().is_empty())
        {
            return Ok(());
        }
        self.any = true;
        if self.headings.is_some() {
            return self.keep(row);
        }
        self.waiting.push(row);
        if self.waiting.len() >= HEAD_ROWS {
            self.decide()?;
        }
        Ok(())
    }

    /// Whether the rows so far have all the headings that are needed; looks at those that wait.
    pub(super) fn is_register(&mut self) -> Result<bool, ReadError> {
        self.decide()?;
        Ok(self.headings.as_ref().is_some_and(Headings::complete))
    }

    /// Whether enough rows came to decide.
    pub(super) fn decided(&self) -> bool {
        self.headings.is_some()
    }

    /// Headings found so far.
    pub(super) fn found(&self) -> BTreeSet<Column> {
        self.headings
            .as_ref()
            .map(Headings::found)
            .unwrap_or_default()
    }

    /// Whether any row had content.
    pub(super) fn any(&self) -> bool {
        self.any
    }

    /// The sheet, or why it is none.
    pub(super) fn finish(
        mut self,
        name: Option<String>,
        encoding: Encoding,
        others: Vec<OtherSheet>,
    ) -> Result<Sheet, ReadError> {
        self.decide()?;
        let found = self.found();
        let Some(headings) = self.headings.filter(Headings::complete) else {
            return Err(if self.any {
                missing(&found)
            } else {
                ReadError::Empty
            });
        };
        if self.rows.is_empty() {
            return Err(ReadError::Empty);
        }
        Ok(Sheet {
            name,
            header_row: headings.line,
            encoding,
            columns: found,
            unread: headings.unread,
            others,
            rows: self.rows,
        })
    }

    /// Chooses the headings among the waiting rows and keeps the rows below.
    fn decide(&mut self) -> Result<(), ReadError> {
        if self.headings.is_some() || self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let rank = |row: &GridRow| {
            let read = read_headings(row);
            (read.complete(), read.found().len())
        };
        // The first of the best.
        let mut best = 0;
        let mut best_rank = (false, 0);
        for (index, row) in waiting.iter().enumerate() {
            let rank = rank(row);
            if rank > best_rank {
                (best, best_rank) = (index, rank);
            }
        }
        let mut rows = waiting.into_iter().enumerate();
        let mut above: Option<GridRow> = None;
        for (index, row) in rows.by_ref() {
            if index == best {
                let mut headings = read_headings(&row);
                if let Some(above) = above.filter(|above| above.line + 1 == row.line) {
                    complete_from_above(&mut headings, &row, &above);
                }
                self.headings = Some(headings);
                break;
            }
            above = Some(row);
        }
        rows.try_for_each(|(_, row)| self.keep(row))
    }

    fn keep(&mut self, row: GridRow) -> Result<(), ReadError> {
        let Some(headings) = &self.headings else {
            return Ok(());
        };
        let mut cells: BTreeMap<Column, Cell> = BTreeMap::new();
        for (number, cell) in row.cells {
            let Some(column) = headings.by_number.get(&number) else {
                continue;
            };
            if cell.text.reveal().trim().is_empty() {
                continue;
            }
            self.text_bytes = self.text_bytes.saturating_add(cell.text.reveal().len());
            match cells.get_mut(column) {
                // A second column of phones or plates: the cell's reader takes the numbers apart again.
                Some(first) => {
                    first.text = format!("{}/{}", first.text.reveal(), cell.text.reveal()).into();
                    first.kind = CellKind::Text;
                }
                None => {
                    cells.insert(*column, cell);
                }
            }
        }
        if self.text_bytes > MAX_TEXT_BYTES {
            return Err(ReadError::TooLarge { limit: Limit::Text });
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= MAX_ROWS {
            return Err(ReadError::TooLarge { limit: Limit::Rows });
        }
        self.rows.push(RawRow {
            line: row.line,
            cells,
            broken_quotes: row.broken_quotes,
        });
        Ok(())
    }
}

/// The error for a file without all headings.
pub(super) fn missing(found: &BTreeSet<Column>) -> ReadError {
    ReadError::MissingColumns {
        missing: Column::REQUIRED
            .into_iter()
            .filter(|column| !found.contains(column))
            .collect(),
        found: found.iter().copied().collect(),
    }
}

/// How many known columns a row names, as texts: what a delimiter is judged by.
pub(super) fn columns_named<'t>(cells: impl Iterator<Item = &'t str>) -> usize {
    cells
        .filter_map(Column::from_heading)
        .collect::<BTreeSet<_>>()
        .len()
}

fn read_headings(row: &GridRow) -> Headings {
    let mut headings = Headings {
        line: row.line,
        ..Headings::default()
    };
    for (number, cell) in &row.cells {
        add_heading(&mut headings, *number, cell);
    }
    headings
}

fn add_heading(headings: &mut Headings, number: usize, cell: &Cell) {
    let text = cell.text.reveal();
    let taken = |column: Column| headings.by_number.values().any(|c| *c == column);
    match Column::from_heading(text) {
        // Two columns of numbers are one list of numbers; two of anything else cannot both be right.
        Some(column) if !taken(column) || matches!(column, Column::Phone | Column::Plate) => {
            headings.by_number.insert(number, column);
        }
        _ => {
            let name: String = fold::fold(text).chars().take(UNREAD_CHARS).collect();
            if !name.is_empty() && headings.unread.len() < UNREAD_MAX {
                headings.unread.push(name);
            }
        }
    }
}

/// With two rows of headings the upper one names groups, and also the columns that stand alone (备注).
fn complete_from_above(headings: &mut Headings, row: &GridRow, above: &GridRow) {
    let named = |number: usize| {
        let mut cells = row.cells.iter();
        cells.any(|(n, cell)| *n == number && !cell.text.reveal().trim().is_empty())
    };
    let found = headings.found();
    for (number, cell) in above.cells.iter().filter(|(number, _)| !named(*number)) {
        if Column::from_heading(cell.text.reveal()).is_some_and(|column| !found.contains(&column)) {
            add_heading(headings, *number, cell);
        }
    }
}
