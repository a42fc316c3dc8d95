//! Calls for help, answers, letters and phone numbers to their rows.

use super::{FactIn, may_speak};
use crate::fact::Fact;
use crate::row::{AuthorKind, HelpAckRow, HelpCallRow, LetterRow, PhonesRow, Row};

pub(super) fn fold(fact: &FactIn) -> Option<Row> {
    let by = fact.author.kind;
    let household = by == AuthorKind::Household;
    let lane = fact.log.lane.class as u8;
    let call = |key, over| HelpCallRow {
        id: fact.entry,
        author: fact.author.clone(),
        key,
        over,
        practice: false,
        words: None,
        lane,
        time_ms: fact.time_ms,
    };
    match &fact.fact {
        Fact::HelpCall(said) if household => Some(Row::HelpCall(HelpCallRow {
            practice: said.practice,
            words: said.words.clone(),
            ..call(said.key, false)
        })),
        Fact::HelpEnd(key) if household => Some(Row::HelpCall(call(*key, true))),
        Fact::HelpAck(ack) if may_speak(by) || by == AuthorKind::Gate => {
            Some(Row::HelpAck(HelpAckRow {
                id: fact.entry,
                author: fact.author.clone(),
                key: ack.key,
                caller: ack.caller,
                how: ack.how,
                lane,
                time_ms: fact.time_ms,
            }))
        }
        Fact::Letter(letters) if household => Some(Row::Letter(LetterRow {
            id: fact.entry,
            author: fact.author.clone(),
            letters: letters.clone(),
            time_ms: fact.time_ms,
        })),
        Fact::Phones(list) if by == AuthorKind::Office => Some(Row::Phones(PhonesRow {
            id: fact.entry,
            author: fact.author.clone(),
            phones: list.clone(),
            time_ms: fact.time_ms,
        })),
        _ => None,
    }
}
