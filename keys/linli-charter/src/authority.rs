//! Standing: who may write what, as a pure fold of the set of things held that decide it.
//!
//! [`Authority`] keeps the inputs (epochs, certificates, enrolments, acts, forks, checkpoint leaves) as
//! ordered sets (`given`) and derives the rest from them (`derive`), top-down by rank: charter > issuing keys >
//! devices. Arrival order never shows: adding the same things in any order gives equal standings (trust.md §5),
//! which the property tests in `tests/` hold against an independent oracle. What an act, an enrolment and a
//! cut-off do is written out in `docs/formats/acts.md`.

mod branch;
mod carry;
mod cuts;
mod derive;
mod enrolled;
mod given;
mod holds;
mod keys;
mod rights;

pub use carry::{Carried, Refusal};
pub use keys::ScopeKey;
pub use rights::private_scope;

use crate::act::{Cut, Enrol, Hold, Keyset, Revoke};
use crate::cert::Certificate;
use crate::charter::{Charter, CharterError};
use crate::epoch::{ROLE_GATE, ROLE_OFFICER};
use branch::StepBody;
use derive::Standing;
use given::{Cited, Given};
use linli_base::{CommunityId, DeviceId, EntryId, Header, LogKey, PrincipalId, ScopeId};
use linli_keys::PublicKey;
use std::collections::BTreeMap;

/// What kind of actor a principal is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PrincipalKind {
    /// 户.
    Household,
    /// 居委会, 业委会, 物业.
    Office,
    /// A gate station.
    Gate,
    /// A screen or kiosk: reads, writes nothing.
    Screen,
}

/// A device with standing in this community.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// Its newest certificate that counts.
    pub certificate: Certificate,
    /// Who acts through it.
    pub principal: PrincipalId,
    /// What kind of principal.
    pub kind: PrincipalKind,
    /// Who enrolled it.
    pub issuer: DeviceId,
    /// May sign visitor passes.
    pub may_grant: bool,
    /// X25519 key to seal to, once its enrolment is held.
    pub kex: Option<[u8; 32]>,
    /// libp2p key, once its enrolment is held.
    pub net: Option<[u8; 32]>,
    /// Gate number, if an epoch names this device as that gate.
    pub gate: Option<u8>,
}

impl Device {
    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        self.certificate.key()
    }

    /// Unit as shown at the gate.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.certificate.claims().unit.as_deref()
    }
}

/// A hold in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenHold {
    /// Who holds.
    pub by: DeviceId,
    /// What its author had seen.
    pub hold: Hold,
    /// First 16 bytes of the target's hash (a device) or the principal.
    pub target: [u8; 16],
}

/// One act that decides standing, as held.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Act {
    Hold(Hold),
    Lift,
    Revoke(Revoke),
}

/// An act by its author's place and the epoch it cites.
#[derive(Clone, PartialEq, Eq, Debug)]
struct HeldAct {
    seq: u32,
    cited: Cited,
    target: [u8; 16],
    act: Act,
}

/// The fold. See the module's text.
#[derive(Clone, Debug)]
pub struct Authority {
    given: Given,
    standing: Standing,
    // Inside [`Authority::all_at_once`]: derive at its end.
    deferred: bool,
}

/// What changed in the standings after an addition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changed {
    /// A cut, hold or fork changed what counts: rows must be folded anew.
    pub limits: bool,
    /// A device gained or changed standing: entries that waited for it can be tried again.
    pub devices: bool,
}

impl Authority {
    /// Of a charter and nothing else.
    #[must_use]
    pub fn new(charter: Charter) -> Self {
        let mut new = Self {
            given: Given::new(charter),
            standing: Standing::default(),
            deferred: false,
        };
        new.derive();
        new
    }

    fn derive(&mut self) -> Changed {
        if self.deferred {
            return Changed::default();
        }
        let changed = self.standing.renew(&self.given);
        let Standing {
            households,
            offices,
            ..
        } = &self.standing;
        self.given.pair(households, offices);
        changed
    }

    /// Makes many additions and derives once: for opening a home.
    pub fn all_at_once(&mut self, add: impl FnOnce(&mut Self)) -> Changed {
        self.deferred = true;
        add(self);
        self.deferred = false;
        self.derive()
    }

    /// The community.
    #[must_use]
    pub const fn community(&self) -> &CommunityId {
        self.given.charter.community()
    }

    /// The charter.
    #[must_use]
    pub const fn charter(&self) -> &Charter {
        &self.given.charter
    }

    /// Appends an epoch.
    ///
    /// # Errors
    /// As [`Charter::append`].
    pub fn add_epoch(&mut self, bytes: &[u8]) -> Result<Changed, CharterError> {
        self.given.charter.append(bytes)?;
        self.given.meet_issuing_keys();
        self.given.meet_checkpoint();
        Ok(self.derive())
    }

