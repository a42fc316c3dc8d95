//! The estate that every seed begins with, founded once: an office, two gates, a household, all of which have met.

use crate::dice::SimDice;
use crate::small::founding::{Community, Enrolled, Plan};
use crate::small::home::Home;
use linli_node::drive::Hands;
use linli_node::replica::EnrolAs;

/// The household.
pub(crate) const HOUSE: usize = 3;
/// Office, gate 1, gate 2, household.
pub(super) const HOMES: usize = 4;
/// Everybody with everybody who tells them something.
pub(super) const PAIRS: [(usize, usize); 5] = [(0, 1), (0, 2), (1, 2), (0, HOUSE), (1, HOUSE)];

/// What stands on the disks before a seed begins.
#[derive(Clone)]
pub struct Founded(Community);

impl Founded {
    /// Founds it.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn new() -> Result<Self, String> {
        let unit = "3-2-501".to_owned();
        let roles = [
            EnrolAs::Gate { number: 1 },
            EnrolAs::Gate { number: 2 },
            EnrolAs::Household { unit },
        ];
        let plan = Plan {
            seed: 20_261_122,
            office: "物业",
            gates: &[(1, "东门"), (2, "西门")],
            steward: None,
            register: Vec::new(),
            enrolled: roles.into_iter().map(Enrolled::by_office).collect(),
            meetings: PAIRS.to_vec(),
        };
        Community::found(plan).map(Self)
    }

    /// The homes as a seed finds them.
    pub(crate) fn homes(
        &self,
        dice: &mut SimDice,
        hands: &'static Hands,
    ) -> Result<Vec<Home>, String> {
        self.0.homes(dice, |_| hands)
    }

    /// The same, each by a clock of its own.
    #[cfg(test)]
    pub(crate) fn homes_by(
        &self,
        dice: &mut SimDice,
        hands: impl Fn(usize) -> &'static Hands,
    ) -> Result<Vec<Home>, String> {
        self.0.homes(dice, hands)
    }
}
