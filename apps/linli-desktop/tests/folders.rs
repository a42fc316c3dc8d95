//! A photo is chosen and a place to save to, from folders that are really there, by keyboard alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, says, sized};
use common::{Shared, node};
use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_desktop::state::State;
use linli_view::files::Adding;
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;
use std::path::Path;
use std::time::Duration;

/// What the disk is waited for, in steps of 10 ms.
const STEPS: usize = 1_000;

fn open(node: &Shared, lang: Lang, look: Look, screen: Screen, pictures: &Path) -> Window {
    let state = State::new(lang, look, screen);
    sized(node, state, pictures, vec2(1366.0, 900.0), 1.0)
}

fn until(window: &mut Window, what: &str, holds: impl Fn(&Window) -> bool) {
    for _ in 0..STEPS {
        window.run_ok();
        if holds(window) {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    panic!("never: {what}");
}

fn press(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    window.run_ok();
}

/// Goes on with `Tab` until what has the focus is called that, and presses it.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..80 {
        press(window, Key::Tab);
        let focused = window.ctx.memory(|memory| memory.focused());
        let called = |node: &egui_kittest::Node<'_>| {
            let access = node.accesskit_node();
            Some(access.locate().0.0) == focused.map(|id| id.value())
                && access.label().is_some_and(|label| label.contains(name))
        };
        if window.root().children_recursive().any(|node| called(&node)) {
            return;
        }
    }
    panic!("Tab does not come to {name}");
}

fn write_into(window: &mut Window, path: &Path) {
    let field = "或者在这里写出、粘贴它在哪里";
    window
        .get_by_role_and_label(accesskit::Role::TextInput, field)
        .focus();
    window.run_ok();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_ok();
    window.event(Event::Text(path.display().to_string()));
    window.run_ok();
    press(window, Key::Enter);
}

#[test]
fn a_photo_is_found_two_folders_down_by_keyboard_alone_and_the_text_stays() {
    for look in [Look::Light, Look::Elderly] {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("相册").join("国庆");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("沙发.png"), b"no picture at all").unwrap();
        std::fs::write(deep.join("记录.txt"), b"1").unwrap();
        let mut window = open(&node(), Lang::ZhCn, look, Screen::Board, dir.path());
        let ctx = window.ctx.clone();
        window.state_mut().perform(&ctx, Intent::NewPost);
        window.state_mut().state.post_draft.body = "谁要沙发？".into();
        window.run_ok();
        tab_to(&mut window, "从文件夹里选");
        press(&mut window, Key::Space);
        until(&mut window, "the folder", |w| says(w, "文件夹 · 相册"));
        tab_to(&mut window, "文件夹 · 相册");
        press(&mut window, Key::Space);
        until(&mut window, "the folder in it", |w| {
            says(w, "文件夹 · 国庆")
        });
        tab_to(&mut window, "文件夹 · 国庆");
        press(&mut window, Key::Enter);
        until(&mut window, "the photo", |w| says(w, "照片 · 沙发.png"));
        assert!(says(&window, "还有 1 个文件"), "what is not listed is said");
        tab_to(&mut window, "照片 · 沙发.png");
        press(&mut window, Key::Space);
        // It goes the way of a path that was typed: read, and here refused with the reason.
        until(&mut window, "it was read", |w| {
            matches!(w.state().state.adding, Adding::Refused(_))
        });
        let state = &window.state().state;
        assert!(state.browse.is_none() && state.posting);
        assert_eq!(state.post_draft.body, "谁要沙发？");
        // The next one is looked for where the last one was.
        window
            .state_mut()
            .perform(&ctx, Intent::Browse(Some(linli_view::folder::Want::Attach)));
        until(&mut window, "the same folder", |w| {
            says(w, "照片 · 沙发.png")
        });
    }
}

#[test]
fn a_path_that_is_pasted_opens_a_folder_or_takes_a_file_and_one_that_is_not_there_says_so() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("空")).unwrap();
    std::fs::write(dir.path().join("a.pdf"), b"%PDF-1.7 cut").unwrap();
    let mut window = open(&node(), Lang::ZhCn, Look::Light, Screen::Board, dir.path());
    let ctx = window.ctx.clone();
    for intent in [
        Intent::NewPost,
        Intent::Browse(Some(linli_view::folder::Want::Attach)),
    ] {
        window.state_mut().perform(&ctx, intent);
    }
    until(&mut window, "the folder", |w| says(w, "PDF · a.pdf"));
    write_into(&mut window, &dir.path().join("没有"));
    until(&mut window, "that it is not there", |w| says(w, "打不开"));
    assert!(says(&window, "PDF · a.pdf"), "what was open stays open");
    write_into(&mut window, &dir.path().join("空"));
    until(&mut window, "the empty one", |w| says(w, "这里没有可选的"));
    assert!(!says(&window, "打不开"));
    write_into(&mut window, &dir.path().join("a.pdf"));
    until(&mut window, "the file", |w| {
        matches!(w.state().state.adding, Adding::Refused(_))
    });
    assert!(window.state().state.browse.is_none());
}

