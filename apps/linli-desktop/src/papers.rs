//! Day sheets of a gate in the folder for documents: for this account alone, and not for long. A guard prints one and
//! forgets the file, with names and plates in clear.

use crate::files;
use linli_view::dates::Now;
use linli_view::sheet;
use linli_view::words::{Catalogue, Lang};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Saves a sheet, readable by nobody else, and removes those of this gate that stood there before. Gives where it is, and
/// an older one that could not be removed.
pub fn keep(
    folder: &Path,
    gate: u8,
    name: &str,
    pdf: &[u8],
) -> io::Result<(PathBuf, Option<PathBuf>)> {
    let path = files::save_private(folder, name, pdf)?;
    let all = Lang::ALL.map(Catalogue::of);
    let left = remove(folder, |other| {
        Some(other) != path.file_name().and_then(|own| own.to_str())
            && sheet::is_of(&all, gate, other)
    });
    Ok((path, left))
}

/// Removes the sheets of this gate that are older than a day.
pub fn sweep(folder: &Path, now: Now, gate: u8) {
    let all = Lang::ALL.map(Catalogue::of);
    // One that cannot be removed is named on the screen when the next one is written.
    let _ = remove(folder, |name| sheet::is_old(&all, now, gate, name));
}

/// Removes plain files of such names; gives one that stays.
fn remove(folder: &Path, which: impl Fn(&str) -> bool) -> Option<PathBuf> {
    let mut left = None;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(&which);
        let plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        if ours && plain && fs::remove_file(entry.path()).is_err() {
            left = Some(entry.path());
        }
    }
    left
}
