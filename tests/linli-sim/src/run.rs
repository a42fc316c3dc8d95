//! One seed from beginning to end.

use crate::options::Options;
use crate::sometimes::Sometimes;
use crate::world::{Tally, Violation, World};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What became of a seed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// What did not hold, if something did not.
    pub violation: Option<Violation>,
    /// The hash of all that happened.
    pub hash: [u8; 32],
    /// The lines that were asked for.
    pub lines: Vec<String>,
    /// Rare states it reached.
    pub sometimes: Sometimes,
    /// How much happened.
    pub tally: Tally,
}

/// Runs a seed. A panic of the product is a violation like any other.
#[must_use]
pub fn run(seed: u64, options: &Options) -> Outcome {
    let mut world = World::new(seed, options);
    let lived = catch_unwind(AssertUnwindSafe(|| world.live()));
    let violation = match lived {
        Ok(Ok(())) => None,
        Ok(Err(violation)) => Some(violation),
        Err(panic) => {
            let what = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            Some(Violation::new("no panic", what.unwrap_or_default()))
        }
    };
    let tally = world.sum_up();
    Outcome {
        seed,
        violation,
        hash: world.trace.hash(),
        sometimes: world.sometimes,
        tally,
        lines: world.trace.into_lines(),
    }
}
