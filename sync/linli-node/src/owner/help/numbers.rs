//! Phone numbers: those of the state, and what offices give out, signed.

use super::super::posts::shown;
use crate::api::{Answer, Fault};
use crate::owner::{Owner, answer};
use crate::replica::Replica;
use linli_base::{LaneClass, PrincipalId, ScopeId};
use linli_charter::PrincipalKind;
use linli_record::fact::Phone;
use linli_record::row::PhonesRow;
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Key of its name, and the number: ambulance, police, fire.
const OF_THE_STATE: [(&str, &str); 3] = [("ambulance", "120"), ("police", "110"), ("fire", "119")];

/// What stands offline.
pub(super) fn list(replica: &Replica) -> Result<Value, Fault> {
    let mut latest: BTreeMap<PrincipalId, PhonesRow> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::Phones)? {
        let Row::Phones(row) = row else { continue };
        match latest.get(&row.author.principal) {
            Some(held) if (held.time_ms, held.id) >= (row.time_ms, row.id) => {}
            _ => {
                latest.insert(row.author.principal, row);
            }
        }
    }
    let mut numbers: Vec<Value> = OF_THE_STATE
        .iter()
        .map(|(label, number)| json!({ "office": null, "label": label, "number": number }))
        .collect();
    for row in latest.values() {
        let office = shown(&row.author);
        for phone in &row.phones {
            numbers.push(json!({
                "office": office, "label": phone.label, "number": phone.number, "at_ms": row.time_ms,
            }));
        }
    }
    Ok(json!({ "numbers": numbers }))
}

impl Owner {
    pub(super) fn set_numbers(&mut self, numbers: Vec<(String, String)>) -> Result<Answer, Fault> {
        let now = self.now();
        if self.replica_ref()?.me().kind != PrincipalKind::Office {
            return Err(Fault::forbidden("offices-only"));
        }
        let phone = |(label, number): (String, String)| Phone {
            label: label.trim().to_owned(),
            number: number.trim().to_owned(),
        };
        let fact = Fact::Phones(numbers.into_iter().map(phone).collect());
        fact.encode().map_err(|_| Fault::input("bad-phone"))?;
        let replica = self.replica()?;
        let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
        replica.record_fact(now, board, &fact)?;
        self.settle()?;
        list(self.replica_ref()?).map(answer)
    }
}
