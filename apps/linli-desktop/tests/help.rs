//! Help in a window: pressed twice it goes out, who received it is said, the numbers come by themselves; a neighbour's
//! call stands over every page, is heard until somebody answers, and is answered with one key.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::help::{calls, change, cry, received};
use common::house::{call as gate_call, ring};
use common::office::be_office;
use common::window::{Window, asked, can, click, controls, key, open, press, says, sized, zh};
use common::{Shared, be_gate, node};
use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use linli_desktop::state::State;
use linli_view::api::{Fault, FaultCode, HelpEar, HelpHow, PrincipalKind, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

const GOING: &str = "我马上去（F7）";
const CANNOT: &str = "听到了，我去不了（F8）";

fn raise(practice: bool, words: Option<&str>) -> Request {
    let words = words.map(str::to_owned);
    Request::HelpRaise { practice, words }
}

fn answer(id: &str, coming: bool) -> Request {
    let id = id.to_owned();
    Request::HelpAnswer { id, coming }
}

/// The clock goes on, and the window looks at it.
fn wait(node: &Shared, window: &mut Window, ms: u64) {
    node.borrow_mut().later_ms += ms;
    window.run();
}

fn text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.into()));
    window.run();
}

#[test]
fn the_key_pressed_twice_calls_from_any_page_and_the_page_says_who_received_it() {
    let node = node();
    let mut window = zh(&node, Screen::Notices);
    press(&mut window, Key::F9);
    assert!(says(&window, "要叫人来帮忙吗") && can(&window, "要，快叫人（F9）"));
    assert_eq!(asked(&node), [], "once is a question");
    press(&mut window, Key::F9);
    assert_eq!(asked(&node), [raise(false, None)]);
    assert!(says(&window, "您正在呼救") && says(&window, "十秒内没有人收到"));
    assert!(!says(&window, "请马上打电话"));
    // Nobody: the numbers come by themselves, from the clock alone.
    wait(&node, &mut window, 10_000);
    assert!(says(&window, "这里还没有人收到。请马上打电话") && says(&window, "急救：120"));
    change(&node, "h:1", |call| {
        call.received = vec![received("东门", PrincipalKind::Gate, HelpHow::Received)];
    });
    window.run();
    assert!(says(&window, "门岗 东门 已收到，14:32") && !says(&window, "这里还没有人收到"));
    // On another page it is still said, and what a person answers is told there too.
    key(&mut window, Modifiers::ALT, Key::Num2);
    assert!(says(&window, "您家正在呼救：1 处已收到"));
    change(&node, "h:1", |call| {
        let coming = received("3-2-502", PrincipalKind::Household, HelpHow::Coming);
        call.received.insert(0, coming);
    });
    window.run();
    assert!(says(&window, "3-2-502 听到了，马上来"));
    click(&mut window, "去看：您家正在呼救：2 处已收到。");
    assert!(says(&window, "有人正赶来") && says(&window, "邻居 3-2-502 马上来"));
    // Pressed again it shows how far the call is, and raises nothing.
    key(&mut window, Modifiers::ALT, Key::Num1);
    press(&mut window, Key::F9);
    assert!(says(&window, "有人正赶来") && asked(&node).len() == 1);
}

#[test]
fn a_false_alarm_is_taken_back_and_it_is_said_who_will_hear_that() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    click(&mut window, "求助（F9）");
    // The button of the question has the cursor: Enter says yes.
    press(&mut window, Key::Enter);
    assert_eq!(asked(&node), [raise(false, None)]);
    change(&node, "h:1", |call| {
        let by = |name: &str, how| received(name, PrincipalKind::Household, how);
        call.received = vec![by("3-2-502", HelpHow::Heard), by("4-1-101", HelpHow::Holds)];
    });
    window.run();
    click(&mut window, "没事了，撤回");
    assert!(says(&window, "已经收到的会看到“已撤回”：3-2-502、4-1-101"));
    click(&mut window, "不，还要人来");
    click(&mut window, "没事了，撤回");
    press(&mut window, Key::Escape);
    assert_eq!(asked(&node).len(), 1, "it stands");
    click(&mut window, "没事了，撤回");
    click(&mut window, "对，没事了");
    let id = "h:1".to_owned();
    assert_eq!(asked(&node).last(), Some(&Request::HelpCancel { id }));
    assert!(says(
        &window,
        "已撤回。这些人会看到没事了：3-2-502、4-1-101"
    ));
    assert!(can(&window, "求助（F9）"));
}

