//! Standing: who may write what, as a pure fold of the set of things held that decide it.
//!
//! [`Authority`] keeps the inputs (epochs, certificates, enrolments, acts, forks, checkpoint leaves) as
//! ordered sets and derives the rest from them, top-down by rank: charter > issuing keys > devices. Arrival
//! order never shows: adding the same things in any order gives equal standings (trust.md §5), which the
//! property tests in `tests/` hold against an independent oracle.

mod carry;
mod derive;

pub use carry::{Carried, Refusal};

use crate::act::{Cut, Enrol, Hold, Keyset, Revoke};
use crate::cert::Certificate;
use crate::charter::{Charter, CharterError};
use linli_base::{CommunityId, DeviceId, EntryId, Header, LaneClass, LogKey, PrincipalId, ScopeId};
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

#[derive(Clone, PartialEq, Eq, Debug)]
struct HeldAct {
    log: LogKey,
    seq: u32,
    target: [u8; 16],
    act: Act,
}

/// A published scope key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeKey {
    /// Who published it.
    pub by: DeviceId,
    /// The keyset.
    pub keyset: Keyset,
    /// Place in the publisher's authority log; the newest usable one is written to.
    pub seq: u32,
}

/// The fold. See the module's text.
#[derive(Clone, Debug)]
pub struct Authority {
    charter: Charter,
    // Inputs, as sets.
    certificates: BTreeMap<[u8; 32], Certificate>,
    enrols: BTreeMap<(LogKey, u32), (EntryId, Enrol, Certificate)>,
    authority_heads: BTreeMap<LogKey, u32>,
    acts: BTreeMap<EntryId, HeldAct>,
    forks: BTreeMap<LogKey, u32>,
    leaves: BTreeMap<LogKey, Cut>,
    keysets: BTreeMap<(LogKey, u32), Keyset>,
    // Signatures already checked: (certificate, issuer) -> right or not. A cache, not an input.
    checked: BTreeMap<([u8; 32], DeviceId), bool>,
    // Inside [`Authority::all_at_once`]: derive at its end.
    deferred: bool,
    // Derived.
    devices: BTreeMap<DeviceId, Device>,
    cuts: BTreeMap<DeviceId, BTreeMap<LogKey, Cut>>,
    holds: BTreeMap<EntryId, OpenHold>,
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
            charter,
            certificates: BTreeMap::new(),
            enrols: BTreeMap::new(),
            authority_heads: BTreeMap::new(),
            acts: BTreeMap::new(),
            forks: BTreeMap::new(),
            leaves: BTreeMap::new(),
            keysets: BTreeMap::new(),
            checked: BTreeMap::new(),
            deferred: false,
            devices: BTreeMap::new(),
            cuts: BTreeMap::new(),
            holds: BTreeMap::new(),
        };
        new.derive();
        new
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
        self.charter.community()
    }

    /// The charter.
    #[must_use]
    pub const fn charter(&self) -> &Charter {
        &self.charter
    }

    /// Appends an epoch.
    ///
    /// # Errors
    /// As [`Charter::append`].
    pub fn add_epoch(&mut self, bytes: &[u8]) -> Result<Changed, CharterError> {
        self.charter.append(bytes)?;
        Ok(self.derive())
    }

    /// Learns a certificate from an `open` entry or a hello. Whether it counts is derived, now and whenever
    /// something else arrives.
    pub fn add_certificate(&mut self, certificate: Certificate) -> Changed {
        if self
            .certificates
            .insert(certificate.id(), certificate)
            .is_some()
        {
            return Changed::default();
        }
        self.derive()
    }

    /// Learns the next entry of an authority log, in order of the log: an `enrol`, a `keyset`, or any other
    /// (`None`), which still moves the head.
    pub fn add_authority_entry(
        &mut self,
        header: &Header,
        id: EntryId,
        body: AuthorityBody,
    ) -> Changed {
        let log = header.log();
        let head = self.authority_heads.entry(log).or_default();
        *head = (*head).max(header.seq);
        match body {
            AuthorityBody::Other => Changed::default(),
            AuthorityBody::Keyset(keyset) => {
                self.keysets.insert((log, header.seq), keyset);
                Changed {
                    limits: false,
                    devices: true,
                }
            }
            AuthorityBody::Enrol(enrol) => {
                let Ok(certificate) = Certificate::parse(&enrol.certificate) else {
                    return Changed::default();
                };
                self.certificates
                    .insert(certificate.id(), certificate.clone());
                self.enrols
                    .insert((log, header.seq), (id, enrol, certificate));
                self.derive()
            }
        }
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
        let held = HeldAct {
            log: header.log(),
            seq: header.seq,
            target: header.record.0,
            act,
        };
        if self.acts.insert(id, held).is_some() {
            return Changed::default();
        }
        self.derive()
    }

    /// Learns that a log forks at `seq`: it stops before it, unless a cut-off or checkpoint selects a branch.
    pub fn add_fork(&mut self, log: LogKey, seq: u32) -> Changed {
        let at = self.forks.entry(log).or_insert(seq);
        *at = (*at).min(seq);
        Changed {
            limits: true,
            devices: false,
        }
    }

    /// Learns checkpoint leaves of the newest epoch; they count only if they are all the leaves of a subtree
    /// that an epoch commits to.
    pub fn add_leaves(&mut self, class: u8, scope: ScopeId, leaves: &[Cut]) -> bool {
        let root = crate::epoch::merkle_root(leaves);
        let committed = self.charter.chain().iter().rev().any(|held| {
            held.epoch
                .checkpoint
                .iter()
                .any(|s| s.class == class && s.scope == scope && s.root == root)
        });
        let fits = leaves
            .iter()
            .all(|l| l.log.lane.class as u8 == class && l.log.lane.scope == scope);
        if !committed || !fits {
            return false;
        }
        for leaf in leaves {
            let at = self.leaves.entry(leaf.log).or_insert(*leaf);
            if leaf.seq > at.seq {
                *at = *leaf;
            }
        }
        self.derive();
        true
    }

    /// A device with standing.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&Device> {
        self.devices.get(id)
    }

    /// All devices with standing.
    #[must_use]
    pub const fn devices(&self) -> &BTreeMap<DeviceId, Device> {
        &self.devices
    }

    /// Devices of one principal.
    pub fn devices_of(&self, principal: PrincipalId) -> impl Iterator<Item = (&DeviceId, &Device)> {
        self.devices
            .iter()
            .filter(move |(_, d)| d.principal == principal)
    }

    /// Name of an office.
    #[must_use]
    pub fn office_name(&self, principal: &PrincipalId) -> Option<&str> {
        let epoch = &self.charter.newest().epoch;
        epoch
            .offices
            .iter()
            .find(|o| o.principal == *principal)
            .map(|o| o.name.as_str())
    }

    /// Devices that an issuing key enrolled, by the place of the `enrol` in its authority log.
    #[must_use]
    pub fn enrolled_by(&self, issuer: &DeviceId) -> BTreeMap<u32, DeviceId> {
        let log = derive::authority_log(*issuer);
        self.enrols
            .range((log, 0)..=(log, u32::MAX))
            .map(|((_, seq), (_, _, certificate))| (*seq, certificate.claims().device))
            .collect()
    }

    /// How far the authority log of a device is held without a hole; 0 = nothing.
    #[must_use]
    pub fn authority_head(&self, device: &DeviceId) -> u32 {
        self.authority_heads
            .get(&derive::authority_log(*device))
            .copied()
            .unwrap_or(0)
    }

    /// Whether a device is cut off, and where a log of it ends then.
    #[must_use]
    pub fn cut(&self, log: &LogKey) -> Option<Cut> {
        let cuts = self.cuts.get(&log.device)?;
        let none = Cut {
            log: *log,
            seq: 0,
            id: EntryId::ZERO,
        };
        Some(
            cuts.get(log)
                .or_else(|| self.leaves.get(log))
                .copied()
                .unwrap_or(none),
        )
    }

    /// Whether a device is revoked.
    #[must_use]
    pub fn is_revoked(&self, device: &DeviceId) -> bool {
        self.cuts.contains_key(device)
    }

    /// Holds in force over a device or its principal.
    pub fn holds_on<'a>(
        &'a self,
        device: &DeviceId,
    ) -> impl Iterator<Item = (&'a EntryId, &'a OpenHold)> {
        let target = device.act_target();
        let principal = self.devices.get(device).map(|d| d.principal.0);
        self.holds.iter().filter(move |(_, h)| {
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
        &self.holds
    }

    /// Highest seq of a log that counts: below cut-offs, forks and holds. `u32::MAX` = all of it.
    #[must_use]
    pub fn limit(&self, log: &LogKey) -> u32 {
        let cut = self.cut(log).map(|c| c.seq);
        let fork = self.forks.get(log).map(|at| {
            let chosen = self.leaves.get(log).is_some_and(|l| l.seq >= *at);
            if chosen { u32::MAX } else { at - 1 }
        });
        let held = self
            .holds_on(&log.device)
            .map(|(_, h)| {
                h.hold
                    .heads
                    .iter()
                    .find(|c| c.log == *log)
                    .map_or(0, |c| c.seq)
            })
            .min();
        match cut {
            // A cut-off selects its branch: forks at or below it are proof only.
            Some(seq) => seq.min(held.unwrap_or(u32::MAX)),
            None => fork.unwrap_or(u32::MAX).min(held.unwrap_or(u32::MAX)),
        }
    }

    /// Where a log forks, if it is known to.
    #[must_use]
    pub fn fork(&self, log: &LogKey) -> Option<u32> {
        self.forks.get(log).copied()
    }

    /// All keysets that count.
    #[must_use]
    pub fn counting_keysets(&self) -> Vec<Keyset> {
        self.keysets
            .iter()
            .filter(|((log, seq), k)| {
                *seq <= self.limit(log) && self.may_publish_key(&log.device, k.class, &k.scope)
            })
            .map(|(_, k)| k.clone())
            .collect()
    }

    /// Published keys of a scope that count, oldest first: by publisher, then place.
    #[must_use]
    pub fn scope_keys(&self, class: LaneClass, scope: &ScopeId) -> Vec<ScopeKey> {
        self.keysets
            .iter()
            .filter(|((log, seq), k)| {
                k.class == class
                    && k.scope == *scope
                    && *seq <= self.limit(log)
                    && self.may_publish_key(&log.device, class, scope)
            })
            .map(|((log, seq), k)| ScopeKey {
                by: log.device,
                keyset: k.clone(),
                seq: *seq,
            })
            .collect()
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
