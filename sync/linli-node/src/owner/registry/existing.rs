//! The register as it is here, in the importer's terms.

use crate::api::Fault;
use crate::owner::grid::Grid;
use crate::replica::Replica;
use linli_exchange::register::{
    Area, Existing, ExistingPerson, ExistingUnit, IdNumber, Person, Phone, Plate, Relation, Unit,
    UnitKey, Use,
};
use linli_record::{Row, RowKind};
use std::collections::BTreeMap;

/// A number that changes whenever the register does.
pub(super) fn basis(replica: &Replica) -> Result<u64, Fault> {
    let digest = replica.digests()?;
    let office = digest.get("office").copied().unwrap_or_default();
    let mut first = [0; 8];
    first.copy_from_slice(&office[..8]);
    Ok(u64::from_be_bytes(first))
}

pub(super) fn read(replica: &Replica) -> Result<Existing, Fault> {
    let mut plates: BTreeMap<String, Vec<Plate>> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::Vehicle)? {
        if let Row::Vehicle(v) = row
            && !v.removed
            && let Some(owner) = v.owner
        {
            plates
                .entry(owner.to_text())
                .or_default()
                .extend(Plate::read(v.plate.reveal()));
        }
    }
    let mut existing = Existing::default();
    let cells = Grid::of(replica)?.by_unit();
    for (id, row) in replica.rows(RowKind::Household)? {
        if let Row::Household(h) = row
            && !h.removed
            && let Ok(key) = h.unit.reveal().parse::<UnitKey>()
        {
            existing.units.push(ExistingUnit {
                record: id.to_text(),
                unit: Unit {
                    cell: cells.get(&key.to_string()).cloned(),
                    area: h
                        .area_dm2
                        .and_then(|a| u32::try_from(a).ok())
                        .map(Area::from_hundredths),
                    usage: h.usage.as_deref().and_then(Use::read),
                },
                key,
            });
        }
    }
    for (id, row) in replica.rows(RowKind::Person)? {
        if let Row::Person(p) = row
            && !p.removed
            && let Ok(unit) = p.unit.reveal().parse::<UnitKey>()
        {
            let record = id.to_text();
            let mut person = Person::new(unit, p.name.reveal());
            person.phones = p
                .phones
                .iter()
                .flat_map(|f| Phone::read(f.reveal()))
                .collect();
            person.id_number = p.id_number.as_ref().map(|n| {
                // The doubt about a number stands after it: a doubtful one never becomes sound by being kept.
                let (text, doubt) = super::apply::split_doubt(n.reveal());
                IdNumber::restore(text, doubt)
            });
            person.relation = p.relation.as_ref().and_then(|r| Relation::read(r.reveal()));
            person.plates = plates.remove(&record).unwrap_or_default();
            person.note = p
                .note
                .as_ref()
                .map(|n| linli_exchange::Private::new(n.reveal().clone()));
            existing.persons.push(ExistingPerson { record, person });
        }
    }
    Ok(existing)
}
