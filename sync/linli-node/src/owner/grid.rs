//! Grid cells: which units lie in one, and what a notice to one addresses.
//!
//! A cell is said of a building, or of a room, which then goes before its building. Both are part of the skeleton that every
//! replica holds. A notice does not rest on that: who publishes resolves its cells here, once, and signs the places
//! ([decision 32](../../../../docs/decisions/0032-grid-cells.md)).

mod disputed;

use super::{Owner, answer, reach};
use crate::api::{Answer, Fault, GridAct};
use crate::replica::{Now, OpFault, Replica};
use linli_base::RecordId;
use linli_exchange::register::{AreaWord, GridCell, NoticeArea, UnitKey};
use linli_record::draft::{self, FieldChange};
use linli_record::row::{BuildingRow, RoomRow};
use linli_record::schema::AREA_ITEMS;
use linli_record::{DraftError, Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a room says that lies in no cell though its building does. No office's word for a cell reads so.
const NO_CELL: &str = "-";

/// By stair of a building, its rooms and whether each lies in a cell.
type Stairs<'a> = BTreeMap<String, Vec<(&'a Spot, bool)>>;

/// The rooms of the register, each once, with the cell that each lies in.
#[derive(Default)]
pub(super) struct Grid {
    rooms: BTreeMap<Spot, Option<GridCell>>,
}

/// Building, stair, room.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    key: Result<UnitKey, (String, String, String)>,
}

impl Spot {
    fn of(room: &RoomRow) -> Self {
        let parts = (room.building.clone(), room.stair.clone(), room.room.clone());
        Self {
            key: room.unit().parse().map_err(|_| parts),
        }
    }

    fn building(&self) -> &str {
        match &self.key {
            Ok(key) => key.building(),
            Err((building, ..)) => building,
        }
    }

    fn stair(&self) -> String {
        match &self.key {
            Ok(key) => format!("{}-{}", key.building(), key.stair()),
            Err((building, stair, _)) => format!("{building}-{stair}"),
        }
    }

    fn unit(&self) -> String {
        match &self.key {
            Ok(key) => key.to_string(),
            Err((building, stair, room)) => format!("{building}-{stair}-{room}"),
        }
    }
}

fn buildings(replica: &Replica) -> Result<Vec<BuildingRow>, Fault> {
    let rows = replica.rows(RowKind::Building)?.into_iter();
    let rows = rows.filter_map(|(_, row)| match row {
        Row::Building(building) if !building.removed => Some(building),
        _ => None,
    });
    Ok(rows.collect())
}

fn rooms(replica: &Replica) -> Result<Vec<RoomRow>, Fault> {
    let rows = replica.rows(RowKind::Room)?.into_iter();
    let rows = rows.filter_map(|(_, row)| match row {
        Row::Room(room) if !room.removed => Some(room),
        _ => None,
    });
    Ok(rows.collect())
}

fn read(cell: Option<&String>) -> Option<GridCell> {
    cell.and_then(|cell| GridCell::read(cell))
}

/// What a room says of itself: nothing, that it lies in no cell whatever its building says, or in which.
fn of_room(room: &RoomRow) -> Option<Option<GridCell>> {
    let none = room.cell.as_deref() == Some(NO_CELL);
    none.then_some(None)
        .or_else(|| read(room.cell.as_ref()).map(Some))
}

/// What is written for a room so that it lies in `cell` where `building` is said of its building.
fn to_say<'a>(cell: Option<&'a GridCell>, building: Option<&GridCell>) -> Option<&'a str> {
    match cell {
        Some(cell) => (Some(cell) != building).then(|| cell.name()),
        // Without this word the room would lie in the cell of its building again.
        None => building.map(|_| NO_CELL),
    }
}

/// What is said of a building: by the office that keeps the room, else by any.
fn of_building(buildings: &[BuildingRow], room: &RoomRow) -> Option<GridCell> {
    let named = || buildings.iter().filter(|b| b.name == room.building);
    let own = named().filter(|b| b.author.principal == room.author.principal);
    let said = |b: &BuildingRow| read(b.cell.as_ref());
    own.filter_map(said)
        .next()
        .or_else(|| named().find_map(said))
}

