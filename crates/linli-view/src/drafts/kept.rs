//! One draft as a window holds it.

use super::{Form, Written};
use crate::api::{DraftItem, FaultCode, FileRef};
use crate::files::Attached;
use std::hash::{BuildHasher as _, RandomState};

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Kept {
    pub(super) mark: u64,
    pub(super) form: Form,
    /// Drawn here, so that keeping it twice keeps it once.
    pub(super) id: String,
    /// 0: the home does not have it, as far as is known.
    pub(super) version: u64,
    pub(super) at_ms: u64,
    pub(super) written: Written,
    /// The home keeps something else, or nothing.
    pub(super) dirty: bool,
    /// It is not wanted any more.
    pub(super) gone: bool,
    /// On its way to the home.
    pub(super) sent: Option<Written>,
    /// Was on its way when the connection was lost.
    pub(super) lost: Option<Written>,
    /// On its way out: what stood there when it was sent.
    pub(super) out: Option<Written>,
    /// Not before then.
    pub(super) again_ms: u64,
    /// Why it could not be kept the last time.
    pub(super) failing: Option<FaultCode>,
}

/// Until something changes that could help.
pub(super) const WAITS: u64 = u64::MAX;

/// A name that no other draft of this home has.
fn draw() -> String {
    format!("d{}", RandomState::new().hash_one(0_u8) >> 1)
}

pub(super) fn written_of(draft: &DraftItem) -> Written {
    let attached = |file: &FileRef| Attached {
        name: file.name.clone().unwrap_or_default(),
        file: file.clone(),
    };
    Written {
        about: draft.about.clone(),
        text: draft.text.clone(),
        files: draft.files.iter().map(attached).collect(),
    }
}

pub(super) fn same(one: &Written, other: &Written) -> bool {
    let files =
        |w: &Written| -> Vec<String> { w.files.iter().map(|f| f.file.hash.clone()).collect() };
    one.about == other.about && one.text == other.text && files(one) == files(other)
}

impl Kept {
    pub(super) fn new(mark: u64, form: Form, written: Written, at_ms: u64) -> Self {
        Self {
            mark,
            form,
            id: draw(),
            version: 0,
            at_ms,
            written,
            dirty: true,
            gone: false,
            sent: None,
            lost: None,
            out: None,
            again_ms: 0,
            failing: None,
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        !self.dirty && self.sent.is_none() && self.out.is_none() && self.version > 0
    }

    /// It goes to the home anew, as one that it never had.
    pub(super) fn renew(&mut self) {
        (self.id, self.version, self.dirty) = (draw(), 0, true);
        (self.sent, self.lost, self.again_ms) = (None, None, 0);
    }

    pub(super) fn item(&self) -> DraftItem {
        DraftItem {
            id: Some(self.id.clone()),
            kind: self.form.word().to_owned(),
            about: self.written.about.clone(),
            text: self.written.text.clone(),
            files: self.written.files.iter().map(|f| f.file.clone()).collect(),
            version: self.version,
            at_ms: self.at_ms,
        }
    }
}
