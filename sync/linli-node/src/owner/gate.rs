//! The gate: its state from the replica, a decision, an entry in its log before it opens.

mod acts;
mod book;
mod chores;
mod evacuation;
mod flood;
mod help;
mod keep;
mod memory;
mod news;
mod refusals;
mod residents;
mod ring;
mod state;
mod transfer;
mod whither;

use super::{Owner, answer, posts};
use crate::api::{Answer, DoorAct, Fault, ScanArgs};
use crate::killpoint;
use crate::replica::{Now, OpFault, Replica, WriteFault};
use linli_base::{LaneClass, Private, ScopeId};
use linli_charter::PrincipalKind;
use linli_pass::decide::Now as GateNow;
use linli_pass::reason::Setting;
use linli_pass::state::{ClockState, REPEAT_MS, Transfer};
use linli_pass::{Decision, GateState, Kind, Lane, Lang, Pin, Scan, Verdict, What, decide};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::{Fact, RowKind};
use serde_json::{Value, json};

pub(in crate::owner) use book::pass_name;
pub(crate) use flood::Flood;
pub(in crate::owner) use refusals::may_grant;
pub(crate) use ring::{Calls, Heard};
pub use transfer::GateLine;
pub(crate) use transfer::is_one as is_transfer;

/// A courier should have left so much later: long enough for the top floor of the last building and back.
const COURIER_STAY_S: u64 = 30 * 60;

/// The gate's state, kept between scans.
pub(crate) struct GateDesk {
    state: GateState,
    stale: bool,
}

