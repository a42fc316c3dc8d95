//! A photo or a PDF as it goes with a post or notice: what kind it is by its content, made small, without what a camera
//! or an office program wrote about it.
//!
//! A photo is drawn anew: turned upright, at most [`SIDE_MAX`] points a side, and only its points are kept, so that
//! no place, no name of a device and no hidden preview goes along. A PDF is not rewritten; it is looked at from both
//! ends, and one that no reader could open is refused. Everything here is bounded before it is done: a small file can
//! claim to be a very large picture.

mod pdf;
mod photo;

pub use photo::{Pixels, pixels};

use thiserror::Error;

/// Largest file of a photo that is read at all, bytes.
pub const PHOTO_FILE_MAX: usize = 64 << 20;
/// Largest PDF, bytes (sync.md §3).
pub const PDF_MAX: usize = 5 << 20;
/// Longest side of a picture that goes out, points.
pub const SIDE_MAX: u32 = 2_048;
/// Most points of a photo that is read: what the largest phone cameras make takes 200 MB while it is drawn.
pub const POINTS_MAX: u64 = 64_000_000;

/// What the bytes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A picture.
    Jpeg,
    /// A picture with few colours, or one that can be seen through.
    Png,
    /// A document.
    Pdf,
}

impl Kind {
    /// How a file of it ends.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// What goes out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ready {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: Kind,
    /// Width and height of a picture.
    pub sides: Option<(u16, u16)>,
}

/// Why a file cannot go out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum AttachFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Neither a photo nor a PDF.
    #[error("neither a JPEG or PNG picture nor a PDF")]
    Kind,
    /// A photo as a phone keeps it for itself.
    #[error("a picture in a format that only its own phone is sure to read")]
    Heic,
    /// A file larger than is read.
    #[error("the file is larger than {mb} MB")]
    FileTooLarge {
        /// How much may be read.
        mb: usize,
    },
    /// More points than are drawn.
    #[error("the picture has {millions} million points")]
    Points {
        /// How many it has.
        millions: u64,
    },
    /// Looks like a picture and cannot be read.
    #[error("the picture is damaged")]
    Picture,
    /// Looks like a PDF and cannot be one.
    #[error("the PDF is damaged")]
    Pdf,
    /// A PDF that needs a password.
    #[error("the PDF is locked with a password")]
    Locked,
}

/// Makes a file ready to go out.
///
/// # Errors
/// [`AttachFault`] says why it cannot.
pub fn prepare(file: &[u8]) -> Result<Ready, AttachFault> {
    if file.is_empty() {
        return Err(AttachFault::Empty);
    }
    match file {
        [0xff, 0xd8, 0xff, ..] | [0x89, b'P', b'N', b'G', ..] => photo::prepare(file),
        _ if pdf::is_pdf(file) => pdf::prepare(file),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if [b"heic", b"heix", b"mif1", b"heif", b"avif"]
                .iter()
                .any(|known| brand.starts_with(*known)) =>
        {
            Err(AttachFault::Heic)
        }
        _ => Err(AttachFault::Kind),
    }
}
