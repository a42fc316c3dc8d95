//! Who in the file is who in the records.
//!
//! First by accepted ID number, anywhere in the estate. Then, among those left on both sides, by unit and name;
//! two accepted numbers that differ are there a corrected one, provided that neither stands elsewhere. Where
//! several records fit and none fits exactly, nobody is chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::{Existing, Match};
use crate::register::clean::Cleaned;
use crate::register::{Person, UnitKey};

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Somebody new.
    Nobody,
    /// The record with this index.
    One(usize, Match),
    /// Any of these.
    Several(Vec<usize>),
}

/// The result for all people of the file.
pub(super) struct AllFound {
    /// In the order of [`Cleaned::persons`].
    pub(super) rows: Vec<Found>,
    /// Records that some row is or may be about.
    pub(super) spoken_for: BTreeSet<usize>,
}

type Place = (UnitKey, String);

pub(super) fn match_all(existing: &Existing, cleaned: &Cleaned) -> AllFound {
    let mut rows = vec![Found::Nobody; cleaned.persons.len()];
    let mut spoken_for = BTreeSet::new();
    by_id(existing, cleaned, &mut rows, &mut spoken_for);
    by_place(existing, cleaned, &mut rows, &mut spoken_for);
    AllFound { rows, spoken_for }
}

fn by_id(
    existing: &Existing,
    cleaned: &Cleaned,
    rows: &mut [Found],
    spoken_for: &mut BTreeSet<usize>,
) {
    let mut records: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, record) in existing.persons.iter().enumerate() {
        if let Some(id) = record.person.accepted_id() {
            records.entry(id).or_default().push(index);
        }
    }
    for (found, row) in rows.iter_mut().zip(&cleaned.persons) {
        let Some(fitting) = row.person.accepted_id().and_then(|id| records.get(id)) else {
            continue;
        };
        // Where the records themselves have somebody twice, the one at the same place is meant.
        let place = row.person.place_key();
        let person = |index: &usize| existing.persons.get(*index).map(|record| &record.person);
        let here: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|i| person(i).is_some_and(|p| p.place_key() == place))
            .collect();
        *found = match (fitting.as_slice(), here.as_slice()) {
            ([one], _) | (_, [one]) => Found::One(*one, Match::SameId),
            _ => Found::Several(fitting.clone()),
        };
        spoken_for.extend(fitting);
    }
}

fn by_place(
    existing: &Existing,
    cleaned: &Cleaned,
    rows: &mut [Found],
    spoken_for: &mut BTreeSet<usize>,
) {
    let mut records: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (index, record) in existing.persons.iter().enumerate() {
        if !spoken_for.contains(&index) {
            records
                .entry(record.person.place_key())
                .or_default()
                .push(index);
        }
    }
    let mut waiting: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (index, row) in cleaned.persons.iter().enumerate() {
        if rows.get(index) == Some(&Found::Nobody) {
            waiting
                .entry(row.person.place_key())
                .or_default()
                .push(index);
        }
    }
    let ids = IdsElsewhere::of(existing, cleaned);
    for (place, mut here) in waiting {
        let Some(mut there) = records.remove(&place) else {
            continue;
        };
        let mut settle = |row: usize, found: Found, spoken: &[usize]| {
            spoken_for.extend(spoken);
            if let Some(slot) = rows.get_mut(row) {
                *slot = found;
            }
        };
        // The same file imported again must find everybody, even where names repeat: equal ones first.
        here.retain(|row| {
            let equal = there
                .iter()
                .position(|record| equal(existing, *record, cleaned, *row));
            let Some(record) = equal.map(|at| there.remove(at)) else {
                return true;
            };
            settle(*row, Found::One(record, Match::SameUnitAndName), &[record]);
            false
        });
        match (here.as_slice(), there.as_slice()) {
            ([row], [record]) => {
                if let Some(matched) =
                    ids.relation(person(existing, *record), row_person(cleaned, *row))
                {
                    settle(*row, Found::One(*record, matched), &[*record]);
                }
            }
            (_, []) => {}
            (rows, records) => {
                for row in rows {
                    settle(*row, Found::Several(records.to_vec()), records);
                }
            }
        }
    }
}

fn person(existing: &Existing, index: usize) -> Option<&Person> {
    existing.persons.get(index).map(|record| &record.person)
}

fn row_person(cleaned: &Cleaned, index: usize) -> Option<&Person> {
    cleaned.persons.get(index).map(|row| &row.person)
}

/// Whether record and row say the same in every column that the file has.
fn equal(existing: &Existing, record: usize, cleaned: &Cleaned, row: usize) -> bool {
    let both = person(existing, record).zip(row_person(cleaned, row));
    both.is_some_and(|(old, new)| old.differences(new, &cleaned.columns).is_empty())
}

/// Accepted ID numbers of the file and of the records, with how often each stands there.
struct IdsElsewhere<'p> {
    file: BTreeMap<&'p str, usize>,
    records: BTreeMap<&'p str, usize>,
}

impl<'p> IdsElsewhere<'p> {
    fn of(existing: &'p Existing, cleaned: &'p Cleaned) -> Self {
        fn count<'i>(people: impl Iterator<Item = &'i Person>) -> BTreeMap<&'i str, usize> {
            let mut counts = BTreeMap::new();
            for id in people.filter_map(Person::accepted_id) {
                *counts.entry(id).or_default() += 1;
            }
            counts
        }
        // A row that repeats another under a number of its own counts too.
        let repeats = cleaned.repeats.iter().map(|repeat| &repeat.person);
        Self {
            file: count(cleaned.persons.iter().map(|row| &row.person).chain(repeats)),
            records: count(existing.persons.iter().map(|record| &record.person)),
        }
    }

    /// How a record and a row of one unit and name are one person, if they are.
    fn relation(&self, record: Option<&Person>, row: Option<&Person>) -> Option<Match> {
        let (old, new) = (record?.accepted_id(), row?.accepted_id());
        let (Some(old), Some(new)) = (old, new) else {
            return Some(Match::SameUnitAndName);
        };
        let elsewhere = self.file.contains_key(old)
            || self.records.contains_key(new)
            || self.records.get(old) != Some(&1);
        (!elsewhere).then_some(Match::CorrectedId)
    }
}
