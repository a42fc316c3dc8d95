//! Looks for planted texts in every file of a folder, as UTF-8, UTF-16 and GB 18030.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Runs of fewer bytes are not looked for: among some megabytes of sealed data they occur by chance.
const SHORTEST: usize = 6;

/// Texts to look for.
#[derive(Debug)]
pub struct Planted {
    /// By the first two bytes.
    needles: BTreeMap<[u8; 2], Vec<Vec<u8>>>,
    /// Which first two bytes any of them has.
    begins: Vec<bool>,
    count: usize,
}

impl Planted {
    /// Each text in each encoding.
    #[must_use]
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let encoded = texts.into_iter().flat_map(|text| {
            let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let gb = encoding_rs::GB18030.encode(text).0.into_owned();
            [text.as_bytes().to_vec(), utf16, gb]
        });
        Self::bytes(encoded)
    }

    /// Runs of bytes as they are.
    #[must_use]
    pub fn bytes(all: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut planted = Self {
            needles: BTreeMap::new(),
            begins: vec![false; 1 << 16],
            count: 0,
        };
        for needle in all.into_iter().filter(|needle| needle.len() >= SHORTEST) {
            let first = [needle[0], needle[1]];
            let same = planted.needles.entry(first).or_default();
            if !same.contains(&needle) {
                planted.begins[usize::from(u16::from_be_bytes(first))] = true;
                same.push(needle);
                planted.count += 1;
            }
        }
        planted
    }

    /// How many runs of bytes are looked for.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Where the first of them stands.
    #[must_use]
    pub fn find(&self, hay: &[u8]) -> Option<usize> {
        hay.windows(2).enumerate().find_map(|(at, two)| {
            let first = [two[0], two[1]];
            if !self.begins[usize::from(u16::from_be_bytes(first))] {
                return None;
            }
            let rest = &hay[at..];
            let found = self.needles[&first].iter().any(|n| rest.starts_with(n));
            found.then_some(at)
        })
    }

    /// Reads every file below a folder. Gives how many there were.
    ///
    /// # Panics
    /// With the place of what was found, and never with what it is; and when there is nothing to read.
    #[must_use]
    pub fn absent_from(&self, folder: &Path) -> usize {
        let files = files(folder);
        assert!(!files.is_empty(), "{}: no files", folder.display());
        for file in &files {
            let bytes = std::fs::read(file).expect("a file of the home");
            let found = self.find(&bytes);
            assert_eq!(found, None, "{}: planted text at this byte", file.display());
        }
        files.len()
    }
}

/// Plain files below a folder.
///
/// # Panics
/// When a folder cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_planted_is_found_in_each_encoding_and_what_is_not_is_not() {
        let planted = Planted::texts(["袁静文", "京A12345", "李"]);
        for hay in [
            "xx袁静文".as_bytes().to_vec(),
            "京A12345"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            encoding_rs::GB18030.encode("某袁静文某").0.into_owned(),
        ] {
            assert!(planted.find(&hay).is_some());
        }
        assert_eq!(planted.find("袁静 文 李 京A1234".as_bytes()), None);
        assert_eq!(planted.find(b""), None);
        // One character is too short to be looked for, in any encoding.
        assert_eq!(planted.count(), 6);
    }
}
