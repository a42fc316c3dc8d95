//! Putting a change on top of the history, operation by operation, with a way back.
//!
//! Whether the change has its place: the next number of its actor, the next operation counter, room in the
//! record. What its operations may do is in [`super::write`].

use super::change::ChangeHead;
use super::history::{Clock, History, Mark, Node, OpAt, Parts};
use super::rows::Parsed;
use super::write::Scope;
use super::{ChangeId, Limits, Refusal};
use std::collections::BTreeMap;

/// One step to take back, in reverse order.
pub(super) enum Step {
    /// An operation was appended to the slot and to what it overwrites.
    Written {
        slot: u32,
        overwrote: Vec<OpAt>,
    },
    NewSlot,
    NewKey {
        object: u32,
        name: Box<str>,
    },
    NewElement {
        object: u32,
    },
    NewObject,
}

/// A change that lies on top of the history and can still be taken back.
///
/// Dropping it keeps the change.
#[must_use]
pub(super) struct Trial {
    pub(super) steps: Vec<Step>,
    new_actor: bool,
    old_heads: Vec<ChangeId>,
}

impl History {
    /// Judges a parsed change against its past and puts it on top.
    pub(super) fn put(
        &mut self,
        parsed: &Parsed<'_>,
        bytes: &[u8],
        past: Clock,
        limits: &Limits,
    ) -> Result<Trial, Refusal> {
        let head = &parsed.head;
        let own = self.actor_index(&head.actor);
        check_place(
            head,
            own.map(|index| past.mark(index)).unwrap_or_default(),
            &past,
        )?;
        check_room(
            head,
            &past,
            own.is_none_or(|index| past.mark(index).seq == 0),
            limits,
        )?;
        let mut actors = vec![own.unwrap_or(self.actors.len())];
        for actor in &head.other_actors {
            let known = self
                .actor_index(actor)
                .filter(|index| past.mark(*index).seq > 0);
            actors.push(known.ok_or(Refusal::UnknownActor(*actor))?);
        }
        let mut trial = self.open(head, bytes, &actors, &past);
        let node = (self.nodes.len() - 1) as u32;
        let mut scope = Scope {
            node,
            start_op: head.start_op,
            past,
            actors,
            touched: BTreeMap::new(),
        };
        for (index, op) in parsed.ops.iter().enumerate() {
            let preds = parsed.preds.get(op.preds.clone()).unwrap_or_default();
            if let Err(fault) = self.write(&mut scope, &mut trial, op, preds, limits) {
                self.take_back(trial);
                return Err(Refusal::Op {
                    index: index as u64,
                    fault,
                });
            }
        }
        Ok(trial)
    }

    fn open(&mut self, head: &ChangeHead, bytes: &[u8], actors: &[usize], past: &Clock) -> Trial {
        let new_actor = actors[0] == self.actors.len();
        if new_actor {
            self.actors.push(head.actor);
            self.lines.push(Vec::new());
        }
        let mut clock = past.clone();
        let ops = past.mark(actors[0]).ops + head.ops;
        clock.set(
            actors[0],
            Mark {
                seq: head.seq,
                max_op: head.max_op,
                ops,
            },
        );
        let old_heads = head
            .deps
            .iter()
            .filter(|dep| self.heads.remove(*dep))
            .copied()
            .collect();
        self.heads.insert(head.hash);
        let node = self.nodes.len() as u32;
        self.by_hash.insert(head.hash, node);
        self.lines[actors[0]].push(node);
        self.nodes.push(Node {
            head: head.clone(),
            bytes: bytes.to_vec(),
            actor: actors[0],
            clock,
            ops: Vec::with_capacity(usize::try_from(head.ops).unwrap_or(0)),
        });
        Trial {
            steps: Vec::new(),
            new_actor,
            old_heads,
        }
    }

    /// Takes the topmost change off again; nothing of it stays.
    pub(super) fn take_back(&mut self, trial: Trial) {
        for step in trial.steps.into_iter().rev() {
            match step {
                Step::Written { slot, overwrote } => {
                    self.slots[slot as usize].ops.pop();
                    for over in overwrote {
                        self.nodes[over.node as usize].ops[over.op as usize]
                            .overwritten_by
                            .pop();
                    }
                }
                Step::NewSlot => drop(self.slots.pop()),
                Step::NewObject => drop(self.objects.pop()),
                Step::NewKey { object, name } => {
                    if let Parts::Map(keys) = &mut self.objects[object as usize].parts {
                        keys.remove(&name);
                    }
                }
                Step::NewElement { object } => {
                    if let Parts::List(elements) | Parts::Text(elements) =
                        &mut self.objects[object as usize].parts
                    {
                        elements.pop();
                    }
                }
            }
        }
        if let Some(node) = self.nodes.pop() {
            self.lines[node.actor].pop();
            self.by_hash.remove(&node.head.hash);
            self.heads.remove(&node.head.hash);
        }
        self.heads.extend(trial.old_heads);
        if trial.new_actor {
            self.actors.pop();
            self.lines.pop();
        }
    }
}

/// The change continues its actor's line and the operation counter within its own past.
fn check_place(head: &ChangeHead, own: Mark, past: &Clock) -> Result<(), Refusal> {
    let want = own.seq + 1;
    if head.seq != want {
        return Err(Refusal::SeqNotNext {
            want,
            got: head.seq,
        });
    }
    let want = past.max_op() + 1;
    if head.start_op != want {
        return Err(Refusal::StartOp {
            want,
            got: head.start_op,
        });
    }
    Ok(())
}

fn check_room(
    head: &ChangeHead,
    past: &Clock,
    new_actor: bool,
    limits: &Limits,
) -> Result<(), Refusal> {
    let ops: u64 = past.marks().map(|mark| mark.ops).sum();
    let changes: u64 = past.marks().map(|mark| mark.seq).sum();
    let actors = past.marks().count() + usize::from(new_actor);
    if ops + head.ops > limits.record_ops
        || changes + 1 > limits.record_changes
        || actors > limits.actors
    {
        return Err(Refusal::RecordFull);
    }
    Ok(())
}
