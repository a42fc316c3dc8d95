//! What a node holds: nothing acknowledged is lost (I2), what was received stays (I3), what has ended stays
//! ended (I6), through every crash.

use super::wire::entry_key;
use crate::ledger::What;
use crate::node::{Heads, heads_of};
use crate::world::{Checked, World};
use linli_base::hash::first16;
use linli_base::{EntryId, LogKey, RecordId};
use linli_record::RowKind;
use linli_store::{Store, Table};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Id of the entry that a node holds, durably, at a place.
    pub(crate) fn held_at(&self, n: usize, log: &LogKey, seq: u32) -> Option<EntryId> {
        let up = self.nodes[n].up.as_ref()?;
        let bytes = up.store.get(Table::Entries, &entry_key(log, seq)).ok()??;
        let header = linli_base::Header::decode(&bytes).ok()?;
        Some(header.id(&self.community))
    }

    /// Whether a node keeps an entry as the proof of a fork.
    fn keeps_proof(&self, n: usize, id: &EntryId) -> bool {
        let proof = |up: &crate::node::Up| up.store.get(Table::Quarantine, &id.0);
        let found = self.nodes[n].up.as_ref().map(proof);
        matches!(found, Some(Ok(Some(bytes))) if linli_base::Entry::decode(&bytes).is_ok())
    }

    fn keeps_act(&self, n: usize, id: &EntryId) -> bool {
        let up = self.nodes[n].up.as_ref();
        up.is_some_and(|up| matches!(up.store.get(Table::Acts, &id.0), Ok(Some(_))))
    }

    /// Proofs of forks that a node keeps: entries of the other branch, by place.
    pub(crate) fn proofs(&self, n: usize) -> BTreeMap<(LogKey, u32), BTreeSet<EntryId>> {
        let mut proofs: BTreeMap<_, BTreeSet<EntryId>> = BTreeMap::new();
        let Some(up) = self.nodes[n].up.as_ref() else {
            return proofs;
        };
        // A disk that cannot be read shows none; whoever asks has healed all disks before.
        let _ = up.store.scan(Table::Quarantine, b"", &mut |_, value| {
            if let Ok(entry) = linli_base::Entry::decode(&value) {
                let (h, id) = (entry.header, entry.header.id(&self.community));
                proofs.entry((h.log(), h.seq)).or_default().insert(id);
            }
            true
        });
        proofs
    }

    /// Whether a node has just left a branch that it held: possible only where a device was put back.
    pub(crate) fn note_change_over(&mut self, n: usize, before: &Heads) {
        if self.nodes[n].sick {
            return;
        }
        let twice: BTreeSet<_> = {
            let restored = self.nodes.iter().filter(|node| node.restored);
            restored.map(|node| node.device).collect()
        };
        let left = before
            .iter()
            .filter(|(log, _)| twice.contains(&log.device))
            .any(|(log, (seq, id))| self.held_at(n, log, *seq) != Some(*id));
        if left {
            self.sometimes
                .reached("changed over to the branch of a cut-off");
        }
    }

    /// After a restart.
    pub(crate) fn check_restart(&mut self, n: usize) -> Checked {
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Ok(());
        };
        let heads = heads_of(&up.replica);
        for (log, (seq, id)) in &self.nodes[n].floor {
            // What was held of a branch that a cut-off did not select is kept as proof (trust.md §5.2).
            if self.held_at(n, log, *seq) != Some(*id) && !self.keeps_proof(n, id) {
                let now = heads.get(log).map_or(0, |h| h.0);
                let what = format!(
                    "{}/{:?} was received up to {seq}, is {now} after the restart",
                    log.device, log.lane.class
                );
                return self.broken("I3", n, what);
            }
        }
        for item in &self.ledger.items {
            if item.node != n || !item.told || item.rolled_back {
                continue;
            }
            if let Some((log, seq, id)) = &item.place
                && self.held_at(n, log, *seq) != Some(*id)
                && !self.keeps_proof(n, id)
            {
                let what = format!("\"saved\" was said of {:?}, and it is gone", item.what);
                return self.broken("I2", n, what);
            }
        }
        for (log, (seq, id)) in &self.nodes[n].spoken {
            // Of a log that forks, the entry of the other branch is kept as proof, and sent too (trust.md §5.2); an act
            // is kept and sent whatever became of its log.
            let kept = self.keeps_proof(n, id) || self.keeps_act(n, id);
            if self.held_at(n, log, *seq) != Some(*id) && !kept {
                let what = format!(
                    "{:?}#{seq} was sent and is not here any more",
                    log.lane.class
                );
                return self.broken("persist before send", n, what);
            }
        }
        let grown = heads.iter().any(|(log, (seq, _))| {
            self.nodes[n]
                .floor
                .get(log)
                .is_none_or(|(was, _)| seq > was)
        });
        if std::mem::take(&mut self.nodes[n].inside) {
            self.sometimes.reached(if grown {
                "crash inside a commit that was kept"
            } else {
                "crash inside a commit that was lost"
            });
        }
        self.nodes[n].floor = heads;
        self.check_ends(n)
    }

    /// What has ended for a node: revoked devices, cancelled passes. It only grows.
    pub(crate) fn check_ends(&mut self, n: usize) -> Checked {
        let Some(up) = self.nodes[n].up.as_ref().filter(|_| !self.nodes[n].sick) else {
            return Ok(());
        };
        let mut ends: BTreeSet<Vec<u8>> = BTreeSet::new();
        for node in &self.nodes {
            if up.replica.authority().is_revoked(&node.device) {
                ends.insert(node.device.0.to_vec());
            }
        }
        for item in &self.ledger.items {
            if let (What::Cancelled, Some((_, _, id))) = (&item.what, &item.place) {
                let row = up.replica.row(RowKind::Cancel, &RecordId(first16(&id.0)));
                if matches!(row, Ok(Some(_))) {
                    ends.insert(id.0.to_vec());
                }
            }
        }
        if !self.nodes[n].ends.is_subset(&ends) {
            let fewer = self.nodes[n].ends.difference(&ends).count();
            return self.broken("I6", n, format!("{fewer} things that had ended go on"));
        }
        self.nodes[n].ends = ends;
        Ok(())
    }
}
