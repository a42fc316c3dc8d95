//! The daily "I am fine", those who look after somebody, and the telephone numbers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::help::{cared_for, missed};
use common::node;
use common::office::be_office;
use common::window::{Window, asked, can, click, key, open, press, says, type_text, zh};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{Request, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

fn into(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run();
}

#[test]
fn an_elder_says_that_all_is_well_with_one_large_button_on_the_first_screen() {
    let node = node();
    cared_for(&node, Some(540));
    let mut window = open(&node, Lang::ZhCn, Look::Elderly, Screen::Home);
    assert!(says(&window, "每天 09:00 前按一下"));
    click(&mut window, "我很好，报平安");
    assert_eq!(asked(&node), [Request::HelpFine]);
    assert!(says(&window, "今天 14:32 已报平安") && says(&window, "已报平安，会看到的有"));
    // Who is only on call is not asked every day.
    let node = common::node();
    cared_for(&node, None);
    let mut window = zh(&node, Screen::Home);
    assert!(!can(&window, "我很好，报平安"));
    key(&mut window, Modifiers::ALT, Key::Num7);
    click(&mut window, "我很好，报平安");
    assert_eq!(asked(&node), [Request::HelpFine]);
}

#[test]
fn who_looks_after_this_household_is_set_with_consent_and_taken_back() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    assert!(says(&window, "还没有请人照看"));
    click(&mut window, "照看我家的人 · 修改");
    type_text(&mut window, "3-2-502 4-1-101");
    into(&mut window, Role::TextInput, "每天几点前报平安（可以不填）");
    type_text(&mut window, "9:00");
    click(&mut window, "保存");
    assert!(says(&window, "请先问过他们") && asked(&node).is_empty());
    let agree = "我已经问过他们，也同意让他们看到这些";
    window.get_by_role_and_label(Role::CheckBox, agree).click();
    window.run();
    click(&mut window, "保存");
    let set = Request::HelpCare {
        helpers: vec!["3-2-502".into(), "4-1-101".into()],
        minute: Some(540),
    };
    assert_eq!(asked(&node), [set]);
    assert!(says(&window, "3-2-502、4-1-101。每天 09:00 前报平安"));
    assert!(can(&window, "我很好，报平安"));
    // A unit where nobody lives: said in words, and what was typed is still there.
    click(&mut window, "照看我家的人 · 修改");
    type_text(&mut window, " 9-9-999");
    window.get_by_role_and_label(Role::CheckBox, agree).click();
    window.run();
    click(&mut window, "保存");
    assert!(says(&window, "有一个门牌号里没有住户登记"));
    assert!(can(&window, "保存"));
    click(&mut window, "不改了");
    click(&mut window, "照看我家的人 · 修改");
    press(&mut window, Key::Escape);
    assert!(!can(&window, "保存"));
    click(&mut window, "照看我家的人 · 修改");
    click(&mut window, "不再请人照看");
    let none = Request::HelpCare {
        helpers: Vec::new(),
        minute: None,
    };
    assert_eq!(asked(&node).last(), Some(&none));
    assert!(says(&window, "还没有请人照看") && says(&window, "现在没有人照看"));
}

#[test]
fn a_missed_check_in_is_seen_on_the_first_screen_and_on_the_page_of_help_without_being_told() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    assert!(!says(&window, "还没有报平安"));
    // Nothing came in. The window looks by itself.
    missed(&node);
    node.borrow_mut().later_ms = 5 * 60_000;
    window.run();
    assert!(says(&window, "3-1-201 到 今天 09:32 还没有报平安") && says(&window, "就上门看看"));
    key(&mut window, Modifiers::ALT, Key::Num7);
    assert!(says(&window, "3-1-201 到 今天 09:32 还没有报平安"));
    node.borrow_mut().help.missed.clear();
    node.borrow_mut().changed(&[Topic::Posts]);
    window.run();
    assert!(!says(&window, "还没有报平安"));
}

#[test]
fn the_numbers_are_read_in_every_look_and_an_office_gives_out_its_own() {
    for look in Look::ALL {
        let node = node();
        let mut window = open(&node, Lang::ZhCn, look, Screen::Help);
        if look == Look::Elderly {
            let name = "看电话号码";
            window
                .get_by_role_and_label(Role::Button, name)
                .scroll_to_me();
            window.run();
            click(&mut window, name);
        }
        assert!(says(&window, "急救：120") && says(&window, "值班室：010-6666 0001"));
        assert!(says(&window, "没有网也能看") && !can(&window, "修改本办事处的号码"));
        if look == Look::Elderly {
            press(&mut window, Key::Escape);
            assert_eq!(window.state().state.screen, Screen::Help);
        }
    }
    let node = node();
    be_office(&node);
    let mut window = zh(&node, Screen::Help);
    click(&mut window, "修改本办事处的号码");
    press(&mut window, Key::Escape);
    click(&mut window, "修改本办事处的号码");
    click(&mut window, "不改了");
    click(&mut window, "修改本办事处的号码");
    type_text(&mut window, "\n夜间值班");
    click(&mut window, "签名发出");
    assert!(says(&window, "不是“名称：号码”"));
    type_text(&mut window, " 139 0000 0001");
    click(&mut window, "签名发出");
    let asked = asked(&node);
    let Some(Request::HelpSetNumbers { numbers }) = asked.last() else {
        panic!("{asked:?}")
    };
    let night = ("夜间值班".to_owned(), "139 0000 0001".to_owned());
    assert_eq!(numbers.last(), Some(&night));
    assert!(says(&window, "夜间值班：139 0000 0001") && says(&window, "住户没有网也能看到"));
}
