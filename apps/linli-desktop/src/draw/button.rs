//! Buttons, each with an accessible name and a target that can be hit.

use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Button, Response, RichText, Stroke, Ui, WidgetInfo, WidgetType, vec2};
use linli_view::frame::Frame;
use linli_view::intent::Intent;

/// How much a button matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Weight {
    /// The one thing to do here.
    Main,
    /// One of several.
    Plain,
    /// Looks like a link.
    Light,
}

/// A button with a word, and a longer name for who cannot see what stands around it.
pub(super) fn button(
    ui: &mut Ui,
    theme: &Theme,
    weight: Weight,
    word: &str,
    name: &str,
) -> Response {
    let c = theme.colour;
    let text = RichText::new(word).size(theme.size.body);
    let target = vec2(theme.space.target, theme.space.target);
    // A link begins where the text above it does, or nearly: it has no edge that needs room.
    let before = ui.spacing().button_padding;
    if weight == Weight::Light {
        ui.spacing_mut().button_padding.x = theme.gap(1.0);
    }
    let button = match weight {
        Weight::Main => Button::new(text.color(c.on_accent).family(medium()))
            .fill(c.accent)
            .stroke(Stroke::NONE),
        Weight::Plain => Button::new(text),
        Weight::Light => Button::new(text.color(c.accent)).frame_when_inactive(false),
    };
    let response = finish(ui, theme, button.min_size(target), name);
    ui.spacing_mut().button_padding = before;
    response
}

/// The button that leads back to where one came from.
pub(super) fn back(ui: &mut Ui, theme: &Theme, frame: &Frame, intents: &mut Vec<Intent>) {
    let word = format!("← {}", frame.back);
    if button(ui, theme, Weight::Plain, &word, &frame.back).clicked() {
        intents.push(Intent::Back);
    }
}

/// The ways on from a form: those that have a word now. The first is the main one, which Enter takes too.
pub(super) fn ways_on(
    ui: &mut Ui,
    theme: &Theme,
    enter: bool,
    ways: &[(&Option<String>, Intent)],
    intents: &mut Vec<Intent>,
) {
    ui.horizontal_wrapped(|ui| {
        for (at, (word, intent)) in ways.iter().enumerate() {
            let Some(word) = word else { continue };
            let weight = if at == 0 { Weight::Main } else { Weight::Plain };
            let pressed = button(ui, theme, weight, word, word).clicked();
            if pressed || (enter && at == 0) {
                intents.push(intent.clone());
            }
        }
    });
}

/// A button that is one of a choice.
pub(super) fn choice(ui: &mut Ui, theme: &Theme, word: &str, name: &str, chosen: bool) -> Response {
    let c = theme.colour;
    let mut text = RichText::new(word).size(theme.size.body);
    if chosen {
        text = text.family(medium()).color(c.accent);
    }
    let mut button = Button::new(text).min_size(vec2(theme.space.target, theme.space.target));
    if chosen {
        button = button.fill(c.raised).stroke(Stroke::new(1.5, c.accent));
    }
    let response = ui.add(button);
    let info = || WidgetInfo::selected(WidgetType::SelectableLabel, ui.is_enabled(), chosen, name);
    response.widget_info(info);
    ring(ui, theme, &response);
    response
}

fn finish(ui: &mut Ui, theme: &Theme, button: Button<'_>, name: &str) -> Response {
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), name));
    ring(ui, theme, &response);
    response
}

/// Shows where the keyboard is, visibly on every ground, and in sight.
pub(super) fn ring(ui: &Ui, theme: &Theme, response: &Response) {
    if response.has_focus() {
        let rect = response.rect.expand(2.0);
        let radius = egui::CornerRadius::same(theme.space.round + 2);
        ui.painter().rect_stroke(
            rect,
            radius,
            Stroke::new(2.0, theme.colour.accent),
            egui::StrokeKind::Outside,
        );
    }
}
