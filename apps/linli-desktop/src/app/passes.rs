//! Passes beside the form: all of them cancelled at once, plates of residents, a card to print, a PIN that is shown once.

use super::App;
use crate::state::{Said, Typed};
use crate::{files, fonts};
use linli_exchange::paper::{Card, Form, Row};
use linli_pass::qr::{Medium, Symbol};
use linli_view::intent::{Intent, Screen};
use linli_view::pass_paper;

impl App {
    /// Carries out what is about no single field of the form; `true` if there is nothing more to do.
    pub(super) fn perform_on_passes(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::AskCancelAll => self.state.ask_cancel_all = true,
            Intent::KeepAll => self.state.ask_cancel_all = false,
            Intent::CancelAll => {
                self.state.ask_cancel_all = false;
                return false;
            }
            Intent::Residents { .. } => {
                self.state.screen = Screen::Visitors;
                return false;
            }
            Intent::PrintCard { a4 } => self.print_card(*a4),
            _ => return false,
        }
        true
    }

    /// A PIN is shown on the page where its pass was made, and nowhere after.
    pub(super) fn forget_pin(&mut self) {
        self.state.pin = Typed::default();
        if let Some(issued) = &mut self.model.issued {
            issued.pin = None;
        }
        self.seen = None;
    }

    /// Writes the pass on screen as a card, and says where it is.
    fn print_card(&mut self, a4: bool) {
        let Some(card) = self.card() else { return };
        let Some(issued) = self
            .model
            .issued
            .as_ref()
            .filter(|of| of.pass.id == card.id)
        else {
            return;
        };
        let form = if a4 { Form::A4 } else { Form::A7 };
        let paper = pass_paper::paper(&self.words, self.now(), self.model.status.as_ref(), issued);
        let written = pdf(&paper, &issued.text, form, self.words.lang().tag()).and_then(|pdf| {
            let saved = files::save(&self.state.papers, &paper.file_name, &pdf);
            saved.map_err(|error| error.to_string())
        });
        self.state.said = Some(match written {
            Ok(path) => Said::Printed(path.display().to_string()),
            Err(reason) => Said::SaveFailed(reason),
        });
    }
}

fn pdf(
    paper: &pass_paper::Paper,
    text: &str,
    form: Form,
    lang: &'static str,
) -> Result<Vec<u8>, String> {
    let code = Symbol::of(text, Medium::Paper).map_err(|error| error.to_string())?;
    let rows = paper.rows.iter().map(|(name, value)| Row {
        name: name.clone(),
        value: value.clone(),
    });
    let card = Card {
        estate: paper.estate.clone(),
        title: paper.title.clone(),
        label: paper.label.clone(),
        rows: rows.collect(),
        hint: paper.hint.clone(),
        code,
        lang,
    };
    let drawn = fonts::faces().and_then(|faces| card.pdf(&faces, form));
    drawn.map_err(|error| error.to_string())
}