#[test]
fn a_key_held_down_a_book_on_the_keyboard_and_a_change_of_mind_raise_nothing() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    let turn = |window: &mut Window, which: Key, pressed| {
        window.event(Event::Key {
            key: which,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        window.run();
    };
    // Down, and down again without having been up: the keyboard repeats.
    for _ in 0..20 {
        turn(&mut window, Key::F9, true);
    }
    turn(&mut window, Key::F9, false);
    assert!(says(&window, "要叫人来帮忙吗") && asked(&node).is_empty());
    click(&mut window, "不用，返回");
    // Nor is Enter, still down from the first button, the second yes.
    window
        .get_by_role_and_label(accesskit::Role::Button, "求助（F9）")
        .focus();
    window.run();
    for _ in 0..20 {
        turn(&mut window, Key::Enter, true);
    }
    turn(&mut window, Key::Enter, false);
    assert!(says(&window, "要叫人来帮忙吗") && asked(&node).is_empty());
    click(&mut window, "不用，返回");
    assert!(can(&window, "求助（F9）"));
    press(&mut window, Key::F9);
    press(&mut window, Key::Escape);
    assert!(!says(&window, "要叫人来帮忙吗"));
    press(&mut window, Key::F9);
    key(&mut window, Modifiers::ALT, Key::Num1);
    press(&mut window, Key::F9);
    assert!(
        says(&window, "要叫人来帮忙吗") && asked(&node).is_empty(),
        "it asks anew"
    );
}

#[test]
fn words_go_with_the_call_and_a_call_that_could_not_be_written_keeps_them() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    press(&mut window, Key::F9);
    let field = "想说的话（可以不写）";
    let of = |window: &Window| {
        let role = accesskit::Role::TextInput;
        window.get_by_role_and_label(role, field).focus();
    };
    of(&window);
    window.run();
    text(&mut window, "摔倒了");
    node.borrow_mut().refuses = Some(Fault::of(FaultCode::DiskFull));
    press(&mut window, Key::F9);
    assert!(says(&window, "呼救没有发出去！请马上打电话：急救 120"));
    assert!(says(&window, "要叫人来帮忙吗"));
    node.borrow_mut().refuses = None;
    of(&window);
    window.run();
    press(&mut window, Key::Enter);
    let sent = raise(false, Some("摔倒了"));
    assert_eq!(asked(&node), [sent.clone(), sent]);
    assert!(window.state().state.help.words.is_empty());
}

#[test]
fn practice_is_marked_shows_who_would_have_heard_and_ends() {
    let node = node();
    let mut window = open(&node, Lang::En, Look::Dark, Screen::Help);
    click(&mut window, "Practise once");
    assert!(says(&window, "[PRACTICE]"));
    click(&mut window, "Begin practice (F9)");
    assert_eq!(asked(&node), [raise(true, None)]);
    wait(&node, &mut window, 20_000);
    assert!(says(&window, "[PRACTICE] Practising") && !says(&window, "Phone now"));
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(says(
        &window,
        "[PRACTICE] The practice of your home is not over yet"
    ));
    click(
        &mut window,
        "Show: [PRACTICE] The practice of your home is not over yet.",
    );
    // In earnest it is another call, and stands before the practice.
    press(&mut window, Key::F9);
    assert!(says(&window, "Shall somebody come and help?"));
    press(&mut window, Key::F9);
    assert_eq!(asked(&node).last(), Some(&raise(false, None)));
    assert!(says(&window, "You are calling for help"));
    click(&mut window, "All is well, take it back");
    click(&mut window, "Yes, all is well");
    click(&mut window, "End the practice");
    click(&mut window, "Yes, all is well");
    assert!(says(&window, "The practice is over"));
}

