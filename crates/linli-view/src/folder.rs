//! A folder of this computer as a page: to choose a photo or document from, or to save into.
//!
//! The disk is read elsewhere; this says in words what was found. Names of files are other people's text and are cleaned
//! before they are drawn; what is opened is the path as the system gave it, whatever its letters.

use crate::clean;
use crate::dates::{self, Now};
use crate::words::Catalogue;
use std::path::{Path, PathBuf};

/// Most lines of one folder; more are counted.
pub const LINES_MAX: usize = 300;
/// Longest path drawn, in characters.
const PATH_MAX: usize = 300;
const NAME_MAX: usize = 80;
/// Longest path that can be typed, in characters (Linux allows 4,096 bytes).
pub const TYPED_MAX: usize = 4_096;
/// Endings of what can go with a post or notice; HEIC is listed so that it can be said why it cannot.
const ATTACHED: [&str; 5] = ["jpg", "jpeg", "png", "pdf", "heic"];

/// Tables; old Excel files are listed so that it can be said what to do with them.
const TABLES: [&str; 5] = ["xlsx", "csv", "tsv", "txt", "xls"];
/// Alerts.
const ALERTS: [&str; 2] = ["xml", "cap"];

/// What a folder is looked at for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Want {
    /// A photo or document that goes with what is being written.
    Attach,
    /// A list of residents.
    Table,
    /// An alert of an authority.
    Alert,
    /// A place for pictures.
    SavePictures,
    /// A place for papers and for what is given away.
    SavePapers,
}

impl Want {
    /// A folder is chosen, not a file.
    #[must_use]
    pub const fn saves(self) -> bool {
        matches!(self, Self::SavePictures | Self::SavePapers)
    }

    /// Whether a file of this name is listed.
    #[must_use]
    pub fn lists(self, name: &Path) -> bool {
        let ending = name.extension().and_then(|ending| ending.to_str());
        let listed: &[&str] = match self {
            Self::Attach => &ATTACHED,
            Self::Table => &TABLES,
            Self::Alert => &ALERTS,
            Self::SavePictures | Self::SavePapers => &[],
        };
        ending.is_some_and(|ending| listed.iter().any(|one| one.eq_ignore_ascii_case(ending)))
    }
}

/// What lies in a folder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    /// The folder.
    pub path: PathBuf,
    /// At most [`LINES_MAX`]: folders by name, then files, the newest first.
    pub entries: Vec<Entry>,
    /// How many more there were.
    pub more: usize,
    /// Files of another kind, which are not listed.
    pub other: usize,
}

/// A folder or file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Size in bytes; none of a folder.
    pub bytes: Option<u64>,
    /// When it was changed, Unix milliseconds, where the system says it.
    pub changed_ms: Option<u64>,
}

/// A folder that is always offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Which.
    pub kind: PlaceKind,
    /// Where it is.
    pub path: PathBuf,
}

/// Which folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceKind {
    /// The person's own.
    Home,
    /// What lies on the screen.
    Desktop,
    /// Documents.
    Documents,
    /// Downloads.
    Downloads,
    /// Pictures.
    Pictures,
    /// A stick, a card, a phone.
    Stick,
}

/// How far looking has got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Browse {
    /// For what.
    pub want: Want,
    /// What stands in the field for a path.
    pub typed: String,
    /// What was put there for the folder on the page, cleaned; while it stands untouched it means that folder.
    pub put: String,
    /// The folder or file that is being opened.
    pub going: Option<PathBuf>,
    /// The last one could not be opened.
    pub failed: bool,
    /// Whose folder is on the page.
    pub listing: Option<Listing>,
    /// Folders that are always offered.
    pub places: Vec<Place>,
}

impl Browse {
    /// Nothing is known yet.
    #[must_use]
    pub const fn new(want: Want) -> Self {
        Self {
            want,
            typed: String::new(),
            put: String::new(),
            going: None,
            failed: false,
            listing: None,
            places: Vec::new(),
        }
    }
}

impl Browse {
    /// A folder was read: it is on the page, and its path stands in the field as far as people can read it. Names may hold
    /// what turns text around, and bytes that are no letters.
    pub fn show(&mut self, listing: Listing) {
        self.failed = false;
        let path = listing.path.to_string_lossy();
        self.put = clean::line(&path, TYPED_MAX);
        self.typed.clone_from(&self.put);
        self.listing = Some(listing);
    }

    /// The folder on the page, while nobody has changed what stands in the field: its path may be more than can be typed.
    #[must_use]
    pub fn untouched(&self) -> Option<&Path> {
        let here = self.listing.as_ref().filter(|_| self.typed == self.put);
        here.map(|here| here.path.as_path())
    }
}

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FolderPage {
    /// Its heading.
    pub title: String,
    /// Folders that are always offered: word, path, is it this one?
    pub places: Vec<(String, PathBuf, bool)>,
    /// The folder that is on the page; empty before one is.
    pub here: String,
    /// Name of the field for a path.
    pub field: String,
    /// The button that opens what is typed.
    pub open: String,
    /// The folder above: word and path.
    pub up: Option<(String, PathBuf)>,
    /// What lies here.
    pub rows: Vec<FolderRow>,
    /// What has to be known: nothing here, not all of it is listed, it cannot be opened.
    pub notes: Vec<(String, bool)>,
    /// Saves into this folder: word and path.
    pub take: Option<(String, PathBuf)>,
    /// The button that leaves everything as it was.
    pub close: String,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FolderRow {
    /// Folder, photo, document.
    pub kind: String,
    /// What it is called.
    pub word: String,
    /// How large, of when; may be empty.
    pub beside: String,
    /// All of it, as it is read out.
    pub name: String,
    /// What it opens.
    pub path: PathBuf,
}

/// Where things are saved, on the page of settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavingCard {
    /// Its heading.
    pub title: String,
    /// Each with its folder.
    pub lines: Vec<Saving>,
    /// How long a choice holds.
    pub note: String,
}

