//! Where sealed blobs are kept: whole, or as far as they have come.
//!
//! What has come is proven before it is put here, from the beginning on and without holes, so a blob that was cut off
//! goes on where its file ends. A blob counts as whole only after its hash was looked at once more.

use super::BlobId;
use linli_base::hash::blake3_raw;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Folder of a home.
pub(crate) const FOLDER: &str = "blobs";
/// Endings of the files there.
const WHOLE: &str = "blob";
const PART: &str = "part";
/// Made by another program of this home for an entry that is about to be written.
pub(crate) const NEW: &str = "new";

/// Why something was not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShelfFault {
    /// The disk is full.
    Full,
    /// The disk refuses.
    Disk(ErrorKind),
}

impl From<std::io::Error> for ShelfFault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full
            }
            kind => Self::Disk(kind),
        }
    }
}

/// The port: a disk, or memory where there is none.
pub trait Shelf: Send {
    /// The whole blob; `None` if it is not here.
    fn whole(&self, id: &BlobId) -> Option<Vec<u8>>;
    /// Whether the whole blob is here.
    fn has(&self, id: &BlobId) -> bool;
    /// How many bytes have come.
    fn come(&self, id: &BlobId) -> usize;
    /// Puts what comes next, at the place where the rest ends; `true` once the blob is whole. What turns out not to be
    /// the blob is thrown away.
    ///
    /// # Errors
    /// [`ShelfFault`]; what was there before is there still.
    fn put(&mut self, id: &BlobId, at: usize, bytes: &[u8]) -> Result<bool, ShelfFault>;
    /// Takes over what lies here under another name: what another program of this home has made, and what had come to its
    /// end when the power went. `false` if it is not there or is something else.
    ///
    /// # Errors
    /// [`ShelfFault`].
    fn adopt(&mut self, id: &BlobId) -> Result<bool, ShelfFault>;
    /// Everything that is kept, whole or not.
    fn all(&self) -> Vec<BlobId>;
    /// Forgets a blob and what has come of it.
    fn remove(&mut self, id: &BlobId);
}

/// Files in a folder of the home.
pub struct FileShelf {
    dir: PathBuf,
}

impl FileShelf {
    /// In the folder `blobs` of a home.
    #[must_use]
    pub fn of_home(home: &Path) -> Self {
        Self {
            dir: home.join(FOLDER),
        }
    }

    fn path(&self, id: &BlobId, ending: &str) -> PathBuf {
        self.dir.join(format!("{}.{ending}", id.file_name()))
    }