/// Whose word on a room counts, the first that says anything: this home's own office, of the room and then of its building,
/// so that no other office moves homes out of a cell that this one signs notices to; then rooms; then buildings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Own,
    Room,
    Building,
    Silent,
}

impl Grid {
    pub(super) fn of(replica: &Replica) -> Result<Self, Fault> {
        let me = replica.me().principal;
        let buildings = buildings(replica)?;
        let mut said: BTreeMap<Spot, (Word, Option<GridCell>)> = BTreeMap::new();
        for room in rooms(replica)? {
            let own = room.author.principal == me;
            let word = match (of_room(&room), of_building(&buildings, &room)) {
                (Some(cell), _) if own => (Word::Own, cell),
                (Some(cell), _) => (Word::Room, cell),
                (None, Some(cell)) if own => (Word::Own, Some(cell)),
                (None, Some(cell)) => (Word::Building, Some(cell)),
                (None, None) => (Word::Silent, None),
            };
            // Two offices may both keep a room: of equal words the first record's counts, on every computer the same.
            let held = said.entry(Spot::of(&room)).or_insert((Word::Silent, None));
            if word.0 < held.0 {
                *held = word;
            }
        }
        let rooms = said.into_iter().map(|(spot, (_, cell))| (spot, cell));
        Ok(Self {
            rooms: rooms.collect(),
        })
    }

    /// The cell of each unit that lies in one.
    pub(super) fn by_unit(self) -> BTreeMap<String, GridCell> {
        let rooms = self.rooms.into_iter();
        rooms
            .filter_map(|(spot, cell)| Some((spot.unit(), cell?)))
            .collect()
    }

    /// The places of a cell in the fewest words: whole buildings, else whole stairs, else units. None: the register has no
    /// unit there.
    fn places(&self, cell: &GridCell) -> Vec<String> {
        self.fewest(|_, of| of.as_ref() == Some(cell))
    }

    /// The places in which all rooms of some are, in the fewest words.
    fn fewest(&self, inside: impl Fn(&Spot, &Option<GridCell>) -> bool) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut split: BTreeMap<&str, Stairs<'_>> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for (spot, of) in &self.rooms {
            if !split.contains_key(spot.building()) {
                order.push(spot.building());
            }
            let stairs = split.entry(spot.building()).or_default();
            stairs
                .entry(spot.stair())
                .or_default()
                .push((spot, inside(spot, of)));
        }
        for building in order {
            let Some(stairs) = split.get(building) else {
                continue;
            };
            let all = |rooms: &Vec<(&Spot, bool)>| rooms.iter().all(|(_, inside)| *inside);
            if stairs.values().all(all) {
                out.push(building.to_owned());
                continue;
            }
            for (stair, rooms) in stairs {
                if all(rooms) {
                    out.push(stair.clone());
                } else {
                    let rooms = rooms.iter().filter(|(_, inside)| *inside);
                    out.extend(rooms.map(|(spot, _)| spot.unit()));
                }
            }
        }
        out
    }

    /// Every unit in the order in which people count, with the cell that it lies in.
    pub(super) fn units(self) -> Vec<(String, Option<GridCell>)> {
        let rooms = self.rooms.into_iter();
        rooms.map(|(spot, cell)| (spot.unit(), cell)).collect()
    }

    pub(super) fn list(&self) -> Value {
        let mut cells: BTreeMap<&GridCell, (Vec<String>, u64)> = BTreeMap::new();
        let mut without = 0_u64;
        let mut buildings: Vec<(String, u64, BTreeSet<Option<&GridCell>>)> = Vec::new();
        for (spot, cell) in &self.rooms {
            match cell {
                None => without += 1,
                Some(cell) => {
                    let (names, units) = cells.entry(cell).or_default();
                    *units += 1;
                    if names.last().is_none_or(|name| name != spot.building()) {
                        names.push(spot.building().to_owned());
                    }
                }
            }
            match buildings.last_mut().filter(|b| b.0 == spot.building()) {
                Some(building) => {
                    building.1 += 1;
                    building.2.insert(cell.as_ref());
                }
                None => {
                    let cells = BTreeSet::from([cell.as_ref()]);
                    buildings.push((spot.building().to_owned(), 1, cells));
                }
            }
        }
        let cells: Vec<Value> = cells
            .into_iter()
            .map(|(cell, (buildings, units))| {
                json!({ "cell": cell.name(), "buildings": buildings, "units": units })
            })
            .collect();
        let buildings: Vec<Value> = buildings
            .into_iter()
            .map(|(building, units, cells)| {
                let one = (cells.len() == 1)
                    .then(|| cells.into_iter().flatten().next())
                    .flatten();
                json!({ "building": building, "units": units, "cell": one.map(GridCell::name) })
            })
            .collect();
        json!({ "cells": cells, "without": without, "buildings": buildings })
    }
}

