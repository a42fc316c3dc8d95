//! The daily "I am fine": the large button, who has not said it, and the form for who looks after this household.

use super::big::{Face, big};
use super::button::{Weight, button};
use super::{card, field_margin, text, told};
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::{
    FontFamily, FontId, Label, Rect, Response, RichText, Sense, Shape, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use linli_view::help::{CareForm, CarePart, Fine, MissedRow};
use linli_view::intent::Intent;
use linli_view::pass_form::Field;
use linli_view::tone::Tone;

/// Longest units and time.
const UNITS_CHARS: usize = 200;
const TIME_CHARS: usize = 10;

/// The large button.
pub(super) fn fine(ui: &mut Ui, theme: &Theme, fine: &Fine, intents: &mut Vec<Intent>) {
    card::plain(ui, theme, |ui| {
        let size = vec2(
            ui.available_width(),
            if theme.elderly() { 120.0 } else { 64.0 },
        );
        let face = Face {
            word: &fine.word,
            key: "",
            name: &fine.name,
            tone: Tone::Good,
            solid: !fine.done,
            type_size: theme.size.title,
        };
        if big(ui, theme, size, &face).clicked() {
            intents.push(Intent::SayFine);
        }
        text(ui, theme, &fine.note);
    });
    ui.add_space(theme.gap(2.0));
}

/// Who has not said that all is well, and what to do.
pub(super) fn missed(ui: &mut Ui, theme: &Theme, heading: &str, rows: &[MissedRow]) {
    if rows.is_empty() {
        return;
    }
    if !heading.is_empty() {
        card::heading(ui, theme, heading);
    }
    for row in rows {
        let gap = if row.text.ends_with('。') { "" } else { " " };
        told(
            ui,
            theme,
            Tone::Alert,
            &format!("{}{gap}{}", row.text, row.todo),
        );
    }
    ui.add_space(theme.gap(2.0));
}

/// Who looks after this household.
pub(super) fn part(
    ui: &mut Ui,
    theme: &Theme,
    part: &CarePart,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &part.title, |ui| {
        text(ui, theme, &part.text);
        if let Some(word) = &part.edit {
            let name = format!("{} · {word}", part.title);
            if button(ui, theme, Weight::Plain, word, &name).clicked() {
                intents.push(Intent::EditCare);
            }
        }
        if let Some(form) = &part.form {
            self::form(ui, theme, form, state, intents);
        }
    });
}

fn form(ui: &mut Ui, theme: &Theme, form: &CareForm, state: &mut State, intents: &mut Vec<Intent>) {
    let Some(draft) = &mut state.help.care else {
        return;
    };
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    text(ui, theme, &form.note);
    let first = state.focus == Some(Focus::Care);
    if first {
        state.focus = None;
    }
    field(
        ui,
        theme,
        &form.helpers,
        &mut draft.helpers,
        UNITS_CHARS,
        first,
    );
    field(ui, theme, &form.time, &mut draft.time, TIME_CHARS, false);
    if tick(ui, theme, draft.agreed, &form.agree).clicked() {
        draft.agreed = !draft.agreed;
    }
    if let Some(problem) = &form.agree_problem {
        told(ui, theme, Tone::Warn, problem);
    }
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Main, &form.save, &form.save).clicked() {
            intents.push(Intent::TryCare);
        }
        if button(ui, theme, Weight::Plain, &form.leave, &form.leave).clicked() {
            intents.push(Intent::LeaveCare);
        }
        if let Some(stop) = &form.stop
            && button(ui, theme, Weight::Light, stop, stop).clicked()
        {
            intents.push(Intent::SetCare {
                helpers: Vec::new(),
                minute: None,
            });
        }
    });
}

/// A box to tick with its sentence, as high as a target.
fn tick(ui: &mut Ui, theme: &Theme, on: bool, word: &str) -> Response {
    let side = theme.size.heading * 1.3;
    let text_left = side + theme.gap(3.0);
    let font = FontId::new(theme.size.body, FontFamily::Proportional);
    let ink = theme.colour.text;
    let room = ui.available_width() - text_left - theme.gap(2.0);
    let galley = ui.painter().layout(word.to_owned(), font, ink, room);
    let wide = text_left + galley.size().x + theme.gap(2.0);
    let high = theme.space.target.max(galley.size().y).max(side);
    let (rect, response) = ui.allocate_exact_size(vec2(wide, high), Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, ui.is_enabled(), on, word));
    let middle = rect.center().y;
    let corner = pos2(rect.left() + 2.0, middle - side / 2.0);
    let frame = Rect::from_min_size(corner, vec2(side, side));
    let (edge, fill) = if on {
        (theme.colour.accent, theme.colour.accent)
    } else {
        (theme.colour.edge, theme.colour.card)
    };
    ui.painter().rect(
        frame,
        theme.space.round / 2,
        fill,
        Stroke::new(2.0, edge),
        StrokeKind::Inside,
    );
    if on {
        let at = |x: f32, y: f32| frame.min + vec2(x, y) * side;
        let line = vec![at(0.24, 0.52), at(0.43, 0.72), at(0.77, 0.3)];
        let stroke = Stroke::new(side / 8.0, theme.colour.on_accent);
        ui.painter().add(Shape::line(line, stroke));
    }
    let at = pos2(rect.left() + text_left, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    super::button::ring(ui, theme, &response);
    response
}

/// A field of one line with its name above and its problem below.
pub(super) fn field(
    ui: &mut Ui,
    theme: &Theme,
    field: &Field,
    value: &mut String,
    limit: usize,
    focus: bool,
) {
    let name = RichText::new(&field.name).size(theme.size.small);
    let name = ui.add(Label::new(name).wrap());
    let edit = TextEdit::singleline(value)
        .id_salt(&field.name)
        .hint_text(RichText::new(&field.hint).color(theme.colour.quiet))
        .char_limit(limit)
        .margin(field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(name.id);
    if focus {
        response.request_focus();
    }
    if let Some(problem) = &field.problem {
        told(ui, theme, Tone::Warn, problem);
    }
}
