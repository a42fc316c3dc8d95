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
    /// What it makes of this computer: `household`, `office:NAME`, `gate:NO`, `screen`, `sibling`.
    #[serde(default)]
    pub role: String,
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
