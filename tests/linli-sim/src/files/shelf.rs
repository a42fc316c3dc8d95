//! The shelf of a home, which outlives its program: in memory or in a folder, with the product's own code below and faults of
//! a disk around it.

use super::FilePlant;
use crate::dice::SimDice;
use linli_node::drive::{BlobId, FileShelf, MemoryShelf, Shelf, ShelfFault};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Bytes of a group: what a part is cut down to.
pub(super) const GROUP: usize = linli_net::blob::GROUP;

enum On {
    Memory(MemoryShelf),
    Folder(TempDir, FileShelf),
}

struct Kept {
    on: On,
    /// Made for a record that is about to be written, where there is no folder.
    staged: BTreeMap<BlobId, Vec<u8>>,
    full: bool,
    /// What went, since it was last asked.
    removed: Vec<BlobId>,
    /// What a full disk refused, since it was last asked.
    refused: Vec<(BlobId, u64)>,
    /// With a fault: of what it has forgotten that something had come.
    forgotten: BTreeSet<BlobId>,
    plant: Option<FilePlant>,
}

/// Clones are the same shelf.
#[derive(Clone)]
pub(super) struct SimShelf(Arc<Mutex<Kept>>);

impl SimShelf {
    pub(super) fn new(in_folder: bool, plant: Option<FilePlant>) -> Result<Self, String> {
        let on = if in_folder {
            let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
            let shelf = FileShelf::of_home(dir.path());
            On::Folder(dir, shelf)
        } else {
            On::Memory(MemoryShelf::default())
        };
        Ok(Self(Arc::new(Mutex::new(Kept {
            on,
            staged: BTreeMap::new(),
            full: false,
            removed: Vec::new(),
            refused: Vec::new(),
            forgotten: BTreeSet::new(),
            plant,
        }))))
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another program of this home has sealed something.
    pub(super) fn stage(&self, id: BlobId, bytes: &[u8]) -> Result<(), String> {
        let mut kept = self.lock();
        match kept.path(&id, "new") {
            Some(path) => write(&path, bytes),
            None => {
                kept.staged.insert(id, bytes.to_vec());
                Ok(())
            }
        }
    }

    pub(super) fn set_full(&self, full: bool) {
        self.lock().full = full;
    }

    /// What went since this was asked the last time, and what a full disk refused.
    pub(super) fn take(&self) -> (Vec<BlobId>, Vec<(BlobId, u64)>) {
        let mut kept = self.lock();
        let removed = std::mem::take(&mut kept.removed);
        (removed, std::mem::take(&mut kept.refused))
    }

    /// The power goes. By blob that was on its way, how many bytes must be fetched again, and whether the end of what is left
    /// is full of noughts.
    pub(super) fn crash(&self, dice: &mut SimDice) -> Result<Vec<(BlobId, u64, bool)>, String> {
        let mut kept = self.lock();
        let mut lost = Vec::new();
        for id in kept.shelf().all() {
            let size = id.size as usize;
            if kept.shelf().has(&id) {
                // The name was not durable yet; the bytes were.
                let was = if dice.chance(500) { "part" } else { "new" };
                if dice.chance(150)
                    && let (Some(blob), Some(was)) = (kept.path(&id, "blob"), kept.path(&id, was))
                {
                    std::fs::rename(blob, was).map_err(|e| e.to_string())?;
                }
                continue;
            }
            let come = kept.shelf().come(&id);
            if kept.plant == Some(FilePlant::BeginsAnew) {
                kept.forgotten.insert(id);
            }
            let mut bytes = kept.part(&id)?;
            let noughts = come > 0 && dice.chance(100);
            let again = if noughts {
                let from = dice.index(come);
                bytes[from..].fill(0);
                size
            } else {
                // Any length, also in the middle of a group.
                bytes.truncate(usize::try_from(dice.range(0, come as u64)).unwrap_or(0));
                come - bytes.len() / GROUP * GROUP
            };
            kept.put_part(&id, bytes)?;
            lost.push((id, again as u64, noughts));
        }
        Ok(lost)
    }

    /// The disk has changed a byte of what is whole here.
    pub(super) fn rot(&self, id: &BlobId, at: usize) -> Result<(), String> {
        let mut kept = self.lock();
        match kept.path(id, "blob") {
            Some(path) => {
                let mut bytes = std::fs::read(&path).map_err(|e| e.to_string())?;
                bytes[at] ^= 1;
                write(&path, &bytes)
            }
            None => {
                if let On::Memory(memory) = &mut kept.on
                    && let Some(bytes) = memory.held.get_mut(id)
                {
                    bytes[at] ^= 1;
                }
                Ok(())
            }
        }
    }

    /// What has come of a blob, in whole groups.
    pub(super) fn proven(&self, id: &BlobId) -> Result<Vec<u8>, String> {
        let kept = self.lock();
        if kept.shelf().has(id) {
            return Ok(kept.unlooked(id).unwrap_or_default());
        }
        if kept.shelf().come(id) == 0 {
            return Ok(Vec::new());
        }
        let mut bytes = kept.part(id)?;
        bytes.truncate(bytes.len() / GROUP * GROUP);
        Ok(bytes)
    }

    /// Blobs that are on their way.
    pub(super) fn parts(&self) -> Vec<BlobId> {
        let kept = self.lock();
        let mut all = kept.shelf().all();
        all.retain(|id| !kept.shelf().has(id) && kept.shelf().come(id) > 0);
        all
    }

    /// The disk has lost it, and says nothing.
    pub(super) fn lose(&self, id: &BlobId) {
        self.lock().shelf_mut().remove(id);
    }
}

fn write(path: &PathBuf, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().ok_or("a folder")?;
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    std::fs::write(path, bytes).map_err(|e| e.to_string())
}

impl Kept {
    fn shelf(&self) -> &dyn Shelf {
        match &self.on {
            On::Memory(shelf) => shelf,
            On::Folder(_, shelf) => shelf,
        }
    }

