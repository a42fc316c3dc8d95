//! All chance of a run, from one seed.
//!
//! The world rolls this generator for latencies, faults and for what people do; whoever needs random bytes of
//! their own (a replica, a crash) gets a generator that is seeded from it. So one number replays a whole run.

use linli_base::Dice;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A seeded generator.
#[derive(Clone, Debug)]
pub struct SimDice(ChaCha8Rng);

impl SimDice {
    /// Of a seed. The same seed gives the same rolls on every machine.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A generator of its own, for a replica or a disk.
    pub fn fork(&mut self) -> Self {
        Self::new(self.roll())
    }

    /// Any number.
    pub fn roll(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `limit`; 0 if the limit is 0. The slight bias does not matter here.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit.max(1)
    }

    /// An index of a list of this length.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `per_mille` of a thousand cases.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of a list; `None` if it is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.index(list.len());
        list.get(at)
    }
}

impl Dice for SimDice {
    fn fill(&mut self, out: &mut [u8]) {
        self.0.fill_bytes(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_rolls_for_ever() {
        let mut dice = SimDice::new(7);
        let rolls: Vec<u64> = (0..3).map(|_| dice.below(1000)).collect();
        let mut again = SimDice::new(7);
        assert_eq!(rolls, (0..3).map(|_| again.below(1000)).collect::<Vec<_>>());
        assert_ne!(dice.fork().roll(), SimDice::new(7).fork().roll());
        assert!((0..100).all(|_| (3..=5).contains(&dice.range(3, 5))));
    }
}
