//! The window as a person meets it: found by name, pressed, typed into; what reaches the node is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, can, click, key, open, says, sized, zh};
use common::{NOW_MS, node};
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use linli_desktop::state::State;
use linli_view::api::{Fault, FaultCode, PassRequest, Request, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

#[test]
fn confirming_a_notice_reaches_the_node_and_is_told() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    click(&mut window, "确认收到：因高压线路故障今日15—18时停电");
    assert_eq!(
        asked(&node),
        [Request::NoticeConfirm {
            id: "ntc059".into()
        }]
    );
    assert!(says(&window, "已确认“因高压线路故障今日15—18时停电”"));
    assert!(
        !can(&window, "确认收到：因高压线路故障今日15—18时停电"),
        "it no longer asks"
    );
    click(&mut window, "知道了");
    assert!(
        !says(&window, "已确认“"),
        "the note goes when it is put away, not before"
    );
}

#[test]
fn a_notice_opens_from_the_list_is_read_and_back_leads_where_one_came_from() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    window
        .get_by_label_contains("明年地面车位抽签办法，物业")
        .click();
    window.run();
    assert_eq!(
        asked(&node),
        [Request::NoticeShow {
            id: "ntc058".into()
        }]
    );
    assert!(says(&window, "签名已验证"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().state.screen, Screen::Home);
}

#[test]
fn a_pass_for_one_guest_today_takes_twelve_keystrokes_at_most() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    let mut strokes = 0;
    let mut stroke = |window: &mut Window, event: Event| {
        strokes += 1;
        window.event(event);
        window.run();
    };
    let press = |key: Key, modifiers: Modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    stroke(&mut window, press(Key::N, Modifiers::COMMAND));
    for typed in ["l", "li", "lir", "lira", "liran"] {
        stroke(&mut window, preedit(typed));
    }
    stroke(&mut window, Event::Ime(ImeEvent::Commit("李然".into())));
    stroke(&mut window, press(Key::Enter, Modifiers::NONE));
    assert!(strokes <= 12, "{strokes}");
    let [Request::PassIssue(pass)] = &asked(&node)[..] else {
        panic!("{:?}", asked(&node))
    };
    assert_eq!(
        *pass,
        PassRequest {
            label: "李然".into(),
            kind: linli_view::api::PassKind::Person,
            from_s: NOW_MS / 1000,
            until_s: NOW_MS / 1000 + (7 * 60 + 28) * 60,
            entries: 1,
            gates: vec![1],
            plate: None,
            companions: 0,
            windows: Vec::new(),
            pin: None,
            host: None,
        }
    );
    assert!(window.query_by_label("给李然的通行码二维码").is_some());
    assert!(says(&window, "9043-1175") && says(&window, "不需要联网就能用"));
}

fn preedit(text: &str) -> Event {
    Event::Ime(ImeEvent::Preedit {
        text: text.into(),
        active_range_chars: None,
    })
}

#[test]
fn enter_while_an_input_method_composes_sends_nothing() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    key(&mut window, Modifiers::COMMAND, Key::N);
    window.event(preedit("liran"));
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(asked(&node), []);
    // The committing Enter may come in the same frame as the commit.
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window
        .input_mut()
        .events
        .extend([enter, Event::Ime(ImeEvent::Commit("李然".into()))]);
    window.run();
    assert_eq!(asked(&node), []);
    assert_eq!(window.state().state.draft.as_ref().unwrap().label, "李然");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(matches!(&asked(&node)[..], [Request::PassIssue(pass)] if pass.label == "李然"));
}

#[test]
fn what_was_typed_in_the_frame_of_the_enter_is_part_of_the_pass() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    key(&mut window, Modifiers::COMMAND, Key::N);
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window
        .input_mut()
        .events
        .extend([Event::Text("Li".into()), Event::Text(" Ran".into()), enter]);
    window.run();
    assert!(
        matches!(&asked(&node)[..], [Request::PassIssue(pass)] if pass.label == "Li Ran"),
        "{:?}",
        asked(&node)
    );
}

#[test]
fn a_form_that_is_not_right_says_what_is_missing_and_sends_nothing() {
    let node = node();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Visitors);
    click(&mut window, "+ Invite a visitor");
    assert!(!says(&window, "Please give the visitor a name"));
    click(&mut window, "Make the pass");
    assert!(says(&window, "Please give the visitor a name"));
    assert_eq!(asked(&node), []);
    // What was filled in is kept while one looks at something else.
    window.get_by_label("Number plate").focus();
    window.run();
    window.event(Event::Text("京AD12345".into()));
    window.run();
    window.get_by_label("Visitor").focus();
    window.run();
    window.event(Event::Text("Li".into()));
    window.run();
    key(&mut window, Modifiers::ALT, Key::Num1);
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(
        matches!(&asked(&node)[..], [Request::PassIssue(p)] if p.plate.as_deref() == Some("京AD12345")),
        "{:?}",
        asked(&node)
    );
}

