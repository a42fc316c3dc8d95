//! Builds change chunks by hand: sound ones, and every kind that is not.
//!
//! Written from the format alone, apart from the code under test, so that the two can disagree.

use automerge::legacy::{ElementId, Key, ObjectId, OpType};
use automerge::{ActorId, Change, ScalarValue};
use linli_base::hash::sha256;

/// A counter and an index into the actors of the change.
pub type Id = (u64, usize);

#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Key(String),
    Head,
    Elem(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub obj: Option<Id>,
    pub place: Place,
    pub insert: bool,
    pub action: u64,
    pub code: u8,
    pub value: Vec<u8>,
    pub preds: Vec<Id>,
}

impl Op {
    /// Sets a root key to a string.
    pub fn put(key: &str, value: &str) -> Self {
        let place = Place::Key(key.to_owned());
        Self {
            obj: None,
            place,
            insert: false,
            action: 1,
            code: 6,
            value: value.into(),
            preds: vec![],
        }
    }
}

/// A change before it is encoded; every field can be made wrong.
#[derive(Clone, Debug)]
pub struct Forged {
    pub deps: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    pub ops: Vec<Op>,
    pub extra: Vec<u8>,
}

pub fn uleb(mut value: u64, out: &mut Vec<u8>) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

pub fn ileb(mut value: i64, out: &mut Vec<u8>) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn bytes(value: &[u8], out: &mut Vec<u8>) {
    uleb(value.len() as u64, out);
    out.extend_from_slice(value);
}

/// Frames content as a chunk with the right length and checksum.
pub fn seal(chunk_type: u8, content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![chunk_type];
    uleb(content.len() as u64, &mut hashed);
    hashed.extend_from_slice(content);
    let mut out = vec![0x85, 0x6f, 0x4a, 0x83];
    out.extend_from_slice(&sha256(&hashed)[..4]);
    out.extend(hashed);
    out
}

/// The content of a chunk without its header.
pub fn content(chunk: &[u8]) -> Vec<u8> {
    let mut at = 9;
    while chunk[at] & 0x80 != 0 {
        at += 1;
    }
    chunk[at + 1..].to_vec()
}

/// The run-length encoding, runs as long as possible; empty if there are only nulls.
pub fn runs<T: PartialEq>(items: &[Option<T>], write: impl Fn(&T, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    if items.iter().all(Option::is_none) {
        return out;
    }
    let mut at = 0;
    while at < items.len() {
        let same = |from: usize| {
            items[from..]
                .iter()
                .take_while(|item| **item == items[from])
                .count()
        };
        let count = same(at);
        match &items[at] {
            None => {
                ileb(0, &mut out);
                uleb(count as u64, &mut out);
                at += count;
            }
            Some(value) if count > 1 => {
                ileb(count as i64, &mut out);
                write(value, &mut out);
                at += count;
            }
            Some(_) => {
                let mut end = at;
                while end < items.len() && items[end].is_some() && same(end) == 1 {
                    end += 1;
                }
                ileb(-((end - at) as i64), &mut out);
                for value in items[at..end].iter().flatten() {
                    write(value, &mut out);
                }
                at = end;
            }
        }
    }
    out
}

fn deltas(items: &[Option<u64>]) -> Vec<u8> {
    let mut last = 0_i64;
    let steps: Vec<Option<i64>> = items
        .iter()
        .map(|item| {
            item.map(|value| {
                let step = (value as i64).wrapping_sub(last);
                last = value as i64;
                step
            })
        })
        .collect();
    runs(&steps, |step, out| ileb(*step, out))
}

fn flags(items: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut value, mut count) = (false, 0);
    for item in items {
        if *item != value {
            uleb(count, &mut out);
            (value, count) = (*item, 0);
        }
        count += 1;
    }
    uleb(count, &mut out);
    out
}

impl Forged {
    /// A first change by an actor.
    pub fn first(actor: [u8; 16], ops: Vec<Op>) -> Self {
        Self {
            deps: vec![],
            actor: actor.to_vec(),
            seq: 1,
            start_op: 1,
            time: 0,
            message: vec![],
            others: vec![],
            ops,
            extra: vec![],
        }
    }

    /// Takes an honest change apart.
    pub fn of(chunk: &[u8]) -> Self {
        let change = Change::try_from(chunk).unwrap().decode();
        let parsed = Change::try_from(chunk).unwrap();
        let mut actors: Vec<ActorId> = vec![change.actor_id.clone()];
        actors.extend(parsed.other_actor_ids().iter().cloned());
        let id = |id: &automerge::legacy::OpId| -> Id {
            (
                id.counter(),
                actors.iter().position(|actor| actor == id.actor()).unwrap(),
            )
        };
        let ops = change.operations.iter().map(|op| {
            let (code, value) = scalar_bytes(&op.primitive_value().unwrap_or(ScalarValue::Null));
            Op {
                obj: match &op.obj {
                    ObjectId::Root => None,
                    ObjectId::Id(object) => Some(id(object)),
                },
                place: match &op.key {
                    Key::Map(key) => Place::Key(key.to_string()),
                    Key::Seq(ElementId::Head) => Place::Head,
                    Key::Seq(ElementId::Id(elem)) => Place::Elem(id(elem)),
                },
                insert: op.insert,
                action: match &op.action {
                    OpType::Make(automerge::ObjType::Map) => 0,
                    OpType::Make(automerge::ObjType::List) => 2,
                    OpType::Make(automerge::ObjType::Text) => 4,
                    OpType::Put(_) => 1,
                    OpType::Delete => 3,
                    other => panic!("no honest change has {other:?}"),
                },
                code,
                value,
                preds: op.pred.iter().map(id).collect(),
            }
        });
        Self {
            deps: change.deps.iter().map(|dep| dep.0).collect(),
            actor: change.actor_id.to_bytes().to_vec(),
            seq: change.seq,
            start_op: change.start_op.get(),
            time: change.time,
            message: vec![],
            others: actors[1..]
                .iter()
                .map(|actor| actor.to_bytes().to_vec())
                .collect(),
            ops: ops.collect(),
            extra: vec![],
        }
    }

