//! Who plays: two households of the register, and what no other replica may ever hold of the rest.

use crate::clock;
use crate::commands::registry;
use crate::ctx::Ctx;
use linli_exchange::register::{Cleaned, UnitKey};
use linli_node::api::Fault;
use linli_view::dates::Now;
use std::collections::BTreeSet;
use std::path::Path;

/// Two households and the secrets of all others, as the register has them.
pub struct Cast {
    /// Unit of the first household, who issues the pass.
    pub first: String,
    /// Unit of the second.
    pub second: String,
    /// How many rows, units, people the demonstration itself read.
    pub rows: u32,
    /// Units.
    pub units: u32,
    /// People, each once.
    pub persons: u32,
    /// Names, phones, plates, ID numbers of everybody who lives in neither unit.
    pub others: BTreeSet<String>,
    /// Some full names among them, to ask for.
    pub asked_for: Vec<String>,
}

/// An ID number with fewer digits is a slip, and may stand anywhere.
const SHORTEST_ID: usize = 15;
/// How many names every replica is asked for.
const ASKED: usize = 6;

impl Cast {
    /// Reads the register and picks the first two units where people live.
    pub fn of(ctx: &Ctx, file: &Path) -> Result<Self, Fault> {
        let cleaned = registry::read(ctx, file, Now::beijing(clock::now_ms()))?;
        let mut units: Vec<&UnitKey> = Vec::new();
        for row in &cleaned.persons {
            if !units.contains(&&row.person.unit) {
                units.push(&row.person.unit);
            }
            if units.len() == 2 {
                break;
            }
        }
        let [first, second] = units[..] else {
            return Err(Fault::input("demo-register-too-small"));
        };
        let others = others(&cleaned, [first, second]);
        if others.is_empty() {
            return Err(Fault::input("demo-register-too-small"));
        }
        let home = |unit: &UnitKey| unit == first || unit == second;
        let asked_for = cleaned
            .persons
            .iter()
            .filter(|row| !home(&row.person.unit))
            .map(|row| row.person.name.reveal().clone())
            .filter(|name| others.contains(name))
            .take(ASKED)
            .collect();
        Ok(Self {
            first: first.to_string(),
            second: second.to_string(),
            rows: cleaned.counts.rows,
            units: cleaned.counts.units,
            persons: cleaned.counts.persons,
            others,
            asked_for,
        })
    }
}

/// What belongs to people of other units and to nobody of these two.
fn others(cleaned: &Cleaned, ours: [&UnitKey; 2]) -> BTreeSet<String> {
    let mut theirs = BTreeSet::new();
    let mut own = BTreeSet::new();
    for row in &cleaned.persons {
        let person = &row.person;
        let set = if ours.contains(&&person.unit) {
            &mut own
        } else {
            &mut theirs
        };
        set.insert(person.name.reveal().clone());
        // What has no known form (无, 待补) says nothing about anybody and stands in other texts too.
        let phones = person.phones.iter().filter(|phone| phone.fits());
        set.extend(phones.map(|phone| phone.text().reveal().clone()));
        let plates = person.plates.iter().filter(|plate| plate.fits());
        set.extend(plates.map(|plate| plate.text().reveal().clone()));
        let id = person.id_number.iter().map(|id| id.text().reveal().clone());
        set.extend(id.filter(|id| id.len() >= SHORTEST_ID));
    }
    theirs.difference(&own).cloned().collect()
}
