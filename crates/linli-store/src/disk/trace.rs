//! A record of what was done to a disk, from which it can be cut at any point.
//!
//! One run of a store gives as many power cuts as there are steps in its trace, times the seeds,
//! without running the store again for each.

use super::{Change, ForgettingDisk};

/// The changes and syncs of a disk since [`start_trace`](ForgettingDisk::start_trace).
#[derive(Clone, Debug, Default)]
pub struct DiskTrace {
    durable: Vec<u8>,
    pending: Vec<Change>,
    steps: Vec<Step>,
    syncs_nothing: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Change(Change),
    Sync,
}

impl DiskTrace {
    pub(super) fn new(durable: Vec<u8>, pending: Vec<Change>) -> Self {
        Self {
            durable,
            pending,
            steps: Vec::new(),
            syncs_nothing: false,
        }
    }

    pub(super) fn record(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// The number of recorded steps: writes, changes of length, successful syncs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing was done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The same run on a disk that answers to every sync and does none: what a test of durability
    /// must be able to tell from an honest one.
    #[must_use]
    pub fn without_syncs(mut self) -> Self {
        self.syncs_nothing = true;
        self
    }

    /// The numbers of steps at which everything since the last sync is at stake: just before each
    /// sync. Cuts there are the most telling.
    #[must_use]
    pub fn before_syncs(&self) -> Vec<usize> {
        let syncs = self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| matches!(step, Step::Sync));
        syncs.map(|(index, _)| index).collect()
    }

    /// The disk after a power cut once `steps` of the recorded steps were done.
    #[must_use]
    pub fn cut(&self, steps: usize, seed: u64) -> ForgettingDisk {
        let mut durable = self.durable.clone();
        let mut pending: Vec<&Change> = self.pending.iter().collect();
        for step in self.steps.iter().take(steps) {
            match step {
                Step::Change(change) => pending.push(change),
                Step::Sync if self.syncs_nothing => {}
                Step::Sync => {
                    for change in pending.drain(..) {
                        change.apply(&mut durable);
                    }
                }
            }
        }
        let pending: Vec<Change> = pending.into_iter().cloned().collect();
        ForgettingDisk::from_image(super::cut::image_after_cut(&durable, &pending, seed))
    }
}
