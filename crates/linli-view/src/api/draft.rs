//! Drafts of posts, replies and notices: kept in the home, never sent.

use super::{FileRef, NoticeRequest};
use serde::{Deserialize, Serialize};

/// A draft as the home keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftItem {
    /// Its id; none before the home has kept it.
    pub id: Option<String>,
    /// `post`, `reply`, `notice-reply`, `notice`, `appeal`, `ruling`.
    pub kind: String,
    /// Of a post its kind, of a reply what it answers, of a notice what it corrects or nothing.
    pub about: String,
    /// Text; of a notice what stands in the form, as JSON.
    pub text: String,
    /// What goes with it.
    pub files: Vec<FileRef>,
    /// How often it was kept; of one that is to be kept, the version it was made from.
    pub version: u64,
    /// When it was kept last.
    pub at_ms: u64,
}

/// A draft was kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DraftSaved {
    /// As it is kept now. Under another id than it was sent with: somebody else went on with that one.
    pub draft: DraftItem,
    /// What somebody else made of it.
    pub other: Option<DraftItem>,
}

/// A notice as it is signed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct NoticeOut {
    /// What it says.
    pub notice: NoticeRequest,
    /// When it goes out, in Unix milliseconds; none: at once.
    pub at_ms: Option<u64>,
}
