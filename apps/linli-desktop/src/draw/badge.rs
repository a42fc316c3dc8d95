//! Small words in coloured frames.

use crate::theme::Theme;
use egui::{Frame, Label, Margin, RichText, Ui};
use linli_view::tone::Badge;

/// One badge.
pub(super) fn badge(ui: &mut Ui, theme: &Theme, badge: &Badge) {
    let (ink, ground) = theme.tone(badge.tone);
    Frame::NONE
        .fill(ground)
        .corner_radius(4)
        .inner_margin(Margin::symmetric(6, 1))
        .show(ui, |ui| {
            ui.add(
                Label::new(RichText::new(&badge.word).size(theme.size.small).color(ink)).extend(),
            );
        });
}

/// Some badges in a row that wraps; they are no targets, so the row is only as tall as they are.
pub(super) fn badges(ui: &mut Ui, theme: &Theme, badges: &[Badge]) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(theme.gap(1.5), theme.gap(1.5));
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(|ui| {
            for one in badges {
                badge(ui, theme, one);
            }
        });
    });
}
