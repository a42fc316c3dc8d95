//! Refusal lists: a household's for its own unit, the property desk's for the estate.
//!
//! A line is sealed to the gates' scope, and a household's also to its own devices; nobody else reads it. Which lines
//! stand is a pure function of the set of lines and ends held, whatever order they came in.

use super::acts::said;
use crate::api::Fault;
use crate::home::clock::OsDice;
use crate::owner::{Owner, ids};
use crate::replica::{Now, Replica};
use linli_base::{Dice, LaneClass, Private, ScopeId, base32};
use linli_charter::PrincipalKind;
use linli_pass::Plate;
use linli_record::fact::{REFUSAL_REASON_CHARS, Refusal};
use linli_record::row::RefusalRow;
use linli_record::{AuthorKind, Fact, Row, RowKind};
use serde_json::{Value, json};

/// Longest name, as a label of a pass.
const NAME_CHARS: usize = 24;

/// A line that stands.
pub(super) struct Listed {
    row: RefusalRow,
    /// The unit that refuses; none = the estate.
    unit: Option<Private<String>>,
}

impl From<Listed> for linli_pass::state::Refusal {
    fn from(listed: Listed) -> Self {
        Self {
            unit: listed.unit,
            plate: listed
                .row
                .plate
                .and_then(|plate| Plate::parse(plate.reveal()).ok()),
            name: listed.row.name,
        }
    }
}

/// The lines held here that stand.
pub(super) fn standing(replica: &Replica) -> Result<Vec<Listed>, Fault> {
    let authority = replica.authority();
    let retired = &authority.charter().newest().epoch.retired;
    let (mut lines, mut ends) = (Vec::new(), Vec::new());
    for (_, row) in replica.rows(RowKind::Refusal)? {
        match row {
            Row::Refusal(row) if row.off => ends.push(row),
            Row::Refusal(row) => lines.push(row),
            _ => {}
        }
    }
    let mut standing = Vec::new();
    for row in lines {
        let ended = ends.iter().any(|end| {
            end.key == row.key
                && (end.author.principal == row.author.principal
                    || authority.is_gate_desk(&end.author.device))
        });
        let unit = row.author.unit.clone();
        let counts = match row.author.kind {
            AuthorKind::Household => unit.is_some() && !retired.contains(&row.author.principal),
            AuthorKind::Office => authority.is_gate_desk(&row.author.device),
            AuthorKind::Gate | AuthorKind::Machine => false,
        };
        if counts && !ended {
            let unit = unit.filter(|_| row.author.kind == AuthorKind::Household);
            standing.push(Listed { row, unit });
        }
    }
    Ok(standing)
}

/// What this home may read of the lists.
pub(super) fn list(replica: &Replica) -> Result<Value, Fault> {
    let me = replica.me().principal;
    let mut listed = standing(replica)?;
    listed.sort_by_key(|l| (l.unit.is_some(), l.row.time_ms, l.row.key));
    let lines: Vec<Value> = listed
        .iter()
        .map(|l| {
            let text = |t: &Option<Private<String>>| t.as_ref().map(|t| t.reveal().clone());
            json!({
                "id": name_of(&l.row.key), "scope": scope(l.unit.is_some()), "unit": text(&l.unit),
                "plate": text(&l.row.plate), "name": text(&l.row.name),
                "reason": text(&l.row.reason), "at_ms": l.row.time_ms,
                "mine": l.row.author.principal == me,
            })
        })
        .collect();
    Ok(json!({ "refusals": lines }))
}

const fn scope(of_unit: bool) -> &'static str {
    if of_unit { "unit" } else { "estate" }
}

fn name_of(key: &[u8; 16]) -> String {
    format!("l:{}", base32::encode(key))
}

/// Says something to the gates, sealed to them; a household keeps a copy that its own devices read.
pub(super) fn tell_gates(replica: &mut Replica, now: Now, fact: &Fact) -> Result<(), Fault> {
    let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
    replica.record_fact(now, lane, fact)?;
    keep_copy(replica, now, fact)
}

/// The copy in the household's own lane.
pub(super) fn keep_copy(replica: &mut Replica, now: Now, fact: &Fact) -> Result<(), Fault> {
    if replica.me().kind == PrincipalKind::Household {
        let own = replica.me().principal.scope();
        let lane = replica.lane(now, LaneClass::House, own);
        replica.record_fact(now, lane, fact)?;
    }
    Ok(())
}

/// Whether this device grants for its household.
pub(in crate::owner) fn may_grant(replica: &Replica) -> bool {
    let device = replica.authority().device(&replica.me().device());
    device.is_some_and(|d| d.may_grant)
}

impl Owner {
    pub(super) fn refuse(
        &mut self,
        plate: Option<&str>,
        name: Option<&str>,
        reason: Option<&str>,
    ) -> Result<Value, Fault> {
        let now = self.now();
        keeps_a_list(self.replica_ref()?)?;
        let plate = match plate {
            None => None,
            Some(text) => Some(Plate::parse(text).map_err(|_| Fault::input("bad-plate"))?),
        };
        let name = match name {
            None => None,
            Some(text) => Some(said(text, NAME_CHARS).ok_or_else(|| Fault::input("bad-name"))?),
        };
        let reason = match reason {
            None => None,
            Some(text) => {
                Some(said(text, REFUSAL_REASON_CHARS).ok_or_else(|| Fault::input("bad-reason"))?)
            }
        };
        if plate.is_none() && name.is_none() {
            return Err(Fault::input("refuse-nobody"));
        }
        let refusal = Refusal {
            id: OsDice.bytes::<16>(),
            plate: plate.map(|p| Private::new(p.as_str().to_owned())),
            name: name.map(Private::new),
            reason: reason.map(Private::new),
        };
        let replica = self.replica_ref()?;
        let me = replica.me().principal;
        let same = |l: &Listed| {
            l.row.author.principal == me
                && l.row.plate == refusal.plate
                && l.row.name == refusal.name
        };
        if standing(replica)?.iter().any(same) {
            return Err(Fault::input("nothing-to-say"));
        }
        let unit = replica.me().certificate.claims().unit.clone();
        let id = name_of(&refusal.id);
        let fact = Fact::Refusal(refusal);
        self.undo_on_fault(|o| tell_gates(o.replica()?, now, &fact))?;
        Ok(json!({ "id": id, "scope": scope(unit.is_some()), "unit": unit }))
    }

    pub(super) fn receive_again(&mut self, typed: &str) -> Result<Value, Fault> {
        let now = self.now();
        keeps_a_list(self.replica_ref()?)?;
        let replica = self.replica_ref()?;
        let (me, desk) = (replica.me(), replica.authority());
        let any = desk.is_gate_desk(&me.device());
        let listed = standing(replica)?;
        let keys = listed
            .iter()
            .filter(|l| any || l.row.author.principal == me.principal)
            .map(|l| l.row.key);
        let key = ids::pick(typed, "l", keys, name_of)?;
        let fact = Fact::RefusalEnd(key);
        self.undo_on_fault(|o| tell_gates(o.replica()?, now, &fact))?;
        Ok(json!({ "id": name_of(&key) }))
    }
}

/// A household keeps the list of its unit, the property desk that of the estate.
fn keeps_a_list(replica: &Replica) -> Result<(), Fault> {
    let me = replica.me();
    match me.kind {
        PrincipalKind::Household if may_grant(replica) => Ok(()),
        PrincipalKind::Household => Err(Fault::forbidden("may-not-grant")),
        PrincipalKind::Office if replica.authority().is_gate_desk(&me.device()) => Ok(()),
        _ => Err(Fault::forbidden("no-gate-role")),
    }
}
