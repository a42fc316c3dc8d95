//! Grants heard through the log, findable by id, by short code and by plate.

use crate::grant::{Cti, Grant, ShortCode};
use crate::plate::Plate;
use linli_base::{DeviceId, Period, hash};
use std::collections::{BTreeMap, BTreeSet};

/// Where a grant stands in its author's log of the pass lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LogPlace {
    /// The author: the device whose key signs the pass.
    pub device: DeviceId,
    /// Period of the lane.
    pub period: Period,
    /// Sequence number.
    pub seq: u32,
}

/// A grant that counts in the log: claims without the signed token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownGrant {
    /// The claims.
    pub grant: Grant,
    /// Its place.
    pub place: LogPlace,
    /// A resident's plate, issued by the office from the register: it opens even when the clock is lost.
    pub resident: bool,
}

/// The id of a grant: a household that writes another's cti into its own log does not displace it.
type Key = (Cti, DeviceId);

/// All grants heard.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grants {
    all: BTreeMap<Key, KnownGrant>,
    by_code: BTreeSet<(ShortCode, Key)>,
    by_plate: BTreeSet<(Plate, Key)>,
    /// Hash of a plate with a character left out (or none) to the plate; 64 bits, because a false hit is compared
    /// again and costs nothing else.
    near: BTreeSet<([u8; 8], Plate)>,
}

impl Grants {
    /// Adds or replaces a grant.
    pub fn hear(&mut self, known: KnownGrant) {
        let key = (known.grant.cti, known.place.device);
        self.forget(&key.0, &key.1);
        // A resident's plate has no code to be said.
        if !known.resident {
            self.by_code.insert((key.0.short_code(), key));
        }
        if let Some(plate) = &known.grant.plate {
            self.by_plate.insert((plate.clone(), key));
            let around = plate.neighbourhood();
            self.near
                .extend(around.iter().map(|n| (bucket(n), plate.clone())));
        }
        self.all.insert(key, known);
    }

    /// Takes a grant out: expired long ago, or it no longer counts.
    pub fn forget(&mut self, cti: &Cti, device: &DeviceId) {
        let key = (*cti, *device);
        let Some(known) = self.all.remove(&key) else {
            return;
        };
        self.by_code.remove(&(cti.short_code(), key));
        if let Some(plate) = known.grant.plate.clone() {
            self.by_plate.remove(&(plate.clone(), key));
            if self.with_plate(&plate).next().is_none() {
                for around in plate.neighbourhood() {
                    self.near.remove(&(bucket(&around), plate.clone()));
                }
            }
        }
    }

    /// A grant by its id and author.
    #[must_use]
    pub fn get(&self, cti: &Cti, device: &DeviceId) -> Option<&KnownGrant> {
        self.all.get(&(*cti, *device))
    }

    /// How many grants are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All grants, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &KnownGrant> {
        self.all.values()
    }

    /// Grants with this short code.
    pub fn with_code(&self, code: ShortCode) -> impl Iterator<Item = &KnownGrant> {
        const LOW: Key = (Cti([0; 12]), DeviceId([0; 32]));
        const HIGH: Key = (Cti([0xff; 12]), DeviceId([0xff; 32]));
        let hits = self.by_code.range((code, LOW)..=(code, HIGH));
        hits.filter_map(|(_, key)| self.all.get(key))
    }

    /// Grants with exactly this plate.
    pub fn with_plate(&self, plate: &Plate) -> impl Iterator<Item = &KnownGrant> {
        const LOW: Key = (Cti([0; 12]), DeviceId([0; 32]));
        let wanted = plate.clone();
        let hits = self.by_plate.range((wanted.clone(), LOW)..);
        hits.take_while(move |(p, _)| *p == wanted)
            .filter_map(|(_, key)| self.all.get(key))
    }

    /// Plates of held grants at edit distance 1.
    #[must_use]
    pub fn plates_near(&self, plate: &Plate) -> BTreeSet<&Plate> {
        let mut found = BTreeSet::new();
        for around in plate.neighbourhood() {
            let at = bucket(&around);
            let hits = self
                .near
                .range((at, Plate::lowest())..)
                .take_while(|(h, _)| *h == at);
            found.extend(hits.map(|(_, p)| p).filter(|p| p.near(plate).is_some()));
        }
        found
    }
}

fn bucket(text: &str) -> [u8; 8] {
    let digest = hash::blake3_raw(text.as_bytes());
    let mut out = [0; 8];
    out.copy_from_slice(&digest[..8]);
    out
}
