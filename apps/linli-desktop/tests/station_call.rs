//! A guard who is asked about a pass calls its household with one key, sees on that verdict what it says, and lets in on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::gate;
use common::window::{Window, asked, can, click, gun, open, press, says, type_text};
use egui::Key;
use linli_desktop::app::App;
use linli_view::api::{GuardAct, Request, RingState, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::station::Mode;
use linli_view::words::Lang;

const ASKS: &str = "LL1:TOO MANY";

fn rings(node: &common::Shared) -> Vec<String> {
    let event = |request| match request {
        Request::GateRing { event } => Some(event),
        _ => None,
    };
    asked(node).into_iter().filter_map(event).collect()
}

fn state(window: &Window) -> &App {
    window.state()
}

#[test]
fn one_key_calls_the_household_about_the_verdict_and_its_answer_stands_on_it() {
    for (lang, hint, rung, yes, let_in) in [
        (
            Lang::ZhCn,
            "按 F3 呼叫 3-2-501",
            "正在呼叫住户",
            "住户说：可以进来",
            "住户电话确认",
        ),
        (
            Lang::En,
            "Press F3 to call 3-2-501",
            "Calling the household",
            "The household says: let in",
            "household confirmed by phone",
        ),
    ] {
        let node = gate();
        let mut window = open(&node, lang, Look::Light, Screen::Home);
        press(&mut window, Key::F6);
        type_text(&mut window, "07");
        press(&mut window, Key::Enter);
        gun(&mut window, ASKS);
        assert!(says(&window, hint), "{lang:?}");
        press(&mut window, Key::F3);
        assert_eq!(rings(&node), ["e0"], "about that line");
        assert_eq!(state(&window).state.mode, Mode::Scan, "nothing to type");
        assert!(says(&window, rung) && !says(&window, hint), "{lang:?}");
        {
            let mut node = node.borrow_mut();
            node.rings[0].state = RingState::Admit;
            node.changed(&[Topic::Passes]);
        }
        window.run();
        assert!(says(&window, yes) && !says(&window, rung), "{lang:?}");
        assert!(says(&window, "E_COMPANIONS"), "the same verdict");
        press(&mut window, Key::F8);
        press(&mut window, Key::Num1);
        press(&mut window, Key::Enter);
        let act = GuardAct::Override {
            event: "e0".into(),
            reason: let_in.into(),
            badge: "07".into(),
        };
        assert!(asked(&node).contains(&Request::GateGuard(act)), "{lang:?}");
        assert_eq!(rings(&node).len(), 1);
        assert!(!says(&window, yes), "whoever it was about is in");
    }
}

#[test]
fn pressed_again_the_key_is_the_walk_ins_and_for_the_next_visitor_it_always_is() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, ASKS);
    assert!(can(&window, "F3 呼叫住户"), "the button says what it does");
    click(&mut window, "F3 呼叫住户");
    assert_eq!(rings(&node), ["e0"]);
    assert!(can(&window, "F3 临时来访"));
    press(&mut window, Key::F3);
    assert_eq!(state(&window).state.mode, Mode::WalkIn);
    press(&mut window, Key::Escape);
    // The next visitor has no pass: whoever was asked about before is not called.
    gun(&mut window, ASKS);
    press(&mut window, Key::Space);
    press(&mut window, Key::F3);
    assert_eq!(state(&window).state.mode, Mode::WalkIn);
    press(&mut window, Key::Escape);
    // A plate that was typed for the next one goes along with a walk-in.
    gun(&mut window, ASKS);
    press(&mut window, Key::F2);
    type_text(&mut window, "京N58K27");
    press(&mut window, Key::F3);
    assert_eq!(state(&window).state.mode, Mode::WalkIn);
    assert_eq!(rings(&node), ["e0"]);
}

#[test]
fn two_presses_within_one_frame_call_once() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, ASKS);
    for _ in 0..2 {
        window.key_press(Key::F3);
    }
    for _ in 0..8 {
        window.step();
    }
    assert_eq!(rings(&node), ["e0"]);
}

#[test]
fn a_verdict_stands_as_long_as_the_household_is_called() {
    let node = gate();
    let mut window = open(&node, Lang::ZhCn, Look::Light, Screen::Home);
    gun(&mut window, ASKS);
    press(&mut window, Key::F3);
    node.borrow_mut().later_ms = 119_000;
    window.run();
    assert!(says(&window, "正在呼叫住户"));
    {
        let mut node = node.borrow_mut();
        let since_ms = common::NOW_MS + 119_000;
        (node.rings[0].state, node.rings[0].since_ms) = (RingState::Refuse, since_ms);
        node.changed(&[Topic::Passes]);
    }
    window.run();
    assert!(says(&window, "住户说：不要放进来"));
    node.borrow_mut().later_ms = 181_000;
    window.run();
    assert!(!says(&window, "住户说"), "it stands for nobody any more");
}
