//! The platform's keyring: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
//!
//! Behind a small port, because a keyring is a running program that tests and servers do not have. Only the
//! Secret Service has been tried. Calls run on a thread of their own: the D-Bus client blocks, and it panics
//! inside an async runtime when another crate of the same program has switched it to tokio.

use crate::VaultError;
use zeroize::Zeroizing;

/// Under which name our secrets stand in a keyring.
const SERVICE: &str = "linli";

/// A place that keeps named secrets.
pub(crate) trait Ring: Send + Sync {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// `None` when nothing is kept under that name.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
    /// Fine when nothing is there.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}

/// The keyring of this account.
pub(crate) struct OsRing;

impl Ring for OsRing {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        apart(|| entry(name)?.set_secret(secret).map_err(wrong))
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        apart(|| match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(e) => Err(wrong(e)),
        })
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        apart(|| match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(e) => Err(wrong(e)),
        })
    }
}

fn entry(name: &str) -> Result<keyring::Entry, VaultError> {
    // The reason lies in the first attempt to reach a keyring; later errors say only that there is none.
    if let Err(e) = keyring::Entry::store_status() {
        let reason = e.to_string();
        return Err(VaultError::KeyringUnavailable { reason });
    }
    keyring::Entry::new(SERVICE, name).map_err(wrong)
}

fn wrong(error: keyring::Error) -> VaultError {
    // The Display of these errors names no secret; their Debug may.
    let reason = error.to_string();
    match error {
        keyring::Error::NoStorageAccess(_) => VaultError::KeyringLocked { reason },
        _ => VaultError::KeyringUnavailable { reason },
    }
}

fn apart<T: Send>(work: impl FnOnce() -> Result<T, VaultError> + Send) -> Result<T, VaultError> {
    let broken = |reason: &str| VaultError::KeyringUnavailable {
        reason: reason.into(),
    };
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("keyring".into())
            .spawn_scoped(scope, work)
            .map_err(|e| broken(&e.to_string()))?
            .join()
            .unwrap_or_else(|_| Err(broken("its client failed")))
    })
}
