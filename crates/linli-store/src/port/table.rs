//! The tables of a store, by purpose.
//!
//! Their names are part of the file format and of the sealing (docs/formats/store.md): a name is
//! never reused for something else, and renaming one is a migration.

/// One ordered table of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// What the store says about itself: schema version, seal check, identity of this replica.
    Meta,
    /// Epochs of the charter, by scope and number.
    Epochs,
    /// Signed entries as they arrived, by author, lane and sequence.
    Entries,
    /// Acts of authority: certificates, grants, revocations, cut-offs.
    Acts,
    /// Statements of holders, such as "erased" and "received".
    Statements,
    /// Which entries make up a record, and its heads.
    Records,
    /// Saved documents of records, ready to load.
    Docs,
    /// Rows folded from admitted records, as the views read them.
    Rows,
    /// Secondary orders over rows and entries; can be rebuilt.
    Index,
    /// Entries held back until what they build on arrives.
    Pending,
    /// What was refused, with the reason, so it is not judged again.
    Quarantine,
    /// Batches being judged or sent, so that a restart resumes them.
    Batches,
    /// What concerns this device alone and is never sent: drafts, settings, last positions.
    Local,
}

impl Table {
    /// Every table, in the order of their names' introduction.
    pub const ALL: [Table; 13] = [
        Table::Meta,
        Table::Epochs,
        Table::Entries,
        Table::Acts,
        Table::Statements,
        Table::Records,
        Table::Docs,
        Table::Rows,
        Table::Index,
        Table::Pending,
        Table::Quarantine,
        Table::Batches,
        Table::Local,
    ];

    /// The name in the file and in the additional data of every sealed value; lower-case ASCII.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Epochs => "epochs",
            Table::Entries => "entries",
            Table::Acts => "acts",
            Table::Statements => "statements",
            Table::Records => "records",
            Table::Docs => "docs",
            Table::Rows => "rows",
            Table::Index => "index",
            Table::Pending => "pending",
            Table::Quarantine => "quarantine",
            Table::Batches => "batches",
            Table::Local => "local",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_has_a_name_of_its_own_without_a_zero_byte() {
        let names: BTreeSet<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        assert_eq!(names.len(), Table::ALL.len());
        assert!(
            names
                .iter()
                .all(|name| name.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }
}
