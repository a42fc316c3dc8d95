//! Notices: the list with its filters, and the open notice beside it (or instead of it, where there is no room).

use super::badge::badges;
use super::button::{Weight, back, button, choice};
use super::{card, quiet, row, scroll, text, title, told};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};
use linli_view::folder::Want;
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::notice_page::{Confirm, Give, NoticePage};
use linli_view::notices::NoticeBoard;
use linli_view::scheduled::Scheduled;

/// Draws the screen.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    board: &NoticeBoard,
    open: Option<&NoticePage>,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let wide = ui.available_width() >= theme.space.two_columns;
    match open {
        Some(open) if wide => {
            let height = ui.available_height();
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(theme.space.list);
                    ui.set_height(height);
                    list(ui, theme, board, Some(&open.id), intents);
                });
                ui.add_space(theme.gap(2.0));
                ui.vertical(|ui| {
                    ui.set_height(height);
                    scroll(ui, &open.id, |ui| page(ui, theme, open, state, intents));
                });
            });
        }
        Some(open) => {
            back(ui, theme, frame, intents);
            scroll(ui, &open.id, |ui| page(ui, theme, open, state, intents));
        }
        None => list(ui, theme, board, None, intents),
    }
}

/// A notice that is not here.
pub(super) fn missing(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    sentence: &str,
    intents: &mut Vec<Intent>,
) {
    back(ui, theme, frame, intents);
    text(ui, theme, sentence);
}

fn list(
    ui: &mut Ui,
    theme: &Theme,
    board: &NoticeBoard,
    open: Option<&String>,
    intents: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        title(ui, theme, &board.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &board.count)
        });
    });
    if board.compose.is_some() || board.alert.is_some() {
        ui.horizontal_wrapped(|ui| {
            if let Some(word) = &board.compose
                && button(ui, theme, Weight::Main, word, word).clicked()
            {
                intents.push(Intent::NewNotice);
            }
            if let Some(word) = &board.alert
                && button(ui, theme, Weight::Plain, word, word).clicked()
            {
                intents.push(Intent::Browse(Some(Want::Alert)));
            }
        });
    }
    if let Some(waiting) = &board.scheduled {
        scheduled(ui, theme, waiting, intents);
    }
    ui.horizontal_wrapped(|ui| {
        for tab in &board.filters {
            if choice(ui, theme, &tab.word, &tab.word, tab.chosen).clicked() {
                intents.push(Intent::Filter(tab.filter));
            }
        }
    });
    ui.add_space(theme.gap(1.0));
    if board.rows.is_empty() {
        text(ui, theme, &board.empty);
        return;
    }
    let area = ScrollArea::vertical()
        .id_salt("notice-list")
        .auto_shrink([false, false]);
    area.show_rows(ui, theme.space.row, board.rows.len(), |ui, visible| {
        for notice in board.rows.get(visible).unwrap_or_default() {
            if row::row(ui, theme, notice, open == Some(&notice.id)).clicked() {
                intents.push(Intent::OpenNotice {
                    id: notice.id.clone(),
                });
            }
        }
        super::follow_focus(ui);
    });
}

