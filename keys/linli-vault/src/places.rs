//! The paths and names under which one home's secrets may be found.

use crate::passphrase::Cost;
use crate::ring::{OsRing, Ring};
use crate::{VaultError, files};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where to look for a home's secrets.
///
/// Holding one means that the outside directory is not inside the home.
#[derive(Clone)]
pub struct Places {
    home: PathBuf,
    outside: PathBuf,
    home_id: [u8; 16],
    pub(crate) ring: Arc<dyn Ring>,
    /// What newly sealed files cost to open; opening goes by what stands in the file.
    pub(crate) cost: Cost,
}

impl Places {
    /// For the home in directory `home`, which has the id `home_id`.
    ///
    /// Unprotected secrets go to `outside`, or, without one, to `linli/keys` in the account's configuration
    /// directory. Nothing is created yet.
    ///
    /// # Errors
    /// [`VaultError::InsideHome`] when `outside` lies in the home, also through links;
    /// [`VaultError::NoConfigDir`] when there is no directory to take.
    pub fn new(
        home: impl Into<PathBuf>,
        home_id: [u8; 16],
        outside: Option<PathBuf>,
    ) -> Result<Self, VaultError> {
        let home = home.into();
        let outside = match outside {
            Some(dir) => dir,
            None => default_outside()?,
        };
        if files::resolved(&outside)?.starts_with(files::resolved(&home)?) {
            return Err(VaultError::InsideHome { path: outside });
        }
        Ok(Self {
            home,
            outside,
            home_id,
            ring: Arc::new(OsRing),
            cost: Cost::RFC_9106_SECOND,
        })
    }

    /// The folder outside of any home in which unprotected keys of this account lie, where no other is given.
    ///
    /// # Errors
    /// [`VaultError::NoConfigDir`] when the platform has none.
    pub fn outside() -> Result<PathBuf, VaultError> {
        default_outside()
    }

    /// The home's id.
    #[must_use]
    pub const fn home_id(&self) -> &[u8; 16] {
        &self.home_id
    }

    /// The file that a passphrase opens.
    #[must_use]
    pub fn sealed_file(&self) -> PathBuf {
        self.home.join("keys.sealed")
    }

    /// The note that says that the secrets are in the keyring.
    #[must_use]
    pub fn keyring_note(&self) -> PathBuf {
        self.home.join("keys.in-keyring")
    }

    /// The file of unprotected secrets.
    #[must_use]
    pub fn outside_file(&self) -> PathBuf {
        self.outside.join(format!("{}.key", self.name()))
    }

    pub(crate) fn outside_dir(&self) -> &Path {
        &self.outside
    }

    /// The home's id in hex: its name in the outside directory and in the keyring.
    pub(crate) fn name(&self) -> String {
        self.home_id
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Places")
            .field("home", &self.home)
            .field("outside", &self.outside)
            .field("home_id", &self.name())
            .finish_non_exhaustive()
    }
}

fn default_outside() -> Result<PathBuf, VaultError> {
    let dirs = directories::BaseDirs::new().ok_or(VaultError::NoConfigDir)?;
    Ok(dirs.config_dir().join("linli").join("keys"))
}
