//! From cells to people and units in normal form, with every doubt listed.
//!
//! Doubt is a warning: only a row without a readable unit, or with a phone and no name, is refused, and every
//! row is looked at whatever became of the one before. What is left out of a row stands in its [`Issue`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::sheet::{CellKind, RawRow, Sheet};
use super::unit_key::{self, building_form, stair_form};
use super::{
    Area, Column, GridCell, IdNumber, Issue, IssueKind, Person, Phone, Plate, Relation, UnitKey,
    Use, UseKind, fold,
};
use crate::Private;

mod repeats;

pub use repeats::{Repeat, RepeatKind};

/// A register in normal form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// Columns that the file has. A column it lacks says nothing about anybody.
    pub columns: BTreeSet<Column>,
    /// Units named in any row that was not refused.
    pub units: BTreeMap<UnitKey, Unit>,
    /// People, each once, in the order of the file.
    pub persons: Vec<PersonRow>,
    /// Rows about somebody who stands in an earlier row.
    pub repeats: Vec<Repeat>,
    /// All doubts: first those about the sheet, then by row.
    pub issues: Vec<Issue>,
    /// How many of everything.
    pub counts: CleanCounts,
}

/// What a register says of a unit itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// 建筑面积.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// 网格.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<GridCell>,
    /// 居住性质.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Use>,
}

/// A person and the row they stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The row, from 1.
    pub line: u32,
    /// What it says.
    pub person: Person,
}

/// A plate and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// The row, from 1.
    pub line: u32,
    /// The owner's unit.
    pub unit: UnitKey,
    /// The plate.
    pub plate: Plate,
}

/// Totals. `rows` = `persons` + `repeated` + `without_person` + `refused`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CleanCounts {
    /// Rows with content, without totals.
    pub rows: u32,
    /// Units.
    pub units: u32,
    /// People, each once.
    pub persons: u32,
    /// Plates.
    pub vehicles: u32,
    /// Rows about somebody in an earlier row.
    pub repeated: u32,
    /// Rows that name a unit and nobody: vacant ones.
    pub without_person: u32,
    /// Rows not imported.
    pub refused: u32,
    /// ID numbers that are not accepted.
    pub doubtful_ids: u32,
}

impl Cleaned {
    /// The plates of all people, in the order of the file.
    pub fn vehicles(&self) -> impl Iterator<Item = Vehicle> + '_ {
        self.persons.iter().flat_map(|row| {
            let plates = row.person.plates.iter();
            plates.map(|plate| Vehicle {
                line: row.line,
                unit: row.person.unit.clone(),
                plate: plate.clone(),
            })
        })
    }
}

/// Brings a sheet into normal form. `today` is what dates of birth are judged by.
pub fn clean(sheet: &Sheet, today: Date) -> Cleaned {
    let mut cleaner = Cleaner {
        today,
        out: Cleaned::default(),
        stated: BTreeMap::new(),
    };
    cleaner.out.columns = sheet.columns.clone();
    cleaner.about_the_sheet(sheet);
    for row in &sheet.rows {
        cleaner.row(row);
    }
    let mut out = cleaner.out;
    repeats::fold(&mut out);
    plates_twice(&mut out);
    // Stable: doubts about one row stay in the order they were found.
    out.issues.sort_by_key(|issue| issue.line);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    out.counts.units = count(out.units.len());
    out.counts.persons = count(out.persons.len());
    out.counts.repeated = count(out.repeats.len());
    out.counts.vehicles = count(out.vehicles().count());
    out
}

struct Cleaner {
    today: Date,
    out: Cleaned,
    /// Which row stated a unit's area, grid cell or use first.
    stated: BTreeMap<(UnitKey, Column), u32>,
}

impl Cleaner {
    fn about_the_sheet(&mut self, sheet: &Sheet) {
        let others = sheet
            .others
            .iter()
            .filter(|other| other.like_a_register || other.hidden);
        let others = others.map(|o| IssueKind::SheetNotRead {
            sheet: o.name.clone(),
            hidden: o.hidden,
        });
        let columns = sheet
            .unread
            .iter()
            .map(|h| IssueKind::ColumnNotRead { heading: h.clone() });
        for kind in others.chain(columns) {
            self.out.issues.push(Issue {
                line: None,
                column: None,
                kind,
                cell: None,
            });
        }
    }

