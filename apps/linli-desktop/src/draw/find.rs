//! The box that finds, over the page: a field, and below it what answers.

use super::button::ring;
use super::over::{self, Sheet};
use super::quiet;
use crate::fonts::medium;
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, Context, FontFamily, FontId, Rect, RichText, ScrollArea, Sense, Stroke,
    TextEdit, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use linli_view::find::{FindBox, FindRow, Piece, TYPED_MAX};
use linli_view::intent::Intent;

/// Draws the box.
pub(super) fn over(
    ctx: &Context,
    theme: &Theme,
    page: &FindBox,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let sheet = Sheet {
        id: "find",
        title: &page.title,
        close: &page.close,
        top: 10.0,
    };
    let response = over::sheet(ctx, theme, &sheet, |ui, high| {
        let typing = field(ui, theme, page, state, intents);
        let rows = (high - theme.size.title * 4.0 - theme.space.target * 2.0).max(theme.space.row);
        ScrollArea::vertical()
            .id_salt("found")
            .max_height(rows)
            .min_scrolled_height(rows)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme.gap(1.0);
                for (at, row) in page.rows.iter().enumerate() {
                    let response = line(ui, theme, row, at == page.chosen);
                    // What the keys of the field chose; a line that has the focus itself is followed below.
                    if at == page.chosen && typing && !response.rect.is_negative() {
                        let seen = ui.clip_rect().contains_rect(response.rect);
                        if !seen {
                            response.scroll_to_me(None);
                        }
                    }
                    if response.clicked() {
                        intents.push(row.open.clone());
                    }
                }
                super::follow_focus(ui);
            });
        quiet(ui, theme, &page.foot);
    });
    if response.inner || response.backdrop_response.clicked() {
        intents.push(Intent::FindBox { open: false });
    }
}

/// The field; whether one types into it.
fn field(
    ui: &mut Ui,
    theme: &Theme,
    page: &FindBox,
    state: &mut State,
    intents: &mut Vec<Intent>,
) -> bool {
    let Some(finding) = &mut state.find else {
        return false;
    };
    let edit = TextEdit::singleline(&mut finding.typed)
        .id_salt("find-field")
        .hint_text(RichText::new(&page.hint).color(theme.colour.quiet))
        .char_limit(TYPED_MAX)
        .margin(super::field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    let name = format!("{}: {}", page.title, page.hint);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, &name));
    if response.changed() {
        let query = finding.typed.clone();
        intents.push(Intent::Find { query });
    }
    if state.focus == Some(Focus::Find) {
        response.request_focus();
        state.focus = None;
    }
    response.has_focus()
}

/// One line: what it is, what it is called with the place marked, words around the place, unit and date.
fn line(ui: &mut Ui, theme: &Theme, row: &FindRow, chosen: bool) -> egui::Response {
    let two = !row.snippet.is_empty();
    let text_height = theme.size.body * 1.4 + if two { theme.size.small * 1.5 } else { 0.0 };
    let height = (text_height + theme.gap(3.0)).max(theme.space.target);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, chosen, &row.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let c = theme.colour;
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, theme.space.round, c.raised);
    }
    if chosen {
        let edge = Rect::from_min_size(rect.min, vec2(theme.gap(1.0), rect.height()));
        ui.painter().rect_filled(edge, theme.space.round, c.accent);
    }
    let inner = rect.shrink2(vec2(theme.gap(3.0), theme.gap(1.5)));
    let small = FontId::new(theme.size.small, FontFamily::Proportional);
    let kind_wide = theme.size.small * 4.5;
    let middle = |y: f32| pos2(inner.left(), y);
    let first = inner.top() + theme.size.body * 0.7;
    ui.painter().text(
        middle(first),
        Align2::LEFT_CENTER,
        &row.kind,
        small.clone(),
        c.quiet,
    );
    let beside = ui
        .painter()
        .layout_no_wrap(row.beside.clone(), small.clone(), c.quiet);
    let left = inner.left() + kind_wide;
    let right = inner.right() - beside.size().x;
    ui.painter()
        .galley(pos2(right, first - beside.size().y / 2.0), beside, c.quiet);
    let body = FontId::new(theme.size.body, FontFamily::Proportional);
    let title = worded(
        ui,
        &row.title,
        body,
        c.text,
        c.accent,
        right - left - theme.gap(2.0),
    );
    ui.painter()
        .galley(pos2(left, first - title.size().y / 2.0), title, c.text);
    if two {
        let snippet = worded(
            ui,
            &row.snippet,
            small,
            c.quiet,
            c.accent,
            inner.right() - left,
        );
        let top = inner.bottom() - snippet.size().y;
        ui.painter().galley(pos2(left, top), snippet, c.quiet);
    }
    ring(ui, theme, &response);
    response
}

/// One line of pieces; what was looked for stands out by weight, colour and a line below it.
fn worded(
    ui: &Ui,
    pieces: &[Piece],
    font: FontId,
    ink: Color32,
    marked: Color32,
    room: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::default();
    for piece in pieces {
        let mut format = TextFormat::simple(font.clone(), ink);
        if piece.marked {
            format = TextFormat::simple(FontId::new(font.size, medium()), marked);
            format.underline = Stroke::new(1.0, marked);
        }
        job.append(&piece.text, 0.0, format);
    }
    job.wrap.max_width = room.max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
