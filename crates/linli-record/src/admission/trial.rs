//! Putting a change on top of the history, operation by operation, with a way back.
//!
//! The rule is exact: a change must say about its past what the past says. An operation may only name
//! objects and elements that exist in the closure of the change's dependencies, and it overwrites exactly
//! the values that are visible at its place there, as Automerge's own writer does. So an admitted change is
//! one that an honest Automerge could have written, and no other kind ever reaches Automerge.

use super::change::ChangeHead;
use super::history::{Clock, History, Mark, Node, Object, Op, OpAt, Parts, ROOT, Slot, What};
use super::rows::{Action, Parsed, RawKey, RawOp, Ref};
use super::{ChangeId, Limits, OpFault, Refusal};
use std::collections::BTreeMap;

/// One step to take back, in reverse order.
enum Step {
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
    steps: Vec<Step>,
    new_actor: bool,
    old_heads: Vec<ChangeId>,
}

/// What the operations of the change need to know about it.
struct Scope {
    node: u32,
    start_op: u64,
    past: Clock,
    /// The actors of the change, the author first, as indices into the history.
    actors: Vec<usize>,
    /// What is visible at the places this change has already written to.
    touched: BTreeMap<u32, Vec<OpAt>>,
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

    fn write(
        &mut self,
        scope: &mut Scope,
        trial: &mut Trial,
        op: &RawOp<'_>,
        preds: &[Ref],
        limits: &Limits,
    ) -> Result<(), OpFault> {
        let object = match op.obj {
            None => ROOT,
            Some(id) => match self.resolve(scope, id).map(|at| &self.op(at).what) {
                Some(What::Make(object)) => *object,
                _ => return Err(OpFault::NoObject),
            },
        };
        self.check_text(object, op)?;
        if op.action == Action::Delete && preds.is_empty() {
            return Err(OpFault::DeletesNothing);
        }
        let slot = self.slot(scope, trial, object, op)?;
        let visible = match scope.touched.remove(&slot) {
            Some(visible) => visible,
            None => self.visible(&scope.past, slot),
        };
        let same = preds.len() == visible.len()
            && preds
                .iter()
                .zip(&visible)
                .all(|(pred, at)| self.resolve(scope, *pred) == Some(*at));
        if !same {
            return Err(OpFault::Preds);
        }
        let what = self.what(trial, object, op, limits)?;
        let node = &mut self.nodes[scope.node as usize];
        let at = OpAt {
            node: scope.node,
            op: node.ops.len() as u32,
        };
        node.ops.push(Op {
            slot,
            what,
            overwritten_by: Vec::new(),
        });
        self.slots[slot as usize].ops.push(at);
        for over in &visible {
            self.nodes[over.node as usize].ops[over.op as usize]
                .overwritten_by
                .push(at);
        }
        trial.steps.push(Step::Written {
            slot,
            overwrote: visible,
        });
        scope.touched.insert(
            slot,
            if op.action == Action::Delete {
                Vec::new()
            } else {
                vec![at]
            },
        );
        Ok(())
    }

    /// The operation an id of the change names, if it exists in the change's past or earlier in it.
    fn resolve(&self, scope: &Scope, id: Ref) -> Option<OpAt> {
        if id.actor == 0 && id.ctr >= scope.start_op {
            let op = u32::try_from(id.ctr - scope.start_op).ok()?;
            let written = self.nodes[scope.node as usize].ops.len();
            return ((op as usize) < written).then_some(OpAt {
                node: scope.node,
                op,
            });
        }
        self.find(&scope.past, *scope.actors.get(id.actor)?, id.ctr)
    }

    fn check_text(&self, object: u32, op: &RawOp<'_>) -> Result<(), OpFault> {
        if !matches!(self.objects[object as usize].parts, Parts::Text(_)) {
            return Ok(());
        }
        let inserts =
            op.insert && op.action == Action::Set && op.value.code == 6 && !op.value.at.is_empty();
        let deletes = !op.insert && op.action == Action::Delete;
        if inserts || deletes {
            Ok(())
        } else {
            Err(OpFault::Text)
        }
    }

    /// The place an operation writes to; a new one for a new key and for an insertion.
    fn slot(
        &mut self,
        scope: &Scope,
        trial: &mut Trial,
        object: u32,
        op: &RawOp<'_>,
    ) -> Result<u32, OpFault> {
        let is_map = matches!(self.objects[object as usize].parts, Parts::Map(_));
        match (is_map, op.key, op.insert) {
            (true, RawKey::Map(name), false) => Ok(self.key_slot(trial, object, name)),
            (false, RawKey::Head, true) => Ok(self.new_element(trial, object, None)),
            (false, RawKey::Elem(id), insert) => {
                let element = self.element(scope, object, id).ok_or(OpFault::NoElement)?;
                Ok(if insert {
                    self.new_element(trial, object, Some(element))
                } else {
                    element
                })
            }
            _ => Err(OpFault::KeyKind),
        }
    }

    fn element(&self, scope: &Scope, object: u32, id: Ref) -> Option<u32> {
        let at = self.resolve(scope, id)?;
        let slot = self.op(at).slot;
        let place = &self.slots[slot as usize];
        (place.object == object && place.ops.first() == Some(&at)).then_some(slot)
    }

    fn key_slot(&mut self, trial: &mut Trial, object: u32, name: &str) -> u32 {
        let next = self.slots.len() as u32;
        let Parts::Map(keys) = &mut self.objects[object as usize].parts else {
            return next;
        };
        if let Some(slot) = keys.get(name) {
            return *slot;
        }
        keys.insert(name.into(), next);
        trial.steps.push(Step::NewKey {
            object,
            name: name.into(),
        });
        self.new_slot(trial, object, None)
    }

    fn new_element(&mut self, trial: &mut Trial, object: u32, after: Option<u32>) -> u32 {
        let slot = self.new_slot(trial, object, after);
        if let Parts::List(elements) | Parts::Text(elements) =
            &mut self.objects[object as usize].parts
        {
            elements.push(slot);
            trial.steps.push(Step::NewElement { object });
        }
        slot
    }

    fn new_slot(&mut self, trial: &mut Trial, object: u32, after: Option<u32>) -> u32 {
        self.slots.push(Slot {
            object,
            after,
            ops: Vec::new(),
        });
        trial.steps.push(Step::NewSlot);
        (self.slots.len() - 1) as u32
    }

    fn what(
        &mut self,
        trial: &mut Trial,
        inside: u32,
        op: &RawOp<'_>,
        limits: &Limits,
    ) -> Result<What, OpFault> {
        let parts = match op.action {
            Action::Delete => return Ok(What::Delete),
            Action::Set => {
                let at = op.value.at.start as u32..op.value.at.end as u32;
                return Ok(What::Put {
                    code: op.value.code,
                    at,
                });
            }
            Action::MakeMap => Parts::Map(BTreeMap::new()),
            Action::MakeList => Parts::List(Vec::new()),
            Action::MakeText => Parts::Text(Vec::new()),
        };
        let depth = self.objects[inside as usize].depth.saturating_add(1);
        if depth > limits.depth {
            return Err(OpFault::Depth);
        }
        self.objects.push(Object { parts, depth });
        trial.steps.push(Step::NewObject);
        Ok(What::Make((self.objects.len() - 1) as u32))
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
