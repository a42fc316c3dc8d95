//! A gate that knows a whole estate, and what people hold in front of it.

use super::Scale;
use crate::world::{MONDAY_S, claims, cti, signer};
use anyhow::{Context as _, Result};
use linli_base::{CommunityId, DeviceId, Period, PrincipalId, UnixSec, UtcOffset};
use linli_charter::cert::MAY_GRANT;
use linli_charter::{Certificate, DeviceClaims, IssuingKey, Limits};
use linli_keys::{PublicKey, SigningKey};
use linli_pass::decide::What;
use linli_pass::state::{
    Cancel, Clock, ClockState, GateState, Issuer, KnownGrant, LogPlace, Place, Use,
};
use linli_pass::{Grant, Kind, Plate, Scan, issue};

const COMMUNITY: CommunityId = CommunityId([0xc5; 32]);
/// The key that enrols households.
const ISSUER: u32 = 900_000;
/// The first household that the gate has never heard of.
const UNHEARD: u32 = 800_000;
/// Grants of one household.
const BY_ONE: usize = 25;
/// Of so many grants one is cancelled, one was used, one names a plate.
const EVERY: usize = 10;
/// A scan of each kind, in turn.
const KINDS: [Showing; 20] = {
    use Showing::{Cancelled, Chain, Code, Good, Nonsense, OtherSignature, PlateRead, Used};
    [
        Good,
        Good,
        Chain,
        Good,
        Cancelled,
        Good,
        Used,
        Good,
        OtherSignature,
        Good,
        PlateRead,
        Good,
        Chain,
        Good,
        Cancelled,
        Good,
        Used,
        Good,
        Code,
        Nonsense,
    ]
};

/// What is shown to the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Showing {
    /// A pass that opens.
    Good,
    /// The same from a household that the gate has never heard of, with its certificate.
    Chain,
    /// A cancelled pass.
    Cancelled,
    /// A pass that was used.
    Used,
    /// A pass whose signature is not right.
    OtherSignature,
    /// A plate that a grant names.
    PlateRead,
    /// The short code of a grant.
    Code,
    /// Some other QR code.
    Nonsense,
}

impl Showing {
    /// Signatures that the gate verifies for it.
    pub(super) const fn signatures(self) -> usize {
        match self {
            Self::Good | Self::Cancelled | Self::Used | Self::OtherSignature => 1,
            Self::Chain => 2,
            Self::PlateRead | Self::Code | Self::Nonsense => 0,
        }
    }
}

/// The gate and its estate.
pub(super) struct Estate {
    /// What the gate knows.
    pub(super) gate: GateState,
    grants: usize,
}

impl Estate {
    /// 50,000 grants of 2,000 households, 5,000 cancelled, 100,000 uses.
    pub(super) fn new(scale: Scale) -> Result<Self> {
        let (grants, uses) = (scale.of(50_000, 2_000), scale.of(100_000, 4_000));
        let place = Place {
            community: COMMUNITY,
            offset: UtcOffset::from_minutes(480).context("offset")?,
            gate: 1,
            names: [(1, "东门".to_owned())].into(),
            took_over: None,
        };
        let clock = Clock {
            state: ClockState::Good,
            floor: UnixSec(MONDAY_S - 86_400),
        };
        let mut gate = GateState::new(place, Limits::default(), clock);
        gate.news = Some(UnixSec(MONDAY_S));
        gate.keys.set_issuers([Issuer::new(IssuingKey {
            device: signer(ISSUER).device(),
            buildings: vec![],
            machines: true,
        })]);
        for household in 0..grants / BY_ONE {
            gate.keys
                .hear(device_claims(&signer(u32::try_from(household)?)));
        }
        let mut estate = Self { gate, grants };
        for n in 0..grants {
            estate.hear(n)?;
        }
        for n in 0..uses {
            // One in ten grants of today was used; all other uses are of passes of earlier days.
            let of = if n < grants / EVERY {
                n * EVERY + 1
            } else {
                grants + n
            };
            let entry = Use {
                at: UnixSec(MONDAY_S - 60),
                gate: 1,
                device: DeviceId([9; 32]),
                period: Period(682),
                seq: u32::try_from(n)? + 1,
            };
            estate.gate.ledger.used(cti(of), entry);
        }
        Ok(estate)
    }

    /// Cancelled grants held.
    pub(super) const fn cancelled(&self) -> usize {
        self.grants / EVERY
    }

    fn hear(&mut self, n: usize) -> Result<()> {
        let key = self.key_of(n)?;
        let (grant, device) = (self.grant(n, &key)?, key.device());
        if n.is_multiple_of(EVERY) {
            let by = principal(&key);
            let cancel = Cancel {
                by,
                officer: false,
                at: Some(UnixSec(MONDAY_S - 30)),
            };
            self.gate.acts.cancel(grant.cti, cancel);
        }
        let place = LogPlace {
            device,
            period: Period(682),
            seq: u32::try_from(n / (self.grants / BY_ONE))? + 2,
        };
        self.gate.grants.hear(KnownGrant {
            grant,
            place,
            resident: false,
        });
        Ok(())
    }

    fn key_of(&self, n: usize) -> Result<SigningKey> {
        Ok(signer(u32::try_from(n % (self.grants / BY_ONE))?))
    }

    fn grant(&self, n: usize, key: &SigningKey) -> Result<Grant> {
        let iss = principal(key).issuer_text(false);
        let grant = claims(iss, COMMUNITY.short(), cti(n))?;
        if n % EVERY != 2 {
            return Ok(grant);
        }
        let mut with_plate = (*grant).clone();
        with_plate.kind = Kind::Vehicle;
        with_plate.plate = Some(Plate::parse(&plate(n))?);
        Ok(Grant::new(with_plate)?)
    }

