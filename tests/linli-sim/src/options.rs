//! What a run is asked for, and what its seed draws: who is there, how bad the network is, what will break.

use crate::dice::SimDice;
use crate::trace::Lines;
use linli_node::replica::PlantedBugs;

/// A fault planted on purpose: a simulator that does not find it proves nothing (quality.md T10).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Plant {
    /// A person is told "saved" before the commit.
    AcknowledgeBeforeCommit,
    /// Peers hear of what is only staged.
    SendBeforePersist,
    /// An act takes effect only when its log has caught up with it.
    ActAfterItsEntry,
    /// What outruns its predecessors is forgotten, and heads are not exchanged again.
    HoldBackLost,
    /// An order that depends on the process.
    HashOrder,
}

impl Plant {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::AcknowledgeBeforeCommit,
        Self::SendBeforePersist,
        Self::ActAfterItsEntry,
        Self::HoldBackLost,
        Self::HashOrder,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AcknowledgeBeforeCommit => "acknowledge-before-commit",
            Self::SendBeforePersist => "send-before-persist",
            Self::ActAfterItsEntry => "act-after-its-entry",
            Self::HoldBackLost => "hold-back-lost",
            Self::HashOrder => "hash-order",
        }
    }

    /// Reads [`Self::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// The replica's half of it.
    #[must_use]
    pub fn bugs(self) -> PlantedBugs {
        let mut bugs = PlantedBugs::default();
        match self {
            Self::AcknowledgeBeforeCommit => bugs.acknowledge_before_commit = true,
            Self::SendBeforePersist => bugs.send_before_persist = true,
            Self::ActAfterItsEntry => bugs.act_after_its_entry = true,
            Self::HoldBackLost => bugs.hold_back_lost = true,
            Self::HashOrder => bugs.hash_order = true,
        }
        bugs
    }
}

/// What one run is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// So many nodes, from 3; drawn from the seed if not given.
    pub nodes: Option<usize>,
    /// A fault to plant.
    pub plant: Option<Plant>,
    /// Which lines to keep.
    pub lines: Lines,
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// The office that founded the neighbourhood; always node 0.
    Founder,
    /// Another office.
    Office,
    /// A household's first device.
    Household,
    /// A further device of the household that this node belongs to.
    Sibling(usize),
    /// The gate of this number.
    Gate(u8),
}

impl Role {
    /// Whether it is a gate.
    #[must_use]
    pub const fn is_gate(self) -> bool {
        matches!(self, Self::Gate(_))
    }

    /// Whether it is an office.
    #[must_use]
    pub const fn is_office(self) -> bool {
        matches!(self, Self::Founder | Self::Office)
    }
}

/// How links treat frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weather {
    /// Shortest way of a frame, ms.
    pub fastest: u64,
    /// What may come on top, ms.
    pub jitter: u64,
    /// Of a thousand frames so many are lost for good, which on an ordered stream breaks the link.
    pub broken: u64,
    /// Of a thousand frames so many vanish without a trace: harsher than any stream.
    pub vanished: u64,
    /// Of a thousand frames so many come twice.
    pub doubled: u64,
    /// Of a thousand frames so many are overtaken.
    pub overtaken: u64,
    /// Of a thousand frames of entries so many arrive with a bit turned.
    pub flipped: u64,
}

impl Weather {
    /// What the faults leave behind when they are over.
    #[must_use]
    pub const fn calm(self) -> Self {
        Self {
            fastest: self.fastest,
            jitter: self.jitter,
            broken: 0,
            vanished: 0,
            doubled: 0,
            overtaken: 0,
            flipped: 0,
        }
    }

    fn draw(dice: &mut SimDice) -> Self {
        let streams = Self {
            fastest: dice.range(1, 30),
            jitter: dice.range(0, 120),
            broken: dice.below(12),
            vanished: 0,
            doubled: 0,
            overtaken: 0,
            flipped: 0,
        };
        if !dice.chance(300) {
            return streams;
        }
        Self {
            vanished: dice.below(120),
            doubled: dice.below(120),
            overtaken: dice.below(200),
            flipped: dice.below(30),
            ..streams
        }
    }
}

/// What a seed draws.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Who is there.
    pub roles: Vec<Role>,
    /// When each joins, ms; 0 is from the start.
    pub joins: Vec<u64>,
    /// What the wall clock of an honest world says at the start, Unix ms.
    pub wall: u64,
    /// How far each wall clock is off, ms.
    pub skews: Vec<i64>,
    /// The network.
    pub weather: Weather,
    /// A node commits at most so long after it staged something, ms.
    pub commit_delay: u64,
    /// When the faults stop, ms.
    pub faults_until: u64,
    /// How many times somebody does something.
    pub acts: u64,
    /// Whether the founder revokes a device.
    pub revoke: bool,
    /// Whether devices are held and lifted.
    pub holds: bool,
    /// Whether a household's disk is put back to an older copy.
    pub restore: bool,
}

/// 2026-12-20 08:00 in China: skewed clocks fall into two years and two quarters.
const WALL: u64 = 1_797_724_800_000;
const DAY: i64 = 86_400_000;

impl Plan {
    /// Draws a plan.
    pub fn draw(dice: &mut SimDice, options: &Options) -> Self {
        let count = options
            .nodes
            .unwrap_or_else(|| usize::try_from(dice.range(3, 6)).unwrap_or(3));
        let roles = roles(dice, count.max(3));
        let faults_until = dice.range(40_000, 90_000);
        let mut joins = vec![0; roles.len()];
        for join in joins.iter_mut().skip(3) {
            if dice.chance(500) {
                *join = dice.range(1_000, faults_until * 2 / 3);
            }
        }
        let skews = (0..roles.len()).map(|_| skew(dice)).collect();
        Self {
            joins,
            wall: WALL,
            skews,
            weather: Weather::draw(dice),
            commit_delay: [0, 3, 20, 80][dice.index(4)],
            faults_until,
            acts: dice.range(36, 64),
            revoke: dice.chance(350),
            holds: dice.chance(400),
            restore: dice.chance(300),
            roles,
        }
    }
}

fn roles(dice: &mut SimDice, count: usize) -> Vec<Role> {
    let mut roles = vec![Role::Founder, Role::Household, Role::Gate(1)];
    let mut gates = 1;
    while roles.len() < count {
        let households: Vec<usize> = (0..roles.len())
            .filter(|i| roles[*i] == Role::Household)
            .collect();
        let role = match dice.below(10) {
            0..=2 => Role::Sibling(*dice.pick(&households).unwrap_or(&1)),
            3 => Role::Office,
            4 if gates < 2 => {
                gates += 1;
                Role::Gate(gates)
            }
            _ => Role::Household,
        };
        roles.push(role);
    }
    roles
}

fn skew(dice: &mut SimDice) -> i64 {
    let of = |dice: &mut SimDice, most: i64| {
        let wide = u64::try_from(2 * most).unwrap_or(0);
        i64::try_from(dice.range(0, wide)).unwrap_or(0) - most
    };
    match dice.below(10) {
        0..=4 => of(dice, 3_000),
        5..=7 => of(dice, DAY / 24),
        8 => of(dice, 30 * DAY),
        _ => of(dice, 3_650 * DAY),
    }
}
