//! A person as a register states them, and the difference between two statements.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Column, IdNumber, Phone, Plate, Relation, UnitKey, fold};
use crate::Private;

/// What one row says about one person. All values are in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Where they are registered.
    pub unit: UnitKey,
    /// Never empty.
    pub name: Private<String>,
    /// Numbers in the order written, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Accepted or doubtful.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<IdNumber>,
    /// To the head of the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// Plates in the order written, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plates: Vec<Plate>,
    /// As written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Private<String>>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which.
    pub column: Column,
    /// What it was; `None` if it was empty.
    pub old: Option<Private<String>>,
    /// What it is now; `None` if it is empty now, which the clerk confirms.
    pub new: Option<Private<String>>,
}

impl FieldChange {
    /// A value that was there and is blank now.
    pub const fn is_cleared(&self) -> bool {
        self.new.is_none()
    }
}

impl Person {
    /// The columns that state a person; [`Column::Building`] and the rest state their unit.
    pub const COLUMNS: [Column; 6] = [
        Column::Name,
        Column::Phone,
        Column::IdNumber,
        Column::Relation,
        Column::Plate,
        Column::Note,
    ];

    /// A person of whom only place and name are known.
    pub fn new(unit: UnitKey, name: &str) -> Self {
        Self {
            unit,
            name: fold::name_form(name).into(),
            phones: Vec::new(),
            id_number: None,
            relation: None,
            plates: Vec::new(),
            note: None,
        }
    }

    /// The value of a column as text; several numbers are parted by `、`. `None` if empty or no column of a person.
    pub fn text(&self, column: Column) -> Option<Private<String>> {
        let listed = |texts: Vec<&str>| (!texts.is_empty()).then(|| texts.join("、").into());
        match column {
            Column::Name => Some(self.name.clone()),
            Column::Phone => listed(
                self.phones
                    .iter()
                    .map(|p| p.text().reveal().as_str())
                    .collect(),
            ),
            Column::IdNumber => self.id_number.as_ref().map(|id| id.text().clone()),
            Column::Relation => self.relation.as_ref().map(|r| r.word().into()),
            Column::Plate => listed(
                self.plates
                    .iter()
                    .map(|p| p.text().reveal().as_str())
                    .collect(),
            ),
            Column::Note => self.note.clone(),
            Column::Building
            | Column::Stair
            | Column::Room
            | Column::Area
            | Column::Grid
            | Column::Use => None,
        }
    }

    /// The accepted ID number.
    pub fn accepted_id(&self) -> Option<&str> {
        self.id_number.as_ref().and_then(IdNumber::accepted)
    }

    /// What tells people of one unit apart when no accepted ID number does.
    pub(super) fn place_key(&self) -> (UnitKey, String) {
        (self.unit.clone(), fold::name_key(self.name.reveal()))
    }

    /// The fields of the given columns in which `new` says something else. Only written otherwise is no difference.
    pub(super) fn differences(&self, new: &Self, columns: &BTreeSet<Column>) -> Vec<FieldChange> {
        let changed = Self::COLUMNS
            .into_iter()
            .filter(|c| columns.contains(c) && self.compared(*c) != new.compared(*c));
        changed
            .map(|column| FieldChange {
                column,
                old: self.text(column),
                new: new.text(column),
            })
            .collect()
    }

    /// Takes over one field.
    pub(super) fn take(&mut self, from: &Self, column: Column) {
        match column {
            Column::Name => self.name.clone_from(&from.name),
            Column::Phone => self.phones.clone_from(&from.phones),
            Column::IdNumber => self.id_number.clone_from(&from.id_number),
            Column::Relation => self.relation.clone_from(&from.relation),
            Column::Plate => self.plates.clone_from(&from.plates),
            Column::Note => self.note.clone_from(&from.note),
            Column::Building
            | Column::Stair
            | Column::Room
            | Column::Area
            | Column::Grid
            | Column::Use => {}
        }
    }

    /// What a field is compared by: nothing for an empty one, lists without their order.
    pub(super) fn compared(&self, column: Column) -> Vec<String> {
        let mut parts: Vec<String> = match column {
            Column::Name => vec![fold::name_key(self.name.reveal())],
            Column::Phone => self
                .phones
                .iter()
                .map(|p| p.text().reveal().clone())
                .collect(),
            Column::Plate => self
                .plates
                .iter()
                .map(|p| p.text().reveal().clone())
                .collect(),
            column => self
                .text(column)
                .iter()
                .map(|text| fold::fold(text.reveal()))
                .collect(),
        };
        parts.sort();
        parts
    }
}
