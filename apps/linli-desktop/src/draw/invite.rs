//! The page that invites: the invitation on screen large, beside it those that are open and the form for another.

use super::button::{Weight, button, choice};
use super::{card, join, qr, quiet, strip, text, title, told};
use crate::fonts::medium;
use crate::state::State;
use crate::theme::Theme;
use egui::{
    Align, Frame as Ground, Key, Label, Layout, Margin, Modifiers, RichText, Stroke, TextEdit, Ui,
};
use linli_view::folder::Want;
use linli_view::frame::Frame;
use linli_view::intent::{Intent, Screen};
use linli_view::invite::{
    InviteCard, InviteDo, InviteForm, InvitePage, InviteRow, InviteStage, Knock, NamedField,
    Offered, TYPED_MAX, UNIT_MAX, Waits,
};
use linli_view::tone::Tone;

/// Widest of the form beside an invitation, and least.
const FORM: std::ops::RangeInclusive<f32> = 300.0..=400.0;

/// Draws the page.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    page: &InvitePage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        title(ui, theme, &page.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let word = format!("← {}", frame.back);
            if button(ui, theme, Weight::Plain, &word, &frame.back).clicked() {
                intents.push(Intent::Back);
            }
        });
    });
    ui.add_space(theme.gap(1.0));
    if let Some((sentence, later)) = &page.founded {
        let button = (Weight::Plain, later.as_str(), later.as_str());
        if strip::strip(ui, theme, Tone::Good, sentence, button) {
            intents.push(Intent::Go(Screen::Home));
        }
        ui.add_space(theme.gap(1.0));
    }
    if let Some(body) = &page.body {
        text(ui, theme, body);
        ui.add_space(theme.gap(2.0));
    }
    for sentence in page.gone.iter().chain(&page.none) {
        told(ui, theme, Tone::Info, sentence);
        ui.add_space(theme.gap(2.0));
    }
    let Some(shown) = &page.card else {
        ui.scope(|ui| {
            ui.set_max_width(theme.space.measure.min(ui.available_width()));
            rest(ui, theme, page, state, intents);
        });
        return;
    };
    if ui.available_width() < theme.space.two_columns {
        invitation(ui, theme, shown, state, intents);
        rest(ui, theme, page, state, intents);
        return;
    }
    let gap = theme.gap(4.0);
    let right = (ui.available_width() * 0.36).clamp(*FORM.start(), *FORM.end());
    let left = ui.available_width() - right - gap;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.vertical(|ui| {
            ui.set_width(left);
            ui.spacing_mut().item_spacing.x = theme.gap(2.0);
            invitation(ui, theme, shown, state, intents);
        });
        ui.vertical(|ui| {
            ui.set_width(right);
            ui.spacing_mut().item_spacing.x = theme.gap(2.0);
            rest(ui, theme, page, state, intents);
        });
    });
}

/// Those that are open, and the form.
fn rest(
    ui: &mut Ui,
    theme: &Theme,
    page: &InvitePage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    if !page.list.is_empty() {
        card::card(ui, theme, &page.list_title, |ui| {
            for (at, row) in page.list.iter().enumerate() {
                if at > 0 {
                    card::rule(ui, theme);
                }
                // By its name and not its place: nobody closes the one that has moved up.
                ui.push_id(("invite", &row.id), |ui| line(ui, theme, row, intents));
            }
        });
        ui.add_space(theme.gap(2.0));
    }
    if let Some(form) = &page.form {
        self::form(ui, theme, form, state, intents);
    }
}

/// One that is open.
fn line(ui: &mut Ui, theme: &Theme, row: &InviteRow, intents: &mut Vec<Intent>) {
    text(ui, theme, &row.who);
    let (ink, _) = theme.tone(row.tone);
    ui.add(Label::new(RichText::new(&row.state).size(theme.size.body).color(ink)).wrap());
    if row.here {
        // It is beside.
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let (word, name) = &row.show;
        if button(ui, theme, Weight::Plain, word, name).clicked() {
            intents.push(Intent::Invite(InviteDo::Show(Some(row.id.clone()))));
        }
        if let Some((word, name)) = &row.close
            && button(ui, theme, Weight::Light, word, name).clicked()
        {
            intents.push(Intent::Invite(InviteDo::Close(row.id.clone())));
        }
    });
}

