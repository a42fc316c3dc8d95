//! Joining a community from a window: an invitation, seven pictures, and then the home opens.

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
}