/// Where something is saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saving {
    /// What, and where.
    pub text: String,
    /// The button's word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// What it chooses.
    pub want: Want,
}

/// Makes the page.
#[must_use]
pub fn page(words: &Catalogue, now: Now, browse: &Browse) -> FolderPage {
    let here = browse.listing.as_ref();
    let place = |place: &Place| {
        let last = place.path.file_name();
        let stick = last.map_or_else(|| shown(&place.path), |name| name.to_string_lossy().into());
        let word = match place.kind {
            PlaceKind::Home => words.say("folder-home"),
            PlaceKind::Desktop => words.say("folder-desktop"),
            PlaceKind::Documents => words.say("folder-documents"),
            PlaceKind::Downloads => words.say("folder-downloads"),
            PlaceKind::Pictures => words.say("folder-pictures"),
            PlaceKind::Stick => {
                let name = clean::line(&stick, clean::NAME_MAX);
                words.text("folder-stick", &[("name", name.into())])
            }
        };
        let chosen = here.is_some_and(|here| here.path == place.path);
        (word, place.path.clone(), chosen)
    };
    let mut notes = Vec::new();
    if browse.failed {
        notes.push((words.say("folder-failed"), true));
    } else if browse.going.is_some() {
        notes.push((words.say("folder-opens"), false));
    }
    if let Some(here) = here {
        let said = |key: &str, n: usize| words.text(key, &[("n", n.into())]);
        if here.entries.is_empty() {
            notes.push((words.say("folder-empty"), false));
        }
        if here.more > 0 {
            notes.push((said("folder-more", here.more), false));
        }
        if here.other > 0 && !browse.want.saves() {
            let key = match browse.want {
                Want::Table => "folder-other-table",
                Want::Alert => "folder-other-alert",
                _ => "folder-other",
            };
            notes.push((said(key, here.other), false));
        }
    }
    let above = here.and_then(|here| here.path.parent());
    FolderPage {
        title: words.say(match browse.want {
            Want::Attach => "folder-attach",
            Want::Table => "folder-table",
            Want::Alert => "folder-alert",
            Want::SavePictures => "folder-save-pictures",
            Want::SavePapers => "folder-save-papers",
        }),
        places: browse.places.iter().map(place).collect(),
        here: here.map_or_else(String::new, |here| shown(&here.path)),
        field: words.say("folder-path"),
        open: words.say("folder-open"),
        up: above.map(|above| (words.say("folder-up"), above.to_owned())),
        rows: here.map_or_else(Vec::new, |here| {
            here.entries
                .iter()
                .map(|one| row(words, now, browse.want, one))
                .collect()
        }),
        notes,
        take: here
            .filter(|_| browse.want.saves())
            .map(|here| (words.say("folder-take"), here.path.clone())),
        close: words.say("folder-close"),
    }
}

fn row(words: &Catalogue, now: Now, want: Want, entry: &Entry) -> FolderRow {
    let word = clean::line(&entry.name, NAME_MAX);
    let pdf = entry
        .path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    let kind = words.say(match entry.bytes {
        None => "folder-kind-folder",
        Some(_) if want == Want::Table => "folder-kind-table",
        Some(_) if want == Want::Alert => "folder-kind-alert",
        Some(_) if pdf => "folder-kind-pdf",
        Some(_) => "folder-kind-photo",
    });
    let when = entry.changed_ms.map(|at| dates::at(words, now, at));
    let size = entry
        .bytes
        .map(|bytes| words.text("folder-size", &[("kb", bytes.div_ceil(1024).into())]));
    // Of a folder nobody needs to know when something was last put into it.
    let when = when.filter(|_| entry.bytes.is_some());
    let beside: Vec<String> = size.into_iter().chain(when).collect();
    let beside = beside.join(" · ");
    let name = [kind.as_str(), &word, &beside];
    let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
    FolderRow {
        name: name.join(" · "),
        kind,
        word,
        beside,
        path: entry.path.clone(),
    }
}

/// The card of the page of settings.
#[must_use]
pub fn saving(words: &Catalogue, pictures: &Path, papers: &Path) -> SavingCard {
    let one = |want: Want, key: &str, path: &Path| {
        let text = words.text(key, &[("path", shown(path).into())]);
        let word = words.say("saving-other");
        Saving {
            name: format!("{word} · {text}"),
            text,
            word,
            want,
        }
    };
    SavingCard {
        title: words.say("saving-title"),
        lines: vec![
            one(Want::SavePictures, "saving-pictures", pictures),
            one(Want::SavePapers, "saving-papers", papers),
        ],
        note: words.say("saving-note"),
    }
}

/// A path as it is drawn.
#[must_use]
pub fn shown(path: &Path) -> String {
    clean::line(&path.to_string_lossy(), PATH_MAX)
}

#[cfg(test)]
mod tests;
