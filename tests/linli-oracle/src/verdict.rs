//! `valid(S)`: from the top down by rank (trust.md §3 table, §5).

use crate::charter::Charter;
use crate::devices::covers;
use crate::logs::{Line, Logs};
use crate::{Body, Cut, Cuts, Entry, Kind, Power, Reason, Set, Standing, Verdicts};
use linli_base::{DeviceId, LaneClass, LogKey, PrincipalId};
use std::collections::BTreeMap;

/// §3 ranks of who cuts off.
const CHARTER: u8 = 3;
const ISSUER: u8 = 2;
const PAPER: u8 = 1;

/// What is known so far, by rank.
pub(crate) struct World<'a> {
    pub(crate) set: &'a Set,
    pub(crate) charter: Charter<'a>,
    pub(crate) logs: Logs<'a>,
    pub(crate) devices: BTreeMap<DeviceId, Standing>,
    pub(crate) holds: Vec<&'a Entry>,
}

/// §5, all of it.
pub fn valid(set: &Set) -> Verdicts {
    let charter = Charter::of(set);
    let logs = Logs::of(set, &charter);
    let mut w = World { set, charter, logs, devices: BTreeMap::new(), holds: Vec::new() };
    w.enrol();
    // Once more, now that it is known which issuing keys are of retired principals, and thus cut.
    w.enrol();
    w.introduce();
    w.countersign();
    let of = &w.logs.entries;
    let forged = set.entries.iter().map(|e| (e.id, Err(Reason::Signature)));
    let passes = of.iter().filter(|e| e.log.lane.class == LaneClass::Pass);
    Verdicts {
        entries: forged.chain(of.iter().map(|e| (e.id, w.judge(e)))).collect(),
        epochs: w.charter.live.iter().map(|z| z.id).collect(),
        first_seen: of.iter().filter_map(|e| Some((e.id, w.logs.first_seen(e)?))).collect(),
        pass_cuts: passes.filter_map(|e| Some((e.log, w.cut(&e.log)?.0))).collect(),
        devices: w.devices,
    }
}

impl<'a> World<'a> {
    pub(crate) fn is(&self, d: &DeviceId, kind: Kind) -> bool {
        self.devices.get(d).is_some_and(|s| s.own.kind == kind)
    }

    pub(crate) fn principal(&self, d: &DeviceId) -> Option<PrincipalId> {
        self.devices.get(d).map(|s| s.own.principal)
    }

    /// §3 "retire a principal": its devices are cut.
    fn retires(&self, d: &DeviceId) -> bool {
        let retired = |p| self.charter.live.iter().any(|z| z.retired.contains(&p));
        self.principal(d).is_some_and(retired)
    }

    /// Rule 3: the lowest cut-off of the highest rank that speaks, and that rank. A retired principal's
    /// device that no epoch cuts by name is cut without a name.
    fn cut(&self, log: &LogKey) -> Option<(Cut, u8)> {
        let d = &log.device;
        let named = self.charter.live.iter().flat_map(|z| &z.revoked).filter(|r| r.0 == *d);
        let mut cuts: Vec<Cuts> = named.map(|r| r.1.clone()).collect();
        if cuts.is_empty() && self.retires(d) {
            cuts.push(Cuts::new());
        }
        for rank in [CHARTER, ISSUER, PAPER] {
            for e in &self.logs.entries {
                if let Body::Revoke(_, named) = &e.body
                    && self.revokes(e, d) == Some(rank)
                    && self.act(e).is_ok()
                {
                    cuts.push(named.clone());
                }
            }
            if let Some(cut) = self.logs.lowest(log, &cuts) {
                return Some((cut, rank));
            }
        }
        None
    }

    /// Rule 2: only an epoch cuts below a checkpoint or off its branch; another cut there counts as the
    /// checkpoint.
    pub(crate) fn line(&self, log: &LogKey) -> Line {
        let leaf = self.logs.leaf(log, |_, _| true);
        let Some((mut cut, rank)) = self.cut(log) else {
            return Line { cut: None, selectors: leaf.into_iter().collect() };
        };
        let off = |l: &Cut| cut.1 <= l.1 || self.logs.at(&cut, l.1).is_some_and(|id| id != l.2);
        if let Some(leaf) = leaf.filter(|l| rank != CHARTER && off(l)) {
            cut = leaf;
        }
        let mut selectors: Vec<_> = leaf.into_iter().chain([cut]).collect();
        if rank == CHARTER {
            selectors.reverse();
        }
        Line { cut: Some(cut), selectors }
    }

    /// §3 "revoke": an issuing key in its scope; the household's paper key. No key can revoke its own rank.
    fn revokes(&self, e: &Entry, d: &DeviceId) -> Option<u8> {
        let by = &e.log.device;
        let revoked = matches!(&e.body, Body::Revoke(of, _) if of == d);
        let own = self.devices.get(d).filter(|_| revoked && !self.charter.ever_issuing(*d))?;
        let cited = self.charter.judges(e.epoch);
        if own.all.iter().any(|c| covers(&cited, *by, c)) && self.has(e, &Power::Issuing) {
            return Some(ISSUER);
        }
        let kin = self.principal(by) == self.principal(d);
        (kin && self.is(by, Kind::Paper) && self.is(d, Kind::Household)).then_some(PAPER)
    }

    /// Rule 5: acts take effect on their own signature, on any branch; once the author is cut off only at
    /// or below, on the branch named. While that branch is not held, a lift does not count.
    pub(crate) fn act(&self, e: &Entry) -> Result<(), Reason> {
        self.place(e)?;
        let Some(cut) = self.line(&e.log).cut else {
            return Ok(());
        };
        match self.logs.at(&cut, e.seq) {
            _ if e.seq > cut.1 => Err(Reason::AboveCut),
            Some(id) if id != e.id => Err(Reason::OtherBranch),
            None if matches!(e.body, Body::Lift(_)) => Err(Reason::Gap),
            _ => Ok(()),
        }
    }

    /// Rules 1 to 4 and holds. What has no place itself is not carried (§9.1): nothing stands on it.
    pub(crate) fn in_log(&self, e: &'a Entry) -> Result<(), Reason> {
        self.place(e)?;
        self.logs.placed(e, &self.line(&e.log))?;
        let below = self.logs.chain(e).unwrap_or_default();
        if below.iter().any(|x| self.place(x).is_err()) {
            return Err(Reason::Gap);
        }
        if self.held(e) { Err(Reason::Held) } else { Ok(()) }
    }

    /// Whether one entry counts.
    fn judge(&self, e: &'a Entry) -> Result<(), Reason> {
        let effect = match &e.body {
            // Rules 3 and 5: single-pass cancels always count.
            Body::Cancel(false) => return self.place(e),
            Body::Cancel(true) | Body::Erase => return self.act(e),
            Body::Hold(..) => self.holds.contains(&e),
            Body::Lift(id) => self.logs.entries.iter().any(|h| h.id == *id && self.lifts(e, h)),
            Body::Revoke(d, _) => self.revokes(e, d).is_some(),
            Body::Keyset(class, scope) => self.publishes(e, *class, scope),
            _ => return self.in_log(e),
        };
        let act = !matches!(e.body, Body::Keyset(..));
        (if act { self.act(e) } else { self.in_log(e) })?;
        if effect { Ok(()) } else { Err(Reason::NoEffect) }
    }
}
