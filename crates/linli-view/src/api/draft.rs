//! Drafts of posts and replies: kept in the home, never sent.

use super::FileRef;
use serde::{Deserialize, Serialize};

/// A draft as the home keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftItem {
    /// Its id; none before the home has kept it.
    pub id: Option<String>,
    /// `post`, `reply`, `notice-reply`, `notice-files`, `appeal`, `ruling`.
    pub kind: String,
    /// Of a post its kind, of a reply what it answers.
    pub about: String,
    /// Text.
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
