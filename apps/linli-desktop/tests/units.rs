//! The units that start a gate into itself: what they call exists, what they promise is in them, and systemd agrees
//! where it is installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use clap::Parser as _;
use linli_desktop::args::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Section and key, with their values in order.
type Unit = BTreeMap<(String, String), Vec<String>>;

const NODE: &str = include_str!("../../linli/systemd/linli-node.service");
const STATION: &str = include_str!("../systemd/linli-station.service");

/// Reads a unit as systemd does: sections, keys, comments; anything else is an error.
fn read(text: &str) -> Unit {
    let (mut unit, mut section) = (Unit::new(), String::new());
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = name.to_owned();
            continue;
        }
        let (key, value) = line
            .split_once('=')
            .unwrap_or_else(|| panic!("no key: {line}"));
        assert!(!section.is_empty(), "outside of a section: {line}");
        let at = (section.clone(), key.trim().to_owned());
        unit.entry(at).or_default().push(value.trim().to_owned());
    }
    unit
}

fn value<'a>(unit: &'a Unit, section: &str, key: &str) -> &'a str {
    let values = unit.get(&(section.to_owned(), key.to_owned()));
    match values.map(Vec::as_slice) {
        Some([one]) => one,
        other => panic!("{section}.{key}: {other:?}"),
    }
}

#[test]
fn the_station_starts_full_screen_waits_for_the_node_and_is_started_again() {
    let unit = read(STATION);
    let line: Vec<&str> = value(&unit, "Service", "ExecStart").split(' ').collect();
    assert!(
        line[0].starts_with('/') && line[0].ends_with("/linli-desktop"),
        "{line:?}"
    );
    let args = Args::try_parse_from(line).expect("arguments that the window takes");
    assert!(args.full_screen && args.attach);
    assert!(args.theme.unwrap().start().1, "dark at night");
    assert_eq!(
        args.screen,
        linli_view::intent::Screen::Home,
        "a gate's home is the station"
    );
    assert_eq!(value(&unit, "Unit", "Wants"), "linli-node.service");
    assert!(value(&unit, "Unit", "After").contains("linli-node.service"));
    assert_eq!(
        value(&unit, "Install", "WantedBy"),
        "graphical-session.target"
    );
}

#[test]
fn both_units_are_started_again_however_often_they_end() {
    for text in [NODE, STATION] {
        let unit = read(text);
        assert_eq!(value(&unit, "Service", "Restart"), "always");
        assert_eq!(value(&unit, "Unit", "StartLimitIntervalSec"), "0");
        let sections: Vec<&str> = unit.keys().map(|(section, _)| section.as_str()).collect();
        assert!(
            sections
                .iter()
                .all(|name| ["Unit", "Service", "Install"].contains(name))
        );
        let keys = [
            "After",
            "Description",
            "ExecStart",
            "NoNewPrivileges",
            "PartOf",
            "Restart",
            "RestartSec",
            "StartLimitIntervalSec",
            "TimeoutStopSec",
            "Type",
            "UMask",
            "WantedBy",
            "Wants",
        ];
        // A key that is mistyped is a warning in a journal that nobody at a gate reads.
        assert!(
            unit.keys().all(|(_, key)| keys.contains(&key.as_str())),
            "{:?}",
            unit.keys()
        );
    }
    let unit = read(NODE);
    assert_eq!(
        value(&unit, "Service", "ExecStart"),
        "/usr/local/bin/linli node run"
    );
    assert_eq!(value(&unit, "Install", "WantedBy"), "default.target");
}

/// With a program that is there in place of the installed one.
fn installed(dir: &Path, name: &str, text: &str) -> PathBuf {
    let file = dir.join(name);
    let here = text
        .replace("/usr/local/bin/linli-desktop", "/bin/true")
        .replace("/usr/local/bin/linli", "/bin/true");
    std::fs::write(&file, here).unwrap();
    file
}

#[test]
fn systemd_finds_nothing_to_say_about_the_units_where_it_is_installed() {
    let dir = tempfile::tempdir().unwrap();
    let node = installed(dir.path(), "linli-node.service", NODE);
    let station = installed(dir.path(), "linli-station.service", STATION);
    let mut verify = Command::new("systemd-analyze");
    verify
        .args(["verify", "--user", "--man=no"])
        .arg(&node)
        .arg(&station);
    verify
        .env("XDG_RUNTIME_DIR", dir.path())
        .env("SYSTEMD_UNIT_PATH", format!("{}:", dir.path().display()));
    let Ok(said) = verify.output() else {
        // Without systemd the two tests above hold the units.
        eprintln!(
            "systemd-analyze is not installed here: only our own reading of the units was tested"
        );
        return;
    };
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let about_ours: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("linli-"))
        .collect();
    assert!(about_ours.is_empty(), "{about_ours:#?}");
}
