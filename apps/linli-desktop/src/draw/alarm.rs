//! A neighbour's call for help over whatever page is open: where, what they said, and two large answers.

use super::big::{Face, big};
use super::{icon, over, quiet, text, told};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Context, Label, RichText, Sense, Stroke, Ui, WidgetInfo, WidgetType, accesskit, vec2};
use linli_view::help::Alarm;
use linli_view::intent::Intent;
use linli_view::tone::Tone;

/// Draws the call over everything else.
pub(super) fn over(ctx: &Context, theme: &Theme, alarm: &Alarm, intents: &mut Vec<Intent>) {
    let (ink, _) = theme.tone(Tone::Danger);
    let words = |ui: &mut Ui| words(ui, theme, alarm);
    over::over(
        ctx,
        theme,
        "alarm",
        Stroke::new(6.0, ink),
        words,
        |ui, width| {
            let gap = theme.gap(3.0);
            let size = vec2((width - gap) / 2.0, theme.space.target.max(84.0));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for choice in &alarm.choices {
                    let face = Face {
                        word: &choice.word,
                        key: choice.go.key(),
                        name: &choice.name,
                        tone: choice.go.tone(),
                        solid: false,
                        type_size: theme.size.heading * 1.15,
                    };
                    if big(ui, theme, size, &face).clicked() {
                        intents.push(choice.go.about(&alarm.id));
                    }
                }
            });
        },
    );
}

fn words(ui: &mut Ui, theme: &Theme, alarm: &Alarm) {
    let top = ui.cursor().left_top();
    ui.horizontal(|ui| {
        icon::verdict(ui, theme, Tone::Danger, theme.size.title * 1.2);
        super::title(ui, theme, &alarm.title);
    });
    let place = RichText::new(&alarm.place)
        .size(theme.size.code * 1.8)
        .family(medium());
    ui.add(Label::new(place).wrap());
    if let Some(said) = &alarm.words {
        told(ui, theme, Tone::Danger, said);
    }
    for fact in &alarm.facts {
        text(ui, theme, fact);
    }
    quiet(ui, theme, &alarm.promise);
    if let Some(more) = &alarm.more {
        text(ui, theme, more);
    }
    // Who hears the screen hears it at once and whole.
    let whole = egui::Rect::from_min_max(top, ui.min_rect().right_bottom());
    let response = ui.interact(whole, ui.id().with("alarm"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &alarm.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(accesskit::Live::Assertive);
    });
}