    /// Learns a certificate from an `open` entry or a hello. Whether it counts is derived, now and whenever
    /// something else arrives.
    pub fn add_certificate(&mut self, certificate: Certificate) -> Changed {
        if self.given.add_certificate(certificate) {
            self.derive()
        } else {
            Changed::default()
        }
    }

    /// Learns an entry of an authority log: an `enrol`, a `keyset`, or any other. In any order and on any branch;
    /// it counts from the moment the log is held up to it. Entries of other lanes are passed over.
    pub fn add_authority_entry(
        &mut self,
        header: &Header,
        id: EntryId,
        body: AuthorityBody,
    ) -> Changed {
        let keyset = matches!(body, AuthorityBody::Keyset(_));
        let enrols = matches!(body, AuthorityBody::Enrol(_));
        let forks = self.given.forks.get(&header.log()).cloned();
        if !self.given.add_step(header, id, body) {
            return Changed::default();
        }
        let forked = self.given.forks.get(&header.log()) != forks.as_ref();
        // Of a device that never issued, an entry without an enrolment decides nobody's standing, unless it
        // closes a gap, or its log has branches to choose from.
        let decides = enrols
            || self.given.was_issuing(&header.device)
            || self.given.enrols_above(&header.device, header.seq)
            || self.given.may_branch(&header.log())
            || self.standing.cuts.contains_key(&header.device);
        let mut changed = if decides {
            self.derive()
        } else {
            Changed::default()
        };
        changed.devices |= keyset;
        changed.limits |= forked;
        changed
    }

    /// Learns an act, in any order. Acts that do not decide standing (cancel, erase) change nothing here.
    pub fn add_act(&mut self, header: &Header, id: EntryId, body: &[u8]) -> Changed {
        let act = match header.kind {
            linli_base::EntryKind::HOLD => Hold::decode(body).ok().map(Act::Hold),
            linli_base::EntryKind::LIFT => Some(Act::Lift),
            linli_base::EntryKind::REVOKE => Revoke::decode(body).ok().map(Act::Revoke),
            _ => None,
        };
        let Some(act) = act else {
            return Changed::default();
        };
        let forks = self.given.forks.get(&header.log()).cloned();
        if !self.given.add_act(header, id, act) {
            return Changed::default();
        }
        let mut changed = self.derive();
        changed.limits |= self.given.forks.get(&header.log()) != forks.as_ref();
        changed
    }

    /// Learns that a log forks at `seq`: it stops before it, unless a cut-off or checkpoint selects a branch.
    pub fn add_fork(&mut self, log: LogKey, seq: u32) -> Changed {
        if seq == 0 || !self.given.forks.entry(log).or_default().insert(seq) {
            return Changed::default();
        }
        let mut changed = self.derive();
        changed.limits = true;
        changed
    }

    /// Learns checkpoint leaves; they count only if they are all the leaves, in order, of a subtree that an epoch
    /// held here commits to. `false`: they are not, or the epoch has not come; nothing is kept then. `true`: limits
    /// may have changed, so rows must be folded anew.
    pub fn add_leaves(&mut self, class: u8, scope: ScopeId, leaves: &[Cut]) -> bool {
        let committed = self.given.add_leaves(class, scope, leaves);
        if committed {
            self.derive();
        }
        committed
    }

