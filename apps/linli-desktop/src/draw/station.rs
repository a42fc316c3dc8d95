//! The gate station: the verdict large enough for two metres, the field, the last scans, how fresh the news are.
//!
//! While it waits for a pass no text field is on screen, so a barcode gun types into the station itself and no input
//! method gets in between (`app::keys::burst`). A plate is typed into a field, because 京 needs an input method.

use super::button::{Weight, button, choice};
use super::{card, icon};
use crate::fonts::medium;
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::{
    Align, Frame, Label, Layout, Margin, RichText, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    WidgetType,
};
use linli_view::intent::Intent;
use linli_view::station::{Entry, Recent, Station, TYPED_MAX, Verdict};
use linli_view::tone::Tone;

/// Draws the station.
pub(super) fn station(
    ui: &mut Ui,
    theme: &Theme,
    station: &Station,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = theme.gap(3.0);
    ui.horizontal(|ui| {
        line(ui, theme, &station.gate, theme.colour.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            line(ui, theme, &station.time, theme.colour.quiet);
            ui.add_space(theme.gap(4.0));
            line(ui, theme, &station.duty, theme.colour.quiet);
        });
    });
    for fresh in &station.fresh {
        let (ink, _) = theme.tone(fresh.tone);
        let ink = if fresh.tone == Tone::Quiet {
            theme.colour.quiet
        } else {
            ink
        };
        sentence(ui, theme.size.station, ink, &fresh.text);
    }
    match &station.verdict {
        Some(shown) => verdict(ui, theme, shown),
        None => waiting(ui, theme, &station.waiting),
    }
    let theme = &large(theme);
    if ui.available_width() >= theme.space.two_columns {
        ui.columns(2, |sides| {
            let [left, right] = sides else { return };
            entry(left, theme, &station.entry, state, intents);
            recent(left, theme, station);
            inside(right, theme, station, intents);
            expected(right, theme, station);
        });
    } else {
        entry(ui, theme, &station.entry, state, intents);
        inside(ui, theme, station, intents);
        expected(ui, theme, station);
        recent(ui, theme, station);
    }
}

fn inside(ui: &mut Ui, theme: &Theme, station: &Station, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &station.inside_title, |ui| {
        if station.inside.is_empty() {
            super::quiet(ui, theme, &station.inside_none);
        }
        for one in &station.inside {
            ui.horizontal_wrapped(|ui| {
                super::text(ui, theme, &one.text);
                if !one.over.is_empty() {
                    let (ink, _) = theme.tone(Tone::Warn);
                    icon::verdict(ui, theme, Tone::Warn, theme.size.body);
                    ui.add(Label::new(
                        RichText::new(&one.over).size(theme.size.body).color(ink),
                    ));
                }
                let (word, name) = &one.leave;
                if button(ui, theme, Weight::Plain, word, name).clicked() {
                    intents.push(Intent::Leaves {
                        event: one.event.clone(),
                    });
                }
            });
        }
    });
}

fn expected(ui: &mut Ui, theme: &Theme, station: &Station) {
    card::card(ui, theme, &station.expected_title, |ui| {
        if station.expected.is_empty() {
            super::quiet(ui, theme, &station.expected_none);
        }
        for one in &station.expected {
            super::text(ui, theme, &one.text);
        }
    });
}

/// No letter of the station is smaller than its type.
fn large(theme: &Theme) -> Theme {
    let mut large = *theme;
    let size = large.size.station;
    (large.size.body, large.size.small, large.size.heading) = (size, size, size);
    large
}

fn line(ui: &mut Ui, theme: &Theme, text: &str, ink: egui::Color32) {
    let text = RichText::new(text)
        .size(theme.size.station)
        .family(medium())
        .color(ink);
    ui.add(Label::new(text).wrap());
}

fn sentence(ui: &mut Ui, size: f32, ink: egui::Color32, text: &str) {
    let text = RichText::new(text)
        .size(size)
        .line_height(Some(size * 1.35))
        .color(ink);
    ui.add(Label::new(text).wrap());
}

/// The room the verdict takes, filled or not, so that nothing jumps when it comes.
fn room(ui: &Ui, theme: &Theme) -> f32 {
    (theme.size.verdict * 1.3 + theme.size.station * 5.0)
        .min(ui.ctx().content_rect().height() * 0.4)
}

