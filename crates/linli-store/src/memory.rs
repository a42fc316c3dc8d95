//! The in-memory twin: a store without a disk.
//!
//! It is the model the real store is checked against, and the store of tests and demonstrations
//! that need no durability. It forgets everything when dropped.

use crate::port::{Batch, SCHEMA, SCHEMA_KEY, Store, StoreFault, Table, Write, scan_bounds};
use std::collections::BTreeMap;
use std::ops::Bound;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// A store in ordered maps. Never fails, unless it was closed or the batch breaks a rule.
///
/// Cloning copies the contents, which makes a snapshot.
#[derive(Clone)]
pub struct MemoryStore {
    tables: BTreeMap<Table, Rows>,
    closed: bool,
}

impl MemoryStore {
    /// An empty store of the current schema.
    #[must_use]
    pub fn new() -> Self {
        let meta = Rows::from([(SCHEMA_KEY.to_vec(), SCHEMA.to_be_bytes().to_vec())]);
        Self {
            tables: BTreeMap::from([(Table::Meta, meta)]),
            closed: false,
        }
    }

    fn check_open(&self) -> Result<(), StoreFault> {
        if self.closed {
            Err(StoreFault::Closed)
        } else {
            Ok(())
        }
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows the number of rows per table and no contents.
impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(
                self.tables
                    .iter()
                    .map(|(table, rows)| (table.name(), rows.len())),
            )
            .finish()
    }
}

impl Store for MemoryStore {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.check_open()?;
        Ok(self
            .tables
            .get(&table)
            .and_then(|rows| rows.get(key))
            .cloned())
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.check_open()?;
        let (Some(rows), Some((start, end))) =
            (self.tables.get(&table), scan_bounds(prefix, from_key))
        else {
            return Ok(());
        };
        let end = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        for (key, value) in rows.range::<[u8], _>((Bound::Included(start), end)) {
            if !visit(key, value.clone()) {
                break;
            }
        }
        Ok(())
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        self.check_open()?;
        batch.check_schema_untouched()?;
        for write in batch.writes() {
            match write {
                Write::Put { table, key, value } => {
                    self.tables
                        .entry(*table)
                        .or_default()
                        .insert(key.clone(), value.clone());
                }
                Write::Delete { table, key } => {
                    if let Some(rows) = self.tables.get_mut(table) {
                        rows.remove(key);
                    }
                }
            }
        }
        Ok(())
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        self.check_open().map(|()| false)
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        self.closed = true;
        Ok(())
    }
}
