//! Drafts of posts, replies and notices, with the files that go along: kept in this home, never sent.

use super::{FileArgs, NoticeArgs};
use serde::{Deserialize, Serialize};

/// An act or question. draft = `{id, kind, about, text, files:[file], version, at_ms}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DraftAct {
    /// Data: `{drafts:[draft], damaged}`, the newest first; `damaged`: how many are kept that cannot be read.
    List,
    /// Keeps one, and may be said twice. Data: `{draft, other}`; `other`: somebody else has kept another text under this id meanwhile. It stays,
    /// and this one is kept beside it under an id of its own.
    Keep {
        /// Which; a new one under the id that its window drew, or none = the home draws it.
        id: Option<String>,
        /// `post`, `reply`, `notice-reply`, `notice`, `appeal`, `ruling`.
        kind: String,
        /// Of a post its kind, of a reply what it answers, of a notice what it corrects or nothing; of the others a blank and a
        /// comment may follow.
        about: String,
        /// Text.
        text: String,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
        /// The version it was made from; 0 for a new one.
        base: u64,
    },
    /// Posts it, says it below what it answers, publishes it or has it wait for its time, and forgets it in the same commit.
    /// Refused where it was sent or thrown away before. Data: as the post, comment, notice or list has it.
    Send {
        /// Which.
        id: String,
        /// `post`, `reply` or `notice`.
        kind: String,
        /// Of a post its kind, of a reply what it answers, of a notice what it corrects or nothing.
        about: String,
        /// Text, as it goes out; of a notice as its draft has it.
        text: String,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
        /// The version that was seen last; 0: none was.
        base: u64,
        /// What was on its way makes it this version. A newer one, of another window, stays.
        upto: u64,
        /// Of a notice, and only of one: as it is signed.
        #[serde(default)]
        notice: Option<Box<NoticeOut>>,
    },
    /// Forgets one, unless somebody else has kept another text since. Data: `{id, other}`.
    Drop {
        /// Which.
        id: String,
        /// The version that was seen.
        base: u64,
    },
}

/// A notice as it is signed, or as it waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoticeOut {
    /// What it says.
    pub with: NoticeArgs,
    /// The notice it corrects.
    pub corrects: Option<String>,
    /// When it goes out, in Unix milliseconds; none: at once. One that waits has no files.
    pub at_ms: Option<u64>,
}
