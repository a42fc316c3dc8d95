//! What comes from a peer: unreadable until verified, stored only in its place, shown only when admitted.

use super::library::{Shelved, write_act};
use super::{Now, ORPHAN_DEVICES, ORPHANS_PER_DEVICE, Replica, Topic, UNHEARD_PER_DEVICE, layout};
use linli_base::{DeviceId, Entry, EntryId, EntryKind, Header, LaneClass, LaneKey, LogKey, Period};
use linli_charter::{Carried, Certificate, Cut, PrincipalKind, Statement};
use linli_keys::seal::plain_body;
use linli_keys::{Signed, Verified};
use linli_log::{Chain, Outcome};
use linli_protocol::hub::Output;
use linli_protocol::{Library, LinkId};
use linli_store::{StoreFault, Table};

/// Answers which entry stands at a place, staged ones included.
struct Places<'a>(&'a Replica);

impl Chain for Places<'_> {
    fn id_at(&self, log: &LogKey, seq: u32) -> Option<EntryId> {
        let bytes = self
            .0
            .staged
            .get(Table::Entries, &layout::entry(log, seq))
            .ok()??;
        Header::decode(&bytes)
            .ok()
            .map(|h| h.id(&self.0.me.community))
    }
}

/// Why an entry of a lane is refused that a neighbour should not have offered.
const NOT_OURS_TO_CARRY: &str = "this device does not carry that lane";

impl Replica {
    /// Whether this device may itself carry a lane. Before its own standing is known here, what everybody carries,
    /// that is what standing comes with, and what its certificate alone does not rule out.
    fn may_keep_lane(&self, lane: &LaneKey) -> bool {
        let me = self.me.device();
        if self.authority.device(&me).is_some() && !self.authority.is_revoked(&me) {
            return self.authority.may_carry(&me, lane);
        }
        match lane.class {
            LaneClass::Board => self.me.kind != PrincipalKind::Gate || lane.period == Period::NONE,
            LaneClass::GateLog | LaneClass::Office => false,
            _ => true,
        }
    }

    pub(super) fn judge_entries(
        &mut self,
        now: Now,
        link: LinkId,
        entries: &[Vec<u8>],
        out: &mut Vec<Output>,
    ) -> Result<(), StoreFault> {
        for bytes in entries {
            match Entry::decode(bytes) {
                Ok(entry) => {
                    if let Some(ask) = self.take(now, entry, Some(link))? {
                        out.extend(self.hub_step(now, linli_protocol::Input::AskWhole(link, ask)));
                    }
                }
                Err(fault) => self.refuse(fault.to_string()),
            }
        }
        self.adopt_orphans(now)?;
        self.follow(now, entries)
    }

    /// Takes one entry in; returns a log that must be asked for whole.
    fn take(
        &mut self,
        now: Now,
        entry: Entry,
        link: Option<LinkId>,
    ) -> Result<Option<LogKey>, StoreFault> {
        let h = entry.header;
        let (log, id) = (h.log(), h.id(&self.me.community));
        let known = self.logs.head(&log).is_some_and(|head| {
            h.seq <= head.seq
                && if h.seq == head.seq {
                    head.id == id
                } else {
                    Places(self).id_at(&log, h.seq) == Some(id)
                }
        });
        if let Some(link) = link {
            self.hub.came_from(link, log, h.seq);
        }
        if known {
            return Ok(None);
        }
        if self.withheld(now, &entry) {
            self.refuse("a payload is missing that should be there");
            return Ok(None);
        }
        if log.device != self.me.device() && !self.may_keep_lane(&log.lane) {
            // Whoever offers it may know more about us than we do. It is not among our heads, so it is offered again.
            self.refuse(NOT_OURS_TO_CARRY);
            return Ok(None);
        }
        self.learn_from_open(&entry);
        let Some(device) = self.authority.device(&h.device) else {
            self.keep_orphan(entry, link);
            return Ok(None);
        };
        let key = *device.key();
        let verified = match Signed::new(entry).verify(&self.me.community, &key) {
            Ok(verified) => verified,
            Err(fault) => {
                self.refuse(fault.to_string());
                return Ok(None);
            }
        };
        self.place_verified(now, verified, link)
    }