/// Whom a notice is for, as it is signed: the places, and the cells by which they were chosen.
#[derive(Debug, Default)]
pub(super) struct Addressed {
    pub(super) area: Vec<String>,
    pub(super) cells: Vec<String>,
    /// Cells in which the register knows no unit.
    pub(super) unknown: Vec<String>,
}

/// Reads the words of an area, and says which places its cells are now.
pub(super) fn addressed(replica: &Replica, written: &[String]) -> Result<Addressed, Fault> {
    let mut out = Addressed::default();
    let (mut area, mut cells) = (BTreeSet::new(), BTreeSet::new());
    let mut grid = None;
    for text in written {
        let word =
            AreaWord::parse(text).ok_or_else(|| Fault::input("bad-area").with("area", text))?;
        let places = match word {
            AreaWord::Place(place) => vec![place.to_string()],
            AreaWord::Cell(cell) => {
                if !cells.insert(cell.clone()) {
                    continue;
                }
                if grid.is_none() {
                    grid = Some(Grid::of(replica)?);
                }
                let places = grid
                    .as_ref()
                    .map(|grid| grid.places(&cell))
                    .unwrap_or_default();
                if places.is_empty() {
                    out.unknown.push(cell.to_string());
                    continue;
                }
                out.cells.push(cell.to_string());
                places
            }
        };
        for place in places {
            if area.insert(place.clone()) {
                out.area.push(place);
            }
        }
    }
    Ok(out)
}

/// The same for what is published: a cell that means nobody is refused, for an empty area would mean everybody.
pub(super) fn resolved(replica: &Replica, written: &[String]) -> Result<Addressed, Fault> {
    let out = addressed(replica, written)?;
    if let Some(cell) = out.unknown.first() {
        return Err(Fault::missing("grid-unknown").with("cell", cell));
    }
    if out.area.len() > AREA_ITEMS {
        return Err(Fault::input("area-too-many")
            .with("count", out.area.len())
            .with("most", AREA_ITEMS));
    }
    Ok(out)
}

impl Owner {
    pub(super) fn grid_act(&mut self, act: GridAct) -> Result<Answer, Fault> {
        match act {
            GridAct::List => {
                let replica = self.replica_ref()?;
                let grid = Grid::of(replica)?;
                let mut list = grid.list();
                list["disputed"] = disputed::shown(replica, &grid, None)?;
                Ok(answer(list))
            }
            GridAct::Set { cell, places } => self.grid_set(cell.as_deref(), &places),
            GridAct::Area { area } => {
                let replica = self.replica_ref()?;
                let of = addressed(replica, &area)?;
                let nobody = of.area.is_empty() && !area.is_empty();
                let (units, vacant) = if nobody {
                    (0, 0)
                } else {
                    reach::households(replica, &of.area)?
                };
                let cells = of.unknown.iter().map(|cell| format!("grid:{cell}"));
                let mut unknown: Vec<String> = cells.collect();
                unknown.extend(reach::unknown_areas(replica, &of.area)?);
                let asked: Vec<&String> = of.cells.iter().chain(&of.unknown).collect();
                let disputed = match asked.as_slice() {
                    [] => json!([]),
                    cells => disputed::shown(replica, &Grid::of(replica)?, Some(cells))?,
                };
                Ok(answer(json!({
                    "area": of.area, "cells": of.cells, "units": units, "vacant": vacant, "unknown": unknown,
                    "disputed": disputed,
                })))
            }
        }
    }

