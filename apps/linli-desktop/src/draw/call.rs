//! A gate's call over whatever page is open: who stands there, and three large choices.

use super::button::{Weight, ring};
use super::{icon, over, quiet, strip, text};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::text::LayoutJob;
use egui::{
    Align, Context, FontId, Galley, Label, Response, RichText, Sense, Stroke, Ui, WidgetInfo,
    WidgetType, accesskit, pos2, vec2,
};
use linli_view::calls::{Call, Choice, Say, Waiting};
use linli_view::intent::Intent;
use linli_view::tone::Tone;
use std::sync::Arc;

/// Draws the call over everything else.
pub(super) fn over(
    ctx: &Context,
    theme: &Theme,
    call: &Call,
    armed: bool,
    intents: &mut Vec<Intent>,
) {
    let (ink, _) = theme.tone(Tone::Warn);
    let words = |ui: &mut Ui| words(ui, theme, call);
    let answers = |ui: &mut Ui, width: f32| self::choices(ui, theme, width, (call, armed), intents);
    over::over(ctx, theme, "call", Stroke::new(3.0, ink), words, answers);
}

fn words(ui: &mut Ui, theme: &Theme, call: &Call) {
    let top = ui.cursor().left_top();
    ui.horizontal(|ui| {
        icon::verdict(ui, theme, Tone::Warn, theme.size.title * 1.2);
        super::title(ui, theme, &call.title);
    });
    let who = RichText::new(&call.who)
        .size(theme.size.title * 1.35)
        .family(medium());
    ui.add(Label::new(who).wrap());
    for fact in &call.facts {
        text(ui, theme, fact);
    }
    quiet(ui, theme, &call.promise);
    if let Some(more) = &call.more {
        text(ui, theme, more);
    }
    // Who hears the screen hears it at once and whole.
    let whole = egui::Rect::from_min_max(top, ui.min_rect().right_bottom());
    let response = ui.interact(whole, ui.id().with("call"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &call.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(accesskit::Live::Assertive);
    });
}

/// Room inside a large button.
const PAD: f32 = 10.0;

/// Three large buttons side by side, as high as the highest needs: the word, below it its key.
///
/// Until the call takes answers they are faint and do nothing, and the cursor stays on the one that says nothing.
fn choices(
    ui: &mut Ui,
    theme: &Theme,
    width: f32,
    (call, armed): (&Call, bool),
    intents: &mut Vec<Intent>,
) {
    let gap = theme.gap(3.0);
    let wide = (width - 2.0 * gap) / 3.0;
    let faces = call.choices.each_ref().map(|choice| {
        let (ink, _) = theme.tone(choice.say.tone());
        let font = |size: f32| FontId::new(size, medium());
        let lay = |text: &str, size: f32| {
            let mut job = LayoutJob::simple(text.to_owned(), font(size), ink, wide - 2.0 * PAD);
            job.halign = Align::Center;
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        [
            lay(&choice.word, theme.size.heading * 1.15),
            lay(choice.say.key(), theme.size.small),
        ]
    });
    let high = faces
        .iter()
        .map(|[word, key]| word.size().y + key.size().y + 2.0 * PAD)
        .fold(theme.space.target.max(72.0), f32::max);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (choice, face) in call.choices.iter().zip(&faces) {
            let button = one(ui, theme, vec2(wide, high), (choice, armed), face);
            if armed && button.clicked() {
                intents.push(choice.say.about(&call.event));
            } else if !armed && choice.say == Say::Unknown && !button.has_focus() {
                button.request_focus();
            }
        }
    });
}

fn one(
    ui: &mut Ui,
    theme: &Theme,
    size: egui::Vec2,
    (choice, armed): (&Choice, bool),
    [word, key]: &[Arc<Galley>; 2],
) -> Response {
    let (ink, ground) = theme.tone(choice.say.tone());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, armed, &choice.name));
    let wide = if response.hovered() && armed {
        4.0
    } else {
        2.0
    };
    let mut painter = ui.painter().clone();
    if !armed {
        painter.multiply_opacity(0.5);
    }
    painter.rect(
        rect,
        theme.space.round,
        ground,
        Stroke::new(wide, ink),
        egui::StrokeKind::Inside,
    );
    let top = rect.center().y - (word.size().y + key.size().y) / 2.0;
    let middle = rect.center().x;
    painter.galley(pos2(middle, top), Arc::clone(word), ink);
    painter.galley(pos2(middle, top + word.size().y), Arc::clone(key), ink);
    ring(ui, theme, &response);
    response
}

/// A call put aside that still waits, in the bar below.
pub(super) fn waiting(ui: &mut Ui, theme: &Theme, waiting: &Waiting, intents: &mut Vec<Intent>) {
    let button = (Weight::Main, waiting.word.as_str(), waiting.name.as_str());
    if strip::strip(ui, theme, Tone::Warn, &waiting.text, button) {
        intents.push(Intent::BackToCall {
            event: waiting.event.clone(),
        });
    }
}
