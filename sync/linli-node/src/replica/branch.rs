//! Changing over to the branch that a cut-off or checkpoint selects (trust.md §5.2).
//!
//! A key that is used twice leaves two branches, and each replica holds the one it met first. Once a cut-off names an
//! entry, only the branch that leads to it counts. Whoever holds another one looks for the named entry, then for the
//! one before it, and so on down to common ground; each is recognised by its id alone, so a stolen key cannot crowd
//! them out with further branches. Found entries wait in `Quarantine`. When the line is whole, one commit moves what was
//! held above common ground there as proof and puts the line in its place; until then nothing above the fork counts.

use super::{Now, Replica, layout};
use linli_base::{Entry, EntryId, Header, LaneClass, LogKey, RecordId, hash};
use linli_charter::{Carried, Cut};
use linli_keys::Signed;
use linli_log::{Head, Outcome};
use linli_protocol::Input;
use linli_protocol::hub::Output;
use linli_store::{StoreFault, Table};
use std::collections::{BTreeMap, btree_map};

/// Where a log stands to the branch that is selected for it.
enum Way {
    /// None is selected, or the log is on it, or nothing says that it is not.
    Straight,
    /// It is on another branch, or may be: this entry is looked for next.
    Missing(Cut),
    /// The selected branch is here: these entries follow the one at this place of ours.
    Whole(u32, Vec<Entry>),
}

/// Entries of one log that came together, by id.
type Offered = BTreeMap<EntryId, Entry>;

impl Replica {
    /// Id of the entry that stands at a place, staged ones included.
    fn stands_at(&self, log: &LogKey, seq: u32) -> Result<Option<EntryId>, StoreFault> {
        let head = self.logs.head(log);
        if let Some(head) = head.filter(|h| h.seq <= seq) {
            return Ok((head.seq == seq).then_some(head.id));
        }
        let bytes = self.staged.get(Table::Entries, &layout::entry(log, seq))?;
        let header = bytes.and_then(|b| Header::decode(&b).ok());
        Ok(header.map(|h| h.id(&self.me.community)))
    }

    /// The lowest known fork at or below a place.
    fn fork_below(&self, log: &LogKey, seq: u32) -> Option<u32> {
        self.authority.fork(log).filter(|at| *at <= seq)
    }

    fn way(&self, log: &LogKey) -> Result<Way, StoreFault> {
        let Some(selected) = self.authority.selected(log) else {
            return Ok(Way::Straight);
        };
        let astray = match self.stands_at(log, selected.seq)? {
            Some(id) => id != selected.id,
            None => self.fork_below(log, selected.seq).is_some(),
        };
        if !astray {
            return Ok(Way::Straight);
        }
        let (mut next, mut line) = (selected, Vec::new());
        while next.seq > 0 && self.stands_at(log, next.seq)? != Some(next.id) {
            let waiting = self.in_quarantine(&next)?;
            let Some(entry) = waiting else {
                return Ok(Way::Missing(next));
            };
            next = before(&entry);
            line.push(entry);
        }
        line.reverse();
        // A first entry that names one before it leads nowhere.
        Ok(if next.seq == 0 && !next.id.is_zero() {
            Way::Straight
        } else {
            Way::Whole(next.seq, line)
        })
    }

    /// An entry that waits or is kept as proof.
    fn in_quarantine(&self, at: &Cut) -> Result<Option<Entry>, StoreFault> {
        let bytes = self.staged.get(Table::Quarantine, &at.id.0)?;
        let entry = bytes.and_then(|b| Entry::decode(&b).ok());
        Ok(entry.filter(|e| e.header.log() == at.log && e.header.seq == at.seq))
    }

    /// Highest seq of a log as it is held here that counts: nothing above a fork while another branch is selected, or
    /// may be.
    pub(super) fn countable(&self, log: &LogKey) -> Result<u32, StoreFault> {
        let limit = self.authority.limit(log);
        let Some(selected) = self.authority.selected(log) else {
            return Ok(limit);
        };
        let stands = self.stands_at(log, selected.seq)?;
        if stands == Some(selected.id) {
            return Ok(limit);
        }
        let from = self
            .fork_below(log, selected.seq)
            .or_else(|| stands.map(|_| selected.seq));
        Ok(from.map_or(limit, |at| limit.min(at.saturating_sub(1))))
    }

    /// Whether an entry that took its place decides that the log is on the selected branch after all: then what was
    /// in doubt counts from now on, and acts of other branches do not.
    pub(super) fn ends_doubt(&self, log: &LogKey, seq: u32, id: EntryId) -> bool {
        let named = |c: Cut| c.seq == seq && c.id == id;
        let doubt = self.fork_below(log, seq).is_some() || self.authority.is_revoked(&log.device);
        doubt && self.authority.selected(log).is_some_and(named)
    }

    /// Whether an act counts as far as its author's cut-off goes: at or below it, on the named branch. While that one
    /// is not held here, what restricts counts.
    pub(super) fn act_counts(
        &self,
        log: &LogKey,
        seq: u32,
        id: EntryId,
    ) -> Result<bool, StoreFault> {
        let Some(cut) = self.authority.cut(log) else {
            return Ok(true);
        };
        if seq >= cut.seq {
            return Ok(seq == cut.seq && (cut.id.is_zero() || cut.id == id));
        }
        let on_it = self.stands_at(log, cut.seq)? == Some(cut.id);
        Ok(!on_it || self.stands_at(log, seq)? == Some(id))
    }

