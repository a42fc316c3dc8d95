//! What became of taking the last command back.

use serde::{Deserialize, Serialize};

/// How it went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoState {
    /// It is taken back.
    Done,
    /// Really?
    Asks,
    /// It has no opposite.
    Never,
    /// The pass was used.
    Used,
    /// There is nothing to take back.
    Nothing,
}

/// The command it is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UndoItem {
    /// How it went.
    pub state: UndoState,
    /// `like`, `claim`, `unclaim`, `close`, `reopen`, `hide`, `stays`, `pass`, `post`, `regular`, `pause`, `resume`, `comments`; or a group
    /// of what cannot be taken back.
    pub what: String,
    /// The beginning of what it was about.
    pub about: String,
}
