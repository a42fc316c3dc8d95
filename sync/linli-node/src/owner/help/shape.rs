//! How a call is shown: who calls, and who has received it.

use super::care::Words;
use super::{CALLS_MAX, Call};
use crate::api::Fault;
use crate::owner::posts::shown;
use crate::replica::{Now, Replica};
use linli_base::{DeviceId, PrincipalId};
use linli_charter::PrincipalKind;
use linli_record::fact::HelpHow;
use linli_record::row::{Author, HelpAckRow};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most of those who received a call that are named one by one.
const NAMED_MAX: usize = 10 * CALLS_MAX;

pub(super) fn call(
    replica: &Replica,
    now: Now,
    call: &Call,
    acks: &[HelpAckRow],
    words: &Words,
    cares: &BTreeSet<PrincipalId>,
) -> Result<Value, Fault> {
    let me = replica.me();
    let caller = call.author.principal;
    let own = caller == me.principal;
    let mut by: BTreeMap<PrincipalId, &HelpAckRow> = BTreeMap::new();
    for ack in acks {
        // What a gate says stands twice; the most that anybody of a household said counts, and of that the first.
        if ack.caller != caller || ack.key != call.key || ack.author.principal == caller {
            continue;
        }
        let more = |held: &&HelpAckRow| {
            let order = |a: &HelpAckRow| (std::cmp::Reverse(a.how), a.time_ms, a.id);
            order(ack) < order(held)
        };
        match by.get(&ack.author.principal) {
            Some(held) if !more(held) => {}
            _ => {
                by.insert(ack.author.principal, ack);
            }
        }
    }
    let mut received: Vec<(u8, u64, Value)> = by
        .values()
        .map(|ack| {
            let rank = match ack.how {
                HelpHow::Coming => 0,
                HelpHow::Heard => 1,
                HelpHow::Received => 2,
            };
            let line = json!({
                "by": name(replica, &ack.author), "kind": kind(replica, &ack.author.device),
                "how": ack.how.word(), "at_ms": ack.time_ms,
            });
            (rank, ack.time_ms, line)
        })
        .collect();
    if let Some((log, seq)) = &call.place {
        for device in replica.holders_of(log, *seq) {
            let Some(author) = replica.author_of(&device) else {
                continue;
            };
            if author.principal == caller || by.contains_key(&author.principal) {
                continue;
            }
            let line = json!({
                "by": name(replica, &author), "kind": kind(replica, &device), "how": "holds", "at_ms": null,
            });
            received.push((3, 0, line));
        }
    }
    received.sort_by_key(|(rank, at, line)| (*rank, *at, line["by"].to_string()));
    let nobody = received.is_empty();
    let count = received.len();
    let listed: Vec<Value> = received.into_iter().take(NAMED_MAX).map(|r| r.2).collect();
    let heard_here = by
        .get(&me.principal)
        .is_some_and(|ack| ack.how != HelpHow::Received);
    let words = call
        .words
        .as_ref()
        .or_else(|| words.get(&(caller, call.key)));
    Ok(json!({
        "id": call.name(), "by": shown(&call.author), "practice": call.practice, "open": call.open(),
        "at_ms": call.at_ms, "over_ms": call.over_ms, "own": own,
        "words": words.map(|w| w.reveal().clone()),
        "asks_me": call.alarms(now) && !call.practice && !own && !heard_here,
        "hears_as": hears_as(me.kind, own, cares.contains(&caller)),
        "received": listed, "received_count": count, "nobody": nobody,
    }))
}

/// What this home is to the caller.
const fn hears_as(kind: PrincipalKind, own: bool, cares: bool) -> &'static str {
    match kind {
        _ if own => "own",
        PrincipalKind::Office => "office",
        PrincipalKind::Gate => "gate",
        _ if cares => "helper",
        PrincipalKind::Household | PrincipalKind::Screen => "neighbour",
    }
}

fn kind(replica: &Replica, device: &DeviceId) -> &'static str {
    match replica.authority().device(device).map(|d| d.kind) {
        Some(PrincipalKind::Household) => "household",
        Some(PrincipalKind::Office) => "office",
        Some(PrincipalKind::Gate) => "gate",
        Some(PrincipalKind::Screen) | None => "screen",
    }
}

/// A gate by its name, others as on the board.
fn name(replica: &Replica, author: &Author) -> String {
    let number = replica
        .authority()
        .device(&author.device)
        .and_then(|device| device.gate);
    let epoch = &replica.authority().charter().newest().epoch;
    let gate = epoch.gates.iter().find(|gate| Some(gate.number) == number);
    gate.map_or_else(|| shown(author), |gate| gate.name.clone())
}
