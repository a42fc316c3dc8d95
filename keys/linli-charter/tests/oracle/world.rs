//! Random small communities: who is there, and what they and their stolen keys write.
//!
//! A [`World`] is told a list of [`Op`]s, five small numbers each, so that a failing case shrinks to the few
//! steps that matter. It knows everything; what a replica holds of it is chosen afterwards.

mod committee;

use super::set::{
    At, Item, Maker, as_step, authority_log, board_log, cut, device, founding, header_of, key,
};
use linli_base::{EntryId, LaneClass, LogKey, ScopeId, UnixSec};
use linli_charter::authority::private_scope;
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::epoch::{Office, ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, RoleGrant};
use linli_charter::{Certificate, Cut, Gate, Hold, IssuingKey, Keyset, PrincipalKind};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

/// What to do, by small numbers that are taken modulo what there is.
pub type Op = (u8, u8, u8, u8, u8);

/// Founder's office PC: an issuing key for everything, all roles.
pub const FOUNDER: u8 = 0;
/// A steward of building 2: an issuing key for its households, himself in a household of it.
pub const STEWARD: u8 = 1;
/// An office PC with the role of an officer.
pub const OFFICER: u8 = 2;
/// A household of building 1.
pub const FIRST: u8 = 5;
/// Devices of the cast; numbers above are newcomers.
const CAST: u8 = 12;
const ALL: u8 = 16;
/// Kinds of operations.
const KINDS: u8 = 23;

/// Everything that was ever written.
#[derive(Clone)]
pub struct World {
    pub maker: Maker,
    pub items: Vec<Item>,
    /// Heads of each device's authority log, by branch.
    heads: BTreeMap<(u8, u8), (u32, EntryId)>,
    /// Entries of each authority log by branch and place.
    ids: BTreeMap<(u8, u8, u32), EntryId>,
    holds: Vec<EntryId>,
}

impl World {
    /// The community as it begins: everyone of the cast is enrolled.
    pub fn new() -> Self {
        static BEGINNING: LazyLock<World> = LazyLock::new(World::found);
        BEGINNING.clone()
    }

    fn found() -> Self {
        let issuing = |n, buildings: &[&str], machines| IssuingKey {
            device: device(n),
            buildings: buildings.iter().map(|b| (*b).to_owned()).collect(),
            machines,
        };
        let role = |n, bits| RoleGrant {
            device: device(n),
            bits,
        };
        let founding = founding(
            vec![issuing(FOUNDER, &[], true), issuing(STEWARD, &["2"], false)],
            vec![
                role(FOUNDER, ROLE_NOTICE | ROLE_GATE | ROLE_OFFICER),
                role(OFFICER, ROLE_OFFICER),
                role(3, ROLE_OFFICER),
            ],
            vec![Gate {
                number: 1,
                name: "东门".into(),
                device: Some(device(4)),
            }],
        );
        let mut w = Self {
            maker: Maker::new(&founding),
            items: vec![],
            heads: BTreeMap::new(),
            ids: BTreeMap::new(),
            holds: vec![],
        };
        let office = w.maker.principal(device(FOUNDER));
        let name = "居委会".to_owned();
        let item = w.maker.epoch(|e| {
            e.offices.push(Office {
                principal: office,
                name,
            });
        });
        w.items.push(item);
        for n in 0..CAST {
            let (by, kind, unit) = match n {
                FOUNDER | OFFICER | 3 => (FOUNDER, PrincipalKind::Office, None),
                4 => (FOUNDER, PrincipalKind::Gate, None),
                STEWARD => (FOUNDER, PrincipalKind::Household, Some("2-1-101")),
                5 | 6 => (FOUNDER, PrincipalKind::Household, Some("1-1-301")),
                7 | 8 => (STEWARD, PrincipalKind::Household, Some("2-1-301")),
                _ => continue,
            };
            let mut claims = w.maker.claims(device(n), kind, unit);
            if n == OFFICER {
                // A second PC of the founder's office.
                claims.principal = office;
            }
            w.enrol(by, claims, 0, 0);
        }
        // Two households have a second device.
        w.introduce(5, 9, 0, 0);
        w.introduce(7, 10, 0, 0);
        w
    }

