//! The derivation, top-down by rank: charter, then issuing keys, then devices, then holds.
//!
//! Each step rests on finished ones only, so that nothing is true because of itself: cut-offs of the charter,
//! devices that issuing keys enrolled, cut-offs by issuing keys, holds of officers, devices that households
//! introduced (eldest first), holds of siblings.

use super::branch::{Step, StepBody, Steps, authority_log};
use super::cuts::{CutOff, Cuts, Revocations};
use super::enrolled::{Issuers, Won, better, covers};
use super::given::Given;
use super::holds::{InForce, Lifts, below_holds, file_lifts};
use super::{Changed, Device, OpenHold, PrincipalKind};
use crate::act::Hold;
use linli_base::{DeviceId, EntryId, LogKey, PrincipalId};
use std::collections::{BTreeMap, BTreeSet};

/// What is derived.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Standing {
    pub devices: BTreeMap<DeviceId, Device>,
    pub cuts: Cuts,
    pub holds: BTreeMap<EntryId, OpenHold>,
    pub households: BTreeSet<PrincipalId>,
    pub offices: BTreeSet<PrincipalId>,
}

/// A derivation under way.
pub(super) struct Deriving<'a> {
    pub given: &'a Given,
    pub cuts: Cuts,
    pub won: BTreeMap<DeviceId, Won<'a>>,
    pub lifts: Lifts<'a>,
    pub ended: BTreeSet<EntryId>,
    pub officer_holds: BTreeMap<EntryId, InForce<'a>>,
    /// Acts that count of those authors who are cut.
    counted: BTreeMap<DeviceId, BTreeSet<EntryId>>,
}

impl Standing {
    /// Derives everything anew. `self` is what was derived last; unchanged devices are moved, not copied.
    pub(super) fn renew(&mut self, given: &Given) -> Changed {
        let mut d = Deriving {
            given,
            cuts: given.charter_cuts(),
            won: BTreeMap::new(),
            lifts: file_lifts(given),
            ended: given
                .epochs()
                .flat_map(|e| &e.ended_holds)
                .copied()
                .collect(),
            officer_holds: BTreeMap::new(),
            counted: BTreeMap::new(),
        };
        d.enrol();
        let revoked = given.revocations(&d.cuts);
        for device in d.won.keys().copied().collect::<Vec<_>>() {
            d.cut_off(device, &revoked);
        }
        d.officer_holds = d.officer_holds();
        d.introduce(&revoked);
        let holds = d.all_holds();
        self.take(d, holds)
    }

    fn take(&mut self, d: Deriving<'_>, holds: BTreeMap<EntryId, OpenHold>) -> Changed {
        let mut old = std::mem::take(&mut self.devices);
        let before = old.len();
        let mut same = 0;
        let gates = d.given.newest().gates.iter();
        let gates: BTreeMap<DeviceId, u8> =
            gates.filter_map(|g| Some((g.device?, g.number))).collect();
        self.households.clear();
        self.offices.clear();
        for (id, won) in &d.won {
            match won.kind() {
                PrincipalKind::Household => self.households.insert(won.principal()),
                PrincipalKind::Office => self.offices.insert(won.principal()),
                PrincipalKind::Gate | PrincipalKind::Screen => false,
            };
            let is_gate = won.kind() == PrincipalKind::Gate;
            let gate = gates.get(id).copied().filter(|_| is_gate);
            let device = match old.remove(id).filter(|o| won.is(o, gate)) {
                Some(device) => {
                    same += 1;
                    device
                }
                None => won.device(gate),
            };
            self.devices.insert(*id, device);
        }
        let changed = Changed {
            limits: self.cuts != d.cuts || self.holds != holds,
            devices: same != before || same != self.devices.len(),
        };
        self.cuts = d.cuts;
        self.holds = holds;
        changed
    }
}

