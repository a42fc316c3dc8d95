//! Whom this home does not want let in: the list, and a line to fill in. Enter in any of its fields sends it.

use super::button::{Weight, button};
use super::{card, pass_form, quiet, text};
use crate::theme::Theme;
use egui::{Key, Ui};
use linli_view::intent::Intent;
use linli_view::refusal_list::{RefusalDraft, RefusalList};

/// Draws it and writes into the draft.
pub(super) fn refusals(
    ui: &mut Ui,
    theme: &Theme,
    list: &RefusalList,
    draft: &mut RefusalDraft,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &list.title, |ui| {
        quiet(ui, theme, &list.advice);
        if list.rows.is_empty() {
            text(ui, theme, &list.none);
        }
        for row in &list.rows {
            card::rule(ui, theme);
            ui.horizontal_wrapped(|ui| {
                text(ui, theme, &row.who);
                quiet(ui, theme, &row.why);
                let (word, name) = &row.remove;
                if button(ui, theme, Weight::Plain, word, name).clicked() {
                    let id = row.id.clone();
                    intents.push(Intent::ReceiveAgain { id });
                }
            });
        }
        card::rule(ui, theme);
        let width = theme.size.body * 20.0;
        let [name, plate, reason] = &list.fields;
        let mut sent = false;
        for (field, value) in [
            (name, &mut draft.name),
            (plate, &mut draft.plate),
            (reason, &mut draft.reason),
        ] {
            let response = pass_form::field(ui, theme, field, value, width);
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                // What is missing or wrong is mended where the cursor was.
                response.request_focus();
                sent = true;
            }
        }
        sent |= button(ui, theme, Weight::Main, &list.add, &list.add).clicked();
        if sent {
            intents.push(Intent::TryRefuse);
        }
    });
}
