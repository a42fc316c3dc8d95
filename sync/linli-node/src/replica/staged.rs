//! A store with changes staged on top: what one commit will make durable.
//!
//! Judging reads its own earlier work (the entry before, the document so far) before any of it is
//! committed, so many entries share one transaction and one fsync. Peers are served from the committed store
//! alone; nobody outside this process sees what is staged.

use linli_store::{Batch, Store, StoreFault, Table};
use std::collections::BTreeMap;

type Key = (Table, Vec<u8>);
/// Keys and values, in order of the keys.
pub type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

/// The committed store and the staged changes.
pub(crate) struct Staged {
    store: Box<dyn Store>,
    staged: BTreeMap<Key, Option<Vec<u8>>>,
}

impl Staged {
    pub(crate) fn new(store: Box<dyn Store>) -> Self {
        Self {
            store,
            staged: BTreeMap::new(),
        }
    }

    /// The committed store.
    pub(crate) fn committed(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// A value, staged or committed.
    pub(crate) fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        match self.staged.get(&(table, key.to_vec())) {
            Some(value) => Ok(value.clone()),
            None => self.store.get(table, key),
        }
    }

    pub(crate) fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.staged.insert((table, key.into()), Some(value.into()));
    }

    pub(crate) fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.staged.insert((table, key.into()), None);
    }

    /// All rows with a prefix, in order, staged changes included.
    pub(crate) fn rows(&self, table: Table, prefix: &[u8]) -> Result<Pairs, StoreFault> {
        let mut found = Vec::new();
        self.each(table, prefix, &mut |key, value| {
            found.push((key.to_vec(), value.to_vec()));
        })?;
        Ok(found)
    }

    /// The same, one after another: a caller that keeps little of each needs little memory.
    pub(crate) fn each(
        &self,
        table: Table,
        prefix: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]),
    ) -> Result<(), StoreFault> {
        let from = (table, prefix.to_vec());
        let staged = self.staged.range(from..);
        let staged = staged.take_while(|((t, key), _)| *t == table && key.starts_with(prefix));
        let mut staged = staged
            .map(|((_, key), value)| (key.as_slice(), value.as_deref()))
            .peekable();
        self.store.scan(table, prefix, &mut |key, value| {
            while let Some((new, value)) = staged.next_if(|(at, _)| *at < key) {
                if let Some(value) = value {
                    visit(new, value);
                }
            }
            match staged.next_if(|(at, _)| *at == key) {
                Some((_, Some(value))) => visit(key, value),
                Some((_, None)) => {}
                None => visit(key, &value),
            }
            true
        })?;
        for (key, value) in staged {
            if let Some(value) = value {
                visit(key, value);
            }
        }
        Ok(())
    }

    /// Whether anything is staged.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.staged.is_empty()
    }

    /// Commits what is staged: one transaction, one fsync. On a fault everything stays staged.
    pub(crate) fn commit(&mut self) -> Result<(), StoreFault> {
        let mut batch = Batch::new();
        for ((table, key), value) in &self.staged {
            match value {
                Some(value) => batch.put(*table, key.clone(), value.clone()),
                None => batch.delete(*table, key.clone()),
            };
        }
        self.store.commit(&batch)?;
        self.staged.clear();
        Ok(())
    }

    /// Compacts the committed store.
    pub(crate) fn compact(&mut self) -> Result<(), StoreFault> {
        self.store.compact().map(|_| ())
    }

    /// Forgets what is staged.
    pub(crate) fn discard(&mut self) {
        self.staged.clear();
    }

    /// Gives the store back.
    pub(crate) fn into_store(self) -> Box<dyn Store> {
        self.store
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_store::MemoryStore;

    #[test]
    fn staged_changes_are_read_at_once_and_served_only_after_the_commit() {
        let mut s = Staged::new(Box::new(MemoryStore::new()));
        s.put(Table::Rows, *b"a1", *b"one");
        s.put(Table::Rows, *b"a2", *b"two");
        s.put(Table::Rows, *b"b1", *b"three");
        assert_eq!(s.rows(Table::Rows, b"a").unwrap().len(), 2);
        assert_eq!(s.committed().get(Table::Rows, b"a1").unwrap(), None);
        s.commit().unwrap();
        assert!(!s.is_dirty());
        s.delete(Table::Rows, *b"a1");
        assert_eq!(s.get(Table::Rows, b"a1").unwrap(), None);
        assert_eq!(s.rows(Table::Rows, b"a").unwrap().len(), 1);
        s.discard();
        assert_eq!(s.rows(Table::Rows, b"").unwrap().len(), 3);
    }

    proptest::proptest! {
        /// What is staged and what is committed are read as one, in the order of the keys.
        #[test]
        fn staged_and_committed_are_read_as_if_all_were_committed(
            before in proptest::collection::btree_map(0_u8..40, 0_u8.., 0..20),
            after in proptest::collection::btree_map(0_u8..40, proptest::option::of(0_u8..), 0..20),
        ) {
            let mut s = Staged::new(Box::new(MemoryStore::new()));
            for (key, value) in &before {
                s.put(Table::Rows, [b'a', *key], [*value]);
            }
            s.commit().unwrap();
            // Another table and prefix, to be passed over.
            s.put(Table::Index, [b'a', 1], *b"x");
            s.put(Table::Rows, [b'b', 1], *b"x");
            for (key, value) in &after {
                match value {
                    Some(value) => s.put(Table::Rows, [b'a', *key], [*value]),
                    None => s.delete(Table::Rows, [b'a', *key]),
                }
            }
            let staged = s.rows(Table::Rows, b"a").unwrap();
            s.commit().unwrap();
            proptest::prop_assert_eq!(&staged, &s.rows(Table::Rows, b"a").unwrap());
            let mut all = before;
            for (key, value) in after {
                match value {
                    Some(value) => all.insert(key, value),
                    None => all.remove(&key),
                };
            }
            let all: Pairs = all.into_iter().map(|(k, v)| (vec![b'a', k], vec![v])).collect();
            proptest::prop_assert_eq!(staged, all);
        }
    }
}