    pub fn logs(&self) -> Vec<LogKey> {
        let devices = (0..ALL).map(device);
        devices
            .flat_map(|d| [authority_log(d), board_log(d)])
            .collect()
    }

    /// What a step adds.
    pub fn event(&mut self, step: impl FnOnce(&mut Self)) -> Vec<Item> {
        let before = self.items.len();
        step(self);
        self.items[before..].to_vec()
    }

    /// Everything a key writes from now on.
    pub fn since(&self, before: usize) -> &[Item] {
        &self.items[before..]
    }

    /// Does one thing. `who` is whose key writes.
    pub fn act(&mut self, op: Op) {
        let (kind, who, a, b, c) = op;
        self.act_as(kind, who % ALL, a, b, c);
    }

    /// Does one thing with a given key. The committee's doings, from 19 on, need none.
    pub fn act_as(&mut self, kind: u8, who: u8, a: u8, b: u8, c: u8) {
        let officer = [FOUNDER, OFFICER, 3][usize::from(who % 3)];
        let sibling = [(5, 9), (9, 5), (7, 10), (10, 7)][usize::from(who % 4)];
        match kind % KINDS {
            0 | 1 => self.enrol_somebody(who, a, b, c),
            2 | 3 => self.introduce(who, a % ALL, b, c),
            4 => self.publish_key(who, a, b, c),
            5 => self.write_other(who, a, c),
            6 => self.hold(who, a, b, c),
            7 | 8 => self.hold(officer, a, b, c),
            9 => self.hold(sibling.0, sibling.1, b, c),
            10 => self.lift(who, a, c),
            11 => self.lift(officer, a, c),
            12 => self.revoke(who, a % ALL, b, c),
            13 => self.revoke(who % 2, 5 + a % 6, b, c),
            14 => self.fork(who, a),
            15 => {
                let log = self.log(who, a);
                self.items.push(Item::Fork(log, 1 + u32::from(b % 6)));
            }
            16 => self.damaged(who, a),
            17 | 18 => self.use_twice([officer, 1, 5, 7][usize::from(a % 4)], a, b, c),
            19 | 20 => self.epoch(a, b, c),
            21 => self.checkpoint(a, b),
            _ => self.cut_whom_was_forked(a, b, c),
        }
    }

    /// Whether an operation is one of the committee, not of a key.
    pub fn is_charters(op: Op) -> bool {
        op.0 % KINDS >= 19
    }

    /// Does one thing that this one key can do, right or wrong.
    pub fn sign_as(&mut self, who: u8, op: Op) {
        let (kind, _, a, b, c) = op;
        match kind % 10 {
            0 => self.enrol_somebody(who, a, b, c),
            1 => self.introduce(who, a % ALL, b, c),
            2 => self.publish_key(who, a, b, c),
            3 => self.write_other(who, a, c),
            4 | 5 => self.hold(who, a, b, c),
            6 => self.lift(who, a, c),
            7 => self.revoke(who, a % ALL, b, c),
            8 => self.fork(who, a),
            _ => {
                let log = self.log(who, a);
                self.items.push(Item::Fork(log, 1 + u32::from(b % 6)));
            }
        }
    }

    /// A stolen key and its owner write side by side.
    fn use_twice(&mut self, who: u8, a: u8, b: u8, c: u8) {
        self.fork(who, a / 4);
        for branch in [c & !3, c | 3] {
            match b % 4 {
                0 => self.hold(who, a.rotate_left(3), b, branch),
                1 => self.lift(who, b / 4, branch),
                2 => self.revoke(who, 5 + b / 4 % 6, b, branch),
                _ => self.enrol_somebody(who, a.rotate_left(3), b, branch),
            }
        }
    }

    /// The place after a log's head.
    pub fn place(&self, who: u8) -> At {
        self.at(who, 0)
    }

    pub fn next_seq(&self, who: u8) -> u32 {
        self.place(who).seq
    }

    fn log(&self, who: u8, a: u8) -> LogKey {
        if a.is_multiple_of(2) {
            authority_log(device(who))
        } else {
            board_log(device(who))
        }
    }

    fn branch(&self, who: u8, c: u8) -> u8 {
        u8::from(c % 4 == 3 && self.heads.contains_key(&(who, 1)))
    }

