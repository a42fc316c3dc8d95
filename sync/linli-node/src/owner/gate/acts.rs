//! What a guard does beside looking at a pass: every act is a line of the gate's log, durable before it is answered.

use super::{COURIER_STAY_S, book, evacuation, own_gate};
use crate::api::{Answer, Fault, GateAct};
use crate::owner::{Owner, answer, ids, passes};
use crate::replica::Now;
use linli_base::{DeviceId, EntryId, Private};
use linli_charter::PrincipalKind;
use linli_pass::log::Line;
use linli_pass::{Cti, Plate, Scan, ShortCode, Verdict, What};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::row::GateEventRow;
use linli_record::{Row, RowKind};
use linli_view::clean;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Longest name a walk-in is written down with, as a label of a pass.
const NAME_CHARS: usize = 24;

/// What somebody without a pass says they are.
#[derive(Clone, Copy)]
struct Standing {
    resident: bool,
    courier: bool,
}

/// Who lets in, takes back or takes over, and why.
#[derive(Clone, Copy)]
struct Guard<'a> {
    reason: &'a str,
    badge: &'a str,
}

impl Owner {
    pub(in crate::owner) fn gate_act(&mut self, act: &GateAct) -> Result<Answer, Fault> {
        let data = match act {
            GateAct::Exit { event, plate, code } => {
                self.gate_exit(event.as_deref(), plate.as_deref(), code.as_deref())?
            }
            GateAct::Override {
                event,
                reason,
                badge,
            } => self.gate_override(event, Guard { reason, badge })?,
            GateAct::WalkIn {
                unit,
                name,
                plate,
                companions,
                resident,
                courier,
            } => {
                let (name, plate) = (name.as_deref(), plate.as_deref());
                let (resident, courier) = (*resident, *courier);
                let who = Standing { resident, courier };
                self.gate_walk_in(unit, name, plate, *companions, who)?
            }
            GateAct::Ring { event } => self.gate_ring(event)?,
            GateAct::OpenAll { reason, badge } => {
                self.gate_says(GateResult::OpenAll, Guard { reason, badge }, None)?
            }
            GateAct::CloseAll { badge } => {
                let guard = Guard { reason: "", badge };
                self.gate_says(GateResult::Closed, guard, None)?
            }
            GateAct::HandOver { badge } => {
                let guard = Guard { reason: "", badge };
                self.gate_says(GateResult::HandOver, guard, None)?
            }
            GateAct::Correct {
                event,
                reason,
                badge,
            } => {
                let wrong = self.own_event(event)?;
                let guard = Guard { reason, badge };
                let mut said = self.gate_says(GateResult::Corrected, guard, Some(wrong.id))?;
                said["corrects"] = wrong.id.to_text().into();
                said
            }
            GateAct::Inside => {
                let now = self.now();
                book::inside(self.replica_ref()?, now)?
            }
            GateAct::Evacuation => {
                let now = self.now();
                evacuation::list(self.replica_ref()?, now)?
            }
            GateAct::FindUnit { query } => {
                let now = self.now();
                let mut plates = evacuation::Plates::new();
                if own_gate(self.replica_ref()?).is_ok() {
                    let state = self.gate_state(now)?.clone();
                    plates = evacuation::plates(self.replica_ref()?, &state, now);
                }
                self.find_unit(query, &plates)?
            }
            GateAct::Expected => {
                let now = self.now();
                let state = self.gate_state(now)?.clone();
                book::expected(self.replica_ref()?, &state, now)?
            }
            GateAct::Incidents => book::incidents(self.replica_ref()?)?,
        };
        Ok(answer(data))
    }

    /// A line that is about no visitor.
    fn gate_says(
        &mut self,
        result: GateResult,
        guard: Guard<'_>,
        about: Option<EntryId>,
    ) -> Result<Value, Fault> {
        let now = self.now();
        let gate = own_gate(self.replica_ref()?)?;
        let event = GateEvent {
            about,
            ..signed(GateEvent::new(now.wall.seconds().0, gate, result), guard)?
        };
        let badge = event.badge.clone();
        let id = self.log_event(now, event)?;
        Ok(json!({ "event": id, "badge": badge }))
    }

