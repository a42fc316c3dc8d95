//! Whose home is open, over every page; and the list of those that one can change to.

use super::button::{Weight, button};
use super::{card, over, quiet, strip, text, title};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Context, Frame, Label, Margin, Panel, RichText, Stroke, Ui};
use linli_view::homes::{Acting, Does, HomesPage};
use linli_view::intent::Intent;

/// The strip at the top.
pub(super) fn acting(ui: &mut Ui, theme: &Theme, acting: &Acting, intents: &mut Vec<Intent>) {
    let (_, fill) = theme.tone(acting.tone);
    let ground = Frame::NONE.fill(fill).inner_margin(Margin::symmetric(6, 4));
    Panel::top("acting")
        .resizable(false)
        .frame(ground)
        .show(ui, |ui| {
            let button = (Weight::Plain, acting.button.as_str(), acting.name.as_str());
            if strip::strip(ui, theme, acting.tone, &acting.text, button) {
                intents.push(Intent::Homes(true));
            }
        });
}

/// The list.
pub(super) fn over(ctx: &Context, theme: &Theme, page: &HomesPage, intents: &mut Vec<Intent>) {
    let edge = Stroke::new(1.0, theme.colour.line);
    let mut chosen = None;
    over::over(
        ctx,
        theme,
        "homes",
        edge,
        |ui| {
            title(ui, theme, &page.title);
            for row in &page.rows {
                card::plain(ui, theme, |ui| {
                    ui.spacing_mut().item_spacing.y = theme.gap(1.0);
                    let name = RichText::new(&row.title)
                        .size(theme.size.heading)
                        .family(medium());
                    ui.add(Label::new(name).wrap());
                    quiet(ui, theme, &row.detail);
                    let weight = match row.does {
                        Does::Nothing => return,
                        Does::Open => Weight::Main,
                        Does::Forget => Weight::Light,
                    };
                    if button(ui, theme, weight, &row.word, &row.name).clicked() {
                        let dir = row.dir.clone();
                        chosen = Some(match row.does {
                            Does::Forget => Intent::ForgetHome(dir),
                            _ => Intent::ActAs(dir),
                        });
                    }
                });
            }
            for note in &page.notes {
                text(ui, theme, note);
            }
        },
        |ui, _| {
            if button(ui, theme, Weight::Plain, &page.close, &page.close).clicked() {
                intents.push(Intent::Homes(false));
            }
        },
    );
    intents.extend(chosen);
}
