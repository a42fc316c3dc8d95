//! Help, usage faults, completions and the manual, in two languages, as the real program says them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Desk, LINLI, Said, linli, split};

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
        "notice comments close",
        "notice template save",
        "notice scheduled cancel",
        "registry import",
        "registry issues",
        "pass issue",
        "pass check",
        "pass vectors",
        "gate check",
        "post new",
        "post report",
        "post moderate",
        "attachment list",
        "attachment save",
        "help raise",
        "help helpers set",
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
        ("halp raise", "usage-unknown-command"),
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
fn a_wrong_word_brings_the_whole_list_of_right_ones() {
    let said = Desk::new().words("en", &["digest", "--scope", "nope"]);
    assert!(
        said.exit == 2 && said.err.contains("notice") && said.err.contains("skeleton"),
        "{said:?}"
    );
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
