//! Whatever takes the focus has a name and a role; `Tab` reaches it; one sees where the focus is.

use super::{Thing, nothing, tap, things, views};
use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, Rect};
use std::collections::BTreeSet;

use crate::gallery::common::window::Window;

#[test]
fn whatever_takes_the_focus_has_a_name_and_a_role() {
    let mut found = Vec::new();
    for at in views(2, 0) {
        let (window, _) = at.window();
        for thing in things(&window).iter().filter(|t| t.takes_focus()) {
            let nameless = !thing.labelled;
            let roleless = matches!(thing.role, Role::Unknown | Role::GenericContainer);
            if nameless || roleless {
                let (role, rect) = (thing.role, thing.rect);
                found.push(format!("{}: {role:?} “{}” {rect:?}", at.name(), thing.name));
            }
        }
    }
    nothing(
        &found,
        "give it a name: `button::named` or `Response::widget_info`",
    );
}

fn focus(window: &Window) -> Option<Id> {
    window.ctx.memory(|memory| memory.focused())
}

/// All that `Tab` comes to, until it comes round.
fn round(window: &mut Window, mut each: impl FnMut(&Window, Id)) -> BTreeSet<u64> {
    let mut reached = BTreeSet::new();
    for _ in 0..300 {
        tap(window, Modifiers::NONE, Key::Tab);
        let Some(id) = focus(window) else { continue };
        if !reached.insert(id.value()) {
            break;
        }
        each(window, id);
    }
    reached
}

fn of(things: &[Thing], id: u64) -> Option<&Thing> {
    let is = |t: &&Thing| t.widget.is_some_and(|w| w.id.value() == id);
    things.iter().find(is)
}

#[test]
fn tab_reaches_every_control_of_every_scene_and_brings_it_into_sight() {
    let mut found = Vec::new();
    for at in views(1, 1) {
        let (mut window, _) = at.window();
        let name = at.name();
        let mut unseen = Vec::new();
        let reached = round(&mut window, |window, id| {
            let things = things(window);
            let Some(thing) = of(&things, id.value()) else {
                return;
            };
            let room = Rect::from_min_size(egui::Pos2::ZERO, at.size);
            let hidden = thing.rect.height() - thing.seen().height() > 2.0;
            let large = thing.rect.height() > at.size.y / 3.0;
            if (hidden && !large) || !room.intersects(thing.seen()) {
                let (rect, seen) = (thing.rect, thing.seen());
                unseen.push(format!(
                    "{name}: “{}” has the focus out of sight: {rect:?}, seen {seen:?}",
                    thing.name
                ));
            }
        });
        found.append(&mut unseen);
        let things = things(&window);
        let top = top_layer(&things);
        for thing in things.iter().filter(|t| t.takes_focus()) {
            let widget = thing.widget.unwrap();
            if widget.layer_id == top && !reached.contains(&widget.id.value()) {
                found.push(format!("{name}: Tab does not reach “{}”", thing.name));
            }
        }
    }
    nothing(&found, "let egui give it the focus, and scroll to it");
}

/// What lies over the page takes the focus alone.
fn top_layer(things: &[Thing]) -> egui::LayerId {
    let focusable = things.iter().filter(|t| t.takes_focus());
    let layers = focusable.filter_map(|t| t.widget.map(|w| w.layer_id));
    layers.max_by_key(|layer| layer.order).unwrap()
}

#[test]
fn one_sees_where_the_focus_is() {
    let mut found = Vec::new();
    for at in views(1, 2) {
        let (mut window, _) = at.window();
        let mut seen = BTreeSet::new();
        for _ in 0..40 {
            let before = painted(&window);
            tap(&mut window, Modifiers::NONE, Key::Tab);
            let Some(id) = focus(&window) else { continue };
            if !seen.insert(id.value()) {
                break;
            }
            if painted(&window) == before {
                let things = things(&window);
                let name = of(&things, id.value()).map(|t| t.name.clone());
                found.push(format!(
                    "{}: {name:?} with the focus looks like without",
                    at.name()
                ));
            }
        }
    }
    nothing(&found, "the focus has to be seen: `theme/apply.rs`");
}

/// All that is painted, as text: two frames that look the same read the same.
fn painted(window: &Window) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hash = DefaultHasher::new();
    for shape in &window.output().shapes {
        // The words are the same; only what is drawn around them matters, and that is small.
        if !matches!(shape.shape, egui::Shape::Text(_)) {
            format!("{:?}", shape.shape).hash(&mut hash);
        }
    }
    hash.finish()
}
