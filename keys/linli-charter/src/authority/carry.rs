//! `Verified` -> `Carried`: an entry in its place, by a device whose role allows it.

use super::{Authority, PrincipalKind, rights};
use linli_base::{DeviceId, Entry, EntryKind, Header, LaneClass, LaneKey, Period};
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
    /// A log that does not begin with its certificate, a second certificate, or an act that would expire.
    #[error("its header does not fit what it is")]
    Form,
    /// Whose lane it is cannot be told yet: the household or office it names is not known here.
    #[error("whose lane it is is not known here")]
    UnknownScope,
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
        matches!(
            self,
            Self::UnknownDevice | Self::EpochAhead | Self::UnknownScope
        )
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
        let device = self.device(&h.device).ok_or(Refusal::UnknownDevice)?;
        let epoch = self.charter().epoch(h.epoch).ok_or(Refusal::EpochAhead)?;
        if epoch.id.0[..8] != h.epoch_tag {
            return Err(Refusal::WrongEpoch);
        }
        if !rights::scope_fits(h, self.community()) || !rights::period_fits(h) {
            return Err(Refusal::Lane);
        }
        if !form_fits(h) {
            return Err(Refusal::Form);
        }
        if !sealing_fits(h) {
            return Err(Refusal::Sealing);
        }
        // The skeleton of the estate goes to gates too, in the open: only offices put something there.
        if is_skeleton(&h.log().lane) && device.kind != PrincipalKind::Office {
            return Err(Refusal::Role);
        }
        let shares = self.shares(&device.principal, &h.scope);
        if !rights::may_write(device, h, &epoch.epoch, shares) {
            // A shared scope is a hash; whose it is shows once both are known here.
            let unknown = h.class == LaneClass::With && self.given.parties(&h.scope).is_none();
            return Err(if unknown {
                Refusal::UnknownScope
            } else {
                Refusal::Role
            });
        }
        if h.class == LaneClass::House && !self.is_household(&h.scope) {
            return Err(Refusal::UnknownScope);
        }
        let above = self.cut(&h.log()).is_some_and(|cut| h.seq > cut.seq);
        let single_cancel = h.kind == EntryKind::CANCEL && !h.record.is_zero();
        if above && !single_cancel {
            return Err(Refusal::AboveCut);
        }
        Ok(())
    }

    /// Whether a peer's device may carry entries of a lane, unopened (trust.md §4, column "carries").
    ///
    /// Of the board a gate carries what has no period, the skeleton of buildings and rooms, and nothing else: no
    /// post, no comment, no name (docs/decisions/0014-gates-carry-the-skeleton.md).
    #[must_use]
    pub fn may_carry(&self, device: &DeviceId, lane: &LaneKey) -> bool {
        let Some(d) = self.device(device).filter(|_| !self.is_revoked(device)) else {
            return false;
        };
        match lane.class {
            LaneClass::Board => d.kind != PrincipalKind::Gate || is_skeleton(lane),
            LaneClass::GateLog => d.gate.is_some() || d.kind == PrincipalKind::Office,
            LaneClass::Office => {
                d.kind == PrincipalKind::Office && d.principal.scope() == lane.scope
            }
            LaneClass::Authority
            | LaneClass::Notice
            | LaneClass::Pass
            | LaneClass::House
            | LaneClass::With
            | LaneClass::Private => true,
        }
    }
}

/// The board's lane without a period, in which buildings and rooms stand and nothing else.
fn is_skeleton(lane: &LaneKey) -> bool {
    lane.class == LaneClass::Board && lane.period == Period::NONE
}

/// A log begins with its certificate and has no other; what restricts does not expire.
fn form_fits(h: &Header) -> bool {
    let opens = (h.kind == EntryKind::OPEN) == (h.seq == 1);
    let lasts = h.class == LaneClass::Authority || h.kind.is_act();
    opens && (h.drop_day == 0 || !lasts)
}

fn sealing_fits(h: &Header) -> bool {
    match h.kind {
        // The certificate and acts are read by every carrier.
        EntryKind::OPEN => !h.sealed,
        k if k.is_act() => !h.sealed,
        k if k.is_known() => h.sealed != h.class.is_open(),
        _ => true,
    }
}
