//! Whatever is handed in wrong gets a clear sentence and its exit status, and changes nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Desk, register, split};

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