    fn is_it(id: &BlobId, path: &Path) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::from(id.size) + 1;
        File::open(path)
            .ok()?
            .take(most)
            .read_to_end(&mut bytes)
            .ok()?;
        (bytes.len() == id.size as usize && blake3_raw(&bytes) == id.hash).then_some(bytes)
    }

    /// Forgets what was made for an entry that never came, an hour after.
    pub(crate) fn forget_new(home: &Path, now_ms: u64) {
        let hour_ago = now_ms.saturating_sub(3_600_000);
        let Ok(files) = std::fs::read_dir(home.join(FOLDER)) else {
            return;
        };
        for file in files.flatten() {
            let path = file.path();
            let made_ms = file.metadata().and_then(|meta| meta.modified()).ok();
            let made_ms = made_ms.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let old = made_ms.is_some_and(|at| at.as_millis() < u128::from(hour_ago));
            if path.extension().is_some_and(|ending| ending == NEW) && old {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

impl Shelf for FileShelf {
    fn whole(&self, id: &BlobId) -> Option<Vec<u8>> {
        Self::is_it(id, &self.path(id, WHOLE))
    }

    fn has(&self, id: &BlobId) -> bool {
        let length = std::fs::metadata(self.path(id, WHOLE)).map(|meta| meta.len());
        length.is_ok_and(|length| length == u64::from(id.size))
    }

    fn come(&self, id: &BlobId) -> usize {
        if self.has(id) {
            return id.size as usize;
        }
        let length = std::fs::metadata(self.path(id, PART)).map_or(0, |meta| meta.len());
        usize::try_from(length).unwrap_or(0).min(id.size as usize)
    }

    fn put(&mut self, id: &BlobId, at: usize, bytes: &[u8]) -> Result<bool, ShelfFault> {
        std::fs::create_dir_all(&self.dir)?;
        let part = self.path(id, PART);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&part)?;
        let written = file
            .seek(SeekFrom::Start(at as u64))
            .and_then(|_| file.write_all(bytes));
        if let Err(error) = written {
            // What is half there is not proven: back to where it was.
            let _ = file.set_len(at as u64);
            return Err(error.into());
        }
        if at + bytes.len() < id.size as usize {
            return Ok(false);
        }
        file.sync_all()?;
        drop(file);
        if Self::is_it(id, &part).is_none() {
            std::fs::remove_file(&part)?;
            return Ok(false);
        }
        std::fs::rename(&part, self.path(id, WHOLE))?;
        Ok(true)
    }

    fn adopt(&mut self, id: &BlobId) -> Result<bool, ShelfFault> {
        if self.whole(id).is_some() {
            return Ok(true);
        }
        let full =
            |path: &Path| std::fs::metadata(path).is_ok_and(|m| m.len() >= u64::from(id.size));
        for ending in [NEW, PART] {
            let path = self.path(id, ending);
            if !full(&path) {
                continue;
            }
            if Self::is_it(id, &path).is_some() {
                File::open(&path)?.sync_all()?;
                std::fs::rename(&path, self.path(id, WHOLE))?;
                return Ok(true);
            }
            if ending == PART {
                // Its end came, and it is not what was fetched: nothing of it can be told from the rest.
                std::fs::remove_file(&path)?;
            }
        }
        Ok(false)
    }

    fn all(&self) -> Vec<BlobId> {
        let Ok(files) = std::fs::read_dir(&self.dir) else {
            return Vec::new();
        };
        let id = |file: std::fs::DirEntry| {
            let name = file.file_name();
            let (name, ending) = name.to_str()?.rsplit_once('.')?;
            [WHOLE, PART]
                .contains(&ending)
                .then(|| BlobId::of_file_name(name))?
        };
        let mut all: Vec<BlobId> = files.flatten().filter_map(id).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn remove(&mut self, id: &BlobId) {
        for ending in [WHOLE, PART] {
            let _ = std::fs::remove_file(self.path(id, ending));
        }
    }
}

/// Memory: the simulator's, and the tests'.
#[derive(Default)]
pub struct MemoryShelf {
    /// What has come of each.
    pub held: BTreeMap<BlobId, Vec<u8>>,
    /// The disk takes no more than this many bytes, if it is set.
    pub room: Option<usize>,
}

impl Shelf for MemoryShelf {
    fn whole(&self, id: &BlobId) -> Option<Vec<u8>> {
        let held = self.held.get(id).filter(|_| self.has(id));
        held.filter(|bytes| blake3_raw(bytes) == id.hash).cloned()
    }

    fn has(&self, id: &BlobId) -> bool {
        self.come(id) == id.size as usize
    }

    fn come(&self, id: &BlobId) -> usize {
        self.held.get(id).map_or(0, Vec::len)
    }

    fn put(&mut self, id: &BlobId, at: usize, bytes: &[u8]) -> Result<bool, ShelfFault> {
        let used: usize = self.held.values().map(Vec::len).sum();
        if self.room.is_some_and(|room| used + bytes.len() > room) {
            return Err(ShelfFault::Full);
        }
        let held = self.held.entry(*id).or_default();
        held.resize(at, 0);
        held.extend_from_slice(bytes);
        if held.len() < id.size as usize {
            return Ok(false);
        }
        let whole = blake3_raw(held) == id.hash;
        if !whole {
            self.held.remove(id);
        }
        Ok(whole)
    }

    fn adopt(&mut self, id: &BlobId) -> Result<bool, ShelfFault> {
        Ok(self.has(id))
    }

    fn all(&self) -> Vec<BlobId> {
        self.held.keys().copied().collect()
    }

    fn remove(&mut self, id: &BlobId) {
        self.held.remove(id);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn blob(length: usize) -> (BlobId, Vec<u8>) {
        let bytes: Vec<u8> = (0..length).map(|n| n as u8).collect();
        let id = BlobId {
            hash: blake3_raw(&bytes),
            size: u32::try_from(length).unwrap(),
        };
        (id, bytes)
    }

    /// Both shelves keep to the same.
    fn on_both(check: impl Fn(&mut dyn Shelf)) {
        let dir = tempfile::tempdir().unwrap();
        check(&mut FileShelf::of_home(dir.path()));
        check(&mut MemoryShelf::default());
    }

    #[test]
    fn a_blob_comes_in_parts_and_is_whole_when_its_hash_says_so() {
        on_both(|shelf| {
            let (id, bytes) = blob(40_000);
            assert!(!shelf.put(&id, 0, &bytes[..16_384]).unwrap());
            assert_eq!((shelf.come(&id), shelf.has(&id)), (16_384, false));
            assert_eq!(shelf.whole(&id), None);
            assert_eq!(shelf.all(), [id]);
            assert!(shelf.put(&id, 16_384, &bytes[16_384..]).unwrap());
            assert_eq!(shelf.whole(&id), Some(bytes.clone()));
            assert_eq!(shelf.come(&id), 40_000);
            shelf.remove(&id);
            assert_eq!((shelf.all(), shelf.come(&id)), (vec![], 0));
        });
    }

    #[test]
    fn what_is_not_the_blob_is_thrown_away_at_its_end() {
        on_both(|shelf| {
            let (id, bytes) = blob(20_000);
            shelf.put(&id, 0, &bytes[..16_384]).unwrap();
            assert!(!shelf.put(&id, 16_384, &vec![1; 20_000 - 16_384]).unwrap());
            assert_eq!((shelf.come(&id), shelf.whole(&id)), (0, None));
        });
    }

    #[test]
    fn a_part_outlives_its_program() {
        let dir = tempfile::tempdir().unwrap();
        let (id, bytes) = blob(40_000);
        let mut shelf = FileShelf::of_home(dir.path());
        shelf.put(&id, 0, &bytes[..32_768]).unwrap();
        let mut again = FileShelf::of_home(dir.path());
        assert_eq!(again.come(&id), 32_768);
        assert!(again.put(&id, 32_768, &bytes[32_768..]).unwrap());
    }

    #[test]
    fn what_was_made_here_is_taken_over_if_it_is_what_it_says() {
        let dir = tempfile::tempdir().unwrap();
        let (id, bytes) = blob(100);
        let mut shelf = FileShelf::of_home(dir.path());
        assert!(!shelf.adopt(&id).unwrap());
        std::fs::create_dir_all(dir.path().join(FOLDER)).unwrap();
        let new = shelf.path(&id, NEW);
        std::fs::write(&new, b"something else").unwrap();
        assert!(!shelf.adopt(&id).unwrap());
        std::fs::write(&new, &bytes).unwrap();
        assert_eq!(shelf.all(), [], "not kept yet, so that nobody collects it");
        assert!(shelf.adopt(&id).unwrap());
        assert!(shelf.adopt(&id).unwrap(), "twice is once");
        assert_eq!(shelf.whole(&id), Some(bytes.clone()));
        // The power went before the file had its name: it is here all the same.
        std::fs::rename(shelf.path(&id, WHOLE), shelf.path(&id, PART)).unwrap();
        assert!(!shelf.has(&id) && shelf.adopt(&id).unwrap() && shelf.has(&id));
        shelf.remove(&id);
        std::fs::write(shelf.path(&id, PART), [7; 100]).unwrap();
        assert!(!shelf.adopt(&id).unwrap());
        assert_eq!(shelf.come(&id), 0, "what is something else is begun anew");
        std::fs::write(shelf.path(&id, PART), &bytes[..50]).unwrap();
        assert!(!shelf.adopt(&id).unwrap());
        assert_eq!(shelf.come(&id), 50, "what is on its way stays");
        std::fs::write(&new, &bytes).unwrap();
        assert!(shelf.adopt(&id).unwrap());
        // What nobody took over goes after an hour, and not before.
        std::fs::write(&new, b"x").unwrap();
        FileShelf::forget_new(dir.path(), 0);
        assert!(new.exists());
        FileShelf::forget_new(dir.path(), u64::MAX);
        assert!(!new.exists());
        assert!(shelf.has(&id));
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let full = ShelfFault::from(std::io::Error::from(ErrorKind::StorageFull));
        assert_eq!(full, ShelfFault::Full);
        let (id, bytes) = blob(100);
        let mut shelf = MemoryShelf {
            room: Some(50),
            ..MemoryShelf::default()
        };
        assert_eq!(shelf.put(&id, 0, &bytes), Err(ShelfFault::Full));
        assert_eq!(shelf.come(&id), 0);
        // A folder that is a file.
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FOLDER), b"").unwrap();
        let mut shelf = FileShelf::of_home(dir.path());
        assert!(matches!(
            shelf.put(&id, 0, &bytes),
            Err(ShelfFault::Disk(_))
        ));
    }
}