#[test]
fn the_picture_of_a_pass_is_saved_and_copied_and_a_missing_clipboard_is_said() {
    let node = node();
    let dir = tempfile::tempdir().unwrap();
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Visitors);
    let mut window = sized(&node, state, dir.path(), vec2(1180.0, 720.0), 1.0);
    click(&mut window, "出示给李然的码");
    assert_eq!(
        asked(&node),
        [Request::PassImage {
            id: "g:liran".into()
        }]
    );
    click(&mut window, "保存图片");
    let file = dir.path().join("通行码-李然.png");
    assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
    assert!(says(&window, "图片已保存："));
    click(&mut window, "复制图片");
    assert_eq!(node.borrow().copied.len(), 1);
    assert!(says(&window, "可以直接粘贴到聊天里"));
    node.borrow_mut().no_clipboard = true;
    click(&mut window, "复制图片");
    assert!(says(&window, "请改用“保存图片”"));
    click(&mut window, "复制文字");
    let output = &window.output().platform_output;
    assert!(says(&window, "文字已复制"), "{:?}", output.commands);
}

#[test]
fn cancelling_a_pass_asks_first() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    click(&mut window, "出示给李然的码");
    click(&mut window, "取消这张码");
    click(&mut window, "留着");
    click(&mut window, "取消这张码");
    click(&mut window, "取消它");
    let last = asked(&node).last().cloned();
    assert_eq!(
        last,
        Some(Request::PassCancel {
            id: "g:liran".into()
        })
    );
    assert_eq!(asked(&node).len(), 2, "the picture and the one cancel");
    assert!(says(&window, "已取消给“李然”的通行码"));
}

#[test]
fn pausing_and_resuming_reach_the_node_and_change_the_light() {
    let node = node();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Neighbours);
    click(&mut window, "Pause exchange with all neighbours");
    assert!(says(&window, "You paused it"));
    click(&mut window, "Resume");
    assert_eq!(asked(&node), [Request::NetPause, Request::NetResume]);
    assert!(!says(&window, "You paused it"));
}

#[test]
fn what_changes_by_itself_is_fetched_and_drawn() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    {
        let mut node = node.borrow_mut();
        node.notices.retain(|notice| notice.id != "ntc059");
        node.changed(&[Topic::Notices]);
    }
    window.run();
    assert!(!says(&window, "高压线路故障"));
}

#[test]
fn a_locked_home_opens_with_its_passphrase_and_a_missing_one_says_what_to_do() {
    let node = node();
    node.borrow_mut().closed = Some(Fault::of(FaultCode::Locked));
    let mut window = zh(&node, Screen::Home);
    assert!(!can(&window, "通知，2 件等您"), "nothing of the home shows");
    window.event(Event::Text("wrong".into()));
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(says(&window, "口令不对，请再试一次"));
    window.event(Event::Text("correct horse".into()));
    window.run();
    click(&mut window, "打开");
    assert!(can(&window, "通知，2 件等您"));
    assert!(!format!("{:?}", window.state().state).contains("horse"));

    let node = common::node();
    node.borrow_mut().closed = Some(Fault::of(FaultCode::NoHome));
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    assert!(says(
        &window,
        "linli --home /srv/liran/linli join INVITE --device-name"
    ));
    node.borrow_mut().closed = None;
    click(&mut window, "Try again");
    assert_eq!(
        node.borrow().connections,
        1,
        "the node still answers: it is only asked again"
    );
    let gone = Fault::of(FaultCode::Gone);
    node.borrow_mut().tell(linli_view::api::Event::Closed(gone));
    window.run();
    assert!(says(&window, "linli --home /srv/liran/linli node run"));
    click(&mut window, "Try again");
    assert_eq!(node.borrow().connections, 2);
    assert!(can(&window, "Notices, 2 waiting for you"));
}

#[test]
fn a_refusal_of_the_node_is_told_with_what_is_safe() {
    let node = node();
    node.borrow_mut().refuses = Some(Fault::of(FaultCode::DiskFull));
    let mut window = zh(&node, Screen::Home);
    click(&mut window, "确认收到：6号楼又有人高空抛物,请停手");
    assert!(says(
        &window,
        "磁盘满了。已保存的内容都在，没有丢。请腾出一些空间再试。"
    ));
    assert!(
        can(&window, "确认收到：6号楼又有人高空抛物,请停手"),
        "it still asks"
    );
}
