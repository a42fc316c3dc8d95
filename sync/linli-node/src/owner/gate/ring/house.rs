//! The household's side of a call: what rings, the answer, the doorbell. Gate and office see the same list.

use super::{doorbells, in_order, may_grant, steps};
use crate::api::Fault;
use crate::owner::gate::book;
use crate::owner::gate::refusals::{keep_copy, tell_gates};
use crate::owner::{Owner, ids};
use crate::replica::{Now, Replica};
use linli_base::{DeviceId, EntryId, Period};
use linli_charter::PrincipalKind;
use linli_pass::Cti;
use linli_record::fact::{
    DOORBELL_DEVICES, Doorbell, RING_DEFAULT_S, RING_S, RingAnswer, RingStep, SAID_ANSWERS,
    SaidAnswers,
};
use linli_record::row::RingRow;
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Calls shown at most.
const SHOWN_MAX: usize = 100;
/// A call that was heard longer ago does not ring any more, whatever came of it.
const LIVE_S: u64 = 15 * 60;

/// When calls were first heard, Unix seconds by the clock of whoever heard them: a gate rings also where its own clock is
/// days away, and a household's may be, too.
#[derive(Default)]
pub(crate) struct Heard {
    begun: bool,
    calls: BTreeMap<EntryId, u64>,
}

impl Heard {
    /// Of a home that holds nothing yet: whatever comes is young.
    pub(in crate::owner) const fn of_a_new_home() -> Self {
        Self {
            begun: true,
            calls: BTreeMap::new(),
        }
    }

    /// When a call was first heard. What was held already when this program began to look is as old as it says.
    fn at(&mut self, about: EntryId, says_s: u64, now_s: u64) -> u64 {
        let fresh = self.begun || now_s.abs_diff(says_s) <= LIVE_S;
        let first = if fresh { now_s } else { 0 };
        *self.calls.entry(about).or_insert(first)
    }
}

/// An answer held here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) about: EntryId,
    /// No before yes, of what is heard at once.
    pub(super) admit: bool,
    pub(super) device: DeviceId,
    time_ms: u64,
}

/// Every answer: entries, and what devices that may not grant state.
pub(super) fn answers(replica: &Replica) -> Result<Vec<Said>, Fault> {
    let mut all = Vec::new();
    for (_, row) in replica.rows(RowKind::RingAnswer)? {
        if let Row::RingAnswer(a) = row {
            all.push(Said {
                about: a.about,
                admit: a.admit,
                device: a.author.device,
                time_ms: a.time_ms,
            });
        }
    }
    for (device, payload) in replica.ring_statements()? {
        let household = replica.authority().device(&device);
        let said = SaidAnswers::decode(&payload).unwrap_or_default();
        if household.is_some_and(|d| d.kind == PrincipalKind::Household) {
            all.extend(said.0.into_iter().map(|(a, time_ms)| Said {
                about: a.about,
                admit: a.admit,
                device,
                time_ms,
            }));
        }
    }
    all.sort();
    all.dedup_by_key(|said| (said.about, said.admit, said.device));
    Ok(all)
}

/// Steps of one call in the order in which the gate wrote them.
pub(super) fn sorted(replica: &Replica, rings: Vec<RingRow>) -> Result<Vec<RingRow>, Fault> {
    let mut placed: Vec<((Period, u32), RingRow)> = Vec::with_capacity(rings.len());
    for ring in rings {
        let place = replica.place_of(&ring.id)?;
        let place = place.map_or((Period::NONE, 0), |(log, seq)| (log.lane.period, seq));
        placed.push((place, ring));
    }
    placed.sort_by_key(|(place, _)| *place);
    Ok(placed.into_iter().map(|(_, ring)| ring).collect())
}

impl Owner {
    /// From now on what comes is young, whatever a gate's clock says; what a household holds already is as old as it says.
    pub(in crate::owner) fn begin_to_hear(&self) -> Result<(), Fault> {
        if let Ok(mut heard) = self.calls_heard.lock() {
            *heard = Heard::default();
        }
        match self.replica_ref()?.me().kind {
            PrincipalKind::Household => self.rings().map(drop),
            _ => Ok(()),
        }
    }

