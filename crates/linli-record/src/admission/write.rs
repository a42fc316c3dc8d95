//! What one operation may do to the record.
//!
//! The rule is exact: a change must say about its past what the past says. An operation may only name
//! objects and elements that exist in the closure of the change's dependencies, and it overwrites exactly
//! the values that are visible at its place there, as Automerge's own writer does. So an admitted change is
//! one that an honest Automerge could have written, and no other kind ever reaches Automerge.

use super::history::{Clock, History, Object, Op, OpAt, Parts, ROOT, Slot, What};
use super::rows::{Action, RawKey, RawOp, Ref};
use super::trial::{Step, Trial};
use super::{Limits, OpFault};
use std::collections::BTreeMap;

/// What the operations of a change need to know about it.
pub(super) struct Scope {
    pub(super) node: u32,
    pub(super) start_op: u64,
    pub(super) past: Clock,
    /// The actors of the change, the author first, as indices into the history.
    pub(super) actors: Vec<usize>,
    /// What is visible at the places this change has already written to.
    pub(super) touched: BTreeMap<u32, Vec<OpAt>>,
}

impl History {
    /// Judges one operation and adds it to the topmost change.
    pub(super) fn write(
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
        let mut visible = match scope.touched.remove(&slot) {
            Some(visible) => visible,
            None => self.visible(&scope.past, slot),
        };
        let confirmed = self.confirmed(op, preds, &mut visible);
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
        let left = if op.action == Action::Delete {
            confirmed
        } else {
            Some(at)
        };
        scope.touched.insert(slot, left.into_iter().collect());
        Ok(())
    }

    /// Whoever writes the value that has won a conflict already makes Automerge delete only the losers.
    /// Takes that winner out of what is to be overwritten.
    fn confirmed(&self, op: &RawOp<'_>, preds: &[Ref], visible: &mut Vec<OpAt>) -> Option<OpAt> {
        let winner = *visible.last()?;
        let spares_one = op.action == Action::Delete && preds.len() + 1 == visible.len();
        let is_plain = matches!(self.op(winner).what, What::Put { .. });
        (spares_one && is_plain).then(|| visible.pop()).flatten()
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
}
