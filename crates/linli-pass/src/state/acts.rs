//! Restrictive acts a gate has heard of: holds, cut-offs, retirements, cancels, refusals.

use super::LogPlace;
use crate::grant::Cti;
use crate::plate::Plate;
use linli_base::{DeviceId, Period, PrincipalId, Private, UnixSec};
use std::collections::{BTreeMap, BTreeSet};

/// What an act is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// One device.
    Device(DeviceId),
    /// A household or office with all its devices.
    Principal(PrincipalId),
}

/// Where logs of the pass lane end for an act: (device, period) to the last `seq` at or below it. A log that is
/// not named ends at 0.
pub type Heads = BTreeMap<(DeviceId, Period), u32>;

/// A cancel of one pass.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cancel {
    /// Who cancelled: it counts for passes of this principal.
    pub by: PrincipalId,
    /// An officer with role `gate`: it counts for every pass.
    pub officer: bool,
    /// When, as it claims.
    pub at: Option<UnixSec>,
}

/// An entry of a refusal list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Refusal {
    /// The unit that refuses; none = the whole estate.
    pub unit: Option<Private<String>>,
    /// A plate that is refused.
    pub plate: Option<Plate>,
    /// A name that is refused, exactly as a pass or the guard writes it.
    pub name: Option<Private<String>>,
}

impl Refusal {
    fn matches(&self, unit: Option<&str>, name: Option<&str>, plates: &[&Plate]) -> bool {
        let here = match &self.unit {
            None => true,
            Some(refuses) => unit == Some(refuses.reveal()),
        };
        let plate = self.plate.as_ref().is_some_and(|p| plates.contains(&p));
        let name = self.name.as_ref().is_some_and(|n| name == Some(n.reveal()));
        here && (plate || name)
    }
}

/// How a device stands for one pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// On hold; true = the pass was logged at or below the heads of every such hold.
    pub held: Option<bool>,
    /// Revoked, and the pass is not at or below the cut-off.
    pub revoked: bool,
    /// The principal is gone.
    pub retired: bool,
}

/// All acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Acts {
    holds: BTreeMap<Subject, Vec<Heads>>,
    cuts: BTreeMap<Subject, Heads>,
    retired: BTreeSet<PrincipalId>,
    cancels: BTreeMap<Cti, BTreeSet<Cancel>>,
    cancel_all: BTreeMap<PrincipalId, UnixSec>,
    refusals: BTreeSet<Refusal>,
}

impl Acts {
    /// An open hold with the heads it names.
    pub fn hold(&mut self, subject: Subject, heads: Heads) {
        let holds = self.holds.entry(subject).or_default();
        if !holds.contains(&heads) {
            holds.push(heads);
            holds.sort();
        }
    }

    /// Every hold on this subject is lifted or ended.
    pub fn lift(&mut self, subject: &Subject) {
        self.holds.remove(subject);
    }

    /// A revocation with its cut-off; of several, the lowest for each log.
    pub fn revoke(&mut self, subject: Subject, heads: Heads) {
        match self.cuts.get_mut(&subject) {
            None => {
                self.cuts.insert(subject, heads);
            }
            Some(held) => {
                held.retain(|log, _| heads.contains_key(log));
                for (log, seq) in held {
                    *seq = heads.get(log).map_or(0, |s| *s.min(seq));
                }
            }
        }
    }

    /// A principal is gone.
    pub fn retire(&mut self, principal: PrincipalId) {
        self.retired.insert(principal);
    }

    /// A cancel; a gate forgets none while the pass could still be valid.
    pub fn cancel(&mut self, cti: Cti, cancel: Cancel) {
        self.cancels.entry(cti).or_default().insert(cancel);
    }

    /// Cancels everything a principal issued before a moment; the latest counts.
    pub fn cancel_all(&mut self, principal: PrincipalId, before: UnixSec) {
        let held = self.cancel_all.entry(principal).or_default();
        *held = before.max(*held);
    }

    /// An entry of a refusal list.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refusals.insert(refusal);
    }

    /// Takes an entry off a refusal list.
    pub fn receive_again(&mut self, refusal: &Refusal) {
        self.refusals.remove(refusal);
    }

    /// How the signer of a pass stands; `place` is where the pass stands in the signer's log, as far as known.
    #[must_use]
    pub fn standing(
        &self,
        device: DeviceId,
        principal: PrincipalId,
        place: Option<&LogPlace>,
    ) -> Standing {
        let covered = |heads: &Heads| {
            place.is_some_and(|p| {
                heads
                    .get(&(p.device, p.period))
                    .is_some_and(|last| p.seq <= *last)
            })
        };
        let mut out = Standing {
            retired: self.retired.contains(&principal),
            ..Standing::default()
        };
        for subject in [Subject::Device(device), Subject::Principal(principal)] {
            for heads in self.holds.get(&subject).into_iter().flatten() {
                out.held = Some(out.held.unwrap_or(true) && covered(heads));
            }
            out.revoked |= self.cuts.get(&subject).is_some_and(|heads| !covered(heads));
        }
        out
    }

    /// The cancel that counts for a pass of this principal, if there is one.
    #[must_use]
    pub fn cancelled(&self, cti: &Cti, principal: &PrincipalId) -> Option<&Cancel> {
        let all = self.cancels.get(cti).into_iter().flatten();
        all.filter(|c| c.officer || c.by == *principal)
            .min_by_key(|c| c.at)
    }

    /// When everything issued before was cancelled, if this pass falls under it.
    #[must_use]
    pub fn cancelled_with_all(&self, iat: UnixSec, principal: &PrincipalId) -> Option<UnixSec> {
        self.cancel_all
            .get(principal)
            .copied()
            .filter(|before| iat < *before)
    }

    /// Whether somebody is refused: `Some(true)` by the estate, `Some(false)` by the unit.
    #[must_use]
    pub fn refused(
        &self,
        unit: Option<&str>,
        name: Option<&str>,
        plates: &[&Plate],
    ) -> Option<bool> {
        let mut found = self
            .refusals
            .iter()
            .filter(|r| r.matches(unit, name, plates));
        found.clone().next()?;
        Some(found.any(|r| r.unit.is_none()))
    }
}
