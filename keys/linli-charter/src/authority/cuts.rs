//! Cut-offs: where the logs of a revoked or retired device end (trust.md §5, rules 2 and 3).
//!
//! A revocation speaks about *all* logs of its device: those it names, the others at their last checkpoint,
//! else at 0. Of several by the same rank the lowest counts in each log, so one more can only lower; the
//! charter's word replaces that of issuing keys.

use super::branch::{Branch, Place, authority_log};
use super::given::Given;
use super::{Act, HeldAct};
use crate::act::Cut;
use crate::epoch::IssuingKey;
use linli_base::{DeviceId, EntryId, LogKey, PrincipalId};
use std::collections::{BTreeMap, BTreeSet};

/// All that cuts one device off, by one rank.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CutOff {
    /// Said by the charter; else by issuing keys.
    pub charter: bool,
    /// What each revocation names.
    said: Vec<BTreeMap<LogKey, Cut>>,
}

/// Cut-offs by device.
pub(super) type Cuts = BTreeMap<DeviceId, CutOff>;

/// Revocations by issuing keys, by what they are about: who says it, as the epoch it cites lists him, and the
/// cuts.
pub(super) type Revocations<'a> = BTreeMap<DeviceId, Vec<(&'a IssuingKey, &'a [Cut])>>;

impl CutOff {
    pub(super) const fn new(charter: bool) -> Self {
        Self {
            charter,
            said: Vec::new(),
        }
    }

    pub(super) fn say(&mut self, device: &DeviceId, heads: &[Cut]) {
        let mut named: BTreeMap<LogKey, Cut> = BTreeMap::new();
        for cut in heads.iter().filter(|c| c.log.device == *device) {
            let at = named.entry(cut.log).or_insert(*cut);
            *at = (*at).min(*cut);
        }
        self.said.push(named);
    }
}

impl Given {
    /// What the charter cuts by name, all epochs together.
    pub(super) fn charter_cuts(&self) -> Cuts {
        let mut cuts = Cuts::new();
        for cut in self.epochs().flat_map(|e| &e.cuts) {
            cuts.entry(cut.device)
                .or_insert_with(|| CutOff::new(true))
                .say(&cut.device, &cut.heads);
        }
        cuts
    }

    /// The last checkpoint of a log that is held.
    pub(super) fn leaf(&self, log: &LogKey) -> Option<Cut> {
        let by_epoch = self.leaves.get(log)?.iter();
        let last = by_epoch.max_by_key(|(epoch, leaf)| (leaf.seq, **epoch));
        last.map(|(_, leaf)| *leaf)
    }

    /// Where a log of a cut device ends, as the cut-offs were written.
    pub(super) fn written_cut(&self, cuts: &Cuts, log: &LogKey) -> Option<Cut> {
        let leaf = self.leaf(log);
        let unnamed = leaf.unwrap_or(Cut {
            log: *log,
            seq: 0,
            id: EntryId::ZERO,
        });
        let cut_off = cuts.get(&log.device)?;
        let all = || {
            let said = cut_off.said.iter();
            said.map(|named| named.get(log).unwrap_or(&unnamed))
        };
        let lowest = all().min().copied().unwrap_or(unnamed);
        let named: BTreeSet<Cut> = all().filter(|c| c.seq == lowest.seq).copied().collect();
        Some(if named.len() > 1 {
            self.last_common(&named, lowest, leaf)
        } else {
            lowest
        })
    }

