//! What a gate's log says, read from the rows everyone folds: who is inside, who is expected, which passes were used
//! too often, what a new month opens with.

use super::state;
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, Replica};
use linli_base::{LaneClass, LaneKey, LogKey, Period, ScopeId, UnixSec};
use linli_pass::log::{GateLogs, Happened, Line};
use linli_pass::{Cti, Grant, Plate};
use linli_record::fact::{GateResult, SPENT_ITEMS, Spend};
use linli_record::row::GateEventRow;
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How long a pass may live at most, for uses of which only older lines speak.
const LONGEST_S: u64 = 180 * 86_400;
/// Who is expected: from now until this much later.
const AHEAD_S: u64 = 86_400;

/// The gate events held here.
pub(super) fn events(replica: &Replica) -> Result<Vec<GateEventRow>, Fault> {
    let rows = replica.rows(RowKind::GateEvent)?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, row)| match row {
            Row::GateEvent(event) => Some(event),
            _ => None,
        })
        .collect())
}

/// Oldest first. The lines of one log stand in its order, whatever its clock said; between logs the clocks decide, a
/// log whose clock was turned back counting as late as its latest line.
pub(super) fn in_order(mut events: Vec<GateEventRow>) -> Vec<GateEventRow> {
    events.sort_by_key(|e| (e.author.device, e.month, e.seq));
    let mut latest: Option<(linli_base::DeviceId, u64)> = None;
    let mut placed: Vec<(u64, GateEventRow)> = Vec::with_capacity(events.len());
    for event in events {
        let before = latest.filter(|(device, _)| *device == event.author.device);
        let at = before.map_or(event.at_s, |(_, at)| at.max(event.at_s));
        latest = Some((event.author.device, at));
        placed.push((at, event));
    }
    // Stable: what one log says in one second stays in its order.
    placed.sort_by_key(|(at, event)| (*at, event.author.device));
    placed.into_iter().map(|(_, event)| event).collect()
}

/// The same as lines that count.
pub(super) fn logs(replica: &Replica) -> Result<GateLogs, Fault> {
    let mut logs = GateLogs::default();
    for event in events(replica)? {
        logs.hear(line(&event));
    }
    Ok(logs)
}

fn line(e: &GateEventRow) -> Line {
    Line {
        id: e.id.0,
        about: e.about.map(|id| id.0),
        device: e.author.device,
        period: Period(e.month),
        seq: e.seq,
        gate: e.gate,
        at: UnixSec(e.at_s),
        what: match e.result {
            GateResult::Admit => Happened::CameIn { by_guard: false },
            GateResult::Override => Happened::CameIn { by_guard: true },
            GateResult::Exit => Happened::Left,
            GateResult::Corrected => Happened::Corrected,
            GateResult::Transfer => Happened::HandedOver,
            _ => Happened::Other,
        },
        cti: e.cti.map(Cti),
        entries: e.entries,
        uses_after: e.uses_after,
        nonce: e.nonce,
        plate: e.plate.as_ref().and_then(|p| Plate::parse(p.reveal()).ok()),
    }
}

/// Grants heard, read.
fn grants(replica: &Replica) -> Result<Vec<Grant>, Fault> {
    let rows = replica.rows(RowKind::Grant)?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, row)| {
            let Row::Grant(row) = row else { return None };
            let value = linli_base::cbor::decode(row.claims.reveal(), 6).ok()?;
            Grant::from_value(value).ok()
        })
        .collect())
}

