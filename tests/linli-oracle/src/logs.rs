//! Chains, branches and cut-offs of logs (trust.md §5, rules 1 to 3 and 6).

use crate::charter::Charter;
use crate::{Cut, Cuts, Entry, Reason, Set};
use linli_base::{EntryId, LogKey};

/// Entries signed by the device they name, and leaves of checkpoints that count, with their epochs.
pub(crate) struct Logs<'a> {
    pub(crate) entries: Vec<&'a Entry>,
    leaves: Vec<(u32, Cut)>,
}

/// Where a log ends, and what selects its branch, the stronger first.
pub(crate) struct Line {
    pub(crate) cut: Option<Cut>,
    pub(crate) selectors: Vec<Cut>,
}

impl<'a> Logs<'a> {
    /// §1: a checkpoint counts only where its leaves are held.
    pub(crate) fn of(set: &'a Set, charter: &Charter<'_>) -> Self {
        let entries = set.entries.iter().filter(|e| e.signed_by == e.log.device).collect();
        let held = |c: &&Cuts| set.leaves.contains(*c);
        let trees = charter.live.iter().flat_map(|z| z.checkpoint.iter().map(|c| (z.number, c)));
        let leaves = trees.filter(|t| held(&t.1)).flat_map(|t| t.1.iter().map(move |l| (t.0, *l)));
        Self { entries, leaves: leaves.collect() }
    }

    /// A log's last leaf that passes `only` (epoch, place): the highest, of equal ones the newest epoch's.
    pub(crate) fn leaf(&self, log: &LogKey, only: impl Fn(u32, u32) -> bool) -> Option<Cut> {
        let mine = self.leaves.iter().filter(|l| l.1.0 == *log && only(l.0, l.1.1));
        mine.max_by_key(|l| (l.1.1, l.0, l.1.2)).map(|l| l.1)
    }

    fn get(&self, log: &LogKey, seq: u32, id: EntryId) -> Option<&'a Entry> {
        self.entries.iter().find(|e| (e.id, e.seq, &e.log) == (id, seq, log)).copied()
    }

    /// Rule 1: the way down to seq 1 while prev and seq are contiguous and no epoch cited goes back (§4).
    pub(crate) fn chain(&self, e: &'a Entry) -> Option<Vec<&'a Entry>> {
        let (mut out, mut at) = (vec![e], e);
        while at.seq > 1 {
            let below = self.get(&e.log, at.seq - 1, at.prev)?;
            (below.epoch.0 <= at.epoch.0).then_some(())?;
            out.push(below);
            at = below;
        }
        (at.seq == 1 && at.prev.is_zero()).then_some(out)
    }

    /// Rule 2: the entry at a place of the branch that a cut names, as far as that branch is held.
    pub(crate) fn at(&self, cut: &Cut, seq: u32) -> Option<EntryId> {
        let (log, mut at, mut id) = *cut;
        while at > seq {
            id = self.get(&log, at, id)?.prev;
            at -= 1;
        }
        (at == seq).then_some(id)
    }

    /// Rules 1 to 3: whether an entry has its place in its log, under its cut-off and on its branch.
    pub(crate) fn placed(&self, e: &'a Entry, line: &Line) -> Result<(), Reason> {
        if line.cut.is_some_and(|c| e.seq > c.1) {
            return Err(Reason::AboveCut);
        }
        for x in self.chain(e).ok_or(Reason::Gap)? {
            let twin = |y: &&Entry| y.log == x.log && y.seq == x.seq && y.id != x.id;
            match line.selectors.iter().find_map(|c| self.at(c, x.seq)) {
                Some(id) if id != x.id => return Err(Reason::OtherBranch),
                None if self.entries.iter().any(twin) => return Err(Reason::Fork),
                _ => {}
            }
        }
        Ok(())
    }

    /// Rule 3: each revocation speaks of all logs of a device; one that it does not name ends at its last
    /// checkpoint, else at 0. Of several the lowest.
    pub(crate) fn lowest(&self, log: &LogKey, revocations: &[Cuts]) -> Option<Cut> {
        let last = self.leaf(log, |_, _| true).unwrap_or(nothing(log));
        let mut cuts = Vec::new();
        for r in revocations {
            let named: Vec<_> = r.iter().filter(|c| c.0 == *log).copied().collect();
            cuts.extend(if named.is_empty() { vec![last] } else { named });
        }
        let seq = cuts.iter().map(|c| c.1).min()?;
        cuts.retain(|c| c.1 == seq);
        Some(self.common(&cuts))
    }

    /// Rule 3: equal seq with different ids leave the last common entry; where a branch is not held, the
    /// last checkpoint below; else nothing.
    fn common(&self, cuts: &[Cut]) -> Cut {
        let (log, seq, _) = cuts[0];
        for at in (0..=seq).rev() {
            let ids: Vec<_> = cuts.iter().map(|c| self.at(c, at)).collect();
            if let Some(id) = ids[0].filter(|id| ids.iter().all(|x| *x == Some(*id))) {
                return (log, at, id);
            }
        }
        self.leaf(&log, |_, at| at < seq).unwrap_or(nothing(&log))
    }

    /// Rule 6: the first epoch whose checkpoint covers an entry.
    pub(crate) fn first_seen(&self, e: &Entry) -> Option<u32> {
        let over = |l: &&(u32, Cut)| l.1.0 == e.log && self.at(&l.1, e.seq) == Some(e.id);
        self.leaves.iter().filter(over).map(|l| l.0).min()
    }
}

/// Place 0: nothing of a log counts.
pub(crate) fn nothing(log: &LogKey) -> Cut {
    (*log, 0, EntryId::ZERO)
}
