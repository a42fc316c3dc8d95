//! The files of a home: its id, its store, and where its keys rest. Layout: `docs/formats/home.md`.

use super::HomeOptions;
use super::clock::OsDice;
use super::faults::{of_store, of_vault};
use crate::api::Fault;
use crate::replica::DeviceKeys;
use linli_base::Dice;
use linli_store::{DbKey, RedbOptions, RedbStore, Sealed, Store, Table};
use linli_vault::{Passphrase, Places, Protection, Secrets, Vault};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const ID_FILE: &str = "home.id";
const ID_FILE_NEW: &str = "home.id.new";
const STORE_FILE: &str = "store.redb";

/// A home's folder, once it is known to be one.
#[derive(Clone, Debug)]
pub(crate) struct HomeFiles {
    pub(crate) dir: PathBuf,
    pub(crate) protected: bool,
    id: [u8; 16],
    keys_dir: Option<PathBuf>,
}

/// The keys of a device, from its secrets.
pub(crate) fn device_keys(secrets: &Secrets) -> DeviceKeys {
    DeviceKeys {
        sign: secrets.sign(),
        kex: secrets.kex(),
        net_seed: Zeroizing::new(*secrets.net_seed),
    }
}

/// Whether a folder holds a home.
pub(crate) fn is_home(dir: &Path) -> bool {
    dir.join(ID_FILE).is_file()
}

/// Whether a store belongs to no community and to no joining.
fn is_unused(store: &dyn Store) -> Result<bool, Fault> {
    let member = crate::replica::read_identity_certificate(store)?.is_some();
    Ok(!member && !crate::owner::Joining::is_kept(store)?)
}

/// Whether there is a store in which more than its own marks may stand. One that has nothing else is of a founding
/// that was interrupted before the home had its id.
fn holds_something(store: &Path) -> Result<bool, Fault> {
    if std::fs::metadata(store).map_or(0, |meta| meta.len()) == 0 {
        return Ok(false);
    }
    // A file that was cut short while it was made becomes a store here; one that is damaged does not open.
    let Ok(store) = RedbStore::open_path(store, RedbOptions::default()) else {
        return Ok(true);
    };
    let mut found = false;
    for table in Table::ALL {
        if table != Table::Meta && !found {
            store
                .scan(table, b"", &mut |_, _| {
                    found = true;
                    false
                })
                .map_err(of_store)?;
        }
    }
    Ok(found)
}

/// Writes the home's id so that after a power cut it is there whole or not at all: without it nothing in the home can
/// be opened.
fn write_id(dir: &Path, text: &str) -> std::io::Result<()> {
    let beside = dir.join(ID_FILE_NEW);
    let mut file = std::fs::File::create(&beside)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, dir.join(ID_FILE))?;
    if cfg!(unix) {
        std::fs::File::open(dir)?.sync_all()?;
    }
    Ok(())
}

impl HomeFiles {
    /// Of a home that has none: the simulator's.
    pub(crate) const fn nowhere() -> Self {
        Self {
            dir: PathBuf::new(),
            protected: true,
            id: [0; 16],
            keys_dir: None,
        }
    }

    /// Does it open only with a passphrase?
    pub(crate) fn needs_passphrase(o: &HomeOptions) -> bool {
        let Ok(text) = std::fs::read_to_string(o.dir.join(ID_FILE)) else {
            return false;
        };
        let id = linli_base::base32::decode(text.trim());
        let Some(id) = id.and_then(|b| <[u8; 16]>::try_from(b).ok()) else {
            return false;
        };
        Places::new(&o.dir, id, o.keys_dir.clone()).is_ok_and(|places| {
            matches!(
                Vault::open(&places, None),
                Err(linli_vault::VaultError::PassphraseNeeded)
            )
        })
    }

    /// Opens a home that exists.
    pub(crate) fn open(o: &HomeOptions) -> Result<(Self, Box<dyn Store>, Secrets), Fault> {
        if !is_home(&o.dir) {
            return Err(Fault::missing("no-home").with("dir", o.dir.display()));
        }
        let text = std::fs::read_to_string(o.dir.join(ID_FILE))
            .map_err(|_| Fault::storage("disk-fault").with("kind", "home.id"))?;
        let id = linli_base::base32::decode(text.trim())
            .and_then(|b| <[u8; 16]>::try_from(b).ok())
            .ok_or_else(|| Fault::storage("store-damaged"))?;
        let passphrase = o
            .passphrase
            .as_deref()
            .map(Passphrase::new)
            .transpose()
            .map_err(|f| of_vault(&f))?;
        let places = Places::new(&o.dir, id, o.keys_dir.clone()).map_err(|f| of_vault(&f))?;
        let (vault, secrets) =
            Vault::open(&places, passphrase.as_ref()).map_err(|f| of_vault(&f))?;
        let files = Self {
            dir: o.dir.clone(),
            protected: vault.is_protected(),
            id,
            keys_dir: o.keys_dir.clone(),
        };
        let store = files.open_store(&secrets, false)?;
        Ok((files, store, secrets))
    }

