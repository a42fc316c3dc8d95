//! A QR code on screen: black on white in every look, whole pixels, four modules of quiet around it.

use crate::theme::Theme;
use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};
use linli_view::api::PassQr;

/// Modules of white around the code (ISO 18004).
const QUIET: f32 = 4.0;

/// Draws the code as large as the theme says, or as there is room.
pub(super) fn qr(ui: &mut Ui, theme: &Theme, code: &PassQr, name: &str) {
    let modules = f32::from(code.size) + 2.0 * QUIET;
    let scale = ui.ctx().pixels_per_point();
    let wanted = theme.space.qr.min(ui.available_width());
    // A whole number of screen pixels a module, or a camera sees seams.
    let module = ((wanted * scale / modules).floor().max(1.0)) / scale;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(module * modules), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, name));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.colour.paper);
    let origin = pos2(
        (rect.left() * scale).round() / scale,
        (rect.top() * scale).round() / scale,
    );
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && code.dark(x, y) {
                x += 1;
            }
            if x > start {
                let at = origin + vec2(f32::from(start) + QUIET, f32::from(y) + QUIET) * module;
                let run = vec2(f32::from(x - start), 1.0) * module;
                painter.rect_filled(Rect::from_min_size(at, run), 0.0, theme.colour.ink);
            }
            x += 1;
        }
    }
}
