//! One opening of a simulated disk: what redb sees as its file.

use super::{Call, Change, DiskFault, Platter, SECTOR};
use redb::{BackendError, StorageBackend};
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An open file on a [`ForgettingDisk`](super::ForgettingDisk).
///
/// Locks belong to the handle: a second handle cannot lock the disk while this one does. Closing or
/// dropping it gives the lock back.
#[derive(Debug)]
pub struct DiskHandle {
    platter: Arc<Mutex<Platter>>,
    id: u64,
}

impl DiskHandle {
    pub(super) fn new(platter: Arc<Mutex<Platter>>, id: u64) -> Self {
        Self { platter, id }
    }

    fn lock(&self) -> MutexGuard<'_, Platter> {
        self.platter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn release(&self) {
        self.lock().locks.retain(|(holder, _)| *holder != self.id);
    }

    fn try_take(
        &self,
        range: (Bound<u64>, Bound<u64>),
        shared: bool,
    ) -> Result<bool, BackendError> {
        if !is_whole(range) {
            return Err(BackendError::Unsupported);
        }
        let mut platter = self.lock();
        let free = platter
            .locks
            .iter()
            .all(|(holder, theirs)| *holder == self.id || (shared && *theirs));
        if free {
            platter.locks.push((self.id, shared));
        }
        Ok(free)
    }
}

/// redb asks for finer locks first and is content with this one, as on simple file systems.
fn is_whole((start, end): (Bound<u64>, Bound<u64>)) -> bool {
    matches!(start, Bound::Unbounded | Bound::Included(0)) && end == Bound::Unbounded
}

impl StorageBackend for DiskHandle {
    fn len(&self) -> io::Result<u64> {
        let mut platter = self.lock();
        match platter.count(Call::Look) {
            Some(fault) => Err(fault.to_error()),
            None => Ok(platter.view.len() as u64),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut platter = self.lock();
        if let Some(fault) = platter.count(Call::Look) {
            return Err(fault.to_error());
        }
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        match platter.view.get(start..start.saturating_add(out.len())) {
            Some(bytes) => {
                out.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(ErrorKind::UnexpectedEof.into()),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut platter = self.lock();
        if let Some(fault) = platter.count(Call::Write) {
            let shrinks = len <= platter.view.len() as u64;
            if !(shrinks && fault == DiskFault::NoSpace) {
                return Err(fault.to_error());
            }
        }
        platter.change(Change::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut platter = self.lock();
        if let Some(fault) = platter.count(Call::Sync) {
            platter.fail_sync(fault);
            return Err(fault.to_error());
        }
        platter.sync();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut platter = self.lock();
        if let Some(fault) = platter.count(Call::Write) {
            // Half of it arrives, in whole sectors: the caller cannot know how much.
            let sectors = data.len().div_ceil(SECTOR) / 2;
            let half = data.get(..sectors * SECTOR).unwrap_or_default();
            if fault != DiskFault::ReadOnly && !half.is_empty() {
                platter.change(Change::Write(offset, half.to_vec()));
            }
            return Err(fault.to_error());
        }
        platter.change(Change::Write(offset, data.to_vec()));
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.release();
        Ok(())
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.try_take((start, end), false)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.try_take((start, end), true)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        if !is_whole((start, end)) {
            return Err(BackendError::Unsupported);
        }
        self.release();
        Ok(())
    }
}

impl Drop for DiskHandle {
    fn drop(&mut self) {
        self.release();
    }
}
