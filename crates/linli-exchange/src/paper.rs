//! What is printed: a visitor's pass as a card, a gate's day sheet as tables, a notice as a letter, all as PDF.
//!
//! A printer at a gate or in a flat is whatever stands there, so a page carries everything itself: the type is
//! embedded, only the characters that are used, and a code is drawn as squares of an exact size instead of a picture
//! that a print dialogue smooths. Bytes of the faces, texts and numbers come in, bytes of a PDF go out; the words are
//! the caller's.
//!
//! ```
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../apps/linli-desktop/font/");
//! # let regular = std::fs::read(format!("{folder}LinliSansSC-Regular.otf")).unwrap();
//! use linli_exchange::paper::{Faces, Sheet, Table};
//! let faces = Faces::new([regular])?;
//! let sheet = Sheet {
//!     title: "东门 今日单".into(),
//!     lines: vec!["取消名单以 09:42 为准".into()],
//!     tables: vec![],
//!     lang: "zh-CN",
//! };
//! let pdf = sheet.pdf(&faces, &|page, of| format!("{page}/{of}"))?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! # Ok::<(), linli_exchange::paper::PaperError>(())
//! ```

mod card;
mod faces;
mod ink;
mod letter;
mod sheet;

pub use card::{Card, Form, MODULE_MIN_MM, Row};
pub use faces::Faces;
pub use letter::Letter;
pub use sheet::{Column, Sheet, Table};

/// Why nothing can be printed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PaperError {
    /// Bytes that are no font.
    #[error("face {0} is no font")]
    Face(usize),
    /// No face at all, or more than a run of text can name.
    #[error("one to sixteen faces are needed")]
    Faces,
    /// The code has so many modules that they would be too small to read.
    #[error("the code has {0} modules a side, too many for this paper")]
    CodeTooFine(usize),
    /// The PDF could not be written: a fault of ours or of the library.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}
