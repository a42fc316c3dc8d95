//! The part of a plan that is about units.

use std::collections::BTreeMap;

use super::{Duplicates, Existing, ExistingUnit, Plan, UnitAdd, UnitUpdate};
use crate::Private;
use crate::register::clean::{Cleaned, Unit};
use crate::register::{Column, FieldChange, UnitKey};

pub(super) fn compare(existing: &Existing, cleaned: &Cleaned, plan: &mut Plan) {
    let records: BTreeMap<&UnitKey, &ExistingUnit> = existing
        .units
        .iter()
        .map(|unit| (&unit.key, unit))
        .collect();
    for (key, unit) in &cleaned.units {
        let Some(record) = records.get(key) else {
            plan.units_add.push(UnitAdd {
                key: key.clone(),
                unit: unit.clone(),
            });
            continue;
        };
        let changes = differences(&record.unit, unit, cleaned);
        if changes.is_empty() {
            plan.counts.units_same = plan.counts.units_same.saturating_add(1);
            continue;
        }
        let to = match plan.mode {
            Duplicates::Skip => &mut plan.units_skipped,
            Duplicates::Update => &mut plan.units_update,
            Duplicates::Add | Duplicates::Ask => &mut plan.units_ask,
        };
        to.push(UnitUpdate {
            record: record.record.clone(),
            key: key.clone(),
            changes,
            before: record.unit.clone(),
            in_file: unit.clone(),
        });
    }
}

fn differences(old: &Unit, new: &Unit, cleaned: &Cleaned) -> Vec<FieldChange> {
    let area = |unit: &Unit| unit.area.map(|area| Private::new(area.to_string()));
    let grid = |unit: &Unit| unit.cell.as_ref().map(|cell| Private::from(cell.name()));
    let usage = |unit: &Unit| unit.usage.as_ref().map(|usage| Private::from(usage.word()));
    let fields = [
        (Column::Area, area(old), area(new)),
        (Column::Grid, grid(old), grid(new)),
        (Column::Use, usage(old), usage(new)),
    ];
    let changed = fields
        .into_iter()
        .filter(|(column, old, new)| cleaned.columns.contains(column) && old != new);
    changed
        .map(|(column, old, new)| FieldChange { column, old, new })
        .collect()
}
