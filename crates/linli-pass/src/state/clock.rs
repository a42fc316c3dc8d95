//! How far the gate's clock can be relied on (pass.md §4).

use linli_base::time::Moment;
use linli_base::{PrincipalId, UnixSec};
use std::collections::BTreeMap;

/// Allowance while the clock agreed with a trusted source within a day.
const SKEW_GOOD_S: u64 = 120;
/// Allowance while the last agreement is up to 14 days old.
const SKEW_DRIFT_S: u64 = 300;
/// An agreement makes the clock good for this long.
const GOOD_S: u64 = 86_400;
/// And lets it drift for this long.
const DRIFT_S: u64 = 14 * 86_400;
/// Two clocks agree within this many seconds.
pub const AGREE_S: u64 = 120;
/// A clock that moves this much against the monotonic one has jumped.
const JUMP_S: u64 = 600;

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

/// What a gate knows of the time besides its own clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// When this program was built.
    pub built: UnixSec,
    /// The latest time of an epoch held.
    pub epoch: UnixSec,
    /// Own time when it last agreed with a trusted source.
    pub agreed: Option<UnixSec>,
    /// The latest own time written down while the clock was good.
    pub good: Option<UnixSec>,
    /// The newest time that each office or issuing key stated.
    pub stated: BTreeMap<PrincipalId, UnixSec>,
    /// The own clock has jumped since it last agreed.
    pub jumped: bool,
}

impl Sources {
    /// A principal stated a time; its newest counts.
    pub fn state(&mut self, by: PrincipalId, time: UnixSec) {
        let held = self.stated.entry(by).or_default();
        *held = time.max(*held);
    }

    /// Below this lies no true time.
    #[must_use]
    pub fn floor(&self) -> UnixSec {
        // An epoch, and an own clock that is good, may be ahead by as much as two clocks that agree.
        let less = |time: UnixSec| UnixSec(time.0.saturating_sub(AGREE_S));
        let (epoch, agreed, good) = (less(self.epoch), self.agreed.map(less), self.good.map(less));
        // One office with a wrong clock moves nobody's floor: the second-highest counts.
        let mut stated: Vec<UnixSec> = self.stated.values().copied().collect();
        stated.sort_unstable();
        let second = stated.iter().rev().nth(1).copied();
        [Some(self.built), Some(epoch), agreed, good, second]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or_default()
    }

    /// The state of an own clock that says `own` now, and the floor (the table of pass.md §4). Whether it is
    /// [`ClockState::Behind`] follows from the floor when it is used: [`Clock::judge`].
    #[must_use]
    pub fn clock(&self, own: UnixSec) -> Clock {
        let state = match self.agreed.map(|at| own.0.saturating_sub(at.0)) {
            _ if self.jumped => ClockState::Lost,
            Some(age) if age <= GOOD_S => ClockState::Good,
            Some(age) if age <= DRIFT_S => ClockState::Drift,
            _ => ClockState::Lost,
        };
        Clock {
            state,
            floor: self.floor(),
        }
    }
}

/// Watches the own clock against one that never steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Watch {
    anchor: Option<(UnixSec, Moment)>,
    /// The agreement that stood when the clock jumped: a later one ends it.
    jumped_after: Option<Option<UnixSec>>,
}

impl Watch {
    /// Looks at both clocks; `agreed` is when the own clock last agreed with a trusted source. Whether it has jumped
    /// by more than ten minutes since then, forwards, backwards or by standing still.
    pub fn jumped(&mut self, wall: UnixSec, mono: Moment, agreed: Option<UnixSec>) -> bool {
        let (wall_then, mono_then) = *self.anchor.get_or_insert((wall, mono));
        let expected = wall_then
            .0
            .saturating_add(mono.0.saturating_sub(mono_then.0) / 1000);
        if wall.0.abs_diff(expected) > JUMP_S {
            self.jumped_after = Some(agreed);
            self.anchor = Some((wall, mono));
        } else if self.jumped_after.is_some_and(|at| at != agreed) {
            self.jumped_after = None;
            self.anchor = Some((wall, mono));
        }
        self.jumped_after.is_some()
    }
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
