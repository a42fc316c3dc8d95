//! A very large button: a word, below it its key. For what is pressed in need, or by a hand that trembles.

use super::button::ring;
use crate::fonts::medium;
use crate::theme::Theme;
use egui::text::LayoutJob;
use egui::{
    Align, FontId, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2,
};
use linli_view::tone::Tone;
use std::sync::Arc;

/// Room inside.
const PAD: f32 = 12.0;

/// What stands on it.
pub(super) struct Face<'a> {
    /// The word.
    pub word: &'a str,
    /// Below it, smaller; may be empty.
    pub key: &'a str,
    /// The accessible name.
    pub name: &'a str,
    /// Its tone.
    pub tone: Tone,
    /// Filled with its tone: the one button of the page.
    pub solid: bool,
    /// Type size of the word.
    pub type_size: f32,
}

/// Draws it as wide as `size`, and as high or higher where the words need it.
pub(super) fn big(ui: &mut Ui, theme: &Theme, size: Vec2, face: &Face<'_>) -> Response {
    let (mut ink, mut ground) = theme.tone(face.tone);
    let mut edge = ink;
    if face.solid {
        (ground, ink) = theme.solid(face.tone);
        edge = ground;
    }
    let lay = |text: &str, size_of: f32| {
        let font = FontId::new(size_of, medium());
        let mut job = LayoutJob::simple(text.to_owned(), font, ink, size.x - 2.0 * PAD);
        job.halign = Align::Center;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let word = lay(face.word, face.type_size);
    let key = (!face.key.is_empty()).then(|| lay(face.key, theme.size.body));
    let under = key
        .as_ref()
        .map_or(0.0, |key| key.size().y + theme.gap(1.0));
    let high = size.y.max(word.size().y + under + 2.0 * PAD);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(size.x, high), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), face.name));
    let wide = if response.hovered() { 4.0 } else { 2.0 };
    ui.painter().rect(
        rect,
        theme.space.round * 2,
        ground,
        Stroke::new(wide, edge),
        StrokeKind::Inside,
    );
    let top = rect.center().y - (word.size().y + under) / 2.0;
    let middle = rect.center().x;
    let below = top + word.size().y + theme.gap(1.0);
    ui.painter()
        .galley(pos2(middle, top), Arc::clone(&word), ink);
    if let Some(key) = key {
        ui.painter().galley(pos2(middle, below), key, ink);
    }
    ring(ui, theme, &response);
    response
}
