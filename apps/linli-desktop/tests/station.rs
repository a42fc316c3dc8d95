//! The gate station as a guard meets it: a barcode gun, eight digits, a plate; nothing but the keyboard.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::gate;
use common::window::{Window, asked, key, open, says};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linli_view::api::{GateScan, GuardAct, Request, ScanKind};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

fn press(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// What a barcode gun does: keys and text, character after character, then Enter; all within few frames.
fn gun(window: &mut Window, text: &str) {
    for c in text.chars() {
        if let Some(key) = Key::from_name(&c.to_string()).or((c == ' ').then_some(Key::Space)) {
            window.event(press(key));
        }
        window.event(Event::Text(c.to_string()));
    }
    window.event(press(Key::Enter));
    window.run();
}

fn scans(node: &common::Shared) -> Vec<GateScan> {
    let scan = |request| match request {
        Request::GateCheck(scan) => Some(scan),
        _ => None,
    };
    asked(node).into_iter().filter_map(scan).collect()
}

fn scan(kind: ScanKind, value: &str) -> GateScan {
    GateScan {
        kind,
        value: value.into(),
        companions: 0,
        pin: None,
        lane_plate: None,
    }
}

#[test]
fn a_barcode_gun_types_into_the_station_itself_whatever_had_the_focus() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    assert!(says(&window, "请扫码，或输入八位数字后按回车。"));
    // The blank inside a pass presses no button, and is part of the pass.
    window.get_by_role_and_label(Role::Button, "下一位").focus();
    window.run();
    gun(&mut window, "LL1:GOOD PASS");
    assert_eq!(scans(&node), [scan(ScanKind::Text, "LL1:GOOD PASS")]);
    assert!(says(&window, "可进入"));
    assert!(says(&window, "李* +2 人  → 3-2-501"));
    // The next one takes the place of the verdict at once.
    gun(&mut window, "LL1:FORGED");
    assert!(says(&window, "不可进入") && says(&window, "签名不对"));
    assert!(
        window
            .query_by_label("可进入，李* +2 人  → 3-2-501，签名有效，可进入")
            .is_none()
    );
    assert_eq!(scans(&node).len(), 2);
}

#[test]
fn eight_digits_and_a_plate_are_told_apart_and_space_calls_the_next_visitor() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, "4821-0376");
    assert!(says(&window, "可进入"));
    window.event(press(Key::Space));
    window.event(Event::Text(" ".into()));
    window.run();
    assert!(says(&window, "请扫码"), "space puts the verdict away");
    key(&mut window, Modifiers::NONE, Key::F2);
    window.event(Event::Ime(ImeEvent::Commit("京".into())));
    for c in "AD12345".chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(
        scans(&node),
        [
            scan(ScanKind::Code, "4821-0376"),
            scan(ScanKind::Plate, "京AD12345")
        ]
    );
    assert!(says(&window, "请先确认") && says(&window, "请来客出示通行码"));
    // After a plate a gun works again without a key in between.
    gun(&mut window, "LL1:GOOD PASS");
    assert_eq!(scans(&node).len(), 3);
}

#[test]
fn a_slip_is_mended_an_empty_field_sends_nothing_and_escape_clears() {
    let node = gate();
    let mut window = open(&node, Lang::En, Look::Dark, Screen::Home);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(scans(&node).is_empty());
    for c in "48210377".chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.event(press(Key::Backspace));
    window.event(Event::Text("6".into()));
    window.run();
    assert!(says(&window, "48210376"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!says(&window, "48210376") && scans(&node).is_empty());
}

#[test]
fn a_gate_has_no_visitors_page_and_its_keys_lead_where_its_rail_says() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    assert!(window.query_by_label("访客").is_none());
    for (page, screen) in [
        (Key::Num2, Screen::Notices),
        (Key::Num3, Screen::Neighbours),
        (Key::Num1, Screen::Home),
    ] {
        key(&mut window, Modifiers::ALT, page);
        assert_eq!(window.state().state.screen, screen);
    }
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(window.state().state.screen, Screen::Home);
    assert!(says(&window, "取消名单截至 今天 14:29"));
}

#[test]
fn the_station_says_the_same_in_both_languages_and_every_look() {
    for lang in Lang::ALL {
        for look in Look::ALL {
            let node = gate();
            let mut window = open(&node, lang, look, Screen::Home);
            gun(&mut window, "LL1:GOOD PASS");
            let word = match lang {
                Lang::ZhCn => "可进入",
                Lang::En => "May enter",
            };
            assert!(says(&window, word), "{lang:?} {look:?}");
            assert!(
                scans(&node) == [scan(ScanKind::Text, "LL1:GOOD PASS")],
                "{lang:?} {look:?}"
            );
        }
    }
}

#[test]
fn a_guard_signs_on_and_lets_in_with_a_reason_and_nobody_else_does() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    assert!(says(&window, "还没有人登记值班"));
    gun(&mut window, "LL1:FORGED");
    key(&mut window, Modifiers::NONE, Key::F8);
    assert!(says(&window, "先按 F6 登记工号"));
    key(&mut window, Modifiers::NONE, Key::Num3);
    assert!(guards(&node).is_empty(), "nobody is on duty");
    key(&mut window, Modifiers::NONE, Key::F6);
    for c in "07".chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(says(&window, "值班：07"));
    gun(&mut window, "LL1:FORGED");
    // Digits are a code as long as no reason is asked for.
    key(&mut window, Modifiers::NONE, Key::F8);
    assert!(says(&window, "住户电话确认"));
    key(&mut window, Modifiers::NONE, Key::Num1);
    assert!(says(&window, "按回车放行") && guards(&node).len() == 1);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let [
        GuardAct::HandOver { .. },
        GuardAct::Override { reason, badge, .. },
    ] = &guards(&node)[..]
    else {
        panic!("{:?}", guards(&node))
    };
    assert_eq!((reason.as_str(), badge.as_str()), ("住户电话确认", "07"));
    assert!(says(&window, "已放行并记录"));
    assert!(!says(&window, "签名不对"), "the verdict is settled");
}

#[test]
fn who_leaves_is_clicked_in_the_list_or_typed() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    assert!(says(&window, "院内未离开（1）") && says(&window, "超时 30 分钟"));
    assert!(says(&window, "预计到访（1）"));
    common::window::click(&mut window, "王* +1 3-2-501 京AD12345 离开");
    assert!(says(&window, "院内未离开（0）") && says(&window, "已记录离开"));
    key(&mut window, Modifiers::NONE, Key::F5);
    for c in "4821-0376".chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    let code =
        |act: &GuardAct| matches!(act, GuardAct::Exit { code: Some(c), .. } if c == "4821-0376");
    assert!(guards(&node).iter().any(code), "{:?}", guards(&node));
    assert!(scans(&node).is_empty());
}

#[test]
fn somebody_without_a_pass_is_asked_where_to_and_the_answer_is_an_instruction() {
    let node = gate();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    key(&mut window, Modifiers::NONE, Key::F3);
    for c in "3-2-501".chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.run();
    key(&mut window, Modifiers::NONE, Key::Enter);
    let walk_in = Request::GateWalkIn {
        unit: "3-2-501".into(),
        name: None,
        companions: 0,
        courier: false,
        resident: false,
        plate: None,
    };
    assert!(asked(&node).contains(&walk_in), "{:?}", asked(&node));
    assert!(says(&window, "Ask first"));
}

fn guards(node: &common::Shared) -> Vec<GuardAct> {
    let act = |request| match request {
        Request::GateGuard(act) => Some(act),
        _ => None,
    };
    asked(node).into_iter().filter_map(act).collect()
}
