//! Attachments: sealed bytes beside the entries that name them, fetched from neighbours piece by piece.
//!
//! [`shelf`] keeps them, [`fetch`] decides whom to ask for what, [`serve`] what a neighbour may have and how much of it.
//! None of them opens a blob: keys stand in entries, and whoever reads an entry opens what it names
//! ([`crate::home::attach`]). Why it is so: `docs/decisions/0023-attachments.md`.

pub(crate) mod fetch;
pub(crate) mod serve;
pub(crate) mod shelf;

use linli_base::{DeviceId, EntryId, LaneKey, RecordId};
use linli_record::attach::Attachment;
use std::collections::{BTreeMap, BTreeSet};

/// One blob: the hash of its sealed bytes, and how many there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BlobId {
    /// BLAKE3 of the sealed bytes.
    pub hash: [u8; 32],
    /// How many sealed bytes.
    pub size: u32,
}

impl BlobId {
    pub(crate) const fn of(attachment: &Attachment) -> Self {
        Self {
            hash: attachment.hash,
            size: attachment.size,
        }
    }

    /// The name of its file, without its ending.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}", linli_base::base32::encode(&self.hash), self.size)
    }

    /// Reads [`Self::file_name`].
    pub(crate) fn of_file_name(name: &str) -> Option<Self> {
        let (hash, size) = name.split_once('-')?;
        let id = Self {
            hash: linli_base::base32::decode(hash)?.try_into().ok()?,
            size: size.parse().ok()?,
        };
        (id.file_name() == name).then_some(id)
    }
}

/// A record, or a comment below one, that refers to blobs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Referring {
    pub(crate) record: RecordId,
    /// The comment below it; none: the record itself.
    pub(crate) comment: Option<EntryId>,
    /// The device that wrote it.
    pub(crate) author: DeviceId,
    /// The lane it stands in: who may carry that may have the blobs.
    pub(crate) lane: LaneKey,
    pub(crate) created_ms: u64,
    pub(crate) blobs: Vec<BlobId>,
}

/// The lanes in which blobs are referred to.
pub(crate) type Lanes = BTreeMap<BlobId, BTreeSet<LaneKey>>;

/// By blob, the lanes of the records that refer to it.
pub(crate) fn lanes(referring: &[Referring]) -> Lanes {
    let mut lanes = Lanes::new();
    for r in referring {
        for blob in &r.blobs {
            lanes.entry(*blob).or_default().insert(r.lane);
        }
    }
    lanes
}

/// Most bytes of blobs that one device's entries make others keep.
pub(crate) const PER_DEVICE_MAX: u64 = 256 << 20;
/// Most bytes of blobs in one home.
pub(crate) const PER_HOME_MAX: u64 = 4 << 30;

/// Which of the blobs that are referred to a home keeps: the newest first, as far as device and home have room.
pub(crate) fn kept(referring: &[Referring]) -> Vec<BlobId> {
    let mut newest: Vec<&Referring> = referring.iter().collect();
    newest.sort_by_key(|r| (std::cmp::Reverse(r.created_ms), r.record, r.comment));
    let mut of_device = BTreeMap::<DeviceId, u64>::new();
    let mut of_home = 0;
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for r in newest {
        for blob in &r.blobs {
            if seen.contains(blob) {
                continue;
            }
            let size = u64::from(blob.size);
            let used = of_device.entry(r.author).or_default();
            if *used + size <= PER_DEVICE_MAX && of_home + size <= PER_HOME_MAX {
                *used += size;
                of_home += size;
                // A reference that found no room takes none from the next one, which may be its owner's.
                seen.insert(*blob);
                kept.push(*blob);
            }
        }
    }
    kept
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use linli_base::{LaneClass, Period, ScopeId};

    fn referring(author: u8, created_ms: u64, sizes: &[u32]) -> Referring {
        let blob = |(n, size): (u8, &u32)| BlobId {
            hash: std::array::from_fn(|at| match at {
                0 => author,
                1 => n,
                _ => created_ms as u8,
            }),
            size: *size,
        };
        Referring {
            record: RecordId([created_ms as u8; 16]),
            comment: None,
            author: DeviceId([author; 32]),
            lane: LaneKey {
                class: LaneClass::Board,
                scope: ScopeId::ZERO,
                period: Period(1),
            },
            created_ms,
            blobs: (0..).zip(sizes).map(blob).collect(),
        }
    }

    #[test]
    fn a_file_is_named_after_its_blob_and_nothing_else_is() {
        let id = BlobId {
            hash: [9; 32],
            size: 700,
        };
        assert_eq!(BlobId::of_file_name(&id.file_name()), Some(id));
        for bad in [
            "",
            "-",
            "x-1",
            "../../etc-1",
            &format!("{}0", id.file_name().replace("700", "0700")),
        ] {
            assert_eq!(BlobId::of_file_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn whoever_names_anothers_picture_in_invented_references_takes_it_from_nobody() {
        let five = 5 << 20;
        let mine = referring(2, 0, &[five]);
        // Newer than mine, more than a share, and at the end of it the picture that I wrote.
        let mut flood: Vec<Referring> = (1..14)
            .map(|n| referring(1, n, &[five, five, five, five]))
            .collect();
        flood[0].blobs = mine.blobs.clone();
        let kept = kept(&[flood, vec![mine.clone()]].concat());
        assert!(kept.contains(&mine.blobs[0]));
        let once = kept.iter().filter(|id| **id == mine.blobs[0]).count();
        assert_eq!(once, 1);
    }

    #[test]
    fn one_device_cannot_fill_the_others_and_what_is_new_comes_first() {
        let five = 5 << 20;
        let flood: Vec<Referring> = (0..30)
            .map(|n| referring(1, n, &[five, five, five, five]))
            .collect();
        let mine = referring(2, 0, &[five]);
        let all = [flood, vec![mine.clone()]].concat();
        let kept = kept(&all);
        assert_eq!(
            kept.len(),
            51 + 1,
            "256 MiB of one device, and what others wrote"
        );
        assert!(kept.contains(&mine.blobs[0]));
        assert!(kept.contains(&all[29].blobs[0]), "the newest");
        assert!(!kept.contains(&all[0].blobs[0]), "the oldest");
    }
}
