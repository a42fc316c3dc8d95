//! One box that finds, by keyboard, by name and with the mouse.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, can, click, key, open, press, says, type_text, zh};
use common::{gate, node};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::Request;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

fn find(query: &str) -> Request {
    Request::Find {
        query: query.into(),
    }
}

fn field(window: &Window) -> bool {
    window
        .query_by_role_and_label(
            Role::TextInput,
            "找东西: 房号、姓名、拼音、车牌、通知里的字",
        )
        .is_some()
}

#[test]
fn a_notice_is_found_and_opened_by_the_keyboard_alone() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    key(&mut window, Modifiers::COMMAND, Key::K);
    assert!(field(&window));
    // What is typed goes into the box at once, an input method's words too.
    window.event(Event::Ime(ImeEvent::Commit("停电".into())));
    window.run();
    window.run();
    assert!(asked(&node).contains(&find("停电")));
    assert!(says(&window, "Enter 打开"), "what was found and as of when");
    press(&mut window, Key::Enter);
    assert!(!field(&window), "it closes behind what it opens");
    let opened = |r: &Request| matches!(r, Request::NoticeShow { .. });
    assert!(asked(&node).iter().any(opened));
}

#[test]
fn up_and_down_choose_and_escape_leaves_all_as_it_was() {
    let node = node();
    let mut window = zh(&node, Screen::Notices);
    key(&mut window, Modifiers::COMMAND, Key::K);
    // Without a word: pages and acts, from the first.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(
        says(&window, "写帖子") || says(&window, "发布"),
        "the second is a new post"
    );
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::K);
    type_text(&mut window, "zzzz");
    assert!(says(&window, "这台电脑上没有"));
    press(&mut window, Key::Escape);
    assert!(!field(&window));
    // Keys of pages below are pages' again.
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(!says(&window, "这台电脑上没有"));
}

#[test]
fn a_unit_leads_to_what_is_said_about_it_and_the_mouse_opens_it() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    click(&mut window, "找（Ctrl+K）");
    type_text(&mut window, "3-1-2");
    window.get_by_label_contains("房, 3-1-201").click();
    window.run();
    window.run();
    assert!(
        asked(&node).contains(&find("3-1-201")),
        "{:?}",
        asked(&node)
    );
    assert!(
        field(&window),
        "the box stays open on what is known of the unit"
    );
    click(&mut window, "关闭（Esc）");
    assert!(!field(&window));
}

#[test]
fn a_gate_has_no_such_box_and_large_type_has_it_by_key() {
    let at_gate = gate();
    let mut window = zh(&at_gate, Screen::Home);
    key(&mut window, Modifiers::COMMAND, Key::K);
    assert!(!field(&window) && !can(&window, "找（Ctrl+K）"));
    let node = node();
    let mut window = open(&node, Lang::En, Look::Elderly, Screen::Home);
    assert!(!can(&window, "Find (Ctrl+K)"));
    key(&mut window, Modifiers::COMMAND, Key::K);
    assert!(says(&window, "For example: lift"));
}
