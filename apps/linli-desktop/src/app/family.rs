//! Who of the household sits here: the window speaks and looks as that person chose.

use super::App;
use linli_view::api::{FamilyDo, Request};
use linli_view::intent::{Intent, Look};
use linli_view::words::Lang;

impl App {
    /// Carries out what belongs here; `true` if there is nothing more to do.
    pub(super) fn perform_family(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::WhoSits => {
                self.state.who_sits = !self.state.who_sits;
                true
            }
            Intent::TryPerson => {
                let name = self.state.person.trim().to_owned();
                if !name.is_empty() {
                    self.state.person.clear();
                    self.send(Request::Family(FamilyDo::Add { name }));
                }
                true
            }
            Intent::Family(FamilyDo::Sit { .. }) => {
                self.state.who_sits = false;
                false
            }
            _ => false,
        }
    }

    /// The home has said who sits here. What the window was opened with stands until somebody sits down.
    pub(super) fn follow_family(&mut self) {
        let Some(family) = &self.model.family else {
            return;
        };
        let first = self.dressed_for.is_none();
        if self.dressed_for == Some(family.now) {
            return;
        }
        self.dressed_for = Some(family.now);
        let Some(person) = family.sitting().cloned() else {
            return;
        };
        let given = if first {
            self.state.given
        } else {
            (false, false)
        };
        if let Some(lang) = person
            .lang
            .as_deref()
            .and_then(Lang::parse)
            .filter(|_| !given.0)
        {
            self.state.lang = lang;
        }
        if let Some(look) = person
            .look
            .as_deref()
            .and_then(Look::parse)
            .filter(|_| !given.1)
        {
            self.state.by_day = false;
            if self.state.look == Look::Elderly {
                self.state.standard = if look == Look::Elderly {
                    self.state.standard
                } else {
                    look
                };
            }
            self.dress(look);
        }
    }

    /// Who sits here has chosen a language or a look: it is there the next time they sit down.
    pub(super) fn remember_look(&mut self) {
        let sits = self.model.family.as_ref().and_then(|family| family.now);
        if sits.is_some() {
            let set = FamilyDo::Set {
                lang: Some(self.state.lang.tag().to_owned()),
                look: Some(self.state.look.id().to_owned()),
            };
            self.send(Request::Family(set));
        }
    }
}