    /// The next place of a log; entries may cite an older epoch.
    fn at(&self, who: u8, c: u8) -> At {
        let branch = self.branch(who, c);
        let head = self.heads.get(&(who, branch)).copied();
        let (seq, prev) = head.unwrap_or((0, EntryId::ZERO));
        let newest = self.maker.newest().number;
        At {
            by: device(who),
            seq: seq + 1,
            prev,
            epoch: newest.saturating_sub(u32::from(c / 4 % 3)),
        }
    }

    pub fn write(&mut self, who: u8, c: u8, item: Item) -> EntryId {
        let Some(h) = header_of(&item) else {
            return EntryId::ZERO;
        };
        let (seq, id) = (h.seq, self.maker.id(h));
        let branch = self.branch(who, c);
        self.heads.insert((who, branch), (seq, id));
        self.ids.insert((who, branch, seq), id);
        self.items.extend(as_step(&item));
        self.items.push(item);
        id
    }

    pub fn enrol(&mut self, by: u8, mut claims: DeviceClaims, shift: u32, c: u8) {
        let at = self.at(by, c);
        claims.enrol_seq = at.seq + shift;
        let certificate = Certificate::sign(&claims, &key(by)).unwrap();
        let item = self.maker.enrol(at, &certificate);
        self.write(by, c, item);
        // It also travels alone, in a hello or an `open`.
        self.items.push(Item::Certificate(certificate));
    }

    pub fn enrol_somebody(&mut self, by: u8, a: u8, b: u8, c: u8) {
        let of = a % ALL;
        let (kind, unit) = match b % 6 {
            0 => (PrincipalKind::Office, None),
            1 => (PrincipalKind::Gate, None),
            2 => (PrincipalKind::Screen, None),
            3 => (PrincipalKind::Household, Some("1-1-301")),
            4 => (PrincipalKind::Office, Some("2-1-301")),
            _ => (PrincipalKind::Household, Some("2-1-301")),
        };
        let mut claims = self.maker.claims(device(of), kind, unit);
        claims.iat = UnixSec(u64::from(b / 8 % 4));
        match b / 32 {
            // Into somebody else's household, or into the founder's office.
            1 => claims.principal = self.maker.principal(device(FIRST)),
            2 => claims.principal = self.maker.principal(device(FOUNDER)),
            3 => claims.roles |= cert::MAY_GRANT,
            _ => {}
        }
        let shift = u32::from(c / 64 == 3);
        if c / 64 == 2 {
            // Without an entry: dated back, or ahead of the log.
            claims.enrol_seq = 1 + u32::from(c % 8);
            let certificate = Certificate::sign(&claims, &key(by)).unwrap();
            self.items.push(Item::Certificate(certificate));
        } else {
            self.enrol(by, claims, shift, c);
        }
    }

    pub fn introduce(&mut self, by: u8, of: u8, b: u8, c: u8) {
        let from = match by {
            9 => FIRST,
            10 => 7,
            other => other,
        };
        let unit = match from {
            5 | 6 => "1-1-301",
            STEWARD => "2-1-101",
            _ => "2-1-301",
        };
        let mut claims = self
            .maker
            .claims(device(of), PrincipalKind::Household, Some(unit));
        claims.principal = self.maker.principal(device(from));
        claims.roles = if b % 8 == 7 { cert::MAY_GRANT } else { 0 };
        match b % 8 {
            5 => claims.unit = Some("1-1-999".into()),
            6 => claims.principal = self.maker.principal(device(of)),
            _ => {}
        }
        self.enrol(by, claims, u32::from(b % 8 == 4), c);
    }

    pub fn publish_key(&mut self, by: u8, a: u8, b: u8, c: u8) {
        let principal = self.maker.principal(device(b % ALL));
        let community = self.maker.community();
        let office = self.maker.principal(device(FOUNDER));
        let (class, scope) = match a % 5 {
            0 => (LaneClass::House, principal.scope()),
            1 => (LaneClass::Office, principal.scope()),
            2 => (LaneClass::Pass, ScopeId::gates(&community)),
            3 => (
                LaneClass::With,
                ScopeId::with(&community, &principal, &office),
            ),
            _ => (LaneClass::Private, private_scope(&principal, [1; 8])),
        };
        let keyset = Keyset {
            class,
            scope,
            public: [a; 32],
            wraps: vec![(device(b % ALL).act_target(), vec![1; 80])],
        };
        let item = self.maker.keyset(self.at(by, c), keyset);
        self.write(by, c, item);
    }

