//! The one place of this program that reads a clock and rolls dice.

use crate::replica::Now;
use linli_base::time::Moment;
use linli_base::{Dice, UnixMs};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The machine's two clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the runtime is where the clock enters"
    )]
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the runtime is where the clock enters"
    )]
    pub(crate) fn now(&self) -> Now {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |d| d.as_millis());
        Now {
            moment: Moment(u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)),
            wall: UnixMs(u64::try_from(wall).unwrap_or(u64::MAX)),
        }
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OsDice;

impl Dice for OsDice {
    #[expect(
        clippy::panic,
        reason = "without randomness no key may be made, and nothing may be sealed or signed"
    )]
    fn fill(&mut self, out: &mut [u8]) {
        if let Err(error) = getrandom::fill(out) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}