    pub(in crate::owner::gate) fn rings(&self) -> Result<Value, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let mut calls: BTreeMap<EntryId, Vec<RingRow>> = BTreeMap::new();
        for ring in steps(replica)? {
            calls.entry(ring.about).or_default().push(ring);
        }
        let said = answers(replica)?;
        let mut shown = Vec::new();
        let mut heard = self
            .calls_heard
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        heard.calls.retain(|about, _| calls.contains_key(about));
        for (about, rings) in calls {
            let rings = sorted(replica, rings)?;
            let said: Vec<&Said> = said.iter().filter(|said| said.about == about).collect();
            let Some(first) = rings.first() else { continue };
            let heard_s = heard.at(about, first.at_s, now.wall.seconds().0);
            shown.extend(call(replica, now, heard_s, &rings, &said));
        }
        heard.begun = true;
        drop(heard);
        shown.sort_by_key(|(began, _)| std::cmp::Reverse(*began));
        let list: Vec<Value> = shown
            .into_iter()
            .take(SHOWN_MAX)
            .map(|(_, call)| call)
            .collect();
        Ok(json!({ "rings": list, "as_of_ms": now.wall.0 }))
    }

    pub(in crate::owner::gate) fn ring_answer(
        &mut self,
        typed: &str,
        admit: bool,
    ) -> Result<Value, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        if replica.me().kind != PrincipalKind::Household {
            return Err(Fault::forbidden("not-a-household"));
        }
        let rings = steps(replica)?;
        let calls = rings.iter().map(|ring| ring.about);
        let about = ids::pick(typed, "e", calls, EntryId::to_text)?;
        let decided = |ring: &RingRow| ring.about == about && ring.step == RingStep::Decided;
        if rings.iter().any(decided) {
            return Err(Fault::input("ring-over").with("id", typed));
        }
        let me = replica.me().device();
        let answer = RingAnswer { about, admit };
        let mut said: Vec<(RingAnswer, u64)> = answers(replica)?
            .into_iter()
            .filter(|said| said.device == me)
            .map(|said| {
                let (about, admit) = (said.about, said.admit);
                (RingAnswer { about, admit }, said.time_ms)
            })
            .collect();
        if said.iter().any(|(earlier, _)| *earlier == answer) {
            return Err(Fault::input("nothing-to-say"));
        }
        said.push((answer, now.wall.0));
        said.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
        said.truncate(SAID_ANSWERS);
        let grants = may_grant(replica);
        let fact = Fact::RingAnswer(answer);
        self.undo_on_fault(|o| {
            let replica = o.replica()?;
            if grants {
                return tell_gates(replica, now, &fact);
            }
            replica.say_ring_answers(&SaidAnswers(said).encode())?;
            keep_copy(replica, now, &fact)
        })?;
        Ok(json!({ "event": about.to_text(), "admit": admit }))
    }

    pub(in crate::owner::gate) fn doorbell(&self) -> Result<Value, Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me();
        if me.kind != PrincipalKind::Household {
            return Err(Fault::forbidden("not-a-household"));
        }
        let order = in_order(replica, |d| d.principal == me.principal)?;
        let order: Vec<Value> = order
            .into_iter()
            .map(|(_, called)| {
                let own = called.device == me.device();
                json!({ "device": called.device.to_text(), "me": own })
            })
            .collect();
        let bell = doorbells(replica)?.remove(&me.principal);
        let seconds = bell.as_ref().map_or(RING_DEFAULT_S, |bell| bell.seconds);
        Ok(json!({ "order": order, "seconds": seconds, "set": bell.is_some() }))
    }

    pub(in crate::owner::gate) fn set_doorbell(
        &mut self,
        typed: &[String],
        seconds: Option<u64>,
    ) -> Result<Value, Fault> {
        let now = self.now();
        self.doorbell()?;
        let replica = self.replica_ref()?;
        if !may_grant(replica) {
            return Err(Fault::forbidden("may-not-grant"));
        }
        if typed.is_empty() && seconds.is_none() {
            return Err(Fault::input("nothing-to-say"));
        }
        let me = replica.me().principal;
        let before = doorbells(replica)?.remove(&me);
        let own: Vec<DeviceId> = in_order(replica, |d| d.principal == me)?
            .into_iter()
            .map(|(_, called)| called.device)
            .collect();
        let mut order = before
            .as_ref()
            .map_or_else(Vec::new, |bell| bell.order.clone());
        if !typed.is_empty() {
            order.clear();
            for text in typed {
                let device = ids::pick(text, "d", own.iter().copied(), DeviceId::to_text)?;
                if !order.contains(&device) {
                    order.push(device);
                }
            }
        }
        order.truncate(DOORBELL_DEVICES);
        let held = before.map_or(RING_DEFAULT_S, |bell| bell.seconds);
        let seconds = match seconds {
            None => held,
            Some(s) if RING_S.contains(&s) => u8::try_from(s).unwrap_or(held),
            Some(_) => return Err(Fault::input("ring-seconds")),
        };
        let fact = Fact::Doorbell(Doorbell { order, seconds });
        self.undo_on_fault(|o| tell_gates(o.replica()?, now, &fact))?;
        self.doorbell()
    }
}

