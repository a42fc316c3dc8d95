//! Who of the household sits here: the window speaks and looks as that person chose.

use super::App;
use linli_view::api::{FamilyDo, Request};
use linli_view::intent::{Intent, Look};
use linli_view::words::Lang;

/// How the window was while nobody in particular sat here.
#[derive(Clone, Copy)]
pub(super) struct Dress {
    pub(super) lang: Lang,
    pub(super) look: Look,
    pub(super) standard: Look,
    pub(super) by_day: bool,
}

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

    /// The home has said who sits here. What the window was opened with stands until somebody sits down; what a person
    /// never chose is as the household has it, not as whoever sat here before.
    pub(super) fn follow_family(&mut self) {
        let Some(family) = &self.model.family else {
            return;
        };
        let first = self.dressed_for.is_none();
        if self.dressed_for == Some(family.now) {
            return;
        }
        let sat = self.dressed_for.flatten().is_some();
        self.dressed_for = Some(family.now);
        let person = family.sitting().cloned();
        let state = &mut self.state;
        if sat {
            let own = self.own_dress;
            (state.lang, state.look) = (own.lang, own.look);
            (state.standard, state.by_day) = (own.standard, own.by_day);
        } else {
            self.own_dress = Dress {
                lang: state.lang,
                look: state.look,
                standard: state.standard,
                by_day: state.by_day,
            };
        }
        let Some(person) = person else { return };
        let given = if first { state.given } else { (false, false) };
        if let Some(lang) = person
            .lang
            .as_deref()
            .and_then(Lang::parse)
            .filter(|_| !given.0)
        {
            state.lang = lang;
        }
        if let Some(look) = person
            .look
            .as_deref()
            .and_then(Look::parse)
            .filter(|_| !given.1)
        {
            state.by_day = false;
            if state.look == Look::Elderly && look != Look::Elderly {
                state.standard = look;
            }
            self.dress(look);
        }
    }

    /// Who sits here has chosen a language or a look, and nothing else: it is there the next time they sit down.
    pub(super) fn remember(&mut self, lang: Option<Lang>, look: Option<Look>) {
        let sits = self.model.family.as_ref().and_then(|family| family.now);
        if sits.is_some() {
            let set = FamilyDo::Set {
                id: sits,
                lang: lang.map(|lang| lang.tag().to_owned()),
                look: look.map(|look| look.id().to_owned()),
            };
            self.send(Request::Family(set));
        }
    }
}
