//! What people wrote, and what it may cost to fetch it.

use linli_base::RecordId;
use linli_node::drive::BlobId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A record that refers to pictures.
pub(super) struct Written {
    pub(super) id: RecordId,
    pub(super) notice: bool,
    /// The home that wrote it.
    pub(super) by: usize,
    pub(super) blobs: Vec<BlobId>,
    pub(super) erased: bool,
    /// Taken back, or corrected: not again.
    pub(super) over: bool,
}

impl Written {
    /// Neither erased, taken back nor corrected.
    pub(super) const fn stands(&self) -> bool {
        !self.erased && !self.over
    }
}

/// What one home may fetch of one blob, and what it fetched.
#[derive(Clone, Copy, Default)]
struct Cost {
    fetched: u64,
    /// What a fault took, and may be fetched again.
    taken: u64,
}

/// The books. See the module's text.
#[derive(Default)]
pub(super) struct Books {
    /// Every picture as it was sealed.
    pub(super) pictures: BTreeMap<BlobId, Arc<Vec<u8>>>,
    /// Referred to, and never made.
    pub(super) phantoms: BTreeSet<BlobId>,
    /// Gone from the only disk that had them.
    pub(super) lost: BTreeSet<BlobId>,
    pub(super) records: Vec<Written>,
    /// Nothing referred to them any more at one home at least: nobody need have them.
    pub(super) collected: BTreeSet<BlobId>,
    /// Changed by the disk of a home: it may throw them away.
    pub(super) rotten: BTreeSet<(usize, BlobId)>,
    /// Records that a home was seen to have.
    pub(super) had: BTreeSet<(usize, RecordId)>,
    /// Devices that the office holds.
    pub(super) held: BTreeSet<usize>,
    /// Devices that were held once: what they wrote meanwhile may count or not.
    pub(super) once_held: BTreeSet<usize>,
    costs: BTreeMap<(usize, BlobId), Cost>,
}

impl Books {
    /// Whether it may be nowhere any more, though a record refers to it.
    pub(super) fn may_be_nowhere(&self, id: &BlobId) -> bool {
        let gone = self.lost.contains(id) || self.collected.contains(id);
        gone || self.phantoms.contains(id)
    }

    /// A fault took so many bytes of a blob at a home.
    pub(super) fn taken(&mut self, home: usize, id: BlobId, bytes: u64) {
        self.costs.entry((home, id)).or_default().taken += bytes;
    }

    /// So many proven bytes came to a home.
    ///
    /// # Errors
    /// More than the blob has, and faults took.
    pub(super) fn came(&mut self, home: usize, id: BlobId, bytes: u64) -> Result<(), String> {
        let cost = self.costs.entry((home, id)).or_default();
        cost.fetched += bytes;
        let (fetched, may) = (cost.fetched, u64::from(id.size) + cost.taken);
        if fetched > may {
            return Err(format!(
                "home {home} fetched {fetched} bytes of a blob of {}, though faults took {} only",
                id.size, cost.taken
            ));
        }
        Ok(())
    }
}
