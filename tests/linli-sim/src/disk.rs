//! A node's home on a simulated disk: the real redb adapter, sealed, over a disk that forgets what was not synced.
//!
//! The world keeps a handle on the store beside the replica's, so that it can look at what is committed at any
//! moment without asking the replica, which is the one that is being checked.

use crate::dice::SimDice;
use linli_base::Dice;
use linli_store::{
    Batch, DbKey, ForgettingDisk, RedbOptions, RedbStore, Sealed, Store, StoreFault, Table, Verify,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

struct Inner {
    store: Sealed<RedbStore>,
    commits: u64,
}

/// A store that the replica writes and the world looks into. Clones are the same store.
#[derive(Clone)]
pub struct SharedStore(Arc<Mutex<Inner>>);

impl SharedStore {
    /// Opens the home on a disk; `create` for one that may be new.
    ///
    /// # Errors
    /// As [`RedbStore::open_backend`] and [`Sealed::open`].
    pub fn open(
        disk: &ForgettingDisk,
        key: &DbKey,
        dice: &mut SimDice,
        create: bool,
    ) -> Result<Self, StoreFault> {
        let disk = disk.clone();
        let options = RedbOptions {
            create,
            cache_bytes: 1 << 20,
            verify: Verify::AfterCrash,
            ..RedbOptions::default()
        };
        let store = RedbStore::open_backend(move || Ok(disk.handle()), options)?;
        let store = Sealed::open(store, key, dice.bytes())?;
        Ok(Self(Arc::new(Mutex::new(Inner { store, commits: 0 }))))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many commits had something in them since the store was opened.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.lock().commits
    }

    /// How many rows of a table are committed.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn count(&self, table: Table) -> Result<usize, StoreFault> {
        let mut rows = 0;
        self.lock().store.scan(table, b"", &mut |_, _| {
            rows += 1;
            true
        })?;
        Ok(rows)
    }
}

impl Store for SharedStore {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.lock().store.get(table, key)
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.lock().store.scan_from(table, prefix, from_key, visit)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        let mut inner = self.lock();
        inner.store.commit(batch)?;
        inner.commits += u64::from(!batch.is_empty());
        Ok(())
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        self.lock().store.compact()
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        self.lock().store.close()
    }
}