/// Passes that were used more often than they allow. The same at every replica that heard the same events, and at
/// the household from its own copies.
pub(super) fn incidents(replica: &Replica) -> Result<Value, Fault> {
    let mut known: BTreeMap<Cti, u8> = BTreeMap::new();
    for grant in grants(replica)? {
        known.insert(grant.cti, grant.entries);
    }
    for (_, row) in replica.rows(RowKind::Visit)? {
        if let Row::Visit(visit) = row {
            known.insert(Cti(visit.cti), visit.entries);
        }
    }
    let mut shown: BTreeMap<Cti, (Option<String>, Option<String>)> = BTreeMap::new();
    let mut logs = GateLogs::default();
    for event in events(replica)? {
        if let Some(cti) = event.cti {
            let text =
                |t: &Option<linli_base::Private<String>>| t.as_ref().map(|t| t.reveal().clone());
            let held = shown.entry(Cti(cti)).or_default();
            // The pass says the same every time it is shown; the largest makes it the same at all.
            held.0 = text(&event.label).max(held.0.take());
            held.1 = text(&event.unit).max(held.1.take());
        }
        logs.hear(line(&event));
    }
    let list: Vec<Value> = logs
        .incidents(&known)
        .into_iter()
        .map(|i| {
            let used = |u: &linli_pass::log::Used| {
                json!({ "at_ms": u.at.ms().0, "gate": u.gate, "by_guard": u.by_guard })
            };
            let (label, unit) = shown.get(&i.cti).cloned().unwrap_or_default();
            json!({
                "pass": pass_name(&i.cti), "label": label, "unit": unit, "entries": i.entries,
                "number": i.number, "at_ms": i.used.at.ms().0, "gate": i.used.gate,
                "by_guard": i.used.by_guard, "before": i.before.iter().map(used).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(json!({ "incidents": list }))
}

/// Names a pass to people without being good for anything at a gate.
pub(in crate::owner) fn pass_name(cti: &Cti) -> String {
    let digest = linli_base::hash::blake3_raw(&cti.0);
    linli_base::base32::encode(&digest[..5])
}

/// Who is inside.
pub(super) fn inside(replica: &Replica, now: Now) -> Result<Value, Fault> {
    let events: BTreeMap<[u8; 32], GateEventRow> =
        events(replica)?.into_iter().map(|e| (e.id.0, e)).collect();
    let logs = logs(replica)?;
    // Who lives here is at home, not a visitor who has to leave.
    let at_home = super::ring::residents(replica)?;
    let at = now.wall.seconds().0;
    let mut people = 0;
    let mut list = Vec::new();
    for line in logs.inside() {
        let Some(event) = events.get(&line.id) else {
            continue;
        };
        if event.about.is_some_and(|asked| at_home.contains(&asked)) {
            continue;
        }
        people += 1 + u64::from(event.companions.unwrap_or(0));
        let until_s = event.leave_by_s.or(event.until_s);
        let overstayed = until_s.map(|until| at.saturating_sub(until));
        list.push(json!({
            "event": event.id.to_text(), "gate": event.gate, "since_ms": line.at.ms().0,
            "label": event.label.as_ref().map(|l| l.reveal().clone()),
            "unit": event.unit.as_ref().map(|u| u.reveal().clone()),
            "plate": event.plate.as_ref().map(|p| p.reveal().clone()),
            "companions": event.companions.unwrap_or(0),
            "until_ms": until_s.map(|s| s.saturating_mul(1000)),
            "overstayed_s": overstayed.filter(|s| *s > 0),
        }));
    }
    Ok(json!({ "inside": list, "people": people }))
}

/// Who may come until this time tomorrow: grants heard that are neither past, spent nor cancelled.
pub(super) fn expected(
    replica: &Replica,
    state: &linli_pass::GateState,
    now: Now,
) -> Result<Value, Fault> {
    let at = now.wall.seconds();
    let mut list: Vec<(u64, Value)> = Vec::new();
    let authority = replica.authority();
    for known in state.grants.iter() {
        // A resident's car is not expected: it lives here.
        if known.resident {
            continue;
        }
        let (grant, device) = (&known.grant, known.place.device);
        let Some(signer) = authority.device(&device) else {
            continue;
        };
        let spent = state.ledger.spent(&grant.cti);
        let over = grant.exp <= at
            || grant.nbf.0 > at.0.saturating_add(AHEAD_S)
            || (grant.entries > 0 && spent >= u32::from(grant.entries))
            || state
                .acts
                .cancelled(&grant.cti, &signer.principal)
                .is_some()
            || state
                .acts
                .cancelled_with_all(grant.iat, &signer.principal)
                .is_some();
        if over || authority.is_revoked(&device) {
            continue;
        }
        let unit = grant.host_unit.as_ref().map(|u| u.reveal().clone());
        let unit = unit.or_else(|| signer.certificate.claims().unit.clone());
        list.push((
            grant.nbf.0,
            json!({
                "label": grant.label.as_ref().map(|l| l.reveal().clone()), "unit": unit,
                "plate": grant.plate.as_ref().map(|p| p.as_str().to_owned()),
                "from_ms": grant.nbf.ms().0, "until_ms": grant.exp.ms().0,
                "entries": grant.entries, "used": spent, "companions": grant.companions,
                "windows": grant.windows.len(),
                "hours": grant.windows.iter().map(|w| json!([w.days(), w.start(), w.end()])).collect::<Vec<_>>(),
            }),
        ));
    }
    list.sort_by_key(|(from, _)| *from);
    let list: Vec<Value> = list.into_iter().map(|(_, value)| value).collect();
    Ok(json!({ "expected": list }))
}

/// Whether this gate stands open for everybody, and the badge of the guard on duty.
pub(super) fn on_duty(replica: &Replica) -> Result<(bool, Option<String>), Fault> {
    let me = replica.me().device();
    let logs = logs(replica)?;
    let mut own: Vec<GateEventRow> = Vec::new();
    for event in events(replica)? {
        let said = matches!(
            event.result,
            GateResult::OpenAll | GateResult::Closed | GateResult::HandOver
        );
        if said && event.author.device == me && !logs.corrected(&event.id.0) {
            own.push(event);
        }
    }
    own.sort_by_key(|event| (event.month, event.seq));
    let (mut open, mut badge) = (false, None);
    for event in own {
        match event.result {
            GateResult::OpenAll => open = true,
            GateResult::Closed => open = false,
            _ => badge = event.badge,
        }
    }
    Ok((open, badge))
}

impl Owner {
    /// Writes what is no decision into the gate's log, behind what its month opens with. The answer says when by the clock
    /// that counts for lanes: a household is told of it in the same month.
    pub(super) fn log_beside(&mut self, now: Now, fact: &Fact) -> Result<Now, Fault> {
        // As every line of the log: a clock that is far behind writes into no month that is over.
        let floor = self.gate_clock(now)?.floor;
        let month_of = Now {
            wall: now.wall.max(floor.ms()),
            ..now
        };
        let replica = self.replica()?;
        let gates = ScopeId::gates(&replica.community());
        let log = replica.lane(month_of, LaneClass::GateLog, gates);
        for spent in month_opening(replica, now, log)? {
            replica.record_fact(now, log, &Fact::Spent(spent))?;
        }
        replica.record_fact(now, log, fact)?;
        Ok(month_of)
    }
}

/// What a month's log must open with: what this gate counted before, of passes that have not ended. Nothing once
/// the month has begun.
pub(super) fn month_opening(
    replica: &Replica,
    now: Now,
    lane: LaneKey,
) -> Result<Vec<Vec<Spend>>, Fault> {
    let device = replica.me().device();
    if replica.heads().contains_key(&LogKey { device, lane }) {
        return Ok(Vec::new());
    }
    let ledger = state::ledger(replica)?;
    let mut ends: BTreeMap<Cti, u64> = BTreeMap::new();
    let mut end = |cti: Cti, at: u64| {
        let held = ends.entry(cti).or_default();
        *held = at.max(*held);
    };
    for event in events(replica)? {
        if let Some(cti) = event.cti {
            end(Cti(cti), event.until_s.unwrap_or(event.at_s + LONGEST_S));
        }
    }
    for (_, row) in replica.rows(RowKind::Spent)? {
        if let Row::Spent(row) = row {
            row.counts.iter().for_each(|s| end(Cti(s.cti), s.exp_s));
        }
    }
    let own: BTreeSet<Cti> = ledger.counted_by(&device);
    let at = now.wall.seconds().0;
    let spends: Vec<Spend> = own
        .into_iter()
        .map(|cti| Spend {
            cti: cti.0,
            count: ledger.spent_by(&cti, &device),
            exp_s: ends.get(&cti).copied().unwrap_or(at + LONGEST_S),
        })
        // A day more: the own clock may be ahead.
        .filter(|s| s.count > 0 && s.exp_s + AHEAD_S > at)
        .collect();
    Ok(spends.chunks(SPENT_ITEMS).map(<[Spend]>::to_vec).collect())
}
