//! A small community to write rules about: three committee members, an office, two households.
#![allow(dead_code, missing_docs, reason = "each test file uses a part")]

use linli_base::{CommunityId, DeviceId, EntryId, EpochId, LaneClass, LaneKey, LogKey};
use linli_base::{Period, PrincipalId, ScopeId};
use linli_oracle::*;
use std::collections::BTreeSet;

pub const COMMUNITY: CommunityId = CommunityId([0; 32]);
/// The office PC: issuing key, officer, notices.
pub const DESK: DeviceId = DeviceId([1; 32]);
/// A building steward's PC: issuing key of building 3, and a household.
pub const STEWARD: DeviceId = DeviceId([2; 32]);
/// A clerk: officer, no issuing key.
pub const CLERK: DeviceId = DeviceId([3; 32]);
pub const HOME: DeviceId = DeviceId([4; 32]);
pub const OTHER: DeviceId = DeviceId([5; 32]);
pub const PHONE: DeviceId = DeviceId([6; 32]);
pub const PAPER: DeviceId = DeviceId([7; 32]);
pub const GATE: DeviceId = DeviceId([8; 32]);
pub const THIEF: DeviceId = DeviceId([9; 32]);

pub fn day(i: u8) -> DeviceId {
    DeviceId([100 + i; 32])
}
pub fn paper(i: u8) -> DeviceId {
    DeviceId([150 + i; 32])
}
pub fn member(i: u8) -> Member {
    (day(i), paper(i))
}
pub fn epoch_id(n: u8) -> EpochId {
    EpochId([n; 32])
}
pub fn of(d: DeviceId) -> PrincipalId {
    PrincipalId::of_first_device(&COMMUNITY, &d)
}
pub fn log(device: DeviceId, class: LaneClass, scope: ScopeId, period: u32) -> LogKey {
    LogKey { device, lane: LaneKey { class, scope, period: Period(period) } }
}
pub fn authority(d: DeviceId) -> LogKey {
    log(d, LaneClass::Authority, ScopeId::ZERO, 0)
}
pub fn board(d: DeviceId) -> LogKey {
    log(d, LaneClass::Board, ScopeId::ZERO, 672)
}
pub fn notices(d: DeviceId) -> LogKey {
    log(d, LaneClass::Notice, ScopeId::ZERO, 672)
}
pub fn passes(d: DeviceId) -> LogKey {
    log(d, LaneClass::Pass, ScopeId::gates(&COMMUNITY), 672)
}

/// An epoch that says nothing yet.
pub fn epoch(number: u32, id: u8, prev: Option<u8>, members: &[u8]) -> Epoch {
    Epoch {
        number,
        id: epoch_id(id),
        prev: prev.map(epoch_id),
        members: members.iter().map(|i| member(*i)).collect(),
        powers: BTreeSet::new(),
        offices: BTreeSet::new(),
        revoked: BTreeSet::new(),
        ends: BTreeSet::new(),
        retired: BTreeSet::new(),
        ended_holds: BTreeSet::new(),
        attested: BTreeSet::new(),
        checkpoint: BTreeSet::new(),
    }
}

pub struct World {
    pub set: Set,
    pub newest: Epoch,
    next: u32,
}

impl World {
    /// Founded by `n` members, with nobody enrolled.
    pub fn founded(n: u8) -> Self {
        let members: Vec<u8> = (0..n).collect();
        let mut zero = epoch(0, 0, None, &members);
        for power in [Power::Issuing, Power::Building(None), Power::Machines] {
            zero.powers.insert((DESK, power));
        }
        for power in [Power::Issuing, Power::Building(Some("3".into()))] {
            zero.powers.insert((STEWARD, power));
        }
        for power in [Power::Notice, Power::Officer] {
            zero.powers.insert((DESK, power));
        }
        zero.powers.insert((CLERK, Power::Officer));
        zero.powers.insert((GATE, Power::Gate));
        zero.offices.insert(of(DESK));
        let set = Set {
            community: COMMUNITY,
            epochs: [zero.clone()].into(),
            proposals: BTreeSet::new(),
            signatures: members.iter().map(|i| (epoch_id(0), 0, day(*i))).collect(),
            choices: BTreeSet::new(),
            leaves: BTreeSet::new(),
            certificates: BTreeSet::new(),
            entries: BTreeSet::new(),
        };
        Self { set, newest: zero, next: 1 }
    }

