//! Devices that issuing keys enrolled: which certificates count, and which of them a device stands by.
//!
//! A certificate counts on its issuer's signature, and once the issuer's log is held up to its place, only if its
//! enrolment is there. Nobody is put into a household by an issuing key: a principal begins with its first
//! device, and what comes after is for that household to introduce.

use super::branch::{Branch, Place, StepBody, authority_log};
use super::cuts::Cuts;
use super::given::{Given, Known};
use super::{Device, PrincipalKind};
use crate::cert::{Certificate, DeviceClaims, IS_GATE, IS_OFFICE, IS_SCREEN, MAY_GRANT};
use crate::epoch::IssuingKey;
use linli_base::{DeviceId, PrincipalId};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The certificate by which a device stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Won<'a> {
    pub certificate: &'a Certificate,
    pub issuer: DeviceId,
    /// By a device of its household, not by an issuing key.
    pub introduced: bool,
    /// X25519 and libp2p keys, once the enrolment is held.
    pub keys: Option<(&'a [u8; 32], &'a [u8; 32])>,
}

impl Won<'_> {
    pub(super) const fn principal(&self) -> PrincipalId {
        self.certificate.claims().principal
    }

    pub(super) const fn kind(&self) -> PrincipalKind {
        kind_of(self.certificate.claims())
    }

    /// Newest first; what follows only makes the choice the same everywhere.
    fn order(&self) -> impl Ord {
        let c = self.certificate;
        (c.claims().iat, c.id(), c.bytes(), self.issuer)
    }
}

/// What kind of principal a certificate is for.
const fn kind_of(claims: &DeviceClaims) -> PrincipalKind {
    if claims.roles & IS_GATE != 0 {
        PrincipalKind::Gate
    } else if claims.roles & IS_SCREEN != 0 {
        PrincipalKind::Screen
    } else if claims.roles & IS_OFFICE != 0 {
        PrincipalKind::Office
    } else {
        PrincipalKind::Household
    }
}

/// Whether an issuing key's scope covers who a certificate is for: buildings bound households, `machines`
/// allows everything else.
pub(super) fn covers(issuing: &IssuingKey, claims: &DeviceClaims) -> bool {
    match kind_of(claims) {
        PrincipalKind::Household => issuing.covers(claims.unit.as_deref()),
        PrincipalKind::Office | PrincipalKind::Gate | PrincipalKind::Screen => issuing.machines,
    }
}

impl Won<'_> {
    /// MAY_GRANT of a certificate by an issuing key, for those who act for people.
    const fn may_grant(&self) -> bool {
        let bit = self.certificate.claims().roles & MAY_GRANT != 0;
        let kind = matches!(
            self.kind(),
            PrincipalKind::Household | PrincipalKind::Office
        );
        bit && kind && !self.introduced
    }

    /// Whether that is what was derived before.
    pub(super) fn is(&self, device: &Device, gate: Option<u8>) -> bool {
        device.certificate.bytes() == self.certificate.bytes()
            && device.issuer == self.issuer
            && device.may_grant == self.may_grant()
            && device.kex.as_ref() == self.keys.map(|(kex, _)| kex)
            && device.net.as_ref() == self.keys.map(|(_, net)| net)
            && device.gate == gate
    }

    pub(super) fn device(&self, gate: Option<u8>) -> Device {
        Device {
            certificate: self.certificate.clone(),
            principal: self.principal(),
            kind: self.kind(),
            issuer: self.issuer,
            may_grant: self.may_grant(),
            kex: self.keys.map(|(kex, _)| *kex),
            net: self.keys.map(|(_, net)| *net),
            gate,
        }
    }
}

/// Issuing keys and their logs, as far as the charter leaves them.
pub(super) struct Issuers<'a> {
    given: &'a Given,
    /// The branch that counts and where it is cut.
    logs: BTreeMap<DeviceId, (Branch<'a>, Option<u32>)>,
    offices: BTreeSet<PrincipalId>,
}

impl<'a> Issuers<'a> {
    pub(super) fn of(given: &'a Given, cuts: &Cuts) -> Self {
        let log = |issuer: &DeviceId| {
            let cut = given.cut(cuts, &authority_log(*issuer)).map(|c| c.seq);
            (*issuer, (given.branch(cuts, *issuer), cut))
        };
        let offices = given.epochs().flat_map(|e| &e.offices);
        Self {
            given,
            logs: given.issuers.keys().map(log).collect(),
            offices: offices.map(|o| o.principal).collect(),
        }
    }

    /// The ways in which a certificate counts.
    pub(super) fn counting(&self, known: &'a Known) -> impl Iterator<Item = Won<'a>> {
        let claims = known.certificate.claims();
        // Nobody is put into a household but by one of its devices; a charter's office takes new ones in.
        let office = kind_of(claims) == PrincipalKind::Office;
        let placed = known.is_first || office && self.offices.contains(&claims.principal);
        let signers = known.signers.iter().filter(move |_| placed);
        signers.filter_map(|issuer| {
            let keys = self.enrolment(*issuer, &known.certificate)?;
            Some(Won {
                certificate: &known.certificate,
                issuer: *issuer,
                introduced: false,
                keys: keys.0,
            })
        })
    }

    /// Where the issuer's log is held up to the enrolment, it must be there, and by the epoch it cites the issuer
    /// had that scope. As long as it is not, an issuing key that is not cut is believed.
    fn enrolment(&self, issuer: DeviceId, certificate: &Certificate) -> Option<Enrolled<'a>> {
        let claims = certificate.claims();
        let (branch, cut) = self.logs.get(&issuer)?;
        if cut.is_some_and(|cut| claims.enrol_seq > cut) {
            return None;
        }
        let (epoch, enrolled) = match branch.at(claims.enrol_seq) {
            Place::Held(_, step) => match &step.body {
                StepBody::Enrol {
                    certificate: c,
                    kex,
                    net,
                    ..
                } if c.id() == certificate.id() => {
                    (self.given.epoch(step.cited)?, Enrolled(Some((kex, net))))
                }
                _ => return None,
            },
            Place::Open if cut.is_none() => (self.given.newest(), Enrolled(None)),
            Place::Open | Place::Closed => return None,
        };
        covers(epoch.issuing_key(&issuer)?, claims).then_some(enrolled)
    }
}

/// An enrolment that counts; the device's keys once its entry is held.
struct Enrolled<'a>(Option<(&'a [u8; 32], &'a [u8; 32])>);

/// Keeps the newer certificate of a device; whether it is the first one.
pub(super) fn better<'a>(into: &mut BTreeMap<DeviceId, Won<'a>>, candidate: Won<'a>) -> bool {
    match into.entry(candidate.certificate.claims().device) {
        Entry::Vacant(at) => {
            at.insert(candidate);
            true
        }
        Entry::Occupied(mut at) => {
            if at.get().order() < candidate.order() {
                at.insert(candidate);
            }
            false
        }
    }
}
