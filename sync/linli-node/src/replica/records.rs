//! Records as this replica holds them: what makes one up, its document on demand, its row; and what is shown.

use super::{Now, Replica, Topic, layout};
use linli_base::entry::HEADER_LEN;
use linli_base::{DeviceId, Header, LaneClass, LaneKey, LogKey, Private, RecordId};
use linli_charter::PrincipalKind;
use linli_record::admission::Doc;
use linli_record::kind::{ChangeBody, Cycle};
use linli_record::row::{GrantBrief, RowKind, digest, row_digest};
use linli_record::{Fact, FactIn, RecordIn, RecordKind, Row, fold_record};
use linli_store::{StoreFault, Table};
use std::collections::BTreeMap;

/// What makes up a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Meta {
    pub(crate) kind: RecordKind,
    pub(crate) lane: LaneKey,
    /// The device that created it; its principal owns it.
    pub(crate) owner: DeviceId,
    pub(crate) created_ms: u64,
    /// Admitted changes in an order in which each follows what it builds on.
    pub(crate) changes: Vec<(LogKey, u32)>,
}

impl Meta {
    pub(crate) fn new(kind: RecordKind, h: &Header) -> Self {
        Self {
            kind,
            lane: h.log().lane,
            owner: h.device,
            created_ms: h.time.0,
            changes: Vec::new(),
        }
    }

    /// kind 1 ‖ created 8 ‖ log of the creator 53 ‖ (log 53 ‖ seq 4) of each change.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![self.kind.number()];
        out.extend_from_slice(&self.created_ms.to_be_bytes());
        out.extend_from_slice(
            &LogKey {
                device: self.owner,
                lane: self.lane,
            }
            .to_bytes(),
        );
        for (log, seq) in &self.changes {
            out.extend_from_slice(&log.to_bytes());
            out.extend_from_slice(&seq.to_be_bytes());
        }
        out
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (created, rest) = rest.split_first_chunk::<8>()?;
        let (log, rest) = rest.split_first_chunk::<53>()?;
        let log = LogKey::from_bytes(log)?;
        let changes = rest
            .chunks(57)
            .map(|c| {
                Some((
                    LogKey::from_bytes(c.get(..53)?)?,
                    u32::from_be_bytes(c.get(53..)?.try_into().ok()?),
                ))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self {
            kind: RecordKind::from_number(*kind),
            lane: log.lane,
            owner: log.device,
            created_ms: u64::from_be_bytes(*created),
            changes,
        })
    }
}

/// Scopes by the names that the command line uses.
pub const SCOPES: [&str; 7] = [
    "notice", "board", "skeleton", "pass", "gates", "house", "office",
];

/// The scope a row belongs to.
const fn scope_of(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Notice => "notice",
        RowKind::Post
        | RowKind::HelpCall
        | RowKind::HelpAck
        | RowKind::Letter
        | RowKind::Phones => "board",
        RowKind::Building | RowKind::Room => "skeleton",
        RowKind::Cancel => "pass",
        RowKind::Grant
        | RowKind::GateEvent
        | RowKind::Spent
        | RowKind::Refusal
        | RowKind::Ring
        | RowKind::RingAnswer
        | RowKind::Doorbell => "gates",
        RowKind::Visit => "house",
        RowKind::Household | RowKind::Person | RowKind::Vehicle => "office",
    }
}

/// The same, where rows of one kind stand in several lanes.
fn scope_of_row(kind: RowKind, bytes: &[u8]) -> &'static str {
    let lane = match kind {
        RowKind::HelpCall | RowKind::HelpAck => match Row::from_bytes(bytes) {
            Ok(Row::HelpCall(row)) => row.lane,
            Ok(Row::HelpAck(row)) => row.lane,
            _ => 0,
        },
        _ => 0,
    };
    match lane {
        3 | 4 => "gates",
        5 => "house",
        _ => scope_of(kind),
    }
}

