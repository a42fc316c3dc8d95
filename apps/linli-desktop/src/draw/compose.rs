//! Writing a notice: the form, what people will see, the check before signing, the ten seconds after it.

use super::button::{Weight, back, button, choice};
use super::{card, draft, file, preview, quiet, text, title, told};
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::{Align, Label, Layout, Response, RichText, TextEdit, Ui};
use linli_view::compose::{Check, Compose, ComposeDraft, Places};
use linli_view::drafts::Form;
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::pass_form::{Choices, Field};
use linli_view::tone::Tone;
use linli_view::typed::FIELD_CHARS;

/// Draws the page: two columns on a desk, one below the other in the large look.
pub(super) fn page(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    page: &Compose,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let head = |ui: &mut Ui, intents: &mut Vec<Intent>| {
        back(ui, theme, frame, intents);
        title(ui, theme, &page.title);
    };
    let writing = page.held.is_none() && page.check.is_none();
    // Room for the heading, and for three buttons beside it.
    if ui.available_width() >= theme.size.body * 40.0 {
        ui.horizontal(|ui| {
            head(ui, intents);
            if writing {
                // Beside the heading they are in sight however long the text is.
                let layout = Layout::right_to_left(Align::Center);
                ui.with_layout(layout, |ui| acts(ui, theme, page, intents));
            }
        });
    } else {
        ui.horizontal(|ui| head(ui, intents));
        if writing {
            ui.horizontal_wrapped(|ui| acts(ui, theme, page, intents));
        }
    }
    quiet(ui, theme, &page.acting);
    if !page.corrects.is_empty() {
        told(ui, theme, Tone::Info, &page.corrects);
    }
    if let Some(held) = &page.held {
        told(ui, theme, Tone::Warn, &held.text);
        if button(ui, theme, Weight::Main, &held.undo, &held.undo).clicked() {
            intents.push(Intent::CallBack);
        }
        preview::preview(ui, theme, &page.preview, &page.files, None);
        return;
    }
    if let Some(check) = &page.check {
        self::check(ui, theme, check, intents);
        let draft = state.notice_draft.as_mut();
        preview::preview(ui, theme, &page.preview, &page.files, draft);
        return;
    }
    others(ui, theme, page, intents);
    let Some(draft) = &mut state.notice_draft else {
        return;
    };
    templates(ui, theme, page, intents);
    if ui.available_width() >= theme.space.two_columns {
        let gap = theme.gap(4.0);
        let right = (ui.available_width() * 0.36).clamp(300.0, 420.0);
        let left = ui.available_width() - right - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.vertical(|ui| {
                ui.set_width(left);
                form(ui, theme, page, draft, &mut state.focus);
            });
            ui.vertical(|ui| {
                ui.set_width(right);
                preview::preview(ui, theme, &page.preview, &page.files, Some(draft));
                ui.add_space(theme.gap(2.0));
                files(ui, theme, page, &mut state.file_path, intents);
            });
        });
    } else {
        form(ui, theme, page, draft, &mut state.focus);
        files(ui, theme, page, &mut state.file_path, intents);
        preview::preview(ui, theme, &page.preview, &page.files, Some(draft));
    }
}

/// On to the check, throw it away, keep it as a template.
fn acts(ui: &mut Ui, theme: &Theme, page: &Compose, intents: &mut Vec<Intent>) {
    if button(ui, theme, Weight::Main, &page.next, &page.next).clicked() {
        intents.push(Intent::CheckNotice);
    }
    if button(ui, theme, Weight::Plain, &page.discard, &page.discard).clicked() {
        intents.push(Intent::DiscardDraft);
    }
    if let Some(word) = &page.keep
        && button(ui, theme, Weight::Light, word, word).clicked()
    {
        intents.push(Intent::KeepTemplate);
    }
}

/// Drafts of other notices, and a way to begin one more.
fn others(ui: &mut Ui, theme: &Theme, page: &Compose, intents: &mut Vec<Intent>) {
    draft::drafts(ui, theme, Form::Notice, &page.drafts, intents);
    if let Some(another) = &page.another
        && button(ui, theme, Weight::Light, another, another).clicked()
    {
        intents.push(Intent::AnotherNotice);
    }
}

/// What one may begin with.
fn templates(ui: &mut Ui, theme: &Theme, page: &Compose, intents: &mut Vec<Intent>) {
    if page.templates.is_empty() {
        return;
    }
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        quiet(ui, theme, &page.templates_title);
        ui.horizontal_wrapped(|ui| {
            for one in &page.templates {
                if button(ui, theme, Weight::Plain, &one.name, &one.full).clicked() {
                    intents.push(Intent::UseTemplate(one.id.clone()));
                }
                if let Some((word, name)) = &one.forget
                    && button(ui, theme, Weight::Light, word, name).clicked()
                {
                    intents.push(Intent::DropTemplate(one.id.clone()));
                }
            }
        });
    });
    ui.add_space(theme.gap(2.0));
}

