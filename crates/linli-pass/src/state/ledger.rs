//! Uses and cars inside, from the gate logs; and the gate's short memory: tries, locks, the last ten seconds.

use super::GateState;
use crate::codes::Verdict;
use crate::decide::{Decision, Now, Scan, What};
use crate::grant::Cti;
use crate::plate::Plate;
use crate::reason::{PinFault, Reason};
use linli_base::time::Moment;
use linli_base::{DeviceId, Period, UnixSec};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The same code within this time repeats the answer.
pub const REPEAT_MS: u64 = 10_000;
/// Tries at a PIN before it locks.
pub const PIN_TRIES: u8 = 3;
/// How long a PIN stays locked at this gate.
pub const PIN_LOCK_MS: u64 = 15 * 60_000;
/// Wrong short codes within [`CODE_SPAN_MS`] that lock code entry.
pub const CODE_TRIES: usize = 5;
/// The span in which wrong codes are counted, and how long entry stays locked.
pub const CODE_SPAN_MS: u64 = 60_000;

/// One counted entry: an event of a gate log, named by its place there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Use {
    /// When.
    pub at: UnixSec,
    /// At which gate.
    pub gate: u8,
    /// The gate's device, whose log it is.
    pub device: DeviceId,
    /// Month of the gate log.
    pub period: Period,
    /// Sequence number there.
    pub seq: u32,
}

/// Spent counts with which a month's gate log opens: what its device counted in all months before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Carried {
    /// The gate's device.
    pub device: DeviceId,
    /// The month that opens with it.
    pub period: Period,
    /// Uses before that month.
    pub spent: u32,
}

/// What the gate logs say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ledger {
    uses: BTreeMap<Cti, BTreeSet<Use>>,
    carried: BTreeMap<Cti, BTreeSet<Carried>>,
    inside: BTreeMap<Plate, UnixSec>,
}

impl Ledger {
    /// An entry was counted; adding the same one twice changes nothing.
    pub fn used(&mut self, cti: Cti, entry: Use) {
        self.uses.entry(cti).or_default().insert(entry);
    }

    /// A month's log opened with spent counts; adding the same twice changes nothing.
    pub fn carried_over(&mut self, cti: Cti, carried: Carried) {
        self.carried.entry(cti).or_default().insert(carried);
    }

    /// A car came in.
    pub fn came_in(&mut self, plate: Plate, at: UnixSec) {
        self.inside.insert(plate, at);
    }

    /// A car left.
    pub fn left(&mut self, plate: &Plate) {
        self.inside.remove(plate);
    }

    /// How often a pass was used, as far as known here: the sum over devices.
    #[must_use]
    pub fn spent(&self, cti: &Cti) -> u32 {
        let listed = self.uses.get(cti).into_iter().flatten();
        let carried = self.carried.get(cti).into_iter().flatten();
        let devices: BTreeSet<DeviceId> = listed
            .map(|u| u.device)
            .chain(carried.map(|c| c.device))
            .collect();
        devices
            .iter()
            .map(|device| self.spent_by(cti, device))
            .fold(0, u32::saturating_add)
    }

    /// How often one device counted a pass: what it carries into a new month. A month's opening count and the
    /// months before it say the same thing twice, so the larger of the two counts.
    #[must_use]
    pub fn spent_by(&self, cti: &Cti, device: &DeviceId) -> u32 {
        let since = |from: Period| {
            let listed = self.uses.get(cti).into_iter().flatten();
            let own = listed.filter(|u| u.device == *device && u.period >= from);
            u32::try_from(own.count()).unwrap_or(u32::MAX)
        };
        let opened = self.carried.get(cti).into_iter().flatten();
        opened
            .filter(|c| c.device == *device)
            .map(|c| c.spent.saturating_add(since(c.period)))
            .chain([since(Period::NONE)])
            .max()
            .unwrap_or(0)
    }