    fn shelf_mut(&mut self) -> &mut dyn Shelf {
        match &mut self.on {
            On::Memory(shelf) => shelf,
            On::Folder(_, shelf) => shelf,
        }
    }

    /// Where a file lies, by docs/formats/attachment.md; `None` in memory.
    fn path(&self, id: &BlobId, ending: &str) -> Option<PathBuf> {
        let On::Folder(dir, _) = &self.on else {
            return None;
        };
        let name = format!("{}.{ending}", id.file_name());
        Some(dir.path().join("blobs").join(name))
    }

    /// What has come of a blob.
    fn part(&self, id: &BlobId) -> Result<Vec<u8>, String> {
        match (&self.on, self.path(id, "part")) {
            (On::Memory(memory), _) => Ok(memory.held.get(id).cloned().unwrap_or_default()),
            (_, Some(path)) => std::fs::read(path).map_err(|e| e.to_string()),
            _ => Ok(Vec::new()),
        }
    }

    fn put_part(&mut self, id: &BlobId, bytes: Vec<u8>) -> Result<(), String> {
        let path = self.path(id, "part");
        match (&mut self.on, path) {
            (On::Memory(memory), _) => {
                memory.held.insert(*id, bytes);
                Ok(())
            }
            (_, Some(path)) => write(&path, &bytes),
            _ => Ok(()),
        }
    }

    /// Whatever has the right length, unlooked at.
    fn unlooked(&self, id: &BlobId) -> Option<Vec<u8>> {
        match (&self.on, self.path(id, "blob")) {
            (On::Memory(memory), _) => memory.held.get(id).cloned(),
            (_, Some(path)) => std::fs::read(path).ok(),
            _ => None,
        }
        .filter(|bytes| bytes.len() == id.size as usize)
    }
}

impl Shelf for SimShelf {
    fn whole(&self, id: &BlobId) -> Option<Vec<u8>> {
        let kept = self.lock();
        if kept.plant == Some(FilePlant::LooksAtNoHash) {
            return kept.unlooked(id);
        }
        kept.shelf().whole(id)
    }

    fn has(&self, id: &BlobId) -> bool {
        self.lock().shelf().has(id)
    }

    fn come(&self, id: &BlobId) -> usize {
        let kept = self.lock();
        if kept.forgotten.contains(id) {
            return 0;
        }
        kept.shelf().come(id)
    }

    fn put(&mut self, id: &BlobId, at: usize, bytes: &[u8]) -> Result<bool, ShelfFault> {
        let mut kept = self.lock();
        if kept.full {
            kept.refused.push((*id, bytes.len() as u64));
            return Err(ShelfFault::Full);
        }
        kept.forgotten.remove(id);
        kept.shelf_mut().put(id, at, bytes)
    }

    fn adopt(&mut self, id: &BlobId) -> Result<bool, ShelfFault> {
        let mut kept = self.lock();
        if kept.shelf_mut().adopt(id)? {
            return Ok(true);
        }
        match kept.staged.remove(id) {
            Some(_) if kept.full => Err(ShelfFault::Full),
            Some(bytes) => kept.shelf_mut().put(id, 0, &bytes),
            None => Ok(false),
        }
    }

    fn all(&self) -> Vec<BlobId> {
        self.lock().shelf().all()
    }

    fn remove(&mut self, id: &BlobId) {
        let mut kept = self.lock();
        if kept.plant != Some(FilePlant::NeverCollects) {
            kept.shelf_mut().remove(id);
            kept.removed.push(*id);
        }
    }
}
