//! Keeps what a replica knows: the storage port, the store on disk, its twin in memory, and sealing.
//!
//! # The layers
//!
//! ```text
//!   linli-node            batches of changes, one per step of the core
//!     Store (port)        get, scan, commit; Batch, Table, StoreFault
//!       Sealed            every value encrypted and bound to its place
//!         RedbStore       tables, atomic commits, one fsync each
//!           (overlay)     holds back what redb writes while opening
//!             a file, or a ForgettingDisk under test
//! ```
//!
//! [`MemoryStore`] stands in for all that lies below the port. [`conformance`] is the contract as
//! code; every store here passes it, bare and sealed.
//!
//! # What lies in which table
//!
//! [`Table`] names them, one line each. Three kinds matter for recovery: what was received and cannot
//! be had again (`Epochs`, `Entries`, `Acts`, `Statements`, `Local`), what is folded from it and can
//! be rebuilt (`Records`, `Docs`, `Rows`, `Index`), and what is under way (`Pending`, `Quarantine`,
//! `Batches`). `Meta` says what the store is. The bytes are in docs/formats/store.md.
//!
//! # The order of a crash
//!
//! * **A commit** is one transaction: an entry, the rows it changes and the index over them go into
//!   one [`Batch`], so a cut leaves all of them or none, and no repair has to reconcile tables.
//!   The acknowledgement comes after the sync. A cut before it may still keep the whole batch.
//! * **Opening** writes nothing. A file left by a kill is recovered in memory; the recovery reaches
//!   the disk with the first commit, in redb's own order of writes and syncs. A second cut in there
//!   starts the same recovery again.
//! * **Creation** writes redb's mark last. A cut before it leaves an unborn file, which is created
//!   anew; a file that lost its mark in another way is refused.
//! * **A failed sync** leaves it open which writes reached the disk, and a later sync that succeeds
//!   does not settle it. The ranges in doubt are written again, synced, and judged by their checksums
//!   before anything builds on them. One case is out of reach: a process killed between a failed sync
//!   and its next call cannot pass on the doubt, and a power cut after that may find damage, which is
//!   reported as such.
//!
//! # Testing with this crate
//!
//! [`ForgettingDisk`] stands under the real [`RedbStore`]:
//!
//! ```
//! use linli_store::{Batch, ForgettingDisk, RedbOptions, RedbStore, Store, Table};
//!
//! let disk = ForgettingDisk::new();
//! let open = |disk: &ForgettingDisk| {
//!     let disk = disk.clone();
//!     RedbStore::open_backend(move || Ok(disk.handle()), RedbOptions::default())
//! };
//! let mut store = open(&disk)?;
//! store.commit(Batch::new().put(Table::Rows, *b"row", *b"kept"))?;
//! let disk = disk.crash(7); // the power goes; seed 7 chooses what else arrived
//! assert!(open(&disk)?.get(Table::Rows, b"row")?.is_some());
//! # Ok::<(), linli_store::StoreFault>(())
//! ```

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
