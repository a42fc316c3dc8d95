//! The page of help: one large button, the question, who has received the call; calls of others; numbers.

use super::badge::badges;
use super::big::{Face, big};
use super::button::{Weight, button};
use super::{card, care, icon, phones, quiet, strip, text, title, told};
use crate::fonts::medium;
use crate::state::{Focus, State};
use crate::theme::Theme;
use egui::{Label, RichText, ScrollArea, Ui, vec2};
use linli_view::help::{
    AskHelp, Bar, Ending, HelpPage, HelpRow, KEY, Mine, OpenCall, Receiver, WORDS_CHARS,
};
use linli_view::intent::{Intent, Screen};
use linli_view::tone::Tone;

/// Draws the page: two columns on a desk; in the large look one thing, the rest below it.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    page: &HelpPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let room = ui.available_height();
    let asks = matches!(page.mine, Some(Mine::Ask(_)));
    let calls = matches!(page.mine, Some(Mine::Open(_) | Mine::Sending(_)));
    let area = ScrollArea::vertical()
        .id_salt("help")
        .auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if !asks && !calls && !theme.elderly() {
            title(ui, theme, &page.title);
            ui.add_space(theme.gap(1.0));
        }
        // A form that is open is the page, until somebody calls.
        let forms = page.care.as_ref().filter(|part| part.form.is_some());
        if let Some(part) = forms.filter(|_| !asks && !calls) {
            ui.set_max_width(ui.available_width().min(theme.space.measure));
            care::part(ui, theme, part, state, intents);
            super::follow_focus(ui);
            return;
        }
        let wide = ui.available_width() >= theme.space.two_columns;
        if !wide {
            if let Some(mine) = &page.mine {
                self::mine(ui, theme, mine, room, state, intents);
            }
            if !asks {
                others(ui, theme, page, intents);
            }
            if !large(page) {
                numbers(ui, theme, page, state, intents);
            }
            if let Some(part) = page.care.as_ref().filter(|_| !asks && !calls) {
                care::part(ui, theme, part, state, intents);
            }
            super::follow_focus(ui);
            return;
        }
        let gap = theme.gap(4.0);
        let right = (ui.available_width() * 0.36).clamp(300.0, 400.0);
        let left = ui.available_width() - right - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.vertical(|ui| {
                ui.set_width(left);
                if let Some(mine) = &page.mine {
                    self::mine(ui, theme, mine, room, state, intents);
                }
                if !asks {
                    others(ui, theme, page, intents);
                }
            });
            ui.vertical(|ui| {
                ui.set_width(right);
                if !large(page) {
                    numbers(ui, theme, page, state, intents);
                }
                if let Some(part) = &page.care {
                    care::part(ui, theme, part, state, intents);
                }
            });
        });
        super::follow_focus(ui);
    });
}

/// Do the numbers stand there already, because nobody has received the call?
fn large(page: &HelpPage) -> bool {
    matches!(&page.mine, Some(Mine::Open(call)) if call.call_now.is_some())
}

/// The numbers in a card; in the large look one button that leads to them.
fn numbers(
    ui: &mut Ui,
    theme: &Theme,
    page: &HelpPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    if theme.elderly() {
        let word = &page.numbers_word;
        if button(ui, theme, Weight::Plain, word, word).clicked() {
            intents.push(Intent::Go(Screen::Phones));
        }
    } else {
        phones::card(ui, theme, &page.numbers, state, intents);
    }
    ui.add_space(theme.gap(2.0));
}

fn mine(
    ui: &mut Ui,
    theme: &Theme,
    mine: &Mine,
    room: f32,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    match mine {
        Mine::Button {
            word,
            key,
            name,
            note,
            practise,
        } => {
            // For an elder the page is the button.
            let high = if theme.elderly() { room * 0.62 } else { 150.0 };
            let size = vec2(ui.available_width(), high);
            let type_size = theme.size.title * if theme.elderly() { 2.4 } else { 1.6 };
            let face = face(word, key, name, Tone::Danger, type_size);
            if big(ui, theme, size, &face).clicked() {
                intents.push(Intent::AskHelp { practice: false });
            }
            quiet(ui, theme, note);
            if button(ui, theme, Weight::Light, practise, practise).clicked() {
                intents.push(Intent::AskHelp { practice: true });
            }
        }
        Mine::Ask(ask) => self::ask(ui, theme, ask, room, state, intents),
        Mine::Sending(sentence) => told(ui, theme, Tone::Info, sentence),
        Mine::Open(call) => open(ui, theme, call, intents),
    }
    ui.add_space(theme.gap(2.0));
}

const fn face<'a>(
    word: &'a str,
    key: &'a str,
    name: &'a str,
    tone: Tone,
    type_size: f32,
) -> Face<'a> {
    Face {
        word,
        key,
        name,
        tone,
        solid: true,
        type_size,
    }
}

