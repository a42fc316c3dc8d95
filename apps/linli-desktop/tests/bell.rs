//! What is announced by itself: the digest on the first screen, the number beside the board, the page of settings, and
//! saying nothing more about something; by mouse and by keyboard, in both languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, key, press, says, sized};
use common::{NOW_MS, Shared, node};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use linli_desktop::login::LogIn;
use linli_desktop::state::State;
use linli_view::api::{BellSays, CommentItem, PostItem, Request};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;
use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

const HOUR: u64 = 3_600_000;

fn open(node: &Shared, lang: Lang, look: Look, screen: Screen) -> Window {
    let state = State::new(lang, look, screen);
    sized(
        node,
        state,
        Path::new("/nonexistent"),
        vec2(1366.0, 768.0),
        1.0,
    )
}

fn post(id: &str, own: bool, at_ms: u64) -> PostItem {
    serde_json::from_value(serde_json::json!({
        "id": id, "kind": "found", "author": if own { "3-2-501" } else { "3-1-201" }, "body": "a bunch of keys",
        "published_ms": at_ms, "heard_ms": at_ms, "closed": false, "own": own
    }))
    .unwrap()
}

fn comment(id: &str) -> CommentItem {
    serde_json::from_value(serde_json::json!({
        "id": id, "author": "3-1-201", "official": false, "body": "mine", "published_ms": NOW_MS
    }))
    .unwrap()
}

#[test]
fn the_digest_stands_on_the_first_screen_and_a_line_opens_what_it_names() {
    for lang in Lang::ALL {
        let node = node();
        node.borrow_mut().posts = vec![post("p1", false, NOW_MS - 10 * HOUR)];
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        let line = window.get_by_label_contains("a bunch of keys");
        line.click();
        window.run();
        assert_eq!(window.state().state.screen, Screen::Board);
        assert_eq!(window.state().state.post.as_deref(), Some("p1"));
    }
}

#[test]
fn the_number_beside_the_board_goes_when_somebody_looks() {
    let node = node();
    let mut own = post("p1", true, NOW_MS - 48 * HOUR);
    own.comments = vec![comment("c1"), comment("c2")];
    node.borrow_mut().posts = vec![own];
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    window.get_by_label("Board, 2 waiting for you").click();
    window.run();
    assert!(node.borrow().asked.contains(&Request::BellLooked));
    assert!(window.query_by_label("Board, 2 waiting for you").is_none());
}

#[test]
fn settings_are_reached_by_key_and_button_and_change_what_is_announced() {
    let node = node();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    assert_eq!(window.state().state.screen, Screen::Settings);
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state.screen, Screen::Home);
    window.get_by_label("Settings").click();
    window.run();
    window
        .get_by_label_contains(
            "What waits for you: confirm, an office's answer, somebody at the gate: on",
        )
        .click();
    window.run();
    assert!(!node.borrow().bell.settings.needs);
    assert!(node.borrow().bell.settings.mine, "only that one");
    window.get_by_label("Only that there is something").click();
    window.run();
    assert_eq!(node.borrow().bell.settings.says, BellSays::Less);
    assert!(!node.borrow().bell.settings.needs, "and it stays off");
}

#[test]
fn a_notice_is_muted_on_its_page_and_comes_back_on_the_page_of_settings() {
    for lang in Lang::ALL {
        let node = node();
        let id = {
            let node = node.borrow();
            let plain = node.notices.iter().find(|n| n.corrects.is_none()).unwrap();
            plain.id.clone()
        };
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        let ctx = window.ctx.clone();
        let show = Intent::OpenNotice { id: id.clone() };
        window.state_mut().perform(&ctx, show);
        window.run();
        let (mute, again) = match lang {
            Lang::En => ("No more alerts about: ", "Tell me again about: "),
            Lang::ZhCn => ("不再提醒：", "重新提醒："),
        };
        // It stands further down the page; the focus brings it into sight.
        window.get_by_label_contains(mute).focus();
        window.run();
        key(&mut window, Modifiers::NONE, Key::Space);
        assert!(node.borrow().bell.muted.contains(&id));
        let settings = Intent::Go(Screen::Settings);
        window.state_mut().perform(&ctx, settings);
        window.run();
        // It stands further down the page; the focus brings it into sight.
        window.get_by_label_contains(again).focus();
        window.run();
        key(&mut window, Modifiers::NONE, Key::Space);
        assert!(node.borrow().bell.muted.is_empty());
    }
}

#[test]
fn the_large_look_keeps_its_four_things_and_the_key_still_leads_to_settings() {
    let node = node();
    let mut window = open(&node, Lang::ZhCn, Look::Elderly, Screen::Home);
    assert!(window.query_by_label("设置").is_none());
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    assert!(says(&window, "这台电脑主动告诉您什么"));
}

/// Starting at log-in, as a window sees it.
#[derive(Clone, Default)]
struct Switch {
    on: Rc<Cell<bool>>,
    started: Rc<Cell<u32>>,
    fails: Rc<Cell<bool>>,
}

impl LogIn for Switch {
    fn is_on(&self) -> Option<bool> {
        Some(self.on.get())
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        if self.fails.get() {
            return Err("read-only".into());
        }
        self.on.set(on);
        Ok(())
    }

    fn start(&mut self) {
        self.started.set(self.started.get() + 1);
    }
}

#[test]
fn starting_at_log_in_is_switched_on_the_page_of_settings_and_a_failure_is_said() {
    let node = node();
    let switch = Switch::default();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    window.state_mut().log_in_with(Box::new(switch.clone()));
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    let name = "Start at log-in, so that notices arrive while the window is closed: off. Press to switch on";
    window.get_by_label(name).click();
    window.run();
    assert!(switch.on.get());
    assert!(says(&window, "also after the next log-in"));
    switch.fails.set(true);
    let name = name.replace("off. Press to switch on", "on. Press to switch off");
    window.get_by_label(&name).scroll_to_me();
    window.run();
    window.get_by_label(&name).click();
    window.run();
    assert!(switch.on.get());
    assert!(says(&window, "This could not be changed"));
}

#[test]
fn a_window_that_runs_the_home_itself_starts_what_goes_on_after_it() {
    for (background, on, starts) in [
        (false, true, true),
        (true, true, false),
        (false, false, false),
    ] {
        let node = node();
        node.borrow_mut().bell.background = background;
        let switch = Switch::default();
        switch.on.set(on);
        let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
        window.state_mut().log_in_with(Box::new(switch.clone()));
        key(&mut window, Modifiers::COMMAND, Key::Comma);
        assert_eq!(switch.started.get() > 0, starts, "{background} {on}");
    }
}
