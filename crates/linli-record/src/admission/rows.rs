//! The rows of a change: its columns read side by side, each operation checked for form.
//!
//! What is checked here needs no record: references point backwards, keys are keys, values fit their
//! action, every listed actor is used. Whether what is referred to exists is for the history to say.

use super::change::{ChangeHead, Columns};
use super::columns::{Deltas, Flags, Runs};
use super::leb::Reader;
use super::ledger::{ActorUse, Budget};
use super::{Limits, OpFault, Refusal};
use std::ops::Range;

/// An operation id inside a change: counter and index into the actors of the change (0 is the author).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ref {
    pub(super) ctr: u64,
    pub(super) actor: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawKey<'a> {
    Map(&'a str),
    Head,
    Elem(Ref),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    MakeMap,
    MakeList,
    MakeText,
    Set,
    Delete,
}

/// A value as it stands in the chunk: its type code and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawValue {
    pub(super) code: u8,
    pub(super) at: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct RawOp<'a> {
    pub(super) obj: Option<Ref>,
    pub(super) key: RawKey<'a>,
    pub(super) insert: bool,
    pub(super) action: Action,
    pub(super) value: RawValue,
    /// Its part of [`Parsed::preds`].
    pub(super) preds: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Parsed<'a> {
    pub(super) head: ChangeHead,
    pub(super) ops: Vec<RawOp<'a>>,
    pub(super) preds: Vec<Ref>,
}

/// The columns a change may have, in their order. Expand (0x94) and mark name (0xa5) exist in the format
/// but only rich text uses them, and records have none.
pub(super) const SPECS: [u32; 12] = [
    OBJ_ACTOR, OBJ_CTR, KEY_ACTOR, KEY_CTR, KEY_STR, INSERT, ACTION, VALUE_META, VALUE, PRED_COUNT,
    PRED_ACTOR, PRED_CTR,
];
const OBJ_ACTOR: u32 = 0x01;
const OBJ_CTR: u32 = 0x02;
const KEY_ACTOR: u32 = 0x11;
const KEY_CTR: u32 = 0x13;
const KEY_STR: u32 = 0x15;
const INSERT: u32 = 0x34;
const ACTION: u32 = 0x42;
const VALUE_META: u32 = 0x56;
pub(super) const VALUE: u32 = 0x57;
const PRED_COUNT: u32 = 0x70;
const PRED_ACTOR: u32 = 0x71;
const PRED_CTR: u32 = 0x73;

