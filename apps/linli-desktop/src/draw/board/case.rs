//! At an office: one post or reply that waits for a decision.

use super::super::badge::badges;
use super::super::button::{Weight, button};
use super::super::{card, file, quiet, text, told};
use super::post::body;
use crate::state::State;
use crate::theme::Theme;
use egui::{Label, RichText, TextEdit, Ui};
use linli_view::board::CasePage;
use linli_view::intent::Intent;
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;

pub(super) fn case(
    ui: &mut Ui,
    theme: &Theme,
    page: &CasePage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    card::card(ui, theme, &page.title, |ui| {
        badges(ui, theme, &page.badges);
        quiet(ui, theme, &page.by);
        body(ui, theme, &page.body);
        file::files(ui, theme, &page.of, &page.files, intents);
        if let Some(appeal) = &page.appeal {
            told(ui, theme, Tone::Info, appeal);
        }
        let (open, word) = &page.whole;
        if button(ui, theme, Weight::Light, word, word).clicked() {
            intents.push(open.clone());
        }
    });
    card::card(ui, theme, &page.reports_title, |ui| {
        for (who, more) in &page.reports {
            text(ui, theme, who);
            if !more.is_empty() {
                quiet(ui, theme, more);
            }
        }
        for line in &page.before {
            quiet(ui, theme, line);
        }
    });
    card::plain(ui, theme, |ui| {
        let name = RichText::new(&page.reason.name)
            .size(theme.size.small)
            .color(theme.colour.quiet);
        let name = ui.add(Label::new(name).wrap());
        let hint = RichText::new(&page.reason.hint).color(theme.colour.quiet);
        let edit = TextEdit::multiline(&mut state.case_reason)
            .id_salt("case-reason")
            .hint_text(hint)
            .char_limit(FIELD_CHARS)
            .desired_rows(2)
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(name.id);
        if let Some(problem) = &page.reason.problem {
            told(ui, theme, Tone::Warn, problem);
        }
        ui.horizontal_wrapped(|ui| {
            for (rule, word) in [&page.stays, &page.hide] {
                if button(ui, theme, Weight::Plain, word, word).clicked() {
                    match rule {
                        Some(rule) => intents.push(rule.clone()),
                        None => state.post_tried = true,
                    }
                }
            }
        });
    });
}
