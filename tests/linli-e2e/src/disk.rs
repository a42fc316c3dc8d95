//! A disk that is full, or read-only: a small file system of its own, mounted for one test.
//!
//! Mounting takes the right to do so. Where it is missing the test fails and says so; it is not left out.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const FILLER: &str = "filler";

/// A file system in memory, of so many MiB; unmounted when dropped.
#[derive(Debug)]
pub struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    /// Mounts it on a new folder.
    ///
    /// # Panics
    /// With the reason, where it cannot be mounted.
    #[must_use]
    pub fn mount(at: &Path, mib: u32) -> Self {
        std::fs::create_dir_all(at).expect("a folder to mount on");
        let size = format!("size={mib}m,mode=0700");
        mount(&["-t", "tmpfs", "-o", &size, "linli-e2e"], at);
        Self { at: at.to_owned() }
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Leaves no byte free.
    ///
    /// # Panics
    /// When writing fails for another reason than a full disk.
    pub fn fill(&self) {
        let mut filler = File::create(self.at.join(FILLER)).expect("a file on the small disk");
        let block = [0x5a_u8; 4096];
        loop {
            match filler.write_all(&block) {
                Ok(()) => {}
                Err(e) if e.kind() == ErrorKind::StorageFull => return,
                Err(e) => panic!("the disk does not fill: {e}"),
            }
        }
    }

    /// Makes room again.
    ///
    /// # Panics
    /// When it was not filled.
    pub fn free(&self) {
        std::fs::remove_file(self.at.join(FILLER)).expect("the filler is removed");
    }

    /// Makes it read-only, or writable again.
    pub fn set_read_only(&self, read_only: bool) {
        let how = if read_only {
            "remount,ro"
        } else {
            "remount,rw"
        };
        mount(&["-o", how], &self.at);
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _left = Command::new("umount").arg("-l").arg(&self.at).status();
    }
}

fn mount(how: &[&str], at: &Path) {
    let done = Command::new("mount").args(how).arg(at).output();
    let output = done.unwrap_or_else(|e| {
        panic!("this test mounts a small disk, and `mount` does not start: {e}")
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "this test mounts a small disk, which takes root's rights here: {said}"
    );
}
