//! What importing a cleaned register would do to the records that are there. Nothing is done here.
//!
//! The caller hands over its records as plain lists, shows the plan to a clerk, and applies what is approved.
//! Nobody is ever removed: people who are in the records and no longer in the file are listed as missing.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::{Cleaned, Repeat, RepeatKind};
use super::{Column, Person};

mod matching;
mod types;
mod units;

use matching::Found;
pub use types::{
    AskWhy, Duplicates, Existing, ExistingPerson, ExistingUnit, Match, Missing, Move, PersonAdd,
    PersonAsk, PersonMatch, PersonUpdate, Plan, PlanCounts, UnitAdd, UnitUpdate, UnknownMode,
};

/// Compares a cleaned register with the records that are there.
pub fn plan(existing: &Existing, cleaned: &Cleaned, mode: Duplicates) -> Plan {
    let mut planner = Planner {
        existing,
        cleaned,
        plan: empty(mode, cleaned),
        by_line: BTreeMap::new(),
    };
    units::compare(existing, cleaned, &mut planner.plan);
    let found = matching::match_all(existing, cleaned);
    for (row, found) in cleaned.persons.iter().zip(&found.rows) {
        planner.person(row.line, &row.person, found);
    }
    for repeat in &cleaned.repeats {
        planner.repeat(repeat);
    }
    planner.missing(&found.spoken_for);
    let mut plan = planner.plan;
    plan.ask.sort_by_key(|ask| ask.line);
    plan.add.sort_by_key(|add| add.line);
    count(&mut plan, cleaned);
    plan
}

struct Planner<'p> {
    existing: &'p Existing,
    cleaned: &'p Cleaned,
    plan: Plan,
    /// Which record a row of the file was found to be about.
    by_line: BTreeMap<u32, (usize, Match)>,
}

impl Planner<'_> {
    fn person(&mut self, line: u32, person: &Person, found: &Found) {
        let (index, matched) = match found {
            Found::Nobody => return self.add(line, person, None),
            Found::Several(records) => return self.several(line, person, records),
            Found::One(index, matched) => (*index, *matched),
        };
        self.by_line.insert(line, (index, matched));
        let Some(update) = self.difference(line, person, index, matched) else {
            return;
        };
        let differs = !update.changes.is_empty() || update.moved.is_some();
        match self.plan.mode {
            Duplicates::Add => self.add(line, person, Some(update.record)),
            _ if !differs => self.plan.same.push(PersonMatch {
                line,
                record: update.record,
                matched,
            }),
            Duplicates::Skip => self.plan.skipped.push(update),
            Duplicates::Ask => self.ask(line, person, AskWhy::Differs, vec![update]),
            Duplicates::Update => match reason_to_ask(&update) {
                Some(why) => self.ask(line, person, why, vec![update]),
                None => self.plan.update.push(update),
            },
        }
    }

    /// More than one record fits: nobody is chosen for the clerk.
    fn several(&mut self, line: u32, person: &Person, records: &[usize]) {
        let candidates = records
            .iter()
            .filter_map(|i| self.difference(line, person, *i, Match::SameUnitAndName));
        let candidates: Vec<PersonUpdate> = candidates.collect();
        match self.plan.mode {
            Duplicates::Add => self.add(line, person, candidates.first().map(|c| c.record.clone())),
            Duplicates::Skip => self.plan.skipped.extend(candidates.into_iter().take(1)),
            Duplicates::Update | Duplicates::Ask => {
                self.ask(line, person, AskWhy::SeveralRecords, candidates)
            }
        }
    }

    /// A row about somebody of an earlier row.
    fn repeat(&mut self, repeat: &Repeat) {
        let (line, first) = (repeat.line, repeat.first);
        let open = matches!(repeat.kind, RepeatKind::Differs(_) | RepeatKind::OtherUnit);
        let record = self.by_line.get(&first).copied();
        match self.plan.mode {
            Duplicates::Update | Duplicates::Ask if open => {
                let candidate =
                    record.and_then(|(index, by)| self.difference(line, &repeat.person, index, by));
                self.ask(
                    line,
                    &repeat.person,
                    AskWhy::RepeatsRow { first },
                    candidate.into_iter().collect(),
                );
            }
            Duplicates::Add if open => {
                let record = record.and_then(|(index, _)| self.existing.persons.get(index));
                self.add(
                    line,
                    &repeat.person,
                    record.map(|person| person.record.clone()),
                );
            }
            _ => self.plan.repeated.push(repeat.clone()),
        }
    }

    fn difference(
        &self,
        line: u32,
        person: &Person,
        index: usize,
        matched: Match,
    ) -> Option<PersonUpdate> {
        let record = self.existing.persons.get(index)?;
        let before = &record.person;
        let moved = (before.unit != person.unit).then(|| Move {
            from: before.unit.clone(),
            to: person.unit.clone(),
        });
        Some(PersonUpdate {
            line,
            record: record.record.clone(),
            matched,
            changes: before.differences(person, &self.cleaned.columns),
            moved,
            before: before.clone(),
            in_file: person.clone(),
        })
    }

    fn add(&mut self, line: u32, person: &Person, resembles: Option<String>) {
        self.plan.add.push(PersonAdd {
            line,
            person: person.clone(),
            resembles,
        });
    }

    fn ask(&mut self, line: u32, person: &Person, why: AskWhy, candidates: Vec<PersonUpdate>) {
        self.plan.ask.push(PersonAsk {
            line,
            person: person.clone(),
            why,
            candidates,
        });
    }

    fn missing(&mut self, spoken_for: &BTreeSet<usize>) {
        let left = self
            .existing
            .persons
            .iter()
            .enumerate()
            .filter(|(index, _)| !spoken_for.contains(index));
        let left = left.filter(|(_, record)| self.cleaned.units.contains_key(&record.person.unit));
        self.plan.missing = left
            .map(|(_, record)| Missing {
                record: record.record.clone(),
                unit: record.person.unit.clone(),
                name: record.person.name.clone(),
            })
            .collect();
    }
}

