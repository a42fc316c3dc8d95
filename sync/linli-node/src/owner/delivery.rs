//! How far something made here has got, as far as this home knows: only here, elsewhere, where it should be, read.
//!
//! A device counts once it said that it holds the whole of it, never because it probably does. What others said is known
//! until this program ends, and of passes for good (`peers`), so a stage is never more than what was heard.

use super::peers::{label, last_met};
use crate::api::Fault;
use crate::replica::Replica;
use linli_base::{DeviceId, EntryId, PrincipalId, RecordId};
use linli_charter::PrincipalKind;
use linli_record::row::{NoticeRow, PostRow, VisitRow};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is known of one thing.
struct Known {
    holders: Vec<DeviceId>,
    arrived: bool,
    read: bool,
}

impl Known {
    /// `{stage:"here|elsewhere|arrived|read", heard_by:[{device, name, at_ms}]}`; `at_ms` is when that device was last met.
    fn shown(&self, replica: &Replica) -> Result<Value, Fault> {
        let stage = match self {
            Self { read: true, .. } => "read",
            Self { arrived: true, .. } => "arrived",
            Self { holders, .. } if !holders.is_empty() => "elsewhere",
            _ => "here",
        };
        let mut heard = Vec::new();
        for device in &self.holders {
            let at_ms = last_met(replica, device)?;
            heard.push(json!({
                "device": device.short(), "name": label(replica, device), "at_ms": at_ms.unwrap_or_default(),
            }));
        }
        heard.sort_by_key(|one| one["at_ms"].as_u64());
        Ok(json!({ "stage": stage, "heard_by": heard }))
    }
}

fn is_of(replica: &Replica, device: &DeviceId, kind: PrincipalKind) -> bool {
    let of = replica.authority().device(device);
    of.is_some_and(|d| d.kind == kind)
}

fn belongs(replica: &Replica, device: &DeviceId, to: &PrincipalId) -> bool {
    let of = replica.authority().device(device);
    of.is_some_and(|d| d.principal == *to)
}

/// Of a post of this home: an office holds it, so that it is looked at; a neighbour has answered.
pub(super) fn of_post(replica: &Replica, post: &PostRow) -> Result<Value, Fault> {
    let me = replica.me().principal;
    if post.author.principal != me {
        return Ok(Value::Null);
    }
    let holders = replica.holders(&post.id)?;
    let said = post.thread.comments.iter().map(|c| &c.author);
    let said = said.chain(post.claims.iter().map(|c| &c.author));
    let mut said = said.chain(post.thread.reactions.iter().map(|r| &r.author));
    let known = Known {
        arrived: holders
            .iter()
            .any(|d| is_of(replica, d, PrincipalKind::Office)),
        read: said.any(|author| author.principal != me),
        holders,
    };
    known.shown(replica)
}

/// Of what this home said below a post or notice, by entry: whoever wrote that holds it, and has said something since.
pub(super) fn of_comments(
    replica: &Replica,
    on: &RecordId,
    host: &PrincipalId,
    thread: &linli_record::row::Thread,
) -> Result<BTreeMap<EntryId, Value>, Fault> {
    let me = replica.me().principal;
    let mut all = BTreeMap::new();
    if !thread.comments.iter().any(|c| c.author.principal == me) {
        return Ok(all);
    }
    let places = replica.places_of_facts(on)?;
    for (at, comment) in thread.comments.iter().enumerate() {
        let Some((log, seq)) = places
            .get(&comment.id)
            .filter(|_| comment.author.principal == me)
        else {
            continue;
        };
        let holders = replica.holders_of(log, *seq);
        let later = thread.comments.iter().skip(at + 1);
        let mut later = later.filter(|c| c.author.principal != me);
        let known = Known {
            arrived: holders.iter().any(|d| belongs(replica, d, host)),
            read: later.any(|c| c.author.principal == *host || c.answers == Some(comment.id)),
            holders,
        };
        all.insert(comment.id, known.shown(replica)?);
    }
    Ok(all)
}

/// Of a notice of this home's office: a household or gate holds it; somebody has confirmed it.
pub(super) fn of_notice(
    replica: &Replica,
    notice: &NoticeRow,
    confirmed: bool,
) -> Result<Value, Fault> {
    if notice.author.principal != replica.me().principal {
        return Ok(Value::Null);
    }
    let holders = replica.holders(&notice.id)?;
    let known = Known {
        arrived: holders
            .iter()
            .any(|d| !is_of(replica, d, PrincipalKind::Office)),
        read: confirmed,
        holders,
    };
    known.shown(replica)
}

/// Of a pass: every gate that it names has said that it holds it; it was used.
pub(super) fn of_pass(replica: &Replica, visit: &VisitRow, used: bool) -> Result<Value, Fault> {
    let epoch = &replica.authority().charter().newest().epoch;
    let named = |number: &u8| visit.gates.is_empty() || visit.gates.contains(number);
    let mut gates = epoch
        .gates
        .iter()
        .filter(|g| named(&g.number))
        .filter_map(|g| g.device)
        .peekable();
    let there = gates.peek().is_some() && gates.all(|d| replica.peer_has_all_of_mine(&d));
    let mut holders = replica.holders(&visit.id)?;
    // A gate holds the grant and not the record that this home keeps of it.
    for gate in epoch.gates.iter().filter_map(|g| g.device) {
        if !holders.contains(&gate) && replica.peer_has_all_of_mine(&gate) {
            holders.push(gate);
        }
    }
    let known = Known {
        arrived: there,
        read: used,
        holders,
    };
    known.shown(replica)
}
