//! The pages a guard calls up by key: residents without a card, refusal lists, units, the evacuation list, the day sheet.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{Window, asked, gun, key, open, press, says, type_text};
use common::{Shared, gate};
use egui::{Event, Key, Modifiers};
use linli_view::api::{GateScan, InsideItem, Request};
use linli_view::intent::{Look, Screen};
use linli_view::station::Mode;
use linli_view::words::Lang;

fn scans(node: &Shared) -> Vec<GateScan> {
    let scan = |request| match request {
        Request::GateCheck(scan) => Some(scan),
        _ => None,
    };
    asked(node).into_iter().filter_map(scan).collect()
}

fn walk_ins(node: &Shared) -> Vec<Request> {
    let mut all = asked(node);
    all.retain(|request| matches!(request, Request::GateWalkIn { .. }));
    all
}

fn control(window: &mut Window, which: Key) {
    key(window, Modifiers::COMMAND, which);
}

#[test]
fn the_key_of_the_walk_in_changes_between_visitor_and_resident_and_keeps_what_is_typed() {
    for (lang, resident, rings) in [
        (Lang::ZhCn, "没带卡的住户", "正在呼叫住户"),
        (
            Lang::En,
            "A resident without a card",
            "Calling the household",
        ),
    ] {
        let node = gate();
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        press(&mut window, Key::F3);
        type_text(&mut window, "3-2-501 老王");
        press(&mut window, Key::F3);
        assert!(says(&window, resident), "{lang:?}");
        press(&mut window, Key::F3);
        assert_eq!(window.state().state.mode, Mode::WalkIn);
        press(&mut window, Key::F3);
        press(&mut window, Key::Enter);
        let walk_in = Request::GateWalkIn {
            unit: "3-2-501 老王".into(),
            name: None,
            companions: 0,
            courier: false,
            resident: true,
            plate: None,
        };
        assert_eq!(walk_ins(&node), [walk_in], "{lang:?}");
        assert!(says(&window, rings), "{lang:?}");
        assert_eq!(window.state().state.mode, Mode::Scan, "{lang:?}");
    }
}

#[test]
fn the_plate_of_a_car_without_a_pass_goes_with_the_walk_in_and_no_further() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    press(&mut window, Key::F2);
    type_text(&mut window, "京N58K27");
    press(&mut window, Key::F3);
    assert!(says(&window, "看到的车牌 京N58K27"));
    type_text(&mut window, "3-2-501");
    press(&mut window, Key::Enter);
    press(&mut window, Key::F4);
    type_text(&mut window, "3-2-501");
    press(&mut window, Key::Enter);
    let plates: Vec<Option<String>> = walk_ins(&node)
        .into_iter()
        .map(|request| match request {
            Request::GateWalkIn { plate, .. } => plate,
            _ => None,
        })
        .collect();
    assert_eq!(plates, [Some("京N58K27".into()), None]);
}

#[test]
fn a_pass_scanned_into_the_middle_of_any_page_is_a_scan_and_nothing_else() {
    for lang in Lang::ALL {
        let node = gate();
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        let mut n = 0;
        for (modifiers, which, half) in [
            (Modifiers::NONE, Key::F2, "京A"),
            (Modifiers::NONE, Key::F3, "3-2"),
            (Modifiers::NONE, Key::F4, "3-2"),
            (Modifiers::NONE, Key::F5, "1234"),
            (Modifiers::NONE, Key::F6, "0"),
            (Modifiers::COMMAND, Key::F, "50"),
            (Modifiers::NONE, Key::F10, ""),
            (Modifiers::NONE, Key::F12, ""),
            (Modifiers::COMMAND, Key::R, ""),
            (Modifiers::COMMAND, Key::P, ""),
        ] {
            key(&mut window, modifiers, which);
            type_text(&mut window, half);
            gun(&mut window, "LL1:GOOD PASS");
            n += 1;
            let at = format!("{lang:?} {which:?}");
            assert_eq!(scans(&node).len(), n, "{at}");
            assert_eq!(scans(&node)[n - 1].value, "LL1:GOOD PASS", "{at}");
            assert_eq!(window.state().state.mode, Mode::Scan, "{at}");
            assert!(!window.state().model.waiting(), "{at}");
        }
        let other = |request: &Request| {
            !matches!(
                request,
                Request::GateCheck(_)
                    | Request::Refusals
                    | Request::GateSheet
                    | Request::GateEvacuation
            )
        };
        assert!(!asked(&node).iter().any(other), "{:?}", asked(&node));
    }
}

