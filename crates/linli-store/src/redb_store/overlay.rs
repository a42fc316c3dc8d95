//! Holds back what redb writes while it opens a file, until we know we may touch that file.
//!
//! redb writes as soon as it opens: it repairs after a crash and marks the file as in use. We want
//! the opposite: a store of a newer schema must stay byte for byte as it was (I14), replaying must
//! write nothing (I13), and a full or read-only disk must still be readable (L3). So redb talks to
//! this layer. Until [`Overlay::settle`] its writes are kept here, in order, with its syncs, and
//! reads see them; dropped unsettled, they never happened. Settling plays them to the disk in the
//! same order, so a cut in the middle is one redb already knows how to recover from. From then on
//! every call passes straight through.
//!
//! Only opening is held, which writes a few pages; a commit settles first.

use super::fault::{MISSING, fault_of_io};
use crate::port::StoreFault;
use redb::{BackendError, StorageBackend};
use std::fmt;
use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A file never born holds only this first page; redb writes its first other page after birth.
const FIRST_PAGE: u64 = 4096;
/// redb marks a file as its own with these nine bytes, written last when it creates one.
const MAGIC_LEN: u64 = 9;
/// A new file is about 1.1 MiB; anything much longer has lived and is not taken for unborn.
const UNBORN_MAX: u64 = 16 << 20;
/// How much is read and written at once where a range is walked.
const CHUNK: usize = 64 << 10;

/// The layer between redb and the disk. Cheap to clone: all clones are the same layer.
#[derive(Clone)]
pub(super) struct Overlay {
    state: Arc<Mutex<State>>,
}

struct State {
    base: Box<dyn StorageBackend>,
    mode: Mode,
    /// Ranges written to the disk since its last successful sync.
    unsynced: Vec<(u64, u64)>,
    sync_failed: bool,
    may_create: bool,
    fault: Option<StoreFault>,
}

enum Mode {
    /// Nothing asked yet; redb's locks are not taken, so the file is not looked at.
    New,
    /// Writes are kept.
    Held(Held),
    /// Writes go to the disk.
    Through,
    /// Settling failed half-way; redb must not write what would follow.
    Dead,
}

struct Held {
    ops: Vec<Op>,
    base_len: u64,
    len: u64,
}

enum Op {
    Write(u64, Vec<u8>),
    SetLen(u64),
    Sync,
}

