//! The clock of the tests, and waiting with an end.

use jiff::Timestamp;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Between two looks at something that will change.
const LOOK: Duration = Duration::from_millis(2);

/// Now, on the clock that never steps.
#[expect(clippy::disallowed_methods, reason = "real processes in real time")]
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}

/// Unix seconds.
#[expect(clippy::disallowed_methods, reason = "real processes in real time")]
#[must_use]
pub fn unix_s() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

/// A moment so many seconds from now, as the command line takes it.
#[must_use]
pub fn rfc3339(seconds_from_now: i64) -> String {
    Timestamp::from_second(unix_s() + seconds_from_now)
        .expect("this year")
        .to_string()
}

/// Looks until it holds; `false` when the time is over.
pub fn holds_within(within: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let began = now();
    loop {
        if holds() {
            return true;
        }
        if began.elapsed() > within {
            return false;
        }
        std::thread::park_timeout(LOOK);
    }
}

/// Looks until it holds.
///
/// # Panics
/// With `what` when the time is over.
pub fn until(what: &str, within: Duration, holds: impl FnMut() -> bool) {
    assert!(holds_within(within, holds), "not within {within:?}: {what}");
}

/// Lets so much time pass.
pub fn pass(time: Duration) {
    let began = now();
    while let Some(left) = time.checked_sub(began.elapsed()).filter(|d| !d.is_zero()) {
        std::thread::park_timeout(left);
    }
}

/// Lets the ten seconds pass in which a gate repeats its answer to a code, in whole seconds of its log.
pub fn pass_the_repeats() {
    pass(Duration::from_secs(11));
}
