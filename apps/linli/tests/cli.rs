//! The command line as people and programs meet it: help in two languages, one JSON object, exit statuses, and a
//! clear sentence for whatever is handed in wrong. Every test runs the real program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{LINLI, Said, linli, register};
use std::path::{Path, PathBuf};

/// A folder for homes and keys.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file with these bytes.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// `linli --home office --json LINE`.
    fn json(&self, line: &[&str]) -> Said {
        let home = self.path("office");
        let args = [
            &["--home", home.to_str().unwrap(), "--json", "--lang", "en"],
            line,
        ]
        .concat();
        linli(&self.path("keys"), &args)
    }

    /// The same in words.
    fn words(&self, lang: &str, line: &[&str]) -> Said {
        let home = self.path("office");
        let args = [&["--home", home.to_str().unwrap(), "--lang", lang], line].concat();
        linli(&self.path("keys"), &args)
    }

    fn found(&self) -> Said {
        let line = "community found --name 丰盛园 --utc-offset +08:00 --gate 1:东门";
        self.json(&line.split(' ').collect::<Vec<_>>())
    }
}

fn split(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn every_command_explains_itself_in_the_language_asked_for() {
    let desk = Desk::new();
    let lines = [
        "",
        "demo",
        "community found",
        "charter log",
        "node run",
        "net pause",
        "invite open",
        "join",
        "sas confirm",
        "device revoke",
        "notice publish",
        "notice reach",
        "registry import",
        "registry issues",
        "pass issue",
        "pass check",
        "pass vectors",
        "gate check",
        "post new",
        "status",
        "peers",
        "why",
        "conflicts",
        "doctor",
        "digest",
        "wait",
        "erase",
        "completions",
        "man",
    ];
    for line in lines {
        let asked = [&split(line)[..], &["--help"]].concat();
        let (zh, en) = (desk.words("zh-CN", &asked), desk.words("en", &asked));
        assert_eq!((zh.exit, en.exit), (0, 0), "{line}");
        assert!(
            zh.out.contains("用法：") && zh.out.contains("通用选项:"),
            "{line}: {}",
            zh.out
        );
        assert!(
            en.out.contains("Usage:") && en.out.contains("Options of every command:"),
            "{line}: {}",
            en.out
        );
        assert!(
            !zh.out.contains("Usage") && !zh.out.contains('⟦') && !en.out.contains('⟦'),
            "{line}"
        );
        assert_eq!((zh.err, en.err), (String::new(), String::new()), "{line}");
    }
}

#[test]
fn the_language_follows_the_environment_when_nobody_asks() {
    let desk = Desk::new();
    assert!(linli(&desk.path("keys"), &["--help"]).out.contains("用法"));
    let said = std::process::Command::new(LINLI)
        .arg("--help")
        .env("LC_ALL", "en_GB.UTF-8")
        .output()
        .unwrap();
    assert!(Said::of(&said).out.contains("Usage:"));
}

#[test]
fn usage_faults_have_status_2_and_are_said_in_both_ways() {
    let desk = Desk::new();
    for (line, code) in [
        ("nonsense", "usage-unknown-command"),
        ("help raise", "usage-unknown-command"),
        ("charter propose f", "usage-unknown-command"),
        ("notice", "usage-missing-command"),
        ("notice show", "usage-missing"),
        ("status --colour", "usage-unknown-argument"),
        ("post new --kind riot x", "usage-bad-value"),
        ("gate check LL1:A --plate B", "usage-conflict"),
        ("gate check", "usage-missing"),
        ("wait", "usage-missing"),
    ] {
        let said = desk.json(&split(line));
        assert_eq!((said.exit, said.code()), (2, code.to_owned()), "{line}");
        assert!(said.err.is_empty(), "{line}: {said:?}");
        let said = desk.words("zh-CN", &split(line));
        assert_eq!((said.exit, said.out.as_str()), (2, ""), "{line}");
        assert!(
            !said.err.contains("error:") && !said.err.contains("Usage"),
            "{line}: {}",
            said.err
        );
    }
}

#[test]
fn without_a_home_the_program_says_what_one_could_do() {
    let desk = Desk::new();
    for line in ["", "status"] {
        let said = desk.json(&split(line));
        assert_eq!(said.exit, 0, "{said:?}");
        let object = said.object();
        assert_eq!(object["data"]["state"], "none");
        let said = desk.words("en", &split(line));
        assert!(
            said.out.contains("linli community found") && said.out.contains("linli join"),
            "{said:?}"
        );
    }
    for line in [
        "notice list",
        "pass list",
        "peers",
        "digest",
        "node run",
        "sas show",
        "doctor",
    ] {
        let said = desk.json(&split(line));
        assert_eq!(
            (said.exit, said.code()),
            (6, "no-home".to_owned()),
            "{line}"
        );
        assert!(!desk.path("office").exists(), "{line} made a home");
    }
}

#[test]
fn files_that_are_no_register_are_refused_with_their_reason_and_nothing_is_written() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let before = desk.json(&["digest"]).object()["data"]["digest"].clone();
    let gap = "楼栋,单元,房号,姓名\n1,1,101,张\u{fffd}";
    let mut broken = gap.as_bytes()[..gap.len() - 3].to_vec();
    broken.extend(b"\xff\xff\xff\n");
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    for (file, exit, code, word) in [
        (
            desk.file("a.pdf", "%PDF-1.7 ..."),
            3,
            "register-unreadable",
            "PDF",
        ),
        (
            desk.file("b.csv", "姓名,电话\n张三,1\n"),
            3,
            "register-unreadable",
            "building",
        ),
        (desk.file("c.csv", broken), 3, "register-unreadable", "row"),
        (
            desk.file("d.csv", ""),
            3,
            "register-unreadable",
            "no entries",
        ),
        (
            desk.file("e.xlsx", b"PK\x03\x04 cut"),
            3,
            "register-unreadable",
            "",
        ),
        (
            desk.path("none.xlsx").to_str().unwrap().to_owned(),
            6,
            "file-not-found",
            "none.xlsx",
        ),
        (
            folder.to_str().unwrap().to_owned(),
            3,
            "file-is-folder",
            "folder",
        ),
    ] {
        let said = desk.json(&["registry", "import", &file]);
        assert_eq!((said.exit, said.code().as_str()), (exit, code), "{file}");
        let message = said.object()["error"]["message"]
            .as_str()
            .unwrap()
            .to_lowercase();
        assert!(message.contains(&word.to_lowercase()), "{file}: {message}");
        let said = desk.words("zh-CN", &["registry", "import", &file]);
        assert_eq!(said.exit, exit);
        assert!(
            said.err
                .chars()
                .any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)),
            "{said:?}"
        );
    }
    assert_eq!(desk.json(&["registry", "apply", "b1"]).exit, 6);
    assert_eq!(desk.json(&["digest"]).object()["data"]["digest"], before);
}

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
fn doubtful_rows_are_listed_with_row_column_and_reason() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let file = desk.file(
        "r.csv",
        "楼栋,单元,房号,姓名,手机号码\n1,1,101,张三,12\n1,1,,李四,\n",
    );
    let batch = desk.json(&["registry", "import", &file]).object()["data"]["batch"].clone();
    let issues = ["registry", "issues", batch.as_str().unwrap()];
    let (zh, en) = (desk.words("zh-CN", &issues), desk.words("en", &issues));
    assert!(
        zh.out.contains("第 2 行「手机号码」") && zh.out.contains("第 3 行"),
        "{zh:?}"
    );
    assert!(
        en.out.contains("row 2") || en.out.contains("Row 2"),
        "{en:?}"
    );
    assert!(
        !zh.out.contains("张三") && !zh.out.contains("李四"),
        "{zh:?}"
    );
}

