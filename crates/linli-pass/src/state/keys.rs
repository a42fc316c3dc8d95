//! Devices the gate knows from the authority log, and the issuing keys of the newest epoch.

use linli_base::DeviceId;
use linli_charter::{DeviceClaims, IssuingKey};
use linli_keys::{PublicKey, cose};
use std::collections::{BTreeMap, BTreeSet};

/// An issuing key of the newest epoch held, with what is held of its authority log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// The key and its scope.
    pub key: IssuingKey,
    /// How far its authority log is held without a hole; 0 = nothing.
    pub held_to: u32,
    /// Devices by the `seq` of the `enrol` that names them.
    pub enrols: BTreeMap<u32, DeviceId>,
    /// Cut-off, if it has one: enrolments above it do not count.
    pub cut_at: Option<u32>,
}

impl Issuer {
    /// An issuing key of whose log nothing is held.
    #[must_use]
    pub const fn new(key: IssuingKey) -> Self {
        Self {
            key,
            held_to: 0,
            enrols: BTreeMap::new(),
            cut_at: None,
        }
    }

    /// Whether nothing known speaks against this enrolment: a gate that holds the log that far requires it to be
    /// there (pass.md §1).
    #[must_use]
    pub fn may_have_enrolled(&self, device: &DeviceId, seq: u32) -> bool {
        let below_cut = self.cut_at.is_none_or(|cut| seq <= cut);
        let known = seq > self.held_to || self.enrols.get(&seq) == Some(device);
        below_cut && known
    }
}

/// Devices by id and by key id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys {
    devices: BTreeMap<DeviceId, DeviceClaims>,
    by_kid: BTreeMap<[u8; 8], BTreeSet<DeviceId>>,
    issuers: BTreeMap<DeviceId, Issuer>,
    issuers_by_kid: BTreeMap<[u8; 8], BTreeSet<DeviceId>>,
}

impl Keys {
    /// Adds a device with a certificate that counts; of several certificates the newest (by `iat`, then `exp`)
    /// stays. A device whose key is not usable is left out.
    pub fn hear(&mut self, claims: DeviceClaims) {
        let Ok(key) = PublicKey::parse(&claims.device.0) else {
            return;
        };
        let device = claims.device;
        self.by_kid
            .entry(cose::kid(&key))
            .or_default()
            .insert(device);
        match self.devices.get(&device) {
            Some(held) if (held.iat, held.exp) >= (claims.iat, claims.exp) => {}
            _ => {
                self.devices.insert(device, claims);
            }
        }
    }

    /// Takes a device out: its enrolment no longer counts.
    pub fn forget(&mut self, device: &DeviceId) {
        self.devices.remove(device);
        self.by_kid.values_mut().for_each(|set| {
            set.remove(device);
        });
    }

    /// Replaces the issuing keys: those of the newest epoch held, and no others.
    pub fn set_issuers(&mut self, issuers: impl IntoIterator<Item = Issuer>) {
        self.issuers.clear();
        self.issuers_by_kid.clear();
        for issuer in issuers {
            if let Ok(key) = PublicKey::parse(&issuer.key.device.0) {
                let device = issuer.key.device;
                self.issuers_by_kid
                    .entry(cose::kid(&key))
                    .or_default()
                    .insert(device);
                self.issuers.insert(device, issuer);
            }
        }
    }

    /// A device by id.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&DeviceClaims> {
        self.devices.get(device)
    }

    /// Every device that has this key id.
    pub fn candidates(&self, kid: &[u8; 8]) -> impl Iterator<Item = &DeviceClaims> {
        let ids = self.by_kid.get(kid).into_iter().flatten();
        ids.filter_map(|id| self.devices.get(id))
    }

    /// Every issuing key that has this key id.
    pub fn issuers(&self, kid: &[u8; 8]) -> impl Iterator<Item = &Issuer> {
        let ids = self.issuers_by_kid.get(kid).into_iter().flatten();
        ids.filter_map(|id| self.issuers.get(id))
    }
}
