//! The host's side of visitor passes: issue, list, cancel.

use super::gate::pass_name;
use super::peers::last_met;
use super::{Owner, answer, ids};
use crate::api::{Answer, Fault, PassArgs};
use crate::home::clock::OsDice;
use crate::replica::{About, Now, Replica, WriteFault};
use linli_base::{Dice, EntryKind, LaneClass, Private, RecordId, ScopeId, UnixSec};
use linli_charter::{PrincipalKind, act};
use linli_pass::qr::{Medium, Symbol};
use linli_pass::{Claims, Cti, Grant, Kind, Pin, Plate, Token, Window, issue};
use linli_record::draft::{FieldChange, VisitDraft};
use linli_record::row::{CancelTarget, VisitRow};
use linli_record::schema::VisitKind;
use linli_record::{Fact, RecordKind, Row, RowKind, draft, fact};
use serde_json::{Value, json};

impl Owner {
    pub(super) fn pass_issue(&mut self, a: &PassArgs) -> Result<Answer, Fault> {
        let now = self.now();
        self.undo_on_fault(|o| issue_pass(o.replica()?, now, a))
    }

    pub(super) fn pass_list(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let mut visits = visits(replica)?;
        visits.sort_by_key(|v| (std::cmp::Reverse(v.created_ms), v.id));
        let list = visits
            .iter()
            .map(|v| pass_json(replica, v))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(answer(json!({ "passes": list })))
    }

    pub(super) fn pass_show(&self, id: &str) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let visit = self.find_visit(id)?;
        Ok(answer(json!({ "pass": pass_json(replica, &visit)? })))
    }

    pub(super) fn find_visit(&self, id: &str) -> Result<VisitRow, Fault> {
        let all = visits(self.replica_ref()?)?;
        let record = ids::pick(id, "r", all.iter().map(|v| v.id), RecordId::to_text)?;
        all.into_iter()
            .find(|v| v.id == record)
            .ok_or_else(|| Fault::missing("not-found").with("id", id))
    }

    pub(super) fn pass_cancel(&mut self, id: &str) -> Result<Answer, Fault> {
        let (now, visit) = (self.now(), self.find_visit(id)?);
        let target = About::Of(act::cancel_target(&visit.cti));
        self.undo_on_fault(|o| {
            let replica = o.replica()?;
            let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
            replica.write(
                now,
                EntryKind::CANCEL,
                lane,
                target,
                &act::cancel_body(None),
            )?;
            let at = FieldChange::set("cancelled_ms", now.wall.0);
            replica.edit(now, &visit.id, |kind, doc, actor| {
                draft::edit(doc, kind, actor, &[at])
            })?;
            Ok(answer(json!({ "id": visit.id.to_text() })))
        })
    }

    pub(super) fn pass_cancel_all(&mut self) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica()?;
        let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
        let before = now.wall.seconds().0 + 1;
        replica.write(
            now,
            EntryKind::CANCEL,
            lane,
            About::Of([0; 16]),
            &act::cancel_body(Some(before)),
        )?;
        // A device whose clock is ahead of this one made passes that are younger than now: those go one by one.
        let me = replica.me().principal;
        let younger: Vec<VisitRow> = visits(replica)?
            .into_iter()
            .filter(|v| v.author.principal == me && v.created_ms / 1000 >= before)
            .collect();
        for visit in younger {
            let target = About::Of(act::cancel_target(&visit.cti));
            let none = act::cancel_body(None);
            replica.write(now, EntryKind::CANCEL, lane, target, &none)?;
        }
        Ok(answer(json!({ "before_s": before })))
    }
}

/// A pass may begin at most this long before it is made (pass.md §1).
const EARLY_S: u64 = 300;

fn issue_pass(replica: &mut Replica, now: Now, a: &PassArgs) -> Result<Answer, Fault> {
    let mut a = a.clone();
    let mut early = None;
    if a.from_s + EARLY_S < now.wall.seconds().0 {
        // "From eleven", typed at half past: what is meant is "from now".
        a.from_s = now.wall.seconds().0;
        early = Some(Fault::warning("pass-starts-now"));
    }
    let mut answer = issue_checked(replica, now, &a)?;
    answer.warnings.extend(early);
    Ok(answer)
}

