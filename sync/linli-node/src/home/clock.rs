//! The one place of this program that reads a clock and rolls dice.

use crate::replica::Now;
use linli_base::time::Moment;
use linli_base::{Dice, UnixMs};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Two clocks that a simulator or a test turns: the wall clock, and the one that never steps.
#[derive(Debug, Default)]
pub struct Hands {
    /// Unix milliseconds.
    pub wall_ms: AtomicU64,
    /// Milliseconds since some moment.
    pub moment_ms: AtomicU64,
}

/// The machine's two clocks, or hands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// Those of the machine, from this moment on.
    Machine(Instant),
    /// Turned by hand.
    Hands(&'static Hands),
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the runtime is where the clock enters"
    )]
    pub(crate) fn start() -> Self {
        Self::Machine(Instant::now())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the runtime is where the clock enters"
    )]
    pub(crate) fn now(&self) -> Now {
        match self {
            Self::Machine(start) => {
                let wall = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .map_or(0, |d| d.as_millis());
                Now {
                    moment: Moment(u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)),
                    wall: UnixMs(u64::try_from(wall).unwrap_or(u64::MAX)),
                }
            }
            Self::Hands(hands) => Now {
                moment: Moment(hands.moment_ms.load(Ordering::Relaxed)),
                wall: UnixMs(hands.wall_ms.load(Ordering::Relaxed)),
            },
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