    /// What is shown as number `n`, with its kind.
    pub(super) fn scan(&self, n: usize) -> Result<(Showing, Scan)> {
        let showing = KINDS[n % KINDS.len()];
        Ok((showing, self.show(showing, n)?))
    }

    /// Something of one kind; no two of different numbers are of one pass.
    pub(super) fn show(&self, showing: Showing, n: usize) -> Result<Scan> {
        // Which of each ten: 0 is cancelled, 1 used, 2 has a plate.
        let of = |rest: usize| (n * 7 * EVERY + rest) % self.grants;
        Ok(match showing {
            Showing::Good => Scan::text(self.pass(of(3))?),
            Showing::Cancelled => Scan::text(self.pass(of(0))?),
            Showing::Used => Scan::text(self.pass(of(1))?),
            Showing::OtherSignature => Scan::text(changed(&self.pass(of(4))?)),
            Showing::Chain => Scan::text(self.unheard_pass(n)?),
            Showing::PlateRead => {
                let (read, sure) = (plate(of(2)), true);
                Scan::of(What::Plate { read, sure })
            }
            Showing::Code => Scan::of(What::Code(cti(of(6)).short_code().to_string())),
            Showing::Nonsense => Scan::text("weixin://dl/business"),
        })
    }

    fn pass(&self, n: usize) -> Result<String> {
        let key = self.key_of(n)?;
        Ok(issue(&self.grant(n, &key)?, &key, None)?)
    }

    fn unheard_pass(&self, n: usize) -> Result<String> {
        let key = signer(UNHEARD + u32::try_from(n)?);
        let certificate = Certificate::sign(&device_claims(&key), &signer(ISSUER))?;
        let iss = principal(&key).issuer_text(false);
        let grant = claims(iss, COMMUNITY.short(), cti(10 * self.grants + n))?;
        Ok(issue(&grant, &key, Some(&certificate))?)
    }

    /// Finds who signed a pass and verifies it, as the gate's decision does: steps 5 and 6 by the same calls.
    pub(super) fn verify(&self, token: &linli_pass::Token) -> Option<Grant> {
        for claims in self.gate.keys.candidates(token.kid()) {
            let key = PublicKey::parse(&claims.device.0).ok()?;
            if let Some(grant) = token.verify(&key) {
                return Some(grant.clone());
            }
        }
        let certificate = token.certificate()?.ok()?;
        let issued = self.gate.keys.issuers(certificate.issuer_kid()).any(|i| {
            PublicKey::parse(&i.key.device.0)
                .is_ok_and(|key| certificate.issued_by(&key, &self.gate.place.community))
        });
        if !issued {
            return None;
        }
        token.verify(certificate.key()).cloned()
    }
}

fn principal(key: &SigningKey) -> PrincipalId {
    PrincipalId::of_first_device(&COMMUNITY, &key.device())
}

fn device_claims(key: &SigningKey) -> DeviceClaims {
    DeviceClaims {
        community: COMMUNITY.short(),
        exp: UnixSec(MONDAY_S + 60 * 86_400),
        nbf: UnixSec(MONDAY_S - 86_400),
        iat: UnixSec(MONDAY_S - 86_400),
        device: key.device(),
        roles: MAY_GRANT,
        principal: principal(key),
        unit: Some("3-2-501".into()),
        gate: None,
        enrol_seq: 5,
    }
}

fn plate(n: usize) -> String {
    let place = ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K"][n / 100_000 % 10];
    format!("京{place}{:05}", n % 100_000)
}

/// The same token with one character of its signature changed.
fn changed(token: &str) -> String {
    let at = token.len() - 20;
    let other = if &token[at..=at] == "1" { "2" } else { "1" };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use linli_pass::decide::Now;
    use linli_pass::{Verdict, decide};

    #[test]
    fn each_kind_of_scan_is_answered_as_it_is_meant() {
        let estate = Estate::new(Scale::QUICK).unwrap();
        let at = Now::at(UnixSec(MONDAY_S));
        for n in 0..2 * KINDS.len() {
            let (showing, scan) = estate.scan(n).unwrap();
            let decision = decide(&scan, &estate.gate, at);
            let code = decision.code().map(|c| c.as_str());
            let wanted = match showing {
                Showing::Good | Showing::Chain | Showing::PlateRead | Showing::Code => {
                    (Verdict::Admit, None)
                }
                Showing::Cancelled => (Verdict::Deny, Some("E_CANCELLED")),
                Showing::Used => (Verdict::Deny, Some("E_USED")),
                Showing::OtherSignature => (Verdict::Deny, Some("E_SIG")),
                Showing::Nonsense => (Verdict::Deny, Some("E_PREFIX")),
            };
            assert_eq!(
                (decision.verdict, code),
                wanted,
                "{n} {showing:?} {decision:?}"
            );
        }
    }

    #[test]
    fn the_measured_verification_agrees_with_the_gate() {
        let estate = Estate::new(Scale::QUICK).unwrap();
        for (showing, signed) in [
            (Showing::Good, true),
            (Showing::Chain, true),
            (Showing::OtherSignature, false),
        ] {
            let scan = estate.show(showing, 3).unwrap();
            let What::Text(text) = &scan.what else {
                panic!("no text")
            };
            let token = linli_pass::Token::read(text).unwrap();
            assert_eq!(estate.verify(&token).is_some(), signed, "{showing:?}");
        }
    }
}
