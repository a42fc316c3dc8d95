//! What the vault's tests share: a home in a temporary directory and a keyring in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod formats;
mod places;
mod resting;

use crate::ring::Ring;
use crate::*;
use linli_base::Dice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// Dice that count, so that every draw is different and every run the same.
pub(crate) struct Counting(pub(crate) u64);

impl Dice for Counting {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

/// How a keyring behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mood {
    Works,
    Absent,
    Locked,
    Forgets,
}

/// A keyring in memory.
struct MemoryRing {
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
    mood: Mutex<Mood>,
}

impl MemoryRing {
    fn new(mood: Mood) -> Arc<Self> {
        Arc::new(Self {
            kept: Mutex::default(),
            mood: Mutex::new(mood),
        })
    }

    fn ready(&self) -> Result<bool, VaultError> {
        let reason = "test".to_string();
        match *self.mood.lock().unwrap() {
            Mood::Works => Ok(true),
            Mood::Forgets => Ok(false),
            Mood::Absent => Err(VaultError::KeyringUnavailable { reason }),
            Mood::Locked => Err(VaultError::KeyringLocked { reason }),
        }
    }
}

impl Ring for MemoryRing {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        if self.ready()? {
            self.kept.lock().unwrap().insert(name.into(), secret.into());
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.ready()?;
        Ok(self
            .kept
            .lock()
            .unwrap()
            .get(name)
            .cloned()
            .map(Zeroizing::new))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.ready()?;
        self.kept.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A home in a temporary directory, with a directory for outside files and a keyring beside it.
struct Ground {
    tmp: tempfile::TempDir,
    ring: Arc<MemoryRing>,
    places: Places,
}

const HOME_ID: [u8; 16] = [0xAB; 16];

impl Ground {
    fn new() -> Self {
        Self::with(Mood::Works)
    }

    fn with(mood: Mood) -> Self {
        let tmp = tempfile::tempdir().unwrap();
        let home = tmp.path().join("home");
        std::fs::create_dir(&home).unwrap();
        let ring = MemoryRing::new(mood);
        let mut places = Places::new(home, HOME_ID, Some(tmp.path().join("keys"))).unwrap();
        places.ring = ring.clone();
        places.cost = crate::passphrase::Cost::LEAST;
        Self { tmp, ring, places }
    }

    fn home(&self) -> PathBuf {
        self.tmp.path().join("home")
    }

    fn set_mood(&self, mood: Mood) {
        *self.ring.mood.lock().unwrap() = mood;
    }

    fn create(&self, protection: Protection) -> Result<Vault, VaultError> {
        Vault::create(&self.places, &secrets(), protection, &mut Counting(9))
    }

    fn open(&self, passphrase: Option<&str>) -> Result<(Vault, Secrets), VaultError> {
        let passphrase = passphrase.map(|text| Passphrase::new(text).unwrap());
        Vault::open(&self.places, passphrase.as_ref())
    }

    fn in_ring(&self) -> bool {
        !self.ring.kept.lock().unwrap().is_empty()
    }
}

fn secrets() -> Secrets {
    let mut dice = Counting(1);
    let mut secrets = Secrets::generate(&mut dice);
    secrets.founder_seed = Some(Zeroizing::new(dice.bytes()));
    secrets
}

fn phrase(text: &str) -> Protection {
    Protection::Passphrase(Passphrase::new(text).unwrap())
}

/// Every file under a directory, with its bytes.
fn files_in(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files_in(&path));
        } else {
            out.push((path.clone(), std::fs::read(path).unwrap()));
        }
    }
    out
}
