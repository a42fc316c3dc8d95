//! Rows and doors keep their identity: what somebody is about to press stays the same thing when another one arrives above.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, key, open, press, says, zh};
use common::{NOW_MS, Shared, node};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use linli_view::api::{Request, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

/// A notice arrives and stands first, and asks to be confirmed.
fn arrives(node: &Shared) {
    let mut node = node.borrow_mut();
    let asks = |id: &str| id == "ntc059";
    let mut fresh = node.notices.iter().find(|n| asks(&n.id)).unwrap().clone();
    fresh.id = "ntc999".into();
    fresh.text.title = "刚刚到的通知".into();
    fresh.published_ms = NOW_MS - 1;
    fresh.heard_ms = NOW_MS - 1;
    node.notices.insert(0, fresh);
    node.changed(&[Topic::Notices]);
}

#[test]
fn enter_opens_the_row_one_stood_on_when_another_notice_arrives_above_it() {
    let node = node();
    let mut window = zh(&node, Screen::Notices);
    window
        .get_by_label_contains("明年地面车位抽签办法，物业")
        .focus();
    window.run();
    arrives(&node);
    window.run();
    assert!(says(&window, "刚刚到的通知"));
    press(&mut window, Key::Enter);
    let id = "ntc058".into();
    assert_eq!(asked(&node), [Request::NoticeShow { id }]);
}

#[test]
fn enter_confirms_the_notice_one_stood_on_when_another_one_arrives_above_it() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    let name = "确认收到：因高压线路故障今日15—18时停电";
    let role = egui::accesskit::Role::Button;
    window.get_by_role_and_label(role, name).focus();
    window.run();
    arrives(&node);
    window.run();
    assert!(says(&window, "确认收到：刚刚到的通知"));
    press(&mut window, Key::Enter);
    let id = "ntc059".into();
    assert_eq!(asked(&node), [Request::NoticeConfirm { id }]);
}

/// The name of what the keys go to, and its place.
fn stands_on(window: &Window) -> (String, Rect) {
    let mut todo: Vec<_> = window.root().children().collect();
    while let Some(node) = todo.pop() {
        let access = node.accesskit_node();
        if access.is_focused() {
            return (access.label().unwrap_or_default(), node.rect());
        }
        todo.extend(node.children());
    }
    (String::new(), Rect::ZERO)
}

#[test]
fn what_the_keys_go_to_is_in_sight_in_the_large_look_too() {
    for screen in [Screen::Home, Screen::Notices, Screen::Help] {
        let mut window = open(&node(), Lang::En, Look::Elderly, screen);
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            for _ in 0..30 {
                key(&mut window, modifiers, Key::Tab);
                let (name, place) = stands_on(&window);
                let seen = place.top() >= 0.0 && place.bottom() <= 720.0;
                assert!(seen, "{screen:?}: {name}: {place}");
            }
        }
    }
}

#[test]
fn the_keys_lead_to_the_last_row_of_a_long_list_and_back_to_the_first() {
    let node = node();
    {
        let mut node = node.borrow_mut();
        let plain = |id: &str| id == "ntc058";
        let one = node.notices.iter().find(|n| plain(&n.id)).unwrap().clone();
        for n in 0..40 {
            let mut old = one.clone();
            old.id = format!("old{n:02}");
            old.text.title = format!("旧通知{n:02}号");
            (old.severity, old.needs_confirm) = (None, false);
            old.published_ms = NOW_MS - 1_000_000_000 - n * 1_000_000;
            old.heard_ms = old.published_ms;
            node.notices.push(old);
        }
    }
    let mut window = zh(&node, Screen::Notices);
    for (modifiers, wanted) in [
        (Modifiers::NONE, "旧通知39号"),
        (Modifiers::SHIFT, "旧通知00号"),
    ] {
        let mut way = Vec::new();
        let reached = (0..120).any(|_| {
            key(&mut window, modifiers, Key::Tab);
            let (name, _) = stands_on(&window);
            way.push(name.chars().take(12).collect::<String>());
            name.contains(wanted)
        });
        assert!(reached, "{wanted}: {way:?}");
    }
}
