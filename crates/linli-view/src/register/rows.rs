//! The lines of the list: buildings with their stairs and units, and what was found.

use super::{
    Desk, RegisterDo, RegisterFacts, RegisterRow, RegisterState, building_word, cell_word,
};
use crate::api::{RegisterFound, RegisterPlaces, RegisterUnit};
use crate::clean;
use crate::intent::Intent;
use crate::words::Catalogue;

/// Buildings; below the open one its stairs as headings, and their units.
pub(super) fn tree(
    words: &Catalogue,
    places: &RegisterPlaces,
    facts: &RegisterFacts,
    state: &RegisterState,
) -> Vec<RegisterRow> {
    let mut rows = Vec::new();
    for building in &places.buildings {
        let open = state.building.as_ref() == Some(&building.building);
        let word = building_word(words, &building.building);
        let beside = words.text("register-units", &[("n", building.units.into())]);
        rows.push(RegisterRow {
            id: format!("b {}", building.building),
            depth: 0,
            name: format!("{word} · {beside}"),
            word,
            beside,
            go: Some(Intent::Register(RegisterDo::OpenBuilding(
                building.building.clone(),
            ))),
            chosen: open,
        });
        if !open {
            continue;
        }
        let mut stair = None;
        for one in facts.units.get(&building.building).into_iter().flatten() {
            let of = one.unit.rsplit_once('-').map_or("", |(stair, _)| stair);
            if stair != Some(of) {
                stair = Some(of);
                rows.push(stair_row(words, of));
            }
            rows.push(unit_row(words, one, state));
        }
    }
    rows
}

fn stair_row(words: &Catalogue, stair: &str) -> RegisterRow {
    let no = stair.rsplit_once('-').map_or(stair, |(_, no)| no);
    let word = words.text(
        "register-stair",
        &[("no", clean::line(no, clean::NAME_MAX).into())],
    );
    RegisterRow {
        id: format!("s {stair}"),
        depth: 1,
        name: word.clone(),
        word,
        beside: String::new(),
        go: None,
        chosen: false,
    }
}

fn unit_row(words: &Catalogue, one: &RegisterUnit, state: &RegisterState) -> RegisterRow {
    let word = clean::line(&one.unit, clean::NAME_MAX);
    let usage = one.usage.as_deref().map(|usage| clean::line(usage, 20));
    let persons =
        (one.persons > 0).then(|| words.text("register-persons", &[("n", one.persons.into())]));
    let cell = one.cell.as_deref().map(|cell| cell_word(words, cell));
    let beside: Vec<String> = [usage, persons, cell].into_iter().flatten().collect();
    let beside = beside.join(" · ");
    let name: Vec<&str> = [word.as_str(), &beside]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    RegisterRow {
        id: format!("u {}", one.unit),
        depth: 2,
        name: name.join(" · "),
        word,
        beside,
        go: Some(Intent::Register(RegisterDo::OpenUnit(one.unit.clone()))),
        chosen: state.desk == Desk::Unit && state.unit.as_ref() == Some(&one.unit),
    }
}

/// Units first, then people with where they live.
pub(super) fn found(
    words: &Catalogue,
    found: &RegisterFound,
    state: &RegisterState,
) -> Vec<RegisterRow> {
    let open = |unit: &String| Some(Intent::Register(RegisterDo::OpenUnit(unit.clone())));
    let chosen = |unit: &String| state.desk == Desk::Unit && state.unit.as_ref() == Some(unit);
    let units = found.units.iter().map(|unit| {
        let word = clean::line(unit, clean::NAME_MAX);
        let kind = words.say("register-kind-unit");
        RegisterRow {
            id: format!("u {unit}"),
            depth: 0,
            name: format!("{kind} · {word}"),
            word,
            beside: kind,
            go: open(unit),
            chosen: chosen(unit),
        }
    });
    let persons = found.persons.iter().enumerate().map(|(at, person)| {
        let word = clean::line(&person.name, clean::NAME_MAX);
        let beside = clean::line(&person.unit, clean::NAME_MAX);
        RegisterRow {
            id: format!("p {at} {}", person.unit),
            depth: 0,
            name: format!("{word} · {beside}"),
            word,
            beside,
            go: open(&person.unit),
            chosen: chosen(&person.unit),
        }
    });
    units.chain(persons).collect()
}
