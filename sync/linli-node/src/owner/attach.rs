//! Attachments at the owner of a home: written with posts and notices, shown with their state, fetched, served,
//! collected.

mod list;

pub(super) use list::files_json;

use super::{Owner, State, peers};
use crate::api::{Answer, AttachAct, Fault, FileArgs};
use crate::blobs::fetch::{Came, Fetcher};
use crate::blobs::serve::{Server, entitled};
use crate::blobs::shelf::{FileShelf, MemoryShelf, Shelf, ShelfFault};
use crate::blobs::{BlobId, Lanes, PER_DEVICE_MAX, Referring, kept, lanes};
use crate::home::attach::{id_of, of_shelf};
use crate::replica::Topic;
use linli_base::time::Moment;
use linli_base::{DeviceId, Private, RecordId, base32};
use linli_net::{BlobAnswer, BlobAsk, BlobFault, Carrier, NetKey};
use linli_record::attach::{ATTACHMENTS_MAX, Attachment, Media, clean_name};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Entries go first: nothing is asked for so long after a frame of entries has come, unless the last piece came
/// [`STARVED_MS`] ago.
const QUIET_MS: u64 = 300;
const STARVED_MS: u64 = 5_000;

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
    /// The disk did not take the last piece.
    no_room: bool,
    /// When entries last came, and when a piece was last asked for.
    entries_at: Option<Moment>,
    asked_at: Moment,
}

