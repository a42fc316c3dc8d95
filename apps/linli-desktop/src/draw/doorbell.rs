//! The doorbell: calls of the gates, and in which order this household's devices ring.

use super::badge::badges;
use super::button::{Weight, button, choice};
use super::{card, quiet, text, title};
use crate::theme::Theme;
use egui::{Align, Layout, Ui};
use linli_view::doorbell::{CallRow, DeviceRow, DoorbellPage};
use linli_view::intent::Intent;

/// Draws the page.
pub(super) fn screen(ui: &mut Ui, theme: &Theme, page: &DoorbellPage, intents: &mut Vec<Intent>) {
    title(ui, theme, &page.title);
    ui.add_space(theme.gap(1.0));
    card::card(ui, theme, &page.calls_title, |ui| {
        if page.calls.is_empty() {
            quiet(ui, theme, &page.calls_none);
        }
        for (at, row) in page.calls.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            call(ui, theme, row, intents);
        }
    });
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &page.order_title, |ui| {
        quiet(ui, theme, &page.order_note);
        for row in &page.order {
            device(ui, theme, row, intents);
        }
        if page.length.is_empty() {
            return;
        }
        ui.add_space(theme.gap(1.0));
        text(ui, theme, &page.length);
        ui.horizontal_wrapped(|ui| {
            for length in &page.lengths {
                if choice(ui, theme, &length.word, &length.name, length.here).clicked() {
                    intents.push(Intent::SetDoorbell {
                        order: Vec::new(),
                        seconds: Some(length.seconds.into()),
                    });
                }
            }
        });
    });
}

fn call(ui: &mut Ui, theme: &Theme, row: &CallRow, intents: &mut Vec<Intent>) {
    text(ui, theme, &row.who);
    quiet(ui, theme, &row.when);
    badges(ui, theme, std::slice::from_ref(&row.state));
    if row.says.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for saying in &row.says {
            if button(ui, theme, Weight::Plain, &saying.word, &saying.name).clicked() {
                intents.push(Intent::AnswerCall {
                    event: row.event.clone(),
                    admit: saying.admit,
                });
            }
        }
    });
}

fn device(ui: &mut Ui, theme: &Theme, row: &DeviceRow, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme.space.target);
        let room = ui.available_width() - theme.size.body * 8.0;
        ui.scope(|ui| {
            ui.set_max_width(room.max(theme.size.body * 8.0));
            text(ui, theme, &row.text);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(earlier) = &row.earlier
                && button(ui, theme, Weight::Plain, &earlier.word, &earlier.name).clicked()
            {
                intents.push(Intent::SetDoorbell {
                    order: earlier.order.clone(),
                    seconds: None,
                });
            }
        });
    });
}
