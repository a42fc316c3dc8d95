//! Visitors: the passes made here, and beside them the form or the pass on screen.

use super::badge::badges;
use super::button::{Weight, back, button};
use super::{
    card, delivery, home, pass_desk, pass_form, qr, quiet, refusal, scroll, text, title, told,
};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use crate::view::Beside;
use egui::{Align, Label, Layout, RichText, Ui};
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::pass_card::PassCard;
use linli_view::pass_list::PassLists;
use linli_view::tone::Tone;

/// Draws the screen: two columns where there is room, else one thing at a time.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    lists: &PassLists,
    beside: &Beside,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let wide = ui.available_width() >= theme.space.two_columns;
    if let Beside::Nothing(refusals) = beside {
        scroll(ui, "passes", |ui| {
            list(ui, theme, lists, intents);
            pass_desk::rest(ui, theme, lists, state.ask_cancel_all, intents);
            if let Some(refusals) = refusals {
                refusal::refusals(ui, theme, refusals, &mut state.refusal, intents);
            }
        });
    } else if wide {
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(theme.space.list);
                ui.set_height(height);
                scroll(ui, "passes", |ui| list(ui, theme, lists, intents));
            });
            ui.add_space(theme.gap(2.0));
            ui.vertical(|ui| {
                ui.set_height(height);
                scroll(ui, "beside", |ui| side(ui, theme, beside, state, intents));
            });
        });
    } else {
        back(ui, theme, frame, intents);
        scroll(ui, "beside", |ui| side(ui, theme, beside, state, intents));
    }
}

fn side(ui: &mut Ui, theme: &Theme, beside: &Beside, state: &mut State, intents: &mut Vec<Intent>) {
    match beside {
        Beside::Nothing(_) => {}
        Beside::Form(form) => {
            if let Some(draft) = &mut state.draft {
                let typed = pass_form::Typing {
                    draft,
                    pin: &mut state.pin.0,
                    focus: &mut state.focus,
                };
                pass_form::form(ui, theme, form, typed, intents);
            }
        }
        Beside::Card(pass) => show(ui, theme, pass, state.ask_cancel, intents),
    }
}

fn list(ui: &mut Ui, theme: &Theme, lists: &PassLists, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        title(ui, theme, &lists.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, theme, Weight::Main, &lists.new_pass, &lists.new_pass).clicked() {
                intents.push(Intent::NewPass);
            }
        });
    });
    ui.add_space(theme.gap(1.0));
    if !lists.regulars.is_empty() {
        card::card(ui, theme, &lists.regulars_title, |ui| {
            home::regulars(ui, theme, &lists.regulars, intents);
        });
        ui.add_space(theme.gap(2.0));
    }
    if let Some(incidents) = &lists.incidents {
        pass_desk::incidents(ui, theme, incidents, intents);
    }
    if lists.ahead.is_empty() && lists.past.is_empty() {
        text(ui, theme, &lists.none);
    }
    for (heading, rows) in [
        (&lists.ahead_title, &lists.ahead),
        (&lists.past_title, &lists.past),
    ] {
        if rows.is_empty() {
            continue;
        }
        card::card(ui, theme, heading, |ui| {
            for (at, pass) in rows.iter().enumerate() {
                if at > 0 {
                    card::rule(ui, theme);
                }
                home::visitor(ui, theme, pass, intents);
            }
        });
        ui.add_space(theme.gap(2.0));
    }
}

/// The pass on screen: the code large, what the visitor needs to know, and what one can do with it.
fn show(ui: &mut Ui, theme: &Theme, pass: &PassCard, ask_cancel: bool, intents: &mut Vec<Intent>) {
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    card::plain(ui, theme, |ui| {
        // What is told once, and what went wrong, stands above the picture, where nobody has to scroll.
        if let Some(pin) = &pass.pin {
            pass_desk::pin(ui, theme, pin);
        }
        for line in &pass.incidents {
            told(ui, theme, Tone::Danger, line);
        }
        ui.vertical_centered(|ui| {
            ui.add(
                Label::new(
                    RichText::new(&pass.who)
                        .size(theme.size.title)
                        .family(medium()),
                )
                .wrap(),
            );
            text(ui, theme, &pass.facts.join("  ·  "));
            ui.add_space(theme.gap(1.0));
            match &pass.qr {
                Some(code) => qr::qr(ui, theme, code, &pass.qr_name),
                None => told(ui, theme, Tone::Info, &pass.no_picture),
            }
            ui.add_space(theme.gap(1.0));
            quiet(ui, theme, &pass.code_label);
            ui.add(
                Label::new(
                    RichText::new(&pass.code)
                        .size(theme.size.code)
                        .family(medium()),
                )
                .selectable(true),
            );
        });
        badges(ui, theme, &pass.badges);
        for line in &pass.visit {
            text(ui, theme, line);
        }
        for gate in &pass.gates {
            let (ink, _) = theme.tone(if gate.heard { Tone::Good } else { Tone::Quiet });
            ui.add(Label::new(RichText::new(&gate.text).size(theme.size.body).color(ink)).wrap());
        }
        delivery::delivery(ui, theme, &pass.delivery, intents);
        ui.add_space(theme.gap(1.0));
        actions(ui, theme, pass, intents);
        if pass.qr.is_some() {
            quiet(ui, theme, &pass.secret);
        }
        if pass.can_cancel {
            cancel(ui, theme, pass, ask_cancel, intents);
        }
    });
}

fn actions(ui: &mut Ui, theme: &Theme, pass: &PassCard, intents: &mut Vec<Intent>) {
    let words = &pass.buttons;
    ui.horizontal_wrapped(|ui| {
        if pass.qr.is_some() {
            if button(ui, theme, Weight::Main, &words.copy, &words.copy).clicked() {
                intents.push(Intent::CopyPicture);
            }
            if button(ui, theme, Weight::Plain, &words.save, &words.save).clicked() {
                intents.push(Intent::SavePicture);
            }
            for (word, a4) in [(&words.card_a7, false), (&words.card_a4, true)] {
                if button(ui, theme, Weight::Plain, word, word).clicked() {
                    intents.push(Intent::PrintCard { a4 });
                }
            }
        }
        if button(ui, theme, Weight::Plain, &words.copy_text, &words.copy_text).clicked() {
            intents.push(Intent::CopyText);
        }
        match &pass.regular {
            Some(label) => {
                if button(ui, theme, Weight::Plain, &words.forget, &words.forget).clicked() {
                    intents.push(Intent::DropRegular {
                        label: label.clone(),
                    });
                }
            }
            None => {
                if button(ui, theme, Weight::Plain, &words.keep, &words.keep).clicked() {
                    intents.push(Intent::KeepRegular {
                        id: pass.id.clone(),
                    });
                }
            }
        }
    });
}

fn cancel(ui: &mut Ui, theme: &Theme, pass: &PassCard, ask: bool, intents: &mut Vec<Intent>) {
    let words = &pass.buttons;
    ui.add_space(theme.gap(1.0));
    if !ask {
        if button(ui, theme, Weight::Light, &words.cancel, &words.cancel).clicked() {
            intents.push(Intent::AskCancelPass {
                id: pass.id.clone(),
            });
        }
        return;
    }
    told(ui, theme, Tone::Warn, &words.sure);
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Plain, &words.no, &words.no).clicked() {
            intents.push(Intent::KeepPass);
        }
        if button(ui, theme, Weight::Plain, &words.yes, &words.yes).clicked() {
            intents.push(Intent::CancelPass {
                id: pass.id.clone(),
            });
        }
    });
}