    /// The columns in canonical encoding; empty ones are left out.
    pub fn columns(&self) -> Vec<(u64, Vec<u8>)> {
        let ops = &self.ops;
        let of = |get: &dyn Fn(&Op) -> Option<u64>| -> Vec<Option<u64>> {
            ops.iter().map(get).collect()
        };
        let numbers = |items: Vec<Option<u64>>| runs(&items, |value, out| uleb(*value, out));
        let elem = |op: &Op| match op.place {
            Place::Elem(id) => Some(id),
            _ => None,
        };
        let counter = |op: &Op| match &op.place {
            Place::Elem(id) => Some(id.0),
            Place::Head => Some(0),
            Place::Key(_) => None,
        };
        let names: Vec<Option<&str>> = ops
            .iter()
            .map(|op| match &op.place {
                Place::Key(key) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        let inserts: Vec<bool> = ops.iter().map(|op| op.insert).collect();
        let preds: Vec<Id> = ops.iter().flat_map(|op| op.preds.iter().copied()).collect();
        let all = vec![
            (0x01, numbers(of(&|op| op.obj.map(|id| id.1 as u64)))),
            (0x02, numbers(of(&|op| op.obj.map(|id| id.0)))),
            (0x11, numbers(of(&|op| elem(op).map(|id| id.1 as u64)))),
            (0x13, deltas(&of(&counter))),
            (0x15, runs(&names, |name, out| bytes(name.as_bytes(), out))),
            (0x34, flags(&inserts)),
            (0x42, numbers(of(&|op| Some(op.action)))),
            (
                0x56,
                numbers(of(&|op| {
                    Some((op.value.len() as u64) << 4 | u64::from(op.code))
                })),
            ),
            (
                0x57,
                ops.iter().flat_map(|op| op.value.iter().copied()).collect(),
            ),
            (0x70, numbers(of(&|op| Some(op.preds.len() as u64)))),
            (
                0x71,
                numbers(preds.iter().map(|id| Some(id.1 as u64)).collect()),
            ),
            (
                0x73,
                deltas(&preds.iter().map(|id| Some(id.0)).collect::<Vec<_>>()),
            ),
        ];
        all.into_iter()
            .filter(|(_, column)| !column.is_empty())
            .collect()
    }

    /// The chunk with these columns instead of the canonical ones.
    pub fn encode_with(&self, columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
        let mut out = Vec::new();
        uleb(self.deps.len() as u64, &mut out);
        for dep in &self.deps {
            out.extend_from_slice(dep);
        }
        bytes(&self.actor, &mut out);
        uleb(self.seq, &mut out);
        uleb(self.start_op, &mut out);
        ileb(self.time, &mut out);
        bytes(&self.message, &mut out);
        uleb(self.others.len() as u64, &mut out);
        for actor in &self.others {
            bytes(actor, &mut out);
        }
        uleb(columns.len() as u64, &mut out);
        for (spec, column) in columns {
            uleb(*spec, &mut out);
            uleb(column.len() as u64, &mut out);
        }
        for (_, column) in columns {
            out.extend_from_slice(column);
        }
        out.extend_from_slice(&self.extra);
        seal(1, &out)
    }

    pub fn encode(&self) -> Vec<u8> {
        self.encode_with(&self.columns())
    }

    /// The chunk with one column replaced.
    pub fn encode_replacing(&self, spec: u64, column: Vec<u8>) -> Vec<u8> {
        let mut columns = self.columns();
        columns.retain(|(known, _)| *known != spec);
        columns.push((spec, column));
        columns.sort_by_key(|(spec, _)| *spec);
        self.encode_with(&columns)
    }
}

fn scalar_bytes(scalar: &ScalarValue) -> (u8, Vec<u8>) {
    let mut out = Vec::new();
    let code = match scalar {
        ScalarValue::Null => 0,
        ScalarValue::Boolean(flag) => 1 + u8::from(*flag),
        ScalarValue::Uint(value) => {
            uleb(*value, &mut out);
            3
        }
        ScalarValue::Int(value) => {
            ileb(*value, &mut out);
            4
        }
        ScalarValue::Str(text) => {
            out.extend_from_slice(text.as_bytes());
            6
        }
        ScalarValue::Bytes(raw) => {
            out.extend_from_slice(raw);
            7
        }
        ScalarValue::Timestamp(ms) => {
            ileb(*ms, &mut out);
            9
        }
        other => panic!("no honest change has {other:?}"),
    };
    (code, out)
}
