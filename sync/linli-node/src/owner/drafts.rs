//! What is being written: kept in this home, sealed like everything in its store, never sent.
//!
//! Several windows may stand on one home, and two of them may have the same draft open. A window says from which version
//! it goes on; where another has been kept since, both stay, each under an id of its own. Nobody's words are written over.

use super::{Owner, answer};
use crate::api::{Answer, DraftAct, Fault, FileArgs, NoticeOut};
use crate::blobs::BlobId;
use crate::home::attach::id_of;
use crate::replica::Replica;
use linli_record::attach::ATTACHMENTS_MAX;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// `Local`: `e` -> the one draft of a notice, as homes kept it before it was a draft like others. Taken over when drafts are
/// read, and not written any more.
const OLD_NOTICE: &[u8] = b"e";
/// `Local`: `E` ‖ id, 8 bytes -> a draft, as JSON.
const DRAFTS: &[u8] = b"E";
/// `Local`: `S` -> ids of drafts that were sent, 8 bytes each, the newest last.
const SENT: &[u8] = b"S";
/// Most of them that are remembered.
const SENT_MOST: usize = 200;
/// Most drafts of a home: more is no draft any more, and the store is not for that.
const MOST: usize = 100;
/// Kinds that are known.
const KINDS: [&str; 6] = ["post", "reply", "notice-reply", NOTICE, "appeal", "ruling"];
/// A notice: its text is what stands in the form of the window, as the window writes it.
const NOTICE: &str = "notice";
/// What homes kept beside `e`: the files of that notice.
const OLD_NOTICE_FILES: &str = "notice-files";
/// The longest draft: text and English of a notice, with room.
const LONGEST: usize = 64 * 1024 * 2;
/// The longest `about`: a record, with room.
const LONGEST_ABOUT: usize = 200;

impl Owner {
    /// The draft of a notice that was kept last.
    pub(super) fn draft_read(&mut self) -> Result<Answer, Fault> {
        self.take_over()?;
        let all = drafts(self.replica_ref()?)?.into_iter();
        let written = all.filter(|(_, kept)| kept.kind == NOTICE && !kept.text.is_empty());
        let newest = written.max_by_key(|(id, kept)| (kept.at_ms, *id));
        Ok(answer(json!({ "text": newest.map(|(_, kept)| kept.text) })))
    }

    /// Homes kept one text of a notice without a version, and its files apart: both become one draft like the others. One
    /// commit, so that neither is lost.
    fn take_over(&mut self) -> Result<(), Fault> {
        let replica = self.replica_ref()?;
        let text = replica.local(OLD_NOTICE)?;
        // What cannot be read stays where it is.
        let mut text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let mut rows = drafts(replica)?;
        rows.retain(|(_, kept)| kept.kind == OLD_NOTICE_FILES);
        if text.is_none() && rows.is_empty() {
            return Ok(());
        }
        let at_ms = self.now().wall.0;
        let replica = self.replica()?;
        rows.sort_by_key(|(id, kept)| (std::cmp::Reverse(kept.at_ms), *id));
        if rows.is_empty() {
            let free = |id: &u64| matches!(replica.local(&key(*id)), Ok(None));
            let id = (at_ms..).find(free);
            let new = Kept {
                kind: NOTICE.to_owned(),
                about: String::new(),
                text: String::new(),
                files: Vec::new(),
                version: 1,
                at_ms,
            };
            rows.push((id.ok_or_else(|| Fault::ours("our-fault"))?, new));
        }
        if text.is_some() {
            replica.set_local(OLD_NOTICE, None);
        }
        for (id, mut kept) in rows {
            kept.kind = NOTICE.to_owned();
            // The newest files are those of the text.
            if let Some(text) = text.take() {
                kept.about = corrected_by(&text);
                kept.text = text;
            }
            let bytes = serde_json::to_vec(&kept).map_err(|_| Fault::ours("our-fault"))?;
            replica.set_local(&key(id), Some(&bytes));
        }
        Ok(())
    }

