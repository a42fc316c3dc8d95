//! Attachments at the owner of a home: written with posts and notices, shown with their state, fetched, served,
//! collected.

mod list;
mod pieces;

pub(super) use list::files_json;

use super::{Owner, State, peers};
use crate::api::{Answer, AttachAct, Fault, FileArgs};
use crate::blobs::fetch::Fetcher;
use crate::blobs::serve::Server;
use crate::blobs::shelf::{FileShelf, MemoryShelf, Shelf};
use crate::blobs::{BlobId, Lanes, PER_DEVICE_MAX, Referring, kept, lanes};
use crate::home::attach::{id_of, of_shelf};
use crate::replica::Topic;
use linli_base::time::Moment;
use linli_base::{DeviceId, Private, RecordId, base32};
use linli_net::NetKey;
use linli_record::attach::{ATTACHMENTS_MAX, Attachment, Media, clean_name};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Attachments of a home.
pub(super) struct Blobs {
    shelf: Box<dyn Shelf>,
    fetcher: Fetcher,
    server: Server,
    referring: Vec<Referring>,
    /// By blob, where it is referred to.
    lanes: Lanes,
    /// What this home keeps, in the order in which it is fetched.
    kept: Vec<BlobId>,
    /// Who was here when it was last looked at who may have what.
    met: Option<BTreeMap<NetKey, DeviceId>>,
    /// What is referred to may have changed.
    stale: bool,
    /// So may the files: what is kept is compared with them also if nothing else is referred to than before.
    recount: bool,
    /// What drafts referred to when it was last looked.
    of_drafts: BTreeSet<BlobId>,
    /// The disk did not take the last piece.
    no_room: bool,
    /// When entries last came, and when a piece was last asked for.
    entries_at: Option<Moment>,
    asked_at: Moment,
}

impl Blobs {
    pub(super) fn of_home(home: &Path) -> Self {
        if home.as_os_str().is_empty() {
            Self::on(Box::new(MemoryShelf::default()))
        } else {
            Self::on(Box::new(FileShelf::of_home(home)))
        }
    }

    fn on(shelf: Box<dyn Shelf>) -> Self {
        Self {
            shelf,
            fetcher: Fetcher::default(),
            server: Server::default(),
            referring: Vec::new(),
            lanes: Lanes::new(),
            met: None,
            kept: Vec::new(),
            stale: true,
            recount: true,
            of_drafts: BTreeSet::new(),
            no_room: false,
            entries_at: None,
            asked_at: Moment(0),
        }
    }

    /// Posts or notices have changed.
    pub(super) const fn are_stale(&mut self) {
        self.stale = true;
    }
}

impl Owner {
    pub(super) fn attach_act(&mut self, act: AttachAct) -> Result<Answer, Fault> {
        match act {
            AttachAct::PostNew { kind, body, files } => {
                let files = self.adopt(&files)?;
                self.post_with(&kind, body, &files)
            }
            AttachAct::NoticePublish {
                with,
                corrects,
                files,
            } => {
                let files = self.adopt(&files)?;
                self.notice_with(&with, corrects.as_deref(), files)
            }
            AttachAct::List { id } => self.attachment_list(id.as_deref()),
            AttachAct::Open { id, n } => self.attachment_open(&id, n),
        }
    }

    /// Takes over what another program of this home has sealed. Who writes nothing about it afterwards leaves it to be
    /// collected.
    pub(super) fn adopt(&mut self, files: &[FileArgs]) -> Result<Vec<Attachment>, Fault> {
        if files.len() > ATTACHMENTS_MAX {
            return Err(Fault::input("attach-many").with("most", ATTACHMENTS_MAX));
        }
        self.follow_blobs()?;
        let me = self.replica_ref()?.me().device();
        let mine = self.blobs.referring.iter().filter(|r| r.author == me);
        let mut used: u64 = mine.flat_map(|r| &r.blobs).map(|b| u64::from(b.size)).sum();
        let mut adopted = Vec::new();
        for file in files {
            let name = file.name.as_deref().and_then(clean_name);
            let lost =
                || Fault::missing("attach-lost").with("file", name.clone().unwrap_or_default());
            used += u64::from(file.size);
            if used > PER_DEVICE_MAX {
                return Err(Fault::input("attach-quota").with("mb", PER_DEVICE_MAX >> 20));
            }
            let id = id_of(file).ok_or_else(lost)?;
            let key = base32::decode(&file.key).and_then(|key| <[u8; 32]>::try_from(key).ok());
            let one = Attachment {
                hash: id.hash,
                key: Private::new(key.ok_or_else(lost)?),
                size: id.size,
                media: Media::parse(&file.media).ok_or_else(lost)?,
                sides: file.sides,
                name: name.clone().map(Private::new),
            };
            // What cannot be read again is not written.
            if Attachment::decode(&one.encode()).as_ref() != Some(&one) {
                return Err(lost());
            }
            self.blobs.recount = true;
            if !self.blobs.shelf.adopt(&id).map_err(of_shelf)? {
                return Err(lost());
            }
            adopted.push(one);
        }
        Ok(adopted)
    }

