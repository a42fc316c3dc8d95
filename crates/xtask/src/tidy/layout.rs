//! The layout: five folders whose children are crates named like their folder, each of them in ARCHITECTURE.md,
//! few things beside them, and no file too large to clone gladly.

use std::collections::BTreeSet;

use super::Broken;
use crate::repo::Tree;

/// Every child of these is a crate.
const HOUSES: &[&str] = &["crates", "keys", "sync", "apps", "tests"];
/// Folders that may stand beside them.
const BESIDE: &[&str] = &["docs", ".ci", ".cargo", ".config"];
const PICTURE: &str = "ARCHITECTURE.md";
const LARGEST: u64 = 5 * 1024 * 1024;

pub fn check(tree: &Tree, broken: &mut Vec<Broken>) {
    for (path, file) in &tree.files {
        if file.bytes >= LARGEST {
            let what = format!("{} bytes, above {LARGEST}", file.bytes);
            broken.push(Broken::file("large-file", path, what));
        }
    }
    let mut top = BTreeSet::new();
    let mut children = BTreeSet::new();
    for path in tree.files.keys() {
        let parts: Vec<&str> = path.splitn(3, '/').collect();
        if let [folder, rest @ ..] = parts.as_slice()
            && !rest.is_empty()
        {
            top.insert(*folder);
            if HOUSES.contains(folder) && rest.len() == 2 {
                children.insert(format!("{folder}/{}", rest[0]));
            }
        }
    }
    for folder in top {
        if !HOUSES.contains(&folder) && !BESIDE.contains(&folder) {
            let what = "stands beside the given folders";
            broken.push(Broken::file("layout", folder, what));
        }
    }
    for child in children {
        crate_folder(tree, &child, broken);
    }
}

fn crate_folder(tree: &Tree, folder: &str, broken: &mut Vec<Broken>) {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let Some(manifest) = tree.text(&format!("{folder}/Cargo.toml")) else {
        let what = "is no crate, as every child of its parent should be";
        broken.push(Broken::file("layout", folder, what));
        return;
    };
    if !manifest.contains(&format!("name = \"{name}\"")) {
        let what = "is not named like the package in it";
        broken.push(Broken::file("layout", folder, what));
    }
    if !tree.text(PICTURE).is_some_and(|text| lists(text, name)) {
        let what = format!("is not in {PICTURE}");
        broken.push(Broken::file("layout", folder, what));
    }
}

/// True if the name stands there as a word of its own: `linli` is not listed by `linli-base`.
fn lists(text: &str, name: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.split(|c: char| !joins(c)).any(|word| word == name)
}
