//! Writing: the next entry of one of our own logs, sealed to its lane, signed, and taken the same way as a peer's.

use super::{Now, Replica, layout};
use linli_base::limits::PAYLOAD_MAX;
use linli_base::{
    Entry, EntryId, EntryKind, Header, LaneClass, LaneKey, LogKey, Period, PrincipalId, RecordId,
    ScopeId, entry, hash,
};
use linli_charter::{Refusal, Statement, StatementKey, Topic as StatementTopic};
use linli_keys::Verified;
use linli_keys::seal::{self, KexPublic};
use linli_log::Outcome;
use linli_store::{StoreFault, Table};

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Creates a record, whose id follows from the entry's place.
    New,
    /// Something that exists, or an act's target.
    Of([u8; 16]),
    /// Nothing.
    Nothing,
}

/// Where an entry was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    /// Its id.
    pub id: EntryId,
    /// The record it creates or is about.
    pub record: RecordId,
    /// Its log.
    pub log: LogKey,
    /// Its place.
    pub seq: u32,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// This device may not write there.
    #[error(transparent)]
    NotAllowed(#[from] Refusal),
    /// Nobody has published a key of that scope here yet.
    #[error("no key of this scope has arrived here yet")]
    NoScopeKey,
    /// Longer than a payload can be.
    #[error("too long for one entry")]
    TooLarge,
    /// This log is no longer ours to continue: a cut-off, a hold or a fork stands on it.
    #[error("this device's log was closed")]
    Closed,
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Replica {
    /// A lane of the community's own kind, in the period that `now` falls in.
    #[must_use]
    pub fn lane(&self, now: Now, class: LaneClass, scope: ScopeId) -> LaneKey {
        let offset = self.authority.charter().newest().epoch.offset;
        let at = now.wall.seconds();
        let period = match class {
            LaneClass::Authority => Period::NONE,
            LaneClass::Pass => offset.quarter(at),
            LaneClass::GateLog => offset.month(at),
            _ => offset.year(at),
        };
        LaneKey {
            class,
            scope,
            period,
        }
    }

    /// The record id that the next [`About::New`] entry in a lane will create.
    #[must_use]
    pub fn next_record(&self, lane: LaneKey) -> RecordId {
        let log = LogKey {
            device: self.me.device(),
            lane,
        };
        entry::record_id(&self.me.community, &log, self.next_seq(&log))
    }

    /// Automerge actor of this device in a record.
    #[must_use]
    pub fn actor(&self, record: &RecordId) -> [u8; 16] {
        entry::actor_id(&self.me.community, &self.me.device(), record)
    }

    fn next_seq(&self, log: &LogKey) -> u32 {
        // The first entry of a log is its certificate, written together with what comes next.
        self.logs.head(log).map_or(2, |h| h.seq + 1)
    }

    /// Writes one entry: staged, not yet durable. [`Replica::flush`] acknowledges it.
    ///
    /// # Errors
    /// [`WriteFault`]; nothing is staged then.
    pub fn write(
        &mut self,
        now: Now,
        kind: EntryKind,
        lane: LaneKey,
        about: About,
        body: &[u8],
    ) -> Result<Written, WriteFault> {
        if body.len() + 16 > PAYLOAD_MAX {
            return Err(WriteFault::TooLarge);
        }
        self.regain()?;
        let log = LogKey {
            device: self.me.device(),
            lane,
        };
        let seal_to = if kind.is_act() || lane.class.is_open() {
            None
        } else {
            Some(
                self.scope_key_for(lane.class, &lane.scope)
                    .ok_or(WriteFault::NoScopeKey)?,
            )
        };
        let head = self.logs.head(&log);
        if self.authority.limit(&log) <= head.map_or(0, |h| h.seq) {
            return Err(WriteFault::Closed);
        }
        if head.is_none() {
            let certificate = self.me.certificate.bytes().to_vec();
            self.append(
                now,
                EntryKind::OPEN,
                log,
                About::Nothing,
                &certificate,
                None,
            )?;
        }
        self.append(now, kind, log, about, body, seal_to)
    }

    fn append(
        &mut self,
        now: Now,
        kind: EntryKind,
        log: LogKey,
        about: About,
        body: &[u8],
        seal_to: Option<KexPublic>,
    ) -> Result<Written, WriteFault> {
        let head = self.logs.head(&log);
        let newest = self.authority.charter().newest();
        let mut epoch_tag = [0; 8];
        epoch_tag.copy_from_slice(&newest.id.0[..8]);
        let seq = head.map_or(1, |h| h.seq + 1);
        let carried_len = body.len()
            + if seal_to.is_some() {
                linli_base::limits::SEAL_OVERHEAD
            } else {
                16
            };
        let mut header = Header {
            kind,
            sealed: seal_to.is_some(),
            class: log.lane.class,
            period: log.lane.period,
            seq,
            payload_len: u32::try_from(carried_len).map_err(|_| WriteFault::TooLarge)?,
            time: now.wall,
            epoch: newest.epoch.number,
            drop_day: 0,
            epoch_tag,
            scope: log.lane.scope,
            device: log.device,
            prev: head.map_or(EntryId::ZERO, |h| h.id),
            record: RecordId::ZERO,
            payload_hash: [0; 32],
            signature: [0; 64],
        };
        header.record = match about {
            About::New => header.created_record(&self.me.community),
            About::Of(id) => RecordId(id),
            About::Nothing => RecordId::ZERO,
        };
        let mut salt = [0; 16];
        self.dice.fill(&mut salt);
        let payload = match &seal_to {
            Some(to) => seal::seal_payload(
                to,
                &self.me.community,
                &header.encode()[..entry::BOUND_LEN],
                salt,
                body,
                self.dice.as_mut(),
            ),
            None => seal::plain_payload(salt, body),
        };
        header.payload_hash = hash::blake3_raw(&payload);
        header.signature = self.me.sign.sign(&header.signed_bytes(&self.me.community));
        let id = header.id(&self.me.community);
        let entry = Entry {
            header,
            payload: Some(payload),
        };
        let carried = self.authority.carry(Verified::remembered(entry))?;
        let mut logs =
            std::mem::replace(&mut self.logs, linli_log::Logs::new(self.me.community, []));
        let outcome = logs.append(carried, &NoChain);
        self.logs = logs;
        match outcome {
            Outcome::Appended(list) => {
                for carried in list {
                    self.own_body = Some((id, body.to_vec()));
                    self.store_carried(now, carried)?;
                }
                Ok(Written {
                    id,
                    record: header.record,
                    log,
                    seq,
                })
            }
            _ => Err(WriteFault::Closed),
        }
    }

    /// Says this device's last word on a topic, to an office or (zeros) to everyone.
    ///
    /// # Errors
    /// [`WriteFault::TooLarge`] above 4 KiB; [`WriteFault::Store`].
    pub fn state(
        &mut self,
        topic: StatementTopic,
        to: PrincipalId,
        payload: Vec<u8>,
    ) -> Result<(), WriteFault> {
        self.regain()?;
        let key = StatementKey {
            device: self.me.device(),
            topic,
            to,
        };
        let counter = self.statement(&key)?.map_or(0, |s| s.counter) + 1;
        let statement = Statement::sign(
            &self.me.sign,
            &self.me.community,
            topic,
            to,
            counter,
            payload,
        )
        .ok_or(WriteFault::TooLarge)?;
        Ok(self.keep_statement(&statement)?)
    }

    /// The newest statement held under a key.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn statement(&self, key: &StatementKey) -> Result<Option<Statement>, StoreFault> {
        let value = self
            .staged
            .get(Table::Statements, &layout::statement(key))?;
        Ok(value.and_then(|v| Statement::decode(&v)))
    }
}

/// Our own next entry meets no other at its place.
struct NoChain;

impl linli_log::Chain for NoChain {
    fn id_at(&self, _: &LogKey, _: u32) -> Option<EntryId> {
        None
    }
}
