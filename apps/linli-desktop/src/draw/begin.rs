//! "You are?": language and type size, then four large answers.

use super::big::{Face, big};
use super::button::choice;
use super::{card, quiet};
use crate::theme::Theme;
use egui::{Ui, vec2};
use linli_view::intent::Intent;
use linli_view::start::BeginPage;
use linli_view::tone::Tone;

/// Below this width the answers stand one below the other.
const TWO_WIDE: f32 = 560.0;

/// Draws it. `free`: nothing lies over the page.
pub(super) fn begin(
    ui: &mut Ui,
    theme: &Theme,
    page: &BeginPage,
    free: bool,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &page.first, |ui| {
        ui.horizontal_wrapped(|ui| {
            for switch in &page.switches {
                if choice(ui, theme, &switch.word, &switch.name, switch.on).clicked() {
                    intents.push(switch.does.clone());
                }
            }
        });
    });
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &page.question, |ui| {
        let gap = theme.gap(2.0);
        ui.spacing_mut().item_spacing = vec2(gap, gap);
        let columns = if ui.available_width() < TWO_WIDE {
            1
        } else {
            2
        };
        let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
        for row in page.answers.chunks(columns) {
            ui.horizontal_top(|ui| {
                for answer in row {
                    let face = Face {
                        word: &answer.word,
                        key: &answer.note,
                        name: &answer.name,
                        tone: Tone::Info,
                        solid: false,
                        type_size: theme.size.title,
                    };
                    let size = vec2(width, theme.size.body * 6.5);
                    let response = big(ui, theme, size, &face);
                    let nothing = ui.memory(|memory| memory.focused().is_none());
                    if free && nothing && answer.begin == page.answers[0].begin {
                        response.request_focus();
                    }
                    if response.clicked() {
                        intents.push(Intent::Begin(Some(answer.begin)));
                    }
                }
            });
        }
        quiet(ui, theme, &page.emergency);
    });
    ui.add_space(theme.gap(2.0));
}
