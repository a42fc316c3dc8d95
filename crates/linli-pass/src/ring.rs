//! Calling a household about somebody at the gate: one device after the other, in the household's own order.
//!
//! A pure state machine: the driver says what happened and when, on a clock that never steps, and carries out the
//! [`Act`]s that come back. Each device rings once. One that has not even received the call within
//! [`REACH_MS`] does not keep the queue of cars waiting: the next one rings while it may still answer. Whatever
//! comes of it, the guard decides; a household's "no" beats every "yes", in whichever order they arrive.

use linli_base::DeviceId;
use linli_base::time::Moment;
use std::collections::{BTreeSet, VecDeque};

#[cfg(test)]
mod tests;

/// How long a device rings that has not said that it received the call.
pub const REACH_MS: u64 = 10_000;

/// A device and how long it rings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called {
    /// The device.
    pub device: DeviceId,
    /// How long its household lets it ring.
    pub ring_ms: u64,
}

/// What came of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// This device said: let in. Nobody said no.
    Admit(DeviceId),
    /// This device said: do not let in.
    Refuse(DeviceId),
    /// Somebody was reached, nobody answered.
    NoAnswer,
    /// No device received the call.
    NotReached,
}

/// What the driver has to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Ring at this device.
    Ring(Called),
    /// Tell the guard; may come again when somebody answers late.
    Over(Outcome),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Current {
    called: Called,
    since: Moment,
}

/// One call, from the first ring until the guard decides.
///
/// ```
/// use linli_base::{DeviceId, time::Moment};
/// use linli_pass::ring::{Act, Called, Outcome, Ringing};
/// let phone = Called { device: DeviceId([1; 32]), ring_ms: 55_000 };
/// let (mut call, first) = Ringing::begin([phone], true, Moment(0));
/// assert_eq!(first, Act::Ring(phone));
/// call.heard(phone.device);
/// assert_eq!(call.tick(Moment(54_999)), None);
/// assert_eq!(call.tick(Moment(55_000)), Some(Act::Over(Outcome::NoAnswer)));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ringing {
    waiting: VecDeque<Called>,
    members: BTreeSet<DeviceId>,
    current: Option<Current>,
    heard: BTreeSet<DeviceId>,
    over: Option<Outcome>,
    decided: bool,
}

impl Ringing {
    /// Begins to call devices in this order; one named twice rings once. Without any link to anybody (`linked`) nobody
    /// can be reached, and the guard hears that at once.
    #[must_use]
    pub fn begin(order: impl IntoIterator<Item = Called>, linked: bool, at: Moment) -> (Self, Act) {
        let mut members = BTreeSet::new();
        let mut waiting: VecDeque<Called> = order.into_iter().collect();
        waiting.retain(|called| members.insert(called.device));
        let mut call = Self {
            waiting,
            members,
            current: None,
            heard: BTreeSet::new(),
            over: None,
            decided: false,
        };
        if !linked {
            call.waiting.clear();
        }
        let act = call.next(at);
        (call, act)
    }

    /// A device that rang before, when this call was begun the first time, may still answer.
    pub fn may_answer(&mut self, device: DeviceId) {
        self.members.insert(device);
    }

    /// A device has received the call.
    pub fn heard(&mut self, device: DeviceId) {
        if self.members.contains(&device) {
            self.heard.insert(device);
        }
    }

    /// A device answers. `None` when that changes nothing: a stranger, a second yes, a yes after a no, a decision
    /// already taken.
    pub fn answered(&mut self, device: DeviceId, admit: bool) -> Option<Act> {
        let settled = match self.over {
            Some(Outcome::Refuse(_)) => true,
            Some(Outcome::Admit(_)) => admit,
            _ => false,
        };
        if self.decided || settled || !self.members.contains(&device) {
            return None;
        }
        self.heard.insert(device);
        let outcome = if admit {
            Outcome::Admit(device)
        } else {
            Outcome::Refuse(device)
        };
        Some(self.end(outcome))
    }

    /// Time has passed.
    pub fn tick(&mut self, at: Moment) -> Option<Act> {
        (self.due()? <= at).then(|| self.next(at))
    }

    /// When to call [`Self::tick`]; `None` once nothing rings.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let current = self.current.filter(|_| !self.decided)?;
        let ring_ms = current.called.ring_ms;
        let for_ms = if self.heard.contains(&current.called.device) {
            ring_ms
        } else {
            ring_ms.min(REACH_MS)
        };
        Some(current.since.plus(for_ms))
    }

    /// The guard has decided: nothing rings any more and no answer changes anything. `false` if that was known.
    pub fn decide(&mut self) -> bool {
        self.current = None;
        self.waiting.clear();
        !std::mem::replace(&mut self.decided, true)
    }

    /// The device that rings now.
    #[must_use]
    pub fn rings_at(&self) -> Option<DeviceId> {
        self.current.map(|current| current.called.device)
    }

    /// What came of it so far; `None` while it rings.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        self.over
    }

    fn next(&mut self, at: Moment) -> Act {
        match self.waiting.pop_front() {
            Some(called) => {
                self.current = Some(Current { called, since: at });
                Act::Ring(called)
            }
            None if self.heard.is_empty() => self.end(Outcome::NotReached),
            None => self.end(Outcome::NoAnswer),
        }
    }

    fn end(&mut self, outcome: Outcome) -> Act {
        self.current = None;
        self.waiting.clear();
        self.over = Some(outcome);
        Act::Over(outcome)
    }
}
