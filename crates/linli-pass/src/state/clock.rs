//! How far the gate's clock can be relied on (pass.md §4).

use linli_base::UnixSec;

/// Allowance while the clock agreed with a trusted source within a day.
const SKEW_GOOD_S: u64 = 120;
/// Allowance while the last agreement is up to 14 days old.
const SKEW_DRIFT_S: u64 = 300;

/// The state of the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ClockState {
    /// Agrees with a trusted source, in the last 24 hours.
    Good,
    /// Last agreement 24 hours to 14 days ago.
    Drift,
    /// Below the floor.
    Behind,
    /// No source for 14 days, or a jump against the monotonic clock.
    Lost,
}

impl ClockState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Good, Self::Drift, Self::Behind, Self::Lost];

    /// `GOOD`, `DRIFT`, `BEHIND`, `LOST`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "GOOD",
            Self::Drift => "DRIFT",
            Self::Behind => "BEHIND",
            Self::Lost => "LOST",
        }
    }

    /// Reads [`Self::as_str`] again.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// The clock's state and the floor below which no true time lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// State, as the driver judges it.
    pub state: ClockState,
    /// The largest of build date, epoch times, own time persisted while good, and the second-highest newest time
    /// among offices and issuing keys.
    pub floor: UnixSec,
}

/// A moment as the gate may use it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Judged {
    /// State, after comparing the own clock with the floor.
    pub state: ClockState,
    now: UnixSec,
    floor: UnixSec,
}

impl Clock {
    /// Judges what the own clock says.
    #[must_use]
    pub fn judge(&self, now: UnixSec) -> Judged {
        let state = match self.state {
            ClockState::Good | ClockState::Drift if now < self.floor => ClockState::Behind,
            state => state,
        };
        Judged {
            state,
            now,
            floor: self.floor,
        }
    }
}

impl Judged {
    /// Whether what rests on the own clock can be decided.
    #[must_use]
    pub const fn reliable(&self) -> bool {
        matches!(self.state, ClockState::Good | ClockState::Drift)
    }

    /// The own clock, if it can be relied on.
    #[must_use]
    pub fn now(&self) -> Option<UnixSec> {
        self.reliable().then_some(self.now)
    }

    /// Whether something has ended for certain: against the clock with its allowance, else against the floor.
    #[must_use]
    pub const fn is_past(&self, end: UnixSec) -> bool {
        match self.skew_s() {
            Some(skew) => self.now.0 >= end.0.saturating_add(skew),
            None => self.floor.0 >= end.0,
        }
    }

    /// Whether something has not begun for certain; without a reliable clock that cannot be said.
    #[must_use]
    pub const fn is_before(&self, start: UnixSec) -> bool {
        match self.skew_s() {
            Some(skew) => self.now.0.saturating_add(skew) < start.0,
            None => false,
        }
    }

    const fn skew_s(&self) -> Option<u64> {
        match self.state {
            ClockState::Good => Some(SKEW_GOOD_S),
            ClockState::Drift => Some(SKEW_DRIFT_S),
            ClockState::Behind | ClockState::Lost => None,
        }
    }
}
