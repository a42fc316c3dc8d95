//! The board in a window: what neighbours ask, find and offer is read, answered, liked, reported and settled.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, can, click, key, open, press, says, type_text, zh};
use common::{gate, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{PostDo, PostKind, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

fn read(window: &mut Window, part: &str) {
    window.get_by_label_contains(part).click();
    window.run();
}

fn does(id: &str, what: PostDo) -> Request {
    let id = id.to_owned();
    Request::PostDo { id, what }
}

#[test]
fn a_found_key_is_answered_liked_and_replied_to() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "捡到：捡到钥匙");
    assert!(says(&window, "蓝色小熊") && says(&window, "官方回复"));
    click(&mut window, "是我的");
    assert!(says(&window, "已回应：3-2-501") && can(&window, "我不来了"));
    click(&mut window, "赞（7）");
    assert!(can(&window, "取消赞（8）"));
    window
        .get_by_role_and_label(Role::MultilineTextInput, "写回复")
        .focus();
    window.run();
    type_text(&mut window, "晚上去拿");
    window
        .get_by_role_and_label(Role::Button, "回复")
        .scroll_to_me();
    window.run();
    click(&mut window, "回复");
    assert!(says(&window, "回复（3）") && says(&window, "晚上去拿"));
    for what in [
        PostDo::Claim,
        PostDo::Like { on: true },
        PostDo::Comment {
            text: "晚上去拿".into(),
        },
    ] {
        assert!(
            asked(&node).contains(&does("pst1", what)),
            "{:?}",
            asked(&node)
        );
    }
}

#[test]
fn a_post_is_written_by_keyboard_and_opened_and_settled() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    key(&mut window, Modifiers::ALT, Key::Num4);
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "请先写几句"));
    type_text(&mut window, "谁家有梯子？");
    click(&mut window, "什么事 · 借");
    // What is half written stays when one looks elsewhere.
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::ALT, Key::Num4);
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    let sent = Request::PostNew {
        kind: PostKind::Lend,
        body: "谁家有梯子？".into(),
    };
    assert!(asked(&node).contains(&sent), "{:?}", asked(&node));
    assert!(says(&window, "已发布") && can(&window, "已了结"));
    click(&mut window, "已了结");
    assert!(!can(&window, "已了结"), "it is settled once");
    press(&mut window, Key::Escape);
    assert!(!says(&window, "回复（0）"), "back to the list");
}

#[test]
fn a_report_asks_why_and_can_be_left() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "反映：7号楼");
    click(&mut window, "举报");
    assert!(says(&window, "三户举报后"));
    click(&mut window, "不举报");
    click(&mut window, "举报");
    press(&mut window, Key::Escape);
    assert!(asked(&node).is_empty());
    click(&mut window, "举报");
    click(&mut window, "泄露隐私");
    let reason = "privacy".to_owned();
    assert!(asked(&node).contains(&does("pst30", PostDo::Report { reason })));
    assert!(says(&window, "办事处会看到"));
}

#[test]
fn what_an_office_hid_says_so_with_its_reason_and_offers_nothing() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "6-1-101");
    assert!(says(&window, "居委会 隐去了这条帖子：点了邻居的名"));
    assert!(!can(&window, "我来"));
    click(&mut window, "还没了结");
    assert!(!says(&window, "6-1-101"), "what is open is listed alone");
}

#[test]
fn gates_have_no_board_and_both_languages_do() {
    let window = zh(&gate(), Screen::Home);
    assert!(!says(&window, "互助"));
    let window = open(&node(), Lang::En, Look::Elderly, Screen::Board);
    assert!(can(&window, "New post") && says(&window, "Board"));
}
