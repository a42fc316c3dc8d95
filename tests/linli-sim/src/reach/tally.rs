//! What many seeds amounted to.

use crate::small::seeds::Sum;
use std::fmt;

/// What seeds amounted to.
#[derive(Clone, Copy, Default, Debug)]
pub struct ReachTally {
    /// Notices.
    pub notices: u64,
    /// Green lights.
    pub green: u64,
    /// Times that what is shown was held against the truth.
    pub compared: u64,
    /// Among them, those where it was less.
    pub less: u64,
    /// Receipts that the office came to hold.
    pub held: u64,
    /// Those of a home that was cut off when it spoke.
    pub late: u64,
    /// Doors that somebody stood at.
    pub doors: u64,
    /// Rounds from door to door that no statement holds.
    pub rounds: u64,
    /// Homes that lost power.
    pub cuts: u64,
}

impl Sum for ReachTally {
    fn add(&mut self, other: &Self) {
        self.notices += other.notices;
        self.green += other.green;
        self.compared += other.compared;
        self.less += other.less;
        self.held += other.held;
        self.late += other.late;
        self.doors += other.doors;
        self.rounds += other.rounds;
        self.cuts += other.cuts;
    }
}

impl ReachTally {
    /// Whether everything that should happen among many seeds did.
    #[must_use]
    pub const fn reached_all(&self) -> bool {
        self.less > 0
            && self.less < self.compared
            && self.green > 0
            && self.held > 0
            && self.late > 0
            && self.doors > 0
            && self.rounds > 0
            && self.cuts > 0
    }
}

impl fmt::Display for ReachTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} notices, {} green lights, {} times compared, {} of them less than the truth, {} receipts held, {} of them said while cut \
             off, {} doors, {} rounds, {} power cuts",
            self.notices,
            self.green,
            self.compared,
            self.less,
            self.held,
            self.late,
            self.doors,
            self.rounds,
            self.cuts
        )
    }
}
