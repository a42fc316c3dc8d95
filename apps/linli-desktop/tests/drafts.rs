//! Drafts of posts, replies and notices in a window: kept while they are typed, several of them, on a full disk, in two windows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, can, click, key, press, says, type_text, zh};
use common::{Shared, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_view::api::{DraftItem, FileRef, Request};
use linli_view::intent::Screen;

/// Kind and text of what the home keeps.
fn kept(node: &Shared) -> Vec<(String, String)> {
    let drafts = &node.borrow().drafts;
    let one = |d: &DraftItem| (d.about.clone(), d.text.clone());
    drafts.iter().map(one).collect()
}

fn writes(node: &Shared, text: &str) -> Window {
    let mut window = zh(node, Screen::Board);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, text);
    window
}

fn press_named(window: &mut Window, part: &str) {
    window.get_by_label_contains(part).click();
    window.run();
}

fn read(window: &mut Window, part: &str) {
    press_named(window, part);
}

#[test]
fn a_post_that_is_half_written_outlives_the_window_with_its_kind_and_files() {
    let node = node();
    let mut window = writes(&node, "谁家有梯子");
    click(&mut window, "什么事 · 借");
    window.state_mut().state.files = vec![linli_view::files::Attached {
        name: "梯子.jpg".into(),
        file: FileRef {
            hash: "h".into(),
            key: "k".into(),
            size: 1_000,
            media: "jpg".into(),
            sides: None,
            name: Some("梯子.jpg".into()),
        },
    }];
    window.run();
    drop(window);
    assert_eq!(kept(&node), [("lend".into(), "谁家有梯子".into())]);

    let mut window = zh(&node, Screen::Board);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(window.state().state.post_draft.body, "谁家有梯子");
    assert!(says(&window, "去掉 · 梯子.jpg"));
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "已发布"));
    assert_eq!(kept(&node), [], "it went out");
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(window.state().state.post_draft.body, "");
}

#[test]
fn several_drafts_are_picked_from_a_list_and_thrown_away() {
    let node = node();
    let mut window = writes(&node, "捡到一把伞");
    click(&mut window, "先放着，另写一条");
    assert!(says(&window, "草稿：捡到一把伞"));
    type_text(&mut window, "卖自行车");
    assert_eq!(kept(&node).len(), 2);
    press_named(&mut window, "接着写 · 草稿：捡到一把伞");
    assert_eq!(window.state().state.post_draft.body, "捡到一把伞");
    assert!(says(&window, "草稿：卖自行车"), "the other one stays");
    press_named(&mut window, "丢掉 · 草稿：卖自行车");
    assert!(!says(&window, "草稿："));
    assert_eq!(kept(&node), [("ask".into(), "捡到一把伞".into())]);
}

#[test]
fn a_reply_is_kept_below_its_post_and_waits_there() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    let field = |window: &mut Window| {
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "写回复");
        field.focus();
        window.run();
    };
    read(&mut window, "捡到：捡到钥匙");
    field(&mut window);
    type_text(&mut window, "可能是我的");
    read(&mut window, "求助：今晚七点");
    assert_eq!(
        window.state().state.reply,
        "",
        "another post, another reply"
    );
    field(&mut window);
    type_text(&mut window, "我能来");
    drop(window);
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "捡到：捡到钥匙");
    assert_eq!(window.state().state.reply, "可能是我的");
    let send = window.get_by_role_and_label(Role::Button, "回复");
    send.scroll_to_me();
    window.run();
    click(&mut window, "回复");
    assert!(says(&window, "可能是我的") && says(&window, "回复已发出"));
    assert_eq!(kept(&node), [("pst2".into(), "我能来".into())]);
}

