//! Drafts of notices and posts.

use super::{DraftError, DraftFields, create};
use crate::admission::Actor;
use crate::attach::Attachment;
use crate::kind::RecordKind;
use crate::schema::{CapWords, PostKind, Severity};
use linli_base::RecordId;

/// A notice of an office. Who it is from is known from the signature.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NoticeDraft {
    /// Headline; may be empty on a retraction only.
    pub title: String,
    /// Text; may be empty.
    pub body: String,
    /// Headline in English; may be empty.
    pub title_en: String,
    /// Text in English; may be empty.
    pub body_en: String,
    /// The CAP word; none for an ordinary notice.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    pub cap: CapWords,
    /// The buildings, stairs and units it is for, as the register writes them; empty = all.
    pub area: Vec<String>,
    /// The grid cells by which they were chosen; a name, which addresses nobody.
    pub cells: Vec<String>,
    /// From when it holds, Unix milliseconds.
    pub effective_ms: Option<u64>,
    /// Until when it holds; not before `effective_ms`.
    pub expires_ms: Option<u64>,
    /// Whether households are asked to confirm.
    pub confirm: bool,
    /// The earlier notice of the same office that this one is about.
    pub earlier: Option<Earlier>,
    /// Pictures and documents that go with it.
    pub files: Vec<Attachment>,
}

/// What a notice does to an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Earlier {
    /// Takes its place.
    Corrects(RecordId),
    /// Takes it back.
    Retracts {
        /// The earlier notice.
        notice: RecordId,
        /// Why; may be empty.
        reason: String,
    },
}

impl NoticeDraft {
    /// A bare retraction of an earlier notice of the same office.
    #[must_use]
    pub fn retraction(notice: RecordId, reason: &str) -> Self {
        let reason = reason.to_owned();
        Self {
            earlier: Some(Earlier::Retracts { notice, reason }),
            ..Self::default()
        }
    }

    /// The body of the `change` entry that creates it.
    ///
    /// # Errors
    /// [`DraftError`] names the field and its limit.
    pub fn change(&self, actor: Actor) -> Result<Vec<u8>, DraftError> {
        create(RecordKind::Notice, self.fields(), actor)
    }

    fn fields(&self) -> DraftFields {
        let (corrects, retracts, reason) = match &self.earlier {
            None => (None, None, None),
            Some(Earlier::Corrects(notice)) => (Some(*notice), None, None),
            Some(Earlier::Retracts { notice, reason }) => {
                (None, Some(*notice), Some(reason.as_str().into()))
            }
        };
        vec![
            ("title", Some(self.title.as_str().into())),
            ("body", Some(self.body.as_str().into())),
            ("title_en", Some(self.title_en.as_str().into())),
            ("body_en", Some(self.body_en.as_str().into())),
            (
                "severity",
                self.severity.map(|severity| severity.word().into()),
            ),
            ("urgency", self.cap.urgency.map(|one| one.word().into())),
            ("certainty", self.cap.certainty.map(|one| one.word().into())),
            ("response", self.cap.response.map(|one| one.word().into())),
            ("category", self.cap.category.map(|one| one.word().into())),
            ("area", Some(self.area.as_slice().into())),
            ("cells", Some(self.cells.as_slice().into())),
            ("effective_ms", self.effective_ms.map(Into::into)),
            ("expires_ms", self.expires_ms.map(Into::into)),
            ("confirm", self.confirm.then(|| true.into())),
            ("corrects", corrects.map(Into::into)),
            ("retracts", retracts.map(Into::into)),
            ("reason", reason),
            ("files", Some(self.files.as_slice().into())),
        ]
    }
}

/// A post on the board. It is closed by a fact, [`crate::Fact::Close`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostDraft {
    /// What it is about.
    pub kind: PostKind,
    /// The text.
    pub body: String,
}

impl PostDraft {
    /// The body of the `change` entry that creates it.
    ///
    /// # Errors
    /// [`DraftError`] names the field and its limit.
    pub fn change(&self, actor: Actor) -> Result<Vec<u8>, DraftError> {
        self.change_with(actor, &[])
    }

    /// The same, with pictures and documents that go with it.
    ///
    /// # Errors
    /// [`DraftError`] names the field and its limit.
    pub fn change_with(&self, actor: Actor, files: &[Attachment]) -> Result<Vec<u8>, DraftError> {
        let fields = vec![
            ("kind", Some(self.kind.word().into())),
            ("body", Some(self.body.as_str().into())),
            ("files", Some(files.into())),
        ];
        create(RecordKind::Post, fields, actor)
    }
}
