//! The checked-in vectors are what this program makes, and come out as they say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_pass::vectors::{self, make};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pass")
}

fn read(name: &str) -> String {
    let path = folder().join(name);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{name}: {e}: write them again, see docs/formats/pass.md"))
}

/// The picture's bytes depend on a compressor's version; what it shows is checked by running the vector.
fn without_picture(json: &str) -> serde_json::Value {
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    value.as_object_mut().unwrap().remove("2DCODE");
    value
}

#[test]
fn the_files_are_what_this_program_makes() {
    let made = make::all().unwrap();
    for one in &made {
        assert_eq!(
            without_picture(&read(&one.name)),
            without_picture(&one.json),
            "{}",
            one.name
        );
    }
    assert_eq!(read("foreign/keys.json"), make::keys().unwrap());
    let gate = serde_json::to_string_pretty(&make::gate_context().unwrap()).unwrap() + "\n";
    assert_eq!(read("foreign/gate.json"), gate);
    let names: BTreeSet<String> = made.into_iter().map(|m| m.name).collect();
    let files = std::fs::read_dir(folder())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    let extra: Vec<String> = files
        .filter(|f| f.ends_with(".json") && !names.contains(f))
        .collect();
    assert!(extra.is_empty(), "nobody makes these: {extra:?}");
}

#[test]
fn the_files_come_out_as_they_say() {
    for one in make::all().unwrap() {
        if let Err(difference) = vectors::run(&read(&one.name)) {
            panic!("{}: {difference}", one.name);
        }
    }
}
