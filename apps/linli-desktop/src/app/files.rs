//! Photos and documents in this window: those of the open page, and those that go with the post being written.

use super::App;
use crate::album::Done;
use crate::state::Said;
use crate::view::{BesidePost, Page, View};
use linli_view::api::Request;
use linli_view::files::{Adding, Attached, FILES_MAX, FileLine};
use linli_view::intent::{Intent, Screen};
use linli_view::tone::Tone;
use std::path::PathBuf;

impl App {
    /// Carries out what belongs to files; `true` if there is nothing more to do.
    pub(super) fn perform_on_files(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::AddFile { path } => self.add_file(PathBuf::from(path.trim())),
            Intent::DropFile { at } => {
                let files = self.files_written();
                if *at < files.len() {
                    files.remove(*at);
                }
                self.state.adding = Adding::Nothing;
            }
            Intent::SaveFile { id, n } => {
                self.album.will_save(id, *n);
                return false;
            }
            Intent::PublishNotice(notice) if !self.state.notice_files.is_empty() => {
                let files = self.state.notice_files.iter().map(|one| one.file.clone());
                let request = Request::NoticeWith {
                    notice: notice.clone(),
                    files: files.collect(),
                };
                self.send(request);
            }
            _ => return false,
        }
        true
    }

    /// The files of what is being written on this screen.
    fn files_written(&mut self) -> &mut Vec<Attached> {
        if self.state.screen == Screen::Notices {
            &mut self.state.notice_files
        } else {
            &mut self.state.files
        }
    }

    pub(super) fn add_file(&mut self, path: PathBuf) {
        let enough = self.files_written().len() >= FILES_MAX;
        let state = &mut self.state;
        state.adding_for = state.screen;
        state.adding = if enough {
            Adding::Refused("attach-many".to_owned())
        } else if self.album.add(path) {
            Adding::Reads
        } else {
            Adding::Refused("missing".to_owned())
        };
    }

    /// Once a frame: what was dropped, what was drawn, and what the page needs.
    pub(super) fn look_at_files(&mut self, ctx: &egui::Context, view: &View) {
        let writing = match &view.page {
            Page::Board(_, BesidePost::Form(_)) => true,
            Page::Compose(page) => page.check.is_none() && page.held.is_none(),
            _ => false,
        };
        if writing {
            let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
            for path in dropped.into_iter().filter_map(|file| file.path) {
                self.add_file(path);
            }
        }
        for open in std::mem::take(&mut self.model.opened_files) {
            self.album.opened(open, &self.state.pictures);
        }
        for done in self.album.take(ctx) {
            match done {
                Done::Drawn(..) => {}
                Done::Listed(listed) => self.listed(*listed),
                Done::Saved(Ok(path)) => {
                    self.state.said = Some(Said::FileSaved(path.display().to_string()));
                }
                Done::Saved(Err(why)) => self.state.said = Some(Said::SaveFailed(why)),
                // What was checked or sent meanwhile does not change under whoever signs it.
                Done::Added(Ok(_)) if !writing || self.state.adding_for != self.state.screen => {
                    self.state.adding = Adding::Nothing;
                    self.state.said = Some(Said::Sentence("note-file-too-late", Tone::Warn));
                }
                Done::Added(Ok(one)) if self.files_written().len() < FILES_MAX => {
                    self.files_written().push(one);
                    self.state.file_path.clear();
                    self.state.adding = Adding::Nothing;
                }
                Done::Added(Ok(_)) => self.state.adding = Adding::Refused("attach-many".to_owned()),
                Done::Added(Err(code)) => self.state.adding = Adding::Refused(code),
            }
        }
        let (record, lines): (&str, &[FileLine]) = match &view.page {
            Page::Board(_, BesidePost::Post(page)) => (&page.id, &page.files),
            Page::Notices(_, Some(page)) => (&page.id, &page.files),
            _ => ("", &[]),
        };
        let wanted = lines.iter().filter(|line| line.picture && line.here);
        let wanted: Vec<u32> = wanted.map(|line| line.n).collect();
        for n in self.album.missing(ctx, record, &wanted) {
            let id = record.to_owned();
            self.send(Request::FileOpen { id, n });
        }
    }
}