#[test]
fn the_preview_of_a_register_names_nobody() {
    let desk = Desk::new();
    assert_eq!(desk.found().exit, 0);
    let file = register();
    let said = desk.words(
        "zh-CN",
        &["registry", "import", "--verbose", file.to_str().unwrap()],
    );
    assert_eq!(said.exit, 0, "{said:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    for row in text.lines().skip(1) {
        let name = row.split(',').nth(4).unwrap_or_default();
        assert!(
            name.is_empty() || !said.out.contains(name),
            "a name is in the preview"
        );
    }
    assert!(said.out.contains("linli registry apply"), "{}", said.out);
}

#[test]
fn bad_values_have_status_3_before_any_home_is_touched() {
    let desk = Desk::new();
    let text = desk.file("text.txt", "正文");
    let latin = desk.file("latin.txt", b"\xff\xfe\xfd");
    let png = desk.file("a.png", b"\x89PNG\r\n\x1a\n cut");
    let empty = desk.file("empty", "\n");
    let full = desk.path("full");
    std::fs::create_dir(&full).unwrap();
    std::fs::write(full.join("x"), "x").unwrap();
    let (full, file) = (full.to_str().unwrap(), register());
    let file = file.to_str().unwrap();
    for (line, code) in [
        (
            vec!["community", "found", "--name", "x", "--utc-offset", "8"],
            "bad-offset",
        ),
        (
            vec![
                "community",
                "found",
                "--name",
                "x",
                "--utc-offset",
                "+08:00",
                "--gate",
                "东门",
            ],
            "gate-unreadable",
        ),
        (
            vec!["invite", "open", "--unit", "1-1-101", "--ttl", "soon"],
            "bad-length",
        ),
        (
            vec![
                "pass",
                "issue",
                "--label",
                "x",
                "--from",
                "today",
                "--until",
                "2026-11-23T18:00:00+08:00",
            ],
            "bad-time",
        ),
        (
            vec![
                "pass",
                "issue",
                "--label",
                "x",
                "--from",
                "2026-11-23T08:00:00+08:00",
                "--until",
                "2026-11-23T18:00:00+08:00",
                "--window",
                "Mon,18:00-08:00",
            ],
            "window-unreadable",
        ),
        (
            vec!["notice", "publish", "--title", "x", "--body-file", &latin],
            "text-not-utf8",
        ),
        (
            vec![
                "notice",
                "publish",
                "--title",
                "x",
                "--body-file",
                &text,
                "--expires",
                "2026-11-23",
            ],
            "bad-time",
        ),
        (vec!["pass", "decode", "LL1:XXXX"], "not-a-pass"),
        (vec!["pass", "decode", "--image", &text], "image-not-png"),
        (vec!["pass", "decode", "--image", &png], "image-damaged"),
        (
            vec!["pass", "check", "LL1:X", "--context", &text],
            "context-unsound",
        ),
        (
            vec!["--passphrase-file", &empty, "notice", "list"],
            "passphrase-empty",
        ),
        (
            vec!["--passphrase-file", "/nowhere/at/all", "notice", "list"],
            "passphrase-file",
        ),
        (
            vec!["join", "LLI1:NOT-AN-INVITE", "--device-name", "x"],
            "invite-",
        ),
        (
            vec!["join", "hello", "--device-name", "x"],
            "invite-not-one",
        ),
        (vec!["demo", "--registry", &text], "register-unreadable"),
        (
            vec!["demo", "--registry", file, "--dir", full],
            "demo-dir-not-empty",
        ),
    ] {
        let said = desk.json(&line);
        assert_eq!(said.exit, 3, "{line:?}: {said:?}");
        assert!(said.code().starts_with(code), "{line:?}: {said:?}");
        assert!(
            !desk.path("office/home.id").exists(),
            "{line:?} made a home"
        );
    }
}

