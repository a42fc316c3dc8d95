//! What is said below a notice, in the drawn window: by a household, by the office, with comments open and closed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::office;
use common::window::{Window, asked, can, click, says, type_text, zh};
use common::{Shared, node};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use linli_view::api::{CommentItem, Fault, FaultCode, Request};
use linli_view::intent::{Intent, Screen};

const ID: &str = "ntc056";

fn talked(node: &Shared) {
    let mut node = node.borrow_mut();
    let item = node.notices.iter_mut().find(|n| n.id == ID).unwrap();
    item.said = vec![CommentItem {
        id: "e:1".into(),
        author: "3-1-201".into(),
        body: "几点来电？".into(),
        published_ms: common::NOW_MS,
        ..CommentItem::default()
    }];
}

fn open(node: &Shared) -> Window {
    talked(node);
    let mut window = zh(node, Screen::Notices);
    let ctx = window.ctx.clone();
    let id = ID.to_owned();
    window.state_mut().perform(&ctx, Intent::OpenNotice { id });
    window.run();
    window
}

fn in_sight(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(Role::Button, name)
        .scroll_to_me();
    window.run();
    click(window, name);
}

fn write(window: &mut Window, text: &str) {
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "在这里写");
    field.scroll_to_me();
    field.focus();
    window.run();
    type_text(window, text);
}

#[test]
fn a_household_asks_and_the_office_answers_marked_and_on_top() {
    let house = node();
    let mut window = open(&house);
    assert!(says(&window, "大家说的（1）") && !can(&window, "关闭评论"));
    write(&mut window, "电梯停吗");
    in_sight(&mut window, "发表");
    let said = Request::NoticeSay {
        id: ID.into(),
        text: "电梯停吗".into(),
        answers: None,
        files: vec![],
    };
    assert!(asked(&house).contains(&said));
    assert!(says(&window, "电梯停吗") && says(&window, "已发表"));
    assert_eq!(window.state_mut().state.notice_reply, "");

    let node = office();
    let mut window = open(&node);
    in_sight(&mut window, "回复 3-1-201");
    assert!(says(&window, "回复 3-1-201：几点来电？"));
    write(&mut window, "18点左右。");
    in_sight(&mut window, "发表");
    let answer = Request::NoticeSay {
        id: ID.into(),
        text: "18点左右。".into(),
        answers: Some("e:1".into()),
        files: vec![],
    };
    assert!(asked(&node).contains(&answer));
    assert!(says(&window, "官方答复 · 居委会"));
    let y = |window: &Window, text: &str| window.get_by_label(text).rect().top();
    assert!(y(&window, "18点左右。") < y(&window, "几点来电？"));
}

#[test]
fn the_office_closes_the_comments_and_opens_them_and_a_household_only_reads() {
    let node = office();
    let mut window = open(&node);
    in_sight(&mut window, "关闭评论");
    assert!(says(&window, "关闭了评论") && can(&window, "打开评论"));
    in_sight(&mut window, "打开评论");
    let set = |open| Request::NoticeComments {
        id: ID.into(),
        open,
    };
    let wanted: Vec<Request> = asked(&node)
        .into_iter()
        .filter(|r| matches!(r, Request::NoticeComments { .. }))
        .collect();
    assert_eq!(wanted, [set(false), set(true)]);

    let house = common::node();
    house
        .borrow_mut()
        .notices
        .iter_mut()
        .find(|n| n.id == ID)
        .unwrap()
        .comments_closed_ms = Some(common::NOW_MS);
    let window = open(&house);
    assert!(says(&window, "关闭了评论") && !can(&window, "发表"));
}

fn another(window: &mut Window, id: &str) {
    let ctx = window.ctx.clone();
    let id = id.to_owned();
    window.state_mut().perform(&ctx, Intent::OpenNotice { id });
    window.run();
}

fn typed(window: &Window) -> (String, Option<String>) {
    let state = &window.state().state;
    (state.notice_reply.clone(), state.notice_answers.clone())
}

#[test]
fn what_could_not_be_signed_stays_in_its_field_with_what_it_answers() {
    let house = node();
    let mut window = open(&house);
    in_sight(&mut window, "回复 3-1-201");
    write(&mut window, "电梯停吗");
    house.borrow_mut().refuses = Some(Fault::of(FaultCode::DiskFull));
    in_sight(&mut window, "发表");
    let all = ("电梯停吗".to_owned(), Some("e:1".to_owned()));
    assert_eq!(typed(&window), all);
    // Below another notice it does not stand; below its own it waits.
    another(&mut window, "ntc059");
    assert_eq!(typed(&window), (String::new(), None));
    another(&mut window, ID);
    assert_eq!(typed(&window), all);
    house.borrow_mut().refuses = None;
    in_sight(&mut window, "发表");
    assert_eq!(typed(&window), (String::new(), None));
    assert_eq!(house.borrow().drafts, [], "it went out");
    // A fault of something else brings nothing back.
    let ctx = window.ctx.clone();
    house.borrow_mut().refuses = Some(Fault::of(FaultCode::DiskFull));
    let id = "ntc059".to_owned();
    window
        .state_mut()
        .perform(&ctx, Intent::ConfirmNotice { id });
    window.run();
    assert_eq!(typed(&window), (String::new(), None));
}

#[test]
fn a_reply_outlives_esc_and_the_window_with_what_it_answers() {
    let house = node();
    let mut window = open(&house);
    in_sight(&mut window, "回复 3-1-201");
    write(&mut window, "下午六点");
    let all = ("下午六点".to_owned(), Some("e:1".to_owned()));
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::Back);
    window.run();
    assert_eq!(window.state().state.notice, None);
    another(&mut window, ID);
    assert_eq!(typed(&window), all);
    drop(window);
    let mut window = open(&house);
    assert_eq!(typed(&window), all);
    assert!(says(&window, "回复 3-1-201：几点来电？"));
    // A notice that goes out opens by itself, and has a field of its own.
    window.state_mut().state.notice = Some("ntc059".into());
    window.run();
    assert_eq!(typed(&window), (String::new(), None));
    another(&mut window, ID);
    in_sight(&mut window, "发表");
    assert_eq!(house.borrow().drafts, []);
    let said = Request::NoticeSay {
        id: ID.into(),
        text: "下午六点".into(),
        answers: Some("e:1".into()),
        files: vec![],
    };
    assert!(asked(&house).contains(&said));
}
