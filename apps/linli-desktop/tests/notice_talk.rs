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
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_view::api::{CommentItem, Fault, FaultCode, ModerationItem, PostDo, Request};
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
    window.state_mut().perform(&ctx, Intent::ConfirmNotice(id));
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

#[test]
fn below_a_notice_a_comment_is_reported_and_a_hidden_one_says_why_and_is_appealed() {
    let house = node();
    let mut window = open(&house);
    {
        let mut node = house.borrow_mut();
        let item = node.notices.iter_mut().find(|n| n.id == ID).unwrap();
        item.said.push(CommentItem {
            id: "e:2".into(),
            author: "3-2-501".into(),
            body: "物业不管事".into(),
            own: true,
            moderation: Some(ModerationItem {
                state: "hidden".into(),
                by: Some("居委会".into()),
                reason: Some("请就事论事".into()),
                may_appeal: true,
                ..ModerationItem::default()
            }),
            ..CommentItem::default()
        });
    }
    let ctx = window.ctx.clone();
    let id = ID.to_owned();
    window.state_mut().perform(&ctx, Intent::OpenNotice { id });
    window.run();
    assert!(says(&window, "请就事论事"), "everybody reads why");
    let buttons = |window: &Window, part: &str| {
        let all = window.query_all_by_role(Role::Button);
        let names = all.filter_map(|node| node.accesskit_node().label());
        names.filter(|name| name.contains(part)).collect::<Vec<_>>()
    };
    let report = buttons(&window, "举报");
    assert_eq!(report.len(), 1, "nobody reports themselves: {report:?}");
    in_sight(&mut window, &report[0]);
    assert!(says(&window, "为什么举报"));
    // Esc leaves the question and stays at the notice.
    window.key_press(egui::Key::Escape);
    window.run();
    assert!(!says(&window, "为什么举报") && says(&window, "请就事论事"));
    in_sight(&mut window, &report[0]);
    in_sight(&mut window, "广告");
    let does = |what| Request::PostDo {
        id: ID.into(),
        what,
    };
    let comment = "e:1".to_owned();
    let reason = "ad".to_owned();
    let reported = does(PostDo::ReportReply { comment, reason });
    assert!(asked(&house).contains(&reported));
    assert!(!says(&window, "为什么举报"), "it is done");

    let appeal = buttons(&window, "申诉");
    in_sight(&mut window, &appeal[0]);
    let name = zh_words("post-appeal-words");
    let field = window.get_by_role_and_label(Role::MultilineTextInput, &name);
    field.scroll_to_me();
    field.focus();
    window.run();
    type_text(&mut window, "我说的是事实");
    in_sight(&mut window, &zh_words("post-appeal-send"));
    let (comment, words) = (Some("e:2".to_owned()), "我说的是事实".to_owned());
    let appealed = does(PostDo::Appeal { comment, words });
    assert!(asked(&house).contains(&appealed));
    assert!(says(&window, "我说的是事实") && buttons(&window, "申诉").is_empty());
}

fn zh_words(key: &str) -> String {
    linli_view::words::Catalogue::of(linli_view::words::Lang::ZhCn).say(key)
}
