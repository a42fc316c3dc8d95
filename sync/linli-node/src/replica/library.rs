//! What the hub may send: read from the committed store, never from what is staged.

use super::layout;
use linli_base::{Entry, EntryId, Header, LaneKey, LogKey};
use linli_charter::{Cut, Statement, StatementKey};
use linli_protocol::Library;
use linli_store::{Store, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Committed heads, acts and statements, kept in memory, over the committed store.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) heads: BTreeMap<LogKey, (u32, EntryId)>,
    pub(crate) acts: BTreeMap<EntryId, LaneKey>,
    pub(crate) statements: BTreeMap<StatementKey, u64>,
    /// Where logs fork, and the entry of the other branch there: the proof, which travels with the log.
    pub(crate) forks: BTreeMap<LogKey, (u32, EntryId)>,
    /// Logs whose payloads are all here and readable only to others need no special mention: they are served
    /// as they came. This set names logs withheld while an erase is carried out.
    pub(crate) withheld: BTreeSet<LogKey>,
}

/// What one commit will add to the shelf beside heads.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    pub(crate) acts: BTreeMap<EntryId, LaneKey>,
    pub(crate) statements: BTreeMap<StatementKey, u64>,
    pub(crate) forks: BTreeMap<LogKey, (u32, EntryId)>,
    /// Logs that changed over to another branch: their heads may have gone down.
    pub(crate) turned: BTreeSet<LogKey>,
    /// Logs on another branch than the selected one, which has to be asked for.
    pub(crate) strays: BTreeSet<LogKey>,
}

/// The shelf together with the store it describes.
pub(crate) struct Shelved<'a> {
    pub(crate) shelf: &'a Shelf,
    pub(crate) store: &'a dyn Store,
    pub(crate) community: linli_base::CommunityId,
}

impl Library for Shelved<'_> {
    /// The other branch of a fork is named before the log's own head: a peer that holds only one branch sees
    /// the difference there and asks for the log.
    fn heads(&self) -> Vec<Cut> {
        let cut = |(log, (seq, id)): (&LogKey, &(u32, EntryId))| Cut {
            log: *log,
            seq: *seq,
            id: *id,
        };
        let forks = self.shelf.forks.iter().map(cut);
        forks
            .chain(self.shelf.heads.iter().map(cut))
            .filter(|c| !self.shelf.withheld.contains(&c.log))
            .collect()
    }

    fn head(&self, log: &LogKey) -> Option<Cut> {
        self.shelf.heads.get(log).map(|(seq, id)| Cut {
            log: *log,
            seq: *seq,
            id: *id,
        })
    }

    fn id_at(&self, log: &LogKey, seq: u32) -> Option<EntryId> {
        match self.shelf.heads.get(log) {
            Some((head, id)) if *head == seq => return Some(*id),
            Some((head, _)) if *head > seq && seq > 0 => {}
            _ => return None,
        }
        let bytes = self
            .store
            .get(Table::Entries, &layout::entry(log, seq))
            .ok()??;
        Header::decode(&bytes).ok().map(|h| h.id(&self.community))
    }

    fn range(&self, log: &LogKey, from: u32, max_bytes: usize) -> Vec<(u32, Vec<u8>)> {
        let Some((head, _)) = self.shelf.heads.get(log) else {
            return Vec::new();
        };
        let (mut out, mut bytes) = (Vec::new(), 0);
        for seq in from..=*head {
            // An entry that cannot be read back is not sent; the fault shows where it is next written or read.
            let Ok(Some(entry)) = self.store.get(Table::Entries, &layout::entry(log, seq)) else {
                break;
            };
            bytes += entry.len();
            out.push((seq, entry));
            let fork = self.shelf.forks.get(log).filter(|(at, _)| *at == seq);
            if let Some(Ok(Some(proof))) =
                fork.map(|(_, id)| self.store.get(Table::Quarantine, &id.0))
            {
                bytes += proof.len();
                out.push((seq, proof));
            }
            if bytes >= max_bytes {
                break;
            }
        }
        out
    }

    fn acts(&self) -> Vec<(EntryId, LaneKey)> {
        self.shelf
            .acts
            .iter()
            .map(|(id, lane)| (*id, *lane))
            .collect()
    }

    fn act(&self, id: &EntryId) -> Option<(Vec<u8>, Vec<u8>)> {
        let value = self.store.get(Table::Acts, &id.0).ok()??;
        read_act(&value)
    }

    fn statements(&self) -> Vec<(StatementKey, u64)> {
        self.shelf
            .statements
            .iter()
            .map(|(key, n)| (*key, *n))
            .collect()
    }

    fn statement(&self, key: &StatementKey) -> Option<Vec<u8>> {
        self.store
            .get(Table::Statements, &layout::statement(key))
            .ok()?
    }
}

/// `Acts` value: length of the entry (4 bytes), entry, certificate of its author.
pub(crate) fn write_act(entry: &Entry, certificate: &[u8]) -> Vec<u8> {
    let bytes = entry.encode();
    let mut out = u32::try_from(bytes.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec();
    out.extend_from_slice(&bytes);
    out.extend_from_slice(certificate);
    out
}

/// Reads [`write_act`].
pub(crate) fn read_act(value: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (len, rest) = value.split_first_chunk::<4>()?;
    let (entry, certificate) = rest.split_at_checked(u32::from_be_bytes(*len) as usize)?;
    Some((entry.to_vec(), certificate.to_vec()))
}

/// Reads a statement from the store.
pub(crate) fn read_statement(value: &[u8]) -> Option<Statement> {
    Statement::decode(value)
}
