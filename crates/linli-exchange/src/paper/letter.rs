//! A notice on A4 for the board in the hall: whose it is, large title, text, what it concerns, and how to check it.
//!
//! It hangs where people stand and read, so the type is large and a long text goes over pages. Paper can be forged;
//! below stands how to look the notice up, with a code for whoever has a camera.

use super::card::Row;
use super::faces::Measure;
use super::ink::{self, Ink, POINT_MM, Shade};
use super::{Faces, PaperError};
use linli_pass::qr::Symbol;

const PAGE: (f32, f32) = (210.0, 297.0);
const MARGIN: f32 = 22.0;
const ROOM: f32 = PAGE.0 - 2.0 * MARGIN;
const FOOT: f32 = PAGE.1 - 12.0;
const BOTTOM: f32 = PAGE.1 - 20.0;
/// Type sizes in points.
const OFFICE: f32 = 15.0;
const TITLE: f32 = 26.0;
const SECOND: f32 = 17.0;
const BODY: f32 = 14.0;
const ROW: f32 = 12.0;
const SMALL: f32 = 9.0;
/// From one line to the next, times the type size.
const LEADING: f32 = 1.55;
/// Side of the code with its quiet zone, and of the box that says how to check.
const CODE: f32 = 38.0;
const CHECK: f32 = CODE + 6.0;

/// What stands on the paper, in order.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Estate and office.
    pub head: String,
    /// When it was signed.
    pub date: String,
    /// What must be known before the rest, taken back or corrected, in few words; and why.
    pub banner: Option<(String, String)>,
    /// Title and text, once for each language.
    pub texts: Vec<(String, String)>,
    /// What it concerns, from when, until when.
    pub rows: Vec<Row>,
    /// How to check it, beside the code.
    pub check: Vec<String>,
    /// What a camera reads.
    pub code: Symbol,
    /// The language of the words.
    pub lang: &'static str,
}

enum Block {
    Line { text: String, size: f32 },
    Row { name: String, line: String },
    Banner(String),
    Gap(f32),
    Check(Vec<String>),
}

impl Block {
    fn height(&self) -> f32 {
        let count = |lines: &[String]| u16::try_from(lines.len()).map_or(f32::MAX, f32::from);
        match self {
            Self::Line { text, size } if text.is_empty() => step(*size) * 0.5,
            Self::Line { size, .. } => step(*size),
            Self::Row { .. } => step(ROW),
            Self::Banner(_) => step(SECOND) + 5.0,
            Self::Gap(mm) => *mm,
            Self::Check(lines) => (step(SMALL) * count(lines) + 7.0).max(CHECK),
        }
    }
}

