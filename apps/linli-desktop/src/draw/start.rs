//! The first page: what is the matter, and what to do about it.

use super::button::{Weight, button};
use super::{card, phones, quiet, text, title, told};
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::{Frame, Key, Label, Margin, Modifiers, RichText, Stroke, TextEdit, Ui};
use linli_view::api::Passphrase;
use linli_view::intent::Intent;
use linli_view::start::{Start, Step, Unlock};
use linli_view::tone::Tone;

/// Draws the page.
pub(super) fn start(
    ui: &mut Ui,
    theme: &Theme,
    start: &Start,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.vertical_centered(|ui| {
        ui.set_max_width(theme.space.measure.min(ui.available_width()));
        ui.add_space(theme.gap(8.0));
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            if let Some(page) = &start.begin {
                title(ui, theme, &start.title);
                text(ui, theme, &start.body);
                ui.add_space(theme.gap(2.0));
                super::begin::begin(ui, theme, page, state.guide.is_none(), intents);
            }
            if let Some(page) = &start.join {
                super::join::join(ui, theme, page, state, intents);
            }
            if !start.nearby.is_empty() {
                card::plain(ui, theme, |ui| {
                    for sentence in &start.nearby {
                        text(ui, theme, sentence);
                    }
                });
                ui.add_space(theme.gap(2.0));
            }
            if let Some(page) = &start.found {
                super::found::found(ui, theme, page, state, intents);
            } else if start.join.as_ref().is_none_or(|join| join.form.is_none()) {
                super::found::left(ui.ctx());
            }
            card::plain(ui, theme, |ui| {
                ui.spacing_mut().item_spacing.y = theme.gap(3.0);
                if let Some(terminal) = &start.terminal {
                    card::heading(ui, theme, terminal);
                } else if start.join.is_none() && start.found.is_none() {
                    title(ui, theme, &start.title);
                    text(ui, theme, &start.body);
                }
                if let Some(urgent) = start.urgent.as_ref().filter(|u| u.tone == Tone::Danger) {
                    told(ui, theme, urgent.tone, &urgent.title);
                    phones::list(ui, theme, &urgent.numbers);
                }
                if let Some(words) = &start.unlock {
                    unlock(ui, theme, words, state, intents);
                }
                for (at, one) in start.steps.iter().enumerate() {
                    step(ui, theme, (start.steps.len() > 1).then_some(at + 1), one);
                }
                if let Some(retry) = &start.retry
                    && button(ui, theme, Weight::Main, retry, retry).clicked()
                {
                    intents.push(Intent::Retry);
                }
                if !start.detail.is_empty() {
                    quiet(ui, theme, &start.detail);
                }
                quiet(ui, theme, &start.home);
            });
            if let Some(urgent) = start.urgent.as_ref().filter(|u| u.tone != Tone::Danger) {
                card::card(ui, theme, &urgent.title, |ui| {
                    phones::list(ui, theme, &urgent.numbers);
                });
            }
        });
    });
}

fn step(ui: &mut Ui, theme: &Theme, number: Option<usize>, step: &Step) {
    let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
    text(ui, theme, &format!("{number}{}", step.text));
    let Some(command) = &step.command else { return };
    Frame::NONE
        .fill(theme.colour.page)
        .stroke(Stroke::new(1.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            let line = RichText::new(command).monospace().size(theme.size.body);
            ui.add(Label::new(line).wrap().selectable(true));
        });
}

fn unlock(
    ui: &mut Ui,
    theme: &Theme,
    words: &Unlock,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let name = quiet(ui, theme, &words.field);
    let edit = TextEdit::singleline(&mut *state.passphrase.0)
        .password(true)
        .id_salt("passphrase")
        .char_limit(1024)
        .margin(super::field_margin(ui, theme))
        .desired_width(theme.size.body * 24.0);
    // Taken before the field sees it: it would give up the focus.
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let response = ui.add(edit).labelled_by(name.id);
    if state.focus == Some(Focus::Passphrase) {
        response.request_focus();
        state.focus = None;
    }
    if let Some(problem) = &words.problem {
        told(ui, theme, Tone::Warn, problem);
    }
    let pressed = button(ui, theme, Weight::Main, &words.button, &words.button).clicked();
    if (pressed || enter) && !state.passphrase.0.is_empty() {
        TextEdit::store_state(
            ui.ctx(),
            response.id,
            egui::text_edit::TextEditState::default(),
        );
        intents.push(Intent::Unlock(Passphrase(state.passphrase.0.to_string())));
    }
}
