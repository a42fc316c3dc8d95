//! A gate calls while something else is on screen: it stands over it at once, takes one key, and what was typed below is
//! there again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::house::{call, ring};
use common::window::{
    Window, asked, can, click, controls, key, open, press, says, sized, type_text, zh,
};
use common::{NOW_MS, Shared, be_gate, node};
use egui::{Key, Modifiers, accesskit, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_desktop::state::State;
use linli_view::api::{Request, RingSaid, RingState, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

const CHOICES: [&str; 3] = ["可以进来（F1）", "不要放进来（F2）", "我不清楚（F3）"];

/// The call has stood there for long enough to be answered.
fn stood(node: &Shared, window: &mut Window) {
    node.borrow_mut().later_ms += 700;
    window.run();
}

fn focus(window: &Window) -> Option<String> {
    let nodes = window.query_all_by_role(accesskit::Role::Button);
    let focused = nodes.into_iter().find(|node| node.is_focused());
    focused.and_then(|node| node.accesskit_node().label())
}

#[test]
fn what_is_pressed_just_when_a_call_comes_answers_nothing() {
    for (lang, names) in [
        (Lang::ZhCn, CHOICES),
        (
            Lang::En,
            ["Let in (F1)", "Do not let in (F2)", "I do not know (F3)"],
        ),
    ] {
        let node = node();
        let mut window = open(&node, lang, Look::Light, Screen::Visitors);
        ring(&node, call("e:1", Some("老周")));
        window.run();
        for later in [0, 350, 699] {
            node.borrow_mut().later_ms = later;
            // It looks again by itself when the moment is over, which a test's clock never reaches.
            window.run_ok();
            for which in [
                Key::F1,
                Key::F2,
                Key::F3,
                Key::Tab,
                Key::Enter,
                Key::Space,
                Key::Tab,
                Key::Enter,
            ] {
                window.key_press(which);
                window.run_ok();
            }
            for name in names {
                let button = accesskit::Role::Button;
                window.get_by_role_and_label(button, name).click();
                window.run_ok();
            }
            assert_eq!(asked(&node), [], "{lang:?} after {later} ms");
            assert!(can(&window, names[0]), "{lang:?} after {later} ms");
            assert_eq!(
                focus(&window).as_deref(),
                Some(names[2]),
                "{lang:?} {later}"
            );
        }
        node.borrow_mut().later_ms = 700;
        window.run();
        // Enter presses the one that says nothing to the gate.
        press(&mut window, Key::Enter);
        assert_eq!(asked(&node), []);
        assert!(!can(&window, names[0]), "{lang:?}: put aside");
        // Taken up again it is a call like any other.
        let back = match lang {
            Lang::ZhCn => "回答东门的呼叫",
            Lang::En => "Answer the call from 东门",
        };
        click(&mut window, back);
        press(&mut window, Key::F1);
        assert_eq!(asked(&node), [], "{lang:?}");
        stood(&node, &mut window);
        press(&mut window, Key::F1);
        let said = asked(&node);
        assert!(
            matches!(said[..], [Request::RingAnswer { admit: true, .. }]),
            "{lang:?} {said:?}"
        );
    }
}

#[test]
fn the_answer_to_one_call_is_none_to_the_next_one_behind_it() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    ring(&node, call("e:1", Some("老周")));
    let mut second = call("e:2", Some("快递"));
    second.at_ms += 1;
    ring(&node, second);
    window.run();
    stood(&node, &mut window);
    press(&mut window, Key::F1);
    assert!(says(&window, "快递"), "the next one stands there");
    press(&mut window, Key::F1);
    assert_eq!(asked(&node).len(), 1, "{:?}", asked(&node));
    // A clock that is turned back locks nobody out for longer than that.
    node.borrow_mut().later_ms = 0;
    window.run();
    stood(&node, &mut window);
    press(&mut window, Key::F2);
    assert_eq!(asked(&node).len(), 2);
}

#[test]
fn a_call_stands_over_a_half_filled_form_takes_one_key_and_leaves_the_form_as_it_was() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, "李");
    ring(&node, call("e:1", Some("老周")));
    window.run();
    assert!(says(&window, "东门有人找您") && says(&window, "老周，同行还有 1 人"));
    assert!(CHOICES.iter().all(|name| can(&window, name)));
    assert_eq!(node.borrow().bells, 1, "and is heard");
    stood(&node, &mut window);

    // Whoever goes on typing answers nothing, presses nothing and sends nothing.
    type_text(&mut window, "1然 ");
    for which in [Key::Escape, Key::Num1] {
        press(&mut window, which);
    }
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert_eq!(asked(&node), []);
    assert_eq!(window.state().state.screen, Screen::Visitors);
    assert!(says(&window, "东门有人找您"));

    press(&mut window, Key::F1);
    let answer = Request::RingAnswer {
        event: "e:1".into(),
        admit: true,
    };
    assert_eq!(asked(&node), [answer]);
    assert!(says(&window, "已回答：可以进来") && !says(&window, "东门有人找您"));
    // The form is there, the cursor too.
    type_text(&mut window, "然");
    assert_eq!(window.state().state.draft.as_ref().unwrap().label, "李然");
    press(&mut window, Key::Enter);
    assert!(matches!(asked(&node).last(), Some(Request::PassIssue(pass)) if pass.label == "李然"));

    // The guard decides: the window says that it is over.
    {
        let mut node = node.borrow_mut();
        (node.rings[0].state, node.rings[0].live) = (RingState::Decided, false);
        node.changed(&[Topic::Passes]);
    }
    window.run();
    assert!(says(&window, "呼叫结束：保安已放行"));
}

