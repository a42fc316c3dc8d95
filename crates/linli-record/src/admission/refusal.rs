//! Why a change is not admitted: one enum, so that every refusal has a name a person can be shown.

use super::{Actor, ChangeId};
use thiserror::Error;

/// The outcome of judging a change that was not admitted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Verdict {
    /// Not an error: the change builds on others that are not in the record yet. Ask again when they are.
    #[error("waits for {} change(s) it builds on", missing.len())]
    Waiting {
        /// The dependencies that are not admitted in this record, ascending.
        missing: Vec<ChangeId>,
    },
    /// The change is void for good, on every replica.
    #[error(transparent)]
    Void(#[from] Refusal),
}

/// Why a change is void. The author's software is at fault, or the author.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Longer than the limit on a chunk.
    #[error("the change is {bytes} bytes long")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Does not begin as an Automerge chunk does (a sync message, for one: A1, A2).
    #[error("this is not an Automerge chunk")]
    NotAChunk,
    /// A document, a compressed change (A3), a bundle or something unknown.
    #[error("chunk type {chunk_type} is not a plain change")]
    NotAPlainChange {
        /// The type byte.
        chunk_type: u8,
    },
    /// The bytes end before or after the place their own length fields say.
    #[error("the change does not end where it says it does")]
    Length,
    /// The checksum does not match the content.
    #[error("the checksum does not match")]
    Checksum,
    /// A number is not in its shortest LEB128 form, or does not fit.
    #[error("a number is badly encoded")]
    Number,
    /// Text that is not UTF-8.
    #[error("text is not UTF-8")]
    Utf8,
    /// An actor id that is not 16 bytes.
    #[error("an actor id is not 16 bytes long")]
    ActorLength,
    /// Dependencies are too many, unsorted or repeated.
    #[error("the list of dependencies is not in order")]
    Deps,
    /// Other actors are too many, unsorted, repeated, never used, or the author itself.
    #[error("the list of other actors is not in order")]
    Actors,
    /// The change carries a time, a message or extra bytes.
    #[error("the change carries a {0}, which must be empty")]
    FreeForm(&'static str),
    /// Sequence number or operation counter out of range (A7).
    #[error("a counter is out of range")]
    Counter,
    /// No operation at all.
    #[error("the change says nothing")]
    Empty,
    /// More operations, or more predecessors, than the limit (A4).
    #[error("the change claims too many operations")]
    TooManyOps,
    /// Expands beyond the limit.
    #[error("the change expands beyond the limit")]
    Expands,
    /// A column that is unknown, compressed, empty, repeated or out of order.
    #[error("column {spec:#x} is not one a change may have here")]
    Column {
        /// Its specification number.
        spec: u64,
    },
    /// A column that could have been written shorter, or not at all (A9).
    #[error("column {spec:#x} is not in its canonical encoding")]
    Encoding {
        /// Its specification number.
        spec: u32,
    },
    /// A column with more or fewer rows than there are operations.
    #[error("column {spec:#x} does not have one row per operation")]
    Rows {
        /// Its specification number.
        spec: u32,
    },
    /// One operation is not possible.
    #[error("operation {index}: {fault}")]
    Op {
        /// Its place in the change, from 0.
        index: u64,
        /// What is wrong with it.
        fault: OpFault,
    },
    /// Written under another device's actor id (A6).
    #[error("the change is written under a foreign actor id")]
    WrongActor,
    /// A different change with the same actor and sequence number is already here (A5, A10).
    #[error("another change with sequence number {seq} exists")]
    SeqTaken {
        /// The number both claim.
        seq: u64,
    },
    /// Does not continue its actor's sequence within its own past (A8).
    #[error("sequence number {got} where {want} comes next")]
    SeqNotNext {
        /// The number that comes next.
        want: u64,
        /// The number claimed.
        got: u64,
    },
    /// Names an actor that has no change in its past (A8).
    #[error("names an actor that is unknown in its past")]
    UnknownActor(Actor),
    /// The first operation is not numbered one above the highest of its past (A7).
    #[error("operation counter {got} where {want} comes next")]
    StartOp {
        /// The counter that comes next.
        want: u64,
        /// The counter claimed.
        got: u64,
    },
    /// The record would hold more than a record may.
    #[error("the record is full")]
    RecordFull,
    /// The value of the record at this change breaks its schema.
    #[error("the record would not be sound: {0}")]
    Schema(String),
    /// Automerge encodes these operations otherwise (A9).
    #[error("the same operations have another encoding")]
    Recoded,
    /// Automerge refuses the change, or applies it to something else than expected.
    #[error("Automerge does not take the change: {0}")]
    Engine(String),
}

/// What is wrong with one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpFault {
    /// An action Linli's records do not use: increments, tables, marks, or a number beyond them.
    #[error("an action that records do not use")]
    Action,
    /// A value type Linli's records do not use, or one that does not belong to the action.
    #[error("a value that does not belong here")]
    Value,
    /// The object id is half given, or not older than the operation.
    #[error("a malformed object id")]
    ObjectId,
    /// The key is neither a map key nor an element, or it is empty.
    #[error("a malformed key")]
    Key,
    /// An actor index beyond the actors of the change.
    #[error("an actor that the change does not list")]
    ActorIndex,
    /// Overwritten values out of order, repeated, or not older than the operation.
    #[error("a malformed list of overwritten values")]
    PredOrder,
    /// The object does not exist in the past of the change.
    #[error("an object that does not exist in its past")]
    NoObject,
    /// The element does not exist in the past of the change, or in that object.
    #[error("a list element that does not exist in its past")]
    NoElement,
    /// A map key on a list, an element on a map, or an insertion into a map.
    #[error("a key of the wrong kind for the object")]
    KeyKind,
    /// What it overwrites is not exactly what is visible there in its past.
    #[error("it does not overwrite what is visible in its past")]
    Preds,
    /// Deletes where nothing is visible.
    #[error("it deletes nothing")]
    DeletesNothing,
    /// Objects nested too deep.
    #[error("objects nested too deep")]
    Depth,
    /// Something other than inserting or deleting non-empty text in a text object.
    #[error("an edit that text does not allow")]
    Text,
}
