//! Folders of this computer, read for the page that chooses from them. Never on the window's own thread: a network drive
//! may take its time.

use linli_view::folder::{Entry, LINES_MAX, Listing, Place, PlaceKind, Want};
use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Most sticks and cards that are offered.
const STICKS_MAX: usize = 6;
/// Most entries of a folder that are looked at.
const ENTRIES_MAX: usize = 20_000;

/// What was found.
#[derive(Debug)]
pub struct Listed {
    /// What was to be opened.
    pub path: PathBuf,
    /// What it is.
    pub found: Found,
    /// Folders that are always offered.
    pub places: Vec<Place>,
}

/// What a path leads to.
#[derive(Debug)]
pub enum Found {
    /// A folder.
    Folder(Listing),
    /// A file.
    File,
    /// Nothing that can be opened.
    Nothing,
}

/// What is looked at where a path leads to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// Nothing: whoever typed it is told.
    Nothing,
    /// The nearest folder above it: one that was never saved into is not there yet.
    Above,
}

/// Looks at it.
#[must_use]
pub fn look(path: PathBuf, want: Want, missing: Missing) -> Listed {
    let there = match missing {
        Missing::Nothing => None,
        Missing::Above => path.ancestors().find(|path| path.is_dir()),
    };
    let there = there.unwrap_or(&path);
    let found = match fs::metadata(there) {
        Ok(meta) if meta.is_dir() => folder(there, want).map_or(Found::Nothing, Found::Folder),
        Ok(meta) if meta.is_file() => Found::File,
        _ => Found::Nothing,
    };
    Listed {
        path,
        found,
        places: places(),
    }
}

fn folder(path: &Path, want: Want) -> Option<Listing> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (mut folders, mut files, mut other) = (Vec::new(), Vec::new(), 0);
    let mut entries = fs::read_dir(&path).ok()?;
    for entry in entries.by_ref().take(ENTRIES_MAX).flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // What begins with a dot is the programs' own.
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        // Behind a link is what it leads to.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        let changed = meta.modified().ok();
        let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let changed_ms = changed.and_then(|since| u64::try_from(since.as_millis()).ok());
        let bytes = meta.is_file().then_some(meta.len());
        let listed = want.lists(&path);
        let one = Entry {
            path,
            name,
            bytes,
            changed_ms,
        };
        if meta.is_dir() {
            folders.push(one);
        } else if listed && meta.is_file() {
            files.push(one);
        } else {
            other += 1;
        }
    }
    folders.sort_by_cached_key(|one| one.name.to_lowercase());
    files.sort_by_cached_key(|one| (Reverse(one.changed_ms), one.name.to_lowercase()));
    folders.append(&mut files);
    let more = folders.len().saturating_sub(LINES_MAX) + entries.count();
    folders.truncate(LINES_MAX);
    Some(Listing {
        path,
        entries: folders,
        more,
        other,
    })
}

/// The folder to begin with, which may not be there yet. The window calls this: no disk is asked.
#[must_use]
pub const fn begin<'a>(want: Want, pictures: &'a Path, papers: &'a Path) -> &'a Path {
    match want {
        Want::Attach | Want::SavePictures => pictures,
        Want::SavePapers | Want::Table | Want::Alert => papers,
    }
}

/// What was typed as a path: from the folder on screen, `~` for the person's own, without quotes around it.
#[must_use]
pub fn typed(text: &str, here: Option<&Path>) -> PathBuf {
    let text = text.trim();
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark));
    let text = quoted('"').or_else(|| quoted('\'')).unwrap_or(text);
    let text = text.strip_prefix("file://").unwrap_or(text);
    if let Some(rest) = text.strip_prefix('~')
        && let Some(dirs) = directories::UserDirs::new()
    {
        return dirs.home_dir().join(rest.trim_start_matches(['/', '\\']));
    }
    here.map_or_else(|| PathBuf::from(text), |here| here.join(text))
}

