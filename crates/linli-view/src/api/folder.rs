//! Where a window saves what is saved from it.

use serde::{Deserialize, Serialize};

/// The folders of this computer that somebody chose; none: the usual one. A path that is no text is not kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveFolders {
    /// For photos and pictures of passes.
    pub pictures: Option<String>,
    /// For papers, and what is given away.
    pub papers: Option<String>,
}
