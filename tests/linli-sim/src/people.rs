//! People: who does what, at random moments, whether or not anybody can be reached.
//!
//! Everything goes through the same calls that a window or the command line makes. The world notes what was
//! asked for in its ledger; whether it was saved is known when the commit returns.

mod gates;
mod office;
mod talk;

use crate::ledger::{Item, What};
use crate::node::{Up, heads_of};
use crate::options::Role;
use crate::world::{Checked, World};
use linli_base::{PrincipalId, RecordId};
use linli_node::replica::{Now, OpFault, Replica};
use linli_record::RecordKind;

/// Begins every text that stands in a sealed payload: no wire and no file may ever show it (I5).
pub const SECRET: &str = "~geheim~";
/// Begins every text that everybody may read.
pub const OPEN: &str = "offen-";

/// What a person may do; drawn by weight.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    Notice,
    Correct,
    Retract,
    Post,
    EditPost,
    Comment,
    React,
    Claim,
    Close,
    Erase,
    Receive,
    Visit,
    EditVisit,
    Skeleton,
    Register,
    EditRegister,
    Grant,
    Cancel,
    GateEvent,
    Arrival,
    Spent,
    Hold,
    Lift,
}

const OFFICE: &[(Deed, u64)] = &[
    (Deed::Notice, 6),
    (Deed::Correct, 2),
    (Deed::Retract, 1),
    (Deed::Post, 1),
    (Deed::Comment, 3),
    (Deed::React, 1),
    (Deed::Close, 1),
    (Deed::Skeleton, 2),
    (Deed::Register, 3),
    (Deed::EditRegister, 2),
    (Deed::Grant, 1),
    (Deed::Cancel, 1),
    (Deed::Erase, 1),
    (Deed::Hold, 2),
    (Deed::Lift, 3),
];

const HOUSEHOLD: &[(Deed, u64)] = &[
    (Deed::Post, 4),
    (Deed::EditPost, 4),
    (Deed::Comment, 5),
    (Deed::React, 1),
    (Deed::Claim, 3),
    (Deed::Close, 1),
    (Deed::Erase, 1),
    (Deed::Receive, 4),
    (Deed::Visit, 3),
    (Deed::EditVisit, 3),
    (Deed::Grant, 4),
    (Deed::Cancel, 3),
    (Deed::Hold, 1),
    (Deed::Lift, 1),
];

const GATE: &[(Deed, u64)] = &[(Deed::GateEvent, 5), (Deed::Arrival, 3), (Deed::Spent, 1)];

