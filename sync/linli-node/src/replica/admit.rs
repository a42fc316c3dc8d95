//! `Carried` -> `Admitted`: opened, judged sound in its causal past, folded into rows.
//!
//! A void payload never stops its chain: it is noted in `Quarantine` with its reason and the chain goes on.

use super::library::read_statement;
use super::open::authority_body;
use super::records::{Meta, brief_of};
use super::{Now, Replica, Topic, layout};
use linli_base::{DeviceId, Entry, EntryKind, Header, LaneClass, RecordId};
use linli_charter::{Carried, Certificate, PrincipalKind, act};
use linli_keys::seal::{open_payload, plain_body};
use linli_record::admission::{Expect, Limits, Verdict, preparse};
use linli_record::kind::{ChangeBody, Home, Place, Turn, check_fact};
use linli_record::row::{CancelTarget, RowKind};
use linli_record::{Author, AuthorKind, Fact, FactIn, Row, fold, schema};
use linli_store::{StoreFault, Table};
use std::collections::BTreeSet;

impl Replica {
    /// Opens and judges a carried entry, if its content is ours to read.
    pub(super) fn admit(&mut self, now: Now, carried: &Carried<Entry>) -> Result<(), StoreFault> {
        let entry = carried.content();
        let h = &entry.header;
        if h.kind == EntryKind::OPEN {
            let certificate = entry
                .payload
                .as_deref()
                .and_then(plain_body)
                .and_then(|b| Certificate::parse(b).ok());
            if let Some(certificate) = certificate {
                let changed = self.authority.add_certificate(certificate);
                self.note_changed(changed);
            }
            if h.class == LaneClass::Authority {
                self.add_authority(entry);
            }
            return Ok(());
        }
        if h.kind.is_act() {
            // Acts have their effect on their own, on any branch, whatever hold lies on their log.
            self.admit_act(now, entry)?;
        }
        if h.class == LaneClass::Authority {
            self.add_authority(entry);
            return Ok(());
        }
        if h.seq > self.countable(&h.log())? {
            // Carried, not admitted. When the limit changes, all rows are folded anew.
            return Ok(());
        }
        match h.kind {
            EntryKind::FACT | EntryKind::CHANGE => match self.open_body(entry) {
                Some(body) => self.admit_body(now, h, &body),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn open_body(&mut self, entry: &Entry) -> Option<Vec<u8>> {
        let payload = entry.payload.as_deref()?;
        if !entry.header.sealed {
            return plain_body(payload).map(<[u8]>::to_vec);
        }
        let key = linli_keys::seal::sealed_to(payload)?;
        self.scope_secret(&key)?;
        if let Some((id, body)) = self.own_body.take()
            && id == entry.header.id(&self.me.community)
        {
            return Some(body);
        }
        let bound = &entry.header.encode()[..linli_base::entry::BOUND_LEN];
        match open_payload(
            |id| self.scope_secret(id),
            &self.me.community,
            bound,
            payload,
        ) {
            Ok(body) => Some(body),
            Err(fault) => {
                self.refuse(fault.to_string());
                None
            }
        }
    }

    pub(super) fn add_authority(&mut self, entry: &Entry) {
        let h = &entry.header;
        let Some(body) = entry.payload.as_deref().and_then(plain_body) else {
            return;
        };
        let body = authority_body(h.kind, body);
        let changed = self
            .authority
            .add_authority_entry(h, h.id(&self.me.community), body);
        self.note_changed(changed);
        self.changed.insert(Topic::Status);
    }

    /// Learns every keyset that counts now and wraps something for this device.
    pub(super) fn learn_keysets(&mut self, now: Now) -> Result<(), StoreFault> {
        for keyset in self.authority.counting_keysets() {
            self.learn_keyset(now, &keyset)?;
        }
        Ok(())
    }

    /// An act takes effect on its own signature.
    pub(super) fn admit_act(&mut self, now: Now, entry: &Entry) -> Result<(), StoreFault> {
        let h = &entry.header;
        let Some(body) = entry.payload.as_deref().and_then(plain_body) else {
            return Ok(());
        };
        let id = h.id(&self.me.community);
        // Once its author's cut-off is held, an act counts only at or below it on the named branch (trust.md §5.5).
        let counts = self.act_counts(&h.log(), h.seq, id)?;
        match h.kind {
            EntryKind::HOLD | EntryKind::LIFT | EntryKind::REVOKE => {
                let changed = self.authority.add_act(h, id, body);
                self.note_changed(changed);
            }
            EntryKind::CANCEL => {
                let Ok(before) = act::read_cancel(body) else {
                    self.refuse("a cancel that cannot be read");
                    return Ok(());
                };
                let target = match before {
                    // Cancels of single passes count wherever they stand, of all of them they do not.
                    Some(_) if !counts => return Ok(()),
                    Some(before) => CancelTarget::AllBefore(before),
                    None => {
                        let mut cti = [0; 12];
                        cti.copy_from_slice(&h.record.0[..12]);
                        CancelTarget::Pass(cti)
                    }
                };
                if let Some(author) = self.author_of(&h.device) {
                    let row = fold::fold_cancel(id, &author, target, h.time.0);
                    self.put_row(
                        RowKind::Cancel,
                        &RecordId(linli_base::hash::first16(&id.0)),
                        Some(&row),
                    );
                    self.changed.insert(Topic::Passes);
                }
            }
            EntryKind::ERASE if counts => self.admit_erase(now, h)?,
            _ => {}
        }
        Ok(())
    }

    /// Notes who erased a record, whether or not it has come; who may is judged when it is folded.
    fn admit_erase(&mut self, now: Now, h: &Header) -> Result<(), StoreFault> {
        let key = layout::erased(&h.record);
        let mut by: BTreeSet<DeviceId> = self.erased_by(&h.record)?.collect();
        if by.insert(h.device) {
            let all: Vec<u8> = by.iter().flat_map(|device| device.0).collect();
            self.staged.put(Table::Index, key, all);
        }
        self.refold_record(now, &h.record)
    }

    /// Devices that erased a record.
    pub(super) fn erased_by(
        &self,
        record: &RecordId,
    ) -> Result<impl Iterator<Item = DeviceId> + use<>, StoreFault> {
        let value = self.staged.get(Table::Index, &layout::erased(record))?;
        let devices: Vec<DeviceId> = value
            .unwrap_or_default()
            .chunks(32)
            .filter_map(DeviceId::from_slice)
            .collect();
        Ok(devices.into_iter())
    }

    pub(super) fn may_erase(&self, by: &DeviceId, meta: &Meta) -> bool {
        let principal = |d: &DeviceId| self.authority.device(d).map(|x| x.principal);
        let by_owner = principal(by).is_some() && principal(by) == principal(&meta.owner);
        let own_scope = principal(by)
            .is_some_and(|p| meta.lane.class == LaneClass::Office && p.scope() == meta.lane.scope);
        (by_owner || own_scope)
            && !matches!(meta.lane.class, LaneClass::Authority | LaneClass::GateLog)
    }

    /// Judges an opened body.
    pub(super) fn admit_body(
        &mut self,
        now: Now,
        h: &Header,
        body: &[u8],
    ) -> Result<(), StoreFault> {
        let Some(author) = self.author_of(&h.device) else {
            return Ok(());
        };
        if h.kind == EntryKind::CHANGE {
            if self.admit_change(now, h, &author, body)? {
                self.wake_waiting(now, &h.record)?;
            }
            return Ok(());
        }
        let fact = match Fact::decode(body) {
            Ok(fact) => fact,
            Err(fault) => return self.void(h, fault.to_string()),
        };
        if let Err(fault) = check_fact(&fact, h, author.kind) {
            return self.void(h, fault.to_string());
        }
        let brief = match &fact {
            Fact::Grant(grant) | Fact::PlateGrant(grant) => brief_of(grant.claims.reveal()),
            _ => None,
        };
        let id = h.id(&self.me.community);
        let fact = FactIn {
            entry: id,
            log: h.log(),
            seq: h.seq,
            author,
            time_ms: h.time.0,
            fact,
        };
        if let Some(row) = fold::fold_fact(&fact, brief.as_ref()) {
            let key = RecordId(linli_base::hash::first16(&id.0));
            self.put_row(row.kind(), &key, Some(&row));
            let place = layout::entry(&h.log(), h.seq);
            self.staged.put(Table::Index, layout::place(&key), place);
            self.changed.insert(match row.kind() {
                RowKind::HelpCall | RowKind::HelpAck | RowKind::Letter | RowKind::Phones => {
                    Topic::Posts
                }
                _ => Topic::Passes,
            });
            return Ok(());
        }
        self.keep_body(now, h, body);
        self.refold_record(now, &h.record)
    }

    /// Judges a change; `true` if its record has grown.
    fn admit_change(
        &mut self,
        now: Now,
        h: &Header,
        author: &Author,
        body: &[u8],
    ) -> Result<bool, StoreFault> {
        let change = match ChangeBody::decode(body) {
            Ok(change) => change,
            Err(fault) => return self.void(h, fault.to_string()).map(|()| false),
        };
        if !change.kind.is_known() {
            return Ok(false);
        }
        let head = match preparse(&change.change, &Limits::STANDARD) {
            Ok(head) => head,
            Err(fault) => return self.void(h, fault.to_string()).map(|()| false),
        };
        let meta = self.meta(&h.record)?;
        let home = meta.as_ref().and_then(|m| {
            let owner = self.authority.device(&m.owner)?.principal;
            Some(Home {
                kind: m.kind,
                lane: m.lane,
                owner,
            })
        });
        let place = Place {
            community: &self.me.community,
            header: h,
            kind: change.kind,
            author: author.kind,
            principal: author.principal,
            home,
        };
        match place.check(&head) {
            Ok(Turn::Judge) => {}
            Ok(Turn::Wait) => {
                self.wait(h, body);
                return Ok(false);
            }
            Err(fault) => return self.void(h, fault.to_string()).map(|()| false),
        }
        let mut doc = match self.load_doc(meta.as_ref(), &h.record)? {
            Some(doc) => doc,
            None => return Ok(false),
        };
        let judge = schema::judge(change.kind);
        let actor = linli_base::entry::actor_id(&self.me.community, &h.device, &h.record);
        match doc.admit(
            &change.change,
            &Expect {
                actor,
                schema: &judge,
            },
        ) {
            Ok(admitted) if admitted.already => Ok(false),
            Ok(_) => {
                let mut meta = meta.unwrap_or_else(|| Meta::new(change.kind, h));
                meta.changes.push((h.log(), h.seq));
                self.put_meta(&h.record, &meta);
                self.keep_body(now, h, body);
                self.fold_doc(&h.record, &meta, &doc)?;
                Ok(true)
            }
            Err(Verdict::Waiting { .. }) => {
                self.wait(h, body);
                Ok(false)
            }
            Err(Verdict::Void(fault)) => self.void(h, fault.to_string()).map(|()| false),
        }
    }

    /// Tries again the changes of a record that waited for others of it.
    fn wake_waiting(&mut self, now: Now, record: &RecordId) -> Result<(), StoreFault> {
        loop {
            let mut grown = false;
            for (key, value) in self.staged.rows(Table::Pending, &record.0)? {
                let Ok(h) = Header::decode(&value) else {
                    continue;
                };
                let Some(author) = self.author_of(&h.device) else {
                    continue;
                };
                self.staged.delete(Table::Pending, key);
                grown |=
                    self.admit_change(now, &h, &author, &value[linli_base::entry::HEADER_LEN..])?;
            }
            if !grown {
                return Ok(());
            }
        }
    }

    fn wait(&mut self, h: &Header, body: &[u8]) {
        let mut value = h.encode().to_vec();
        value.extend_from_slice(body);
        self.staged.put(
            Table::Pending,
            layout::body(&h.record, &h.log(), h.seq),
            value,
        );
    }

    /// Notes a void payload with its reason; the chain goes on.
    fn void(&mut self, h: &Header, why: String) -> Result<(), StoreFault> {
        self.staged.put(
            Table::Quarantine,
            h.id(&self.me.community).0,
            why.as_bytes(),
        );
        self.refuse(why);
        Ok(())
    }

    fn keep_body(&mut self, now: Now, h: &Header, body: &[u8]) {
        let mut value = h.encode().to_vec();
        value.extend_from_slice(body);
        self.staged
            .put(Table::Docs, layout::body(&h.record, &h.log(), h.seq), value);
        let heard = layout::heard(&h.record);
        if h.creates(&self.me.community)
            && matches!(self.staged.get(Table::Local, &heard), Ok(None))
        {
            self.staged
                .put(Table::Local, heard, now.wall.0.to_be_bytes());
        }
    }

    /// Who a device is, for records.
    #[must_use]
    pub fn author_of(&self, device: &DeviceId) -> Option<Author> {
        let d = self.authority.device(device)?;
        Some(Author {
            device: *device,
            principal: d.principal,
            kind: match d.kind {
                PrincipalKind::Household => AuthorKind::Household,
                PrincipalKind::Office => AuthorKind::Office,
                PrincipalKind::Gate => AuthorKind::Gate,
                PrincipalKind::Screen => AuthorKind::Machine,
            },
            office_name: self.authority.office_name(&d.principal).map(str::to_owned),
            unit: d.unit().map(|u| linli_base::Private::new(u.to_owned())),
        })
    }

    pub(super) fn put_row(&mut self, kind: RowKind, id: &RecordId, row: Option<&Row>) {
        let key = layout::row(kind as u8, id);
        self.touched.note(kind, id);
        match row {
            Some(row) => self.staged.put(Table::Rows, key, row.to_bytes()),
            None => self.staged.delete(Table::Rows, key),
        }
    }

    /// Statements kept, decoded.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn statements(&self) -> Result<Vec<linli_charter::Statement>, StoreFault> {
        let rows = self.staged.rows(Table::Statements, &[])?;
        Ok(rows.iter().filter_map(|(_, v)| read_statement(v)).collect())
    }
}
