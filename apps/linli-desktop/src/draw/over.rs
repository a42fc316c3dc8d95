//! What asks for an answer before anything else: over the page, its words above, its large answers always in sight below.

use crate::theme::Theme;
use egui::{Context, Frame, Id, Margin, Modal, ScrollArea, Stroke, Ui, vec2};

/// Widest, in type sizes.
const WIDE: f32 = 46.0;
/// Room around the words, in points.
const MARGIN: i8 = 24;

/// Draws it. `answers` is given the width there is; `words` scroll where the window is low.
pub(super) fn over(
    ctx: &Context,
    theme: &Theme,
    id: &'static str,
    edge: Stroke,
    words: impl FnOnce(&mut Ui),
    answers: impl FnOnce(&mut Ui, f32),
) {
    let room = ctx.content_rect().size() - vec2(theme.gap(16.0), theme.gap(12.0));
    let around = 2.0 * f32::from(MARGIN);
    let frame = Frame::NONE
        .fill(theme.colour.card)
        .stroke(edge)
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(MARGIN));
    let modal = Modal::new(Id::new(id))
        .frame(frame)
        .backdrop_color(theme.colour.veil);
    modal.show(ctx, |ui| {
        let width = room.x.min(theme.size.body * WIDE) - around;
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        // A word that wraps once, and its key.
        let below = theme.size.heading * 4.0 + theme.gap(8.0);
        let high = (room.y - below - around).max(theme.size.title * 3.0);
        ScrollArea::vertical()
            .id_salt(id)
            .max_height(high)
            // What does not fit scrolls in all the room there is, not in what egui thinks enough.
            .min_scrolled_height(high)
            .show(ui, |ui| {
                ui.set_width(width - theme.gap(4.0));
                words(ui);
                super::follow_focus(ui);
            });
        ui.add_space(theme.gap(2.0));
        answers(ui, width);
    });
}
