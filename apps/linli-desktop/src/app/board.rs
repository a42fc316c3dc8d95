//! The board in this window: the open post, the form, the reply.

use super::App;
use crate::state::Focus;
use linli_view::api::{PostDo, Request};
use linli_view::board::{self, PostAsk, SettleDraft};
use linli_view::drafts::{Form, Out};
use linli_view::files::Adding;
use linli_view::intent::{Intent, Screen};
use linli_view::model::Told;

impl App {
    /// Carries out what belongs to the board; `true` if there is nothing more to do.
    pub(super) fn perform_on_board(&mut self, ctx: &egui::Context, intent: &Intent) -> bool {
        let state = &mut self.state;
        match intent {
            Intent::OpenPost { id } => {
                if state.post.as_ref() != Some(id) {
                    self.park_reply();
                    self.take_reply(id);
                }
                let state = &mut self.state;
                state.screen = Screen::Board;
                state.post = Some(id.clone());
                (state.posting, state.post_ask, state.case) = (false, None, None);
                // A list has the newest of its comments alone.
                self.model.hold_post(id);
                self.model.open_post = Some(id.clone());
                self.send(Request::PostShow { id: id.clone() });
            }
            Intent::FilterPosts(filter) => {
                state.board = *filter;
                let wanted = filter.of().and_then(|of| self.model.turn_to(of));
                self.seen = None;
                let state = &mut self.state;
                (state.post, state.posting) = (None, false);
                (state.post_ask, state.case) = (None, None);
                self.park_reply();
                if let Some(wanted) = wanted {
                    self.send(wanted);
                }
            }
            Intent::OlderPosts(of, most) => {
                self.model.go_back(*of, *most);
                return false;
            }
            Intent::OpenCase { key } => {
                let other = state.case.as_ref() != Some(key);
                if other {
                    self.note_typed();
                    self.keeper.park(Form::Ruling);
                    self.state.case_reason.clear();
                }
                let state = &mut self.state;
                state.screen = Screen::Board;
                (state.case, state.post) = (Some(key.clone()), None);
                (state.posting, state.post_tried) = (false, false);
                self.park_reply();
                // What was half written when the window died is taken up.
                self.take_case();
            }
            Intent::AskPost(ask) => {
                self.note_typed();
                self.keeper.park(Form::Appeal);
                let state = &mut self.state;
                state.post_ask = Some(ask.clone());
                state.settle = SettleDraft::default();
                state.post_words.clear();
                state.post_tried = false;
                self.take_asked();
            }
            Intent::NewPost => {
                state.screen = Screen::Board;
                state.posting = true;
                state.focus = Some(Focus::Post);
                // What was half written when the window died is taken up.
                self.take_post();
            }
            Intent::Undo { .. } => {
                self.model.undo = None;
                self.seen = None;
                return false;
            }
            Intent::KeepDone => {
                self.model.undo = None;
                self.seen = None;
            }
            Intent::ShowDelivery(id) => {
                let shown = state.delivery.take_if(|open| open == id).is_some();
                state.delivery = (!shown).then(|| id.clone());
            }
            Intent::AnotherPost => {
                self.park_post();
                self.state.focus = Some(Focus::Post);
            }
            Intent::TakeDraft { form, mark } => self.take_draft(*form, *mark),
            Intent::DropDraft(mark) => self.keeper.drop(*mark),
            // Pressed twice it is said once.
            Intent::TryPost if self.model.sending(Form::Post) => {}
            Intent::TryPost => {
                let form = board::form(&self.words, &state.post_draft);
                match form.ready {
                    Some((kind, body)) => self.perform(ctx, Intent::SendPost { kind, body }),
                    None => {
                        state.post_draft.tried = true;
                        state.focus = Some(Focus::Post);
                    }
                }
            }
            Intent::AskReport => state.post_ask = Some(PostAsk::Report { comment: None }),
            Intent::KeepPost => state.post_ask = None,
            Intent::SendPost { body, .. } => self.send_draft(Form::Post, body),
            // What was typed stays until the node has done it: see `done_on_board`.
            Intent::PostDo {
                what: PostDo::Comment { text },
                ..
            } => self.send_draft(Form::Reply, text),
            _ => return false,
        }
        true
    }

    /// What was asked below a post is done: the question goes, and with it what was typed.
    pub(super) fn done_on_board(&mut self, told: &Told) {
        if matches!(told, Told::Replied { .. }) {
            self.note_typed();
            if self.keeper.sent(Form::Reply) == Out::AsSent {
                self.state.reply.clear();
                self.state.reply_files.clear();
                self.fold_files();
            }
        }
        match told {
            Told::Appealed { about, .. } => self.keeper.done_about(Form::Appeal, about),
            Told::Ruled { case, .. } => self.keeper.done_about(Form::Ruling, case),
            _ => {}
        }
        let state = &mut self.state;
        match told {
            // Only what it belongs to: something else may be open by now.
            Told::Reported { id }
            | Told::TakenBack { id }
            | Told::Settled { id }
            | Told::Appealed { id, .. }
            | Told::HandedTo { id, .. }
                if state.post.as_ref() == Some(id) || state.notice.as_ref() == Some(id) =>
            {
                state.post_ask = None;
                state.post_words.clear();
            }
            Told::Ruled { case, .. } if state.case.as_ref() == Some(case) => {
                state.case = None;
                state.case_reason.clear();
            }
            _ => {}
        }
    }

    /// Sends what stands in a form, once.
    fn send_draft(&mut self, form: Form, text: &str) {
        self.note_typed();
        if let Some(request) = self.keeper.send(form, text) {
            self.send(request);
        }
    }

    /// A post is out: it is opened, unless something else is being written by now.
    pub(super) fn posted(&mut self, id: &str) {
        self.note_typed();
        if self.keeper.sent(Form::Post) == Out::Other {
            return;
        }
        self.state.post_draft = board::PostDraft::default();
        self.state.files.clear();
        self.state.file_path.clear();
        self.state.adding = Adding::Nothing;
        self.state.posting = false;
        self.park_reply();
        self.state.post = Some(id.to_owned());
    }

    /// One step back on the board, if there is one.
    pub(super) fn back_on_board(&mut self) -> bool {
        let state = &mut self.state;
        if state.screen != Screen::Board {
            return false;
        }
        if state.post_ask.is_some() {
            state.post_ask = None;
        } else if state.case.is_some() {
            state.case = None;
        } else if state.posting {
            state.posting = false;
        } else if state.post.is_some() {
            state.post = None;
            self.park_reply();
        } else {
            return false;
        }
        true
    }
}