#[test]
fn while_the_disk_is_full_the_draft_stays_in_the_window_and_is_kept_when_there_is_room() {
    let node = node();
    node.borrow_mut().full = true;
    let mut window = writes(&node, "搬沙发");
    assert!(says(&window, "草稿还没存下"));
    assert_eq!(
        (kept(&node), window.state().state.post_draft.body.as_str()),
        (vec![], "搬沙发")
    );
    // Elsewhere in the window it waits just so.
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::ALT, Key::Num4);
    node.borrow_mut().later_ms += 4_000;
    window.run();
    assert_eq!(kept(&node), []);
    node.borrow_mut().full = false;
    node.borrow_mut().later_ms += 2_000;
    window.run();
    assert_eq!(kept(&node), [("ask".into(), "搬沙发".into())]);
    assert!(says(&window, "草稿已存下"));
}

#[test]
fn a_post_that_cannot_be_sent_stays_a_draft() {
    let node = node();
    node.borrow_mut().refuses = Some(linli_view::api::Fault::of(
        linli_view::api::FaultCode::DiskFull,
    ));
    let mut window = writes(&node, "搬沙发");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "磁盘") && can(&window, "发布"));
    assert_eq!(window.state().state.post_draft.body, "搬沙发");
    assert_eq!(kept(&node).len(), 1);
    press(&mut window, Key::Escape);
    assert_eq!(kept(&node).len(), 1);
}

#[test]
fn the_same_draft_in_two_windows_is_two_drafts_and_both_are_shown() {
    let node = node();
    drop(writes(&node, "搬沙发"));
    let mut one = zh(&node, Screen::Board);
    key(&mut one, Modifiers::COMMAND, Key::N);
    // The other window goes on with it first.
    {
        let draft = &mut node.borrow_mut().drafts[0];
        draft.text = "搬沙发，两个人".into();
        draft.version += 1;
    }
    type_text(&mut one, "，今晚");
    assert!(says(&one, "另一个窗口也改了"));
    assert!(says(&one, "草稿：搬沙发，两个人"), "theirs is in the list");
    assert_eq!(one.state().state.post_draft.body, "搬沙发，今晚");
    assert_eq!(kept(&node).len(), 2);
}

/// What was asked to go out.
fn sent(node: &Shared) -> Vec<String> {
    let asked = &node.borrow().asked;
    let text = |request: &Request| match request {
        Request::DraftSend { draft, .. } => Some(draft.text.clone()),
        _ => None,
    };
    asked.iter().filter_map(text).collect()
}

#[test]
fn a_post_goes_out_once_however_often_it_is_pressed_and_what_is_typed_meanwhile_stays() {
    let node = node();
    let mut window = writes(&node, "搬沙发");
    node.borrow_mut().silent = true;
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    type_text(&mut window, "，今晚");
    node.borrow_mut().silent = false;
    window.run();
    assert_eq!(sent(&node), ["搬沙发"]);
    assert_eq!(window.state().state.post_draft.body, "搬沙发，今晚");
    assert_eq!(kept(&node), [("ask".into(), "搬沙发，今晚".into())]);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(sent(&node).len(), 2, "it is another one, and can go out");
    assert_eq!(window.state().state.post_draft.body, "");
    assert_eq!(kept(&node), []);
}

#[test]
fn a_reply_whose_answer_comes_late_is_finished_and_not_the_one_that_is_open_by_then() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    let field = |window: &mut Window| {
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "写回复");
        field.focus();
        window.run();
    };
    read(&mut window, "捡到：捡到钥匙");
    field(&mut window);
    type_text(&mut window, "可能是我的");
    node.borrow_mut().silent = true;
    let button = window.get_by_role_and_label(Role::Button, "回复");
    button.scroll_to_me();
    window.run();
    click(&mut window, "回复");
    read(&mut window, "求助：今晚七点");
    field(&mut window);
    type_text(&mut window, "我能来");
    node.borrow_mut().silent = false;
    window.run();
    assert_eq!(sent(&node), ["可能是我的"]);
    assert_eq!(window.state().state.reply, "我能来");
    assert_eq!(kept(&node), [("pst2".into(), "我能来".into())]);
}

