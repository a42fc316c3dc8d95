//! A notice for people without Linli, and the doors to knock on, from the drawn window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::office;
use common::window::{asked, can, key, says, sized};
use common::{Shared, node};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use linli_desktop::state::State;
use linli_view::api::{ExportForm, Request};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

fn open(node: &Shared, lang: Lang, folder: &Path, id: &str) -> common::window::Window {
    let state = State::new(lang, Look::Light, Screen::Notices);
    let mut window = sized(node, state, folder, vec2(1366.0, 768.0), 1.0);
    let ctx = window.ctx.clone();
    let id = id.to_owned();
    window.state_mut().perform(&ctx, Intent::OpenNotice { id });
    window.run();
    window
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn ctrl_p_and_the_buttons_write_what_the_page_shows_and_say_where() {
    let dir = tempfile::tempdir().unwrap();
    let house = node();
    let mut window = open(&house, Lang::En, dir.path(), "ntc056");
    key(&mut window, Modifiers::COMMAND, Key::P);
    assert!(says(&window, "print it and put it up"));
    let paper = names(dir.path());
    assert!(paper.len() == 1 && paper[0].ends_with(".pdf"), "{paper:?}");
    let pdf = std::fs::read(dir.path().join(&paper[0])).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    // Once more stands beside it, over nothing.
    key(&mut window, Modifiers::COMMAND, Key::P);
    assert_eq!(names(dir.path()).len(), 2);
    let wanted = Request::NoticeExport {
        id: "ntc056".into(),
        form: ExportForm::Paper,
    };
    assert_eq!(asked(&house).iter().filter(|r| **r == wanted).count(), 2);
    window.get_by_label("Copy for a chat").scroll_to_me();
    window.run();
    common::window::click(&mut window, "Copy for a chat");
    assert!(says(&window, "Paste it into the chat"));
}

#[test]
fn whoever_passes_on_what_was_corrected_since_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let house = node();
    {
        let mut node = house.borrow_mut();
        let item = node.notices.iter_mut().find(|n| n.id == "ntc056").unwrap();
        item.corrected_by = Some("ntc059".into());
    }
    let mut window = open(&house, Lang::En, dir.path(), "ntc056");
    let ctx = window.ctx.clone();
    for (form, told) in [
        (ExportForm::Paper, true),
        (ExportForm::Cap, true),
        (ExportForm::Chat, true),
        (ExportForm::Signed, false),
    ] {
        let id = "ntc056".to_owned();
        let give = Intent::GiveNotice { id, form };
        window.state_mut().perform(&ctx, give);
        window.run();
        let said = says(&window, "Pass on the correction instead");
        assert_eq!(said, told, "{form:?}");
    }
    assert_eq!(
        names(dir.path()).len(),
        3,
        "and they are written all the same"
    );
}

#[test]
fn a_notice_that_is_not_valid_is_given_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut window = open(&node(), Lang::En, dir.path(), "ntcbad");
    assert!(!can(&window, "Copy for a chat"));
    key(&mut window, Modifiers::COMMAND, Key::P);
    assert!(names(dir.path()).is_empty());
}

#[test]
fn the_doors_to_knock_on_are_printed_from_the_panel() {
    let dir = tempfile::tempdir().unwrap();
    let node = office();
    let mut window = open(&node, Lang::ZhCn, dir.path(), "ntc056");
    window.get_by_label("打印敲门单").scroll_to_me();
    window.run();
    common::window::click(&mut window, "打印敲门单");
    assert!(says(&window, "按顺序敲门"));
    assert_eq!(names(dir.path()), ["敲门单-停电.pdf"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = dir.path().join("敲门单-停电.pdf");
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(
            mode & 0o777,
            0o600,
            "who has not confirmed is nobody else's"
        );
    }
    let folder = dir.path().join("no");
    std::fs::write(&folder, b"a file").unwrap();
    let mut window = open(&node, Lang::ZhCn, &folder, "ntc056");
    window.get_by_label("打印敲门单").scroll_to_me();
    window.run();
    common::window::click(&mut window, "打印敲门单");
    assert!(says(&window, "没有存成"), "what failed is said");
    assert!(!says(&window, "os error"), "and in words");
}