/// Folders that are always offered, as far as they are there.
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    let dirs = directories::UserDirs::new();
    if let Some(dirs) = &dirs {
        let own = [
            (PlaceKind::Home, Some(dirs.home_dir())),
            (PlaceKind::Desktop, dirs.desktop_dir()),
            (PlaceKind::Documents, dirs.document_dir()),
            (PlaceKind::Downloads, dirs.download_dir()),
            (PlaceKind::Pictures, dirs.picture_dir()),
        ];
        for (kind, path) in own {
            if let Some(path) = path.filter(|path| path.is_dir()) {
                let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
                places.push(Place { kind, path });
            }
        }
    }
    let who = dirs.as_ref().and_then(|dirs| dirs.home_dir().file_name());
    let mut sticks: Vec<PathBuf> = ["/run/media", "/media"]
        .iter()
        .filter_map(|above| who.map(|who| Path::new(above).join(who)))
        .chain([PathBuf::from("/Volumes")])
        .filter_map(|above| fs::read_dir(above).ok())
        .flat_map(|all| all.flatten().map(|one| one.path()))
        .filter(|path| path.is_dir())
        .collect();
    if cfg!(windows) {
        let drives =
            (b'C'..=b'Z').map(|letter| PathBuf::from(format!("{}:\\", char::from(letter))));
        sticks.extend(drives.filter(|path| path.is_dir()));
    }
    sticks.sort();
    sticks.truncate(STICKS_MAX);
    let kind = PlaceKind::Stick;
    places.extend(sticks.into_iter().map(|path| Place { kind, path }));
    places
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use std::time::{Duration, SystemTime};

    fn names(listing: &Listing) -> Vec<&str> {
        listing
            .entries
            .iter()
            .map(|one| one.name.as_str())
            .collect()
    }

    fn listing(path: &Path, want: Want) -> Listing {
        match look(path.to_owned(), want, Missing::Nothing).found {
            Found::Folder(listing) => listing,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn folders_come_first_by_name_then_photos_and_papers_the_newest_first() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for name in ["b", "A", ".hidden"] {
            fs::create_dir(at(name)).unwrap();
        }
        for (name, age_s) in [
            ("old.jpg", 500),
            ("new.PDF", 5),
            ("mid.png", 50),
            ("notes.txt", 1),
        ] {
            fs::write(at(name), b"123").unwrap();
            let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 - age_s);
            fs::File::options()
                .write(true)
                .open(at(name))
                .unwrap()
                .set_modified(then)
                .unwrap();
        }
        let found = listing(dir.path(), Want::Attach);
        assert_eq!(names(&found), ["A", "b", "new.PDF", "mid.png", "old.jpg"]);
        assert_eq!((found.other, found.more), (1, 0));
        assert_eq!(
            (found.entries[0].bytes, found.entries[2].bytes),
            (None, Some(3))
        );
        assert_eq!(names(&listing(dir.path(), Want::SavePapers)), ["A", "b"]);
    }

    #[test]
    fn what_does_not_fit_on_the_page_is_counted() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..LINES_MAX + 3 {
            fs::create_dir(dir.path().join(format!("{n:04}"))).unwrap();
        }
        let found = listing(dir.path(), Want::Attach);
        assert_eq!((found.entries.len(), found.more), (LINES_MAX, 3));
    }

    #[test]
    fn a_file_is_one_and_what_is_not_there_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.jpg");
        fs::write(&file, b"1").unwrap();
        assert!(matches!(
            look(file, Want::Attach, Missing::Nothing).found,
            Found::File
        ));
        let gone = dir.path().join("gone");
        assert!(matches!(
            look(gone.clone(), Want::Attach, Missing::Nothing).found,
            Found::Nothing
        ));
        // To begin with it is what is above: found by whoever asks the disk, not by the window.
        let begin = begin(Want::SavePapers, Path::new("/"), &gone).to_owned();
        assert_eq!(begin, gone);
        let above = look(begin, Want::SavePapers, Missing::Above);
        assert_eq!(above.path, gone);
        let Found::Folder(listing) = above.found else {
            panic!("{:?}", above.found)
        };
        assert_eq!(listing.path, fs::canonicalize(dir.path()).unwrap());
    }

    #[test]
    fn a_name_that_is_no_unicode_opens_all_the_same() {
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let dir = tempfile::tempdir().unwrap();
            // 照片.jpg as an old camera card has it, in GB 18030.
            let name = std::ffi::OsStr::from_bytes(b"\xd5\xd5\xc6\xac.jpg");
            fs::write(dir.path().join(name), b"1").unwrap();
            let found = listing(dir.path(), Want::Attach);
            assert_eq!(found.entries.len(), 1);
            assert!(matches!(
                look(
                    found.entries[0].path.clone(),
                    Want::Attach,
                    Missing::Nothing
                )
                .found,
                Found::File
            ));
        }
    }

    #[test]
    fn a_path_may_be_pasted_as_other_programs_give_it() {
        let here = Some(Path::new("/srv/a"));
        for (text, path) in [
            ("b/c.jpg", "/srv/a/b/c.jpg"),
            (" /srv/x y ", "/srv/x y"),
            ("\"/srv/x y\"", "/srv/x y"),
            ("'/srv/x'", "/srv/x"),
            ("file:///srv/x", "/srv/x"),
        ] {
            assert_eq!(typed(text, here), Path::new(path), "{text}");
        }
        assert!(typed("~/a", here).is_absolute());
    }
}