#[test]
fn the_words_of_an_appeal_outlive_the_window_each_about_its_own_and_go_when_it_is_made() {
    use linli_view::api::ModerationItem;
    let node = node();
    {
        let mut node = node.borrow_mut();
        let hidden = ModerationItem {
            state: "hidden".into(),
            may_appeal: true,
            ..ModerationItem::default()
        };
        let post = &mut node.posts[1];
        post.moderation = Some(hidden.clone());
        let mut mine = linli_view::api::CommentItem {
            id: "e:9".into(),
            author: "3-2-501".into(),
            body: "随便".into(),
            own: true,
            ..linli_view::api::CommentItem::default()
        };
        mine.moderation = Some(hidden);
        post.comments.push(mine);
    }
    let write = |window: &mut Window, button: &str, text: &str| {
        let ask = window.get_by_label(button);
        ask.scroll_to_me();
        window.run();
        click(window, button);
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "您的理由");
        field.scroll_to_me();
        field.focus();
        window.run();
        type_text(window, text);
    };
    let words = |window: &Window| window.state().state.post_words.clone();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    write(&mut window, "申诉", "我没有点名");
    click(&mut window, "不申诉");
    let below = {
        let all = window.query_all_by_label_contains("申诉这条回复");
        let names = all.filter_map(|n| n.accesskit_node().label());
        names.collect::<Vec<_>>()
    };
    write(&mut window, &below[0], "只是玩笑");
    drop(window);
    let appeals = |words: &str, of: &str| (of.to_owned(), words.to_owned());
    let both = [
        appeals("我没有点名", "pst2"),
        appeals("只是玩笑", "pst2 e:9"),
    ];
    assert_eq!(kept(&node), both);

    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    click(&mut window, "申诉");
    assert_eq!(words(&window), "我没有点名");
    click(&mut window, "提出申诉");
    assert_eq!(kept(&node), both[1..], "that one is made");
    assert_eq!(words(&window), "");
}

#[test]
fn an_offices_reason_outlives_the_window_and_goes_when_it_has_decided() {
    let node = common::office::office();
    let open = |window: &mut Window, key: &str| {
        let ctx = window.ctx.clone();
        let key = key.to_owned();
        let case = linli_view::intent::Intent::OpenCase { key };
        window.state_mut().perform(&ctx, case);
        window.run();
    };
    let reason = |window: &Window| window.state().state.case_reason.clone();
    let mut window = zh(&node, Screen::Board);
    open(&mut window, "pst90");
    window.state_mut().state.case_reason = "说的是事，不是人".into();
    window.run();
    drop(window);
    assert_eq!(kept(&node), [("pst90".into(), "说的是事，不是人".into())]);
    let mut window = zh(&node, Screen::Board);
    open(&mut window, "pst90");
    assert_eq!(reason(&window), "说的是事，不是人");
    let decide = window.query_all_by_role(Role::Button);
    let names: Vec<String> = decide.filter_map(|n| n.accesskit_node().label()).collect();
    let stays = names.iter().find(|name| name.contains("保留"));
    let stays = stays.unwrap_or_else(|| panic!("{names:?}")).clone();
    click(&mut window, &stays);
    assert_eq!(kept(&node), [], "it is decided");
    assert_eq!(reason(&window), "");
}

/// A notice that is half written.
fn composes(node: &Shared, text: &str) -> Window {
    let mut window = zh(node, Screen::Notices);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, text);
    window
}

fn titles(node: &Shared) -> Vec<String> {
    let drafts = &node.borrow().drafts;
    let one = |d: &DraftItem| {
        let draft: linli_view::compose::ComposeDraft = serde_json::from_str(&d.text).unwrap();
        (d.kind == "notice").then_some(draft.title)
    };
    drafts.iter().filter_map(one).collect()
}

#[test]
fn while_the_disk_is_full_a_notice_is_said_to_be_in_the_window_only() {
    let node = common::office::office();
    let mut window = composes(&node, "停");
    assert!(says(&window, "边写边存"));
    node.borrow_mut().full = true;
    type_text(&mut window, "电");
    assert!(says(&window, "草稿还没存下：磁盘满了") && says(&window, "别关窗口"));
    assert!(says(&window, "这份草稿还没存下") && !says(&window, "边写边存"));
    assert_eq!(titles(&node), ["停"]);
    node.borrow_mut().full = false;
    node.borrow_mut().later_ms += 6_000;
    window.run();
    assert_eq!(titles(&node), ["停电"]);
    assert!(says(&window, "草稿已存下") && says(&window, "边写边存"));
}

