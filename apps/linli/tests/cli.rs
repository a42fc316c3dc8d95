//! Commands of a home, and those that need none, by the real program: one JSON object and exit statuses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Desk, LINLI, linli, register, split};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn a_register_is_previewed_applied_and_undone() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let file = register();
    let preview = desk
        .json(&["registry", "import", file.to_str().unwrap()])
        .object();
    assert_eq!(preview["data"]["counts"]["rows"], 100);
    let batch = preview["data"]["batch"].as_str().unwrap().to_owned();
    assert_eq!(
        desk.json(&["registry", "find", "1-1-201"]).object()["data"]["units"],
        serde_json::json!([])
    );

    assert_eq!(desk.json(&["registry", "apply", &batch]).exit, 0);
    let shown = desk.json(&["registry", "show", "1-1-201"]).object();
    assert!(
        !shown["data"]["unit"]["persons"]
            .as_array()
            .unwrap()
            .is_empty(),
        "{shown}"
    );
    let again = desk.json(&["registry", "apply", &batch]);
    assert_eq!((again.exit, again.code()), (3, "batch-applied".to_owned()));
    assert_eq!(desk.json(&["registry", "undo", &batch]).exit, 0);
    let shown = desk.json(&["registry", "show", "1-1-201"]);
    assert_eq!((shown.exit, shown.code()), (6, "not-found".to_owned()));
}

#[test]
fn a_founded_home_answers_and_is_not_founded_twice() {
    let desk = Desk::new();
    let founded = desk.found();
    assert_eq!(founded.exit, 0, "{founded:?}");
    let words = founded.object()["data"]["paper_words"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(words.split(' ').count(), 24);
    let again = desk.found();
    assert_eq!((again.exit, again.code()), (3, "home-exists".to_owned()));

    for (line, exit) in [
        ("community show", 0),
        ("charter log", 0),
        ("status", 0),
        ("peers", 0),
        ("doctor", 0),
        ("conflicts", 0),
        ("device list", 0),
        ("notice list", 0),
        ("post list", 0),
        ("pass list", 0),
        ("gate log", 0),
        ("digest --scope notice", 0),
        ("gate check LL1:X", 4),
        ("notice show r:aaaaaaaa", 6),
        ("notice show abc", 3),
        ("digest --scope house", 4),
        ("sas confirm a b c", 3),
        ("invite open --unit 1-1-101", 7),
        ("wait --notice aaaaaaaa --timeout 1", 7),
    ] {
        let said = desk.json(&split(line));
        assert_eq!(said.exit, exit, "{line}: {said:?}");
        if exit == 0 {
            said.object();
        } else {
            said.code();
        }
        for lang in ["zh-CN", "en"] {
            let said = desk.words(lang, &split(line));
            assert!(
                !said.out.contains('⟦') && !said.err.contains('⟦'),
                "{line}: {said:?}"
            );
        }
    }
}

#[test]
fn the_scopes_that_help_lists_are_those_that_the_home_knows() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let answer = desk.json(&["digest"]).object();
    let held = answer["data"]["scopes"].as_object().unwrap();
    let help = desk.words("en", &["digest", "--help"]).out;
    let list = help.split("one of: ").nth(1).unwrap();
    let listed: Vec<&str> = list.split(')').next().unwrap().split(", ").collect();
    assert!(listed.contains(&"skeleton"), "{listed:?}");
    for scope in &listed {
        let said = desk.json(&["digest", "--scope", scope]);
        let exit = if held.contains_key(*scope) { 0 } else { 4 };
        assert_eq!(said.exit, exit, "{scope}: {said:?}");
    }
    for scope in held.keys() {
        assert!(listed.contains(&scope.as_str()), "{scope}");
    }
    // What is compared by scope is also waited for by scope.
    let notice = held["notice"].as_str().unwrap();
    let wait = [
        "wait",
        "--timeout",
        "1",
        "--digest",
        notice,
        "--scope",
        "notice",
    ];
    assert_eq!(desk.json(&wait).exit, 0);
    let said = desk.json(&["wait", "--scope", "notice"]);
    assert_eq!((said.exit, said.code()), (2, "usage-missing".to_owned()));
    let said = desk.json(&["digest", "--scope", "with"]);
    assert_eq!((said.exit, said.code()), (2, "usage-bad-value".to_owned()));
}

#[test]
fn why_says_first_that_nothing_runs_and_how_to_run_it() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let body = desk.file("n.txt", "停水");
    let made = desk.json(&["notice", "publish", "--title", "通知", "--body-file", &body]);
    let id = made.object()["data"]["id"].as_str().unwrap().to_owned();
    let why = desk.json(&["why", &id]).object();
    assert_eq!(why["data"]["reason"], "nobody-on-lan", "{why}");
    assert_eq!(why["data"]["running"], false);
    for lang in ["zh-CN", "en"] {
        let said = desk.words(lang, &["why", &id]);
        assert!(
            said.exit == 0 && said.out.contains("linli node run"),
            "{said:?}"
        );
    }
}