/// What came of one scan.
struct Decided {
    decision: Decision,
    event: Option<String>,
    news_at: Option<linli_base::UnixSec>,
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
            fresh.tries = match self.gate.take() {
                Some(old) => old.state.tries,
                None => memory::begin(self.replica_ref()?, &fresh.ledger, now)?,
            };
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
        let scan = read_scan(a)?;
        let decided = self.decide_scan(&scan, false)?;
        Ok(answer(self.decision_json(&decided)?))
    }

    /// What is asked and done around the gate beside decisions and the guard's acts.
    pub(super) fn door_act(
        &mut self,
        act: &DoorAct,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Answer, Fault> {
        let data = match act {
            DoorAct::Refuse {
                plate,
                name,
                reason,
            } => {
                let (plate, name) = (plate.as_deref(), name.as_deref());
                self.refuse(plate, name, reason.as_deref())?
            }
            DoorAct::ReceiveAgain { id } => self.receive_again(id)?,
            DoorAct::Refusals => refusals::list(self.replica_ref()?)?,
            DoorAct::Rings => self.rings()?,
            DoorAct::Answer { event, admit } => self.ring_answer(event, *admit)?,
            DoorAct::Doorbell => self.doorbell()?,
            DoorAct::SetDoorbell { order, seconds } => self.set_doorbell(order, *seconds)?,
            DoorAct::Residents { apply } => self.residents(*apply, progress)?,
        };
        Ok(answer(data))
    }

    /// The gate's state with the clock and the news of this moment.
    fn fresh_state(&mut self, now: Now) -> Result<&mut GateState, Fault> {
        let clock = self.gate_clock(now)?;
        let news_at = news::cancels_as_of(self.replica_ref()?)?;
        let state = self.gate_state(now)?;
        (state.clock, state.news) = (clock, news_at);
        Ok(state)
    }

    /// Decides; what is decided is durable when this returns, or it opens nothing.
    fn decide_scan(&mut self, scan: &Scan, courier: bool) -> Result<Decided, Fault> {
        let now = self.now();
        if let Err(fault) = self.close_minute(now) {
            // The count stays where it is; a decision does not wait for it.
            tracing::warn!(code = %fault.code, "counted refusals have no line yet");
        }
        let at = GateNow {
            wall: now.wall.seconds(),
            mono: now.moment,
        };
        let state = self.fresh_state(now)?;
        let news_at = state.news;
        let mut decision = decide(scan, state, at);
        let mut nonce = None;
        if let (
            linli_pass::Reason::Away {
                home,
                took_over: false,
            },
            true,
        ) = (&decision.reason, decision.also.is_empty())
            && let Some(asked) = self.ask_home(*home, scan)
        {
            nonce = Some(asked.nonce);
            let state = self.fresh_state(now)?;
            state.transfer = asked.entry.map(|(cti, entry)| Transfer { cti, entry });
            decision = decide(scan, state, at);
        }
        let mut event = None;
        let state = self.gate_state(now)?;
        let before = state.tries.kept(at);
        state.remember(scan, &decision, at);
        let kept = state.tries.kept(at);
        self.gate_lines
            .retain(|_, (decided, _)| decided.plus(REPEAT_MS) >= at.mono);
        if matches!(decision.reason, linli_pass::Reason::Repeat(_)) {
            event = self.gate_lines.get(&scan.hash()).map(|(_, id)| id.clone());
        } else {
            if kept != before {
                memory::stage(self.replica()?, &kept);
            }
            match self.write_down(now, scan, &decision, nonce, courier) {
                Ok(id) => {
                    killpoint::pass("gate-after-log-before-answer");
                    if let Some(id) = &id {
                        self.gate_lines.insert(scan.hash(), (at.mono, id.clone()));
                    }
                    event = id;
                }
                // Nothing opens that is not written first, and what did not open is not repeated as if it had.
                Err(_) => {
                    decision = decision.not_logged();
                    self.gate_state(now)?.remember(scan, &decision, at);
                }
            }
        }
        Ok(Decided {
            decision,
            event,
            news_at,
        })
    }

    fn decision_json(&mut self, decided: &Decided) -> Result<Value, Fault> {
        let now = self.now();
        let decision = &decided.decision;
        let place = &self.gate_state(now)?.place;
        let sentence = |lang| {
            decision.reason.sentence(&Setting {
                lang,
                offset: place.offset,
                gates: &place.names,
                now: now.wall.seconds(),
            })
        };
        let show = decision.show.as_ref();
        Ok(json!({
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
            "pin_unasked": show.is_some_and(|s| s.pin_unasked),
            "clock": decision.clock.map(|c| c.as_str()),
            "event": decided.event,
            "cancels_as_of_s": decided.news_at.map(|n| n.0),
        }))
    }

    /// Writes a decision into the gate's log, durably.
    fn log_decision(
        &mut self,
        now: Now,
        scan: &Scan,
        d: &Decision,
        nonce: Option<[u8; 16]>,
        courier: bool,
    ) -> Result<String, Fault> {
        let gate = own_gate(self.replica_ref()?)?;
        let result = match (d.verdict, &scan.what) {
            (Verdict::Admit, _) => GateResult::Admit,
            (Verdict::Ask, What::WalkIn { .. }) => GateResult::WalkIn,
            (Verdict::Ask, _) => GateResult::Ask,
            (Verdict::Deny, _) => GateResult::Deny,
        };
        let show = d.show.as_ref();
        let (unit, name) = match &scan.what {
            What::WalkIn { unit, name } => (
                unit.clone().map(Private::new),
                name.clone().map(Private::new),
            ),
            _ => (None, None),
        };
        let seen = scan
            .plate_seen
            .as_ref()
            .and_then(|p| linli_pass::Plate::parse(p.reveal()).ok());
        let counted = show.and_then(|s| s.entry);
        let event = GateEvent {
            code: d.code().map(|c| c.as_str().to_owned()),
            cti: d.cti.map(|c| c.0),
            uses_after: counted.filter(|_| d.opens).map(|e| e.0),
            unit: show.and_then(|s| s.unit.clone()).or(unit),
            label: show.and_then(|s| s.label.clone()).or(name),
            plate: show
                .and_then(|s| s.plate.clone())
                .or(seen)
                .map(|p| Private::new(p.as_str().to_owned())),
            scan_hash: Some(d.scan),
            entries: counted
                .and_then(|e| u8::try_from(e.1).ok())
                .filter(|n| *n > 0),
            companions: Some(scan.companions)
                .filter(|n| *n > 0 && (show.is_some() || matches!(scan.what, What::WalkIn { .. }))),
            until_s: show.map(|s| s.until.0),
            leave_by_s: leave_by(now, show, courier),
            nonce,
            ..GateEvent::new(now.wall.seconds().0, gate, result)
        };
        let told = event.clone();
        let id = self.log_event(now, event)?;
        if let (true, Some(host)) = (d.opens, d.signer)
            && let Err(fault) = self.tell_host(now, &host, &told)
        {
            // The admission is durable and stands; what could not be told here the office's copy tells.
            tracing::warn!(code = %fault.code, "the host could not be told");
        }
        Ok(id)
    }

    /// Writes one line of the gate's log, durably, and gives its id.
    fn log_event(&mut self, now: Now, event: GateEvent) -> Result<String, Fault> {
        let written = self.log_lines(now, Some(event))?;
        written.ok_or_else(|| Fault::ours("gate-log"))
    }

    /// Writes what has to stand in the gate's log now, durably: of a new month what was spent before, refusals that
    /// were counted, and this line.
    fn log_lines(&mut self, now: Now, event: Option<GateEvent>) -> Result<Option<String>, Fault> {
        let gate = own_gate(self.replica_ref()?)?;
        let clock = self.gate_clock(now)?;
        let good = clock.judge(now.wall.seconds()).state == ClockState::Good;
        // What is written while the clock is far behind stands in a month that is not over for certain: in 1970 its
        // retention would be.
        let month_of = Now {
            wall: now.wall.max(clock.floor.ms()),
            ..now
        };
        let known = self.gate.as_ref().is_some_and(|desk| !desk.stale);
        // Until it is written for certain, what the gate knows of its log is old.
        self.gate_is_stale();
        let due = self.due_refusals(now, gate)?;
        let replica = self.replica()?;
        let scope = ScopeId::gates(&replica.community());
        let lane = replica.lane(month_of, LaneClass::GateLog, scope);
        let no_key = |fault: OpFault| match fault {
            OpFault::Write(WriteFault::NoScopeKey) => Fault::forbidden("no-scope-key"),
            fault => Fault::from(fault),
        };
        let opening = book::month_opening(replica, now, lane)?;
        let first = !opening.is_empty();
        for spent in opening {
            replica
                .record_fact(now, lane, &Fact::Spent(spent))
                .map_err(no_key)?;
        }
        if let Some(counted) = due {
            replica
                .record_fact(now, lane, &Fact::GateEvent(counted))
                .map_err(no_key)?;
            replica.set_local(flood::COUNTED, None);
        }
        let mut written = None;
        if let Some(event) = &event {
            let line = replica.record_fact(now, lane, &Fact::GateEvent(event.clone()));
            written = Some(line.map_err(no_key)?.id);
        }
        if good {
            news::remember_good(replica, now)?;
        }
        self.settle()?;
        // Nothing but this line was written: a queue of cars does not wait for the whole log to be read again.
        let place = match &written {
            Some(id) => self.replica_ref()?.place_of(id)?,
            None => None,
        };
        if let (true, false, Some(place), Some(event), Some(desk)) =
            (known, first, place, &event, &mut self.gate)
        {
            desk.stale = !state::note(&mut desk.state.ledger, event, place);
        }
        Ok(written.map(|id| id.to_text()))
    }

    /// How far the own clock can be relied on now, jumps against the monotonic clock included.
    fn gate_clock(&mut self, now: Now) -> Result<linli_pass::state::Clock, Fault> {
        let agreed = news::agreed(self.replica_ref()?)?;
        let jumped = self
            .gate_watch
            .jumped(now.wall.seconds(), now.moment, agreed);
        news::clock(self.replica_ref()?, now, jumped)
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
        let logs = book::logs(replica)?;
        let taken_back = logs.taken_back();
        // Newest first.
        let lines = book::in_order(book::events(replica)?);
        let events: Vec<Value> = lines
            .into_iter()
            .rev()
            .map(|e| {
                json!({
                    "id": e.id.to_text(), "at_ms": e.at_s.saturating_mul(1000), "gate": e.gate,
                    "seq": e.seq, "result": e.result.word(), "code": e.code,
                    "entries": e.entries, "companions": e.companions, "badge": e.badge,
                    "reason": e.reason.as_ref().map(|r| r.reveal().clone()),
                    "about": e.about.map(|a| a.to_text()), "corrected": taken_back.contains(&e.id.0),
                    "label": e.label.as_ref().map(|l| l.reveal().clone()),
                    "unit": e.unit.as_ref().map(|u| u.reveal().clone()),
                    "plate": e.plate.as_ref().map(|p| p.reveal().clone()),
                    "uses": e.uses_after, "by": posts::shown(&e.author),
                    "count": e.count, "since_ms": e.since_s.map(|s| s.saturating_mul(1000)),
                })
            })
            .collect();
        Ok(answer(json!({ "events": events })))
    }

    pub(super) fn gate_status(&mut self) -> Result<Answer, Fault> {
        let now = self.now();
        let clock = self.gate_clock(now)?;
        let as_of = news::cancels_as_of(self.replica_ref()?)?;
        let number = own_gate(self.replica_ref()?)?;
        let state = self.gate_state(now)?;
        let name = state.place.names.get(&number).cloned();
        let grants = state.grants.len();
        let cancelled = self.replica_ref()?.rows(RowKind::Cancel)?.len();
        let (open_all, badge) = book::on_duty(self.replica_ref()?)?;
        Ok(answer(json!({
            "gate": { "no": number, "name": name },
            "clock": clock.judge(now.wall.seconds()).state.as_str(),
            "cancels_as_of_ms": as_of.map(|s| s.0.saturating_mul(1000)),
            "grants": grants, "cancelled": cancelled, "as_of_ms": now.wall.0,
            "open_all": open_all, "badge": badge, "help": self.help_at_gate(now)?,
        })))
    }
}

/// When somebody who comes for a moment should have left; none for everybody else.
fn leave_by(now: Now, show: Option<&linli_pass::Show>, courier: bool) -> Option<u64> {
    let by = now.wall.seconds().0 + COURIER_STAY_S;
    match show {
        Some(show) if show.kind == Kind::Delivery => Some(by.min(show.until.0)),
        _ => courier.then_some(by),
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

#[cfg(test)]
mod tests;