fn waiting(ui: &mut Ui, theme: &Theme, text: &str) {
    Frame::NONE
        .fill(theme.colour.card)
        .stroke(Stroke::new(2.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(20))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(room(ui, theme));
            sentence(ui, theme.size.station, theme.colour.quiet, text);
        });
}

/// Word, colour and shape say the same; the sentence says what to do.
fn verdict(ui: &mut Ui, theme: &Theme, shown: &Verdict) {
    let (ink, ground) = theme.tone(shown.tone);
    let frame = Frame::NONE
        .fill(ground)
        .stroke(Stroke::new(4.0, ink))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(20));
    let whole = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_min_height(room(ui, theme));
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        ui.horizontal(|ui| {
            icon::verdict(ui, theme, shown.tone, theme.size.verdict);
            ui.add_space(theme.gap(4.0));
            let word = RichText::new(&shown.word)
                .size(theme.size.verdict)
                .family(medium())
                .color(ink);
            ui.add(Label::new(word).wrap());
        });
        if !shown.who.is_empty() {
            let who = RichText::new(&shown.who)
                .size(theme.size.station * 1.3)
                .family(medium())
                .color(ink);
            ui.add(Label::new(who).wrap());
        }
        sentence(ui, theme.size.station, ink, &shown.sentence);
        let mut small = vec![shown.facts.as_str(), shown.code.as_str()];
        small.retain(|part| !part.is_empty());
        if !small.is_empty() {
            sentence(ui, theme.size.station, ink, &small.join(" · "));
        }
    });
    // Who hears the screen hears the whole verdict as one live sentence.
    let response = ui.interact(whole.response.rect, ui.id().with("verdict"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &shown.name));
}

fn entry(ui: &mut Ui, theme: &Theme, entry: &Entry, state: &mut State, intents: &mut Vec<Intent>) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        for (n, reason) in &entry.reasons {
            let word = format!("{n}  {reason}");
            if button(ui, theme, Weight::Plain, &word, &word).clicked() {
                intents.push(Intent::Override(*n));
            }
        }
        if entry.mode.is_field() {
            let name = super::quiet(ui, theme, &entry.prompt);
            let font = egui::FontId::new(theme.size.station, egui::FontFamily::Proportional);
            let edit = TextEdit::singleline(&mut *state.typed.0)
                .id_salt("plate")
                .font(font)
                .char_limit(TYPED_MAX)
                .margin(super::field_margin(ui, theme))
                .desired_width(theme.size.station * 10.0);
            let response = ui.add(edit).labelled_by(name.id);
            if state.focus == Some(Focus::Plate) {
                response.request_focus();
                state.focus = None;
            }
        } else if entry.typed.is_empty() {
            super::quiet(ui, theme, &entry.prompt);
        } else {
            line(ui, theme, &entry.typed, theme.colour.text);
        }
        ui.horizontal_wrapped(|ui| {
            for mode in &entry.modes {
                if choice(ui, theme, &mode.word, &mode.word, mode.here).clicked() {
                    intents.push(Intent::ScanMode(mode.mode));
                }
            }
            if button(ui, theme, Weight::Main, &entry.send, &entry.send).clicked() {
                intents.push(Intent::TryScan);
            }
            if button(ui, theme, Weight::Plain, &entry.next, &entry.next).clicked() {
                intents.push(Intent::NextVisitor);
            }
        });
    });
}

fn recent(ui: &mut Ui, theme: &Theme, station: &Station) {
    card::card(ui, theme, &station.recent_title, |ui| {
        if station.recent.is_empty() {
            super::quiet(ui, theme, &station.recent_none);
        }
        for one in &station.recent {
            scanned(ui, theme, one);
        }
    });
}

fn scanned(ui: &mut Ui, theme: &Theme, one: &Recent) {
    let size = theme.size.station;
    ui.horizontal_wrapped(|ui| {
        let (ink, _) = theme.tone(one.tone);
        ui.add(Label::new(
            RichText::new(&one.time)
                .size(size)
                .color(theme.colour.quiet),
        ));
        icon::verdict(ui, theme, one.tone, size);
        ui.add(Label::new(
            RichText::new(&one.word)
                .size(size)
                .family(medium())
                .color(ink),
        ));
        ui.add(Label::new(RichText::new(&one.who).size(size)));
    });
}
