//! The platform's own keyring, as far as a test may touch it.
//!
//! A person's keyring is not a test's to write to. So the ordinary run starts itself again without a session
//! bus and checks that the missing keyring is told cleanly; the real exchange runs where
//! `LINLI_TEST_KEYRING` says that the keyring may be used, for instance in a bus session of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_base::Dice;
use linli_vault::{Passphrase, Places, Protection, Resting, Secrets, Vault, VaultError};
use std::process::Command;

struct Counting(u64);

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

fn places(tmp: &tempfile::TempDir) -> Places {
    let home = tmp.path().join("home");
    std::fs::create_dir(&home).unwrap();
    Places::new(home, *b"linli test home.", Some(tmp.path().join("keys"))).unwrap()
}

/// Without a bus: said in one error, nothing kept, and a passphrase still works.
fn without_a_keyring() {
    let tmp = tempfile::tempdir().unwrap();
    let places = places(&tmp);
    let secrets = Secrets::generate(&mut Counting(1));
    let refused = Vault::create(&places, &secrets, Protection::Keyring, &mut Counting(2));
    match refused {
        Err(VaultError::KeyringUnavailable { reason }) => assert!(!reason.is_empty()),
        other => panic!("{other:?}"),
    }
    assert_eq!(Vault::find(&places).unwrap(), None);
    let passphrase = Passphrase::new("x").unwrap();
    let protection = Protection::Passphrase(passphrase.clone());
    Vault::create(&places, &secrets, protection, &mut Counting(2)).unwrap();
    assert_eq!(Vault::open(&places, Some(&passphrase)).unwrap().1, secrets);
}

/// With a keyring that we may use: kept, opened, saved, moved out again.
fn with_a_keyring() {
    let tmp = tempfile::tempdir().unwrap();
    let places = places(&tmp);
    Vault::forget(&places).unwrap();
    let mut secrets = Secrets::generate(&mut Counting(1));
    Vault::create(&places, &secrets, Protection::Keyring, &mut Counting(2)).unwrap();
    let (vault, opened) = Vault::open(&places, None).unwrap();
    assert_eq!((vault.resting(), &opened), (Resting::Keyring, &secrets));
    secrets.generation = 2;
    vault.save(&secrets, &mut Counting(3)).unwrap();
    let (vault, opened) = Vault::open(&places, None).unwrap();
    assert_eq!(opened.generation, 2);
    let note = std::fs::read(places.keyring_note()).unwrap();
    vault
        .protect(&secrets, Protection::Unprotected, &mut Counting(4))
        .unwrap();
    assert_eq!(Vault::open(&places, None).unwrap().1, secrets);
    // The entry went with the move: an old note finds nothing behind it.
    std::fs::write(places.keyring_note(), note).unwrap();
    assert!(matches!(
        Vault::open(&places, None),
        Err(VaultError::KeyringEmpty)
    ));
}

#[test]
fn the_platforms_keyring_keeps_secrets_or_says_that_it_cannot() {
    if std::env::var_os("LINLI_TEST_KEYRING").is_some() {
        return with_a_keyring();
    }
    if std::env::var_os("LINLI_TEST_NO_BUS").is_some() {
        return without_a_keyring();
    }
    // Only the Secret Service can be hidden from a process by its environment.
    if cfg!(target_os = "linux") {
        let output = Command::new(std::env::current_exe().unwrap())
            .env("LINLI_TEST_NO_BUS", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
    }
}
