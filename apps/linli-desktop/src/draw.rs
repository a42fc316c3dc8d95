//! Draws a view and collects what the person wants. Knows neither the node nor keys nor links.

mod alarm;
mod alert;
mod badge;
mod begin;
mod big;
mod board;
mod button;
mod call;
mod card;
mod care;
mod chart;
mod compose;
mod delivery;
mod doorbell;
mod draft;
mod family;
mod file;
mod find;
mod folder;
mod found;
mod guide;
mod help;
mod home;
mod homes;
mod icon;
mod invite;
mod join;
mod neighbours;
mod notice;
mod notice_talk;
mod over;
mod pass;
mod pass_desk;
mod pass_form;
mod phones;
mod preview;
mod qr;
mod rail;
mod reach;
mod refusal;
mod register;
mod register_import;
mod row;
mod settings;
mod start;
mod station;
mod strip;

pub(crate) use guide::topic;

use crate::state::State;
use crate::theme::Theme;
use crate::view::{Page, View};
use egui::{CentralPanel, Frame, Margin, ScrollArea, Ui};
use linli_view::intent::Intent;

/// Draws the whole window.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, state: &mut State, intents: &mut Vec<Intent>) {
    if let Some(acting) = &view.acting {
        homes::acting(ui, theme, acting, intents);
    }
    rail::bar(ui, theme, view, intents);
    if !matches!(view.page, Page::Start(_)) {
        rail::rail(ui, theme, view, intents);
    }
    let margin = Margin::same(if theme.elderly() { 20 } else { 16 });
    let ground = Frame::NONE.fill(theme.colour.page).inner_margin(margin);
    CentralPanel::default()
        .frame(ground)
        .show(ui, |ui| match &view.page {
            Page::Start(start) => scroll(ui, "start", |ui| {
                start::start(ui, theme, start, state, intents)
            }),
            Page::Station(station) => {
                scroll(ui, "station", |ui| {
                    self::station::station(ui, theme, view, station, state, intents)
                });
            }
            Page::Home(home) => scroll(ui, "home", |ui| home::home(ui, theme, home, intents)),
            Page::Notices(board, page) => notice::screen(
                ui,
                theme,
                &view.frame,
                board,
                page.as_deref(),
                state,
                intents,
            ),
            Page::Compose(page) => scroll(ui, "compose", |ui| {
                compose::page(ui, theme, &view.frame, page, state, intents)
            }),
            Page::Alert(page) => scroll(ui, "alert", |ui| {
                alert::page(ui, theme, &view.frame, page, state, intents)
            }),
            Page::Register(page) => register::screen(ui, theme, &view.frame, page, state, intents),
            Page::NoticeMissing(text) => notice::missing(ui, theme, &view.frame, text, intents),
            Page::Visitors(lists, beside) => {
                pass::screen(ui, theme, &view.frame, lists, beside, state, intents)
            }
            Page::Board(board, beside) => {
                self::board::screen(ui, theme, &view.frame, board, beside, state, intents)
            }
            Page::Neighbours(neighbours) => {
                scroll(ui, "neighbours", |ui| {
                    neighbours::screen(ui, theme, neighbours, intents)
                });
            }
            Page::Doorbell(doorbell) => {
                scroll(ui, "doorbell", |ui| {
                    doorbell::screen(ui, theme, doorbell, intents)
                });
            }
            Page::Help(page) => help::screen(ui, theme, page, state, intents),
            Page::Settings(page) => scroll(ui, "settings", |ui| {
                settings::screen(ui, theme, page, &view.saving, state, intents)
            }),
            Page::Invite(page) => scroll(ui, "invite", |ui| {
                invite::screen(ui, theme, &view.frame, page, state, intents)
            }),
            Page::Phones(numbers) => scroll(ui, "phones", |ui| {
                phones::page(ui, theme, &view.frame, numbers, intents)
            }),
        });
    let covered = view.call.is_some() || view.alarm.is_some();
    if let Some(page) = view.find.as_ref().filter(|_| !covered) {
        find::over(ui.ctx(), theme, page, state, intents);
    }
    if let Some(page) = view.guide.as_ref().filter(|_| !covered) {
        guide::over(ui.ctx(), theme, page, intents);
    }
    if let Some(page) = view.folder.as_ref().filter(|_| !covered) {
        folder::over(ui.ctx(), theme, page, state, intents);
    }
    if let Some(page) = view.homes.as_ref().filter(|_| !covered) {
        homes::over(ui.ctx(), theme, page, intents);
    }
    if let Some(alarm) = &view.alarm {
        alarm::over(ui.ctx(), theme, alarm, intents);
    } else if let Some(call) = &view.call {
        call::over(ui.ctx(), theme, call, state.armed, intents);
    }
}