/// One call as it is shown, with when it began.
fn call(
    replica: &Replica,
    now: Now,
    heard_s: u64,
    rings: &[RingRow],
    said: &[&Said],
) -> Option<(u64, Value)> {
    let (first, last) = (rings.first()?, rings.last()?);
    let (me, at) = (replica.me(), now.wall.seconds().0);
    let epoch = &replica.authority().charter().newest().epoch;
    let gate = epoch.gates.iter().find(|g| g.number == first.gate);
    let live = last.step == RingStep::Rings && at.saturating_sub(heard_s) <= LIVE_S;
    // Whoever has answered need not be asked again; a device goes on ringing while the next one does.
    let answered = said.iter().any(|said| said.device == me.device());
    let rung = rings
        .iter()
        .any(|ring| ring.step == RingStep::Rings && ring.device == Some(me.device()));
    let steps: Vec<Value> = rings
        .iter()
        .map(|ring| {
            json!({
                "state": ring.step.word(), "at_ms": ring.at_s.saturating_mul(1000),
                "device": ring.device.map(|d| d.to_text()), "for_s": ring.for_s,
            })
        })
        .collect();
    let answers: Vec<Value> = said
        .iter()
        .map(|said| {
            json!({
                "device": said.device.to_text(), "admit": said.admit, "at_ms": said.time_ms,
                "mine": said.device == me.device(),
            })
        })
        .collect();
    let shown = json!({
        "event": first.about.to_text(), "gate": first.gate, "gate_name": gate.map(|g| g.name.clone()),
        "at_ms": first.at_s.saturating_mul(1000), "heard_ms": heard_s.saturating_mul(1000),
        "unit": first.unit.as_ref().map(|u| u.reveal().clone()),
        "name": first.name.as_ref().map(|n| n.reveal().clone()),
        "companions": first.companions.unwrap_or(0), "resident": first.resident,
        "code": first.code, "plate": first.plate.as_ref().map(|p| p.reveal().clone()),
        "pass": first.cti.map(|cti| book::pass_name(&Cti(cti))),
        "state": last.step.word(), "live": live, "device": last.device.map(|d| d.to_text()),
        "here": live && rung && !answered, "rang": rung, "for_s": last.for_s,
        "since_ms": last.at_s.saturating_mul(1000), "steps": steps, "answers": answers,
    });
    Some((first.at_s, shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_as_old_as_it_has_been_held_here_whatever_the_gates_clock_says() {
        let (day, now) = (86_400, 1_795_305_600);
        let mut heard = Heard::default();
        let (old, young) = (EntryId([1; 32]), EntryId([2; 32]));
        // What was held before this program looked is as old as it says.
        assert_eq!(heard.at(old, now - day, now), 0);
        assert_eq!(heard.at(young, now - 60, now), now);
        heard.begun = true;
        // What comes while it runs is young, also from a gate whose clock is a month back or two years ahead.
        for (n, says) in [(3, now - 30 * day), (4, now + 730 * day)] {
            assert_eq!(heard.at(EntryId([n; 32]), says, now + 5), now + 5);
            assert_eq!(heard.at(EntryId([n; 32]), says, now + 900), now + 5);
        }
        assert_eq!(heard.at(old, now - day, now + 5), 0);
    }
}
