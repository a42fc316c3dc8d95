//! Calls from the gate to a household: the driver of [`linli_pass::ring`].
//!
//! A call is about a line in the gate's log: a walk-in's, or one that asks about a pass. Every step of it is an entry: in the gate's own log, so that a gate
//! that lost power goes on, and in the household's lane, so that its devices ring. Answers come back as entries sealed
//! to the gates, or, from a device that may not grant, as its statement. What comes of it is for the guard.

mod about;
mod house;

pub(crate) use house::Heard;

use super::refusals::may_grant;
use super::{book, own_gate};
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, OpFault, Replica, WriteFault};
use linli_base::time::Moment;
use linli_base::{DeviceId, EntryId, LaneClass, LogKey, PrincipalId};
use linli_charter::PrincipalKind;
use linli_pass::ring::{Act, Called, Outcome, Ringing};
use linli_record::fact::{GateEvent, GateResult, RING_DEFAULT_S, Ring, RingStep};
use linli_record::row::{DoorbellRow, RingRow};
use linli_record::{Fact, Row, RowKind};
use std::collections::{BTreeMap, BTreeSet};

/// A call that nobody decided is let go after this: whoever stood there has long left.
const CALL_S: u64 = 15 * 60;

/// How long to wait after the disk failed.
const AGAIN_MS: u64 = 30_000;

/// The calls of this gate that the guard has not decided.
#[derive(Default)]
pub(crate) struct Calls {
    live: BTreeMap<EntryId, Call>,
    /// What was going on when this program started was looked up.
    recalled: bool,
    /// The disk failed: looked up again then, from what was written.
    again_at: Option<Moment>,
}

struct Call {
    ringing: Ringing,
    /// As every step of it says.
    ring: Ring,
    began_s: u64,
    /// The households it went to.
    asked: BTreeSet<PrincipalId>,
    /// Where the ring at a device stands: whoever holds it that far has received it.
    at: BTreeMap<DeviceId, (LogKey, u32)>,
}

/// Who says that they live here and has no card: the lines of the log that are about them.
pub(super) fn residents(replica: &Replica) -> Result<BTreeSet<EntryId>, Fault> {
    let rows = steps(replica)?;
    let at_home = rows.into_iter().filter(|ring| ring.resident);
    Ok(at_home.map(|ring| ring.about).collect())
}

/// All steps of all calls held here.
fn steps(replica: &Replica) -> Result<Vec<RingRow>, Fault> {
    let rows = replica.rows(RowKind::Ring)?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, row)| match row {
            Row::Ring(ring) => Some(ring),
            _ => None,
        })
        .collect())
}

/// The doorbell that counts of each household.
fn doorbells(replica: &Replica) -> Result<BTreeMap<PrincipalId, DoorbellRow>, Fault> {
    let mut bells: BTreeMap<PrincipalId, DoorbellRow> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::Doorbell)? {
        let Row::Doorbell(bell) = row else { continue };
        match bells.get(&bell.author.principal) {
            Some(held) if (held.time_ms, held.id) >= (bell.time_ms, bell.id) => {}
            _ => {
                bells.insert(bell.author.principal, bell);
            }
        }
    }
    Ok(bells)
}

/// Devices of households in their order: by household; there as its doorbell says, then those that grant.
fn in_order(
    replica: &Replica,
    of: impl Fn(&linli_charter::authority::Device) -> bool,
) -> Result<Vec<(PrincipalId, Called)>, Fault> {
    let authority = replica.authority();
    let bells = doorbells(replica)?;
    let mut list = Vec::new();
    for (id, device) in authority.devices() {
        let stands = device.kind == PrincipalKind::Household
            && !authority.is_revoked(id)
            && authority.holds_on(id).next().is_none();
        if !stands || !of(device) {
            continue;
        }
        let bell = bells.get(&device.principal);
        let place = bell.and_then(|bell| bell.order.iter().position(|d| d == id));
        let seconds = bell.map_or(RING_DEFAULT_S, |bell| bell.seconds);
        let called = Called {
            device: *id,
            ring_ms: u64::from(seconds) * 1000,
        };
        let order = (
            device.principal,
            place.unwrap_or(usize::MAX),
            !device.may_grant,
            *id,
        );
        list.push((order, called));
    }
    list.sort_by_key(|(order, _)| *order);
    Ok(list.into_iter().map(|(o, called)| (o.0, called)).collect())
}

