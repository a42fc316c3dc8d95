//! Who of a household sits at this computer. Nobody else learns of it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who there is, and who sits here now.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FamilyReport {
    /// Everybody, in the order in which they were written down.
    #[serde(default)]
    pub people: Vec<FamilyPerson>,
    /// Who sits here now; none: the household as a whole.
    #[serde(default)]
    pub now: Option<u32>,
    /// Notices that who sits here now has opened.
    #[serde(default)]
    pub read: BTreeSet<String>,
}

impl FamilyReport {
    /// Who sits here now.
    #[must_use]
    pub fn sitting(&self) -> Option<&FamilyPerson> {
        let now = self.now?;
        self.people.iter().find(|person| person.id == now)
    }
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FamilyPerson {
    /// A number of this computer alone; never used again.
    pub id: u32,
    /// What the family calls them.
    pub name: String,
    /// `zh-CN`, `en`; none: as it is.
    #[serde(default)]
    pub lang: Option<String>,
    /// `light`, `dark`, `elderly`; none: as it is.
    #[serde(default)]
    pub look: Option<String>,
}

/// What can be done about it. Each is answered by the new report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum FamilyDo {
    /// Nothing: shows it.
    Show,
    /// Writes somebody down.
    Add {
        /// At most 24 characters, visible, one line, nobody else's.
        name: String,
    },
    /// Calls somebody otherwise.
    Rename {
        /// Who.
        id: u32,
        /// As for `add`.
        name: String,
    },
    /// Forgets somebody with what was kept for them.
    Remove {
        /// Who.
        id: u32,
    },
    /// Somebody sits down, or the household as a whole.
    Sit {
        /// Who.
        id: Option<u32>,
    },
    /// How it looks for somebody.
    Set {
        /// Who; none: who sits here now. A window names whom it shows: somebody else may have sat down meanwhile.
        #[serde(default)]
        id: Option<u32>,
        /// `zh-CN`, `en`; none: as it was.
        #[serde(default)]
        lang: Option<String>,
        /// `light`, `dark`, `elderly`; none: as it was.
        #[serde(default)]
        look: Option<String>,
    },
}
