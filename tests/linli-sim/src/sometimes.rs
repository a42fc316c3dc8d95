//! Rare states by name: a run of many seeds is red if one of them was never reached.
//!
//! A simulator that never crashes inside a commit proves nothing about crashes inside a commit. So the states
//! that matter are counted where they happen and printed at the end.

use std::collections::BTreeMap;

/// Every state that a thousand seeds of this slice must have reached.
pub const ALL: &[&str] = &[
    "crash inside a commit that was lost",
    "crash inside a commit that was kept",
    "crash between commits",
    "disk full, a write refused",
    "disk full, then writing again without a restart",
    "disk in error, a call refused",
    "disk in error, then writing again without a restart",
    "entries committed while cut off",
    "one-way cut",
    "link given up across a cut",
    "link broken by loss",
    "frame vanished",
    "frame came twice",
    "frame overtaken",
    "frame with a turned bit",
    "hold-back used",
    "entry waited for its author or epoch",
    "act before its predecessors",
    "cancel before the grant it cancels",
    "revocation before what it revokes",
    "row taken back by a cut-off or hold",
    "hold lifted",
    "erase before its record",
    "fork seen",
    "changed over to the branch of a cut-off",
    "own entries brought back by a peer",
    "joined while others were apart",
    "second device of a household",
    "second office",
    "edits of one record by two devices apart",
    "wall clock went backwards",
    "lanes of two years",
    "replay changed nothing",
    "sealed entry carried by who cannot read it",
];

/// How often each state was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sometimes(BTreeMap<&'static str, u64>);

impl Sometimes {
    /// A state was reached. Its name must be in [`ALL`].
    pub fn reached(&mut self, name: &'static str) {
        debug_assert!(ALL.contains(&name), "{name} is not in the list");
        *self.0.entry(name).or_default() += 1;
    }

    /// Adds another run's counts.
    pub fn add(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            *self.0.entry(name).or_default() += count;
        }
    }

    /// How often.
    #[must_use]
    pub fn count(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// States never reached.
    #[must_use]
    pub fn never(&self) -> Vec<&'static str> {
        ALL.iter().copied().filter(|n| self.count(n) == 0).collect()
    }
}
