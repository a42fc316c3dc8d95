//! The board: the list with its filters, and the open post or the form beside it.

mod case;
mod post;

pub(super) use post::{ask, asks};

use super::button::{Weight, back, button, choice};
use super::{card, draft, file, quiet, row, scroll, text, title, told};
use crate::state::{Focus, State};
use crate::theme::Theme;
use crate::view::BesidePost;
use egui::{Align, Label, Layout, RichText, ScrollArea, TextEdit, Ui};
use linli_view::board::{Board, Further, PostForm};
use linli_view::drafts::Form;
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;

/// Draws the screen.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    board: &Board,
    beside: &BesidePost,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let wide = ui.available_width() >= theme.space.two_columns;
    let id = match beside {
        BesidePost::Nothing => return list(ui, theme, board, None, intents),
        BesidePost::Form(_) => "post-form".to_owned(),
        BesidePost::Post(page) => page.id.clone(),
        BesidePost::Case(page) => page.record.clone(),
    };
    if wide {
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(theme.space.list);
                ui.set_height(height);
                list(ui, theme, board, Some(&id), intents);
            });
            ui.add_space(theme.gap(2.0));
            ui.vertical(|ui| {
                ui.set_height(height);
                scroll(ui, &id, |ui| side(ui, theme, beside, state, intents));
            });
        });
    } else {
        back(ui, theme, frame, intents);
        scroll(ui, &id, |ui| side(ui, theme, beside, state, intents));
    }
}

fn side(
    ui: &mut Ui,
    theme: &Theme,
    beside: &BesidePost,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    match beside {
        BesidePost::Nothing => {}
        BesidePost::Form(form) => self::form(ui, theme, form, state, intents),
        BesidePost::Post(page) => post::post(ui, theme, page, state, intents),
        BesidePost::Case(page) => case::case(ui, theme, page, state, intents),
    }
}

fn list(
    ui: &mut Ui,
    theme: &Theme,
    board: &Board,
    open: Option<&String>,
    intents: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        title(ui, theme, &board.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &board.count)
        });
    });
    if button(ui, theme, Weight::Main, &board.write, &board.write).clicked() {
        intents.push(Intent::NewPost);
    }
    ui.horizontal_wrapped(|ui| {
        for (filter, word, chosen) in &board.filters {
            if choice(ui, theme, word, word, *chosen).clicked() {
                intents.push(Intent::FilterPosts(*filter));
            }
        }
    });
    ui.add_space(theme.gap(1.0));
    if board.rows.is_empty() {
        if board.further == Further::End {
            text(ui, theme, &board.empty);
        } else {
            self::further(ui, theme, &board.further, intents);
        }
        return;
    }
    let area = ScrollArea::vertical()
        .id_salt("board-list")
        .auto_shrink([false, false]);
    let further = usize::from(board.further != Further::End);
    let rows = board.rows.len();
    area.show_rows(ui, theme.space.row, rows + further, |ui, visible| {
        let posts = visible.start.min(rows)..visible.end.min(rows);
        for post in board.rows.get(posts).unwrap_or_default() {
            if row::row(ui, theme, post, open == Some(&post.id)).clicked() {
                let id = post.id.clone();
                intents.push(if board.queue {
                    Intent::OpenCase { key: id }
                } else {
                    Intent::OpenPost { id }
                });
            }
        }
        if visible.end > rows {
            self::further(ui, theme, &board.further, intents);
        }
        super::follow_focus(ui);
    });
}

fn further(ui: &mut Ui, theme: &Theme, further: &Further, intents: &mut Vec<Intent>) {
    match further {
        Further::End => {}
        Further::Ask(word, of, most) => {
            if button(ui, theme, Weight::Light, word, word).clicked() {
                intents.push(Intent::OlderPosts(*of, *most));
            }
        }
        Further::Search(word) => {
            quiet(ui, theme, word);
        }
    }
}

fn form(ui: &mut Ui, theme: &Theme, form: &PostForm, state: &mut State, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &form.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        quiet(ui, theme, &form.kinds.name);
        ui.horizontal_wrapped(|ui| {
            for (kind, word, chosen) in &form.kinds.items {
                let full = format!("{} · {word}", form.kinds.name);
                if choice(ui, theme, word, &full, *chosen).clicked() {
                    state.post_draft.kind = *kind;
                }
            }
        });
        let name = RichText::new(&form.body.name)
            .size(theme.size.small)
            .color(theme.colour.quiet);
        let name = ui.add(Label::new(name).wrap());
        let edit = TextEdit::multiline(&mut state.post_draft.body)
            .id_salt("post-body")
            .hint_text(RichText::new(&form.body.hint).color(theme.colour.quiet))
            .char_limit(FIELD_CHARS)
            .desired_rows(6)
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).labelled_by(name.id);
        if state.focus == Some(Focus::Post) {
            response.request_focus();
            state.focus = None;
        }
        if let Some(problem) = &form.body.problem {
            told(ui, theme, Tone::Warn, problem);
        }
        file::form(ui, theme, &form.files, &mut state.file_path, intents);
        quiet(ui, theme, &form.public);
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Main, &form.send, &form.send).clicked() {
                intents.push(Intent::TryPost);
            }
            if let Some(another) = &form.another
                && button(ui, theme, Weight::Light, another, another).clicked()
            {
                intents.push(Intent::AnotherPost);
            }
        });
        draft::drafts(ui, theme, Form::Post, &form.drafts, intents);
    });
}
