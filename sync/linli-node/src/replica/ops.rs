//! What people do, as entries: enrol, hold, revoke, publish, post, answer, confirm.

use super::authoring::{About, WriteFault, Written};
use super::{Now, Replica};
use linli_base::cbor::Value;
use linli_base::{
    DeviceId, EntryId, EntryKind, LaneClass, LaneKey, LogKey, Period, PrincipalId, RecordId,
    ScopeId, UnixSec, hash, limits,
};
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::epoch::{ROLE_NOTICE, RoleGrant};
use linli_charter::{
    Certificate, CharterError, Cut, Enrol, Epoch, Hold, Office, PrincipalKind, Refusal, Revoke,
};
use linli_record::{DraftError, Fact, RecordKind};
use linli_store::StoreFault;

/// As what a device joins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EnrolAs {
    /// A household of a unit.
    Household {
        /// `3-2-501`.
        unit: String,
    },
    /// A new office.
    Office {
        /// 物业.
        name: String,
    },
    /// A gate.
    Gate {
        /// Its number.
        number: u8,
    },
    /// A screen or kiosk.
    Screen,
    /// A further device of the household that introduces it.
    Sibling,
}

/// The keys of a device that joins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewDevice {
    /// Signs.
    pub sign: DeviceId,
    /// libp2p.
    pub net: [u8; 32],
    /// To seal to it.
    pub kex: [u8; 32],
}

