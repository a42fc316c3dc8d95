//! What this window does about what is announced by itself, about starting at log-in, and about help.

use super::App;
use crate::state::Said;
use linli_view::api::Request;
use linli_view::intent::{Intent, Screen};
use linli_view::tone::Tone;

impl App {
    /// Carries out what belongs here; `true` if there is nothing more to do.
    pub(super) fn perform_bell(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::Guide(topic) => self.state.guide = *topic,
            Intent::Background(on) => {
                let (key, tone) = match (self.world.login.set(*on), on) {
                    (Ok(()), true) => ("note-background-on", Tone::Good),
                    (Ok(()), false) => ("note-background-off", Tone::Info),
                    (Err(_), _) => ("note-background-failed", Tone::Alert),
                };
                self.state.at_log_in = self.world.login.is_on();
                self.state.said = Some(Said::Sentence(key, tone));
            }
            Intent::Go(Screen::Board) => {
                self.send(Request::BellLooked);
                return false;
            }
            Intent::Go(Screen::Settings) => {
                self.state.at_log_in = self.world.login.is_on();
                return false;
            }
            _ => return false,
        }
        true
    }

    /// With another way to start at log-in; for tests.
    pub fn log_in_with(&mut self, login: Box<dyn crate::login::LogIn>) {
        self.world.login = login;
    }

    /// The home starts at log-in, but this window runs it now: the program without a window waits until this one closes.
    pub(super) fn follow_on(&mut self) {
        let runs = self.model.bell.as_ref().is_some_and(|bell| bell.background);
        if !runs && self.world.login.is_on() == Some(true) {
            self.world.login.start();
        }
    }
}
