//! What a guard does beside scanning, by the keyboard alone: opening for everybody, taking a click back, lists, PIN,
//! companions, pictures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, gun, key, open, press, says, sized, type_text};
use common::{Shared, gate};
use egui::{Event, Key, Modifiers, vec2};
use linli_desktop::state::State;
use linli_view::api::{GateResult, GateScan, GuardAct, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

fn sign_on(window: &mut Window) {
    press(window, Key::F6);
    type_text(window, "07");
    press(window, Key::Enter);
}

fn guards(node: &Shared) -> Vec<GuardAct> {
    let act = |request| match request {
        Request::GateGuard(act) => Some(act),
        _ => None,
    };
    let acts = asked(node).into_iter().filter_map(act);
    acts.filter(|act| !matches!(act, GuardAct::HandOver { .. }))
        .collect()
}

fn scans(node: &Shared) -> Vec<GateScan> {
    let scan = |request| match request {
        Request::GateCheck(scan) => Some(scan),
        _ => None,
    };
    asked(node).into_iter().filter_map(scan).collect()
}

#[test]
fn opening_for_everybody_takes_a_reason_and_enter_in_both_languages_and_shutting_one_enter() {
    for (lang, reason, open_now) in [
        (Lang::ZhCn, "火警", "正在对所有人开放"),
        (Lang::En, "fire", "stands open for everybody"),
    ] {
        let node = gate();
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        press(&mut window, Key::F9);
        press(&mut window, Key::Num1);
        press(&mut window, Key::Enter);
        assert!(guards(&node).is_empty(), "nobody is on duty");
        sign_on(&mut window);
        press(&mut window, Key::F9);
        press(&mut window, Key::Enter);
        assert!(guards(&node).is_empty(), "no reason was given");
        press(&mut window, Key::Num1);
        assert!(guards(&node).is_empty(), "it was not confirmed");
        press(&mut window, Key::Escape);
        press(&mut window, Key::Enter);
        assert!(guards(&node).is_empty(), "it was left");
        press(&mut window, Key::F9);
        press(&mut window, Key::Num1);
        press(&mut window, Key::Enter);
        let open_all = GuardAct::OpenAll {
            reason: reason.into(),
            badge: "07".into(),
        };
        assert_eq!(guards(&node), std::slice::from_ref(&open_all), "{lang:?}");
        assert!(says(&window, open_now), "{lang:?}");
        press(&mut window, Key::F9);
        press(&mut window, Key::Enter);
        let shut = GuardAct::CloseAll { badge: "07".into() };
        assert_eq!(guards(&node), [open_all, shut]);
        assert!(!says(&window, open_now), "{lang:?}");
    }
}

#[test]
fn a_wrong_click_is_named_by_a_digit_read_back_and_taken_back_with_enter() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    sign_on(&mut window);
    gun(&mut window, "LL1:GOOD PASS");
    press(&mut window, Key::F7);
    press(&mut window, Key::Num1);
    assert!(says(&window, "更正这一条：今天 14:32 可进入 李* 3-2-501"));
    assert!(guards(&node).is_empty());
    press(&mut window, Key::Enter);
    let [GuardAct::Correct { event, badge, .. }] = &guards(&node)[..] else {
        panic!("{:?}", guards(&node))
    };
    assert_eq!((event.as_str(), badge.as_str()), ("e0", "07"));
    assert!(says(&window, "已更正"));
    press(&mut window, Key::F7);
    assert!(says(&window, "没有可以更正的记录"), "once is enough");
}

#[test]
fn a_pass_scanned_while_a_number_is_asked_for_chooses_nothing() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    sign_on(&mut window);
    gun(&mut window, "LL1:FORGED");
    // The digits of the next pass are no reason to let in the one before.
    press(&mut window, Key::F8);
    gun(&mut window, "LL1:12345");
    assert!(guards(&node).is_empty(), "{:?}", guards(&node));
    assert_eq!(scans(&node).len(), 2);
    assert_eq!(scans(&node)[1].value, "LL1:12345");
    // Nor does it open for everybody.
    press(&mut window, Key::F9);
    press(&mut window, Key::Num2);
    gun(&mut window, "LL1:3");
    assert!(guards(&node).is_empty(), "{:?}", guards(&node));
    assert_eq!(scans(&node)[2].value, "LL1:3");
}

