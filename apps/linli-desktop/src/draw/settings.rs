//! The page of settings.

use super::button::{Weight, button, choice};
use super::{card, folder, quiet, text, title, told};
use crate::state::State;
use crate::theme::Theme;
use egui::Ui;
use linli_view::bell::{Digest, Muted, Settings, Toggle};
use linli_view::folder::SavingCard;
use linli_view::intent::Intent;

/// Draws the page.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    page: &Settings,
    saving: &SavingCard,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    title(ui, theme, &page.title);
    ui.add_space(theme.gap(1.0));
    if let Some(family) = &page.family {
        super::family::card(ui, theme, family, &mut state.person, intents);
        ui.add_space(theme.gap(2.0));
    }
    if let Some(entry) = &page.invite {
        super::invite::entry_card(ui, theme, entry, intents);
    }
    card::card(ui, theme, &page.bell_title, |ui| {
        text(ui, theme, &page.bell_note);
        told(ui, theme, page.system.1, &page.system.0);
        ui.add_space(theme.gap(1.0));
        for toggle in &page.toggles {
            switch(ui, theme, toggle, intents);
        }
        ui.add_space(theme.gap(2.0));
        card::heading(ui, theme, &page.says_title);
        quiet(ui, theme, &page.says_note);
        ui.horizontal_wrapped(|ui| {
            for says in &page.says {
                if choice(ui, theme, &says.word, &says.name, says.on).clicked() {
                    intents.push(Intent::SetBell(says.to.clone()));
                }
            }
        });
    });
    ui.add_space(theme.gap(2.0));
    if let Some(background) = &page.background {
        card::card(ui, theme, &background.title, |ui| {
            let mark = if background.on { "☑" } else { "☐" };
            let word = format!("{mark} {}", background.word);
            if choice(ui, theme, &word, &background.name, background.on).clicked() {
                intents.push(Intent::Background(!background.on));
            }
            quiet(ui, theme, &background.note);
        });
        ui.add_space(theme.gap(2.0));
    }
    card::card(ui, theme, &saving.title, |ui| {
        folder::saving(ui, theme, &saving.lines, intents);
        quiet(ui, theme, &saving.note);
    });
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &page.muted_title, |ui| {
        if page.muted.is_empty() {
            quiet(ui, theme, &page.muted_none);
        }
        for (at, muted) in page.muted.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            text(ui, theme, &muted.text);
            mute(ui, theme, muted, intents);
        }
    });
}

/// On or off: the mark says it, and so does the name.
fn switch(ui: &mut Ui, theme: &Theme, toggle: &Toggle, intents: &mut Vec<Intent>) {
    let mark = if toggle.on { "☑" } else { "☐" };
    let word = format!("{mark} {}", toggle.word);
    if choice(ui, theme, &word, &toggle.name, toggle.on).clicked() {
        intents.push(Intent::SetBell(toggle.to.clone()));
    }
}

/// The button that says nothing more about something, or again.
pub(in crate::draw) fn mute(ui: &mut Ui, theme: &Theme, muted: &Muted, intents: &mut Vec<Intent>) {
    if button(ui, theme, Weight::Light, &muted.word, &muted.name).clicked() {
        intents.push(Intent::Mute {
            thread: muted.thread.clone(),
            on: muted.on,
        });
    }
}

/// The digest on the first screen.
pub(super) fn digest(ui: &mut Ui, theme: &Theme, digest: &Digest, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &digest.title, |ui| {
        if digest.lines.is_empty() {
            quiet(ui, theme, &digest.none);
        }
        for line in &digest.lines {
            let weight = if line.read {
                Weight::Plain
            } else {
                Weight::Light
            };
            let word = if line.read {
                format!("✓ {}", line.text)
            } else {
                line.text.clone()
            };
            if button(ui, theme, weight, &word, &line.name).clicked() {
                intents.push(line.open.clone());
            }
        }
        if let Some(more) = &digest.more {
            quiet(ui, theme, more);
        }
    });
    ui.add_space(theme.gap(2.0));
}
