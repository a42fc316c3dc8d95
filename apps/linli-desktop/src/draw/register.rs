//! The residents' register: a list that is drawn by visible rows, and a unit, an import or the grid cells beside it.

use super::button::{Weight, button, choice, ring};
use super::{card, compose, quiet, register_import, row, scroll, text, title};
use crate::state::State;
use crate::theme::Theme;
use egui::style::ScrollAnimation;
use egui::{
    Align, FontFamily, FontId, Key, Layout, Response, ScrollArea, Sense, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};
use linli_view::frame::Frame;
use linli_view::intent::Intent;
use linli_view::register::{
    Beside, Desk, GridPage, RegisterDo, RegisterPage, RegisterRow, UnitPage,
};

/// Draws the screen.
pub(super) fn screen(
    ui: &mut Ui,
    theme: &Theme,
    frame: &Frame,
    page: &RegisterPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    let wide = ui.available_width() >= theme.space.two_columns;
    if matches!(page.beside, Beside::Nothing) {
        return list(ui, theme, page, state, intents);
    }
    if wide {
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(theme.space.list);
                ui.set_height(height);
                list(ui, theme, page, state, intents);
            });
            ui.add_space(theme.gap(2.0));
            ui.vertical(|ui| {
                ui.set_height(height);
                scroll(ui, id(&page.beside), |ui| {
                    beside(ui, theme, page, state, intents)
                });
            });
        });
    } else {
        let word = format!("← {}", frame.back);
        if button(ui, theme, Weight::Plain, &word, &frame.back).clicked() {
            intents.push(Intent::Back);
        }
        scroll(ui, id(&page.beside), |ui| {
            beside(ui, theme, page, state, intents)
        });
    }
}

fn id(beside: &Beside) -> &str {
    match beside {
        Beside::Nothing => "register-nothing",
        Beside::Unit(unit) => &unit.title,
        Beside::Import(_) => "register-import",
        Beside::Grid(_) => "register-grid",
    }
}

fn beside(
    ui: &mut Ui,
    theme: &Theme,
    page: &RegisterPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.set_max_width(ui.available_width().min(theme.space.measure));
    match &page.beside {
        Beside::Nothing => {}
        Beside::Unit(page) => unit(ui, theme, page, intents),
        Beside::Import(page) => register_import::page(ui, theme, page, intents),
        Beside::Grid(page) => grid(ui, theme, page, state, intents),
    }
}

fn list(
    ui: &mut Ui,
    theme: &Theme,
    page: &RegisterPage,
    state: &mut State,
    intents: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        title(ui, theme, &page.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &page.count)
        });
    });
    ui.horizontal_wrapped(|ui| {
        for (word, chosen, desk) in &page.desks {
            if choice(ui, theme, word, word, *chosen).clicked() {
                intents.push(Intent::Register(RegisterDo::Desk(*desk)));
            }
        }
    });
    let field = compose::line(ui, theme, &page.search, &mut state.register.typed);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.horizontal_wrapped(|ui| {
        if button(ui, theme, Weight::Plain, &page.look, &page.look).clicked() || entered {
            intents.push(Intent::Register(RegisterDo::Find));
        }
        if let Some(all) = &page.all
            && button(ui, theme, Weight::Light, all, all).clicked()
        {
            intents.push(Intent::Register(RegisterDo::All));
        }
    });
    for note in &page.notes {
        quiet(ui, theme, note);
    }
    ui.add_space(theme.gap(1.0));
    let area = ScrollArea::vertical()
        .id_salt("register-list")
        .auto_shrink([false, false]);
    let height = height(theme);
    ui.spacing_mut().item_spacing.y = theme.gap(0.5);
    area.show_rows(ui, height, page.rows.len(), |ui, visible| {
        for one in page.rows.get(visible).unwrap_or_default() {
            if line(ui, theme, one).clicked()
                && let Some(go) = &one.go
            {
                intents.push(go.clone());
            }
        }
        super::follow_focus(ui);
    });
}

/// How high a line is.
fn height(theme: &Theme) -> f32 {
    theme.space.target.max(theme.size.body * 2.0)
}

