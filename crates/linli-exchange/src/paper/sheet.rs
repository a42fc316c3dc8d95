//! A gate's day sheet: plain tables on A4, as many pages as they take.
//!
//! It is printed before an outage and read by torchlight: black on white, rows apart, the headings again on every
//! page, a box at the left of each row to be ticked by hand.

use super::faces::Measure;
use super::ink::{self, Ink, POINT_MM, Shade};
use super::{Faces, PaperError};

const PAGE: (f32, f32) = (210.0, 297.0);
const MARGIN: f32 = 14.0;
const FOOT: f32 = PAGE.1 - 10.0;
const BOTTOM: f32 = PAGE.1 - 17.0;
/// Type sizes in points.
const TITLE: f32 = 16.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 9.5;
const SMALL: f32 = 8.0;
/// From one line of a cell to the next, in millimetres.
const STEP: f32 = 4.4;
/// Between the rows of a table.
const GAP: f32 = 2.2;
/// The box to tick, and the room it takes.
const BOX: f32 = 3.2;
const BOX_ROOM: f32 = 6.0;

/// A column.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width, beside the shares of the others.
    pub share: f32,
}

impl From<(String, f32)> for Column {
    fn from((title, share): (String, f32)) -> Self {
        Self { title, share }
    }
}

/// A table.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a text for each column.
    pub rows: Vec<Vec<String>>,
    /// What stands there when it has no row.
    pub empty: String,
    /// Whether each row has a box to tick.
    pub ticked: bool,
}

/// A day sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// Its title, on every page.
    pub title: String,
    /// What must be known before the tables, such as how old they are.
    pub lines: Vec<String>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// The language of the words.
    pub lang: &'static str,
}

/// Something on a page, laid out, with its height.
enum Block<'a> {
    Line(String),
    Heading(&'a Table),
    Columns(&'a Table),
    Row(&'a Table, Vec<Vec<String>>),
    Empty(&'a str),
}

impl Block<'_> {
    fn height(&self) -> f32 {
        match self {
            Self::Line(_) => 5.0,
            Self::Heading(_) => 12.0,
            Self::Columns(_) => 6.0,
            Self::Row(_, cells) => {
                let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
                STEP * f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) + GAP
            }
            Self::Empty(_) => 7.0,
        }
    }
}

impl Sheet {
    /// The sheet as a PDF; `foot` words the foot of each page from its number and their count.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn pdf(
        &self,
        faces: &Faces,
        foot: &dyn Fn(usize, usize) -> String,
    ) -> Result<Vec<u8>, PaperError> {
        let measure = faces.measure();
        let pages = self.pages(&measure);
        let mut document = ink::document(&self.title, self.lang);
        for (number, blocks) in (1..).zip(&pages) {
            ink::page(&mut document, PAGE, faces, &measure, |ink| {
                let y = MARGIN + TITLE * POINT_MM;
                ink.text(MARGIN, y, TITLE, Shade::Black, &self.title);
                ink.text(MARGIN, FOOT, SMALL, Shade::Grey, &foot(number, pages.len()));
                let mut y = top();
                for block in blocks {
                    draw(ink, block, y);
                    y += block.height();
                }
            })?;
        }
        ink::finish(document)
    }

    /// Lays out: a heading stays with its first row, and the names of the columns come again on every page.
    fn pages<'a>(&'a self, measure: &Measure<'_>) -> Vec<Vec<Block<'a>>> {
        let mut pages = Pages::new();
        for line in &self.lines {
            let room = (PAGE.0 - 2.0 * MARGIN) / (BODY * POINT_MM);
            for line in measure.lines(line, room) {
                pages.put(vec![Block::Line(line)], None);
            }
        }
        for table in &self.tables {
            let mut opening = vec![Block::Heading(table)];
            if table.rows.is_empty() {
                opening.push(Block::Empty(&table.empty));
                pages.put(opening, None);
                continue;
            }
            opening.push(Block::Columns(table));
            for row in &table.rows {
                let widths = widths(table);
                let cells = row
                    .iter()
                    .zip(widths)
                    .map(|(text, wide)| measure.lines(text, (wide - 2.0) / (BODY * POINT_MM)));
                let mut blocks = std::mem::take(&mut opening);
                blocks.push(Block::Row(table, cells.collect()));
                pages.put(blocks, Some(table));
            }
        }
        pages.done
    }
}

/// Pages being filled.
struct Pages<'a> {
    done: Vec<Vec<Block<'a>>>,
    used: f32,
}

impl<'a> Pages<'a> {
    fn new() -> Self {
        Self {
            done: vec![Vec::new()],
            used: top(),
        }
    }

    /// Puts blocks that stay together on this page or the next; there, a table goes on with the names of its columns.
    fn put(&mut self, blocks: Vec<Block<'a>>, goes_on: Option<&'a Table>) {
        let height: f32 = blocks.iter().map(Block::height).sum();
        let opened = self.done.last().is_some_and(|page| !page.is_empty());
        if self.used + height > BOTTOM && opened {
            self.done.push(Vec::new());
            self.used = top();
            let again = goes_on.filter(|_| matches!(blocks.first(), Some(Block::Row(..))));
            if let Some(table) = again {
                self.add(Block::Columns(table));
            }
        }
        for block in blocks {
            self.add(block);
        }
    }

    fn add(&mut self, block: Block<'a>) {
        self.used += block.height();
        if let Some(page) = self.done.last_mut() {
            page.push(block);
        }
    }
}

const fn top() -> f32 {
    MARGIN + 10.0
}

fn widths(table: &Table) -> Vec<f32> {
    let total: f32 = table.columns.iter().map(|c| c.share).sum();
    let tick = if table.ticked { BOX_ROOM } else { 0.0 };
    let room = PAGE.0 - 2.0 * MARGIN - tick;
    table
        .columns
        .iter()
        .map(|c| room * c.share / total.max(f32::EPSILON))
        .collect()
}

fn draw(ink: &mut Ink<'_, '_>, block: &Block<'_>, y: f32) {
    let left = |table: &Table| MARGIN + if table.ticked { BOX_ROOM } else { 0.0 };
    match block {
        Block::Line(text) => ink.text(MARGIN, y + 3.5, BODY, Shade::Black, text),
        Block::Heading(table) => {
            ink.text(MARGIN, y + 9.0, HEADING, Shade::Black, &table.title);
            ink.rule(MARGIN, y + 11.0, PAGE.0 - 2.0 * MARGIN, 0.4, Shade::Black);
        }
        Block::Columns(table) => {
            let mut x = left(table);
            for (column, wide) in table.columns.iter().zip(widths(table)) {
                ink.text(x, y + 4.0, SMALL, Shade::Grey, &column.title);
                x += wide;
            }
        }
        Block::Row(table, cells) => {
            if table.ticked {
                ink.frame(MARGIN, y + 0.6, BOX, BOX, 0.25);
            }
            let mut x = left(table);
            for (lines, wide) in cells.iter().zip(widths(table)) {
                let mut at = y + 3.4;
                for line in lines {
                    ink.text(x, at, BODY, Shade::Black, line);
                    at += STEP;
                }
                x += wide;
            }
            let below = y + block.height() - 0.8;
            ink.rule(MARGIN, below, PAGE.0 - 2.0 * MARGIN, 0.15, Shade::Pale);
        }
        Block::Empty(text) => ink.text(MARGIN, y + 4.5, BODY, Shade::Grey, text),
    }
}
