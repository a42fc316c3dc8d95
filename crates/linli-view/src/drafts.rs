//! What is being written, and how far it is kept: which drafts there are, which of them is on screen, what is still to be
//! saved.
//!
//! Whatever is typed is on its way to the home within a frame, so a window that dies loses nothing. What the home cannot
//! take, because its disk is full, stays here and is offered again. Two windows on one home may have the same draft open:
//! the home keeps both texts, and both are shown.

use crate::api::{DraftItem, DraftSaved, Request};
use crate::clean;
use crate::dates::{self, Now};
use crate::files::Attached;
use crate::words::Catalogue;

/// How long what could not be kept waits until it is offered again.
const AGAIN_MS: u64 = 5_000;
/// Characters of a draft shown in a list.
const TITLE_CHARS: usize = 40;

/// A form that is filled in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// A new post.
    Post,
    /// A reply below a post.
    Reply,
    /// Photos and documents of a notice; its text has a draft of its own.
    NoticeFiles,
}

impl Form {
    const ALL: [Self; 3] = [Self::Post, Self::Reply, Self::NoticeFiles];

    /// The word of the home.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Reply => "reply",
            Self::NoticeFiles => "notice-files",
        }
    }
}

/// What stands in a form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Of a post its kind, of a reply what it answers.
    pub about: String,
    /// Text.
    pub text: String,
    /// What goes with it.
    pub files: Vec<Attached>,
}

impl Written {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.files.is_empty()
    }
}

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
    /// It could not be kept; it is still here.
    Unsaved,
    /// It is kept now.
    SavedAgain,
    /// Another window has changed the same draft: both are there.
    Twice,
}

/// See the module's text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Keeper {
    /// The home has said what it keeps.
    read: bool,
    all: Vec<Kept>,
    open: [Option<u64>; 3],
    next: u64,
    failing: bool,
}

#[derive(Clone, PartialEq, Debug)]
struct Kept {
    mark: u64,
    form: Form,
    id: Option<String>,
    version: u64,
    at_ms: u64,
    written: Written,
    /// The home keeps something else, or nothing.
    dirty: bool,
    /// It is not wanted any more.
    gone: bool,
    /// On its way to the home.
    sent: Option<Written>,
    /// Not before then.
    again_ms: u64,
}

impl Keeper {
    /// What the home keeps. What is known already stays as it is here: if the home's is newer, saving finds out.
    pub fn read(&mut self, drafts: Vec<DraftItem>) {
        self.read = true;
        for draft in drafts {
            if !self.all.iter().any(|kept| kept.id == draft.id) {
                self.add(draft);
            }
        }
    }

    fn add(&mut self, draft: DraftItem) {
        let Some(form) = Form::ALL.into_iter().find(|f| f.word() == draft.kind) else {
            return;
        };
        self.next += 1;
        let attached = |file: crate::api::FileRef| Attached {
            name: file.name.clone().unwrap_or_default(),
            file,
        };
        self.all.push(Kept {
            mark: self.next,
            form,
            id: draft.id,
            version: draft.version,
            at_ms: draft.at_ms,
            written: Written {
                about: draft.about,
                text: draft.text,
                files: draft.files.into_iter().map(attached).collect(),
            },
            dirty: false,
            gone: false,
            sent: None,
            again_ms: 0,
        });
    }

    /// The connection is a new one: what was on its way may be lost.
    pub fn reconnected(&mut self) {
        self.read = false;
        for kept in &mut self.all {
            kept.dirty |= kept.sent.take().is_some();
        }
    }

    /// What stands in a form now.
    pub fn typed(&mut self, form: Form, now_ms: u64, written: &Written) {
        let open = self.open[form as usize];
        let kept = self.all.iter_mut().find(|kept| Some(kept.mark) == open);
        match kept {
            Some(kept) if kept.written == *written => {}
            Some(kept) if written.is_empty() => {
                (kept.gone, kept.dirty, kept.again_ms) = (true, true, 0);
                self.open[form as usize] = None;
            }
            Some(kept) => {
                kept.written = written.clone();
                (kept.dirty, kept.at_ms) = (true, now_ms);
            }
            None if written.is_empty() => {}
            None => {
                self.next += 1;
                self.open[form as usize] = Some(self.next);
                self.all.push(Kept {
                    mark: self.next,
                    form,
                    id: None,
                    version: 0,
                    at_ms: now_ms,
                    written: written.clone(),
                    dirty: true,
                    gone: false,
                    sent: None,
                    again_ms: 0,
                });
            }
        }
    }

