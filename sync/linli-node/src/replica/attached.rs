//! Which blobs the posts, notices and comments here refer to: an index beside their rows.

use super::records::Meta;
use super::{Replica, layout};
use crate::blobs::{BlobId, Referring};
use linli_base::{EntryId, LogKey, RecordId};
use linli_charter::PrincipalKind;
use linli_record::attach::Attachment;
use linli_record::row::{Author, CommentRow, Moderation, Standing, Thread};
use linli_record::{FactIn, RecordKind, Row};
use linli_store::{StoreFault, Table};
use std::collections::BTreeMap;

/// Bytes of a claimed time.
const TIME: usize = 8;
/// Bytes of a log.
const LOG: usize = 53;

impl Replica {
    /// Notes what a record and the comments below it refer to now; nothing, once its row is gone. `facts` are those about
    /// it: they say in which logs its comments stand.
    pub(super) fn note_attached(
        &mut self,
        record: &RecordId,
        meta: &Meta,
        row: Option<&Row>,
        facts: &[FactIn],
    ) -> Result<(), StoreFault> {
        if !matches!(meta.kind, RecordKind::Post | RecordKind::Notice) {
            return Ok(());
        }
        let (files, thread): (&[Attachment], Option<&Thread>) = match row {
            Some(Row::Post(post)) if self.took_away(&post.author, post.moderation.as_ref()) => {
                (&[], Some(&post.thread))
            }
            Some(Row::Post(post)) => (&post.files, Some(&post.thread)),
            Some(Row::Notice(notice)) => (&notice.files, Some(&notice.thread)),
            _ => (&[], None),
        };
        let home = LogKey {
            device: meta.owner,
            lane: meta.lane,
        };
        let mut now: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        if !files.is_empty() {
            let value = value(meta.created_ms, &[home], files);
            now.insert(layout::attached(record), value);
        }
        let comments = thread.into_iter().flat_map(|thread| &thread.comments);
        let mut comments = comments
            .filter(|comment| !comment.files.is_empty() && self.keeps_files(comment))
            .peekable();
        let logs: BTreeMap<EntryId, LogKey> = match comments.peek() {
            Some(_) => facts.iter().map(|fact| (fact.entry, fact.log)).collect(),
            None => BTreeMap::new(),
        };
        for comment in comments {
            let Some(log) = logs.get(&comment.id) else {
                continue;
            };
            let value = value(comment.time_ms, &[*log, home], &comment.files);
            now.insert(layout::attached_below(record, &comment.id), value);
        }
        for (key, held) in self.staged.rows(Table::Index, &layout::attached(record))? {
            match now.get(&key) {
                Some(value) if *value == held => {
                    now.remove(&key);
                }
                Some(_) => {}
                // Whoever wrote a comment may be held for a while: it comes back, and its pictures would be nowhere by then.
                None if row.is_some() && self.comes_back(&held) => {}
                None => self.staged.delete(Table::Index, key),
            }
        }
        for (key, value) in now {
            self.staged.put(Table::Index, key, value);
        }
        Ok(())
    }

    /// Whether this home keeps what goes with a comment. What an office hid, and what was said after its office had closed
    /// the talk, is kept by its author and by offices, who read it and decide on it; others fetch it again if the ruling
    /// turns. What is only paused waits for a ruling and is kept: a few reports delete nothing.
    fn keeps_files(&self, comment: &CommentRow) -> bool {
        let late = comment.late && !self.reads_all(&comment.author);
        !late && !self.took_away(&comment.author, comment.moderation.as_ref())
    }

    /// Did an office hide it, from this home too?
    fn took_away(&self, author: &Author, moderation: Option<&Moderation>) -> bool {
        moderation.is_some_and(|m| m.state == Standing::Hidden) && !self.reads_all(author)
    }

    fn reads_all(&self, author: &Author) -> bool {
        author.principal == self.me.principal || self.me.kind == PrincipalKind::Office
    }

    /// Forgets what records refer to, before they are folded anew; but for those of a log that is held or forks: they
    /// come back when that ends, and their pictures would be nowhere by then.
    pub(super) fn forget_attached(&mut self) -> Result<(), StoreFault> {
        for (key, value) in self.staged.rows(Table::Index, layout::ATTACHED)? {
            let below = key.len() > layout::attached(&RecordId([0; 16])).len();
            // A comment comes back with the record that it stands below, too.
            let home = below && self.is_away(value.get(TIME + LOG..));
            if !home && !self.comes_back(&value) {
                self.staged.delete(Table::Index, key);
            }
        }
        Ok(())
    }

    /// Is what was written in this log only away for a while? By a hold, or by a fork while nothing selects a branch: what a
    /// cut-off leaves out never comes back.
    fn is_away(&self, log: Option<&[u8]>) -> bool {
        let log = log.and_then(|bytes| bytes.get(..LOG));
        log.and_then(LogKey::from_bytes).is_some_and(|log| {
            let held = self.authority.holds_on(&log.device).next().is_some();
            let revoked = self.authority.is_revoked(&log.device);
            held || (!revoked && self.authority.open_fork(&log).is_some())
        })
    }

    fn comes_back(&self, value: &[u8]) -> bool {
        self.is_away(value.get(TIME..))
    }

    /// Every record and comment here that refers to blobs.
    ///
    /// # Errors
    /// A fault of the store.
    pub(crate) fn referring(&self) -> Result<Vec<Referring>, StoreFault> {
        let rows = self.staged.rows(Table::Index, layout::ATTACHED)?;
        Ok(rows
            .iter()
            .filter_map(|(key, value)| read(key, value))
            .collect())
    }
}

fn value(at_ms: u64, logs: &[LogKey], files: &[Attachment]) -> Vec<u8> {
    let mut value = at_ms.to_be_bytes().to_vec();
    for log in logs {
        value.extend_from_slice(&log.to_bytes());
    }
    for file in files {
        value.extend_from_slice(&file.hash);
        value.extend_from_slice(&file.size.to_be_bytes());
    }
    value
}

fn read(key: &[u8], value: &[u8]) -> Option<Referring> {
    let (record, comment) = key.get(layout::ATTACHED.len()..)?.split_at_checked(16)?;
    let comment = match comment {
        [] => None,
        id => Some(EntryId(id.try_into().ok()?)),
    };
    let (created, rest) = value.split_first_chunk::<TIME>()?;
    let (log, rest) = rest.split_first_chunk::<LOG>()?;
    let log = LogKey::from_bytes(log)?;
    let rest = match comment {
        Some(_) => rest.get(LOG..)?,
        None => rest,
    };
    let blob = |at: &[u8]| {
        let (hash, size) = at.split_first_chunk::<32>()?;
        Some(BlobId {
            hash: *hash,
            size: u32::from_be_bytes(size.try_into().ok()?),
        })
    };
    Some(Referring {
        record: RecordId::from_slice(record)?,
        comment,
        author: log.device,
        lane: log.lane,
        created_ms: u64::from_be_bytes(*created),
        blobs: rest.chunks(36).map(blob).collect::<Option<_>>()?,
    })
}
