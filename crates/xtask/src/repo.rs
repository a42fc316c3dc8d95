//! Finds the repository and holds its files in memory.
//!
//! Every check is a function from plain data (a [`Tree`], a workspace) to findings, so that a test can hand it
//! an invented repository that breaks the rule and see it caught.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// One broken rule: where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// A path, `path:line`, or a package's name.
    pub at: String,
    /// The rule that does not hold, as a sentence.
    pub what: String,
}

impl Finding {
    /// A finding at `at`.
    pub fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// One file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Its size in bytes.
    pub bytes: u64,
    /// Its content, if that is text (UTF-8 without a zero byte).
    pub text: Option<String>,
}

/// The repository's files by path, the separator always `/`.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Every file git tracks or would track: what it ignores is left out.
    pub files: BTreeMap<String, File>,
}

impl Tree {
    /// Reads the working copy. A file not yet added counts, so that a mistake shows before the commit; one
    /// deleted and not yet staged does not.
    pub fn load(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .current_dir(root)
            .args(["ls-files", "-z", "--cached", "--others"])
            .arg("--exclude-standard")
            .output()
            .context("git could not be started; tidy asks it which files are tracked")?;
        if !listed.status.success() {
            bail!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
        }
        let names = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
        let mut tree = Self::default();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            let path = root.join(name);
            if !path.is_file() {
                continue;
            }
            let bytes = std::fs::read(&path).with_context(|| format!("reading {name}"))?;
            tree.files.insert(name.to_owned(), file_of(bytes));
        }
        Ok(tree)
    }

    /// The text of one file, if it is there and is text.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.text.as_deref()
    }

    /// Every text file, in order of path.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)))
    }

    /// Every Rust file, in order of path.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| path.ends_with(".rs"))
    }

    /// True for a file or a folder with at least one file in it.
    pub fn has(&self, path: &str) -> bool {
        if path.is_empty() || self.files.contains_key(path) {
            return true;
        }
        let folder = format!("{path}/");
        self.files
            .range(folder.clone()..)
            .next()
            .is_some_and(|(name, _)| name.starts_with(&folder))
    }

    /// An invented repository, for tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), file_of(text.as_bytes().to_vec())))
            .collect();
        Self { files }
    }
}

fn file_of(content: Vec<u8>) -> File {
    let bytes = content.len() as u64;
    let text = String::from_utf8(content)
        .ok()
        .filter(|text| !text.contains('\0'));
    File { bytes, text }
}

/// The repository's root: the nearest folder upwards that holds both the lockfile and this crate.
pub fn root() -> Result<PathBuf> {
    let start = std::env::current_dir().context("there is no current folder")?;
    for folder in start.ancestors() {
        if folder.join("Cargo.lock").is_file() && folder.join("crates/xtask").is_dir() {
            return Ok(folder.to_owned());
        }
    }
    bail!("{} is not inside the Linli repository", start.display())
}