    fn grid_set(&mut self, cell: Option<&str>, places: &[String]) -> Result<Answer, Fault> {
        let bad = |text: &str| Fault::input("bad-grid").with("text", text);
        let cell = match cell {
            None => None,
            Some(text) => Some(GridCell::read(text).ok_or_else(|| bad(text))?),
        };
        let area = |text: &String| {
            NoticeArea::parse(text).ok_or_else(|| Fault::input("bad-area").with("area", text))
        };
        let places = places.iter().map(area).collect::<Result<Vec<_>, _>>()?;
        let replica = self.register_desk()?;
        let me = replica.me().principal;
        let (buildings, rooms) = (buildings(replica)?, rooms(replica)?);
        let mut changes: BTreeMap<RecordId, Option<&str>> = BTreeMap::new();
        for place in &places {
            let name = place.to_string();
            let here = rooms.iter().filter(|room| place.covers(&room.unit()));
            let of: Vec<&BuildingRow> = buildings.iter().filter(|b| b.name == name).collect();
            let mine: Vec<&RoomRow> = here.clone().filter(|r| r.author.principal == me).collect();
            let whole: Vec<&&BuildingRow> =
                of.iter().filter(|b| b.author.principal == me).collect();
            if here.count() == 0 && of.is_empty() {
                return Err(Fault::missing("grid-no-place").with("place", name));
            }
            if mine.is_empty() && whole.is_empty() {
                return Err(Fault::forbidden("grid-not-ours").with("place", name));
            }
            for building in &whole {
                changes.insert(building.id, cell.as_ref().map(GridCell::name));
            }
            for room in mine {
                // Of a whole building it is said once, and no room says otherwise.
                let says = whole.is_empty().then(|| {
                    let building = of_building(&buildings, room);
                    to_say(cell.as_ref(), building.as_ref())
                });
                changes.insert(room.id, says.flatten());
            }
        }
        let now = self.now();
        let changed = self.undo_on_fault(|owner| {
            let mut changed = 0_u64;
            for (id, cell) in &changes {
                changed += u64::from(set_cell(owner.replica()?, now, id, *cell)?);
            }
            Ok(changed)
        })?;
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        Ok(answer(json!({
            "cell": cell.as_ref().map(GridCell::name), "places": places, "changed": changed,
        })))
    }
}

/// Whether that changed anything.
pub(super) fn set_cell(
    replica: &mut Replica,
    now: Now,
    id: &RecordId,
    cell: Option<&str>,
) -> Result<bool, Fault> {
    let held = match (
        replica.row(RowKind::Building, id)?,
        replica.row(RowKind::Room, id)?,
    ) {
        (Some(Row::Building(building)), _) => building.cell,
        (_, Some(Row::Room(room))) => room.cell,
        _ => None,
    };
    if held.as_deref() == cell {
        return Ok(false);
    }
    let change = [match cell {
        Some(cell) => FieldChange::set("cell", cell),
        None => FieldChange::clear("cell"),
    }];
    let edited = replica.edit(now, id, |kind, doc, actor| {
        draft::edit(doc, kind, actor, &change)
    });
    match edited {
        Ok(()) => Ok(true),
        Err(OpFault::Draft(DraftError::NothingToSay)) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// The rooms that this home's own office keeps, by unit, with what each says and what its building says.
pub(super) struct OwnRooms {
    rooms: BTreeMap<String, (RecordId, Option<GridCell>)>,
}

impl OwnRooms {
    pub(super) fn of(replica: &Replica) -> Result<Self, Fault> {
        let me = replica.me().principal;
        let buildings = buildings(replica)?;
        let own = rooms(replica)?
            .into_iter()
            .filter(|r| r.author.principal == me);
        let rooms = own.map(|room| (room.unit(), (room.id, of_building(&buildings, &room))));
        Ok(Self {
            rooms: rooms.collect(),
        })
    }

    /// Says in which cell a unit lies; false where another office keeps the room.
    pub(super) fn set(
        &self,
        replica: &mut Replica,
        now: Now,
        unit: &UnitKey,
        cell: Option<&GridCell>,
    ) -> Result<bool, Fault> {
        let Some((id, building)) = self.rooms.get(&unit.to_string()) else {
            return Ok(false);
        };
        set_cell(replica, now, id, to_say(cell, building.as_ref()))?;
        Ok(true)
    }
}