impl Replica {
    pub(super) fn meta(&self, record: &RecordId) -> Result<Option<Meta>, StoreFault> {
        Ok(self
            .staged
            .get(Table::Records, &record.0)?
            .and_then(|b| Meta::from_bytes(&b)))
    }

    pub(super) fn put_meta(&mut self, record: &RecordId, meta: &Meta) {
        self.staged.put(Table::Records, record.0, meta.to_bytes());
    }

    /// The document of a record, from its admitted changes; an empty one for a new record.
    pub(super) fn load_doc(
        &mut self,
        meta: Option<&Meta>,
        record: &RecordId,
    ) -> Result<Option<Doc>, StoreFault> {
        let mut changes = Vec::new();
        for (log, seq) in meta.map(|m| m.changes.as_slice()).unwrap_or_default() {
            let value = self
                .staged
                .get(Table::Docs, &layout::body(record, log, *seq))?;
            let change = value
                .as_deref()
                .and_then(|v| v.get(HEADER_LEN..))
                .and_then(|b| ChangeBody::decode(b).ok());
            match change {
                Some(change) => changes.push(change.change),
                None => {
                    self.refuse("a record whose changes cannot be read back");
                    return Ok(None);
                }
            }
        }
        match Doc::from_admitted(changes.iter().map(Vec::as_slice)) {
            Ok(doc) => Ok(Some(doc)),
            Err(fault) => {
                self.refuse(fault.to_string());
                Ok(None)
            }
        }
    }

