//! The order of facts: what must have come first comes first, the rest by signed time, then by entry id.
//!
//! A clock is only a claim, so it may not turn around what is certain: a device says things in the order of its
//! log, and an answer comes after what it answers. Among facts that are free of each other the earliest time
//! goes first. The result depends on the set alone.

use super::FactIn;
use crate::fact::Fact;
use linli_base::{EntryId, LogKey};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Sorts facts, each entry once.
pub(super) fn in_order(facts: &[FactIn]) -> Vec<&FactIn> {
    let by_id: BTreeMap<EntryId, &FactIn> = facts.iter().map(|fact| (fact.entry, fact)).collect();
    let (mut after, mut waits) = edges(&by_id);
    let key = |fact: &FactIn| Reverse((fact.time_ms, fact.entry));
    let mut ready: BinaryHeap<_> = by_id
        .values()
        .filter(|fact| !waits.contains_key(&fact.entry))
        .map(|fact| key(fact))
        .collect();
    let mut order = Vec::with_capacity(by_id.len());
    let mut done = BTreeSet::new();
    while let Some(Reverse((_, id))) = ready.pop() {
        let Some(fact) = by_id.get(&id) else { continue };
        order.push(*fact);
        done.insert(id);
        for next in after.remove(&id).unwrap_or_default() {
            let Some(left) = waits.get_mut(&next) else {
                continue;
            };
            *left -= 1;
            if *left == 0
                && let Some(fact) = by_id.get(&next)
            {
                ready.push(key(fact));
            }
        }
    }
    // Ids are hashes over their predecessors, so a circle cannot be made; if there is one, nothing is lost.
    let mut rest: Vec<&FactIn> = by_id
        .values()
        .copied()
        .filter(|fact| !done.contains(&fact.entry))
        .collect();
    rest.sort_by_key(|fact| (fact.time_ms, fact.entry));
    order.extend(rest);
    order
}

type After = BTreeMap<EntryId, Vec<EntryId>>;
type Waits = BTreeMap<EntryId, usize>;

fn edges(by_id: &BTreeMap<EntryId, &FactIn>) -> (After, Waits) {
    let (mut after, mut waits) = (After::new(), Waits::new());
    let mut edge = |first: EntryId, then: EntryId| {
        after.entry(first).or_default().push(then);
        *waits.entry(then).or_default() += 1;
    };
    let mut logs: BTreeMap<LogKey, Vec<(u32, EntryId)>> = BTreeMap::new();
    for fact in by_id.values() {
        logs.entry(fact.log)
            .or_default()
            .push((fact.seq, fact.entry));
        if let Some(answered) = answers(&fact.fact)
            && by_id.contains_key(&answered)
            && answered != fact.entry
        {
            edge(answered, fact.entry);
        }
    }
    for log in logs.values_mut() {
        log.sort_unstable();
        for pair in log.windows(2) {
            edge(pair[0].1, pair[1].1);
        }
    }
    (after, waits)
}

/// What a fact names as said before it.
const fn answers(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::Comment { answers, .. } => *answers,
        Fact::Uncomment(comment) => Some(*comment),
        Fact::Ruling(ruling) => ruling.replaces,
        Fact::Appeal(appeal) => appeal.against,
        _ => None,
    }
}
