//! One opening of a redb file: from taking the lock to closing it.
//!
//! A session ends for good at the first disk error, because redb refuses to write after one. The
//! store then begins another.

use super::fault::{BAD_SCHEMA, MISSING, fault_of_io, fault_of_redb};
use super::overlay::Overlay;
use super::{RedbOptions, Source, Verify};
use crate::port::{Batch, SCHEMA_KEY, StoreFault, Table, Write, scan_bounds};
use redb::{
    Database, Durability, ReadableDatabase, ReadableTable, StorageBackend, TableDefinition,
};
use std::collections::BTreeSet;
use std::ops::Bound;

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

const fn definition(table: Table) -> Definition {
    TableDefinition::new(table.name())
}

/// Fills free pages for as long as it takes to write over them.
const FILLER: TableDefinition<'static, u64, &'static [u8]> = TableDefinition::new("filler");
/// More than half a page, so that each takes one of its own.
const FILL: [u8; 2_600] = [0; 2_600];

/// A table while its rows move to new pages.
const FRESH: Definition = TableDefinition::new("fresh");

/// Moves a table's rows to new pages: whole, or not at all.
fn rewrite(txn: &redb::WriteTransaction, table: Definition) -> Result<(), redb::Error> {
    {
        let old = txn.open_table(table)?;
        let mut fresh = txn.open_table(FRESH)?;
        for row in old.iter()? {
            let (key, value) = row?;
            fresh.insert(key.value(), value.value())?;
        }
    }
    txn.delete_table(table)?;
    txn.rename_table(FRESH, table)?;
    Ok(())
}

/// An open database and the layer below it.
pub(super) struct Session {
    db: Database,
    overlay: Overlay,
}

impl Session {
    /// Opens what `source` gives, checks its schema, and has written nothing when it refuses.
    ///
    /// A new store is created and settled at once, so that its faults show now; an existing one
    /// stays untouched until the first commit.
    pub(super) fn open(
        source: &mut Source,
        options: &RedbOptions,
        may_create: bool,
    ) -> Result<Self, StoreFault> {
        let overlay = Overlay::new(source().map_err(|error| fault_of_io(&error))?, may_create);
        let opened = redb::Builder::new()
            .set_cache_size(options.cache_bytes)
            .set_check_integrity_on_open(options.verify == Verify::EveryOpen)
            .create_with_backend(overlay.clone());
        let db = match opened {
            Ok(db) => db,
            Err(error) => return Err(fault_of_redb(&error.into(), overlay.fault())),
        };
        let session = Self { db, overlay };
        match session.schema()? {
            Some(found) if found > options.schema => Err(StoreFault::TooNew {
                found,
                known: options.schema,
            }),
            Some(0) => Err(BAD_SCHEMA),
            Some(_) => Ok(session),
            None if may_create => {
                session.write(|txn| {
                    let mut meta = txn.open_table(definition(Table::Meta))?;
                    meta.insert(SCHEMA_KEY, options.schema.to_be_bytes().as_slice())?;
                    Ok(())
                })?;
                if let Err(fault) = session.overlay.settle() {
                    session.overlay.undo_creation();
                    return Err(fault);
                }
                Ok(session)
            }
            None => Err(MISSING),
        }
    }

    /// The schema version; `None` in a store in which nothing was ever committed.
    fn schema(&self) -> Result<Option<u32>, StoreFault> {
        let stored = self.get(Table::Meta, SCHEMA_KEY)?;
        match stored {
            Some(bytes) => {
                let bytes = <[u8; 4]>::try_from(bytes.as_slice()).map_err(|_| BAD_SCHEMA)?;
                Ok(Some(u32::from_be_bytes(bytes)))
            }
            None => {
                let tables = self.judge(
                    self.db
                        .begin_read()
                        .map_err(redb::Error::from)
                        .and_then(|txn| Ok(txn.list_tables()?.next().is_some())),
                )?;
                if tables { Err(BAD_SCHEMA) } else { Ok(None) }
            }
        }
    }

