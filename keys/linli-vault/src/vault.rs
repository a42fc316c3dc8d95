//! Keeping, finding and moving secrets between the three places.
//!
//! Moving writes the new place before it clears the old, so a crash leaves both and never neither. What is
//! found first counts (sealed file, keyring, outside file), and opening it clears what a crash left behind.

use crate::format::{self, LONGEST, SealingKey};
use crate::passphrase::{Cost, Passphrase};
use crate::secrets::{Secrets, Unreadable};
use crate::{Places, VaultError, files};
use linli_base::Dice;
use std::path::Path;
use zeroize::Zeroizing;

/// What the note in the home says; a person who finds it should understand it.
const NOTE: &[u8] = b"The keys of this home are in the keyring of the account that made it.\n";

/// How secrets are to be kept.
#[derive(Clone, Debug)]
pub enum Protection {
    /// In the home, sealed with a passphrase.
    Passphrase(Passphrase),
    /// In the platform's keyring.
    Keyring,
    /// In a 0600 file outside the home, open to whoever may read that file.
    Unprotected,
}

/// How secrets are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resting {
    /// In the home, sealed with a passphrase.
    Passphrase,
    /// In the platform's keyring.
    Keyring,
    /// In a 0600 file outside the home.
    Unprotected,
}

impl Resting {
    /// Whether something else than file permissions stands before the secrets.
    #[must_use]
    pub const fn is_protected(self) -> bool {
        !matches!(self, Self::Unprotected)
    }
}

/// An opened place of secrets, through which they can be saved again without asking the person.
#[derive(Debug)]
pub struct Vault {
    places: Places,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Passphrase(SealingKey),
    Keyring,
    Unprotected,
}

impl Vault {
    /// Keeps the secrets of a new home.
    ///
    /// # Errors
    /// [`VaultError::Exists`] when secrets are kept for it already; otherwise what hinders this protection,
    /// [`VaultError::KeyringUnavailable`] above all. Nothing is kept then.
    pub fn create(
        places: &Places,
        secrets: &Secrets,
        protection: Protection,
        dice: &mut dyn Dice,
    ) -> Result<Self, VaultError> {
        if let Some(resting) = Self::find(places)? {
            return Err(VaultError::Exists(resting));
        }
        let kept = Kept::new(protection, places.cost, dice);
        kept.write(places, secrets, dice)?;
        Ok(Self {
            places: places.clone(),
            kept,
        })
    }

    /// Says where the secrets rest, without opening them; `None` when there are none.
    ///
    /// # Errors
    /// [`VaultError::Io`] when the places cannot be looked at.
    pub fn find(places: &Places) -> Result<Option<Resting>, VaultError> {
        if files::exists(&places.sealed_file())? {
            Ok(Some(Resting::Passphrase))
        } else if files::exists(&places.keyring_note())? {
            Ok(Some(Resting::Keyring))
        } else if files::exists(&places.outside_file())? {
            Ok(Some(Resting::Unprotected))
        } else {
            Ok(None)
        }
    }

    /// Opens the secrets wherever they rest. `passphrase` is used where one is needed, else not looked at.
    ///
    /// # Errors
    /// [`VaultError`] tells a missing or wrong passphrase from a damaged, foreign, newer or open file, and
    /// from a keyring that is absent, locked or empty.
    pub fn open(
        places: &Places,
        passphrase: Option<&Passphrase>,
    ) -> Result<(Self, Secrets), VaultError> {
        let resting = Self::find(places)?.ok_or(VaultError::NotFound)?;
        let (secrets, kept) = match resting {
            Resting::Passphrase => open_sealed(places, passphrase)?,
            Resting::Keyring => (open_keyring(places)?, Kept::Keyring),
            Resting::Unprotected => (open_outside(places)?, Kept::Unprotected),
        };
        clear_others(places, resting)?;
        let vault = Self {
            places: places.clone(),
            kept,
        };
        Ok((vault, secrets))
    }

    /// How the secrets are kept.
    #[must_use]
    pub const fn resting(&self) -> Resting {
        self.kept.resting()
    }

    /// Whether something else than file permissions stands before the secrets.
    #[must_use]
    pub const fn is_protected(&self) -> bool {
        self.resting().is_protected()
    }

    /// Replaces the kept secrets, in the same place and under the same passphrase.
    ///
    /// # Errors
    /// What hinders it; the old secrets are still kept then.
    pub fn save(&self, secrets: &Secrets, dice: &mut dyn Dice) -> Result<(), VaultError> {
        self.kept.write(&self.places, secrets, dice)
    }

    /// Moves the secrets to another protection, or under another passphrase, and clears the old place.
    ///
    /// # Errors
    /// What hinders it. The secrets are then kept in the old place, in the new one or, if only the clearing
    /// failed, in both; the next [`Vault::open`] clears what is left.
    pub fn protect(
        self,
        secrets: &Secrets,
        protection: Protection,
        dice: &mut dyn Dice,
    ) -> Result<Self, VaultError> {
        let kept = Kept::new(protection, self.places.cost, dice);
        kept.write(&self.places, secrets, dice)?;
        clear_others(&self.places, kept.resting())?;
        Ok(Self {
            places: self.places,
            kept,
        })
    }