/// What even an update leaves to the clerk.
fn reason_to_ask(update: &PersonUpdate) -> Option<AskWhy> {
    let changes = |column: Column| update.changes.iter().any(|change| change.column == column);
    if update.moved.is_some() && changes(Column::Name) {
        return Some(AskWhy::OtherNameAndUnit);
    }
    let id = update.in_file.id_number.as_ref();
    let doubtful =
        id.is_some_and(|id| id.doubt().is_some()) && update.before.accepted_id().is_some();
    (doubtful && changes(Column::IdNumber)).then_some(AskWhy::DoubtfulId)
}

fn empty(mode: Duplicates, cleaned: &Cleaned) -> Plan {
    Plan {
        mode,
        units_add: Vec::new(),
        units_update: Vec::new(),
        units_skipped: Vec::new(),
        units_ask: Vec::new(),
        add: Vec::new(),
        update: Vec::new(),
        same: Vec::new(),
        skipped: Vec::new(),
        ask: Vec::new(),
        repeated: Vec::new(),
        missing: Vec::new(),
        issues: cleaned.issues.clone(),
        counts: PlanCounts::default(),
    }
}

fn count(plan: &mut Plan, cleaned: &Cleaned) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let people = plan.update.iter().flat_map(|update| &update.changes);
    let units = plan.units_update.iter().flat_map(|update| &update.changes);
    plan.counts = PlanCounts {
        rows: cleaned.counts.rows,
        refused: cleaned.counts.refused,
        without_person: cleaned.counts.without_person,
        repeated: number(plan.repeated.len()),
        add: number(plan.add.len()),
        update: number(plan.update.len()),
        moved: number(
            plan.update
                .iter()
                .filter(|update| update.moved.is_some())
                .count(),
        ),
        same: number(plan.same.len()),
        skipped: number(plan.skipped.len()),
        ask: number(plan.ask.len()),
        missing: number(plan.missing.len()),
        cleared: number(
            people
                .chain(units)
                .filter(|change| change.is_cleared())
                .count(),
        ),
        units_add: number(plan.units_add.len()),
        units_update: number(plan.units_update.len()),
        units_skipped: number(plan.units_skipped.len()),
        units_ask: number(plan.units_ask.len()),
        ..plan.counts
    };
}

#[cfg(test)]
mod tests;