/// Why an order was not carried out. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum OpFault {
    /// Writing.
    #[error(transparent)]
    Write(#[from] WriteFault),
    /// The content.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The charter.
    #[error(transparent)]
    Charter(#[from] CharterError),
    /// This device has no such power.
    #[error("this device may not do that")]
    NotAllowed,
    /// There is no such thing here.
    #[error("there is no such thing here")]
    NotFound,
    /// It cannot be written that way.
    #[error("{0}")]
    Bad(&'static str),
}

impl From<StoreFault> for OpFault {
    fn from(fault: StoreFault) -> Self {
        Self::Write(WriteFault::Store(fault))
    }
}

const AUTHORITY: LaneKey = LaneKey {
    class: LaneClass::Authority,
    scope: ScopeId::ZERO,
    period: Period::NONE,
};

impl Replica {
    /// Enrols a device: signs its certificate and writes the enrolment.
    ///
    /// # Errors
    /// [`OpFault::NotAllowed`] when this device is no issuing key for that; [`OpFault::Bad`] for a unit or gate
    /// that cannot be.
    pub fn enrol(
        &mut self,
        now: Now,
        device: &NewDevice,
        role: &EnrolAs,
    ) -> Result<Certificate, OpFault> {
        self.regain()?;
        let me = self.me.device();
        let epoch = &self.authority.charter().newest().epoch;
        let (mut roles, mut unit, mut gate) = (cert::MAY_GRANT, None, None);
        let mut principal = PrincipalId::of_first_device(&self.me.community, &device.sign);
        match role {
            EnrolAs::Household { unit: u } => unit = Some(u.clone()),
            EnrolAs::Office { .. } => roles |= cert::IS_OFFICE,
            EnrolAs::Gate { number } => {
                if !epoch.gates.iter().any(|g| g.number == *number) {
                    return Err(OpFault::Bad("gate"));
                }
                (roles, gate) = (cert::IS_GATE, Some(*number));
            }
            EnrolAs::Screen => roles = cert::IS_SCREEN,
            EnrolAs::Sibling => {
                roles = 0;
                principal = self.me.principal;
                unit = self.me.certificate.claims().unit.clone();
            }
        }
        let sibling = *role == EnrolAs::Sibling;
        let allowed = if sibling {
            self.me.kind == PrincipalKind::Household
        } else {
            epoch
                .issuing_key(&me)
                .is_some_and(|k| k.covers(unit.as_deref()))
        };
        if !allowed || self.authority.is_revoked(&me) {
            return Err(OpFault::NotAllowed);
        }
        let log = LogKey {
            device: me,
            lane: AUTHORITY,
        };
        let at = now.wall.seconds();
        let claims = DeviceClaims {
            community: self.me.community.short(),
            exp: UnixSec(at.0 + limits::CERT_LIFE_S),
            nbf: UnixSec(at.0.saturating_sub(300)),
            iat: at,
            device: device.sign,
            roles,
            principal,
            unit,
            gate,
            enrol_seq: self.logs.head(&log).map_or(2, |h| h.seq + 1),
        };
        let certificate =
            Certificate::sign(&claims, &self.me.sign).map_err(|_| OpFault::Bad("key"))?;
        let enrol = Enrol {
            certificate: certificate.bytes().to_vec(),
            kex: device.kex,
            net: device.net,
        };
        self.write(
            now,
            EntryKind::ENROL,
            AUTHORITY,
            About::Of(device.sign.act_target()),
            &enrol.encode(),
        )?;
        let sign = device.sign;
        match role {
            EnrolAs::Office { name } => {
                let name = name.clone();
                self.new_epoch(now, |e| {
                    e.offices.push(Office { principal, name });
                    e.roles.push(RoleGrant {
                        device: sign,
                        bits: ROLE_NOTICE,
                    });
                })?;
            }
            EnrolAs::Gate { number } => {
                let number = *number;
                self.new_epoch(now, |e| {
                    for g in e.gates.iter_mut().filter(|g| g.number == number) {
                        g.device = Some(sign);
                    }
                })?;
            }
            _ => {}
        }
        self.ensure_scope_keys(now)?;
        Ok(certificate)
    }

    /// Signs and takes in the next epoch, as the only founder.
    ///
    /// # Errors
    /// [`OpFault::NotAllowed`] if this device holds no founder's key; [`OpFault::Charter`].
    pub fn new_epoch(&mut self, now: Now, change: impl FnOnce(&mut Epoch)) -> Result<(), OpFault> {
        self.regain()?;
        if !self.is_founder()? {
            return Err(OpFault::NotAllowed);
        }
        let keys = std::slice::from_ref(&self.me.sign);
        let bytes = self
            .authority
            .charter()
            .propose(now.wall.seconds().0, keys, change)?;
        Ok(self.judge_epochs(now, &[bytes])?)
    }

    /// Heads of all logs of a device, as an act names them.
    fn heads_of(&self, device: &DeviceId) -> Vec<Cut> {
        let of = |(log, head): (&LogKey, &linli_log::Head)| Cut {
            log: *log,
            seq: head.seq,
            id: head.id,
        };
        self.logs
            .heads()
            .iter()
            .filter(|(log, _)| log.device == *device)
            .map(of)
            .collect()
    }

    /// Holds a device: what it writes above the heads seen here is carried, not shown, until lifted.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn hold(&mut self, now: Now, device: &DeviceId, reason: &str) -> Result<EntryId, OpFault> {
        self.regain()?;
        self.authority.device(device).ok_or(OpFault::NotFound)?;
        let hold = Hold {
            principal: false,
            heads: self.heads_of(device),
            reason: reason.to_owned(),
        };
        let w = self.write(
            now,
            EntryKind::HOLD,
            AUTHORITY,
            About::Of(device.act_target()),
            &hold.encode(),
        )?;
        if !self.authority.holds().contains_key(&w.id) {
            return Err(OpFault::NotAllowed);
        }
        Ok(w.id)
    }

    /// Lifts the holds on a device that this device may lift; how many.
    ///
    /// # Errors
    /// [`OpFault::NotFound`] if none is open.
    pub fn lift(&mut self, now: Now, device: &DeviceId) -> Result<usize, OpFault> {
        self.regain()?;
        let open: Vec<EntryId> = self.authority.holds_on(device).map(|(id, _)| *id).collect();
        if open.is_empty() {
            return Err(OpFault::NotFound);
        }
        for hold in &open {
            self.write(
                now,
                EntryKind::LIFT,
                AUTHORITY,
                About::Of(hash::first16(&hold.0)),
                &Value::Map(vec![]).encode(),
            )?;
        }
        let left = self.authority.holds_on(device).count();
        if left == open.len() {
            Err(OpFault::NotAllowed)
        } else {
            Ok(open.len() - left)
        }
    }

    /// Revokes a device at the heads seen here.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn revoke(
        &mut self,
        now: Now,
        device: &DeviceId,
        reason: &str,
    ) -> Result<EntryId, OpFault> {
        self.regain()?;
        self.authority.device(device).ok_or(OpFault::NotFound)?;
        let revoke = Revoke {
            cuts: self.heads_of(device),
            reason: reason.to_owned(),
        };
        let w = self.write(
            now,
            EntryKind::REVOKE,
            AUTHORITY,
            About::Of(device.act_target()),
            &revoke.encode(),
        )?;
        if !self.authority.is_revoked(device) {
            return Err(OpFault::NotAllowed);
        }
        // Scopes it could read get new keys.
        self.ensure_scope_keys(now)?;
        Ok(w.id)
    }

    /// Creates a record of a kind this device keeps; `draft` makes the change's body for the actor it is given.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn create(
        &mut self,
        now: Now,
        kind: RecordKind,
        draft: impl FnOnce([u8; 16]) -> Result<Vec<u8>, DraftError>,
    ) -> Result<RecordId, OpFault> {
        self.regain()?;
        let lane = self.record_lane(now, kind).ok_or(OpFault::NotAllowed)?;
        self.may_keep(kind)?;
        let record = self.next_record(lane);
        let body = draft(self.actor(&record))?;
        let written = self.write(now, EntryKind::CHANGE, lane, About::New, &body)?;
        if written.record != record {
            return Err(OpFault::Bad("moved"));
        }
        Ok(record)
    }

    fn may_keep(&self, kind: RecordKind) -> Result<(), OpFault> {
        let roles = self
            .authority
            .charter()
            .newest()
            .epoch
            .roles_of(&self.me.device());
        if kind == RecordKind::Notice && roles & ROLE_NOTICE == 0 {
            return Err(OpFault::Write(WriteFault::NotAllowed(Refusal::Role)));
        }
        Ok(())
    }

    /// Edits a record of this principal; `edit` makes the change's body from its document.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn edit(
        &mut self,
        now: Now,
        record: &RecordId,
        edit: impl FnOnce(
            RecordKind,
            &linli_record::admission::Doc,
            [u8; 16],
        ) -> Result<Vec<u8>, DraftError>,
    ) -> Result<(), OpFault> {
        self.regain()?;
        let (kind, lane, doc) = self.doc(record)?.ok_or(OpFault::NotFound)?;
        let actor = self.actor(record);
        let body = edit(kind, &doc, actor)?;
        self.write(now, EntryKind::CHANGE, lane, About::Of(record.0), &body)?;
        Ok(())
    }

    /// Says something about a record on the board.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn say(&mut self, now: Now, record: &RecordId, fact: &Fact) -> Result<Written, OpFault> {
        self.regain()?;
        if self.meta(record)?.is_none() {
            return Err(OpFault::NotFound);
        }
        let lane = self.lane(now, LaneClass::Board, ScopeId::ZERO);
        let body = fact.encode().map_err(|_| OpFault::Bad("long-or-control"))?;
        Ok(self.write(now, EntryKind::FACT, lane, About::Of(record.0), &body)?)
    }

    /// Writes a fact that is a row of its own.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn record_fact(
        &mut self,
        now: Now,
        lane: LaneKey,
        fact: &Fact,
    ) -> Result<Written, OpFault> {
        let body = fact.encode().map_err(|_| OpFault::Bad("long-or-control"))?;
        Ok(self.write(now, EntryKind::FACT, lane, About::Nothing, &body)?)
    }

    /// Erases a record of this principal's.
    ///
    /// # Errors
    /// [`OpFault`].
    pub fn erase(&mut self, now: Now, record: &RecordId) -> Result<EntryId, OpFault> {
        self.regain()?;
        let meta = self.meta(record)?.ok_or(OpFault::NotFound)?;
        if !self.may_erase(&self.me.device(), &meta) {
            return Err(OpFault::NotAllowed);
        }
        let body = Value::Map(vec![]).encode();
        Ok(self
            .write(now, EntryKind::ERASE, meta.lane, About::Of(record.0), &body)?
            .id)
    }
}
