//! What is being written, and how far it is kept: which drafts there are, which of them is on screen, what is still to be
//! saved.
//!
//! Whatever is typed is on its way to the home within a frame, so a window that dies loses nothing. What the home cannot
//! take, because its disk is full, stays here and is offered again. Two windows on one home may have the same draft open:
//! the home keeps both texts, and both are shown.

use crate::api::{DraftItem, DraftSaved, FaultCode, NoticeOut, Request};
use crate::clean;
use kept::{Kept, WAITS, same, written_of};

mod form;
mod kept;
mod worded;

use form::root;
pub use form::{Form, Written};
pub use worded::{rows, told};

/// How long what could not be kept waits until it is offered again.
const AGAIN_MS: u64 = 5_000;
/// Characters of a draft shown in a list.
const TITLE_CHARS: usize = 40;

/// One draft in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftLine {
    /// Its name in this window.
    pub mark: u64,
    /// Of which form.
    pub form: Form,
    /// As in [`Written`].
    pub about: String,
    /// How it begins.
    pub title: String,
    /// How many files go with it.
    pub files: usize,
    /// When it was last changed.
    pub at_ms: u64,
}

/// The same, worded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftRow {
    /// Its name in this window.
    pub mark: u64,
    /// What it is.
    pub text: String,
    /// The button that puts it on screen, and its accessible name.
    pub take: (String, String),
    /// The button that throws it away, and its accessible name.
    pub drop: (String, String),
}

/// Something to tell once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DraftTold {
    /// It could not be kept, and why; it is still here.
    Unsaved(FaultCode),
    /// The home cannot say which drafts it keeps.
    Unlisted,
    /// It is kept now.
    SavedAgain,
    /// Another window has changed the same draft: both are there.
    Twice,
    /// Another window has sent it or thrown it away: what stands here is a new one.
    Elsewhere,
}

/// See the module's text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Keeper {
    /// The home has said what it keeps.
    read: bool,
    all: Vec<Kept>,
    open: [Option<u64>; Form::COUNT],
    next: u64,
    /// It could not say so: when to ask again.
    unlisted_ms: Option<u64>,
    /// That was told.
    told_unlisted: bool,
}

/// What became of a form whose text went out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Out {
    /// It stands there as it went out: it can be cleared.
    AsSent,
    /// Something else stands there, or nothing.
    Other,
}

impl Keeper {
    /// What the home keeps. What is known already stays as it is here: if the home's is newer, saving finds out. What it
    /// no longer keeps was sent or thrown away elsewhere, and leaves, unless it stands on screen.
    pub fn read(&mut self, drafts: Vec<DraftItem>) {
        self.read = true;
        (self.unlisted_ms, self.told_unlisted) = (None, false);
        let open = self.open;
        self.all.retain(|kept| {
            let listed = |draft: &DraftItem| draft.id.as_ref() == Some(&kept.id);
            !kept.is_clean() || open.contains(&Some(kept.mark)) || drafts.iter().any(listed)
        });
        for draft in drafts {
            let known = |kept: &&mut Kept| draft.id.as_ref() == Some(&kept.id);
            match self.all.iter_mut().find(known) {
                None => self.add(draft),
                Some(kept) => {
                    let lost = kept.lost.take();
                    if lost.is_some_and(|lost| same(&lost, &written_of(&draft))) {
                        // It came through; only its answer was lost.
                        kept.version = draft.version;
                        kept.dirty = kept.gone || !same(&kept.written, &written_of(&draft));
                    }
                }
            }
        }
        for kept in &mut self.all {
            kept.lost = None;
        }
        self.room();
    }

    /// The home cannot say what it keeps.
    pub fn unlisted(&mut self, now_ms: u64) -> Option<DraftTold> {
        self.unlisted_ms = Some(now_ms + AGAIN_MS);
        let first = !std::mem::replace(&mut self.told_unlisted, true);
        first.then_some(DraftTold::Unlisted)
    }

