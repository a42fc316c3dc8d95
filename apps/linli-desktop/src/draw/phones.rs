//! Telephone numbers, large enough to be dialled from across the room; at an office the form for its own.

use super::button::{Weight, back, button};
use super::{card, quiet, text, title, told};
use crate::fonts::medium;
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{FontFamily, FontId, Label, RichText, TextEdit, Ui, WidgetInfo, WidgetType};
use linli_view::frame::Frame;
use linli_view::help::{Numbers, Phone, PhonesForm};
use linli_view::intent::Intent;
use linli_view::tone::Tone;

/// Longest text of the form.
const LINES_CHARS: usize = 2_000;

/// The page.
pub(super) fn page(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    numbers: &Numbers,
    intents: &mut Vec<Intent>,
) {
    back(ui, theme, frame, intents);
    ui.add_space(theme.gap(1.0));
    title(ui, theme, &numbers.title);
    quiet(ui, theme, &numbers.note);
    ui.add_space(theme.gap(2.0));
    card::plain(ui, theme, |ui| list(ui, theme, numbers));
}

/// The numbers with their heading, in a card.
pub(super) fn card(
    ui: &mut Ui,
    theme: &Theme,
    numbers: &Numbers,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &numbers.title, |ui| {
        quiet(ui, theme, &numbers.note);
        list(ui, theme, numbers);
        if let Some(word) = &numbers.edit
            && button(ui, theme, Weight::Plain, word, word).clicked()
        {
            intents.push(Intent::EditPhones);
        }
        if let Some(form) = &numbers.form {
            self::form(ui, theme, form, state, intents);
        }
    });
}

/// The numbers alone.
pub(super) fn list(ui: &mut Ui, theme: &Theme, numbers: &Numbers) {
    for phone in &numbers.state {
        one(ui, theme, phone, theme.size.code);
    }
    if !numbers.offices.is_empty() {
        card::rule(ui, theme);
    }
    for phone in &numbers.offices {
        one(ui, theme, phone, theme.size.title);
        quiet(ui, theme, &phone.by);
    }
    if let Some(none) = &numbers.offices_none {
        quiet(ui, theme, none);
    }
    if let Some(knock) = &numbers.knock {
        text(ui, theme, knock);
    }
}

/// Whose number, and the number: one line, which wraps where there is no room.
fn one(ui: &mut Ui, theme: &Theme, phone: &Phone, size: f32) {
    let label = FontId::new(theme.size.body, FontFamily::Proportional);
    let number = FontId::new(size, medium());
    let ink = theme.colour.text;
    let mut job = LayoutJob::default();
    job.append(&phone.label, 0.0, TextFormat::simple(label, ink));
    let gap = theme.gap(3.0);
    job.append(&phone.number, gap, TextFormat::simple(number, ink));
    job.wrap.max_width = ui.available_width();
    let response = ui.add(Label::new(job).wrap().selectable(true));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &phone.name));
}

fn form(
    ui: &mut Ui,
    theme: &Theme,
    form: &PhonesForm,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let Some(draft) = &mut state.help.phones else {
        return;
    };
    let name = ui.add(Label::new(
        RichText::new(&form.lines.name).size(theme.size.small),
    ));
    let edit = TextEdit::multiline(&mut draft.lines)
        .id_salt("phones")
        .hint_text(RichText::new(&form.lines.hint).color(theme.colour.quiet))
        .char_limit(LINES_CHARS)
        .desired_rows(4)
        .margin(egui::Margin::same(8))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(name.id);
    if state.focus == Some(Focus::Care) {
        response.request_focus();
        state.focus = None;
    }
    if let Some(problem) = &form.lines.problem {
        told(ui, theme, Tone::Warn, problem);
    }
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Main, &form.save, &form.save).clicked() {
            intents.push(Intent::TryPhones);
        }
        if button(ui, theme, Weight::Plain, &form.leave, &form.leave).clicked() {
            intents.push(Intent::LeavePhones);
        }
    });
}
