//! The gate: its state from the replica, a decision, an entry in its log before it opens.

mod news;
mod state;

use super::{Owner, answer, posts};
use crate::api::{Answer, Fault, ScanArgs};
use crate::killpoint;
use crate::replica::{Now, OpFault, Replica, WriteFault};
use linli_base::{LaneClass, Private, ScopeId};
use linli_charter::PrincipalKind;
use linli_pass::decide::Now as GateNow;
use linli_pass::reason::Setting;
use linli_pass::{Decision, GateState, Lane, Lang, Pin, Scan, Verdict, What, decide};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};

pub(super) use news::acts_payload;

/// The gate's state, kept between scans: its short memory is not in the log.
pub(crate) struct GateDesk {
    state: GateState,
    stale: bool,
}

impl Owner {
    pub(super) fn gate_is_stale(&mut self) {
        if let Some(desk) = &mut self.gate {
            desk.stale = true;
        }
    }

    fn gate_state(&mut self, now: Now) -> Result<&mut GateState, Fault> {
        let fresh = match &self.gate {
            Some(desk) if !desk.stale => None,
            _ => Some(state::build(self.replica_ref()?, now)?),
        };
        if let Some(mut fresh) = fresh {
            if let Some(old) = self.gate.take() {
                fresh.tries = old.state.tries;
            }
            self.gate = Some(GateDesk {
                state: fresh,
                stale: false,
            });
        }
        match &mut self.gate {
            Some(desk) => Ok(&mut desk.state),
            None => Err(Fault::ours("gate-state")),
        }
    }

    pub(super) fn gate_check(&mut self, a: &ScanArgs) -> Result<Answer, Fault> {
        let now = self.now();
        let scan = read_scan(a)?;
        let clock = news::clock(self.replica_ref()?, now)?;
        let news_at = news::cancels_as_of(self.replica_ref()?)?;
        let state = self.gate_state(now)?;
        (state.clock, state.news) = (clock, news_at);
        let at = GateNow {
            wall: now.wall.seconds(),
            mono: now.moment,
        };
        let mut decision = decide(&scan, state, at);
        let (offset, gates) = (state.place.offset, state.place.names.clone());
        let mut event = None;
        if !matches!(decision.reason, linli_pass::Reason::Repeat(_)) {
            match self.log_decision(now, &decision) {
                Ok(id) => {
                    killpoint::pass("gate-after-log-before-answer");
                    event = Some(id);
                }
                // Nothing opens that is not written first.
                Err(_) => decision = decision.not_logged(),
            }
        }
        let state = self.gate_state(now)?;
        state.remember(&scan, &decision, at);
        let sentence = |lang| {
            decision.reason.sentence(&Setting {
                lang,
                offset,
                gates: &gates,
                now: at.wall,
            })
        };
        let show = decision.show.as_ref();
        Ok(answer(json!({
            "result": verdict(decision.verdict),
            "opens": decision.opens,
            "code": decision.code().map(|c| c.as_str()),
            "sentence_zh": sentence(Lang::ZhCn),
            "sentence_en": sentence(Lang::En),
            "label": show.and_then(|s| s.label.as_ref()).map(|l| l.reveal().clone()),
            "unit": show.and_then(|s| s.unit.as_ref()).map(|u| u.reveal().clone()),
            "plate": show.and_then(|s| s.plate.as_ref()).map(|p| p.as_str().to_owned()),
            "until_s": show.map(|s| s.until.0),
            "use": show.and_then(|s| s.entry).map(|e| e.0),
            "of": show.and_then(|s| s.entry).map(|e| e.1),
            "companions": show.map(|s| s.companions),
            "clock": decision.clock.map(|c| c.as_str()),
            "event": event,
            "cancels_as_of_s": news_at.map(|n| n.0),
        })))
    }

    /// Writes a decision into the gate's log, durably.
    fn log_decision(&mut self, now: Now, d: &Decision) -> Result<String, Fault> {
        let replica = self.replica()?;
        let gate = own_gate(replica)?;
        let result = match d.verdict {
            Verdict::Admit => GateResult::Admit,
            Verdict::Ask => GateResult::Ask,
            Verdict::Deny => GateResult::Deny,
        };
        let show = d.show.as_ref();
        let event = GateEvent {
            code: d.code().map(|c| c.as_str().to_owned()),
            cti: d.cti.map(|c| c.0),
            uses_after: if d.opens {
                show.and_then(|s| s.entry).map(|e| e.0)
            } else {
                None
            },
            unit: show.and_then(|s| s.unit.clone()),
            label: show.and_then(|s| s.label.clone()),
            plate: show
                .and_then(|s| s.plate.as_ref())
                .map(|p| Private::new(p.as_str().to_owned())),
            scan_hash: Some(d.scan),
            ..GateEvent::new(now.wall.seconds().0, gate, result)
        };
        let told = event.clone();
        let lane = replica.lane(
            now,
            LaneClass::GateLog,
            ScopeId::gates(&replica.community()),
        );
        let written = replica
            .record_fact(now, lane, &Fact::GateEvent(event))
            .map_err(|fault| {
                if matches!(fault, OpFault::Write(WriteFault::NoScopeKey)) {
                    Fault::forbidden("no-scope-key")
                } else {
                    fault.into()
                }
            })?;
        self.settle()?;
        if let (true, Some(host)) = (d.opens, d.signer)
            && let Err(fault) = self.tell_host(now, &host, &told)
        {
            // The admission is durable and stands; what could not be told here the office's copy tells.
            tracing::warn!(code = %fault.code, "the host could not be told");
        }
        Ok(written.id.to_text())
    }