#[test]
fn a_code_or_the_label_of_a_parcel_chooses_nothing_where_a_number_is_asked_for() {
    for (asked, digits) in [
        (Key::F7, "48210376"),
        (Key::F8, "48210376"),
        (Key::F9, "48210376"),
        (Key::F8, "6901234567892"),
        (Key::F9, "11"),
    ] {
        let node = gate();
        let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
        sign_on(&mut window);
        gun(&mut window, "LL1:FORGED");
        press(&mut window, asked);
        // By hand, a frame a digit, with the keys a keyboard sends.
        for c in digits.chars() {
            window.event(Event::Text(c.to_string()));
            key(
                &mut window,
                Modifiers::NONE,
                Key::from_name(&c.to_string()).unwrap(),
            );
        }
        press(&mut window, Key::Enter);
        assert!(
            guards(&node).is_empty(),
            "{asked:?} {digits}: {:?}",
            guards(&node)
        );
        assert_eq!(scans(&node).last().unwrap().value, digits, "{asked:?}");
        // And by a gun, within one frame.
        press(&mut window, asked);
        gun(&mut window, digits);
        assert!(guards(&node).is_empty(), "{asked:?} {digits}");
        assert_eq!(scans(&node).len(), 3);
    }
}

#[test]
fn a_scan_while_another_page_is_open_is_a_scan_at_the_station() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    for page in [Key::Num2, Key::Num3] {
        key(&mut window, Modifiers::ALT, page);
        assert!(!says(&window, "预计到访"));
        gun(&mut window, "LL1:GOOD PASS");
        assert!(says(&window, "签名有效，可进入") && says(&window, "预计到访"));
        press(&mut window, Key::Space);
        key(&mut window, Modifiers::ALT, page);
        press(&mut window, Key::F2);
        assert!(
            says(&window, "预计到访"),
            "a key of the station leads there"
        );
        press(&mut window, Key::Escape);
    }
    assert_eq!(scans(&node).len(), 2);
}

#[test]
fn two_passes_within_one_frame_are_two_scans() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    for text in ["LL1:ONE", "LL1:TWO"] {
        window.event(Event::Text(text.into()));
        window.event(Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    window.run();
    let values: Vec<String> = scans(&node).into_iter().map(|scan| scan.value).collect();
    assert_eq!(values, ["LL1:ONE", "LL1:TWO"]);
}

#[test]
fn a_guard_who_types_faster_than_the_screen_draws_loses_no_character() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |text: &str| Event::Text(text.into());
    // All within one frame: a plate, the pass that belongs to it, a departure, a plate alone.
    for event in [
        key(Key::F2),
        text("京N58K27"),
        key(Key::F1),
        text("LL1:GOOD PASS"),
        key(Key::Enter),
        key(Key::F5),
        text("4821"),
        text("-0376"),
        key(Key::Enter),
        key(Key::F2),
        text("京AD12345"),
        key(Key::Enter),
    ] {
        window.event(event);
    }
    // One frame a turn.
    for _ in 0..16 {
        window.step();
    }
    let all = scans(&node);
    let seen: Vec<(&str, Option<&str>)> = all
        .iter()
        .map(|scan| (scan.value.as_str(), scan.lane_plate.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [("LL1:GOOD PASS", Some("京N58K27")), ("京AD12345", None)]
    );
    let left = GuardAct::Exit {
        event: None,
        plate: None,
        code: Some("4821-0376".into()),
    };
    assert_eq!(guards(&node), [left]);
}

#[test]
fn the_gate_asks_for_a_pin_and_takes_digits_as_one() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, "LL1:WITH PIN");
    assert!(says(&window, "请来客说口令（4 到 6 位数字）"));
    gun(&mut window, "482103");
    let all = scans(&node);
    assert_eq!(all.len(), 2);
    assert_eq!(
        (all[1].value.as_str(), all[1].pin.as_deref()),
        ("LL1:WITH PIN", Some("482103"))
    );
    assert!(says(&window, "可进入"));
    // Without a PIN asked for, digits are a code again.
    gun(&mut window, "4821-0376");
    assert_eq!(scans(&node)[2].pin, None);
    assert!(window.state().state.shown.is_some());
    press(&mut window, Key::Escape);
    assert_eq!(
        window.state().state.shown,
        None,
        "the next visitor: the pass is forgotten"
    );
}

