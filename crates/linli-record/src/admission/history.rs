//! The admitted changes of one record and an index over their operations.
//!
//! This is what lets us judge a change without asking Automerge: which objects, list elements and values
//! exist at any point of the history, and which of them are still visible there. A point of the history is
//! a [`Clock`]: for each actor, how much of their single line of changes belongs to it.

use super::change::ChangeHead;
use super::{Actor, ChangeId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An operation by where we keep it: the change and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpAt {
    pub(super) node: u32,
    pub(super) op: u32,
}

/// How far one actor's line of changes is part of a point of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Changes; they are numbered from 1 without a gap.
    pub(super) seq: u64,
    /// Counter of the last operation.
    pub(super) max_op: u64,
    /// Operations in all.
    pub(super) ops: u64,
}

/// A point of the history, indexed like [`History::actors`]; what is missing at the end is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock(Vec<Mark>);

impl Clock {
    pub(super) fn mark(&self, actor: usize) -> Mark {
        self.0.get(actor).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, actor: usize, mark: Mark) {
        if self.0.len() <= actor {
            self.0.resize(actor + 1, Mark::default());
        }
        self.0[actor] = mark;
    }

    fn merge(&mut self, other: &Self) {
        for (actor, mark) in other.0.iter().enumerate() {
            if mark.seq > self.mark(actor).seq {
                self.set(actor, *mark);
            }
        }
    }

    pub(super) fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.0.iter().filter(|mark| mark.seq > 0)
    }

    pub(super) fn max_op(&self) -> u64 {
        self.marks().map(|mark| mark.max_op).max().unwrap_or(0)
    }
}

/// What an operation does at its place.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum What {
    Delete,
    /// Makes an object, by its index in [`History::objects`].
    Make(u32),
    /// Sets a value: its type code and its bytes in the chunk.
    Put {
        code: u8,
        at: Range<u32>,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Op {
    pub(super) slot: u32,
    pub(super) what: What,
    /// The operations that overwrite or delete this one, from every branch.
    pub(super) overwritten_by: Vec<OpAt>,
}

/// A place that can hold values: a map key or a list element.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) object: u32,
    /// For a list element: the slot it was inserted after, or nothing for the front.
    pub(super) after: Option<u32>,
    /// Everything ever written here; for a list element its insertion comes first.
    pub(super) ops: Vec<OpAt>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Parts {
    Map(BTreeMap<Box<str>, u32>),
    List(Vec<u32>),
    Text(Vec<u32>),
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) parts: Parts,
    /// 0 for the root.
    pub(super) depth: u8,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) head: ChangeHead,
    pub(super) bytes: Vec<u8>,
    pub(super) actor: usize,
    /// The point of the history directly after this change.
    pub(super) clock: Clock,
    pub(super) ops: Vec<Op>,
}

/// All admitted changes of a record, in the order they were admitted, which is a causal order.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct History {
    pub(super) actors: Vec<Actor>,
    pub(super) nodes: Vec<Node>,
    pub(super) by_hash: BTreeMap<ChangeId, u32>,
    /// For each actor its changes; they form one line.
    pub(super) lines: Vec<Vec<u32>>,
    pub(super) objects: Vec<Object>,
    pub(super) slots: Vec<Slot>,
    pub(super) heads: BTreeSet<ChangeId>,
}

pub(super) const ROOT: u32 = 0;

impl History {
    pub(super) fn new() -> Self {
        Self {
            actors: Vec::new(),
            nodes: Vec::new(),
            by_hash: BTreeMap::new(),
            lines: Vec::new(),
            objects: vec![Object {
                parts: Parts::Map(BTreeMap::new()),
                depth: 0,
            }],
            slots: Vec::new(),
            heads: BTreeSet::new(),
        }
    }

    pub(super) fn actor_index(&self, actor: &Actor) -> Option<usize> {
        self.actors.iter().position(|known| known == actor)
    }

    pub(super) fn node(&self, hash: &ChangeId) -> Option<&Node> {
        self.nodes.get(*self.by_hash.get(hash)? as usize)
    }

    /// How many changes of this actor are admitted.
    pub(super) fn seq_of(&self, actor: &Actor) -> u64 {
        self.actor_index(actor)
            .map_or(0, |index| self.lines[index].len() as u64)
    }

    /// The point of the history that a set of changes closes over, or those that are missing.
    pub(super) fn closure(&self, deps: &[ChangeId]) -> Result<Clock, Vec<ChangeId>> {
        let mut clock = Clock::default();
        let mut missing = Vec::new();
        for dep in deps {
            match self.node(dep) {
                Some(node) => clock.merge(&node.clock),
                None => missing.push(*dep),
            }
        }
        if missing.is_empty() {
            Ok(clock)
        } else {
            Err(missing)
        }
    }

    /// The whole history as a point of itself.
    pub(super) fn now(&self) -> Clock {
        let mut clock = Clock::default();
        for hash in &self.heads {
            if let Some(node) = self.node(hash) {
                clock.merge(&node.clock);
            }
        }
        clock
    }

    pub(super) fn op(&self, at: OpAt) -> &Op {
        &self.nodes[at.node as usize].ops[at.op as usize]
    }

    /// Counter and actor of an operation: Automerge's order among operations.
    pub(super) fn id(&self, at: OpAt) -> (u64, &Actor) {
        let node = &self.nodes[at.node as usize];
        (
            node.head.start_op + u64::from(at.op),
            &self.actors[node.actor],
        )
    }

    pub(super) fn covers(&self, clock: &Clock, at: OpAt) -> bool {
        let node = &self.nodes[at.node as usize];
        node.head.start_op + u64::from(at.op) <= clock.mark(node.actor).max_op
    }

    /// The operation with this counter in an actor's line, if the clock covers it.
    pub(super) fn find(&self, clock: &Clock, actor: usize, ctr: u64) -> Option<OpAt> {
        if ctr > clock.mark(actor).max_op {
            return None;
        }
        let line = self.lines.get(actor)?;
        let after = line.partition_point(|node| self.nodes[*node as usize].head.start_op <= ctr);
        let node = *line.get(after.checked_sub(1)?)?;
        let op = ctr - self.nodes[node as usize].head.start_op;
        let op = u32::try_from(op).ok()?;
        self.nodes[node as usize].ops.get(op as usize)?;
        Some(OpAt { node, op })
    }

    /// The values at a place that nothing in the clock overwrites, in Automerge's order.
    pub(super) fn visible(&self, clock: &Clock, slot: u32) -> Vec<OpAt> {
        let mut found: Vec<OpAt> = self.slots[slot as usize]
            .ops
            .iter()
            .copied()
            .filter(|at| {
                let op = self.op(*at);
                !matches!(op.what, What::Delete)
                    && self.covers(clock, *at)
                    && !op.overwritten_by.iter().any(|by| self.covers(clock, *by))
            })
            .collect();
        found.sort_unstable_by_key(|at| self.id(*at));
        found
    }
}