    fn row(&mut self, row: &RawRow) {
        if row.broken_quotes {
            self.issue(row, None, IssueKind::BrokenQuotes);
        }
        if is_totals(row) {
            self.issue(row, None, IssueKind::Totals);
            return;
        }
        self.out.counts.rows = self.out.counts.rows.saturating_add(1);
        let Some(unit) = self.unit(row) else {
            self.out.counts.refused = self.out.counts.refused.saturating_add(1);
            return;
        };
        self.unit_facts(row, &unit);
        let name = self
            .cell(row, Column::Name)
            .map(|name| fold::name_form(&name));
        // 空置 in the column of names says that there is nobody.
        let name =
            name.filter(|name| Use::read(name).is_none_or(|word| word.kind() != UseKind::Vacant));
        match name {
            Some(name) => {
                let person = self.person(row, unit, &name);
                self.out.persons.push(PersonRow {
                    line: row.line,
                    person,
                });
            }
            None => self.nobody(row),
        }
    }

    /// A row without a name is a unit without people, unless it holds what only people have.
    fn nobody(&mut self, row: &RawRow) {
        let belongs = [Column::Phone, Column::IdNumber, Column::Plate];
        if belongs
            .into_iter()
            .any(|column| self.cell(row, column).is_some())
            || self.too_long(row, Column::Name)
        {
            self.issue(row, Some(Column::Name), IssueKind::NameMissing);
            self.out.counts.refused = self.out.counts.refused.saturating_add(1);
            return;
        }
        if self.cell(row, Column::Note).is_some() {
            self.issue(row, Some(Column::Note), IssueKind::NoteWithoutPerson);
        }
        self.out.counts.without_person = self.out.counts.without_person.saturating_add(1);
    }

    fn unit(&mut self, row: &RawRow) -> Option<UnitKey> {
        let building = self.cell(row, Column::Building);
        let stair = self.cell(row, Column::Stair);
        let Some(room) = self.cell(row, Column::Room) else {
            self.issue(row, Some(Column::Room), IssueKind::UnitMissing);
            return None;
        };
        let read = unit_key::room_cell(&room).unwrap_or_default();
        let Some(building) = building.or_else(|| read.building.clone()) else {
            self.issue(row, Some(Column::Building), IssueKind::UnitMissing);
            return None;
        };
        let stair = stair.or_else(|| read.stair.clone()).unwrap_or_default();
        let disagrees = read
            .building
            .is_some_and(|b| building_form(&building).is_some_and(|own| own != b))
            || read
                .stair
                .is_some_and(|s| stair_form(&stair).is_some_and(|own| own != s));
        match UnitKey::from_cells(&building, &stair, read.room.as_deref().unwrap_or_default()) {
            Ok(unit) => {
                if disagrees {
                    self.issue(row, Some(Column::Room), IssueKind::UnitDisagrees);
                }
                Some(unit)
            }
            Err(unreadable) => {
                self.issue(row, Some(unreadable.part), IssueKind::UnitUnreadable);
                None
            }
        }
    }

    /// Area, grid cell and use belong to the unit, whichever of its rows states them.
    fn unit_facts(&mut self, row: &RawRow, key: &UnitKey) {
        let area_cell = self.cell(row, Column::Area);
        let area = area_cell.as_deref().and_then(Area::read);
        if area_cell.is_some() && area.is_none() {
            self.issue(row, Some(Column::Area), IssueKind::Area);
        }
        let grid_cell = self.cell(row, Column::Grid);
        let grid = grid_cell.as_deref().and_then(GridCell::read);
        if grid_cell.is_some() && grid.is_none() {
            self.issue(row, Some(Column::Grid), IssueKind::Grid);
        }
        let usage = self.cell(row, Column::Use).as_deref().and_then(Use::read);
        let unit = self.out.units.entry(key.clone()).or_default();
        let area_differs = area.is_some_and(|area| *unit.area.get_or_insert(area) != area);
        let grid_differs = grid
            .as_ref()
            .is_some_and(|g| unit.cell.get_or_insert_with(|| g.clone()) != g);
        let usage_differs = usage
            .as_ref()
            .is_some_and(|u| unit.usage.get_or_insert_with(|| u.clone()) != u);
        for (column, states, differs) in [
            (Column::Area, area.is_some(), area_differs),
            (Column::Grid, grid.is_some(), grid_differs),
            (Column::Use, usage.is_some(), usage_differs),
        ] {
            if !states {
                continue;
            }
            let first = *self.stated.entry((key.clone(), column)).or_insert(row.line);
            if differs && column == Column::Area {
                self.issue(row, Some(column), IssueKind::AreaDisagrees { first });
            } else if differs && column == Column::Grid {
                self.issue(row, Some(column), IssueKind::GridDisagrees { first });
            } else if differs {
                self.issue(row, Some(column), IssueKind::UseDisagrees { first });
            } else if first == row.line
                && usage.as_ref().is_some_and(|u| u.kind() == UseKind::Other)
                && column == Column::Use
            {
                self.issue(row, Some(column), IssueKind::UseUnknown);
            }
        }
    }

