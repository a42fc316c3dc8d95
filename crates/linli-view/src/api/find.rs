//! What was found in the one box.

use serde::{Deserialize, Serialize};

/// The closest of what answers a query.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FoundList {
    /// What was looked for, as typed.
    pub query: String,
    /// The closest first.
    pub hits: Vec<FoundItem>,
    /// All that there are.
    pub total: u32,
    /// When this home looked.
    pub as_of_ms: u64,
}

/// One of them. Texts are foreign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FoundItem {
    /// What it is.
    pub kind: FoundKind,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What to mark there: first character, and how many.
    #[serde(default)]
    pub title_marks: Vec<(u32, u32)>,
    /// Words around the place.
    pub snippet: String,
    /// What to mark there.
    #[serde(default)]
    pub marks: Vec<(u32, u32)>,
    /// The unit it is or belongs to.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whether it is over.
    #[serde(default)]
    pub over: bool,
    /// Since when.
    #[serde(default)]
    pub at_ms: Option<u64>,
}

/// What can be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// A unit of the estate.
    Unit,
    /// Somebody of the register.
    Person,
    /// A notice.
    Notice,
    /// A post.
    Post,
    /// A pass made here.
    Pass,
}