    fn place_verified(
        &mut self,
        now: Now,
        verified: Verified<Entry>,
        link: Option<LinkId>,
    ) -> Result<Option<LogKey>, StoreFault> {
        let log = verified.content().header.log();
        let entry = verified.content().clone();
        let carried = match self.authority.carry(verified) {
            Ok(carried) => carried,
            Err(refusal) if refusal.can_wait() => {
                self.keep_orphan(entry, link);
                return Ok(None);
            }
            Err(refusal) => {
                self.refuse(refusal.to_string());
                return Ok(None);
            }
        };
        if self.bugs.hold_back_lost
            && entry.header.seq > self.logs.head(&log).map_or(0, |h| h.seq) + 1
        {
            return Ok(None);
        }
        match self.put_in_log(carried) {
            Outcome::Appended(list) => {
                for carried in list {
                    self.store_carried(now, carried)?;
                }
            }
            Outcome::Held | Outcome::Known => {}
            Outcome::Fork(other) => return Ok(self.note_fork(&other).then_some(log)),
            // Once it is known where the branches part, asking again would bring the same for ever.
            Outcome::OtherBranch => return Ok(self.authority.fork(&log).is_none().then_some(log)),
        }
        Ok(None)
    }

    /// Puts a carried entry in its log.
    pub(super) fn put_in_log(&mut self, carried: Carried<Entry>) -> Outcome {
        // The chain is asked for entries while the logs are changed: take them out for the moment.
        let mut logs =
            std::mem::replace(&mut self.logs, linli_log::Logs::new(self.me.community, []));
        let outcome = logs.append(carried, &Places(self));
        self.logs = logs;
        outcome
    }

    /// Writes a carried entry in its place and admits it if its content is ours to read.
    pub(super) fn store_carried(
        &mut self,
        now: Now,
        carried: Carried<Entry>,
    ) -> Result<(), StoreFault> {
        let entry = carried.content();
        let h = entry.header;
        let (log, id) = (h.log(), h.id(&self.me.community));
        self.staged
            .put(Table::Entries, layout::entry(&log, h.seq), entry.encode());
        let mut head = h.seq.to_be_bytes().to_vec();
        head.extend_from_slice(&id.0);
        self.staged.put(Table::Index, layout::head(&log), head);
        self.news.logs.retain(|c| c.log != log);
        self.news.logs.push(Cut {
            log,
            seq: h.seq,
            id,
        });
        if h.kind.is_act() {
            self.store_act(entry, id)?;
        }
        self.refold |= self.ends_doubt(&log, h.seq, id);
        self.changed.insert(Topic::Sync);
        self.admit(now, &carried)
    }

    fn store_act(&mut self, entry: &Entry, id: EntryId) -> Result<(), StoreFault> {
        if self.knows_act(&id) {
            return Ok(());
        }
        let Some(device) = self.authority.device(&entry.header.device) else {
            return Ok(());
        };
        let value = write_act(entry, device.certificate.bytes());
        self.staged.put(Table::Acts, id.0, value);
        self.fresh.acts.insert(id, entry.header.log().lane);
        self.news.acts.push(id);
        Ok(())
    }

    /// Whether an act is held, staged or committed.
    fn knows_act(&self, id: &EntryId) -> bool {
        self.shelf.acts.contains_key(id) || self.fresh.acts.contains_key(id)
    }

