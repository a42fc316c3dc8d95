//! The day sheet a station writes: where it lies, who can read it, and that it does not lie there for long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::gate;
use common::window::{Window, key, press, says, sized};
use egui::{Key, Modifiers, vec2};
use linli_desktop::state::State;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

fn control(window: &mut Window, which: Key) {
    key(window, Modifiers::COMMAND, which);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What lies in the folder beside our sheets, and stays there.
const OTHERS: [&str; 4] = [
    "当日单-2-2026-11-01-0800.pdf",
    "当日单-1-2026-11-01-0800 副本.pdf",
    "物业合同.pdf",
    "day-sheet-1-2026-11-01.txt",
];

#[test]
fn one_key_writes_the_day_sheet_says_where_to_print_it_and_that_it_goes_and_removes_the_last() {
    for lang in Lang::ALL {
        let node = gate();
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("文档");
        std::fs::create_dir(&folder).unwrap();
        for name in OTHERS {
            std::fs::write(folder.join(name), b"not ours").unwrap();
        }
        let state = State::new(lang, Look::Light, Screen::Home);
        let mut window = sized(&node, state, &folder, vec2(1366.0, 768.0), 1.0);
        let (first, second, print, goes) = match lang {
            Lang::ZhCn => (
                "当日单-1-2026-11-22-1432.pdf",
                "当日单-1-2026-11-22-1432-2.pdf",
                "请现在打印",
                "明天自动删除",
            ),
            Lang::En => (
                "day-sheet-1-2026-11-22-1432.pdf",
                "day-sheet-1-2026-11-22-1432-2.pdf",
                "Print it now",
                "It is removed tomorrow",
            ),
        };
        let ours = || -> Vec<String> {
            let mut all = names(&folder);
            all.retain(|name| !OTHERS.contains(&name.as_str()));
            all
        };
        control(&mut window, Key::P);
        assert_eq!(ours(), [first]);
        control(&mut window, Key::P);
        assert_eq!(ours(), [second], "the one before is gone");
        assert_eq!(names(&folder).len(), OTHERS.len() + 1, "and nothing else");
        let sheet = folder.join(second);
        assert!(std::fs::read(&sheet).unwrap().starts_with(b"%PDF-"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&sheet).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        for said in [second, print, goes] {
            assert!(says(&window, said), "{lang:?} {said}");
        }
        press(&mut window, Key::Escape);
        assert!(!says(&window, second), "{lang:?}");
    }
}

#[test]
fn a_sheet_of_yesterday_goes_when_the_station_starts_and_while_it_runs() {
    let node = gate();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("文档");
    std::fs::create_dir(&folder).unwrap();
    let (old, fresh) = (
        "当日单-1-2026-11-20-0800-3.pdf",
        "day-sheet-1-2026-11-22-0800.pdf",
    );
    for name in OTHERS.into_iter().chain([old, fresh]) {
        std::fs::write(folder.join(name), b"%PDF-").unwrap();
    }
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    let mut window = sized(&node, state, &folder, vec2(1366.0, 768.0), 1.0);
    let left = names(&folder);
    assert!(!left.iter().any(|name| name == old), "{left:?}");
    assert!(left.iter().any(|name| name == fresh), "{left:?}");
    node.borrow_mut().later_ms = 26 * 3_600_000;
    window.run();
    assert_eq!(names(&folder).len(), OTHERS.len(), "{:?}", names(&folder));
}

#[test]
fn a_household_window_removes_no_papers() {
    let node = common::node();
    let dir = tempfile::tempdir().unwrap();
    let old = dir.path().join("当日单-1-2026-11-01-0800.pdf");
    std::fs::write(&old, b"%PDF-").unwrap();
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    let _window = sized(&node, state, dir.path(), vec2(1366.0, 768.0), 1.0);
    assert!(old.exists());
}

#[test]
fn a_day_sheet_that_cannot_be_saved_says_so_and_what_to_do() {
    let node = gate();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("taken");
    std::fs::write(&file, b"mine").unwrap();
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    let mut window = sized(&node, state, &file, vec2(1366.0, 768.0), 1.0);
    control(&mut window, Key::P);
    assert!(says(&window, "当日单没有存成") && says(&window, "再按 Ctrl+P"));
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
}
