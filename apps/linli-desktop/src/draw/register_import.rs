//! Reading a list of residents in: what it would change, what is not taken and why, writing it, taking it back.

use super::button::{Weight, button, choice};
use super::{card, compose, quiet, text, told};
use crate::theme::Theme;
use egui::Ui;
use linli_view::folder::Want;
use linli_view::intent::Intent;
use linli_view::register::{ImportPage, ImportStep, RegisterDo, Report};
use linli_view::tone::Tone;

/// Draws it.
pub(super) fn page(ui: &mut Ui, theme: &Theme, page: &ImportPage, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &page.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        quiet(ui, theme, &page.advice);
        if !page.duplicates.items.is_empty()
            && let Some(mode) = compose::choices(ui, theme, &page.duplicates)
        {
            intents.push(Intent::Register(RegisterDo::Duplicates(mode)));
        }
        match &page.step {
            ImportStep::Choose | ImportStep::Report(_) => {}
            ImportStep::Waits(what) => told(ui, theme, Tone::Info, what),
            ImportStep::Failed(why) => told(ui, theme, Tone::Warn, why),
        }
        let weight = match page.step {
            ImportStep::Report(_) => Weight::Plain,
            _ => Weight::Main,
        };
        if let Some(word) = &page.choose
            && button(ui, theme, weight, word, word).clicked()
        {
            intents.push(Intent::Browse(Some(Want::Table)));
        }
    });
    ui.add_space(theme.gap(2.0));
    if let ImportStep::Report(report) = &page.step {
        self::report(ui, theme, report, intents);
        ui.add_space(theme.gap(2.0));
    }
    if !page.before.is_empty() {
        before(ui, theme, page, intents);
    }
}

fn report(ui: &mut Ui, theme: &Theme, page: &Report, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &page.heading, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        told(ui, theme, page.state.0, &page.state.1);
        for line in &page.lines {
            text(ui, theme, line);
        }
        for warning in &page.warnings {
            told(ui, theme, Tone::Warn, warning);
        }
        acts(ui, theme, page, intents);
        card::rule(ui, theme);
        if let Some(none) = &page.none {
            quiet(ui, theme, none);
        }
        ui.horizontal_wrapped(|ui| {
            for tab in &page.tabs {
                if choice(ui, theme, &tab.word, &tab.word, tab.chosen).clicked() {
                    intents.push(Intent::Register(RegisterDo::Doubts(tab.doubt)));
                }
            }
        });
        for doubt in &page.doubts {
            text(ui, theme, doubt);
        }
        if let Some(more) = &page.more
            && button(ui, theme, Weight::Plain, more, more).clicked()
        {
            intents.push(Intent::Register(RegisterDo::MoreDoubts));
        }
    });
}

/// Writes it, or takes it back.
fn acts(ui: &mut Ui, theme: &Theme, page: &Report, intents: &mut Vec<Intent>) {
    if let Some(word) = &page.write
        && button(ui, theme, Weight::Main, word, word).clicked()
    {
        let batch = page.batch.clone();
        intents.push(Intent::Register(RegisterDo::Write(batch)));
    }
    if let Some(word) = &page.take_back
        && button(ui, theme, Weight::Plain, word, word).clicked()
    {
        intents.push(Intent::Register(RegisterDo::AskTakeBack));
    }
    if let Some((sure, no, yes)) = &page.asks {
        told(ui, theme, Tone::Warn, sure);
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Plain, no, no).clicked() {
                intents.push(Intent::Register(RegisterDo::KeepWritten));
            }
            if button(ui, theme, Weight::Plain, yes, yes).clicked() {
                let batch = page.batch.clone();
                intents.push(Intent::Register(RegisterDo::TakeBack(batch)));
            }
        });
    }
}

fn before(ui: &mut Ui, theme: &Theme, page: &ImportPage, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &page.before_title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        for (at, (line, word, name, batch)) in page.before.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            text(ui, theme, line);
            if button(ui, theme, Weight::Plain, word, name).clicked() {
                let batch = batch.clone();
                intents.push(Intent::Register(RegisterDo::OpenBatch(batch)));
            }
        }
    });
}
