//! Homes that are busy, locked, foreign, damaged or not there.

use linli_e2e::daemon::{self, Daemon};
use linli_e2e::estate::{self, Estate};
use linli_e2e::exe;
use linli_e2e::home::Home;

#[test]
fn a_second_node_is_told_at_once_that_the_home_is_busy_and_a_command_is_not() {
    let estate = Estate::found();
    let office = &estate.office;
    let mut node = Daemon::start(office, &[]);
    // The first one runs on, so whoever is told at all did not wait for it.
    let second = office.run(&daemon::arguments(&[]));
    assert_eq!((second.code, second.error()), (Some(5), "home-busy"));
    office.refused(&daemon::arguments(&[]), 5, "home-busy");
    // Commands go over the socket of the first.
    office.must(&["post", "new", "--kind", "ask", "在吗"]);
    assert_eq!(office.must(&["status"])["running"], true);
    assert!(node.is_alive());
    node.stop();
    assert_eq!(office.must(&["status"])["running"], false);
    assert_eq!(
        office.must(&["post", "list"])["posts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_command_beside_a_long_command_is_told_at_once_that_the_home_is_busy() {
    let estate = Estate::found();
    let office = &estate.office;
    let file = exe::sample("registry-fengshengyuan.xlsx");
    office.must(&["registry", "import", file.to_str().unwrap()]);
    // Whichever of the two opens the home first has it; the other is told, and asks again.
    let mut told = false;
    let done = loop {
        let mut long = office.start(&["registry", "apply", "b1"]);
        while long.is_alive() {
            let reply = office.run(&["post", "list"]);
            if reply.code == Some(5) {
                assert_eq!(reply.error(), "home-busy");
                // Told while the other still works: it did not wait for its end.
                told |= long.is_alive();
            }
        }
        let reply = Home::reply(long);
        if reply.code != Some(5) {
            break reply;
        }
        assert_eq!(reply.error(), "home-busy");
    };
    assert!(told, "never told");
    assert_eq!(done.code, Some(0), "{}", done.object);
    assert_eq!(office.must(&["status"])["counts"]["units"], 792);
}

#[test]
fn a_passphrase_is_needed_right_and_readable() {
    let estate = Estate::empty();
    let mut office = estate.office.clone();
    office.passphrase = Some(estate.file("right", "三个 词 够了\n").into());
    estate::found(&office);
    office.must(&["post", "new", "--kind", "ask", "一"]);
    let post = ["post", "list"];
    let with = |file: &str| Home {
        passphrase: Some(file.into()),
        ..office.clone()
    };
    with(&estate.file("wrong", "别的\n")).refused(&post, 5, "wrong-passphrase");
    with(&estate.file("empty", "\n")).refused(&post, 3, "passphrase-empty");
    with(&estate.file("broken", b"\xff\xff")).refused(&post, 3, "passphrase-file");
    with("none").refused(&post, 3, "passphrase-file");
    let without = Home {
        passphrase: None,
        ..office.clone()
    };
    without.refused(&post, 5, "passphrase-needed");
    assert_eq!(office.must(&post)["posts"].as_array().unwrap().len(), 1);
    // Under a passphrase the keys are in the home, and there alone.
    assert!(!office.keys.exists());
    assert_eq!(office.must(&["status"])["protected"], true);
}

#[test]
fn keys_that_are_missing_foreign_or_open_to_others_open_nothing() {
    let estate = Estate::found();
    let office = &estate.office;
    let other = estate.home("other");
    estate::found(&other);
    let key_of = |home: &Home| {
        std::fs::read_dir(&home.keys)
            .unwrap()
            .flatten()
            .next()
            .unwrap()
            .path()
    };
    let status = ["status"];

    let nowhere = Home {
        keys: estate.root().join("keys/none"),
        ..office.clone()
    };
    nowhere.refused(&status, 5, "keys-missing");
    let swapped = Home {
        keys: estate.root().join("keys/swapped"),
        ..office.clone()
    };
    std::fs::create_dir(&swapped.keys).unwrap();
    let own = key_of(office);
    std::fs::copy(key_of(&other), swapped.keys.join(own.file_name().unwrap())).unwrap();
    swapped.refused(&status, 5, "other-keys");
    let inside = Home {
        keys: office.dir.join("keys"),
        ..office.clone()
    };
    inside.refused(&status, 3, "keys-inside-home");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            |bits| std::fs::set_permissions(&own, std::fs::Permissions::from_mode(bits)).unwrap();
        mode(0o644);
        office.refused(&status, 5, "keys-open-to-others");
        mode(0o600);
    }
    assert_eq!(office.must(&status)["state"], "member");
}

#[test]
fn a_damaged_or_lost_store_is_said_and_never_taken_for_an_empty_one() {
    let estate = Estate::found();
    let office = &estate.office;
    for n in 0..20 {
        office.must(&["post", "new", "--kind", "ask", &format!("帖{n}")]);
    }
    let (store, id) = (office.dir.join("store.redb"), office.dir.join("home.id"));
    let whole = std::fs::read(&store).unwrap();
    let list = ["post", "list"];

    let mut flipped = whole.clone();
    for byte in flipped.iter_mut().skip(4096).step_by(509) {
        *byte ^= 0x40;
    }
    for (what, bytes) in [
        ("flipped", flipped),
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("another file", b"hello".repeat(1000)),
        ("empty", Vec::new()),
    ] {
        std::fs::write(&store, bytes).unwrap();
        let reply = office.run(&list);
        assert_eq!(
            (reply.code, reply.error()),
            (Some(8), "store-damaged"),
            "{what}"
        );
    }
    office.refused(&list, 8, "store-damaged");
    std::fs::remove_file(&store).unwrap();
    office.refused(&list, 8, "store-damaged");
    std::fs::write(&store, &whole).unwrap();

    // A home that lost its id is not overwritten by founding another in its place.
    let saved = std::fs::read(&id).unwrap();
    std::fs::remove_file(&id).unwrap();
    office.refused(&list, 6, "no-home");
    office.refused(&estate::FOUND, 3, "home-exists");
    std::fs::write(&id, saved).unwrap();
    assert_eq!(office.must(&list)["posts"].as_array().unwrap().len(), 20);
}

#[test]
fn where_there_is_no_home_nothing_is_made_by_asking() {
    let estate = Estate::empty();
    let office = &estate.office;
    assert_eq!(office.must(&["status"])["state"], "none");
    office.refused(&["post", "list"], 6, "no-home");
    office.refused(&daemon::arguments(&[]), 6, "no-home");
    office.refused(&["registry", "apply", "b1"], 6, "no-home");
    assert!(!office.dir.exists());
    office.refused(
        &["post", "new", "--kind", "wish", "x"],
        2,
        "usage-bad-value",
    );
    assert!(!office.dir.exists());
}
