//! `Ctrl+Z` in a window: done, asked first, or not possible and why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::node;
use common::window::{asked, can, click, key, press, says, type_text, zh};
use egui::{Key, Modifiers};
use linli_view::api::{Request, UndoItem, UndoState};
use linli_view::intent::Screen;

fn item(state: UndoState, what: &str) -> Option<UndoItem> {
    Some(UndoItem {
        state,
        what: what.into(),
        about: "李然".into(),
    })
}

#[test]
fn the_key_takes_the_last_command_back_and_says_which() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "没有可撤销的"));
    node.borrow_mut().undo = item(UndoState::Done, "like");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "已撤销：点赞或谢谢：李然"));
    assert_eq!(
        asked(&node),
        [Request::Undo { yes: false }, Request::Undo { yes: false }]
    );
    node.borrow_mut().undo = item(UndoState::Never, "notice");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "只能更正或撤回"));
}

#[test]
fn a_pass_is_cancelled_only_after_a_question() {
    let node = node();
    node.borrow_mut().undo = item(UndoState::Asks, "pass");
    let mut window = zh(&node, Screen::Visitors);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "取消刚开的通行码：李然？") && can(&window, "留着"));
    press(&mut window, Key::Escape);
    assert!(!can(&window, "留着") && node.borrow().undo.is_some());
    key(&mut window, Modifiers::COMMAND, Key::Z);
    click(&mut window, "撤销");
    assert!(says(&window, "已撤销：通行码：李然") && !can(&window, "留着"));
    let asked = asked(&node);
    assert_eq!(asked.last(), Some(&Request::Undo { yes: true }));
}

#[test]
fn in_a_field_the_key_takes_typing_back_and_no_command() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, "搬沙发");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(asked(&node), []);
}
