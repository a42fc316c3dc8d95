//! A small town with one actor of each sort, for the tables.

use super::set::{self, At, Item, Maker, add, device, founding, key};
use linli_base::{DeviceId, EntryId, EntryKind, Header, LaneClass, LaneKey, Period, ScopeId};
use linli_charter::authority::private_scope;
use linli_charter::epoch::{ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, RoleGrant};
use linli_charter::{Authority, Certificate, Gate, IssuingKey, Keyset, PrincipalKind, Refusal};
use std::collections::BTreeMap;

/// The actors, in the order of the columns below.
pub const ACTORS: [&str; 9] = [
    "phone", "sibling", "stranger", "desk", "clerk", "issuer", "gate", "spare", "screen",
];
/// First phone of a household, and the household of the scopes below.
pub const PHONE: u8 = 1;
/// A second phone that it introduced.
pub const SIBLING: u8 = 2;
/// Another household.
pub const STRANGER: u8 = 3;
/// Office PC with all roles; the office of the shared scopes below.
pub const DESK: u8 = 4;
/// PC of another office, without a role.
pub const CLERK: u8 = 5;
/// The founder's office PC: an issuing key and no role.
pub const ISSUER: u8 = 0;
/// The device that the charter names as gate 1.
pub const GATE: u8 = 6;
/// A gate device that no epoch names.
pub const SPARE: u8 = 7;
pub const SCREEN: u8 = 8;
pub const COLUMNS: [u8; 9] = [
    PHONE, SIBLING, STRANGER, DESK, CLERK, ISSUER, GATE, SPARE, SCREEN,
];

/// A town with one of each.
pub struct Town {
    pub maker: Maker,
    pub a: Authority,
    heads: BTreeMap<u8, (u32, EntryId)>,
}

impl Town {
    pub fn new() -> Self {
        let issuing = IssuingKey {
            device: device(ISSUER),
            buildings: vec![],
            machines: true,
        };
        let role = RoleGrant {
            device: device(DESK),
            bits: ROLE_NOTICE | ROLE_GATE | ROLE_OFFICER,
        };
        let gate = Gate {
            number: 1,
            name: "东门".into(),
            device: Some(device(GATE)),
        };
        let maker = Maker::new(&founding(vec![issuing], vec![role], vec![gate]));
        let mut town = Self {
            a: Authority::new(maker.charter()),
            maker,
            heads: BTreeMap::new(),
        };
        use PrincipalKind::{Household, Office, Screen};
        for (of, kind, unit) in [
            (ISSUER, Office, None),
            (PHONE, Household, Some("3-2-501")),
            (STRANGER, Household, Some("3-2-502")),
            (DESK, Office, None),
            (CLERK, Office, None),
            (GATE, PrincipalKind::Gate, None),
            (SPARE, PrincipalKind::Gate, None),
            (SCREEN, Screen, None),
        ] {
            let claims = town.maker.claims(device(of), kind, unit);
            town.enrol(ISSUER, claims);
        }
        let mut claims = town
            .maker
            .claims(device(SIBLING), Household, Some("3-2-501"));
        claims.principal = town.maker.principal(device(PHONE));
        claims.roles = 0;
        town.enrol(PHONE, claims);
        assert_eq!(town.a.devices().len(), ACTORS.len());
        town
    }

    pub fn place(&self, by: u8) -> At {
        let (seq, prev) = self.heads.get(&by).copied().unwrap_or((0, EntryId::ZERO));
        At {
            by: device(by),
            seq: seq + 1,
            prev,
            epoch: self.maker.newest().number,
        }
    }

    pub fn enrol(&mut self, by: u8, mut claims: linli_charter::DeviceClaims) {
        let at = self.place(by);
        claims.enrol_seq = at.seq;
        let certificate = Certificate::sign(&claims, &key(by)).unwrap();
        let item = self.maker.enrol(at, &certificate);
        self.hear(by, &item);
    }

    pub fn hear(&mut self, by: u8, item: &Item) {
        let h = set::header_of(item).unwrap();
        self.heads.insert(by, (h.seq, self.maker.id(h)));
        assert!(add(&mut self.a, item));
    }

    pub fn keyset(&mut self, by: u8, class: LaneClass, scope: ScopeId, to: &[u8]) {
        let wraps = to.iter().map(|n| (device(*n).act_target(), vec![0; 80]));
        let keyset = Keyset {
            class,
            scope,
            public: [by; 32],
            wraps: wraps.collect(),
        };
        let item = self.maker.keyset(self.place(by), keyset);
        self.hear(by, &item);
    }

    pub fn epoch(&mut self, change: impl FnOnce(&mut linli_charter::Epoch)) {
        let item = self.maker.epoch(change);
        assert!(add(&mut self.a, &item));
    }

    /// The lane of a class that belongs to PHONE's household, to DESK's office, or to both.
    pub fn lane(&self, class: LaneClass) -> LaneKey {
        let c = self.maker.community();
        let (household, office) = (
            self.maker.principal(device(PHONE)),
            self.maker.principal(device(DESK)),
        );
        let (scope, period) = match class {
            LaneClass::Authority => (ScopeId::ZERO, 0),
            LaneClass::Notice | LaneClass::Board => (ScopeId::ZERO, 672),
            LaneClass::Pass | LaneClass::GateLog => (ScopeId::gates(&c), 681),
            LaneClass::House => (household.scope(), 672),
            LaneClass::With => (ScopeId::with(&c, &household, &office), 672),
            LaneClass::Office => (office.scope(), 672),
            LaneClass::Private => (private_scope(&household, [1; 8]), 672),
        };
        LaneKey {
            class,
            scope,
            period: Period(period),
        }
    }

    pub fn header(&self, by: DeviceId, class: LaneClass, kind: EntryKind) -> Header {
        let lane = self.lane(class);
        let at = At {
            by,
            seq: if kind == EntryKind::OPEN { 1 } else { 2 },
            prev: EntryId([1; 32]),
            epoch: self.maker.newest().number,
        };
        let open = kind.is_act() || kind == EntryKind::OPEN || class.is_open();
        Header {
            sealed: !open,
            class,
            period: lane.period,
            scope: lane.scope,
            ..self.maker.header(at, kind, [9; 16], &[])
        }
    }

    pub fn writes(&self, by: u8, class: LaneClass, kind: EntryKind) -> bool {
        match self.a.place(&self.header(device(by), class, kind)) {
            Ok(()) => true,
            Err(Refusal::Role) => false,
            Err(other) => panic!("{by} {class:?} {kind:?}: {other}"),
        }
    }
}
