//! The derivation, top-down by rank: charter, then issuing keys, then devices, then holds.

use super::{Act, Authority, Changed, Device, OpenHold, PrincipalKind};
use crate::act::Cut;
use crate::cert::{self, Certificate};
use crate::epoch::{IssuingKey, ROLE_GATE, ROLE_OFFICER};
use linli_base::{DeviceId, EntryId, LaneClass, LaneKey, LogKey, Period, ScopeId};
use linli_keys::PublicKey;
use std::collections::BTreeMap;

/// Open holds of one officer that count, by lowest seq (trust.md §3).
const HOLDS_PER_OFFICER: usize = 16;

/// The authority log of a device.
pub(super) const fn authority_log(device: DeviceId) -> LogKey {
    LogKey {
        device,
        lane: LaneKey {
            class: LaneClass::Authority,
            scope: ScopeId::ZERO,
            period: Period::NONE,
        },
    }
}

impl Authority {
    /// Derives everything anew and says what changed.
    pub(super) fn derive(&mut self) -> Changed {
        if self.deferred {
            return Changed::default();
        }
        self.check_new_certificates();
        let before = (self.devices.clone(), self.cuts.clone(), self.holds.clone());
        self.cuts = self.charter_cuts();
        self.devices = self.enrolled_by_issuing_keys();
        for (device, cuts) in self.revoked_by_issuing_keys() {
            self.cuts.entry(device).or_insert(cuts);
        }
        self.add_introduced();
        self.name_gates();
        self.holds = self.open_holds();
        Changed {
            limits: before.1 != self.cuts || before.2 != self.holds,
            devices: before.0 != self.devices,
        }
    }

    /// Verifies each certificate once against each issuing key it names.
    fn check_new_certificates(&mut self) {
        let community = *self.community();
        for issuer in self.issuing_keys().into_keys() {
            let Ok(key) = PublicKey::parse(&issuer.0) else {
                continue;
            };
            for (id, certificate) in &self.certificates {
                self.checked
                    .entry((*id, issuer))
                    .or_insert_with(|| certificate.issued_by(&key, &community));
            }
        }
    }

    fn charter_cuts(&self) -> BTreeMap<DeviceId, BTreeMap<LogKey, Cut>> {
        let epoch = &self.charter.newest().epoch;
        let mut out: BTreeMap<DeviceId, BTreeMap<LogKey, Cut>> = BTreeMap::new();
        for cut in &epoch.cuts {
            let of = out.entry(cut.device).or_default();
            for head in &cut.heads {
                lowest(of, head);
            }
        }
        out
    }

    /// Every device that was an issuing key in some epoch, with its newest scope.
    fn issuing_keys(&self) -> BTreeMap<DeviceId, IssuingKey> {
        let all = self
            .charter
            .chain()
            .iter()
            .flat_map(|h| h.epoch.issuing.iter());
        all.map(|k| (k.device, k.clone())).collect()
    }

    fn enrolled_by_issuing_keys(&self) -> BTreeMap<DeviceId, Device> {
        let mut out = BTreeMap::new();
        for (issuer, scope) in self.issuing_keys() {
            let Ok(key) = PublicKey::parse(&issuer.0) else {
                continue;
            };
            for certificate in self.certificates.values() {
                let c = certificate.claims();
                if certificate.issued_by(&key, self.community())
                    && scope.covers(c.unit.as_deref())
                    && self.enrolment_stands(issuer, certificate)
                {
                    newest(
                        &mut out,
                        self.device_of(certificate, issuer, c.roles & cert::MAY_GRANT != 0),
                    );
                }
            }
        }
        out
    }

    /// Where the issuer's log is held up to the enrolment, it must be there; once the issuer is cut, it must
    /// lie at or below the cut.
    fn enrolment_stands(&self, issuer: DeviceId, certificate: &Certificate) -> bool {
        let log = authority_log(issuer);
        let seq = certificate.claims().enrol_seq;
        let matches = self
            .enrols
            .get(&(log, seq))
            .is_some_and(|(_, _, c)| c.id() == certificate.id());
        match self.cut(&log) {
            Some(cut) => seq <= cut.seq && matches,
            None => {
                matches
                    || self
                        .authority_heads
                        .get(&log)
                        .is_none_or(|head| *head < seq)
            }
        }
    }