impl Owner {
    /// Begins to call the households of a unit about a line of the log; gives the word of the first step.
    pub(super) fn ring_begin(
        &mut self,
        now: Now,
        about: EntryId,
        line: &GateEvent,
        resident: bool,
    ) -> Result<&'static str, Fault> {
        let ring = Ring {
            at_s: now.wall.seconds().0,
            gate: line.gate,
            step: RingStep::Rings,
            about,
            device: None,
            for_s: None,
            unit: line.unit.clone(),
            name: line.label.clone(),
            companions: line.companions,
            resident,
            plate: line.plate.clone(),
            code: line.code.clone(),
            cti: line.cti,
        };
        self.call(now, ring, None)
    }

    /// Calls whoever lives in the unit, or, after a restart, those who had not rung to their end before.
    fn call(
        &mut self,
        now: Now,
        ring: Ring,
        rung: Option<&[DeviceId]>,
    ) -> Result<&'static str, Fault> {
        let replica = self.replica_ref()?;
        let unit = ring.unit.as_ref().map(|u| u.reveal().clone());
        let all = in_order(replica, |d| unit.is_some() && d.unit() == unit.as_deref())?;
        // The one that rang when the power went rings again.
        let before = rung.map_or(&[][..], |rung| &rung[..rung.len().saturating_sub(1)]);
        let (done, order): (Vec<_>, Vec<_>) = all
            .iter()
            .map(|(_, called)| *called)
            .partition(|called| before.contains(&called.device));
        // After a restart the links are not up yet; whoever is not reached then is found out by waiting.
        let linked = rung.is_some() || replica.hub().online().next().is_some();
        let (mut ringing, act) = Ringing::begin(order, linked, now.moment);
        for called in done {
            ringing.may_answer(called.device);
        }
        let about = ring.about;
        let call = Call {
            ringing,
            began_s: now.wall.seconds().0,
            ring,
            asked: all.iter().map(|(principal, _)| *principal).collect(),
            at: BTreeMap::new(),
        };
        self.calls.live.insert(about, call);
        if let Err(fault) = self.ring_act(now, about, act) {
            self.calls.live.remove(&about);
            return Err(fault);
        }
        Ok(match act {
            Act::Ring(_) => RingStep::Rings.word(),
            Act::Over(_) => RingStep::NotReached.word(),
        })
    }

    /// Carries out what the call asks for: entries, in the gate's log and where the household reads them.
    fn ring_act(&mut self, now: Now, about: EntryId, act: Act) -> Result<(), Fault> {
        let (step, device, for_s) = match act {
            Act::Ring(called) => {
                let seconds = u8::try_from(called.ring_ms / 1000).unwrap_or(RING_DEFAULT_S);
                (RingStep::Rings, Some(called.device), Some(seconds))
            }
            Act::Over(Outcome::Admit(by)) => (RingStep::Admit, Some(by), None),
            Act::Over(Outcome::Refuse(by)) => (RingStep::Refuse, Some(by), None),
            Act::Over(Outcome::NoAnswer) => (RingStep::NoAnswer, None, None),
            Act::Over(Outcome::NotReached) => (RingStep::NotReached, None, None),
        };
        self.ring_step(now, about, step, device, for_s)
    }

    fn ring_step(
        &mut self,
        now: Now,
        about: EntryId,
        step: RingStep,
        device: Option<DeviceId>,
        for_s: Option<u8>,
    ) -> Result<(), Fault> {
        let Some(call) = self.calls.live.get(&about) else {
            return Ok(());
        };
        let ring = Ring {
            at_s: now.wall.seconds().0,
            step,
            device,
            for_s,
            ..call.ring.clone()
        };
        let asked = call.asked.clone();
        let month_of = self.log_beside(now, &Fact::Ring(ring.clone()))?;
        let replica = self.replica()?;
        let mut rings = None;
        let rings_at = device.and_then(|d| replica.authority().device(&d).map(|d| d.principal));
        for principal in asked {
            let lane = replica.lane(month_of, LaneClass::House, principal.scope());
            // A household whose key has not arrived here cannot be called: it is not reached.
            match replica.record_fact(now, lane, &Fact::Ring(ring.clone())) {
                Ok(written) if rings_at == Some(principal) => {
                    rings = Some((written.log, written.seq));
                }
                Ok(_) | Err(OpFault::Write(WriteFault::NoScopeKey)) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        if let (Some(device), RingStep::Rings, Some(place)) = (device, step, rings)
            && let Some(call) = self.calls.live.get_mut(&about)
        {
            call.at.insert(device, place);
        }
        self.settle()
    }

    /// The guard has let somebody in: whatever still rings stops.
    pub(super) fn ring_decided(&mut self, now: Now, about: EntryId) {
        let news = match self.calls.live.get_mut(&about) {
            None => false,
            Some(call) => call.ringing.decide(),
        };
        if news && let Err(fault) = self.ring_step(now, about, RingStep::Decided, None, None) {
            // The admission is durable and stands; a phone rings to its end.
            tracing::warn!(code = %fault.code, "the household could not be told");
        }
        self.calls.live.remove(&about);
    }

    /// Goes on with the calls of this gate; `true` if something was written. What could not be written is taken up
    /// again later from what stands in the log: a full disk stops no gate.
    pub(crate) fn ring_chores(&mut self) -> bool {
        let now = self.now();
        if self.calls.again_at.is_some_and(|at| now.moment < at) {
            return false;
        }
        match self.go_on(now) {
            Ok(news) => news,
            Err(fault) => {
                tracing::warn!(code = %fault.code, "a call could not go on");
                self.calls = Calls {
                    again_at: Some(now.moment.plus(AGAIN_MS)),
                    ..Calls::default()
                };
                false
            }
        }
    }

    fn go_on(&mut self, now: Now) -> Result<bool, Fault> {
        if !self.calls.recalled {
            self.calls.recalled = true;
            self.recall_calls(now)?;
        }
        if self.calls.live.is_empty() {
            return Ok(false);
        }
        let answers = house::answers(self.replica_ref()?)?;
        let mut acts: Vec<(EntryId, Act)> = Vec::new();
        let received = self.received()?;
        for (about, call) in &mut self.calls.live {
            for device in received.get(about).into_iter().flatten() {
                call.ringing.heard(*device);
            }
            for said in answers.iter().filter(|said| said.about == *about) {
                let act = call.ringing.answered(said.device, said.admit);
                acts.extend(act.map(|act| (*about, act)));
            }
            let act = call.ringing.tick(now.moment);
            acts.extend(act.map(|act| (*about, act)));
        }
        let at = now.wall.seconds().0;
        let old = |call: &Call| at.abs_diff(call.began_s) > CALL_S && call.ringing.due().is_none();
        self.calls.live.retain(|_, call| !old(call));
        let news = !acts.is_empty();
        for (about, act) in acts {
            self.ring_act(now, about, act)?;
        }
        Ok(news)
    }

    /// Devices that said they hold the ring that is for them.
    fn received(&self) -> Result<BTreeMap<EntryId, Vec<DeviceId>>, Fault> {
        let replica = self.replica_ref()?;
        let calls = self.calls.live.iter();
        Ok(calls
            .map(|(about, call)| {
                let has = |(device, (log, seq)): &(&DeviceId, &(LogKey, u32))| {
                    replica.holders_of(log, *seq).contains(device)
                };
                let devices = call.at.iter().filter(has);
                (*about, devices.map(|(device, _)| *device).collect())
            })
            .collect())
    }

    /// Calls that were going on when this gate stopped.
    fn recall_calls(&mut self, now: Now) -> Result<(), Fault> {
        let Ok(replica) = self.replica_ref() else {
            return Ok(());
        };
        if own_gate(replica).is_err() {
            return Ok(());
        }
        let (me, at) = (replica.me().device(), now.wall.seconds().0);
        let mut open: BTreeMap<EntryId, Vec<RingRow>> = BTreeMap::new();
        for ring in steps(replica)? {
            if ring.author.device == me && at.abs_diff(ring.at_s) <= CALL_S {
                open.entry(ring.about).or_default().push(ring);
            }
        }
        let decided: BTreeSet<EntryId> = book::events(replica)?
            .into_iter()
            .filter(|e| e.result == GateResult::Override)
            .filter_map(|e| e.about)
            .collect();
        let mut again = Vec::new();
        for (about, rings) in open {
            let over = rings.iter().any(|ring| ring.step != RingStep::Rings);
            if over || decided.contains(&about) {
                continue;
            }
            let rings = house::sorted(replica, rings)?;
            let rung: Vec<DeviceId> = rings.iter().filter_map(|ring| ring.device).collect();
            if let Some(first) = rings.first() {
                let ring = Ring {
                    at_s: first.at_s,
                    gate: first.gate,
                    step: RingStep::Rings,
                    about,
                    device: None,
                    for_s: None,
                    unit: first.unit.clone(),
                    name: first.name.clone(),
                    companions: first.companions,
                    resident: first.resident,
                    plate: first.plate.clone(),
                    code: first.code.clone(),
                    cti: first.cti,
                };
                again.push((ring, rung));
            }
        }
        for (ring, rung) in again {
            self.call(now, ring, Some(&rung))?;
        }
        Ok(())
    }
}