fn issue_checked(replica: &mut Replica, now: Now, a: &PassArgs) -> Result<Answer, Fault> {
    let me = replica.me();
    let office = me.kind == PrincipalKind::Office;
    let device = me.device();
    if !replica
        .authority()
        .device(&device)
        .is_some_and(|d| d.may_grant)
    {
        return Err(Fault::forbidden("may-not-grant"));
    }
    let mut warnings = Vec::new();
    let epoch = &replica.authority().charter().newest().epoch;
    let mut gates = a.gates.clone();
    if let Some(unknown) = gates
        .iter()
        .find(|g| !epoch.gates.iter().any(|x| x.number == **g))
    {
        return Err(Fault::missing("no-such-gate").with("gate", unknown));
    }
    if a.entries > 0 && gates.is_empty() {
        // A counted pass names its gates; the first is where it is counted.
        gates = epoch.gates.iter().map(|g| g.number).collect();
    }
    let kind =
        Kind::parse(&a.kind).ok_or_else(|| Fault::input("bad-pass-kind").with("kind", &a.kind))?;
    // As the gate reads it: a car, a helper, and whatever recurs.
    let standing = matches!(kind, Kind::Worker | Kind::Vehicle) || !a.windows.is_empty();
    let life = a.until_s.saturating_sub(a.from_s);
    let most = if standing {
        epoch.limits.standing_pass_s
    } else {
        epoch.limits.person_pass_s
    };
    if life > most {
        return Err(Fault::input("pass-too-long").with("hours", most / 3600));
    }
    let plate = match &a.plate {
        None => None,
        Some(text) => Some(Plate::parse(text).map_err(|_| Fault::input("bad-plate"))?),
    };
    let own_unit = replica.me().certificate.claims().unit.as_deref();
    let host = match (&a.host, office) {
        (Some(unit), true) => {
            if !has_unit(replica, unit)? {
                warnings.push(Fault::warning("host-unit-unknown").with("unit", unit));
            }
            Some(Private::new(unit.clone()))
        }
        (None, true) => return Err(Fault::input("host-needed")),
        // A household invites for itself; a unit that is another's would be dropped in silence.
        (Some(unit), false) if Some(unit.as_str()) != own_unit => {
            return Err(Fault::forbidden("host-not-yours").with("unit", unit));
        }
        (_, false) => None,
    };
    let windows = a
        .windows
        .iter()
        .map(|(days, start, end)| {
            Window::new(*days, *start, *end).map_err(|_| Fault::input("bad-window"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let cti = Cti(OsDice.bytes::<12>());
    let key = replica.me().sign.clone();
    let pin_tag = match &a.pin {
        None => None,
        Some(text) => {
            let pin = Pin::parse(text).map_err(|_| Fault::input("bad-pin"))?;
            let kid = linli_keys::cose::kid(&key.public());
            Some(
                pin.tag(&cti, &kid, life)
                    .map_err(|_| Fault::input("bad-pin"))?,
            )
        }
    };
    let iat = now.wall.seconds();
    let grant = Grant::new(Claims {
        iss: replica.me().principal.issuer_text(office),
        aud: vec![replica.community().short()],
        exp: UnixSec(a.until_s),
        nbf: UnixSec(a.from_s),
        iat,
        cti,
        holder: None,
        host_unit: host.clone(),
        kind,
        entries: a.entries,
        companions: a.companions,
        plate: plate.clone(),
        windows,
        gates: gates.clone(),
        label: Some(Private::new(a.label.clone())),
        pin_tag,
    })
    .map_err(|e| Fault::input("bad-pass").with("what", e))?;
    let text = issue(&grant, &key, Some(&replica.me().certificate))
        .map_err(|e| Fault::input("bad-pass").with("what", e))?;
    let version = Symbol::of(&text, Medium::Screen)
        .map(|s| s.version())
        .unwrap_or(0);
    let visit = VisitDraft {
        label: Private::new(a.label.clone()),
        kind: VisitKind::parse(&a.kind)
            .ok_or_else(|| Fault::input("bad-pass-kind").with("kind", &a.kind))?,
        from_s: a.from_s,
        until_s: a.until_s,
        entries: a.entries,
        gates,
        plate: plate.as_ref().map(|p| Private::new(p.as_str().to_owned())),
        companions: a.companions,
        cti: cti.0,
        token: Private::new(text.clone()),
        short_code: true,
        host_unit: host,
    };
    let id = replica.create(now, RecordKind::Visit, |actor| visit.change(actor))?;
    let logged = fact::Grant {
        claims: Private::new(grant.encode()),
        short_code: true,
    };
    let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
    match replica.record_fact(now, lane, &Fact::Grant(logged)) {
        Ok(_) => {}
        Err(crate::replica::OpFault::Write(WriteFault::NoScopeKey)) => {
            warnings.push(Fault::warning("pass-not-logged"));
        }
        Err(fault) => return Err(fault.into()),
    }
    Ok(Answer {
        data: json!({
            "id": id.to_text(), "text": text, "short_code": cti.short_code().to_string(), "label": a.label,
            "from_s": a.from_s, "until_s": a.until_s, "with_chain": true, "qr_version": version,
            "gates": visit.gates, "entries": a.entries,
        }),
        warnings,
    })
}

pub(super) fn has_unit(replica: &Replica, unit: &str) -> Result<bool, Fault> {
    Ok(replica.rows(RowKind::Room)?.iter().any(|(_, row)| {
        matches!(row, Row::Room(r) if !r.removed && format!("{}-{}-{}", r.building, r.stair, r.room) == unit)
    }))
}

fn visits(replica: &Replica) -> Result<Vec<VisitRow>, Fault> {
    let rows = replica.rows(RowKind::Visit)?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, row)| {
            if let Row::Visit(v) = row {
                Some(v)
            } else {
                None
            }
        })
        .collect())
}

fn pass_json(replica: &Replica, v: &VisitRow) -> Result<Value, Fault> {
    let gates: Vec<Value> = replica
        .authority()
        .charter()
        .newest()
        .epoch
        .gates
        .iter()
        .filter(|g| v.gates.is_empty() || v.gates.contains(&g.number))
        .map(|g| {
            let heard = g.device.is_some_and(|d| replica.peer_has_all_of_mine(&d));
            let met = g.device.and_then(|d| last_met(replica, &d).ok().flatten());
            json!({ "no": g.number, "name": g.name, "heard": heard, "as_of_ms": met })
        })
        .collect();
    let mut used = 0;
    let (mut arrived_ms, mut left_ms) = (None, None);
    for (_, row) in replica.rows(RowKind::GateEvent)? {
        if let Row::GateEvent(e) = row
            && e.cti == Some(v.cti)
        {
            let at_ms = Some(e.at_s.saturating_mul(1000));
            let spends = matches!(
                e.result,
                fact::GateResult::Admit | fact::GateResult::Override
            );
            used += u32::from(spends);
            match e.result {
                fact::GateResult::Admit | fact::GateResult::Override => {
                    arrived_ms = at_ms.max(arrived_ms);
                }
                fact::GateResult::Exit => left_ms = at_ms.max(left_ms),
                _ => {}
            }
        }
    }
    let mut cancelled = v.cancelled_ms;
    for (_, row) in replica.rows(RowKind::Cancel)? {
        if let Row::Cancel(c) = row
            && c.author.principal == v.author.principal
        {
            let hit = match c.target {
                CancelTarget::Pass(cti) => cti == v.cti,
                CancelTarget::AllBefore(before) => v.created_ms / 1000 < before,
            };
            if hit {
                cancelled = Some(cancelled.unwrap_or(c.time_ms).min(c.time_ms));
            }
        }
    }
    // What the record does not say stands in the pass itself.
    let token = Token::read(v.token.reveal()).ok();
    let grant = token.as_ref().map(Token::unverified_grant);
    let windows = grant.map_or(&[][..], |grant| &grant.windows);
    let windows: Vec<_> = windows
        .iter()
        .map(|w| (w.days(), w.start(), w.end()))
        .collect();
    Ok(json!({
        "windows": windows, "pin": grant.is_some_and(|grant| grant.pin_tag.is_some()),
        "mark": pass_name(&Cti(v.cti)),
        "id": v.id.to_text(), "label": v.label.reveal(), "kind": v.kind.word(), "from_s": v.from_s,
        "until_s": v.until_s, "entries": v.entries, "used": used, "companions": v.companions, "gates": gates,
        "names_gates": !v.gates.is_empty(), "plate": v.plate.as_ref().map(|p| p.reveal().clone()),
        "short_code": Cti(v.cti).short_code().to_string(), "cancelled_ms": cancelled,
        "arrived_ms": arrived_ms, "left_ms": left_ms.filter(|left| Some(*left) >= arrived_ms),
        "issued_ms": v.created_ms, "text": v.token.reveal(),
        "host": v.host_unit.as_ref().map(|h| h.reveal().clone()),
        "copies": replica.holders(&v.id)?.len(),
        "delivery": super::delivery::of_pass(replica, v, used > 0)?,
    }))
}
