//! What only a terminal shows: a bar that moves while a register is read and written, and nothing of it in a pipe.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::estate::Estate;
use linli_e2e::exe;
use std::process::{Command, Stdio};

/// Runs a command of the program on a terminal that `script` (util-linux) makes, and returns what it showed.
fn on_a_terminal(home: &std::path::Path, keys: &std::path::Path, command: &str) -> String {
    let line = format!(
        "stty rows 30 cols 60 && {} --lang zh-CN --home {} {command}",
        exe::linli().display(),
        home.display(),
    );
    let out = Command::new("script")
        .args(["-q", "-e", "-c", &line, "/dev/null"])
        .env("LINLI_KEYS_DIR", keys)
        .env_remove("LINLI_HOME")
        .stdin(Stdio::null())
        .output()
        .expect("script of util-linux");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{text}");
    text
}

/// The bars shown, in the order shown, as filled and empty cells.
fn bars(text: &str) -> Vec<(usize, usize)> {
    let count = |line: &str, cell| line.chars().filter(|c| *c == cell).count();
    let lines = text
        .split('\r')
        .map(|line| (count(line, '█'), count(line, '░')));
    lines.filter(|(full, empty)| full + empty > 0).collect()
}

#[test]
fn a_bar_grows_on_a_terminal_and_is_gone_when_the_work_is_done() {
    let estate = Estate::found();
    let office = &estate.office;
    let sheet = exe::sample("registry-fengshengyuan.xlsx");
    let import = format!("registry import {}", sheet.display());
    for command in [import.as_str(), "registry apply b1"] {
        let shown = on_a_terminal(&office.dir, &office.keys, command);
        let bars = bars(&shown);
        let widths: Vec<usize> = bars.iter().map(|(full, empty)| full + empty).collect();
        assert!(bars.len() >= 4, "{command}: {bars:?}");
        assert!(widths.iter().all(|width| *width < 60), "{widths:?}");
        assert!(bars.iter().any(|(full, _)| *full > 0), "{bars:?}");
        let mid = bars.iter().any(|(full, empty)| *full > 0 && *empty > 0);
        assert!(mid, "it was seen on its way: {bars:?}");
        // The last thing on the line of the bar is its removal.
        let last = shown.rsplit(['█', '░']).next().unwrap();
        assert!(last.contains("\u{1b}[2K"), "{last:?}");
        assert!(last.contains("1943") || last.contains("1946"), "{last:?}");
    }
}

#[test]
fn in_a_pipe_there_is_no_bar() {
    let estate = Estate::found();
    let sheet = exe::sample("registry-fengshengyuan.xlsx");
    let reply = estate
        .office
        .run(&["registry", "import", sheet.to_str().unwrap()]);
    assert_eq!(reply.code, Some(0));
    assert!(!reply.stderr.contains(['░', '█']), "{}", reply.stderr);
}
