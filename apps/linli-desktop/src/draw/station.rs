//! The gate station: the verdict large enough for two metres, the field, the last scans, how fresh the news are.
//!
//! While it waits for a pass no text field is on screen, so a barcode gun types into the station itself and no input
//! method gets in between (`app::keys::burst`). A plate is typed into a field, because 京 needs an input method.

mod lists;
mod whole;

use super::button::{Weight, button, choice};
use super::{card, icon, rail};
use crate::fonts::medium;
use crate::state::{Focus, State};
use crate::theme::Theme;
use crate::view::View;
use egui::{
    Frame, Key, Label, Margin, Modifiers, RichText, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    WidgetType, vec2,
};
use linli_view::intent::Intent;
use linli_view::station::{Entry, Mode, Panel, Station, TYPED_MAX, Verdict};
use linli_view::tone::Tone;

/// Draws the station.
pub(super) fn station(
    ui: &mut Ui,
    theme: &Theme,
    view: &View,
    station: &Station,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let large = &large(theme);
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    head(ui, theme, station);
    for fresh in station.fresh.iter().filter(|one| one.tone != Tone::Quiet) {
        super::told(ui, large, fresh.tone, &fresh.text);
    }
    // What was asked for takes the room, but an answer that stands is never hidden.
    let asked = matches!(station.panel, Panel::Asked { .. });
    turn_pages(ui, asked);
    let listed = station.entry.mode == Mode::Correct || station.entry.mode == Mode::OpenAll;
    let full = !asked && !listed;
    if full && station.verdict.is_none() && !station.entry.mode.is_field() {
        // There is room for the note while nobody is answered.
        waiting(ui, theme, &station.waiting, |ui| {
            note(ui, large, view, intents)
        });
    } else {
        note(ui, large, view, intents);
    }
    if let Some(shown) = &station.verdict {
        verdict(ui, theme, shown, full);
    }
    let resting = station.entry.typed.is_empty() && station.entry.along.is_empty();
    if station.entry.mode != Mode::Scan || !resting {
        entry(ui, large, &station.entry, state, intents);
    }
    // What was asked for stands at the top, and the keys behind it: they work wherever they are drawn.
    if let Panel::Asked {
        title,
        advice,
        lines,
        tone,
    } = &station.panel
    {
        lists::asked(ui, large, title, advice, lines, *tone);
    }
    keys(ui, large, &station.entry, intents);
    // What is being chosen stands alone.
    if !asked && station.entry.choices.is_empty() {
        lists::lists(ui, large, station, intents);
    }
}

/// The keys that turn pages move a list that is longer than the screen; there may be no mouse at a gate.
fn turn_pages(ui: &Ui, asked: bool) {
    let page = ui.clip_rect().height() * 0.8;
    for (key, by) in [(Key::PageDown, -page), (Key::PageUp, page)] {
        if asked && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

fn note(ui: &mut Ui, theme: &Theme, view: &View, intents: &mut Vec<Intent>) {
    if let Some(note) = &view.note {
        rail::note_line(ui, theme, view, note, intents);
    }
}

/// The gate, how fresh its news are, who is on duty, the time: one line.
fn head(ui: &mut Ui, theme: &Theme, station: &Station) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme.gap(6.0);
        line(ui, theme, &station.time, theme.colour.text);
        line(ui, theme, &station.gate, theme.colour.text);
        line(ui, theme, &station.duty, theme.colour.quiet);
        for fresh in station.fresh.iter().filter(|one| one.tone == Tone::Quiet) {
            line(ui, theme, &fresh.text, theme.colour.quiet);
        }
    });
}

/// One key an action.
fn keys(ui: &mut Ui, theme: &Theme, entry: &Entry, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        for mode in &entry.modes {
            if choice(ui, theme, &mode.word, &mode.word, mode.here).clicked() {
                intents.push(Intent::ScanMode(mode.mode));
            }
        }
        if button(ui, theme, Weight::Plain, &entry.next, &entry.next).clicked() {
            intents.push(Intent::NextVisitor);
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
    (theme.size.verdict * 1.45 + theme.size.station * 3.5)
        .min(ui.ctx().content_rect().height() * 0.4)
}

fn waiting(ui: &mut Ui, theme: &Theme, text: &str, below: impl FnOnce(&mut Ui)) {
    Frame::NONE
        .fill(theme.colour.card)
        .stroke(Stroke::new(2.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(20))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(room(ui, theme));
            sentence(ui, theme.size.station * 1.3, theme.colour.quiet, text);
            below(ui);
        });
}

