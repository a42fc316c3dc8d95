//! The office's desk: a notice is written, checked, held back ten seconds and published; whom it reached, and the doors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::{kept_notice, office, signed};
use common::window::{Window, asked, can, click, key, open, press, says, type_text, zh};
use common::{Shared, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{Fault, FaultCode, NoticeRequest, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

fn into(window: &mut Window, role: Role, name: &str, text: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run();
    type_text(window, text);
}

fn write(window: &mut Window) {
    click(window, "写通知");
    // The headline has the cursor.
    type_text(window, "3号楼今天停电");
    into(
        window,
        Role::MultilineTextInput,
        "正文",
        "15时至18时停电，电话13900000023。",
    );
    into(window, Role::TextInput, "范围", "3号楼 99");
}

/// Scrolls to a button below the fold and presses it.
fn press_in_sight(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(Role::Button, name)
        .scroll_to_me();
    window.run();
    click(window, name);
}

fn published(node: &Shared) -> Vec<NoticeRequest> {
    let all = signed(node).into_iter();
    all.filter(|(_, at)| at.is_none()).map(|(n, _)| n).collect()
}

fn later(window: &mut Window, node: &Shared, ms: u64) {
    node.borrow_mut().later_ms += ms;
    window.run();
}

#[test]
fn a_notice_is_written_checked_held_back_and_then_published_and_counted() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "签名：居委会") && says(&window, "里面有电话：13900000023"));
    assert!(published(&node).is_empty());
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "10 秒后发出"));
    // Once more by mistake calls nothing back and signs nothing twice.
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    later(&mut window, &node, 9_000);
    assert!(says(&window, "1 秒后发出") && published(&node).is_empty());
    later(&mut window, &node, 1_500);
    let all = published(&node);
    let [notice] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(
        (notice.title.as_str(), notice.area.len()),
        ("3号楼今天停电", 2)
    );
    assert!(
        says(&window, "登记里没有 99 的房间"),
        "what the register does not know is said"
    );
    assert!(says(&window, "186 户中至少已通知到 141 户"));
    assert_eq!(kept_notice(&node), None, "the draft has done its work");
}

#[test]
fn within_ten_seconds_it_is_called_back_and_the_draft_is_still_there() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    click(&mut window, "检查");
    click(&mut window, "签名并发布");
    later(&mut window, &node, 5_000);
    click(&mut window, "叫停");
    later(&mut window, &node, 60_000);
    assert!(published(&node).is_empty() && says(&window, "什么都没有发出"));
    assert!(can(&window, "检查"), "one can go on writing");
    // Escape does the same.
    click(&mut window, "检查");
    click(&mut window, "签名并发布");
    press(&mut window, Key::Escape);
    later(&mut window, &node, 60_000);
    assert!(published(&node).is_empty());
}

#[test]
fn a_window_that_dies_while_a_notice_is_written_loses_no_character() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    drop(window);
    let kept = kept_notice(&node).unwrap();
    assert!(kept.contains("3号楼今天停电") && kept.contains("3号楼 99"));
    let mut window = zh(&node, Screen::Notices);
    click(&mut window, "接着写草稿");
    assert!(says(&window, "15时至18时停电"));
    // A correction of something else keeps it out of the way and throws nothing away by itself.
    click(&mut window, "丢掉草稿");
    window.run();
    assert_eq!(kept_notice(&node), None);
    assert!(can(&window, "写通知"));
}

#[test]
fn what_is_missing_is_said_and_nothing_is_signed() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    key(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "检查");
    assert!(says(&window, "请写标题") && says(&window, "请写正文"));
    assert!(!can(&window, "签名并发布"));
    into(&mut window, Role::TextInput, "有效到", "改天");
    assert!(says(&window, "看不懂这个时间"));
}

#[test]
fn the_office_sees_whom_it_reached_ticks_a_door_reminds_corrects_and_takes_back() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    let id = "ntc056".to_owned();
    let title = node
        .borrow()
        .notices
        .iter()
        .find(|n| n.id == id)
        .unwrap()
        .text
        .title
        .clone();
    let row = window.get_by_label_contains(&title[..12]);
    row.click();
    window.run();
    assert!(says(&window, "至少已通知到 141 户") && says(&window, "还没有确认的 5 户"));
    press_in_sight(&mut window, "3-1-101 已当面告知");
    assert!(says(&window, "还没有确认的 4 户") && !can(&window, "3-1-101 已当面告知"));
    press_in_sight(&mut window, "再提醒没有确认的");
    assert!(says(&window, "已再次提醒"));
    press_in_sight(&mut window, "更正");
    assert!(says(&window, "它会代替已经发出的那一条"));
    press(&mut window, Key::Escape);
    assert!(says(&window, "通知到了哪里"), "back to where one came from");
    press_in_sight(&mut window, "撤回");
    press(&mut window, Key::Escape);
    assert!(!says(&window, "撤回这条通知？"));
    press_in_sight(&mut window, "撤回");
    into(
        &mut window,
        Role::TextInput,
        "原因（大家都会看到）",
        "电已经来了",
    );
    // The yes takes the focus after the field.
    press(&mut window, Key::Tab);
    press(&mut window, Key::Enter);
    let wanted = [
        Request::NoticeTold {
            id: id.clone(),
            unit: "3-1-101".into(),
        },
        Request::NoticeRemind { id: id.clone() },
        Request::NoticeRetract {
            id,
            reason: "电已经来了".into(),
        },
    ];
    for request in wanted {
        assert!(asked(&node).contains(&request), "{request:?}");
    }
}

