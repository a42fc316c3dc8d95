//! What a notice that is being written will look like: on a screen, in the large look, on paper, in a chat.

use super::button::choice;
use super::{badge, card, file, quiet, text, title};
use crate::fonts::medium;
use crate::theme::Theme;
use egui::{Align, Label, Layout, RichText, Ui};
use linli_view::compose::{ComposeDraft, Preview, Shown};
use linli_view::files::FilesForm;
use linli_view::intent::Look;
use linli_view::notice_page::NoticePage;
use linli_view::notice_paper::Letter;

/// Draws the tabs and the chosen one.
pub(super) fn preview(
    ui: &mut Ui,
    theme: &Theme,
    preview: &Preview,
    files: &FilesForm,
    draft: Option<&mut ComposeDraft>,
) {
    card::card(ui, theme, &preview.label, |ui| {
        ui.spacing_mut().item_spacing.y = theme.gap(2.0);
        if let Some(draft) = draft {
            ui.horizontal_wrapped(|ui| {
                for (tab, word, chosen) in &preview.tabs {
                    let name = format!("{} · {word}", preview.label);
                    if choice(ui, theme, word, &name, *chosen).clicked() {
                        draft.preview = *tab;
                    }
                }
            });
        }
        match &preview.shown {
            Shown::Screen { page, large, asks } => {
                let look = Theme::of(Look::Elderly);
                let theme = if *large { &look } else { theme };
                if *large {
                    within(ui, theme, |ui| {
                        screen(ui, theme, page, asks.as_deref(), files)
                    });
                } else {
                    screen(ui, theme, page, asks.as_deref(), files);
                }
            }
            // Paper is white, whatever the window is.
            Shown::Paper(letter) => {
                let white = Theme::of(Look::Light);
                within(ui, &white, |ui| paper(ui, &white, letter));
            }
            Shown::Chat(said) => {
                card::plain(ui, theme, |ui| text(ui, theme, said));
            }
        }
    });
}

/// A card of another look than the window's.
fn within(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.visuals_mut().override_text_color = Some(theme.colour.text);
        card::plain(ui, theme, add);
    });
}

fn screen(ui: &mut Ui, theme: &Theme, page: &NoticePage, asks: Option<&str>, files: &FilesForm) {
    title(ui, theme, &page.title);
    badge::badges(ui, theme, &page.badges);
    let size = theme.size.reading;
    let body = RichText::new(&page.body)
        .size(size)
        .line_height(Some(size * theme.size.line));
    ui.add(Label::new(body).wrap());
    file::names(ui, theme, files);
    if let Some(also) = &page.also {
        card::rule(ui, theme);
        text(ui, theme, &also.title);
        text(ui, theme, &also.body);
    }
    for fact in &page.facts {
        quiet(ui, theme, fact);
    }
    if let Some(word) = asks {
        quiet(ui, theme, &format!("[ {word} ]"));
    }
}

fn paper(ui: &mut Ui, theme: &Theme, letter: &Letter) {
    ui.horizontal(|ui| {
        text(ui, theme, &letter.head);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            quiet(ui, theme, &letter.date)
        });
    });
    card::rule(ui, theme);
    if let Some((what, why)) = &letter.banner {
        text(ui, theme, what);
        if !why.is_empty() {
            quiet(ui, theme, why);
        }
    }
    for (headline, body) in &letter.texts {
        let headline = RichText::new(headline)
            .size(theme.size.title)
            .family(medium());
        ui.add(Label::new(headline).wrap());
        text(ui, theme, body);
    }
    card::rule(ui, theme);
    for (name, value) in &letter.rows {
        text(ui, theme, &format!("{name}  {value}"));
    }
    for line in &letter.check {
        quiet(ui, theme, line);
    }
}