    pub(super) fn judge_acts(
        &mut self,
        now: Now,
        link: LinkId,
        acts: &[(Vec<u8>, Vec<u8>)],
    ) -> Result<(), StoreFault> {
        for (bytes, certificate) in acts {
            let Ok(entry) = Entry::decode(bytes) else {
                self.refuse("an act that cannot be read");
                continue;
            };
            let id = entry.header.id(&self.me.community);
            if !entry.header.kind.is_act() || self.knows_act(&id) {
                continue;
            }
            // Where the right to carry it comes later, the act comes with its log.
            if !self.may_keep_lane(&entry.header.log().lane) {
                self.refuse(NOT_OURS_TO_CARRY);
                continue;
            }
            if let Ok(certificate) = Certificate::parse(certificate) {
                let changed = self.authority.add_certificate(certificate);
                self.note_changed(changed);
            }
            let Some(device) = self.authority.device(&entry.header.device) else {
                self.keep_orphan(entry, Some(link));
                continue;
            };
            let key = *device.key();
            let Ok(verified) = Signed::new(entry).verify(&self.me.community, &key) else {
                self.refuse("an act with a wrong signature");
                continue;
            };
            let entry = verified.into_content();
            match self.authority.place(&entry.header) {
                Ok(()) if !self.bugs.act_after_its_entry => {
                    self.store_act(&entry, id)?;
                    self.admit_act(now, &entry)?;
                }
                Ok(()) => {}
                Err(refusal) => self.refuse(refusal.to_string()),
            }
        }
        Ok(())
    }

    pub(super) fn judge_statements(&mut self, list: &[Vec<u8>]) -> Result<(), StoreFault> {
        for bytes in list {
            let Some(statement) = Statement::decode(bytes) else {
                self.refuse("a statement that cannot be read");
                continue;
            };
            let author = statement.key.device;
            let Some(key) = self.authority.device(&author).map(|d| *d.key()) else {
                self.keep_unheard(author, bytes);
                continue;
            };
            let held = self.authority.is_revoked(&author)
                || self.authority.holds_on(&author).next().is_some();
            match Signed::new(statement).verify(&self.me.community, &key) {
                Ok(verified) if !held => self.keep_statement(verified.content())?,
                Ok(_) => {}
                Err(fault) => self.refuse(fault.to_string()),
            }
        }
        Ok(())
    }

    /// The peer will not say it again on this link, so it waits here for its author.
    fn keep_unheard(&mut self, author: DeviceId, bytes: &[u8]) {
        if !self.unheard.contains_key(&author) && self.unheard.len() >= ORPHAN_DEVICES {
            return;
        }
        let list = self.unheard.entry(author).or_default();
        if list.len() < UNHEARD_PER_DEVICE && !list.iter().any(|b| b == bytes) {
            list.push(bytes.to_vec());
        }
    }

    /// Keeps a statement if it is the last word.
    pub(super) fn keep_statement(&mut self, statement: &Statement) -> Result<(), StoreFault> {
        let key = layout::statement(&statement.key);
        let old = self
            .staged
            .get(Table::Statements, &key)?
            .and_then(|v| Statement::decode(&v));
        if let Some(old) = &old {
            if !statement.beats(old, &self.me.community) {
                return Ok(());
            }
            self.keep_what_is_not_repeated(old, statement)?;
        }
        self.staged.put(Table::Statements, key, statement.encode());
        self.fresh
            .statements
            .insert(statement.key, statement.counter);
        self.news.statements.push(statement.key);
        self.changed.insert(Topic::Notices);
        Ok(())
    }

    pub(super) fn judge_epochs(&mut self, now: Now, list: &[Vec<u8>]) -> Result<(), StoreFault> {
        for bytes in list {
            match self.authority.add_epoch(bytes) {
                Ok(changed) => {
                    let number = self.authority.charter().newest().epoch.number;
                    self.staged
                        .put(Table::Epochs, number.to_be_bytes(), bytes.clone());
                    self.news.epochs = true;
                    self.note_changed(changed);
                    self.learned = true;
                    self.changed.insert(Topic::Status);
                }
                Err(linli_charter::CharterError::NotNext) => {}
                Err(fault) => self.refuse(fault.to_string()),
            }
        }
        self.adopt_orphans(now)
    }

    pub(super) fn judge_certificate(&mut self, now: Now, bytes: &[u8]) -> Result<(), StoreFault> {
        if let Ok(certificate) = Certificate::parse(bytes) {
            let changed = self.authority.add_certificate(certificate);
            self.note_changed(changed);
        }
        self.adopt_orphans(now)
    }