#[test]
fn the_refusal_lists_are_one_key_and_escape_leads_back() {
    let node = gate();
    let mut window = open(&node, Lang::En, Look::Dark, Screen::Home);
    control(&mut window, Key::R);
    assert!(says(&window, "Not to be let in (2)"));
    assert!(says(&window, "Refused by the whole estate") && says(&window, "推销员  京N58K21"));
    assert!(says(&window, "Refused by 3-1-701") && says(&window, "赵六"));
    assert!(!says(&window, "闹过事"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "推销员") && says(&window, "Expected (1)"));
    node.borrow_mut().refusals.clear();
    control(&mut window, Key::R);
    assert!(
        says(&window, "Nobody is on a list."),
        "what was read is forgotten"
    );
}

#[test]
fn a_unit_is_looked_up_again_and_again_and_stands_where_somebody_goes_to_it() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    control(&mut window, Key::F);
    assert!(says(&window, "不显示住户的姓名和电话"));
    type_text(&mut window, "501");
    press(&mut window, Key::Enter);
    assert!(says(&window, "房号含 501：查到 2 户"));
    assert!(says(&window, "住户车牌：京AD12345  京N58K27"));
    assert!(says(&window, "在院内：王* +1 京AD12345"));
    // The field is empty and has the cursor.
    type_text(&mut window, "3-2-501");
    press(&mut window, Key::Enter);
    assert!(says(&window, "房号含 3-2-501：查到 1 户") && !says(&window, "2-1-501"));
    press(&mut window, Key::F3);
    press(&mut window, Key::F3);
    press(&mut window, Key::Enter);
    let Some(Request::GateWalkIn { unit, resident, .. }) = walk_ins(&node).pop() else {
        panic!("{:?}", asked(&node))
    };
    assert_eq!((unit.as_str(), resident), ("3-2-501", true));
    // What was found before is not shown to the next one.
    control(&mut window, Key::F);
    assert!(!says(&window, "查到"));
    type_text(&mut window, "999");
    press(&mut window, Key::Enter);
    assert!(says(&window, "没有这样的房号"));
    press(&mut window, Key::Escape);
    assert!(says(&window, "请扫码"));
}

#[test]
fn what_is_typed_behind_a_key_with_control_within_one_frame_reaches_its_field() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    let key = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    window.event(key(Key::F, Modifiers::COMMAND));
    window.event(Event::Text("501".into()));
    window.event(key(Key::Enter, Modifiers::NONE));
    for _ in 0..16 {
        window.step();
    }
    let looked = Request::GateFindUnit {
        query: "501".into(),
    };
    assert!(asked(&node).contains(&looked), "{:?}", asked(&node));
}

#[test]
fn a_long_evacuation_list_is_read_by_the_keyboard_to_its_last_line() {
    let node = gate();
    let one = |n: u64| InsideItem {
        event: format!("e{n}"),
        since_ms: common::NOW_MS - n * 60_000,
        label: Some(format!("客{n:02}")),
        unit: Some(format!("{}-1-101", n % 9 + 1)),
        ..InsideItem::default()
    };
    node.borrow_mut().inside = (0..40).map(one).collect();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    press(&mut window, Key::F12);
    assert!(says(&window, "院内来访 40 人") && says(&window, "号楼：1 人"));
    let on_screen = |window: &Window| {
        use egui_kittest::kittest::Queryable as _;
        let mut all = window.query_all_by_label_contains("客39");
        all.any(|node| node.rect().top() > 0.0 && node.rect().bottom() < 720.0)
    };
    assert!(!on_screen(&window));
    for _ in 0..12 {
        press(&mut window, Key::PageDown);
    }
    assert!(on_screen(&window), "the last line");
    for _ in 0..12 {
        press(&mut window, Key::PageUp);
    }
    assert!(!on_screen(&window), "and back");
}
