//! Taking the last command back.

use serde::{Deserialize, Serialize};

/// An act or question. `what` is one of `like`, `claim`, `unclaim`, `close`, `reopen`, `hide`, `stays`, `pass`, `post`,
/// `regular`, `pause`, `resume`, `comments`, or a group of what cannot be taken back: `said`, `notice`, `signed`, `help`, `register`,
/// `cancelled`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum UndoAct {
    /// What this device did in this sitting, the newest first. Data: `{steps:[{what, about, at_ms, can, asks}]}`.
    List,
    /// Takes the last command back by its inverse. Data: `{what, about, left}`. A command that has no inverse is told of once,
    /// and the next call goes on to the one before.
    Last {
        /// Yes, also where it asks first.
        yes: bool,
    },
}