    /// The usual community: desk, steward, clerk, gate, two households of building 3 and 5.
    pub fn new() -> Self {
        let mut w = Self::founded(3);
        w.enrol(DESK, DESK, Kind::Office, None);
        w.enrol(DESK, STEWARD, Kind::Household, Some("3"));
        w.enrol(DESK, CLERK, Kind::Office, None);
        w.enrol(DESK, HOME, Kind::Household, Some("3"));
        w.enrol(DESK, OTHER, Kind::Household, Some("5"));
        w.enrol(DESK, GATE, Kind::Gate, None);
        w
    }

    pub fn id(&mut self) -> EntryId {
        let mut id = [0; 32];
        id[..4].copy_from_slice(&self.next.to_be_bytes());
        self.next += 1;
        EntryId(id)
    }

    /// An entry of its author, wherever it says that it stands.
    pub fn put(&mut self, log: LogKey, seq: u32, prev: EntryId, body: Body) -> Entry {
        let (id, epoch) = (self.id(), (self.newest.number, self.newest.id));
        let e = Entry { id, log, seq, prev, time: 0, epoch, body, signed_by: log.device };
        self.set.entries.insert(e.clone());
        e
    }

    /// The next honest entry of a log, opened first if it is new. The log must not be forked.
    pub fn write(&mut self, log: LogKey, body: Body) -> Entry {
        let head = self.head(&log);
        let head = head.unwrap_or_else(|| self.put(log, 1, EntryId::ZERO, Body::Open));
        self.put(log, head.seq + 1, head.id, body)
    }

    pub fn head(&self, log: &LogKey) -> Option<Entry> {
        self.set.entries.iter().filter(|e| e.log == *log).max_by_key(|e| e.seq).cloned()
    }

    pub fn certificate(
        &mut self,
        by: DeviceId,
        d: DeviceId,
        kind: Kind,
        b: Option<&str>,
    ) -> Certificate {
        let n = self.head(&authority(by)).map_or(1, |e| e.seq) + 1;
        let mut id = self.id().0;
        id[31] = 1;
        Certificate {
            issued: 10,
            id,
            device: d,
            principal: of(d),
            kind,
            building: b.map(Into::into),
            may_grant: matches!(kind, Kind::Household | Kind::Office),
            signed_by: by,
            enrol_seq: n,
        }
    }

    /// Enrols by an issuing key.
    pub fn enrol(&mut self, by: DeviceId, d: DeviceId, kind: Kind, b: Option<&str>) -> Entry {
        let c = self.certificate(by, d, kind, b);
        self.set.certificates.insert(c.clone());
        self.write(authority(by), Body::Enrol(c.id))
    }

    /// Introduces a device, or a paper key, into a household of building 3.
    pub fn introduce(&mut self, by: DeviceId, first: DeviceId, d: DeviceId, kind: Kind) -> Entry {
        let mut c = self.certificate(by, d, kind, Some("3"));
        c.principal = of(first);
        c.may_grant = false;
        self.set.certificates.insert(c.clone());
        self.write(authority(by), Body::Enrol(c.id))
    }

    /// The next epoch as `change` has it, proposed in round 0 by member 0 and signed by members 0 and 1.
    pub fn next_epoch(&mut self, change: impl FnOnce(&mut Epoch)) {
        let mut e = self.newest.clone();
        e.prev = Some(e.id);
        e.number += 1;
        e.id = EpochId([e.id.0[0] + 1; 32]);
        {
            let says = &mut e.checkpoint;
            says.clear();
        }
        change(&mut e);
        self.set.leaves.extend(e.checkpoint.iter().cloned());
        self.sign(&e, 0, &[day(0), day(1)], &[]);
        self.newest = e;
    }

    pub fn sign(&mut self, e: &Epoch, round: u32, by: &[DeviceId], states: &[State]) {
        self.set.epochs.insert(e.clone());
        self.set.proposals.insert((e.id, round, states.iter().cloned().collect()));
        self.set.signatures.extend(by.iter().map(|k| (e.id, round, *k)));
    }

    pub fn says(&self, e: &Entry) -> Result<(), Reason> {
        valid(&self.set).entries[&e.id]
    }

    pub fn stands(&self, d: DeviceId) -> bool {
        valid(&self.set).devices.contains_key(&d)
    }
}

pub fn cut(e: &Entry) -> Cut {
    (e.log, e.seq, e.id)
}
