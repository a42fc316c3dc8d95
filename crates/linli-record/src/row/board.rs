//! How a post or comment stands, and to whom a concern was handed.

use super::{Author, serial};
use linli_base::{EntryId, PrincipalId, Private};
use serde::{Deserialize, Serialize};

/// Whether everybody sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Standing {
    /// Everybody does.
    Stands,
    /// Reports have paused it until an office decides.
    Paused,
    /// An office hid it.
    Hidden,
}

/// What was said about whether something may stand, and what follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moderation {
    /// What follows.
    pub state: Standing,
    /// The first report of each household, in order.
    pub reports: Vec<ReportRow>,
    /// What offices decided, the one in force last.
    pub rulings: Vec<RulingRow>,
    /// What its author last said against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<AppealRow>,
    /// Whether that is against what is in force, and waits for an office.
    pub appealed: bool,
}

impl Moderation {
    /// Reports that no ruling has answered.
    #[must_use]
    pub fn open_reports(&self) -> usize {
        self.reports.iter().filter(|row| !row.answered).count()
    }

    /// The ruling in force.
    #[must_use]
    pub fn ruling(&self) -> Option<&RulingRow> {
        self.rulings.last()
    }

    /// Whether it is shown to everybody.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.state == Standing::Stands
    }
}

/// A report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReportRow {
    /// Who.
    pub author: Author,
    /// When they say so.
    pub time_ms: u64,
    /// Why, a word.
    pub reason: String,
    /// More about it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub words: Option<Private<String>>,
    /// An office has answered the reports of this household.
    pub answered: bool,
}

/// What an office decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RulingRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// The office.
    pub author: Author,
    /// When it says so.
    pub time_ms: u64,
    /// Hidden, or it stays.
    pub hide: bool,
    /// Why; public.
    #[serde(with = "serial::private")]
    pub reason: Private<String>,
}

/// What the author says against it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppealRow {
    /// The author.
    pub author: Author,
    /// When they say so.
    pub time_ms: u64,
    /// The words.
    #[serde(with = "serial::private")]
    pub words: Private<String>,
}

/// A concern was handed to an office.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandOverRow {
    /// The office.
    #[serde(with = "serial::id")]
    pub to: PrincipalId,
    /// Who handed it over.
    pub author: Author,
    /// When they say so.
    pub time_ms: u64,
    /// A word with it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub words: Option<Private<String>>,
}
