//! What counts, worked out from the ledger alone: an oracle for trust.md §5, written from the text and not from
//! the code.
//!
//! At the end of a run all honest nodes hold the same, so what has to be seen is a function of what was done:
//! cut-offs by the founder, holds that nobody lifted, forks of a device that was put back to an old disk, and
//! erasures by who owns a record.

use crate::ledger::{Item, What};
use crate::node::Heads;
use crate::options::Role;
use crate::world::World;
use linli_base::{DeviceId, EntryId, LaneClass, LogKey, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// What counts at the end.
pub(crate) struct Truth {
    /// Revoked devices, and where their logs end.
    pub cuts: BTreeMap<DeviceId, Heads>,
    /// Holds in force: on whom, at which heads.
    holds: Vec<(DeviceId, BTreeMap<LogKey, u32>)>,
    /// Where logs fork.
    pub forks: BTreeMap<LogKey, u32>,
    /// Devices introduced above the place where their introducer's log counts: nobody knows them.
    limbo: BTreeSet<DeviceId>,
    /// Records that are erased.
    pub erased: BTreeSet<RecordId>,
    /// Items of the ledger whose entries exist somewhere among the living.
    happened: Vec<bool>,
    /// Their places.
    standing: BTreeSet<(LogKey, u32, EntryId)>,
}

impl Truth {
    /// Highest seq of a log that counts.
    pub fn limit(&self, log: &LogKey) -> u32 {
        if self.limbo.contains(&log.device) {
            return 0;
        }
        let held = self
            .holds
            .iter()
            .filter(|(device, _)| *device == log.device)
            .map(|(_, heads)| heads.get(log).copied().unwrap_or(0))
            .min()
            .unwrap_or(u32::MAX);
        let cut = self.cuts.get(&log.device);
        let end = match cut {
            Some(heads) => heads.get(log).map_or(0, |(seq, _)| *seq),
            None => self.forks.get(log).map_or(u32::MAX, |at| at - 1),
        };
        end.min(held)
    }

    /// Where a cut-off ends a log, and the entry that it names there.
    pub fn named(&self, log: &LogKey) -> Option<(u32, EntryId)> {
        self.cuts.get(&log.device)?.get(log).copied()
    }

    /// Whether an entry was lost with a disk that was put back, or stands on another branch than the one that counts:
    /// nobody has it in its place.
    pub fn is_nowhere(&self, item: &Item) -> bool {
        item.place.is_some_and(|place| {
            let forked = self.named(&place.0).is_some() && self.forks.contains_key(&place.0);
            (item.rolled_back || forked) && !self.standing.contains(&place)
        })
    }

    /// Whether entries above the limit of a log need not have reached everyone: refused, not only not shown.
    pub fn may_differ(&self, log: &LogKey) -> bool {
        self.cuts.contains_key(&log.device)
            || self.forks.contains_key(log)
            || self.limbo.contains(&log.device)
    }

    /// Whether all that was ever written has to reach everyone.
    pub fn is_plain(&self) -> bool {
        self.cuts.is_empty() && self.forks.is_empty() && self.limbo.is_empty()
    }

    /// Whether an item's entry exists among the living.
    pub fn happened(&self, at: usize) -> bool {
        self.happened.get(at).copied().unwrap_or(false)
    }

    /// Whether an item has to be seen by whom it concerns.
    pub fn counts(&self, at: usize, item: &Item) -> bool {
        let Some((log, seq, _)) = &item.place else {
            return self.happened(at);
        };
        self.happened(at) && *seq <= self.limit(log)
    }

    /// An act counts wherever its log is; once its author is cut, at or below the cut.
    fn act_counts(&self, item: &Item) -> bool {
        let Some((log, seq, _)) = &item.place else {
            return false;
        };
        if self.limbo.contains(&log.device) {
            return false;
        }
        self.cuts
            .get(&log.device)
            .is_none_or(|heads| heads.get(log).is_some_and(|(end, _)| seq <= end))
    }

    /// Whether a device is held.
    pub fn is_held(&self, device: &DeviceId) -> bool {
        self.holds.iter().any(|(held, _)| held == device)
    }
}

impl World {
    /// Works out what counts.
    pub(crate) fn truth(&self) -> Truth {
        let alive = self.alive();
        let happened: Vec<bool> = self
            .ledger
            .items
            .iter()
            .map(|item| match &item.place {
                Some((log, seq, id)) => alive
                    .iter()
                    .any(|n| self.held_at(*n, log, *seq) == Some(*id)),
                None => item.told,
            })
            .collect();
        let items = self.ledger.items.iter().zip(&happened);
        let standing = items
            .filter(|(_, happened)| **happened)
            .filter_map(|(item, _)| item.place)
            .collect();
        let mut truth = Truth {
            standing,
            cuts: BTreeMap::new(),
            holds: Vec::new(),
            forks: self.forks(&alive),
            limbo: self
                .nodes
                .iter()
                .filter(|n| n.limbo)
                .map(|n| n.device)
                .collect(),
            erased: BTreeSet::new(),
            happened,
        };
        let items: Vec<(usize, &Item)> = self.ledger.items.iter().enumerate().collect();
        for (at, item) in &items {
            if let What::Revoked(device, heads) = &item.what
                && truth.happened(*at)
            {
                let of = truth.cuts.entry(*device).or_default();
                for (log, head) in heads {
                    let end = of.entry(*log).or_insert(*head);
                    *end = (*end).min(*head);
                }
            }
        }
        truth.holds = self.open_holds(&truth, &items);
        for (at, item) in &items {
            if let What::Erased(record) = &item.what
                && truth.happened(*at)
                && truth.act_counts(item)
                && self.owner_of(record) == Some(item.principal)
            {
                truth.erased.insert(*record);
            }
        }
        truth
    }

    fn open_holds(
        &self,
        truth: &Truth,
        items: &[(usize, &Item)],
    ) -> Vec<(DeviceId, BTreeMap<LogKey, u32>)> {
        let lifted: BTreeSet<EntryId> = items
            .iter()
            .filter(|(at, item)| truth.happened(*at) && truth.act_counts(item))
            .filter_map(|(_, item)| match &item.what {
                What::Lifted(ids) => Some(ids.iter().copied()),
                _ => None,
            })
            .flatten()
            .collect();
        let open: Vec<(DeviceId, DeviceId, BTreeMap<LogKey, u32>)> = items
            .iter()
            .filter(|(at, item)| truth.happened(*at) && truth.act_counts(item))
            .filter_map(|(_, item)| match (&item.what, &item.place) {
                (What::Held(device, heads), Some((_, _, id))) if !lifted.contains(id) => {
                    Some((item.device, *device, heads.clone()))
                }
                _ => None,
            })
            .collect();
        let founder = self.nodes[0].device;
        let lapsed = |by: &DeviceId| {
            *by != founder && open.iter().any(|(b, on, _)| *b == founder && on == by)
        };
        open.iter()
            .filter(|(by, ..)| !lapsed(by))
            .map(|(_, on, heads)| (*on, heads.clone()))
            .collect()
    }

    /// Where the logs of devices that were put back to an old disk part into two branches, as far as one of the
    /// living holds an entry of each: in its place, or as the proof of the other branch.
    fn forks(&self, alive: &[usize]) -> BTreeMap<LogKey, u32> {
        let mut forks = BTreeMap::new();
        if !self.nodes.iter().any(|n| n.restored) {
            return forks;
        }
        let mut proofs: BTreeMap<(LogKey, u32), BTreeSet<EntryId>> = BTreeMap::new();
        for n in alive {
            for (place, ids) in self.proofs(*n) {
                proofs.entry(place).or_default().extend(ids);
            }
        }
        for author in self.nodes.iter().filter(|n| n.restored) {
            let mut logs: BTreeMap<LogKey, u32> = BTreeMap::new();
            for up in alive.iter().filter_map(|n| self.nodes[*n].up.as_ref()) {
                for (log, head) in up.replica.heads() {
                    if log.device == author.device {
                        let most = logs.entry(*log).or_default();
                        *most = (*most).max(head.seq);
                    }
                }
            }
            for (log, most) in logs {
                let fork = (1..=most).find(|seq| {
                    let held = alive.iter().filter_map(|n| self.held_at(*n, &log, *seq));
                    let kept = proofs.get(&(log, *seq)).into_iter().flatten().copied();
                    let ids: BTreeSet<EntryId> = held.chain(kept).collect();
                    ids.len() > 1
                });
                forks.extend(fork.map(|seq| (log, seq)));
            }
        }
        forks
    }

    /// Who owns a record.
    fn owner_of(&self, record: &RecordId) -> Option<linli_base::PrincipalId> {
        self.ledger.items.iter().find_map(|i| match &i.what {
            What::Made(_, id, _) if id == record => Some(i.principal),
            _ => None,
        })
    }

    /// Whether a device was ever held: what it says in statements meanwhile is not taken everywhere.
    pub(crate) fn was_held(&self, device: &DeviceId) -> bool {
        let on = |i: &Item| matches!(&i.what, What::Held(held, _) if held == device);
        self.ledger.items.iter().any(on)
    }

    /// Nodes that must agree at the end: joined, and not revoked.
    pub(crate) fn alive(&self) -> Vec<usize> {
        (0..self.nodes.len())
            .filter(|n| self.nodes[*n].joined && !self.nodes[*n].gone)
            .collect()
    }

    /// Whether a node carries a lane (trust.md §4).
    pub(crate) fn carries(&self, n: usize, log: &LogKey) -> bool {
        let role = self.nodes[n].role;
        match log.lane.class {
            // Gates have the skeleton of the estate, which has no period, and nothing else of the board.
            LaneClass::Board => !role.is_gate() || log.lane.period.0 == 0,
            LaneClass::GateLog => role.is_gate() || role.is_office(),
            LaneClass::Office => self
                .principal(n)
                .is_some_and(|p| role.is_office() && p.scope() == log.lane.scope),
            _ => true,
        }
    }

    /// Whether a node is the founder or a gate: who reads grants.
    pub(crate) fn reads_gates(&self, n: usize) -> bool {
        self.nodes[n].role.is_gate() || self.nodes[n].role == Role::Founder
    }
}