    /// There may be room for one more.
    fn room(&mut self) {
        for kept in &mut self.all {
            if kept.failing == Some(FaultCode::DraftsMany) {
                kept.again_ms = 0;
            }
        }
    }

    fn add(&mut self, draft: DraftItem) {
        let form = Form::ALL.into_iter().find(|f| f.word() == draft.kind);
        let (Some(form), Some(id)) = (form, draft.id.clone()) else {
            return;
        };
        self.next += 1;
        self.all.push(Kept {
            id,
            version: draft.version,
            dirty: false,
            ..Kept::new(self.next, form, written_of(&draft), draft.at_ms)
        });
    }

    /// The connection is a new one: what was on its way may be lost.
    pub fn reconnected(&mut self) {
        self.read = false;
        for kept in &mut self.all {
            if let Some(sent) = kept.sent.take() {
                (kept.lost, kept.dirty) = (Some(sent), true);
            }
            kept.out = None;
        }
    }

    /// What stands in a form now.
    pub fn typed(&mut self, form: Form, now_ms: u64, written: &Written) {
        let open = self.open[form as usize];
        let kept = self.all.iter_mut().find(|kept| Some(kept.mark) == open);
        match kept {
            Some(kept) if kept.written == *written => {}
            Some(kept) if written.is_empty() => {
                kept.written = written.clone();
                (kept.gone, kept.dirty, kept.again_ms) = (true, true, 0);
                self.open[form as usize] = None;
            }
            Some(kept) => {
                kept.written = written.clone();
                (kept.dirty, kept.at_ms) = (true, now_ms);
                if kept.failing == Some(FaultCode::DraftTooLong) {
                    kept.again_ms = 0;
                }
            }
            None if written.is_empty() => {}
            None => {
                self.next += 1;
                self.open[form as usize] = Some(self.next);
                let kept = Kept::new(self.next, form, written.clone(), now_ms);
                self.all.push(kept);
            }
        }
    }

    /// What to ask of the home now.
    pub fn due(&mut self, now_ms: u64) -> Vec<Request> {
        // What never came to the home need not be taken away from it.
        self.all.retain(|kept| {
            let busy = kept.sent.is_some() || kept.lost.is_some() || kept.out.is_some();
            busy || !kept.gone || kept.version > 0
        });
        if !self.read {
            let due = self.unlisted_ms.take_if(|at| *at <= now_ms);
            return due.map(|_| Request::DraftList).into_iter().collect();
        }
        let mut asks = Vec::new();
        for kept in &mut self.all {
            let busy = kept.sent.is_some() || kept.out.is_some();
            if !kept.dirty || busy || now_ms < kept.again_ms {
                continue;
            }
            kept.sent = Some(kept.written.clone());
            asks.push(if kept.gone {
                Request::DraftDrop {
                    mark: kept.mark,
                    id: kept.id.clone(),
                    base: kept.version,
                }
            } else {
                Request::DraftSave {
                    mark: kept.mark,
                    draft: Box::new(kept.item()),
                }
            });
        }
        asks
    }

    /// Sends what stands in a form: these words, as they go out. What is typed meanwhile is another draft. None: nothing
    /// stands there, or it is on its way.
    pub fn send(&mut self, form: Form, text: &str) -> Option<Request> {
        self.go_out(form, Some(text), None)
    }

    /// The same of the notice in the form: this is what is signed.
    pub fn sign(&mut self, out: NoticeOut) -> Option<Request> {
        self.go_out(Form::Notice, None, Some(Box::new(out)))
    }

    fn go_out(
        &mut self,
        form: Form,
        text: Option<&str>,
        notice: Option<Box<NoticeOut>>,
    ) -> Option<Request> {
        let open = self.open[form as usize]?;
        if self.all.iter().any(|k| k.form == form && k.out.is_some()) {
            return None;
        }
        let kept = self.all.iter_mut().find(|kept| kept.mark == open)?;
        kept.out = Some(kept.written.clone());
        Some(Request::DraftSend {
            mark: kept.mark,
            draft: Box::new(DraftItem {
                text: text.unwrap_or(&kept.written.text).to_owned(),
                ..kept.item()
            }),
            notice,
            upto: kept.version + u64::from(kept.sent.is_some() || kept.lost.is_some()),
        })
    }