/// The invitation on screen.
fn invitation(
    ui: &mut Ui,
    theme: &Theme,
    page: &InviteCard,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    // By its name: what has the focus belongs to this one, not to the next.
    ui.push_id(("invitation", &page.id), |ui| {
        card::plain(ui, theme, |ui| {
            ui.spacing_mut().item_spacing.y = theme.gap(2.0);
            title(ui, theme, &page.title);
            quiet(ui, theme, &page.until);
            if let Some(unknown) = &page.unknown {
                told(ui, theme, Tone::Warn, unknown);
            }
            match &page.stage {
                InviteStage::Waits(waits) => give(ui, theme, &page.id, waits, intents),
                InviteStage::Arrives(sentence) | InviteStage::Agreed(sentence) => {
                    told(ui, theme, Tone::Info, sentence);
                }
                InviteStage::Joined(sentence) => told(ui, theme, Tone::Good, sentence),
                InviteStage::Pictures { .. } => compare(ui, theme, page, state, intents),
            }
            let pictures = matches!(page.stage, InviteStage::Pictures { .. });
            if let Some(problem) = page.problem.as_ref().filter(|_| !pictures) {
                told(ui, theme, Tone::Warn, problem);
            }
            if let Some((word, name)) = page.close.as_ref().filter(|_| !pictures)
                && button(ui, theme, Weight::Light, word, name).clicked()
            {
                intents.push(Intent::Invite(InviteDo::Close(page.id.clone())));
            }
        });
    });
    ui.add_space(theme.gap(2.0));
}

/// How to give it away: the steps, the line, and beside it the picture where there is room.
fn give(ui: &mut Ui, theme: &Theme, id: &str, page: &Waits, intents: &mut Vec<Intent>) {
    for step in &page.steps {
        text(ui, theme, step);
    }
    let room = ui.available_width();
    let beside = room >= theme.space.qr + theme.size.body * 18.0;
    if let Some(code) = page.qr.as_ref().filter(|_| beside) {
        let gap = theme.gap(3.0);
        let left = room - theme.space.qr - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.vertical(|ui| {
                ui.set_width(left);
                ui.spacing_mut().item_spacing.x = theme.gap(2.0);
                the_line(ui, theme, id, page, intents);
            });
            qr::qr(ui, theme, code, &page.qr_name);
        });
    } else {
        the_line(ui, theme, id, page, intents);
        if let Some(code) = &page.qr {
            qr::qr(ui, theme, code, &page.qr_name);
        }
    }
    quiet(ui, theme, &page.secret);
}

fn the_line(ui: &mut Ui, theme: &Theme, id: &str, page: &Waits, intents: &mut Vec<Intent>) {
    quiet(ui, theme, &page.line_title);
    Ground::NONE
        .fill(theme.colour.page)
        .stroke(Stroke::new(1.0, theme.colour.line))
        .corner_radius(theme.space.round)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            let line = RichText::new(&page.line.0)
                .monospace()
                .size(theme.size.small);
            ui.add(Label::new(line).wrap().selectable(true));
        });
    ui.horizontal_wrapped(|ui| {
        let id = || id.to_owned();
        if button(ui, theme, Weight::Main, &page.copy, &page.copy).clicked() {
            intents.push(Intent::Invite(InviteDo::Copy(id())));
        }
        if button(ui, theme, Weight::Plain, &page.save, &page.save).clicked() {
            intents.push(Intent::Invite(InviteDo::Save(id())));
        }
        if button(ui, theme, Weight::Light, &page.place, &page.place).clicked() {
            intents.push(Intent::Browse(Some(Want::SavePapers)));
        }
    });
}

/// The pictures, and what the other screen shows.
fn compare(
    ui: &mut Ui,
    theme: &Theme,
    page: &InviteCard,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let InviteStage::Pictures {
        body,
        differ,
        form,
        button: word,
    } = &page.stage
    else {
        return;
    };
    text(ui, theme, body);
    join::seven(ui, theme, form);
    // Help and whatever else lies over the page has the keys.
    let free = state.guide.is_none() && state.browse.is_none();
    let typed = &mut state.inviting.typed;
    let (field, enter) = entry(ui, theme, &form.typed, "", typed, TYPED_MAX);
    if free && ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if let Some(problem) = &page.problem {
        told(ui, theme, Tone::Warn, problem);
    }
    quiet(ui, theme, differ);
    ui.horizontal_wrapped(|ui| {
        let pressed = word
            .as_ref()
            .is_some_and(|word| button(ui, theme, Weight::Main, word, word).clicked());
        if pressed || (enter && word.is_some()) {
            intents.push(Intent::Invite(InviteDo::Same(page.id.clone())));
        }
        if let Some((word, name)) = &page.close
            && button(ui, theme, Weight::Plain, word, name).clicked()
        {
            intents.push(Intent::Invite(InviteDo::Close(page.id.clone())));
        }
    });
}

