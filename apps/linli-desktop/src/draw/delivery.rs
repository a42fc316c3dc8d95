//! How far something made here has got: a line that says more when it is pressed or pointed at.

use super::button::{Weight, button};
use super::quiet;
use crate::theme::Theme;
use egui::Ui;
use linli_view::delivery::DeliveryLine;
use linli_view::intent::Intent;

/// Draws it.
pub(super) fn delivery(ui: &mut Ui, theme: &Theme, line: &DeliveryLine, intents: &mut Vec<Intent>) {
    let response = button(ui, theme, Weight::Light, &line.text, &line.name);
    if response.clicked() {
        let id = line.id.clone();
        intents.push(Intent::ShowDelivery(id));
    }
    if line.open {
        for more in &line.more {
            quiet(ui, theme, more);
        }
    } else {
        response.on_hover_text(line.more.join("\n"));
    }
}
