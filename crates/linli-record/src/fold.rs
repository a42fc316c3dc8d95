//! From admitted entries to rows: a pure function of the set, whatever order the entries came in.
//!
//! [`fold_record`] folds one record, its document and the facts about it. [`fold_fact`] folds a fact that is a
//! row of its own (a grant, a gate event). [`fold_notice_links`] settles, over all notices, which of them are
//! corrected or taken back. Nothing here knows what is local: who reads, when something arrived.
//!
//! Two sound changes made apart can exceed together what each may alone (two lists grow, a visit ends before it
//! begins). The fold clamps that and lists the fields with more than one value as [`crate::row::Conflict`]s.

mod board;
mod help;
mod links;
mod order;
mod porch;
mod record;
mod remind;
mod thread;
mod value;

#[cfg(test)]
mod tests;

pub use board::PAUSE_AT;
pub use links::fold_notice_links;
pub use remind::{REMINDER_APART_MS, REMINDERS};
pub use thread::COMMENTS_PER_PRINCIPAL;

use crate::admission::Snapshot;
use crate::fact::{Fact, Grant};
use crate::kind::RecordKind;
use crate::row::{
    Author, AuthorKind, CancelRow, CancelTarget, GateEventRow, GrantBrief, GrantRow, Row, SpentRow,
};
use linli_base::{EntryId, LogKey, RecordId};

/// One admitted fact about a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactIn {
    /// Its entry.
    pub entry: EntryId,
    /// The log it stands in.
    pub log: LogKey,
    /// Its place there: what one device says in one log is in that order, whatever its clock said.
    pub seq: u32,
    /// Who says it.
    pub author: Author,
    /// When they say they said it: display, and order only between those who cannot have known of each other.
    pub time_ms: u64,
    /// What.
    pub fact: Fact,
}

/// One record with everything admitted about it.
#[derive(Clone, Copy, Debug)]
pub struct RecordIn<'a> {
    /// Its id.
    pub id: RecordId,
    /// Its kind, from the creating entry.
    pub kind: RecordKind,
    /// Who created it.
    pub author: &'a Author,
    /// The time in the header of the creating entry.
    pub created_ms: u64,
    /// How many changes are admitted.
    pub changes: usize,
    /// Its value now: [`crate::admission::Doc::snapshot`].
    pub value: &'a Snapshot,
    /// The admitted facts whose header names this record, in any order.
    pub facts: &'a [FactIn],
}

/// The row of a record; `None` where there is none to show: an unknown kind, an author who may not keep such a
/// record, a notice that was edited, or a value without what its kind needs.
#[must_use]
pub fn fold_record(record: &RecordIn<'_>) -> Option<Row> {
    record.kind.lane(record.author.kind)?;
    record::fold(record)
}

/// The row of a fact that is a row of its own; `None` for facts about a record, and for an author who may not
/// say such a thing. `brief` is what the caller read from the claims, if the fact is a grant.
#[must_use]
pub fn fold_fact(fact: &FactIn, brief: Option<&GrantBrief>) -> Option<Row> {
    let by_gate = fact.author.kind == AuthorKind::Gate;
    match &fact.fact {
        Fact::Grant(grant) => fold_grant(fact, grant, false, brief?),
        Fact::PlateGrant(grant) => fold_grant(fact, grant, true, brief?),
        Fact::GateEvent(event) if by_gate => Some(Row::GateEvent(GateEventRow {
            id: fact.entry,
            author: fact.author.clone(),
            month: fact.log.lane.period.0,
            seq: fact.seq,
            at_s: event.at_s,
            gate: event.gate,
            result: event.result,
            code: event.code.clone(),
            cti: event.cti,
            uses_after: event.uses_after,
            unit: event.unit.clone(),
            label: event.label.clone(),
            plate: event.plate.clone(),
            scan_hash: event.scan_hash,
            badge: event.badge.clone(),
            reason: event.reason.clone(),
            about: event.about,
            entries: event.entries,
            nonce: event.nonce,
            companions: event.companions,
            until_s: event.until_s,
            leave_by_s: event.leave_by_s,
            count: event.count,
            since_s: event.since_s,
        })),
        Fact::Spent(counts) if by_gate => Some(Row::Spent(SpentRow {
            id: fact.entry,
            author: fact.author.clone(),
            counts: counts.clone(),
        })),
        _ => porch::fold(fact).or_else(|| help::fold(fact)),
    }
}

fn fold_grant(fact: &FactIn, grant: &Grant, by_plate: bool, brief: &GrantBrief) -> Option<Row> {
    // Whether the device may grant stands in its certificate; a gate or a screen never does.
    if !may_speak(fact.author.kind) || (by_plate && brief.plate.is_none()) {
        return None;
    }
    Some(Row::Grant(GrantRow {
        id: fact.entry,
        author: fact.author.clone(),
        by_plate,
        cti: brief.cti,
        iat_s: brief.iat_s,
        nbf_s: brief.nbf_s,
        exp_s: brief.exp_s,
        plate: brief.plate.clone(),
        short_code: grant.short_code,
        claims: grant.claims.clone(),
    }))
}

/// The row of a cancel act. Whether its author may cancel is judged where the grant can be read.
#[must_use]
pub fn fold_cancel(entry: EntryId, author: &Author, target: CancelTarget, time_ms: u64) -> Row {
    Row::Cancel(CancelRow {
        id: entry,
        author: author.clone(),
        target,
        time_ms,
    })
}

/// Households and offices have a voice on the board; gates and screens have none.
const fn may_speak(kind: AuthorKind) -> bool {
    matches!(kind, AuthorKind::Household | AuthorKind::Office)
}
