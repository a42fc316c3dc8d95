//! Who may write what, by the epoch cited (trust.md §5, rule 4; §4 "Writers"; entry.md "who writes what").

use crate::logs::nothing;
use crate::verdict::World;
use crate::{Body as B, Entry, Epoch, Kind as K, Power, Reason};
use linli_base::{LaneClass as L, LaneKey, PrincipalId, ScopeId};

impl World<'_> {
    /// Rule 4: a power in the epoch cited; once an epoch ended it, only at or below the cut-off of its
    /// end (§3; default: that epoch's checkpoint).
    pub(crate) fn has(&self, e: &Entry, power: &Power) -> bool {
        let held = (e.log.device, power.clone());
        let cited = self.charter.judges(e.epoch);
        let past = |z: &Epoch| {
            z.ends.iter().filter(|r| (r.0, &r.1) == (held.0, power)).any(|r| {
                let named = r.2.iter().find(|c| c.0 == e.log).copied();
                let cut = named.or_else(|| self.logs.leaf(&e.log, |epoch, _| epoch <= z.number));
                let cut = cut.unwrap_or(nothing(&e.log));
                e.seq > cut.1 || self.logs.at(&cut, e.seq).is_some_and(|id| id != e.id)
            })
        };
        let listed = !cited.is_empty() && cited.iter().all(|z| z.powers.contains(&held));
        listed && !self.charter.live.iter().any(|z| e.epoch.0 < z.number && past(z))
    }

    /// Rule 4: whether its author may write an entry here. A lane's writers may open a log in it.
    pub(crate) fn place(&self, e: &Entry) -> Result<(), Reason> {
        let s = self.devices.get(&e.log.device).ok_or(Reason::NoCertificate)?;
        if self.charter.judges(e.epoch).is_empty() {
            return Err(Reason::UnknownEpoch);
        }
        let LaneKey { class, scope, period } = e.log.lane;
        let (home, office) = (s.own.kind == K::Household, s.own.kind == K::Office);
        let (paper, resident) = (s.own.kind == K::Paper, home || office);
        let own = s.own.principal.scope() == scope;
        let gate = || s.own.kind == K::Gate && self.has(e, &Power::Gate);
        let issues = || self.has(e, &Power::Issuing);
        let fits = match class {
            L::Authority | L::Notice | L::Board => scope.is_zero(),
            L::Pass | L::GateLog => scope == ScopeId::gates(&self.set.community),
            L::House => self.homes().any(|p| p.scope() == scope),
            _ => true,
        };
        let writes = match (class, &e.body) {
            (L::Authority, B::Keyset(..) | B::Lift(_)) => resident,
            (L::Authority, B::Hold(..)) => home || self.officer(e),
            (L::Authority, B::Enrol(_)) => home || paper || issues(),
            (L::Authority, B::Revoke(..)) => paper || issues(),
            (L::Authority, B::Countersign(_)) => home || paper,
            (L::Authority, B::Open | B::Unknown) => resident || paper || issues(),
            (L::Authority, _) | (L::GateLog, B::Erase) => false,
            (_, B::Keyset(..) | B::Lift(_) | B::Hold(..) | B::Enrol(_)) => false,
            (_, B::Revoke(..) | B::Countersign(_)) => false,
            (L::Pass, B::Data) => resident && s.may_grant,
            (L::Pass, _) => resident,
            (_, B::Cancel(_)) => false,
            (L::Notice, _) => office && self.has(e, &Power::Notice),
            (L::Board, _) => office || (home && period.0 != 0),
            (L::GateLog, _) => gate(),
            (L::House, _) => (home && own) || gate(),
            (L::With, _) => self.party(s.own.principal, office, &scope),
            (L::Office, _) => office && own,
            (L::Private, _) => resident,
        };
        let opens = (e.seq == 1) == (e.body == B::Open);
        if fits && writes && opens { Ok(()) } else { Err(Reason::Role) }
    }

    fn homes(&self) -> impl Iterator<Item = PrincipalId> {
        self.devices.values().filter(|s| s.own.kind == K::Household).map(|s| s.own.principal)
    }

    /// §4 lanes of class 6: a household and an office.
    fn party(&self, p: PrincipalId, office: bool, scope: &ScopeId) -> bool {
        let offices = self.devices.values().filter(|s| s.own.kind == K::Office);
        let offices: Vec<_> = offices.map(|s| s.own.principal).collect();
        self.homes().any(|h| {
            let with = |o: &PrincipalId| ScopeId::with(&self.set.community, &h, o) == *scope;
            offices.iter().any(|o| with(o) && p == if office { *o } else { h })
        })
    }

    /// §3 "keyset": house: its devices; gates: the property desk; with, office: the office; private: who
    /// opened it. None before it is countersigned.
    pub(crate) fn publishes(&self, e: &Entry, class: L, scope: &ScopeId) -> bool {
        let Some(s) = self.devices.get(&e.log.device) else {
            return false;
        };
        let office = s.own.kind == K::Office;
        let own = s.own.principal.scope() == *scope;
        s.countersigned
            && match class {
                L::House => s.own.kind == K::Household && own,
                L::Pass | L::GateLog => office && self.has(e, &Power::Desk),
                L::With => office && self.party(s.own.principal, true, scope),
                L::Office => office && own,
                L::Private => scope.0[..8] == s.own.principal.0[..8],
                _ => false,
            }
    }
}
