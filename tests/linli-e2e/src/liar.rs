//! libfaketime (Debian package `faketime`): a process whose wall clock is not the world's.

use std::path::PathBuf;

/// The library that lies, wherever this machine's architecture puts it.
///
/// # Panics
/// When it is not installed.
#[must_use]
pub fn liar() -> String {
    let lib = PathBuf::from("/usr/lib");
    let folders = std::fs::read_dir(&lib).into_iter().flatten().flatten();
    let mut places: Vec<PathBuf> = folders.map(|folder| folder.path()).collect();
    places.push(lib);
    let found = places
        .into_iter()
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.exists());
    let file = found.expect("libfaketime: the package faketime is needed");
    file.to_string_lossy().into_owned()
}

/// The variables under which a process reads the wall clock as `fake` says, and the monotonic one as it is.
#[must_use]
pub fn lie<'a>(liar: &'a str, fake: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("LD_PRELOAD", liar),
        ("FAKETIME", fake),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
        ("NO_FAKE_STAT", "1"),
        ("TZ", "UTC"),
    ]
}
