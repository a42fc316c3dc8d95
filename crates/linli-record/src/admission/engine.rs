//! The only place where bytes meet Automerge.
//!
//! What arrives here has passed the parser and the history, so Automerge should neither refuse nor panic;
//! both are still turned into a [`Refusal`], because a daemon that dies of one record dies again at every
//! restart. The actor id of every document is set at once: Automerge draws a random one.

use super::{Actor, ChangeId, Refusal};
use automerge::{ActorId, Automerge, Change, ChangeHash, TextEncoding};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Positions in text are counted in Unicode code points, on every platform.
const ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;

pub(super) fn empty(actor: &Actor) -> Automerge {
    Automerge::new_with_encoding(ENCODING).with_actor(ActorId::from(actor))
}

/// The change as Automerge reads it, proven to be what Automerge would write.
pub(super) fn decode(bytes: &[u8], hash: &ChangeId) -> Result<Change, Refusal> {
    guarded(|| {
        let change = Change::try_from(bytes).map_err(fault)?;
        let again = Change::from(change.decode());
        if change.hash().0 != *hash || again.raw_bytes() != bytes {
            return Err(Refusal::Recoded);
        }
        Ok(change)
    })
}

/// A document made of changes that were admitted before, in causal order.
pub(super) fn replay<'a>(bytes: impl IntoIterator<Item = &'a [u8]>) -> Result<Automerge, Refusal> {
    guarded(|| {
        let changes: Result<Vec<Change>, _> = bytes.into_iter().map(Change::try_from).collect();
        let mut document = empty(&[0; 16]);
        document
            .apply_changes(changes.map_err(fault)?)
            .map_err(fault)?;
        Ok(document)
    })
}

/// Applies one change and insists on the heads that must result.
pub(super) fn apply(
    mut document: Automerge,
    change: Change,
    heads: &BTreeSet<ChangeId>,
) -> Result<Automerge, Refusal> {
    guarded(move || {
        document.apply_changes([change]).map_err(fault)?;
        if heads_of(&document) == *heads {
            Ok(document)
        } else {
            Err(Refusal::Engine("other heads than expected".to_owned()))
        }
    })
}

pub(super) fn heads_of(document: &Automerge) -> BTreeSet<ChangeId> {
    document
        .get_heads()
        .into_iter()
        .map(|ChangeHash(hash)| hash)
        .collect()
}

fn fault(error: impl std::fmt::Display) -> Refusal {
    Refusal::Engine(error.to_string())
}

/// Turns a panic inside Automerge into a refusal. The documents it touched are dropped, never kept.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Refusal::Engine("it panicked".to_owned())))
}