fn form(
    ui: &mut Ui,
    theme: &Theme,
    page: &Compose,
    draft: &mut ComposeDraft,
    focus: &mut Option<Focus>,
) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        let headline = line(ui, theme, &page.headline, &mut draft.title);
        if *focus == Some(Focus::Headline) {
            headline.request_focus();
            *focus = None;
        }
        quiet(ui, theme, &page.count);
        prose(ui, theme, &page.body, &mut draft.body, 8);
        if let Some(severity) = choices(ui, theme, &page.severities) {
            draft.severity = severity;
        }
        for row in &page.cap {
            if let Some(choice) = choices(ui, theme, row) {
                choice.put(&mut draft.cap);
            }
        }
        line(ui, theme, &page.area, &mut draft.area);
        places(ui, theme, &page.places, draft);
        line(ui, theme, &page.from, &mut draft.from);
        line(ui, theme, &page.until, &mut draft.until);
        line(ui, theme, &page.at, &mut draft.at);
        if let Some(confirm) = choices(ui, theme, &page.asks) {
            draft.confirm = confirm;
        }
        if let Some(closed) = choices(ui, theme, &page.comments) {
            draft.comments_closed = closed;
        }
        line(ui, theme, &page.headline_en, &mut draft.title_en);
        prose(ui, theme, &page.body_en, &mut draft.body_en, 4);
        quiet(ui, theme, &page.kept);
    });
    ui.add_space(theme.gap(2.0));
}

/// Buildings and grid cells to press, and how many households live there.
fn places(ui: &mut Ui, theme: &Theme, places: &Places, draft: &mut ComposeDraft) {
    if !places.items.is_empty() {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme.gap(1.0);
            quiet(ui, theme, &places.title);
            ui.horizontal_wrapped(|ui| {
                for place in &places.items {
                    if choice(ui, theme, &place.name, &place.full, place.chosen).clicked() {
                        draft.toggle(&place.word);
                    }
                }
            });
        });
    }
    if !places.count.is_empty() {
        text(ui, theme, &places.count);
    }
    if !places.disputed.is_empty() {
        told(ui, theme, Tone::Warn, &places.disputed.join("\n"));
    }
}

fn files(
    ui: &mut Ui,
    theme: &Theme,
    page: &Compose,
    file_path: &mut String,
    intents: &mut Vec<Intent>,
) {
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        file::form(ui, theme, &page.files, file_path, intents);
    });
    ui.add_space(theme.gap(2.0));
}

fn check(ui: &mut Ui, theme: &Theme, check: &Check, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &check.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        for fact in &check.facts {
            text(ui, theme, fact);
        }
        for (tone, point) in &check.points {
            told(ui, theme, *tone, point);
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Main, &check.publish, &check.publish).clicked() {
                intents.push(Intent::SignNotice);
            }
            if button(ui, theme, Weight::Plain, &check.back, &check.back).clicked() {
                intents.push(Intent::WriteNotice);
            }
        });
    });
    ui.add_space(theme.gap(2.0));
}

fn name(ui: &mut Ui, theme: &Theme, field: &Field) -> Response {
    let name = RichText::new(&field.name)
        .size(theme.size.small)
        .color(theme.colour.quiet);
    ui.add(Label::new(name))
}

fn problem(ui: &mut Ui, theme: &Theme, field: &Field) {
    if let Some(problem) = &field.problem {
        let (ink, _) = theme.tone(Tone::Danger);
        let text = RichText::new(format!("⚠ {problem}"))
            .size(theme.size.small)
            .color(ink);
        ui.add(Label::new(text).wrap());
    }
}

/// One line under its name.
pub(super) fn line(ui: &mut Ui, theme: &Theme, field: &Field, value: &mut String) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        let name = name(ui, theme, field);
        let edit = TextEdit::singleline(value)
            .id_salt(&field.name)
            .hint_text(RichText::new(&field.hint).color(theme.colour.quiet))
            .char_limit(FIELD_CHARS)
            .margin(super::field_margin(ui, theme))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).labelled_by(name.id);
        problem(ui, theme, field);
        response
    })
    .inner
}

/// Several lines under their name.
fn prose(ui: &mut Ui, theme: &Theme, field: &Field, value: &mut String, rows: usize) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        let name = name(ui, theme, field);
        let edit = TextEdit::multiline(value)
            .id_salt(&field.name)
            .hint_text(RichText::new(&field.hint).color(theme.colour.quiet))
            .char_limit(FIELD_CHARS)
            .margin(egui::Margin::same(8))
            .desired_rows(rows)
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(name.id);
        problem(ui, theme, field);
    });
}

pub(super) fn choices<T: Copy>(ui: &mut Ui, theme: &Theme, choices: &Choices<T>) -> Option<T> {
    let mut pressed = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        quiet(ui, theme, &choices.name);
        ui.horizontal_wrapped(|ui| {
            for (value, word, chosen) in &choices.items {
                let full = format!("{} · {word}", choices.name);
                if choice(ui, theme, word, &full, *chosen).clicked() {
                    pressed = Some(*value);
                }
            }
        });
    });
    pressed
}