/// Lets a page scroll up and down and take the whole width.
fn scroll(ui: &mut Ui, id: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            add(ui);
            follow_focus(ui);
        });
}

/// How far the window has come in following the focus.
#[derive(Clone, Copy)]
struct Following {
    focus: egui::Id,
    /// The pass in which it came there, and the last one in which something scrolled for it.
    since: u64,
    last: u64,
}

/// Passes in which lists inside lists may scroll for one focus; later, whoever scrolls away is left alone.
const FOLLOWING: u64 = 4;

/// Keeps what has the focus in sight: whoever goes on with `Tab` must not lose it. Said at the end of whatever scrolls.
/// Where one list scrolls inside another they take turns, one each pass, until it is seen.
fn follow_focus(ui: &Ui) {
    let (ctx, own) = (ui.ctx(), ui.id().with("scrolled for the focus"));
    let Some(focus) = ctx.memory(|memory| memory.focused()) else {
        return;
    };
    let (place, pass) = (egui::Id::new("following"), ctx.cumulative_pass_nr());
    let known = ctx.data(|data| data.get_temp::<Following>(place));
    let (since, last) = (pass, pass.saturating_sub(1));
    let mut now = known
        .filter(|k| k.focus == focus)
        .unwrap_or(Following { focus, since, last });
    ctx.data_mut(|data| data.insert_temp(place, now));
    let over = pass > now.last + 2 && pass > now.since + 1;
    if over || pass > now.since + FOLLOWING || now.last == pass {
        return;
    }
    let (seen, content) = (ui.clip_rect(), ui.min_rect());
    let widget = ctx.viewport(|viewport| viewport.this_pass.widgets.get(focus).copied());
    let here = widget.filter(|w| w.layer_id == ui.layer_id() && content.intersects(w.rect));
    let Some(rect) = here.map(|w| w.rect) else {
        return;
    };
    if rect.top() >= seen.top() && rect.bottom() <= seen.bottom() {
        return;
    }
    ctx.request_repaint();
    let mine = ctx.data(|data| data.get_temp::<u64>(own));
    if mine.is_none_or(|mine| mine + 1 < pass) {
        now.last = pass;
        ctx.data_mut(|data| {
            data.insert_temp(place, now);
            data.insert_temp(own, pass);
        });
        // With the ring around it.
        let rect = rect.expand(4.0);
        ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
    }
}

/// The heading of a page.
fn title(ui: &mut Ui, theme: &Theme, text: &str) {
    let text = egui::RichText::new(text)
        .size(theme.size.title)
        .family(crate::fonts::medium());
    ui.add(egui::Label::new(text).wrap());
}

/// A sentence of the body size; wraps.
fn text(ui: &mut Ui, theme: &Theme, text: &str) -> egui::Response {
    let size = theme.size.body;
    ui.add(
        egui::Label::new(
            egui::RichText::new(text)
                .size(size)
                .line_height(Some(size * theme.size.line)),
        )
        .wrap(),
    )
}

/// A sentence that matters less; wraps.
fn quiet(ui: &mut Ui, theme: &Theme, text: &str) -> egui::Response {
    let size = theme.size.small;
    let text = egui::RichText::new(text)
        .size(size)
        .line_height(Some(size * theme.size.line))
        .color(theme.colour.quiet);
    ui.add(egui::Label::new(text).wrap())
}

/// The room inside a text field that makes it as tall as a target.
fn field_margin(ui: &Ui, theme: &Theme) -> Margin {
    let row = ui.text_style_height(&egui::TextStyle::Body);
    let upright = ((theme.space.target - row) / 2.0).clamp(2.0, 40.0).ceil();
    Margin::symmetric(8, upright as i8)
}

/// A sentence in a coloured frame, with a mark beside it so that colour is not all.
fn told(ui: &mut Ui, theme: &Theme, tone: linli_view::tone::Tone, sentence: &str) {
    let (ink, ground) = theme.tone(tone);
    Frame::NONE
        .fill(ground)
        .corner_radius(theme.space.round)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                icon::mark(ui, theme, tone);
                ui.vertical(|ui| {
                    let size = theme.size.body;
                    let sentence = egui::RichText::new(sentence)
                        .size(size)
                        .line_height(Some(size * theme.size.line))
                        .color(ink);
                    ui.add(egui::Label::new(sentence).wrap());
                });
            });
        });
}
