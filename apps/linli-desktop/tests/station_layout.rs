//! How large the station is, and that everything a gate can do is reached on it, by key and by button.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::gate;
use common::window::{Window, asked, gun, key, press, says, sized, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linli_desktop::state::State;
use linli_view::api::Request;
use linli_view::intent::{Look, Screen};
use linli_view::station::{CAPABILITIES, Mode, Reach};
use linli_view::words::{Catalogue, Lang};
use std::path::Path;

/// Every text of the station, with its place; the rail and the bar below belong to the window.
fn texts(window: &Window) -> Vec<(Role, String, egui::Rect)> {
    let mut todo: Vec<_> = window.root().children().collect();
    let mut found = Vec::new();
    while let Some(node) = todo.pop() {
        let access = node.accesskit_node();
        let text = access
            .label()
            .or_else(|| access.value())
            .unwrap_or_default();
        if matches!(access.role(), Role::Label | Role::Button) && !text.is_empty() {
            found.push((access.role(), text, node.rect()));
        }
        todo.extend(node.children());
    }
    found
}

#[test]
fn the_answer_is_96_points_high_and_no_letter_of_the_station_below_28() {
    for size in [vec2(1366.0, 768.0), vec2(1920.0, 1080.0)] {
        for lang in Lang::ALL {
            for look in Look::ALL {
                let node = gate();
                let state = State::new(lang, look, Screen::Home);
                let mut window = sized(&node, state, Path::new("/nonexistent"), size, 1.0);
                gun(&mut window, "LL1:GOOD PASS");
                let at = format!("{lang:?} {look:?} {size:?}");
                let word = Catalogue::of(lang).say("station-admit");
                let all = texts(&window);
                let big = all
                    .iter()
                    .find(|(_, text, rect)| *text == word && rect.height() >= 96.0);
                let (_, _, big) = big.unwrap_or_else(|| panic!("{at}: {word} is small"));
                assert!(
                    big.bottom() < size.y && big.right() < size.x,
                    "{at}: on screen"
                );
                let (rail, bar) = if look == Look::Elderly {
                    (228.0, 80.0)
                } else {
                    (148.0, 48.0)
                };
                for (_, text, rect) in &all {
                    if rect.left() >= rail && rect.bottom() <= size.y - bar {
                        assert!(
                            rect.height() >= 28.0,
                            "{at}: {text} is {} high",
                            rect.height()
                        );
                    }
                }
                // The keys are on screen without scrolling.
                for mode in Mode::KEYED {
                    let named = |text: &str| text.starts_with(&format!("{} ", mode.key()));
                    let key = all.iter().find(|(_, text, _)| named(text));
                    let (_, text, rect) = key.unwrap_or_else(|| panic!("{at}: {mode:?}"));
                    let least = if look == Look::Elderly {
                        size.y * 1.5
                    } else {
                        size.y - bar
                    };
                    assert!(rect.bottom() <= least, "{at}: {text} at {rect:?}");
                }
            }
        }
    }
}

#[test]
fn every_capability_of_a_gate_is_reached_by_key_and_by_button_on_the_drawn_station() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        for can in CAPABILITIES {
            let node = gate();
            let size = vec2(1366.0, 768.0);
            let state = State::new(lang, Look::Light, Screen::Home);
            let mut window = sized(&node, state, Path::new("/nonexistent"), size, 1.0);
            let at = format!("{lang:?} {}", can.word);
            match can.reach {
                Reach::Mode(mode) => {
                    let (modifiers, name) = match mode.key().strip_prefix("Ctrl+") {
                        Some(name) => (Modifiers::COMMAND, name),
                        None => (Modifiers::NONE, mode.key()),
                    };
                    window.state_mut().state.mode = if mode == Mode::Scan {
                        Mode::Exit
                    } else {
                        Mode::Scan
                    };
                    key(&mut window, modifiers, Key::from_name(name).unwrap());
                    assert_eq!(window.state().state.mode, mode, "{at}");
                    let word = format!("{} {}", mode.key(), words.say(mode.word()));
                    window.state_mut().state.mode = if mode == Mode::Scan {
                        Mode::Exit
                    } else {
                        Mode::Scan
                    };
                    window.run();
                    window.get_by_label(&word).click();
                    window.run();
                    assert_eq!(window.state().state.mode, mode, "{at}: the button");
                }
                Reach::Key("F2 F1") => {
                    press(&mut window, Key::F2);
                    type_text(&mut window, "京A12345");
                    press(&mut window, Key::F1);
                    assert_eq!(window.state().state.lane_plate.as_deref(), Some("京A12345"));
                }
                Reach::Key("↑ ↓") => {
                    press(&mut window, Key::ArrowUp);
                    assert_eq!(window.state().state.companions, 1, "{at}");
                }
                Reach::Key("F3 F3") => {
                    press(&mut window, Key::F3);
                    press(&mut window, Key::F3);
                    assert_eq!(window.state().state.mode, Mode::Resident, "{at}");
                    press(&mut window, Key::Escape);
                    let word = format!("F3 {}", words.say(Mode::WalkIn.word()));
                    for _ in 0..2 {
                        window.get_by_label(&word).click();
                        window.run();
                    }
                    assert_eq!(
                        window.state().state.mode,
                        Mode::Resident,
                        "{at}: the button"
                    );
                }
                Reach::Key("F2 F3") => {
                    press(&mut window, Key::F2);
                    type_text(&mut window, "京A12345");
                    press(&mut window, Key::F3);
                    assert_eq!(window.state().state.lane_plate.as_deref(), Some("京A12345"));
                    assert_eq!(window.state().state.mode, Mode::WalkIn, "{at}");
                }
                Reach::Key("F3") => {
                    let rung = || {
                        let asked = asked(&node).into_iter();
                        let rings = asked.filter(|r| matches!(r, Request::GateRing { .. }));
                        rings.count()
                    };
                    gun(&mut window, "LL1:TOO MANY");
                    press(&mut window, Key::F3);
                    assert_eq!(rung(), 1, "{at}");
                    gun(&mut window, "LL1:TOO MANY");
                    let word = format!("F3 {}", words.say("station-mode-call"));
                    window.get_by_label(&word).click();
                    window.run();
                    assert_eq!(rung(), 2, "{at}: the button");
                }
                Reach::Key(other) => panic!("{at}: no test presses {other}"),
                Reach::Asked(code) => {
                    gun(&mut window, "LL1:WITH PIN");
                    assert!(says(&window, code), "{at}");
                    assert_eq!(window.state().state.mode, Mode::Pin, "{at}");
                }
                Reach::Shown(word) => {
                    let bare = words.text(word, &[("n", "1".into()), ("time", "".into())]);
                    let first: String = bare.chars().take(4).collect();
                    assert!(says(&window, &first), "{at}: {first}");
                }
                Reach::Beside(word) => {
                    let word = words.say(word);
                    let mut buttons = texts(&window).into_iter();
                    let ends = |text: &str| text.to_lowercase().ends_with(&word.to_lowercase());
                    assert!(
                        buttons.any(|(role, text, _)| role == Role::Button && ends(&text)),
                        "{at}"
                    );
                }
                Reach::Elsewhere(place) => {
                    // By the keyboard alone, on the screen of who may: a household.
                    assert!(words.has(place), "{at}");
                    let node = common::node();
                    let state = State::new(lang, Look::Light, Screen::Visitors);
                    let mut window = sized(&node, state, Path::new("/nonexistent"), size, 1.0);
                    let lines = || node.borrow().refusals.iter().filter(|one| one.mine).count();
                    window
                        .get_by_role_and_label(Role::TextInput, &words.say("refusal-name"))
                        .focus();
                    window.run();
                    type_text(&mut window, "推销员");
                    press(&mut window, Key::Enter);
                    assert_eq!(lines(), 1, "{at}");
                    let take_off = words.text("refusal-remove-name", &[("who", "推销员".into())]);
                    window
                        .get_by_role_and_label(Role::Button, &take_off)
                        .focus();
                    window.run();
                    press(&mut window, Key::Space);
                    assert_eq!(lines(), 0, "{at}");
                }
                Reach::NoScreen(why) => assert!(words.has(why), "{at}"),
                // Windows of host and office: `reach.rs`.
                Reach::Form(_)
                | Reach::OfficeForm(_)
                | Reach::Card(_)
                | Reach::Visitors(_)
                | Reach::OfficeVisitors(_)
                | Reach::Doorbell(_) => {}
            }
        }
    }
}
