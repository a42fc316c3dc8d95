//! Holds: which are in force, and over whom (trust.md §3).
//!
//! An officer holds whoever is of lower rank; a household's device holds its siblings. Of one author's open
//! holds the 16 lowest count, whatever their targets are, so that nobody's standing can move another hold in
//! or out. An officer's hold depends on nothing that a household does; a sibling's lapses while an officer
//! holds its author.

use super::derive::Deriving;
use super::given::{Cited, Given};
use super::{Act, HeldAct, PrincipalKind};
use crate::act::{Cut, Hold};
use crate::epoch::{Epoch, ROLE_OFFICER};
use linli_base::{DeviceId, EntryId, LogKey, PrincipalId, hash};
use std::collections::BTreeMap;

/// Open holds of one author that count, by lowest place and id.
const HOLDS_PER_AUTHOR: usize = 16;

/// A hold in force while standings are derived.
#[derive(Clone, Copy, Debug)]
pub(super) struct InForce<'a> {
    pub by: DeviceId,
    pub target: [u8; 16],
    pub hold: &'a Hold,
}

impl InForce<'_> {
    pub(super) fn is_on(&self, device: &DeviceId, principal: PrincipalId) -> bool {
        if self.hold.principal {
            self.target == principal.0
        } else {
            self.target == device.act_target()
        }
    }
}

/// Highest place of a log that holds leave in force; `None` = all of it.
pub(super) fn below_holds<'a>(holds: impl Iterator<Item = &'a Hold>, log: &LogKey) -> Option<u32> {
    let named = |heads: &[Cut]| {
        let of_log = heads.iter().filter(|c| c.log == *log);
        of_log.map(|c| c.seq).min().unwrap_or(0)
    };
    holds.map(|h| named(&h.heads)).min()
}

/// Rank within an epoch: 2 = issuing key, 1 = officer, 0 = other.
fn rank(epoch: &Epoch, device: &DeviceId) -> u8 {
    if epoch.issuing_key(device).is_some() {
        2
    } else {
        u8::from(epoch.roles_of(device) & ROLE_OFFICER != 0)
    }
}

/// Lifts by the hold they name, whoever wrote them.
pub(super) type Lifts<'a> = BTreeMap<[u8; 16], Vec<(DeviceId, &'a EntryId, &'a HeldAct)>>;

/// Files all lifts by what they lift.
pub(super) fn file_lifts(given: &Given) -> Lifts<'_> {
    let mut out = Lifts::new();
    for ((by, id), act) in &given.acts {
        if act.act == Act::Lift {
            out.entry(act.target).or_default().push((*by, id, act));
        }
    }
    out
}

impl<'a> Deriving<'a> {
    /// Holds of officers that are in force. Depends on nothing but devices that issuing keys enrolled.
    pub(super) fn officer_holds(&self) -> BTreeMap<EntryId, InForce<'a>> {
        let offices = |by: &DeviceId| self.kind(by) == Some(PrincipalKind::Office);
        let authors = self.given.authors();
        let mut out = BTreeMap::new();
        for by in authors.into_iter().filter(offices) {
            for (id, act, hold) in self.open_holds(by) {
                if self.is_officer(&by, act.cited) && self.is_lower(by, act, hold) {
                    out.insert(
                        id,
                        InForce {
                            by,
                            target: act.target,
                            hold,
                        },
                    );
                }
            }
        }
        out
    }

    /// Holds of a household's device over its siblings, unless they have lapsed.
    pub(super) fn sibling_holds(&self, by: DeviceId) -> Vec<(EntryId, InForce<'a>)> {
        let Some(author) = self.won.get(&by) else {
            return Vec::new();
        };
        let principal = author.principal();
        let lapsed = self.officer_holds.values().any(|h| h.is_on(&by, principal));
        if author.kind() != PrincipalKind::Household || lapsed {
            return Vec::new();
        }
        let sibling = |target: &[u8; 16]| {
            let device = self.given.names.get(target).filter(|d| **d != by);
            let won = device.and_then(|d| self.won.get(d));
            won.is_some_and(|w| w.principal() == principal)
        };
        self.open_holds(by)
            .into_iter()
            .filter(|(_, act, hold)| !hold.principal && sibling(&act.target))
            .map(|(id, act, hold)| {
                (
                    id,
                    InForce {
                        by,
                        target: act.target,
                        hold,
                    },
                )
            })
            .collect()
    }

    /// The open holds of an author that count, whatever they are about.
    fn open_holds(&self, by: DeviceId) -> Vec<(EntryId, &'a HeldAct, &'a Hold)> {
        let holds = self
            .given
            .acts_of(by)
            .filter_map(|(id, act)| match &act.act {
                Act::Hold(hold) if self.counts(&by, id) => Some((*id, act, hold)),
                _ => None,
            });
        let mut open: Vec<_> = holds
            .filter(|(id, ..)| !self.ended.contains(id))
            .filter(|(id, act, hold)| !self.is_lifted(by, id, act, hold))
            .collect();
        open.sort_unstable_by_key(|(id, act, _)| (act.seq, *id));
        open.truncate(HOLDS_PER_AUTHOR);
        open
    }

    /// By the holder, or by an officer; never by the held.
    fn is_lifted(&self, holder: DeviceId, id: &EntryId, held: &HeldAct, hold: &Hold) -> bool {
        let lifts = self.lifts.get(&hash::first16(&id.0)).into_iter().flatten();
        lifts.into_iter().any(|(by, lift_id, lift)| {
            let principal = self.won.get(by).map(|w| w.principal().0);
            let is_held = if hold.principal {
                principal == Some(held.target)
            } else {
                by.act_target() == held.target
            };
            let entitled = *by == holder || self.is_officer(by, lift.cited);
            entitled && !is_held && self.counts(by, lift_id)
        })
    }

    /// Whether whoever is held was of lower rank when the hold was written, and is now.
    fn is_lower(&self, by: DeviceId, act: &HeldAct, hold: &Hold) -> bool {
        let Some(cited) = self.given.epoch(act.cited) else {
            return false;
        };
        let own = rank(cited, &by);
        [cited, self.given.newest()].into_iter().all(|epoch| {
            let listed = epoch.issuing.iter().map(|k| k.device);
            let mut ranked = listed.chain(epoch.roles.iter().map(|r| r.device));
            !ranked.any(|device| {
                let principal = self.won.get(&device).map(|w| w.principal().0);
                let meant = if hold.principal {
                    principal == Some(act.target)
                } else {
                    device.act_target() == act.target
                };
                meant && rank(epoch, &device) >= own
            })
        })
    }

    fn is_officer(&self, by: &DeviceId, cited: Cited) -> bool {
        let office = self.kind(by) == Some(PrincipalKind::Office);
        let epoch = self.given.epoch(cited);
        office && epoch.is_some_and(|e| e.roles_of(by) & ROLE_OFFICER != 0)
    }
}
