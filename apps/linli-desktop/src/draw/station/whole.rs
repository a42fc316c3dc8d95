//! Text whose words are never broken: a plate or a unit over two lines is read as two.

use crate::theme::Theme;
use egui::{Color32, FontId, Galley, Sense, Ui, WidgetInfo, WidgetType, vec2};
use std::sync::Arc;

/// Draws text that breaks between its words alone. What fits one line stands on one, below what stands before it if it
/// has to; a word longer than the room (a sentence of Chinese) breaks as any text does.
pub(super) fn words(ui: &mut Ui, theme: &Theme, text: &str, font: FontId, ink: Color32) {
    let room = ui.max_rect().width().max(theme.size.station);
    let blank = font.size * 0.3;
    let lay = |ui: &Ui, word: &str| {
        ui.fonts_mut(|fonts| fonts.layout(word.to_owned(), font.clone(), ink, room))
    };
    let galleys: Vec<Arc<Galley>> = text.split_whitespace().map(|word| lay(ui, word)).collect();
    let (mut x, mut y, mut high, mut wide) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    let mut placed = Vec::with_capacity(galleys.len());
    for galley in galleys {
        let size = galley.size();
        if x > 0.0 && x + size.x > room {
            (x, y, high) = (0.0, y + high, 0.0);
        }
        placed.push((vec2(x, y), galley));
        high = high.max(size.y);
        wide = wide.max(x + size.x);
        x += size.x + blank;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(wide, y + high), Sense::hover());
    for (at, galley) in placed {
        ui.painter().galley(rect.min + at, galley, ink);
    }
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
}

#[cfg(test)]
mod tests {
    //! Where words stand.
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use egui::epaint::{ClippedShape, Shape};
    use linli_view::intent::Look;

    /// The words as they are painted in so much room, with the rows of each.
    fn painted(room: f32, text: &str) -> Vec<(String, usize, f32)> {
        let ctx = egui::Context::default();
        ctx.set_fonts(crate::fonts::with_system());
        let theme = Theme::of(Look::Elderly);
        let run = |ctx: &egui::Context| {
            ctx.run_ui(egui::RawInput::default(), |ui| {
                ui.set_max_width(room);
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    let font = FontId::proportional(theme.size.station * 1.4);
                    words(ui, &theme, text, font, Color32::BLACK);
                });
            })
        };
        let _ = run(&ctx);
        let shapes: Vec<ClippedShape> = run(&ctx).shapes;
        let words = shapes.into_iter().filter_map(|shape| match shape.shape {
            Shape::Text(text) => {
                let rows = text.galley.rows.len();
                Some((text.galley.text().to_owned(), rows, text.pos.y))
            }
            _ => None,
        });
        words.collect()
    }

    #[test]
    fn a_plate_and_a_unit_are_never_broken() {
        let text = "Mr Ouyang +2  → 3-2-501  京AD98765";
        for room in [260.0, 300.0, 360.0, 430.0, 520.0, 700.0, 1300.0] {
            let words = painted(room, text);
            let said: Vec<&str> = words.iter().map(|(word, ..)| word.as_str()).collect();
            assert_eq!(said, ["Mr", "Ouyang", "+2", "→", "3-2-501", "京AD98765"]);
            for (word, rows, _) in &words {
                assert_eq!(*rows, 1, "{word} in {room}");
            }
        }
        let rows = |room| {
            let mut at: Vec<f32> = painted(room, text).iter().map(|(.., y)| *y).collect();
            at.dedup();
            at.len()
        };
        assert_eq!(rows(1300.0), 1);
        assert!(rows(300.0) > 1);
    }
}
