//! An alert of an authority, before anything is made of it.

use super::button::{Weight, button};
use super::{card, compose, quiet, text, title, told};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use egui::{Label, RichText, Ui};
use linli_view::alert::{AlertDo, AlertPage, AlertShown, AlertState};
use linli_view::folder::Want;
use linli_view::frame::Frame;
use linli_view::intent::Intent;

/// Draws the page.
pub(super) fn page(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    page: &AlertPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    ui.horizontal_wrapped(|ui| {
        let back = format!("← {}", frame.back);
        if button(ui, theme, Weight::Plain, &back, &frame.back).clicked() {
            intents.push(Intent::Back);
        }
        if button(ui, theme, Weight::Plain, &page.other, &page.other).clicked() {
            intents.push(Intent::Browse(Some(Want::Alert)));
        }
    });
    title(ui, theme, &page.title);
    if let Some((tone, said)) = &page.said {
        told(ui, theme, *tone, said);
    }
    if let Some(alert) = &page.shown {
        act(ui, theme, alert, state, intents);
        shown(ui, theme, alert);
    }
}

/// Whom it is for and what becomes of it: above its text, which may be long.
fn act(
    ui: &mut Ui,
    theme: &Theme,
    alert: &AlertShown,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        for fact in &alert.facts {
            text(ui, theme, fact);
        }
        for (tone, warning) in &alert.warnings {
            told(ui, theme, *tone, warning);
        }
        if let Some((tone, area)) = &alert.area {
            told(ui, theme, *tone, area);
        }
        if let Some(row) = &alert.whole
            && let Some(whole) = compose::choices(ui, theme, row)
        {
            intents.push(Intent::Alert(AlertDo::Whole(whole)));
        }
        if let (Some(field), Some(AlertState::Read(ask))) = (&alert.places, &mut state.alert) {
            compose::line(ui, theme, field, &mut ask.places);
        }
        text(ui, theme, &alert.becomes);
        ui.horizontal_wrapped(|ui| {
            if let Some(word) = &alert.take
                && button(ui, theme, Weight::Main, word, word).clicked()
            {
                intents.push(Intent::Alert(AlertDo::Take));
            }
            if button(ui, theme, Weight::Plain, &alert.leave, &alert.leave).clicked() {
                intents.push(Intent::Alert(AlertDo::Leave));
            }
        });
    });
}

fn shown(ui: &mut Ui, theme: &Theme, alert: &AlertShown) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        let heading = |ui: &mut Ui, text: &str| {
            let text = RichText::new(text)
                .size(theme.size.heading)
                .family(medium());
            ui.add(Label::new(text).wrap());
        };
        heading(ui, &alert.headline);
        for word in &alert.words {
            quiet(ui, theme, word);
        }
        text(ui, theme, &alert.body);
        if let Some((title, body)) = &alert.english {
            card::rule(ui, theme);
            heading(ui, title);
            text(ui, theme, body);
        }
    });
}
