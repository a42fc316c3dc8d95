//! Recurring windows: on which weekdays, from which minute to which, at the community's fixed offset.

use super::GrantError;
use linli_base::{UnixSec, UtcOffset};

const DAY_S: u64 = 86_400;
const MINUTES: u16 = 1440;

/// A window within one day; always `start < end` and at least one weekday.
///
/// The start is inside, the end is not. Over midnight takes two windows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Window {
    days: u8,
    start: u16,
    end: u16,
}

impl Window {
    /// Of weekday bits (bit 0 = Monday, 1 to 127), first minute (0 to 1439) and the minute after the last
    /// (1 to 1440).
    ///
    /// # Errors
    /// [`GrantError::Window`].
    pub const fn new(days: u8, start: u16, end: u16) -> Result<Self, GrantError> {
        if days == 0 || days > 127 || start >= end || end > MINUTES {
            return Err(GrantError::Window);
        }
        Ok(Self { days, start, end })
    }

    /// Weekday bits, bit 0 = Monday.
    #[must_use]
    pub const fn days(self) -> u8 {
        self.days
    }

    /// First minute of the day.
    #[must_use]
    pub const fn start(self) -> u16 {
        self.start
    }

    /// The minute after the last.
    #[must_use]
    pub const fn end(self) -> u16 {
        self.end
    }

    /// Whether the moment lies inside.
    #[must_use]
    pub fn contains(self, at: UnixSec, offset: UtcOffset) -> bool {
        let local = offset.local(at);
        let minute = local.minute_of_day;
        self.days & (1 << local.weekday) != 0
            && (u32::from(self.start)..u32::from(self.end)).contains(&minute)
    }

    /// The next moment after `at` at which this window opens: at most eight days ahead.
    #[must_use]
    pub fn next_opening(self, at: UnixSec, offset: UtcOffset) -> Option<UnixSec> {
        let local = offset.local(at);
        let into_day = u64::from(local.minute_of_day) * 60 + u64::from(local.second);
        (0..=7u64)
            .filter(|ahead| {
                let weekday = (u64::from(local.weekday) + ahead) % 7;
                self.days & (1 << weekday) != 0
            })
            .map(|ahead| at.0 + ahead * DAY_S + u64::from(self.start) * 60)
            .filter_map(|opening| opening.checked_sub(into_day))
            .find(|opening| *opening > at.0)
            .map(UnixSec)
    }
}
