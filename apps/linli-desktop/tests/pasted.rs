//! Text that is pasted into a field and too long for it: nothing is cut behind one's back, it is said by how much, and
//! nothing is sent until it fits.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::{kept_notice, office};
use common::window::{Window, asked, click, key, press, says, zh};
use common::{Shared, node};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{PostDo, Request};
use linli_view::compose::BODY_CHARS;
use linli_view::intent::{Intent, Screen};
use linli_view::typed::FIELD_CHARS;

const SAID_CHARS: usize = 500;

/// Pastes into a field, in one go as a clipboard does.
fn paste(window: &mut Window, role: Role, name: &str, text: &str) {
    let field = window.get_by_role_and_label(role, name);
    field.scroll_to_me();
    field.focus();
    window.run();
    window.event(Event::Paste(text.to_owned()));
    window.run();
}

fn in_sight(window: &mut Window, name: &str) {
    let button = window.get_by_role_and_label(Role::Button, name);
    button.scroll_to_me();
    window.run();
    click(window, name);
}

fn count(node: &Shared, is: impl Fn(&Request) -> bool) -> usize {
    asked(node).iter().filter(|request| is(request)).count()
}

fn long(chars: usize) -> String {
    "停".repeat(chars)
}

#[test]
fn a_headline_of_ten_thousand_characters_stays_and_says_that_it_is_too_long() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    click(&mut window, "写通知");
    paste(&mut window, Role::TextInput, "标题", &long(10_000));
    paste(&mut window, Role::MultilineTextInput, "正文", "今天下午");
    let chars = |window: &Window| {
        let draft = window.state().state.notice_draft.as_ref().unwrap();
        draft.title.chars().count()
    };
    assert_eq!(chars(&window), 10_000);
    assert!(says(&window, "多出 9800 字"), "without pressing anything");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(!says(&window, "签名之前再看一遍"));
    assert_eq!(chars(&window), 10_000);
    let kept = kept_notice(&node).unwrap();
    assert!(kept.contains(&long(10_000)), "the home keeps all of it");
    // What is taken away is enough.
    let draft = &mut window.state_mut().state.notice_draft;
    draft.as_mut().unwrap().title = long(200);
    window.run();
    assert!(!says(&window, "太长了"));
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "签名之前再看一遍"));
}

#[test]
fn a_field_that_is_full_says_that_not_everything_came_in() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    click(&mut window, "写通知");
    let role = Role::MultilineTextInput;
    paste(&mut window, role, "正文", &long(FIELD_CHARS + 9));
    let draft = window.state().state.notice_draft.as_ref().unwrap();
    assert_eq!(draft.body.chars().count(), FIELD_CHARS);
    assert!(says(&window, "再往后的没有放进来"));
}

#[test]
fn a_reply_that_is_too_long_or_cannot_be_seen_is_not_sent() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    window.get_by_label_contains("捡到：捡到钥匙").click();
    window.run();
    let sent = |r: &Request| matches!(r, Request::DraftSend { .. } | Request::PostDo { .. });
    let role = Role::MultilineTextInput;
    paste(&mut window, role, "写回复", &long(BODY_CHARS + 100));
    assert!(says(&window, "多出 100 字"));
    in_sight(&mut window, "回复");
    assert_eq!(count(&node, sent), 0);
    window.state_mut().state.reply = "\u{200b}\u{200b}".into();
    window.run();
    assert!(says(&window, "只有看不见的字符"));
    in_sight(&mut window, "回复");
    assert_eq!(count(&node, sent), 0);
    window.state_mut().state.reply = "晚上去拿".into();
    window.run();
    in_sight(&mut window, "回复");
    assert_eq!(count(&node, sent), 1);
}

#[test]
fn a_post_that_is_too_long_says_so_before_it_is_sent() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    key(&mut window, Modifiers::COMMAND, Key::N);
    window.event(Event::Paste(long(BODY_CHARS + 7)));
    window.run();
    assert!(says(&window, "多出 7 字"));
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(count(&node, |r| matches!(r, Request::DraftSend { .. })), 0);
    let body = &window.state().state.post_draft.body;
    assert_eq!(body.chars().count(), BODY_CHARS + 7);
}

#[test]
fn below_a_notice_and_with_a_reason_it_is_the_same() {
    let node = office();
    let id = node
        .borrow()
        .notices
        .iter()
        .find(|n| n.ours && n.retracted.is_none() && n.corrected_by.is_none())
        .unwrap()
        .id
        .clone();
    let mut window = zh(&node, Screen::Notices);
    let ctx = window.ctx.clone();
    let open = Intent::OpenNotice { id };
    window.state_mut().perform(&ctx, open);
    window.run();
    let role = Role::MultilineTextInput;
    paste(&mut window, role, "在这里写", &long(BODY_CHARS + 3));
    assert!(says(&window, "多出 3 字"));
    in_sight(&mut window, "发表");
    assert_eq!(count(&node, |r| matches!(r, Request::NoticeSay { .. })), 0);
    window.state_mut().state.notice_reply.clear();
    in_sight(&mut window, "撤回");
    paste(
        &mut window,
        Role::TextInput,
        "原因（大家都会看到）",
        &long(1_000),
    );
    assert!(says(&window, "多出 800 字"));
    in_sight(&mut window, "对，撤回");
    let retracts = |r: &Request| matches!(r, Request::NoticeRetract { .. });
    assert_eq!(count(&node, retracts), 0);
    assert_eq!(window.state().state.retract_reason.chars().count(), 1_000);
    window.state_mut().state.retract_reason = "电已经来了".into();
    window.run();
    in_sight(&mut window, "对，撤回");
    assert_eq!(count(&node, retracts), 1);
}

#[test]
fn the_words_with_a_settled_post_are_not_cut() {
    let node = node();
    let id = {
        let post = &mut node.borrow_mut().posts[0];
        post.own = true;
        post.id.clone()
    };
    let mut window = zh(&node, Screen::Board);
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::OpenPost { id });
    window.run();
    in_sight(&mut window, "已了结");
    let name = "道声谢（可以不写，大家都能看到）";
    let field = window.query_by_role_and_label(Role::MultilineTextInput, name);
    assert!(field.is_some(), "{name}");
    paste(
        &mut window,
        Role::MultilineTextInput,
        name,
        &long(SAID_CHARS + 5),
    );
    assert!(says(&window, "多出 5 字"));
    let settles = |r: &Request| {
        matches!(
            r,
            Request::PostDo {
                what: PostDo::Settle { .. },
                ..
            }
        )
    };
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(count(&node, settles), 0);
    window.state_mut().state.post_words = "多谢".into();
    window.run();
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(count(&node, settles), 1);
    press(&mut window, Key::Escape);
}