    /// Looks among entries that came for what is missing of selected branches.
    pub(super) fn follow(&mut self, now: Now, entries: &[Vec<u8>]) -> Result<(), StoreFault> {
        let mut offered: BTreeMap<LogKey, Option<Offered>> = BTreeMap::new();
        for bytes in entries {
            let Ok(log) = Header::decode(bytes).map(|h| h.log()) else {
                continue;
            };
            let of_log = match offered.entry(log) {
                btree_map::Entry::Occupied(of_log) => of_log.into_mut(),
                btree_map::Entry::Vacant(none) => {
                    let missing = matches!(self.way(&log)?, Way::Missing(_));
                    none.insert(missing.then(Offered::new))
                }
            };
            if let (Some(of_log), Ok(entry)) = (of_log, Entry::decode(bytes)) {
                of_log.insert(entry.header.id(&self.me.community), entry);
            }
        }
        for (log, of_log) in offered {
            if let Some(of_log) = of_log {
                self.follow_log(now, &log, of_log)?;
            }
        }
        Ok(())
    }

    fn follow_log(
        &mut self,
        now: Now,
        log: &LogKey,
        mut offered: Offered,
    ) -> Result<(), StoreFault> {
        let Way::Missing(mut next) = self.way(log)? else {
            return Ok(());
        };
        while let Some(entry) = offered.remove(&next.id) {
            if entry.header.seq != next.seq {
                break;
            }
            let Some(key) = self.authority.device(&log.device).map(|d| *d.key()) else {
                break;
            };
            let Ok(verified) = Signed::new(entry).verify(&self.me.community, &key) else {
                self.refuse("an entry of a selected branch with a wrong signature");
                break;
            };
            let carried = match self.authority.carry(verified) {
                Ok(carried) => carried,
                Err(refusal) => {
                    self.refuse(refusal.to_string());
                    break;
                }
            };
            let entry = carried.content();
            self.staged
                .put(Table::Quarantine, next.id.0, entry.encode());
            self.learn_branch(entry);
            next = before(entry);
            if self.stands_at(log, next.seq)? == Some(next.id) {
                break;
            }
        }
        if let Way::Whole(from, line) = self.way(log)? {
            self.change_over(now, log, from, line)?;
        }
        Ok(())
    }

    /// Entries of an authority log decide standing on whichever branch they are.
    pub(super) fn learn_branch(&mut self, entry: &Entry) {
        if entry.header.class == LaneClass::Authority {
            self.add_authority(entry);
        }
    }

    /// Before rows are folded anew: changes over wherever the selected branch is here, and notes where it has to be
    /// asked for.
    pub(super) fn settle_branches(&mut self, now: Now) -> Result<(), StoreFault> {
        let selected = |log: &&LogKey| self.authority.selected(log).is_some();
        let logs: Vec<LogKey> = self.logs.heads().keys().filter(selected).copied().collect();
        for log in logs {
            match self.way(&log)? {
                Way::Straight => {}
                Way::Missing(_) => {
                    self.fresh.strays.insert(log);
                }
                Way::Whole(from, line) => self.change_over(now, &log, from, line)?,
            }
        }
        Ok(())
    }

    /// Asks every peer for the logs that are on another branch than the selected one.
    pub(super) fn ask_for_branches(&mut self, now: Now, out: &mut Vec<Output>) {
        for log in std::mem::take(&mut self.fresh.strays) {
            for link in self.ground.links() {
                out.extend(self.hub_step(now, Input::AskWhole(link, log)));
            }
        }
    }

    /// Moves what is held above `from` to quarantine and puts the selected line in its place.
    fn change_over(
        &mut self,
        now: Now,
        log: &LogKey,
        from: u32,
        line: Vec<Entry>,
    ) -> Result<(), StoreFault> {
        let head = self.logs.head(log).map_or(0, |h| h.seq);
        let base = self
            .stands_at(log, from)?
            .map(|id| Head { seq: from, id })
            .filter(|_| from > 0);
        for seq in from + 1..=head {
            let Some(entry) = self.entry_at(log, seq)? else {
                continue;
            };
            let id = entry.header.id(&self.me.community);
            self.staged.put(Table::Quarantine, id.0, entry.encode());
            self.staged.delete(Table::Entries, layout::entry(log, seq));
            let row = RecordId(hash::first16(&id.0));
            self.staged.delete(Table::Index, layout::place(&row));
            if seq == from + 1 {
                self.note_parting(*log, seq, id);
            }
        }
        self.logs.restore(*log, base);
        self.fresh.turned.insert(*log);
        self.refold = true;
        for entry in line {
            let id = entry.header.id(&self.me.community);
            let Outcome::Appended(placed) = self.put_in_log(Carried::remembered(entry)) else {
                break;
            };
            self.staged.delete(Table::Quarantine, id.0);
            for carried in placed {
                self.store_carried(now, carried)?;
            }
        }
        Ok(())
    }

    /// Notes where our former branch left the selected one; its entry there is the proof from now on.
    fn note_parting(&mut self, log: LogKey, seq: u32, id: EntryId) {
        if self.authority.fork(&log).is_some_and(|at| at < seq) {
            return;
        }
        self.staged
            .put(Table::Index, layout::fork(&log), seq.to_be_bytes());
        self.fresh.forks.insert(log, (seq, id));
        let changed = self.authority.add_fork(log, seq);
        self.note_changed(changed);
    }
}

/// The place and id of the entry that this one follows.
fn before(entry: &Entry) -> Cut {
    let h = &entry.header;
    Cut {
        log: h.log(),
        seq: h.seq.saturating_sub(1),
        id: h.prev,
    }
}