    /// A device with standing.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&Device> {
        self.standing.devices.get(id)
    }

    /// All devices with standing.
    #[must_use]
    pub const fn devices(&self) -> &BTreeMap<DeviceId, Device> {
        &self.standing.devices
    }

    /// Devices of one principal.
    pub fn devices_of(&self, principal: PrincipalId) -> impl Iterator<Item = (&DeviceId, &Device)> {
        self.standing
            .devices
            .iter()
            .filter(move |(_, d)| d.principal == principal)
    }

    /// Name of an office.
    #[must_use]
    pub fn office_name(&self, principal: &PrincipalId) -> Option<&str> {
        let epoch = self.given.newest();
        epoch
            .offices
            .iter()
            .find(|o| o.principal == *principal)
            .map(|o| o.name.as_str())
    }

    /// If a device is cut off: where a log of it ends, for its entries. An issuing key's cut below a checkpoint
    /// counts as that checkpoint. The id is zeros where nothing is left, or where two cut-offs disagree.
    #[must_use]
    pub fn cut(&self, log: &LogKey) -> Option<Cut> {
        self.given.cut(&self.standing.cuts, log)
    }

    /// The same for passes: as the cut-offs were written, below a checkpoint too.
    #[must_use]
    pub fn pass_cut(&self, log: &LogKey) -> Option<Cut> {
        self.given.written_cut(&self.standing.cuts, log)
    }

    /// The entry that selects the branch of a log: its cut-off, else its last checkpoint. A log that holds another
    /// entry at this place is on the wrong branch.
    #[must_use]
    pub fn selected(&self, log: &LogKey) -> Option<Cut> {
        let named = self.cut(log).or_else(|| self.given.leaf(log));
        named.filter(|c| !c.id.is_zero())
    }

    /// Whether a device is revoked.
    #[must_use]
    pub fn is_revoked(&self, device: &DeviceId) -> bool {
        self.standing.cuts.contains_key(device)
    }

    /// Whether a device is held: by a hold in force, or because a log of it forks and nothing selects a branch.
    #[must_use]
    pub fn is_held(&self, device: &DeviceId) -> bool {
        self.holds_on(device).next().is_some() || self.is_forked(device)
    }

    /// Whether a log of the device forks and no cut-off or checkpoint selects a branch: its key is used twice.
    #[must_use]
    pub fn is_forked(&self, device: &DeviceId) -> bool {
        let mut logs = self.given.forks.keys().filter(|log| log.device == *device);
        logs.any(|log| self.open_fork(log).is_some())
    }

    /// The first place at which a log forks while no cut-off or checkpoint at or above it selects a branch. Once one does,
    /// what stands on the other branch is gone for good.
    #[must_use]
    pub fn open_fork(&self, log: &LogKey) -> Option<u32> {
        self.given.open_fork(&self.standing.cuts, log)
    }

    /// Holds in force over a device or its principal.
    pub fn holds_on<'a>(
        &'a self,
        device: &DeviceId,
    ) -> impl Iterator<Item = (&'a EntryId, &'a OpenHold)> {
        let target = device.act_target();
        let principal = self.standing.devices.get(device).map(|d| d.principal.0);
        self.standing.holds.iter().filter(move |(_, h)| {
            if h.hold.principal {
                Some(h.target) == principal
            } else {
                h.target == target
            }
        })
    }

    /// All holds in force.
    #[must_use]
    pub const fn holds(&self) -> &BTreeMap<EntryId, OpenHold> {
        &self.standing.holds
    }

    /// Highest seq of a log that counts: below cut-offs, forks and holds. `u32::MAX` = all of it.
    #[must_use]
    pub fn limit(&self, log: &LogKey) -> u32 {
        let holds = self.holds_on(&log.device).map(|(_, h)| &h.hold);
        derive::limit(&self.given, &self.standing.cuts, holds, log)
    }

    /// The first place at which a log is known to fork, whether or not a branch is selected.
    #[must_use]
    pub fn fork(&self, log: &LogKey) -> Option<u32> {
        self.given.forks.get(log)?.first().copied()
    }

    /// All places at which a log is known to fork.
    pub fn forks(&self, log: &LogKey) -> impl Iterator<Item = u32> {
        self.given.forks.get(log).into_iter().flatten().copied()
    }

    /// Devices that an issuing key enrolled, by the place of the `enrol` in its authority log.
    #[must_use]
    pub fn enrolled_by(&self, issuer: &DeviceId) -> BTreeMap<u32, DeviceId> {
        let branch = self.given.branch(&self.standing.cuts, *issuer);
        let device = |step: &branch::Step| match &step.body {
            StepBody::Enrol { certificate, .. } => Some(certificate.claims().device),
            StepBody::Keyset(_) | StepBody::Other => None,
        };
        let enrols = branch.enrols();
        enrols
            .filter_map(|(seq, step)| Some((seq, device(step)?)))
            .collect()
    }

    /// How far the authority log of a device is held without a hole; 0 = nothing.
    #[must_use]
    pub fn authority_head(&self, device: &DeviceId) -> u32 {
        self.given.branch(&self.standing.cuts, *device).head()
    }

    /// Whether a device may hold and lift now.
    #[must_use]
    pub fn is_officer(&self, device: &DeviceId) -> bool {
        self.has_role(device, ROLE_OFFICER)
    }

    /// Whether a device is the property desk: reads the gate log and cancels passes.
    #[must_use]
    pub fn is_gate_desk(&self, device: &DeviceId) -> bool {
        self.has_role(device, ROLE_GATE)
    }

    fn has_role(&self, device: &DeviceId, role: u64) -> bool {
        let office = self.standing.devices.get(device);
        office.is_some_and(|d| d.kind == PrincipalKind::Office)
            && self.given.newest().roles_of(device) & role != 0
    }
}

/// What an authority entry says, once its payload was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AuthorityBody {
    /// A device joins.
    Enrol(Enrol),
    /// A scope's key.
    Keyset(Keyset),
    /// Anything else, or a body that could not be read.
    Other,
}
