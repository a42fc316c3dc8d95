//! A window on the sample node, and what a person can do with it.

use super::{Shared, app};
use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use linli_desktop::app::App;
use linli_desktop::state::State;
use linli_view::api::{FamilyDo, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

pub type Window = Harness<'static, App>;

/// A window of this size on the node.
pub fn sized(node: &Shared, state: State, pictures: &Path, size: egui::Vec2, scale: f32) -> Window {
    let (node, pictures) = (node.clone(), pictures.to_owned());
    let builder = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_max_steps(8);
    let mut window = builder.build_eframe(move |cc| app(&cc.egui_ctx, &node, state, pictures));
    window.run();
    window
}

pub fn open(node: &Shared, lang: Lang, look: Look, screen: Screen) -> Window {
    sized(
        node,
        State::new(lang, look, screen),
        Path::new("/nonexistent/pictures"),
        vec2(1180.0, 720.0),
        1.0,
    )
}

pub fn zh(node: &Shared, screen: Screen) -> Window {
    open(node, Lang::ZhCn, Look::Light, screen)
}

/// Is there something to press under this name? A sentence beside it may read the same.
pub fn can(window: &Window, name: &str) -> bool {
    window
        .query_by_role_and_label(accesskit::Role::Button, name)
        .is_some()
}

pub fn click(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(accesskit::Role::Button, name)
        .click();
    window.run();
}

/// What the node was asked after opening.
pub fn asked(node: &Shared) -> Vec<Request> {
    let background = |r: &&Request| {
        !matches!(
            r,
            Request::Subscribe
                | Request::Status
                | Request::NoticeList
                | Request::PassList
                | Request::RegularList
                | Request::Peers
                | Request::Rings
                | Request::Doorbell
                | Request::Nearby
                | Request::Family(FamilyDo::Show)
                | Request::GateStatus
                | Request::GateLog
                | Request::GateInside
                | Request::GateExpected
                | Request::GateIncidents
                | Request::NoticeArea { .. }
                | Request::Scheduled
                | Request::Templates
                | Request::Invites
                | Request::PostList
                | Request::BoardQueue
                | Request::DraftList
                | Request::DraftSave { .. }
                | Request::DraftDrop { .. }
                | Request::Refusals
                | Request::HelpList
                | Request::HelpNumbers
                | Request::Bell
                | Request::Folders
                | Request::BellLooked
        )
    };
    node.borrow()
        .asked
        .iter()
        .filter(background)
        .cloned()
        .collect()
}

pub fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

pub fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

/// Every control of the window: its role, its name, and its place.
pub fn controls(window: &Window) -> Vec<(accesskit::Role, String, egui::Rect)> {
    let root = window.root();
    let mut todo: Vec<_> = root.children().collect();
    let mut controls = Vec::new();
    while let Some(node) = todo.pop() {
        let access = node.accesskit_node();
        let role = access.role();
        if matches!(
            role,
            accesskit::Role::Button
                | accesskit::Role::TextInput
                | accesskit::Role::PasswordInput
                | accesskit::Role::RadioButton
                | accesskit::Role::CheckBox
                | accesskit::Role::Link
                | accesskit::Role::Image
        ) {
            controls.push((role, access.label().unwrap_or_default(), node.rect()));
        }
        todo.extend(node.children());
    }
    controls
}

/// Types characters, as an input method hands them over.
pub fn type_text(window: &mut Window, text: &str) {
    for c in text.chars() {
        window.event(Event::Text(c.to_string()));
    }
    window.run();
}

/// Presses a key alone.
pub fn press(window: &mut Window, which: Key) {
    key(window, Modifiers::NONE, which);
}

/// Types a line and Enter, with the keys of the characters as a keyboard sends them.
pub fn gun(window: &mut Window, text: &str) {
    for c in text.chars() {
        if let Some(key) = Key::from_name(&c.to_string()) {
            window.event(Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            });
        }
        window.event(Event::Text(c.to_string()));
    }
    press(window, Key::Enter);
}
