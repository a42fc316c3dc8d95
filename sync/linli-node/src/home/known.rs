//! The homes of this account: where they lie and whose they are, so that a window can change from one to another.
//!
//! A list of names, never of secrets: it opens nothing, and who has it knows no key. It lies beside the unprotected keys,
//! outside any home (`homes.json`, [docs/formats/home.md](../../../../docs/formats/home.md)), and is a memory, not a
//! truth: a home that is not on it works as before, and one that has gone is said to be missing.

use crate::api::Fault;
use crate::killpoint;
use linli_vault::Places;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::HomeOptions;

/// The version that this program writes.
const VERSION: u32 = 1;
/// Most homes on the list; the one that was noted longest ago goes.
const MOST: usize = 50;
/// Longest name kept, in characters.
const NAME_CHARS: usize = 80;
/// Largest list that is read.
const BYTES_MAX: u64 = 1 << 20;
const FILE: &str = "homes.json";

/// A home that was opened by this account before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KnownHome {
    /// Its folder, absolute.
    pub dir: PathBuf,
    /// The community's name.
    pub community: String,
    /// Of an office or gate its name, else empty.
    pub name: String,
    /// `household`, `office`, `gate`, `screen`.
    pub kind: String,
    /// Of a household its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// How a home on the list stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// There is no home in that folder, or not now.
    Missing,
    /// Some program runs it.
    Runs,
    /// Nobody has it; it opens only with its passphrase.
    Locked,
    /// Nobody has it.
    Rests,
}

impl Stands {
    /// The word in data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Runs => "runs",
            Self::Locked => "locked",
            Self::Rests => "rests",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct List {
    version: u32,
    homes: Vec<KnownHome>,
}

/// The folder of the list: that of the unprotected keys.
fn folder(keys_dir: Option<&Path>) -> Result<PathBuf, Fault> {
    match keys_dir {
        Some(dir) => Ok(dir.to_owned()),
        None => Places::outside().map_err(|_| Fault::storage("homes-not-kept")),
    }
}

fn not_kept(error: &io::Error) -> Fault {
    Fault::storage("homes-not-kept").with("kind", error.kind())
}

/// The path as it is told apart from others.
#[must_use]
pub fn absolute(dir: &Path) -> PathBuf {
    let full = fs::canonicalize(dir).or_else(|_| std::path::absolute(dir));
    full.unwrap_or_else(|_| dir.to_owned())
}

fn read(file: &Path) -> Result<Vec<KnownHome>, Fault> {
    let text = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(not_kept(&error)),
        Ok(meta) if meta.len() > BYTES_MAX => String::new(),
        Ok(_) => fs::read_to_string(file).map_err(|error| not_kept(&error))?,
    };
    // What cannot be read is begun anew: each home notes itself again when it is opened.
    let version = serde_json::from_str::<serde_json::Value>(&text).ok();
    let version = version.and_then(|value| value["version"].as_u64());
    if version.is_some_and(|version| version > u64::from(VERSION)) {
        return Err(Fault::version("homes-newer"));
    }
    Ok(serde_json::from_str::<List>(&text).map_or_else(|_| Vec::new(), |list| list.homes))
}

/// The list, the home that was noted last at its end.
///
/// # Errors
/// `homes-newer` where a newer program wrote it, `homes-not-kept` where the folder cannot be read.
pub fn known(keys_dir: Option<&Path>) -> Result<Vec<KnownHome>, Fault> {
    read(&folder(keys_dir)?.join(FILE))
}

/// Changes the list under a lock, so that two programs lose nothing of each other. Whenever this dies, the list is the old
/// one or the new one.
fn change(keys_dir: Option<&Path>, by: impl FnOnce(&mut Vec<KnownHome>)) -> Result<(), Fault> {
    let folder = folder(keys_dir)?;
    fs::create_dir_all(&folder).map_err(|error| not_kept(&error))?;
    let lock = File::create(folder.join("homes.lock")).map_err(|error| not_kept(&error))?;
    lock.lock().map_err(|error| not_kept(&error))?;
    let file = folder.join(FILE);
    let mut homes = read(&file)?;
    let before = homes.clone();
    by(&mut homes);
    if homes == before {
        return Ok(());
    }
    let over = homes.len().saturating_sub(MOST);
    homes.drain(..over);
    let list = List {
        version: VERSION,
        homes,
    };
    let text = serde_json::to_string_pretty(&list).map_err(|_| Fault::ours("our-fault"))?;
    let beside = folder.join("homes.json.new");
    let written = || -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // Units of households stand in it: nobody else's business.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut new = options.open(&beside)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        killpoint::pass("mid-homes");
        fs::rename(&beside, &file)
    };
    written().map_err(|error| not_kept(&error))
}

