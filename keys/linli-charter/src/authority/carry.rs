//! `Verified` -> `Carried`: an entry in its place, by a device whose role allows it.

use super::{Authority, Device, PrincipalKind};
use crate::epoch::ROLE_NOTICE;
use linli_base::{DeviceId, Entry, EntryKind, Header, LaneClass, LaneKey, ScopeId};
use linli_keys::Verified;

/// An entry that has its place: certificate, role, lane, length and hash. It may be stored and relayed
/// unopened; its chain is the log's business, its content the reader's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Carried<T>(T);

impl<T> Carried<T> {
    /// The content.
    pub const fn content(&self) -> &T {
        &self.0
    }

    /// Takes the content out, giving the proof up.
    pub fn into_content(self) -> T {
        self.0
    }
}

impl Carried<Entry> {
    /// An entry that this home carried before and reads back from its own sealed store.
    #[must_use]
    pub const fn remembered(entry: Entry) -> Self {
        Self(entry)
    }
}

/// Why an entry has no place (yet).
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody here has heard of the device: its certificate may still come.
    #[error("the device is not known here")]
    UnknownDevice,
    /// Cites an epoch that is newer than the newest held: wait for it.
    #[error("it cites a charter that has not arrived here")]
    EpochAhead,
    /// Cites an epoch by a wrong id.
    #[error("it cites a charter that is not ours")]
    WrongEpoch,
    /// The device had no such role in the epoch it cites.
    #[error("the device may not write this here")]
    Role,
    /// The lane does not exist: wrong scope or period for its class.
    #[error("there is no such lane")]
    Lane,
    /// Sealed where it must be plain, or plain where it must be sealed.
    #[error("sealed where it must be open, or open where it must be sealed")]
    Sealing,
    /// Above the cut-off of a revoked device.
    #[error("the device was revoked before this entry")]
    AboveCut,
}

impl Refusal {
    /// Whether it may still find its place when more arrives.
    #[must_use]
    pub const fn can_wait(self) -> bool {
        matches!(self, Self::UnknownDevice | Self::EpochAhead)
    }
}

impl Authority {
    /// Gives a verified entry its place.
    ///
    /// # Errors
    /// [`Refusal`]; nothing was stored.
    pub fn carry(&self, entry: Verified<Entry>) -> Result<Carried<Entry>, Refusal> {
        self.place(&entry.content().header)?;
        Ok(Carried(entry.into_content()))
    }

    /// The checks of [`Self::carry`] on a header alone.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn place(&self, h: &Header) -> Result<(), Refusal> {
        let device = self.devices.get(&h.device).ok_or(Refusal::UnknownDevice)?;
        let epoch = self.charter.epoch(h.epoch).ok_or(Refusal::EpochAhead)?;
        if epoch.id.0[..8] != h.epoch_tag {
            return Err(Refusal::WrongEpoch);
        }
        if !lane_exists(h, self) {
            return Err(Refusal::Lane);
        }
        if !sealing_fits(h) {
            return Err(Refusal::Sealing);
        }
        let roles = epoch.epoch.roles_of(&h.device);
        let issuing = epoch.epoch.issuing_key(&h.device).is_some();
        if !may_write(device, h, roles, issuing) {
            return Err(Refusal::Role);
        }
        let above = self.cut(&h.log()).is_some_and(|cut| h.seq > cut.seq);
        if above && h.kind != EntryKind::CANCEL {
            return Err(Refusal::AboveCut);
        }
        Ok(())
    }

    /// Whether a peer's device may carry entries of a lane, unopened (trust.md §4, column "carries").
    #[must_use]
    pub fn may_carry(&self, device: &DeviceId, lane: &LaneKey) -> bool {
        let Some(d) = self
            .devices
            .get(device)
            .filter(|_| !self.is_revoked(device))
        else {
            return false;
        };
        match lane.class {
            LaneClass::Board => d.kind != PrincipalKind::Gate,
            LaneClass::GateLog => matches!(d.kind, PrincipalKind::Gate | PrincipalKind::Office),
            LaneClass::Office => d.principal.scope() == lane.scope,
            _ => true,
        }
    }

    /// Whether a device may read a scope, so that its key must be wrapped for it.
    #[must_use]
    pub fn may_read(&self, device: &DeviceId, class: LaneClass, scope: &ScopeId) -> bool {
        let Some(d) = self
            .devices
            .get(device)
            .filter(|_| !self.is_revoked(device))
        else {
            return false;
        };
        let own = d.principal.scope() == *scope;
        match class {
            LaneClass::Authority | LaneClass::Notice | LaneClass::Board => true,
            LaneClass::Pass | LaneClass::GateLog => {
                *scope == ScopeId::gates(self.community())
                    && (d.gate.is_some() || self.is_gate_desk(device))
            }
            LaneClass::House => own && d.kind == PrincipalKind::Household,
            LaneClass::Office => own && d.kind == PrincipalKind::Office,
            LaneClass::With | LaneClass::Private => own,
        }
    }
}

fn lane_exists(h: &Header, authority: &Authority) -> bool {
    let month = h.period.0;
    let period_fits = match h.class {
        LaneClass::Authority => month == 0,
        LaneClass::Notice | LaneClass::Private => month != 0 && month.is_multiple_of(12),
        LaneClass::Board | LaneClass::House | LaneClass::With | LaneClass::Office => {
            month.is_multiple_of(12)
        }
        LaneClass::Pass => month != 0 && month.is_multiple_of(3),
        LaneClass::GateLog => month != 0,
    };
    let scope_fits = match h.class {
        LaneClass::Authority | LaneClass::Notice | LaneClass::Board => h.scope.is_zero(),
        LaneClass::Pass | LaneClass::GateLog => h.scope == ScopeId::gates(authority.community()),
        _ => !h.scope.is_zero(),
    };
    period_fits && scope_fits
}

fn sealing_fits(h: &Header) -> bool {
    match h.kind {
        // The certificate and acts are read by every carrier.
        EntryKind::OPEN => !h.sealed && h.seq == 1,
        k if k.is_act() => !h.sealed,
        k if k.is_known() => h.sealed != h.class.is_open(),
        _ => true,
    }
}

fn may_write(device: &Device, h: &Header, roles: u64, issuing: bool) -> bool {
    let own = device.principal.scope() == h.scope;
    let household = device.kind == PrincipalKind::Household;
    let office = device.kind == PrincipalKind::Office;
    if h.kind == EntryKind::OPEN {
        return device.kind != PrincipalKind::Screen;
    }
    match h.class {
        LaneClass::Authority => match h.kind {
            EntryKind::ENROL | EntryKind::REVOKE => issuing || household,
            EntryKind::KEYSET => household || office,
            EntryKind::HOLD | EntryKind::LIFT => issuing || office || household,
            _ => false,
        },
        LaneClass::Notice => roles & ROLE_NOTICE != 0,
        LaneClass::Board => household || office,
        LaneClass::Pass => match h.kind {
            EntryKind::CANCEL => household || office,
            _ => device.may_grant,
        },
        LaneClass::GateLog => device.kind == PrincipalKind::Gate,
        LaneClass::House => own || device.kind == PrincipalKind::Gate,
        LaneClass::With => household || office,
        LaneClass::Office => own && office,
        LaneClass::Private => household || office,
    }
}
