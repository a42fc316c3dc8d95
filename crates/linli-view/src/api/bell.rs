//! What this home announces by itself, how, and what it has announced.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the system's notices say. Its daemon may keep them, and show them on a locked screen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BellSays {
    /// Only that there is something, and how pressing it is.
    Less,
    /// Headlines and offices of notices; of everything else only what kind of thing it is.
    #[default]
    Title,
    /// Also which unit calls for help, and who stands at the gate.
    All,
}

impl BellSays {
    /// All three, from the least on.
    pub const ALL: [Self; 3] = [Self::Less, Self::Title, Self::All];

    /// The word that `linli notifications settings --say` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::Title => "title",
            Self::All => "all",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|says| says.id() == word)
    }
}

/// What is announced by a notice of the system. What is about somebody's life always is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct BellSettings {
    /// How much such a notice says.
    pub says: BellSays,
    /// What waits for this home, by day.
    pub needs: bool,
    /// Answers to what this home wrote, a few at a time.
    pub mine: bool,
    /// Their language; none: that of the program that shows them.
    pub lang: Option<String>,
}

impl Default for BellSettings {
    fn default() -> Self {
        Self {
            says: BellSays::Title,
            needs: true,
            mine: true,
            lang: None,
        }
    }
}

/// Whether this computer's system shows what is announced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BellSystem {
    /// The program that runs this home announces nothing.
    #[default]
    Silent,
    /// Nothing was announced yet.
    Untried,
    /// The last one was taken.
    Works,
    /// The system has nothing that shows notices, or it refuses.
    Refused,
}

/// What a home remembers of what it announces. It lies in the home's store, sealed, and is never sent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BellReport {
    /// Has it looked around once? What was there before is no news.
    pub begun: bool,
    /// What is announced.
    pub settings: BellSettings,
    /// Threads of which nothing more is said: ids of posts, and of the first of a chain of notices.
    pub muted: BTreeSet<String>,
    /// When the board was last looked at here.
    pub looked_ms: u64,
    /// Notices that were opened here, where the home signs no receipts that would say so.
    pub opened: BTreeSet<String>,
    /// When what has no time of its own was first seen here.
    pub seen: BTreeMap<String, u64>,
    /// What was announced, and when last.
    pub told: BTreeMap<String, u64>,
    /// When answers were last announced.
    pub bundle_ms: u64,
    /// Does the system show them? Not remembered.
    pub system: BellSystem,
    /// The program that runs this home has no window. Not remembered.
    pub background: bool,
}