#[test]
fn who_does_not_know_says_nothing_and_can_still_answer_until_it_is_over() {
    let node = node();
    let mut window = open(&node, Lang::En, Look::Dark, Screen::Notices);
    ring(&node, call("e:1", None));
    window.run();
    assert!(says(&window, "Somebody asks for you at 东门"));
    assert!(says(&window, "Gave no name, with 1 more"));
    stood(&node, &mut window);
    click(&mut window, "I do not know (F3)");
    assert_eq!(asked(&node), [], "nothing is said to the gate");
    assert!(says(&window, "Nothing was said to the gate"));
    assert!(!can(&window, "Let in (F1)"));
    assert!(says(&window, "东门 still waits for your answer"));
    click(&mut window, "Answer the call from 东门");
    stood(&node, &mut window);
    click(&mut window, "Do not let in (F2)");
    let answer = Request::RingAnswer {
        event: "e:1".into(),
        admit: false,
    };
    assert_eq!(asked(&node), [answer]);
    assert!(says(&window, "You said: do not let in"));
    assert!(!says(&window, "still waits for your answer"));
}

#[test]
fn a_call_that_another_device_answered_goes_away_and_says_so() {
    let node = node();
    let mut window = zh(&node, Screen::Neighbours);
    ring(&node, call("e:1", Some("老周")));
    window.run();
    assert!(can(&window, CHOICES[0]));
    {
        let mut node = node.borrow_mut();
        let ring = &mut node.rings[0];
        (ring.state, ring.live, ring.here) = (RingState::Refuse, false, false);
        ring.answers = vec![RingSaid {
            admit: false,
            mine: false,
        }];
        node.changed(&[Topic::Passes]);
    }
    window.run();
    assert!(!can(&window, CHOICES[0]));
    assert!(says(&window, "另一台设备已回答：不要放进来"));
    // The next one is a call of its own.
    ring(&node, call("e:2", Some("快递")));
    window.run();
    assert!(says(&window, "快递") && node.borrow().bells == 2);
    node.borrow_mut().rings[0].state = RingState::NoAnswer;
    node.borrow_mut().rings[0].here = false;
    node.borrow_mut().changed(&[Topic::Passes]);
    window.run();
    assert!(says(&window, "没有人来得及回答") && !can(&window, CHOICES[0]));
}

