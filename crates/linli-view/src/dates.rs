//! Moments in words, as seen from `now` at the community's fixed offset.
//!
//! 11月21日 周六 14:05, 今天 14:05, 3 分钟前. Twenty-four hours, never seconds. A moment beyond what a calendar
//! holds (a hostile or broken clock) is worded as "at an unknown time" rather than refused.

use crate::words::Catalogue;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
/// Below this a moment is "just now", in either direction: two clocks of one estate differ by so much.
const JUST_NOW_MS: u64 = 60_000;

/// The present moment and the community's offset: all that turns a number into a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    /// Milliseconds since 1970.
    pub ms: u64,
    /// Minutes east of UTC.
    pub offset_min: i32,
}

impl Now {
    /// Beijing time, which every Chinese community uses.
    #[must_use]
    pub const fn beijing(ms: u64) -> Self {
        Self {
            ms,
            offset_min: 480,
        }
    }

    /// Wall-clock date and time of a moment at this offset.
    #[must_use]
    pub fn civil(self, ms: u64) -> Option<DateTime> {
        let stamp = Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()?;
        Some(self.offset().to_datetime(stamp))
    }

    /// The moment of a wall-clock date and time at this offset.
    #[must_use]
    pub fn moment(self, civil: DateTime) -> Option<u64> {
        u64::try_from(self.offset().to_timestamp(civil).ok()?.as_millisecond()).ok()
    }

    fn offset(self) -> Offset {
        Offset::from_seconds(self.offset_min.saturating_mul(60)).unwrap_or(Offset::UTC)
    }
}

/// A moment with its day: 今天 14:05, 昨天 21:10, 11月21日 周六 14:05, and with the year if it is another one.
#[must_use]
pub fn at(words: &Catalogue, now: Now, ms: u64) -> String {
    match (now.civil(ms), now.civil(now.ms)) {
        (Some(then), Some(today)) => {
            let time = clock(then);
            match days_between(today, then) {
                0 => words.text("date-today", &[("time", time.into())]),
                -1 => words.text("date-yesterday", &[("time", time.into())]),
                1 => words.text("date-tomorrow", &[("time", time.into())]),
                _ => {
                    let mut args = date_args(then, today).to_vec();
                    args.push(("time", time.into()));
                    words.text("date-full", &args)
                }
            }
        }
        _ => words.say("date-unknown"),
    }
}

/// The day alone, never as a word for its distance: 11月21日 周六.
#[must_use]
pub fn day(words: &Catalogue, now: Now, ms: u64) -> String {
    match (now.civil(ms), now.civil(now.ms)) {
        (Some(then), Some(today)) => words.text("day-full", &date_args(then, today)),
        _ => words.say("date-unknown"),
    }
}

/// How long ago: 刚刚, 3 分钟前, 2 小时前; from yesterday on, and for the future, the moment itself.
#[must_use]
pub fn ago(words: &Catalogue, now: Now, ms: u64) -> String {
    let past = now.ms.saturating_sub(ms);
    if now.ms.abs_diff(ms) < JUST_NOW_MS {
        words.say("ago-now")
    } else if ms > now.ms {
        at(words, now, ms)
    } else if past < HOUR_MS {
        words.text("ago-minutes", &[("n", (past / MINUTE_MS).into())])
    } else if past < 12 * HOUR_MS {
        words.text("ago-hours", &[("n", (past / HOUR_MS).into())])
    } else {
        at(words, now, ms)
    }
}

/// A stretch of time: 今天 18:00–22:00, or both ends in full if they lie on different days.
#[must_use]
pub fn span(words: &Catalogue, now: Now, from_ms: u64, until_ms: u64) -> String {
    let same_day = match (now.civil(from_ms), now.civil(until_ms)) {
        (Some(from), Some(until)) if from.date() == until.date() => Some(clock(until)),
        _ => None,
    };
    match same_day {
        Some(end) => words.text(
            "span-day",
            &[
                ("from", at(words, now, from_ms).into()),
                ("time", end.into()),
            ],
        ),
        None => words.text(
            "span-days",
            &[
                ("from", at(words, now, from_ms).into()),
                ("until", at(words, now, until_ms).into()),
            ],
        ),
    }
}

/// A stretch of time that is read on another day than it is written: 11月22日 周日 18:00–22:00, never 今天.
#[must_use]
pub fn span_dated(words: &Catalogue, now: Now, from_ms: u64, until_ms: u64) -> String {
    let (Some(from), Some(until), Some(today)) =
        (now.civil(from_ms), now.civil(until_ms), now.civil(now.ms))
    else {
        return words.say("date-unknown");
    };
    let dated = |moment: DateTime| {
        let mut args = date_args(moment, today).to_vec();
        args.push(("time", clock(moment).into()));
        words.text("date-full", &args)
    };
    if from.date() == until.date() {
        words.text(
            "span-day",
            &[("from", dated(from).into()), ("time", clock(until).into())],
        )
    } else {
        words.text(
            "span-days",
            &[("from", dated(from).into()), ("until", dated(until).into())],
        )
    }
}

/// The time of day alone, `14:05`; empty beyond the calendar.
#[must_use]
pub fn time(now: Now, ms: u64) -> String {
    now.civil(ms).map(clock).unwrap_or_default()
}

/// A length of time, rounded down: 40 分钟, 3 小时, 2 天.
#[must_use]
pub fn length(words: &Catalogue, ms: u64) -> String {
    let (key, n) = match ms {
        0..HOUR_MS => ("length-minutes", ms / MINUTE_MS),
        HOUR_MS..172_800_000 => ("length-hours", ms / HOUR_MS),
        _ => ("length-days", ms / (24 * HOUR_MS)),
    };
    words.text(key, &[("n", n.into())])
}

fn clock(moment: DateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

fn days_between(today: DateTime, then: DateTime) -> i32 {
    today
        .date()
        .until(then.date())
        .map_or(i32::MAX, |span| span.get_days())
}

/// Month, day and weekday; the year if it is not this one, else 0, which the sentence leaves out.
fn date_args(then: DateTime, today: DateTime) -> [(&'static str, crate::words::Arg<'static>); 4] {
    let year = if then.year() == today.year() {
        0
    } else {
        then.year()
    };
    [
        ("year", i64::from(year).into()),
        ("month", i64::from(then.month()).into()),
        ("day", i64::from(then.day()).into()),
        (
            "weekday",
            i64::from(then.weekday().to_monday_one_offset()).into(),
        ),
    ]
}

#[cfg(test)]
mod tests;
