//! The lockfile of this repository passes, and an invented one that breaks each rule does not.

use super::{bans, licences, lock, versions};
use crate::metadata::{Package, Workspace};
use crate::repo::{Finding, Tree, root};

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"redb\"\nversion = \"4.5.0\"\nsource = \"x\"\n\
    dependencies = [\n \"libc\",\n]\n\n[[package]]\nname = \"yamux\"\nversion = \"0.14.1\"\n";

fn package(name: &str, licence: Option<&str>) -> Package {
    Package {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        licence: licence.map(str::to_owned),
        inside: true,
        ..Package::default()
    }
}

fn of(packages: Vec<Package>) -> Workspace {
    Workspace {
        members: Vec::new(),
        packages,
    }
}

fn lines(found: &[Finding]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn this_repository_resolves_to_what_we_accept() {
    let root = root().unwrap();
    let tree = Tree::load(&root).unwrap();
    let workspace = Workspace::load(&root).unwrap();
    assert!(workspace.packages.len() > 300, "the graph was not read");
    let mut found = super::versions(&tree).unwrap();
    found.extend(super::licences(&workspace));
    found.extend(super::bans(&workspace, &tree));
    assert!(found.is_empty(), "{:#?}", lines(&found));
}

#[test]
fn a_lockfile_is_read_block_by_block() {
    let read = lock::packages(LOCK);
    let shown: Vec<String> = read
        .iter()
        .map(|package| format!("{} {}", package.name, package.version))
        .collect();
    assert_eq!(shown, ["redb 4.5.0", "yamux 0.14.1"]);
}

#[test]
fn a_wounded_version_is_caught() {
    let resolved = |versions: &[(&str, &str)]| {
        let lock: String = versions
            .iter()
            .map(|(name, version)| {
                format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
            })
            .collect();
        lines(&versions::check(&lock::packages(&lock), versions::WANTED).unwrap())
    };
    let sound = [
        ("redb", "4.5.0"),
        ("yamux", "0.14.1"),
        ("ed25519-dalek", "3.0.0"),
        ("egui", "0.35.0"),
        ("libp2p", "0.57.1"),
        ("iroh", "1.4.1"),
    ];
    assert_eq!(resolved(&sound), Vec::<String>::new());

    for (name, version, complaint) in [
        ("redb", "4.1.0", "older than 4.2.0"),
        ("redb", "4.2.0-beta.1", "older than 4.2.0"),
        ("yamux", "0.13.9", "older than 0.13.10"),
        ("ed25519-dalek", "2.2.0", "older than 3.0.0"),
        ("egui", "0.36.0", "not below 0.36.0"),
        ("libp2p", "0.56.0", "older than 0.57.0"),
    ] {
        let mut wounded = sound;
        for entry in &mut wounded {
            if entry.0 == name {
                entry.1 = version;
            }
        }
        let found = resolved(&wounded);
        assert!(
            found.len() == 1 && found[0].contains(complaint),
            "{found:?}"
        );
    }
    let old = [sound.as_slice(), &[("negentropy", "0.5.2")]].concat();
    assert!(resolved(&old)[0].contains("older than 0.5.3"));
    let twice = [sound.as_slice(), &[("redb", "4.6.0")]].concat();
    assert!(resolved(&twice)[0].contains("4.5.0, 4.6.0, wanted One"));
    assert!(resolved(&sound[..5])[0].contains("resolved to none"));
}

#[test]
fn licence_expressions_are_judged_by_their_meaning() {
    for licence in [
        "MIT",
        "MIT OR GPL-3.0-only",
        "MIT/Apache-2.0",
        "(MIT OR GPL-2.0-only) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
    ] {
        let found = licences::check(&of(vec![package("x", Some(licence))]));
        assert!(found.is_empty(), "{licence}: {:?}", lines(&found));
    }
    for (licence, complaint) in [
        (Some("GPL-3.0-only"), "not accepted"),
        (Some("MIT AND AGPL-3.0-or-later"), "not accepted"),
        (Some("ours, ask us"), "cannot be read"),
        (None, "no licence"),
    ] {
        let found = lines(&licences::check(&of(vec![package("x", licence)])));
        assert!(
            found.len() == 1 && found[0].contains(complaint),
            "{found:?}"
        );
    }
}

#[test]
fn banned_packages_features_and_sources_are_caught() {
    for (name, _) in bans::PACKAGES {
        let lock = format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
        let found = lines(&bans::check(&of(Vec::new()), &lock::packages(&lock)));
        assert!(found.len() == 1 && found[0].contains("banned"), "{found:?}");
    }
    for (name, feature, _) in bans::FEATURES {
        let mut with = package(name, None);
        with.features = vec![(*feature).to_owned()];
        let found = lines(&bans::check(&of(vec![with]), &[]));
        assert!(found.len() == 1 && found[0].contains(feature), "{found:?}");
    }
    let mut from_git = package("x", None);
    from_git.source = Some("git+https://example.org/x".to_owned());
    let mut from_outside = package("y", None);
    from_outside.inside = false;
    let found = lines(&bans::check(&of(vec![from_git, from_outside]), &[]));
    assert!(
        found[0].contains("comes from git+") && found[1].contains("outside"),
        "{found:?}"
    );
}
