//! The disk bare, as the limit, and the product's own store on it.

use crate::clock::timed;
use anyhow::Result;
use linli_base::Dice;
use linli_store::{DbKey, RedbOptions, RedbStore, Sealed, Store};
use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Duration;

use crate::world::Seeded;

/// One page of a disk.
const PAGE: usize = 4096;
/// Pages of the scattered file.
const PAGES: u64 = 1024;
/// Pages that redb writes for the commit of one comment, as seen with `strace`.
pub const COMMIT_PAGES: usize = 12;

/// A file that bytes are appended to, each time synced: what nobody can be faster than on this disk.
pub struct Appended {
    file: File,
    bytes: Vec<u8>,
}

impl Appended {
    /// A new file for writes of so many bytes.
    ///
    /// # Errors
    /// The disk.
    pub fn new(dir: &Path, len: usize) -> Result<Self> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(dir.join("appended"))?;
        file.sync_all()?;
        Ok(Self {
            file,
            bytes: vec![0x5a; len],
        })
    }

    /// One append with `fdatasync`.
    ///
    /// # Errors
    /// The disk.
    pub fn once(&mut self) -> Result<Duration> {
        let (done, took) = timed(|| {
            self.file.write_all(&self.bytes)?;
            self.file.sync_data()
        });
        done?;
        Ok(took)
    }
}

/// A file in which scattered pages are written over, synced together: what a commit of a copy-on-write tree does
/// to a disk, without the tree.
pub struct Scattered {
    file: File,
    next: u64,
}

impl Scattered {
    /// A new file of 4 MiB.
    ///
    /// # Errors
    /// The disk.
    pub fn new(dir: &Path) -> Result<Self> {
        let mut file = File::create(dir.join("scattered"))?;
        for _ in 0..PAGES {
            file.write_all(&[0; PAGE])?;
        }
        file.sync_all()?;
        Ok(Self { file, next: 0 })
    }

    /// [`COMMIT_PAGES`] pages and one `fdatasync`.
    ///
    /// # Errors
    /// The disk.
    pub fn once(&mut self) -> Result<Duration> {
        let (done, took) = timed(|| {
            for _ in 0..COMMIT_PAGES {
                // Any odd step visits every page of a power of two.
                self.next = (self.next + 389) % PAGES;
                self.file.seek(SeekFrom::Start(self.next * PAGE as u64))?;
                self.file.write_all(&[0x5a; PAGE])?;
            }
            self.file.sync_data()
        });
        done?;
        Ok(took)
    }
}

/// The product's store in a new file: redb below, sealed above, as a home has it.
///
/// # Errors
/// The disk.
pub fn sealed_file(dir: &Path, name: &str) -> Result<Box<dyn Store>> {
    let store = RedbStore::open_path(&dir.join(format!("{name}.redb")), RedbOptions::default())?;
    let mut dice = Seeded::new(0x5a17);
    let (key, salt) = (dice.bytes(), dice.bytes());
    Ok(Box::new(Sealed::open(store, &DbKey::new(key), salt)?))
}
