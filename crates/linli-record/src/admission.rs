//! The judging of one Automerge change from a stranger, and the document it lands in.
//!
//! Automerge trusts its input: crafted bytes can abort the process, hang it, or leave a document that saves
//! and never loads again (`docs/formats/change.md` lists the known ones as A1 to A10). So no byte of a peer
//! reaches Automerge until three things are known, in this order:
//!
//! 1. [`preparse`]: the bytes are one plain change chunk in the one canonical encoding, within [`Limits`].
//!    This touches no Automerge code and allocates in proportion to what the limits allow.
//! 2. the history: what the change says about its past is what the past says. Every object, element and
//!    overwritten value it names exists in the closure of its dependencies, and it continues its actor's
//!    sequence and the record's operation counter without a gap.
//! 3. the schema, asked for the value of the record *at that change*, so every replica reaches the same
//!    verdict in whatever order changes arrive.
//!
//! [`Doc`] owns the admitted changes of one record; it is the only way a change enters an Automerge
//! document. Waiting for a dependency is not an error: [`Verdict::Waiting`].

mod author;
mod change;
mod columns;
mod doc;
mod engine;
mod first;
mod history;
mod leb;
mod ledger;
mod refusal;
mod rows;
mod snapshot;
mod trial;
mod value;
mod write;

pub use author::{AuthorError, Draft};
pub use change::{ChangeHead, preparse};
pub use doc::{Admitted, Doc, Expect};
pub use first::{New, first_change};
pub use refusal::{OpFault, Refusal, Verdict};
pub use snapshot::Snapshot;
pub use value::{Field, Scalar, Value};

use linli_base::limits::PAYLOAD_MAX;

/// An actor id: the first 16 bytes of a hash over device and record (trust.md §4).
pub type Actor = [u8; 16];

/// SHA-256 of a change chunk, as Automerge names changes.
pub type ChangeId = [u8; 32];

/// What a change may cost at most.
///
/// All limits are judged on the change itself or on the closure of its dependencies, never on what else a
/// replica happens to hold: otherwise two replicas could disagree about one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of the chunk in bytes.
    pub chunk_bytes: usize,
    /// Operations in one change, and overwritten values it names in all, each.
    pub ops: u64,
    /// What the change expands to: 16 bytes an operation and 16 a named predecessor, plus keys and values.
    pub expanded_bytes: u64,
    /// Highest operation counter; Automerge's own writer panics near 2^32 (A7).
    pub max_op: u64,
    /// Dependencies of one change.
    pub deps: usize,
    /// Actors in one record: the devices of one principal.
    pub actors: usize,
    /// Nesting of objects below the root.
    pub depth: u8,
    /// Operations in the closure of a change, itself included.
    pub record_ops: u64,
    /// Changes in the closure of a change, itself included.
    pub record_changes: u64,
}

impl Limits {
    /// The limits of version 1. They are part of the format: replicas with different limits diverge.
    pub const STANDARD: Self = Self {
        chunk_bytes: PAYLOAD_MAX,
        ops: 20_000,
        expanded_bytes: 1 << 20,
        max_op: 1 << 31,
        deps: 64,
        actors: 64,
        depth: 3,
        record_ops: 40_000,
        record_changes: 4_096,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}
