//! Homes of which two offices say different cells: whoever publishes to a cell should know that another office counts others.
//!
//! Whose word counts is settled without asking anybody ([`super::Word`]). What is told here is only that there is another one.

use super::{Grid, Spot, buildings, of_room, read, rooms};
use crate::api::Fault;
use crate::replica::Replica;
use linli_base::PrincipalId;
use linli_exchange::register::GridCell;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What each office says of a home that says anything: of its own room, else of its own building. None: in no cell.
type Says = BTreeMap<PrincipalId, Option<GridCell>>;

/// What every office says of every room.
fn said(replica: &Replica) -> Result<BTreeMap<Spot, Says>, Fault> {
    let mut of: BTreeMap<String, Vec<(PrincipalId, GridCell)>> = BTreeMap::new();
    for building in buildings(replica)? {
        if let Some(cell) = read(building.cell.as_ref()) {
            let word = (building.author.principal, cell);
            of.entry(building.name).or_default().push(word);
        }
    }
    let rooms = rooms(replica)?;
    let mut said: BTreeMap<Spot, Says> = BTreeMap::new();
    // Rooms first: an office's word on a room goes before the one on its building.
    for room in &rooms {
        if let Some(cell) = of_room(room) {
            let says = said.entry(Spot::of(room)).or_default();
            says.entry(room.author.principal).or_insert(cell);
        }
    }
    for room in &rooms {
        for (office, cell) in of.get(&room.building).into_iter().flatten() {
            let says = said.entry(Spot::of(room)).or_default();
            says.entry(*office).or_insert_with(|| Some(cell.clone()));
        }
    }
    Ok(said)
}

/// `[{places, units, says:[{office, cell, own}], counts}]`: what is said alike of many homes is one line, and `counts` is what
/// this home goes by. Of `cells` only where they are given.
pub(super) fn shown(
    replica: &Replica,
    grid: &Grid,
    cells: Option<&[&String]>,
) -> Result<Value, Fault> {
    let mut lines: BTreeMap<(Says, Option<GridCell>), BTreeSet<Spot>> = BTreeMap::new();
    for (spot, says) in said(replica)? {
        let mut words = says.values();
        let first = words.next();
        if words.all(|word| Some(word) == first) {
            continue;
        }
        let counts = grid.rooms.get(&spot).cloned().flatten();
        lines.entry((says, counts)).or_default().insert(spot);
    }
    let me = replica.me().principal;
    let asked = |cell: &Option<GridCell>| match (cells, cell) {
        (None, _) => true,
        (Some(cells), Some(cell)) => cells.iter().any(|one| **one == cell.to_string()),
        (Some(_), None) => false,
    };
    let name = |cell: &Option<GridCell>| cell.as_ref().map(|cell| cell.name().to_owned());
    let mut shown = Vec::new();
    for ((says, counts), spots) in &lines {
        if !says.values().any(asked) && !asked(counts) {
            continue;
        }
        let mut said: Vec<(bool, String, Option<String>)> = says
            .iter()
            .map(|(office, cell)| {
                let word = replica.authority().office_name(office);
                let word = word.map_or_else(|| office.to_text(), str::to_owned);
                (*office != me, word, name(cell))
            })
            .collect();
        // This home's own office is heard first.
        said.sort();
        let said: Vec<Value> = said
            .into_iter()
            .map(|(other, office, cell)| json!({ "office": office, "cell": cell, "own": !other }))
            .collect();
        shown.push(json!({
            "places": grid.fewest(|spot, _| spots.contains(spot)),
            "units": spots.len(), "says": said, "counts": name(counts),
        }));
    }
    Ok(Value::Array(shown))
}
