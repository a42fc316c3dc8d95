//! A published notice as plain data, on its way out: as CAP, as a feed, on paper, as a text for a chat group.
//!
//! Whoever holds the community fills it in; nothing here asks whether a signature is sound.

mod alert;
mod draft;
mod feed;
mod id;

pub use crate::cap::Severity;
use crate::cap::{Category, Certainty, ResponseType, Urgency};
pub use alert::AlertOptions;
pub use draft::{Draft, FOREIGN_BODY_MAX, FOREIGN_TITLE_MAX, Unfit};
pub use feed::{Feed, FeedEntry};
pub use id::{Kept, uuid_of};

use serde::{Deserialize, Serialize};

/// A notice, and what a reader outside needs to know with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// The estate's name.
    pub estate: String,
    /// The community in short, `n:kt04jpcw`.
    pub community: String,
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// The whole id, `r:` and 26 characters.
    pub id: String,
    /// The office in short, `o:8f3k2m1p`.
    pub sender: String,
    /// The office's name.
    pub office: String,
    /// When it was signed.
    pub sent_ms: u64,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// Headline in English; empty where the office wrote none.
    pub title_en: String,
    /// Text in English.
    pub body_en: String,
    /// The CAP word; none on an ordinary notice.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    #[serde(default)]
    pub words: Words,
    /// The buildings, stairs and units; empty = all.
    pub area: Vec<String>,
    /// The grid cells by which they were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// From when it holds.
    pub effective_ms: Option<u64>,
    /// Until when it holds.
    pub expires_ms: Option<u64>,
    /// What it is to those before it.
    pub after: After,
}

/// What a notice says in CAP's words beside its severity; what it leaves out the export fills in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// How soon.
    pub urgency: Option<Urgency>,
    /// How sure.
    pub certainty: Option<Certainty>,
    /// What people should do.
    pub response: Option<ResponseType>,
    /// The kind of event.
    pub category: Option<Category>,
}

/// A notice among those before it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum After {
    /// It stands alone.
    Nothing,
    /// It corrects these, the nearest first.
    Corrects(Vec<Earlier>),
    /// It takes this one back, and with it what that one corrected; the texts are those of the notice taken back.
    TakesBack {
        /// The nearest first.
        earlier: Vec<Earlier>,
        /// Why.
        reason: String,
    },
}

/// An earlier notice of the same office.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// Its whole id.
    pub id: String,
    /// When it was signed.
    pub sent_ms: u64,
}

/// In which language something is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tongue {
    Zh,
    En,
}

impl Notice {
    /// Who sends it, for programs: `o:8f3k2m1p@n:kt04jpcw`. Forty bits each: a name, not a proof.
    #[must_use]
    pub fn sender_address(&self) -> String {
        format!("{}@{}", self.sender, self.community)
    }

    /// What a camera reads on paper, `LLN1` first: community, notice, office, when it was signed.
    #[must_use]
    pub fn paper_code(&self) -> String {
        let sent = crate::cap::Stamp::of_ms(self.sent_ms, self.offset_min);
        let Self {
            community,
            id,
            sender,
            ..
        } = self;
        format!("LLN1 {community} {id} {sender} {sent}")
    }

    /// Where it holds, in words.
    pub(crate) fn places(&self, tongue: Tongue) -> Vec<String> {
        if self.area.is_empty() {
            return vec![self.estate.clone()];
        }
        let place = |building: &String| building_name(building, tongue);
        let cells = self.cells.iter().map(|cell| cell_name(cell, tongue));
        self.area.iter().map(place).chain(cells).collect()
    }
}

/// A grid cell as it is said.
fn cell_name(cell: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::Zh => format!("网格{cell}"),
        Tongue::En => format!("grid cell {cell}"),
    }
}

/// Buildings are numbers for some offices and names for others.
fn building_name(building: &str, tongue: Tongue) -> String {
    let number = !building.is_empty() && building.bytes().all(|b| b.is_ascii_digit());
    match (number, tongue) {
        (true, Tongue::Zh) => format!("{building}号楼"),
        (true, Tongue::En) => format!("Building {building}"),
        (false, _) => building.to_owned(),
    }
}
