//! Drafts of posts and replies, with the files that go along: kept in this home, never sent.

use super::FileArgs;
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
        /// `post`, `reply`, `notice-reply`, `notice-files`, `appeal`, `ruling`.
        kind: String,
        /// Of a post its kind, of a reply what it answers; of the others a blank and a comment may follow.
        about: String,
        /// Text.
        text: String,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
        /// The version it was made from; 0 for a new one.
        base: u64,
    },
    /// Posts it, or says it below what it answers, and forgets it in the same commit. Refused where it was sent or thrown
    /// away before. Data: as the post or comment has it.
    Send {
        /// Which.
        id: String,
        /// `post` or `reply`.
        kind: String,
        /// Of a post its kind, of a reply what it answers.
        about: String,
        /// Text, as it goes out.
        text: String,
        /// What goes with it, at most four.
        files: Vec<FileArgs>,
        /// The version that was seen last; 0: none was.
        base: u64,
        /// What was on its way makes it this version. A newer one, of another window, stays.
        upto: u64,
    },
    /// Forgets one, unless somebody else has kept another text since. Data: `{id, other}`.
    Drop {
        /// Which.
        id: String,
        /// The version that was seen.
        base: u64,
    },
}