/// Word, colour and shape say the same; the sentence says what to do.
fn verdict(ui: &mut Ui, theme: &Theme, shown: &Verdict, full: bool) {
    let (ink, ground) = theme.tone(shown.tone);
    let frame = Frame::NONE
        .fill(ground)
        .stroke(Stroke::new(4.0, ink))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::same(20));
    let whole = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if full {
            ui.set_min_height(room(ui, theme));
        }
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        ui.horizontal_wrapped(|ui| {
            icon::verdict(ui, theme, shown.tone, theme.size.verdict);
            ui.add_space(theme.gap(4.0));
            let word = RichText::new(&shown.word)
                .size(theme.size.verdict)
                .family(medium())
                .color(ink);
            ui.add(Label::new(word));
            ui.add_space(theme.gap(6.0));
            if !shown.who.is_empty() {
                let font = egui::FontId::new(theme.size.station * 1.4, medium());
                whole::words(ui, theme, &shown.who, font, ink);
            }
        });
        if !full {
            return;
        }
        sentence(ui, theme.size.station, ink, &shown.sentence);
        if let Some((said, tone)) = &shown.call {
            call(ui, theme, said, *tone, shown.tone);
        }
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

/// Whom a key calls, or what the household says: the mark of its own tone says it too.
fn call(ui: &mut Ui, theme: &Theme, said: &str, tone: Tone, verdict: Tone) {
    let (ink, ground) = theme.tone(tone);
    let fill = if tone == verdict {
        theme.colour.card
    } else {
        ground
    };
    Frame::NONE
        .fill(fill)
        .stroke(Stroke::new(2.0, ink))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::symmetric(10, 4))
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                icon::verdict(ui, theme, tone, theme.size.station);
                let text = RichText::new(said)
                    .size(theme.size.station)
                    .family(medium())
                    .color(ink);
                ui.add(Label::new(text).wrap());
            });
        });
}

fn entry(ui: &mut Ui, theme: &Theme, entry: &Entry, state: &mut State, intents: &mut Vec<Intent>) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        if let Some(confirm) = &entry.confirm {
            super::told(ui, theme, Tone::Alert, confirm);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme.gap(4.0);
            if entry.mode.is_field() {
                field(ui, theme, entry, state);
            } else if entry.typed.is_empty() {
                super::quiet(ui, theme, &entry.prompt);
            } else {
                line(ui, theme, &entry.typed, theme.colour.text);
            }
            if !entry.along.is_empty() {
                line(ui, theme, &entry.along, theme.colour.accent);
            }
            let ready = entry.confirm.is_some() || entry.mode.is_field() || !entry.typed.is_empty();
            if ready && button(ui, theme, Weight::Main, &entry.send, &entry.send).clicked() {
                intents.push(Intent::TryScan);
            }
        });
        let mut choose = |ui: &mut Ui| {
            for (n, what) in &entry.choices {
                let word = format!("{n}  {what}");
                let here = state.chosen == Some(*n);
                if choice(ui, theme, &word, &word, here).clicked() {
                    intents.push(Intent::Choose(*n));
                }
            }
        };
        if entry.mode == Mode::Correct {
            ui.vertical(|ui| choose(ui));
        } else {
            ui.horizontal_wrapped(|ui| choose(ui));
        }
    });
}

fn field(ui: &mut Ui, theme: &Theme, entry: &Entry, state: &mut State) {
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
        // What was typed before the field had the cursor stands before it.
        let end = egui::text::CCursor::new(state.typed.0.chars().count());
        let mut edit =
            egui::text_edit::TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
        edit.cursor
            .set_char_range(Some(egui::text::CCursorRange::one(end)));
        edit.store(ui.ctx(), response.id);
    }
}
