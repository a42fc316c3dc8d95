//! Storage port, redb adapter, in-memory store, conformance suite, sealing at rest.

pub mod conformance;
mod dice;
mod disk;
mod memory;
pub mod port;
mod redb_store;
mod sealed;

pub use disk::{DiskFault, DiskHandle, DiskTrace, ForgettingDisk, SECTOR};
pub use memory::MemoryStore;
pub use port::{Batch, SCHEMA, SCHEMA_KEY, Store, StoreFault, Table, Write};
pub use redb_store::{RedbOptions, RedbStore, Verify};
pub use sealed::{Blinder, DbKey, SEAL_KEY, SEAL_OVERHEAD, Sealed};