impl World {
    /// Somebody somewhere does something that they can do.
    pub(crate) fn somebody_acts(&mut self) -> Checked {
        if self.healing {
            return Ok(());
        }
        let up = self.up();
        for _ in 0..5 {
            let Some(n) = self.dice.pick(&up).copied() else {
                return Ok(());
            };
            let deeds = match self.nodes[n].role {
                Role::Founder | Role::Office => OFFICE,
                Role::Household | Role::Sibling(_) => HOUSEHOLD,
                Role::Gate(_) => GATE,
            };
            let deed = self.draw(deeds);
            let before = self.ledger.items.len();
            self.act(n, deed)?;
            if self.ledger.items.len() > before {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The people at one household's device do something.
    pub(crate) fn household_acts(&mut self, n: usize) -> Checked {
        let up = self.nodes[n].up.is_some() && self.nodes[n].role == Role::Household;
        if self.healing || !up || self.nodes[n].gone {
            return Ok(());
        }
        let deed = self.draw(HOUSEHOLD);
        self.act(n, deed)
    }

    fn draw(&mut self, deeds: &[(Deed, u64)]) -> Deed {
        let mut at = self.dice.below(deeds.iter().map(|(_, w)| w).sum());
        for (deed, weight) in deeds {
            if at < *weight {
                return *deed;
            }
            at -= weight;
        }
        deeds[0].0
    }

    fn act(&mut self, n: usize, deed: Deed) -> Checked {
        match deed {
            Deed::Notice => self.notice(n),
            Deed::Correct => self.correct(n, false),
            Deed::Retract => self.correct(n, true),
            Deed::Post => self.post(n),
            Deed::EditPost => self.edit_text(n, RecordKind::Post, "body", OPEN),
            Deed::Comment => self.comment(n),
            Deed::React => self.react(n),
            Deed::Claim => self.claim(n),
            Deed::Close => self.close_post(n),
            Deed::Erase => self.erase(n),
            Deed::Receive => self.receive(n),
            Deed::Visit => self.visit(n),
            Deed::EditVisit => self.edit_text(n, RecordKind::Visit, "label", SECRET),
            Deed::Skeleton => self.skeleton(n),
            Deed::Register => self.register(n),
            Deed::EditRegister => self.edit_text(n, RecordKind::Person, "note", SECRET),
            Deed::Grant => self.grant(n),
            Deed::Cancel => self.cancel(n),
            Deed::GateEvent => self.gate_event(n),
            Deed::Arrival => self.arrival(n),
            Deed::Spent => self.spent(n),
            Deed::Hold => self.hold(n),
            Deed::Lift => self.lift(n),
        }
    }

    /// Carries out one order at a node and notes it; `None` if it could not be carried out.
    ///
    /// What came from peers is committed first, so that an order that fails half-way can be forgotten alone. What
    /// the order wrote is what lies above the last commit: a replica whose disk has failed may still name heads that
    /// it staged then and will not keep.
    pub(crate) fn write<T>(
        &mut self,
        n: usize,
        what: What,
        order: impl FnOnce(&mut Replica, Now) -> Result<T, OpFault>,
    ) -> Checked<Option<T>> {
        if self.nodes[n]
            .up
            .as_ref()
            .is_some_and(|up| up.replica.needs_flush())
        {
            self.flush(n)?;
        }
        let now = self.at(n);
        let device = self.nodes[n].device;
        let before = self.nodes[n].floor.clone();
        let Some(up) = self.nodes[n].up.as_mut() else {
            return Ok(None);
        };
        let done = match order(&mut up.replica, now) {
            Ok(done) => done,
            Err(fault) => {
                let forgotten = up.replica.forget_staged();
                self.trace
                    .note(self.now, n, "cannot", &[], || format!("{what:?}: {fault}"));
                if let Err(fault) = forgotten {
                    self.disk_fault(n, fault);
                }
                return Ok(None);
            }
        };
        let grown: Vec<_> = heads_of(&up.replica)
            .into_iter()
            .filter(|(log, _)| log.device == device)
            .map(|(log, (seq, id))| (log, seq, id, before.get(&log).map_or(0, |b| b.0)))
            .filter(|(_, seq, _, was)| seq > was)
            .collect();
        if grown.is_empty() && !matches!(what, What::Received(_)) {
            return self.broken(
                "I2",
                n,
                format!("{what:?} was done, and nothing was written"),
            );
        }
        let principal = up.replica.me().principal;
        let entries = grown.iter().map(|(_, seq, _, was)| seq - was).sum::<u32>();
        let place = grown.first().map(|(log, seq, id, _)| (*log, *seq, *id));
        let first = grown.first().map_or(0, |(.., was)| was + 1);
        self.trace.note(self.now, n, "does", &[], || {
            let place = place.map(|(log, seq, _)| (log.lane.class, seq));
            format!("{what:?} at {place:?}")
        });
        let at = self.ledger.items.len();
        self.ledger.items.push(Item {
            node: n,
            device,
            principal,
            what,
            place,
            entries: usize::try_from(entries).unwrap_or(0),
            first,
            told: self.tells_early(),
            rolled_back: false,
        });
        self.nodes[n].unsure.push(at);
        if self.dice.chance(500) && !self.tells_early() {
            self.flush(n)?;
        } else {
            self.commit_later(n);
        }
        Ok(Some(done))
    }

    /// A text of its own, so that it is found again wherever it turns up.
    pub(crate) fn text(&mut self, begin: &str) -> String {
        format!("{begin}{:06x}", self.dice.below(1 << 24))
    }

    /// Records of a kind that a replica shows.
    pub(crate) fn shown(&self, n: usize, kind: RecordKind) -> Vec<RecordId> {
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Vec::new();
        };
        self.ledger
            .made(kind)
            .map(|(id, _)| id)
            .filter(|id| is_shown(up, kind, id))
            .collect()
    }

    /// Those of them that belong to the node's own principal.
    pub(crate) fn own(&self, n: usize, kind: RecordKind) -> Vec<RecordId> {
        let me = self.principal(n);
        let mine: std::collections::BTreeSet<RecordId> = self
            .ledger
            .made(kind)
            .filter(|(_, item)| Some(item.principal) == me)
            .map(|(id, _)| id)
            .collect();
        let shown = self.shown(n, kind);
        shown.into_iter().filter(|id| mine.contains(id)).collect()
    }

    /// A node's principal.
    pub(crate) fn principal(&self, n: usize) -> Option<PrincipalId> {
        self.nodes[n]
            .up
            .as_ref()
            .map(|up| up.replica.me().principal)
    }
}

fn is_shown(up: &Up, kind: RecordKind, id: &RecordId) -> bool {
    crate::oracle::row_kind(kind).is_some_and(|row| matches!(up.replica.row(row, id), Ok(Some(_))))
}
