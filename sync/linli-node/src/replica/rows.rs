//! Reading rows: what entries say, folded, as the screens show it.

use super::{Replica, layout};
use linli_base::RecordId;
use linli_record::{Row, RowKind};
use linli_store::{StoreFault, Table};

impl Replica {
    /// All rows of one kind, by id.
    ///
    /// # Errors
    /// A fault of the store; a row that cannot be read is left out.
    pub fn rows(&self, kind: RowKind) -> Result<Vec<(RecordId, Row)>, StoreFault> {
        let mut all = Vec::new();
        self.each_row(kind, &mut |id, row| all.push((id, row)))?;
        Ok(all)
    }

    /// All rows of one kind, one after another, in the order of their ids.
    ///
    /// # Errors
    /// A fault of the store; a row that cannot be read is left out.
    pub fn each_row(
        &self,
        kind: RowKind,
        visit: &mut dyn FnMut(RecordId, Row),
    ) -> Result<(), StoreFault> {
        self.staged
            .each(Table::Rows, &[kind as u8], &mut |key, value| {
                let id = key.get(1..).and_then(RecordId::from_slice);
                if let Some((id, row)) = id.zip(Row::from_bytes(value).ok()) {
                    visit(id, row);
                }
            })
    }

    /// One row.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn row(&self, kind: RowKind, record: &RecordId) -> Result<Option<Row>, StoreFault> {
        let value = self
            .staged
            .get(Table::Rows, &layout::row(kind as u8, record))?;
        Ok(value.and_then(|v| Row::from_bytes(&v).ok()))
    }
}
