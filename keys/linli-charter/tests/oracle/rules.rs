//! The oracle: what trust.md §3 and §5 say, as naively as it can be said.
//!
//! Nothing is remembered, indexed or shared with the program but the formats; each question walks over all that
//! is held. It is slow, and it is meant to be read beside the text.

mod enrolled;
mod holds;
mod logs;
mod rare;

use super::set::{Item, authority_log};
use enrolled::{newest_of, signed_by};
use linli_base::{CommunityId, DeviceId, EntryId, Header, LaneClass, LogKey, PrincipalId, ScopeId};
use linli_charter::authority::AuthorityBody;
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::epoch::{self, ROLE_GATE};
use linli_charter::{Certificate, Charter, Cut, Epoch, Hold, Keyset, PrincipalKind};
use std::collections::{BTreeMap, BTreeSet};

/// A device that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    pub certificate: Certificate,
    pub issuer: DeviceId,
    pub introduced: bool,
    pub keys: Option<([u8; 32], [u8; 32])>,
}

impl Stands {
    pub(crate) fn claims(&self) -> &DeviceClaims {
        self.certificate.claims()
    }

    pub(crate) fn kind(&self) -> PrincipalKind {
        kind(self.claims())
    }

    pub(crate) fn may_grant(&self) -> bool {
        let acts_for_people = matches!(
            self.kind(),
            PrincipalKind::Household | PrincipalKind::Office
        );
        self.claims().roles & cert::MAY_GRANT != 0 && !self.introduced && acts_for_people
    }
}

/// A hold: its author, its target, what it says.
pub type OnHold = (DeviceId, [u8; 16], Hold);

/// What everything held amounts to.
#[derive(Debug)]
pub struct Valid {
    community: CommunityId,
    epochs: Vec<(Epoch, [u8; 8])>,
    /// Each with the devices that ever were issuing keys and signed it.
    certificates: Vec<(Certificate, BTreeSet<DeviceId>)>,
    steps: Vec<(Header, EntryId, AuthorityBody)>,
    acts: Vec<(Header, EntryId, Vec<u8>)>,
    told_forks: Vec<(LogKey, u32)>,
    /// Epoch number and leaf.
    leaves: Vec<(u32, Cut)>,
    /// Device -> by the charter?, and the heads named by each revocation.
    cut_off: BTreeMap<DeviceId, (bool, Vec<Vec<Cut>>)>,
    pub devices: BTreeMap<DeviceId, Stands>,
    /// Who introduced a device, and at which place of his log.
    elders: BTreeMap<DeviceId, (DeviceId, u32)>,
    /// Hold -> its author and what it says.
    pub holds: BTreeMap<EntryId, OnHold>,
}

pub fn kind(c: &DeviceClaims) -> PrincipalKind {
    match c.roles {
        r if r & cert::IS_GATE != 0 => PrincipalKind::Gate,
        r if r & cert::IS_SCREEN != 0 => PrincipalKind::Screen,
        r if r & cert::IS_OFFICE != 0 => PrincipalKind::Office,
        _ => PrincipalKind::Household,
    }
}

impl Valid {
    /// Judges a set. `charter` is the chain of epochs held.
    pub(crate) fn of(charter: &Charter, items: &[Item]) -> Self {
        let epochs = charter.chain().iter().map(|h| {
            let mut tag = [0; 8];
            tag.copy_from_slice(&h.id.0[..8]);
            (h.epoch.clone(), tag)
        });
        let mut v = Self {
            community: *charter.community(),
            epochs: epochs.collect(),
            certificates: vec![],
            steps: vec![],
            acts: vec![],
            told_forks: vec![],
            leaves: vec![],
            cut_off: BTreeMap::new(),
            devices: BTreeMap::new(),
            elders: BTreeMap::new(),
            holds: BTreeMap::new(),
        };
        items.iter().for_each(|item| v.hold(item));
        v.judge();
        v
    }

    fn hold(&mut self, item: &Item) {
        match item {
            Item::Epoch(_) => {}
            Item::Certificate(c) => self.certificate(c.clone()),
            Item::Step(h, body) => {
                if let AuthorityBody::Enrol(enrol) = body {
                    self.certificate(Certificate::parse(&enrol.certificate).unwrap());
                }
                self.steps.push((*h, h.id(&self.community), body.clone()));
            }
            Item::Act(h, body) => self.acts.push((*h, h.id(&self.community), body.clone())),
            Item::Fork(log, seq) => self.told_forks.push((*log, *seq)),
            Item::Leaves(class, scope, leaves) => {
                // "a subtree per scope; it counts only where its leaves are held", all of them and no other.
                let root = epoch::merkle_root(leaves);
                let own = |l: &Cut| l.log.lane.class as u8 == *class && l.log.lane.scope == *scope;
                for (e, _) in &self.epochs {
                    let committed = e
                        .checkpoint
                        .iter()
                        .any(|s| s.class == *class && s.scope == *scope && s.root == root);
                    if committed && leaves.iter().all(own) {
                        self.leaves.extend(leaves.iter().map(|l| (e.number, *l)));
                    }
                }
            }
        }
    }

    pub(super) fn certificate(&mut self, c: Certificate) {
        if self.certificates.iter().any(|(known, _)| *known == c) {
            return;
        }
        let issuers = self.epochs.iter().flat_map(|(e, _)| &e.issuing);
        let signed = |d: &DeviceId| signed_by(&c, d, &self.community);
        let issuers: BTreeSet<DeviceId> = issuers.map(|k| k.device).collect();
        let signers = issuers.into_iter().filter(signed).collect();
        self.certificates.push((c, signers));
    }

