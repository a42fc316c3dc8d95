//! Last words that are not logged: what a household received of an office's notices, and answers to a gate's call.

use super::authoring::About;
use super::ops::OpFault;
use super::{Now, Replica, Topic, layout};
use linli_base::{DeviceId, EntryKind, LaneClass, PrincipalId, RecordId, ScopeId};
use linli_charter::{PrincipalKind, Statement, StatementKey, Topic as Said};
use linli_record::Fact;
use linli_record::fact::{Reach, Receipt, Told};
use linli_store::{StoreFault, Table};
use std::collections::BTreeMap;

/// Most notices of which it is kept when a device had got how far before.
const STEPS_KEPT: usize = 1_000;
/// Most units told by one steward that are kept of one notice.
const TOLD_KEPT: usize = 5_000;

impl Replica {
    /// Notes how far a notice got with this household, and tells the office that published it: a cumulative
    /// statement sealed to the office.
    ///
    /// # Errors
    /// [`OpFault::NotFound`] for a notice that is not here.
    pub fn receive(&mut self, now: Now, notice: &RecordId, reach: Reach) -> Result<(), OpFault> {
        let office = self.office_of(notice)?.ok_or(OpFault::NotFound)?;
        self.tell(now, &office, &[(*notice, reach)])?;
        self.tell_house()
    }

    /// The same of many notices at once: one statement to each office.
    ///
    /// # Errors
    /// A fault of the store, or of writing. Notices of an author nobody knows are passed over.
    pub fn receive_all(
        &mut self,
        now: Now,
        notices: &[RecordId],
        reach: Reach,
    ) -> Result<(), OpFault> {
        let mut by_office: BTreeMap<PrincipalId, Vec<(RecordId, Reach)>> = BTreeMap::new();
        for notice in notices {
            if let Some(office) = self.office_of(notice)? {
                by_office.entry(office).or_default().push((*notice, reach));
            }
        }
        for (office, marks) in by_office {
            self.tell(now, &office, &marks)?;
        }
        self.tell_house()
    }

    /// Says to the other computers of this household what it has confirmed here: a receipt sealed to the household, which
    /// they show and nobody else reads. Nothing is said where there are none, or no news.
    fn tell_house(&mut self) -> Result<(), OpFault> {
        let house = self.me.principal;
        if self.house_devices().next().is_none() {
            return Ok(());
        }
        let Some(key) = self.scope_key_for(LaneClass::House, &house.scope()) else {
            return Ok(());
        };
        // Whoever cannot read what it said last would say it again for ever.
        if self.scope_secret(&key.id(&self.me.community)).is_none() {
            return Ok(());
        }
        let mut confirmed = Receipt::default();
        for (key, whole) in self.staged.rows(Table::Local, layout::RECEIPTS)? {
            if key.len() != layout::receipt(&house).len() {
                continue;
            }
            let told = Receipt::decode_whole(&whole).unwrap_or_default();
            let marks = told.notices.into_iter();
            confirmed
                .notices
                .extend(marks.filter(|(_, (reach, _))| reach.has(Reach::CONFIRMED)));
        }
        if confirmed.notices.is_empty() {
            return Ok(());
        }
        let payload = confirmed.encode();
        let before = self.told_to_house(self.me.device())?;
        if before.is_some_and(|before| before.encode() == payload) {
            return Ok(());
        }
        let sealed = linli_keys::seal::seal_to(
            &key,
            &self.me.community,
            b"receipt",
            &payload,
            self.dice.as_mut(),
        );
        Ok(self.state(Said::Receipt, house, sealed)?)
    }

    /// The other computers of this household that stand; none where this is none.
    fn house_devices(&self) -> impl Iterator<Item = DeviceId> {
        let (me, home) = (self.me.device(), self.me.kind == PrincipalKind::Household);
        let all = self.authority.devices_of(self.me.principal);
        all.map(|(id, _)| *id)
            .filter(move |id| home && *id != me && !self.authority.is_revoked(id))
    }