#[test]
fn companions_and_the_plate_seen_go_with_one_pass_and_no_further() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    press(&mut window, Key::F2);
    type_text(&mut window, "京N58K27");
    press(&mut window, Key::F1);
    for _ in 0..3 {
        press(&mut window, Key::ArrowUp);
    }
    press(&mut window, Key::ArrowDown);
    assert!(says(&window, "同行 2 人（↑↓ 加减） · 看到的车牌 京N58K27"));
    gun(&mut window, "LL1:GOOD PASS");
    gun(&mut window, "LL1:GOOD PASS");
    let seen: Vec<(u8, Option<String>)> = scans(&node)
        .into_iter()
        .map(|scan| (scan.companions, scan.lane_plate))
        .collect();
    assert_eq!(seen, [(2, Some("京N58K27".into())), (0, None)]);
}

#[test]
fn a_picture_dropped_or_named_is_read_beside_the_window() {
    let node = gate();
    let dir = tempfile::tempdir().unwrap();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    let symbol = linli_pass::qr::Symbol::of("LL1:GOOD PASS", linli_pass::qr::Medium::Screen);
    let file = dir.path().join("通行码.png");
    std::fs::write(&file, symbol.unwrap().png(6).unwrap()).unwrap();
    let dropped = egui::DroppedFile {
        path: Some(file.clone()),
        ..egui::DroppedFile::default()
    };
    window.input_mut().dropped_files.push(dropped);
    until(&mut window, |_| scans(&node).len() == 1);
    assert!(says(&window, "可进入"));
    key(&mut window, Modifiers::COMMAND, Key::O);
    type_text(&mut window, file.to_str().unwrap());
    press(&mut window, Key::Enter);
    until(&mut window, |_| scans(&node).len() == 2);
    key(&mut window, Modifiers::COMMAND, Key::O);
    type_text(&mut window, "/nowhere/none.png");
    press(&mut window, Key::Enter);
    until(&mut window, |window| says(window, "打不开这个文件"));
    assert_eq!(scans(&node).len(), 2);
}

/// Draws until something holds that another thread brings about.
fn until(window: &mut Window, holds: impl Fn(&Window) -> bool) {
    for _ in 0..100_000 {
        window.run();
        if holds(window) {
            return;
        }
        std::thread::yield_now();
    }
    panic!("it never came");
}

#[test]
fn each_answer_is_heard_once_and_a_guards_act_is_not() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, "LL1:GOOD PASS");
    gun(&mut window, "LL1:FORGED");
    press(&mut window, Key::F3);
    type_text(&mut window, "3-2-501");
    press(&mut window, Key::Enter);
    sign_on(&mut window);
    assert_eq!(
        node.borrow().chimes,
        [GateResult::Admit, GateResult::Deny, GateResult::Ask]
    );
}

#[test]
fn incidents_and_the_evacuation_list_are_one_key_and_do_not_hold_up_the_next_pass() {
    let node = gate();
    let mut window = open(&node, Lang::En, Look::Dark, Screen::Home);
    press(&mut window, Key::F10);
    assert!(says(&window, "Passes used too often (1)"));
    assert!(says(
        &window,
        "郑* 2-3-502: entry 2, only 1 allowed (let in by the guard)"
    ));
    press(&mut window, Key::F12);
    assert!(says(&window, "Evacuation: 2 visitors inside as of 14:32"));
    assert!(says(&window, "Building 3: 2"));
    assert!(says(&window, "3-2-501  王* +1  京AD12345"));
    gun(&mut window, "LL1:GOOD PASS");
    assert!(says(&window, "May enter"));
    assert!(!says(&window, "Evacuation: 2"), "back to the lists");
}

#[test]
fn night_and_day_change_by_the_clock_until_somebody_chooses() {
    let node = gate();
    let mut state = State::new(Lang::ZhCn, Look::Dark, Screen::Home);
    state.by_day = true;
    let mut window = sized(
        &node,
        state,
        Path::new("/nonexistent"),
        vec2(1366.0, 768.0),
        1.0,
    );
    assert_eq!(
        window.state().state.look,
        Look::Light,
        "half past two in the afternoon"
    );
    key(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(window.state().state.look, Look::Dark);
    window.run();
    assert_eq!(window.state().state.look, Look::Dark, "chosen is chosen");
}
