//! Folding everything anew: when a cut-off, hold or fork changed what counts, and to prove that rows are a pure
//! function of what is held.

use super::{Now, Replica, layout};
use linli_base::{Entry, LogKey};
use linli_charter::Carried;
use linli_store::{StoreFault, Table};

/// `Meta`: version of the rows that stand here. Programs before version 2 wrote none.
pub(super) const META_ROWS: &[u8] = b"rows";

impl Replica {
    /// Clears documents and rows and admits every carried entry again, below the limits that hold now.
    pub(super) fn rebuild_rows(&mut self, now: Now) -> Result<(), StoreFault> {
        self.touched = super::Touched::All;
        for table in [Table::Rows, Table::Docs, Table::Records, Table::Pending] {
            for (key, _) in self.staged.rows(table, &[])? {
                self.staged.delete(table, key);
            }
        }
        for (key, _) in self.staged.rows(Table::Index, layout::ERASURES)? {
            self.staged.delete(Table::Index, key);
        }
        self.forget_attached()?;
        let logs: Vec<(LogKey, u32)> = self
            .logs
            .heads()
            .iter()
            .map(|(log, h)| (*log, h.seq))
            .collect();
        for (log, head) in logs {
            for seq in 1..=head {
                if let Some(entry) = self.entry_at(&log, seq)? {
                    self.admit(now, &Carried::remembered(entry))?;
                }
            }
        }
        let held = self.shelf.acts.keys().chain(self.fresh.acts.keys());
        let acts: Vec<_> = held.copied().collect();
        for id in acts {
            let entry: Option<Entry> = self
                .staged
                .get(Table::Acts, &id.0)?
                .and_then(|v| super::library::read_act(&v))
                .and_then(|(bytes, _)| Entry::decode(&bytes).ok());
            if let Some(entry) = entry {
                self.admit_act(now, &entry)?;
            }
        }
        self.staged
            .put(Table::Meta, META_ROWS, [linli_record::row::ROW_VERSION]);
        Ok(())
    }

    /// Folds all rows anew if a program of another version wrote them; equal versions cost one look.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn renew_rows(&mut self, now: Now) -> Result<(), StoreFault> {
        let held = self.staged.get(Table::Meta, META_ROWS)?;
        if held.as_deref() == Some(&[linli_record::row::ROW_VERSION]) {
            return Ok(());
        }
        self.rebuild(now)
    }

    /// Rebuilds all rows and commits them; equal bytes are expected unless the store was damaged.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn rebuild(&mut self, now: Now) -> Result<(), StoreFault> {
        self.rebuild_rows(now)?;
        self.refold = false;
        self.staged.commit()
    }
}
