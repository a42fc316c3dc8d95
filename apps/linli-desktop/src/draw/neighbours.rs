//! Neighbours and sync.

use super::button::{Weight, button};
use super::{card, icon, quiet, text, title, told};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Align, Label, Layout, RichText, Ui};
use linli_view::intent::Intent;
use linli_view::neighbours::{Neighbours, PeerRow};
use linli_view::reasons::ReasonView;
use linli_view::tone::Tone;

/// Draws the screen.
pub(super) fn screen(ui: &mut Ui, theme: &Theme, view: &Neighbours, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        title(ui, theme, &view.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &view.as_of)
        });
    });
    ui.add_space(theme.gap(1.0));
    now(ui, theme, view, intents);
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &view.waiting_title, |ui| {
        if view.waiting.is_empty() {
            quiet(ui, theme, &view.waiting_none);
        }
        for waiting in &view.waiting {
            text(ui, theme, &waiting.what);
            quiet(ui, theme, &waiting.detail);
        }
    });
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &view.peers_title, |ui| {
        if view.peers.is_empty() {
            quiet(ui, theme, &view.peers_none);
        }
        for (at, row) in view.peers.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            peer(ui, theme, row);
        }
    });
}

/// How things stand, in one sentence, with what can be done about it.
fn now(ui: &mut Ui, theme: &Theme, view: &Neighbours, intents: &mut Vec<Intent>) {
    card::plain(ui, theme, |ui| {
        ui.horizontal(|ui| {
            icon::light(ui, theme, view.light.light);
            let (ink, _) = theme.tone(view.light.light.tone());
            let words = RichText::new(&view.light.words)
                .size(theme.size.heading)
                .family(medium())
                .color(ink);
            ui.add(Label::new(words).wrap());
        });
        text(ui, theme, &view.summary);
        quiet(ui, theme, &view.light.detail);
        if let Some(why) = &view.reason {
            reason(ui, theme, why);
        }
        let (ink, _) = theme.tone(view.clock_tone);
        ui.add(Label::new(RichText::new(&view.clock).size(theme.size.small).color(ink)).wrap());
        ui.add_space(theme.gap(1.0));
        if button(ui, theme, Weight::Plain, &view.pause.word, &view.pause.name).clicked() {
            intents.push(if view.pause.paused {
                Intent::Resume
            } else {
                Intent::Pause
            });
        }
    });
}

fn reason(ui: &mut Ui, theme: &Theme, reason: &ReasonView) {
    told(
        ui,
        theme,
        Tone::Info,
        &format!("{}\n{}", reason.why, reason.todo),
    );
}

fn peer(ui: &mut Ui, theme: &Theme, peer: &PeerRow) {
    ui.horizontal_wrapped(|ui| {
        ui.add(
            Label::new(
                RichText::new(&peer.who)
                    .size(theme.size.body)
                    .family(medium()),
            )
            .wrap(),
        );
        let badge = linli_view::tone::Badge::new(peer.state.clone(), peer.tone);
        super::badge::badge(ui, theme, &badge);
    });
    text(ui, theme, &format!("{} · {}", peer.step, peer.met));
    if let Some(why) = &peer.reason {
        reason(ui, theme, why);
    }
}
