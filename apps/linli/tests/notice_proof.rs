//! Signed notices as files: checked by whoever knows the community, worthless after the smallest change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use common::Desk;
use office::{exported, founded, id, publish};
use serde_json::Value;
use std::path::Path;

/// The whole id of the community of a desk.
fn community(desk: &Desk) -> String {
    let shown = desk.json(&["community", "show"]).object();
    let id = shown["data"]["community"]["id"].as_str().unwrap();
    id.to_owned()
}

/// A check of a file where there is no home.
fn checked(desk: &Desk, file: &str, community: &str) -> common::Said {
    let none = desk.path("none");
    let home = ["--home", none.to_str().unwrap(), "--json", "--lang", "en"];
    let line = ["notice", "verify", file, "--community", community];
    common::linli(&desk.path("keys"), &[&home[..], &line].concat())
}

#[test]
fn a_signed_notice_in_a_file_is_checked_by_whoever_knows_the_community() {
    let (desk, body) = founded();
    let first = publish(&desk, "停电", &body, "--severity Severe --area 3");
    let write = |name: &str, id: &str| {
        let (bytes, _) = exported(&desk, &[id, "--format", "json"]);
        desk.file(name, bytes)
    };
    let early = write("early.json", &first);
    let own = community(&desk);
    let said = checked(&desk, &early, &own);
    assert_eq!(said.exit, 0, "{said:?}");
    let data = said.object()["data"].clone();
    assert_eq!(
        (&data["id"], &data["title"], &data["office"]),
        (&first.as_str().into(), &"停电".into(), &"居委会".into())
    );
    assert_eq!(
        (&data["genuine"], &data["asked_home"], &data["corrected_by"]),
        (&true.into(), &false.into(), &Value::Null)
    );
    let said = desk.words("zh-CN", &["notice", "verify", &early]);
    for part in [
        "是真的",
        "丰盛园 居委会 签发",
        "停电",
        "请不要乘电梯",
        "仍然有效",
    ] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }

    // A file written before knows nothing of what came later; the home does, and so does a later file.
    let fixed = [
        "notice",
        "correct",
        &first,
        "--title",
        "停电改期",
        "--body-file",
        &body,
    ];
    let second = id(&desk, &fixed);
    let back = id(&desk, &["notice", "retract", &second, "--reason", "不停了"]);
    assert_eq!(
        checked(&desk, &early, &own).object()["data"]["corrected_by"],
        Value::Null
    );
    let here = desk.json(&["notice", "verify", &early]).object()["data"].clone();
    assert_eq!(
        (&here["corrected_by"], &here["known_here"]),
        (&second.as_str().into(), &true.into())
    );
    for asked in [&first, &second, &back] {
        let file = write("late.json", asked);
        let data = checked(&desk, &file, &own).object()["data"].clone();
        let corrected = data["corrected_by"] == second.as_str();
        let retracted = data["retracted"]["reason"] == "不停了";
        assert_eq!(
            (corrected, retracted),
            (asked == &first, asked != &first),
            "{data}"
        );
    }
    let late = write("late.json", &second);
    let said = desk.words("en", &["notice", "verify", &late]);
    assert!(said.out.contains("retracted since: 不停了"), "{}", said.out);
}

#[test]
fn a_file_that_was_changed_in_any_byte_or_is_anothers_proves_nothing() {
    let (desk, body) = founded();
    let first = publish(&desk, "停电", &body, "");
    let (bytes, _) = exported(&desk, &[&first, "--format", "json"]);
    let file: Value = serde_json::from_slice(&bytes).unwrap();
    let own = community(&desk);
    let prove = |file: &Value| {
        linli_node::proof::check(
            file.to_string().as_bytes(),
            &linli_base::CommunityId::parse(&own).unwrap(),
        )
    };
    assert!(prove(&file).is_ok());
    // One character of base32 for another, at places all over what is signed.
    let mut tried = 0;
    for list in ["epochs", "entries"] {
        for at in 0..file[list].as_array().unwrap().len() {
            let text = file[list][at].as_str().unwrap().to_owned();
            let step = (text.len() / 40).max(1);
            for place in (0..text.len() - 2).step_by(step) {
                let mut changed = text.clone().into_bytes();
                changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
                let mut other = file.clone();
                other[list][at] = String::from_utf8(changed).unwrap().into();
                assert!(prove(&other).is_err(), "{list} {at} {place}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
    let with = |name: &str, value: Value| {
        let mut other = file.clone();
        other[name] = value;
        other
    };
    let zeros = linli_base::CommunityId::ZERO.to_text();
    let office_only: Vec<Value> = file["entries"].as_array().unwrap()[..1].to_vec();
    for (other, why) in [
        (with("format", "linli-notice/2".into()), "version"),
        (with("format", "x".into()), "form"),
        (with("epochs", serde_json::json!([])), "form"),
        (with("entries", serde_json::json!(["!"])), "form"),
        (with("entries", serde_json::json!([])), "missing"),
        (with("entries", office_only.into()), "missing"),
        (
            with("notice", "r:00000000000000000000000000".into()),
            "missing",
        ),
        (with("community", zeros.clone().into()), "community"),
    ] {
        let path = desk.file("other.json", other.to_string());
        let said = checked(&desk, &path, &own);
        assert_eq!(
            (said.exit, said.code().as_str()),
            (3, "notice-unproven"),
            "{why}"
        );
        assert_eq!(prove(&other).unwrap_err().code(), why);
    }
    // Another community signs the same words: its files are not this one's.
    let (stranger, body) = founded();
    let theirs = publish(&stranger, "停电", &body, "");
    let (bytes, _) = exported(&stranger, &[&theirs, "--format", "json"]);
    let path = desk.file("theirs.json", bytes);
    let said = desk.words("en", &["notice", "verify", &path]);
    assert!(
        said.exit == 3 && said.err.contains("another community"),
        "{said:?}"
    );
    let plain = desk.file("file.json", file.to_string());
    assert_eq!(
        checked(&desk, &plain, "n:kt04jpcw").code(),
        "community-unreadable"
    );
    let none = desk.path("none");
    let line = [
        "--home",
        none.to_str().unwrap(),
        "--json",
        "notice",
        "verify",
        &plain,
    ];
    assert_eq!(
        common::linli(&desk.path("keys"), &line).code(),
        "community-not-given"
    );
}

#[test]
fn the_published_file_of_a_signed_notice_is_read_for_ever() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data");
    let file = folder.join("notice-signed.json");
    let desk = Desk::new();
    let said = checked(
        &desk,
        file.to_str().unwrap(),
        "n:6xrtc4sac6r74xrmvwjqhneeawvkk1t232we39qpqc9zykwsd5bg",
    );
    assert_eq!(said.exit, 0, "{said:?}");
    let data = said.object()["data"].clone();
    assert_eq!(
        (&data["title"], &data["office"], &data["estate"]),
        (&"停电".into(), &"居委会".into(), &"丰盛园".into())
    );
    assert_eq!(data["retracted"], Value::Null);
    assert!(data["corrected_by"].is_string(), "{data}");
}