#[test]
fn a_question_about_practice_that_was_left_open_does_not_take_the_key_an_hour_later() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    click(&mut window, "演练一次");
    assert!(says(&window, "演练一次，不惊动人？"));
    wait(&node, &mut window, 59_000);
    assert!(says(&window, "演练一次，不惊动人？"));
    wait(&node, &mut window, 3_541_000);
    window.run();
    press(&mut window, Key::F9);
    assert!(says(&window, "要叫人来帮忙吗"));
    press(&mut window, Key::F9);
    assert_eq!(asked(&node), [raise(false, None)]);
}

#[test]
fn computers_that_received_it_and_nobody_who_answers_within_a_minute_bring_the_numbers_too() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    press(&mut window, Key::F9);
    press(&mut window, Key::F9);
    let office = received("物业服务中心", PrincipalKind::Office, HelpHow::Received);
    change(&node, "h:1", |call| call.received = vec![office.clone()]);
    wait(&node, &mut window, 59_000);
    assert!(says(&window, "正在等人回应") && !says(&window, "请马上打电话"));
    wait(&node, &mut window, 1_000);
    assert!(says(&window, "可一分钟了还没有人答复。请马上打电话") && says(&window, "急救：120"));
    change(&node, "h:1", |call| {
        let heard = received("3-2-502", PrincipalKind::Household, HelpHow::Heard);
        call.received.insert(0, heard);
    });
    window.run();
    assert!(says(&window, "已经有人听到了") && !says(&window, "请马上打电话"));
}

#[test]
fn a_node_that_dies_in_the_middle_of_a_call_leaves_the_numbers_on_the_screen() {
    let node = node();
    let mut window = zh(&node, Screen::Help);
    press(&mut window, Key::F9);
    press(&mut window, Key::F9);
    assert!(says(&window, "您正在呼救"));
    let gone = linli_view::api::Event::Closed(Fault::of(FaultCode::Gone));
    node.borrow_mut().tell(gone);
    window.run();
    assert!(says(&window, "您正在呼救，现在看不到谁收到了") && says(&window, "急救：120"));
}

#[test]
fn a_neighbours_call_stands_over_every_page_is_heard_until_answered_and_takes_one_key() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    key(&mut window, Modifiers::COMMAND, Key::N);
    text(&mut window, "李");
    cry(&node, calls("h:9", "3-1-201", HelpEar::Helper));
    window.run();
    assert!(says(&window, "有人呼救") && says(&window, "3-1-201"));
    assert!(says(&window, "说：摔倒了，门没锁") && says(&window, "这家请您照看"));
    assert_eq!(node.borrow().alarms, 1);
    // The key was meant for what stood there before.
    press(&mut window, Key::F7);
    assert_eq!(asked(&node), []);
    for _ in 0..5 {
        wait(&node, &mut window, 4_000);
    }
    assert_eq!(node.borrow().alarms, 6, "again and again");
    // Nothing else is heard meanwhile: not the keys of a gate's call either.
    for which in [
        Key::Enter,
        Key::Space,
        Key::Escape,
        Key::F1,
        Key::F2,
        Key::F3,
    ] {
        press(&mut window, which);
    }
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(asked(&node).is_empty() && window.state().state.screen == Screen::Visitors);
    press(&mut window, Key::F7);
    assert_eq!(asked(&node), [answer("h:9", true)]);
    assert!(says(&window, "已告诉对方：马上有人来") && !can(&window, GOING));
    let heard = node.borrow().alarms;
    wait(&node, &mut window, 60_000);
    assert_eq!(node.borrow().alarms, heard, "and is silent");
    // The form is there, the cursor too.
    text(&mut window, "然");
    assert_eq!(window.state().state.draft.as_ref().unwrap().label, "李然");
    // Taken back: said here, because it was heard here.
    change(&node, "h:9", |call| {
        (call.open, call.over_ms) = (false, Some(call.at_ms))
    });
    window.run();
    assert!(says(&window, "3-1-201 撤回了呼救：没事了，或者是误报"));
}

