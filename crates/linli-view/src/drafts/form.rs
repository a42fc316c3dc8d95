//! Which forms have drafts, and what stands in one.

use crate::compose::ComposeDraft;
use crate::files::Attached;

/// A form that is filled in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// A new post.
    Post,
    /// A reply below a post.
    Reply,
    /// What is said below a notice.
    NoticeReply,
    /// A notice of an office.
    Notice,
    /// Why something should stand.
    Appeal,
    /// At an office: why it decides so.
    Ruling,
}

impl Form {
    /// How many there are.
    pub(super) const COUNT: usize = 6;

    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Post,
        Self::Reply,
        Self::NoticeReply,
        Self::Notice,
        Self::Appeal,
        Self::Ruling,
    ];

    /// The word of the home.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Reply => "reply",
            Self::NoticeReply => "notice-reply",
            Self::Notice => "notice",
            Self::Appeal => "appeal",
            Self::Ruling => "ruling",
        }
    }
}

/// What stands in a form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Of a post its kind, of a notice what it corrects or nothing, of a reply what it is below; below a notice a blank and the comment it answers may follow. Of the
    /// words with an appeal or a decision the post or notice, a blank and the comment, where it is about one.
    pub about: String,
    /// Text; of a notice all that stands in the form, as JSON.
    pub text: String,
    /// What goes with it.
    pub files: Vec<Attached>,
}

impl Written {
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.files.is_empty()
    }

    /// A reply below a notice.
    #[must_use]
    pub fn below(notice: &str, answers: Option<&str>, text: &str, files: Vec<Attached>) -> Self {
        Self {
            about: answers.map_or_else(|| notice.to_owned(), |to| format!("{notice} {to}")),
            text: text.to_owned(),
            files,
        }
    }

    /// A notice as it stands in the form.
    #[must_use]
    pub fn notice(draft: Option<&ComposeDraft>, files: Vec<Attached>) -> Self {
        let draft = draft.filter(|draft| !draft.is_empty());
        Self {
            about: draft.and_then(|d| d.corrects.clone()).unwrap_or_default(),
            // A struct of texts and words has a form in JSON.
            text: draft
                .and_then(|d| serde_json::to_string(d).ok())
                .unwrap_or_default(),
            files,
        }
    }

    /// What of it stands in the form of a notice; none: another version of the program wrote it, and this one cannot read it.
    #[must_use]
    pub fn composed(&self) -> Option<ComposeDraft> {
        if self.text.is_empty() {
            return Some(ComposeDraft::default());
        }
        serde_json::from_str(&self.text).ok()
    }

    /// How it begins, for a list.
    pub(super) fn heading(&self, form: Form) -> String {
        if form != Form::Notice {
            return self.text.clone();
        }
        let draft = self.composed().unwrap_or_default();
        let texts = [draft.title, draft.body, draft.title_en, draft.body_en];
        let first = texts.into_iter().find(|text| !text.trim().is_empty());
        first.unwrap_or_default()
    }

    /// The comment such a reply answers.
    #[must_use]
    pub fn answers(&self) -> Option<&str> {
        self.about.split_once(' ').map(|(_, comment)| comment)
    }
}

/// What something is about, without the comment it answers.
pub(super) fn root(about: &str) -> &str {
    about.split(' ').next().unwrap_or_default()
}
