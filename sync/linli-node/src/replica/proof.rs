//! The signed bytes of notices, for a file that others check.

use super::Replica;
use crate::proof::{FORMAT, File};
use linli_base::{RecordId, base32};
use linli_store::StoreFault;
use std::collections::BTreeSet;

impl Replica {
    /// The file of a notice: the charter, and the entries of these records with the openings of their logs.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn notice_file(
        &self,
        notice: &RecordId,
        records: impl IntoIterator<Item = RecordId>,
    ) -> Result<File, StoreFault> {
        let mut places = BTreeSet::new();
        for record in records {
            for (log, seq) in self.meta(&record)?.map(|m| m.changes).unwrap_or_default() {
                places.insert((log, 1));
                places.insert((log, seq));
            }
        }
        let mut entries = Vec::new();
        for (log, seq) in places {
            let entry = self.entry_at(&log, seq)?;
            entries.extend(entry.map(|entry| base32::encode(&entry.encode())));
        }
        let chain = self.authority.charter().chain();
        Ok(File {
            format: FORMAT.to_owned(),
            community: self.me.community.to_text(),
            notice: notice.to_text(),
            epochs: chain
                .iter()
                .map(|held| base32::encode(&held.bytes))
                .collect(),
            entries,
        })
    }
}