/// The form that opens one.
fn form(
    ui: &mut Ui,
    theme: &Theme,
    page: &InviteForm,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let mut enter = false;
    card::card(ui, theme, &page.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        quiet(ui, theme, &page.whom_title);
        offered(ui, theme, &page.whom, |whom| InviteDo::Whom(*whom), intents);
        quiet(ui, theme, &page.whom_note);
        if let Some(unit) = &page.unit {
            let typed = &mut state.inviting.unit;
            enter |= named(ui, theme, &unit.field, typed).1;
            offered(
                ui,
                theme,
                &unit.found,
                |unit| InviteDo::Unit(unit.clone()),
                intents,
            );
            if let Some(note) = &unit.note {
                quiet(ui, theme, note);
            }
        }
        if let Some(office) = &page.office {
            enter |= named(ui, theme, office, &mut state.inviting.office).1;
        }
        if let Some((heading, gates)) = &page.gates {
            quiet(ui, theme, heading);
            offered(ui, theme, gates, |no| InviteDo::Gate(*no), intents);
        }
        quiet(ui, theme, &page.hold_title);
        offered(ui, theme, &page.hold, |hold| InviteDo::Hold(*hold), intents);
        quiet(ui, theme, &page.hold_note);
        if let Some(problem) = &page.problem {
            told(ui, theme, Tone::Warn, problem);
        }
        let pressed = page
            .button
            .as_ref()
            .is_some_and(|word| button(ui, theme, Weight::Main, word, word).clicked());
        if pressed || enter {
            intents.push(Intent::Invite(InviteDo::Open));
        }
    });
    ui.add_space(theme.gap(2.0));
}

/// A choice, its buttons beside each other.
fn offered<T>(
    ui: &mut Ui,
    theme: &Theme,
    all: &[Offered<T>],
    does: impl Fn(&T) -> InviteDo,
    intents: &mut Vec<Intent>,
) {
    if all.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for one in all {
            if choice(ui, theme, &one.word, &one.name, one.on).clicked() {
                intents.push(Intent::Invite(does(&one.to)));
            }
        }
    });
}

fn named(
    ui: &mut Ui,
    theme: &Theme,
    field: &NamedField,
    typed: &mut String,
) -> (egui::Response, bool) {
    entry(ui, theme, &field.name, &field.example, typed, UNIT_MAX)
}

/// A field with its name above it; and whether Enter was pressed in it.
fn entry(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    example: &str,
    typed: &mut String,
    most: usize,
) -> (egui::Response, bool) {
    let label = quiet(ui, theme, name);
    let example = RichText::new(example).color(theme.colour.quiet);
    let edit = TextEdit::singleline(typed)
        .id_salt(("invite-field", name))
        .hint_text(example)
        .char_limit(most)
        .margin(super::field_margin(ui, theme))
        .desired_width(f32::INFINITY);
    let field = ui.add(edit).labelled_by(label.id);
    let enter =
        field.lost_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    (field, enter)
}

/// On every other page: somebody waits for the pictures to be compared.
pub(super) fn knock(ui: &mut Ui, theme: &Theme, knock: &Knock, intents: &mut Vec<Intent>) {
    let button = (Weight::Main, knock.word.as_str(), knock.word.as_str());
    if strip::strip(ui, theme, Tone::Warn, &knock.text, button) {
        intents.push(Intent::Go(Screen::Invite));
    }
}

/// The way here, in a card.
pub(super) fn entry_card(
    ui: &mut Ui,
    theme: &Theme,
    entry: &linli_view::invite::Entry,
    intents: &mut Vec<Intent>,
) {
    let weight = if entry.first {
        Weight::Main
    } else {
        Weight::Plain
    };
    card::plain(ui, theme, |ui| {
        let heading = RichText::new(&entry.title)
            .size(theme.size.heading)
            .family(medium());
        ui.add(Label::new(heading).wrap());
        text(ui, theme, &entry.text);
        if button(ui, theme, weight, &entry.button, &entry.button).clicked() {
            intents.push(Intent::Go(Screen::Invite));
        }
    });
    ui.add_space(theme.gap(2.0));
}
