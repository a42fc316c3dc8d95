//! Photos and documents in this window: those of the open page, and those that go with the post being written.

use super::App;
use crate::album::{Done, Target};
use crate::state::Said;
use crate::view::{BesidePost, Page, View};
use linli_view::api::{FileItem, OpenFile, Request};
use linli_view::drafts::Form;
use linli_view::files::{Adding, Attached, FILES_MAX, FileLine};
use linli_view::intent::Intent;
use linli_view::register::Beside;
use linli_view::tone::Tone;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl App {
    /// Carries out what belongs to files; `true` if there is nothing more to do.
    pub(super) fn perform_on_files(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::AskReplyFiles => self.state.reply_asks_files = true,
            Intent::AddFile { path } => {
                let to = writing(&self.look());
                self.add_file(to, PathBuf::from(path.trim()));
            }
            Intent::DropFile { at } => {
                if let Some((form, _)) = writing(&self.look())
                    && let Some(files) = self.files_of(form)
                    && *at < files.len()
                {
                    files.remove(*at);
                }
                self.state.adding = Adding::Nothing;
            }
            Intent::SaveFile { id, n } => {
                self.album.will_save(id, *n);
                return false;
            }
            _ => return false,
        }
        true
    }

    /// What goes with a form; none: nothing can.
    const fn files_of(&mut self, form: Form) -> Option<&mut Vec<Attached>> {
        Some(match form {
            Form::Post => &mut self.state.files,
            Form::Reply => &mut self.state.reply_files,
            Form::NoticeReply => &mut self.state.talk_files,
            Form::Notice => &mut self.state.notice_files,
            Form::Appeal | Form::Ruling => return None,
        })
    }

    pub(super) fn add_file(&mut self, to: Option<Target>, path: PathBuf) {
        let Some(to) = to else { return };
        let files = self.files_of(to.0);
        let enough = files.is_none_or(|files| files.len() >= FILES_MAX);
        self.state.adding = if enough {
            Adding::Refused("attach-many".to_owned())
        } else if self.album.add(path, to) {
            Adding::Reads
        } else {
            Adding::Refused("missing".to_owned())
        };
    }

    /// What goes with a notice goes with its correction: asked for when the correction begins. Where another draft is
    /// in its way nothing is.
    pub(super) fn carry_files(&mut self, id: &str) {
        let item = self.model.notices.iter().find(|n| n.id == id);
        let files = item.map(|item| item.files.clone()).unwrap_or_default();
        let here = |file: &&FileItem| file.state == "here";
        if !files.iter().all(|file| here(&file)) {
            self.state.said = Some(Said::Sentence("note-files-not-here", Tone::Warn));
        }
        self.carried.clear();
        for n in files.iter().filter(here).map(|file| file.n) {
            let id = id.to_owned();
            self.carried.push((id.clone(), n));
            self.send(Request::FileOpen { id, n });
        }
    }

    /// A file of the notice that is being corrected goes along; back what is for somebody else.
    fn carry(&mut self, open: OpenFile) -> Option<OpenFile> {
        let wanted = |one: &(String, u32)| *one == (open.record.clone(), open.n);
        let Some(at) = self.carried.iter().position(wanted) else {
            return Some(open);
        };
        let draft = self.state.notice_draft.as_ref();
        let corrects = draft.and_then(|draft| draft.corrects.as_ref());
        if corrects != Some(&open.record) {
            // Thrown away meanwhile.
            self.carried.clear();
            return Some(open);
        }
        self.carried.remove(at);
        let files = &mut self.state.notice_files;
        if files.len() < FILES_MAX && files.iter().all(|one| one.file.hash != open.file.hash) {
            files.push(Attached {
                name: open.file.name.clone().unwrap_or_default(),
                file: open.file,
            });
        }
        None
    }

    /// Once a frame: what was dropped, what was drawn, and what the page needs.
    pub(super) fn look_at_files(&mut self, ctx: &egui::Context, view: &View) {
        let to = writing(view);
        if to.is_some() {
            let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
            for path in dropped.into_iter().filter_map(|file| file.path) {
                self.add_file(to.clone(), path);
            }
        }
        self.take_dropped(ctx, view);
        for open in std::mem::take(&mut self.model.opened_files) {
            let Some(open) = self.carry(open) else {
                continue;
            };
            if !self.album.opened(open, &self.state.pictures) {
                self.state.said = Some(Said::Sentence("note-save-busy", Tone::Warn));
            }
        }
        for done in self.album.take(ctx) {
            match done {
                Done::Drawn(..) => {}
                Done::Listed(listed) => self.listed(*listed),
                Done::Table(path, read) => self.table_read(&path, read),
                Done::Alert(path, read) => self.alert_read(&path, read.map(|read| *read)),
                Done::Saved(Ok(path)) => {
                    self.state.said = Some(Said::FileSaved(path.display().to_string()));
                }
                Done::Saved(Err(why)) => self.state.said = Some(Said::SaveFailed(why)),
                // What was checked or sent meanwhile does not change under whoever signs it.
                Done::Added(of, Ok(_)) if to.as_ref() != Some(&of) => {
                    self.state.adding = Adding::Nothing;
                    self.state.said = Some(Said::Sentence("note-file-too-late", Tone::Warn));
                }
                Done::Added((form, _), Ok(one)) => match self.files_of(form) {
                    Some(files) if files.len() < FILES_MAX => {
                        files.push(one);
                        self.state.file_path.clear();
                        self.state.adding = Adding::Nothing;
                    }
                    _ => self.state.adding = Adding::Refused("attach-many".to_owned()),
                },
                Done::Added(_, Err(code)) => self.state.adding = Adding::Refused(code),
            }
        }
    }

    /// A table or an alert that was dropped where one can be chosen.
    fn take_dropped(&mut self, ctx: &egui::Context, view: &View) {
        let table = match &view.page {
            Page::Register(page) => {
                matches!(&page.beside, Beside::Import(page) if page.choose.is_some())
            }
            _ => false,
        };
        if !table && !matches!(view.page, Page::Alert(_)) {
            return;
        }
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        if let Some(path) = dropped.into_iter().find_map(|file| file.path) {
            if table {
                self.read_table(path);
            } else {
                self.read_alert(path);
            }
        }
    }

    /// Once a frame, after drawing: asks for the photos that are on screen and not drawn yet.
    pub(super) fn ask_for_photos(&mut self, ctx: &egui::Context, view: &View) {
        let mut on_page = BTreeSet::new();
        let mut of = |record: &str, lines: &[FileLine]| {
            let wanted = lines.iter().filter(|line| line.picture && line.here);
            on_page.extend(wanted.map(|line| (record.to_owned(), line.n)));
        };
        match &view.page {
            Page::Board(_, BesidePost::Post(page)) => {
                of(&page.id, &page.files);
                page.comments.iter().for_each(|c| of(&c.id, &c.files));
            }
            Page::Board(_, BesidePost::Case(page)) => of(&page.of, &page.files),
            Page::Notices(_, Some(page)) => {
                of(&page.id, &page.files);
                let said = page.talk.iter().flat_map(|talk| &talk.said);
                said.for_each(|c| of(&c.id, &c.files));
            }
            _ => {}
        }
        for (id, n) in self.album.missing(ctx, &on_page) {
            self.send(Request::FileOpen { id, n });
        }
    }
}

/// What a file goes with that is added now; none: nothing is being written.
pub(super) fn writing(view: &View) -> Option<Target> {
    match &view.page {
        Page::Board(_, BesidePost::Form(_)) => Some((Form::Post, String::new())),
        Page::Board(_, BesidePost::Post(page)) => Some((Form::Reply, page.id.clone())),
        Page::Compose(page) if page.check.is_none() && page.held.is_none() => {
            Some((Form::Notice, String::new()))
        }
        Page::Notices(_, Some(page)) => {
            let talk = page.talk.as_ref()?;
            talk.reply.as_ref()?;
            Some((Form::NoticeReply, page.id.clone()))
        }
        _ => None,
    }
}