fn page(
    ui: &mut Ui,
    theme: &Theme,
    page: &NoticePage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    if let Some(panel) = &page.office {
        // Its own office knows the text; it comes back to see whom it reached.
        super::reach::panel(ui, theme, &page.id, panel, state, intents);
    }
    card::plain(ui, theme, |ui| {
        let mut heading = RichText::new(&page.title)
            .size(theme.size.title)
            .family(medium());
        if page.struck {
            heading = heading.strikethrough();
        }
        ui.add(Label::new(heading).wrap());
        badges(ui, theme, &page.badges);
        if let Some(warning) = &page.warning {
            told(ui, theme, warning.tone, &warning.text);
        }
        for link in &page.links {
            ui.horizontal_wrapped(|ui| {
                if !link.text.is_empty() {
                    text(ui, theme, &link.text);
                }
                if button(ui, theme, Weight::Plain, &link.button, &link.button).clicked() {
                    intents.push(Intent::OpenNotice {
                        id: link.id.clone(),
                    });
                }
            });
        }
        confirm(ui, theme, page, intents);
        ui.add_space(theme.gap(1.0));
        body(ui, theme, &page.body);
        super::file::files(ui, theme, &page.id, &page.files, intents);
        if let Some(also) = &page.also {
            ui.add_space(theme.gap(1.0));
            card::rule(ui, theme);
            quiet(ui, theme, &also.label);
            ui.add(
                Label::new(
                    RichText::new(&also.title)
                        .size(theme.size.heading)
                        .family(medium()),
                )
                .wrap(),
            );
            body(ui, theme, &also.body);
        }
        ui.add_space(theme.gap(1.0));
        card::rule(ui, theme);
        for fact in &page.facts {
            quiet(ui, theme, fact);
        }
        if let Some(give) = &page.give {
            self::give(ui, theme, &page.id, give, intents);
        }
        if let Some(muted) = &page.mute {
            card::rule(ui, theme);
            super::settings::mute(ui, theme, muted, intents);
        }
    });
    if let Some(talk) = &page.talk {
        super::notice_talk::talk(ui, theme, &page.id, talk, state, intents);
    }
}

/// What waits for its time.
fn scheduled(ui: &mut Ui, theme: &Theme, list: &Scheduled, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &list.title, |ui| {
        // The list below keeps room for two rows and what stands above it.
        let rest = ui.available_height() - theme.space.row * 2.0 - theme.space.target * 4.0;
        let tall = rest.clamp(theme.space.row, theme.space.row * 3.0);
        let area = ScrollArea::vertical().id_salt("scheduled").max_height(tall);
        area.show(ui, |ui| {
            for one in &list.rows {
                text(ui, theme, &one.line);
                if !one.note.is_empty() {
                    told(ui, theme, one.tone, &one.note);
                }
                let (word, name) = &one.back;
                if button(ui, theme, Weight::Light, word, name).clicked() {
                    intents.push(Intent::Unschedule(one.id.clone()));
                }
            }
            super::follow_focus(ui);
        });
    });
}

/// For people without Linli.
fn give(ui: &mut Ui, theme: &Theme, id: &str, give: &Give, intents: &mut Vec<Intent>) {
    card::rule(ui, theme);
    quiet(ui, theme, &give.title);
    ui.horizontal_wrapped(|ui| {
        for (form, word, name) in &give.forms {
            if button(ui, theme, Weight::Light, word, name).clicked() {
                intents.push(Intent::GiveNotice {
                    id: id.to_owned(),
                    form: *form,
                });
            }
        }
    });
}

/// Running text, selectable, so that a phone number can be copied out of it.
fn body(ui: &mut Ui, theme: &Theme, body: &str) {
    let size = theme.size.reading;
    let body = RichText::new(body)
        .size(size)
        .line_height(Some(size * theme.size.line));
    ui.add(Label::new(body).wrap().selectable(true));
}

fn confirm(ui: &mut Ui, theme: &Theme, page: &NoticePage, intents: &mut Vec<Intent>) {
    match &page.confirm {
        Confirm::Nothing => {}
        Confirm::Asked {
            button: word,
            name,
            why,
        } => {
            if button(ui, theme, Weight::Main, word, name).clicked() {
                intents.push(Intent::ConfirmNotice(page.id.clone()));
            }
            quiet(ui, theme, why);
        }
        Confirm::Given {
            text: given,
            delivery,
            heard_by,
        } => {
            let sentence = format!("{given}\n{delivery}");
            told(ui, theme, linli_view::tone::Tone::Good, &sentence);
            if !heard_by.is_empty() {
                quiet(ui, theme, heard_by);
            }
        }
    }
}
