//! The lists below the keys: who is inside, who is expected, what was decided last; or the one that was asked for.

use super::super::button::{Weight, button};
use super::super::{card, icon};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{FontId, Label, RichText, ScrollArea, Ui};
use linli_view::intent::Intent;
use linli_view::station::{Line, Recent, Station};
use linli_view::tone::Tone;

/// A list is never lower than this many lines.
const LINES_MIN: f32 = 3.0;

/// The three lists, side by side where there is room.
pub(super) fn lists(ui: &mut Ui, theme: &Theme, station: &Station, intents: &mut Vec<Intent>) {
    let height = room(ui, theme);
    if ui.available_width() >= theme.size.station * 30.0 {
        ui.columns(3, |parts| {
            let [left, middle, right] = parts else { return };
            inside(left, theme, station, height, intents);
            expected(middle, theme, station, height);
            recent(right, theme, station, height);
        });
    } else {
        inside(ui, theme, station, height, intents);
        expected(ui, theme, station, height);
        recent(ui, theme, station, height);
    }
}

/// What is left of the window below what was drawn.
fn room(ui: &Ui, theme: &Theme) -> f32 {
    let heading = theme.size.station * 4.0;
    let left = ui.clip_rect().bottom() - ui.cursor().top() - heading;
    left.max(theme.size.station * theme.size.line * LINES_MIN)
}

fn list(
    ui: &mut Ui,
    theme: &Theme,
    (heading, none): (&str, &str),
    (height, empty): (f32, bool),
    add: impl FnOnce(&mut Ui),
) {
    card::card(ui, theme, heading, |ui| {
        ScrollArea::vertical()
            .id_salt(heading)
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                if empty {
                    super::super::quiet(ui, theme, none);
                }
                add(ui);
                super::super::follow_focus(ui);
            });
    });
}

fn inside(ui: &mut Ui, theme: &Theme, station: &Station, height: f32, intents: &mut Vec<Intent>) {
    let words = (station.inside_title.as_str(), station.inside_none.as_str());
    list(
        ui,
        theme,
        words,
        (height, station.inside.is_empty()),
        |ui| {
            for one in &station.inside {
                ui.horizontal_wrapped(|ui| {
                    let (word, name) = &one.leave;
                    if button(ui, theme, Weight::Plain, word, name).clicked() {
                        intents.push(Intent::Leaves {
                            event: one.event.clone(),
                        });
                    }
                    line(ui, theme, &one.text);
                });
                if !one.over.is_empty() {
                    // On a line of its own: behind the plate it was torn in two.
                    ui.horizontal_top(|ui| {
                        let (ink, _) = theme.tone(Tone::Warn);
                        icon::verdict(ui, theme, Tone::Warn, theme.size.body);
                        let over = RichText::new(&one.over).size(theme.size.body).color(ink);
                        ui.add(Label::new(over).wrap());
                    });
                }
            }
        },
    );
}

fn expected(ui: &mut Ui, theme: &Theme, station: &Station, height: f32) {
    let words = (
        station.expected_title.as_str(),
        station.expected_none.as_str(),
    );
    list(
        ui,
        theme,
        words,
        (height, station.expected.is_empty()),
        |ui| {
            for one in &station.expected {
                line(ui, theme, &one.text);
            }
        },
    );
}

fn recent(ui: &mut Ui, theme: &Theme, station: &Station, height: f32) {
    let words = (station.recent_title.as_str(), station.recent_none.as_str());
    list(
        ui,
        theme,
        words,
        (height, station.recent.is_empty()),
        |ui| {
            for one in &station.recent {
                scanned(ui, theme, one);
            }
        },
    );
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
        line(ui, theme, &one.who);
    });
}

/// A line of a list: plates and units stand whole.
fn line(ui: &mut Ui, theme: &Theme, text: &str) {
    let font = FontId::proportional(theme.size.station);
    super::whole::words(ui, theme, text, font, theme.colour.text);
}

/// A list that was asked for takes the whole width.
pub(super) fn asked(
    ui: &mut Ui,
    theme: &Theme,
    title: &str,
    advice: &str,
    lines: &[Line],
    tone: Tone,
) {
    card::card(ui, theme, title, |ui| {
        if tone == Tone::Quiet {
            super::super::quiet(ui, theme, advice);
        } else {
            super::super::told(ui, theme, tone, advice);
        }
        for (n, line) in lines.iter().enumerate() {
            // A heading stands apart from what belongs to the one before.
            if n > 0 && (line.heading || !lines.iter().any(|line| line.heading)) {
                card::rule(ui, theme);
            }
            if line.heading {
                let text = RichText::new(&line.text).size(theme.size.station);
                ui.add(Label::new(text.family(medium())).wrap());
            } else if line.tone == Tone::Plain {
                super::super::text(ui, theme, &line.text);
            } else {
                let (ink, _) = theme.tone(line.tone);
                ui.horizontal_top(|ui| {
                    icon::verdict(ui, theme, line.tone, theme.size.station);
                    let text = RichText::new(&line.text).size(theme.size.station);
                    ui.add(Label::new(text.color(ink)).wrap());
                });
            }
        }
    });
}
