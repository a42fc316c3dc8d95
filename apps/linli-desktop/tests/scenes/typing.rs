//! An input method types Chinese into every field of every scene: composed first, committed then, and read back.

use super::{Thing, nothing, still, things, views};
use crate::gallery::common::window::Window;
use egui::accesskit::Role;
use egui::{Event, ImeEvent};
use egui_kittest::kittest::NodeT as _;
use std::collections::BTreeSet;

const WORD: &str = "李然";

/// Scenes in which a call, an alarm or a question lies over the fields of the page: these take no word, and that is right.
const UNDER: [&str; 4] = [
    "40-call",
    "65-help-alarm",
    "77-folder",
    "77b-folder-closed-to-us",
];

fn fields(window: &Window) -> Vec<Thing> {
    let mut fields: Vec<Thing> = things(window);
    fields.retain(|thing| thing.is_field() && !thing.disabled);
    fields
}

fn value(window: &Window, field: &Thing) -> String {
    let found = find(window, field).and_then(|node| node.accesskit_node().value());
    found.unwrap_or_default()
}

fn find<'a>(window: &'a Window, field: &Thing) -> Option<egui_kittest::Node<'a>> {
    let id = field.widget.map(|w| w.id.value())?;
    let mut all = window.root().children_recursive();
    all.find(|node| node.accesskit_node().locate().0.0 == id)
}

#[test]
fn an_input_method_types_chinese_into_every_field() {
    let (mut found, mut typed) = (Vec::new(), 0);
    let mut skipped = BTreeSet::new();
    for at in views(1, 3) {
        let count = fields(&at.window().0).len();
        for n in 0..count {
            let (mut window, _) = at.window();
            let Some(field) = fields(&window).into_iter().nth(n) else {
                continue;
            };
            // What lies under a call or an alarm takes no word.
            find(&window, &field).unwrap().focus();
            still(&mut window);
            if window.ctx.memory(|m| m.focused()) != field.widget.map(|w| w.id) {
                skipped.insert((at.scene.0, field.name.clone()));
                continue;
            }
            let name = format!("{}: “{}”", at.name(), field.name);
            let before = value(&window, &field);
            window.event(Event::Ime(ImeEvent::Preedit {
                text: "li".into(),
                active_range_chars: None,
            }));
            still(&mut window);
            if !value(&window, &field).contains("li") && field.role != Role::PasswordInput {
                found.push(format!("{name} does not show what is composed"));
            }
            window.event(Event::Ime(ImeEvent::Commit(WORD.into())));
            still(&mut window);
            let after = value(&window, &field);
            let took = if field.role == Role::PasswordInput {
                after.chars().count() == before.chars().count() + 2
            } else {
                after.contains(WORD) && !after.contains("li")
            };
            if !took {
                found.push(format!("{name}: {before:?} became {after:?}"));
            }
            typed += 1;
        }
    }
    assert!(typed > 20, "only {typed} fields were typed into");
    let skips = |(scene, _): &&(&str, String)| UNDER.contains(scene);
    let others: Vec<_> = skipped.iter().filter(|one| !skips(one)).collect();
    assert!(
        others.is_empty(),
        "fields that refuse the cursor: {others:?}"
    );
    nothing(
        &found,
        "a field takes `Event::Ime` as egui's `TextEdit` does",
    );
}
