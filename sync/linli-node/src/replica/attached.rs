//! Which blobs the posts and notices here refer to: an index beside their rows.

use super::records::Meta;
use super::{Replica, layout};
use crate::blobs::{BlobId, Referring};
use linli_base::{LogKey, RecordId};
use linli_record::attach::Attachment;
use linli_record::{RecordKind, Row};
use linli_store::{StoreFault, Table};

impl Replica {
    /// Notes what a record refers to now; nothing, once its row is gone.
    pub(super) fn note_attached(
        &mut self,
        record: &RecordId,
        meta: &Meta,
        row: Option<&Row>,
    ) -> Result<(), StoreFault> {
        if !matches!(meta.kind, RecordKind::Post | RecordKind::Notice) {
            return Ok(());
        }
        let files: &[Attachment] = match row {
            Some(Row::Post(post)) => &post.files,
            Some(Row::Notice(notice)) => &notice.files,
            _ => &[],
        };
        let key = layout::attached(record);
        if !files.is_empty() {
            let log = LogKey {
                device: meta.owner,
                lane: meta.lane,
            };
            let mut value = meta.created_ms.to_be_bytes().to_vec();
            value.extend_from_slice(&log.to_bytes());
            for file in files {
                value.extend_from_slice(&file.hash);
                value.extend_from_slice(&file.size.to_be_bytes());
            }
            self.staged.put(Table::Index, key, value);
        } else if self.staged.get(Table::Index, &key)?.is_some() {
            self.staged.delete(Table::Index, key);
        }
        Ok(())
    }

    /// Forgets what records refer to, before they are folded anew; but for those of a log that is held or forks: they
    /// come back when that ends, and their pictures would be nowhere by then.
    pub(super) fn forget_attached(&mut self) -> Result<(), StoreFault> {
        for (key, value) in self.staged.rows(Table::Index, layout::ATTACHED)? {
            let log = value.get(8..61).and_then(LogKey::from_bytes);
            let comes_back = log.is_some_and(|log| {
                let held = self.authority.holds_on(&log.device).next().is_some();
                held || self.authority.fork(&log).is_some()
            });
            if !comes_back {
                self.staged.delete(Table::Index, key);
            }
        }
        Ok(())
    }

    /// Every record here that refers to blobs.
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

fn read(key: &[u8], value: &[u8]) -> Option<Referring> {
    let (created, rest) = value.split_first_chunk::<8>()?;
    let (log, rest) = rest.split_first_chunk::<53>()?;
    let log = LogKey::from_bytes(log)?;
    let blob = |at: &[u8]| {
        let (hash, size) = at.split_first_chunk::<32>()?;
        Some(BlobId {
            hash: *hash,
            size: u32::from_be_bytes(size.try_into().ok()?),
        })
    };
    Some(Referring {
        record: RecordId::from_slice(key.get(layout::ATTACHED.len()..)?)?,
        author: log.device,
        lane: log.lane,
        created_ms: u64::from_be_bytes(*created),
        blobs: rest.chunks(36).map(blob).collect::<Option<_>>()?,
    })
}