    fn gate_exit(
        &mut self,
        event: Option<&str>,
        plate: Option<&str>,
        code: Option<&str>,
    ) -> Result<Value, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let gate = own_gate(replica)?;
        let logs = book::logs(replica)?;
        let inside = logs.inside();
        let mut seen = None;
        let found: Option<&Line> = match (event, plate, code) {
            (Some(typed), None, None) => {
                let ids = inside.iter().map(|line| EntryId(line.id));
                let id = ids::pick(typed, "e", ids, EntryId::to_text)?;
                inside.iter().find(|line| line.id == id.0).copied()
            }
            (None, Some(plate), None) => {
                let plate = Plate::parse(plate).map_err(|_| Fault::input("bad-plate"))?;
                let of = |line: &&&Line| line.plate.as_ref() == Some(&plate);
                let found = inside.iter().rev().find(of).copied();
                seen = Some(plate);
                found
            }
            (None, None, Some(code)) => {
                let code = ShortCode::parse(code).ok_or_else(|| Fault::input("bad-code"))?;
                let of = |line: &&&Line| line.cti.map(|c| c.short_code()) == Some(code);
                inside.iter().rev().find(of).copied()
            }
            _ => return Err(Fault::input("one-scan")),
        };
        if found.is_none() && seen.is_none() {
            return Err(Fault::missing("nobody-inside"));
        }
        let ended = found.map(|line| EntryId(line.id));
        let mut came = None;
        for event in book::events(replica)? {
            if Some(event.id) == ended {
                came = Some(event);
            }
        }
        let plate = seen.map(|p| Private::new(p.as_str().to_owned()));
        let line = GateEvent {
            cti: came.as_ref().and_then(|e| e.cti),
            unit: came.as_ref().and_then(|e| e.unit.clone()),
            label: came.as_ref().and_then(|e| e.label.clone()),
            plate: came.as_ref().and_then(|e| e.plate.clone()).or(plate),
            about: ended,
            ..GateEvent::new(now.wall.seconds().0, gate, GateResult::Exit)
        };
        let told = line.clone();
        let id = self.log_event(now, line)?;
        self.tell_hosts(now, &told);
        let over = came
            .as_ref()
            .and_then(|e| e.leave_by_s.or(e.until_s))
            .map(|until| now.wall.seconds().0.saturating_sub(until));
        Ok(json!({
            "result": "EXIT", "event": id, "ended": ended.map(|e| e.to_text()),
            "since_ms": came.as_ref().map(|e| e.at_s.saturating_mul(1000)),
            "label": text(&told.label), "unit": text(&told.unit), "plate": text(&told.plate),
            "overstayed_s": over.filter(|s| *s > 0),
        }))
    }

    fn gate_override(&mut self, typed: &str, guard: Guard<'_>) -> Result<Value, Fault> {
        let now = self.now();
        let asked = self.own_event(typed)?;
        let open = matches!(
            asked.result,
            GateResult::Ask | GateResult::Deny | GateResult::WalkIn
        );
        if !open {
            return Err(Fault::input("nothing-to-override").with("id", typed));
        }
        // One decision, one person: a second click is not a second admission.
        let again = book::events(self.replica_ref()?)?
            .iter()
            .any(|e| e.result == GateResult::Override && e.about == Some(asked.id));
        if again {
            return Err(Fault::input("already-overridden").with("id", typed));
        }
        self.as_it_was_asked(now, &asked, typed)?;
        let gate = own_gate(self.replica_ref()?)?;
        let spent = match asked.cti.filter(|_| asked.entries.is_some()) {
            None => None,
            Some(cti) => Some(self.gate_state(now)?.ledger.spent(&Cti(cti))),
        };
        let event = GateEvent {
            code: asked.code.clone(),
            cti: asked.cti,
            uses_after: spent.map(|n| n.saturating_add(1)),
            unit: asked.unit.clone(),
            label: asked.label.clone(),
            plate: asked.plate.clone(),
            about: Some(asked.id),
            entries: asked.entries,
            nonce: asked.nonce,
            companions: asked.companions,
            until_s: asked.until_s,
            leave_by_s: asked
                .leave_by_s
                .map(|_| now.wall.seconds().0 + COURIER_STAY_S),
            ..signed(
                GateEvent::new(now.wall.seconds().0, gate, GateResult::Override),
                guard,
            )?
        };
        let told = event.clone();
        let id = self.log_event(now, event)?;
        self.tell_hosts(now, &told);
        self.ring_decided(now, asked.id);
        // Whoever shows it again is about no line that is open.
        let line = asked.id.to_text();
        self.gate_lines.retain(|_, (_, of)| *of != line);
        Ok(json!({
            "result": "OVERRIDE", "event": id, "overrides": asked.id.to_text(),
            "code": told.code, "label": text(&told.label), "unit": text(&told.unit),
            "plate": text(&told.plate),
        }))
    }

    fn gate_walk_in(
        &mut self,
        unit: &str,
        name: Option<&str>,
        plate: Option<&str>,
        companions: u8,
        who: Standing,
    ) -> Result<Value, Fault> {
        let now = self.now();
        let unit = said(unit, 40).ok_or_else(|| Fault::input("bad-unit").with("unit", unit))?;
        let unit = super::evacuation::as_written(&unit);
        let name = match name {
            None => None,
            Some(name) => Some(said(name, NAME_CHARS).ok_or_else(|| Fault::input("bad-name"))?),
        };
        let mut scan = Scan::of(What::WalkIn {
            unit: Some(unit.clone()),
            name: name.clone(),
        });
        scan.companions = companions;
        if let Some(plate) = plate {
            let plate = Plate::parse(plate).map_err(|_| Fault::input("bad-plate"))?;
            scan.plate_seen = Some(Private::new(plate.as_str().to_owned()));
        }
        let decided = self.decide_scan(&scan, who.courier)?;
        let mut data = self.decision_json(&decided)?;
        (data["unit"], data["label"]) = (unit.clone().into(), name.clone().into());
        let gate = own_gate(self.replica_ref()?)?;
        let told = GateEvent {
            unit: Some(Private::new(unit.clone())),
            label: name.map(Private::new),
            ..GateEvent::new(now.wall.seconds().0, gate, GateResult::WalkIn)
        };
        self.tell_hosts(now, &told);
        data["known_unit"] = passes::has_unit(self.replica_ref()?, &unit)?.into();
        let asked = decided.event.as_deref().and_then(EntryId::parse);
        if let Some(about) = asked.filter(|_| decided.decision.verdict == Verdict::Ask) {
            let line = GateEvent {
                companions: Some(companions).filter(|n| *n > 0),
                plate: scan.plate_seen.clone(),
                ..told
            };
            let begun = self.ring_begin(now, about, &line, who.resident);
            // The walk-in is in the log and the guard may decide; a call that cannot be written reaches nobody.
            data["ring"] = begun.unwrap_or("NOT_REACHED").into();
        }
        data["hosts"] = self.hosts_of(&unit)?;
        Ok(data)
    }

    /// The devices of a unit's households, and which of them are linked with this gate now.
    pub(super) fn hosts_of(&self, unit: &str) -> Result<Value, Fault> {
        let online: BTreeSet<DeviceId> = self.replica_ref()?.hub().online().collect();
        let hosts = self.hosts(None, Some(unit))?.into_iter();
        let hosts = hosts.map(|d| json!({ "device": d.to_text(), "online": online.contains(&d) }));
        Ok(hosts.collect())
    }

    /// An event of this gate's own log.
    pub(super) fn own_event(&self, typed: &str) -> Result<GateEventRow, Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me().device();
        let own: Vec<GateEventRow> = book::events(replica)?
            .into_iter()
            .filter(|e| e.author.device == me)
            .collect();
        let id = ids::pick(typed, "e", own.iter().map(|e| e.id), EntryId::to_text)?;
        own.into_iter()
            .find(|e| e.id == id)
            .ok_or_else(|| Fault::missing("not-found").with("id", typed))
    }

    /// Devices of the household that a visit is to: of whoever made the pass, else of the unit. One of a household.
    fn hosts(&self, cti: Option<[u8; 12]>, unit: Option<&str>) -> Result<Vec<DeviceId>, Fault> {
        let replica = self.replica_ref()?;
        let authority = replica.authority();
        if let Some(cti) = cti {
            for (_, row) in replica.rows(RowKind::Grant)? {
                if let Row::Grant(grant) = row
                    && grant.cti == cti
                    && authority
                        .device(&grant.author.device)
                        .is_some_and(|d| d.kind == PrincipalKind::Household)
                {
                    return Ok(vec![grant.author.device]);
                }
            }
        }
        let of_unit = authority.devices().iter().filter(|(id, device)| {
            device.kind == PrincipalKind::Household
                && unit.is_some()
                && device.certificate.claims().unit.as_deref() == unit
                && !authority.is_revoked(id)
        });
        Ok(of_unit.map(|(id, _)| *id).collect())
    }

    /// Tells the household, once. The line in the gate's log stands whatever comes of this.
    fn tell_hosts(&mut self, now: Now, event: &GateEvent) {
        let unit = event.unit.as_ref().map(|u| u.reveal().clone());
        let hosts = self.hosts(event.cti, unit.as_deref()).unwrap_or_default();
        let mut told = BTreeSet::new();
        for host in hosts {
            let principal = self
                .replica_ref()
                .ok()
                .and_then(|r| r.authority().device(&host).map(|d| d.principal));
            if told.insert(principal)
                && let Err(fault) = self.tell_host(now, &host, event)
            {
                tracing::warn!(code = %fault.code, "the host could not be told");
            }
        }
    }
}

/// With the guard's badge and reason.
fn signed(event: GateEvent, guard: Guard<'_>) -> Result<GateEvent, Fault> {
    let badge = said(guard.badge, 64).ok_or_else(|| Fault::input("bad-badge"))?;
    let reason = match guard.reason {
        "" => None,
        text => Some(said(text, 200).ok_or_else(|| Fault::input("bad-reason"))?),
    };
    let needs = matches!(
        event.result,
        GateResult::Override | GateResult::OpenAll | GateResult::Corrected
    );
    if needs && reason.is_none() {
        return Err(Fault::input("bad-reason"));
    }
    Ok(GateEvent {
        badge: Some(badge),
        reason: reason.map(Private::new),
        ..event
    })
}

/// What somebody typed, if it says something in one line of at most so many characters.
pub(super) fn said(text: &str, max: usize) -> Option<String> {
    let text = text.trim();
    let sound =
        !clean::blank(text) && text.chars().count() <= max && !text.chars().any(char::is_control);
    sound.then(|| text.to_owned())
}

fn text(text: &Option<Private<String>>) -> Option<String> {
    text.as_ref().map(|t| t.reveal().clone())
}
