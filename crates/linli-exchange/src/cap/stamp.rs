//! A moment as CAP writes it: whole seconds and the offset of whoever wrote it, never `Z`.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use std::fmt;

/// The last second of 9998: with any offset the year still has four digits.
const LAST_S: i64 = 253_370_764_799;
/// The first second of the year 2 for the same reason.
const FIRST_S: i64 = -62_104_060_800;
const DAY_S: i64 = 86_400;
/// Offsets go to fourteen hours.
const OFFSET_MAX_MIN: i32 = 840;

/// A moment with its offset. Always one that can be written with four digits of a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    at_s: i64,
    offset_min: i32,
}

impl Stamp {
    /// A moment in milliseconds since 1970, at an offset in minutes east of UTC; both are brought within bounds.
    #[must_use]
    pub fn of_ms(ms: u64, offset_min: i32) -> Self {
        let at_s = i64::try_from(ms / 1000).unwrap_or(LAST_S).min(LAST_S);
        let offset_min = offset_min.clamp(-OFFSET_MAX_MIN, OFFSET_MAX_MIN);
        Self { at_s, offset_min }
    }

    /// Milliseconds since 1970; nothing before.
    #[must_use]
    pub fn ms(self) -> u64 {
        u64::try_from(self.at_s).unwrap_or(0).saturating_mul(1000)
    }

    /// Reads `2026-11-22T14:05:00+08:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 25
            && bytes.iter().enumerate().all(|(at, b)| match at {
                4 | 7 => *b == b'-',
                10 => *b == b'T',
                13 | 16 | 22 => *b == b':',
                19 => matches!(b, b'+' | b'-'),
                _ => b.is_ascii_digit(),
            });
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
        let part = |from: usize| number(from, from + 2).and_then(|n| i8::try_from(n).ok());
        if !shaped {
            return None;
        }
        let (hours, minutes) = (i32::from(part(20)?), i32::from(part(23)?));
        let east = if bytes.get(19) == Some(&b'-') { -1 } else { 1 };
        let offset_min = hours * 60 + minutes;
        if minutes >= 60 || offset_min > OFFSET_MAX_MIN {
            return None;
        }
        let offset_min = east * offset_min;
        // Midnight may be written as the end of a day.
        let (hour, more) = match (part(11)?, part(14)?, part(17)?) {
            (24, 0, 0) => (0, DAY_S),
            (hour, _, _) => (hour, 0),
        };
        let local = DateTime::new(
            number(0, 4)?,
            part(5)?,
            part(8)?,
            hour,
            part(14)?,
            part(17)?,
            0,
        );
        let local_s = Offset::UTC.to_timestamp(local.ok()?).ok()?.as_second() + more;
        let at_s = local_s - i64::from(offset_min) * 60;
        (FIRST_S..=LAST_S)
            .contains(&at_s)
            .then_some(Self { at_s, offset_min })
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local_s = self.at_s + i64::from(self.offset_min) * 60;
        let local = jiff::Timestamp::from_second(local_s)
            .map(|at| Offset::UTC.to_datetime(at))
            .unwrap_or(DateTime::ZERO);
        // UTC is written with a minus sign (CAP 1.2 §3.3.2).
        let sign = if self.offset_min > 0 { '+' } else { '-' };
        let offset = self.offset_min.abs();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second(),
            offset / 60,
            offset % 60
        )
    }
}
