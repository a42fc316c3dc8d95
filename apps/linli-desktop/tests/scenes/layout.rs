//! Nothing lies outside the window, nothing is cut off, nothing lies over something else.
//!
//! Pages scroll up and down, so what is below the window is not lost; what is beside it would be.

use super::{At, Thing, nothing, things, views};
use egui::accesskit::Role;
use egui::{Rect, Vec2, vec2};

/// Rounding to pixels, and the frame of what has the focus.
const SLACK: f32 = 1.5;

fn look_at(size: Vec2, scale: f32, turn: usize) {
    let mut found = Vec::new();
    for at in views(2, turn) {
        let at = At { size, scale, ..at };
        let (window, _) = at.window();
        let all: Vec<Thing> = things(&window)
            .into_iter()
            .filter(|thing| thing.seen().is_positive())
            .filter(|thing| {
                let one = thing.is_text() || thing.is_field() || thing.takes_focus();
                one && thing.role != Role::Image
            })
            .collect();
        let name = at.name();
        for thing in &all {
            if let Some(how) = outside(thing, size) {
                found.push(format!("{name}: {:?} “{}” {how}", thing.role, short(thing)));
            }
        }
        for (n, one) in all.iter().enumerate() {
            for other in &all[n + 1..] {
                if overlap(one, other) {
                    let (a, b) = (short(one), short(other));
                    let (ra, rb) = (one.rect, other.rect);
                    found.push(format!("{name}: “{a}” {ra:?} lies over “{b}” {rb:?}"));
                }
            }
        }
    }
    let draw = format!("gallery DIR {}x{} {scale} SCENE draws it", size.x, size.y);
    nothing(&found, &draw);
}

fn short(thing: &Thing) -> String {
    thing.name.chars().take(24).collect()
}

fn outside(thing: &Thing, size: Vec2) -> Option<String> {
    let (rect, seen) = (thing.rect, thing.seen());
    if rect.left() < -SLACK || rect.right() > size.x + SLACK {
        return Some(format!("is outside of the window: {rect:?}"));
    }
    // Of a text of several rows only the first is known where it is seen; it wraps, so it ends where its lines do, and the
    // window is the edge that matters.
    if thing.is_text() && rect.height() > 1.5 * seen.height() && rect.top() + SLACK > seen.top() {
        return None;
    }
    // What is cut off beside is not reached by scrolling.
    // A text that begins in the middle of a line is seen from there on.
    let begins = !thing.is_text() && rect.left() < seen.left() - SLACK;
    let cut = begins || rect.right() > seen.right() + SLACK;
    cut.then(|| format!("is cut off: {rect:?} is seen in {seen:?}"))
}

/// Two things of one layer that share more than an edge. A row that can be pressed may hold texts and buttons, and what is
/// read out as one may hold several texts.
fn overlap(one: &Thing, other: &Thing) -> bool {
    let layer = |thing: &Thing| thing.widget.map(|w| w.layer_id);
    if layer(one) != layer(other) {
        return false;
    }
    let both = one.seen().intersect(other.seen());
    if both.width() <= SLACK || both.height() <= SLACK {
        return false;
    }
    let holds = |outer: &Thing, inner: &Thing| {
        let group = outer.is_text() && outer.rect.area() > 1.5 * inner.rect.area();
        let row = outer.takes_focus() && !outer.is_field();
        (row || group) && within(outer.rect, inner.rect)
    };
    !holds(one, other) && !holds(other, one)
}

fn within(outer: Rect, inner: Rect) -> bool {
    outer.expand(SLACK).contains_rect(inner)
}

#[test]
fn nothing_is_outside_or_over_something_else_at_1366_by_768() {
    look_at(vec2(1366.0, 768.0), 1.0, 0);
}

#[test]
fn nothing_is_outside_or_over_something_else_at_1920_by_1080() {
    look_at(vec2(1920.0, 1080.0), 1.0, 2);
}

#[test]
fn nothing_is_outside_or_over_something_else_at_two_hundred_percent() {
    look_at(vec2(683.0, 384.0), 2.0, 4);
}
