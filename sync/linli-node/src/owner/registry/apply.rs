//! Writing a plan as records, and taking it back.

use crate::api::Fault;
use crate::killpoint;
use crate::owner::grid::OwnRooms;
use crate::replica::{Now, Replica};
use linli_base::{Private, RecordId};
use linli_exchange::register::{
    Column, GridCell, IdDoubt, Person, Plan, Unit, UnitKey, UnitUpdate,
};
use linli_record::draft::{
    self, BuildingDraft, FieldChange, HouseholdDraft, PersonDraft, RoomDraft, VehicleDraft,
};
use linli_record::{RecordKind, Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of the import between two looks at the progress.
const STEP: u64 = 200;

/// Writes what a plan adds and updates; returns the records it made.
pub(super) fn apply(
    replica: &mut Replica,
    now: Now,
    batch: &str,
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Vec<String>, Value), Fault> {
    let total =
        (plan.units_add.len() * 2 + plan.add.len() + plan.update.len() + plan.units_update.len())
            as u64;
    let mut w = Writer {
        replica,
        now,
        batch,
        created: Vec::new(),
        done: 0,
        total,
        progress,
        own: None,
        elsewhere: 0,
    };
    let (buildings, rooms) = w.skeleton(plan)?;
    for unit in &plan.units_add {
        w.household(&unit.key, &unit.unit)?;
    }
    for update in &plan.units_update {
        w.change_unit(update, &update.after(false))?;
    }
    let mut vehicles = 0;
    for add in &plan.add {
        vehicles += w.person(&add.person)?;
    }
    for update in &plan.update {
        vehicles += w.change_person(&update.record, &update.before, &update.after(false))?;
    }
    let written = json!({
        "buildings": buildings, "rooms": rooms, "households": plan.units_add.len(),
        "persons": plan.add.len(), "vehicles": vehicles,
        "updated": plan.update.len() + plan.units_update.len(), "cells_elsewhere": w.elsewhere,
    });
    Ok((w.created, written))
}

/// Takes a plan back: what it made is marked removed, what it changed is as before.
pub(super) fn undo(
    replica: &mut Replica,
    now: Now,
    created: &[String],
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, Fault> {
    let total = (created.len() + plan.update.len() + plan.units_update.len()) as u64;
    let mut done = 0;
    for text in created {
        let Some(id) = RecordId::parse(text) else {
            continue;
        };
        let gone = [FieldChange::set("removed", true)];
        replica.edit(now, &id, |kind, doc, actor| {
            draft::edit(doc, kind, actor, &gone)
        })?;
        done += 1;
        if done % STEP == 0 {
            progress(done, total);
        }
    }
    let mut w = Writer {
        replica,
        now,
        batch: "",
        created: Vec::new(),
        done,
        total,
        progress,
        own: None,
        elsewhere: 0,
    };
    for update in &plan.units_update {
        w.change_unit(update, &update.before)?;
    }
    for update in &plan.update {
        w.change_person(&update.record, &update.after(false), &update.before)?;
    }
    Ok(w.done)
}

struct Writer<'a> {
    replica: &'a mut Replica,
    now: Now,
    batch: &'a str,
    created: Vec<String>,
    done: u64,
    total: u64,
    progress: &'a mut dyn FnMut(u64, u64),
    /// Rooms of this office, once they are asked for.
    own: Option<OwnRooms>,
    /// Grid cells that were not written, since another office keeps the room.
    elsewhere: u64,
}

impl Writer<'_> {
    fn step(&mut self) {
        killpoint::pass("mid-import-stage");
        self.done += 1;
        if self.done.is_multiple_of(STEP) {
            (self.progress)(self.done, self.total);
        }
    }

    fn made(&mut self, id: RecordId) {
        self.created.push(id.to_text());
        self.step();
    }

    fn batch(&self) -> Option<String> {
        (!self.batch.is_empty()).then(|| self.batch.to_owned())
    }

    /// Buildings and rooms that are not there yet, for everyone.
    fn skeleton(&mut self, plan: &Plan) -> Result<(usize, usize), Fault> {
        let mut have: BTreeSet<String> = BTreeSet::new();
        for (_, row) in self.replica.rows(RowKind::Building)? {
            if let Row::Building(b) = row
                && !b.removed
            {
                have.insert(b.name);
            }
        }
        let mut rooms_have: BTreeSet<String> = BTreeSet::new();
        for (_, row) in self.replica.rows(RowKind::Room)? {
            if let Row::Room(r) = row
                && !r.removed
            {
                rooms_have.insert(r.unit());
            }
        }
        let mut stairs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for unit in &plan.units_add {
            let of = stairs.entry(unit.key.building().to_owned()).or_default();
            of.insert(unit.key.stair().to_owned());
        }
        // A new building whose units all lie in one cell says it for them.
        let mut whole: BTreeMap<String, Option<GridCell>> = BTreeMap::new();
        for unit in &plan.units_add {
            let building = unit.key.building();
            if !have.contains(building) {
                let one = whole.entry(building.to_owned());
                let one = one.or_insert_with(|| unit.unit.cell.clone());
                if *one != unit.unit.cell {
                    *one = None;
                }
            }
        }
        let mut buildings = 0;
        for (name, stairs) in stairs.into_iter().filter(|(name, _)| !have.contains(name)) {
            let cell = whole.get(&name).cloned().flatten();
            let draft = BuildingDraft {
                cell: cell.map(|cell| cell.to_string()),
                name,
                stairs: stairs.into_iter().collect(),
                batch: self.batch(),
            };
            let id = self
                .replica
                .create(self.now, RecordKind::Building, |a| draft.change(a))?;
            self.made(id);
            buildings += 1;
        }
        let mut rooms = 0;
        for unit in &plan.units_add {
            let building = whole.get(unit.key.building()).cloned().flatten();
            let cell = unit.unit.cell.as_ref();
            if rooms_have.contains(&unit.key.to_string()) {
                // The household is new here, the room is not: its office says where it lies.
                self.elsewhere += u64::from(cell.is_some());
                continue;
            }
            let cell = cell.filter(|cell| building.as_ref() != Some(cell));
            let draft = RoomDraft {
                building: unit.key.building().to_owned(),
                stair: unit.key.stair().to_owned(),
                room: unit.key.room().to_owned(),
                area_dm2: unit.unit.area.map(|a| u64::from(a.hundredths())),
                cell: cell.map(ToString::to_string),
                batch: self.batch(),
            };
            let id = self
                .replica
                .create(self.now, RecordKind::Room, |a| draft.change(a))?;
            self.made(id);
            rooms += 1;
        }
        Ok((buildings, rooms))
    }

    fn household(&mut self, key: &UnitKey, unit: &Unit) -> Result<(), Fault> {
        let draft = HouseholdDraft {
            unit: Private::new(key.to_string()),
            usage: unit.usage.as_ref().map(|u| u.word().to_owned()),
            area_dm2: unit.area.map(|a| u64::from(a.hundredths())),
            batch: self.batch(),
        };
        let id = self
            .replica
            .create(self.now, RecordKind::Household, |a| draft.change(a))?;
        self.made(id);
        Ok(())
    }

    fn person(&mut self, p: &Person) -> Result<usize, Fault> {
        let draft = PersonDraft {
            name: Private::new(p.name.reveal().clone()),
            unit: Private::new(p.unit.to_string()),
            phones: phones(p),
            id_number: id_text(p),
            relation: p
                .relation
                .as_ref()
                .map(|r| Private::new(r.word().to_owned())),
            note: p.note.as_ref().map(|n| Private::new(n.reveal().clone())),
            batch: self.batch(),
        };
        let id = self
            .replica
            .create(self.now, RecordKind::Person, |a| draft.change(a))?;
        self.made(id);
        for plate in &p.plates {
            self.vehicle(p, plate.text().reveal(), id)?;
        }
        Ok(p.plates.len())
    }

    fn vehicle(&mut self, p: &Person, plate: &str, owner: RecordId) -> Result<(), Fault> {
        let draft = VehicleDraft {
            plate: Private::new(plate.to_owned()),
            unit: Private::new(p.unit.to_string()),
            owner: Some(owner),
            batch: self.batch(),
        };
        let id = self
            .replica
            .create(self.now, RecordKind::Vehicle, |a| draft.change(a))?;
        self.created.push(id.to_text());
        Ok(())
    }

    fn change_unit(&mut self, update: &UnitUpdate, to: &Unit) -> Result<(), Fault> {
        let Some(id) = RecordId::parse(&update.record) else {
            return Ok(());
        };
        let changes = vec![
            opt("use", to.usage.as_ref().map(|u| u.word())),
            match to.area {
                Some(area) => FieldChange::set("area_dm2", u64::from(area.hundredths())),
                None => FieldChange::clear("area_dm2"),
            },
        ];
        self.edit(&id, &changes)?;
        if update.changes.iter().any(|c| c.column == Column::Grid) {
            let own = match self.own.take() {
                Some(own) => own,
                None => OwnRooms::of(self.replica)?,
            };
            if !own.set(self.replica, self.now, &update.key, to.cell.as_ref())? {
                self.elsewhere += 1;
            }
            self.own = Some(own);
        }
        Ok(())
    }

    /// Changes a person; returns how many vehicles it added.
    fn change_person(&mut self, record: &str, from: &Person, to: &Person) -> Result<usize, Fault> {
        let Some(id) = RecordId::parse(record) else {
            return Ok(0);
        };
        let phones = phones(to);
        let changes = vec![
            FieldChange::set("name", to.name.reveal().as_str()),
            FieldChange::set("unit", to.unit.to_string().as_str()),
            FieldChange::set("phones", phones.as_slice()),
            opt(
                "id_number",
                id_text(to).as_ref().map(|n| n.reveal().as_str()),
            ),
            opt("relation", to.relation.as_ref().map(|r| r.word())),
            opt("note", to.note.as_ref().map(|n| n.reveal().as_str())),
        ];
        self.edit(&id, &changes)?;
        let new: Vec<_> = to
            .plates
            .iter()
            .filter(|p| !from.plates.contains(p))
            .collect();
        let gone: Vec<&str> = from
            .plates
            .iter()
            .filter(|p| !to.plates.contains(p))
            .map(|p| p.text().reveal().as_str())
            .collect();
        if !gone.is_empty() {
            for (vehicle, row) in self.replica.rows(RowKind::Vehicle)? {
                if let Row::Vehicle(v) = row
                    && v.owner == Some(id)
                    && !v.removed
                    && gone.contains(&v.plate.reveal().as_str())
                {
                    self.edit(&vehicle, &[FieldChange::set("removed", true)])?;
                }
            }
        }
        for plate in &new {
            self.vehicle(to, plate.text().reveal(), id)?;
        }
        Ok(new.len())
    }

    fn edit(&mut self, id: &RecordId, changes: &[FieldChange]) -> Result<(), Fault> {
        let edited = self.replica.edit(self.now, id, |kind, doc, actor| {
            draft::edit(doc, kind, actor, changes)
        });
        match edited {
            Ok(()) => {}
            // The row says the same already.
            Err(crate::replica::OpFault::Draft(linli_record::DraftError::NothingToSay)) => {}
            Err(fault) => return Err(fault.into()),
        }
        self.step();
        Ok(())
    }
}

fn opt(field: &str, value: Option<&str>) -> FieldChange {
    match value {
        Some(value) => FieldChange::set(field, value),
        None => FieldChange::clear(field),
    }
}

fn phones(p: &Person) -> Vec<Private<String>> {
    p.phones
        .iter()
        .map(|f| Private::new(f.text().reveal().clone()))
        .collect()
}

/// The number as it is kept: a doubtful one with its doubt after a `?`.
fn id_text(p: &Person) -> Option<Private<String>> {
    p.id_number.as_ref().map(|n| {
        let doubt = n
            .doubt()
            .and_then(|d| serde_json::to_value(d).ok())
            .and_then(|v| v.as_str().map(str::to_owned));
        Private::new(match doubt {
            None => n.text().reveal().clone(),
            Some(doubt) => format!("{}?{doubt}", n.text().reveal()),
        })
    })
}

/// Reads [`id_text`].
pub(super) fn split_doubt(kept: &str) -> (&str, Option<IdDoubt>) {
    match kept.rsplit_once('?') {
        None => (kept, None),
        Some((text, doubt)) => (
            text,
            serde_json::from_value(Value::String(doubt.to_owned())).ok(),
        ),
    }
}
