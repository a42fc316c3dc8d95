//! The zip container of a workbook, opened so that it cannot fill the memory.
//!
//! Sizes are judged before anything is unpacked, and a part that unpacks to more than it declared is refused
//! while it does. Readers of the parts therefore need no size checks of their own.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{MAX_UNPACKED_BYTES, not_a_sheet};
use crate::register::{DamagedPart, FileKind, Limit, ReadError};

/// Most parts: a workbook has some dozens.
const MAX_PARTS: usize = 4096;

/// Largest part beside the sheets. It bounds the table of texts and the styles, which are held whole.
const MAX_SIDE_PART: u64 = 64 << 20;

/// Tighter packing than this is made to harm: spreadsheets pack to a tenth or twentieth.
const MAX_RATIO: u64 = 200;

/// Below this size the ratio does not matter.
const RATIO_FROM: u64 = 1 << 20;

const CONTAINER: ReadError = ReadError::Damaged {
    part: DamagedPart::Container,
};

/// An open container whose sizes have been judged.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index and unpacked size of each part by its path, in lower case: some programs write [content_types].xml.
    parts: BTreeMap<String, (usize, u64)>,
}

/// A part being unpacked.
pub(super) type Part<'p, 'b> = BufReader<Honest<ZipFile<'p, Cursor<&'b [u8]>>>>;

/// Fails when more comes than was declared.
pub(super) struct Honest<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Honest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let more = io::Error::other("a part unpacks to more than it declares");
        self.left = self
            .left
            .checked_sub(u64::try_from(count).unwrap_or(u64::MAX))
            .ok_or(more)?;
        Ok(count)
    }
}

impl<'b> Package<'b> {
    /// Opens a workbook's container, or says what else it is.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| CONTAINER)?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::TooLarge {
                limit: Limit::Unpacked,
            });
        }
        let mut parts = BTreeMap::new();
        let mut total = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| CONTAINER)?;
            if part.encrypted() {
                return Err(not_a_sheet(FileKind::PasswordProtected));
            }
            let name = String::from_utf8_lossy(part.name_raw())
                .to_lowercase()
                .replace('\\', "/");
            let (size, packed) = (part.size(), part.compressed_size());
            total = total.saturating_add(size);
            let side = !name.contains("worksheets/");
            let too_tight = size > RATIO_FROM && size / packed.max(1) > MAX_RATIO;
            if total > MAX_UNPACKED_BYTES || too_tight || side && size > MAX_SIDE_PART {
                return Err(ReadError::TooLarge {
                    limit: Limit::Unpacked,
                });
            }
            parts.insert(name.trim_start_matches('/').to_owned(), (index, size));
        }
        let package = Self { archive, parts };
        match package.other_kind() {
            Some(found) => Err(not_a_sheet(found)),
            None => Ok(package),
        }
    }

    /// A part and its unpacked size; `None` if it is not there.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<(Part<'_, 'b>, u64)>, ReadError> {
        let Some(&(index, size)) = self.parts.get(&path.to_lowercase()) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|_| CONTAINER)?;
        Ok(Some((
            BufReader::new(Honest {
                inner: file,
                left: size,
            }),
            size,
        )))
    }

    fn other_kind(&self) -> Option<FileKind> {
        let under = |folder: &str| self.parts.keys().any(|name| name.starts_with(folder));
        if self.parts.contains_key("xl/workbook.bin") {
            Some(FileKind::BinaryExcel)
        } else if under("word/") {
            Some(FileKind::Word)
        } else if under("ppt/") {
            Some(FileKind::Slides)
        } else if self.parts.contains_key("content.xml") || self.parts.contains_key("mimetype") {
            Some(FileKind::OpenDocument)
        } else if !self.parts.contains_key("_rels/.rels") {
            Some(FileKind::Archive)
        } else {
            None
        }
    }
}
