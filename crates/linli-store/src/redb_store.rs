//! The store on disk: an adapter over redb.
//!
//! redb gives ordered tables, checksummed copy-on-write pages and atomic commits with one fsync.
//! This adapter adds what a household's computer needs around that: it never touches a store it
//! must not write ([`overlay`]), it comes back by itself after a full disk, it tells a second
//! process that the store is taken, and it says in a [`StoreFault`] what happened.
//!
//! # Choices
//!
//! * **Durability `Immediate`, one phase.** A commit writes its pages and the flipped header and
//!   syncs once. After a cut redb checks the checksums of the last commit and falls back to the one
//!   before if they do not hold. The second phase of two-phase commit guards against someone who
//!   crafts values that make a torn commit look whole; our values are sealed, so nobody outside
//!   chooses their bytes, and a second fsync would halve the rate of durable edits (B1).
//! * **No quick repair.** It would write the allocator's state with every commit and needs two
//!   phases. Recovery after a kill walks the file instead: about 0.2 s for 300 MB.
//! * **Exclusive.** One process owns a file; a second gets [`StoreFault::Busy`] at once.

mod fault;
mod overlay;
mod session;

use crate::port::{Batch, SCHEMA, Store, StoreFault, Table};
use redb::StorageBackend;
use redb::backends::FileBackend;
use session::Session;
use std::cell::{Ref, RefCell};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// When to read the whole file and check every page against its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Verify {
    /// At every opening, so damage gives [`StoreFault::Damaged`] and never a partial view (I9).
    #[default]
    EveryOpen,
    /// Only after a crash. Faster; redb trusts a file that was closed well, and may panic if
    /// something else changed it since.
    AfterCrash,
}

/// How to open a [`RedbStore`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedbOptions {
    /// Whether a missing or empty file becomes a new store. Say `false` for a home that exists: a
    /// lost file is then a fault and not a silently empty store.
    pub create: bool,
    /// Memory for cached pages, in bytes.
    pub cache_bytes: usize,
    /// When to check the whole file.
    pub verify: Verify,
    /// The newest schema version to accept and the one to give to a new store. Only a test of
    /// upgrading sets this to anything but [`SCHEMA`].
    pub schema: u32,
}

impl Default for RedbOptions {
    /// Creates if missing, 32 MiB of cache (a node must stay below 150 MB), checks at every opening.
    fn default() -> Self {
        Self {
            create: true,
            cache_bytes: 32 << 20,
            verify: Verify::default(),
            schema: SCHEMA,
        }
    }
}

type Source = Box<dyn FnMut() -> io::Result<Box<dyn StorageBackend>> + Send>;

/// A durable store in one file, or on anything that can stand in for a file.
///
/// After a disk fault the session with redb is over; the next call opens another from the same
/// source, so writing resumes when space returns (L3). An existing file is not written to before
/// the first commit.
pub struct RedbStore {
    inner: RefCell<Inner>,
}

struct Inner {
    source: Source,
    options: RedbOptions,
    session: Option<Session>,
    /// Ranges a failed sync left in doubt; written again before the next commit.
    suspect: Vec<(u64, u64)>,
    closed: bool,
}

impl RedbStore {
    /// Opens or creates the store in this file; the directory must exist.
    ///
    /// On Unix a new file is readable by its owner alone.
    pub fn open_path(path: &Path, options: RedbOptions) -> Result<Self, StoreFault> {
        let path: PathBuf = path.to_owned();
        let file = path.clone();
        let mut create = options.create;
        let store = Self::open_backend(
            move || {
                let opened = open_file(&file, create)?;
                create = false;
                FileBackend::new(opened).map_err(io::Error::other)
            },
            options,
        )?;
        sync_directory_of(&path).map_err(|error| fault::fault_of_io(&error))?;
        Ok(store)
    }

    /// Opens or creates the store on another medium, such as a simulated disk.
    ///
    /// `source` is called for every opening: at once, and again after each disk fault. What it
    /// returns must be the same medium each time. A backend that implements whole-file locks makes a
    /// second opening [`StoreFault::Busy`].
    pub fn open_backend<B: StorageBackend>(
        mut source: impl FnMut() -> io::Result<B> + Send + 'static,
        options: RedbOptions,
    ) -> Result<Self, StoreFault> {
        let source: Source = Box::new(move || Ok(Box::new(source()?)));
        let mut inner = Inner {
            source,
            options,
            session: None,
            suspect: Vec::new(),
            closed: false,
        };
        inner.session = Some(Session::open(
            &mut inner.source,
            &inner.options,
            inner.options.create,
        )?);
        Ok(Self {
            inner: RefCell::new(inner),
        })
    }

