//! Who of the family sits here: the switch in the rail, and the card on the page of settings.

use super::button::{Weight, button, choice};
use super::{card, quiet, text};
use crate::theme::Theme;
use egui::{Align, Key, Layout, Modifiers, ScrollArea, TextEdit, Ui};
use linli_view::family::{FamilyCard, NAME_MAX, Seat, Sitter};
use linli_view::intent::Intent;

/// The switch; it opens upwards from the foot of the rail.
pub(super) fn seat(ui: &mut Ui, theme: &Theme, seat: &Seat, intents: &mut Vec<Intent>) {
    // In a low window the pages above keep half of the rail.
    let most = ui.available_height() * 0.5;
    egui::Panel::bottom("seat")
        .resizable(false)
        .show_separator_line(false)
        .frame(egui::Frame::NONE.fill(theme.colour.rail))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme.gap(1.0);
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                if !seat.people.is_empty() {
                    let room = (most - theme.space.target - theme.gap(2.0)).max(theme.space.target);
                    let list = ScrollArea::vertical().id_salt("sitters").max_height(room);
                    list.show(ui, |ui| {
                        for sitter in &seat.people {
                            sit(ui, theme, sitter, intents);
                        }
                        super::follow_focus(ui);
                    });
                }
                if button(ui, theme, Weight::Plain, &seat.word, &seat.name).clicked() {
                    intents.push(Intent::WhoSits);
                }
            });
        });
}

fn sit(ui: &mut Ui, theme: &Theme, sitter: &Sitter, intents: &mut Vec<Intent>) {
    if choice(ui, theme, &sitter.word, &sitter.name, sitter.on).clicked() {
        intents.push(Intent::Family(sitter.to.clone()));
    }
}

/// The card.
pub(super) fn card(
    ui: &mut Ui,
    theme: &Theme,
    page: &FamilyCard,
    typed: &mut String,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &page.title, |ui| {
        text(ui, theme, &page.note);
        ui.horizontal_wrapped(|ui| {
            for sitter in &page.people {
                sit(ui, theme, sitter, intents);
            }
        });
        let name = quiet(ui, theme, &page.field);
        ui.horizontal_wrapped(|ui| {
            let width = (ui.available_width() * 0.6).min(theme.size.body * 16.0);
            let edit = TextEdit::singleline(typed)
                .id_salt("person")
                .char_limit(NAME_MAX)
                .margin(super::field_margin(ui, theme))
                .desired_width(width);
            let field = ui.add(edit).labelled_by(name.id);
            let enter = field.lost_focus()
                && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            if button(ui, theme, Weight::Plain, &page.add, &page.add).clicked() || enter {
                intents.push(Intent::TryPerson);
            }
        });
        ui.horizontal_wrapped(|ui| {
            for (word, name, act) in &page.drop {
                if button(ui, theme, Weight::Light, word, name).clicked() {
                    intents.push(Intent::Family(act.clone()));
                }
            }
        });
    });
}
