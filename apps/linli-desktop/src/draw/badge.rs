//! Small words in coloured frames.

use crate::theme::Theme;
use egui::{FontFamily, FontId, Frame, Label, Margin, RichText, Ui};
use linli_view::tone::Badge;

/// Between the edge of a badge and its word.
const PAD: i8 = 6;

/// One badge. A word that is wider than the row takes several lines.
pub(super) fn badge(ui: &mut Ui, theme: &Theme, badge: &Badge) {
    let room = ui.available_width();
    one(ui, theme, badge, room);
}

fn one(ui: &mut Ui, theme: &Theme, badge: &Badge, room: f32) {
    let (ink, ground) = theme.tone(badge.tone);
    let font = FontId::new(theme.size.small, FontFamily::Proportional);
    let word = ui.painter().layout_no_wrap(badge.word.clone(), font, ink);
    let frame = 2.0 * f32::from(PAD);
    // A frame does not wrap by itself.
    if ui.layout().main_wrap() && ui.available_size_before_wrap().x < word.size().x + frame {
        ui.end_row();
    }
    let room = room - frame;
    let text = RichText::new(&badge.word).size(theme.size.small).color(ink);
    Frame::NONE
        .fill(ground)
        .corner_radius(4)
        .inner_margin(Margin::symmetric(PAD, 1))
        .show(ui, |ui| {
            if word.size().x > room {
                ui.set_max_width(room);
                ui.add(Label::new(text).wrap());
            } else {
                ui.add(Label::new(text).extend());
            }
        });
}

/// Some badges in a row that wraps; they are no targets, so the row is only as tall as they are.
pub(super) fn badges(ui: &mut Ui, theme: &Theme, badges: &[Badge]) {
    let room = ui.available_width();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(theme.gap(1.5), theme.gap(1.5));
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(|ui| {
            for badge in badges {
                one(ui, theme, badge, room);
            }
        });
    });
}
