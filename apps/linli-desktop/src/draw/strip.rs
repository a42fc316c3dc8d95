//! A sentence in its colour across the bar, with a mark, and one button at its end.

use super::button::{Weight, button};
use super::{icon, text};
use crate::theme::Theme;
use egui::{Align, Frame, Layout, Margin, Ui};
use linli_view::tone::Tone;

/// Draws it; `true` if the button, of this weight, word and name, was pressed.
pub(super) fn strip(
    ui: &mut Ui,
    theme: &Theme,
    tone: Tone,
    sentence: &str,
    (weight, word, name): (Weight, &str, &str),
) -> bool {
    let (ink, ground) = theme.tone(tone);
    let frame = Frame::NONE
        .fill(ground)
        .corner_radius(theme.space.round)
        .inner_margin(Margin::symmetric(12, 4));
    let mut pressed = false;
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            icon::mark(ui, theme, tone);
            // Room for the button stays, however long the sentence is.
            let room = ui.available_width() - theme.size.body * 8.0;
            ui.scope(|ui| {
                ui.set_max_width(room.max(theme.size.body * 8.0));
                ui.visuals_mut().override_text_color = Some(ink);
                text(ui, theme, sentence);
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                pressed = button(ui, theme, weight, word, name).clicked();
            });
        });
    });
    pressed
}
