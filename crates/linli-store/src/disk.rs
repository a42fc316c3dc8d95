//! A disk in memory that forgets what was not synced, fails on command, and runs full.
//!
//! It stands below the real redb adapter, so what is tested is the code that runs in a household
//! and not a model of it. A [`ForgettingDisk`] can be opened many times over; each opening is a
//! [`DiskHandle`], which is what redb writes to. [`crash`](ForgettingDisk::crash) answers with the
//! disk as it may look after a power cut at this moment, chosen by a seed. Everything is
//! deterministic: the same calls and seeds give the same bytes.

mod cut;
mod handle;
mod trace;

pub use handle::DiskHandle;
pub use trace::DiskTrace;

use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The unit a disk writes whole or not at all, in bytes.
pub const SECTOR: usize = 512;

/// How a call to the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskFault {
    /// No space is left. Only writing, growing and syncing meet it.
    NoSpace,
    /// The disk has become read-only, as Linux makes it after an error. Only writing meets it.
    ReadOnly,
    /// An input/output error. A write that fails has written some of its sectors. A sync that fails
    /// leaves the writes readable and forgets that they must still reach the platter, as Linux does
    /// on ext4: a later successful sync does not cover them.
    Io,
    /// Like `Io`, but after a failed sync the old bytes are read again, as on file systems that drop
    /// the pages they could not write.
    IoReverting,
}

/// A simulated disk holding one file. Clones are the same disk.
#[derive(Clone, Debug)]
pub struct ForgettingDisk {
    platter: Arc<Mutex<Platter>>,
}

/// The state all handles of a disk share.
#[derive(Debug, Default)]
struct Platter {
    /// What survives any cut.
    durable: Vec<u8>,
    /// What a read answers.
    view: Vec<u8>,
    /// What was done since the last sync, in order.
    pending: Vec<Change>,
    plan: Option<Plan>,
    refusing: Option<DiskFault>,
    calls: u64,
    syncs: u64,
    next_handle: u64,
    /// Handles that hold the lock, and whether they share it.
    locks: Vec<(u64, bool)>,
    trace: Option<DiskTrace>,
}

#[derive(Clone, Debug)]
enum Change {
    Write(u64, Vec<u8>),
    SetLen(u64),
}

#[derive(Clone, Copy, Debug)]
struct Plan {
    at_call: u64,
    fault: DiskFault,
    lasting: bool,
}

/// What a call is, as far as faults are concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Look,
    Write,
    Sync,
}

impl ForgettingDisk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::from_image(Vec::new())
    }

    /// A disk that holds these bytes, all of them durable.
    #[must_use]
    pub fn from_image(image: Vec<u8>) -> Self {
        let platter = Platter {
            view: image.clone(),
            durable: image,
            ..Platter::default()
        };
        Self {
            platter: Arc::new(Mutex::new(platter)),
        }
    }

    /// Another opening of the disk, to be given to redb.
    #[must_use]
    pub fn handle(&self) -> DiskHandle {
        let mut platter = self.lock();
        platter.next_handle += 1;
        DiskHandle::new(self.platter.clone(), platter.next_handle)
    }

    /// The disk after a power cut at this moment.
    ///
    /// Every sector written since the last sync is there, or not, or has one of the contents it was
    /// given in between; the seed chooses, also among the typical cuts: nothing survives, all does,
    /// a beginning, the last write alone. Lengths are kept in order, as a journal of metadata does.
    /// This disk itself is left as it is; a crashed process may not go on using it.
    #[must_use]
    pub fn crash(&self, seed: u64) -> Self {
        let platter = self.lock();
        Self::from_image(cut::image_after_cut(
            &platter.durable,
            &platter.pending,
            seed,
        ))
    }

    /// The `calls`-th call from now (0 is the next one) fails once.
    ///
    /// With [`DiskFault::NoSpace`] it is the first writing call from there on.
    pub fn fail_after(&self, calls: u64, fault: DiskFault) {
        let mut platter = self.lock();
        platter.plan = Some(Plan {
            at_call: platter.calls + calls,
            fault,
            lasting: false,
        });
    }

    /// From the `calls`-th call on every call fails, until [`heal`](ForgettingDisk::heal).
    pub fn fail_from(&self, calls: u64, fault: DiskFault) {
        let mut platter = self.lock();
        platter.plan = Some(Plan {
            at_call: platter.calls + calls,
            fault,
            lasting: true,
        });
    }

    /// Withdraws a planned or lasting fault, makes room, and allows writing.
    pub fn heal(&self) {
        let mut platter = self.lock();
        platter.plan = None;
        platter.refusing = None;
    }

    /// Whether the disk is full: every write and every growth fails, as on a copy-on-write disk.
    pub fn set_full(&self, full: bool) {
        self.lock().refusing = full.then_some(DiskFault::NoSpace);
    }

    /// Whether the disk refuses every write, as one mounted read-only does.
    pub fn set_read_only(&self, read_only: bool) {
        self.lock().refusing = read_only.then_some(DiskFault::ReadOnly);
    }

    /// How many calls the disk has had; locks do not count.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// How many syncs have succeeded.
    #[must_use]
    pub fn syncs(&self) -> u64 {
        self.lock().syncs
    }

    /// What a read of the whole disk would answer now.
    #[must_use]
    pub fn image(&self) -> Vec<u8> {
        self.lock().view.clone()
    }

    /// What is sure to survive a cut.
    #[must_use]
    pub fn durable_image(&self) -> Vec<u8> {
        self.lock().durable.clone()
    }

    /// Begins to record what is done to the disk, so that it can be cut at any point afterwards.
    pub fn start_trace(&self) {
        let mut platter = self.lock();
        platter.trace = Some(DiskTrace::new(
            platter.durable.clone(),
            platter.pending.clone(),
        ));
    }

    /// How many changes the running trace holds; zero without one.
    #[must_use]
    pub fn trace_len(&self) -> usize {
        self.lock().trace.as_ref().map_or(0, DiskTrace::len)
    }

    /// Ends recording and gives the trace, if there was one.
    #[must_use]
    pub fn take_trace(&self) -> Option<DiskTrace> {
        self.lock().trace.take()
    }

    fn lock(&self) -> MutexGuard<'_, Platter> {
        self.platter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ForgettingDisk {
    fn default() -> Self {
        Self::new()
    }
}

