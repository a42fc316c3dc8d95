//! The host's side: a regular visitor is invited with two clicks and one Enter, and what became of a pass is on screen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{asked, can, click, key, says, zh};
use common::{NOW_MS, node};
use egui::{Key, Modifiers};
use linli_view::api::{Request, Topic};
use linli_view::intent::Screen;

#[test]
fn a_regular_visitor_is_invited_with_two_clicks_and_one_enter() {
    let node = node();
    let pass = node.borrow().passes[0].clone();
    let mut window = zh(&node, Screen::Visitors);
    click(&mut window, &format!("出示给{}的码", pass.label));
    click(&mut window, "记为常来的人");
    assert!(says(&window, "只记在这台电脑上"));
    key(&mut window, Modifiers::ALT, Key::Num1);

    // One click and Enter from the first screen, two from anywhere else.
    key(&mut window, Modifiers::ALT, Key::Num2);
    click(&mut window, "访客");
    click(&mut window, &format!("再邀请{}", pass.label));
    key(&mut window, Modifiers::NONE, Key::Enter);
    let Some(Request::PassIssue(issued)) = asked(&node)
        .into_iter()
        .find(|request| matches!(request, Request::PassIssue(_)))
    else {
        panic!("{:?}", asked(&node))
    };
    assert_eq!(
        (&issued.label, issued.kind, issued.companions, &issued.plate),
        (&pass.label, pass.kind, pass.companions, &pass.plate)
    );
    assert!(issued.until_s * 1000 > NOW_MS, "it works now or later");
    click(&mut window, "不再记着");
    assert!(says(&window, "不再记着了"));
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(!can(&window, &format!("再邀请{}", pass.label)));
}

#[test]
fn the_host_sees_that_the_visitor_came_and_left() {
    let node = node();
    let label = node.borrow().passes[0].label.clone();
    let mut window = zh(&node, Screen::Visitors);
    assert!(!says(&window, "已到 今天 14:30"));
    node.borrow_mut().passes[0].last_used_ms = Some(NOW_MS - 120_000);
    node.borrow_mut().changed(&[Topic::Passes]);
    window.run();
    assert!(says(&window, "已到 今天 14:30"));
    node.borrow_mut().passes[0].left_ms = Some(NOW_MS - 60_000);
    node.borrow_mut().changed(&[Topic::Passes]);
    window.run();
    assert!(says(&window, "已离开 今天 14:31"));
    click(&mut window, &format!("出示给{label}的码"));
    assert!(says(&window, "已到 今天 14:30") && says(&window, "已离开 今天 14:31"));
}