    fn told_to_house(&self, device: DeviceId) -> Result<Option<Receipt>, StoreFault> {
        let said = self.statement(&StatementKey {
            device,
            topic: Said::Receipt,
            to: self.me.principal,
        })?;
        Ok(said.and_then(|said| self.read_receipt(&said)))
    }

    /// What other computers of this household have confirmed, and when (Unix milliseconds), as far as this one has heard.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn house_confirmed(&self) -> Result<BTreeMap<RecordId, u64>, StoreFault> {
        let mut confirmed: BTreeMap<RecordId, u64> = BTreeMap::new();
        for device in self.house_devices() {
            let told = self.told_to_house(device)?.unwrap_or_default();
            for (notice, (reach, at)) in told.notices {
                if reach.has(Reach::CONFIRMED) {
                    let first = confirmed.entry(notice).or_insert(at);
                    *first = at.min(*first);
                }
            }
        }
        Ok(confirmed)
    }

    fn office_of(&self, notice: &RecordId) -> Result<Option<PrincipalId>, StoreFault> {
        let meta = self.meta(notice)?;
        let device = meta.and_then(|m| self.authority.device(&m.owner));
        Ok(device.map(|d| d.principal))
    }

    fn tell(
        &mut self,
        now: Now,
        office: &PrincipalId,
        marks: &[(RecordId, Reach)],
    ) -> Result<(), OpFault> {
        let mut receipt = self.own_receipt(office)?;
        let mut news = false;
        for (notice, reach) in marks {
            news |= receipt.mark(*notice, *reach, now.wall.0);
        }
        self.say_receipt(*office, &receipt, news)
    }

    /// Says a receipt to its office where there is news, or where it was never said.
    fn say_receipt(
        &mut self,
        to: PrincipalId,
        receipt: &Receipt,
        news: bool,
    ) -> Result<(), OpFault> {
        self.regain()?;
        // Where the office's key had not arrived yet, it was marked here and never said.
        let said = StatementKey {
            device: self.me.device(),
            topic: Said::Receipt,
            to,
        };
        let unsaid = self.statement(&said)?.is_none();
        let key = self.scope_key_for(LaneClass::Office, &to.scope());
        // Without the key there is nothing to make up for yet: to mark it again would write, and wake the window, for ever.
        if !news && (!unsaid || key.is_none()) {
            return Ok(());
        }
        self.put_own_receipt(&to, receipt);
        if let Some(key) = key {
            let sealed = linli_keys::seal::seal_to(
                &key,
                &self.me.community,
                b"receipt",
                &receipt.encode(),
                self.dice.as_mut(),
            );
            self.state(Said::Receipt, to, sealed)?;
        }
        self.changed.insert(Topic::Notices);
        Ok(())
    }

    /// Notes that a unit was told of a notice at its door: by the office in its own lane, by a building's steward in the
    /// receipt of their household. Answers whether it was news.
    ///
    /// # Errors
    /// [`OpFault::NotFound`] for a notice that is not here; [`OpFault::NotAllowed`] for whoever is neither.
    pub fn told_at_door(
        &mut self,
        now: Now,
        notice: &RecordId,
        told: Told,
    ) -> Result<bool, OpFault> {
        self.regain()?;
        let office = self.office_of(notice)?.ok_or(OpFault::NotFound)?;
        let me = self.me.device();
        if self.me.principal == office {
            let before = self.told_by_office(notice)?;
            if before.iter().any(|(_, t, _)| t.unit == told.unit) {
                return Ok(false);
            }
            let body = Fact::Told(told).encode();
            let body = body.map_err(|_| OpFault::Bad("long-or-control"))?;
            let lane = self.lane(now, LaneClass::Office, office.scope());
            self.write(now, EntryKind::FACT, lane, About::Of(notice.0), &body)?;
            return Ok(true);
        }
        if !self.is_steward_of(&me, told.unit.reveal()) {
            return Err(OpFault::NotAllowed);
        }
        let mut receipt = self.own_receipt(&office)?;
        let news = receipt.tell(*notice, told.unit.reveal(), now.wall.0);
        self.say_receipt(office, &receipt, news)?;
        Ok(news)
    }

    /// Whether a device is an issuing key, in the newest epoch, for a unit.
    #[must_use]
    pub fn is_steward_of(&self, device: &DeviceId, unit: &str) -> bool {
        let epoch = &self.authority.charter().newest().epoch;
        let listed = epoch.issuing_key(device);
        listed.is_some_and(|k| k.covers(Some(unit))) && !self.authority.is_revoked(device)
    }

    /// What this office's devices noted at doors about a notice: by whom, what, when.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn told_by_office(
        &self,
        notice: &RecordId,
    ) -> Result<Vec<(DeviceId, Told, u64)>, StoreFault> {
        let facts = self.facts_about(notice)?.into_iter();
        Ok(facts
            .filter_map(|f| match f.fact {
                Fact::Told(told) if f.log.lane.class == LaneClass::Office => {
                    Some((f.author.device, told, f.time_ms))
                }
                _ => None,
            })
            .collect())
    }

    /// What this device told an office.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn own_receipt(&self, office: &PrincipalId) -> Result<Receipt, StoreFault> {
        let value = self.staged.get(Table::Local, &layout::receipt(office))?;
        Ok(value
            .and_then(|v| Receipt::decode_whole(&v).ok())
            .unwrap_or_default())
    }

    fn put_own_receipt(&mut self, office: &PrincipalId, receipt: &Receipt) {
        let (key, value) = (layout::receipt(office), receipt.encode_whole());
        self.staged.put(Table::Local, key, value);
    }

    /// Says again what this device, which may not grant, answered to calls of gates; sealed to the gates.
    ///
    /// # Errors
    /// [`OpFault::Write`] where the gates' key has not arrived.
    pub fn say_ring_answers(&mut self, payload: &[u8]) -> Result<(), OpFault> {
        self.regain()?;
        let gates = ScopeId::gates(&self.me.community);
        let key = self
            .scope_key_for(LaneClass::Pass, &gates)
            .ok_or(super::WriteFault::NoScopeKey)?;
        let sealed = linli_keys::seal::seal_to(
            &key,
            &self.me.community,
            b"ring",
            payload,
            self.dice.as_mut(),
        );
        Ok(self.state(Said::Ring, PrincipalId::ZERO, sealed)?)
    }

    /// What devices that may not grant answered to calls, if this home can read it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn ring_statements(&self) -> Result<Vec<(DeviceId, Vec<u8>)>, StoreFault> {
        let mut out = Vec::new();
        for s in self
            .statements()?
            .into_iter()
            .filter(|s| s.key.topic == Said::Ring)
        {
            let open = linli_keys::seal::open(
                |id| self.scope_secret(id),
                &self.me.community,
                b"ring",
                &s.payload,
            );
            if let Ok(payload) = open {
                out.push((s.key.device, payload.to_vec()));
            }
        }
        Ok(out)
    }

    /// What a device said it received, if the office this home belongs to can read it; also what it said before and no
    /// longer repeats.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn receipts(&self) -> Result<Vec<(DeviceId, Receipt)>, StoreFault> {
        self.receipts_with(true)
    }

    /// The same, with or without what is no longer repeated.
    pub(crate) fn receipts_with(
        &self,
        said_before: bool,
    ) -> Result<Vec<(DeviceId, Receipt)>, StoreFault> {
        let mut out = Vec::new();
        for s in self
            .statements()?
            .into_iter()
            .filter(|s| s.key.topic == Said::Receipt)
        {
            if let Some(mut receipt) = self.read_receipt(&s) {
                if said_before {
                    receipt.merge(&self.once_told(&s.key.device)?);
                }
                out.push((s.key.device, receipt));
            }
        }
        Ok(out)
    }

    pub(super) fn read_receipt(&self, said: &Statement) -> Option<Receipt> {
        let open = linli_keys::seal::open(
            |id| self.scope_secret(id),
            &self.me.community,
            b"receipt",
            &said.payload,
        );
        Receipt::decode(&open.ok()?).ok()
    }

    fn once_told(&self, device: &DeviceId) -> Result<Receipt, StoreFault> {
        self.kept_receipt(&layout::once_told(device))
    }

    /// A statement has its limit, and what was dropped from it was true all the same: the office it is for keeps it.
    pub(super) fn keep_what_is_not_repeated(
        &mut self,
        old: &Statement,
        new: &Statement,
    ) -> Result<(), StoreFault> {
        let office = self.me.kind == PrincipalKind::Office;
        if !office || new.key.topic != Said::Receipt || new.key.to != self.me.principal {
            return Ok(());
        }
        let (Some(old), Some(said)) = (self.read_receipt(old), self.read_receipt(new)) else {
            return Ok(());
        };
        self.keep_steps(&new.key.device, &old, &said)?;
        if said.covers(&old) {
            return Ok(());
        }
        let mut kept = self.once_told(&new.key.device)?;
        kept.merge(&old);
        // What is said now need not be kept twice, and what is about nothing here need not be kept at all.
        kept.leave_out(&said);
        for notice in kept.about() {
            if self.office_of(&notice)? != Some(self.me.principal) {
                kept.forget(&notice);
            }
        }
        let steward = |unit: &str| self.is_steward_of(&new.key.device, unit);
        kept.keep_units(steward);
        kept.bound(TOLD_KEPT);
        let key = layout::once_told(&new.key.device);
        self.staged.put(Table::Local, key, kept.encode_whole());
        Ok(())
    }

    /// A receipt says when it last grew, and no more what it was before: that tells when a notice had got how far.
    fn keep_steps(
        &mut self,
        device: &DeviceId,
        old: &Receipt,
        said: &Receipt,
    ) -> Result<(), StoreFault> {
        for far in STEPS {
            let mut grown = Receipt::default();
            for (notice, (was, at)) in &old.notices {
                let now = said.notices.get(notice);
                let grew = now.is_some_and(|(now, _)| now.has(*was) && now != was);
                if grew && far == step(*was) && self.office_of(notice)? == Some(self.me.principal) {
                    grown.notices.insert(*notice, (*was, *at));
                }
            }
            if grown.notices.is_empty() {
                continue;
            }
            let key = layout::steps(device, far);
            let mut kept = self.kept_receipt(&key)?;
            for (notice, mark) in grown.notices {
                kept.notices.entry(notice).or_insert(mark);
            }
            kept.keep_newest(STEPS_KEPT);
            self.staged.put(Table::Local, key, kept.encode_whole());
        }
        Ok(())
    }

    /// How far a notice had got with a device of a household, and when, before its last word about it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn steps(
        &self,
        device: &DeviceId,
        notice: &RecordId,
    ) -> Result<Vec<(Reach, u64)>, StoreFault> {
        let mut steps = Vec::new();
        for far in STEPS {
            let kept = self.kept_receipt(&layout::steps(device, far))?;
            steps.extend(kept.notices.get(notice));
        }
        Ok(steps)
    }

    fn kept_receipt(&self, key: &[u8]) -> Result<Receipt, StoreFault> {
        let value = self.staged.get(Table::Local, key)?;
        let kept = value.and_then(|v| Receipt::decode_whole(&v).ok());
        Ok(kept.unwrap_or_default())
    }
}

/// Only arrived; opened or confirmed.
const STEPS: [u8; 2] = [1, 2];

/// Which of them a mark is.
fn step(reach: Reach) -> u8 {
    if reach.has(Reach::READ) || reach.has(Reach::CONFIRMED) {
        STEPS[1]
    } else {
        STEPS[0]
    }
}
