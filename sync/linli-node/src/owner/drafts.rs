//! What is being written: kept in this home, sealed like everything in its store, never sent.
//!
//! Several windows may stand on one home, and two of them may have the same draft open. A window says from which version
//! it goes on; where another has been kept since, both stay, each under an id of its own. Nobody's words are written over.

use super::{Owner, answer};
use crate::api::{Answer, DraftAct, Fault, FileArgs};
use crate::blobs::BlobId;
use crate::home::attach::id_of;
use crate::replica::Replica;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// `Local`: `e` -> the draft of a notice as its window writes it.
const DRAFT: &[u8] = b"e";
/// `Local`: `E` ‖ id, 8 bytes -> a draft of a post or reply, as JSON.
const DRAFTS: &[u8] = b"E";
/// Most drafts of a home: more is no draft any more, and the store is not for that.
const MOST: usize = 100;
/// Kinds that are known.
const KINDS: [&str; 3] = ["post", "reply", "notice-files"];
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

    pub(super) fn draft_act(&mut self, act: DraftAct) -> Result<Answer, Fault> {
        match act {
            DraftAct::List => {
                let mut all = drafts(self.replica_ref()?)?;
                all.sort_by_key(|(id, kept)| (std::cmp::Reverse(kept.at_ms), *id));
                let all: Vec<_> = all.iter().map(|(id, kept)| shown(*id, kept)).collect();
                Ok(answer(json!({ "drafts": all })))
            }
            DraftAct::Keep {
                id,
                kind,
                about,
                text,
                files,
                base,
            } => {
                if !KINDS.contains(&kind.as_str()) {
                    return Err(Fault::ours("our-fault"));
                }
                let new = Kept {
                    kind,
                    about,
                    text,
                    files,
                    version: base + 1,
                    at_ms: self.now().wall.0,
                };
                let id = id.as_deref().map(parse).transpose()?;
                self.draft_save(id, base, new)
            }
            DraftAct::Drop { id, base } => {
                let id = parse(&id)?;
                let other = self.draft_at(id)?.filter(|kept| kept.version != base);
                if other.is_none() {
                    self.replica()?.set_local(&key(id), None);
                    self.files_of_drafts_changed();
                }
                let other = other.map(|kept| shown(id, &kept));
                Ok(answer(json!({ "id": word(id), "other": other })))
            }
        }
    }

    fn draft_at(&self, id: u64) -> Result<Option<Kept>, Fault> {
        let bytes = self.replica_ref()?.local(&key(id))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn draft_save(&mut self, id: Option<u64>, base: u64, new: Kept) -> Result<Answer, Fault> {
        if new.text.len() > LONGEST {
            return Err(Fault::input("draft-too-long"));
        }
        let before = match id {
            Some(id) => self.draft_at(id)?,
            None => None,
        };
        let all = drafts(self.replica_ref()?)?;
        let (id, other) = match (id, before) {
            (Some(id), Some(before)) if before.version == base => {
                let same = |file: &&FileArgs| before.files.iter().any(|old| old.hash == file.hash);
                if !new.files.iter().all(|file| same(&file)) {
                    self.keep_files_of(&new);
                }
                (id, None)
            }
            // Somebody else went on with it, or has sent or dropped it.
            (old, before) => {
                if all.len() >= MOST {
                    return Err(Fault::input("drafts-many").with("most", MOST));
                }
                self.keep_files_of(&new);
                let other = old.zip(before).map(|(id, kept)| shown(id, &kept));
                (free(&all, new.at_ms), other)
            }
        };
        let bytes = serde_json::to_vec(&new).map_err(|_| Fault::ours("our-fault"))?;
        self.replica()?.set_local(&key(id), Some(&bytes));
        self.files_of_drafts_changed();
        Ok(answer(json!({ "draft": shown(id, &new), "other": other })))
    }

    /// Takes its files over, so that they outlive the program. One that is not here any more is told of when the draft is
    /// sent; its text is kept all the same.
    fn keep_files_of(&mut self, kept: &Kept) {
        for file in &kept.files {
            if let Err(fault) = self.adopt(std::slice::from_ref(file)) {
                tracing::debug!(code = %fault.code, "a file of a draft is not here");
            }
        }
    }
}

/// A draft as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    kind: String,
    about: String,
    text: String,
    files: Vec<FileArgs>,
    version: u64,
    at_ms: u64,
}

fn key(id: u64) -> Vec<u8> {
    [DRAFTS, &id.to_be_bytes()].concat()
}

fn word(id: u64) -> String {
    format!("d{id}")
}

fn parse(word: &str) -> Result<u64, Fault> {
    let id = word.strip_prefix('d').and_then(|id| id.parse().ok());
    id.ok_or_else(|| Fault::missing("not-found").with("id", word))
}

/// An id is the moment it was begun in, or the next one that is free: it is not used again.
fn free(all: &[(u64, Kept)], now_ms: u64) -> u64 {
    let last = all.iter().map(|(id, _)| id + 1).max();
    last.map_or(now_ms, |last| last.max(now_ms))
}

fn shown(id: u64, kept: &Kept) -> serde_json::Value {
    json!({
        "id": word(id), "kind": kept.kind, "about": kept.about, "text": kept.text, "files": kept.files,
        "version": kept.version, "at_ms": kept.at_ms,
    })
}

fn drafts(replica: &Replica) -> Result<Vec<(u64, Kept)>, Fault> {
    let rows = replica.locals(DRAFTS)?;
    let one = |(key, value): (Vec<u8>, Vec<u8>)| {
        let id = key.get(DRAFTS.len()..)?.try_into().ok()?;
        Some((u64::from_be_bytes(id), serde_json::from_slice(&value).ok()?))
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// What the drafts of a home refer to: it is not collected while they stand.
pub(super) fn files_of_drafts(replica: &Replica) -> Result<Vec<BlobId>, Fault> {
    let all = drafts(replica)?;
    let files = all.iter().flat_map(|(_, kept)| &kept.files);
    Ok(files.filter_map(id_of).collect())
}
