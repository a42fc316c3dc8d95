//! Keeping, opening, saving and moving, in all three places and after every interruption.

use super::*;

const PHRASE: &str = "三只喜鹊 在屋顶";

fn all() -> [(Protection, Resting); 3] {
    [
        (phrase(PHRASE), Resting::Passphrase),
        (Protection::Keyring, Resting::Keyring),
        (Protection::Unprotected, Resting::Unprotected),
    ]
}

/// Checks that the secrets rest in `resting` and in no other place.
fn check_rests(ground: &Ground, resting: Resting) {
    let places = &ground.places;
    assert_eq!(Vault::find(places).unwrap(), Some(resting));
    assert_eq!(
        places.sealed_file().exists(),
        resting == Resting::Passphrase,
        "sealed, {resting:?}"
    );
    assert_eq!(
        places.outside_file().exists(),
        resting == Resting::Unprotected,
        "outside, {resting:?}"
    );
    assert_eq!(
        places.keyring_note().exists(),
        resting == Resting::Keyring,
        "note, {resting:?}"
    );
    assert_eq!(
        ground.in_ring(),
        resting == Resting::Keyring,
        "ring, {resting:?}"
    );
}

#[test]
fn secrets_come_back_from_where_they_were_put() {
    for (protection, resting) in all() {
        let ground = Ground::new();
        assert_eq!(Vault::find(&ground.places).unwrap(), None);
        let made = ground.create(protection).unwrap();
        assert_eq!(
            (made.resting(), made.is_protected()),
            (resting, resting.is_protected())
        );
        check_rests(&ground, resting);
        let (vault, opened) = ground.open(Some(PHRASE)).unwrap();
        assert_eq!(opened, secrets());
        assert_eq!(vault.resting(), resting);
    }
    assert!(!Resting::Unprotected.is_protected());
}

#[test]
fn no_file_inside_a_home_opens_it_by_itself() {
    let secrets = secrets();
    let founder = secrets.founder_seed.clone().unwrap();
    let seeds = [
        &secrets.sign_seed,
        &secrets.net_seed,
        &secrets.kex_seed,
        &secrets.db_key,
        &founder,
    ];
    for (protection, resting) in all() {
        let ground = Ground::new();
        ground.create(protection).unwrap();
        for (path, bytes) in files_in(&ground.home()) {
            for seed in seeds {
                let planted = bytes.windows(8).any(|w| seed.windows(8).any(|s| s == w));
                assert!(!planted, "{path:?} holds a seed, {resting:?}");
            }
        }
        // The home alone, copied elsewhere, without the person, the keyring or the outside file.
        let elsewhere = Ground::new();
        for (path, bytes) in files_in(&ground.home()) {
            std::fs::write(elsewhere.home().join(path.file_name().unwrap()), bytes).unwrap();
        }
        let opened = elsewhere.open(None);
        match resting {
            Resting::Passphrase => assert!(matches!(opened, Err(VaultError::PassphraseNeeded))),
            Resting::Keyring => assert!(matches!(opened, Err(VaultError::KeyringEmpty))),
            Resting::Unprotected => assert!(matches!(opened, Err(VaultError::NotFound))),
        }
    }
}

#[test]
fn what_is_kept_is_never_overwritten_by_creating() {
    for (first, resting) in all() {
        for (second, _) in all() {
            let ground = Ground::new();
            ground.create(first.clone()).unwrap();
            let refused = ground.create(second);
            assert!(matches!(refused, Err(VaultError::Exists(r)) if r == resting));
            assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
        }
    }
}

#[test]
fn only_the_passphrase_opens_and_each_refusal_says_which() {
    let ground = Ground::new();
    ground.create(phrase(PHRASE)).unwrap();
    assert!(matches!(
        ground.open(None),
        Err(VaultError::PassphraseNeeded)
    ));
    for wrong in ["三只喜鹊在屋顶", "三只喜鹊 在屋顶 ", "x"] {
        assert!(
            matches!(ground.open(Some(wrong)), Err(VaultError::WrongPassphrase)),
            "{wrong}"
        );
    }
    assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
}

#[test]
fn a_passphrase_is_the_same_from_another_keyboard() {
    let ground = Ground::new();
    // é as one character and as two; a full-width space and a common one.
    ground.create(phrase("caf\u{e9}　木门")).unwrap();
    assert!(ground.open(Some("cafe\u{301} 木门")).is_ok());
    for empty in ["", "  ", "　\n"] {
        assert!(matches!(
            Passphrase::new(empty),
            Err(VaultError::EmptyPassphrase)
        ));
    }
    assert_eq!(
        format!("{:?}", Passphrase::new("secret").unwrap()),
        "Passphrase(•••)"
    );
}

#[test]
fn saving_keeps_the_place_and_the_passphrase() {
    for (protection, resting) in all() {
        let ground = Ground::new();
        let vault = ground.create(protection).unwrap();
        let before = files_in(ground.tmp.path());
        let mut newer = secrets();
        newer.generation = 2;
        vault.save(&newer, &mut Counting(77)).unwrap();
        check_rests(&ground, resting);
        let (vault, opened) = ground.open(Some(PHRASE)).unwrap();
        assert_eq!(opened.generation, 2);
        newer.generation = 3;
        vault.save(&newer, &mut Counting(78)).unwrap();
        assert_eq!(ground.open(Some(PHRASE)).unwrap().1, newer);
        assert_eq!(
            files_in(ground.tmp.path()).len(),
            before.len(),
            "nothing is left beside"
        );
    }
}