    /// Says of every file in an answer whether it is here.
    pub(super) fn add_states(&self, value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|one| self.add_states(one)),
            Value::Object(fields)
                if fields.contains_key("hash") && fields.contains_key("media") =>
            {
                let hash = fields
                    .get("hash")
                    .and_then(Value::as_str)
                    .and_then(base32::decode);
                let hash = hash.and_then(|hash| <[u8; 32]>::try_from(hash).ok());
                let size = fields.get("sealed").and_then(Value::as_u64);
                let size = size.and_then(|size| u32::try_from(size).ok());
                if let Some((hash, size)) = hash.zip(size) {
                    let (state, have, from) = self.state_of(&BlobId { hash, size });
                    fields.insert("state".to_owned(), state.into());
                    fields.insert("have".to_owned(), have.into());
                    fields.insert("from".to_owned(), from.into());
                }
            }
            Value::Object(fields) => {
                let all = [
                    "posts", "post", "notices", "notice", "files", "comments", "said", "queue",
                ];
                for key in all {
                    if let Some(inner) = fields.get_mut(key) {
                        self.add_states(inner);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a record waits for what goes with it. What others put below it is not the record: a comment may name what
    /// nobody has.
    pub(super) fn waits_for_file(&self, record: &RecordId) -> bool {
        let of = |r: &&Referring| r.record == *record && r.comment.is_none();
        let referring = self.blobs.referring.iter().filter(of);
        let mut blobs = referring.flat_map(|r| &r.blobs);
        blobs.any(|id| !self.blobs.shelf.has(id))
    }

    /// Whether anything here waits for a photo or document that comes.
    pub(super) fn waits_for_any_file(&self) -> bool {
        let blobs = &self.blobs;
        !blobs.no_room && blobs.kept.iter().any(|id| !blobs.shelf.has(id))
    }

    fn state_of(&self, id: &BlobId) -> (&'static str, usize, Option<String>) {
        let shelf = &self.blobs.shelf;
        if shelf.has(id) {
            return ("here", id.size as usize, None);
        }
        let have = shelf.come(id);
        let from = self.blobs.fetcher.progress(id).and_then(|(_, from)| from);
        let from = from
            .and_then(|peer| self.device_at(&peer))
            .and_then(|device| {
                let replica = self.replica_ref().ok()?;
                Some(peers::label(replica, &device))
            });
        let state = if !self.blobs.stale && !self.blobs.kept.contains(id) {
            "too-much"
        } else if self.blobs.no_room {
            "no-room"
        } else if have > 0 {
            "coming"
        } else {
            "waiting"
        };
        (state, have, from)
    }

    /// The admitted device behind a key that the transport proved.
    fn device_at(&self, peer: &NetKey) -> Option<DeviceId> {
        let replica = self.replica_ref().ok()?;
        let mut links = self.net_of_link.iter().filter(|(_, key)| **key == peer.0);
        links.find_map(|(link, _)| replica.hub().device_of(*link))
    }

    /// Goes by what posts and notices refer to now: what nothing refers to is deleted, what is missing is wanted.
    pub(crate) fn follow_blobs(&mut self) -> Result<(), Fault> {
        if !self.blobs.stale {
            return Ok(());
        }
        let State::Member(replica) = &self.state else {
            return Ok(());
        };
        let referring = replica.referring()?;
        let of_drafts: BTreeSet<BlobId> = super::drafts::files_of_drafts(replica)?
            .into_iter()
            .collect();
        let blobs = &mut self.blobs;
        (blobs.stale, blobs.met) = (false, None);
        let as_before = blobs.referring == referring && blobs.of_drafts == of_drafts;
        if as_before && !std::mem::take(&mut blobs.recount) {
            return Ok(());
        }
        blobs.lanes = lanes(&referring);
        blobs.kept = kept(&referring);
        blobs.referring = referring;
        let mut keep: BTreeSet<BlobId> = blobs.kept.iter().copied().collect();
        keep.extend(&of_drafts);
        (blobs.of_drafts, blobs.recount) = (of_drafts, false);
        for id in blobs.shelf.all() {
            // Nothing refers to it, or its author has had more than his share, or this home has.
            if !keep.contains(&id) {
                blobs.shelf.remove(&id);
                blobs.server.forget(&id);
                // What the disk did not let go is tried again.
                blobs.recount |= blobs.shelf.come(&id) > 0;
            }
        }
        let mut missing = Vec::new();
        for id in blobs.kept.iter() {
            if blobs.shelf.has(id) {
                continue;
            }
            // The power may have gone before it had its name.
            if blobs.shelf.adopt(id).unwrap_or(false) {
                self.changed.extend([Topic::Posts, Topic::Notices]);
            } else {
                missing.push((*id, blobs.shelf.come(id)));
            }
        }
        blobs.fetcher.want(missing);
        Ok(())
    }

    /// Keeps attachments on another shelf.
    pub(crate) fn keep_blobs_on(&mut self, shelf: Box<dyn Shelf>) {
        self.blobs = Blobs::on(shelf);
    }

    /// What a draft refers to may have changed.
    pub(super) const fn files_of_drafts_changed(&mut self) {
        self.blobs.are_stale();
    }

    /// Entries have come in: pieces wait.
    pub(crate) fn entries_came(&mut self) {
        self.blobs.entries_at = Some(self.now().moment);
    }

    /// Forgets, when a node starts, what was sealed for posts that were never written.
    pub(crate) fn forget_staged_files(&mut self) {
        // What a post refers to is taken over first: the power may have gone before its file had its name.
        let followed = self.follow_blobs().is_ok();
        if followed && !self.files.dir.as_os_str().is_empty() {
            FileShelf::forget_new(&self.files.dir, self.now().wall.0);
        }
    }
}
