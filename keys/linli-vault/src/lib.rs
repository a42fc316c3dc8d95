//! Where a home's secrets rest when no program runs.
//!
//! Three places, one rule: **no file inside a home opens it by itself**, so that a copied home (a backup, a
//! stolen disk, a folder in the cloud) is worth nothing without what is kept elsewhere.
//!
//! - [`Protection::Passphrase`]: `keys.sealed` in the home, sealed with what a person remembers;
//! - [`Protection::Keyring`]: the platform's keyring; the home holds only a note that says so;
//! - [`Protection::Unprotected`]: a 0600 file outside the home, for a gate's box or a server that must start
//!   without a person; `linli doctor` calls it unprotected.
//!
//! Formats to the byte: `docs/formats/vault.md`. All calls block: passphrases take a tenth of a second, and a
//! locked keyring asks its owner.
//!
//! ```
//! use linli_base::Dice;
//! use linli_vault::{Passphrase, Places, Protection, Secrets, Vault, VaultError};
//! # struct Count(u8);
//! # impl Dice for Count {
//! #     fn fill(&mut self, out: &mut [u8]) {
//! #         for b in out { self.0 = self.0.wrapping_mul(5).wrapping_add(1); *b = self.0; }
//! #     }
//! # }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mut dice = Count(7);
//! # let tmp = tempfile::tempdir()?;
//! # let (home, keys) = (tmp.path().join("home"), tmp.path().join("keys"));
//! # std::fs::create_dir(&home)?;
//! let places = Places::new(home, [7; 16], Some(keys))?;
//! let secrets = Secrets::generate(&mut dice);
//! let passphrase = Passphrase::new("三只喜鹊在屋顶")?;
//! Vault::create(&places, &secrets, Protection::Passphrase(passphrase.clone()), &mut dice)?;
//!
//! let (vault, opened) = Vault::open(&places, Some(&passphrase))?;
//! assert_eq!(opened, secrets);
//! assert!(vault.is_protected());
//! let wrong = Passphrase::new("两只喜鹊")?;
//! assert!(matches!(Vault::open(&places, Some(&wrong)), Err(VaultError::WrongPassphrase)));
//! # Ok(())
//! # }
//! ```

mod error;
mod files;
mod format;
mod passphrase;
mod places;
mod ring;
mod secrets;
mod vault;

pub use error::VaultError;
pub use passphrase::Passphrase;
pub use places::Places;
pub use secrets::{Secrets, Seed};
pub use vault::{Protection, Resting, Vault};

#[cfg(test)]
mod tests;
