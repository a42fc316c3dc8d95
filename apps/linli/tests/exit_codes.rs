//! Every exit status of the contract, each by the real program, with the same status for people and for programs:
//! whoever writes a script reads nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Desk, split};
use std::collections::BTreeMap;
use std::path::Path;

const HEADINGS: &str = "楼栋,单元,房号,姓名,手机号码";

/// Which command ended with which status, and the code it gave.
#[derive(Default)]
struct Seen(BTreeMap<i32, Vec<String>>);

impl Seen {
    /// Runs a command for programs and, in both languages, for people.
    fn run(&mut self, desk: &Desk, line: &[&str], exit: i32, code: &str) {
        let said = desk.json(line);
        assert_eq!(said.exit, exit, "{line:?}: {said:?}");
        let error = said.object()["error"].clone();
        if error.is_null() {
            assert_eq!(code, "", "{line:?}: {said:?}");
        } else {
            assert_eq!(said.code(), code, "{line:?}");
        }
        for lang in ["zh-CN", "en"] {
            let people = desk.words(lang, line);
            assert_eq!(people.exit, exit, "{lang} {line:?}: {people:?}");
            // A fault is for stderr; an answer, DENY too, for stdout.
            let (there, not) = match error.is_null() {
                true => (&people.out, &people.err),
                false => (&people.err, &people.out),
            };
            assert!(!there.trim().is_empty(), "{lang} {line:?}: {people:?}");
            assert!(error.is_null() || not.is_empty(), "{lang} {line:?}");
        }
        self.0.entry(exit).or_default().push(line.join(" "));
    }
}

/// A vector with this decision that a plain scan of its text repeats: its file and its text.
fn vector(dir: &Path, decision: &str) -> (String, String) {
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    let found = files.iter().find_map(|file| {
        let path = file.path();
        let vector: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let plain = vector["TESTCTX"]["GATE"]["SCAN"]
            .as_object()
            .is_none_or(serde_json::Map::is_empty);
        let fits = plain && vector["EXPECTED"]["DECISION"] == decision;
        let text = vector["PREFIX"].as_str().filter(|_| fits)?.to_owned();
        Some((path.to_str().unwrap().to_owned(), text))
    });
    found.unwrap_or_else(|| panic!("no vector says {decision}"))
}

fn register(desk: &Desk, name: &str, phone: &str) -> String {
    desk.file(name, format!("{HEADINGS}\n1,1,101,张三,{phone}\n"))
}

#[test]
fn every_exit_status_of_the_contract_is_reached_and_is_the_same_for_people_and_programs() {
    let mut seen = Seen::default();
    let desk = Desk::new();
    seen.run(&desk, &["post", "list"], 6, "no-home");
    assert_eq!(desk.found().exit, 0);
    seen.run(&desk, &["status"], 0, "");
    seen.run(&desk, &["post", "wish", "x"], 2, "usage-unknown-command");
    seen.run(&desk, &["notice", "show", "abc"], 3, "id-too-short");
    seen.run(&desk, &["gate", "check", "LL1:X"], 4, "not-a-gate");
    seen.run(&desk, &["notice", "show", "r:aaaaaaaa"], 6, "not-found");
    let wait = split("wait --notice aaaaaaaa --timeout 1");
    seen.run(&desk, &wait, 7, "wait-timed-out");
    let newer = ["join", "LLI2:ABCDEF", "--device-name", "x"];
    seen.run(&desk, &newer, 9, "invite-newer");

    let dir = desk.path("vectors");
    let written = desk.json(&["pass", "vectors", "--write", dir.to_str().unwrap()]);
    assert_eq!(written.exit, 0);
    for (decision, exit) in [("ADMIT", 0), ("ASK", 10), ("DENY", 11)] {
        let (file, text) = vector(&dir, decision);
        let check = ["pass", "check", "--context", &file, "--", &text];
        seen.run(&desk, &check, exit, "");
    }
    // Our own fault: a vector and the program disagree.
    let (file, _) = vector(&dir, "DENY");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"DENY\"", "\"ADMIT\"")).unwrap();
    seen.run(&desk, &["pass", "vectors", &file], 1, "");

    // A person must choose: one who is there already differs, and the import was told to ask.
    let first = register(&desk, "a.csv", "13900003657");
    assert_eq!(desk.json(&["registry", "import", &first]).exit, 0);
    assert_eq!(desk.json(&["registry", "apply", "b1"]).exit, 0);
    let second = register(&desk, "b.csv", "13900003658");
    let ask = ["registry", "import", "--duplicates", "ask", &second];
    assert_eq!(desk.json(&ask).exit, 0);
    seen.run(&desk, &["registry", "apply", "b2"], 12, "registry-choose");

    // Locked: the keys lie somewhere else.
    let (keys, elsewhere) = (desk.path("keys"), desk.path("elsewhere"));
    std::fs::rename(&keys, &elsewhere).unwrap();
    seen.run(&desk, &["post", "list"], 5, "keys-missing");
    std::fs::rename(&elsewhere, &keys).unwrap();

    // Storage: what is in the place of the store is none.
    std::fs::write(desk.path("office/store.redb"), b"hello").unwrap();
    seen.run(&desk, &["post", "list"], 8, "store-damaged");

    let reached: Vec<i32> = seen.0.keys().copied().collect();
    assert_eq!(reached, (0..=12).collect::<Vec<_>>(), "{:#?}", seen.0);
}
