//! Help that is there without a network: a page for every page of the window, by key and by button, in both languages and
//! in the large look; and every key it names does something.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::node;
use common::office::be_office;
use common::window::{Window, key, press, says, sized};
use common::{Shared, gate};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use linli_desktop::state::State;
use linli_view::api::{Fault, FaultCode, PrincipalKind};
use linli_view::guide::{self, EVERYWHERE, Topic};
use linli_view::homes::{Known, Stands};
use linli_view::intent::{Look, Screen};
use linli_view::words::{Catalogue, Lang};
use std::path::Path;

fn open(node: &Shared, lang: Lang, look: Look, screen: Screen) -> Window {
    let state = State::new(lang, look, screen);
    sized(
        node,
        state,
        Path::new("/nonexistent"),
        vec2(1366.0, 768.0),
        1.0,
    )
}

#[test]
fn the_key_opens_the_help_of_the_page_and_closes_it_again_whatever_the_look() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        for look in [Look::Light, Look::Elderly] {
            for screen in Screen::EVERY {
                let topic = Topic::Page(screen);
                let node = node();
                if screen == Screen::Register {
                    be_office(&node);
                }
                let mut window = open(&node, lang, look, screen);
                press(&mut window, Key::F1);
                assert_eq!(window.state().state.guide, Some(topic), "{screen:?}");
                let page = guide::guide(&words, topic);
                assert!(says(&window, &page.title), "{screen:?} {lang}");
                assert!(says(&window, &page.paragraphs[0]), "{screen:?} {lang}");
                press(&mut window, Key::Escape);
                assert_eq!(window.state().state.guide, None);
                assert_eq!(window.state().state.screen, screen, "Esc closes help alone");
            }
        }
    }
}

#[test]
fn help_is_there_before_there_is_a_home_and_leads_from_page_to_page() {
    let node = node();
    node.borrow_mut().closed = Some(Fault::of(FaultCode::NoHome));
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    press(&mut window, Key::F1);
    assert_eq!(window.state().state.guide, Some(Topic::Start));
    window.get_by_label("Get help").click();
    window.run();
    assert_eq!(window.state().state.guide, Some(Topic::Page(Screen::Help)));
    press(&mut window, Key::F1);
    assert_eq!(window.state().state.guide, None);
}

#[test]
fn a_button_opens_it_too() {
    let mut window = open(&node(), Lang::En, Look::Light, Screen::Board);
    window.get_by_label("Help (F1)").click();
    window.run();
    assert_eq!(window.state().state.guide, Some(Topic::Page(Screen::Board)));
    // It is drawn once unseen, to learn how large it is, and takes no click before.
    window.run();
    window.step();
    window.get_by_label("Close").click();
    window.run();
    assert_eq!(window.state().state.guide, None);
}

#[test]
fn at_the_station_the_key_stays_the_stations() {
    let node = gate();
    let mut window = open(&node, Lang::En, Look::Light, Screen::Home);
    press(&mut window, Key::F1);
    assert_eq!(window.state().state.guide, None);
}

/// A key as the help writes it.
fn chord(text: &str) -> (Modifiers, Key) {
    let (modifiers, name) = match text.split_once('+') {
        Some(("Ctrl", name)) => match name.strip_prefix("Shift+") {
            Some(name) => (Modifiers::COMMAND | Modifiers::SHIFT, name),
            None => (Modifiers::COMMAND, name),
        },
        Some(("Alt", name)) => (Modifiers::ALT, name),
        _ => (Modifiers::NONE, text),
    };
    let name = match name {
        "," => "Comma",
        "Esc" => "Escape",
        name => name,
    };
    let key = Key::from_name(name).unwrap_or_else(|| panic!("no key is called {name}"));
    (modifiers, key)
}

/// The household's home, and another.
fn two_homes(node: &Shared) {
    let home = |dir: &str, here| Known {
        dir: dir.into(),
        community: "丰盛园".into(),
        name: "居委会".into(),
        kind: PrincipalKind::Office,
        unit: None,
        stands: Stands::Rests,
        here,
    };
    node.borrow_mut().homes = vec![home("/a", true), home("/b", false)];
}

#[test]
fn every_key_that_help_names_does_something_on_its_page() {
    for screen in Screen::EVERY {
        let topic = Topic::Page(screen);
        for named in topic.keys().iter().chain(EVERYWHERE) {
            let node = node();
            if named.does == "guide-key-sign" || screen == Screen::Register {
                be_office(&node);
            }
            if named.does == "guide-key-homes" {
                two_homes(&node);
            }
            // Alt+1 leads home, so it is pressed elsewhere; Esc is a step back to it.
            let from = if matches!(named.key, "Alt+1" | "Esc") && screen == Screen::Home {
                Screen::Board
            } else if named.key == "Ctrl+," && screen == Screen::Settings {
                Screen::Home
            } else {
                screen
            };
            let mut window = open(&node, Lang::En, Look::Light, from);
            if matches!(
                named.does,
                "guide-key-sign" | "guide-key-post" | "guide-key-pass"
            ) {
                key(&mut window, Modifiers::COMMAND, Key::N);
            }
            let before = (window.state().state.clone(), node.borrow().asked.len());
            let (modifiers, pressed) = chord(named.key);
            key(&mut window, modifiers, pressed);
            let after = (window.state().state.clone(), node.borrow().asked.len());
            assert!(before != after, "{} does nothing on {screen:?}", named.key);
        }
    }
}
