//! Writing small secret files so that neither a crash nor another user of the computer gets in between.
//!
//! A file is written beside its place, synced, renamed over it, and the directory synced: after a power cut
//! there is the old file or the new one, whole. On Unix the file is 0600 from its first byte on. Windows has
//! its own access lists, which this module leaves as the account's directory has them; untested there.

use crate::VaultError;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

/// Writes `bytes` to `path`, in one step as seen by others.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let beside = beside(path);
    // A crash may have left one; it holds secrets and nothing of use.
    shred(&beside)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let io = |doing| fault(doing, &beside);
    let mut file = options.open(&beside).map_err(io("create"))?;
    file.write_all(bytes).map_err(io("write"))?;
    file.sync_all().map_err(io("sync"))?;
    drop(file);
    fs::rename(&beside, path).map_err(fault("replace", path))?;
    sync_parent(path)
}

/// Reads a whole small file; `None` when there is none.
pub(crate) fn read(path: &Path, longest: usize) -> Result<Option<Vec<u8>>, VaultError> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(fault("look at", path)(e)),
    };
    if !meta.is_file() {
        return Err(VaultError::NotAFile { path: path.into() });
    }
    let file = File::open(path).map_err(fault("open", path))?;
    // One allocation: a vector that grows leaves secrets behind on the heap.
    let mut bytes = Vec::with_capacity(longest + 1);
    let most = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(fault("read", path))?;
    if bytes.len() > longest {
        return Err(VaultError::Damaged { path: path.into() });
    }
    Ok(Some(bytes))
}

/// Whether something is there, link or file.
pub(crate) fn exists(path: &Path) -> Result<bool, VaultError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(fault("look at", path)(e)),
    }
}

/// Removes a file, if it is there.
pub(crate) fn remove(path: &Path) -> Result<(), VaultError> {
    // A read-only file system refuses to remove even what is not there.
    if !exists(path)? {
        return Ok(());
    }
    match fs::remove_file(path) {
        Ok(()) => sync_parent(path),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(fault("remove", path)(e)),
    }
}

/// Removes a file that holds open secrets: its bytes are overwritten first, which helps on a plain disk and
/// promises nothing on flash memory.
pub(crate) fn shred(path: &Path) -> Result<(), VaultError> {
    let Ok(meta) = fs::symlink_metadata(path) else {
        return remove(path);
    };
    if meta.is_file() {
        let len = usize::try_from(meta.len())
            .unwrap_or(usize::MAX)
            .min(crate::format::LONGEST);
        let mut file = OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(fault("open", path))?;
        file.write_all(&vec![0; len])
            .map_err(fault("overwrite", path))?;
        file.sync_all().map_err(fault("sync", path))?;
    }
    remove(path)
}

/// Makes a directory for secrets, 0700 where it is new.
pub(crate) fn make_dir(path: &Path) -> Result<(), VaultError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(fault("create", path))
}

/// Refuses a file that others may read.
#[cfg(unix)]
pub(crate) fn check_private_file(file: &Path) -> Result<(), VaultError> {
    /// Reading, writing or executing by anyone but the owner.
    const OTHERS: u32 = 0o077;
    let mode = mode_of(file)?;
    if mode & OTHERS == 0 {
        return Ok(());
    }
    let path = file.into();
    Err(VaultError::Permissions { path, mode })
}

/// Refuses a directory in which others may replace a file.
#[cfg(unix)]
pub(crate) fn check_private_dir(dir: &Path) -> Result<(), VaultError> {
    const OTHERS_WRITE: u32 = 0o022;
    /// In a sticky directory (such as `/tmp`) only a file's owner may replace it.
    const STICKY: u32 = 0o1000;
    let mode = mode_of(dir)?;
    if mode & OTHERS_WRITE == 0 || mode & STICKY != 0 {
        return Ok(());
    }
    let path = dir.into();
    Err(VaultError::Permissions { path, mode })
}

#[cfg(unix)]
fn mode_of(path: &Path) -> Result<u32, VaultError> {
    use std::os::unix::fs::PermissionsExt;
    let meta = fs::metadata(path).map_err(fault("look at", path))?;
    Ok(meta.permissions().mode() & 0o7777)
}

/// Elsewhere the account's own directories are what protects the file.
#[cfg(not(unix))]
pub(crate) fn check_private_file(_file: &Path) -> Result<(), VaultError> {
    Ok(())
}

/// Elsewhere the account's own directories are what protects the file.
#[cfg(not(unix))]
pub(crate) fn check_private_dir(_dir: &Path) -> Result<(), VaultError> {
    Ok(())
}

/// Resolves links in the part of a path that exists and `..` in the rest, so that two paths can be compared.
pub(crate) fn resolved(path: &Path) -> Result<PathBuf, VaultError> {
    let absolute = std::path::absolute(path).map_err(fault("resolve", path))?;
    let found = absolute
        .ancestors()
        .find_map(|known| Some((known, known.canonicalize().ok()?)));
    let Some((known, mut real)) = found else {
        return Ok(absolute);
    };
    for part in absolute
        .strip_prefix(known)
        .into_iter()
        .flat_map(Path::components)
    {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
        }
    }
    Ok(real)
}

/// Removes what a write that was cut short left beside `path`.
pub(crate) fn clear_unfinished(path: &Path) -> Result<(), VaultError> {
    shred(&beside(path))
}

/// `keys.sealed` → `keys.sealed.new`: one name, so that leftovers do not pile up.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    path.with_file_name(name)
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir.into(),
        _ => PathBuf::from("."),
    }
}

/// A rename is on disk only when its directory is.
fn sync_parent(path: &Path) -> Result<(), VaultError> {
    if cfg!(unix) {
        let dir = parent(path);
        let sync = File::open(&dir).and_then(|dir| dir.sync_all());
        sync.map_err(fault("sync", &dir))?;
    }
    Ok(())
}

pub(crate) fn fault(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> VaultError + use<> {
    let path = path.to_path_buf();
    move |source| VaultError::Io {
        doing,
        path,
        source,
    }
}