#[test]
fn escape_leaves_everything_as_it_was_and_an_answer_that_comes_late_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut window = open(&node(), Lang::En, Look::Light, Screen::Board, dir.path());
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::NewPost);
    let choose = Intent::Browse(Some(linli_view::folder::Want::Attach));
    window.state_mut().perform(&ctx, choose.clone());
    // Before the disk has answered.
    window.state_mut().perform(&ctx, Intent::Browse(None));
    for _ in 0..20 {
        window.run_ok();
        std::thread::park_timeout(Duration::from_millis(10));
    }
    assert!(window.state().state.browse.is_none());
    window.state_mut().perform(&ctx, choose);
    until(&mut window, "the folder", |w| says(w, "Folder above"));
    press(&mut window, Key::Escape);
    let state = &window.state().state;
    assert!(
        state.browse.is_none() && state.posting,
        "the form is still there"
    );
}

#[test]
fn what_is_saved_goes_where_the_settings_say() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("U盘")).unwrap();
    let node = node();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Settings, dir.path());
    tab_to(&mut window, "换文件夹 · 照片和通行码图片");
    press(&mut window, Key::Space);
    until(&mut window, "the folder", |w| says(w, "文件夹 · U盘"));
    tab_to(&mut window, "文件夹 · U盘");
    press(&mut window, Key::Space);
    until(&mut window, "the stick", |w| says(w, "这里没有可选的"));
    tab_to(&mut window, "存到这个文件夹");
    press(&mut window, Key::Space);
    assert!(window.state().state.browse.is_none());
    assert!(says(&window, "U盘"), "the settings and the note say so");
    let ctx = window.ctx.clone();
    let id = node.borrow().passes[0].id.clone();
    window.state_mut().perform(&ctx, Intent::ShowPass { id });
    window.run_ok();
    window.state_mut().perform(&ctx, Intent::SavePicture);
    let saved = std::fs::read_dir(dir.path().join("U盘")).unwrap().count();
    assert_eq!(saved, 1);
}

#[test]
fn where_to_save_is_remembered_over_a_restart_and_a_stick_that_is_not_in_is_not_written_beside() {
    let dir = tempfile::tempdir().unwrap();
    let stick = dir.path().join("U盘");
    std::fs::create_dir(&stick).unwrap();
    let node = node();
    let usual = dir.path();
    let settle = |window: &mut Window| {
        window.state_mut().drain();
        window.run_ok();
    };
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Settings, usual);
    let ctx = window.ctx.clone();
    for intent in [
        Intent::Browse(Some(linli_view::folder::Want::SavePictures)),
        Intent::SaveInto(stick.clone()),
    ] {
        window.state_mut().perform(&ctx, intent);
    }
    settle(&mut window);
    let text = stick.to_str().map(str::to_owned);
    assert_eq!(node.borrow().folders.pictures, text);
    assert_eq!(node.borrow().folders.papers, None);
    drop(window);

    // The next window takes it up.
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Settings, usual);
    until(&mut window, "the stick", |w| {
        w.state().state.pictures == stick
    });
    assert_eq!(window.state().state.papers, usual, "nobody chose that");
    assert!(says(&window, "U盘"));
    drop(window);

    // Without the stick it is the usual folder, and the stick is not forgotten, whatever else is chosen meanwhile.
    std::fs::remove_dir(&stick).unwrap();
    let papers = dir.path().join("公文");
    std::fs::create_dir(&papers).unwrap();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Settings, usual);
    settle(&mut window);
    for intent in [
        Intent::Browse(Some(linli_view::folder::Want::SavePapers)),
        Intent::SaveInto(papers.clone()),
    ] {
        window.state_mut().perform(&ctx, intent);
    }
    for _ in 0..20 {
        window.run_ok();
        std::thread::park_timeout(Duration::from_millis(10));
    }
    assert_eq!(window.state().state.pictures, usual);
    assert_eq!(node.borrow().folders.pictures, text);
    assert_eq!(node.borrow().folders.papers.as_deref(), papers.to_str());
    drop(window);
    std::fs::create_dir(&stick).unwrap();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Settings, usual);
    until(&mut window, "both", |w| {
        let state = &w.state().state;
        state.pictures == stick && state.papers == papers
    });
    // The usual one, chosen, is nothing to remember.
    let ctx = window.ctx.clone();
    for intent in [
        Intent::Browse(Some(linli_view::folder::Want::SavePictures)),
        Intent::SaveInto(usual.to_owned()),
    ] {
        window.state_mut().perform(&ctx, intent);
    }
    settle(&mut window);
    assert_eq!(node.borrow().folders.pictures, None);
}
