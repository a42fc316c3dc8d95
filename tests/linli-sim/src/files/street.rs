//! Eight homes: an office, six households, a gate; who of them is what in a seed, and who is linked with whom.

use crate::dice::SimDice;
use crate::small::founding::{Community, Enrolled, Plan};
use crate::small::mesh::Net;
use linli_node::replica::EnrolAs;
use std::collections::BTreeMap;

pub(super) use crate::small::founding::OFFICE;

/// A gate: it carries no post, and what goes with one is not for it.
pub(super) const GATE: usize = 7;
/// All of them.
pub(super) const HOMES: usize = 8;

/// What stands on the disks before a seed begins.
pub struct Lane(pub(super) Community);

impl Lane {
    /// Founds it.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn new() -> Result<Self, String> {
        let role = |home: usize| match home {
            GATE => EnrolAs::Gate { number: 1 },
            _ => EnrolAs::Household {
                unit: format!("{}-1-{home}01", 1 + home % 3),
            },
        };
        let plan = Plan {
            seed: 20_261_124,
            office: "居委会",
            gates: &[(1, "东门")],
            steward: None,
            register: Vec::new(),
            enrolled: (1..HOMES).map(|h| Enrolled::by_office(role(h))).collect(),
            meetings: (1..HOMES).map(|home| (OFFICE, home)).collect(),
        };
        Community::found(plan).map(Self)
    }
}

/// How somebody answers who does not answer as he should.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Manner {
    /// A byte is another.
    Wrong,
    /// Cut short.
    Short,
    /// With more behind it.
    Long,
    /// Not here yet, for ever.
    NotYet,
    /// Not now, for ever.
    Later,
    /// Nothing for you.
    No,
    /// Nothing at all.
    Silent,
    /// A version that knows no attachments.
    Old,
}

impl Manner {
    const ALL: [Self; 8] = [
        Self::Wrong,
        Self::Short,
        Self::Long,
        Self::NotYet,
        Self::Later,
        Self::No,
        Self::Silent,
        Self::Old,
    ];
}

/// Who is what in a seed.
pub(super) struct Cast {
    /// Homes whose program does not answer as ours does.
    pub(super) liars: BTreeMap<usize, Vec<Manner>>,
    /// A household whose device is revoked.
    pub(super) leaver: Option<usize>,
    /// A household that refers to more than its share.
    pub(super) flooder: Option<usize>,
    /// The home whose attachments lie in a folder.
    pub(super) folder: usize,
}

impl Cast {
    pub(super) fn draw(dice: &mut SimDice) -> Self {
        let mut households: Vec<usize> = (1..GATE).collect();
        let mut take = |dice: &mut SimDice| households.remove(dice.index(households.len()));
        let mut liars = BTreeMap::new();
        for _ in 0..dice.below(3) {
            let home = take(dice);
            let first = *dice.pick(&Manner::ALL).unwrap_or(&Manner::Wrong);
            let second = *dice.pick(&Manner::ALL).unwrap_or(&Manner::Wrong);
            liars.insert(home, vec![first, second]);
        }
        let leaver = dice.chance(250).then(|| take(dice));
        let flooder = dice.chance(150).then(|| take(dice));
        let folder = dice.index(HOMES);
        Self {
            liars,
            leaver,
            flooder,
            folder,
        }
    }

    /// Whether a home keeps to the rules, and stays.
    pub(super) fn is_sound(&self, home: usize) -> bool {
        !self.liars.contains_key(&home) && self.leaver != Some(home)
    }

    /// Sound homes that carry everything.
    pub(super) fn carriers(&self) -> Vec<usize> {
        let all = 0..HOMES;
        all.filter(|home| *home != GATE && self.is_sound(*home))
            .collect()
    }

    /// A ring of the sound, the others beside it, and chords: whatever the others do, there is a way.
    pub(super) fn net(&self, dice: &mut SimDice) -> Net {
        let mut left = self.carriers();
        let mut ring = Vec::new();
        while !left.is_empty() {
            ring.push(left.remove(dice.index(left.len())));
        }
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for (n, home) in ring.iter().enumerate() {
            edges.push((*home, ring[(n + 1) % ring.len()]));
        }
        let beside = (0..HOMES).filter(|home| !ring.contains(home));
        for home in beside {
            let first = dice.index(ring.len());
            let second = (first + 1 + dice.index(ring.len() - 1)) % ring.len();
            edges.extend([(home, ring[first]), (home, ring[second])]);
        }
        for _ in 0..dice.below(4) {
            edges.push((dice.index(HOMES), dice.index(HOMES)));
        }
        edges.retain(|(a, b)| a != b);
        let ordered = edges.iter().map(|(a, b)| (*a.min(b), *a.max(b)));
        Net::new(HOMES, ordered.collect(), dice.range(5, 400))
    }
}
