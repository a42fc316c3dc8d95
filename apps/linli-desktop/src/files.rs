//! Where pictures go, and how they get there: never over another file, never half.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The person's folder for pictures, or the next best.
#[must_use]
pub fn pictures() -> PathBuf {
    let dirs = directories::UserDirs::new();
    dirs.as_ref()
        .and_then(|dirs| dirs.picture_dir().or_else(|| dirs.download_dir()))
        .or_else(|| dirs.as_ref().map(directories::UserDirs::home_dir))
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The person's folder for documents, or the next best: what is to be printed.
#[must_use]
pub fn papers() -> PathBuf {
    let dirs = directories::UserDirs::new();
    dirs.as_ref()
        .and_then(|dirs| dirs.document_dir().or_else(|| dirs.download_dir()))
        .or_else(|| dirs.as_ref().map(directories::UserDirs::home_dir))
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Saves bytes under `name` in `folder`, or as `name-2`, `name-3`... if that is taken; returns where.
pub fn save(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    save_as(
        folder,
        name,
        bytes,
        OpenOptions::new().write(true).create_new(true),
    )
}

/// The same, for nobody but this account: what is in it is about other people.
pub fn save_private(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut how = OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    save_as(folder, name, bytes, &how)
}

fn save_as(folder: &Path, name: &str, bytes: &[u8], how: &OpenOptions) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
    for n in 1..1_000 {
        let name = if n == 1 {
            format!("{stem}.{ending}")
        } else {
            format!("{stem}-{n}.{ending}")
        };
        let path = folder.join(name);
        match how.open(&path) {
            Ok(file) => {
                return match fill(file, bytes) {
                    Ok(()) => Ok(path),
                    Err(error) => {
                        // A half-written picture helps nobody; that it cannot be removed either changes nothing.
                        let _ = fs::remove_file(&path);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    //! Saving beside what is there.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_second_picture_of_the_same_name_stands_beside_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("图片");
        let first = save(&folder, "通行码-李然.png", b"one").unwrap();
        let second = save(&folder, "通行码-李然.png", b"two").unwrap();
        assert_eq!(first, folder.join("通行码-李然.png"));
        assert_eq!(second, folder.join("通行码-李然-2.png"));
        assert_eq!(fs::read(first).unwrap(), b"one");
    }

    #[test]
    fn a_folder_that_is_a_file_is_an_error_and_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x");
        fs::write(&file, b"mine").unwrap();
        assert!(save(&file, "a.png", b"one").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"mine");
    }
}
