//! The files of a home: its id, its store, and where its keys rest. Layout: `docs/formats/home.md`.

use super::HomeOptions;
use super::clock::{Clock, OsDice};
use super::faults::{of_store, of_vault};
use super::making::Making;
use crate::api::Fault;
use crate::invite::Invite;
use crate::killpoint;
use crate::replica::DeviceKeys;
use linli_base::Dice;
use linli_store::{DbKey, RedbOptions, RedbStore, Sealed, Store, Table};
use linli_vault::{Passphrase, Places, Protection, Secrets, Vault};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

const ID_FILE: &str = "home.id";
const ID_FILE_NEW: &str = "home.id.new";
/// The id of a home that is being taken back: whoever finds it goes on with that.
const ID_FILE_GONE: &str = "home.id.gone";
const STORE_FILE: &str = "store.redb";
/// Sealed keys of a home that never had an id.
const SEALED_OLD: &str = "keys.sealed.old";

/// A home's folder, once it is known to be one.
#[derive(Clone, Debug)]
pub(crate) struct HomeFiles {
    pub(crate) dir: PathBuf,
    pub(crate) protected: bool,
    id: [u8; 16],
    keys_dir: Option<PathBuf>,
    /// Held from before the first file until this is dropped, so that nobody begins in a home that may yet be taken back.
    making: Option<Arc<Making>>,
}

/// How far whoever began in a folder came.
enum Stands {
    /// It is a member of a community.
    Member,
    /// It joins, and has found the pictures to be the same: the other side may have enrolled it.
    Confirmed,
    /// It joins by this very invitation.
    Same,
    /// Nothing ever came into it, and nothing is under way.
    Unused,
    /// A joining that has not got anywhere, or whose invitation is over.
    MayGo,
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

/// How far a home is. `invite`: by which invitation somebody wants to join now.
fn stands(store: &dyn Store, secrets: &Secrets, invite: Option<&Invite>) -> Result<Stands, Fault> {
    if crate::replica::read_identity_certificate(store)?.is_some() {
        return Ok(Stands::Member);
    }
    if !crate::owner::Joining::is_kept(store)? {
        return Ok(Stands::Unused);
    }
    let Ok(joining) = crate::owner::Joining::load(store, device_keys(secrets))? else {
        // Nobody can go on with it.
        return Ok(Stands::MayGo);
    };
    let by = |invite: &Invite| invite.secret.id(&invite.community).0;
    let now_s = Clock::start().now().wall.seconds().0;
    Ok(if joining.invite.until_s <= now_s {
        Stands::MayGo
    } else if joining.confirmed {
        Stands::Confirmed
    } else if invite.is_some_and(|invite| by(invite) == by(&joining.invite)) {
        Stands::Same
    } else {
        Stands::MayGo
    })
}

/// Puts the name of a file that was renamed on the disk.
fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// Puts aside keys that were sealed for a home that never had an id and has nothing in its store: its founding was
/// interrupted. They are kept under another name, for whoever lost more than that.
fn put_aside_keys(dir: &Path) {
    let _ = std::fs::rename(dir.join("keys.sealed"), dir.join(SEALED_OLD));
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
    let mut file = File::create(&beside)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, dir.join(ID_FILE))?;
    sync_dir(dir)
}

impl HomeFiles {
    /// Of a home that has none: the simulator's.
    pub(crate) const fn nowhere() -> Self {
        Self {
            dir: PathBuf::new(),
            protected: true,
            id: [0; 16],
            keys_dir: None,
            making: None,
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
            making: None,
        };
        let store = files.open_store(&secrets, false)?;
        Ok((files, store, secrets))
    }

    /// Makes a new home; an existing one is refused and left alone, unless nothing ever came into it: its founding
    /// or joining was interrupted, and may begin again.
    #[cfg(test)]
    pub(crate) fn create(o: &HomeOptions) -> Result<(Self, Box<dyn Store>, Secrets), Fault> {
        Self::create_for(o, None)
    }

