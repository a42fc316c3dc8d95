//! A set of things held, made of real keys and real bytes, and the ways to hand it to an `Authority`.

use linli_base::{
    CommunityId, DeviceId, EntryId, EntryKind, EpochId, Header, LaneClass, LaneKey, LogKey, Period,
    PrincipalId, RecordId, ScopeId, UnixMs, UnixSec, UtcOffset, hash,
};
use linli_charter::authority::AuthorityBody;
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::epoch;
use linli_charter::{
    Authority, Certificate, Charter, Cut, Enrol, Epoch, Gate, Hold, IssuingKey, Keyset, Limits,
    Member, PrincipalKind, Revoke, RoleGrant,
};
use linli_keys::SigningKey;
use linli_keys::cose::Multi;
use std::sync::LazyLock;

/// One thing that can be held and decides standing.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "few are alive at a time")]
pub enum Item {
    Epoch(Vec<u8>),
    Certificate(Certificate),
    Step(Header, AuthorityBody),
    Act(Header, Vec<u8>),
    Fork(LogKey, u32),
    Leaves(u8, ScopeId, Vec<Cut>),
}

/// Adds one thing; `false` when it has to be tried again later.
pub fn add(authority: &mut Authority, item: &Item) -> bool {
    let id = |h: &Header, a: &Authority| h.id(a.community());
    match item {
        Item::Epoch(bytes) => authority.add_epoch(bytes).is_ok(),
        Item::Leaves(class, scope, leaves) => authority.add_leaves(*class, *scope, leaves),
        Item::Certificate(c) => {
            authority.add_certificate(c.clone());
            true
        }
        Item::Step(h, body) => {
            authority.add_authority_entry(h, id(h, authority), body.clone());
            true
        }
        Item::Act(h, body) => {
            authority.add_act(h, id(h, authority), body);
            true
        }
        Item::Fork(log, seq) => {
            authority.add_fork(*log, *seq);
            true
        }
    }
}

/// Adds things in this order; what is refused is tried again after each success, as a replica does.
pub fn feed<'a>(authority: &mut Authority, items: impl IntoIterator<Item = &'a Item>) {
    let mut waiting: Vec<&Item> = Vec::new();
    for item in items {
        if !add(authority, item) {
            waiting.push(item);
        } else if matches!(item, Item::Epoch(_)) {
            retry(authority, &mut waiting);
        }
    }
    retry(authority, &mut waiting);
}

fn retry(authority: &mut Authority, waiting: &mut Vec<&Item>) {
    loop {
        let before = waiting.len();
        waiting.retain(|item| !add(authority, item));
        if waiting.len() == before {
            return;
        }
    }
}

/// Key number `n` of the tests.
pub fn key(n: u8) -> SigningKey {
    let mut seed = [7; 32];
    seed[0] = n;
    SigningKey::from_seed(&seed)
}

/// Device with key number `n`.
pub fn device(n: u8) -> DeviceId {
    static ALL: LazyLock<Vec<DeviceId>> =
        LazyLock::new(|| (0..=255).map(|n| key(n).device()).collect());
    ALL[usize::from(n)]
}

/// Authority log of a device.
pub const fn authority_log(device: DeviceId) -> LogKey {
    lane(device, LaneClass::Authority, ScopeId::ZERO, 0)
}

/// Board log of a device in the year 2026.
pub const fn board_log(device: DeviceId) -> LogKey {
    lane(device, LaneClass::Board, ScopeId::ZERO, 672)
}

/// Any log.
pub const fn lane(device: DeviceId, class: LaneClass, scope: ScopeId, period: u32) -> LogKey {
    LogKey {
        device,
        lane: LaneKey {
            class,
            scope,
            period: Period(period),
        },
    }
}

/// A cut-off in a log.
pub const fn cut(log: LogKey, seq: u32, id: EntryId) -> Cut {
    Cut { log, seq, id }
}

/// Epoch 0 of the tests: one founder, key 0, who is an issuing key for everything.
pub fn founding(issuing: Vec<IssuingKey>, roles: Vec<RoleGrant>, gates: Vec<Gate>) -> Epoch {
    Epoch {
        number: 0,
        prev: EpochId::ZERO,
        name: "丰盛园".into(),
        offset: UtcOffset::from_minutes(480).unwrap(),
        members: vec![Member {
            day: device(0),
            paper: device(200),
        }],
        threshold: 1,
        issuing,
        offices: vec![],
        roles,
        gates,
        limits: Limits::default(),
        cuts: vec![],
        retired: vec![],
        ended_holds: vec![],
        checkpoint: vec![],
        round: 0,
        time: 1_795_305_600,
        salt: [7; 16],
    }
}

/// Makes entries and epochs as their authors would, for one community.
#[derive(Clone, Debug)]
pub struct Maker {
    community: CommunityId,
    /// Every epoch with its id and bytes. (Not a `Charter`, which would check each signature once more.)
    epochs: Vec<(Epoch, EpochId, Vec<u8>)>,
}

/// Where an entry stands and what it cites.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub by: DeviceId,
    pub seq: u32,
    pub prev: EntryId,
    pub epoch: u32,
}

impl Maker {
    pub fn new(founding: &Epoch) -> Self {
        let charter = Charter::found(founding, &[key(0)]).unwrap();
        let first = charter.newest();
        Self {
            community: *charter.community(),
            epochs: vec![(first.epoch.clone(), first.id, first.bytes.clone())],
        }
    }

