//! Which devices stand: enrolled by issuing keys, introduced by their household (trust.md §3, §5 rule 4).

use crate::verdict::World;
use crate::{Body, Certificate, Entry, Epoch, Kind, Path, Power, Reason, Standing};
use linli_base::{DeviceId, LaneClass, LaneKey, LogKey, Period, PrincipalId, ScopeId};
use std::collections::BTreeSet;

impl World<'_> {
    /// Rule 4: devices by issuing keys. Of several certificates of one device the newest, then highest.
    pub(crate) fn enrol(&mut self) {
        let all: Vec<_> = self.set.certificates.iter().filter(|c| self.enrols(c)).collect();
        self.devices.clear();
        for c in &all {
            let same = all.iter().filter(|x| x.device == c.device);
            let all = same.map(|x| (*x).clone()).collect();
            self.devices.insert(c.device, standing(c, all, Vec::new()));
        }
    }

    /// Rule 4: the scope covers it and its `enrol` has its place under the issuer's cut-off; while that
    /// log is neither cut, ended, forked nor held so far, the certificate may be ahead of it.
    fn enrols(&self, c: &Certificate) -> bool {
        let log = authority(c.signed_by);
        let line = self.line(&log);
        let below = self.logs.entries.iter().filter(|e| e.log == log && e.seq <= c.enrol_seq);
        let placed = |e: &&&Entry| e.seq == c.enrol_seq && self.logs.placed(e, &line).is_ok();
        let epochs = if let Some(e) = below.clone().find(|e| placed(e)) {
            if !says(e, c) || !self.has(e, &Power::Issuing) {
                return false;
            }
            self.charter.judges(e.epoch)
        } else {
            let end = (c.signed_by, &Power::Issuing);
            let ended = self.charter.live.iter().any(|z| z.ends.iter().any(|r| (r.0, &r.1) == end));
            let lost = |e: &Entry| match self.logs.placed(e, &line) {
                Err(Reason::OtherBranch) => e.seq == c.enrol_seq && says(e, c),
                not => not == Err(Reason::Fork),
            };
            if c.enrol_seq == 0 || line.cut.is_some() || ended || below.clone().any(|e| lost(e)) {
                return false;
            }
            self.charter.newest()
        };
        covers(&epochs, c.signed_by, c) && self.joins(c, &epochs)
    }

    /// §3: a principal begins with its first device; an issuing key brings no other into a household
    /// unless an epoch says so, into an office if the epoch lists that office.
    fn joins(&self, c: &Certificate, epochs: &[&Epoch]) -> bool {
        match c.kind {
            _ if self.first(c.device) == c.principal => true,
            Kind::Household => self.attested(c.device, c.principal),
            Kind::Office => epochs.iter().all(|z| z.offices.contains(&c.principal)),
            _ => false,
        }
    }

    fn first(&self, d: DeviceId) -> PrincipalId {
        PrincipalId::of_first_device(&self.set.community, &d)
    }

    fn attested(&self, d: DeviceId, p: PrincipalId) -> bool {
        self.charter.grants(|z| z.attested.contains(&(d, p)))
    }

    /// §3 "add a device to an existing household": introductions, paper keys first, then the eldest, each
    /// judged by what was found before.
    pub(crate) fn introduce(&mut self) {
        let mut judged = BTreeSet::new();
        loop {
            self.holds = self.in_force();
            let mut next = BTreeSet::new();
            for e in &self.logs.entries {
                for c in self.set.certificates.iter().filter(|c| self.introduces(e, c)) {
                    let mut path = self.devices[&c.signed_by].path.clone();
                    path.push((e.seq, e.id));
                    next.insert((c.kind != Kind::Paper, path.len(), path, *e, c));
                }
            }
            next.retain(|n| !judged.contains(&(n.3, n.4)));
            let Some((_, _, path, e, c)) = next.pop_first() else { return };
            judged.insert((e, c));
            if self.in_log(e).is_ok() {
                self.devices.insert(c.device, standing(c, [c.clone()].into(), path));
            }
        }
    }

    /// §3: by a device of the household, for its unit, without power; one paper key, by its first device.
    fn introduces(&self, e: &Entry, c: &Certificate) -> bool {
        let Some(by) = self.devices.get(&c.signed_by).map(|s| &s.own) else {
            return false;
        };
        let paper = |s: &Standing| s.own.kind == Kind::Paper && s.own.principal == c.principal;
        let sheet = || !self.devices.values().any(paper) && self.first(by.device) == c.principal;
        !self.devices.contains_key(&c.device)
            && (e.log, e.seq) == (authority(c.signed_by), c.enrol_seq)
            && says(e, c)
            && matches!(by.kind, Kind::Household | Kind::Paper)
            && (by.principal, &by.building) == (c.principal, &c.building)
            && !c.may_grant
            && (c.kind == Kind::Household || c.kind == Kind::Paper && sheet())
    }

    /// §3: an earlier device, the paper key or an epoch countersigns, and hands on no more than it has.
    /// What the paper key introduces it countersigns.
    pub(crate) fn countersign(&mut self) {
        let age = |(d, s): (&DeviceId, &Standing)| (s.path.len(), s.path.clone(), *d);
        let eldest: BTreeSet<_> = self.devices.iter().map(age).collect();
        for (depth, _, d) in eldest {
            let s = &self.devices[&d].own;
            let told = |e: &&&Entry| e.body == Body::Countersign(d) && self.in_log(e).is_ok();
            let by = self.logs.entries.iter().filter(told);
            let by = by.filter_map(|e| self.devices.get(&e.log.device));
            let elders = by.filter(|b| b.own.principal == s.principal && b.countersigned);
            let elders: Vec<bool> = elders.map(|b| b.may_grant).collect();
            let sheet = s.kind == Kind::Paper || self.is(&s.signed_by, Kind::Paper);
            let whole = depth > 0 && (sheet || self.attested(d, s.principal));
            let same = |x: &&Standing| x.own.principal == s.principal && x.path.is_empty();
            let home = self.devices.values().filter(same).any(|x| x.may_grant);
            let may_grant = s.may_grant || (whole && home) || elders.contains(&true);
            let countersigned = depth == 0 || whole || !elders.is_empty();
            self.devices.entry(d).and_modify(|s| {
                (s.may_grant, s.countersigned) = (may_grant, countersigned);
            });
        }
    }
}

fn standing(c: &Certificate, all: BTreeSet<Certificate>, path: Path) -> Standing {
    Standing { own: c.clone(), all, path, may_grant: c.may_grant, countersigned: false }
}

/// Rule 4: buildings bound households; what is in no building needs `Machines` (certificate.md).
pub(crate) fn covers(epochs: &[&Epoch], key: DeviceId, c: &Certificate) -> bool {
    let by = |z: &&Epoch, power| z.powers.contains(&(key, power));
    let within = |z: &&Epoch| match (c.kind, &c.building) {
        (Kind::Household, Some(b)) => {
            by(z, Power::Building(None)) || by(z, Power::Building(Some(b.clone())))
        }
        (Kind::Paper, _) => false,
        _ => by(z, Power::Machines),
    };
    !epochs.is_empty() && epochs.iter().all(within)
}

fn says(e: &Entry, c: &Certificate) -> bool {
    e.body == Body::Enrol(c.id)
}

fn authority(device: DeviceId) -> LogKey {
    let lane = LaneKey { class: LaneClass::Authority, scope: ScopeId::ZERO, period: Period(0) };
    LogKey { device, lane }
}
