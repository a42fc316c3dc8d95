//! Who is enrolled, by issuing keys or by a device of the household, and whom issuing keys revoke (trust.md §3).

use super::super::set::authority_log;
use super::{Stands, Valid, kind};
use linli_base::{CommunityId, DeviceId, EntryKind, Header, PrincipalId, hash};
use linli_charter::authority::AuthorityBody;
use linli_charter::cert::DeviceClaims;
use linli_charter::{Certificate, Epoch, PrincipalKind, Revoke};
use linli_keys::PublicKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

impl Valid {
    /// "an issuing key whose scope covers kind and unit"
    pub(super) fn covers(&self, epoch: &Epoch, issuer: &DeviceId, c: &DeviceClaims) -> bool {
        let Some(scope) = epoch.issuing_key(issuer) else {
            return false;
        };
        let building = c.unit.as_ref().and_then(|u| u.split('-').next());
        match (kind(c), building) {
            (PrincipalKind::Household, Some(b)) => {
                scope.buildings.is_empty() || scope.buildings.iter().any(|x| x == b)
            }
            _ => scope.machines,
        }
    }

    /// All ways in which certificates by issuing keys count now.
    pub(super) fn counting(&self) -> Vec<Stands> {
        let mut out = Vec::new();
        for (c, signers) in &self.certificates {
            let claims = c.claims();
            // "a stolen issuing key cannot slip into a household"
            let first = PrincipalId::of_first_device(&self.community, &claims.device);
            let charters_office = kind(claims) == PrincipalKind::Office
                && self
                    .epochs
                    .iter()
                    .any(|(e, _)| e.offices.iter().any(|o| o.principal == claims.principal));
            if claims.principal != first && !charters_office {
                continue;
            }
            for issuer in signers.iter().copied() {
                let log = authority_log(issuer);
                let at = claims.enrol_seq;
                let cut = self.cut(&log);
                if cut.is_some_and(|x| at > x.seq)
                    || self.stops_before(&log).is_some_and(|f| f <= at)
                {
                    continue;
                }
                let there = self
                    .steps
                    .iter()
                    .find(|(h, id, _)| h.log() == log && h.seq == at && self.counts(&log, id));
                let keys = match there {
                    Some((h, _, AuthorityBody::Enrol(e))) => {
                        let same =
                            Certificate::parse(&e.certificate).is_ok_and(|x| x.id() == c.id());
                        let in_scope = self
                            .cited(h)
                            .is_some_and(|x| self.covers(x, &issuer, claims));
                        if !same || !in_scope {
                            continue;
                        }
                        Some((e.kex, e.net))
                    }
                    Some(_) => continue,
                    None if cut.is_some() || !self.covers(self.newest(), &issuer, claims) => {
                        continue;
                    }
                    None => None,
                };
                out.push(Stands {
                    certificate: c.clone(),
                    issuer,
                    introduced: false,
                    keys,
                });
            }
        }
        out
    }

    pub(super) fn enrolled(&self) -> BTreeMap<DeviceId, Stands> {
        newest_of(self.counting())
    }

    /// "revoke with cut-off: issuing key in its scope"; "no key can revoke a key of its own rank".
    pub(super) fn revoke_by_issuing_keys(&mut self, d: &DeviceId) {
        if self.cut_off.contains_key(d) || self.was_issuing(d) {
            return;
        }
        let about = |h: &Header| h.kind == EntryKind::REVOKE && h.record.0 == d.act_target();
        let mut revocations = Vec::new();
        for (h, id, body) in self.acts.iter().filter(|(h, ..)| about(h)) {
            let Some(epoch) = self.cited(h).filter(|_| self.act_counts(h, id)) else {
                continue;
            };
            let mut ways: Vec<DeviceClaims> = self
                .counting()
                .iter()
                .map(|s| s.claims().clone())
                .filter(|c| c.device == *d)
                .collect();
            ways.push(self.devices[d].claims().clone());
            if let Ok(revoke) = Revoke::decode(body)
                && ways.iter().any(|c| self.covers(epoch, &h.device, c))
            {
                let own = revoke.cuts.into_iter().filter(|c| c.log.device == *d);
                revocations.push(own.collect());
            }
        }
        if !revocations.is_empty() {
            self.cut_off.insert(*d, (false, revocations));
        }
    }