    pub(super) fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    pub(super) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        let read = || -> Result<Option<Vec<u8>>, redb::Error> {
            let txn = self.db.begin_read()?;
            match txn.open_table(definition(table)) {
                Ok(rows) => Ok(rows.get(key)?.map(|value| value.value().to_vec())),
                Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        self.judge(read())
    }

    pub(super) fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        let Some((start, end)) = scan_bounds(prefix, from_key) else {
            return Ok(());
        };
        let end = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let mut read = || -> Result<(), redb::Error> {
            let txn = self.db.begin_read()?;
            let rows = match txn.open_table(definition(table)) {
                Ok(rows) => rows,
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            for row in rows.range::<&[u8]>((Bound::Included(start), end))? {
                let (key, value) = row?;
                if !visit(key.value(), value.value().to_vec()) {
                    break;
                }
            }
            Ok(())
        };
        let result = read();
        self.judge(result)
    }

    pub(super) fn commit(&self, batch: &Batch) -> Result<(), StoreFault> {
        self.write(|txn| {
            let tables: BTreeSet<Table> = batch.writes().iter().map(Write::table).collect();
            for table in tables {
                let mut rows = txn.open_table(definition(table))?;
                for write in batch.writes().iter().filter(|write| write.table() == table) {
                    match write {
                        Write::Put { key, value, .. } => {
                            drop(rows.insert(key.as_slice(), value.as_slice())?)
                        }
                        Write::Delete { key, .. } => drop(rows.remove(key.as_slice())?),
                    }
                }
            }
            Ok(())
        })
    }

    /// Compacts so that nothing of a deleted row stays in the file: every table is written anew, since a page from
    /// which a row was taken keeps its bytes behind the rows that are left; and what is free in the end is written over.
    pub(super) fn compact(&mut self) -> Result<bool, StoreFault> {
        for table in Table::ALL {
            self.write(|txn| rewrite(txn, definition(table)))?;
        }
        let compacted = self.db.compact().map_err(redb::Error::from);
        let compacted = self.judge(compacted)?;
        let free = self.free_pages();
        let free = self.judge(free)?;
        self.write(|txn| {
            // Left by a power cut, perhaps.
            txn.delete_table(FILLER)?;
            let mut filler = txn.open_table(FILLER)?;
            for page in 0..free {
                filler.insert(page, FILL.as_slice())?;
            }
            Ok(())
        })?;
        self.write(|txn| {
            txn.delete_table(FILLER)?;
            Ok(())
        })?;
        let again = self.db.compact().map_err(redb::Error::from);
        self.judge(again)?;
        Ok(compacted)
    }

    /// Pages of the file that hold nothing, and a few more.
    fn free_pages(&self) -> Result<u64, redb::Error> {
        let txn = self.db.begin_write()?;
        let stats = txn.stats()?;
        let (used, size) = (stats.allocated_pages(), stats.page_size() as u64);
        txn.abort()?;
        let pages = self.overlay.len().map_err(redb::Error::from)? / size.max(1);
        Ok(pages.saturating_sub(used) + 16)
    }

    /// Closes in good order and reports what the drop would swallow.
    pub(super) fn close(self) -> Result<(), StoreFault> {
        let held = self.overlay.is_held();
        match self.db.close() {
            Ok(()) => Ok(()),
            // What redb wanted to note at closing was going to be discarded anyway.
            Err(_) if held => Ok(()),
            Err(error) => Err(fault_of_redb(&error.into(), self.overlay.fault())),
        }
    }

    fn write(
        &self,
        change: impl FnOnce(&redb::WriteTransaction) -> Result<(), redb::Error>,
    ) -> Result<(), StoreFault> {
        let run = || -> Result<(), redb::Error> {
            let mut txn = self.db.begin_write()?;
            txn.set_durability(Durability::Immediate)?;
            change(&txn)?;
            txn.commit()?;
            Ok(())
        };
        self.judge(run())
    }

    fn judge<T>(&self, result: Result<T, redb::Error>) -> Result<T, StoreFault> {
        result.map_err(|error| fault_of_redb(&error, self.overlay.fault()))
    }
}
