//! One post: what can be done about it, what is asked first, and the replies.

use super::super::badge::badges;
use super::super::button::{Weight, button, choice};
use super::super::{card, delivery, draft, file, quiet, settings, text, told};
use crate::state::State;
use crate::theme::Theme;
use egui::{Label, RichText, TextEdit, Ui};
use linli_view::api::PostDo;
use linli_view::board::{AskForm, PostAsk, PostPage, Reply};
use linli_view::drafts::Form;
use linli_view::intent::Intent;
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;

pub(super) fn post(
    ui: &mut Ui,
    theme: &Theme,
    page: &PostPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    card::plain(ui, theme, |ui| {
        badges(ui, theme, &page.badges);
        quiet(ui, theme, &page.by);
        if let Some(line) = &page.delivery {
            delivery::delivery(ui, theme, line, intents);
        }
        if let Some(warning) = &page.warning {
            told(ui, theme, Tone::Warn, warning);
        }
        body(ui, theme, &page.body);
        file::files(ui, theme, &page.id, &page.files, intents);
        if !page.claims.is_empty() {
            told(ui, theme, Tone::Good, &page.claims);
        }
        for line in &page.history {
            quiet(ui, theme, line);
        }
        acts(ui, theme, page, intents);
        if let Some(ask) = &page.ask {
            self::ask(ui, theme, &page.id, ask, state, intents);
        }
    });
    card::card(ui, theme, &page.comments_title, |ui| {
        if let Some((word, before)) = &page.earlier
            && button(ui, theme, Weight::Light, word, word).clicked()
        {
            intents.push(Intent::EarlierReplies {
                id: page.id.clone(),
                before: before.clone(),
            });
        }
        for (at, comment) in page.comments.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            reply(ui, theme, &page.id, comment, state, intents);
        }
        let (name, word) = &page.reply;
        let label = ui.add(Label::new(RichText::new(name).size(theme.size.small)));
        let edit = TextEdit::multiline(&mut state.reply)
            .id_salt("reply")
            .char_limit(FIELD_CHARS)
            .desired_rows(2)
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(label.id);
        if let Some(problem) = &page.reply_problem {
            told(ui, theme, Tone::Warn, problem);
        }
        file::reply(ui, theme, &page.reply_files, &mut state.file_path, intents);
        let said = state.reply.trim();
        let any = !said.is_empty() || !state.reply_files.is_empty();
        let says = any && page.reply_problem.is_none();
        if button(ui, theme, Weight::Plain, word, word).clicked() && says {
            let text = said.to_owned();
            intents.push(does(&page.id, &PostDo::Comment { text }));
        }
        draft::drafts(ui, theme, Form::Reply, &page.drafts, intents);
    });
}

/// Text in the size of reading.
pub(super) fn body(ui: &mut Ui, theme: &Theme, body: &str) {
    let size = theme.size.reading;
    let body = RichText::new(body)
        .size(size)
        .line_height(Some(size * theme.size.line));
    ui.add(Label::new(body).wrap().selectable(true));
}

fn does(id: &str, what: &PostDo) -> Intent {
    Intent::PostDo {
        id: id.to_owned(),
        what: what.clone(),
    }
}

fn acts(ui: &mut Ui, theme: &Theme, page: &PostPage, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        let mut first = true;
        let mut weight = || match std::mem::take(&mut first) {
            true => Weight::Main,
            false => Weight::Plain,
        };
        for (ask, word) in &page.asks {
            if button(ui, theme, weight(), word, word).clicked() {
                intents.push(Intent::AskPost(ask.clone()));
            }
        }
        for (what, word) in &page.acts {
            if button(ui, theme, weight(), word, word).clicked() {
                intents.push(does(&page.id, what));
            }
        }
        if let Some(muted) = &page.mute {
            settings::mute(ui, theme, muted, intents);
        }
        if let Some(word) = &page.report
            && button(ui, theme, Weight::Light, word, word).clicked()
        {
            intents.push(Intent::AskReport);
        }
    });
}

fn reply(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    reply: &Reply,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    match &reply.official {
        Some(word) => told(ui, theme, Tone::Info, &format!("{word} · {}", reply.by)),
        None => {
            quiet(ui, theme, &reply.by);
        }
    }
    if !reply.body.is_empty() {
        text(ui, theme, &reply.body);
    }
    file::files(ui, theme, &reply.id, &reply.files, intents);
    if let Some(line) = &reply.delivery {
        delivery::delivery(ui, theme, line, intents);
    }
    if let Some(warning) = &reply.warning {
        told(ui, theme, Tone::Warn, warning);
    }
    for line in &reply.decided {
        quiet(ui, theme, line);
    }
    ui.horizontal_wrapped(|ui| asks(ui, theme, &reply.asks, intents));
    if let Some(ask) = &reply.ask {
        self::ask(ui, theme, id, ask, state, intents);
    }
}

/// What can be asked about a comment.
pub(in crate::draw) fn asks(
    ui: &mut Ui,
    theme: &Theme,
    asks: &[(PostAsk, String, String)],
    intents: &mut Vec<Intent>,
) {
    for (ask, word, name) in asks {
        if button(ui, theme, Weight::Light, word, name).clicked() {
            intents.push(Intent::AskPost(ask.clone()));
        }
    }
}

/// The question: choices, words, buttons.
pub(in crate::draw) fn ask(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    ask: &AskForm,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    told(ui, theme, Tone::Info, &ask.question);
    if let Some(outcomes) = &ask.outcomes {
        quiet(ui, theme, &outcomes.name);
        ui.horizontal_wrapped(|ui| {
            for (outcome, word, chosen) in &outcomes.items {
                let name = format!("{} · {word}", outcomes.name);
                if choice(ui, theme, word, &name, *chosen).clicked() {
                    state.settle.outcome = Some(outcome);
                }
            }
        });
    }
    if let Some(who) = &ask.chosen {
        quiet(ui, theme, &who.name);
        ui.horizontal_wrapped(|ui| {
            for (unit, word, chosen) in &who.items {
                let name = format!("{} · {word}", who.name);
                if choice(ui, theme, word, &name, *chosen).clicked() {
                    state.settle.chosen.clone_from(unit);
                }
            }
        });
    }
    if let Some(name) = &ask.words {
        let name = RichText::new(name)
            .size(theme.size.small)
            .color(theme.colour.quiet);
        let name = ui.add(Label::new(name).wrap());
        let edit = TextEdit::multiline(&mut state.post_words)
            .id_salt("post-words")
            .char_limit(FIELD_CHARS)
            .desired_rows(2)
            .margin(egui::Margin::same(8))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(name.id);
    }
    if let Some(problem) = &ask.problem {
        told(ui, theme, Tone::Warn, problem);
    }
    ui.horizontal_wrapped(|ui| {
        let only = ask.sends.len() == 1;
        for (send, word) in &ask.sends {
            let weight = if only { Weight::Main } else { Weight::Plain };
            if button(ui, theme, weight, word, word).clicked() {
                match send {
                    Some(what) => intents.push(does(id, what)),
                    None => state.post_tried = true,
                }
            }
        }
        if button(ui, theme, Weight::Light, &ask.no, &ask.no).clicked() {
            intents.push(Intent::KeepPost);
        }
    });
}
