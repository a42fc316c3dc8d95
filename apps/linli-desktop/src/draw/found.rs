//! Founding, on the first page: a form, then the sheet that is copied by hand.

use super::button::ways_on;
use super::{card, quiet, text, title, told};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use egui::text_edit::TextEditState;
use egui::{Context, Id, Key, Label, Modifiers, Response, RichText, TextEdit, Ui, vec2};
use linli_view::intent::Intent;
use linli_view::start::{FIELD_MAX, Found, FoundForm, OpensForm, Sheet};
use linli_view::tone::Tone;

/// Longest passphrase, in characters.
const SECRET_MAX: usize = 1_024;
/// Longest word of the list, and room for a slip.
const WORD_MAX: usize = 16;

/// Draws it.
pub(super) fn found(
    ui: &mut Ui,
    theme: &Theme,
    page: &Found,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    // Help over the page has the keys.
    let free = state.guide.is_none();
    // Taken before a field sees it: it would give up the focus.
    let typing = ui.ctx().text_edit_focused();
    let enter =
        free && typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    if page.form.is_none() {
        forget(ui.ctx(), &["opens", "again"]);
    }
    if page.sheet.is_none() {
        forget(ui.ctx(), &["one", "two"]);
    }
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        title(ui, theme, &page.title);
        text(ui, theme, &page.body);
        let first = match (&page.form, &page.sheet) {
            (Some(words), _) => Some(form(ui, theme, words, state)),
            (_, Some(words)) => Some(sheet(ui, theme, words, state)),
            _ => None,
        };
        if let Some(first) = first
            && free
            && ui.memory(|memory| memory.focused().is_none())
        {
            first.request_focus();
        }
        if let Some(problem) = &page.problem {
            told(ui, theme, Tone::Warn, problem);
        }
        let ways = [
            (&page.button, Intent::TryFound),
            (&page.back, Intent::Begin(None)),
        ];
        ways_on(ui, theme, enter, &ways, intents);
    });
    ui.add_space(theme.gap(2.0));
}

/// egui remembers what was typed, for its own undo: nothing of what was secret, once its field is gone.
fn forget(ctx: &Context, fields: &[&str]) {
    for field in fields {
        let id = Id::new(("found", *field));
        if TextEditState::load(ctx, id).is_some() {
            TextEdit::store_state(ctx, id, TextEditState::default());
        }
    }
}

/// As [`forget`], for a page without any of it.
pub(super) fn left(ctx: &Context) {
    forget(ctx, &["opens", "again", "one", "two"]);
}

fn form(ui: &mut Ui, theme: &Theme, words: &FoundForm, state: &mut State) -> Response {
    let draft = &mut state.founding;
    let (name, example) = &words.name;
    let first = field(
        ui,
        theme,
        "name",
        (name, example),
        &mut draft.name,
        FIELD_MAX,
        false,
    );
    let (name, example) = &words.office;
    field(
        ui,
        theme,
        "office",
        (name, example),
        &mut draft.office,
        FIELD_MAX,
        false,
    );
    let (name, example) = &words.gates;
    field(
        ui,
        theme,
        "gates",
        (name, example),
        &mut draft.gates,
        4 * FIELD_MAX,
        false,
    );
    field(
        ui,
        theme,
        "offset",
        (&words.offset, "+08:00"),
        &mut draft.offset,
        8,
        false,
    );
    secrets(ui, theme, &words.opens, state);
    first
}

/// The two fields of a passphrase, and what it is for.
pub(super) fn secrets(ui: &mut Ui, theme: &Theme, words: &OpensForm, state: &mut State) {
    let (name, secret) = (&words.passphrase, &mut *state.opens_with.0);
    field(ui, theme, "opens", (name, ""), secret, SECRET_MAX, true);
    let (name, again) = (&words.again, &mut *state.opens_again.0);
    field(ui, theme, "again", (name, ""), again, SECRET_MAX, true);
    quiet(ui, theme, &words.note);
}

/// The numbered words, how they are kept, and the two that are asked for.
fn sheet(ui: &mut Ui, theme: &Theme, words: &Sheet, state: &mut State) -> Response {
    for sentence in &words.keep {
        text(ui, theme, &format!("· {sentence}"));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme.gap(2.0), theme.gap(2.0));
        for (number, word) in &words.words {
            let size = vec2(theme.size.body * 8.5, theme.size.body * 1.6);
            ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                let word = RichText::new(format!("{number}  {}", word.0))
                    .size(theme.size.body)
                    .family(medium());
                ui.add(Label::new(word).extend().selectable(false));
            });
        }
    });
    text(ui, theme, &words.check);
    let [one, two] = &words.fields;
    let [first, second] = &mut state.founding.typed;
    let response = field(ui, theme, "one", (one, ""), &mut first.0, WORD_MAX, false);
    field(ui, theme, "two", (two, ""), &mut second.0, WORD_MAX, false);
    response
}

fn field(
    ui: &mut Ui,
    theme: &Theme,
    id: &str,
    (name, example): (&str, &str),
    value: &mut String,
    most: usize,
    secret: bool,
) -> Response {
    let name = quiet(ui, theme, name);
    let edit = TextEdit::singleline(value)
        .id(Id::new(("found", id)))
        .password(secret)
        .hint_text(RichText::new(example).color(theme.colour.quiet))
        .char_limit(most)
        .margin(super::field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(name.id)
}
