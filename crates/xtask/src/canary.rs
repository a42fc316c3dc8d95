//! Proves that each ban in the root's `clippy.toml` fires: clippy keeps silent about a path that is mistyped,
//! or that a new release of a library moved.
//!
//! The crate in `crates/xtask/canary` calls every banned function once. Here it is built outside the workspace
//! with the root's lockfile and the root's clippy configuration, and each ban must show in what clippy says.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::{repo, tools};

/// The paths that the configuration bans, in its order.
fn banned(configuration: &str) -> Vec<&str> {
    configuration
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once("path = \"")?.1.split('"').next())
        .collect()
}

fn clippy(root: &Path, folder: &Path, more: &[&str]) -> Output {
    Command::new(tools::cargo())
        .current_dir(folder)
        .args(["clippy", "--quiet", "--message-format=short"])
        .args(more)
        .env("CLIPPY_CONF_DIR", root)
        .env("CARGO_TARGET_DIR", tools::target(root).join("canary"))
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn every_ban_in_clippy_toml_fires() {
    let root = repo::root().unwrap();
    let from = root.join("crates/xtask/canary");
    let folder = tools::target(&root).join("canary/crate");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    for file in ["Cargo.toml", "src/lib.rs"] {
        std::fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    // The versions of the workspace, so that a path moved by an update shows here.
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    // Everything it needs was fetched with the workspace; a clone that built nothing else yet asks the network.
    let mut ran = clippy(&root, &folder, &["--offline"]);
    if !ran.status.success() {
        ran = clippy(&root, &folder, &[]);
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "the canary does not build:\n{said}");

    let configuration = std::fs::read_to_string(root.join("clippy.toml")).unwrap();
    let banned = banned(&configuration);
    assert!(banned.len() >= 8, "the bans were not read: {banned:?}");
    let silent: Vec<&&str> = banned
        .iter()
        .filter(|path| !said.contains(&format!("use of a disallowed method `{path}`")))
        .collect();
    assert!(
        silent.is_empty(),
        "these bans do not fire: {silent:?}\n{said}"
    );
}

#[test]
fn bans_are_read_from_the_configuration() {
    let text =
        "disallowed-methods = [\n  # path = \"a::b\"\n  { path = \"c::d\", reason = \"x\" },\n]\n";
    assert_eq!(banned(text), ["c::d"]);
}
