//! What a home announces by itself.

use linli_view::api::BellSettings;
use serde::{Deserialize, Serialize};

/// An act or question.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum BellAct {
    /// Data: what is remembered, as docs/formats/bell.md has it, with `system:"silent|untried|works|refused"`.
    Show,
    /// Data: `{as_of_ms, from_ms, until_ms, needs:[line], answers, digest:[line]}`; line = `{key, class:"life|needs|mine|rest",
    /// kind, id, thread, title, title_en, by, at_ms, read}`.
    Today,
    /// Data: as [`Self::Show`].
    Set {
        /// What is announced from now on.
        settings: BellSettings,
    },
    /// Data: as [`Self::Show`], and `thread`.
    Mute {
        /// A notice or post, or the beginning of its id.
        id: String,
        /// Says nothing more about its thread, or again.
        on: bool,
    },
    /// Somebody looked at the board. Data: as [`Self::Show`].
    Looked,
}
