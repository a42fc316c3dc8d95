//! Whom a notice reached, below the notice, at the office that published it.

use super::button::{Weight, button};
use super::{card, chart, delivery, quiet, text, told};
use crate::state::State;
use crate::theme::Theme;
use egui::{Align, Label, Layout, RichText, TextEdit, Ui, UiBuilder, vec2};
use linli_view::intent::Intent;
use linli_view::reach::{Door, OfficePanel, Remind};
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;
use std::time::Duration;

const MINUTE_MS: u64 = 60_000;

/// The button that asks once more: pressed or not. While it waits it says how long, and does nothing.
fn remind(ui: &mut Ui, theme: &Theme, one: &Remind) -> bool {
    let Some(left) = one.waits_ms else {
        return button(ui, theme, Weight::Main, &one.word, &one.word).clicked();
    };
    // The minutes count down by themselves.
    let next = (left - 1) % MINUTE_MS + 50;
    ui.ctx().request_repaint_after(Duration::from_millis(next));
    ui.scope(|ui| {
        // What it says has to be read just now, so it does not fade.
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.add_enabled_ui(false, |ui| {
            button(ui, theme, Weight::Plain, &one.word, &one.word);
        });
    });
    false
}

/// Draws the panel.
pub(super) fn panel(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    panel: &OfficePanel,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &panel.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        for line in &panel.lines {
            text(ui, theme, line);
        }
        delivery::delivery(ui, theme, &panel.delivery, intents);
        for one in &panel.bars {
            chart::bar(ui, theme, one);
        }
        if let Some(spread) = &panel.spread {
            chart::spread(ui, theme, spread);
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(one) = &panel.remind
                && remind(ui, theme, one)
            {
                intents.push(Intent::Remind(id.to_owned()));
            }
            if let Some(word) = &panel.correct
                && button(ui, theme, Weight::Plain, word, word).clicked()
            {
                intents.push(Intent::CorrectNotice(id.to_owned()));
            }
            if let Some(word) = &panel.retract
                && button(ui, theme, Weight::Plain, word, word).clicked()
            {
                intents.push(Intent::AskRetract);
            }
        });
        if !panel.reminded.is_empty() {
            quiet(ui, theme, &panel.reminded);
        }
        if let Some(ask) = &panel.ask {
            told(ui, theme, Tone::Warn, &ask.question);
            let name = RichText::new(&ask.reason)
                .size(theme.size.small)
                .color(theme.colour.quiet);
            let name = ui.add(Label::new(name));
            let edit = TextEdit::singleline(&mut state.retract_reason)
                .id_salt("retract-reason")
                .char_limit(FIELD_CHARS)
                .margin(super::field_margin(ui, theme))
                .desired_width(f32::INFINITY);
            ui.add(edit).labelled_by(name.id);
            if let Some(problem) = &ask.problem {
                told(ui, theme, Tone::Warn, problem);
            }
            ui.horizontal(|ui| {
                if button(ui, theme, Weight::Main, &ask.yes, &ask.yes).clicked()
                    && ask.problem.is_none()
                {
                    intents.push(Intent::RetractNotice {
                        id: id.to_owned(),
                        reason: state.retract_reason.trim().to_owned(),
                    });
                }
                if button(ui, theme, Weight::Plain, &ask.no, &ask.no).clicked() {
                    intents.push(Intent::KeepNotice);
                }
            });
        }
        doors(ui, theme, id, panel, intents);
    });
}

fn doors(ui: &mut Ui, theme: &Theme, id: &str, panel: &OfficePanel, intents: &mut Vec<Intent>) {
    if panel.doors.is_empty() {
        return;
    }
    card::rule(ui, theme);
    card::heading(ui, theme, &panel.doors_title);
    if let Some(word) = &panel.print
        && button(ui, theme, Weight::Plain, word, word).clicked()
    {
        intents.push(Intent::PrintDoors { id: id.to_owned() });
    }
    for door in &panel.doors {
        // By its unit and not its place: the next door moves up when this one is ticked.
        let own = UiBuilder::new().id(ui.id().with(("door", &door.unit)));
        ui.scope_builder(own, |ui| self::door(ui, theme, id, door, intents));
    }
    if !panel.doors_more.is_empty() {
        quiet(ui, theme, &panel.doors_more);
    }
}

fn door(ui: &mut Ui, theme: &Theme, id: &str, door: &Door, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let width = theme.size.body * 6.0;
        ui.allocate_ui(vec2(width, theme.space.target), |ui| {
            text(ui, theme, &door.unit)
        });
        quiet(ui, theme, &door.state);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, theme, Weight::Plain, &door.told, &door.name).clicked() {
                intents.push(Intent::ToldAtDoor {
                    id: id.to_owned(),
                    unit: door.unit.clone(),
                });
            }
        });
    });
}
