//! Text against what is behind it, measured from the pixels that are drawn: 4.5:1, in the large look 7:1 (product.md §5.4).
//!
//! Drawn at two points a pixel, where a stroke is as dark as its ink. Behind is whatever colour most of a line's box has; the
//! ink is the colour furthest from it. Words of several colours in one line are measured each by itself. Text of what cannot be pressed is let off, as WCAG does; text that something else lies
//! over is measured where it is seen, which is nowhere.

use super::{At, nothing};
use crate::gallery::common::{self, raster};
use crate::gallery::scenes;
use egui::epaint::text::PlacedRow;
use egui::epaint::{ClippedShape, Shape};
use egui::{Color32, Pos2, Rect};
use linli_desktop::picture::Picture;
use linli_desktop::state::State;
use linli_view::intent::Look;
use linli_view::words::Lang;
use std::collections::BTreeMap;
use std::path::PathBuf;

const SCALE: f32 = 2.0;

/// Drawing on the processor takes its time: a run draws every so-manieth scene, `LINLI_SCENES=all` all of them.
const EVERY: usize = 6;

/// A line of text where it is drawn.
struct Line {
    words: String,
    place: Rect,
    /// Its turn among all that is drawn.
    turn: usize,
}

fn lines(shape: &Shape, clip: Rect, turn: usize, found: &mut Vec<Line>) {
    match shape {
        Shape::Vec(all) => {
            for one in all {
                lines(one, clip, turn, found);
            }
        }
        Shape::Text(text) => {
            for row in &text.galley.rows {
                let whole = row.rect().translate(text.pos.to_vec2());
                let place = whole.intersect(clip);
                let words = row.text();
                let seen = place.is_positive() && place.height() > whole.height() * 0.8;
                if !seen || words.trim().is_empty() {
                    continue;
                }
                let inks = inks(row);
                if inks.len() < 2 {
                    found.push(Line { words, place, turn });
                    continue;
                }
                // Quiet words beside black ones stand for themselves. Dots and dashes between them are no text.
                for (words, from, to) in inks {
                    let left = whole.left() + from;
                    let of_them = Rect::from_x_y_ranges(left..=whole.left() + to, whole.y_range());
                    let place = of_them.intersect(clip);
                    if place.is_positive() && words.chars().any(char::is_alphanumeric) {
                        found.push(Line { words, place, turn });
                    }
                }
            }
        }
        _ => {}
    }
}

/// The words of a row in each of its colours, with where they begin and end.
fn inks(row: &PlacedRow) -> Vec<(String, f32, f32)> {
    let mut runs: Vec<(Color32, String, f32, f32)> = Vec::new();
    for glyph in &row.glyphs {
        let at = usize::try_from(glyph.first_vertex).unwrap();
        let colour = row.visuals.mesh.vertices.get(at).map(|vertex| vertex.color);
        match (runs.last_mut(), colour) {
            // A blank has no ink of its own.
            (Some(run), _) if glyph.chr.is_whitespace() => run.1.push(glyph.chr),
            (Some(run), Some(colour)) if run.0 == colour => {
                run.1.push(glyph.chr);
                run.3 = glyph.max_x();
            }
            (_, Some(colour)) if !glyph.chr.is_whitespace() => {
                runs.push((colour, glyph.chr.to_string(), glyph.pos.x, glyph.max_x()));
            }
            _ => {}
        }
    }
    let run = |(_, words, from, to)| (words, from, to);
    runs.into_iter().map(run).collect()
}

/// Whether nothing of it is seen, or it is under a veil that says that it takes no input now: something that lets
/// nothing through is drawn over its middle later, or a veil over the whole window. Any other fill is part of what is
/// measured.
fn covered(line: &Line, shapes: &[ClippedShape], window: Rect) -> bool {
    let over = |shape: &ClippedShape| match &shape.shape {
        Shape::Rect(rect) => {
            let seen = rect.rect.intersect(shape.clip_rect);
            let veil = rect.fill.a() > 0 && seen.contains_rect(window);
            veil || rect.fill.a() == 255 && seen.contains(line.place.center())
        }
        _ => false,
    };
    shapes[line.turn + 1..].iter().any(over)
}

