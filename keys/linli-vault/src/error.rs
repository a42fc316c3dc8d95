//! Every way in which a home's secrets stay out of reach, each distinct, so that a program can say in the
//! person's language what happened and what to do.

use crate::Resting;
use std::path::PathBuf;

/// Why secrets could not be kept, found or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No secrets rest anywhere for this home: it is new, or its outside file or directory is gone.
    #[error("no secrets are kept for this home")]
    NotFound,
    /// There are secrets already; nothing was overwritten.
    #[error("secrets are kept for this home already ({0:?})")]
    Exists(Resting),
    /// The home is under a passphrase and none was given.
    #[error("this home opens with a passphrase only")]
    PassphraseNeeded,
    /// The passphrase is not the one it was sealed with.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A passphrase without a visible character.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The file is cut, changed, or not one of ours.
    #[error("{path} is damaged")]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// A newer version of this program wrote it.
    #[error("{path} was written by a newer version (format {version})")]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        version: u8,
    },
    /// The file belongs to another home: it was copied or moved here.
    #[error("{path} belongs to another home")]
    OtherHome {
        /// Which file.
        path: PathBuf,
    },
    /// Others on this computer may read or replace the file: its secrets may be known, and it is not used.
    #[error("{path} is open to other users of this computer (mode {mode:o})")]
    Permissions {
        /// Which file or directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A link or a directory where a plain file belongs.
    #[error("{path} is not a plain file")]
    NotAFile {
        /// Which path.
        path: PathBuf,
    },
    /// The directory for unprotected secrets lies inside the home, which would then open by itself.
    #[error("{path} lies inside the home")]
    InsideHome {
        /// Which directory.
        path: PathBuf,
    },
    /// The platform names no directory for a program's configuration, and none was given.
    #[error("this account has no configuration directory")]
    NoConfigDir,
    /// No keyring runs for this account, or it does not keep what it is given.
    #[error("no keyring can be used: {reason}")]
    KeyringUnavailable {
        /// What the platform says.
        reason: String,
    },
    /// The keyring is locked and its owner did not open it.
    #[error("the keyring is locked: {reason}")]
    KeyringLocked {
        /// What the platform says.
        reason: String,
    },
    /// The home's secrets were in the keyring and are there no more.
    #[error("the keyring does not hold the secrets of this home any more")]
    KeyringEmpty,
    /// The disk's fault.
    #[error("could not {doing} {path}: {source}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}
