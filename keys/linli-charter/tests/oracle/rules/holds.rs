//! Holds and lifts (trust.md §3), and how far a log counts below them.

use super::{OnHold, Valid};
use linli_base::{DeviceId, EntryId, EntryKind, Header, LogKey, hash};
use linli_charter::epoch::ROLE_OFFICER;
use linli_charter::{Epoch, Hold, PrincipalKind};
use std::collections::{BTreeMap, BTreeSet};

impl Valid {
    pub(super) fn officer_in(&self, d: &DeviceId, epoch: &Epoch) -> bool {
        let office = self
            .devices
            .get(d)
            .is_some_and(|s| s.kind() == PrincipalKind::Office);
        office && epoch.roles_of(d) & ROLE_OFFICER != 0
    }

    /// "its 16 lowest open holds by seq, id count"
    pub(super) fn open_holds(&self, by: &DeviceId) -> Vec<(&Header, EntryId, Hold)> {
        let mut open: Vec<_> = self
            .acts
            .iter()
            .filter(|(h, ..)| h.device == *by && h.kind == EntryKind::HOLD)
            .filter(|(h, id, _)| self.act_counts(h, id))
            .filter_map(|(h, id, body)| Some((h, *id, Hold::decode(body).ok()?)))
            .filter(|(_, id, _)| !self.epochs.iter().any(|(e, _)| e.ended_holds.contains(id)))
            .filter(|(h, id, hold)| !self.lifted(h, id, hold))
            .collect();
        open.sort_by_key(|(h, id, _)| (h.seq, *id));
        open.truncate(16);
        open
    }

    /// "the holder, another officer, an epoch; never the held"
    pub(super) fn lifted(&self, held: &Header, id: &EntryId, hold: &Hold) -> bool {
        let about = |l: &Header| l.kind == EntryKind::LIFT && l.record.0 == hash::first16(&id.0);
        self.acts
            .iter()
            .filter(|(l, ..)| about(l))
            .any(|(l, l_id, _)| {
                let principal = self.devices.get(&l.device).map(|s| s.claims().principal.0);
                let is_held = if hold.principal {
                    principal == Some(held.record.0)
                } else {
                    l.device.act_target() == held.record.0
                };
                let officer = self.cited(l).is_some_and(|e| self.officer_in(&l.device, e));
                (l.device == held.device || officer) && !is_held && self.act_counts(l, l_id)
            })
    }

    pub(super) fn officers_hold(&mut self) {
        let mut found = BTreeMap::new();
        for d in self.devices.keys() {
            for (h, id, hold) in self.open_holds(d) {
                let Some(epoch) = self.cited(h) else { continue };
                let lower = [epoch, self.newest()].into_iter().all(|e| {
                    // "Never an equal or higher rank"
                    let rank = |x: &DeviceId, e: &Epoch| match e.issuing_key(x) {
                        Some(_) => 2,
                        None if e.roles_of(x) & ROLE_OFFICER != 0 => 1,
                        None => 0,
                    };
                    let own = rank(d, epoch);
                    let mut everyone: BTreeSet<DeviceId> = self.devices.keys().copied().collect();
                    everyone.extend(e.issuing.iter().map(|k| k.device));
                    everyone.extend(e.roles.iter().map(|k| k.device));
                    everyone
                        .iter()
                        .filter(|x| {
                            let p = self.devices.get(x).map(|s| s.claims().principal.0);
                            if hold.principal {
                                p == Some(h.record.0)
                            } else {
                                x.act_target() == h.record.0
                            }
                        })
                        .all(|x| rank(x, e) < own)
                });
                if self.officer_in(d, epoch) && lower {
                    found.insert(id, (*d, h.record.0, hold));
                }
            }
        }
        self.holds = found;
    }

    pub(super) fn is_on(&self, target: &[u8; 16], hold: &Hold, d: &DeviceId) -> bool {
        let principal = self.devices.get(d).map(|s| s.claims().principal.0);
        if hold.principal {
            principal == Some(*target)
        } else {
            d.act_target() == *target
        }
    }

    /// "a household device for a sibling"; it "lapses while an officer holds its author".
    pub(super) fn sibling_holds(&self, by: &DeviceId) -> Vec<(EntryId, OnHold)> {
        let author = &self.devices[by];
        let officers = self.holds.values().filter(|(o, ..)| o != by);
        let by_officers: Vec<_> = officers
            .filter(|(o, ..)| self.devices[o].kind() == PrincipalKind::Office)
            .collect();
        let lapsed = by_officers.iter().any(|(_, t, h)| self.is_on(t, h, by));
        if author.kind() != PrincipalKind::Household || lapsed {
            return vec![];
        }
        let sibling = |h: &Header, hold: &Hold| {
            !hold.principal
                && self.devices.iter().any(|(d, s)| {
                    d != by
                        && d.act_target() == h.record.0
                        && s.claims().principal == author.claims().principal
                })
        };
        self.open_holds(by)
            .into_iter()
            .filter(|(h, _, hold)| sibling(h, hold))
            .map(|(h, id, hold)| (id, (*by, h.record.0, hold)))
            .collect()
    }

    /// "names heads: what is above is carried, not admitted"
    pub(super) fn held_to(&self, log: &LogKey, holds: &[OnHold]) -> u32 {
        let on = holds
            .iter()
            .filter(|(_, t, h)| self.is_on(t, h, &log.device));
        let to = on.map(|(_, _, h)| {
            let heads = h.heads.iter().filter(|c| c.log == *log);
            heads.map(|c| c.seq).min().unwrap_or(0)
        });
        to.min().unwrap_or(u32::MAX)
    }

    pub(super) fn top(&self, log: &LogKey, holds: &[OnHold]) -> u32 {
        let own = match self.cut(log) {
            Some(cut) => cut.seq,
            None => self.stops_before(log).map_or(u32::MAX, |f| f - 1),
        };
        own.min(self.held_to(log, holds))
    }
}
