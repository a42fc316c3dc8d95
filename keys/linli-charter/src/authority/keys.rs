//! Published keys of scopes: which keysets count for opening, and which are good for sealing.

use super::Authority;
use super::branch::{StepBody, authority_log};
use crate::act::Keyset;
use linli_base::{DeviceId, LaneClass, ScopeId};

/// A published scope key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeKey {
    /// Who published it.
    pub by: DeviceId,
    /// The keyset.
    pub keyset: Keyset,
    /// Place in the publisher's authority log; the newest usable one is written to.
    pub seq: u32,
}

impl Authority {
    /// All keysets that count: what was published by whoever could, by the epoch it cites. For opening.
    #[must_use]
    pub fn counting_keysets(&self) -> Vec<Keyset> {
        self.keysets(|_| true).map(|k| k.keyset).collect()
    }

    /// Published keys of a scope that count and whose publisher could publish them now, oldest first: by
    /// publisher, then place. For sealing: who was removed knows the keys that he published.
    #[must_use]
    pub fn scope_keys(&self, class: LaneClass, scope: &ScopeId) -> Vec<ScopeKey> {
        let newest = self.given.newest();
        self.keysets(|k| k.class == class && k.scope == *scope)
            .filter(|k| !self.is_revoked(&k.by) && self.may_publish(&k.by, class, scope, newest))
            .collect()
    }

    fn keysets(&self, wanted: impl Fn(&Keyset) -> bool) -> impl Iterator<Item = ScopeKey> {
        let logs = self
            .given
            .logs
            .iter()
            .filter(|(_, steps)| steps.has_keysets());
        logs.flat_map(move |(by, _)| {
            let top = self.limit(&authority_log(*by));
            let branch = self.given.branch(&self.standing.cuts, *by);
            let mut out = Vec::new();
            for (seq, step) in branch.keysets().take_while(|(seq, _)| *seq <= top) {
                if let StepBody::Keyset(keyset) = &step.body
                    && wanted(keyset)
                    && let Some(epoch) = self.given.epoch(step.cited)
                    && self.may_publish(by, keyset.class, &keyset.scope, epoch)
                {
                    let (by, keyset) = (*by, keyset.clone());
                    out.push(ScopeKey { by, keyset, seq });
                }
            }
            out
        })
    }
}
