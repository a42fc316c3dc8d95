//! The office's desk in this window: the drafts of notices, the check, the ten seconds, taking a notice back.

use super::App;
use crate::state::{Focus, Said};
use linli_view::api::{NoticeOut, Request};
use linli_view::compose::{self, ComposeDraft, HOLD_MS, Step};
use linli_view::drafts::{Form, Out};
use linli_view::files::Adding;
use linli_view::intent::{Intent, Screen};
use linli_view::templates;
use linli_view::tone::Tone;

impl App {
    /// Carries out what only an office does; `true` if there is nothing more to do.
    pub(super) fn perform_at_office(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::NewNotice => self.compose(None),
            Intent::CorrectNotice(id) => {
                self.note_typed();
                let held = matches!(self.state.step, Step::Held { .. });
                let begun = self.keeper.newest_about(Form::Notice, id);
                let item = self.model.notices.iter().find(|n| n.id == *id);
                let (words, now) = (&self.words, self.now());
                let draft = item.map(|item| ComposeDraft::correcting(words, now, item));
                match begun.filter(|_| !held) {
                    // A correction that was begun goes on.
                    Some(mark) => {
                        self.take_draft(Form::Notice, mark);
                        self.compose(None);
                    }
                    None => {
                        let corrects = |app: &Self| {
                            let draft = app.state.notice_draft.as_ref();
                            draft.and_then(|draft| draft.corrects.clone())
                        };
                        let before = corrects(self);
                        self.compose(draft);
                        let after = corrects(self);
                        if before != after && after.as_ref() == Some(id) {
                            self.carry_files(id);
                        }
                    }
                }
            }
            Intent::AnotherNotice => {
                self.put_aside(ComposeDraft::default());
                self.state.focus = Some(Focus::Headline);
            }
            Intent::CheckNotice => self.check_notice(),
            Intent::WriteNotice => self.state.step = Step::Write,
            Intent::SignNotice if self.plans() => {}
            Intent::UseTemplate(id) => {
                let lang = self.words.lang();
                let begun = templates::draft(lang, &self.model.templates, id);
                let empty = self.state.notice_draft.as_ref();
                if empty.is_none_or(ComposeDraft::is_empty) && begun.is_some() {
                    self.state.notice_draft = begun;
                    self.state.focus = Some(Focus::Headline);
                }
            }
            Intent::KeepTemplate => self.keep_template(),
            Intent::Unschedule(id) => return self.take_back(id),
            Intent::SignNotice => {
                let until_ms = self.now().ms + HOLD_MS;
                self.state.step = Step::Held { until_ms };
                self.mark_held(true);
            }
            Intent::PublishNotice(notice) => {
                let notice = (**notice).clone();
                self.sign(NoticeOut {
                    notice,
                    at_ms: None,
                });
            }
            Intent::CallBack => {
                self.call_back();
                self.state.said = Some(Said::Sentence("note-called-back", Tone::Good));
            }
            Intent::DiscardDraft => {
                self.state.notice_files.clear();
                self.state.notice_draft = None;
                self.state.composing = false;
            }
            Intent::AskRetract => {
                self.state.ask_retract = true;
                self.state.retract_reason.clear();
            }
            Intent::KeepNotice => self.state.ask_retract = false,
            Intent::RetractNotice { .. } => {
                self.state.ask_retract = false;
                self.state.retract_reason.clear();
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Opens the form: with this one, or with what was begun.
    pub(super) fn compose(&mut self, draft: Option<ComposeDraft>) {
        let held = matches!(self.state.step, Step::Held { .. });
        let begun = self.state.notice_draft.as_ref().filter(|d| !d.is_empty());
        let same = |d: &ComposeDraft| {
            let begun = begun.and_then(|begun| begun.corrects.as_ref());
            begun.is_some() && begun == d.corrects.as_ref()
        };
        match draft {
            Some(draft) if same(&draft) => {}
            // The one that goes out stays in the form until it is out.
            Some(_) if held => {
                self.state.said = Some(Said::Sentence("note-held", Tone::Warn));
            }
            Some(draft) => self.put_aside(draft),
            None if begun.is_none() => self.take_notice(),
            None => {}
        }
        let state = &mut self.state;
        state.notice_draft.get_or_insert_default();
        state.screen = Screen::Notices;
        state.composing = true;
        state.alert = None;
        // The register may have changed since.
        self.asked_area = None;
        let state = &mut self.state;
        state.ask_retract = false;
        if !held {
            // A notice that is going out is shown with its seconds, and goes out.
            state.step = Step::Write;
            state.focus = Some(Focus::Headline);
        }
    }

    /// What stands in the form stays a draft, and the form is for this one.
    fn put_aside(&mut self, draft: ComposeDraft) {
        self.note_typed();
        self.keeper.park(Form::Notice);
        self.state.notice_files.clear();
        self.state.notice_draft = Some(draft);
        self.state.adding = Adding::Nothing;
    }

    /// The newest draft of a notice, where nothing is being written.
    pub(super) fn take_notice(&mut self) {
        let empty = |draft: &ComposeDraft| draft.is_empty() && draft.corrects.is_none();
        let draft = self.state.notice_draft.as_ref();
        if !draft.is_none_or(empty) || !self.state.notice_files.is_empty() {
            return;
        }
        let Some(mark) = self.keeper.newest(Form::Notice, None) else {
            return;
        };
        self.keeper_takes(Form::Notice, mark);
        if self.state.notice_draft.as_ref().is_some_and(|d| d.held) {
            self.state.said = Some(Said::Sentence("note-not-out", Tone::Warn));
        }
    }

    /// Back to writing: nothing goes out.
    pub(super) const fn call_back(&mut self) {
        self.mark_held(false);
        self.state.step = Step::Write;
    }

    /// Notes in the draft that it is on its way out, or no longer.
    const fn mark_held(&mut self, held: bool) {
        if let Some(draft) = &mut self.state.notice_draft {
            draft.held = held;
        }
    }

    /// Sends what stands in the form, once: it goes out, or onto the list, and its draft is gone with the same commit.
    fn sign(&mut self, out: NoticeOut) {
        self.note_typed();
        if let Some(request) = self.keeper.sign(out) {
            self.send(request);
        }
    }

    /// A notice with a time goes onto the list instead; true if this one has one.
    fn plans(&mut self) -> bool {
        let (now, status) = (self.now(), self.model.status.as_ref());
        let Some(draft) = &self.state.notice_draft else {
            return false;
        };
        if draft.at.trim().is_empty() {
            return false;
        }
        let page = compose::compose(&self.words, now, status, draft, Step::Check);
        match (page.request, page.at_ms) {
            _ if !self.state.notice_files.is_empty() => {
                self.state.step = Step::Write;
                self.state.said = Some(Said::Sentence("note-no-files-later", Tone::Warn));
            }
            (Some(notice), Some(at_ms)) => {
                let at_ms = Some(at_ms);
                self.sign(NoticeOut { notice, at_ms });
            }
            // Its time came while it was being checked.
            _ => self.state.step = Step::Write,
        }
        true
    }

    /// It is on the list, or out: the form is empty again. False: something else is being written by now.
    pub(super) fn put_away_draft(&mut self) -> bool {
        self.note_typed();
        if self.keeper.sent(Form::Notice) == Out::Other {
            return false;
        }
        self.state.notice_draft = None;
        self.state.notice_files.clear();
        self.state.step = Step::Write;
        true
    }

    fn keep_template(&mut self) {
        let draft = self.state.notice_draft.as_ref();
        if let Some(notice) = draft.and_then(ComposeDraft::template) {
            let name = notice.title.chars().take(templates::NAME_CHARS).collect();
            let notice = Box::new(notice);
            self.send(Request::TemplateSave { name, notice });
        }
    }

    /// A notice that waits goes back into the form; `true` where one is going out at this moment, and nothing is done.
    fn take_back(&mut self, id: &str) -> bool {
        if matches!(self.state.step, Step::Held { .. }) {
            self.state.said = Some(Said::Sentence("note-held", Tone::Warn));
            return true;
        }
        let found = self.model.scheduled.iter().find(|one| one.id == id);
        let Some(found) = found else { return true };
        let draft = ComposeDraft::going_on(self.now(), &found.notice, found.at_ms);
        self.put_aside(draft);
        self.compose(None);
        // It is a draft before it is off the list: whoever dies between finds it twice, and not never.
        self.note_typed();
        self.keep_typed();
        false
    }

    fn check_notice(&mut self) {
        let Some(draft) = &mut self.state.notice_draft else {
            return;
        };
        draft.tried = true;
        draft.held = false;
        let (now, status) = (self.now(), self.model.status.as_ref());
        let Some(draft) = &self.state.notice_draft else {
            return;
        };
        let mut page = compose::compose(&self.words, now, status, draft, Step::Write);
        compose::places::put(&self.words, &mut page, draft, self.model.area.as_ref());
        if page.request.is_some() {
            self.state.step = Step::Check;
        } else {
            self.state.focus = Some(Focus::Headline);
        }
    }

    /// Once a frame: lets a held notice go.
    pub(super) fn at_the_desk(&mut self, ctx: &egui::Context) {
        if !self.model.is_office() {
            return;
        }
        let now = self.now();
        if compose::due(self.state.step, now) {
            self.state.step = Step::Check;
            if let Some(draft) = &self.state.notice_draft {
                let status = self.model.status.as_ref();
                let page = compose::compose(&self.words, now, status, draft, Step::Check);
                if let Some(request) = page.request {
                    self.perform(ctx, Intent::PublishNotice(Box::new(request)));
                }
            }
        }
        if let Step::Held { until_ms } = self.state.step {
            // The next second is counted down when it begins.
            let next = match until_ms.saturating_sub(now.ms) % 1000 {
                0 => 1000,
                part => part,
            };
            ctx.request_repaint_after(std::time::Duration::from_millis(next));
        }
        self.ask_area();
    }

    /// Has the area in the form counted, once for each of its wordings.
    fn ask_area(&mut self) {
        let draft = self.state.notice_draft.as_ref();
        let words = draft.filter(|_| self.state.composing);
        if let Some(area) = words.and_then(ComposeDraft::area_words)
            && self.asked_area.as_ref() != Some(&area)
        {
            self.asked_area = Some(area.clone());
            self.send(Request::NoticeArea { area });
        }
    }

    /// A notice is out: the draft has done its work.
    pub(super) fn published(&mut self, id: &str) {
        let away = self.put_away_draft();
        if !away || !std::mem::take(&mut self.state.composing) {
            // Whoever went on to something else is not carried away from it.
            return;
        }
        self.state.notice = Some(id.to_owned());
        self.state.notice_from = Screen::Notices;
        self.state.ask_retract = false;
        self.follow_talk();
        let id = id.to_owned();
        self.send(Request::NoticeReach { id });
    }
}
