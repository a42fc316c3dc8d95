//! What is said below a notice, and the box for a reply.

use super::button::{Weight, button};
use super::{board, card, draft, file, quiet, text, told};
use crate::state::State;
use crate::theme::Theme;
use egui::{Label, RichText, TextEdit, Ui};
use linli_view::drafts::Form;
use linli_view::intent::Intent;
use linli_view::notice_talk::{ReplyBox, Said, Talk};
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;

/// Draws it.
pub(super) fn talk(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    talk: &Talk,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::card(ui, theme, &talk.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        if !talk.closed.is_empty() {
            told(ui, theme, Tone::Info, &talk.closed);
        }
        if talk.said.is_empty() {
            quiet(ui, theme, &talk.empty);
        }
        if !talk.more.is_empty() {
            quiet(ui, theme, &talk.more);
        }
        for (at, said) in talk.said.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            one(ui, theme, id, said, state, intents);
        }
        if let Some(reply) = &talk.reply {
            self::reply(ui, theme, id, reply, state, intents);
            draft::drafts(ui, theme, Form::NoticeReply, &talk.drafts, intents);
        }
        if let Some((open, word)) = &talk.switch
            && button(ui, theme, Weight::Plain, word, word).clicked()
        {
            intents.push(Intent::SetComments {
                id: id.to_owned(),
                open: *open,
            });
        }
    });
}

fn one(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    said: &Said,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    match &said.official {
        Some(word) => told(ui, theme, Tone::Info, &format!("{word} · {}", said.by)),
        None => {
            quiet(ui, theme, &said.by);
        }
    }
    if !said.answers.is_empty() {
        quiet(ui, theme, &said.answers);
    }
    if !said.body.is_empty() {
        text(ui, theme, &said.body);
    }
    file::files(ui, theme, &said.id, &said.files, intents);
    if !said.note.is_empty() {
        quiet(ui, theme, &said.note);
    }
    if let Some(warning) = &said.warning {
        told(ui, theme, Tone::Warn, warning);
    }
    for line in &said.decided {
        quiet(ui, theme, line);
    }
    ui.horizontal_wrapped(|ui| {
        if let Some((word, name)) = &said.answer
            && button(ui, theme, Weight::Light, word, name).clicked()
        {
            intents.push(Intent::AnswerBelow {
                comment: Some(said.id.clone()),
            });
        }
        board::asks(ui, theme, &said.asks, intents);
    });
    if let Some(ask) = &said.ask {
        board::ask(ui, theme, id, ask, state, intents);
    }
}

fn reply(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    reply: &ReplyBox,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    card::rule(ui, theme);
    if let Some((to, nobody)) = &reply.answering {
        ui.horizontal_wrapped(|ui| {
            text(ui, theme, to);
            if button(ui, theme, Weight::Light, nobody, nobody).clicked() {
                intents.push(Intent::AnswerBelow { comment: None });
            }
        });
    }
    let name = RichText::new(&reply.name)
        .size(theme.size.small)
        .color(theme.colour.quiet);
    let name = ui.add(Label::new(name));
    let edit = TextEdit::multiline(&mut state.notice_reply)
        .id_salt("notice-reply")
        .char_limit(FIELD_CHARS)
        .desired_rows(2)
        .margin(egui::Margin::same(8))
        .desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(name.id);
    if let Some(problem) = &reply.problem {
        told(ui, theme, Tone::Warn, problem);
    }
    file::reply(ui, theme, &reply.files, &mut state.file_path, intents);
    quiet(ui, theme, &reply.public);
    let said = state.notice_reply.trim();
    let any = !said.is_empty() || !state.talk_files.is_empty();
    let says = any && reply.problem.is_none();
    if button(ui, theme, Weight::Plain, &reply.send, &reply.send).clicked() && says {
        intents.push(Intent::SayBelow {
            id: id.to_owned(),
            text: said.to_owned(),
            answers: state.notice_answers.clone(),
        });
    }
}