    /// Passes that a device counted or carried over, in the order of their ids.
    #[must_use]
    pub fn counted_by(&self, device: &DeviceId) -> BTreeSet<Cti> {
        let uses = self
            .uses
            .iter()
            .filter_map(|(cti, uses)| uses.iter().any(|u| u.device == *device).then_some(*cti));
        let carried = self.carried.iter().filter_map(|(cti, carried)| {
            carried.iter().any(|c| c.device == *device).then_some(*cti)
        });
        uses.chain(carried).collect()
    }

    /// The last known use.
    #[must_use]
    pub fn last_use(&self, cti: &Cti) -> Option<&Use> {
        self.uses.get(cti)?.last()
    }

    /// Since when a car is inside.
    #[must_use]
    pub fn inside_since(&self, plate: &Plate) -> Option<UnixSec> {
        self.inside.get(plate).copied()
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Recent {
    at: Moment,
    inputs: [u8; 32],
    decision: Decision,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct PinTries {
    wrong: u8,
    locked_until: Option<Moment>,
}

/// The gate's short memory. What somebody could gain by a restart outlives it: wrong tries and locks as [`Kept`],
/// admissions of the last seconds from the log ([`Tries::admitted`]).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tries {
    recent: BTreeMap<[u8; 32], Recent>,
    pins: BTreeMap<Cti, PinTries>,
    wrong_codes: VecDeque<Moment>,
    codes_locked_until: Option<Moment>,
}

impl Tries {
    /// The answer to repeat, if this scan was decided within ten seconds: any scan of a code that was admitted,
    /// otherwise only with the same PIN, companions and plate.
    #[must_use]
    pub fn repeated(&self, scan: &Scan, now: Now) -> Option<&Decision> {
        let recent = self.recent.get(&scan.hash())?;
        let age = now.mono.0.checked_sub(recent.at.0)?;
        let same = recent.decision.verdict == Verdict::Admit || recent.inputs == scan.inputs_hash();
        (age <= REPEAT_MS && same).then_some(&recent.decision)
    }

    /// Wrong PINs so far, and the seconds for which the PIN of this pass stays locked.
    #[must_use]
    pub fn pin(&self, cti: &Cti, now: Now) -> (u8, Option<u64>) {
        let tries = self.pins.get(cti).copied().unwrap_or_default();
        (tries.wrong, wait(tries.locked_until, now))
    }

    /// The seconds for which code entry stays locked.
    #[must_use]
    pub fn codes_locked(&self, now: Now) -> Option<u64> {
        wait(self.codes_locked_until, now)
    }

    /// A wrong PIN, as [`GateState::remember`] notes it; public so that a restart can be filled from the log.
    pub fn wrong_pin(&mut self, cti: Cti, at: Moment) {
        let tries = self.pins.entry(cti).or_default();
        tries.wrong += 1;
        if tries.wrong >= PIN_TRIES {
            *tries = PinTries {
                wrong: 0,
                locked_until: Some(at.plus(PIN_LOCK_MS)),
            };
        }
    }

    /// A wrong short code, as [`GateState::remember`] notes it.
    pub fn wrong_code(&mut self, at: Moment) {
        self.wrong_codes.push_back(at);
        while self
            .wrong_codes
            .front()
            .is_some_and(|first| first.plus(CODE_SPAN_MS) < at)
        {
            self.wrong_codes.pop_front();
        }
        if self.wrong_codes.len() >= CODE_TRIES {
            self.wrong_codes.clear();
            self.codes_locked_until = Some(at.plus(CODE_SPAN_MS));
        }
    }
}

/// What of the short memory has to outlive the program, in wall time: the monotonic clock begins anew with each start.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// Of each pass the wrong PINs so far, and until when its PIN is locked.
    pub pins: BTreeMap<Cti, (u8, Option<UnixSec>)>,
    /// When the last wrong short codes were typed.
    pub codes: Vec<UnixSec>,
    /// Until when code entry is locked.
    pub codes_locked: Option<UnixSec>,
}

impl Tries {
    /// What a restart must not wipe out. Empty when nobody tried anything lately.
    #[must_use]
    pub fn kept(&self, now: Now) -> Kept {
        let until = |until| wait(until, now).map(|s| UnixSec(now.wall.0.saturating_add(s)));
        let pins = self.pins.iter().map(|(cti, tries)| {
            let locked = until(tries.locked_until);
            (*cti, (tries.wrong, locked))
        });
        let since = |at: &Moment| now.mono.0.saturating_sub(at.0);
        Kept {
            pins: pins
                .filter(|(_, (wrong, locked))| *wrong > 0 || locked.is_some())
                .collect(),
            codes: self
                .wrong_codes
                .iter()
                .filter(|at| since(at) <= CODE_SPAN_MS)
                .map(|at| UnixSec(now.wall.0.saturating_sub(since(at) / 1000)))
                .collect(),
            codes_locked: until(self.codes_locked_until),
        }
    }

