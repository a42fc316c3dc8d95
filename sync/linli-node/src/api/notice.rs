//! A notice to publish, and what can be done about one beside that.

use serde::{Deserialize, Serialize};

/// A notice to publish.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct NoticeArgs {
    /// Office in whose name; none = this device's own.
    pub org: Option<String>,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// The same in English, if the office wrote it.
    pub title_en: Option<String>,
    /// The same in English.
    pub body_en: Option<String>,
    /// A CAP severity word.
    pub severity: Option<String>,
    /// Further words of CAP.
    #[serde(default)]
    pub cap: CapArgs,
    /// Buildings, stairs, units, grid cells as `grid:02`; empty = all.
    pub area: Vec<String>,
    /// Holds from.
    pub effective_ms: Option<u64>,
    /// Holds until.
    pub expires_ms: Option<u64>,
    /// Asks for a confirmation.
    pub confirm: bool,
    /// Whether neighbours may say something below it from the beginning; none = as below the one it corrects, else they may.
    #[serde(default)]
    pub comments: Option<bool>,
}

/// What a notice says in CAP's words beside its severity.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CapArgs {
    /// How soon.
    pub urgency: Option<String>,
    /// How sure.
    pub certainty: Option<String>,
    /// What people should do.
    pub response: Option<String>,
    /// The kind of event.
    pub category: Option<String>,
}

/// An act or question.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum NoticeAct {
    /// Lets neighbours say something below a notice of this office, or no longer. Data: `{id, open, news}`.
    Comments {
        /// The notice.
        id: String,
        /// Whether they may.
        open: bool,
    },
    /// Publishes one when its time comes. Data: `{id, at_ms}`.
    Schedule {
        /// The notice.
        with: Box<NoticeArgs>,
        /// The one it corrects.
        corrects: Option<String>,
        /// When.
        at_ms: u64,
    },
    /// Data: `{scheduled:[{id, at_ms, state:"waits|missed|failed", why, title, expires_ms, corrects, notice}]}`, the
    /// soonest first; `why` is `missed` or the code of a fault.
    Scheduled,
    /// Takes one off the list. Data: `{scheduled}`, that one.
    Unschedule {
        /// Its id.
        id: String,
    },
    /// The templates that this office keeps itself. Data: `{templates:[{id, name, notice}]}`.
    Templates,
    /// Keeps one; what was kept under its name is replaced. Data: `{id, name}`.
    TemplateSave {
        /// Its name.
        name: String,
        /// Its text.
        with: Box<NoticeArgs>,
    },
    /// Forgets one. Data: `{id}`.
    TemplateDelete {
        /// Its id or name.
        id: String,
    },
}

/// The bytes of a record's whole id, for whoever writes a feed.
#[must_use]
pub fn record_bytes(id: &str) -> Option<Vec<u8>> {
    linli_base::RecordId::parse(id).map(|id| id.0.to_vec())
}

/// The bytes of a community's whole id.
#[must_use]
pub fn community_bytes(id: &str) -> Option<Vec<u8>> {
    linli_base::CommunityId::parse(id).map(|id| id.0.to_vec())
}