#[test]
fn the_same_notice_in_two_windows_is_two_drafts_and_one_that_is_out_is_not_out_again() {
    let node = common::office::office();
    let mut first = composes(&node, "停电");
    first.state_mut().state.notice_draft.as_mut().unwrap().body = "今天三点".into();
    first.run();
    drop(first);
    let mut one = composes(&node, "");
    let mut other = composes(&node, "");
    type_text(&mut other, "，三号楼");
    type_text(&mut one, "，五号楼");
    assert!(says(&one, "另一个窗口也改了"));
    assert!(says(&one, "草稿：停电，三号楼"), "theirs is in the list");
    assert_eq!(titles(&node), ["停电，三号楼", "停电，五号楼"]);
    // The other one publishes its own; this one has that draft, too, and signs it as well.
    press_named(&mut one, "接着写 · 草稿：停电，三号楼");
    let sign = |window: &mut Window| {
        key(window, Modifiers::COMMAND, Key::Enter);
        key(window, Modifiers::COMMAND, Key::Enter);
    };
    sign(&mut other);
    node.borrow_mut().later_ms += 11_000;
    other.run();
    assert_eq!(titles(&node), ["停电，五号楼"]);
    sign(&mut one);
    assert!(says(&one, "已经发出或丢掉了") && !says(&one, "秒后发出"));
    node.borrow_mut().later_ms += 11_000;
    one.run();
    let out = |n: &linli_view::api::NoticeItem| n.text.title == "停电，三号楼";
    assert_eq!(node.borrow().notices.iter().filter(|n| out(n)).count(), 1);
    assert_eq!(
        titles(&node),
        ["停电，五号楼", "停电，三号楼"],
        "nothing is lost"
    );
}

#[test]
fn several_notices_are_written_beside_each_other() {
    let node = common::office::office();
    let mut window = composes(&node, "停电");
    click(&mut window, "先放着，另写一条");
    type_text(&mut window, "停水");
    assert_eq!(titles(&node), ["停电", "停水"]);
    click(&mut window, "丢掉草稿");
    assert_eq!(titles(&node), ["停电"]);
    click(&mut window, "接着写草稿");
    let title = |window: &Window| {
        window
            .state()
            .state
            .notice_draft
            .as_ref()
            .unwrap()
            .title
            .clone()
    };
    assert_eq!(title(&window), "停电");
}

#[test]
fn a_notice_whose_window_dies_within_the_ten_seconds_is_a_draft_and_the_next_one_says_so() {
    let node = common::office::office();
    let mut window = composes(&node, "停电");
    window.state_mut().state.notice_draft.as_mut().unwrap().body = "今天三点".into();
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "10 秒后发出"));
    drop(window);
    let mut window = zh(&node, Screen::Home);
    assert!(says(&window, "签过名，但到现在还没有发出"));
    key(&mut window, Modifiers::ALT, Key::Num2);
    click(&mut window, "接着写草稿");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    drop(window);
    // Somebody looked after it.
    assert!(!says(&zh(&node, Screen::Home), "签过名"));
}

#[test]
fn a_window_is_not_closed_under_a_notice_that_goes_out_in_seconds() {
    let node = common::office::office();
    let mut window = composes(&node, "停电");
    let close = |window: &mut Window| {
        let viewports = &mut window.input_mut().viewports;
        let root = viewports.entry(egui::ViewportId::ROOT).or_default();
        root.events.push(egui::ViewportEvent::Close);
        window.step();
        let commands = &window.output().viewport_output[&egui::ViewportId::ROOT].commands;
        let stays = commands.contains(&egui::ViewportCommand::CancelClose);
        window.run();
        stays
    };
    assert!(!close(&mut window));
    window.state_mut().state.notice_draft.as_mut().unwrap().body = "今天三点".into();
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(close(&mut window));
    assert!(says(&window, "窗口先不关") && says(&window, "秒后发出"));
    click(&mut window, "叫停");
    assert!(!close(&mut window));
}