    fn device_of(&self, certificate: &Certificate, issuer: DeviceId, may_grant: bool) -> Device {
        let c = certificate.claims();
        let kind = if c.roles & cert::IS_GATE != 0 {
            PrincipalKind::Gate
        } else if c.roles & cert::IS_SCREEN != 0 {
            PrincipalKind::Screen
        } else if c.roles & cert::IS_OFFICE != 0 {
            PrincipalKind::Office
        } else {
            PrincipalKind::Household
        };
        let enrol = self
            .enrols
            .get(&(authority_log(issuer), c.enrol_seq))
            .filter(|(_, _, held)| held.id() == certificate.id());
        Device {
            certificate: certificate.clone(),
            principal: c.principal,
            kind,
            issuer,
            may_grant,
            kex: enrol.map(|(_, e, _)| e.kex),
            net: enrol.map(|(_, e, _)| e.net),
            gate: None,
        }
    }

    fn revoked_by_issuing_keys(&self) -> BTreeMap<DeviceId, BTreeMap<LogKey, Cut>> {
        let issuing = self.issuing_keys();
        let mut out: BTreeMap<DeviceId, BTreeMap<LogKey, Cut>> = BTreeMap::new();
        for held in self.acts.values() {
            let Act::Revoke(revoke) = &held.act else {
                continue;
            };
            let Some(scope) = issuing.get(&held.log.device) else {
                continue;
            };
            if !self.act_counts(&held.log, held.seq) {
                continue;
            }
            let target = self.devices.iter().find(|(id, d)| {
                id.act_target() == held.target
                    && !issuing.contains_key(*id)
                    && scope.covers(d.unit())
            });
            if let Some((device, _)) = target {
                let of = out.entry(*device).or_default();
                for cut in revoke.cuts.iter().filter(|c| c.log.device == *device) {
                    lowest(of, cut);
                }
            }
        }
        out
    }

    /// An act counts on its own signature; once its author is cut, only at or below the cut.
    fn act_counts(&self, log: &LogKey, seq: u32) -> bool {
        self.cut(log).is_none_or(|cut| seq <= cut.seq)
    }

    /// Devices that a household introduced itself: no power to grant, same principal, never a new one.
    fn add_introduced(&mut self) {
        loop {
            let mut found = Vec::new();
            for ((log, seq), (_, _, certificate)) in &self.enrols {
                let Some(by) = self.devices.get(&log.device) else {
                    continue;
                };
                let c = certificate.claims();
                let own = by.kind == PrincipalKind::Household
                    && c.principal == by.principal
                    && c.unit.as_deref() == by.unit()
                    && c.roles == 0
                    && c.enrol_seq == *seq;
                if own
                    && *seq <= self.limit(log)
                    && !self.devices.contains_key(&c.device)
                    && certificate.issued_by(by.key(), self.community())
                {
                    found.push(self.device_of(certificate, log.device, false));
                }
            }
            if found.is_empty() {
                return;
            }
            for device in found {
                newest(&mut self.devices, device);
            }
        }
    }

    fn name_gates(&mut self) {
        for gate in &self.charter.newest().epoch.gates {
            let named = gate.device.and_then(|d| self.devices.get_mut(&d));
            if let Some(device) = named.filter(|d| d.kind == PrincipalKind::Gate) {
                device.gate = Some(gate.number);
            }
        }
    }

    fn open_holds(&self) -> BTreeMap<EntryId, OpenHold> {
        let ended = &self.charter.newest().epoch.ended_holds;
        let mut by_author: BTreeMap<DeviceId, Vec<(u32, EntryId)>> = BTreeMap::new();
        for (id, held) in &self.acts {
            if matches!(held.act, Act::Hold(_)) && !ended.contains(id) && self.hold_counts(held) {
                by_author
                    .entry(held.log.device)
                    .or_default()
                    .push((held.seq, *id));
            }
        }
        let mut out = BTreeMap::new();
        for list in by_author.values_mut() {
            list.sort_unstable();
            let open = list.iter().filter(|(_, id)| !self.lifted(id));
            for (_, id) in open.take(HOLDS_PER_OFFICER) {
                let held = &self.acts[id];
                if let Act::Hold(hold) = &held.act {
                    let (by, target) = (held.log.device, held.target);
                    out.insert(
                        *id,
                        OpenHold {
                            by,
                            hold: hold.clone(),
                            target,
                        },
                    );
                }
            }
        }
        // A sibling's hold lapses while an officer holds its author.
        let officers: Vec<_> = out
            .values()
            .filter(|h| self.is_officer(&h.by))
            .cloned()
            .collect();
        out.retain(|_, h| {
            self.is_officer(&h.by)
                || !officers.iter().any(|o| {
                    let author = self.devices.get(&h.by).map(|d| d.principal.0);
                    if o.hold.principal {
                        Some(o.target) == author
                    } else {
                        o.target == h.by.act_target()
                    }
                })
        });
        out
    }