impl Letter {
    /// The paper as a PDF; `foot` words the foot of each page from its number and their count.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn pdf(
        &self,
        faces: &Faces,
        foot: &dyn Fn(usize, usize) -> String,
    ) -> Result<Vec<u8>, PaperError> {
        let measure = faces.measure();
        let names = self.rows.iter().map(|row| measure.width(&row.name));
        let column = names.fold(0.0, f32::max) * ROW * POINT_MM + 4.0;
        let pages = paged(self.blocks(&measure, column));
        let title = self.texts.first().map_or("", |(title, _)| title);
        let mut document = ink::document(title, self.lang);
        for (number, blocks) in (1..).zip(&pages) {
            ink::page(&mut document, PAGE, faces, &measure, |ink| {
                self.head(ink);
                ink.text(MARGIN, FOOT, SMALL, Shade::Grey, &foot(number, pages.len()));
                let mut y = top();
                for block in blocks {
                    self.draw(ink, block, y, column);
                    y += block.height();
                }
            })?;
        }
        ink::finish(document)
    }

    fn blocks(&self, measure: &Measure<'_>, column: f32) -> Vec<Block> {
        let lines =
            |text: &str, size: f32, room: f32| measure.lines(text, room / (size * POINT_MM));
        let mut blocks = Vec::new();
        if let Some((words, why)) = &self.banner {
            blocks.push(Block::Banner(words.clone()));
            for text in lines(why.trim_end(), BODY, ROOM) {
                blocks.push(Block::Line { text, size: BODY });
            }
            blocks.push(Block::Gap(5.0));
        }
        for (at, (title, body)) in self.texts.iter().enumerate() {
            let size = if at == 0 { TITLE } else { SECOND };
            if at > 0 {
                blocks.push(Block::Gap(6.0));
            }
            for text in lines(title, size, ROOM) {
                blocks.push(Block::Line { text, size });
            }
            blocks.push(Block::Gap(3.0));
            for text in lines(body.trim_end(), BODY, ROOM) {
                blocks.push(Block::Line { text, size: BODY });
            }
        }
        blocks.push(Block::Gap(6.0));
        for row in &self.rows {
            let mut name = row.name.clone();
            for line in lines(&row.value, ROW, ROOM - column) {
                let name = std::mem::take(&mut name);
                blocks.push(Block::Row { name, line });
            }
        }
        blocks.push(Block::Gap(6.0));
        let check = self.check.iter();
        let check = check.flat_map(|text| lines(text, SMALL, ROOM - CODE - 8.0));
        blocks.push(Block::Check(check.collect()));
        blocks
    }

    fn head(&self, ink: &mut Ink<'_, '_>) {
        let y = MARGIN;
        let size = SMALL + 2.0;
        let date = ink.measure.width(&self.date) * size * POINT_MM;
        let head = ink.cut(&self.head, ROOM - date - 6.0, OFFICE);
        ink.text(MARGIN, y, OFFICE, Shade::Black, &head);
        ink.text(PAGE.0 - MARGIN - date, y, size, Shade::Grey, &self.date);
        ink.rule(MARGIN, y + 3.5, ROOM, 0.6, Shade::Black);
    }

    fn draw(&self, ink: &mut Ink<'_, '_>, block: &Block, y: f32, column: f32) {
        match block {
            Block::Line { text, size } => {
                ink.text(MARGIN, y + size * POINT_MM, *size, Shade::Black, text);
            }
            Block::Row { name, line } => {
                let y = y + ROW * POINT_MM;
                ink.text(MARGIN, y, ROW, Shade::Grey, name);
                ink.text(MARGIN + column, y, ROW, Shade::Black, line);
            }
            Block::Banner(words) => {
                let high = block.height() - 2.0;
                ink.frame(MARGIN, y, ROOM, high, 0.8);
                let words = ink.cut(words, ROOM - 8.0, SECOND);
                let y = y + (high + SECOND * POINT_MM * 0.7) / 2.0;
                ink.centred((MARGIN, PAGE.0 - MARGIN), y, SECOND, Shade::Black, &words);
            }
            Block::Gap(_) => {}
            Block::Check(lines) => {
                ink.rule(MARGIN, y, ROOM, 0.2, Shade::Grey);
                let side = u16::try_from(self.code.side()).map_or(f32::MAX, f32::from);
                ink.code(&self.code, (MARGIN, y + 3.0), CODE / side);
                let mut at = y + 7.0;
                for line in lines {
                    ink.text(MARGIN + CODE + 6.0, at, SMALL, Shade::Black, line);
                    at += step(SMALL);
                }
            }
        }
    }
}

/// Blocks on pages: a gap does not begin one, and what says how to check is not torn apart.
fn paged(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut pages: Vec<Vec<Block>> = vec![Vec::new()];
    let mut used = top();
    for block in blocks {
        let height = block.height();
        let begun = pages.last().is_some_and(|page| !page.is_empty());
        if begun && used + height > BOTTOM {
            pages.push(Vec::new());
            used = top();
        }
        let Some(page) = pages.last_mut() else { break };
        if page.is_empty() && matches!(block, Block::Gap(_)) {
            continue;
        }
        used += height;
        page.push(block);
    }
    pages
}

const fn top() -> f32 {
    MARGIN + 10.0
}

fn step(size: f32) -> f32 {
    size * POINT_MM * LEADING
}
