//! Which notices are corrected or taken back, over all notices together.
//!
//! A link counts only between notices of one office. A notice that was corrected stays corrected even if the
//! correction is taken back: its text was wrong once and does not become right by that. A notice that was taken
//! back stands again if the retraction itself is taken back.

use crate::row::{NoticeRow, Retraction};
use linli_base::RecordId;
use std::collections::{BTreeMap, BTreeSet};

/// Sets `corrected_by` and `retracted` of every notice from what all of them say; what stood there before does
/// not matter. Answers the notices that changed, ascending: their rows are to be written anew.
pub fn fold_notice_links(notices: &mut BTreeMap<RecordId, NoticeRow>) -> Vec<RecordId> {
    let corrections = named(notices, |notice| notice.corrects);
    let retractions = named(notices, |notice| notice.retracts);
    let counts = counting(notices, &retractions);
    let mut changed = Vec::new();
    let mut links = BTreeMap::new();
    for id in notices.keys() {
        let corrected_by: Vec<RecordId> = corrections
            .get(id)
            .into_iter()
            .flatten()
            .rev()
            .map(|(_, by)| *by)
            .collect();
        let retracted = retractions
            .get(id)
            .into_iter()
            .flatten()
            .find(|(_, by)| counts.contains(by))
            .and_then(|(_, by)| notices.get(by))
            .map(retraction);
        links.insert(*id, (corrected_by, retracted));
    }
    for (id, (corrected_by, retracted)) in links {
        let Some(notice) = notices.get_mut(&id) else {
            continue;
        };
        if notice.corrected_by != corrected_by || notice.retracted != retracted {
            notice.corrected_by = corrected_by;
            notice.retracted = retracted;
            changed.push(id);
        }
    }
    changed
}

/// For each notice, those of the same office that name it, oldest first.
type Named = BTreeMap<RecordId, BTreeSet<(u64, RecordId)>>;

fn named(
    notices: &BTreeMap<RecordId, NoticeRow>,
    link: impl Fn(&NoticeRow) -> Option<RecordId>,
) -> Named {
    let mut named = Named::new();
    for notice in notices.values() {
        if let Some(target) = link(notice).and_then(|id| notices.get(&id))
            && target.author.principal == notice.author.principal
            && target.id != notice.id
        {
            named
                .entry(target.id)
                .or_default()
                .insert((notice.created_ms, notice.id));
        }
    }
    named
}

/// The retractions that count: those no other counting retraction takes back.
///
/// Record ids can be known beforehand, so an office could make its retractions name each other in a circle;
/// nothing in such a circle counts.
fn counting(notices: &BTreeMap<RecordId, NoticeRow>, retractions: &Named) -> BTreeSet<RecordId> {
    let mut waits: BTreeMap<RecordId, usize> = notices
        .keys()
        .map(|id| (*id, retractions.get(id).map_or(0, BTreeSet::len)))
        .collect();
    let mut ready: Vec<RecordId> = waits
        .iter()
        .filter(|(_, left)| **left == 0)
        .map(|(id, _)| *id)
        .collect();
    let (mut counts, mut struck) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = ready.pop() {
        let live = !struck.contains(&id);
        let Some(target) = notices.get(&id).and_then(|notice| notice.retracts) else {
            continue;
        };
        if !retractions
            .get(&target)
            .is_some_and(|by| by.iter().any(|(_, by)| *by == id))
        {
            continue;
        }
        if live {
            counts.insert(id);
            struck.insert(target);
        }
        if let Some(left) = waits.get_mut(&target) {
            *left -= 1;
            if *left == 0 {
                ready.push(target);
            }
        }
    }
    counts
}

fn retraction(by: &NoticeRow) -> Retraction {
    Retraction {
        by: by.id,
        reason: by.reason.clone().unwrap_or_else(|| by.title.clone()),
        at_ms: by.created_ms,
    }
}
