//! The open notice in this window: what is being said below it.

use super::App;
use linli_view::api::Request;
use linli_view::drafts::Form;
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
            // What was typed stays until it is signed: see `told_below`. Pressed twice it is said once.
            Intent::SayBelow { .. } if self.model.saying_below() => true,
            Intent::SayBelow { id, text, answers } if !self.state.talk_files.is_empty() => {
                let files = self.state.talk_files.iter().map(|one| one.file.clone());
                let request = Request::NoticeSay {
                    id: id.clone(),
                    text: text.clone(),
                    answers: answers.clone(),
                    files: files.collect(),
                };
                self.send(request);
                true
            }
            _ => false,
        }
    }

    /// What is begun below a notice stays with that notice: another one that opens has its own.
    pub(super) fn follow_talk(&mut self) {
        let state = &self.state;
        if state.notice.is_none() || state.notice == state.notice_talk {
            return;
        }
        let id = state.notice.clone();
        self.note_typed();
        self.keeper.park(Form::NoticeReply);
        self.state.notice_reply.clear();
        self.state.talk_files.clear();
        self.fold_files();
        self.state.notice_answers = None;
        self.state.notice_talk = id;
        self.take_talk();
    }

    /// What was begun below the open notice is taken up, where nothing is being written.
    pub(super) fn take_talk(&mut self) {
        let Some(id) = &self.state.notice_talk else {
            return;
        };
        if !self.state.notice_reply.is_empty() || !self.state.talk_files.is_empty() {
            return;
        }
        if let Some(mark) = self.keeper.newest(Form::NoticeReply, Some(id)) {
            self.take_draft(Form::NoticeReply, mark);
        }
    }

    /// It is signed: the field is empty again, or a draft that waits has done its work.
    pub(super) fn told_below(&mut self, told: &Told) {
        let Told::SaidBelow { id, text } = told else {
            return;
        };
        let state = &mut self.state;
        if state.notice_talk.as_ref() == Some(id) && state.notice_reply.trim() == text {
            state.notice_reply.clear();
            state.talk_files.clear();
            state.notice_answers = None;
            self.fold_files();
            self.keeper.done(Form::NoticeReply);
        } else {
            self.keeper.said(Form::NoticeReply, id, text);
        }
    }
}