    /// The document of a record that is here, for editing.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doc(
        &mut self,
        record: &RecordId,
    ) -> Result<Option<(RecordKind, LaneKey, Doc)>, StoreFault> {
        let Some(meta) = self.meta(record)? else {
            return Ok(None);
        };
        Ok(self
            .load_doc(Some(&meta), record)?
            .map(|doc| (meta.kind, meta.lane, doc)))
    }

    /// The lane a record that is here stands in.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doc_lane(&self, record: &RecordId) -> Result<Option<LaneKey>, StoreFault> {
        Ok(self.meta(record)?.map(|meta| meta.lane))
    }

    /// Folds a record anew after a fact about it, or its erasure.
    pub(super) fn refold_record(&mut self, _now: Now, record: &RecordId) -> Result<(), StoreFault> {
        let Some(meta) = self.meta(record)? else {
            return Ok(());
        };
        match self.load_doc(Some(&meta), record)? {
            Some(doc) => self.fold_doc(record, &meta, &doc),
            None => Ok(()),
        }
    }

    pub(super) fn fold_doc(
        &mut self,
        record: &RecordId,
        meta: &Meta,
        doc: &Doc,
    ) -> Result<(), StoreFault> {
        let Some(kind) = RowKind::from_number(meta.kind.number()) else {
            return Ok(());
        };
        let erased = self.erased_by(record)?.any(|by| self.may_erase(&by, meta));
        let facts = self.facts_about(record)?;
        let row = match self.author_of(&meta.owner).filter(|_| !erased) {
            None => None,
            Some(author) => fold_record(&RecordIn {
                id: *record,
                kind: meta.kind,
                author: &author,
                created_ms: meta.created_ms,
                changes: meta.changes.len(),
                value: &doc.snapshot(),
                facts: &facts,
            }),
        };
        self.put_row(kind, record, row.as_ref());
        self.note_attached(record, meta, row.as_ref(), &facts)?;
        self.changed.insert(match kind {
            RowKind::Notice => Topic::Notices,
            RowKind::Post => Topic::Posts,
            RowKind::Visit => Topic::Passes,
            _ => Topic::Register,
        });
        Ok(())
    }

    pub(super) fn facts_about(&self, record: &RecordId) -> Result<Vec<FactIn>, StoreFault> {
        let mut facts = Vec::new();
        for (_, value) in self.staged.rows(Table::Docs, &record.0)? {
            let Ok(h) = Header::decode(&value) else {
                continue;
            };
            if h.kind != linli_base::EntryKind::FACT {
                continue;
            }
            let fact = value.get(HEADER_LEN..).and_then(|b| Fact::decode(b).ok());
            if let (Some(fact), Some(author)) = (fact, self.author_of(&h.device)) {
                facts.push(FactIn {
                    entry: h.id(&self.me.community),
                    log: h.log(),
                    seq: h.seq,
                    author,
                    time_ms: h.time.0,
                    fact,
                });
            }
        }
        Ok(facts)
    }

    /// Logs of this device that nobody else is known, since this program started, to hold whole.
    #[must_use]
    pub fn undelivered(&self) -> usize {
        let me = self.me.device();
        let mine = self
            .logs
            .heads()
            .iter()
            .filter(|(log, _)| log.device == me && log.lane.class != LaneClass::Office);
        mine.filter(|(log, head)| self.holders_of(log, head.seq).is_empty())
            .count()
    }

    /// Where the entries stand that say something about a record.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn places_of_facts(
        &self,
        record: &RecordId,
    ) -> Result<BTreeMap<linli_base::EntryId, (LogKey, u32)>, StoreFault> {
        let facts = self.facts_about(record)?.into_iter();
        Ok(facts.map(|f| (f.entry, (f.log, f.seq))).collect())
    }

    /// Where the entry of a row of its own (a grant, a gate event) stands.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn place_of(&self, id: &linli_base::EntryId) -> Result<Option<(LogKey, u32)>, StoreFault> {
        let key = RecordId(linli_base::hash::first16(&id.0));
        let value = self.staged.get(Table::Index, &layout::place(&key))?;
        Ok(value.and_then(|v| {
            let (log, seq) = v.split_at_checked(53)?;
            Some((
                LogKey::from_bytes(log)?,
                u32::from_be_bytes(seq.try_into().ok()?),
            ))
        }))
    }

    /// Whether a device said that it holds everything this device wrote for gates.
    #[must_use]
    pub fn peer_has_all_of_mine(&self, device: &DeviceId) -> bool {
        let me = self.me.device();
        let mut mine = self
            .logs
            .heads()
            .iter()
            .filter(|(l, _)| l.device == me && l.lane.class == LaneClass::Pass)
            .peekable();
        let Some(of) = self.holds.get(device) else {
            return false;
        };
        mine.peek().is_some()
            && mine.all(|(log, head)| of.get(log).is_some_and(|seq| *seq >= head.seq))
    }

    /// Ids of all acts held, in order.
    #[must_use]
    pub fn act_ids(&self) -> Vec<linli_base::EntryId> {
        self.shelf.acts.keys().copied().collect()
    }

    /// Notes what a peer said it holds durably, for the delivery state of single records.
    pub fn note_holds(&mut self, device: &DeviceId, cuts: &[linli_charter::Cut]) {
        let of = self.holds.entry(*device).or_default();
        for cut in cuts {
            let at = of.entry(cut.log).or_default();
            *at = (*at).max(cut.seq);
        }
    }

    /// Devices that said, since this program started, that they hold the whole of a record as it is here.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn holders(&self, record: &RecordId) -> Result<Vec<DeviceId>, StoreFault> {
        let Some(meta) = self.meta(record)? else {
            return Ok(Vec::new());
        };
        let has = |of: &BTreeMap<LogKey, u32>| {
            meta.changes
                .iter()
                .all(|(log, seq)| of.get(log).is_some_and(|held| held >= seq))
        };
        Ok(self
            .holds
            .iter()
            .filter(|(_, of)| has(of))
            .map(|(d, _)| *d)
            .collect())
    }

    /// Devices that said they hold a log up to a place.
    #[must_use]
    pub fn holders_of(&self, log: &LogKey, seq: u32) -> Vec<DeviceId> {
        let has = |of: &BTreeMap<LogKey, u32>| of.get(log).is_some_and(|held| *held >= seq);
        self.holds
            .iter()
            .filter(|(_, of)| has(of))
            .map(|(d, _)| *d)
            .collect()
    }

    /// When a record was first heard here, Unix ms.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn heard_ms(&self, record: &RecordId) -> Result<Option<u64>, StoreFault> {
        let value = self.staged.get(Table::Local, &layout::heard(record))?;
        Ok(value
            .and_then(|v| v.try_into().ok())
            .map(u64::from_be_bytes))
    }

    /// Digests of the visible rows, by scope: those scopes that this replica may hold.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn digests(&self) -> Result<BTreeMap<&'static str, [u8; 32]>, StoreFault> {
        let mut by_scope: BTreeMap<&'static str, Vec<[u8; 32]>> = BTreeMap::new();
        for scope in SCOPES {
            if self.may_show(scope) {
                by_scope.insert(scope, Vec::new());
            }
        }
        for (key, value) in self.staged.rows(Table::Rows, &[])? {
            let Some(kind) = key.first().and_then(|k| RowKind::from_number(*k)) else {
                continue;
            };
            // What was taken back is not visible, and does not count.
            if is_register(kind) && Row::from_bytes(&value).is_ok_and(|row| is_removed(&row)) {
                continue;
            }
            if let Some(list) = by_scope.get_mut(scope_of_row(kind, &value)) {
                list.push(row_digest(kind, &key[1..], &value));
            }
        }
        Ok(by_scope
            .into_iter()
            .map(|(scope, rows)| (scope, digest(rows)))
            .collect())
    }

    fn may_show(&self, scope: &str) -> bool {
        let me = self.me.device();
        match scope {
            "board" => self.me.kind != PrincipalKind::Gate,
            "gates" => self.me.kind == PrincipalKind::Gate || self.authority.is_gate_desk(&me),
            "house" => self.me.kind == PrincipalKind::Household,
            "office" => self.me.kind == PrincipalKind::Office,
            _ => true,
        }
    }

    /// The lane a record of a kind is kept in by this device, now.
    #[must_use]
    pub fn record_lane(&self, now: Now, kind: RecordKind) -> Option<LaneKey> {
        let author = self.author_of(&self.me.device())?;
        let (class, with_period) = kind.lane(author.kind)?;
        let scope = match class {
            LaneClass::House | LaneClass::Office => self.me.principal.scope(),
            _ => linli_base::ScopeId::ZERO,
        };
        let mut lane = self.lane(now, class, scope);
        if with_period == Cycle::Ever {
            lane.period = linli_base::Period::NONE;
        }
        Some(lane)
    }
}

const fn is_register(kind: RowKind) -> bool {
    matches!(
        kind,
        RowKind::Building | RowKind::Room | RowKind::Household | RowKind::Person | RowKind::Vehicle
    )
}

/// Whether a row of the register was taken back.
pub(crate) const fn is_removed(row: &Row) -> bool {
    match row {
        Row::Building(r) => r.removed,
        Row::Room(r) => r.removed,
        Row::Household(r) => r.removed,
        Row::Person(r) => r.removed,
        Row::Vehicle(r) => r.removed,
        _ => false,
    }
}

/// What a gate needs of a grant's claims; `None` for claims that are not a pass's.
pub(super) fn brief_of(claims: &[u8]) -> Option<GrantBrief> {
    let value = linli_base::cbor::decode(claims, 6).ok()?;
    let grant = linli_pass::Grant::from_value(value).ok()?;
    Some(GrantBrief {
        cti: grant.cti.0,
        iat_s: grant.iat.0,
        nbf_s: grant.nbf.0,
        exp_s: grant.exp.0,
        plate: grant
            .plate
            .as_ref()
            .map(|p| Private::new(p.as_str().to_owned())),
    })
}