    /// What to ask of the home now.
    pub fn due(&mut self, now_ms: u64) -> Vec<Request> {
        // What never came to the home need not be taken away from it.
        self.all
            .retain(|kept| !(kept.gone && kept.id.is_none() && kept.sent.is_none()));
        if !self.read {
            return Vec::new();
        }
        let mut asks = Vec::new();
        for kept in &mut self.all {
            if !kept.dirty || kept.sent.is_some() || now_ms < kept.again_ms {
                continue;
            }
            kept.sent = Some(kept.written.clone());
            asks.push(match (&kept.id, kept.gone) {
                (Some(id), true) => Request::DraftDrop {
                    mark: kept.mark,
                    id: id.clone(),
                    base: kept.version,
                },
                _ => Request::DraftSave {
                    mark: kept.mark,
                    draft: Box::new(DraftItem {
                        id: kept.id.clone(),
                        kind: kept.form.word().to_owned(),
                        about: kept.written.about.clone(),
                        text: kept.written.text.clone(),
                        files: kept.written.files.iter().map(|f| f.file.clone()).collect(),
                        version: kept.version,
                        at_ms: kept.at_ms,
                    }),
                },
            });
        }
        asks
    }

    /// When to ask again for what could not be kept.
    #[must_use]
    pub fn again_ms(&self) -> Option<u64> {
        let waits = self.all.iter().filter(|k| k.dirty && k.sent.is_none());
        waits.map(|kept| kept.again_ms).min()
    }

    /// The home has kept it.
    pub fn saved(&mut self, mark: u64, saved: DraftSaved) -> Option<DraftTold> {
        let kept = self.all.iter_mut().find(|kept| kept.mark == mark)?;
        kept.id = saved.draft.id;
        kept.version = saved.draft.version;
        let sent = kept.sent.take();
        kept.dirty = kept.gone || sent.as_ref() != Some(&kept.written);
        let twice = saved.other.is_some();
        if let Some(other) = saved.other {
            self.add(other);
        }
        let again = std::mem::take(&mut self.failing);
        match (twice, again) {
            (true, _) => Some(DraftTold::Twice),
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
    }

    /// It could not be kept.
    pub fn failed(&mut self, mark: u64, now_ms: u64) -> Option<DraftTold> {
        let kept = self.all.iter_mut().find(|kept| kept.mark == mark)?;
        kept.sent = None;
        kept.again_ms = now_ms + AGAIN_MS;
        let first = !std::mem::replace(&mut self.failing, true);
        first.then_some(DraftTold::Unsaved)
    }

    /// The newest draft of a form, as far as it is about this.
    #[must_use]
    pub fn newest(&self, form: Form, about: Option<&str>) -> Option<u64> {
        let fits = |kept: &&Kept| {
            kept.form == form && !kept.gone && about.is_none_or(|about| kept.written.about == about)
        };
        let newest = self.all.iter().filter(fits);
        newest.max_by_key(|kept| kept.at_ms).map(|kept| kept.mark)
    }

    /// Puts a draft on screen; what stood there stays kept.
    pub fn take(&mut self, form: Form, mark: u64) -> Option<Written> {
        let mut all = self.all.iter();
        let kept = all.find(|kept| kept.mark == mark && kept.form == form && !kept.gone)?;
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
        let aside = |kept: &&Kept| !kept.gone && !self.open.contains(&Some(kept.mark));
        let mut lines: Vec<DraftLine> = self
            .all
            .iter()
            .filter(aside)
            .map(|kept| DraftLine {
                mark: kept.mark,
                form: kept.form,
                about: kept.written.about.clone(),
                title: clean::line(&kept.written.text, TITLE_CHARS),
                files: kept.written.files.len(),
                at_ms: kept.at_ms,
            })
            .collect();
        lines.sort_by_key(|line| (std::cmp::Reverse(line.at_ms), line.mark));
        lines
    }
}

/// Makes the rows of one form; of replies those below one post.
#[must_use]
pub fn rows(
    words: &Catalogue,
    now: Now,
    lines: &[DraftLine],
    form: Form,
    about: Option<&str>,
) -> Vec<DraftRow> {
    let fits = |line: &&DraftLine| line.form == form && about.is_none_or(|of| line.about == of);
    let row = |line: &DraftLine| {
        let said = [
            ("title", (&line.title).into()),
            ("files", line.files.into()),
            ("when", dates::at(words, now, line.at_ms).into()),
        ];
        let text = words.text("draft-line", &said);
        let named = |key: &str| {
            let word = words.say(key);
            let name = format!("{word} · {text}");
            (word, name)
        };
        DraftRow {
            mark: line.mark,
            take: named("draft-take"),
            drop: named("draft-drop"),
            text,
        }
    };
    lines.iter().filter(fits).map(row).collect()
}

/// The sentence, by its key.
#[must_use]
pub const fn told(told: DraftTold) -> (&'static str, crate::tone::Tone) {
    use crate::tone::Tone;
    match told {
        DraftTold::Unsaved => ("draft-unsaved", Tone::Alert),
        DraftTold::SavedAgain => ("draft-saved-again", Tone::Good),
        DraftTold::Twice => ("draft-twice", Tone::Warn),
    }
}

#[cfg(test)]
mod tests;
