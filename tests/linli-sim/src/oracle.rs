//! What has to be seen at the end, and what must not: each row of each node against the ledger (I2, I3, I4).

use crate::ledger::What;
use crate::node::Up;
use crate::truth::Truth;
use crate::world::{Checked, World};
use linli_base::hash::first16;
use linli_base::{DeviceId, RecordId};
use linli_record::row::{PostRow, Thread};
use linli_record::{RecordKind, Row, RowKind};
use std::collections::{BTreeMap, BTreeSet};

/// The row that shows a record of a kind.
#[must_use]
pub fn row_kind(kind: RecordKind) -> Option<RowKind> {
    RowKind::from_number(kind.number())
}

/// The text that the ledger knows a row by.
fn text_of(row: &Row) -> Option<&str> {
    match row {
        Row::Notice(row) => Some(&row.title),
        Row::Post(row) => Some(row.body.reveal()),
        Row::Visit(row) => Some(row.label.reveal()),
        Row::Room(row) => Some(&row.room),
        Row::Person(row) => row.note.as_ref().map(|n| n.reveal().as_str()),
        _ => None,
    }
}

fn thread_of(row: &Row) -> Option<&Thread> {
    match row {
        Row::Notice(row) => Some(&row.thread),
        Row::Post(PostRow { thread, .. }) => Some(thread),
        _ => None,
    }
}

/// What is expected of one record.
#[derive(Default)]
struct Expected {
    /// Texts that may stand in it, in the order written, with who wrote each.
    texts: Vec<(DeviceId, String)>,
    /// An edit of it does not count, so that what builds on that edit waits.
    loose: bool,
}

impl World {
    /// Checks every row of every honest node.
    pub(crate) fn check_rows(&mut self) -> Checked {
        let truth = self.truth();
        self.check_nothing_lost(&truth)?;
        let expected = self.expected(&truth);
        for n in self.alive() {
            let Some(up) = self.nodes[n].up.as_ref() else {
                continue;
            };
            let mut concurrent = false;
            for kind in [
                RecordKind::Notice,
                RecordKind::Post,
                RecordKind::Visit,
                RecordKind::Room,
                RecordKind::Person,
            ] {
                concurrent |= self.check_records(n, up, kind, &truth, &expected)?;
            }
            self.check_talk(n, up, &truth)?;
            self.check_passes(n, up, &truth)?;
            if concurrent {
                self.sometimes
                    .reached("edits of one record by two devices apart");
            }
        }
        self.check_receipts()
    }

    /// I2 over the whole mesh: what an honest person was told is saved is somewhere.
    fn check_nothing_lost(&self, truth: &Truth) -> Checked {
        for (at, item) in self.ledger.items.iter().enumerate() {
            let owed = item.told && !item.rolled_back && !self.nodes[item.node].gone;
            if owed && !truth.happened(at) {
                let what = format!("\"saved\" was said of {:?}, and nobody has it", item.what);
                return self.broken("I2", item.node, what);
            }
        }
        Ok(())
    }

    /// Records that have to be seen by whom they concern.
    fn expected(&self, truth: &Truth) -> BTreeMap<RecordId, Expected> {
        let mut expected: BTreeMap<RecordId, Expected> = BTreeMap::new();
        for (at, item) in self.ledger.items.iter().enumerate() {
            let counts = truth.counts(at, item);
            match &item.what {
                What::Made(_, id, text) if counts && !truth.erased.contains(id) => {
                    let of = expected.entry(*id).or_default();
                    of.texts.push((item.device, text.clone()));
                }
                What::Edited(_, id, text) => {
                    if let Some(of) = expected.get_mut(id) {
                        if counts {
                            of.texts.push((item.device, text.clone()));
                        } else {
                            of.loose = true;
                        }
                    }
                }
                _ => {}
            }
        }
        expected
    }

    /// Whether a node may see a record of a kind by this principal.
    fn sees(&self, n: usize, kind: RecordKind, by: linli_base::PrincipalId) -> bool {
        match kind {
            // The skeleton of the estate is everybody's, gates included.
            RecordKind::Notice | RecordKind::Building | RecordKind::Room => true,
            RecordKind::Visit | RecordKind::Person => self.principal(n) == Some(by),
            _ => !self.nodes[n].role.is_gate(),
        }
    }

    fn check_records(
        &self,
        n: usize,
        up: &Up,
        kind: RecordKind,
        truth: &Truth,
        expected: &BTreeMap<RecordId, Expected>,
    ) -> Checked<bool> {
        let Some(Ok(rows)) = row_kind(kind).map(|row| up.replica.rows(row)) else {
            return self.broken("I9", n, "rows cannot be read");
        };
        let rows: BTreeMap<RecordId, Row> = rows.into_iter().collect();
        let mut wanted = BTreeSet::new();
        for (id, item) in self.ledger.made(kind) {
            if self.sees(n, kind, item.principal) && expected.contains_key(&id) {
                wanted.insert(id);
            }
        }
        if let Some(id) = rows.keys().find(|id| !wanted.contains(*id)) {
            let made = self.ledger.made(kind).find(|(of, _)| of == id);
            let limit = made.and_then(|(_, i)| i.place.map(|p| (p.1, truth.limit(&p.0))));
            let what =
                format!("shows {kind} {id}, which must not be seen (place, limit {limit:?})");
            return self.broken("I4", n, what);
        }
        let mut concurrent = false;
        for id in wanted {
            let Some(row) = rows.get(&id) else {
                return self.broken("I1", n, format!("does not show {kind} {id}"));
            };
            let (Some(text), Some(of)) = (text_of(row), expected.get(&id)) else {
                continue;
            };
            let devices: BTreeSet<DeviceId> = of.texts.iter().map(|(d, _)| *d).collect();
            let known = of.texts.iter().any(|(_, t)| t == text);
            let newest = of.texts.last().is_some_and(|(_, t)| t == text);
            if !known || (devices.len() == 1 && !of.loose && !newest) {
                return self.broken("I2", n, format!("{kind} {id} shows an old or foreign text"));
            }
            if let Row::Post(PostRow { conflicts, .. }) = row {
                concurrent |= !conflicts.is_empty();
            }
            if let Row::Visit(row) = row {
                concurrent |= !row.conflicts.is_empty();
            }
        }
        Ok(concurrent)
    }

