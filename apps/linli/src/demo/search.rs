//! Looks for many texts at once in all files of a folder, as UTF-8, UTF-16 and GB 18030.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// The shortest run of bytes that is looked for. Four bytes occur by chance in some megabytes of sealed data once
/// a thousand names are looked for; six do not in a lifetime of demonstrations.
const SHORTEST: usize = 6;

/// Runs of bytes to look for.
pub struct Needles {
    /// By the first six bytes: a place that fits is looked at in full.
    by_start: HashMap<[u8; SHORTEST], Vec<Vec<u8>>>,
    /// Which first two bytes any of them has: most places are passed over by this alone.
    begins: Vec<bool>,
    /// How many there are.
    count: usize,
}

/// Something that should not be where it is. What it is, is not said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The file.
    pub file: PathBuf,
    /// The place in it.
    pub offset: usize,
}

impl Needles {
    /// Each text in three encodings.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        let mut all = BTreeSet::new();
        for text in texts {
            all.insert(text.as_bytes().to_vec());
            all.insert(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
            all.insert(encoding_rs::GB18030.encode(text).0.into_owned());
        }
        Self::of_bytes(all)
    }

    /// Runs of bytes as they are; those shorter than [`SHORTEST`] are left out.
    pub fn of_bytes(all: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut needles = Self {
            by_start: HashMap::new(),
            begins: vec![false; 1 << 16],
            count: 0,
        };
        for needle in all {
            let Some(start) = needle.first_chunk::<SHORTEST>().copied() else {
                continue;
            };
            if let Some(known) = needles.begins.get_mut(first_two(&start)) {
                *known = true;
            }
            needles.by_start.entry(start).or_default().push(needle);
            needles.count += 1;
        }
        needles
    }

    /// How many runs of bytes are looked for.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Where the first of them stands.
    pub fn find(&self, hay: &[u8]) -> Option<usize> {
        hay.windows(SHORTEST).enumerate().find_map(|(at, window)| {
            let start = window.first_chunk::<SHORTEST>()?;
            if !self.begins.get(first_two(start)).copied().unwrap_or(false) {
                return None;
            }
            let fits =
                |needle: &Vec<u8>| hay.get(at..).is_some_and(|rest| rest.starts_with(needle));
            self.by_start.get(start)?.iter().any(fits).then_some(at)
        })
    }

    /// All files below a folder in which one of them stands.
    pub fn in_folder(&self, folder: &Path) -> std::io::Result<Searched> {
        let mut searched = Searched::default();
        for file in files(folder)? {
            let bytes = std::fs::read(&file)?;
            searched.files += 1;
            searched.bytes += bytes.len();
            if let Some(offset) = self.find(&bytes) {
                searched.hits.push(Hit { file, offset });
            }
        }
        Ok(searched)
    }
}

/// What a search saw.
#[derive(Default)]
pub struct Searched {
    /// Files read.
    pub files: usize,
    /// Bytes read.
    pub bytes: usize,
    /// What was found.
    pub hits: Vec<Hit>,
}

fn first_two(bytes: &[u8; SHORTEST]) -> usize {
    usize::from(u16::from_be_bytes([bytes[0], bytes[1]]))
}

/// Plain files below a folder, in order. Sockets and links hold nothing.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_text_is_found_in_each_encoding_and_short_runs_are_not_looked_for() {
        let names = ["袁静文".to_owned(), "京A12345".to_owned(), "李".to_owned()];
        let needles = Needles::of_texts(&names);
        for planted in [
            "xx袁静文yy".as_bytes().to_vec(),
            "京A12345"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            encoding_rs::GB18030.encode("某袁静文").0.into_owned(),
        ] {
            assert!(needles.find(&planted).is_some());
        }
        assert_eq!(needles.find("袁静 文, 李".as_bytes()), None);
        assert_eq!(needles.find(b""), None);
    }

    #[test]
    fn every_file_below_the_folder_is_read() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("deep")).unwrap();
        std::fs::write(dir.path().join("a"), "nothing").unwrap();
        std::fs::write(dir.path().join("deep/b"), "....13900001234").unwrap();
        let searched = Needles::of_texts(&["13900001234".to_owned()])
            .in_folder(dir.path())
            .unwrap();
        assert_eq!(searched.files, 2);
        let hit = searched.hits.first().unwrap();
        assert_eq!(
            (hit.file.file_name().unwrap().to_str(), hit.offset),
            (Some("b"), 4)
        );
    }
}
