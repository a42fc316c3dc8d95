//! The office's desk in this window: the draft that is kept, the check, the ten seconds, taking a notice back.

use super::App;
use crate::state::{Focus, Said};
use linli_view::api::Request;
use linli_view::compose::{self, ComposeDraft, HOLD_MS, Step};
use linli_view::intent::{Intent, Screen};
use linli_view::templates;
use linli_view::tone::Tone;

/// How long a draft that could not be kept waits until it is offered again.
const KEEP_AGAIN_MS: u64 = 5_000;

impl App {
    /// Carries out what only an office does; `true` if there is nothing more to do.
    pub(super) fn perform_at_office(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::NewNotice => self.compose(None),
            Intent::CorrectNotice(id) => {
                let item = self.model.notices.iter().find(|n| n.id == *id);
                let (words, now) = (&self.words, self.now());
                let draft = item.map(|item| ComposeDraft::correcting(words, now, item));
                self.carry_files(id);
                self.compose(draft);
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
            }
            Intent::CallBack => {
                self.state.step = Step::Write;
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

    pub(super) fn compose(&mut self, draft: Option<ComposeDraft>) {
        let state = &mut self.state;
        let begun = state.notice_draft.take().filter(|kept| !kept.is_empty());
        let other =
            |kept: &ComposeDraft| draft.as_ref().is_some_and(|d| d.corrects != kept.corrects);
        if begun.as_ref().is_some_and(other) {
            // What was begun is not thrown away: it is finished or discarded first.
            state.said = Some(Said::Sentence("note-draft-first", Tone::Warn));
        }
        state.notice_draft = Some(begun.or(draft).unwrap_or_default());
        state.screen = Screen::Notices;
        state.composing = true;
        state.alert = None;
        // The register may have changed since.
        self.asked_area = None;
        let state = &mut self.state;
        state.ask_retract = false;
        if !matches!(state.step, Step::Held { .. }) {
            // A notice that is going out is shown with its seconds, and goes out.
            state.step = Step::Write;
            state.focus = Some(Focus::Headline);
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
                let notice = Box::new(notice);
                self.send(Request::NoticeSchedule { notice, at_ms });
            }
            // Its time came while it was being checked.
            _ => self.state.step = Step::Write,
        }
        true
    }

    /// It is on the list: the form is empty again.
    pub(super) fn put_away_draft(&mut self) {
        self.state.notice_draft = None;
        self.state.composing = false;
        self.state.step = Step::Write;
    }

    fn keep_template(&mut self) {
        let draft = self.state.notice_draft.as_ref();
        if let Some(notice) = draft.and_then(ComposeDraft::template) {
            let name = notice.title.chars().take(templates::NAME_CHARS).collect();
            let notice = Box::new(notice);
            self.send(Request::TemplateSave { name, notice });
        }
    }

    /// A notice that waits goes back into the form; `true` where another draft is in its way, and nothing is done.
    fn take_back(&mut self, id: &str) -> bool {
        let begun = self.state.notice_draft.as_ref();
        if begun.is_some_and(|draft| !draft.is_empty()) {
            self.state.said = Some(Said::Sentence("note-draft-first", Tone::Warn));
            return true;
        }
        let found = self.model.scheduled.iter().find(|one| one.id == id);
        let Some(found) = found else { return true };
        let draft = ComposeDraft::going_on(self.now(), &found.notice);
        self.compose(Some(draft));
        false
    }

    fn check_notice(&mut self) {
        let Some(draft) = &mut self.state.notice_draft else {
            return;
        };
        draft.tried = true;
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

    /// Once a frame: takes up the draft the home keeps, keeps what was typed, and lets a held notice go.
    pub(super) fn at_the_desk(&mut self, ctx: &egui::Context) {
        if !self.model.is_office() {
            return;
        }
        if let Some(text) = self.model.draft.take() {
            let empty = |draft: &ComposeDraft| draft.is_empty() && draft.corrects.is_none();
            if self.state.notice_draft.as_ref().is_none_or(empty)
                && let Ok(draft) = serde_json::from_str::<ComposeDraft>(&text)
            {
                self.state.notice_draft = Some(draft);
            }
            self.kept_draft = Some(text);
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
        self.keep_draft(ctx);
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

    /// What was typed is in the home within a frame, so a window that dies loses nothing.
    pub(super) fn keep_draft(&mut self, ctx: &egui::Context) {
        if !self.model.draft_read {
            // Before the home has said what it keeps, nothing is written over it.
            return;
        }
        let draft = self.state.notice_draft.as_ref().filter(|d| !d.is_empty());
        let text = draft.and_then(|d| serde_json::to_string(d).ok());
        if std::mem::take(&mut self.model.draft_unkept) {
            // The home keeps something else: it is offered again until it can be kept.
            self.kept_draft = None;
            self.keep_again_ms = self.now().ms + KEEP_AGAIN_MS;
        }
        let wait_ms = self.keep_again_ms.saturating_sub(self.now().ms);
        if text != self.kept_draft && wait_ms > 0 {
            ctx.request_repaint_after(std::time::Duration::from_millis(wait_ms + 1));
        } else if text != self.kept_draft {
            self.kept_draft.clone_from(&text);
            self.perform(ctx, Intent::KeepDraft { text });
        }
    }

    /// A notice is out: the draft has done its work.
    pub(super) fn published(&mut self, id: &str) {
        self.state.notice_draft = None;
        self.state.notice_files.clear();
        self.state.step = Step::Write;
        if !std::mem::take(&mut self.state.composing) {
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
