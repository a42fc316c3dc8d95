//! What a home keeps for the windows on it.

use serde::{Deserialize, Serialize};

/// An act or question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum WindowAct {
    /// Where a window saves. Data: `{pictures, papers}`, paths of this computer, null where nobody chose one.
    Folders,
    /// Remembers where. Data: the same.
    KeepFolders {
        /// For photos and pictures of passes.
        pictures: Option<String>,
        /// For papers.
        papers: Option<String>,
    },
}
