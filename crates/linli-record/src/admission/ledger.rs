//! What a change adds up to while its rows are read: the actors it uses and the bytes it expands to.

use super::change::ChangeHead;
use super::rows::{RawKey, RawValue, Ref};
use super::{Actor, Limits, Refusal};

/// Which of the listed actors the operations really refer to: a list that names more is not canonical.
pub(super) struct ActorUse {
    /// The author, then the others; an operation names them by their place here.
    actors: Vec<Actor>,
    used: Vec<bool>,
}

impl ActorUse {
    pub(super) fn new(head: &ChangeHead) -> Self {
        let mut actors = vec![head.actor];
        actors.extend_from_slice(&head.other_actors);
        let mut used = vec![false; actors.len()];
        used[0] = true;
        Self { actors, used }
    }

    pub(super) fn mark(&mut self, id: Ref) -> Option<()> {
        *self.used.get_mut(id.actor)? = true;
        Some(())
    }

    /// Whether the ids are in Automerge's order, by counter and then by actor bytes, none twice.
    pub(super) fn ascends(&self, ids: &[Ref]) -> bool {
        let order = |id: &Ref| (id.ctr, self.actors.get(id.actor));
        ids.windows(2).all(|pair| order(&pair[0]) < order(&pair[1]))
    }

    pub(super) fn all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }
}

/// What is left of [`Limits::expanded_bytes`].
pub(super) struct Budget {
    left: u64,
    all: u64,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            left: limits.expanded_bytes,
            all: limits.expanded_bytes,
        }
    }

    pub(super) fn spent(&self) -> u64 {
        self.all - self.left
    }

    /// An operation costs 16 bytes, each value it overwrites 16 more, and key and value as they are.
    pub(super) fn spend(
        &mut self,
        key: &RawKey<'_>,
        value: &RawValue,
        preds: usize,
    ) -> Result<(), Refusal> {
        let name = if let RawKey::Map(name) = key {
            name.len()
        } else {
            0
        };
        let cost = 16 + 16 * preds as u64 + name as u64 + value.at.len() as u64;
        self.left = self.left.checked_sub(cost).ok_or(Refusal::Expands)?;
        Ok(())
    }
}