#[test]
fn a_home_under_a_passphrase_opens_with_it_and_with_nothing_else() {
    let desk = Desk::new();
    let (right, wrong) = (
        desk.file("right", "三只喜鹊在屋顶\n"),
        desk.file("wrong", "两只喜鹊\n"),
    );
    let found = split("community found --name 丰盛园 --utc-offset +08:00");
    let said = desk.json(&[&["--passphrase-file", &right], &found[..]].concat());
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(
        !desk.path("keys").exists(),
        "keys lie outside although there is a passphrase"
    );
    for (args, exit, code) in [
        (vec!["digest"], 5, "passphrase-needed"),
        (
            vec!["--passphrase-file", &wrong, "digest"],
            5,
            "wrong-passphrase",
        ),
    ] {
        let said = desk.json(&args);
        assert_eq!((said.exit, said.code().as_str()), (exit, code));
    }
    assert_eq!(desk.json(&["--passphrase-file", &right, "digest"]).exit, 0);
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
fn completions_and_the_manual_come_from_the_same_tree() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = desk.words("en", &["completions", shell]);
        assert!(said.exit == 0 && said.out.contains("cancel-all"), "{shell}");
    }
    let page = desk.words("zh-CN", &["man"]);
    assert!(page.exit == 0 && page.out.contains(".TH") && page.out.contains("做一张通行码"));
    let dir = desk.path("man");
    assert_eq!(
        desk.words("en", &["man", "--dir", dir.to_str().unwrap()])
            .exit,
        0
    );
    for name in ["linli.1", "linli-pass-issue.1", "linli-gate-check.1"] {
        assert!(dir.join(name).is_file(), "{name}");
    }
}

#[test]
fn help_and_version_are_one_object_too() {
    let desk = Desk::new();
    for line in ["--help", "pass issue --help", "--version"] {
        let said = desk.json(&split(line));
        assert_eq!(said.exit, 0);
        assert!(
            said.object()["data"]["page"]
                .as_str()
                .unwrap()
                .contains("linli"),
            "{line}"
        );
    }
}