impl Platter {
    /// Counts a call and says how it fails, if it does.
    fn count(&mut self, call: Call) -> Option<DiskFault> {
        let now = self.calls;
        self.calls += 1;
        if call == Call::Write && self.refusing.is_some() {
            return self.refusing;
        }
        let plan = self.plan.filter(|plan| now >= plan.at_call)?;
        let about_writing = matches!(plan.fault, DiskFault::NoSpace | DiskFault::ReadOnly);
        if about_writing && call == Call::Look {
            return None;
        }
        if !plan.lasting {
            self.plan = None;
        }
        Some(plan.fault)
    }

    fn change(&mut self, change: Change) {
        if let Some(trace) = &mut self.trace {
            trace.record(trace::Step::Change(change.clone()));
        }
        change.apply(&mut self.view);
        self.pending.push(change);
    }

    fn sync(&mut self) {
        if let Some(trace) = &mut self.trace {
            trace.record(trace::Step::Sync);
        }
        self.syncs += 1;
        for change in self.pending.drain(..) {
            change.apply(&mut self.durable);
        }
    }

    fn fail_sync(&mut self, fault: DiskFault) {
        self.pending.clear();
        if fault == DiskFault::IoReverting {
            self.view = self.durable.clone();
        }
    }
}

impl Change {
    fn apply(&self, image: &mut Vec<u8>) {
        match self {
            Change::SetLen(len) => set_len(image, usize::try_from(*len).unwrap_or(usize::MAX)),
            Change::Write(offset, data) => {
                let start = usize::try_from(*offset).unwrap_or(usize::MAX);
                let end = start.saturating_add(data.len());
                if image.len() < end {
                    set_len(image, end);
                }
                if let Some(place) = image.get_mut(start..end) {
                    place.copy_from_slice(data);
                }
            }
        }
    }
}

/// `Vec::resize` by blocks: it is a loop over bytes when this crate is not optimised.
fn set_len(image: &mut Vec<u8>, len: usize) {
    image.truncate(len);
    image.extend_from_slice(&vec![0; len - image.len()]);
}

impl DiskFault {
    fn to_error(self) -> io::Error {
        match self {
            DiskFault::NoSpace => ErrorKind::StorageFull.into(),
            DiskFault::ReadOnly => ErrorKind::ReadOnlyFilesystem.into(),
            // The standard library has no stable name for EIO.
            DiskFault::Io | DiskFault::IoReverting => io::Error::other("simulated disk error"),
        }
    }
}

#[cfg(test)]
mod tests;