    pub fn write_other(&mut self, by: u8, salt: u8, c: u8) {
        let item = self.maker.other(self.at(by, c), salt);
        self.write(by, c, item);
    }

    /// Heads of a device as somebody saw them: behind, on the other branch, in part, or not at all.
    pub(super) fn heads_of(&self, of: u8, how: u8) -> Vec<Cut> {
        let mut out = Vec::new();
        let log = authority_log(device(of));
        let branch = u8::from(how % 4 == 3 && self.heads.contains_key(&(of, 1)));
        if let Some((seq, _)) = self.heads.get(&(of, branch)) {
            let seq = seq.saturating_sub(u32::from(how / 4 % 3));
            let id = self.id_at(of, branch, seq);
            out.push(cut(log, seq, id));
        }
        if (how / 16).is_multiple_of(2) {
            let seq = u32::from(how / 32 % 4);
            let id = if seq == 0 { 0 } else { 1 + how / 128 };
            out.push(cut(board_log(device(of)), seq, EntryId([id; 32])));
        }
        if how % 16 == 15 {
            out.clear();
            out.push(cut(authority_log(device(FIRST)), 1, EntryId([9; 32])));
        }
        out
    }

    pub fn id_at(&self, of: u8, branch: u8, seq: u32) -> EntryId {
        let own = self.ids.get(&(of, branch, seq));
        let shared = || self.ids.get(&(of, 0, seq));
        own.or_else(shared).copied().unwrap_or(EntryId::ZERO)
    }

    pub fn hold(&mut self, by: u8, a: u8, b: u8, c: u8) {
        let of = a % ALL;
        let principal = a / ALL % 4 == 1;
        let target = if principal {
            self.maker.principal(device(of)).0
        } else {
            device(of).act_target()
        };
        let hold = Hold {
            principal,
            heads: self.heads_of(of, b),
            reason: String::new(),
        };
        let item = self.maker.hold(self.at(by, c), target, &hold);
        let id = self.write(by, c, item);
        self.holds.push(id);
    }

    /// A hold made elsewhere, at the place after the head.
    pub fn wrote_hold(&mut self, by: u8, item: Item) {
        let id = self.write(by, 0, item);
        self.holds.push(id);
    }

    pub fn lift(&mut self, by: u8, a: u8, c: u8) {
        if let Some(hold) = self.holds.get(usize::from(a) % self.holds.len().max(1)) {
            let item = self.maker.lift(self.at(by, c), hold);
            self.write(by, c, item);
        }
    }

    pub fn revoke(&mut self, by: u8, of: u8, b: u8, c: u8) {
        let cuts = self.heads_of(of, b);
        let item = self.maker.revoke(self.at(by, c), device(of), cuts);
        self.write(by, c, item);
    }

    /// A key is used twice: from here on a second branch can be written.
    pub fn fork(&mut self, who: u8, a: u8) {
        let Some((head, _)) = self.heads.get(&(who, 0)).copied() else {
            return;
        };
        let last_common = u32::from(a) % (head + 1);
        let id = self.id_at(who, 0, last_common);
        if let Entry::Vacant(second) = self.heads.entry((who, 1)) {
            second.insert((last_common, id));
            self.write_other(who, 255, 3);
        }
    }

    /// A copy of somebody's certificate with a broken signature, as a hostile peer would show it.
    pub fn damaged(&mut self, of: u8, a: u8) {
        let own = |i: &&Item| matches!(i, Item::Certificate(c) if c.claims().device == device(of));
        if let Some(Item::Certificate(c)) = self.items.iter().find(own) {
            let mut bytes = c.bytes().to_vec();
            let at = bytes.len() - 1 - usize::from(a % 32);
            bytes[at] ^= 1;
            let copy = Certificate::parse(&bytes).unwrap();
            self.items.push(Item::Certificate(copy));
        }
    }
}