#[test]
fn a_call_for_help_goes_before_a_gates_call_and_own_need_before_both() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    ring(&node, gate_call("e:1", Some("老周")));
    window.run();
    assert!(can(&window, "可以进来（F1）"));
    cry(&node, calls("h:9", "3-1-201", HelpEar::Neighbour));
    window.run();
    assert!(can(&window, GOING) && !can(&window, "可以进来（F1）"));
    let bells = node.borrow().bells;
    wait(&node, &mut window, 5_000);
    assert_eq!(node.borrow().bells, bells, "one sound at a time");
    // Somebody here needs help: the key goes before everything, nothing covers it.
    press(&mut window, Key::F9);
    assert!(!can(&window, GOING) && !can(&window, "可以进来（F1）"));
    assert!(says(&window, "有人呼救：3-1-201") && says(&window, "东门还在等您回话"));
    press(&mut window, Key::F9);
    assert_eq!(asked(&node), [raise(false, None)]);
    assert!(says(&window, "您正在呼救") && !can(&window, GOING));
    click(&mut window, "没事了，撤回");
    click(&mut window, "对，没事了");
    // Then the neighbour, then the gate.
    assert!(can(&window, GOING) && !can(&window, "可以进来（F1）"));
    wait(&node, &mut window, 1_000);
    click(&mut window, CANNOT);
    assert_eq!(asked(&node).last(), Some(&answer("h:9", false)));
    assert!(can(&window, "可以进来（F1）"));
    // It has come up just now, too.
    wait(&node, &mut window, 1_000);
    press(&mut window, Key::F1);
    assert!(matches!(
        asked(&node).last(),
        Some(Request::RingAnswer { admit: true, .. })
    ));
}

#[test]
fn a_gate_and_an_office_hear_it_and_send_somebody() {
    for (office, name) in [(false, "马上派人去（F7）"), (true, "马上派人去（F7）")] {
        let node = node();
        if office {
            be_office(&node);
        } else {
            be_gate(&node);
        }
        let mut window = zh(&node, Screen::Home);
        let ear = if office {
            HelpEar::Office
        } else {
            HelpEar::Gate
        };
        cry(&node, calls("h:9", "5-1-101", ear));
        window.run();
        assert!(can(&window, name) && node.borrow().alarms == 1);
        wait(&node, &mut window, 1_000);
        // A pass that is scanned now is scanned again; it answers nobody and is not half there afterwards.
        common::window::gun(&mut window, "LL1:GOOD PASS");
        assert_eq!(asked(&node), []);
        press(&mut window, Key::F9);
        assert!(can(&window, name), "no household lives here");
        press(&mut window, Key::F7);
        assert_eq!(asked(&node), [answer("h:9", true)]);
        assert!(window.state().state.typed.0.is_empty());
        // What stands is on the page of help too.
        let last = [Key::Num4, Key::Num6][usize::from(office)];
        key(&mut window, Modifiers::ALT, last);
        assert!(says(&window, "5-1-101 呼救") && says(&window, "已经有人去了"));
        assert!(!can(&window, "求助（F9）"));
    }
}

#[test]
fn a_call_from_another_building_is_seen_and_not_heard_and_can_be_answered_on_the_page() {
    let node = node();
    cry(&node, calls("h:9", "7-1-101", HelpEar::Neighbour));
    let mut practice = calls("h:8", "3-1-201", HelpEar::Helper);
    practice.practice = true;
    cry(&node, practice);
    let mut window = zh(&node, Screen::Home);
    window.run();
    assert!(!can(&window, GOING) && node.borrow().alarms == 0);
    click(&mut window, "去看：有人呼救：7-1-101");
    assert!(says(&window, "【演练】3-1-201 在演练呼救，不用去"));
    click(&mut window, "我马上去：7-1-101");
    assert_eq!(asked(&node), [answer("h:9", true)]);
    assert!(says(&window, "已经有人去了：3-2-501"));
    // An answer that comes too late says so.
    cry(&node, calls("h:7", "8-1-101", HelpEar::Neighbour));
    window.run();
    node.borrow_mut().help.calls[0].open = false;
    click(&mut window, "听到了，我去不了：8-1-101");
    assert!(says(&window, "8-1-101 撤回了呼救"));
}