    pub(super) fn draft_act(&mut self, act: DraftAct) -> Result<Answer, Fault> {
        match act {
            DraftAct::List => {
                self.take_over()?;
                self.drop_orphans()?;
                let replica = self.replica_ref()?;
                let mut all = drafts(replica)?;
                let damaged = replica.locals(DRAFTS)?.len() - all.len();
                all.sort_by_key(|(id, kept)| (std::cmp::Reverse(kept.at_ms), *id));
                let all: Vec<_> = all.iter().map(|(id, kept)| shown(*id, kept)).collect();
                Ok(answer(json!({ "drafts": all, "damaged": damaged })))
            }
            DraftAct::Keep {
                id,
                kind,
                about,
                text,
                files,
                base,
            } => {
                let new = Kept {
                    kind,
                    about,
                    text,
                    files,
                    version: next(base)?,
                    at_ms: self.now().wall.0,
                };
                new.fits()?;
                let id = id.as_deref().map(parse).transpose()?;
                self.draft_save(id, base, new)
            }
            DraftAct::Send {
                id,
                kind,
                about,
                text,
                files,
                base,
                upto,
                notice,
            } => {
                let sent = Kept {
                    kind,
                    about,
                    text,
                    files,
                    version: upto,
                    at_ms: 0,
                };
                sent.fits()?;
                self.undo_on_fault(|o| o.draft_send(parse(&id)?, base, sent, notice))
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

    /// Posts it, publishes it or puts it onto the list, and forgets it: one commit, so that a kill leaves the draft or what
    /// became of it and never both.
    fn draft_send(
        &mut self,
        id: u64,
        base: u64,
        sent: Kept,
        notice: Option<Box<NoticeOut>>,
    ) -> Result<Answer, Fault> {
        let here = self.replica_ref()?.local(&key(id))?.is_some();
        let mut before = self.replica_ref()?.local(SENT)?.unwrap_or_default();
        let word_of_it = id.to_be_bytes();
        if before.chunks(8).any(|one| one == word_of_it) || (base > 0 && !here) {
            return Err(Fault::missing("draft-gone").with("id", word(id)));
        }
        let seen = self.draft_at(id)?;
        let seen = seen.is_some_and(|kept| kept.version <= sent.version || kept.says(&sent));
        let said = match (sent.kind.as_str(), notice) {
            (NOTICE, Some(out)) => self.notice_out(*out, &sent.files)?,
            ("post", None) => {
                let files = self.adopt(&sent.files)?;
                self.post_with(&sent.about, sent.text, &files)?
            }
            ("reply", None) => self.comment(&sent.about, sent.text, None, &sent.files)?,
            // The others go out by their own ways.
            _ => return Err(Fault::ours("our-fault")),
        };
        before.extend(word_of_it);
        let over = before.len().saturating_sub(SENT_MOST * 8);
        let replica = self.replica()?;
        replica.set_local(SENT, before.get(over..));
        if seen {
            replica.set_local(&key(id), None);
        }
        self.files_of_drafts_changed();
        Ok(said)
    }

    fn notice_out(&mut self, out: NoticeOut, files: &[FileArgs]) -> Result<Answer, Fault> {
        let corrects = out.corrects;
        match out.at_ms {
            None => {
                let files = self.adopt(files)?;
                self.notice_with(&out.with, corrects.as_deref(), files)
            }
            // What waits has no files: no window offers it.
            Some(_) if !files.is_empty() => Err(Fault::ours("our-fault")),
            Some(at_ms) => self.schedule(out.with, corrects, at_ms),
        }
    }

    /// A reply to what was erased cannot be sent any more, nor words about what is decided by now.
    fn drop_orphans(&mut self) -> Result<(), Fault> {
        let all = drafts(self.replica_ref()?)?;
        for (id, kept) in &all {
            if !self.still_asked(kept) {
                self.replica()?.set_local(&key(*id), None);
                self.files_of_drafts_changed();
            }
        }
        Ok(())
    }

    /// Can it still go out?
    fn still_asked(&self, kept: &Kept) -> bool {
        let (record, comment) = match kept.about.split_once(' ') {
            Some((record, comment)) => (record, Some(comment)),
            None => (kept.about.as_str(), None),
        };
        let moderation = || self.moderation_of(record, comment);
        match kept.kind.as_str() {
            "reply" => self.find_said_about(record).is_ok(),
            "appeal" => moderation().is_some_and(|m| !m.stands() && !m.appealed),
            "ruling" => moderation().is_some_and(|m| m.appealed || m.open_reports() > 0),
            _ => true,
        }
    }

    fn draft_save(&mut self, id: Option<u64>, base: u64, new: Kept) -> Result<Answer, Fault> {
        let before = match id {
            Some(id) => self.draft_at(id)?,
            None => None,
        };
        // The answer was lost, and it is said again.
        if let Some((id, kept)) = id.zip(before.as_ref()).filter(|(_, kept)| kept.says(&new)) {
            return Ok(answer(json!({ "draft": shown(id, kept), "other": null })));
        }
        if before.is_none() {
            self.drop_orphans()?;
        }
        let replica = self.replica_ref()?;
        let rows = replica.locals(DRAFTS)?.len();
        let free = |id: &u64| matches!(replica.local(&key(*id)), Ok(None));
        let begun = id.filter(|id| base == 0 && free(id));
        let (id, other) = match (id, before) {
            (Some(id), Some(before)) if before.version == base => {
                let same = |file: &&FileArgs| before.files.iter().any(|old| old.hash == file.hash);
                if !new.files.iter().all(|file| same(&file)) {
                    self.keep_files_of(&new);
                }
                (id, None)
            }
            // A new one, or somebody else went on with it, or has sent or dropped it.
            (old, before) => {
                if rows >= MOST {
                    return Err(Fault::input("drafts-many").with("most", MOST));
                }
                // An id is not used again while anybody has it: from the moment on, the first that is free.
                let other_one = |one: &u64| free(one) && Some(*one) != old;
                let named = begun.or_else(|| (new.at_ms..).find(other_one));
                let other = old.zip(before).map(|(id, kept)| shown(id, &kept));
                self.keep_files_of(&new);
                (named.ok_or_else(|| Fault::ours("our-fault"))?, other)
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

/// What a notice corrects, as its window wrote it; empty: nothing.
fn corrected_by(text: &str) -> String {
    let draft: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    draft["corrects"].as_str().unwrap_or_default().to_owned()
}

fn word(id: u64) -> String {
    format!("d{id}")
}

fn parse(word: &str) -> Result<u64, Fault> {
    let id = word.strip_prefix('d').and_then(|id| id.parse().ok());
    id.ok_or_else(|| Fault::missing("not-found").with("id", word))
}

/// The version after this one.
fn next(base: u64) -> Result<u64, Fault> {
    base.checked_add(1).ok_or_else(|| Fault::ours("our-fault"))
}

impl Kept {
    fn fits(&self) -> Result<(), Fault> {
        if !KINDS.contains(&self.kind.as_str()) {
            return Err(Fault::ours("our-fault"));
        }
        if self.text.len() > LONGEST || self.about.len() > LONGEST_ABOUT {
            return Err(Fault::input("draft-too-long"));
        }
        if self.files.len() > ATTACHMENTS_MAX {
            return Err(Fault::input("attach-many").with("most", ATTACHMENTS_MAX));
        }
        Ok(())
    }

    /// The same words with the same files.
    fn says(&self, other: &Self) -> bool {
        (&self.kind, &self.about, &self.files) == (&other.kind, &other.about, &other.files)
            && self.text.trim() == other.text.trim()
    }
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
