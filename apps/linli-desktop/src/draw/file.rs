//! Photos and documents: drawn below a text, and taken into a form.

use super::button::{Weight, button};
use super::{quiet, text, told};
use crate::album;
use crate::theme::Theme;
use egui::{
    Color32, Label, Rect, RichText, Sense, TextEdit, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use linli_view::files::{FileLine, FilesForm, ReplyFiles};
use linli_view::folder::Want;
use linli_view::intent::Intent;
use linli_view::tone::Tone;

/// Those of one post, notice or comment.
pub(super) fn files(
    ui: &mut Ui,
    theme: &Theme,
    record: &str,
    lines: &[FileLine],
    intents: &mut Vec<Intent>,
) {
    for line in lines {
        if line.picture && line.here {
            photo(ui, theme, record, line);
        }
        text(ui, theme, &line.name);
        if let Some(state) = &line.state {
            quiet(ui, theme, state);
        }
        let (word, name) = &line.save;
        if line.here && button(ui, theme, Weight::Light, word, name).clicked() {
            let id = record.to_owned();
            intents.push(Intent::SaveFile { id, n: line.n });
        }
    }
}

/// A photo in its place, which is there before the photo is.
fn photo(ui: &mut Ui, theme: &Theme, record: &str, line: &FileLine) {
    let (width, height) = line.sides.unwrap_or((4, 3));
    let whole = vec2(width.max(1) as f32, height.max(1) as f32);
    let room = vec2(ui.available_width(), theme.space.list);
    let scale = (room.x / whole.x).min(room.y / whole.y).min(1.0);
    let (rect, response) = ui.allocate_exact_size(whole * scale, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &line.name));
    let key = (record.to_owned(), line.n);
    if ui.is_rect_visible(rect) {
        album::seen(ui.ctx(), key.clone());
    }
    match album::photos(ui.ctx()).get(&key) {
        Some(texture) => {
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, all, Color32::WHITE);
        }
        None => {
            let edge = egui::Stroke::new(1.0, theme.colour.line);
            let painter = ui.painter();
            painter.rect(rect, 0.0, theme.colour.page, edge, egui::StrokeKind::Inside);
            let font = egui::FontId::proportional(theme.size.small);
            let (middle, words) = (egui::Align2::CENTER_CENTER, &line.opens);
            painter.text(rect.center(), middle, words, font, theme.colour.quiet);
        }
    }
}

/// What goes along, named and no more: what is looked at before it is signed.
pub(super) fn names(ui: &mut Ui, theme: &Theme, form: &FilesForm) {
    for (name, _) in &form.items {
        quiet(ui, theme, &format!("📎 {name}"));
    }
}

/// The part of a box for replies that takes files.
pub(super) fn reply(
    ui: &mut Ui,
    theme: &Theme,
    files: &ReplyFiles,
    file_path: &mut String,
    intents: &mut Vec<Intent>,
) {
    match files {
        ReplyFiles::Open(form) => self::form(ui, theme, form, file_path, intents),
        ReplyFiles::Folded(word) => {
            if button(ui, theme, Weight::Light, word, word).clicked() {
                intents.push(Intent::AskReplyFiles);
            }
        }
    }
}

/// The part of a form that takes files.
pub(super) fn form(
    ui: &mut Ui,
    theme: &Theme,
    form: &FilesForm,
    file_path: &mut String,
    intents: &mut Vec<Intent>,
) {
    for (at, (name, remove)) in form.items.iter().enumerate() {
        ui.horizontal_wrapped(|ui| {
            text(ui, theme, name);
            if button(ui, theme, Weight::Light, &form.drop, remove).clicked() {
                intents.push(Intent::DropFile { at });
            }
        });
    }
    quiet(ui, theme, &form.hint);
    if let Some(add) = &form.add {
        let name = RichText::new(&form.path)
            .size(theme.size.small)
            .color(theme.colour.quiet);
        let name = ui.add(Label::new(name).wrap());
        let edit = TextEdit::singleline(file_path)
            .id_salt("file-path")
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(name.id);
        let path = file_path.trim();
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Plain, add, add).clicked() && !path.is_empty() {
                let path = path.to_owned();
                intents.push(Intent::AddFile { path });
            }
            if button(ui, theme, Weight::Plain, &form.choose, &form.choose).clicked() {
                intents.push(Intent::Browse(Some(Want::Attach)));
            }
        });
    }
    if let Some((note, bad)) = &form.note {
        let tone = if *bad { Tone::Warn } else { Tone::Info };
        told(ui, theme, tone, note);
    }
}