#[test]
fn the_alarm_fits_the_smallest_window_in_every_look_and_is_reached_with_tab() {
    for (lang, name) in [(Lang::ZhCn, GOING), (Lang::En, "I am going (F7)")] {
        for look in Look::ALL {
            let node = node();
            let state = State::new(lang, look, Screen::Home);
            let mut window = sized(&node, state, Path::new("/none"), vec2(720.0, 520.0), 1.0);
            let mut long = calls("h:9", "3-1-201", HelpEar::Helper);
            long.words = Some("胸口疼得厉害，说不出话，门没锁，药在床头柜第二个抽屉里。".repeat(5));
            cry(&node, long);
            window.run();
            wait(&node, &mut window, 1_000);
            let choices: Vec<_> = controls(&window)
                .into_iter()
                .filter(|(_, name, _)| ["(F", "（F"].iter().any(|mark| name.contains(mark)))
                .filter(|(_, name, _)| !name.contains("F9"))
                .collect();
            assert_eq!(choices.len(), 2, "{lang} {look:?}");
            for (_, name, rect) in &choices {
                let inside = rect.min.x >= 0.0 && rect.max.x <= 720.0 && rect.max.y <= 520.0;
                assert!(inside, "{lang} {look:?} {name} {rect:?}");
                assert!(
                    rect.width() >= 60.0 && rect.height() >= 60.0,
                    "{name} {rect:?}"
                );
            }
            assert!(!choices[0].2.intersects(choices[1].2), "{lang} {look:?}");
            assert!(can(&window, name));
            press(&mut window, Key::Tab);
            press(&mut window, Key::Enter);
            assert_eq!(asked(&node), [answer("h:9", true)], "{lang} {look:?}");
        }
    }
}

#[test]
fn for_an_elder_the_page_is_the_button() {
    for lang in Lang::ALL {
        let node = node();
        let state = State::new(lang, Look::Elderly, Screen::Help);
        let window = sized(&node, state, Path::new("/none"), vec2(1366.0, 768.0), 1.0);
        let name = ["求助（F9）", "Help (F9)"][usize::from(lang == Lang::En)];
        let found = controls(&window).into_iter().find(|(_, n, _)| n == name);
        let (_, _, rect) = found.unwrap();
        assert!(rect.width() > 900.0 && rect.height() > 350.0, "{rect:?}");
    }
}

#[test]
fn the_large_look_has_four_things_to_do_and_one_place_to_come_back_to() {
    let node = node();
    let mut window = open(&node, Lang::ZhCn, Look::Elderly, Screen::Home);
    // With or without how much waits there.
    let entry = |window: &Window, word: &str| {
        let mut all = controls(window).into_iter();
        all.any(|(_, name, _)| name.split('，').next() == Some(word))
    };
    for gone in ["互助", "邻居", "门铃"] {
        assert!(!entry(&window, gone), "{gone}");
    }
    for (entry, screen) in [
        ("看通知", Screen::Notices),
        ("叫人帮忙", Screen::Help),
        ("客人来", Screen::Visitors),
        ("打电话", Screen::Phones),
        ("首页", Screen::Home),
    ] {
        let entry = window
            .query_all_by_role(accesskit::Role::Button)
            .find(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.split('，').next() == Some(entry)
            });
        entry.unwrap().click();
        window.run();
        assert_eq!(window.state().state.screen, screen);
    }
    click(&mut window, "回到标准大小");
    assert!(entry(&window, "互助") && entry(&window, "求助"));
}