impl<'a> Deriving<'a> {
    pub(super) fn kind(&self, device: &DeviceId) -> Option<PrincipalKind> {
        self.won.get(device).map(Won::kind)
    }

    /// Whether an act counts, once the cut-offs of its author are known.
    pub(super) fn counts(&self, by: &DeviceId, id: &EntryId) -> bool {
        !self.cuts.contains_key(by) || self.counted.get(by).is_some_and(|c| c.contains(id))
    }

    /// Devices that issuing keys enrolled, and the cut-offs that retire principals.
    fn enrol(&mut self) {
        self.won = self.enrolled();
        let retired = self.given.retired();
        if retired.is_empty() {
            return;
        }
        // An issuing key is retired with its principal, and what it enrolled above its cut goes with it.
        let of_retired = |d: &DeviceId| {
            let won = self.won.get(d);
            won.is_some_and(|w| retired.contains(&w.principal()))
        };
        let issuers = self.given.issuers.keys().copied();
        let issuers: Vec<DeviceId> = issuers.filter(of_retired).collect();
        if !issuers.is_empty() {
            for issuer in issuers {
                self.retire(issuer);
            }
            self.won = self.enrolled();
        }
        let of_retired = |w: &(&DeviceId, &Won<'_>)| retired.contains(&w.1.principal());
        let all: Vec<DeviceId> = self.won.iter().filter(of_retired).map(|w| *w.0).collect();
        all.into_iter().for_each(|device| self.retire(device));
    }

    /// A retired device that the charter does not cut by name is cut at its checkpoints.
    fn retire(&mut self, device: DeviceId) {
        self.cuts.entry(device).or_insert_with(|| {
            let mut cut = CutOff::new(true);
            cut.say(&device, &[]);
            cut
        });
    }

    fn enrolled(&self) -> BTreeMap<DeviceId, Won<'a>> {
        let mut won = BTreeMap::new();
        let issuers = Issuers::of(self.given, &self.cuts);
        for known in self.given.certificates() {
            for candidate in issuers.counting(known) {
                better(&mut won, candidate);
            }
        }
        won
    }

    /// Cuts a device off whom issuing keys revoked, unless the charter has spoken about it.
    fn cut_off(&mut self, device: DeviceId, revoked: &Revocations<'_>) {
        if let Some(all) = revoked.get(&device)
            && !self.cuts.contains_key(&device)
        {
            let issuers = Issuers::of(self.given, &self.cuts);
            let known = self.given.certificates_of(&device);
            let mut all_won: Vec<Won<'_>> = known.flat_map(|k| issuers.counting(k)).collect();
            all_won.extend(self.won.get(&device));
            let mut cut = CutOff::new(false);
            for (by, heads) in all {
                if all_won.iter().any(|w| covers(by, w.certificate.claims())) {
                    cut.say(&device, heads);
                }
            }
            if cut != CutOff::new(false) {
                self.cuts.insert(device, cut);
            }
        }
        if self.cuts.contains_key(&device) {
            let counting = self.given.counting_acts(&self.cuts, device);
            let counting = counting.map(|(id, _)| *id).collect();
            self.counted.insert(device, counting);
        }
    }

    /// Devices that households introduced themselves: same principal and unit, no power of any kind.
    ///
    /// Judged one by one, eldest first: by how many introductions lie between it and the household's first device,
    /// then by place. An introduction is stopped by the hold of a device that was found before, so newcomers can
    /// neither undo their own nor an elder's, nor hold each other out of existence.
    fn introduce(&mut self, revoked: &Revocations<'_>) {
        let retired = self.given.retired();
        let introduces = |d: &DeviceId| self.given.logs.get(d).is_some_and(Steps::has_enrols);
        let households = self
            .won
            .iter()
            .filter(|(d, w)| w.kind() == PrincipalKind::Household && introduces(d));
        let mut round: Vec<DeviceId> = households.map(|(d, _)| *d).collect();
        let mut holders = self.holders();
        while !round.is_empty() {
            let mut next = Vec::new();
            for by in round {
                let branch = self.given.branch(&self.cuts, by);
                for (seq, step) in branch.enrols() {
                    let Some(candidate) = self.introduced_by(by, seq, step, &holders) else {
                        continue;
                    };
                    let device = candidate.certificate.claims().device;
                    let principal = candidate.principal();
                    let first = better(&mut self.won, candidate);
                    if !first {
                        continue;
                    }
                    if retired.contains(&principal) {
                        self.retire(device);
                    }
                    self.cut_off(device, revoked);
                    if self.given.acts_of(device).next().is_some() {
                        holders.entry(principal).or_default().push(device);
                    }
                    next.push(device);
                }
            }
            round = next;
        }
    }

