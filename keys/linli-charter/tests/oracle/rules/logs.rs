//! Rules 1, 2, 3 and 5 of trust.md §5: logs, forks, cut-offs, checkpoints, and the acts below them.

use super::super::set::authority_log;
use super::Valid;
use linli_base::{EntryId, EntryKind, Header, LogKey};
use linli_charter::Cut;
use linli_charter::authority::AuthorityBody;
use std::collections::BTreeSet;

impl Valid {
    /// Two entries at one place, or the word of whoever saw them.
    pub(crate) fn forks(&self, log: &LogKey) -> BTreeSet<u32> {
        let told = self.told_forks.iter().filter(|(l, _)| l == log);
        let mut out: BTreeSet<u32> = told.map(|(_, seq)| *seq).collect();
        let steps = self.steps.iter().map(|(h, id, _)| (h, id));
        let all: Vec<_> = steps
            .chain(self.acts.iter().map(|(h, id, _)| (h, id)))
            .collect();
        for (a, a_id) in &all {
            for (b, b_id) in &all {
                if a.log() == *log && b.log() == *log && a.seq == b.seq && a_id != b_id {
                    out.insert(a.seq);
                }
            }
        }
        out
    }

    /// The last checkpoint that names the log.
    pub(crate) fn checkpoint(&self, log: &LogKey) -> Option<Cut> {
        let of_log = self.leaves.iter().filter(|(_, l)| l.log == *log);
        let highest = of_log.max_by_key(|(epoch, l)| (l.seq, *epoch, l.id));
        highest.map(|(_, l)| *l)
    }

    /// As written: what the revocations name, else the checkpoint, else 0; of several the lowest.
    pub(crate) fn written_cut(&self, log: &LogKey) -> Option<Cut> {
        let (_, revocations) = self.cut_off.get(&log.device)?;
        let nothing = Cut {
            log: *log,
            seq: 0,
            id: EntryId::ZERO,
        };
        let default = self.checkpoint(log).unwrap_or(nothing);
        let mut cuts = Vec::new();
        for named in revocations {
            let lowest = named.iter().filter(|c| c.log == *log).min();
            cuts.push(lowest.copied().unwrap_or(default));
        }
        let seq = cuts.iter().map(|c| c.seq).min().unwrap_or(0);
        let ids: BTreeSet<EntryId> = cuts.iter().filter(|c| c.seq == seq).map(|c| c.id).collect();
        if let [only] = ids.iter().collect::<Vec<_>>()[..] {
            return Some(Cut {
                log: *log,
                seq,
                id: *only,
            });
        }
        // "equal seq with different ids: the last common entry", if the branches are held; else what a checkpoint
        // says, for nothing else is known to be common.
        let lines: Vec<Vec<(u32, EntryId)>> =
            ids.iter().map(|id| self.named(log, seq, id)).collect();
        let common = lines[0]
            .iter()
            .find(|entry| lines.iter().all(|l| l.contains(entry)));
        Some(
            match (common, self.checkpoint(log).filter(|c| c.seq < seq)) {
                (Some((seq, id)), _) => Cut {
                    log: *log,
                    seq: *seq,
                    id: *id,
                },
                (None, Some(checkpoint)) => checkpoint,
                (None, None) => nothing,
            },
        )
    }

    /// "Only an epoch cuts below a checkpoint; an issuing key's cut below one counts as that checkpoint."
    pub(crate) fn cut(&self, log: &LogKey) -> Option<Cut> {
        let written = self.written_cut(log)?;
        let (by_charter, _) = self.cut_off[&log.device];
        match self.checkpoint(log) {
            Some(c) if !by_charter && c.seq >= written.seq => Some(c),
            _ => Some(written),
        }
    }

    pub(super) fn selectors(&self, log: &LogKey) -> Vec<Cut> {
        let both = [self.cut(log), self.checkpoint(log)];
        both.into_iter().flatten().collect()
    }

    /// Where a log stops for good: "before a fork only where neither exists".
    pub(crate) fn stops_before(&self, log: &LogKey) -> Option<u32> {
        let reach = self.selectors(log).iter().map(|c| c.seq).max();
        let above = |f: &u32| *f > reach.unwrap_or(0);
        self.forks(log).into_iter().find(above)
    }

    pub(super) fn step(
        &self,
        log: &LogKey,
        id: &EntryId,
    ) -> Option<&(Header, EntryId, AuthorityBody)> {
        self.steps
            .iter()
            .find(|(h, i, _)| h.log() == *log && i == id)
    }

    /// The line of an entry that somebody names at a place, if it stands at that place.
    fn named(&self, log: &LogKey, seq: u32, id: &EntryId) -> Vec<(u32, EntryId)> {
        let stands = self.step(log, id).is_some_and(|(h, ..)| h.seq == seq);
        let (line, _) = self.line(log, id);
        line.into_iter().filter(|_| stands).collect()
    }

    /// An entry and all before it, as far as they are held; whole if it reaches seq 1.
    pub(super) fn line(&self, log: &LogKey, id: &EntryId) -> (Vec<(u32, EntryId)>, bool) {
        let mut line = Vec::new();
        let (mut id, mut want) = (*id, None);
        while let Some((h, _, _)) = self.step(log, &id) {
            if want.is_some_and(|w| w != h.seq) {
                return (line, false);
            }
            line.push((h.seq, id));
            if h.seq == 1 {
                return (line, h.prev.is_zero());
            }
            (id, want) = (h.prev, Some(h.seq - 1));
        }
        (line, false)
    }

    /// Whether an entry is on the branch that counts, from seq 1 without a hole.
    pub(super) fn counts(&self, log: &LogKey, id: &EntryId) -> bool {
        let (line, whole) = self.line(log, id);
        let forks = self.forks(log);
        whole
            && line.iter().all(|(seq, id)| {
                for selector in self.selectors(log) {
                    if selector.seq < *seq || selector.id.is_zero() {
                        continue;
                    }
                    let named = self.named(log, selector.seq, &selector.id);
                    if let Some((_, there)) = named.into_iter().find(|(s, _)| s == seq) {
                        return there == *id;
                    }
                    if selector.seq == *seq {
                        return false;
                    }
                }
                !forks.contains(seq)
            })
    }

    pub(super) fn acts_that_count(&self) -> impl Iterator<Item = &(Header, EntryId, Vec<u8>)> {
        self.acts.iter().filter(|(h, id, _)| self.act_counts(h, id))
    }

    pub(super) fn act_counts(&self, h: &Header, id: &EntryId) -> bool {
        let log = authority_log(h.device);
        let Some(cut) = self.cut(&log) else {
            return true;
        };
        if h.seq > cut.seq {
            return false;
        }
        if h.seq == cut.seq && !cut.id.is_zero() {
            return *id == cut.id;
        }
        // On the named branch, as far as it is known: what stands at this place?
        let there = self
            .steps
            .iter()
            .find(|(s, i, _)| s.log() == log && s.seq == h.seq && self.counts(&log, i));
        match there {
            Some((_, i, _)) => i == id,
            None if self.stops_before(&log).is_some_and(|f| f <= h.seq) => false,
            None => h.kind != EntryKind::LIFT,
        }
    }
}