    /// As `create`, by an invitation: one that is new takes the place of one that led nowhere.
    pub(crate) fn create_for(
        o: &HomeOptions,
        invite: Option<&Invite>,
    ) -> Result<(Self, Box<dyn Store>, Secrets), Fault> {
        let exists = || Fault::input("home-exists").with("dir", o.dir.display());
        let dir_fault =
            |e: std::io::Error| Fault::storage("cannot-create-home").with("kind", e.kind());
        // Dropped on every way out that is none into a home.
        let lock = match Making::begin(&o.dir) {
            Err(_) if is_home(&o.dir) => return Err(exists()),
            lock => Arc::new(lock?),
        };
        if is_home(&o.dir) {
            let (mut files, store, secrets) = Self::open(o).map_err(|_| exists())?;
            files.making = Some(Arc::clone(&lock));
            match stands(store.as_ref(), &secrets, invite)? {
                Stands::Unused if files.protected || o.passphrase.is_none() => {
                    return Ok((files, store, secrets));
                }
                // One begun without a passphrase would stay open without it, though one is wanted now.
                Stands::Unused | Stands::MayGo => {
                    drop((store, secrets));
                    files.remove_new();
                }
                Stands::Member | Stands::Confirmed | Stands::Same => return Err(exists()),
            }
        }
        Self::go_on_removing(o);
        if holds_something(&o.dir.join(STORE_FILE))? {
            // A home that lost its id. Whatever is in its store, this is not who may clear it away.
            return Err(exists());
        }
        let _ = std::fs::remove_file(o.dir.join(STORE_FILE));
        put_aside_keys(&o.dir);
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
        killpoint::pass("home-after-keys");
        let files = Self {
            dir: o.dir.clone(),
            protected: vault.is_protected(),
            id,
            keys_dir: o.keys_dir.clone(),
            making: Some(lock),
        };
        let made = files.open_store(&secrets, true).and_then(|store| {
            killpoint::pass("home-before-id");
            write_id(&o.dir, &linli_base::base32::encode(&id)).map_err(dir_fault)?;
            killpoint::pass("home-after-id");
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

    /// Whether [`Self::create_for`] would find room here, without making anything.
    pub(crate) fn may_begin(o: &HomeOptions) -> Result<(), Fault> {
        let exists = || Fault::input("home-exists").with("dir", o.dir.display());
        if !is_home(&o.dir) {
            let left = o.dir.join(ID_FILE_GONE).exists();
            return match !left && holds_something(&o.dir.join(STORE_FILE))? {
                true => Err(exists()),
                false => Ok(()),
            };
        }
        let (_, store, secrets) = Self::open(o).map_err(|_| exists())?;
        match stands(store.as_ref(), &secrets, None)? {
            Stands::Unused | Stands::MayGo => Ok(()),
            Stands::Member | Stands::Confirmed | Stands::Same => Err(exists()),
        }
    }

    /// Takes back what was begun here and led nowhere, so that it may begin again. Where nothing was begun, nothing
    /// is done.
    pub(crate) fn start_again(o: &HomeOptions) -> Result<(), Fault> {
        if !o.dir.is_dir() {
            return Ok(());
        }
        let lock = Making::lock(&o.dir)?;
        if is_home(&o.dir) {
            let (mut files, store, secrets) = Self::open(o)?;
            files.making = Some(Arc::new(lock));
            match stands(store.as_ref(), &secrets, None)? {
                Stands::Unused | Stands::MayGo => {}
                Stands::Confirmed => return Err(Fault::forbidden("join-confirmed")),
                Stands::Member | Stands::Same => {
                    return Err(Fault::input("home-exists").with("dir", o.dir.display()));
                }
            }
            drop((store, secrets));
            files.remove_new();
            if is_home(&o.dir) {
                return Err(Fault::storage("disk-fault").with("kind", ID_FILE));
            }
        }
        Ok(())
    }

    /// Takes back a home that was made a moment ago and is of no use; its store is closed already.
    ///
    /// The id goes first, to a name that says what is under way: killed at any place, the next one here goes on.
    pub(crate) fn remove_new(&self) {
        if is_home(&self.dir) {
            let moved = std::fs::rename(self.dir.join(ID_FILE), self.dir.join(ID_FILE_GONE));
            if moved.is_err() {
                // It stays whole.
                return;
            }
            let _ = sync_dir(&self.dir);
        }
        killpoint::pass("home-mid-removal");
        self.remove_rest();
    }

    fn remove_rest(&self) {
        if let Ok(places) = Places::new(&self.dir, self.id, self.keys_dir.clone()) {
            let _ = Vault::forget(&places);
        }
        for file in [STORE_FILE, ID_FILE_NEW] {
            let _ = std::fs::remove_file(self.dir.join(file));
        }
        if !self.dir.join(STORE_FILE).exists() {
            let _ = std::fs::remove_file(self.dir.join(ID_FILE_GONE));
        }
    }

    /// Goes on with a removal that was interrupted.
    fn go_on_removing(o: &HomeOptions) {
        let Ok(text) = std::fs::read_to_string(o.dir.join(ID_FILE_GONE)) else {
            return;
        };
        let id = linli_base::base32::decode(text.trim());
        let files = Self {
            dir: o.dir.clone(),
            protected: false,
            // Of an id that cannot be read the keys outside cannot be found; they open nothing any more.
            id: id.and_then(|b| b.try_into().ok()).unwrap_or_default(),
            keys_dir: o.keys_dir.clone(),
            making: None,
        };
        files.remove_rest();
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

#[cfg(test)]
mod tests;