#[test]
fn secrets_move_from_every_place_to_every_place_and_leave_nothing_behind() {
    for (first, _) in all() {
        for (second, resting) in all() {
            let ground = Ground::new();
            let vault = ground.create(first.clone()).unwrap();
            let moved = vault.protect(&secrets(), second, &mut Counting(5)).unwrap();
            assert_eq!(moved.resting(), resting);
            check_rests(&ground, resting);
            assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
        }
    }
}

#[test]
fn a_changed_passphrase_shuts_the_old_one_out() {
    let ground = Ground::new();
    let vault = ground.create(phrase("old")).unwrap();
    vault
        .protect(&secrets(), phrase("new"), &mut Counting(5))
        .unwrap();
    assert!(matches!(
        ground.open(Some("old")),
        Err(VaultError::WrongPassphrase)
    ));
    assert_eq!(ground.open(Some("new")).unwrap().1, secrets());
}

#[test]
fn a_move_that_was_cut_short_is_finished_by_the_next_opening() {
    let ground = Ground::new();
    ground.create(Protection::Unprotected).unwrap();
    let outside = ground.places.outside_file();
    let left = std::fs::read(&outside).unwrap();
    std::fs::remove_file(&outside).unwrap();
    ground.create(phrase(PHRASE)).unwrap();
    // As after a crash between writing the sealed file and clearing the outside one.
    std::fs::write(&outside, &left).unwrap();
    std::fs::write(outside.with_extension("key.new"), &left).unwrap();
    assert!(matches!(
        ground.open(Some("wrong")),
        Err(VaultError::WrongPassphrase)
    ));
    assert!(outside.exists(), "a wrong passphrase changes nothing");
    ground.open(Some(PHRASE)).unwrap();
    check_rests(&ground, Resting::Passphrase);
    assert!(files_in(&ground.tmp.path().join("keys")).is_empty());
}

#[test]
fn a_write_that_was_cut_short_does_not_hinder_the_next() {
    for (protection, resting) in all() {
        let ground = Ground::new();
        std::fs::create_dir(ground.tmp.path().join("keys")).unwrap();
        for file in [
            ground.places.sealed_file(),
            ground.places.outside_file(),
            ground.places.keyring_note(),
        ] {
            let mut name = file.into_os_string();
            name.push(".new");
            std::fs::write(name, b"half").unwrap();
        }
        let vault = ground.create(protection).unwrap();
        vault.save(&secrets(), &mut Counting(3)).unwrap();
        check_rests(&ground, resting);
        assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
    }
}

#[test]
fn without_a_keyring_nothing_is_kept_and_another_protection_still_works() {
    for mood in [Mood::Absent, Mood::Locked, Mood::Forgets] {
        let ground = Ground::with(mood);
        let refused = ground.create(Protection::Keyring);
        match mood {
            Mood::Locked => assert!(matches!(refused, Err(VaultError::KeyringLocked { .. }))),
            _ => assert!(matches!(
                refused,
                Err(VaultError::KeyringUnavailable { .. })
            )),
        }
        assert_eq!(Vault::find(&ground.places).unwrap(), None);
        assert!(files_in(ground.tmp.path()).is_empty());
        ground.create(phrase(PHRASE)).unwrap();
        assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
    }
}

#[test]
fn a_failed_move_to_the_keyring_leaves_the_old_place_as_it_was() {
    let ground = Ground::with(Mood::Absent);
    let vault = ground.create(phrase(PHRASE)).unwrap();
    let failed = vault.protect(&secrets(), Protection::Keyring, &mut Counting(5));
    assert!(matches!(failed, Err(VaultError::KeyringUnavailable { .. })));
    check_rests(&ground, Resting::Passphrase);
    assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
}

#[test]
fn a_keyring_that_is_gone_or_emptied_is_named() {
    let ground = Ground::new();
    ground.create(Protection::Keyring).unwrap();
    ground.set_mood(Mood::Absent);
    assert!(matches!(
        ground.open(None),
        Err(VaultError::KeyringUnavailable { .. })
    ));
    ground.set_mood(Mood::Locked);
    assert!(matches!(
        ground.open(None),
        Err(VaultError::KeyringLocked { .. })
    ));
    ground.set_mood(Mood::Works);
    let mut kept = std::mem::take(&mut *ground.ring.kept.lock().unwrap());
    assert!(matches!(ground.open(None), Err(VaultError::KeyringEmpty)));
    kept.values_mut().for_each(|bytes| bytes[30] ^= 1);
    *ground.ring.kept.lock().unwrap() = kept;
    assert!(matches!(ground.open(None), Err(VaultError::Damaged { .. })));
}

#[test]
fn a_keyring_that_died_after_the_move_does_not_keep_the_home_shut() {
    let ground = Ground::new();
    let vault = ground.create(Protection::Keyring).unwrap();
    ground.set_mood(Mood::Absent);
    let vault = vault
        .protect(&secrets(), phrase(PHRASE), &mut Counting(5))
        .unwrap();
    assert_eq!(vault.resting(), Resting::Passphrase);
    assert_eq!(ground.open(Some(PHRASE)).unwrap().1, secrets());
    // Once it is back, the next opening takes the old copy out.
    ground.set_mood(Mood::Works);
    ground.open(Some(PHRASE)).unwrap();
    check_rests(&ground, Resting::Passphrase);
}

#[test]
fn forgetting_leaves_no_secret_in_any_place() {
    for (protection, _) in all() {
        let ground = Ground::new();
        ground.create(protection).unwrap();
        Vault::forget(&ground.places).unwrap();
        assert_eq!(Vault::find(&ground.places).unwrap(), None);
        assert!(files_in(ground.tmp.path()).is_empty() && !ground.in_ring());
        assert!(matches!(
            ground.open(Some(PHRASE)),
            Err(VaultError::NotFound)
        ));
    }
}