    pub(super) fn newest(&self) -> &Epoch {
        &self.epochs[self.epochs.len() - 1].0
    }

    /// "An entry needs its role in the epoch it cites."
    pub(super) fn cited(&self, h: &Header) -> Option<&Epoch> {
        let (epoch, tag) = self.epochs.get(h.epoch as usize)?;
        (*tag == h.epoch_tag).then_some(epoch)
    }

    pub(super) fn was_issuing(&self, d: &DeviceId) -> bool {
        self.epochs.iter().any(|(e, _)| e.issuing_key(d).is_some())
    }

    pub(super) fn judge(&mut self) {
        for (e, _) in self.epochs.clone() {
            for c in &e.cuts {
                let own = c.heads.iter().filter(|x| x.log.device == c.device);
                let named = own.copied().collect();
                let entry = self.cut_off.entry(c.device).or_insert((true, vec![]));
                entry.1.push(named);
            }
        }
        let retired: BTreeSet<PrincipalId> = self
            .epochs
            .iter()
            .flat_map(|(e, _)| e.retired.clone())
            .collect();
        self.devices = self.enrolled();
        // Issuing keys of a retired principal first, for what they enrolled depends on it.
        let is_retired = |s: &Stands| retired.contains(&s.claims().principal);
        for (d, s) in self.devices.clone() {
            if is_retired(&s) && self.was_issuing(&d) {
                self.cut_off.entry(d).or_insert((true, vec![vec![]]));
            }
        }
        self.devices = self.enrolled();
        for (d, s) in self.devices.clone() {
            if is_retired(&s) {
                self.cut_off.entry(d).or_insert((true, vec![vec![]]));
            }
        }
        let issued: Vec<DeviceId> = self.devices.keys().copied().collect();
        for d in &issued {
            self.revoke_by_issuing_keys(d);
        }
        self.officers_hold();
        let mut judged = BTreeSet::new();
        while let Some((place, new)) = self.eldest_introduction(&judged) {
            judged.insert(place);
            let Some(new) = new else { continue };
            let d = new.claims().device;
            let known = self.devices.remove(&d);
            let first = known.is_none();
            let newest = newest_of(known.into_iter().chain([new]).collect());
            self.devices.extend(newest);
            if first {
                if is_retired(&self.devices[&d]) {
                    self.cut_off.entry(d).or_insert((true, vec![vec![]]));
                }
                self.revoke_by_issuing_keys(&d);
                self.elders.insert(d, place);
            }
        }
        let siblings: Vec<_> = self
            .devices
            .keys()
            .flat_map(|d| self.sibling_holds(d))
            .collect();
        self.holds.extend(siblings);
    }

    pub(crate) fn limit(&self, log: &LogKey) -> u32 {
        let holds: Vec<_> = self.holds.values().cloned().collect();
        self.top(log, &holds)
    }

    pub(crate) fn is_revoked(&self, d: &DeviceId) -> bool {
        self.cut_off.contains_key(d)
    }

    pub(crate) fn is_held(&self, d: &DeviceId, logs: &[LogKey]) -> bool {
        let held = self.holds.values().any(|(_, t, h)| self.is_on(t, h, d));
        let own = logs.iter().filter(|l| l.device == *d);
        held || own.into_iter().any(|l| self.stops_before(l).is_some())
    }

    /// Number of the gate that the newest epoch says a device is.
    pub(crate) fn gate(&self, d: &DeviceId) -> Option<u8> {
        let is_gate = self.devices[d].kind() == PrincipalKind::Gate;
        let gates = self.newest().gates.iter().filter(|_| is_gate);
        let named = gates.filter(|g| g.device == Some(*d));
        named.map(|g| g.number).next_back()
    }

    /// Keysets that count, by whoever could publish them in the epoch they cite.
    pub(crate) fn keysets(&self) -> Vec<Keyset> {
        let mut out = Vec::new();
        for (h, id, body) in &self.steps {
            let AuthorityBody::Keyset(k) = body else {
                continue;
            };
            let (Some(epoch), Some(s)) = (self.cited(h), self.devices.get(&h.device)) else {
                continue;
            };
            let p = s.claims().principal;
            let desk = epoch.roles_of(&h.device) & ROLE_GATE != 0;
            let entitled = match (k.class, s.kind()) {
                (LaneClass::House, PrincipalKind::Household)
                | (LaneClass::Office, PrincipalKind::Office) => p.0 == k.scope.0,
                (LaneClass::Pass | LaneClass::GateLog, PrincipalKind::Office) => {
                    desk && k.scope == ScopeId::gates(&self.community)
                }
                (LaneClass::With, PrincipalKind::Office) => self.devices.values().any(|other| {
                    let household = other.claims().principal;
                    other.kind() == PrincipalKind::Household
                        && ScopeId::with(&self.community, &household, &p) == k.scope
                }),
                (LaneClass::Private, PrincipalKind::Household | PrincipalKind::Office) => {
                    p.0[..8] == k.scope.0[..8]
                }
                _ => false,
            };
            let log = authority_log(h.device);
            if entitled && self.counts(&log, id) && h.seq <= self.limit(&log) {
                out.push(k.clone());
            }
        }
        out
    }
}
