//! What is worded and what is laid out, brought together: for whichever program prints.
//!
//! `linli_view` says what stands on a paper and knows no PDF; `linli_exchange` draws a PDF and knows no words. A command and
//! a window that print the same notice go through here, so that they print the same.

use linli_exchange::notice::Notice;
use linli_exchange::paper::{Faces, Letter, PaperError, Row, Sheet, Table};
use linli_pass::qr::{Medium, Symbol};
use linli_view::dates::Now;
use linli_view::notice_paper::{self, PaperNotice};
use linli_view::sheet::DaySheet;
use linli_view::words::Catalogue;

/// Why nothing is on paper.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotPrinted {
    /// The notice does not say what a paper says.
    #[error("the notice cannot be worded: {0}")]
    Notice(String),
    /// Its code is too long to be drawn.
    #[error("the code cannot be drawn: {0}")]
    Code(String),
    /// The PDF.
    #[error(transparent)]
    Paper(#[from] PaperError),
}

/// A notice as it is worded.
///
/// # Errors
/// [`NotPrinted::Notice`].
pub fn plain(notice: &Notice) -> Result<PaperNotice, NotPrinted> {
    let value = serde_json::to_value(notice).and_then(serde_json::from_value);
    value.map_err(|error| NotPrinted::Notice(error.to_string()))
}

/// A notice on A4 as a PDF; `corrected_by` is the id of the notice that corrects it.
///
/// # Errors
/// [`NotPrinted`].
pub fn notice(
    words: &Catalogue,
    now: Now,
    faces: &Faces,
    notice: &Notice,
    corrected_by: Option<&str>,
) -> Result<Vec<u8>, NotPrinted> {
    let paper = plain(notice)?;
    let said = notice_paper::letter(words, now, &paper, corrected_by);
    let code = Symbol::of(&notice.paper_code(), Medium::Paper);
    let rows = said.rows.into_iter();
    let letter = Letter {
        head: said.head,
        date: said.date,
        banner: said.banner,
        texts: said.texts,
        rows: rows.map(|(name, value)| Row { name, value }).collect(),
        check: said.check,
        code: code.map_err(|error| NotPrinted::Code(error.to_string()))?,
        lang: words.lang().tag(),
    };
    let foot = |page, of| notice_paper::foot(words, &paper, page, of);
    Ok(letter.pdf(faces, &foot)?)
}

/// A worded sheet as a PDF; `foot` words the foot of each page from its number and their count.
///
/// # Errors
/// [`PaperError`].
pub fn sheet(
    words: &Catalogue,
    faces: &Faces,
    sheet: DaySheet,
    foot: &dyn Fn(usize, usize) -> String,
) -> Result<Vec<u8>, PaperError> {
    let tables = sheet.tables.into_iter().map(|table| Table {
        title: table.title,
        columns: table.columns.into_iter().map(Into::into).collect(),
        rows: table.rows,
        empty: table.empty,
        ticked: table.ticked,
    });
    let laid = Sheet {
        title: sheet.title,
        lines: sheet.lines,
        tables: tables.collect(),
        lang: words.lang().tag(),
    };
    laid.pdf(faces, foot)
}
