//! The tables of trust.md §4 as code: who writes, reads and publishes keys in which lane.
//!
//! `tests/table.rs` reads the same tables line by line.

use super::{Authority, Device, PrincipalKind};
use crate::epoch::{Epoch, ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER};
use linli_base::{CommunityId, DeviceId, EntryKind, Header, LaneClass, PrincipalId, ScopeId};

/// Scope of a private lane (class 8): the first eight bytes are those of the principal that opened it, so that
/// only its devices can publish the lane's keys; the rest is random.
#[must_use]
pub fn private_scope(opener: &PrincipalId, random: [u8; 8]) -> ScopeId {
    let mut scope = [0; 16];
    scope[..8].copy_from_slice(&opener.0[..8]);
    scope[8..].copy_from_slice(&random);
    ScopeId(scope)
}

/// Whether a device writes entries of this kind into this lane, by the roles of one epoch. `shares` says whether
/// its principal is one of the two that share the scope of a `with` lane.
pub(super) fn may_write(device: &Device, h: &Header, epoch: &Epoch, shares: bool) -> bool {
    let household = device.kind == PrincipalKind::Household;
    let office = device.kind == PrincipalKind::Office;
    let own = device.principal.scope() == h.scope;
    let role = |bit| office && epoch.roles_of(&h.device) & bit != 0;
    let issuing = epoch.issuing_key(&h.device).is_some();
    let gate = is_gate(device, &h.device, epoch);
    let kind = h.kind;
    let act = kind.is_act() || matches!(kind, EntryKind::ENROL | EntryKind::KEYSET);
    // Whoever may write anything here may open a log, and write kinds that only newer versions know.
    let any = kind == EntryKind::OPEN || !kind.is_known();
    let content = !act || kind == EntryKind::ERASE;
    match h.class {
        LaneClass::Authority => match kind {
            EntryKind::ENROL => issuing || household,
            EntryKind::KEYSET => household || office,
            EntryKind::HOLD => household || role(ROLE_OFFICER),
            // The holder may lift, even if he is an officer no more.
            EntryKind::LIFT => household || office,
            EntryKind::REVOKE => issuing,
            _ => any && (issuing || household || office),
        },
        LaneClass::Notice => content && role(ROLE_NOTICE),
        LaneClass::Board => content && (household || office),
        LaneClass::Pass => match kind {
            EntryKind::CANCEL | EntryKind::ERASE => household || office,
            _ => any && (household || office) || !act && device.may_grant,
        },
        LaneClass::GateLog => !act && gate,
        LaneClass::House => content && (own && household || gate),
        LaneClass::With => content && shares,
        LaneClass::Office => content && own && office,
        LaneClass::Private => content && (household || office),
    }
}

/// A device counts as a gate only where an epoch names it as one.
fn is_gate(device: &Device, id: &DeviceId, epoch: &Epoch) -> bool {
    let named = epoch.gates.iter().any(|g| g.device == Some(*id));
    named && device.kind == PrincipalKind::Gate
}

impl Authority {
    /// Whether a scope is shared by a household and an office that stand, one of them this principal.
    pub(super) fn shares(&self, principal: &PrincipalId, scope: &ScopeId) -> bool {
        self.given
            .parties(scope)
            .is_some_and(|(household, office)| {
                (household == *principal || office == *principal)
                    && self.standing.households.contains(&household)
                    && self.standing.offices.contains(&office)
            })
    }

    /// Whether a scope is a household's.
    pub(super) fn is_household(&self, scope: &ScopeId) -> bool {
        self.standing.households.contains(&PrincipalId(scope.0))
    }

    /// Whether a device publishes keys of a scope, by the roles of one epoch.
    pub(super) fn may_publish(
        &self,
        by: &DeviceId,
        class: LaneClass,
        scope: &ScopeId,
        epoch: &Epoch,
    ) -> bool {
        let Some(device) = self.standing.devices.get(by) else {
            return false;
        };
        let own = device.principal.scope() == *scope;
        let office = device.kind == PrincipalKind::Office;
        let household = device.kind == PrincipalKind::Household;
        match class {
            LaneClass::House => own && household,
            LaneClass::Office => own && office,
            LaneClass::Pass | LaneClass::GateLog => {
                let desk = office && epoch.roles_of(by) & ROLE_GATE != 0;
                desk && *scope == ScopeId::gates(self.community())
            }
            LaneClass::With => office && self.shares(&device.principal, scope),
            LaneClass::Private => (household || office) && opened_by(&device.principal, scope),
            LaneClass::Authority | LaneClass::Notice | LaneClass::Board => false,
        }
    }

    /// Whether a device may read a scope, so that its key must be wrapped for it. Who opened a private lane names
    /// its parties by wrapping its key for them. (The issuer of a grant reads its own copy, not the gates' scope.)
    #[must_use]
    pub fn may_read(&self, device: &DeviceId, class: LaneClass, scope: &ScopeId) -> bool {
        let device_of = self.standing.devices.get(device);
        let Some(d) = device_of.filter(|_| !self.is_revoked(device)) else {
            return false;
        };
        let own = d.principal.scope() == *scope;
        let household = d.kind == PrincipalKind::Household;
        let office = d.kind == PrincipalKind::Office;
        match class {
            LaneClass::Authority | LaneClass::Notice => scope.is_zero(),
            LaneClass::Board => scope.is_zero() && (household || office),
            LaneClass::Pass | LaneClass::GateLog => {
                *scope == ScopeId::gates(self.community())
                    && (d.gate.is_some() || self.is_gate_desk(device))
            }
            LaneClass::House => own && household,
            LaneClass::With => self.shares(&d.principal, scope),
            LaneClass::Office => own && office,
            LaneClass::Private => {
                opened_by(&d.principal, scope)
                    || self.scope_keys(class, scope).iter().any(|k| {
                        let target = device.act_target();
                        k.keyset.wraps.iter().any(|(to, _)| *to == target)
                    })
            }
        }
    }
}

fn opened_by(principal: &PrincipalId, scope: &ScopeId) -> bool {
    principal.0[..8] == scope.0[..8]
}

/// The scope that carriers expect of a lane of this class.
pub(super) fn scope_fits(h: &Header, community: &CommunityId) -> bool {
    match h.class {
        LaneClass::Authority | LaneClass::Notice | LaneClass::Board => h.scope.is_zero(),
        LaneClass::Pass | LaneClass::GateLog => h.scope == ScopeId::gates(community),
        LaneClass::House | LaneClass::With | LaneClass::Office | LaneClass::Private => {
            !h.scope.is_zero()
        }
    }
}

/// The periods that a lane of this class has: a year, a quarter, a month, or none.
pub(super) const fn period_fits(h: &Header) -> bool {
    let month = h.period.0;
    match h.class {
        LaneClass::Authority => month == 0,
        LaneClass::Notice | LaneClass::Private => month != 0 && month.is_multiple_of(12),
        LaneClass::Board | LaneClass::House | LaneClass::With | LaneClass::Office => {
            month.is_multiple_of(12)
        }
        LaneClass::Pass => month != 0 && month.is_multiple_of(3),
        LaneClass::GateLog => month != 0,
    }
}