/// The contrast of two colours as WCAG counts it.
fn ratio(a: [u8; 3], b: [u8; 3]) -> f32 {
    let light = |colour: [u8; 3]| {
        let [r, g, b] = colour.map(|part| {
            let part = f32::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

/// What is behind a line, its ink, and how far they are apart.
fn measure(picture: &Picture, place: Rect) -> Option<([u8; 3], [u8; 3], f32)> {
    let mut counts: BTreeMap<[u8; 3], u32> = BTreeMap::new();
    let (left, right) = (place.left() * SCALE, place.right() * SCALE);
    let (top, bottom) = (place.top() * SCALE, place.bottom() * SCALE);
    for y in top.ceil() as usize..(bottom.floor() as usize).min(picture.height) {
        for x in left.ceil() as usize..(right.floor() as usize).min(picture.width) {
            let at = (y * picture.width + x) * 4;
            let pixel = [0, 1, 2].map(|n| picture.rgba[at + n]);
            *counts.entry(pixel).or_default() += 1;
        }
    }
    let (behind, _) = counts.iter().max_by_key(|(_, count)| **count)?;
    let far = counts.keys().map(|ink| (*ink, ratio(*behind, *ink)));
    let (ink, ratio) = far.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((*behind, ink, ratio))
}

fn look_at(look: Look, least: f32) {
    let (mut found, mut measured) = (Vec::new(), 0);
    let turn = Look::ALL.iter().position(|one| *one == look).unwrap();
    let every = if super::all() { 1 } else { EVERY };
    // Another sixth of the scenes for each look.
    for scene in scenes().skip(turn % every).step_by(every) {
        // Which language it is changes no colour.
        let at = At::of(scene, Lang::ZhCn, look);
        measured += look_at_one(&at, least, &mut found);
    }
    assert!(measured > 300, "only {measured} lines were measured");
    found.sort();
    found.dedup();
    nothing(&found, "the colours are in `theme.rs`");
}

fn look_at_one(at: &At, least: f32, found: &mut Vec<String>) -> usize {
    let (_, screen, prepare, act) = at.scene;
    let node = common::node();
    prepare(&node);
    let ctx = egui::Context::default();
    let state = State::new(at.lang, at.look, *screen);
    let mut app = common::app(&ctx, &node, state, PathBuf::from("/nonexistent"));
    app.drain();
    act(&ctx, &mut app);
    // A call takes answers once it has stood for a moment.
    let call = at.scene.0.contains("-call");
    let later = |frame: usize| {
        node.borrow_mut().later_ms += u64::from(frame == 0 && call) * 1_000;
    };
    let drawn = raster::frames(&ctx, &mut app, at.size, SCALE, later);
    let idle: Vec<Rect> = ctx.viewport(|viewport| {
        let layers = viewport.prev_pass.widgets.layers();
        let all = layers.flat_map(|(_, all)| all.iter().filter(|w| !w.enabled));
        all.map(|w| w.rect).collect()
    });
    let mut all = Vec::new();
    for (turn, shape) in drawn.shapes.iter().enumerate() {
        lines(&shape.shape, shape.clip_rect, turn, &mut all);
    }
    let window = Rect::from_min_size(Pos2::ZERO, at.size);
    all.retain(|line| !covered(line, &drawn.shapes, window));
    all.retain(|line| !idle.iter().any(|rect| rect.contains(line.place.center())));
    let places: Vec<Rect> = all.iter().map(|line| line.place).collect();
    let picture = drawn.picture(&ctx, Some(&places));
    for line in &all {
        let Some((behind, ink, ratio)) = measure(&picture, line.place) else {
            continue;
        };
        if ratio < least {
            let words: String = line.words.chars().take(16).collect();
            let name = at.name();
            found.push(format!(
                "{ratio:.2} {ink:02x?} on {behind:02x?}: “{words}” in {name}"
            ));
        }
    }
    all.len()
}

#[test]
fn every_line_of_the_light_look_stands_out_by_four_and_a_half() {
    look_at(Look::Light, 4.5);
}

#[test]
fn every_line_of_the_dark_look_stands_out_by_four_and_a_half() {
    look_at(Look::Dark, 4.5);
}

#[test]
fn every_line_of_the_large_look_stands_out_by_seven() {
    look_at(Look::Elderly, 7.0);
}

#[test]
fn black_on_white_is_twenty_one_and_a_colour_on_itself_one() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    assert!((ratio([90, 12, 200], [90, 12, 200]) - 1.0).abs() < 0.01);
    // A grey that WCAG lets pass on white, and the next lighter one that it does not.
    assert!(ratio([0x76; 3], [255; 3]) >= 4.5 && ratio([0x77; 3], [255; 3]) < 4.5);
}
