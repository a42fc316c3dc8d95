//! Reminders of a notice: by its own office, a few, and not one after the other.

use super::FactIn;
use super::order::in_order;
use crate::fact::Fact;
use linli_base::PrincipalId;

/// Most reminders of one notice (product.md §5.5).
pub const REMINDERS: usize = 3;
/// Least time between two of them.
pub const REMINDER_APART_MS: u64 = 5 * 60 * 1000;

/// When the reminders that count were written.
pub(super) fn fold(owner: PrincipalId, facts: &[FactIn]) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::new();
    let of_owner = |f: &&FactIn| f.fact == Fact::Reminder && f.author.principal == owner;
    for fact in in_order(facts).into_iter().filter(of_owner) {
        let apart = |last: &u64| fact.time_ms >= last.saturating_add(REMINDER_APART_MS);
        if out.len() < REMINDERS && out.last().is_none_or(apart) {
            out.push(fact.time_ms);
        }
    }
    out
}
