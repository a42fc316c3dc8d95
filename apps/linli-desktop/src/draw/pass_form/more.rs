//! The rarer fields of the form, behind a button.

use super::{bare_field, choices, field, problem};
use crate::draw::button::{Weight, button};
use crate::draw::{card, quiet};
use crate::theme::Theme;
use egui::Ui;
use linli_view::pass_form::{HoursForm, MoreHours, PassDraft, PassForm};

/// The button, or the fields behind it.
pub(super) fn more(
    ui: &mut Ui,
    theme: &Theme,
    form: &PassForm,
    draft: &mut PassDraft,
    pin: &mut String,
) {
    let more = &form.more;
    if !more.open {
        if button(ui, theme, Weight::Light, &more.word, &more.word).clicked() {
            draft.more = true;
        }
        return;
    }
    let first_gate = form.gates.items.iter().find_map(|(gate, ..)| *gate);
    card::rule(ui, theme);
    if let Some(bit) = choices(ui, theme, &more.week) {
        draft.toggle_day(bit);
    }
    quiet(ui, theme, &more.week_hint);
    let mut gone = None;
    for (at, (shown, hours)) in more.also.iter().zip(&mut draft.also).enumerate() {
        if set(ui, theme, shown, hours) {
            gone = Some(at);
        }
    }
    if let Some(at) = gone {
        draft.also.remove(at);
    }
    if let Some(add) = &more.add
        && button(ui, theme, Weight::Light, add, add).clicked()
    {
        draft.more_hours();
    }
    let width = theme.size.body * 20.0;
    field(ui, theme, &more.last_day, &mut draft.last_day, width);
    if field(ui, theme, &more.group, &mut draft.group, width).changed() {
        draft.grouped(first_gate);
    }
    if let Some(kind) = choices(ui, theme, &more.pin.kinds) {
        draft.pin = kind;
        // What is not asked for is not kept.
        pin.clear();
    }
    if let Some(digits) = &more.pin.digits {
        field(ui, theme, digits, pin, width);
    }
    quiet(ui, theme, &more.pin.hint);
}

/// Further hours; true if they are taken away.
fn set(ui: &mut Ui, theme: &Theme, shown: &HoursForm, hours: &mut MoreHours) -> bool {
    if let Some(bit) = choices(ui, theme, &shown.days) {
        hours.days ^= bit;
    }
    if let Some(none) = &shown.problem {
        super::said(ui, theme, none);
    }
    let mut gone = false;
    ui.horizontal_wrapped(|ui| {
        let width = theme.size.body * 7.5;
        ui.vertical(|ui| bare_field(ui, theme, &shown.from, &mut hours.from, width));
        ui.vertical(|ui| bare_field(ui, theme, &shown.until, &mut hours.until, width));
        let (word, name) = &shown.remove;
        gone = button(ui, theme, Weight::Plain, word, name).clicked();
    });
    problem(ui, theme, &shown.from);
    problem(ui, theme, &shown.until);
    gone
}