    /// Comments and closings.
    fn check_talk(&self, n: usize, up: &Up, truth: &Truth) -> Checked {
        if self.nodes[n].role.is_gate() {
            return Ok(());
        }
        for (at, item) in self.ledger.items.iter().enumerate() {
            let (What::Commented(about, _) | What::Closed(about)) = &item.what else {
                continue;
            };
            let of = |kind| up.replica.row(kind, about).ok().flatten();
            let Some(row) = of(RowKind::Post).or_else(|| of(RowKind::Notice)) else {
                continue;
            };
            let counts = truth.counts(at, item);
            let seen = match (&item.what, &row) {
                (What::Commented(_, text), row) => thread_of(row)
                    .is_some_and(|t| t.comments.iter().any(|c| c.text.reveal() == text)),
                (What::Closed(_), Row::Post(post)) if counts => post.closed.is_some(),
                _ => continue,
            };
            if seen != counts {
                let invariant = if counts { "I2" } else { "I4" };
                let what = format!("{:?} is seen: {seen}, counts: {counts}", item.what);
                return self.broken(invariant, n, what);
            }
        }
        Ok(())
    }

    /// Grants, cancels, what gates wrote.
    fn check_passes(&self, n: usize, up: &Up, truth: &Truth) -> Checked {
        let rows = |kind| up.replica.rows(kind).unwrap_or_default();
        let granted: BTreeSet<[u8; 12]> = rows(RowKind::Grant)
            .into_iter()
            .filter_map(|(_, row)| match row {
                Row::Grant(row) => Some(row.cti),
                _ => None,
            })
            .collect();
        let labels: BTreeSet<String> = rows(RowKind::GateEvent)
            .into_iter()
            .filter_map(|(_, row)| match row {
                Row::GateEvent(row) => row.label.map(|l| l.reveal().clone()),
                _ => None,
            })
            .collect();
        for (at, item) in self.ledger.items.iter().enumerate() {
            let counts = truth.counts(at, item);
            let (seen, wanted) = match &item.what {
                What::Granted(cti) => (granted.contains(cti), counts && self.reads_gates(n)),
                What::Passed(label) => (labels.contains(label), counts && self.reads_gates(n)),
                What::Arrived(of, label) => {
                    let mine = self.principal(n) == Some(*of);
                    (labels.contains(label), counts && mine)
                }
                What::Cancelled => {
                    let Some((_, _, id)) = item.place else {
                        continue;
                    };
                    let row = up.replica.row(RowKind::Cancel, &RecordId(first16(&id.0)));
                    // A cancel of one pass counts whatever became of its author; it may have reached the
                    // others as an act alone.
                    let seen = matches!(row, Ok(Some(_)));
                    (seen, seen || truth.happened(at))
                }
                _ => continue,
            };
            if seen != wanted {
                let invariant = if wanted { "I2" } else { "I4" };
                let what = format!("{:?} is seen: {seen}, wanted: {wanted}", item.what);
                return self.broken(invariant, n, what);
            }
        }
        Ok(())
    }

    /// What a household told an office arrives there and can be opened.
    fn check_receipts(&self) -> Checked {
        for item in &self.ledger.items {
            let (What::Received(notice), Some(from)) = (&item.what, self.node_of(&item.device))
            else {
                continue;
            };
            let owner = self
                .ledger
                .made(RecordKind::Notice)
                .find(|(id, _)| id == notice);
            let Some(to) = owner
                .map(|(_, i)| i.node)
                .filter(|to| !self.nodes[*to].gone)
            else {
                continue;
            };
            let quiet = !item.told
                || item.rolled_back
                || self.nodes[from].gone
                || self.nodes[from].restored;
            if quiet {
                continue;
            }
            let (Some(of), Some(there)) =
                (self.nodes[from].up.as_ref(), self.nodes[to].up.as_ref())
            else {
                continue;
            };
            let said = of.replica.statements().unwrap_or_default();
            if !said.iter().any(|s| s.key.device == item.device) {
                return self.broken(
                    "I2",
                    from,
                    "a receipt was never said, for want of the office's key",
                );
            }
            let heard = there.replica.receipts().unwrap_or_default();
            let has = heard
                .iter()
                .any(|(d, r)| *d == item.device && r.notices.contains_key(notice));
            if !has && !self.was_held(&item.device) {
                return self.broken("I2", to, format!("a receipt of n{from} did not arrive"));
            }
        }
        Ok(())
    }
}
