//! Inviting: what the person does on its page, and what comes of it.

use super::App;
use crate::files;
use crate::state::Said;
use linli_view::api::{InviteItem, Request};
use linli_view::intent::{Intent, Screen};
use linli_view::invite::{self, InviteDo, InviteDraft, InviteTold, Step};
use linli_view::model::Told;
use linli_view::tone::Tone;

impl App {
    /// Carries out what belongs here; `true` if there is nothing more to do.
    pub(super) fn perform_invite(&mut self, ctx: &egui::Context, intent: &Intent) -> bool {
        match intent {
            Intent::Go(to) => {
                let state = &mut self.state;
                if *to == Screen::Invite && state.screen != Screen::Invite {
                    state.invite_from = state.screen;
                }
                state.inviting.founded = false;
                false
            }
            Intent::Invite(act) => {
                self.invite(ctx, act);
                true
            }
            _ => false,
        }
    }

    fn invite(&mut self, ctx: &egui::Context, act: &InviteDo) {
        let draft = &mut self.state.inviting;
        match act {
            InviteDo::Whom(whom) => (draft.whom, draft.problem) = (Some(*whom), None),
            InviteDo::Hold(hold) => draft.hold = *hold,
            InviteDo::Gate(no) => (draft.gate, draft.problem) = (Some(*no), None),
            InviteDo::Unit(unit) => draft.unit.clone_from(unit),
            InviteDo::Open => self.open_invite(),
            InviteDo::Show(id) => draft.show(id.clone()),
            InviteDo::Copy(id) => {
                if let Some(line) = self.invitation(id).and_then(|one| one.line) {
                    ctx.copy_text(line.0.clone());
                    self.state.said = Some(Said::Sentence("note-invite-copied", Tone::Good));
                }
            }
            InviteDo::Save(id) => self.save_invite(id),
            InviteDo::Same(id) => self.agree(id),
            InviteDo::Close(id) => {
                let id = id.clone();
                self.send(Request::InviteClose { id });
            }
        }
    }

    fn invitation(&self, id: &str) -> Option<InviteItem> {
        let report = self.model.invites.as_ref()?;
        report.invites.iter().find(|one| one.id == id).cloned()
    }

    /// Opens the invitation of the form as it stands, or shows what is missing. Nothing is opened twice.
    fn open_invite(&mut self) {
        if self.model.inviting() {
            return;
        }
        match self.state.inviting.request(&self.model) {
            Ok(request) => {
                self.state.inviting.problem = None;
                self.send(request);
            }
            Err(code) => self.state.inviting.problem = Some(code.into()),
        }
    }

    /// What was typed is what the other screen shows, as it was read here.
    fn agree(&mut self, id: &str) {
        if self.model.inviting() {
            return;
        }
        let draft = &mut self.state.inviting;
        let typed = draft.typed.trim().to_owned();
        if typed.is_empty() {
            draft.refused = Some("no-pictures".into());
            return;
        }
        draft.refused = None;
        // What stands on the page stays there, also if another one knocks meanwhile.
        draft.shown = Some(id.to_owned());
        let id = id.to_owned();
        self.send(Request::InviteConfirm { id, typed });
    }

    fn save_invite(&mut self, id: &str) {
        let Some(one) = self.invitation(id) else {
            return;
        };
        let file = invite::file(&self.words, self.now(), &self.model, &one);
        let Some(file) = file else { return };
        let made = ("note-invite-saved", file.name, file.text.into_bytes());
        // Whoever reads the line can knock.
        self.save_made(Ok(made), files::save_private);
    }

    /// Once a frame: what was typed for one invitation is not typed for the next that comes on screen; and units of the
    /// register for what is typed.
    pub(super) fn follow_invites(&mut self) {
        let now = self.now();
        let shown = invite::shown(&self.model, now, &self.state.inviting);
        let shown = shown.map(|one| one.id.clone());
        if shown != self.compares {
            if self.compares.is_some() {
                self.state.inviting.typed.clear();
                self.state.inviting.refused = None;
            }
            self.compares = shown;
        }
        self.look_up_unit();
    }

    fn look_up_unit(&mut self) {
        let here = self.state.screen == Screen::Invite && self.model.closed.is_none();
        let query = self.state.inviting.looks_up(&self.model);
        let Some(query) = query.filter(|_| here) else {
            return;
        };
        if self.asked_unit.as_ref() != Some(&query) {
            self.asked_unit = Some(query.clone());
            self.send(Request::GateFindUnit { query });
        }
    }

    /// A community was founded: the page that comes next.
    pub(super) fn founded(&mut self) {
        self.state.screen = Screen::Invite;
        self.state.invite_from = Screen::Home;
        self.state.inviting = InviteDraft {
            founded: true,
            ..InviteDraft::default()
        };
    }

    /// What has come of a step, or happened by itself.
    pub(super) fn told_invite(&mut self, told: InviteTold) {
        let on_page = self.state.screen == Screen::Invite;
        let draft = &mut self.state.inviting;
        // What the page itself says is not said below it once more.
        match &told {
            InviteTold::Opened { id } => {
                draft.show(Some(id.clone()));
                draft.unit.clear();
                draft.office.clear();
                (draft.problem, draft.founded) = (None, false);
                if on_page {
                    return;
                }
            }
            InviteTold::Closed => draft.show(None),
            InviteTold::Agreed { .. } => {
                draft.typed.clear();
                draft.refused = None;
                if on_page {
                    return;
                }
            }
            InviteTold::Joined { id, .. } => {
                if draft.shown.as_ref().is_none_or(|shown| shown == id) {
                    draft.show(Some(id.clone()));
                }
            }
            InviteTold::Failed { step, code } => {
                match step {
                    Step::Open => draft.problem = Some(code.clone()),
                    Step::Close(_) | Step::Confirm(_) => draft.refused = Some(code.clone()),
                }
                if on_page {
                    return;
                }
            }
        }
        self.state.said = Some(Said::Told(Told::Invite(told)));
    }
}