    /// Tells the household of an arrival, in its own lane and sealed to it. The barrier does not wait for this, and a
    /// household whose key has not arrived here hears of it from the office later.
    fn tell_host(
        &mut self,
        now: Now,
        host: &linli_base::DeviceId,
        event: &GateEvent,
    ) -> Result<(), Fault> {
        let replica = self.replica()?;
        let Some(device) = replica.authority().device(host) else {
            return Ok(());
        };
        if device.kind != PrincipalKind::Household {
            return Ok(());
        }
        let lane = replica.lane(now, LaneClass::House, device.principal.scope());
        match replica.record_fact(now, lane, &Fact::GateEvent(event.clone())) {
            Ok(_) => self.settle(),
            Err(OpFault::Write(WriteFault::NoScopeKey)) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    pub(super) fn gate_log(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let mut events: Vec<Value> = Vec::new();
        for (_, row) in replica.rows(RowKind::GateEvent)? {
            if let Row::GateEvent(e) = row {
                events.push(json!({
                    "id": e.id.to_text(), "at_ms": e.at_s * 1000, "gate": e.gate,
                    "result": format!("{:?}", e.result).to_uppercase(), "code": e.code,
                    "label": e.label.as_ref().map(|l| l.reveal().clone()),
                    "unit": e.unit.as_ref().map(|u| u.reveal().clone()),
                    "plate": e.plate.as_ref().map(|p| p.reveal().clone()),
                    "uses": e.uses_after, "by": posts::shown(&e.author),
                }));
            }
        }
        events.sort_by_key(|e| {
            (
                std::cmp::Reverse(e["at_ms"].as_u64()),
                e["id"].as_str().map(str::to_owned),
            )
        });
        Ok(answer(json!({ "events": events })))
    }

    pub(super) fn gate_status(&mut self) -> Result<Answer, Fault> {
        let now = self.now();
        let clock = news::clock(self.replica_ref()?, now)?;
        let as_of = news::cancels_as_of(self.replica_ref()?)?;
        let number = own_gate(self.replica_ref()?)?;
        let state = self.gate_state(now)?;
        let name = state.place.names.get(&number).cloned();
        let grants = state.grants.len();
        let cancelled = self.replica_ref()?.rows(RowKind::Cancel)?.len();
        Ok(answer(json!({
            "gate": { "no": number, "name": name },
            "clock": clock.judge(now.wall.seconds()).state.as_str(),
            "cancels_as_of_ms": as_of.map(|s| s.0 * 1000),
            "grants": grants, "cancelled": cancelled, "as_of_ms": now.wall.0,
        })))
    }

    /// Offices say the time and which acts they have heard; gates take their clock and freshness from it.
    pub(crate) fn office_states(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let Ok(replica) = self.replica() else {
            return Ok(());
        };
        if replica.me().kind == PrincipalKind::Office {
            let payload = acts_payload(replica, now);
            replica.state(
                linli_charter::Topic::Acts,
                linli_base::PrincipalId::ZERO,
                payload,
            )?;
        }
        self.settle()
    }

    /// A gate compares its clock with what it hears.
    pub(crate) fn compare_clock(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let Ok(replica) = self.replica() else {
            return Ok(());
        };
        if replica.me().kind == PrincipalKind::Gate {
            news::agree(replica, now)?;
        }
        self.settle()
    }
}

/// The number of the gate that this device is.
fn own_gate(replica: &Replica) -> Result<u8, Fault> {
    let me = replica.me();
    if me.kind != PrincipalKind::Gate {
        return Err(Fault::forbidden("not-a-gate"));
    }
    let named = replica
        .authority()
        .device(&me.device())
        .and_then(|d| d.gate);
    named.ok_or_else(|| Fault::forbidden("gate-not-named"))
}

fn read_scan(a: &ScanArgs) -> Result<Scan, Fault> {
    let what = match (&a.text, &a.plate, &a.code) {
        (Some(text), None, None) => What::Text(text.clone()),
        (None, Some(plate), None) => What::Plate {
            read: plate.clone(),
            sure: true,
        },
        (None, None, Some(code)) => What::Code(code.clone()),
        _ => return Err(Fault::input("one-scan")),
    };
    let mut scan = Scan::of(what);
    scan.companions = a.companions;
    if a.plate.is_some() || a.lane_plate.is_some() {
        scan.lane = Lane::Vehicle;
    }
    scan.plate_seen = a.lane_plate.clone().map(Private::new);
    scan.pin = match &a.pin {
        None => None,
        Some(pin) => Some(Pin::parse(pin).map_err(|_| Fault::input("bad-pin"))?),
    };
    Ok(scan)
}

const fn verdict(v: Verdict) -> &'static str {
    match v {
        Verdict::Admit => "ADMIT",
        Verdict::Ask => "ASK",
        Verdict::Deny => "DENY",
    }
}
