//! What is being written in this window, kept in the home: posts, replies, notices.

use super::App;
use crate::state::Said;
use linli_view::api::PostKind;
use linli_view::board::PostDraft;
use linli_view::drafts::{self, DraftTold, Form, Written};
use linli_view::files::Adding;
use linli_view::intent::Screen;
use linli_view::model::DraftNews;
use std::time::Duration;

impl App {
    /// Once a frame: takes up what the home keeps, and keeps what was typed.
    pub(super) fn keep_drafts(&mut self, ctx: &egui::Context) {
        if self.model.is_gate() || self.model.status.is_none() {
            return;
        }
        let now_ms = self.now().ms;
        if let Some(drafts) = self.model.drafts.take() {
            self.keeper.read(drafts);
            self.take_notice();
            self.take_talk();
            self.take_asked();
            self.take_case();
            // Whoever opened a post before the drafts had come finds his reply as well.
            let blank = self.state.reply.is_empty() && self.state.reply_files.is_empty();
            if let Some(id) = self.state.post.clone().filter(|_| blank) {
                self.take_reply(&id);
            }
            if self.state.posting {
                self.take_post();
            }
        }
        for (mark, news) in std::mem::take(&mut self.model.draft_news) {
            let told = match news {
                DraftNews::Saved(saved) => self.keeper.saved(mark, *saved),
                DraftNews::Gone(other) => {
                    self.keeper.gone(mark, other.map(|other| *other));
                    None
                }
                DraftNews::Failed(fault) => self.keeper.failed(mark, now_ms, fault.code),
                DraftNews::Unlisted => self.keeper.unlisted(now_ms),
                DraftNews::Unsent(fault) => {
                    self.keeper.unsent(mark, fault.code);
                    None
                }
                // Done when it was told: see `posted`.
                DraftNews::Sent => None,
            };
            if told == Some(DraftTold::Elsewhere) && self.keeper.stands(Form::Notice, mark) {
                // It is out already, or was not to go out: nobody signs it by the way.
                self.call_back();
            }
            if let Some((key, tone)) = told.map(drafts::told) {
                self.state.said = Some(Said::Sentence(key, tone));
                ctx.request_repaint();
            }
        }
        self.follow_talk();
        self.note_typed();
        if self.keep_typed() {
            ctx.request_repaint();
        }
        self.state.notice_unkept = self.keeper.failing(Form::Notice);
        if let Some(again_ms) = self.keeper.again_ms() {
            ctx.request_repaint_after(Duration::from_millis(again_ms.saturating_sub(now_ms) + 1));
        }
        let lines = self.keeper.lines();
        if self.state.drafts != lines {
            self.state.drafts = lines;
            ctx.request_repaint();
        }
    }

    /// Sends what is to be kept; was there anything?
    pub(super) fn keep_typed(&mut self) -> bool {
        let due = self.keeper.due(self.now().ms);
        let any = !due.is_empty();
        for request in due {
            self.send(request);
        }
        any
    }

    /// What stands in the forms now.
    pub(super) fn note_typed(&mut self) {
        let now_ms = self.now().ms;
        let state = &self.state;
        let post = Written {
            about: state.post_draft.kind.word().to_owned(),
            text: state.post_draft.body.clone(),
            files: state.files.clone(),
        };
        self.keeper.typed(Form::Post, now_ms, &post);
        if let Some(id) = &state.post {
            let reply = Written {
                about: id.clone(),
                text: state.reply.clone(),
                files: state.reply_files.clone(),
            };
            self.keeper.typed(Form::Reply, now_ms, &reply);
        }
        if let Some(id) = &state.notice_talk {
            let answers = state.notice_answers.as_deref();
            let files = state.talk_files.clone();
            let below = Written::below(id, answers, &state.notice_reply, files);
            self.keeper.typed(Form::NoticeReply, now_ms, &below);
        }
        if let Some(about) = state.appeals() {
            let words = worded(about, &state.post_words);
            self.keeper.typed(Form::Appeal, now_ms, &words);
        }
        if let Some(case) = &state.case {
            let words = worded(case.clone(), &state.case_reason);
            self.keeper.typed(Form::Ruling, now_ms, &words);
        }
        let files = state.notice_files.clone();
        let notice = Written::notice(state.notice_draft.as_ref(), files);
        self.keeper.typed(Form::Notice, now_ms, &notice);
    }

