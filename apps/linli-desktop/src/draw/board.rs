//! The board: the list with its filters, and the open post or the form beside it.

use super::badge::badges;
use super::button::{Weight, button, choice};
use super::{card, file, quiet, row, scroll, text, title, told};
use crate::state::{Focus, State};
use crate::theme::Theme;
use crate::view::BesidePost;
use egui::{Align, Label, Layout, RichText, ScrollArea, TextEdit, Ui};
use linli_view::api::PostDo;
use linli_view::board::{Board, POST_CHARS, PostForm, PostPage};
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::tone::Tone;

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
        let word = format!("← {}", frame.back);
        if button(ui, theme, Weight::Plain, &word, &frame.back).clicked() {
            intents.push(Intent::Back);
        }
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
        BesidePost::Post(page) => post(ui, theme, page, state, intents),
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
        text(ui, theme, &board.empty);
        return;
    }
    let area = ScrollArea::vertical()
        .id_salt("board-list")
        .auto_shrink([false, false]);
    area.show_rows(ui, theme.space.row, board.rows.len(), |ui, visible| {
        for post in board.rows.get(visible).unwrap_or_default() {
            if row::row(ui, theme, post, open == Some(&post.id)).clicked() {
                let id = post.id.clone();
                intents.push(Intent::OpenPost { id });
            }
        }
    });
}

fn post(ui: &mut Ui, theme: &Theme, page: &PostPage, state: &mut State, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    card::plain(ui, theme, |ui| {
        badges(ui, theme, &page.badges);
        quiet(ui, theme, &page.by);
        if let Some(warning) = &page.warning {
            told(ui, theme, Tone::Warn, warning);
        }
        let size = theme.size.reading;
        let body = RichText::new(&page.body)
            .size(size)
            .line_height(Some(size * theme.size.line));
        ui.add(Label::new(body).wrap().selectable(true));
        file::files(ui, theme, &page.id, &page.files, intents);
        if !page.claims.is_empty() {
            told(ui, theme, Tone::Good, &page.claims);
        }
        let act = |what: &PostDo| Intent::PostDo {
            id: page.id.clone(),
            what: what.clone(),
        };
        ui.horizontal_wrapped(|ui| {
            for (at, (what, word)) in page.acts.iter().enumerate() {
                let weight = if at == 0 { Weight::Main } else { Weight::Plain };
                if button(ui, theme, weight, word, word).clicked() {
                    intents.push(act(what));
                }
            }
            if let Some(word) = &page.report
                && button(ui, theme, Weight::Light, word, word).clicked()
            {
                intents.push(Intent::AskReport);
            }
        });
        if let Some(ask) = &page.ask {
            told(ui, theme, Tone::Info, &ask.question);
            ui.horizontal_wrapped(|ui| {
                for (reason, word) in &ask.reasons {
                    if button(ui, theme, Weight::Plain, word, word).clicked() {
                        let reason = (*reason).to_owned();
                        intents.push(act(&PostDo::Report { reason }));
                    }
                }
                if button(ui, theme, Weight::Light, &ask.no, &ask.no).clicked() {
                    intents.push(Intent::KeepPost);
                }
            });
        }
    });
    card::card(ui, theme, &page.comments_title, |ui| {
        for (at, comment) in page.comments.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            match &comment.official {
                Some(word) => told(ui, theme, Tone::Info, &format!("{word} · {}", comment.by)),
                None => {
                    quiet(ui, theme, &comment.by);
                }
            }
            text(ui, theme, &comment.body);
        }
        let (name, word) = &page.reply;
        let label = ui.add(Label::new(RichText::new(name).size(theme.size.small)));
        let edit = TextEdit::multiline(&mut state.reply)
            .id_salt("reply")
            .char_limit(POST_CHARS)
            .desired_rows(2)
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(label.id);
        let said = state.reply.trim();
        if button(ui, theme, Weight::Plain, word, word).clicked() && !said.is_empty() {
            let text = said.to_owned();
            intents.push(act_comment(&page.id, text));
        }
    });
}

fn act_comment(id: &str, text: String) -> Intent {
    Intent::PostDo {
        id: id.to_owned(),
        what: PostDo::Comment { text },
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
            .char_limit(POST_CHARS + 1)
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
        if button(ui, theme, Weight::Main, &form.send, &form.send).clicked() {
            intents.push(Intent::TryPost);
        }
    });
}