    /// It went out, and the home has forgotten it. What was typed meanwhile is a draft of its own.
    pub fn sent(&mut self, form: Form) -> Out {
        let going = |kept: &&mut Kept| kept.form == form && kept.out.is_some();
        let Some(kept) = self.all.iter_mut().find(going) else {
            return Out::Other;
        };
        let (mark, out) = (kept.mark, kept.out.take());
        if !kept.gone && out.as_ref() != Some(&kept.written) {
            kept.renew();
            return Out::Other;
        }
        self.all.retain(|kept| kept.mark != mark);
        match self.open[form as usize].take_if(|open| *open == mark) {
            Some(_) => Out::AsSent,
            None => Out::Other,
        }
    }

    /// It did not go out. Where the home says that it has gone out or was thrown away before, it is a new one from now on.
    pub fn unsent(&mut self, mark: u64, code: FaultCode) {
        if let Some(kept) = self.all.iter_mut().find(|kept| kept.mark == mark) {
            kept.out = None;
            if code == FaultCode::DraftGone {
                kept.renew();
            }
        }
    }

    /// When to ask again for what could not be kept.
    #[must_use]
    pub fn again_ms(&self) -> Option<u64> {
        if !self.read {
            return self.unlisted_ms;
        }
        let still = |k: &&Kept| k.dirty && k.sent.is_none() && k.out.is_none();
        let waits = self.all.iter().filter(still).map(|kept| kept.again_ms);
        waits.filter(|at| *at != WAITS).min()
    }

