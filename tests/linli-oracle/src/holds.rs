//! Holds and lifts (trust.md §3, table).

use crate::verdict::World;
use crate::{Body, Entry, Epoch, Kind, Power, Target};
use linli_base::DeviceId;

impl<'a> World<'a> {
    pub(crate) fn officer(&self, e: &Entry) -> bool {
        self.is(&e.log.device, Kind::Office) && self.has(e, &Power::Officer)
    }

    fn is_on(&self, hold: &Entry, d: &DeviceId) -> bool {
        match &hold.body {
            Body::Hold(Target::Device(on), _) => on == d,
            Body::Hold(Target::Principal(on), _) => self.principal(d) == Some(*on),
            _ => false,
        }
    }

    /// Ranks below the charter: issuing key, officer, other device.
    fn rank(&self, d: &DeviceId, z: &Epoch) -> u8 {
        let officer = self.is(d, Kind::Office) && z.powers.contains(&(*d, Power::Officer));
        if z.powers.contains(&(*d, Power::Issuing)) { 2 } else { u8::from(officer) }
    }

    /// §3 "lift": the holder, another officer; never the held.
    pub(crate) fn lifts(&self, e: &Entry, hold: &Entry) -> bool {
        let by = &e.log.device;
        e.body == Body::Lift(hold.id)
            && (*by == hold.log.device || self.officer(e))
            && !self.is_on(hold, by)
            && self.act(e).is_ok()
    }

    /// Open: by an act that counts, not lifted, not ended by an epoch.
    fn open(&self, hold: &Entry) -> bool {
        matches!(hold.body, Body::Hold(..))
            && self.act(hold).is_ok()
            && !self.logs.entries.iter().any(|e| self.lifts(e, hold))
            && !self.charter.grants(|z| z.ended_holds.contains(&hold.id))
    }

    /// §3 "hold": an officer's, on who is of lower rank in the epoch cited and in the newest.
    fn by_officer(&self, hold: &Entry) -> bool {
        let cited = self.charter.judges(hold.epoch);
        let mine = cited.iter().map(|z| self.rank(&hold.log.device, z)).min();
        let all = cited.iter().copied().chain(self.charter.newest());
        let above = |d: &DeviceId| all.clone().any(|z| Some(self.rank(d, z)) >= mine);
        self.officer(hold) && !self.devices.keys().any(|d| self.is_on(hold, d) && above(d))
    }

    /// §3 "hold": a household device's, on a sibling.
    fn by_sibling(&self, hold: &Entry) -> bool {
        let by = &hold.log.device;
        let kin = |d| self.is(d, Kind::Household) && self.principal(d) == self.principal(by);
        matches!(&hold.body, Body::Hold(Target::Device(d), _) if d != by && kin(d) && kin(by))
    }

    /// §3 "hold": an author's 16 lowest open ones count; a sibling's lapses while an officer holds its
    /// author.
    pub(crate) fn in_force(&self) -> Vec<&'a Entry> {
        let all = self.logs.entries.iter().copied();
        let open: Vec<_> = all.filter(|h| self.open(h)).collect();
        let lower = |o: &&&Entry, h: &Entry| o.log == h.log && (o.seq, o.id) < (h.seq, h.id);
        let first = |h: &&&Entry| open.iter().filter(|o| lower(o, h)).count() < 16;
        let first: Vec<_> = open.iter().filter(first).copied().collect();
        let mut out: Vec<_> = first.iter().filter(|h| self.by_officer(h)).copied().collect();
        let lapsed = |h: &&Entry| out.iter().any(|o| self.is_on(o, &h.log.device));
        let kin: Vec<_> = first.into_iter().filter(|h| self.by_sibling(h) && !lapsed(h)).collect();
        out.extend(kin);
        out
    }

    /// §3 "hold": what is above the heads it names is carried, not admitted.
    pub(crate) fn held(&self, e: &Entry) -> bool {
        let heads = |h: &Entry| match &h.body {
            Body::Hold(_, heads) => heads.iter().filter(|c| c.0 == e.log).map(|c| c.1).min(),
            _ => None,
        };
        let on = self.holds.iter().filter(|h| self.is_on(h, &e.log.device));
        on.into_iter().any(|h| e.seq > heads(h).unwrap_or(0))
    }
}
