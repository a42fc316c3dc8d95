//! One notice in a list: a row of fixed height that is one large button.

use super::button::ring;
use crate::fonts::medium;
use crate::theme::Theme;
use egui::style::ScrollAnimation;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, FontFamily, FontId, Galley, Rect, Response, Sense, Stroke, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};
use linli_view::notices::NoticeRow;
use linli_view::tone::Tone;
use std::sync::Arc;

/// Badges shown in a row, and in a narrow one; the accessible name and the page have all of them.
const BADGES_MAX: usize = 2;
const BADGES_NARROW: usize = 1;
/// Below this width a row is narrow: the headline matters more than a second badge.
const NARROW: f32 = 480.0;

/// A row as wide as there is room.
pub(super) fn row(ui: &mut Ui, theme: &Theme, row: &NoticeRow, chosen: bool) -> Response {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme.space.row));
    // Its own name and not its place: a press that is on its way when another one arrives above still means this one.
    let response = ui.interact(rect, ui.id().with(("row", &row.id)), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, chosen, &row.name));
    if response.gained_focus() {
        // With its neighbours: a list draws what is in sight, and the keys can only go on to what is drawn.
        let neighbours = rect.expand2(vec2(0.0, rect.height() * 1.5));
        ui.scroll_to_rect_animation(neighbours, None, ScrollAnimation::none());
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let c = theme.colour;
    let fill = if chosen || response.hovered() {
        c.raised
    } else {
        c.card
    };
    let edge = if chosen { c.accent } else { c.line };
    ui.painter().rect(
        rect,
        theme.space.round,
        fill,
        Stroke::new(1.0, edge),
        egui::StrokeKind::Inside,
    );
    bar(ui, theme, rect, row.bar);
    let inner = rect.shrink2(vec2(theme.gap(4.0), theme.gap(2.0)));
    let right = badges(ui, theme, row, inner);
    let ink = if row.quiet { c.quiet } else { c.text };
    let family = if row.unread {
        medium()
    } else {
        FontFamily::Proportional
    };
    let title_room = if theme.elderly() {
        inner.width()
    } else {
        right - inner.left() - theme.gap(2.0)
    };
    let title = line(
        ui,
        &row.title,
        FontId::new(theme.size.body * 1.05, family),
        ink,
        title_room,
        row.struck,
    );
    let lower = format!("{} · {}", row.org, row.when);
    let small = FontId::new(theme.size.small, FontFamily::Proportional);
    let lower = line(ui, &lower, small.clone(), c.quiet, inner.width(), false);
    let bottom = inner.bottom() - lower.size().y;
    if theme.elderly() {
        ui.painter().galley(inner.left_top(), title, ink);
        ui.painter()
            .galley(pos2(inner.left(), bottom), lower, c.quiet);
    } else {
        let gap = theme.gap(3.0);
        let room = inner.width() - lower.size().x - gap;
        let summary = line(ui, &row.summary, small, c.quiet, room, false);
        let left = inner.left() + lower.size().x + gap;
        ui.painter().galley(inner.left_top(), title, ink);
        ui.painter()
            .galley(pos2(inner.left(), bottom), lower, c.quiet);
        ui.painter().galley(pos2(left, bottom), summary, c.quiet);
    }
    ring(ui, theme, &response);
    response
}

/// The coloured edge of an urgent notice; a plain one has none.
fn bar(ui: &Ui, theme: &Theme, rect: Rect, tone: Tone) {
    let Some(ink) = theme.bar(tone) else { return };
    let bar = Rect::from_min_max(rect.min, pos2(rect.left() + theme.gap(1.5), rect.bottom()));
    let round = egui::CornerRadius {
        nw: theme.space.round,
        sw: theme.space.round,
        ne: 0,
        se: 0,
    };
    ui.painter().rect_filled(bar, round, ink);
}

/// Draws the badges from the right: above on a desk, below in the large look. Returns where they begin.
fn badges(ui: &Ui, theme: &Theme, row: &NoticeRow, inner: Rect) -> f32 {
    let mut right = inner.right();
    let most = if inner.width() < NARROW {
        BADGES_NARROW
    } else {
        BADGES_MAX
    };
    let pad = vec2(6.0, 1.0);
    for badge in row.badges.iter().take(most).rev() {
        let (ink, ground) = theme.tone(badge.tone);
        let font = FontId::new(theme.size.small, FontFamily::Proportional);
        let galley = ui.painter().layout_no_wrap(badge.word.clone(), font, ink);
        let size = galley.size() + 2.0 * pad;
        let top = if theme.elderly() {
            inner.bottom() - size.y
        } else {
            inner.top()
        };
        let rect = Rect::from_min_size(pos2(right - size.x, top), size);
        ui.painter().rect_filled(rect, 4.0, ground);
        ui.painter().galley(rect.min + pad, galley, ink);
        right -= size.x + theme.gap(1.5);
    }
    right
}

/// One line, cut off with `…` where the room ends.
pub(super) fn line(
    ui: &Ui,
    text: &str,
    font: FontId,
    ink: Color32,
    room: f32,
    struck: bool,
) -> Arc<Galley> {
    let mut format = TextFormat::simple(font, ink);
    if struck {
        format.strikethrough = Stroke::new(1.5, ink);
    }
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = room.max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
