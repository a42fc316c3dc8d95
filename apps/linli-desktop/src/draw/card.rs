//! Cards: a heading and what belongs under it.

use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Frame, Label, Margin, RichText, Stroke, Ui};

/// A card with a heading.
pub(super) fn card<R>(
    ui: &mut Ui,
    theme: &Theme,
    heading: &str,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    plain(ui, theme, |ui| {
        if !heading.is_empty() {
            self::heading(ui, theme, heading);
            ui.add_space(theme.gap(1.0));
        }
        add(ui)
    })
}

/// A card without one.
pub(super) fn plain<R>(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = if theme.elderly() { 20 } else { 14 };
    Frame::NONE
        .fill(theme.colour.card)
        .stroke(Stroke::new(1.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(margin))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
}

/// A heading inside a card.
pub(super) fn heading(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.add(
        Label::new(
            RichText::new(text)
                .size(theme.size.heading)
                .family(medium()),
        )
        .wrap(),
    );
}

/// A thin line between parts of a card.
pub(super) fn rule(ui: &mut Ui, theme: &Theme) {
    let (rect, _) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme.colour.line);
}
