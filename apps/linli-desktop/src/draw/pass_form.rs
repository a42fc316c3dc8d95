//! The form for a new pass. Enter in any of its fields sends it (see `app::keys`).

use super::button::{Weight, button, choice};
use super::{card, quiet, text, told};
use crate::state::Focus;
use crate::theme::Theme;
use egui::{Label, Response, RichText, TextEdit, Ui};
use linli_view::intent::Intent;
use linli_view::pass_form::{Choices, Count, Day, Field, PassDraft, PassForm};
use linli_view::tone::Tone;

mod more;

/// Longest text a field takes, in characters: more than anything lawful, less than anything that hurts.
const FIELD_MAX: usize = 64;

/// What the form writes into.
pub(super) struct Typing<'a> {
    pub draft: &'a mut PassDraft,
    /// The PIN, which is no part of the draft.
    pub pin: &'a mut String,
    pub focus: &'a mut Option<Focus>,
}

/// Draws the form and writes into the draft.
pub(super) fn form(
    ui: &mut Ui,
    theme: &Theme,
    form: &PassForm,
    typing: Typing<'_>,
    intents: &mut Vec<Intent>,
) {
    let Typing { draft, pin, focus } = typing;
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    card::card(ui, theme, &form.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        let label = field(ui, theme, &form.label, &mut draft.label, f32::INFINITY);
        if *focus == Some(Focus::Label) {
            label.request_focus();
            *focus = None;
        }
        if let Some(day) = choices(ui, theme, &form.days) {
            draft.day = day;
        }
        ui.horizontal_top(|ui| {
            let width = theme.size.body * 7.5;
            if draft.day == Day::Other {
                ui.vertical(|ui| bare_field(ui, theme, &form.date, &mut draft.date, width * 1.6));
            }
            ui.vertical(|ui| bare_field(ui, theme, &form.from, &mut draft.from, width));
            ui.vertical(|ui| bare_field(ui, theme, &form.until, &mut draft.until, width));
        });
        problem(ui, theme, &form.date);
        problem(ui, theme, &form.from);
        problem(ui, theme, &form.until);
        if !form.span.is_empty() {
            quiet(ui, theme, &form.span);
        }
        if let Some(gate) = choices(ui, theme, &form.gates) {
            match gate {
                Some(no) => draft.toggle_gate(no),
                None => draft.any_gate(),
            }
        }
        entries(ui, theme, &form.entries, &form.gates, draft);
        if let Some(step) = count(ui, theme, &form.companions) {
            let max = linli_view::pass_form::COMPANIONS_MAX;
            draft.companions = draft.companions.saturating_add_signed(step).min(max);
        }
        if let Some(kind) = choices(ui, theme, &form.kinds) {
            draft.kind = kind;
        }
        field(
            ui,
            theme,
            &form.plate,
            &mut draft.plate,
            theme.size.body * 20.0,
        );
        if let Some(host) = &form.host {
            let width = theme.size.body * 20.0;
            field(ui, theme, host, &mut draft.host, width);
        }
        more::more(ui, theme, form, draft, pin);
        for hint in &form.hints {
            told(ui, theme, Tone::Info, hint);
        }
        for problem in &form.problems {
            told(ui, theme, Tone::Warn, problem);
        }
        ui.horizontal(|ui| {
            if button(ui, theme, Weight::Main, &form.make, &form.make).clicked() {
                intents.push(Intent::TryPass);
            }
            quiet(ui, theme, &form.make_hint);
        });
    });
}

/// A text field under its name, with what is wrong below it.
pub(super) fn field(
    ui: &mut Ui,
    theme: &Theme,
    field: &Field,
    value: &mut String,
    width: f32,
) -> Response {
    let response = bare_field(ui, theme, field, value, width);
    problem(ui, theme, field);
    response
}

/// A text field under its name.
fn bare_field(
    ui: &mut Ui,
    theme: &Theme,
    field: &Field,
    value: &mut String,
    width: f32,
) -> Response {
    ui.spacing_mut().item_spacing.y = theme.gap(1.0);
    let name = ui.add(Label::new(name(theme, &field.name)));
    let edit = TextEdit::singleline(value)
        .id_salt(&field.name)
        .hint_text(RichText::new(&field.hint).color(theme.colour.quiet))
        .char_limit(FIELD_MAX)
        .margin(super::field_margin(ui, theme))
        .desired_width(width);
    ui.add(edit).labelled_by(name.id)
}

/// What is wrong with a field, if that is to be said.
fn problem(ui: &mut Ui, theme: &Theme, field: &Field) {
    if let Some(problem) = &field.problem {
        said(ui, theme, problem);
    }
}

/// Something that is wrong.
fn said(ui: &mut Ui, theme: &Theme, problem: &str) {
    let (ink, _) = theme.tone(Tone::Danger);
    ui.add(
        Label::new(
            RichText::new(format!("⚠ {problem}"))
                .size(theme.size.small)
                .color(ink),
        )
        .wrap(),
    );
}

fn name(theme: &Theme, name: &str) -> RichText {
    RichText::new(name)
        .size(theme.size.small)
        .color(theme.colour.quiet)
}

/// A row of buttons; returns what was pressed.
fn choices<T: Copy>(ui: &mut Ui, theme: &Theme, choices: &Choices<T>) -> Option<T> {
    let mut pressed = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        ui.add(Label::new(name(theme, &choices.name)));
        ui.horizontal_wrapped(|ui| {
            for (value, word, chosen) in &choices.items {
                let full = format!("{} · {word}", choices.name);
                if choice(ui, theme, word, &full, *chosen).clicked() {
                    pressed = Some(*value);
                }
            }
        });
    });
    pressed
}

/// How often: one less, the number, one more, and "any number".
fn entries(
    ui: &mut Ui,
    theme: &Theme,
    entries: &Count,
    gates: &Choices<Option<u8>>,
    draft: &mut PassDraft,
) {
    let first_gate = gates.items.iter().find_map(|(gate, ..)| *gate);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        ui.add(Label::new(name(theme, &entries.name)));
        ui.horizontal_wrapped(|ui| {
            if let Some(step) = stepper(ui, theme, entries) {
                draft.count(draft.entries.saturating_add_signed(step).max(1), first_gate);
            }
            if let Some((word, chosen)) = &entries.free
                && choice(
                    ui,
                    theme,
                    word,
                    &format!("{} · {word}", entries.name),
                    *chosen,
                )
                .clicked()
            {
                draft.count(u8::from(*chosen), first_gate);
            }
        });
    });
}

fn count(ui: &mut Ui, theme: &Theme, count: &Count) -> Option<i8> {
    let mut pressed = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        ui.add(Label::new(name(theme, &count.name)));
        ui.horizontal_wrapped(|ui| pressed = stepper(ui, theme, count));
    });
    pressed
}

/// `−`, the number in words, `+`.
fn stepper(ui: &mut Ui, theme: &Theme, count: &Count) -> Option<i8> {
    let mut step = None;
    if button(ui, theme, Weight::Plain, "−", &count.less).clicked() {
        step = Some(-1);
    }
    text(ui, theme, &count.words);
    if button(ui, theme, Weight::Plain, "＋", &count.more).clicked() {
        step = Some(1);
    }
    step
}