/// All columns side by side, read one operation at a time.
pub(super) struct Rows<'a> {
    obj_actor: Runs<'a, u64>,
    obj_ctr: Runs<'a, u64>,
    key_actor: Runs<'a, u64>,
    key_ctr: Deltas<'a>,
    key_str: Runs<'a, &'a str>,
    insert: Flags<'a>,
    action: Runs<'a, u64>,
    value_meta: Runs<'a, u64>,
    value: Reader<'a>,
    pred_count: Runs<'a, u64>,
    pred_actor: Runs<'a, u64>,
    pred_ctr: Deltas<'a>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(columns: &Columns<'a>) -> Self {
        let get = |spec| columns.get(spec);
        Self {
            obj_actor: Runs::new(OBJ_ACTOR, get(OBJ_ACTOR)),
            obj_ctr: Runs::new(OBJ_CTR, get(OBJ_CTR)),
            key_actor: Runs::new(KEY_ACTOR, get(KEY_ACTOR)),
            key_ctr: Deltas::new(KEY_CTR, get(KEY_CTR)),
            key_str: Runs::new(KEY_STR, get(KEY_STR)),
            insert: Flags::new(INSERT, get(INSERT)),
            action: Runs::new(ACTION, get(ACTION)),
            value_meta: Runs::new(VALUE_META, get(VALUE_META)),
            value: Reader::new(get(VALUE).unwrap_or_default()),
            pred_count: Runs::new(PRED_COUNT, get(PRED_COUNT)),
            pred_actor: Runs::new(PRED_ACTOR, get(PRED_ACTOR)),
            pred_ctr: Deltas::new(PRED_CTR, get(PRED_CTR)),
        }
    }

    pub(super) fn read(
        mut self,
        mut head: ChangeHead,
        value_at: usize,
        limits: &Limits,
    ) -> Result<Parsed<'a>, Refusal> {
        head.ops = self.action.count(limits.ops)?;
        if head.ops == 0 {
            return Err(Refusal::Empty);
        }
        head.max_op = head.start_op.saturating_add(head.ops - 1);
        if head.max_op >= limits.max_op {
            return Err(Refusal::Counter);
        }
        let mut budget = Budget::new(limits);
        let mut actors = ActorUse::new(&head);
        let value_len = self.value.len();
        let mut ops = Vec::with_capacity(usize::try_from(head.ops).unwrap_or(0));
        let mut preds = Vec::new();
        for index in 0..head.ops {
            let own = head.start_op + index;
            let fault = |fault| Refusal::Op { index, fault };
            let obj = self.object(own).map_err(|why| why.at(index))?;
            let key = self.key(own).map_err(|why| why.at(index))?;
            let insert = self.insert.next()?;
            let action = action_of(self.action.value()?).ok_or(fault(OpFault::Action))?;
            let before = value_at + (value_len - self.value.len());
            let value = self.value(before, action).map_err(|why| why.at(index))?;
            let from = preds.len();
            self.read_preds(own, &mut preds, limits)
                .map_err(|why| why.at(index))?;
            let named = preds.get(from..).unwrap_or_default();
            if !actors.ascends(named) {
                return Err(fault(OpFault::PredOrder));
            }
            for id in [obj, elem_of(key)]
                .into_iter()
                .flatten()
                .chain(named.iter().copied())
            {
                actors.mark(id).ok_or(fault(OpFault::ActorIndex))?;
            }
            budget.spend(&key, &value, named.len())?;
            ops.push(RawOp {
                obj,
                key,
                insert,
                action,
                value,
                preds: from..preds.len(),
            });
        }
        self.finish()?;
        if !actors.all_used() {
            return Err(Refusal::Actors);
        }
        head.expanded = budget.spent();
        Ok(Parsed { head, ops, preds })
    }

    fn object(&mut self, own: u64) -> Result<Option<Ref>, Why> {
        match (self.obj_actor.next()?, self.obj_ctr.next()?) {
            (None, None) => Ok(None),
            (Some(actor), Some(ctr)) if ctr > 0 && ctr < own => Ok(Some(reference(ctr, actor)?)),
            _ => Err(Why::Fault(OpFault::ObjectId)),
        }
    }

    fn key(&mut self, own: u64) -> Result<RawKey<'a>, Why> {
        match (
            self.key_actor.next()?,
            self.key_ctr.next()?,
            self.key_str.next()?,
        ) {
            (None, None, Some(name)) if !name.is_empty() => Ok(RawKey::Map(name)),
            (None, Some(0), None) => Ok(RawKey::Head),
            (Some(actor), Some(ctr), None) if ctr > 0 && ctr < own => {
                Ok(RawKey::Elem(reference(ctr, actor)?))
            }
            _ => Err(Why::Fault(OpFault::Key)),
        }
    }

    /// Reads a value; `before` is where its bytes begin in the chunk.
    fn value(&mut self, before: usize, action: Action) -> Result<RawValue, Why> {
        let meta = self.value_meta.value()?;
        let code = (meta & 0x0f) as u8;
        let mut raw = Reader::new(self.value.take(meta >> 4)?);
        let at = before..before + raw.len();
        let sound = match code {
            0..=2 => raw.is_empty(),
            3 => raw.uleb().is_ok() && raw.is_empty(),
            4 | 9 => raw.ileb().is_ok() && raw.is_empty(),
            6 => raw.text(raw.len() as u64).is_ok(),
            7 => true,
            _ => false,
        };
        if !sound || (action != Action::Set && code != 0) {
            return Err(Why::Fault(OpFault::Value));
        }
        Ok(RawValue { code, at })
    }

    fn read_preds(&mut self, own: u64, preds: &mut Vec<Ref>, limits: &Limits) -> Result<(), Why> {
        let count = self.pred_count.value()?;
        if count > limits.ops.saturating_sub(preds.len() as u64) {
            return Err(Why::Void(Refusal::TooManyOps));
        }
        for _ in 0..count {
            let id = reference(self.pred_ctr.value()?, self.pred_actor.value()?)?;
            if id.ctr == 0 || id.ctr >= own {
                return Err(Why::Fault(OpFault::PredOrder));
            }
            preds.push(id);
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Refusal> {
        self.obj_actor.finish()?;
        self.obj_ctr.finish()?;
        self.key_actor.finish()?;
        self.key_ctr.finish()?;
        self.key_str.finish()?;
        self.insert.finish()?;
        self.action.finish()?;
        self.value_meta.finish()?;
        if !self.value.is_empty() {
            return Err(Refusal::Rows { spec: VALUE });
        }
        self.pred_count.finish()?;
        self.pred_actor.finish()?;
        self.pred_ctr.finish()
    }
}

/// A refusal, or a fault that still lacks the index of its operation.
enum Why {
    Void(Refusal),
    Fault(OpFault),
}

impl Why {
    fn at(self, index: u64) -> Refusal {
        match self {
            Self::Void(refusal) => refusal,
            Self::Fault(fault) => Refusal::Op { index, fault },
        }
    }
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        Self::Void(refusal)
    }
}

fn reference(ctr: u64, actor: u64) -> Result<Ref, Why> {
    let actor = usize::try_from(actor).map_err(|_| Why::Fault(OpFault::ActorIndex))?;
    Ok(Ref { ctr, actor })
}

fn elem_of(key: RawKey<'_>) -> Option<Ref> {
    match key {
        RawKey::Elem(id) => Some(id),
        RawKey::Map(_) | RawKey::Head => None,
    }
}

fn action_of(number: u64) -> Option<Action> {
    match number {
        0 => Some(Action::MakeMap),
        1 => Some(Action::Set),
        2 => Some(Action::MakeList),
        3 => Some(Action::Delete),
        4 => Some(Action::MakeText),
        _ => None,
    }
}
