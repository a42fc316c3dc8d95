//! What lies over the page: what asks for an answer before anything else, its words above and its large answers always in
//! sight below; and sheets to look something up on.

use super::button::{Weight, button};
use crate::theme::Theme;
use egui::{
    Align, Align2, Context, Frame, Id, Layout, Margin, Modal, ModalResponse, ScrollArea, Stroke,
    Ui, vec2,
};

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

/// Something to look through, over the page.
pub(super) struct Sheet<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'a str,
    /// The word on its button to close.
    pub(super) close: &'a str,
    /// Room above it, in gaps: it hangs from there, so that it does not jump as its lines come and go.
    pub(super) top: f32,
}

/// Widest, in type sizes.
const SHEET_WIDE: f32 = 52.0;
/// Room around what stands on it, in points.
const SHEET_MARGIN: i8 = 16;

/// Draws it; `body` is given the height there is for all of it. The answer says whether its button to close was pressed.
pub(super) fn sheet(
    ctx: &Context,
    theme: &Theme,
    of: &Sheet<'_>,
    body: impl FnOnce(&mut Ui, f32),
) -> ModalResponse<bool> {
    let room = ctx.content_rect().size() - vec2(theme.gap(16.0), theme.gap(2.0 * of.top));
    let frame = Frame::NONE
        .fill(theme.colour.card)
        .stroke(Stroke::new(1.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(SHEET_MARGIN));
    let at = Id::new(of.id);
    let area = Modal::default_area(at).anchor(Align2::CENTER_TOP, vec2(0.0, theme.gap(of.top)));
    let modal = Modal::new(at)
        .area(area)
        .frame(frame)
        .backdrop_color(theme.colour.veil);
    modal.show(ctx, |ui| {
        ui.set_width(room.x.min(theme.size.body * SHEET_WIDE) - 2.0 * f32::from(SHEET_MARGIN));
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        let closed = ui.horizontal(|ui| {
            super::title(ui, theme, of.title);
            let right = Layout::right_to_left(Align::Center);
            let close = ui.with_layout(right, |ui| {
                button(ui, theme, Weight::Plain, of.close, of.close)
            });
            close.inner.clicked()
        });
        body(ui, room.y);
        closed.inner
    })
}