/// What a node says that refuses for this reason.
fn refused(code: FaultCode, said: &str, args: &[(&str, &str)]) -> Fault {
    let arg = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Fault {
        said: said.into(),
        args: args.iter().map(arg).collect(),
        ..Fault::of(code)
    }
}

fn at_reach(node: &Shared) -> Window {
    let mut window = zh(node, Screen::Notices);
    let title = {
        let node = node.borrow();
        let notice = node.notices.iter().find(|n| n.id == "ntc056").unwrap();
        notice.text.title.clone()
    };
    window.get_by_label_contains(&title[..12]).click();
    window.run();
    window
}

#[test]
fn reminding_once_more_waits_five_minutes_on_the_button_itself() {
    let node = office();
    let mut window = at_reach(&node);
    press_in_sight(&mut window, "再提醒没有确认的");
    assert!(says(&window, "已再次提醒"));
    let reminds = |node: &Shared| {
        let all = asked(node);
        let is = |r: &&Request| matches!(r, Request::NoticeRemind { .. });
        all.iter().filter(is).count()
    };
    for (later_ms, name) in [
        (0, "再提醒没有确认的 · 5分钟后可用"),
        (120_000, "再提醒没有确认的 · 3分钟后可用"),
    ] {
        later(&mut window, &node, later_ms);
        press_in_sight(&mut window, name);
        assert_eq!(reminds(&node), 1, "{name}: it does nothing yet");
    }
    later(&mut window, &node, 180_000);
    press_in_sight(&mut window, "再提醒没有确认的");
    assert_eq!(reminds(&node), 2);
}

#[test]
fn what_the_node_refuses_is_said_in_its_own_words_and_blames_no_computer() {
    let node = office();
    let mut window = at_reach(&node);
    for (fault, words) in [
        (
            refused(
                FaultCode::NotAllowed,
                "remind-too-soon",
                &[("minutes", "4")],
            ),
            ["离上次提醒还不到五分钟。", "没有再发。", "4 分钟后再试。"],
        ),
        (
            refused(FaultCode::BadInput, "remind-nobody", &[]),
            ["没有可提醒的。", "没有发出提醒。", "其余各户请打印敲门单"],
        ),
    ] {
        node.borrow_mut().refuses = Some(fault);
        press_in_sight(&mut window, "再提醒没有确认的");
        for part in words {
            assert!(says(&window, part), "{part}");
        }
        assert!(!says(&window, "本机的身份") && !says(&window, "linli "));
    }
}

#[test]
fn a_notice_that_the_node_finds_a_blank_in_says_which_one_and_the_draft_stays() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    let blank = refused(FaultCode::BadInput, "blank-left", &[("blank", "日期")]);
    node.borrow_mut().refuses = Some(blank);
    later(&mut window, &node, 11_000);
    assert!(says(&window, "里面还有没填的空：日期"));
    assert!(says(&window, "什么都没有发布。") && says(&window, "把它换成实际内容"));
    assert!(!says(&window, "--fill"), "a window has no such option");
    assert!(kept_notice(&node).unwrap().contains("3号楼今天停电"));
}

#[test]
fn a_household_writes_no_notice_and_sees_no_reach() {
    let node = node();
    let mut window = zh(&node, Screen::Notices);
    assert!(!can(&window, "写通知"));
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(!says(&window, "以这个名义发"));
    let window = open(&office(), Lang::En, Look::Elderly, Screen::Notices);
    assert!(can(&window, "New notice"));
}

#[test]
fn a_draft_is_not_thrown_away_by_correcting_something_else() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    press(&mut window, Key::Escape);
    window.get_by_label_contains("道路结冰黄色预警").click();
    window.run();
    press_in_sight(&mut window, "更正");
    assert!(says(&window, "它会代替已经发出的那一条"));
    assert!(says(&window, "草稿：3号楼今天停电"), "it is kept beside it");
    assert_eq!(node.borrow().drafts.len(), 2);
    let other = window.get_by_label_contains("接着写 · 草稿：3号楼今天停电");
    other.click();
    window.run();
    assert!(says(&window, "15时至18时停电"));
    assert!(says(&window, "草稿：道路结冰"), "and so is the correction");
    assert_eq!(node.borrow().drafts.len(), 2);
}

#[test]
fn a_notice_that_goes_out_changes_nothing_for_whoever_went_on_to_another_one() {
    let node = office();
    let mut window = zh(&node, Screen::Notices);
    write(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    // Looking at it again calls nothing back.
    key(&mut window, Modifiers::ALT, Key::Num1);
    key(&mut window, Modifiers::ALT, Key::Num2);
    click(&mut window, "接着写草稿");
    assert!(says(&window, "秒后发出"));
    key(&mut window, Modifiers::ALT, Key::Num2);
    window.get_by_label_contains("道路结冰黄色预警").click();
    window.run();
    press_in_sight(&mut window, "撤回");
    later(&mut window, &node, 11_000);
    assert_eq!(published(&node).len(), 1);
    assert!(
        says(&window, "撤回这条通知？"),
        "the question is still about the same notice"
    );
    assert!(says(&window, "道路结冰黄色预警"));
}