    pub const fn community(&self) -> CommunityId {
        self.community
    }

    /// Founding bytes.
    pub fn founding(&self) -> &[u8] {
        &self.epochs[0].2
    }

    pub fn newest(&self) -> &Epoch {
        &self.epochs[self.epochs.len() - 1].0
    }

    /// The whole chain, checked.
    pub fn charter(&self) -> Charter {
        let mut charter = Charter::from_founding(self.founding()).unwrap();
        for (.., bytes) in &self.epochs[1..] {
            charter.append(bytes).unwrap();
        }
        charter
    }

    /// The principal that begins with a device.
    pub fn principal(&self, device: DeviceId) -> PrincipalId {
        PrincipalId::of_first_device(&self.community, &device)
    }

    /// Signs the next epoch.
    pub fn epoch(&mut self, change: impl FnOnce(&mut Epoch)) -> Item {
        let (last, prev, _) = &self.epochs[self.epochs.len() - 1];
        let mut next = last.clone();
        next.number += 1;
        next.prev = *prev;
        next.checkpoint.clear();
        change(&mut next);
        let mut message = Multi {
            payload: next.encode(),
            signatures: vec![],
        };
        message.add(&epoch::context(&self.community), &key(0));
        let id = epoch::epoch_id(&self.community, &message.payload);
        let bytes = message.encode();
        self.epochs.push((next, id, bytes.clone()));
        Item::Epoch(bytes)
    }

    /// Claims of a device that begins its own principal.
    pub fn claims(&self, of: DeviceId, kind: PrincipalKind, unit: Option<&str>) -> DeviceClaims {
        let roles = match kind {
            PrincipalKind::Household => cert::MAY_GRANT,
            PrincipalKind::Office => cert::MAY_GRANT | cert::IS_OFFICE,
            PrincipalKind::Gate => cert::IS_GATE,
            PrincipalKind::Screen => cert::IS_SCREEN,
        };
        DeviceClaims {
            community: self.community().short(),
            exp: UnixSec(2_000_000_000),
            nbf: UnixSec(1),
            iat: UnixSec(1),
            device: of,
            roles,
            principal: self.principal(of),
            unit: unit.map(str::to_owned),
            gate: None,
            enrol_seq: 0,
        }
    }

    /// Header of an entry of an authority log.
    pub fn header(&self, at: At, kind: EntryKind, target: [u8; 16], body: &[u8]) -> Header {
        let mut epoch_tag = [0; 8];
        if let Some((_, id, _)) = self.epochs.get(at.epoch as usize) {
            epoch_tag.copy_from_slice(&id.0[..8]);
        }
        Header {
            kind,
            sealed: false,
            class: LaneClass::Authority,
            period: Period::NONE,
            seq: at.seq,
            payload_len: u32::try_from(body.len() + 16).unwrap(),
            time: UnixMs(0),
            epoch: at.epoch,
            drop_day: 0,
            epoch_tag,
            scope: ScopeId::ZERO,
            device: at.by,
            prev: at.prev,
            record: RecordId(target),
            payload_hash: hash::blake3_raw(body),
            signature: [0; 64],
        }
    }

    pub fn id(&self, header: &Header) -> EntryId {
        header.id(&self.community())
    }

    /// An enrolment of a signed certificate.
    pub fn enrol(&self, at: At, certificate: &Certificate) -> Item {
        let of = certificate.claims().device;
        let enrol = Enrol {
            certificate: certificate.bytes().to_vec(),
            kex: hash::blake3_raw(&of.0),
            net: hash::blake3_raw(certificate.bytes()),
        };
        let h = self.header(at, EntryKind::ENROL, of.act_target(), &enrol.encode());
        Item::Step(h, AuthorityBody::Enrol(enrol))
    }

    pub fn keyset(&self, at: At, keyset: Keyset) -> Item {
        let h = self.header(at, EntryKind::KEYSET, [0; 16], &keyset.encode());
        Item::Step(h, AuthorityBody::Keyset(keyset))
    }

    /// An entry of no consequence; `salt` tells two of them apart.
    pub fn other(&self, at: At, salt: u8) -> Item {
        let h = self.header(at, EntryKind::OPEN, [0; 16], &[salt]);
        Item::Step(h, AuthorityBody::Other)
    }

    pub fn hold(&self, at: At, target: [u8; 16], hold: &Hold) -> Item {
        let body = hold.encode();
        Item::Act(self.header(at, EntryKind::HOLD, target, &body), body)
    }

    pub fn lift(&self, at: At, hold: &EntryId) -> Item {
        let target = hash::first16(&hold.0);
        let body = vec![0xa0];
        Item::Act(self.header(at, EntryKind::LIFT, target, &body), body)
    }

    pub fn revoke(&self, at: At, target: DeviceId, cuts: Vec<Cut>) -> Item {
        let revoke = Revoke {
            cuts,
            reason: String::new(),
        };
        let body = revoke.encode();
        let h = self.header(at, EntryKind::REVOKE, target.act_target(), &body);
        Item::Act(h, body)
    }
}

/// The header of a step or act.
pub fn header_of(item: &Item) -> Option<&Header> {
    match item {
        Item::Step(h, _) | Item::Act(h, _) => Some(h),
        _ => None,
    }
}

/// An act is an entry of its log too.
pub fn as_step(item: &Item) -> Option<Item> {
    match item {
        Item::Act(h, _) => Some(Item::Step(*h, AuthorityBody::Other)),
        _ => None,
    }
}
