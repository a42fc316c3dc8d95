//! A store in memory that outlives the program that writes it, and can be put back to what it was.

use linli_store::{Batch, MemoryStore, Store, StoreFault, Table};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Clones are the same store.
#[derive(Clone, Default)]
pub(crate) struct Disk(Arc<Mutex<MemoryStore>>, Arc<AtomicBool>);

impl Disk {
    pub(crate) fn of(store: MemoryStore) -> Self {
        Self(Arc::new(Mutex::new(store)), Arc::default())
    }

    fn lock(&self) -> MutexGuard<'_, MemoryStore> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has it no room left?
    pub(crate) fn set_full(&self, full: bool) {
        self.1.store(full, Ordering::Relaxed);
    }

    /// What stands there now.
    pub(crate) fn copy(&self) -> MemoryStore {
        self.lock().clone()
    }

    /// Puts it back.
    pub(crate) fn put_back(&self, store: MemoryStore) {
        *self.lock() = store;
    }
}

impl Store for Disk {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.lock().get(table, key)
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.lock().scan_from(table, prefix, from_key, visit)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        if self.1.load(Ordering::Relaxed) {
            return Err(StoreFault::DiskFull);
        }
        self.lock().commit(batch)
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        self.lock().compact()
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        // The next program opens it again.
        Ok(())
    }
}