#[test]
fn a_call_fits_the_smallest_window_in_every_look_and_is_reached_with_tab() {
    for (lang, name) in [(Lang::ZhCn, "可以进来（F1）"), (Lang::En, "Let in (F1)")] {
        for look in Look::ALL {
            let node = node();
            let state = State::new(lang, look, Screen::Home);
            let mut window = sized(&node, state, Path::new("/none"), vec2(720.0, 520.0), 1.0);
            let mut long = call(
                "e:1",
                Some("顺丰速运的师傅，送一台冰箱，要两个人抬，请开后门"),
            );
            long.resident = true;
            ring(&node, long);
            window.run();
            let choices: Vec<_> = controls(&window)
                .into_iter()
                .filter(|(_, name, _)| ["(F", "（F"].iter().any(|mark| name.contains(mark)))
                .collect();
            assert_eq!(choices.len(), 3, "{lang} {look:?}");
            for (_, name, rect) in &choices {
                let inside = rect.min.x >= 0.0 && rect.max.x <= 720.0 && rect.max.y <= 520.0;
                assert!(inside, "{lang} {look:?} {name} {rect:?}");
                assert!(
                    rect.width() >= 60.0 && rect.height() >= 60.0,
                    "{name} {rect:?}"
                );
            }
            for pair in choices.windows(2) {
                assert!(!pair[0].2.intersects(pair[1].2), "{lang} {look:?} {pair:?}");
            }
            stood(&node, &mut window);
            // From the harmless one, where the cursor is first, around to the first.
            press(&mut window, Key::Tab);
            assert_eq!(focus(&window).as_deref(), Some(name), "{lang} {look:?}");
            press(&mut window, Key::Enter);
            let said = asked(&node);
            assert!(
                matches!(said[..], [Request::RingAnswer { admit: true, .. }]),
                "{lang} {look:?} {name} {said:?}"
            );
        }
    }
}

#[test]
fn the_doorbell_page_lists_calls_and_sets_who_rings_first_and_how_long() {
    let node = node();
    let mut missed = call("e:1", Some("老周"));
    (missed.here, missed.state, missed.live) = (false, RingState::NoAnswer, false);
    node.borrow_mut().rings.push(missed);
    let mut window = zh(&node, Screen::Home);
    key(&mut window, Modifiers::ALT, Key::Num6);
    assert!(says(&window, "门岗的呼叫") && says(&window, "没有人回答"));
    assert!(says(&window, "2. 这台电脑（书房电脑）"));
    click(&mut window, "让这台电脑（书房电脑）提前响");
    click(&mut window, "每台响 90 秒");
    click(&mut window, "不要放进来：老周，同行还有 1 人");
    assert_eq!(
        asked(&node),
        [
            Request::DoorbellSet {
                order: vec!["d:3m8xk2p7".into(), "d:phone".into()],
                seconds: None,
            },
            Request::DoorbellSet {
                order: vec![],
                seconds: Some(90),
            },
            Request::RingAnswer {
                event: "e:1".into(),
                admit: false,
            },
        ]
    );
    assert!(says(&window, "1. 这台电脑（书房电脑）") && says(&window, "每台响 90 秒"));
    assert!(says(&window, "已回答：不要放进来"));
}

#[test]
fn a_gate_has_no_doorbell_and_no_call_stands_over_its_station() {
    let node = node();
    be_gate(&node);
    node.borrow_mut().rings.push(call("e:1", Some("老周")));
    let mut window = zh(&node, Screen::Home);
    node.borrow_mut().changed(&[Topic::Passes]);
    window.run();
    assert!(!can(&window, CHOICES[0]) && !can(&window, "门铃"));
    let asked = node.borrow().asked.clone();
    assert!(!asked.contains(&Request::Doorbell), "{asked:?}");
    assert_eq!(node.borrow().bells, 0);
    // Nor has the window of an old call.
    let node = common::node();
    let mut old = call("e:1", Some("老周"));
    old.at_ms = NOW_MS - 16 * 60_000;
    node.borrow_mut().rings.push(old);
    let window = zh(&node, Screen::Home);
    assert!(!can(&window, CHOICES[0]) && node.borrow().bells == 0);
    let live = window.query_all_by_role(accesskit::Role::Button).count();
    assert!(live > 0);
}
