//! What was asked for by hand, and is shown until somebody goes on.

use crate::api::{Evacuation, RefusalItem, ResidentPlates, UnitItem};

/// Lists that are asked for; a gate forgets them when the guard goes on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AskedFor {
    /// Who has to be looked for.
    pub evacuation: Option<Evacuation>,
    /// The refusal lists.
    pub refusals: Option<Vec<RefusalItem>>,
    /// What was looked up, and the units that were found.
    pub units: Option<(String, Vec<UnitItem>)>,
    /// At an office: plates of residents, what would change or what changed.
    pub residents: Option<ResidentPlates>,
}