    /// The first entry of each log carries its author's certificate.
    fn learn_from_open(&mut self, entry: &Entry) {
        if entry.header.kind != EntryKind::OPEN
            || self.authority.device(&entry.header.device).is_some()
        {
            return;
        }
        let Some(body) = entry.payload.as_deref().and_then(plain_body) else {
            return;
        };
        if let Ok(certificate) = Certificate::parse(body) {
            let changed = self.authority.add_certificate(certificate);
            self.note_changed(changed);
        }
    }

    fn keep_orphan(&mut self, entry: Entry, link: Option<LinkId>) {
        let device = entry.header.device;
        if !self.orphans.contains_key(&device) && self.orphans.len() >= ORPHAN_DEVICES {
            return;
        }
        let list = self.orphans.entry(device).or_default();
        if list.len() < ORPHANS_PER_DEVICE && !list.iter().any(|(e, _)| e.header == entry.header) {
            list.push((entry, link));
        }
    }

    /// Tries again what waited for a device or an epoch.
    pub(super) fn adopt_orphans(&mut self, now: Now) -> Result<(), StoreFault> {
        let authors = self.unheard.keys().copied();
        let known: Vec<_> = authors
            .filter(|d| self.authority.device(d).is_some())
            .collect();
        for author in known {
            let list = self.unheard.remove(&author).unwrap_or_default();
            self.judge_statements(&list)?;
        }
        let newest = self.authority.charter().newest().epoch.number;
        let ready: Vec<_> = self
            .orphans
            .iter()
            .filter(|(device, list)| {
                self.authority.device(device).is_some()
                    && list.iter().any(|(e, _)| e.header.epoch <= newest)
            })
            .map(|(device, _)| *device)
            .collect();
        for device in ready {
            let mut list = self.orphans.remove(&device).unwrap_or_default();
            list.sort_by_key(|(e, _)| (e.header.log(), e.header.seq));
            for (entry, link) in list {
                if entry.header.epoch > newest {
                    self.keep_orphan(entry, link);
                } else {
                    self.take(now, entry, link)?;
                }
            }
        }
        Ok(())
    }

    /// Two entries at one place: the proof is kept, the log stops below, the device is held by derivation.
    /// Answers whether the branches part even lower, so that the log must be asked for from its start.
    fn note_fork(&mut self, other: &Carried<Entry>) -> bool {
        let h = other.content().header;
        let log = h.log();
        if self.authority.fork(&log).is_some_and(|at| at <= h.seq) {
            return false;
        }
        let id = h.id(&self.me.community);
        self.staged
            .put(Table::Quarantine, id.0, other.content().encode());
        self.staged
            .put(Table::Index, layout::fork(&log), h.seq.to_be_bytes());
        self.fresh.forks.insert(log, (h.seq, id));
        let changed = self.authority.add_fork(log, h.seq);
        self.note_changed(changed);
        self.learn_branch(other.content());
        self.refuse("two entries at one place of a log");
        h.seq > 1 && Places(self).id_at(&log, h.seq - 1) != Some(h.prev)
    }

    /// The library of committed things, for tests and queries.
    pub(super) fn shelved(&self) -> Shelved<'_> {
        Shelved {
            shelf: &self.shelf,
            store: self.staged.committed(),
            community: self.me.community,
        }
    }

    /// Reads an entry by its place, staged ones included.
    pub(super) fn entry_at(&self, log: &LogKey, seq: u32) -> Result<Option<Entry>, StoreFault> {
        let bytes = self.staged.get(Table::Entries, &layout::entry(log, seq))?;
        Ok(bytes.and_then(|b| Entry::decode(&b).ok()))
    }

    /// Encoded entries of a log from a place on, as a peer would get them.
    #[must_use]
    pub fn served(&self, log: &LogKey, from: u32) -> Vec<(u32, Vec<u8>)> {
        self.shelved().range(log, from, usize::MAX)
    }
}
