//! Help, over the page it is about.

use super::button::{Weight, button};
use super::{card, over, text, title};
use crate::theme::Theme;
use crate::view::Page;
use egui::{Context, RichText, Stroke};
use linli_view::guide::{Guide, Topic};
use linli_view::intent::{Intent, Screen};

/// What the page on screen is about.
pub(crate) const fn topic(page: &Page) -> Topic {
    match page {
        Page::Start(_) => Topic::Start,
        Page::Home(_) => Topic::Page(Screen::Home),
        Page::Station(_) => Topic::Gate,
        Page::Notices(..) | Page::Compose(_) | Page::Alert(_) | Page::NoticeMissing(_) => {
            Topic::Page(Screen::Notices)
        }
        Page::Register(_) => Topic::Page(Screen::Register),
        Page::Visitors(..) => Topic::Page(Screen::Visitors),
        Page::Board(..) => Topic::Page(Screen::Board),
        Page::Neighbours(_) => Topic::Page(Screen::Neighbours),
        Page::Doorbell(_) => Topic::Page(Screen::Doorbell),
        Page::Help(_) => Topic::Page(Screen::Help),
        Page::Invite(_) => Topic::Page(Screen::Invite),
        Page::Phones(_) => Topic::Page(Screen::Phones),
        Page::Settings(_) => Topic::Page(Screen::Settings),
    }
}

/// Draws it.
pub(super) fn over(ctx: &Context, theme: &Theme, page: &Guide, intents: &mut Vec<Intent>) {
    let edge = Stroke::new(1.0, theme.colour.line);
    let mut open = None;
    over::over(
        ctx,
        theme,
        "guide",
        edge,
        |ui| {
            title(ui, theme, &page.title);
            for paragraph in &page.paragraphs {
                text(ui, theme, paragraph);
            }
            if !page.keys.is_empty() {
                card::heading(ui, theme, &page.keys_title);
                for (key, does) in &page.keys {
                    ui.horizontal_top(|ui| {
                        let key = RichText::new(*key).monospace().size(theme.size.body);
                        ui.allocate_ui(egui::vec2(theme.size.body * 8.0, 0.0), |ui| {
                            ui.set_width(theme.size.body * 8.0);
                            ui.add(egui::Label::new(key));
                        });
                        ui.vertical(|ui| {
                            text(ui, theme, does);
                        });
                    });
                }
            }
            card::heading(ui, theme, &page.more_title);
            ui.horizontal_wrapped(|ui| {
                for (topic, name) in &page.more {
                    if button(ui, theme, Weight::Light, name, name).clicked() {
                        open = Some(*topic);
                    }
                }
            });
        },
        |ui, _| {
            if button(ui, theme, Weight::Main, &page.close, &page.close).clicked() {
                intents.push(Intent::Guide(None));
            }
        },
    );
    if let Some(topic) = open {
        intents.push(Intent::Guide(Some(topic)));
    }
}
