//! The rail on the left, and the bar at the bottom with the light, the switches and the note.

use super::button::{Weight, button, ring};
use super::{icon, strip};
use crate::fonts::medium;
use crate::theme::Theme;
use crate::view::{Page, View};
use egui::{
    Align, FontFamily, FontId, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, WidgetType, vec2,
};
use linli_view::frame::{self, NavItem};
use linli_view::guide::Topic;
use linli_view::intent::Intent;
use linli_view::undo::UndoAsk;

/// The rail: where one can go.
pub(super) fn rail(ui: &mut Ui, theme: &Theme, whole: &View, intents: &mut Vec<Intent>) {
    let view = &whole.frame;
    let ground = Frame::NONE
        .fill(theme.colour.rail)
        .inner_margin(Margin::symmetric(8, 14));
    Panel::left("rail")
        .exact_size(theme.space.rail)
        .resizable(false)
        .frame(ground)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme.gap(1.0);
            ui.horizontal(|ui| {
                ui.add_space(theme.gap(2.0));
                ui.vertical(|ui| {
                    ui.add(
                        Label::new(
                            RichText::new(&view.community)
                                .size(theme.size.heading)
                                .family(medium()),
                        )
                        .wrap(),
                    );
                    super::quiet(ui, theme, &view.who);
                });
            });
            if let Some(word) = &view.find
                && button(ui, theme, Weight::Plain, word, word).clicked()
            {
                intents.push(Intent::FindBox { open: true });
            }
            ui.add_space(theme.gap(2.0));
            if let Some(seat) = &whole.seat {
                super::family::seat(ui, theme, seat, intents);
            }
            // A low window in the large look has not room for all of them.
            ScrollArea::vertical().id_salt("rail").show(ui, |ui| {
                for item in &view.nav {
                    if entry(ui, theme, item).clicked() {
                        intents.push(Intent::Go(item.screen));
                    }
                }
                super::follow_focus(ui);
            });
        });
}

/// One entry: icon, word, and how much waits.
fn entry(ui: &mut Ui, theme: &Theme, item: &NavItem) -> egui::Response {
    let height = (theme.space.target + theme.gap(2.0)).max(36.0);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(WidgetType::SelectableLabel, true, item.here, &item.name)
    });
    let c = theme.colour;
    let ink = if item.here { c.accent } else { c.text };
    if item.here || response.hovered() {
        ui.painter().rect_filled(rect, theme.space.round, c.raised);
    }
    let side = theme.size.heading * 1.05;
    let left = rect.left() + theme.gap(2.5);
    let box_ = egui::Rect::from_min_size(
        egui::pos2(left, rect.center().y - side / 2.0),
        vec2(side, side),
    );
    icon::screen(ui, box_, item.screen, ink);
    let family = if item.here {
        medium()
    } else {
        FontFamily::Proportional
    };
    let font = FontId::new(theme.size.heading * 0.95, family);
    let at = egui::pos2(box_.right() + theme.gap(2.5), rect.center().y);
    ui.painter()
        .text(at, egui::Align2::LEFT_CENTER, &item.word, font, ink);
    if item.badge > 0 {
        let (ink, ground) = theme.tone(linli_view::tone::Tone::Alert);
        let count = if item.badge > 99 {
            "99+".to_owned()
        } else {
            item.badge.to_string()
        };
        let font = FontId::new(theme.size.small, medium());
        let galley = ui.painter().layout_no_wrap(count, font, ink);
        let size = vec2(
            (galley.size().x + 10.0).max(galley.size().y),
            galley.size().y + 2.0,
        );
        let centre = egui::pos2(
            rect.right() - theme.gap(2.0) - size.x / 2.0,
            rect.center().y,
        );
        ui.painter().rect_filled(
            egui::Rect::from_center_size(centre, size),
            size.y / 2.0,
            ground,
        );
        ui.painter()
            .galley(centre - galley.size() / 2.0, galley, ink);
    }
    ring(ui, theme, &response);
    response
}

