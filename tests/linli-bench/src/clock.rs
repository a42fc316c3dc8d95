//! The one place that reads the clock, and the date of a run.

use std::time::{Duration, Instant};

/// Runs something and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = instant();
    let made = work();
    (made, start.elapsed())
}

/// Now.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#[must_use]
pub fn instant() -> Instant {
    Instant::now()
}

/// Today, for the head of the page.
#[expect(
    clippy::disallowed_methods,
    reason = "a page of measurements says when they were taken"
)]
#[must_use]
pub fn today() -> String {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}
