//! Rare states that random communities must reach, so that comparing anything means something.

use super::super::set::authority_log;
use super::{Stands, Valid};
use linli_base::{DeviceId, EntryId, EntryKind, LogKey};
use linli_charter::authority::AuthorityBody;
use linli_charter::{Certificate, Cut, Hold, PrincipalKind};

impl Valid {
    /// Rare states that the random communities must reach, so that the comparison means something.
    pub(crate) fn rare(&self, logs: &[LogKey]) -> Vec<(&'static str, bool)> {
        let holds: Vec<_> = self.holds.values().collect();
        let kind_of = |d: &DeviceId| self.devices.get(d).map(Stands::kind);
        let household = |d: &DeviceId| kind_of(d) == Some(PrincipalKind::Household);
        let any = |f: &dyn Fn(&LogKey) -> bool| logs.iter().any(f);
        let by_rank = |charter: bool| self.cut_off.values().any(|(c, _)| *c == charter);
        let open: Vec<_> = self
            .devices
            .keys()
            .map(|d| (d, self.open_holds(d)))
            .collect();
        let effective = |id: &EntryId| self.holds.contains_key(id);
        let fork_below = |l: &LogKey, c: Option<Cut>| {
            c.is_some_and(|c| self.forks(l).iter().any(|f| *f <= c.seq))
        };
        vec![
            (
                "an officer's hold",
                holds.iter().any(|(by, ..)| !household(by)),
            ),
            (
                "a hold on a principal",
                holds.iter().any(|(_, _, h)| h.principal),
            ),
            (
                "a sibling's hold",
                holds.iter().any(|(by, ..)| household(by)),
            ),
            (
                "a sibling's hold that lapsed",
                open.iter().any(|(d, o)| {
                    let held = |x: &DeviceId| holds.iter().any(|(_, t, h)| self.is_on(t, h, x));
                    household(d)
                        && held(d)
                        && o.iter().any(|(h, id, _)| {
                            !effective(id)
                                && self.devices.iter().any(|(x, s)| {
                                    x != *d
                                        && x.act_target() == h.record.0
                                        && s.claims().principal
                                            == self.devices[d].claims().principal
                                })
                        })
                }),
            ),
            (
                "a hold without the right",
                open.iter()
                    .any(|(_, o)| o.iter().any(|(_, id, _)| !effective(id))),
            ),
            (
                "a lifted hold",
                self.acts_that_count().any(|(h, id, body)| {
                    h.kind == EntryKind::HOLD
                        && Hold::decode(body).is_ok_and(|hold| self.lifted(h, id, &hold))
                }),
            ),
            ("a cut-off by the charter", by_rank(true)),
            ("a cut-off by an issuing key", by_rank(false)),
            (
                "an introduced device",
                self.devices.values().any(|s| s.introduced),
            ),
            (
                "an introduced device of an introduced one",
                self.devices.keys().any(|d| self.path(d).len() > 1),
            ),
            (
                "a device on its certificate alone",
                self.devices.values().any(|s| s.keys.is_none()),
            ),
            ("two certificates that count", {
                let all = self.counting();
                let of = |d: &DeviceId| all.iter().filter(|s| s.claims().device == *d).count();
                self.devices.keys().any(|d| of(d) > 1)
            }),
            (
                "a log that stops before a fork",
                any(&|l| self.stops_before(l).is_some()),
            ),
            (
                "a fork below a cut-off",
                any(&|l| fork_below(l, self.cut(l))),
            ),
            (
                "a fork below a checkpoint",
                any(&|l| fork_below(l, self.checkpoint(l))),
            ),
            ("a checkpoint", any(&|l| self.checkpoint(l).is_some())),
            (
                "an issuing key's cut raised to a checkpoint",
                any(&|l| self.cut(l) != self.written_cut(l)),
            ),
            (
                "two cut-offs at one place with different ids",
                any(&|l| {
                    let named = self.cut_off.get(&l.device).into_iter().flat_map(|(_, n)| n);
                    let of_log: Vec<_> = named.flatten().filter(|c| c.log == *l).collect();
                    let at = |a: &Cut, b: &Cut| a.seq == b.seq && a.id != b.id;
                    let differ = |a: &Cut| of_log.iter().any(|b| at(a, b));
                    let cut = self.written_cut(l).map_or(0, |c| c.seq);
                    of_log.iter().any(|a| differ(a) && a.seq > cut)
                }),
            ),
            (
                "an act above its author's cut",
                self.acts
                    .iter()
                    .any(|(h, ..)| self.cut(&h.log()).is_some_and(|c| h.seq > c.seq)),
            ),
            (
                "an act on another branch than its author's cut",
                self.acts.iter().any(|(h, id, _)| {
                    self.cut(&h.log()).is_some_and(|c| h.seq <= c.seq)
                        && !self.acts_that_count().any(|(_, i, _)| i == id)
                }),
            ),
            (
                "an act below its author's cut",
                self.acts_that_count()
                    .any(|(h, ..)| self.cut(&h.log()).is_some()),
            ),
            (
                "an introduction above a hold",
                self.steps.iter().any(|(h, _, body)| {
                    let AuthorityBody::Enrol(e) = body else {
                        return false;
                    };
                    let c = Certificate::parse(&e.certificate).unwrap();
                    let log = authority_log(h.device);
                    household(&h.device)
                        && !self.devices.contains_key(&c.claims().device)
                        && self.cut(&log).is_none()
                        && self.stops_before(&log).is_none()
                        && h.seq > self.limit(&log)
                }),
            ),
            ("a keyset that counts", !self.keysets().is_empty()),
        ]
    }
}