/// The bar at the bottom: standing sentences, the note, then the light with its words and the switches.
pub(super) fn bar(ui: &mut Ui, theme: &Theme, view: &View, intents: &mut Vec<Intent>) {
    let start = matches!(view.page, Page::Start(_));
    let ground = Frame::NONE
        .fill(theme.colour.rail)
        .stroke(Stroke::new(1.0, theme.colour.line))
        .inner_margin(Margin::symmetric(14, 6));
    Panel::bottom("bar")
        .resizable(false)
        .show_separator_line(false)
        .frame(ground)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme.gap(1.5);
            // The station says it in its own size.
            let station = matches!(view.page, Page::Station(_));
            if let Some(note) = view.note.as_ref().filter(|_| !station) {
                note_line(ui, theme, view, note, intents);
            }
            if let Some(ask) = &view.undo {
                undo(ui, theme, ask, intents);
            }
            for bar in &view.help {
                super::help::bar(ui, theme, bar, intents);
            }
            if let Some(knock) = &view.knock {
                super::invite::knock(ui, theme, knock, intents);
            }
            for waiting in &view.waiting {
                super::call::waiting(ui, theme, waiting, intents);
            }
            // What stays is said where one begins and where one looks after the computer, not on every page.
            let standing = matches!(view.page, Page::Home(_) | Page::Neighbours(_));
            for sentence in view.frame.standing.iter().filter(|_| standing) {
                super::told(ui, theme, linli_view::tone::Tone::Warn, sentence);
            }
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    // Its key answers whoever calls while that stands over the page.
                    let called = view.call.is_some() || view.alarm.is_some();
                    let topic = (!called).then(|| super::guide::topic(&view.page));
                    switches(ui, theme, &view.frame, topic, intents);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        if !start {
                            light(ui, theme, &view.frame);
                        }
                    });
                });
            });
        });
}

/// Really take it back?
fn undo(ui: &mut Ui, theme: &Theme, ask: &UndoAsk, intents: &mut Vec<Intent>) {
    super::told(ui, theme, linli_view::tone::Tone::Info, &ask.question);
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Plain, &ask.yes, &ask.yes).clicked() {
            intents.push(Intent::Undo { yes: true });
        }
        if button(ui, theme, Weight::Plain, &ask.no, &ask.no).clicked() {
            intents.push(Intent::KeepDone);
        }
    });
}

fn light(ui: &mut Ui, theme: &Theme, view: &frame::Frame) {
    icon::light(ui, theme, view.light.light);
    let (ink, _) = theme.tone(view.light.light.tone());
    let words = RichText::new(&view.light.words)
        .size(theme.size.body)
        .family(medium())
        .color(ink);
    ui.add(Label::new(words).extend());
    let detail = RichText::new(&view.light.detail)
        .size(theme.size.small)
        .color(theme.colour.quiet);
    ui.add(Label::new(detail).truncate());
}

/// From right to left, so the last stands first.
fn switches(
    ui: &mut Ui,
    theme: &Theme,
    view: &frame::Frame,
    topic: Option<Topic>,
    intents: &mut Vec<Intent>,
) {
    if let Some(topic) = topic
        && let Some(word) = view.settings.as_ref().map(|_| &view.guide)
        && button(ui, theme, Weight::Plain, word, word).clicked()
    {
        intents.push(Intent::Guide(Some(topic)));
    }
    if let Some(word) = &view.settings
        && button(ui, theme, Weight::Plain, word, word).clicked()
    {
        intents.push(Intent::Go(linli_view::intent::Screen::Settings));
    }
    if button(
        ui,
        theme,
        Weight::Plain,
        &view.elderly.word,
        &view.elderly.name,
    )
    .clicked()
    {
        intents.push(Intent::Look(view.elderly.to));
    }
    if let Some(dark) = &view.dark
        && button(ui, theme, Weight::Plain, &dark.word, &dark.name).clicked()
    {
        intents.push(Intent::Look(dark.to));
    }
    if button(
        ui,
        theme,
        Weight::Plain,
        &view.language.word,
        &view.language.name,
    )
    .clicked()
    {
        intents.push(Intent::Speak(view.language.to));
    }
}

pub(super) fn note_line(
    ui: &mut Ui,
    theme: &Theme,
    view: &View,
    note: &frame::Note,
    intents: &mut Vec<Intent>,
) {
    let close = view.frame.close.as_str();
    if strip::strip(
        ui,
        theme,
        note.tone,
        &note.text,
        (Weight::Plain, close, close),
    ) {
        intents.push(Intent::CloseNote);
    }
}
