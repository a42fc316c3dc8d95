//! The program started wrongly: it says so in the person's language and shows nothing of its inside.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::process::{Command, Output};

fn run(lang: &str, args: &[&str]) -> (Output, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_linli-desktop"));
    program.args(args).env("LC_ALL", lang);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(name);
    }
    let output = program.output().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(output.stdout.is_empty());
    for inside in ["/root", ".cargo", "registry", ".rs", "src/", "⟦", "error:"] {
        assert!(!said.contains(inside), "{inside} in {said}");
    }
    (output, said)
}

fn chinese(said: &str) -> bool {
    said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn a_wrong_argument_is_named_with_what_it_could_be_in_the_persons_language() {
    let (output, said) = run("en_GB.UTF-8", &["--screen", "bogus"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("--screen does not take bogus."), "{said}");
    assert!(
        said.contains("home, notices, visitors, board, neighbours, doorbell"),
        "{said}"
    );
    assert!(
        said.contains("linli-desktop --help") && !chinese(&said),
        "{said}"
    );
    let (_, said) = run("zh_CN.UTF-8", &["--theme", "pink"]);
    assert!(
        said.contains("--theme 不认识 pink。")
            && said.contains("可以用：light, dark, elderly, auto")
    );
    let (_, said) = run("zh_CN.UTF-8", &["--lang", "en", "--nonsense"]);
    assert!(
        said.contains("--nonsense is not understood.") && !chinese(&said),
        "{said}"
    );
    let (_, said) = run("en", &["--home"]);
    assert!(said.contains("--home needs a value."), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_desktop_it_says_what_to_do_instead() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("none");
    for (lang, what) in [
        ("en", "No window could be opened."),
        ("zh-CN", "打不开窗口："),
    ] {
        let args = ["--lang", lang, "--home", home.to_str().unwrap()];
        let (output, said) = run("C", &args);
        assert_eq!(output.status.code(), Some(1));
        assert!(said.contains(what) && said.contains("linli"), "{said}");
    }
}
