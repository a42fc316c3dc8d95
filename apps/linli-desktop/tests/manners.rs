//! The manners of the window: names, sizes, reach by keyboard, stillness, and standing whatever is drawn in it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::node;
use common::window::{asked, can, click, controls, key, open, sized, zh};
use egui::{Key, Modifiers, accesskit, vec2};
use egui_kittest::kittest::NodeT;
use linli_desktop::state::State;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

#[test]
fn every_screen_stands_in_both_languages_and_all_looks_and_every_control_has_a_name() {
    for lang in Lang::ALL {
        for look in Look::ALL {
            for screen in Screen::ALL {
                let node = node();
                let mut window = open(&node, lang, look, screen);
                let nav = ["首页", "Home"][usize::from(lang == Lang::En)];
                assert!(can(&window, nav), "{lang} {look:?} {screen:?}");
                if screen == Screen::Visitors {
                    key(&mut window, Modifiers::COMMAND, Key::N);
                }
                let controls = controls(&window);
                assert!(
                    controls.len() >= 6,
                    "{lang} {look:?} {screen:?}: {}",
                    controls.len()
                );
                for (role, name, _) in controls {
                    assert!(
                        !name.is_empty(),
                        "{lang} {look:?} {screen:?}: a {role:?} without a name"
                    );
                }
            }
        }
    }
}

#[test]
fn in_the_large_look_everything_that_can_be_pressed_is_sixty_points_wide_and_high() {
    for screen in Screen::ALL {
        let node = node();
        let mut window = open(&node, Lang::ZhCn, Look::Elderly, screen);
        if screen == Screen::Visitors {
            key(&mut window, Modifiers::COMMAND, Key::N);
        }
        for (role, name, rect) in controls(&window) {
            // Half a point for rounding to pixels. What is scrolled away is cut off by the view.
            let cut = rect.bottom() > 600.0 || rect.height() <= 0.0;
            let small = rect.width() < 59.5 || rect.height() < 59.5;
            assert!(
                cut || !small || role == accesskit::Role::Image,
                "{screen:?}: {name} is {:?}",
                rect.size()
            );
        }
    }
}

#[test]
fn language_and_look_change_at_run_time_and_change_back() {
    let node = node();
    let mut window = open(&node, Lang::ZhCn, Look::Dark, Screen::Notices);
    click(&mut window, "换成英文（English）");
    assert!(can(&window, "Waiting for me 2"));
    click(&mut window, "Turn on large type for older people");
    assert_eq!(window.state().state.look, Look::Elderly);
    click(&mut window, "Back to standard size");
    assert_eq!(
        window.state().state.look,
        Look::Dark,
        "to what there was before"
    );
    click(&mut window, "Switch to Chinese (中文)");
    assert!(can(&window, "等我确认 2"));
    assert_eq!(asked(&node), [], "looks are this window's own affair");
}

#[test]
fn an_idle_window_asks_for_no_frame_before_the_minute_is_over() {
    for screen in Screen::ALL {
        let node = node();
        let mut window = zh(&node, screen);
        if screen == Screen::Visitors {
            key(&mut window, Modifiers::COMMAND, Key::N);
        }
        window.run();
        window.step();
        let wait = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        assert!(wait.as_secs() >= 30, "{screen:?}: {wait:?}");
    }
}

#[test]
fn tab_reaches_every_control_of_a_screen() {
    for screen in Screen::ALL {
        let node = node();
        let mut window = zh(&node, screen);
        let mut reached = std::collections::BTreeSet::new();
        for _ in 0..60 {
            key(&mut window, Modifiers::NONE, Key::Tab);
            let focused = window
                .root()
                .children_recursive()
                .find(|n| n.accesskit_node().is_focused());
            reached.extend(focused.and_then(|n| n.accesskit_node().label()));
        }
        for (role, name, rect) in controls(&window) {
            if role != accesskit::Role::Image && rect.bottom() < 640.0 {
                assert!(
                    reached.contains(&name),
                    "{screen:?}: {name} is out of reach of Tab"
                );
            }
        }
    }
}

#[test]
fn hostile_text_everywhere_leaves_the_window_standing() {
    let long = format!(
        "\u{202e}\u{2066}{}\0\u{feff}{}",
        "甲".repeat(3_000),
        "e\u{301}\u{301}\u{301}\u{301}".repeat(500)
    );
    for look in Look::ALL {
        let node = node();
        {
            let mut node = node.borrow_mut();
            for notice in &mut node.notices {
                notice.text.title = long.clone();
                notice.text.body = format!("{long}\n\n\n\n{long}");
                notice.org_name = long.clone();
                notice.published_ms = u64::MAX;
            }
            for pass in &mut node.passes {
                pass.label = long.clone();
                pass.short_code = long.clone();
                pass.until_s = u64::MAX;
            }
            for peer in &mut node.report.peers {
                peer.name = long.clone();
            }
            node.status.community.as_mut().unwrap().name = long.clone();
            node.status.me.as_mut().unwrap().unit = Some(long.clone());
        }
        let mut window = open(&node, Lang::ZhCn, look, Screen::Home);
        for page in [Key::Num2, Key::Num3, Key::Num4, Key::Num1] {
            key(&mut window, Modifiers::ALT, page);
        }
        let first = node.borrow().notices[0].id.clone();
        window.state_mut().state.notice = Some(first);
        key(&mut window, Modifiers::ALT, Key::Num2);
        for (_, name, rect) in controls(&window) {
            assert!(
                rect.left() >= -1.0 && rect.right() <= 1181.0,
                "{name} sticks out: {rect:?}"
            );
        }
    }
}

#[test]
fn the_window_stands_at_two_hundred_percent_and_on_a_small_screen() {
    for (size, scale) in [
        (vec2(683.0, 384.0), 2.0),
        (vec2(1366.0, 768.0), 1.0),
        (vec2(720.0, 520.0), 1.0),
    ] {
        for look in Look::ALL {
            for screen in Screen::ALL {
                let node = node();
                let mut window = sized(
                    &node,
                    State::new(Lang::En, look, screen),
                    Path::new("/nonexistent"),
                    size,
                    scale,
                );
                for (_, name, rect) in controls(&window) {
                    assert!(
                        rect.right() <= size.x * scale + 1.0,
                        "{size:?} {look:?} {screen:?}: {name} sticks out: {rect:?}"
                    );
                }
                key(&mut window, Modifiers::ALT, Key::Num2);
            }
        }
    }
}
