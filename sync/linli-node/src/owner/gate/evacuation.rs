//! Who has to be looked for when the estate is cleared, and where a guard finds a unit.

use super::book;
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, Replica};
use linli_base::DeviceId;
use linli_charter::PrincipalKind;
use linli_pass::GateState;
use linli_record::{Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Units that a search shows at most: more do not fit on a guard's screen.
const FOUND_MAX: usize = 50;

/// By building: the units whose visitors are inside, and who they are. Residents are not counted: no gate knows who
/// of them is at home.
pub(super) fn list(replica: &Replica, now: Now) -> Result<Value, Fault> {
    let inside = book::inside(replica, now)?;
    let people = inside["people"].clone();
    let mut buildings: BTreeMap<String, BTreeMap<String, Vec<Value>>> = BTreeMap::new();
    for one in inside["inside"].as_array().into_iter().flatten() {
        let unit = one["unit"].as_str().unwrap_or_default().to_owned();
        let units = buildings.entry(building(&unit)).or_default();
        units.entry(unit).or_default().push(one.clone());
    }
    let buildings: Vec<Value> = buildings
        .into_iter()
        .map(|(building, units)| {
            let all: u64 = units.values().map(|list| count(list)).sum();
            let units: Vec<Value> = units
                .into_iter()
                .map(|(unit, list)| json!({ "unit": unit, "people": count(&list), "inside": list }))
                .collect();
            json!({ "building": building, "people": all, "units": units })
        })
        .collect();
    Ok(json!({ "people": people, "buildings": buildings, "as_of_ms": now.wall.0 }))
}

/// `3-2-501` stands in building 3; what has no dashes is a place of its own.
fn building(unit: &str) -> String {
    let first = unit.split('-').next();
    first.unwrap_or_default().to_owned()
}

/// 3号楼2单元501, ３－２－５０１ and 3-2-501 are one unit; what is none stays as it was typed.
pub(super) fn as_written(typed: &str) -> String {
    match linli_exchange::register::UnitKey::from_line(typed) {
        Ok(unit) => unit.to_string(),
        Err(_) => typed.to_owned(),
    }
}

fn count(list: &[Value]) -> u64 {
    let with = |one: &Value| 1 + one["companions"].as_u64().unwrap_or(0);
    list.iter().map(with).sum()
}

/// Plates by unit.
pub(super) type Plates = BTreeMap<String, BTreeSet<String>>;

/// The residents' plates that a gate holds and that stand now. They are no visitors' plates.
pub(super) fn plates(replica: &Replica, state: &GateState, now: Now) -> Plates {
    let at = now.wall.seconds();
    let mut plates = Plates::new();
    for known in state.grants.iter().filter(|known| known.resident) {
        let grant = &known.grant;
        let (Some(plate), Some(unit)) = (&grant.plate, &grant.host_unit) else {
            continue;
        };
        let Some(desk) = replica.authority().device(&known.place.device) else {
            continue;
        };
        let acts = &state.acts;
        let off = acts.cancelled(&grant.cti, &desk.principal).is_some()
            || acts
                .cancelled_with_all(grant.iat, &desk.principal)
                .is_some();
        if grant.nbf <= at && at < grant.exp && !off {
            let of = plates.entry(unit.reveal().clone()).or_default();
            of.insert(plate.as_str().to_owned());
        }
    }
    plates
}

/// Every unit known here: how many devices its households have, and whether one of them is linked now.
pub(super) fn units(replica: &Replica) -> Result<BTreeMap<String, (u32, bool)>, Fault> {
    let authority = replica.authority();
    let online: BTreeSet<DeviceId> = replica.hub().online().collect();
    let mut units: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::Room)? {
        if let Row::Room(r) = row
            && !r.removed
        {
            units.insert(format!("{}-{}-{}", r.building, r.stair, r.room), (0, false));
        }
    }
    for (id, device) in authority.devices() {
        if let Some(unit) = device.unit()
            && device.kind == PrincipalKind::Household
            && !authority.is_revoked(id)
        {
            let held = units.entry(unit.to_owned()).or_default();
            *held = (held.0 + 1, held.1 || online.contains(id));
        }
    }
    Ok(units)
}

impl Owner {
    /// Units whose name holds a text, with how many devices their households have here.
    pub(super) fn find_unit(&self, query: &str, plates: &Plates) -> Result<Value, Fault> {
        let query = as_written(query.trim());
        let none = BTreeSet::new();
        let found: Vec<Value> = units(self.replica_ref()?)?
            .into_iter()
            .filter(|(unit, _)| unit.contains(&query))
            .take(FOUND_MAX)
            .map(|(unit, (devices, online))| {
                let plates = plates.get(&unit);
                json!({ "unit": unit, "devices": devices, "online": online, "plates": plates.unwrap_or(&none) })
            })
            .collect();
        Ok(json!({ "units": found }))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_unit_is_the_same_however_the_guard_types_it() {
        for typed in ["3-2-501", "3号楼2单元501", "３－２－５０１"] {
            assert_eq!(super::as_written(typed), "3-2-501", "{typed}");
        }
        for other in ["501", "会所", "物业服务中心"] {
            assert_eq!(super::as_written(other), other);
        }
    }

    #[test]
    fn a_unit_stands_in_the_building_before_its_first_dash() {
        for (unit, building) in [
            ("3-2-501", "3"),
            ("18-1-1602", "18"),
            ("会所", "会所"),
            ("", ""),
        ] {
            assert_eq!(super::building(unit), building, "{unit}");
        }
    }
}
