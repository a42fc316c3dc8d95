//! Charts of whom a notice reached: bars by building, columns over time. Shades differ by what fills them, not by colour
//! alone: outlined, hatched, solid. Beside each stands what it says in words, and each has a text in its place.

use super::{card, quiet, text};
use crate::theme::Theme;
use egui::{
    Align2, Color32, FontId, Painter, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};
use linli_view::reach::{Bar, Spread};
use linli_view::tone::Tone;

/// Height of the columns, in lines.
const LINES: f32 = 9.0;
/// Between the strokes of a hatched shade, in points.
const HATCH: f32 = 6.0;

/// How a part of a chart is filled.
#[derive(Clone, Copy)]
enum Shade {
    Outlined,
    Hatched,
    Solid,
}

impl Shade {
    const ALL: [Self; 3] = [Self::Outlined, Self::Hatched, Self::Solid];

    fn fill(self, painter: &Painter, theme: &Theme, rect: Rect) {
        if !rect.is_positive() {
            return;
        }
        let (ink, pale) = theme.tone(Tone::Good);
        match self {
            Self::Outlined => {
                painter.rect_filled(rect, 0.0, pale);
            }
            Self::Hatched => {
                painter.rect_filled(rect, 0.0, pale);
                hatch(painter, rect, ink);
            }
            Self::Solid => {
                painter.rect_filled(rect, 0.0, ink);
            }
        }
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, ink), StrokeKind::Inside);
    }
}

/// Strokes that go up to the right, at the same places whatever they fill.
fn hatch(painter: &Painter, rect: Rect, ink: Color32) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let mut sum = ((rect.left() + rect.top()) / HATCH).floor() * HATCH;
    while sum <= rect.right() + rect.bottom() {
        let from = pos2(sum - rect.top(), rect.top());
        let to = pos2(sum - rect.bottom(), rect.bottom());
        painter.line_segment([from, to], Stroke::new(1.5, ink));
        sum += HATCH;
    }
}

/// Part of a whole; what has no whole is nothing.
fn share(n: u32, of: u32) -> f32 {
    if of == 0 {
        0.0
    } else {
        (n as f32 / of as f32).min(1.0)
    }
}

/// Name, a bar in two shades (reached, settled), and the same in words.
pub(super) fn bar(ui: &mut Ui, theme: &Theme, bar: &Bar) {
    ui.horizontal(|ui| {
        let width = theme.size.body * 5.0;
        ui.allocate_ui(vec2(width, theme.size.body * 1.5), |ui| {
            // All bars begin below each other.
            ui.set_width(width);
            text(ui, theme, &bar.name)
        });
        let room = (ui.available_width() - theme.size.body * 7.0).max(60.0);
        let size = vec2(room, theme.size.body);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let part = |n: u32| {
            let mut part = rect;
            part.set_width(rect.width() * share(n, bar.of));
            part
        };
        let paint = ui.painter();
        paint.rect_filled(rect, 0.0, theme.colour.line);
        Shade::Outlined.fill(paint, theme, part(bar.reached));
        Shade::Solid.fill(paint, theme, part(bar.settled));
        quiet(ui, theme, &bar.words);
    });
}

/// How it spread: a heading, a sentence, the columns, what their shades are.
pub(super) fn spread(ui: &mut Ui, theme: &Theme, spread: &Spread) {
    card::heading(ui, theme, &spread.title);
    text(ui, theme, &spread.said);
    columns(ui, theme, spread);
    ui.horizontal_wrapped(|ui| {
        for (shade, word) in Shade::ALL.into_iter().zip(&spread.shades) {
            let side = theme.size.body;
            let (swatch, _) = ui.allocate_exact_size(vec2(side * 1.5, side), Sense::hover());
            shade.fill(ui.painter(), theme, swatch);
            // A word of its own line's width: it goes to the next line as a whole.
            let word = egui::RichText::new(word).size(theme.size.small);
            ui.add(egui::Label::new(word).extend());
            ui.add_space(theme.gap(2.0));
        }
    });
    quiet(ui, theme, &spread.clocks);
}

fn columns(ui: &mut Ui, theme: &Theme, spread: &Spread) {
    let font = FontId::proportional(theme.size.small);
    let label = theme.size.small * theme.size.line;
    let size = vec2(ui.available_width(), theme.size.body * LINES + label);
    let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &spread.name));
    let paint = ui.painter();
    let quiet = theme.colour.quiet;
    let laid = |text: String| paint.layout_no_wrap(text, font.clone(), quiet);
    let top = laid(spread.of.to_string());
    let left = whole.left() + top.size().x + theme.gap(2.0);
    let room = Rect::from_min_max(
        pos2(left, whole.top() + label / 2.0),
        pos2(whole.right(), whole.bottom() - label),
    );
    for (n, share) in [(spread.of, 1.0), (spread.of / 2, 0.5), (0, 0.0)] {
        let y = room.bottom() - room.height() * share;
        let line = [pos2(room.left(), y), pos2(room.right(), y)];
        paint.line_segment(line, Stroke::new(1.0, theme.colour.line));
        // Half of an odd number is no number of units.
        if share != 0.5 || spread.of.is_multiple_of(2) {
            let at = pos2(room.left() - theme.gap(1.0), y);
            paint.text(at, Align2::RIGHT_CENTER, n, font.clone(), quiet);
        }
    }
    let count = spread.columns.len().max(1) as f32;
    // Never wider than tall: one column alone is no wall.
    let step = (room.width() / count).min(room.height() * 0.75);
    let gap = (step * 0.2).clamp(1.0, theme.gap(3.0));
    let mut free = f32::NEG_INFINITY;
    for (at, column) in spread.columns.iter().enumerate() {
        let x = room.left() + step * at as f32;
        let part = |n: u32| {
            let height = room.height() * share(n, spread.of);
            Rect::from_min_max(
                pos2(x + gap, room.bottom() - height),
                pos2(x + step - gap, room.bottom()),
            )
        };
        Shade::Outlined.fill(paint, theme, part(column.reached));
        Shade::Hatched.fill(paint, theme, part(column.read));
        Shade::Solid.fill(paint, theme, part(column.settled));
        let word = laid(column.label.clone());
        let wide = word.size().x;
        let from = (x + step / 2.0 - wide / 2.0)
            .clamp(room.left(), (room.right() - wide).max(room.left()));
        // As many as stand beside each other.
        if from >= free {
            free = from + wide + theme.gap(3.0);
            paint.galley(pos2(from, room.bottom() + theme.gap(0.5)), word, quiet);
        }
    }
}
