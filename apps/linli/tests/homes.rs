//! `linli homes`: the list of this account's homes, what stands in it, and a program that dies while writing it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use common::{LINLI, linli};
use office::founded;
use serde_json::{Value, json};
use std::process::Command;

fn list(keys: &std::path::Path, home: &str) -> Value {
    let said = linli(keys, &["--home", home, "--json", "homes", "list"]);
    assert_eq!(said.exit, 0, "{said:?}");
    said.object()["data"]["homes"].clone()
}

#[test]
fn a_home_is_added_listed_missed_and_forgotten() {
    let (desk, _) = founded();
    let none = desk.words("zh-CN", &["homes", "list"]);
    assert!(
        none.exit == 0 && none.out.contains("名单上还没有家"),
        "{none:?}"
    );
    let said = desk.words("zh-CN", &["homes", "add"]);
    assert!(
        said.exit == 0 && said.out.contains("居委会（丰盛园）"),
        "{said:?}"
    );
    // Once more changes nothing.
    assert_eq!(desk.json(&["homes", "add"]).exit, 0);
    let (keys, dir) = (desk.path("keys"), desk.path("office"));
    let dir = dir.to_str().unwrap();
    let homes = list(&keys, dir);
    assert_eq!(homes.as_array().unwrap().len(), 1);
    assert_eq!(
        (&homes[0]["name"], &homes[0]["kind"], &homes[0]["state"]),
        (&json!("居委会"), &json!("office"), &json!("rests"))
    );
    // Nothing of the home's keys stands in the list.
    let text = std::fs::read_to_string(keys.join("homes.json")).unwrap();
    let fields: Value = serde_json::from_str(&text).unwrap();
    let of: Vec<&String> = fields["homes"][0].as_object().unwrap().keys().collect();
    assert_eq!(of, ["community", "dir", "kind", "name"]);

    let refused = desk.json(&["homes", "forget", "/nowhere"]);
    assert_eq!(
        (refused.exit, refused.code().as_str()),
        (6, "home-not-listed")
    );
    let away = desk.path("away");
    std::fs::rename(desk.path("office"), &away).unwrap();
    let said = linli(&keys, &["--home", dir, "--lang", "zh-CN", "homes", "list"]);
    assert!(said.out.contains("找不到"), "{said:?}");
    let listed = list(&keys, dir)[0]["dir"].as_str().unwrap().to_owned();
    assert_eq!(linli(&keys, &["homes", "forget", &listed]).exit, 0);
    assert_eq!(list(&keys, dir), json!([]));
    // The home itself is as it was.
    let away = away.to_str().unwrap();
    assert_eq!(linli(&keys, &["--home", away, "status"]).exit, 0);
}

#[cfg(debug_assertions)]
#[test]
fn killed_while_it_writes_the_list_is_the_old_one_and_the_next_one_goes_on() {
    let (desk, _) = founded();
    assert_eq!(desk.json(&["homes", "add"]).exit, 0);
    let (keys, home) = (desk.path("keys"), desk.path("office"));
    let second = desk.path("second");
    let second = second.to_str().unwrap();
    let found = [
        "--home",
        second,
        "--lang",
        "zh-CN",
        "community",
        "found",
        "--name",
        "青槐里",
        "--utc-offset",
        "+08:00",
    ];
    assert_eq!(linli(&keys, &found).exit, 0);
    let killed = Command::new(LINLI)
        .args(["--home", second, "homes", "add"])
        .env("LINLI_KEYS_DIR", &keys)
        .env("LINLI_KILL_AT", "mid-homes")
        .output()
        .unwrap();
    assert!(!killed.status.success());
    let home = home.to_str().unwrap();
    assert_eq!(
        list(&keys, home).as_array().unwrap().len(),
        1,
        "the old list, whole"
    );
    assert_eq!(linli(&keys, &["--home", second, "homes", "add"]).exit, 0);
    let homes = list(&keys, home);
    let names: Vec<&str> = homes
        .as_array()
        .unwrap()
        .iter()
        .map(|h| h["community"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["丰盛园", "青槐里"]);
}

#[test]
fn a_list_of_a_newer_version_is_left_alone_and_homes_work_without_it() {
    let (desk, _) = founded();
    let file = desk.path("keys").join("homes.json");
    std::fs::write(&file, r#"{"version":9}"#).unwrap();
    let refused = desk.json(&["homes", "add"]);
    assert_eq!((refused.exit, refused.code().as_str()), (9, "homes-newer"));
    assert_eq!(desk.json(&["homes", "list"]).code(), "homes-newer");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), r#"{"version":9}"#);
    assert_eq!(desk.json(&["notice", "list"]).exit, 0);
}