impl Blobs {
    pub(super) fn of_home(home: &Path) -> Self {
        let shelf: Box<dyn Shelf> = if home.as_os_str().is_empty() {
            Box::new(MemoryShelf::default())
        } else {
            Box::new(FileShelf::of_home(home))
        };
        Self {
            shelf,
            fetcher: Fetcher::default(),
            server: Server::default(),
            referring: Vec::new(),
            lanes: Lanes::new(),
            met: None,
            kept: Vec::new(),
            stale: true,
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
                    "posts", "post", "notices", "notice", "files", "comments", "said",
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

    /// Whether a record waits for what goes with it.
    pub(super) fn waits_for_file(&self, record: &RecordId) -> bool {
        let of = |r: &&Referring| r.record == *record;
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
        let of_drafts = super::drafts::files_of_drafts(replica)?;
        let blobs = &mut self.blobs;
        (blobs.stale, blobs.met) = (false, None);
        blobs.lanes = lanes(&referring);
        blobs.kept = kept(&referring);
        blobs.referring = referring;
        let mut keep: BTreeSet<BlobId> = blobs.kept.iter().copied().collect();
        keep.extend(of_drafts);
        for id in blobs.shelf.all() {
            // Nothing refers to it, or its author has had more than his share, or this home has.
            if !keep.contains(&id) {
                blobs.shelf.remove(&id);
                blobs.server.forget(&id);
            }
        }
        let missing = blobs.kept.iter().filter(|id| !blobs.shelf.has(id));
        let missing: Vec<_> = missing.map(|id| (*id, blobs.shelf.come(id))).collect();
        blobs.fetcher.want(missing);
        Ok(())
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
    pub(crate) fn forget_staged_files(&self) {
        if !self.files.dir.as_os_str().is_empty() {
            FileShelf::forget_new(&self.files.dir, self.now().wall.0);
        }
    }

    /// Asks neighbours for what is missing; the loop calls it when all else is done.
    pub(crate) fn blob_chores(&mut self, carrier: &mut dyn Carrier) -> Result<(), Fault> {
        self.follow_blobs()?;
        if !self.blobs.fetcher.is_waiting() {
            return Ok(());
        }
        let now = self.now().moment;
        let busy = self
            .blobs
            .entries_at
            .is_some_and(|at| now < at.plus(QUIET_MS));
        if busy && now < self.blobs.asked_at.plus(STARVED_MS) {
            return Ok(());
        }
        let here = self.neighbours();
        let replica = match &self.state {
            State::Member(replica) => replica,
            _ => return Ok(()),
        };
        let authority = replica.authority();
        let blobs = &mut self.blobs;
        if blobs.met.as_ref() != Some(&here) {
            let lanes = &blobs.lanes;
            blobs.fetcher.meet(|id| {
                let may = |device: &DeviceId| {
                    entitled(lanes, id, device, |d, lane| authority.may_carry(d, lane))
                };
                let of = here.iter().filter(|(_, device)| may(device));
                of.map(|(peer, _)| *peer).collect()
            });
            blobs.met = Some(here);
        }
        let asked_at = &mut blobs.asked_at;
        blobs.fetcher.next(now, |peer, ask| {
            *asked_at = now;
            carrier.ask(peer, ask).map(|name| name.0)
        });
        Ok(())
    }

    /// Who is here, by the key that the transport proved.
    fn neighbours(&self) -> BTreeMap<NetKey, DeviceId> {
        let Ok(replica) = self.replica_ref() else {
            return BTreeMap::new();
        };
        let online: BTreeSet<DeviceId> = replica.hub().online().collect();
        let of = self.net_of_link.iter().filter_map(|(link, key)| {
            let device = replica.hub().device_of(*link)?;
            online.contains(&device).then_some((NetKey(*key), device))
        });
        of.collect()
    }

    /// Answers a neighbour who asks for a piece.
    pub(crate) fn blob_asked(&mut self, peer: NetKey, ask: &[u8]) -> Vec<u8> {
        let now = self.now().moment;
        // What is referred to no more is not served any more either.
        let _ = self.follow_blobs();
        let device = self.neighbours().get(&peer).copied();
        let State::Member(replica) = &self.state else {
            return BlobAnswer::No.encode();
        };
        let authority = replica.authority();
        let Blobs {
            shelf,
            server,
            lanes,
            ..
        } = &mut self.blobs;
        let may = |id: &BlobId| {
            device.is_some_and(|device| {
                entitled(lanes, id, &device, |d, lane| authority.may_carry(d, lane))
            })
        };
        let answer = server.answer(now, peer, ask, shelf.as_ref(), may);
        if answer == BlobAnswer::NotYet
            && let Some(ask) = BlobAsk::decode(ask)
        {
            let (hash, size) = (ask.hash, ask.size);
            self.is_sound(&BlobId { hash, size });
        }
        answer.encode()
    }

    /// Whether a blob is here as it was sealed. What the disk has changed goes, and is fetched again.
    fn is_sound(&mut self, id: &BlobId) -> bool {
        let blobs = &mut self.blobs;
        let has = blobs.lanes.contains_key(id) && blobs.shelf.has(id);
        let sound = has && blobs.shelf.whole(id).is_some();
        if has && !sound {
            tracing::warn!("the disk has changed an attachment; it is fetched again");
            blobs.shelf.remove(id);
            blobs.stale = true;
        }
        sound
    }

    /// Takes what came of asking for a piece.
    pub(crate) fn blob_answered(&mut self, ask: u64, answer: Result<Vec<u8>, BlobFault>) {
        let now = self.now().moment;
        let blobs = &mut self.blobs;
        match blobs.fetcher.answered(now, ask, answer) {
            Came::Nothing => {}
            Came::Lie(peer) => {
                let label = self.device_at(&peer).map(|device| device.short());
                tracing::warn!(
                    peer = label,
                    "sends what is not the attachment; not asked again"
                );
            }
            Came::Piece { id, at, bytes } => match blobs.shelf.put(&id, at, &bytes) {
                Ok(whole) => {
                    blobs.no_room = false;
                    let come = blobs.shelf.come(&id);
                    blobs.fetcher.put(&id, come, whole);
                    if whole {
                        // A window draws it.
                        self.changed.extend([Topic::Posts, Topic::Notices]);
                    }
                }
                Err(fault) => {
                    blobs.no_room = fault == ShelfFault::Full;
                    blobs.fetcher.disk_refused(now);
                    tracing::warn!(?fault, "an attachment could not be kept; tried again");
                }
            },
        }
    }
}
