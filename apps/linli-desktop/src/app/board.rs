//! The board in this window: the open post, the form, the reply.

use super::App;
use crate::state::Focus;
use linli_view::api::PostDo;
use linli_view::board;
use linli_view::files::Adding;
use linli_view::intent::{Intent, Screen};

impl App {
    /// Carries out what belongs to the board; `true` if there is nothing more to do.
    pub(super) fn perform_on_board(&mut self, ctx: &egui::Context, intent: &Intent) -> bool {
        let state = &mut self.state;
        match intent {
            Intent::OpenPost { id } => {
                if state.post.as_ref() != Some(id) {
                    state.reply.clear();
                }
                state.screen = Screen::Board;
                state.post = Some(id.clone());
                (state.posting, state.ask_report) = (false, false);
            }
            Intent::FilterPosts(filter) => {
                state.board = *filter;
                (state.post, state.posting) = (None, false);
            }
            Intent::NewPost => {
                state.screen = Screen::Board;
                state.posting = true;
                state.focus = Some(Focus::Post);
            }
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
            Intent::AskReport => state.ask_report = true,
            Intent::KeepPost => state.ask_report = false,
            Intent::PostDo { what, .. } => {
                match what {
                    PostDo::Comment { .. } => state.reply.clear(),
                    PostDo::Report { .. } => state.ask_report = false,
                    _ => {}
                }
                return false;
            }
            _ => return false,
        }
        true
    }

    /// A post is out: it is opened, and its draft has done its work.
    pub(super) fn posted(&mut self, id: &str) {
        self.state.post_draft = board::PostDraft::default();
        self.state.files.clear();
        self.state.file_path.clear();
        self.state.adding = Adding::Nothing;
        self.state.posting = false;
        self.state.post = Some(id.to_owned());
    }

    /// One step back on the board, if there is one.
    pub(super) fn back_on_board(&mut self) -> bool {
        let state = &mut self.state;
        if state.screen != Screen::Board {
            return false;
        }
        if state.ask_report {
            state.ask_report = false;
        } else if state.posting {
            state.posting = false;
        } else if state.post.is_some() {
            state.post = None;
        } else {
            return false;
        }
        true
    }
}
