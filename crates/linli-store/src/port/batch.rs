//! A batch: the changes that become true together.

use super::{SCHEMA_KEY, StoreFault, Table};
use std::fmt;

/// One change of one row.
#[derive(Clone, PartialEq, Eq)]
pub enum Write {
    /// Sets the value, whatever was there.
    Put {
        /// Where.
        table: Table,
        /// Under which key.
        key: Vec<u8>,
        /// The bytes; may be empty, which is not the same as absent.
        value: Vec<u8>,
    },
    /// Removes the row; nothing happens if it is not there.
    Delete {
        /// Where.
        table: Table,
        /// Which key.
        key: Vec<u8>,
    },
}

impl Write {
    /// The table this change is about.
    #[must_use]
    pub const fn table(&self) -> Table {
        match self {
            Write::Put { table, .. } | Write::Delete { table, .. } => *table,
        }
    }

    /// The key this change is about.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        match self {
            Write::Put { key, .. } | Write::Delete { key, .. } => key,
        }
    }
}

/// An ordered list of changes, committed as one.
///
/// Later changes of a row win over earlier ones of the same batch.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Batch {
    writes: Vec<Write>,
}

impl Batch {
    /// An empty batch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a put.
    pub fn put(
        &mut self,
        table: Table,
        key: impl Into<Vec<u8>>,
        value: impl Into<Vec<u8>>,
    ) -> &mut Self {
        self.writes.push(Write::Put {
            table,
            key: key.into(),
            value: value.into(),
        });
        self
    }

    /// Adds a delete.
    pub fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) -> &mut Self {
        self.writes.push(Write::Delete {
            table,
            key: key.into(),
        });
        self
    }

    /// Adds all changes of another batch after those of this one, to commit them with one fsync.
    pub fn append(&mut self, mut other: Batch) -> &mut Self {
        self.writes.append(&mut other.writes);
        self
    }

    /// The changes, in order.
    #[must_use]
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// The number of changes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// Refuses a batch that would write the schema version, which only the store itself does.
    pub(crate) fn check_schema_untouched(&self) -> Result<(), StoreFault> {
        if self
            .writes
            .iter()
            .any(|write| write.table() == Table::Meta && write.key() == SCHEMA_KEY)
        {
            return Err(StoreFault::Refused {
                why: "the schema version is the store's own",
            });
        }
        Ok(())
    }
}

/// Shows tables and sizes only: keys and values may be personal.
impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Write::Put { table, key, value } => {
                write!(
                    f,
                    "Put({}, key of {} bytes, {} bytes)",
                    table.name(),
                    key.len(),
                    value.len()
                )
            }
            Write::Delete { table, key } => {
                write!(f, "Delete({}, key of {} bytes)", table.name(), key.len())
            }
        }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.writes).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_in_a_log_line_shows_sizes_and_no_contents() {
        let mut batch = Batch::new();
        batch
            .put(Table::Rows, *b"resident", *b"Zhang San")
            .delete(Table::Index, *b"plate");
        let line = format!("{batch:?}");
        assert!(line.contains("rows") && line.contains("9 bytes"));
        assert!(!line.contains("Zhang") && !line.contains("plate") && !line.contains("resident"));
    }
}
