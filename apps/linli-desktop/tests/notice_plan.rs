//! The office's form: templates, previews, a time to go out at; in the drawn window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::{kept_notice, office, signed};
use common::window::{Window, asked, can, click, key, says, type_text, zh};
use common::{NOW_MS, Shared};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{NoticeRequest, Request, ScheduledItem};
use linli_view::intent::Screen;

fn into(window: &mut Window, role: Role, name: &str, text: &str) {
    let field = window.get_by_role_and_label(role, name);
    field.scroll_to_me();
    field.focus();
    window.run();
    type_text(window, text);
}

fn in_sight(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(Role::Button, name)
        .scroll_to_me();
    window.run();
    click(window, name);
}

fn write(window: &mut Window) {
    click(window, "写通知");
    type_text(window, "3号楼今天停电");
    into(window, Role::MultilineTextInput, "正文", "15时至18时停电。");
}

fn planned(node: &Shared) -> Vec<(String, u64)> {
    let plan = |(notice, at): (NoticeRequest, Option<u64>)| Some((notice.title, at?));
    signed(node).into_iter().filter_map(plan).collect()
}

#[test]
fn a_checked_notice_with_a_time_waits_and_is_taken_back_into_the_form() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    into(&mut window, Role::TextInput, "什么时候发", "18:00");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "今天 18:00 发出"));
    click(&mut window, "到时签名发布");
    let six = NOW_MS + (3 * 60 + 28) * 60_000;
    assert_eq!(planned(&node), [("3号楼今天停电".to_owned(), six)]);
    assert!(says(&window, "已排好") && says(&window, "定时发布（1）"));
    assert_eq!(kept_notice(&node), None, "the draft has done its work");

    in_sight(&mut window, "取回来改，到时不发：3号楼今天停电");
    assert!(says(&window, "15时至18时停电。") && can(&window, "检查"));
    assert!(node.borrow().scheduled.is_empty());
    assert_eq!(
        window.state().state.notice_draft.as_ref().unwrap().at,
        "2026-11-22 18:00",
        "signed again it does not go out at once"
    );
    // Another draft that was begun is kept beside it.
    node.borrow_mut().scheduled = vec![ScheduledItem {
        id: "s9".into(),
        at_ms: NOW_MS - 3_600_000,
        state: "missed".into(),
        title: "停水".into(),
        notice: NoticeRequest {
            title: "停水".into(),
            body: "今天三点".into(),
            ..NoticeRequest::default()
        },
    }];
    drop(window);
    let mut window = zh(&node, Screen::Notices);
    assert!(says(&window, "没有发出"));
    in_sight(&mut window, "取回来改，到时不发：停水");
    assert!(says(&window, "草稿：3号楼今天停电") && says(&window, "今天三点"));
    assert!(node.borrow().scheduled.is_empty());
    // It was a draft before it was off the list.
    let asked = &node.borrow().asked;
    let at = |is: &dyn Fn(&Request) -> bool| asked.iter().rposition(is).unwrap();
    let drafted =
        at(&|r| matches!(r, Request::DraftSave { draft, .. } if draft.text.contains("停水")));
    let off = at(&|r| matches!(r, Request::Unschedule { .. }));
    assert!(drafted < off);
}

#[test]
fn comments_are_closed_in_the_form_seen_in_the_check_and_go_out_closed() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    let closed = "下面的评论 · 关闭，只能看";
    window.get_by_label(closed).scroll_to_me();
    window.run();
    window.get_by_label(closed).click();
    window.run();
    // The buttons stand beside the heading, which the choice scrolled away.
    in_sight(&mut window, "存为模板");
    into(&mut window, Role::TextInput, "什么时候发", "18:00");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "评论一开始就关闭"));
    click(&mut window, "到时签名发布");
    let all = asked(&node);
    let sent: Vec<bool> = all
        .into_iter()
        .filter_map(|r| match r {
            Request::DraftSend {
                notice: Some(out), ..
            } => Some(out.notice.comments_closed),
            Request::TemplateSave { notice, .. } => Some(notice.comments_closed),
            _ => None,
        })
        .collect();
    assert_eq!(sent, [true, true], "as a template, too");
    // Taken back into the form it is still closed; a new one is not.
    in_sight(&mut window, "取回来改，到时不发：3号楼今天停电");
    let draft = |window: &Window| window.state().state.notice_draft.clone().unwrap();
    assert!(draft(&window).comments_closed);
    in_sight(&mut window, "丢掉草稿");
    click(&mut window, "写通知");
    assert!(!draft(&window).comments_closed);
}

#[test]
fn what_is_not_filled_in_of_a_template_is_said_and_does_not_go_out() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    click(&mut window, "写通知");
    click(&mut window, "用模板：停电");
    assert!(says(&window, "｛原因｝") && !can(&window, "用模板：停水"));
    click(&mut window, "检查");
    assert!(says(&window, "还没有填：｛范围｝") && says(&window, "还没有填：｛原因｝"));
    assert!(!can(&window, "签名并发布"));
}

#[test]
fn a_notice_is_kept_as_a_template_used_and_forgotten() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    click(&mut window, "存为模板");
    assert!(says(&window, "已存为模板“3号楼今天停电”"));
    click(&mut window, "丢掉草稿");
    click(&mut window, "写通知");
    click(&mut window, "用模板：3号楼今天停电");
    assert!(says(&window, "15时至18时停电。"));
    click(&mut window, "丢掉草稿");
    click(&mut window, "写通知");
    click(&mut window, "删掉模板：3号楼今天停电");
    assert!(!can(&window, "用模板：3号楼今天停电"));
    assert!(node.borrow().templates.is_empty());
}

#[test]
fn the_previews_show_large_type_paper_and_the_chat() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    let height = |window: &Window| {
        let all = window.query_all_by_label("15时至18时停电。");
        all.map(|node| node.rect().height()).fold(0.0, f32::max)
    };
    let plain = height(&window);
    click(&mut window, "大家看到的样子 · 大字");
    assert!(height(&window) > plain, "large type is larger");
    click(&mut window, "大家看到的样子 · A4 纸");
    assert!(says(&window, "草稿，还没有签名") && says(&window, "适用  全小区"));
    click(&mut window, "大家看到的样子 · 群消息");
    assert!(says(&window, "【居委会】3号楼今天停电"));
}
