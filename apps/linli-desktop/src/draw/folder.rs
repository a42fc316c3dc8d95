//! Folders of this computer, over the page: places, a field for a path, and a line for all that can be chosen.

use super::button::{Weight, button, choice, ring};
use super::over::{self, Sheet};
use super::{quiet, told};
use crate::folders;
use crate::state::State;
use crate::theme::Theme;
use egui::{
    Context, FontFamily, FontId, Key, Label, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};
use linli_view::folder::{FolderPage, FolderRow, Saving, TYPED_MAX};
use linli_view::intent::Intent;
use linli_view::tone::Tone;
use std::path::Path;

/// Draws it.
pub(super) fn over(
    ctx: &Context,
    theme: &Theme,
    page: &FolderPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let sheet = Sheet {
        id: "folder",
        title: &page.title,
        close: &page.close,
        // Higher than the box that finds: folders are long.
        top: 6.0,
    };
    let response = over::sheet(ctx, theme, &sheet, |ui, high| {
        // Where the window is low all of it scrolls, not only the lines.
        let below = theme.space.target + theme.gap(4.0);
        let lines = (high - theme.size.title * 2.0 - below - 32.0).max(theme.space.target * 2.0);
        ScrollArea::vertical()
            .id_salt("folder")
            .max_height(lines)
            .min_scrolled_height(lines)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                places(ui, theme, page, intents);
                quiet(ui, theme, &page.here);
                for (note, bad) in &page.notes {
                    if *bad {
                        told(ui, theme, Tone::Warn, note);
                    } else {
                        quiet(ui, theme, note);
                    }
                }
                ui.spacing_mut().item_spacing.y = theme.gap(0.5);
                for row in &page.rows {
                    if line(ui, theme, row).clicked() {
                        let path = row.path.clone();
                        intents.push(Intent::OpenPath(path));
                    }
                }
                ui.add_space(theme.gap(2.0));
                field(ui, theme, page, state, intents);
                super::follow_focus(ui);
            });
        if let Some((word, path)) = &page.take
            && button(ui, theme, Weight::Main, word, word).clicked()
        {
            let path = path.clone();
            intents.push(Intent::SaveInto(path));
        }
    });
    if response.inner {
        intents.push(Intent::Browse(None));
    }
}

fn places(ui: &mut Ui, theme: &Theme, page: &FolderPage, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        for (word, path, here) in &page.places {
            if choice(ui, theme, word, word, *here).clicked() {
                let path = path.clone();
                intents.push(Intent::OpenPath(path));
            }
        }
        if let Some((word, path)) = &page.up
            && button(ui, theme, Weight::Plain, word, word).clicked()
        {
            let path = path.clone();
            intents.push(Intent::OpenPath(path));
        }
    });
}

fn field(
    ui: &mut Ui,
    theme: &Theme,
    page: &FolderPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let Some(browse) = &mut state.browse else {
        return;
    };
    let name = RichText::new(&page.field)
        .size(theme.size.small)
        .color(theme.colour.quiet);
    let name = ui.add(Label::new(name).wrap());
    let edit = TextEdit::singleline(&mut browse.typed)
        .id_salt("folder-path")
        .char_limit(TYPED_MAX)
        .margin(super::field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(name.id);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let pressed = button(ui, theme, Weight::Plain, &page.open, &page.open).clicked();
    if (entered || pressed) && !browse.typed.trim().is_empty() {
        let here = browse.listing.as_ref().map(|here| here.path.as_path());
        let own = browse.untouched().map(Path::to_owned);
        let path = own.unwrap_or_else(|| folders::typed(&browse.typed, here));
        intents.push(Intent::OpenPath(path));
    }
}

/// One line: what it is, what it is called, how large and of when.
fn line(ui: &mut Ui, theme: &Theme, row: &FolderRow) -> egui::Response {
    let size = vec2(
        ui.available_width(),
        theme.space.target.max(theme.size.body * 2.0),
    );
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, ui.id().with(("path", &row.path)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &row.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let c = theme.colour;
    if response.hovered() {
        ui.painter().rect_filled(rect, theme.space.round, c.raised);
    }
    let inner = rect.shrink2(vec2(theme.gap(2.0), 0.0));
    let small = FontId::new(theme.size.small, FontFamily::Proportional);
    let body = FontId::new(theme.size.body, FontFamily::Proportional);
    let kind_wide = theme.size.small * 4.5;
    let laid = |text: &str, font: FontId, ink, room: f32| {
        super::row::line(ui, text, font, ink, room, false)
    };
    let beside_room = if theme.elderly() { 0.45 } else { 0.35 };
    let beside = laid(
        &row.beside,
        small.clone(),
        c.quiet,
        inner.width() * beside_room,
    );
    let kind = laid(&row.kind, small, c.quiet, kind_wide);
    let left = inner.left() + kind_wide;
    let right = inner.right() - beside.size().x;
    let word = laid(&row.word, body, c.text, right - left - theme.gap(2.0));
    for (galley, x, ink) in [
        (kind, inner.left(), c.quiet),
        (word, left, c.text),
        (beside, right, c.quiet),
    ] {
        let y = inner.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(x, y), galley, ink);
    }
    ring(ui, theme, &response);
    response
}

/// Where things are saved, on the page of settings.
pub(super) fn saving(ui: &mut Ui, theme: &Theme, lines: &[Saving], intents: &mut Vec<Intent>) {
    for line in lines {
        super::text(ui, theme, &line.text);
        if button(ui, theme, Weight::Plain, &line.word, &line.name).clicked() {
            intents.push(Intent::Browse(Some(line.want)));
        }
    }
}