    /// Below different entries at one place: the last entry common to their branches. It is known of authority logs
    /// whose branches are held; else the last checkpoint below is the last that is known to be common. (A fork seen
    /// elsewhere says nothing: a stolen key makes as many as it likes.)
    fn last_common(&self, named: &BTreeSet<Cut>, at: Cut, leaf: Option<Cut>) -> Cut {
        let held = self.logs.get(&at.log.device);
        let held = held.filter(|_| at.log == authority_log(at.log.device));
        let lines = held.map(|steps| named.iter().map(|c| steps.line(c)).collect::<Vec<_>>());
        let common = lines.as_deref().and_then(|lines| {
            let (first, others) = lines.split_first()?;
            let shared = |seq: &u32, id: &EntryId| others.iter().all(|l| l.get(seq) == Some(id));
            first.iter().rev().find(|(seq, id)| shared(seq, id))
        });
        let below = leaf.filter(|l| l.seq < at.seq);
        let log = at.log;
        match (common, below) {
            (Some((seq, id)), _) => Cut {
                log,
                seq: *seq,
                id: *id,
            },
            (None, Some(leaf)) => leaf,
            (None, None) => Cut {
                log,
                seq: 0,
                id: EntryId::ZERO,
            },
        }
    }

    /// Where a log of a cut device ends for its entries: only an epoch cuts below a checkpoint.
    pub(super) fn cut(&self, cuts: &Cuts, log: &LogKey) -> Option<Cut> {
        let written = self.written_cut(cuts, log)?;
        let charter = cuts.get(&log.device).is_some_and(|c| c.charter);
        let raised = self.leaf(log).filter(|l| !charter && written.seq <= l.seq);
        Some(raised.unwrap_or(written))
    }

    /// First place of a log at which it forks with no cut-off or checkpoint at or above it.
    pub(super) fn open_fork(&self, cuts: &Cuts, log: &LogKey) -> Option<u32> {
        let forks = self.forks.get(log)?;
        let chosen = [self.cut(cuts, log), self.leaf(log)];
        let reach = chosen.iter().flatten().map(|c| c.seq).max().unwrap_or(0);
        forks.iter().find(|at| **at > reach).copied()
    }

    /// The branch of an authority log that counts.
    pub(super) fn branch(&self, cuts: &Cuts, device: DeviceId) -> Branch<'_> {
        let log = authority_log(device);
        let selectors: Vec<Cut> = [self.cut(cuts, &log), self.leaf(&log)]
            .into_iter()
            .flatten()
            .collect();
        Branch::of(self.logs.get(&device), self.forks.get(&log), &selectors)
    }

    /// Acts of a device that count: on their own signature, and once their author is cut, at or below the cut on
    /// the branch it names. While that branch is not held, what restricts counts and what frees does not.
    pub(super) fn counting_acts(
        &self,
        cuts: &Cuts,
        by: DeviceId,
    ) -> impl Iterator<Item = (&EntryId, &HeldAct)> {
        let cut = self.cut(cuts, &authority_log(by));
        let branch = cut.map(|_| self.branch(cuts, by));
        self.acts_of(by).filter(move |(id, act)| {
            let (Some(cut), Some(branch)) = (&cut, &branch) else {
                return true;
            };
            if act.seq > cut.seq {
                return false;
            }
            if act.seq == cut.seq && !cut.id.is_zero() {
                return **id == cut.id;
            }
            match branch.at(act.seq) {
                Place::Held(there, _) => there == *id,
                Place::Open => act.act != Act::Lift,
                Place::Closed => false,
            }
        })
    }

    /// Revocations by issuing keys that count.
    pub(super) fn revocations(&self, cuts: &Cuts) -> Revocations<'_> {
        let mut out = Revocations::new();
        for issuer in self.issuers.keys() {
            for (_, act) in self.counting_acts(cuts, *issuer) {
                let Act::Revoke(revoke) = &act.act else {
                    continue;
                };
                let listed = self.epoch(act.cited).and_then(|e| e.issuing_key(issuer));
                let target = self.names.get(&act.target);
                if let (Some(listed), Some(target)) = (listed, target)
                    && !self.was_issuing(target)
                {
                    out.entry(*target).or_default().push((listed, &revoke.cuts));
                }
            }
        }
        out
    }

    /// Principals that the charter has retired.
    pub(super) fn retired(&self) -> BTreeSet<PrincipalId> {
        self.epochs().flat_map(|e| &e.retired).copied().collect()
    }
}