    /// The device that one entry introduces, if it does and nothing stops it. Who introduced it may renew it.
    fn introduced_by(
        &self,
        by: DeviceId,
        seq: u32,
        step: &'a Step,
        holders: &BTreeMap<PrincipalId, Vec<DeviceId>>,
    ) -> Option<Won<'a>> {
        let StepBody::Enrol {
            certificate,
            own: true,
            kex,
            net,
        } = &step.body
        else {
            return None;
        };
        let (own, new) = (
            self.won.get(&by)?.certificate.claims(),
            certificate.claims(),
        );
        let sibling = new.principal == own.principal
            && new.unit == own.unit
            && new.roles == 0
            && new.gate.is_none()
            && new.enrol_seq == seq;
        let renews = |w: &Won<'_>| w.introduced && w.issuer == by;
        if !sibling || !self.won.get(&new.device).is_none_or(renews) {
            return None;
        }
        let holders = holders.get(&own.principal).into_iter().flatten();
        let by_siblings = holders.flat_map(|z| self.sibling_holds(*z));
        let by_siblings: Vec<_> = by_siblings.map(|(_, hold)| hold).collect();
        let holds = self.officer_holds.values().chain(&by_siblings);
        let on_introducer = holds
            .filter(|h| h.is_on(&by, own.principal))
            .map(|h| h.hold);
        if seq > limit(self.given, &self.cuts, on_introducer, &authority_log(by)) {
            return None;
        }
        Some(Won {
            certificate,
            issuer: by,
            introduced: true,
            keys: Some((kex, net)),
        })
    }

    /// Devices that have written acts, by their principal.
    fn holders(&self) -> BTreeMap<PrincipalId, Vec<DeviceId>> {
        let mut out: BTreeMap<PrincipalId, Vec<DeviceId>> = BTreeMap::new();
        for by in self.given.authors() {
            if let Some(won) = self.won.get(&by) {
                out.entry(won.principal()).or_default().push(by);
            }
        }
        out
    }

    fn all_holds(&self) -> BTreeMap<EntryId, OpenHold> {
        let officers = self.officer_holds.iter().map(|(id, h)| (*id, *h));
        let authors = self.given.authors().into_iter();
        let siblings = authors.flat_map(|by| self.sibling_holds(by));
        let open = |h: InForce<'_>| OpenHold {
            by: h.by,
            hold: h.hold.clone(),
            target: h.target,
        };
        officers
            .chain(siblings)
            .map(|(id, h)| (id, open(h)))
            .collect()
    }
}

/// Highest place of a log that counts: below cut-offs, forks and the holds on its device.
pub(super) fn limit<'h>(
    given: &Given,
    cuts: &Cuts,
    holds: impl Iterator<Item = &'h Hold>,
    log: &LogKey,
) -> u32 {
    let end = match given.cut(cuts, log) {
        // A cut-off selects its branch: forks at or below it are proof only.
        Some(cut) => cut.seq,
        None => given.open_fork(cuts, log).map_or(u32::MAX, |at| at - 1),
    };
    end.min(below_holds(holds, log).unwrap_or(u32::MAX))
}
