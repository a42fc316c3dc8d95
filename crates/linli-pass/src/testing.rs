//! A small world for this crate's tests: one estate, one household, one office, one gate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use crate::decide::{Decision, Now, Scan, decide};
use crate::grant::{Claims, Cti, Grant, Kind};
use crate::state::*;
use crate::token::issue;
use linli_base::*;
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_charter::{Certificate, DeviceClaims, IssuingKey, Limits};
use linli_keys::SigningKey;

/// Monday 2026-11-23, 07:00 at +08:00.
pub(crate) const MONDAY: u64 = 1_795_388_400;
pub(crate) const HOUR: u64 = 3600;
pub(crate) const DAY: u64 = 86_400;

pub(crate) struct World {
    pub(crate) community: CommunityId,
    pub(crate) issuer: SigningKey,
    pub(crate) host: SigningKey,
    pub(crate) office: SigningKey,
    pub(crate) gate: GateState,
    pub(crate) now: UnixSec,
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

pub(crate) fn grant(change: impl FnOnce(&mut Claims)) -> Grant {
    World::new().grant(change)
}

impl World {
    /// A gate that knows the household and the office, with a good clock and fresh news.
    pub(crate) fn new() -> Self {
        let community = CommunityId([0xc5; 32]);
        let (issuer, host, office) = (key(1), key(2), key(3));
        let now = UnixSec(MONDAY);
        let place = Place {
            community,
            offset: UtcOffset::from_minutes(480).unwrap(),
            gate: 1,
            names: [(1, "东门".to_owned()), (2, "西门".to_owned())].into(),
            took_over: None,
        };
        let clock = Clock {
            state: ClockState::Good,
            floor: UnixSec(MONDAY - 30 * DAY),
        };
        let mut gate = GateState::new(place, Limits::default(), clock);
        gate.news = Some(now);
        let mut world = Self {
            community,
            issuer,
            host,
            office,
            gate,
            now,
        };
        let (host, office) = (world.host_claims(), world.office_claims());
        world.gate.keys.hear(host);
        world.gate.keys.hear(office);
        world.set_issuer(|_| {});
        world
    }

    pub(crate) fn set_issuer(&mut self, change: impl FnOnce(&mut Issuer)) {
        let mut issuer = Issuer::new(IssuingKey {
            device: self.issuer.device(),
            buildings: vec![],
            machines: true,
        });
        change(&mut issuer);
        self.gate.keys.set_issuers([issuer]);
    }

    pub(crate) fn principal(&self, key: &SigningKey) -> PrincipalId {
        PrincipalId::of_first_device(&self.community, &key.device())
    }

    fn claims_of(
        &self,
        key: &SigningKey,
        roles: u64,
        unit: Option<&str>,
        enrol_seq: u32,
    ) -> DeviceClaims {
        DeviceClaims {
            community: self.community.short(),
            exp: UnixSec(MONDAY + 60 * DAY),
            nbf: UnixSec(MONDAY - 30 * DAY),
            iat: UnixSec(MONDAY - 30 * DAY),
            device: key.device(),
            roles,
            principal: self.principal(key),
            unit: unit.map(str::to_owned),
            gate: None,
            enrol_seq,
        }
    }

    pub(crate) fn host_claims(&self) -> DeviceClaims {
        self.claims_of(&self.host, MAY_GRANT, Some("3-2-501"), 5)
    }

    pub(crate) fn office_claims(&self) -> DeviceClaims {
        self.claims_of(&self.office, MAY_GRANT | IS_OFFICE, None, 2)
    }

    /// The household is not known to the gate.
    pub(crate) fn forget_host(&mut self) {
        self.gate.keys.forget(&self.host.device());
    }

    pub(crate) fn certificate(&self, change: impl FnOnce(&mut DeviceClaims)) -> Certificate {
        let mut claims = self.host_claims();
        change(&mut claims);
        Certificate::sign(&claims, &self.issuer).unwrap()
    }

    /// One entry at gate 1, from an hour ago for six hours, by the household.
    pub(crate) fn grant(&self, change: impl FnOnce(&mut Claims)) -> Grant {
        let mut claims = Claims {
            iss: self.principal(&self.host).issuer_text(false),
            aud: vec![self.community.short()],
            exp: UnixSec(MONDAY + 5 * HOUR),
            nbf: UnixSec(MONDAY - HOUR),
            iat: UnixSec(MONDAY - HOUR),
            cti: Cti([9; 12]),
            holder: None,
            host_unit: None,
            kind: Kind::Person,
            entries: 1,
            companions: 0,
            plate: None,
            windows: vec![],
            gates: vec![1],
            label: Some(Private::new("王*".into())),
            pin_tag: None,
        };
        change(&mut claims);
        Grant::new(claims).unwrap()
    }

    pub(crate) fn pass(&self, change: impl FnOnce(&mut Claims)) -> Scan {
        Scan::text(issue(&self.grant(change), &self.host, None).unwrap())
    }

    pub(crate) fn place(&self, seq: u32) -> LogPlace {
        LogPlace {
            device: self.host.device(),
            period: Period(682),
            seq,
        }
    }

    pub(crate) fn hear(&mut self, grant: Grant) {
        let place = self.place(4);
        self.gate.grants.hear(KnownGrant {
            grant,
            place,
            resident: false,
        });
    }

    pub(crate) fn decide(&self, scan: &Scan) -> Decision {
        decide(scan, &self.gate, Now::at(self.now))
    }

    /// Decides, remembers, and writes the use when it opens.
    pub(crate) fn show(&mut self, scan: &Scan) -> Decision {
        let decision = self.decide(scan);
        self.gate.remember(scan, &decision, Now::at(self.now));
        if let (true, Some(cti)) = (decision.opens, decision.cti) {
            let seq = u32::try_from(self.now.0 - MONDAY).unwrap() + 1;
            let entry = Use {
                at: self.now,
                gate: 1,
                device: key(9).device(),
                period: Period(682),
                seq,
            };
            self.gate.ledger.used(cti, entry);
        }
        decision
    }

    #[track_caller]
    pub(crate) fn check(&self, scan: &Scan, expected: &str) {
        assert_eq!(answer(&self.decide(scan)), expected);
    }
}

/// `ADMIT`, `DENY E_SIG` and so on.
pub(crate) fn answer(decision: &Decision) -> String {
    match decision.code() {
        None => decision.verdict.to_string(),
        Some(code) => format!("{} {code}", decision.verdict),
    }
}