    fn hold_counts(&self, held: &super::HeldAct) -> bool {
        let Act::Hold(hold) = &held.act else {
            return false;
        };
        if !self.act_counts(&held.log, held.seq) {
            return false;
        }
        let Some(by) = self.devices.get(&held.log.device) else {
            return false;
        };
        let on_device = self
            .devices
            .iter()
            .find(|(id, _)| id.act_target() == held.target);
        let sibling = !hold.principal
            && on_device
                .is_some_and(|(id, d)| d.principal == by.principal && *id != held.log.device);
        let issuing = self
            .charter
            .newest()
            .epoch
            .issuing_key(&held.log.device)
            .is_some();
        let lower = match (hold.principal, on_device) {
            (true, _) => !self.devices.iter().any(|(id, d)| {
                d.principal.0 == held.target && self.rank(id) >= self.rank(&held.log.device)
            }),
            (false, Some((id, _))) => self.rank(id) < self.rank(&held.log.device),
            (false, None) => false,
        };
        sibling || ((issuing || self.is_officer(&held.log.device)) && lower)
    }

    /// 2 = issuing key, 1 = officer, 0 = other device.
    fn rank(&self, device: &DeviceId) -> u8 {
        if self.charter.newest().epoch.issuing_key(device).is_some() {
            2
        } else {
            u8::from(self.is_officer(device))
        }
    }

    /// Whether a device may hold others now.
    #[must_use]
    pub fn is_officer(&self, device: &DeviceId) -> bool {
        let epoch = &self.charter.newest().epoch;
        epoch.roles_of(device) & ROLE_OFFICER != 0 || epoch.issuing_key(device).is_some()
    }

    /// Whether a device is the property desk: reads the gate log and cancels passes.
    #[must_use]
    pub fn is_gate_desk(&self, device: &DeviceId) -> bool {
        self.charter.newest().epoch.roles_of(device) & ROLE_GATE != 0
    }

    fn lifted(&self, hold: &EntryId) -> bool {
        let target = linli_base::hash::first16(&hold.0);
        let held = &self.acts[hold];
        self.acts.values().any(|a| {
            matches!(a.act, Act::Lift)
                && a.target == target
                && self.act_counts(&a.log, a.seq)
                && (a.log.device == held.log.device || self.is_officer(&a.log.device))
                && a.log.device.act_target() != held.target
        })
    }

    pub(super) fn may_publish_key(&self, by: &DeviceId, class: LaneClass, scope: &ScopeId) -> bool {
        let Some(device) = self.devices.get(by) else {
            return false;
        };
        let own = device.principal.scope() == *scope;
        match class {
            LaneClass::House => own && device.kind == PrincipalKind::Household,
            LaneClass::Office => own && device.kind == PrincipalKind::Office,
            LaneClass::Pass | LaneClass::GateLog => {
                self.is_gate_desk(by) && *scope == ScopeId::gates(self.community())
            }
            LaneClass::With => device.kind == PrincipalKind::Office,
            LaneClass::Private => true,
            LaneClass::Authority | LaneClass::Notice | LaneClass::Board => false,
        }
    }
}

fn newest(into: &mut BTreeMap<DeviceId, Device>, device: Device) {
    let key = |d: &Device| (d.certificate.claims().iat, d.certificate.id());
    let id = device.certificate.claims().device;
    match into.get(&id) {
        Some(old) if key(old) >= key(&device) => {}
        _ => {
            into.insert(id, device);
        }
    }
}

/// Of several cut-offs of one log the lowest counts; of equal seq, the lower id.
fn lowest(into: &mut BTreeMap<LogKey, Cut>, cut: &Cut) {
    let at = into.entry(cut.log).or_insert(*cut);
    if (cut.seq, cut.id) < (at.seq, at.id) {
        *at = *cut;
    }
}