    /// Makes a new home; an existing one is refused and left alone, unless nothing ever came into it: its founding
    /// or joining was interrupted, and may begin again.
    pub(crate) fn create(o: &HomeOptions) -> Result<(Self, Box<dyn Store>, Secrets), Fault> {
        if is_home(&o.dir) {
            let (files, store, secrets) = match Self::open(o) {
                Ok(home) if is_unused(home.1.as_ref())? => home,
                _ => return Err(Fault::input("home-exists").with("dir", o.dir.display())),
            };
            if files.protected || o.passphrase.is_none() {
                return Ok((files, store, secrets));
            }
            // It was begun without a passphrase, and now one is wanted: what opens without it would stay open.
            drop((store, secrets));
            files.remove_new();
        }
        let dir_fault =
            |e: std::io::Error| Fault::storage("cannot-create-home").with("kind", e.kind());
        std::fs::create_dir_all(&o.dir).map_err(dir_fault)?;
        if holds_something(&o.dir.join(STORE_FILE))? {
            // A home that lost its id. Whatever is in its store, this is not who may clear it away.
            return Err(Fault::input("home-exists").with("dir", o.dir.display()));
        }
        let _ = std::fs::remove_file(o.dir.join(STORE_FILE));
        let mut id = [0; 16];
        OsDice.fill(&mut id);
        let secrets = Secrets::generate(&mut OsDice);
        let places = Places::new(&o.dir, id, o.keys_dir.clone()).map_err(|f| of_vault(&f))?;
        let protection = match &o.passphrase {
            Some(text) => Protection::Passphrase(Passphrase::new(text).map_err(|f| of_vault(&f))?),
            None => Protection::Unprotected,
        };
        let vault =
            Vault::create(&places, &secrets, protection, &mut OsDice).map_err(|f| of_vault(&f))?;
        let files = Self {
            dir: o.dir.clone(),
            protected: vault.is_protected(),
            id,
            keys_dir: o.keys_dir.clone(),
        };
        let made = files.open_store(&secrets, true).and_then(|store| {
            write_id(&o.dir, &linli_base::base32::encode(&id)).map_err(dir_fault)?;
            Ok(store)
        });
        match made {
            Ok(store) => Ok((files, store, secrets)),
            Err(fault) => {
                files.remove_new();
                Err(fault)
            }
        }
    }

    /// Takes back a home that was made a moment ago and is of no use.
    pub(crate) fn remove_new(&self) {
        if let Ok(places) = Places::new(&self.dir, self.id, self.keys_dir.clone()) {
            let _ = Vault::forget(&places);
        }
        for file in [STORE_FILE, ID_FILE, ID_FILE_NEW] {
            let _ = std::fs::remove_file(self.dir.join(file));
        }
    }

    fn open_store(&self, secrets: &Secrets, create: bool) -> Result<Box<dyn Store>, Fault> {
        let options = RedbOptions {
            create,
            ..RedbOptions::default()
        };
        let store = RedbStore::open_path(&self.dir.join(STORE_FILE), options).map_err(of_store)?;
        let mut salt = [0; 16];
        OsDice.fill(&mut salt);
        let sealed = Sealed::open(store, &DbKey::new(*secrets.db_key), salt).map_err(of_store)?;
        Ok(Box::new(sealed))
    }

    /// Where the home's owner listens. A path that is too long for a socket lies in the temporary folder, named
    /// by the home's id.
    pub(crate) fn socket_path(dir: &Path) -> PathBuf {
        let inside = dir.join("node.sock");
        if inside.as_os_str().len() <= 96 {
            return inside;
        }
        let name = linli_base::hash::blake3_raw(dir.as_os_str().as_encoded_bytes());
        std::env::temp_dir().join(format!(
            "linli-{}.sock",
            linli_base::base32::encode(&name[..10])
        ))
    }
}
