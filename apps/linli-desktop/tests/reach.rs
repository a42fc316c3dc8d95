//! Every capability of passes and calls is reached in the drawn window of host or office, and by the keyboard alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::house::{call, ring};
use common::office::be_office;
use common::passes::incident;
use common::window::{Window, key, press, says, sized};
use common::{Shared, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::NodeT;
use linli_desktop::state::State;
use linli_view::api::{Request, RingState};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::station::{CAPABILITIES, Reach};
use linli_view::words::{Catalogue, Lang};
use std::collections::BTreeSet;
use std::path::Path;

/// A sentence up to what stands in it at run time.
fn bare(words: &Catalogue, key: &str) -> String {
    let said = words.text(key, &[("n", "\u{1}".into()), ("label", "\u{1}".into())]);
    let said = said.split('\u{1}').next().unwrap_or_default();
    said.replace(['\u{2068}', '\u{2069}'], "").trim().to_owned()
}

fn open(node: &Shared, lang: Lang, screen: Screen) -> Window {
    let state = State::new(lang, Look::Light, screen);
    let size = vec2(1366.0, 768.0);
    sized(node, state, Path::new("/nonexistent"), size, 1.0)
}

/// The names of all that Tab comes to, once round.
fn by_tab(window: &mut Window) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for _ in 0..90 {
        press(window, Key::Tab);
        let root = window.root();
        let mut todo: Vec<_> = root.children().collect();
        while let Some(node) = todo.pop() {
            let access = node.accesskit_node();
            if access.is_focused() && access.role() != Role::Window {
                names.insert(access.label().unwrap_or_default());
            }
            todo.extend(node.children());
        }
    }
    names
}

#[track_caller]
fn reached(names: &BTreeSet<String>, words: &Catalogue, key: &str) {
    let word = bare(words, key).to_lowercase();
    let named = |name: &String| name.to_lowercase().contains(&word);
    assert!(
        !word.is_empty() && names.iter().any(named),
        "{key}: Tab does not come to {word}, only to {names:#?}"
    );
}

#[test]
fn every_field_that_a_pass_may_have_is_in_the_form_and_tab_comes_to_it() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let house = node();
        let office = node();
        be_office(&office);
        let [house, office] = [house, office].map(|node| {
            let mut window = open(&node, lang, Screen::Visitors);
            key(&mut window, Modifiers::COMMAND, Key::N);
            window.state_mut().state.draft.as_mut().unwrap().more = true;
            window.run();
            by_tab(&mut window)
        });
        for can in CAPABILITIES {
            match can.reach {
                Reach::Form(word) => {
                    reached(&house, &words, word);
                    reached(&office, &words, word);
                }
                Reach::OfficeForm(word) => {
                    reached(&office, &words, word);
                    let name = bare(&words, word);
                    assert!(!house.contains(&name), "a household is its own host");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_capability_of_a_pass_a_page_of_visitors_and_a_doorbell_is_there_and_reached_by_tab() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let house = node();
        {
            let mut node = house.borrow_mut();
            node.passes[0].mark = "k3v9x2qa".into();
            node.incidents = vec![incident("k3v9x2qa")];
        }
        let office = node();
        be_office(&office);
        let id = house.borrow().passes[0].id.clone();
        let mut card = open(&house, lang, Screen::Visitors);
        let ctx = card.ctx.clone();
        let show = Intent::ShowPass { id: id.clone() };
        card.state_mut().perform(&ctx, show);
        card.run();
        let mut on_card = by_tab(&mut card);
        card.state_mut().perform(&ctx, Intent::KeepRegular { id });
        card.run();
        on_card.extend(by_tab(&mut card));
        // Now there is a regular visitor too.
        let mut visitors = open(&house, lang, Screen::Visitors);
        let at_visitors = by_tab(&mut visitors);
        let mut at_office = open(&office, lang, Screen::Visitors);
        let ctx = at_office.ctx.clone();
        let look = Intent::Residents { apply: false };
        at_office.state_mut().perform(&ctx, look);
        at_office.run();
        let in_office = by_tab(&mut at_office);
        // A call put aside, which can still be answered.
        let mut missed = call("e:1", Some("老周"));
        (missed.here, missed.state) = (false, RingState::NoAnswer);
        ring(&house, missed);
        let mut bell = open(&house, lang, Screen::Doorbell);
        let at_bell = by_tab(&mut bell);
        for can in CAPABILITIES {
            let said = |window: &Window, word: &str| says(window, &bare(&words, word));
            match can.reach {
                Reach::Card(word) => reached(&on_card, &words, word),
                Reach::OfficeVisitors(word) => reached(&in_office, &words, word),
                // Headings are read, buttons are pressed.
                Reach::Visitors(word @ ("incidents" | "pass-list-now" | "regulars")) => {
                    assert!(said(&visitors, word), "{}", can.word);
                }
                Reach::Visitors(word) => reached(&at_visitors, &words, word),
                Reach::Doorbell(word @ "bell-calls") => assert!(said(&bell, word), "{}", can.word),
                Reach::Doorbell(word) => reached(&at_bell, &words, word),
                _ => {}
            }
        }
        let changed = |request: &Request| matches!(request, Request::PassCancelAll);
        assert!(
            !house.borrow().asked.iter().any(changed),
            "Tab does nothing by itself"
        );
    }
}