fn ask(
    ui: &mut Ui,
    theme: &Theme,
    ask: &AskHelp,
    room: f32,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    if let Some(banner) = &ask.banner {
        told(ui, theme, Tone::Warn, banner);
    }
    title(ui, theme, &ask.title);
    let high = if theme.elderly() { room * 0.4 } else { 140.0 };
    let size = vec2(ui.available_width(), high);
    let tone = if ask.practice {
        Tone::Warn
    } else {
        Tone::Danger
    };
    let type_size = theme.size.title * if theme.elderly() { 1.8 } else { 1.4 };
    let yes = big(
        ui,
        theme,
        size,
        &face(&ask.yes, &ask.key, &ask.name, tone, type_size),
    );
    if state.focus == Some(Focus::Help) {
        // In the frame behind an alarm, egui still gives nothing below it the cursor.
        if ui.memory(|memory| memory.top_modal_layer()).is_some() {
            ui.ctx().request_repaint();
        } else {
            yes.request_focus();
            state.focus = None;
        }
    }
    if yes.clicked() {
        intents.push(Intent::TryHelp);
    }
    let size = vec2(ui.available_width(), theme.space.target.max(56.0));
    let no = Face {
        solid: false,
        ..face(&ask.no, "", &ask.no, Tone::Plain, theme.size.heading)
    };
    if big(ui, theme, size, &no).clicked() {
        intents.push(Intent::LeaveHelp);
    }
    quiet(ui, theme, &ask.note);
    let words = &mut state.help.words;
    care::field(ui, theme, &ask.words, words, WORDS_CHARS, false);
}

fn open(ui: &mut Ui, theme: &Theme, call: &OpenCall, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.y = theme.gap(2.0);
    if let Some(banner) = &call.banner {
        told(ui, theme, Tone::Warn, banner);
    }
    ui.horizontal_wrapped(|ui| {
        title(ui, theme, &call.title);
        quiet(ui, theme, &call.since);
    });
    told(ui, theme, call.tone, &call.state);
    if let Some(numbers) = &call.call_now {
        card::plain(ui, theme, |ui| phones::list(ui, theme, numbers));
    }
    if !call.received.is_empty() {
        card::plain(ui, theme, |ui| {
            for received in &call.received {
                receiver(ui, theme, received);
            }
            if let Some(more) = &call.more {
                quiet(ui, theme, more);
            }
        });
    }
    if let Some(ending) = &call.ending {
        self::ending(ui, theme, ending, call, intents);
        return;
    }
    let size = vec2(ui.available_width(), theme.space.target.max(56.0));
    let end = Face {
        solid: false,
        ..face(&call.end, "", &call.end, Tone::Plain, theme.size.heading)
    };
    if big(ui, theme, size, &end).clicked() {
        intents.push(Intent::AskEndHelp);
    }
    if let Some(again) = &call.again
        && button(ui, theme, Weight::Plain, again, &format!("{again} ({KEY})")).clicked()
    {
        intents.push(Intent::AskHelp { practice: false });
    }
}

fn receiver(ui: &mut Ui, theme: &Theme, received: &Receiver) {
    let (ink, _) = theme.tone(received.tone);
    ui.horizontal_top(|ui| {
        icon::mark(ui, theme, received.tone);
        let line = RichText::new(&received.text)
            .size(theme.size.heading)
            .color(ink);
        let line = match received.tone {
            Tone::Quiet => line,
            _ => line.family(medium()),
        };
        ui.add(Label::new(line).wrap());
    });
}

fn ending(ui: &mut Ui, theme: &Theme, ending: &Ending, call: &OpenCall, intents: &mut Vec<Intent>) {
    told(ui, theme, Tone::Info, &ending.question);
    text(ui, theme, &ending.who);
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Main, &ending.yes, &ending.yes).clicked() {
            intents.extend(call.ids.iter().map(|id| Intent::EndHelp(id.clone())));
        }
        if button(ui, theme, Weight::Plain, &ending.no, &ending.no).clicked() {
            intents.push(Intent::KeepHelp);
        }
    });
}

/// Missed check-ins, the daily "I am fine", calls of others.
fn others(ui: &mut Ui, theme: &Theme, page: &HelpPage, intents: &mut Vec<Intent>) {
    care::missed(ui, theme, "", &page.missed);
    if let Some(fine) = &page.fine {
        care::fine(ui, theme, fine, intents);
    }
    card::card(ui, theme, &page.calls_title, |ui| {
        if page.calls.is_empty() {
            quiet(ui, theme, &page.calls_none);
        }
        for (at, row) in page.calls.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            self::row(ui, theme, row, intents);
        }
    });
    ui.add_space(theme.gap(2.0));
}

fn row(ui: &mut Ui, theme: &Theme, row: &HelpRow, intents: &mut Vec<Intent>) {
    text(ui, theme, &row.who);
    badges(ui, theme, &row.badges);
    quiet(ui, theme, &row.when);
    if let Some(words) = &row.words {
        text(ui, theme, words);
    }
    if let Some(going) = &row.going {
        told(ui, theme, Tone::Good, going);
    }
    if row.answers.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (at, answer) in row.answers.iter().enumerate() {
            let weight = if at == 0 { Weight::Main } else { Weight::Plain };
            if button(ui, theme, weight, &answer.word, &answer.name).clicked() {
                intents.push(answer.go.about(&row.id));
            }
        }
    });
}

/// A sentence below the page that leads here.
pub(super) fn bar(ui: &mut Ui, theme: &Theme, bar: &Bar, intents: &mut Vec<Intent>) {
    let button = (Weight::Main, bar.word.as_str(), bar.name.as_str());
    if strip::strip(ui, theme, bar.tone, &bar.text, button) {
        intents.push(Intent::Go(Screen::Help));
    }
}
