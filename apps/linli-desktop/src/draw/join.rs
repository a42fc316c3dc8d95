//! Joining, on the first page: two fields, then seven pictures.

use super::button::ways_on;
use super::{card, quiet, text, title, told};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use egui::{
    Align, Key, Label, Layout, Modifiers, RichText, TextEdit, Ui, WidgetInfo, WidgetType, vec2,
};
use linli_view::intent::Intent;
use linli_view::start::{INVITE_MAX, Join, NAME_MAX, PictureForm, TYPED_MAX, Waiting};
use linli_view::tone::Tone;

/// Draws it.
pub(super) fn join(
    ui: &mut Ui,
    theme: &Theme,
    page: &Join,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    // Help over the page has the keys.
    let free = state.guide.is_none();
    // Taken before a field sees it: it would give up the focus.
    let typing = ui.ctx().text_edit_focused();
    let enter =
        free && typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    card::plain(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        title(ui, theme, &page.title);
        text(ui, theme, &page.body);
        if let Some(form) = &page.form {
            let first = field(
                ui,
                theme,
                &form.invite,
                "",
                &mut state.joining.invite,
                INVITE_MAX,
            );
            if free && ui.memory(|memory| memory.focused().is_none()) {
                first.request_focus();
            }
            field(
                ui,
                theme,
                &form.name,
                &form.example,
                &mut state.joining.name,
                NAME_MAX,
            );
            if let Some(opens) = &form.opens {
                super::found::secrets(ui, theme, opens, state);
            }
        }
        if let Some(pictures) = &page.pictures {
            seven(ui, theme, pictures);
            let typed = &mut state.joining.typed;
            let field = field(ui, theme, &pictures.typed, "", typed, TYPED_MAX);
            if free && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
        }
        if let Some(problem) = &page.problem {
            told(ui, theme, Tone::Warn, problem);
        }
        let ways = [
            (&page.button, Intent::TryJoin),
            (&page.again, Intent::JoinAgain),
            (&page.anew, Intent::StartAgain),
            (&page.back, Intent::Begin(None)),
        ];
        ways_on(ui, theme, enter, &ways, intents);
        quiet(ui, theme, &page.emergency);
    });
    if let Some(waiting) = &page.waiting {
        ui.add_space(theme.gap(2.0));
        card::plain(ui, theme, |ui| read_meanwhile(ui, theme, waiting));
    }
    ui.add_space(theme.gap(2.0));
}

/// Yellow: what can be read while both sides compare.
fn read_meanwhile(ui: &mut Ui, theme: &Theme, waiting: &Waiting) {
    told(ui, theme, Tone::Warn, &waiting.title);
    for number in &waiting.numbers {
        text(ui, theme, number);
    }
    for (headline, body) in &waiting.notices {
        card::rule(ui, theme);
        card::heading(ui, theme, headline);
        text(ui, theme, body);
    }
}

fn field(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    example: &str,
    value: &mut String,
    most: usize,
) -> egui::Response {
    let name = quiet(ui, theme, name);
    let example = RichText::new(example).color(theme.colour.quiet);
    let edit = TextEdit::singleline(value)
        .id_salt(("join", most))
        .hint_text(example)
        .char_limit(most)
        .margin(super::field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(name.id)
}

/// Picture, name and number, one below the other, seven beside each other.
pub(super) fn seven(ui: &mut Ui, theme: &Theme, page: &PictureForm) {
    if let Some(unit) = &page.unit {
        text(ui, theme, unit);
    }
    if let Some(other) = &page.other {
        told(ui, theme, Tone::Warn, other);
    }
    // Seven beside each other, or four and three: one alone below the others reads as one that does not belong to them.
    let each = |n: f32| (ui.available_width() - theme.gap(2.0) * (n - 1.0)) / n;
    let least = theme.size.title * 3.4;
    let wide = if each(7.0) >= least {
        each(7.0)
    } else {
        each(4.0).min(theme.size.title * 5.0)
    };
    let wide = wide.floor();
    let shown = ui.horizontal_wrapped(|ui| {
        for (emoji, name, number) in &page.seven {
            // What is left of the window goes on below.
            let size = vec2(wide, theme.size.title * 5.0);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_width(size.x);
                ui.add(Label::new(
                    RichText::new(emoji).size(theme.size.title * 1.6),
                ));
                let name = RichText::new(name).size(theme.size.body).family(medium());
                ui.add(Label::new(name).wrap());
                quiet(ui, theme, number);
            });
        }
    });
    let spoken = &page.spoken;
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, spoken));
}
