//! The open notice in this window: what is being said below it.

use super::App;
use linli_view::intent::Intent;
use linli_view::model::Told;

impl App {
    /// Carries out what belongs to the talk below a notice; `true` if there is nothing more to do.
    pub(super) fn perform_below_notice(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::AnswerBelow { comment } => {
                self.state.notice_answers.clone_from(comment);
                true
            }
            Intent::SayBelow { text, .. } => {
                self.state.notice_sent = Some(text.clone());
                self.state.notice_reply.clear();
                self.state.notice_answers = None;
                false
            }
            _ => false,
        }
    }

    /// What was begun below one notice does not go below another.
    pub(super) fn leave_talk(&mut self, opened: &str) {
        if self.state.notice.as_deref() != Some(opened) {
            self.state.notice_reply.clear();
            self.state.notice_answers = None;
            self.state.notice_sent = None;
        }
    }

    /// It is signed, or comes back into its field.
    pub(super) fn told_below(&mut self, told: &Told) {
        match told {
            Told::SaidBelow => self.state.notice_sent = None,
            Told::Failed(_) if self.state.notice_reply.is_empty() => {
                self.state.notice_reply = self.state.notice_sent.take().unwrap_or_default();
            }
            _ => {}
        }
    }
}
