//! Drafts that are kept beside the one on screen.

use super::button::{Weight, button};
use super::quiet;
use crate::theme::Theme;
use egui::Ui;
use linli_view::drafts::{DraftRow, Form};
use linli_view::intent::Intent;

/// Each with a button that goes on with it and one that throws it away.
pub(super) fn drafts(
    ui: &mut Ui,
    theme: &Theme,
    form: Form,
    rows: &[DraftRow],
    intents: &mut Vec<Intent>,
) {
    for row in rows {
        ui.horizontal_wrapped(|ui| {
            quiet(ui, theme, &row.text);
            let (word, name) = &row.take;
            let mark = row.mark;
            if button(ui, theme, Weight::Plain, word, name).clicked() {
                intents.push(Intent::TakeDraft { form, mark });
            }
            let (word, name) = &row.drop;
            if button(ui, theme, Weight::Light, word, name).clicked() {
                intents.push(Intent::DropDraft(mark));
            }
        });
    }
}