    fn person(&mut self, row: &RawRow, unit: UnitKey, name: &str) -> Person {
        let mut person = Person::new(unit, name);
        person.phones = self
            .cell(row, Column::Phone)
            .map(|cell| Phone::read(&cell))
            .unwrap_or_default();
        if person.phones.iter().any(|phone| !phone.fits()) {
            self.issue(row, Some(Column::Phone), IssueKind::Phone);
        }
        person.plates = self
            .cell(row, Column::Plate)
            .map(|cell| Plate::read(&cell))
            .unwrap_or_default();
        if person.plates.iter().any(|plate| !plate.fits()) {
            self.issue(row, Some(Column::Plate), IssueKind::Plate);
        }
        let kind = row
            .cells
            .get(&Column::IdNumber)
            .map_or(CellKind::Text, |cell| cell.kind);
        person.id_number = self
            .cell(row, Column::IdNumber)
            .map(|cell| IdNumber::read_cell(&cell, kind, self.today));
        if let Some(doubt) = person.id_number.as_ref().and_then(IdNumber::doubt) {
            self.issue(row, Some(Column::IdNumber), IssueKind::Id { doubt });
            self.out.counts.doubtful_ids = self.out.counts.doubtful_ids.saturating_add(1);
        }
        person.relation = self
            .cell(row, Column::Relation)
            .as_deref()
            .and_then(Relation::read);
        person.note = self.cell(row, Column::Note).map(Private::new);
        person
    }

    /// A cell's text, trimmed; `None` if it says nothing or is too long to be what it should.
    fn cell(&mut self, row: &RawRow, column: Column) -> Option<String> {
        let text = row.cells.get(&column)?.text.reveal();
        if self.too_long(row, column) {
            let limit = longest(column);
            let known = self
                .out
                .issues
                .iter()
                .rev()
                .take_while(|issue| issue.line == Some(row.line));
            if !known.into_iter().any(|issue| issue.column == Some(column)) {
                self.issue(row, Some(column), IssueKind::TooLong { limit });
            }
            return None;
        }
        // Line breaks matter to phones and plates, and a note stays as it was written.
        fold::filled(text).map(|_| text.trim().to_owned())
    }

    fn too_long(&self, row: &RawRow, column: Column) -> bool {
        let cell = row.cells.get(&column);
        cell.is_some_and(|cell| {
            cell.text.reveal().trim().chars().count() > usize::from(longest(column))
        })
    }

    fn issue(&mut self, row: &RawRow, column: Option<Column>, kind: IssueKind) {
        let cell = column
            .and_then(|column| row.cells.get(&column))
            .map(|cell| cell.text.clone());
        self.out.issues.push(Issue {
            line: Some(row.line),
            column,
            kind,
            cell,
        });
    }
}

/// The most characters that a cell of the column is believed to hold.
const fn longest(column: Column) -> u16 {
    match column {
        Column::Building | Column::Stair | Column::Room | Column::Area | Column::Grid => 40,
        Column::Relation | Column::Use => 20,
        Column::Name | Column::IdNumber => 64,
        Column::Phone | Column::Plate => 100,
        Column::Note => 1000,
    }
}

/// A row that adds up others: 合计 where a building should stand, and nobody's name.
fn is_totals(row: &RawRow) -> bool {
    let text = |column: Column| {
        row.cells
            .get(&column)
            .map(|cell| fold::compact(cell.text.reveal()))
    };
    let adds_up = |text: String| {
        ["合计", "小计", "总计", "共计"]
            .iter()
            .any(|word| text.contains(word))
    };
    let placed = [Column::Building, Column::Stair, Column::Room]
        .into_iter()
        .filter_map(text)
        .any(adds_up);
    placed
        && row
            .cells
            .get(&Column::Name)
            .is_none_or(|name| name.text.reveal().trim().is_empty())
}

fn plates_twice(out: &mut Cleaned) {
    let mut first_of: BTreeMap<Private<String>, u32> = BTreeMap::new();
    let mut issues = Vec::new();
    for Vehicle { line, plate, .. } in out.vehicles() {
        let first = *first_of.entry(plate.text().clone()).or_insert(line);
        if first != line {
            let cell = Some(plate.text().clone());
            let kind = IssueKind::PlateTwice { first };
            issues.push(Issue {
                line: Some(line),
                column: Some(Column::Plate),
                kind,
                cell,
            });
        }
    }
    out.issues.append(&mut issues);
}

#[cfg(test)]
mod tests;
