//! Paths and permissions: who else on this computer could read or replace the secrets.

use super::*;

#[test]
fn the_outside_directory_may_not_lie_in_the_home() {
    let ground = Ground::new();
    let home = ground.home();
    let tmp = ground.tmp.path();
    for inside in [
        home.clone(),
        home.join("keys"),
        tmp.join("new/../home/keys"),
        home.join("./a/b"),
    ] {
        let refused = Places::new(&home, HOME_ID, Some(inside.clone()));
        assert!(
            matches!(refused, Err(VaultError::InsideHome { .. })),
            "{inside:?}"
        );
    }
    for outside in [tmp.join("keys"), tmp.join("home2"), home.join("../keys")] {
        assert!(
            Places::new(&home, HOME_ID, Some(outside.clone())).is_ok(),
            "{outside:?}"
        );
    }
}

#[test]
fn the_default_directory_is_the_accounts_own() {
    let ground = Ground::new();
    match Places::new(ground.home(), HOME_ID, None) {
        Ok(places) => {
            let file = places.outside_file();
            assert!(
                file.ends_with("linli/keys/abababababababababababababababab.key"),
                "{file:?}"
            );
        }
        // An account without a home directory, as in some build sandboxes.
        Err(e) => assert!(matches!(e, VaultError::NoConfigDir)),
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn chmod(path: &Path, mode: u32) {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_link_into_the_home_is_seen_through() {
        let ground = Ground::new();
        let link = ground.tmp.path().join("link");
        symlink(ground.home(), &link).unwrap();
        let refused = Places::new(ground.home(), HOME_ID, Some(link.join("keys")));
        assert!(matches!(refused, Err(VaultError::InsideHome { .. })));
        let refused = Places::new(&link, HOME_ID, Some(ground.home().join("keys")));
        assert!(matches!(refused, Err(VaultError::InsideHome { .. })));
    }

    #[test]
    fn files_are_the_owners_alone_from_the_start() {
        for (protection, file) in [
            (phrase("x"), Places::sealed_file as fn(&Places) -> PathBuf),
            (Protection::Unprotected, Places::outside_file),
        ] {
            let ground = Ground::new();
            ground.create(protection).unwrap();
            assert_eq!(mode(&file(&ground.places)), 0o600);
            if ground.places.outside_file().exists() {
                assert_eq!(mode(&ground.tmp.path().join("keys")), 0o700);
            }
        }
    }

    #[test]
    fn an_outside_file_that_others_may_read_is_not_used() {
        let ground = Ground::new();
        ground.create(Protection::Unprotected).unwrap();
        let file = ground.places.outside_file();
        for open in [0o604, 0o640, 0o620, 0o601, 0o666] {
            chmod(&file, open);
            match ground.open(None) {
                Err(VaultError::Permissions { path, mode }) => {
                    assert_eq!((path, mode), (file.clone(), open))
                }
                other => panic!("{open:o}: {other:?}"),
            }
        }
        chmod(&file, 0o400);
        assert_eq!(ground.open(None).unwrap().1, secrets());
    }

    #[test]
    fn a_directory_in_which_others_may_replace_the_file_is_not_used() {
        let ground = Ground::new();
        let dir = ground.tmp.path().join("keys");
        std::fs::create_dir(&dir).unwrap();
        chmod(&dir, 0o777);
        let refused = ground.create(Protection::Unprotected);
        assert!(matches!(
            refused,
            Err(VaultError::Permissions { mode: 0o777, .. })
        ));
        assert!(files_in(&dir).is_empty(), "nothing was written there");
        chmod(&dir, 0o755);
        ground.create(Protection::Unprotected).unwrap();
        chmod(&dir, 0o775);
        assert!(matches!(
            ground.open(None),
            Err(VaultError::Permissions { mode: 0o775, .. })
        ));
        chmod(&dir, 0o1777);
        assert!(
            ground.open(None).is_ok(),
            "in a sticky directory only the owner may replace a file"
        );
    }

    #[test]
    fn a_link_or_a_directory_in_the_files_place_is_not_followed() {
        let ground = Ground::new();
        ground.create(Protection::Unprotected).unwrap();
        let file = ground.places.outside_file();
        let moved = ground.tmp.path().join("elsewhere.key");
        std::fs::rename(&file, &moved).unwrap();
        symlink(&moved, &file).unwrap();
        assert!(matches!(
            ground.open(None),
            Err(VaultError::NotAFile { .. })
        ));
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert!(matches!(
            ground.open(None),
            Err(VaultError::NotAFile { .. })
        ));
    }

    #[test]
    fn a_disk_that_refuses_is_named_and_loses_nothing() {
        let ground = Ground::new();
        let vault = ground.create(phrase("x")).unwrap();
        // A directory where the new file should be written: nobody, root included, can write there.
        std::fs::create_dir(ground.places.sealed_file().with_extension("sealed.new")).unwrap();
        let failed = vault.save(&secrets(), &mut Counting(3));
        assert!(matches!(failed, Err(VaultError::Io { .. })), "{failed:?}");
        assert_eq!(ground.open(Some("x")).unwrap().1, secrets());
    }
}