    /// Forgets the secrets of a home in all places. There is no way back.
    ///
    /// # Errors
    /// What hinders it; some may be left then.
    pub fn forget(places: &Places) -> Result<(), VaultError> {
        clear_keyring(places)?;
        files::clear_unfinished(&places.outside_file())?;
        files::shred(&places.outside_file())?;
        files::remove(&places.sealed_file())
    }
}

impl Kept {
    fn new(protection: Protection, cost: Cost, dice: &mut dyn Dice) -> Self {
        match protection {
            Protection::Passphrase(passphrase) => {
                Self::Passphrase(SealingKey::new(&passphrase, cost, dice))
            }
            Protection::Keyring => Self::Keyring,
            Protection::Unprotected => Self::Unprotected,
        }
    }

    const fn resting(&self) -> Resting {
        match self {
            Self::Passphrase(_) => Resting::Passphrase,
            Self::Keyring => Resting::Keyring,
            Self::Unprotected => Resting::Unprotected,
        }
    }

    fn write(
        &self,
        places: &Places,
        secrets: &Secrets,
        dice: &mut dyn Dice,
    ) -> Result<(), VaultError> {
        match self {
            Self::Passphrase(key) => {
                let sealed = key.seal(places.home_id(), secrets, dice);
                files::write(&places.sealed_file(), &sealed)
            }
            Self::Keyring => {
                let bytes = format::write_open(places.home_id(), secrets);
                places.ring.set(&places.name(), &bytes)?;
                // A keyring that forgets is found out now, not after the next start.
                if places.ring.get(&places.name())?.as_deref() != Some(&*bytes) {
                    let reason = "it did not keep what it was given".into();
                    return Err(VaultError::KeyringUnavailable { reason });
                }
                files::write(&places.keyring_note(), NOTE)
            }
            Self::Unprotected => {
                files::make_dir(places.outside_dir())?;
                files::check_private_dir(places.outside_dir())?;
                let bytes = format::write_open(places.home_id(), secrets);
                files::write(&places.outside_file(), &bytes)
            }
        }
    }
}

fn open_sealed(
    places: &Places,
    passphrase: Option<&Passphrase>,
) -> Result<(Secrets, Kept), VaultError> {
    let path = places.sealed_file();
    let bytes = files::read(&path, LONGEST)?.ok_or(VaultError::NotFound)?;
    let passphrase = passphrase.ok_or(VaultError::PassphraseNeeded)?;
    let (secrets, key) = format::open_sealed(&bytes, places.home_id(), passphrase)
        .map_err(|why| unreadable(why, &path))?;
    Ok((secrets, Kept::Passphrase(key)))
}

fn open_keyring(places: &Places) -> Result<Secrets, VaultError> {
    let bytes = places
        .ring
        .get(&places.name())?
        .ok_or(VaultError::KeyringEmpty)?;
    format::read_open(&bytes, places.home_id())
        .map_err(|why| unreadable(why, Path::new("the keyring's entry")))
}

fn open_outside(places: &Places) -> Result<Secrets, VaultError> {
    let path = places.outside_file();
    let bytes = files::read(&path, LONGEST)?.ok_or(VaultError::NotFound)?;
    let bytes = Zeroizing::new(bytes);
    files::check_private_file(&path)?;
    files::check_private_dir(places.outside_dir())?;
    format::read_open(&bytes, places.home_id()).map_err(|why| unreadable(why, &path))
}

/// Clears what a move or a write that was cut short left in the places that do not count.
fn clear_others(places: &Places, counts: Resting) -> Result<(), VaultError> {
    files::clear_unfinished(&places.outside_file())?;
    if counts != Resting::Unprotected {
        files::shred(&places.outside_file())?;
    }
    if counts != Resting::Keyring {
        // A keyring that does not answer must not keep a home shut; what it holds is under its own lock, and
        // the note stays so that the next opening tries again.
        match clear_keyring(places) {
            Err(VaultError::KeyringUnavailable { .. } | VaultError::KeyringLocked { .. }) => {}
            done => done?,
        }
    }
    if counts != Resting::Passphrase {
        files::remove(&places.sealed_file())?;
    }
    Ok(())
}

/// Takes the secrets out of the keyring, if the home's note says that they are there.
fn clear_keyring(places: &Places) -> Result<(), VaultError> {
    if files::exists(&places.keyring_note())? {
        places.ring.delete(&places.name())?;
        files::remove(&places.keyring_note())?;
    }
    Ok(())
}

fn unreadable(why: Unreadable, path: &Path) -> VaultError {
    let path = path.to_path_buf();
    match why {
        Unreadable::Damaged => VaultError::Damaged { path },
        Unreadable::Newer(version) => VaultError::Newer { path, version },
        Unreadable::OtherHome => VaultError::OtherHome { path },
        Unreadable::WrongPassphrase => VaultError::WrongPassphrase,
    }
}