    /// How a device came into its household: the places of the introductions from its first device on.
    pub(super) fn path(&self, d: &DeviceId) -> Vec<u32> {
        match self.elders.get(d) {
            Some((by, seq)) => {
                let mut path = self.path(by);
                path.push(*seq);
                path
            }
            None => vec![],
        }
    }

    /// "add a device to an existing household: a device of that household introduces it". The eldest introduction
    /// that was not judged yet, and whom it brings; held against what all elder devices hold.
    #[allow(clippy::type_complexity, reason = "a place and perhaps a device")]
    pub(super) fn eldest_introduction(
        &self,
        judged: &BTreeSet<(DeviceId, u32)>,
    ) -> Option<((DeviceId, u32), Option<Stands>)> {
        let open = self.steps.iter().filter(|(h, id, body)| {
            matches!(body, AuthorityBody::Enrol(_))
                && self
                    .devices
                    .get(&h.device)
                    .is_some_and(|s| s.kind() == PrincipalKind::Household)
                && !judged.contains(&(h.device, h.seq))
                && self.counts(&authority_log(h.device), id)
        });
        let (h, _, body) = open.min_by_key(|(h, ..)| {
            let path = self.path(&h.device);
            (path.len(), path, h.device, h.seq)
        })?;
        let place = (h.device, h.seq);
        let AuthorityBody::Enrol(enrol) = body else {
            return Some((place, None));
        };
        let c = Certificate::parse(&enrol.certificate).unwrap();
        let by = &self.devices[&h.device];
        let (own, new) = (by.claims(), c.claims());
        let renewed = |s: &Stands| s.introduced && s.issuer == h.device;
        let sibling = by.kind() == PrincipalKind::Household
            && new.principal == own.principal
            && new.unit == own.unit
            && new.roles == 0
            && new.gate.is_none()
            && new.enrol_seq == h.seq
            && self.devices.get(&new.device).is_none_or(renewed);
        let mut holds: Vec<_> = self.holds.values().cloned().collect();
        for d in self.devices.keys() {
            holds.extend(self.sibling_holds(d).into_iter().map(|(_, h)| h));
        }
        let stands = sibling
            && signed_by(&c, &h.device, &self.community)
            && h.seq <= self.top(&authority_log(h.device), &holds);
        let new = stands.then_some(Stands {
            certificate: c,
            issuer: h.device,
            introduced: true,
            keys: Some((enrol.kex, enrol.net)),
        });
        Some((place, new))
    }
}

pub(super) fn newest_of(all: Vec<Stands>) -> BTreeMap<DeviceId, Stands> {
    let mut out: BTreeMap<DeviceId, Stands> = BTreeMap::new();
    for s in all {
        let order = |x: &Stands| {
            let c = &x.certificate;
            (c.claims().iat, c.id(), c.bytes().to_vec(), x.issuer)
        };
        match out.get(&s.claims().device) {
            Some(old) if order(old) >= order(&s) => {}
            _ => {
                out.insert(s.claims().device, s);
            }
        }
    }
    out
}

/// Whether a device signed a certificate; each pair is looked at once in a whole run.
pub(super) fn signed_by(c: &Certificate, by: &DeviceId, community: &CommunityId) -> bool {
    type Seen = BTreeMap<([u8; 32], DeviceId, CommunityId), bool>;
    static SEEN: Mutex<Seen> = Mutex::new(BTreeMap::new());
    let about = (hash::blake3_raw(c.bytes()), *by, *community);
    if let Some(known) = SEEN.lock().unwrap().get(&about) {
        return *known;
    }
    let signed = c.issued_by(&PublicKey::parse(&by.0).unwrap(), community);
    SEEN.lock().unwrap().insert(about, signed);
    signed
}
