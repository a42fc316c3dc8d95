//! The notice that is being written: kept in this home, sealed like everything in its store, never sent.

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use serde_json::json;

/// `Local`: `e` -> the draft as its window writes it.
const DRAFT: &[u8] = b"e";
/// The longest draft: text and English of a notice, with room.
const LONGEST: usize = 64 * 1024 * 2;

impl Owner {
    pub(super) fn draft_read(&self) -> Result<Answer, Fault> {
        let kept = self.replica_ref()?.local(DRAFT)?;
        let text = kept.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(answer(json!({ "text": text })))
    }

    pub(super) fn draft_keep(&mut self, text: Option<&str>) -> Result<Answer, Fault> {
        if text.is_some_and(|text| text.len() > LONGEST) {
            return Err(Fault::input("draft-too-long"));
        }
        let bytes = text.map(str::as_bytes);
        self.replica()?.set_local(DRAFT, bytes);
        Ok(answer(json!({})))
    }
}
