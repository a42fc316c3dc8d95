//! One unit beside the list, and the grid cells.

use super::{RegisterState, building_word, cell_word};
use crate::api::PersonItem;
use crate::clean;
use crate::model::Model;
use crate::pass_form::Field;
use crate::words::Catalogue;

/// A unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitPage {
    /// Its address.
    pub title: String,
    /// Use, floor area, grid cell: what the register says.
    pub facts: Vec<String>,
    /// Heading of who lives there.
    pub persons_title: String,
    /// Who lives there: name and relation, and their phones.
    pub persons: Vec<(String, String)>,
    /// Why nobody is listed.
    pub nobody: Option<String>,
    /// Plates.
    pub vehicles: Option<String>,
    /// To the grid cells, with this unit put in.
    pub grid: Option<(String, String)>,
}

/// Makes it.
#[must_use]
pub fn unit(words: &Catalogue, model: &Model, of: &str, keeps: bool) -> UnitPage {
    let title = clean::line(of, clean::NAME_MAX);
    let Some(record) = model.register.unit.as_ref().filter(|one| one.unit == of) else {
        return UnitPage {
            title,
            facts: vec![words.say("register-fetches")],
            persons_title: words.say("register-people"),
            persons: Vec::new(),
            nobody: None,
            vehicles: None,
            grid: None,
        };
    };
    let line = |key: &str, what: String| words.text(key, &[("what", what.into())]);
    let usage = record.usage.as_deref().map(|usage| clean::line(usage, 40));
    let area = record
        .area_dm2
        .map(|dm2| format!("{}.{:02} m²", dm2 / 100, dm2 % 100));
    let cell = record.cell.as_deref().map(|cell| cell_word(words, cell));
    let facts = [
        usage.map(|what| line("register-use", what)),
        area.map(|what| line("register-area", what)),
        cell.map(|what| line("register-cell-of", what)),
    ];
    let mut facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() {
        facts.push(words.say("register-unit-bare"));
    }
    let comma = words.say("notice-list-comma");
    let short = |text: &String| clean::line(text, clean::NAME_MAX);
    let person = |person: &PersonItem| {
        let name = [
            Some(short(&person.name)),
            person.relation.as_ref().map(short),
        ];
        let name: Vec<String> = name.into_iter().flatten().collect();
        let phones: Vec<String> = person.phones.iter().map(short).collect();
        (name.join(" · "), phones.join(&comma))
    };
    let plates: Vec<String> = record.vehicles.iter().map(short).collect();
    let other = if keeps {
        "register-nobody"
    } else {
        "register-nobody-other"
    };
    UnitPage {
        title,
        facts,
        persons_title: words.say("register-people"),
        persons: record.persons.iter().map(person).collect(),
        nobody: record.persons.is_empty().then(|| words.say(other)),
        vehicles: (!plates.is_empty()).then(|| line("register-plates", plates.join(&comma))),
        grid: keeps.then(|| (words.say("register-to-grid"), record.unit.clone())),
    }
}

/// Grid cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridPage {
    /// Heading.
    pub title: String,
    /// What they are for.
    pub advice: String,
    /// A line a cell.
    pub cells: Vec<String>,
    /// Units in none, or that there are no cells yet.
    pub notes: Vec<String>,
    /// The cell.
    pub cell: Field,
    /// Buildings, stairs, units.
    pub places: Field,
    /// Puts them there.
    pub set: String,
    /// Takes them out of any.
    pub clear: String,
}

/// Makes it.
#[must_use]
pub fn grid(words: &Catalogue, model: &Model, state: &RegisterState) -> GridPage {
    let places = model.register.places.as_ref();
    let comma = words.say("notice-list-comma");
    let cells = places.map_or_else(Vec::new, |places| {
        let one = |cell: &crate::api::RegisterCell| {
            let names = cell.buildings.iter().map(|name| building_word(words, name));
            let names: Vec<String> = names.collect();
            let said = [
                ("cell", cell_word(words, &cell.cell).into()),
                ("n", cell.units.into()),
                ("buildings", names.join(&comma).into()),
            ];
            words.text("register-cell-line", &said)
        };
        places.cells.iter().map(one).collect()
    });
    let without = places.map_or(0, |places| places.without);
    let mut notes = Vec::new();
    if places.is_some() && cells.is_empty() {
        notes.push(words.say("register-cells-none"));
    } else if without > 0 {
        notes.push(words.text("register-cells-without", &[("n", without.into())]));
    }
    let field = |name: &str, hint: &str, empty: bool| Field {
        name: words.say(name),
        hint: words.say(hint),
        problem: (state.tried && empty).then(|| words.say("register-field-empty")),
    };
    GridPage {
        title: words.say("register-grid-title"),
        advice: words.say("register-grid-advice"),
        cells,
        notes,
        cell: field(
            "register-cell",
            "register-cell-hint",
            state.cell.trim().is_empty(),
        ),
        places: field(
            "register-places",
            "register-places-hint",
            state.places.trim().is_empty(),
        ),
        set: words.say("register-cell-set"),
        clear: words.say("register-cell-clear"),
    }
}

impl RegisterState {
    /// The places that are typed, however they are set apart.
    #[must_use]
    pub fn place_words(&self) -> Vec<String> {
        crate::compose::area_words(&self.places)
    }
}