    /// Is all that was written here in the home?
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let kept = |k: &Kept| !k.dirty && k.sent.is_none() && k.out.is_none();
        self.all.iter().all(kept)
    }

    /// Does this draft stand in the form?
    #[must_use]
    pub fn stands(&self, form: Form, mark: u64) -> bool {
        self.open[form as usize] == Some(mark)
    }

    /// Is what stands in this form known not to be kept?
    #[must_use]
    pub fn failing(&self, form: Form) -> bool {
        let open = self.open[form as usize];
        let mut all = self.all.iter().filter(|kept| Some(kept.mark) == open);
        all.any(|kept| kept.failing.is_some() || (self.told_unlisted && kept.dirty))
    }

    /// The home has kept it.
    pub fn saved(&mut self, mark: u64, saved: DraftSaved) -> Option<DraftTold> {
        let kept = self.all.iter_mut().find(|kept| kept.mark == mark)?;
        let mut anew = false;
        if let Some(id) = saved.draft.id {
            anew = kept.version > 0 && kept.id != id && saved.other.is_none();
            kept.id = id;
        }
        kept.version = saved.draft.version;
        let sent = kept.sent.take();
        kept.dirty = kept.gone || sent.as_ref() != Some(&kept.written);
        let again = kept.failing.take().is_some();
        let twice = saved.other.is_some();
        if let Some(other) = saved.other {
            self.add(other);
        }
        match (twice, again) {
            (true, _) => Some(DraftTold::Twice),
            _ if anew => Some(DraftTold::Elsewhere),
            (false, true) => Some(DraftTold::SavedAgain),
            _ => None,
        }
    }

    /// The home has forgotten it, unless another window has changed it since.
    pub fn gone(&mut self, mark: u64, other: Option<DraftItem>) {
        self.all.retain(|kept| kept.mark != mark);
        if let Some(other) = other {
            self.add(other);
        }
        self.room();
    }

    /// It could not be kept.
    pub fn failed(&mut self, mark: u64, now_ms: u64, code: FaultCode) -> Option<DraftTold> {
        let kept = self.all.iter_mut().find(|kept| kept.mark == mark)?;
        kept.sent = None;
        // Asking again by itself does not make room among a hundred, nor a text shorter.
        let waits = matches!(code, FaultCode::DraftsMany | FaultCode::DraftTooLong);
        kept.again_ms = if waits { WAITS } else { now_ms + AGAIN_MS };
        let before = kept.failing.replace(code);
        (before != Some(code)).then_some(DraftTold::Unsaved(code))
    }

    /// The newest draft of a form, as far as it is about this.
    #[must_use]
    pub fn newest(&self, form: Form, about: Option<&str>) -> Option<u64> {
        let fits = |kept: &&Kept| {
            let here = kept.form == form && !kept.gone && kept.out.is_none();
            here && about.is_none_or(|about| root(&kept.written.about) == about)
        };
        let newest = self.all.iter().filter(fits);
        newest.max_by_key(|kept| kept.at_ms).map(|kept| kept.mark)
    }

    /// The newest draft of a form about exactly this.
    #[must_use]
    pub fn newest_about(&self, form: Form, about: &str) -> Option<u64> {
        let fits = |kept: &&Kept| {
            let here = kept.form == form && !kept.gone && kept.out.is_none();
            here && kept.written.about == about
        };
        let newest = self.all.iter().filter(fits);
        newest.max_by_key(|kept| kept.at_ms).map(|kept| kept.mark)
    }

    /// It was done: whatever was written about exactly this has done its work.
    pub fn done_about(&mut self, form: Form, about: &str) {
        while let Some(mark) = self.newest_about(form, about) {
            self.drop(mark);
        }
    }

    /// Puts a draft on screen; what stood there stays kept.
    pub fn take(&mut self, form: Form, mark: u64) -> Option<Written> {
        let mut all = self.all.iter();
        let is = |kept: &&Kept| kept.mark == mark && kept.form == form;
        let kept = all.find(|kept| is(kept) && !kept.gone && kept.out.is_none())?;
        self.open[form as usize] = Some(mark);
        Some(kept.written.clone())
    }

    /// The form is left: what is typed next is another draft.
    pub const fn park(&mut self, form: Form) {
        self.open[form as usize] = None;
    }

    /// It went out, or is thrown away: its draft has done its work.
    pub fn done(&mut self, form: Form) {
        if let Some(mark) = self.open[form as usize] {
            self.drop(mark);
        }
    }

    /// This was said there while the form was about something else: its draft has done its work.
    pub fn said(&mut self, form: Form, about: &str, text: &str) {
        let is = |kept: &&Kept| {
            kept.form == form
                && !kept.gone
                && root(&kept.written.about) == about
                && kept.written.text.trim() == text
        };
        if let Some(mark) = self.all.iter().find(is).map(|kept| kept.mark) {
            self.drop(mark);
        }
    }

    /// Throws a draft away.
    pub fn drop(&mut self, mark: u64) {
        for open in &mut self.open {
            open.take_if(|open| *open == mark);
        }
        if let Some(kept) = self.all.iter_mut().find(|kept| kept.mark == mark) {
            (kept.gone, kept.dirty, kept.again_ms) = (true, true, 0);
        }
    }

    /// The drafts that are not on screen, the newest first.
    #[must_use]
    pub fn lines(&self) -> Vec<DraftLine> {
        let aside = |kept: &&Kept| {
            !kept.gone && kept.out.is_none() && !self.open.contains(&Some(kept.mark))
        };
        let mut lines: Vec<DraftLine> = self
            .all
            .iter()
            .filter(aside)
            .map(|kept| DraftLine {
                mark: kept.mark,
                form: kept.form,
                about: kept.written.about.clone(),
                title: clean::line(&kept.written.heading(kept.form), TITLE_CHARS),
                files: kept.written.files.len(),
                at_ms: kept.at_ms,
            })
            .collect();
        lines.sort_by_key(|line| (std::cmp::Reverse(line.at_ms), line.mark));
        lines
    }
}

#[cfg(test)]
mod tests;
