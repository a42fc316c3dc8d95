//! Pictures and documents that go with a post, a notice or a comment.
//!
//! The bytes do not cross the socket: whoever hands in a file puts it, sealed, into the home
//! ([`crate::home::attach::stage`]) and names it here, and whoever wants to see one gets its key and reads it there
//! ([`crate::home::attach::read`]).

use super::NoticeArgs;
use serde::{Deserialize, Serialize};

/// A sealed file in the home, and what opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileArgs {
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

impl std::fmt::Debug for FileArgs {
    /// Without the key and the name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileArgs({}, {} bytes)", self.media, self.size)
    }
}

/// An act or question. A post, notice or comment shows what goes with it as `files:[{n, media, name, bytes, width, height,
/// state:"here|coming|waiting|no-room|too-much", have, from, hash}]`; `n` counts from 1, `from` is who sent the last piece.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, on its way over the socket"
)]
pub enum AttachAct {
    /// Data: `{id}`.
    PostNew {
        /// ask, offer, lost, found, give, lend, sell, concern.
        kind: String,
        /// Text.
        body: String,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
    },
    /// Data: `{id}`.
    NoticePublish {
        /// The notice.
        with: NoticeArgs,
        /// The one it corrects.
        corrects: Option<String>,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
    },
    /// Data: `{files:[{record, comment, kind:"post|notice|comment", ..file}], bytes, waiting}`, the newest first; of one
    /// record its own before those of its comments.
    List {
        /// One post or notice with what is below it, or one comment; none = all.
        id: Option<String>,
    },
    /// Data: `{record, comment, n, file}`; file = [`FileArgs`].
    Open {
        /// The post, notice or comment.
        id: String,
        /// Which, from 1.
        n: u32,
    },
}