    /// The newest draft of a post, where nothing is being written.
    pub(super) fn take_post(&mut self) {
        let empty = self.state.post_draft.body.is_empty() && self.state.files.is_empty();
        if let Some(mark) = self.keeper.newest(Form::Post, None).filter(|_| empty) {
            self.take_draft(Form::Post, mark);
        }
    }

    /// Leaves what is half written as a draft, and begins anew.
    pub(super) fn park_post(&mut self) {
        self.note_typed();
        self.keeper.park(Form::Post);
        self.state.post_draft = PostDraft::default();
        self.state.files.clear();
        self.state.adding = Adding::Nothing;
    }

    /// The reply below a post stays a draft; the field is for another.
    pub(super) fn park_reply(&mut self) {
        self.note_typed();
        self.keeper.park(Form::Reply);
        self.state.reply.clear();
        self.state.reply_files.clear();
        self.fold_files();
    }

    /// Where files of a reply are put in is folded away.
    pub(super) fn fold_files(&mut self) {
        self.state.reply_asks_files = false;
        self.state.adding = Adding::Nothing;
    }

    /// What was begun below this post is taken up.
    pub(super) fn take_reply(&mut self, id: &str) {
        if let Some(mark) = self.keeper.newest(Form::Reply, Some(id)) {
            self.take_draft(Form::Reply, mark);
        }
    }

    /// What was begun as an appeal is taken up where it is asked for.
    pub(super) fn take_asked(&mut self) {
        let about = self.state.appeals();
        let about = about.filter(|_| self.state.post_words.is_empty());
        let mark = about.and_then(|about| self.keeper.newest_about(Form::Appeal, &about));
        if let Some(mark) = mark {
            self.take_draft(Form::Appeal, mark);
        }
    }

    /// The same of an office's reason.
    pub(super) fn take_case(&mut self) {
        let about = self.state.case.as_ref();
        let about = about.filter(|_| self.state.case_reason.is_empty());
        let mark = about.and_then(|about| self.keeper.newest_about(Form::Ruling, about));
        if let Some(mark) = mark {
            self.take_draft(Form::Ruling, mark);
        }
    }

    pub(super) fn take_draft(&mut self, form: Form, mark: u64) {
        self.note_typed();
        self.keeper_takes(form, mark);
    }

    /// The same where what stood in the form is put away already.
    pub(super) fn keeper_takes(&mut self, form: Form, mark: u64) {
        let Some(written) = self.keeper.take(form, mark) else {
            return;
        };
        let state = &mut self.state;
        match form {
            Form::Post => {
                let kind = PostKind::ALL
                    .into_iter()
                    .find(|k| k.word() == written.about);
                state.post_draft = PostDraft {
                    kind: kind.unwrap_or(PostKind::Ask),
                    body: written.text,
                    tried: false,
                };
                state.files = written.files;
                (state.posting, state.screen) = (true, Screen::Board);
            }
            Form::Reply => {
                state.reply = written.text;
                state.reply_files = written.files;
            }
            Form::NoticeReply => {
                state.notice_answers = written.answers().map(str::to_owned);
                state.notice_reply = written.text;
                state.talk_files = written.files;
            }
            Form::Notice => match written.composed() {
                Some(draft) => {
                    state.notice_draft = Some(draft);
                    state.notice_files = written.files;
                    state.adding = Adding::Nothing;
                }
                // It stays as it is kept, for the program that can read it.
                None => self.keeper.park(Form::Notice),
            },
            Form::Appeal => state.post_words = written.text,
            Form::Ruling => state.case_reason = written.text,
        }
    }
}

fn worded(about: String, text: &str) -> Written {
    Written {
        about,
        text: text.to_owned(),
        files: Vec::new(),
    }
}
