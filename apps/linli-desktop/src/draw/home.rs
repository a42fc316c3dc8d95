//! The first screen.

use super::badge::badges;
use super::button::{Weight, button};
use super::{card, care, quiet, row, settings, text, title};
use crate::theme::Theme;
use egui::{Align, Layout, Ui, UiBuilder};
use linli_view::home::Home;
use linli_view::intent::{Intent, NoticeFilter};
use linli_view::pass_list::{PassRow, Regular};

/// Draws the first screen: two columns on a desk, one below the other in the large look.
pub(super) fn home(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        title(ui, theme, &home.title);
        if let Some(greeting) = &home.greeting {
            super::text(ui, theme, greeting);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &home.day)
        });
    });
    ui.add_space(theme.gap(1.0));
    care::missed(ui, theme, &home.missed_title, &home.missed);
    if ui.available_width() >= theme.space.two_columns {
        let gap = theme.gap(4.0);
        let right = (ui.available_width() * 0.36).clamp(300.0, 380.0);
        let left = ui.available_width() - right - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.vertical(|ui| {
                ui.set_width(left);
                urgent(ui, theme, home, intents);
                news(ui, theme, home, intents);
                recent(ui, theme, home, intents);
            });
            ui.vertical(|ui| {
                ui.set_width(right);
                if let Some(fine) = &home.fine {
                    care::fine(ui, theme, fine, intents);
                }
                inviting(ui, theme, home, true, intents);
                needs(ui, theme, home, intents);
                visitors(ui, theme, home, intents);
                inviting(ui, theme, home, false, intents);
            });
        });
    } else {
        if let Some(fine) = &home.fine {
            care::fine(ui, theme, fine, intents);
        }
        inviting(ui, theme, home, true, intents);
        urgent(ui, theme, home, intents);
        needs(ui, theme, home, intents);
        visitors(ui, theme, home, intents);
        inviting(ui, theme, home, false, intents);
        news(ui, theme, home, intents);
        recent(ui, theme, home, intents);
    }
}

/// The way to invite: above all while nobody else is in, below today's work later.
fn inviting(ui: &mut Ui, theme: &Theme, home: &Home, first: bool, intents: &mut Vec<Intent>) {
    if let Some(entry) = home.invite.as_ref().filter(|entry| entry.first == first) {
        super::invite::entry_card(ui, theme, entry, intents);
    }
}

fn urgent(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    if home.urgent.is_empty() {
        return;
    }
    card::heading(ui, theme, &home.urgent_title);
    for notice in &home.urgent {
        if row::row(ui, theme, notice, false).clicked() {
            intents.push(Intent::OpenNotice {
                id: notice.id.clone(),
            });
        }
    }
    ui.add_space(theme.gap(2.0));
}

fn news(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    if let Some(digest) = &home.digest {
        settings::digest(ui, theme, digest, intents);
    }
}

fn recent(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        card::heading(ui, theme, &home.recent_title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(
                ui,
                theme,
                Weight::Light,
                &home.all_notices,
                &home.all_notices,
            )
            .clicked()
            {
                intents.push(Intent::Filter(NoticeFilter::All));
            }
        });
    });
    if home.recent.is_empty() {
        quiet(ui, theme, &home.recent_none);
    }
    for notice in &home.recent {
        if row::row(ui, theme, notice, false).clicked() {
            intents.push(Intent::OpenNotice {
                id: notice.id.clone(),
            });
        }
    }
}

fn needs(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &home.needs_title, |ui| {
        if home.needs.is_empty() {
            quiet(ui, theme, &home.needs_none);
        }
        for (at, need) in home.needs.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            // By its name and not its place: nobody confirms the one that arrives at this moment.
            let own = UiBuilder::new().id(ui.id().with(("need", &need.id)));
            ui.scope_builder(own, |ui| {
                text(ui, theme, &need.text);
                if button(ui, theme, Weight::Main, &need.button, &need.name).clicked() {
                    intents.push(Intent::ConfirmNotice(need.id.clone()));
                }
            });
        }
        if let Some(filter) = home.needs_more
            && button(
                ui,
                theme,
                Weight::Light,
                &home.all_notices,
                &home.all_notices,
            )
            .clicked()
        {
            intents.push(Intent::Filter(filter));
        }
    });
    ui.add_space(theme.gap(2.0));
}

fn visitors(ui: &mut Ui, theme: &Theme, home: &Home, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &home.visitors_title, |ui| {
        if home.visitors.is_empty() {
            quiet(ui, theme, &home.visitors_none);
        }
        for (at, pass) in home.visitors.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            visitor(ui, theme, pass, intents);
        }
        ui.add_space(theme.gap(1.0));
        if button(ui, theme, Weight::Main, &home.new_pass, &home.new_pass).clicked() {
            intents.push(Intent::NewPass);
        }
        regulars(ui, theme, &home.regulars, intents);
    });
    ui.add_space(theme.gap(2.0));
}

/// A button for each regular visitor: it fills in the form, Enter makes the pass.
pub(super) fn regulars(ui: &mut Ui, theme: &Theme, all: &[Regular], intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        for one in all {
            if button(ui, theme, Weight::Plain, &one.word, &one.name).clicked() {
                intents.push(Intent::NewPassFor {
                    label: one.label.clone(),
                });
            }
        }
    });
}

/// One pass in a list: who, when, how it stands, and a button that shows it.
pub(super) fn visitor(ui: &mut Ui, theme: &Theme, pass: &PassRow, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let room = ui.available_width() - theme.gap(22.0).max(theme.size.body * 6.0);
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = theme.gap(1.0);
            let who = text(ui, theme, &pass.who);
            if pass.quiet {
                who.on_hover_text(&pass.span);
            }
            quiet(ui, theme, &pass.span);
            badges(ui, theme, &pass.badges);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, theme, Weight::Plain, &pass.show, &pass.name).clicked() {
                intents.push(Intent::ShowPass {
                    id: pass.id.clone(),
                });
            }
        });
    });
}