    /// The short memory of a program that has just begun. A lock lasts no longer than when it was set, however the
    /// wall clock was moved in between.
    #[must_use]
    pub fn restored(kept: &Kept, now: Now) -> Self {
        let until = |until: UnixSec, at_most: u64| {
            let left = until.0.saturating_sub(now.wall.0).saturating_mul(1000);
            Some(now.mono.plus(left.min(at_most))).filter(|_| left > 0)
        };
        let pins = kept.pins.iter().map(|(cti, (wrong, locked))| {
            let tries = PinTries {
                wrong: *wrong,
                locked_until: locked.and_then(|at| until(at, PIN_LOCK_MS)),
            };
            (*cti, tries)
        });
        let age = |at: &UnixSec| now.wall.0.abs_diff(at.0).saturating_mul(1000);
        Self {
            recent: BTreeMap::new(),
            pins: pins.collect(),
            wrong_codes: kept
                .codes
                .iter()
                .filter(|at| age(at) <= CODE_SPAN_MS)
                .map(|at| Moment(now.mono.0.saturating_sub(age(at))))
                .collect(),
            codes_locked_until: kept.codes_locked.and_then(|at| until(at, CODE_SPAN_MS)),
        }
    }

    /// An admission of the last seconds, from the log of the program before: the same code repeats it and opens nothing.
    /// `at` is no later than now; one from before this program began counts from its beginning.
    pub fn admitted(&mut self, decision: Decision, at: Moment) {
        let recent = Recent {
            at,
            inputs: [0; 32],
            decision,
        };
        self.recent.insert(recent.decision.scan, recent);
    }
}

fn wait(until: Option<Moment>, now: Now) -> Option<u64> {
    let ms = until?.0.checked_sub(now.mono.0).filter(|ms| *ms > 0)?;
    Some(ms.div_ceil(1000))
}

impl GateState {
    /// Advances the short memory after a decision was given. Uses are not counted here: they follow from the
    /// gate log ([`Ledger::used`]), once the entry is durable.
    pub fn remember(&mut self, scan: &Scan, decision: &Decision, now: Now) {
        self.transfer = None;
        let tries = &mut self.tries;
        tries
            .recent
            .retain(|_, r| now.mono.0.saturating_sub(r.at.0) <= REPEAT_MS);
        if matches!(scan.what, What::WalkIn { .. }) {
            return;
        }
        if let Reason::Repeat(_) = decision.reason {
            // A phone held before the camera stays one admission however long it is held there.
            if let Some(recent) = tries.recent.get_mut(&scan.hash())
                && decision.verdict == Verdict::Admit
            {
                recent.at = now.mono;
            }
            return;
        }
        match (&decision.reason, decision.cti) {
            (Reason::Pin(PinFault::Wrong { .. }), Some(cti)) => tries.wrong_pin(cti, now.mono),
            (Reason::Admit { .. }, Some(cti)) => {
                tries.pins.remove(&cti);
            }
            (Reason::CodeUnknown, _) => tries.wrong_code(now.mono),
            _ => {}
        }
        let recent = Recent {
            at: now.mono,
            inputs: scan.inputs_hash(),
            decision: decision.clone(),
        };
        tries.recent.insert(scan.hash(), recent);
    }
}
