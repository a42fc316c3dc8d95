//! Refusals, calls and answers to their rows.

use super::{FactIn, may_speak};
use crate::fact::Fact;
use crate::row::{AuthorKind, DoorbellRow, RefusalRow, RingAnswerRow, RingRow, Row};

pub(super) fn fold(fact: &FactIn) -> Option<Row> {
    let by = fact.author.kind;
    let household = by == AuthorKind::Household;
    let line = |key, off| RefusalRow {
        id: fact.entry,
        author: fact.author.clone(),
        key,
        off,
        plate: None,
        name: None,
        reason: None,
        time_ms: fact.time_ms,
    };
    match &fact.fact {
        Fact::Refusal(refusal) if may_speak(by) => Some(Row::Refusal(RefusalRow {
            plate: refusal.plate.clone(),
            name: refusal.name.clone(),
            reason: refusal.reason.clone(),
            ..line(refusal.id, false)
        })),
        Fact::RefusalEnd(id) if may_speak(by) => Some(Row::Refusal(line(*id, true))),
        Fact::Ring(ring) if by == AuthorKind::Gate => Some(Row::Ring(RingRow {
            id: fact.entry,
            author: fact.author.clone(),
            at_s: ring.at_s,
            gate: ring.gate,
            step: ring.step,
            about: ring.about,
            device: ring.device,
            for_s: ring.for_s,
            unit: ring.unit.clone(),
            name: ring.name.clone(),
            companions: ring.companions,
            resident: ring.resident,
            plate: ring.plate.clone(),
            code: ring.code.clone(),
            cti: ring.cti,
        })),
        Fact::RingAnswer(answer) if household => Some(Row::RingAnswer(RingAnswerRow {
            id: fact.entry,
            author: fact.author.clone(),
            about: answer.about,
            admit: answer.admit,
            time_ms: fact.time_ms,
        })),
        Fact::Doorbell(bell) if household => Some(Row::Doorbell(DoorbellRow {
            id: fact.entry,
            author: fact.author.clone(),
            order: bell.order.clone(),
            seconds: bell.seconds,
            time_ms: fact.time_ms,
        })),
        _ => None,
    }
}