#[test]
fn vectors_written_here_run_here_and_a_changed_one_is_found() {
    let desk = Desk::new();
    let dir = desk.path("vectors");
    let dir = dir.to_str().unwrap();
    let written = desk.json(&["pass", "vectors", "--write", dir]).object();
    let names: Vec<String> = serde_json::from_value(written["data"]["files"].clone()).unwrap();
    assert!(names.len() > 30, "{names:?}");
    let files: Vec<String> = names.iter().map(|name| format!("{dir}/{name}")).collect();
    let args: Vec<&str> = ["pass", "vectors"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    assert_eq!(desk.json(&args).exit, 0);

    let first = Path::new(&files[0]);
    let text = std::fs::read_to_string(first).unwrap();
    let other = if text.contains("\"ADMIT\"") {
        ("\"ADMIT\"", "\"DENY\"")
    } else {
        ("\"DENY\"", "\"ADMIT\"")
    };
    std::fs::write(first, text.replace(other.0, other.1)).unwrap();
    let said = desk.json(&args);
    assert_eq!(said.exit, 1);
    assert_eq!(said.object()["data"]["wrong"], 1);
}

#[test]
fn a_pass_is_looked_into_and_decided_about_without_any_home() {
    let desk = Desk::new();
    let dir = desk.path("vectors");
    assert_eq!(
        desk.json(&["pass", "vectors", "--write", dir.to_str().unwrap()])
            .exit,
        0
    );
    let mut seen = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(&dir).unwrap() {
        let file = file.unwrap().path();
        let vector: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        // A plain scan of the text alone is what `check` makes.
        let plain = vector["TESTCTX"]["GATE"]["SCAN"]
            .as_object()
            .is_none_or(serde_json::Map::is_empty);
        let (Some(text), true) = (vector["PREFIX"].as_str(), plain) else {
            continue;
        };
        let said = desk.json(&[
            "pass",
            "check",
            "--context",
            file.to_str().unwrap(),
            "--",
            text,
        ]);
        let expected = &vector["EXPECTED"];
        let exit = match expected["DECISION"].as_str().unwrap() {
            "ADMIT" => 0,
            "ASK" => 10,
            _ => 11,
        };
        assert_eq!(said.exit, exit, "{}: {said:?}", file.display());
        assert_eq!(
            said.object()["data"]["code"].as_str().unwrap_or_default(),
            expected["CODE"].as_str().unwrap()
        );
        if expected["DECISION"] == "ADMIT" {
            let decoded = desk.json(&["pass", "decode", text]).object();
            assert_eq!(decoded["data"]["verified"], false);
        }
        seen.insert(exit);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 10, 11]);
}

#[test]
fn a_running_home_says_that_it_is_ready_is_asked_over_its_socket_and_is_stopped() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let mut node = Command::new(LINLI)
        .arg("--home")
        .arg(desk.path("office"))
        .args(["node", "run", "--listen", "127.0.0.1:0", "--no-mdns"])
        .env("LINLI_KEYS_DIR", desk.path("keys"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(node.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["ready"], true);
    assert!(!ready["addrs"].as_array().unwrap().is_empty(), "{ready}");

    assert_eq!(desk.json(&["status"]).object()["data"]["running"], true);
    let second = desk.json(&["node", "run"]);
    assert_eq!((second.exit, second.code()), (5, "home-busy".to_owned()));
    let invite = desk.json(&split("invite open --unit 1-1-101")).object();
    let invite = invite["data"]["invite"].as_str().unwrap().to_owned();
    // A truncated invite is refused before anything is made.
    let (cut, home) = (&invite[..invite.len() - 9], desk.path("cut"));
    let args = [
        "--home",
        home.to_str().unwrap(),
        "--json",
        "join",
        cut,
        "--device-name",
        "x",
    ];
    let said = linli(&desk.path("keys"), &args);
    assert_eq!((said.exit, said.code()), (3, "invite-damaged".to_owned()));
    assert!(!home.join("home.id").exists());

    // An invite for a unit that is not in the register is open all the same, with a word about it.
    let file = register();
    let import = ["registry", "import", file.to_str().unwrap()];
    let batch = desk.json(&import).object()["data"]["batch"].clone();
    let apply = ["registry", "apply", batch.as_str().unwrap()];
    assert_eq!(desk.json(&apply).exit, 0);
    // And a gate lives nowhere: what was typed for it is not dropped without a word.
    for (unit, role, codes) in [
        ("1-1-201", "household", vec![]),
        ("9-9-999", "household", vec!["invite-unit-unknown"]),
        ("1-1-201", "gate:1", vec!["invite-unit-unused"]),
    ] {
        let open = ["invite", "open", "--unit", unit, "--role", role];
        let opened = desk.json(&open).object();
        let warnings = opened["warnings"].as_array().unwrap();
        let found: Vec<_> = warnings
            .iter()
            .map(|w| w["code"].as_str().unwrap())
            .collect();
        assert_eq!(found, codes, "{unit}");
    }

    assert_eq!(desk.json(&["node", "stop"]).exit, 0);
    assert!(node.wait().unwrap().success());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "more than one line on stdout");
    assert_eq!(desk.json(&["status"]).object()["data"]["running"], false);
}
