//! The street that every seed begins with, founded once: an office, seventeen households, a second device, a gate.

use crate::dice::SimDice;
use crate::small::founding::{Community, Enrolled, Plan};
use crate::small::home::Home;
use linli_node::drive::Hands;
use linli_node::replica::EnrolAs;

pub(super) use crate::small::founding::OFFICE;

/// A household whose device may stand at the doors of [`STEWARDS`].
pub(super) const STEWARD: usize = 1;
/// Where the steward goes from door to door.
pub(super) const STEWARDS: &str = "2-";
/// A household with two devices, and its second one.
const PARENT: usize = 2;
const SIBLING: usize = 18;
/// A gate, which carries and says nothing.
const GATE: usize = 19;
/// All of them.
pub(super) const HOMES: usize = 20;

/// Where a home's people live.
pub(super) fn unit(home: usize) -> Option<String> {
    match home {
        OFFICE | GATE => None,
        SIBLING => unit(PARENT),
        _ => Some(format!("{}-1-{home}01", 1 + home % 3)),
    }
}

/// Units of the register in which no computer stands, and people live.
pub(super) const WITHOUT: [&str; 3] = ["1-2-801", "2-2-802", "3-2-803"];
/// Units of the register that nobody lives in.
pub(super) const VACANT: [&str; 3] = ["1-2-901", "2-2-902", "3-2-903"];

/// The register of the office; of one household it says wrongly that nobody lives there.
fn register() -> Vec<(String, &'static str)> {
    let homes = (1..SIBLING).filter_map(|home| {
        let usage = if home == PARENT { "空置" } else { "自住" };
        Some((unit(home)?, usage))
    });
    let without = WITHOUT.iter().map(|unit| ((*unit).to_owned(), "自住"));
    let vacant = VACANT.iter().map(|unit| ((*unit).to_owned(), "空置"));
    homes.chain(without).chain(vacant).collect()
}

/// What stands on the disks before a seed begins.
pub struct Street(Community);

impl Street {
    /// Founds it.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn new() -> Result<Self, String> {
        let enrolled = |home: usize| match (home, unit(home)) {
            (SIBLING, _) => Enrolled {
                role: EnrolAs::Sibling,
                by: PARENT,
            },
            (_, Some(unit)) => Enrolled::by_office(EnrolAs::Household { unit }),
            (_, None) => Enrolled::by_office(EnrolAs::Gate { number: 1 }),
        };
        // The second device is known by its household first.
        let mut meetings = vec![(PARENT, SIBLING)];
        meetings.extend((1..HOMES).map(|home| (OFFICE, home)));
        let plan = Plan {
            seed: 20_261_123,
            office: "居委会",
            gates: &[(1, "东门")],
            steward: Some((STEWARD, "2")),
            register: register(),
            enrolled: (1..HOMES).map(enrolled).collect(),
            meetings,
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
}
