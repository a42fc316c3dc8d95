//! An alert that is read in: chosen, looked at, made a draft of, or taken back by.

use super::App;
use crate::state::Said;
use crate::tables;
use linli_view::alert::{AlertAsk, AlertDo, AlertRead, AlertState, Becomes};
use linli_view::intent::{Intent, Screen};
use linli_view::register::Unread;
use linli_view::tone::Tone;
use std::path::{Path, PathBuf};

impl App {
    /// Carries out what belongs to it; `true` if there is nothing more to do.
    pub(super) fn perform_alert(&mut self, ctx: &egui::Context, intent: &Intent) -> bool {
        let Intent::Alert(what) = intent else {
            if matches!(intent, Intent::OpenNotice { .. } | Intent::Filter(_)) {
                self.state.alert = None;
            }
            return false;
        };
        match (what, &mut self.state.alert) {
            (AlertDo::Whole(whole), Some(AlertState::Read(ask))) => ask.whole = Some(*whole),
            (AlertDo::Take, Some(AlertState::Read(_))) => self.take_alert(ctx),
            _ => self.state.alert = None,
        }
        true
    }

    fn take_alert(&mut self, ctx: &egui::Context) {
        let now = self.now();
        let Some(AlertState::Read(ask)) = &mut self.state.alert else {
            return;
        };
        ask.tried = true;
        match ask.becomes(now, &self.model.notices) {
            Becomes::Nothing => {}
            Becomes::Retraction { id, reason } => {
                self.state.alert = None;
                self.state.notice = Some(id.clone());
                self.state.notice_from = Screen::Notices;
                self.perform(ctx, Intent::RetractNotice { id, reason });
            }
            Becomes::Draft(draft) => {
                let begun = self.state.notice_draft.as_ref();
                if begun.is_some_and(|draft| !draft.is_empty()) {
                    // What was begun is finished or discarded first, and the alert waits on its page.
                    self.state.said = Some(Said::Sentence("note-draft-first", Tone::Warn));
                    return;
                }
                self.state.alert = None;
                self.compose(Some(*draft));
                self.state.said = Some(Said::Sentence("note-alert-draft", Tone::Info));
            }
        }
    }

    /// An alert was chosen.
    pub(super) fn read_alert(&mut self, path: PathBuf) {
        let (now, name) = (self.now(), tables::name(&path));
        self.state.screen = Screen::Notices;
        self.state.composing = false;
        let reads = self.album.alert(path, now);
        self.state.alert = Some(if reads {
            AlertState::Reads(name)
        } else {
            AlertState::Failed(name, Unread::Missing)
        });
    }

    /// It was read; what nobody waits for any more is passed over.
    pub(super) fn alert_read(&mut self, path: &Path, read: Result<AlertRead, Unread>) {
        let name = tables::name(path);
        if self.state.alert != Some(AlertState::Reads(name.clone())) {
            return;
        }
        self.state.alert = Some(match read {
            Ok(alert) => AlertState::Read(Box::new(AlertAsk::of(alert))),
            Err(why) => AlertState::Failed(name, why),
        });
    }
}
