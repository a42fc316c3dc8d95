//! The real workspace holds its layers, and an invented one that breaks each rule is caught.

use super::{check, table};
use crate::metadata::{Member, Use, Workspace};
use crate::repo::{Tree, root};

fn member(folder: &str, uses: &[&str]) -> Member {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    Member {
        name: name.to_owned(),
        folder: folder.to_owned(),
        uses: uses
            .iter()
            .map(|used| Use {
                name: used.trim_start_matches("dev:").to_owned(),
                dev: used.starts_with("dev:"),
            })
            .collect(),
        ..Member::default()
    }
}

/// Checks a workspace of these members and files; returns the findings as lines.
fn lines(members: &[Member], files: &[(&str, &str)]) -> Vec<String> {
    let workspace = Workspace {
        members: members.to_vec(),
        packages: Vec::new(),
    };
    check(&workspace, &Tree::of(files))
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn one_line(members: &[Member], files: &[(&str, &str)], expected: &str) {
    let found = lines(members, files);
    assert_eq!(found.len(), 1, "{expected}: {found:#?}");
    assert!(found[0].contains(expected), "{expected}: {found:#?}");
}

#[test]
fn the_workspace_holds_its_layers() {
    let root = root().unwrap();
    let workspace = Workspace::load(&root).unwrap();
    assert!(workspace.members.len() >= 12, "too few members were read");
    assert!(
        workspace
            .members
            .iter()
            .any(|member| member.reaches.contains_key("tokio")),
        "no crate reaches tokio: the graph was not read"
    );
    let mut tree = Tree::load(&root).unwrap();
    let found = check(&workspace, &tree);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));

    let intruder = Tree::of(&[("crates/linli-base/src/intruder.rs", "use std::fs;")]);
    tree.files.extend(intruder.files);
    assert_eq!(
        check(&workspace, &tree).len(),
        1,
        "the real source is not looked at"
    );
}

#[test]
fn a_workspace_in_order_has_no_findings() {
    let members = [
        member("crates/linli-base", &["blake3", "dev:proptest"]),
        member("keys/linli-keys", &["linli-base", "ed25519-dalek", "hpke"]),
        member("crates/linli-record", &["linli-keys", "automerge"]),
        member("crates/linli-store", &["redb"]),
        member("sync/linli-node", &["linli-record", "linli-store", "tokio"]),
        member("tests/linli-sim", &["linli-node", "linli-base", "redb"]),
        member("crates/xtask", &["linli-sim"]),
    ];
    let files = [
        (
            "crates/linli-base/src/lib.rs",
            "//! std::fs\npub fn id() {}",
        ),
        ("crates/linli-store/src/lib.rs", "use std::fs;"),
        ("crates/linli-base/tests/files.rs", "use std::fs;"),
    ];
    assert_eq!(lines(&members, &files), Vec::<String>::new());
}

#[test]
fn using_a_higher_or_an_equal_rank_is_caught() {
    let store = member("crates/linli-store", &[]);
    let pass = member("crates/linli-pass", &[]);
    let upwards = member("keys/linli-keys", &["linli-store"]);
    one_line(&[upwards, store.clone()], &[], "rank 5");
    let sideways = member("crates/linli-record", &["linli-pass"]);
    one_line(&[sideways, pass], &[], "rank 3");
    let in_tests = member("keys/linli-keys", &["dev:linli-store"]);
    one_line(&[in_tests, store], &[], "rank 5");
}

#[test]
fn a_crate_without_a_rank_is_caught() {
    one_line(&[member("crates/linli-new", &[])], &[], "has no rank");
}

#[test]
fn the_product_does_not_use_what_is_for_tests() {
    let members = [
        member("sync/linli-node", &["linli-sim"]),
        member("tests/linli-sim", &[]),
    ];
    one_line(&members, &[], "only tests may use");
}

#[test]
fn every_reserved_dependency_is_caught_elsewhere() {
    for rule in table::RESERVED {
        for package in rule.packages {
            one_line(&[member("tests/linli-vectors", &[package])], &[], package);
            let to = member(&format!("tests/{}", rule.to[0]), &[package]);
            assert_eq!(lines(&[to], &[]), Vec::<String>::new(), "{package}");
        }
    }
}

#[test]
fn the_protocol_must_not_reach_records_by_any_way() {
    let direct = member("sync/linli-protocol", &["linli-record"]);
    one_line(&[direct], &[], "linli-record");

    let mut through = member("sync/linli-protocol", &["linli-log"]);
    let way = ["linli-protocol", "linli-log", "automerge"].map(str::to_owned);
    through.reaches.insert("automerge".to_owned(), way.to_vec());
    one_line(&[through], &[], "linli-log -> automerge");

    let named = [(
        "sync/linli-protocol/src/hub.rs",
        "\nuse linli_log::automerge;",
    )];
    let clean = member("sync/linli-protocol", &["linli-log"]);
    one_line(&[clean], &named, "hub.rs:2: names automerge");
}

#[test]
fn every_runtime_and_adapter_library_is_caught_below() {
    for (package, _) in table::UNREACHED {
        let mut low = member("crates/linli-view", &[]);
        let way = ["linli-view", "something", package].map(str::to_owned);
        low.reaches.insert((*package).to_owned(), way.to_vec());
        one_line(&[low], &[], "something");
    }
    one_line(&[member("crates/linli-view", &["dev:tokio"])], &[], "tokio");
}

#[test]
fn ambient_randomness_may_be_named_by_tests_alone() {
    for (package, _) in table::UNNAMED {
        let ships = lines(&[member("crates/linli-base", &[package])], &[]);
        assert!(!ships.is_empty(), "{package}");
    }
    let tests = member("crates/linli-base", &["dev:getrandom", "dev:tempfile"]);
    assert_eq!(lines(&[tests], &[]), Vec::<String>::new());
}

#[test]
fn every_path_into_the_world_is_caught_in_the_source() {
    let low = member("crates/linli-base", &[]);
    for (path, reason) in table::WORLD {
        let source = format!("//! x\nfn f() {{ {}() }}", path.join("::"));
        let files = [("crates/linli-base/src/a/b.rs", source.as_str())];
        let found = lines(std::slice::from_ref(&low), &files);
        let place = "crates/linli-base/src/a/b.rs:2";
        let hit = |line: &String| line.starts_with(place) && line.contains(reason);
        assert!(found.iter().any(hit), "{path:?}: {found:#?}");
    }
}

#[test]
fn the_world_may_be_touched_in_tests() {
    let low = member("crates/linli-base", &[]);
    let files = [
        ("crates/linli-base/src/lib.rs", "#[cfg(test)] mod tests;"),
        ("crates/linli-base/src/tests.rs", "use std::fs;"),
    ];
    assert_eq!(lines(&[low], &files), Vec::<String>::new());
}

#[test]
fn every_rank_has_one_line() {
    for (index, rank) in table::RANKS.iter().enumerate() {
        let again = table::RANKS[index + 1..]
            .iter()
            .any(|other| other.name == rank.name);
        assert!(!again, "{} stands twice in the table", rank.name);
    }
}