impl Overlay {
    /// `may_create` says whether an empty file may become a store; otherwise it is a fault.
    pub(super) fn new(base: Box<dyn StorageBackend>, may_create: bool) -> Self {
        let state = State {
            base,
            mode: Mode::New,
            unsynced: Vec::new(),
            sync_failed: false,
            may_create,
            fault: None,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// The first fault the disk reported, if any; redb refuses to go on after one.
    pub(super) fn fault(&self) -> Option<StoreFault> {
        self.lock().fault
    }

    /// Whether writes are still held back.
    pub(super) fn is_held(&self) -> bool {
        matches!(self.lock().mode, Mode::New | Mode::Held(_))
    }

    /// Plays what was held to the disk; from now on writes go there at once.
    pub(super) fn settle(&self) -> Result<(), StoreFault> {
        let mut state = self.lock();
        match std::mem::replace(&mut state.mode, Mode::Dead) {
            Mode::Held(held) => {
                for op in &held.ops {
                    state.play(op).map_err(|error| fault_of_io(&error))?;
                }
                state.mode = Mode::Through;
                Ok(())
            }
            Mode::New => {
                state.mode = Mode::Through;
                Ok(())
            }
            Mode::Through => {
                state.mode = Mode::Through;
                Ok(())
            }
            Mode::Dead => Err(state.fault.unwrap_or(StoreFault::Closed)),
        }
    }

    /// Empties the file after settling a new store failed: nothing of it was acknowledged, and a
    /// failed sync may have left it looking better than it is.
    pub(super) fn undo_creation(&self) {
        let state = self.lock();
        // If the disk refuses this too, the next opening meets an unborn file or a fault.
        let _ = state.base.set_len(0).and_then(|()| state.base.sync_data());
    }

    /// The ranges whose durability is unknown because a sync over them failed.
    pub(super) fn suspect(&self) -> Vec<(u64, u64)> {
        let mut state = self.lock();
        if state.sync_failed {
            std::mem::take(&mut state.unsynced)
        } else {
            Vec::new()
        }
    }

    /// Writes back what the disk now answers for these ranges, and syncs.
    ///
    /// After a failed sync a kernel may call pages clean that never reached the disk. A later
    /// successful sync would then cover less than we believe. Writing the bytes again makes them
    /// dirty again; whether they are a whole commit is judged afterwards by redb's checksums.
    pub(super) fn rewrite(&self, ranges: &[(u64, u64)]) -> Result<(), StoreFault> {
        let mut state = self.lock();
        let result = state.rewrite(ranges);
        state.note(result).map_err(|error| fault_of_io(&error))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.fault.get_or_insert(fault_of_io(error));
        }
        result
    }

    fn play(&mut self, op: &Op) -> io::Result<()> {
        match op {
            Op::Write(offset, data) => self.play_write(*offset, data),
            Op::SetLen(len) => self.play_set_len(*len),
            Op::Sync => self.play_sync(),
        }
    }

    fn play_write(&mut self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.unsynced.push((offset, data.len() as u64));
        let result = self.base.write(offset, data);
        self.note(result)
    }

    fn play_set_len(&mut self, len: u64) -> io::Result<()> {
        let result = self.base.set_len(len);
        self.note(result)
    }

    fn play_sync(&mut self) -> io::Result<()> {
        let result = self.base.sync_data();
        match result {
            Ok(()) => self.unsynced.clear(),
            Err(_) => self.sync_failed = true,
        }
        self.note(result)
    }

    fn write(&mut self, offset: u64, data: &[u8]) -> io::Result<()> {
        match self.held()? {
            Some(held) => held.keep(Op::Write(offset, data.to_vec())),
            None => self.play_write(offset, data)?,
        }
        Ok(())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        match self.held()? {
            Some(held) => held.keep(Op::SetLen(len)),
            None => self.play_set_len(len)?,
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        match self.held()? {
            Some(held) => held.keep(Op::Sync),
            None => self.play_sync()?,
        }
        Ok(())
    }

    /// What is held back, or `None` if everything goes to the disk at once.
    fn held(&mut self) -> io::Result<Option<&mut Held>> {
        self.begin()?;
        match &mut self.mode {
            Mode::Held(held) => Ok(Some(held)),
            Mode::Through => Ok(None),
            Mode::New | Mode::Dead => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Looks at the file for the first time. redb calls after it has taken its locks.
    fn begin(&mut self) -> io::Result<()> {
        if matches!(self.mode, Mode::New) {
            let look = self
                .base
                .len()
                .and_then(|len| Ok((len, is_unborn(&*self.base, len)?)));
            let (base_len, unborn) = self.note(look)?;
            if !self.may_create && (unborn || base_len == 0) {
                self.fault.get_or_insert(MISSING);
                return Err(io::ErrorKind::NotFound.into());
            }
            let mut held = Held {
                ops: Vec::new(),
                base_len,
                len: base_len,
            };
            if unborn {
                held.keep(Op::SetLen(0));
            }
            self.mode = Mode::Held(held);
        }
        Ok(())
    }

    fn read(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.begin()?;
        let result = match &self.mode {
            Mode::Held(held) => held.read(&*self.base, offset, out),
            Mode::Through => self.base.read(offset, out),
            Mode::New | Mode::Dead => Err(io::ErrorKind::BrokenPipe.into()),
        };
        self.note(result)
    }

    fn len(&mut self) -> io::Result<u64> {
        self.begin()?;
        let result = match &self.mode {
            Mode::Held(held) => Ok(held.len),
            Mode::Through => self.base.len(),
            Mode::New | Mode::Dead => Err(io::ErrorKind::BrokenPipe.into()),
        };
        self.note(result)
    }

    fn rewrite(&mut self, ranges: &[(u64, u64)]) -> io::Result<()> {
        let end = self.base.len()?;
        let mut buffer = vec![0; CHUNK];
        for (start, len) in ranges {
            let stop = start.saturating_add(*len).min(end);
            let mut at = *start;
            while at < stop {
                let part = buffer
                    .len()
                    .min(usize::try_from(stop - at).unwrap_or(CHUNK));
                let chunk = buffer.get_mut(..part).unwrap_or_default();
                self.base.read(at, chunk)?;
                self.base.write(at, chunk)?;
                at += part as u64;
            }
        }
        self.base.sync_data()
    }
}

impl Held {
    fn keep(&mut self, op: Op) {
        match &op {
            Op::Write(offset, data) => self.len = self.len.max(offset + data.len() as u64),
            Op::SetLen(len) => self.len = *len,
            Op::Sync => {}
        }
        self.ops.push(op);
    }

    fn read(&self, base: &dyn StorageBackend, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if offset.saturating_add(out.len() as u64) > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let on_disk = position(self.base_len, offset, out.len());
        let (from_base, beyond) = out.split_at_mut(on_disk);
        if !from_base.is_empty() {
            base.read(offset, from_base)?;
        }
        beyond.fill(0);
        for op in &self.ops {
            match op {
                Op::Write(at, data) => {
                    let to = position(*at, offset, out.len())
                        ..position(at + data.len() as u64, offset, out.len());
                    let from = position(offset, *at, data.len());
                    let from = from..from + to.len();
                    if let (Some(place), Some(new)) = (out.get_mut(to), data.get(from)) {
                        place.copy_from_slice(new);
                    }
                }
                Op::SetLen(len) => {
                    let cut = position(*len, offset, out.len());
                    out.get_mut(cut..).unwrap_or_default().fill(0);
                }
                Op::Sync => {}
            }
        }
        Ok(())
    }
}

/// Where the file offset `at` lies inside a window of `len` bytes that begins at `offset`, clamped.
fn position(at: u64, offset: u64, len: usize) -> usize {
    usize::try_from(at.saturating_sub(offset)).map_or(len, |inside| inside.min(len))
}

/// Whether a power cut ended the creation of this file before redb put its mark on it.
///
/// Nothing can have been acknowledged then, so it may be created again. A file that lost its mark
/// to damage has other pages in it and is refused instead: it must not come back empty (I9).
fn is_unborn(base: &dyn StorageBackend, len: u64) -> io::Result<bool> {
    if len == 0 || len > UNBORN_MAX {
        return Ok(false);
    }
    Ok(is_zero(base, 0, len.min(MAGIC_LEN))? && is_zero(base, FIRST_PAGE.min(len), len)?)
}

fn is_zero(base: &dyn StorageBackend, from: u64, to: u64) -> io::Result<bool> {
    let mut buffer = vec![0; CHUNK];
    let mut at = from;
    while at < to {
        let part = buffer.len().min(usize::try_from(to - at).unwrap_or(CHUNK));
        let chunk = buffer.get_mut(..part).unwrap_or_default();
        base.read(at, chunk)?;
        if chunk.iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        at += part as u64;
    }
    Ok(true)
}

impl fmt::Debug for Overlay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Overlay")
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        self.lock().len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.lock().read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.lock().set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.lock().sync()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.lock().write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.lock().base.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.lock().base.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.lock().base.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.lock().base.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.lock().base.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.lock().base.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.lock().base.query_lock_range(start, end)
    }
}

#[cfg(test)]
mod tests;