/// One line: standing in by what it is part of, what it is called, what else is known at its end.
fn line(ui: &mut Ui, theme: &Theme, one: &RegisterRow) -> Response {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height(theme)));
    let sense = if one.go.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, ui.id().with(("register", &one.id)), sense);
    response.widget_info(|| {
        if one.go.is_some() {
            WidgetInfo::selected(WidgetType::SelectableLabel, true, one.chosen, &one.name)
        } else {
            WidgetInfo::labeled(WidgetType::Label, true, &one.name)
        }
    });
    if response.gained_focus() {
        // With its neighbours: a list draws what is in sight, and the keys can only go on to what is drawn.
        let neighbours = rect.expand2(vec2(0.0, rect.height() * 1.5));
        ui.scroll_to_rect_animation(neighbours, None, ScrollAnimation::none());
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let c = theme.colour;
    if one.go.is_some() {
        let fill = if one.chosen || response.hovered() {
            c.raised
        } else {
            c.card
        };
        ui.painter().rect_filled(rect, theme.space.round, fill);
    }
    let inner = rect.shrink2(vec2(theme.gap(3.0), 0.0));
    let left = inner.left() + f32::from(one.depth) * theme.size.body;
    let small = FontId::new(theme.size.small, FontFamily::Proportional);
    let body = FontId::new(theme.size.body, FontFamily::Proportional);
    let beside = row::line(
        ui,
        &one.beside,
        small.clone(),
        c.quiet,
        inner.width() * 0.6,
        false,
    );
    let right = inner.right() - beside.size().x;
    let (font, ink) = match (&one.go, one.chosen) {
        (None, _) => (small, c.quiet),
        (Some(_), true) => (body, c.accent),
        (Some(_), false) => (body, c.text),
    };
    let word = row::line(
        ui,
        &one.word,
        font,
        ink,
        right - left - theme.gap(2.0),
        false,
    );
    for (galley, x, ink) in [(word, left, ink), (beside, right, c.quiet)] {
        let y = inner.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(x, y), galley, ink);
    }
    ring(ui, theme, &response);
    response
}

fn unit(ui: &mut Ui, theme: &Theme, page: &UnitPage, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &page.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        for fact in &page.facts {
            text(ui, theme, fact);
        }
        if let Some(plates) = &page.vehicles {
            text(ui, theme, plates);
        }
        if let Some((word, _)) = &page.grid
            && button(ui, theme, Weight::Plain, word, word).clicked()
        {
            intents.push(Intent::Register(RegisterDo::Desk(Desk::Grid)));
        }
    });
    ui.add_space(theme.gap(2.0));
    card::card(ui, theme, &page.persons_title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.0);
        if let Some(nobody) = &page.nobody {
            quiet(ui, theme, nobody);
        }
        for (at, (name, phones)) in page.persons.iter().enumerate() {
            if at > 0 {
                card::rule(ui, theme);
            }
            text(ui, theme, name);
            if !phones.is_empty() {
                quiet(ui, theme, phones);
            }
        }
    });
}

fn grid(ui: &mut Ui, theme: &Theme, page: &GridPage, state: &mut State, intents: &mut Vec<Intent>) {
    card::card(ui, theme, &page.title, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(1.5);
        quiet(ui, theme, &page.advice);
        for cell in &page.cells {
            text(ui, theme, cell);
        }
        for note in &page.notes {
            quiet(ui, theme, note);
        }
        card::rule(ui, theme);
        compose::line(ui, theme, &page.cell, &mut state.register.cell);
        let places = compose::line(ui, theme, &page.places, &mut state.register.places);
        let entered = places.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.horizontal_wrapped(|ui| {
            if button(ui, theme, Weight::Main, &page.set, &page.set).clicked() || entered {
                intents.push(Intent::Register(RegisterDo::SetCell { clear: false }));
            }
            if button(ui, theme, Weight::Plain, &page.clear, &page.clear).clicked() {
                intents.push(Intent::Register(RegisterDo::SetCell { clear: true }));
            }
        });
    });
}
