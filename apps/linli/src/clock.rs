//! The one place where this program reads a clock: for `as_of`, today's date of an import, and time limits.

use jiff::Timestamp;
use std::time::Instant;

/// The wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one clock of the command line; everything else takes time as a parameter"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The wall clock in milliseconds since 1970.
pub fn now_ms() -> u64 {
    u64::try_from(now().as_millisecond()).unwrap_or(0)
}

/// A clock that never steps, for limits and for how long a step of the demo took.
#[expect(
    clippy::disallowed_methods,
    reason = "the one clock of the command line; everything else takes time as a parameter"
)]
pub fn instant() -> Instant {
    Instant::now()
}
