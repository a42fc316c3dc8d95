//! Finds people who stand in a file twice.
//!
//! The same accepted ID number is the same person anywhere in the estate; without one on both sides, the same
//! name in the same unit is. Two accepted numbers that differ are two people, whatever their names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cleaned, PersonRow};
use crate::register::{Column, Issue, IssueKind, Person, UnitKey};

/// A row about somebody who stands in an earlier row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The row, from 1.
    pub line: u32,
    /// The earlier row, which is among [`Cleaned::persons`].
    pub first: u32,
    /// What this row says.
    pub person: Person,
    /// How it relates to the earlier one.
    pub kind: RepeatKind,
}

/// How a repeating row relates to the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepeatKind {
    /// It says nothing else.
    Same,
    /// It says more in these columns: that was added to the earlier row.
    Adds(Vec<Column>),
    /// It says otherwise in these columns: nothing was added, the clerk decides.
    Differs(Vec<Column>),
    /// It has the same accepted ID number in another unit: nothing was added, the clerk decides.
    OtherUnit,
}

/// Parts the people of a file into those who stand there for the first time and repeats.
pub(super) fn fold(out: &mut Cleaned) {
    let mut seen = Seen::default();
    for row in std::mem::take(&mut out.persons) {
        let Some(index) = seen.find(&row.person) else {
            if let Some(first) = seen.namesake(&row.person) {
                out.issues.push(issue(
                    row.line,
                    Some(Column::IdNumber),
                    IssueKind::NameTwice { first },
                ));
            }
            seen.add(row);
            continue;
        };
        let Some(first) = seen.rows.get_mut(index) else {
            continue;
        };
        let kind = relate(&mut first.person, &row.person);
        let first = first.line;
        let (column, what) = match &kind {
            RepeatKind::Same => (None, IssueKind::Repeats { first }),
            RepeatKind::Adds(_) => (None, IssueKind::Adds { first }),
            RepeatKind::Differs(columns) => (
                None,
                IssueKind::RepeatDiffers {
                    first,
                    columns: columns.clone(),
                },
            ),
            RepeatKind::OtherUnit => (Some(Column::IdNumber), IssueKind::IdInOtherUnit { first }),
        };
        out.issues.push(issue(row.line, column, what));
        if matches!(kind, RepeatKind::Adds(_)) {
            seen.index(index);
        }
        out.repeats.push(Repeat {
            line: row.line,
            first,
            person: row.person,
            kind,
        });
    }
    out.persons = seen.rows;
}

fn issue(line: u32, column: Option<Column>, kind: IssueKind) -> Issue {
    Issue {
        line: Some(line),
        column,
        kind,
        cell: None,
    }
}

/// Compares a repeating row with the first and, where it only says more, adds that to the first.
fn relate(first: &mut Person, again: &Person) -> RepeatKind {
    if first.unit != again.unit {
        return RepeatKind::OtherUnit;
    }
    let (mut adds, mut differs) = (Vec::new(), Vec::new());
    for column in Person::COLUMNS {
        let (had, has) = (first.compared(column), again.compared(column));
        let list = matches!(column, Column::Phone | Column::Plate);
        if has.iter().all(|value| had.contains(value)) {
            continue;
        }
        if had.is_empty() || list {
            adds.push(column);
        } else {
            differs.push(column);
        }
    }
    if !differs.is_empty() {
        return RepeatKind::Differs(differs);
    }
    if adds.is_empty() {
        return RepeatKind::Same;
    }
    for column in &adds {
        match column {
            Column::Phone => extend(&mut first.phones, &again.phones),
            Column::Plate => extend(&mut first.plates, &again.plates),
            column => first.take(again, *column),
        }
    }
    RepeatKind::Adds(adds)
}

fn extend<T: PartialEq + Clone>(list: &mut Vec<T>, more: &[T]) {
    for item in more {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

/// The people so far, to be found by what identifies them.
#[derive(Default)]
struct Seen {
    rows: Vec<PersonRow>,
    by_id: BTreeMap<String, usize>,
    by_place: BTreeMap<(UnitKey, String), Vec<usize>>,
}

impl Seen {
    fn add(&mut self, row: PersonRow) {
        let key = row.person.place_key();
        self.rows.push(row);
        let index = self.rows.len() - 1;
        self.by_place.entry(key).or_default().push(index);
        self.index(index);
    }

    fn index(&mut self, index: usize) {
        if let Some(id) = self
            .rows
            .get(index)
            .and_then(|row| row.person.accepted_id())
        {
            self.by_id.entry(id.to_owned()).or_insert(index);
        }
    }

    fn find(&self, person: &Person) -> Option<usize> {
        let by_id = person.accepted_id().and_then(|id| self.by_id.get(id));
        by_id.copied().or_else(|| {
            let mut same_place = self.by_place.get(&person.place_key())?.iter().copied();
            // Somebody with an accepted number of their own is somebody else.
            same_place.find(|index| {
                let other = self
                    .rows
                    .get(*index)
                    .and_then(|row| row.person.accepted_id());
                other.is_none() || person.accepted_id().is_none()
            })
        })
    }

    /// The row of another person with the same name in the same unit.
    fn namesake(&self, person: &Person) -> Option<u32> {
        let first = *self.by_place.get(&person.place_key())?.first()?;
        self.rows.get(first).map(|row| row.line)
    }
}
