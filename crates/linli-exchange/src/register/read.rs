//! From bytes to a [`Sheet`]: which kind of file it is, then the reader for it.
//!
//! The bytes come from anybody. Nothing in here panics on them, and each limit below holds before the memory
//! it protects is taken.

use super::{FileKind, Limit, ReadError, Sheet};

mod cells;
mod package;
mod records;
mod sniff;
mod styles;
mod table;
mod text;
mod workbook;
mod xml;

/// Largest file read: 64 MiB. A register of 10,000 rows has about one.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Most rows read below the headings: 200,000, more than the largest estates of the country have residents.
pub const MAX_ROWS: usize = 200_000;

/// Most bytes that a workbook may unpack to: 256 MiB; 200,000 rows as written by Excel have about 110.
pub const MAX_UNPACKED_BYTES: u64 = 256 << 20;

/// Most text taken from the cells: 128 MiB. One long text may be named by every cell of a workbook, so the
/// size of the file alone bounds nothing.
pub const MAX_TEXT_BYTES: usize = 128 << 20;

/// Reads a register: XLSX, or CSV and TSV in UTF-8, GB 18030 or UTF-16.
///
/// `name_hint` is the file's name; it decides only between delimiters that fit equally well. `progress` is told
/// (done, total) in bytes of the part being read, now and then and once at the end. Of a workbook the first
/// visible sheet with the headings of a register is read; [`Sheet::others`] names the rest.
pub fn read(
    bytes: &[u8],
    name_hint: &str,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Sheet, ReadError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge {
            limit: Limit::FileBytes,
        });
    }
    match sniff::kind(bytes) {
        sniff::Kind::Zip => workbook::read(bytes, progress),
        sniff::Kind::Text => text::read(bytes, name_hint, progress),
        sniff::Kind::Other(found) => Err(ReadError::NotASheet { found }),
    }
}

/// The error for another kind of file.
fn not_a_sheet(found: FileKind) -> ReadError {
    ReadError::NotASheet { found }
}
