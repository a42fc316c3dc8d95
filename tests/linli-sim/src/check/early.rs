//! What comes in an unlucky order: acts before their logs, entries before their authors, cut-offs after what
//! they cut. Acts must have their effect at once (trust.md §5.5); the rest is counted as "sometimes".

use crate::ledger::What;
use crate::options::Role;
use crate::parcel::{Carries, Parcel, Says};
use crate::world::{Checked, World};
use linli_base::hash::first16;
use linli_base::{EntryKind, RecordId};
use linli_protocol::LinkId;
use linli_record::{RecordKind, RowKind};

impl World {
    /// After a frame of acts was dealt with: each that can be judged here has its effect, whether or not the log
    /// it stands in has come.
    ///
    /// What comes before the peer is admitted here is not looked at; it comes again with its log.
    pub(crate) fn check_acts(&mut self, n: usize, link: u64, parcel: &Parcel) -> Checked {
        let Says::Acts(acts) = &parcel.says else {
            return Ok(());
        };
        let admitted = |up: &crate::node::Up| up.replica.hub().device_of(LinkId(link)).is_some();
        if self.nodes[n].sick || !self.nodes[n].up.as_ref().is_some_and(admitted) {
            return Ok(());
        }
        for act in acts {
            let Some(up) = self.nodes[n].up.as_ref() else {
                return Ok(());
            };
            let (h, authority) = (&act.header, up.replica.authority());
            if authority.place(h).is_err() {
                continue;
            }
            let early = up
                .replica
                .heads()
                .get(&h.log())
                .is_none_or(|x| x.seq < h.seq);
            let effective = match h.kind {
                EntryKind::CANCEL => {
                    let row = up
                        .replica
                        .row(RowKind::Cancel, &RecordId(first16(&act.id.0)));
                    matches!(row, Ok(Some(_)))
                }
                EntryKind::REVOKE => {
                    let mut known = authority.devices().keys();
                    let target = known.find(|d| d.act_target() == h.record.0);
                    target.is_none_or(|d| authority.is_revoked(d))
                }
                _ => true,
            };
            if !effective {
                let refused = up.replica.refused();
                let what = format!(
                    "act {} of {} has no effect; refused {refused:?}",
                    act.id, h.device
                );
                return self.broken("acts before their logs", n, what);
            }
            if early {
                self.sometimes.reached("act before its predecessors");
                self.note_early_act(n, act);
            }
        }
        Ok(())
    }

    fn note_early_act(&mut self, n: usize, act: &Carries) {
        let h = &act.header;
        match h.kind {
            EntryKind::CANCEL if self.nodes[n].role.is_gate() => {
                let cti = &h.record.0[..12];
                let granted = self
                    .ledger
                    .items
                    .iter()
                    .find_map(|i| match (&i.what, i.place) {
                        (What::Granted(of), Some(place)) if of == cti => Some(place),
                        _ => None,
                    });
                if granted.is_some_and(|(log, seq, id)| self.held_at(n, &log, seq) != Some(id)) {
                    self.sometimes.reached("cancel before the grant it cancels");
                }
            }
            EntryKind::REVOKE => {
                let behind = self.ledger.items.iter().any(|i| match &i.what {
                    What::Revoked(device, heads) if device.act_target() == h.record.0 => heads
                        .iter()
                        .any(|(log, (seq, _))| self.held_at(n, log, *seq).is_none()),
                    _ => false,
                });
                if behind {
                    self.sometimes.reached("revocation before what it revokes");
                }
            }
            EntryKind::ERASE => {
                let known = |kind| self.rows_of(n, kind).contains(&h.record);
                let gate = matches!(self.nodes[n].role, Role::Gate(_));
                let made = self
                    .ledger
                    .made(RecordKind::Post)
                    .find(|(id, _)| *id == h.record);
                let missing = made.is_some_and(|(_, item)| {
                    item.place
                        .is_some_and(|(log, seq, _)| self.held_at(n, &log, seq).is_none())
                });
                if missing && !gate && !known(RowKind::Post) {
                    self.sometimes.reached("erase before its record");
                }
            }
            _ => {}
        }
    }

    /// Before a frame of entries: which of them will have to wait.
    pub(crate) fn note_early(&mut self, n: usize, parcel: &Parcel) {
        let Says::Entries(entries) = &parcel.says else {
            return;
        };
        let Some(up) = self.nodes[n].up.as_ref() else {
            return;
        };
        let newest = up.replica.authority().charter().newest().epoch.number;
        let (mut early, mut again) = (Vec::new(), Vec::new());
        let mut reached = up
            .replica
            .heads()
            .iter()
            .map(|(l, h)| (*l, h.seq))
            .collect::<std::collections::BTreeMap<_, _>>();
        let own = self.nodes[n].device;
        let mut brought_back = false;
        for entry in entries {
            let (log, h) = (entry.header.log(), &entry.header);
            let at = reached.entry(log).or_default();
            brought_back |= log.device == own && h.seq > *at;
            let stranger = up.replica.authority().device(&h.device).is_none() || h.epoch > newest;
            if stranger || h.seq > *at + 1 {
                early.push((entry.id, (log, h.seq, stranger)));
            } else {
                *at = (*at).max(h.seq);
                again.push(entry.id);
            }
        }
        if brought_back {
            self.sometimes.reached("own entries brought back by a peer");
        }
        let waiting = &mut self.nodes[n].early;
        if waiting.len() < 200 {
            waiting.extend(early);
        }
        // What is sent again does not show that the first copy was kept.
        for id in again {
            waiting.remove(&id);
        }
    }

    /// After a commit: which of those that waited are in their place.
    pub(crate) fn note_late_comers(&mut self, n: usize) {
        if self.nodes[n].early.is_empty() {
            return;
        }
        let node = &mut self.nodes[n];
        let Some(up) = node.up.as_ref() else {
            return;
        };
        let heads = up.replica.heads();
        let mut placed = Vec::new();
        node.early.retain(|_, (log, seq, stranger)| {
            let there = heads.get(log).is_some_and(|h| h.seq >= *seq);
            if there {
                placed.push(*stranger);
            }
            !there
        });
        for stranger in placed {
            self.sometimes.reached(if stranger {
                "entry waited for its author or epoch"
            } else {
                "hold-back used"
            });
        }
    }

    /// Posts that a node shows, if this frame may take some of them back.
    pub(crate) fn visible_before(&self, n: usize, parcel: &Parcel) -> Vec<RecordId> {
        match &parcel.says {
            Says::Acts(acts) if acts.iter().any(|a| is_limit(a.header.kind)) => {
                self.rows_of(n, RowKind::Post)
            }
            _ => Vec::new(),
        }
    }

    /// Whether one of them went.
    pub(crate) fn check_taken_back(&mut self, n: usize, before: &[RecordId]) {
        if before.is_empty() {
            return;
        }
        let Some(up) = self.nodes[n].up.as_mut() else {
            return;
        };
        // The rows are folded anew at the commit; what it will take back shows in the limits already.
        let authority = up.replica.authority();
        let above = self.ledger.made(RecordKind::Post).any(|(id, item)| {
            before.contains(&id)
                && item
                    .place
                    .is_some_and(|(log, seq, _)| seq > authority.limit(&log))
        });
        if above {
            self.sometimes
                .reached("row taken back by a cut-off or hold");
        }
    }
}

fn is_limit(kind: EntryKind) -> bool {
    kind == EntryKind::REVOKE || kind == EntryKind::HOLD
}
