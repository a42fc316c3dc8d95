//! The lock of whoever makes a home in a folder or takes one back.

use crate::api::Fault;
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Locked while it is there; empty.
pub(super) const LOCK_FILE: &str = "home.lock";
/// How often a lock is asked for that somebody else takes away while it is opened.
const TRIES: usize = 16;

/// Held from before the first file of a home. When it is dropped its file goes, and so do the folders that were made
/// for it if nothing came into them: whoever is refused leaves nothing behind.
#[derive(Debug)]
pub(super) struct Making {
    file: File,
    path: PathBuf,
    /// The innermost first.
    made: Vec<PathBuf>,
}

impl Making {
    /// Takes the lock of a folder that is there.
    ///
    /// # Errors
    /// `home-busy` while somebody else has it; `cannot-create-home`.
    pub(super) fn lock(dir: &Path) -> Result<Self, Fault> {
        let path = dir.join(LOCK_FILE);
        for _ in 0..TRIES {
            let mut options = File::options();
            let file = options.create(true).truncate(false).write(true);
            let file = file.open(&path).map_err(fault)?;
            match file.try_lock() {
                Ok(()) if !is_at(&file, &path) => {}
                // Some file systems have no locks.
                Ok(()) | Err(TryLockError::Error(_)) => {
                    return Ok(Self {
                        file,
                        path,
                        made: Vec::new(),
                    });
                }
                Err(TryLockError::WouldBlock) => break,
            }
        }
        Err(Fault::busy("home-busy"))
    }

    /// As [`Self::lock`], and makes the folder.
    pub(super) fn begin(dir: &Path) -> Result<Self, Fault> {
        let missing = dir.ancestors().filter(|one| !one.as_os_str().is_empty());
        let made: Vec<PathBuf> = missing
            .take_while(|one| !one.exists())
            .map(Path::to_path_buf)
            .collect();
        let locked = std::fs::create_dir_all(dir)
            .map_err(fault)
            .and_then(|()| Self::lock(dir));
        match locked {
            Ok(mut lock) => {
                lock.made = made;
                Ok(lock)
            }
            Err(fault) => {
                remove_empty(&made);
                Err(fault)
            }
        }
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        // While it is locked. Where one cannot tell whether a lock is still the folder's, it stays: two files would be
        // two locks.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = std::fs::remove_file(&self.path);
        }
        remove_empty(&self.made);
    }
}

fn fault(e: std::io::Error) -> Fault {
    let kind = match e.kind() {
        // Its folder went with somebody else's refused try.
        ErrorKind::NotFound => return Fault::busy("home-busy"),
        kind => kind,
    };
    Fault::storage("cannot-create-home").with("kind", kind)
}

fn remove_empty(made: &[PathBuf]) {
    for dir in made {
        if std::fs::remove_dir(dir).is_err() {
            break;
        }
    }
}

/// Whether this is the file of that name, and not one that was there before it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