fn short(text: &str) -> String {
    let line = text.chars().filter(|c| !c.is_control());
    line.take(NAME_CHARS).collect()
}

/// Notes a home, or what has changed of it.
///
/// # Errors
/// As [`known`].
pub fn note(keys_dir: Option<&Path>, home: &KnownHome) -> Result<(), Fault> {
    let home = KnownHome {
        dir: absolute(&home.dir),
        community: short(&home.community),
        name: short(&home.name),
        kind: short(&home.kind),
        unit: home.unit.as_deref().map(short),
    };
    change(keys_dir, |homes| {
        match homes.iter_mut().find(|one| one.dir == home.dir) {
            Some(one) => *one = home,
            None => homes.push(home),
        }
    })
}

/// Takes a home off the list; the home itself stays as it is. Whether it was there.
///
/// # Errors
/// As [`known`].
pub fn forget(keys_dir: Option<&Path>, dir: &Path) -> Result<bool, Fault> {
    let (full, mut was) = (absolute(dir), false);
    change(keys_dir, |homes| {
        let before = homes.len();
        homes.retain(|one| one.dir != full && one.dir != dir);
        was = homes.len() < before;
    })?;
    Ok(was)
}

/// How a home stands, without opening it.
#[must_use]
pub fn stands(options: &HomeOptions) -> Stands {
    match () {
        () if !super::is_there(options) => Stands::Missing,
        () if super::has_owner(options) => Stands::Runs,
        () if super::needs_passphrase(options) => Stands::Locked,
        () => Stands::Rests,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn home(dir: &Path, name: &str) -> KnownHome {
        KnownHome {
            dir: dir.join(name),
            community: "丰盛园".into(),
            name: name.into(),
            kind: "office".into(),
            unit: None,
        }
    }

    #[test]
    fn a_home_is_noted_once_changed_in_its_place_and_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Some(dir.path());
        assert_eq!(known(keys).unwrap(), []);
        let base = absolute(dir.path());
        let (one, mut two) = (home(&base, "居委会"), home(&base, "物业"));
        note(keys, &one).unwrap();
        note(keys, &two).unwrap();
        two.name = "物业服务中心".into();
        note(keys, &two).unwrap();
        assert_eq!(known(keys).unwrap(), [one.clone(), two.clone()]);
        assert!(forget(keys, &one.dir).unwrap() && !forget(keys, &one.dir).unwrap());
        assert_eq!(known(keys).unwrap(), [two]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.path().join(FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_list_is_begun_anew_and_a_newer_one_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Some(dir.path());
        let file = dir.path().join(FILE);
        fs::write(&file, "{half").unwrap();
        assert_eq!(known(keys).unwrap(), []);
        note(keys, &home(&absolute(dir.path()), "居委会")).unwrap();
        assert_eq!(known(keys).unwrap().len(), 1);
        fs::write(&file, r#"{"version":2,"rooms":[]}"#).unwrap();
        assert_eq!(known(keys).unwrap_err().code, "homes-newer");
        assert_eq!(
            note(keys, &home(dir.path(), "x")).unwrap_err().code,
            "homes-newer"
        );
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            r#"{"version":2,"rooms":[]}"#
        );
    }

    #[test]
    fn names_are_cut_and_the_list_is_bounded() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Some(dir.path());
        let base = absolute(dir.path());
        let mut long = home(&base, "0");
        long.name = format!("\u{1b}{}", "长".repeat(500));
        note(keys, &long).unwrap();
        assert_eq!(known(keys).unwrap()[0].name, "长".repeat(NAME_CHARS));
        for n in 1..=MOST {
            note(keys, &home(&base, &n.to_string())).unwrap();
        }
        let homes = known(keys).unwrap();
        assert_eq!((homes.len(), homes[0].name.as_str()), (MOST, "1"));
    }
}
