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

/// A file whose one page is written over and over: no file grows, so the file system has nothing to note.
pub struct InPlace(File);

impl InPlace {
    /// A new file of one page.
    ///
    /// # Errors
    /// The disk.
    pub fn new(dir: &Path) -> Result<Self> {
        let mut file = File::create(dir.join("in-place"))?;
        file.write_all(&[0; PAGE])?;
        file.sync_all()?;
        Ok(Self(file))
    }

    /// One write with `fdatasync`.
    ///
    /// # Errors
    /// The disk.
    pub fn once(&mut self) -> Result<Duration> {
        let (done, took) = timed(|| {
            self.0.seek(SeekFrom::Start(0))?;
            self.0.write_all(&[0x5a; PAGE])?;
            self.0.sync_data()
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
