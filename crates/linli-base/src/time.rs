//! Moments, months and the community's fixed UTC offset.
//!
//! No function here reads a clock. Wall-clock time is [`UnixMs`]; the scheduler's own time, which never
//! steps, is [`Moment`].

use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z, as a wall clock claims.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct UnixMs(pub u64);

/// Whole seconds since 1970-01-01T00:00:00Z, as passes and certificates carry them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct UnixSec(pub u64);

/// Milliseconds on a clock that never steps; only differences mean anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Moment(pub u64);

/// Minutes east of UTC, fixed for a community by its charter; -14:00 to +14:00.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UtcOffset(i32);

/// A month counted from 1970-01 (which is 0) at the charter's offset; the period of a lane. 0 also means
/// "no period": nobody keeps a neighbourhood log from January 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Period(pub u32);

impl UnixMs {
    /// Rounded down to seconds.
    #[must_use]
    pub const fn seconds(self) -> UnixSec {
        UnixSec(self.0 / 1000)
    }
}

impl UnixSec {
    /// The same moment in milliseconds.
    #[must_use]
    pub const fn ms(self) -> UnixMs {
        UnixMs(self.0.saturating_mul(1000))
    }
}

impl Moment {
    /// This moment `ms` later.
    #[must_use]
    pub const fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl UtcOffset {
    /// From minutes east of UTC; `None` outside ±14 h.
    #[must_use]
    pub const fn from_minutes(minutes: i32) -> Option<Self> {
        if minutes >= -840 && minutes <= 840 {
            Some(Self(minutes))
        } else {
            None
        }
    }

    /// Reads `+08:00`, `-03:30`, `Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "Z" {
            return Some(Self(0));
        }
        let (sign, rest) = match text.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (h, m) = rest.split_once(':')?;
        let two = |s: &str| (s.len() == 2).then(|| s.parse::<i32>().ok()).flatten();
        let (h, m) = (two(h)?, two(m)?);
        (m < 60)
            .then(|| Self::from_minutes(sign * (h * 60 + m)))
            .flatten()
    }

    /// Minutes east of UTC.
    #[must_use]
    pub const fn minutes(self) -> i32 {
        self.0
    }

    /// Local civil time of a moment.
    #[must_use]
    pub fn local(self, at: UnixSec) -> Civil {
        let local = i64::try_from(at.0).unwrap_or(i64::MAX / 2) + i64::from(self.0) * 60;
        Civil::from_epoch_seconds(local)
    }

    /// The month that a moment falls in.
    #[must_use]
    pub fn month(self, at: UnixSec) -> Period {
        let c = self.local(at);
        Period::of_month(c.year, c.month)
    }

    /// The first month of the year that a moment falls in.
    #[must_use]
    pub fn year(self, at: UnixSec) -> Period {
        Period::of_month(self.local(at).year, 1)
    }

    /// The first month of the quarter that a moment falls in.
    #[must_use]
    pub fn quarter(self, at: UnixSec) -> Period {
        let c = self.local(at);
        Period::of_month(c.year, (c.month - 1) / 3 * 3 + 1)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", self.0.abs() / 60, self.0.abs() % 60)
    }
}

impl Period {
    /// No period.
    pub const NONE: Self = Self(0);

    /// Month 1-12 of a year from 1970; years before saturate to 0.
    #[must_use]
    pub fn of_month(year: i64, month: u32) -> Self {
        let months = (year - 1970).max(0) * 12 + i64::from(month) - 1;
        Self(u32::try_from(months).unwrap_or(u32::MAX))
    }
}

/// A civil date and time of day, proleptic Gregorian, without zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Civil {
    /// Year, astronomical.
    pub year: i64,
    /// Month 1-12.
    pub month: u32,
    /// Day 1-31.
    pub day: u32,
    /// Minutes since local midnight, 0-1439.
    pub minute_of_day: u32,
    /// Second 0-59.
    pub second: u32,
    /// Day of week, 0 = Monday.
    pub weekday: u32,
}

impl Civil {
    fn from_epoch_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(86_400);
        let in_day = seconds.rem_euclid(86_400);
        // Days to civil date: shift the era to start on 1 March so that leap days come last.
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        let small = |v: i64| u32::try_from(v).unwrap_or(0);
        Self {
            year,
            month: small(month),
            day: small(day),
            minute_of_day: small(in_day / 60),
            second: small(in_day % 60),
            weekday: small((days + 3).rem_euclid(7)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_of_known_moments() {
        let z = UtcOffset::parse("Z").unwrap();
        let c = z.local(UnixSec(1_795_305_600)); // 2026-11-22T00:00:00Z, a Sunday
        assert_eq!((c.year, c.month, c.day, c.weekday), (2026, 11, 22, 6));
        let c = z.local(UnixSec(951_782_400)); // 2000-02-29
        assert_eq!((c.year, c.month, c.day), (2000, 2, 29));
    }

    #[test]
    fn a_month_is_the_month_at_the_charters_offset() {
        let cn = UtcOffset::parse("+08:00").unwrap();
        // 2026-11-30T16:30:00Z is already December in China.
        assert_eq!(cn.month(UnixSec(1_796_056_200)), Period::of_month(2026, 12));
        assert_eq!(
            cn.quarter(UnixSec(1_796_056_200)),
            Period::of_month(2026, 10)
        );
        assert_eq!(cn.year(UnixSec(1_796_056_200)), Period::of_month(2026, 1));
    }

    #[test]
    fn offsets_are_read_strictly() {
        assert_eq!(
            UtcOffset::parse("+08:00").map(UtcOffset::minutes),
            Some(480)
        );
        assert_eq!(
            UtcOffset::parse("-03:30").map(UtcOffset::minutes),
            Some(-210)
        );
        for bad in ["8", "+8:00", "+25:00", "+08:60", "", "08:00", "+0८:00"] {
            assert_eq!(UtcOffset::parse(bad), None, "{bad}");
        }
    }
}
