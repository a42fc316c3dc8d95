//! Photos and documents that go with a post or notice.

use serde::{Deserialize, Serialize};

/// One of them, as a post or notice shows it. The name is foreign.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FileItem {
    /// Its number, from 1.
    pub n: u32,
    /// `jpg`, `png` or `pdf`.
    pub media: String,
    /// How the file was called.
    pub name: Option<String>,
    /// How large it is.
    pub bytes: u64,
    /// Width of a picture, points.
    pub width: Option<u32>,
    /// Its height.
    pub height: Option<u32>,
    /// `here`, `coming`, `waiting`, `no-room`, `too-much`.
    pub state: String,
    /// Sealed bytes that have come.
    pub have: u64,
    /// Of how many.
    pub sealed: u64,
    /// Who sent the last of them.
    pub from: Option<String>,
}

/// A sealed file in the home, and what opens it: for the window's own hands, never for the screen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// BLAKE3 of the sealed bytes, base32.
    pub hash: String,
    /// The key, base32.
    pub key: String,
    /// How many sealed bytes.
    pub size: u32,
    /// `jpg`, `png` or `pdf`.
    pub media: String,
    /// Width and height of a picture.
    pub sides: Option<(u16, u16)>,
    /// How the file was called.
    pub name: Option<String>,
}

impl std::fmt::Debug for FileRef {
    /// Without the key and the name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileRef({}, {} bytes)", self.media, self.size)
    }
}

/// A file that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenFile {
    /// Of which post, notice or comment.
    pub record: String,
    /// Which.
    pub n: u32,
    /// Where it is and what opens it.
    pub file: FileRef,
}
