//! What stands on the page of visitors beside the passes themselves: those used too often, all cancelled at once, plates
//! of residents; and a PIN that is told once.

use super::button::{Weight, button};
use super::{card, quiet, text, told};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Label, RichText, Ui};
use linli_view::incidents::Incidents;
use linli_view::intent::Intent;
use linli_view::pass_card::PinOnce;
use linli_view::pass_list::{CancelAll, PassLists};
use linli_view::residents::Residents;
use linli_view::tone::Tone;

/// Passes used too often, with what to do.
pub(super) fn incidents(ui: &mut Ui, theme: &Theme, all: &Incidents, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &all.title, |ui| {
        told(ui, theme, Tone::Danger, &all.advice);
        for row in &all.rows {
            text(ui, theme, &row.text);
            if let Some((id, word, name)) = &row.pass
                && button(ui, theme, Weight::Plain, word, name).clicked()
            {
                intents.push(Intent::ShowPass { id: id.clone() });
            }
        }
    });
    ui.add_space(theme.gap(2.0));
}

/// Below the lists: plates of residents, and all passes cancelled at once.
pub(super) fn rest(
    ui: &mut Ui,
    theme: &Theme,
    lists: &PassLists,
    asking: bool,
    intents: &mut Vec<Intent>,
) {
    if let Some(residents) = &lists.residents {
        plates(ui, theme, residents, intents);
    }
    if let Some(all) = &lists.all {
        cancel_all(ui, theme, all, asking, intents);
    }
}

fn plates(ui: &mut Ui, theme: &Theme, plates: &Residents, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &plates.title, |ui| {
        quiet(ui, theme, &plates.advice);
        if !plates.told.is_empty() {
            text(ui, theme, &plates.told);
        }
        for (heading, cars) in &plates.lines {
            quiet(ui, theme, heading);
            for car in cars {
                text(ui, theme, car);
            }
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Plain, &plates.look, &plates.look).clicked() {
                intents.push(Intent::Residents { apply: false });
            }
            if let Some(apply) = &plates.apply
                && button(ui, theme, Weight::Main, apply, apply).clicked()
            {
                intents.push(Intent::Residents { apply: true });
            }
        });
    });
    ui.add_space(theme.gap(2.0));
}

fn cancel_all(
    ui: &mut Ui,
    theme: &Theme,
    all: &CancelAll,
    asking: bool,
    intents: &mut Vec<Intent>,
) {
    card::plain(ui, theme, |ui| {
        if !asking {
            ui.horizontal_wrapped(|ui| {
                if button(ui, theme, Weight::Plain, &all.button, &all.button).clicked() {
                    intents.push(Intent::AskCancelAll);
                }
                quiet(ui, theme, &all.why);
            });
            return;
        }
        told(ui, theme, Tone::Warn, &all.sure);
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Plain, &all.no, &all.no).clicked() {
                intents.push(Intent::KeepAll);
            }
            if button(ui, theme, Weight::Plain, &all.yes, &all.yes).clicked() {
                intents.push(Intent::CancelAll);
            }
        });
    });
    ui.add_space(theme.gap(2.0));
}

/// The PIN, large, with what to do with it.
pub(super) fn pin(ui: &mut Ui, theme: &Theme, pin: &PinOnce) {
    ui.vertical_centered(|ui| {
        quiet(ui, theme, &pin.title);
        ui.add(Label::new(
            RichText::new(&pin.digits.0)
                .size(theme.size.code)
                .family(medium()),
        ));
    });
    told(ui, theme, Tone::Warn, &pin.advice);
}
