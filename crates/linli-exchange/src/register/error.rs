//! Why a file cannot be read at all, in words for the clerk who chose it.
//!
//! What is wrong with single rows is no error: it is an [`super::Issue`], and the import goes on.

use super::{Column, Encoding};

mod sentence;

/// The languages a sentence can be had in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese, the source.
    ZhCn,
    /// English.
    En,
}

/// Why a file cannot be read. It names rows and columns, never what stands in them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Another kind of file.
    #[error("not a register sheet but {found:?}")]
    NotASheet {
        /// What it is.
        found: FileKind,
    },
    /// No row has the headings that are needed.
    #[error("columns are missing: {missing:?} (found: {found:?})")]
    MissingColumns {
        /// Headings that are needed and not there.
        missing: Vec<Column>,
        /// Headings that are there, in the row that looks most like a heading.
        found: Vec<Column>,
    },
    /// Bytes that are no text in the encoding of the rest.
    #[error("row {row} is not valid {encoding:?}")]
    BrokenEncoding {
        /// The row, from 1.
        row: u32,
        /// The encoding of the rest.
        encoding: Encoding,
    },
    /// Nothing in it, or headings alone.
    #[error("there are no rows in the file")]
    Empty,
    /// More than we are willing to unpack.
    #[error("the file is over the limit: {limit:?}")]
    TooLarge {
        /// Which limit.
        limit: Limit,
    },
    /// A workbook that is cut off or contradicts itself.
    #[error("the workbook is damaged: {part:?}")]
    Damaged {
        /// Where.
        part: DamagedPart,
    },
}

/// A kind of file that is not read as a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// A picture: PNG, JPEG, GIF, WebP, BMP, TIFF.
    Picture,
    /// Word, .docx or .doc.
    Word,
    /// PowerPoint, .pptx or .ppt.
    Slides,
    /// Excel 97-2003, .xls.
    OldExcel,
    /// Excel binary workbook, .xlsb.
    BinaryExcel,
    /// Locked with a password.
    PasswordProtected,
    /// OpenDocument: .ods, .odt.
    OpenDocument,
    /// A web page, also one that a website saved as .xls.
    WebPage,
    /// XML, also Excel's XML table of 2003.
    Xml,
    /// Rich text, .rtf.
    RichText,
    /// An archive: zip, rar, 7z, gz.
    Archive,
    /// Bytes that are no text.
    Unknown,
}

/// A limit of the import. They keep a crafted file from filling the memory; no register comes near them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`super::MAX_FILE_BYTES`].
    FileBytes,
    /// [`super::MAX_ROWS`].
    Rows,
    /// [`super::MAX_UNPACKED_BYTES`], or packed far tighter than any spreadsheet.
    Unpacked,
    /// [`super::MAX_TEXT_BYTES`].
    Text,
}

/// Which part of a workbook is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamagedPart {
    /// The container itself: often a file that was not downloaded or copied to its end.
    Container,
    /// The list of sheets.
    Workbook,
    /// The table of texts.
    Texts,
    /// A sheet's cells, near this row.
    Sheet {
        /// The last row that could be read, from 1; 0 before the first.
        row: u32,
    },
}

impl ReadError {
    /// What happened, what is safe, what to do next.
    ///
    /// ```
    /// use linli_exchange::register::{self, Lang, ReadError};
    /// let refused = register::read(b"%PDF-1.7 ...", "register.pdf", &mut |_, _| ()).unwrap_err();
    /// assert!(refused.sentence(Lang::En).contains("PDF"));
    /// ```
    pub fn sentence(&self, lang: Lang) -> String {
        sentence::of(self, lang)
    }
}