    /// A session that can read, beginning another one if the last met a fault.
    fn session(&self) -> Result<Ref<'_, Session>, StoreFault> {
        if !self.inner.borrow().is_usable() {
            // Borrowed only if a visitor of a running scan reads again while the disk fails.
            let Ok(mut inner) = self.inner.try_borrow_mut() else {
                return Err(StoreFault::Io(io::ErrorKind::ResourceBusy));
            };
            inner.ensure()?;
        }
        Ref::filter_map(self.inner.borrow(), |inner| inner.session.as_ref())
            .map_err(|_| StoreFault::Closed)
    }
}

impl Inner {
    fn is_usable(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.overlay().fault().is_none())
    }

    /// Ends a session that met a fault and begins another; nothing is written by that.
    fn ensure(&mut self) -> Result<&mut Session, StoreFault> {
        if self.closed {
            return Err(StoreFault::Closed);
        }
        if !self.is_usable() {
            self.end_session();
            self.session = Some(Session::open(&mut self.source, &self.options, false)?);
        }
        self.session.as_mut().ok_or(StoreFault::Closed)
    }

    /// A session whose writes reach the disk.
    fn ensure_writable(&mut self) -> Result<&mut Session, StoreFault> {
        self.heal()?;
        let session = self.ensure()?;
        session.overlay().settle()?;
        Ok(session)
    }

    /// Makes sure of what a failed sync left in doubt; see [`overlay::Overlay::rewrite`].
    ///
    /// The session that holds the lock meanwhile has written nothing. It is ended afterwards, so that
    /// redb judges anew what is then surely on the disk.
    fn heal(&mut self) -> Result<(), StoreFault> {
        if !self.is_usable() {
            self.end_session();
        }
        if self.suspect.is_empty() {
            return Ok(());
        }
        let suspect = self.suspect.clone();
        self.ensure()?.overlay().rewrite(&suspect)?;
        self.end_session();
        self.suspect.clear();
        Ok(())
    }

    /// Heals at once after a fault, because a later process would not know that there is a doubt.
    fn healing<T>(&mut self, result: Result<T, StoreFault>) -> Result<T, StoreFault> {
        if result.is_err() {
            // If the disk still fails, the ranges stay noted and the next commit tries again.
            let _ = self.heal();
        }
        result
    }

    fn end_session(&mut self) {
        if let Some(session) = self.session.take() {
            let overlay = session.overlay().clone();
            drop(session);
            self.suspect.extend(overlay.suspect());
        }
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        let result = match self.session.take() {
            Some(session) => {
                let overlay = session.overlay().clone();
                let result = session.close();
                self.suspect.extend(overlay.suspect());
                result
            }
            None => Ok(()),
        };
        let healed = self.heal();
        self.session = None;
        self.closed = true;
        result.and(healed)
    }
}

impl Store for RedbStore {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.session()?.get(table, key)
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.session()?.scan_from(table, prefix, from_key, visit)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        batch.check_schema_untouched()?;
        let inner = self.inner.get_mut();
        if inner.closed {
            return Err(StoreFault::Closed);
        }
        if batch.is_empty() {
            return Ok(());
        }
        let result = inner
            .ensure_writable()
            .and_then(|session| session.commit(batch));
        inner.healing(result)
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        let inner = self.inner.get_mut();
        let result = inner.ensure_writable().and_then(Session::compact);
        inner.healing(result)
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        self.inner.get_mut().close()
    }
}

/// Closes in good order; faults then have nobody to go to.
impl Drop for RedbStore {
    fn drop(&mut self) {
        let _ = self.inner.get_mut().close();
    }
}

impl std::fmt::Debug for RedbStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedbStore")
    }
}

fn open_file(path: &Path, create: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .create(create)
        .truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the file's name durable: a new file whose directory was not synced can vanish in a cut.
#[cfg(unix)]
fn sync_directory_of(path: &Path) -> io::Result<()> {
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Other systems give no way to sync a directory; their file systems order creation themselves.
#[cfg(not(unix))]
fn sync_directory_of(_: &Path) -> io::Result<()> {
    Ok(())
}
