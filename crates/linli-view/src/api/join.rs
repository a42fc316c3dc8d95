//! Beginning from a window: joining with an invitation and seven pictures, or founding with a sheet of words.

use super::Passphrase;
use serde::{Deserialize, Serialize};

/// The seven pictures that both sides see.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Pictures {
    /// The pictures.
    pub emoji: Vec<String>,
    /// Their Chinese names.
    #[serde(default)]
    pub names_zh: Vec<String>,
    /// Their English names.
    #[serde(default)]
    pub names_en: Vec<String>,
    /// Their numbers.
    #[serde(default)]
    pub numbers: Vec<u32>,
    /// The unit that the invitation is for.
    #[serde(default)]
    pub unit: Option<String>,
    /// What may be read until both sides agree; none of it is verified.
    #[serde(default)]
    pub meanwhile: Meanwhile,
    /// What it makes of this computer: `household`, `office:NAME`, `gate:NO`, `screen`, `sibling`.
    #[serde(default)]
    pub role: String,
}

/// What may be read while the people compare.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Meanwhile {
    /// Notices in force, the newest first.
    #[serde(default)]
    pub notices: Vec<MeanwhileNotice>,
    /// Numbers that offices give out.
    #[serde(default)]
    pub numbers: Vec<MeanwhileNumber>,
}

/// A notice as it is shown meanwhile.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MeanwhileNotice {
    /// The office.
    pub office: String,
    /// Headline.
    pub title: String,
    /// Text, perhaps cut.
    pub body: String,
    /// When it was published.
    pub at_ms: u64,
}

/// A number that an office gives out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MeanwhileNumber {
    /// The office.
    pub office: String,
    /// Whose.
    pub label: String,
    /// The number.
    pub number: String,
}

/// Who of Linli is heard on the local network. Claims, all of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Nearby {
    /// Communities that an invitation is open for.
    #[serde(default)]
    pub heard: Vec<NearbyCommunity>,
    /// Further computers of Linli.
    #[serde(default)]
    pub others: u64,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct NearbyCommunity {
    /// Its name, as that computer says.
    pub name: String,
    /// Its seven pictures.
    #[serde(default)]
    pub picture: String,
}

/// A founder's sheet before anything is founded: it is written down first, so that there is never a community
/// without one. Prints as dots.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Paper {
    /// The 24 words, with blanks between them.
    pub words: Passphrase,
    /// Which two of them the person types to show that they are on paper, counted from 1.
    pub ask: [u8; 2],
}

/// What a founder decides.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FoundRequest {
    /// Name of the community.
    pub name: String,
    /// Name of the office that this computer is.
    pub office: String,
    /// Minutes east of UTC.
    pub utc_offset_min: i32,
    /// Gates by number and name.
    pub gates: Vec<(u8, String)>,
    /// The words of the sheet.
    pub paper: Passphrase,
    /// Opens the home from now on; none: a file of this account does.
    pub passphrase: Option<Passphrase>,
}
