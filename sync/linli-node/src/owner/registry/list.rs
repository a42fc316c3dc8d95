//! The register as lists: its buildings, the units of one of them, the imports so far.

use super::super::grid::Grid;
use super::{Plan, Stage};
use crate::api::{Answer, Fault};
use crate::owner::{Owner, answer};
use linli_exchange::register::{NoticeArea, PersonAsk, PlanCounts};
use linli_record::{Row, RowKind};
use serde::Deserialize;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The newest imports that are listed.
const LISTED: usize = 30;

/// What a list says of an import; the plan with its whole rows is passed over.
#[derive(Deserialize)]
struct Head {
    stage: Stage,
    file: String,
    #[serde(default)]
    at_ms: u64,
    plan: PlanHead,
}

#[derive(Deserialize)]
struct PlanHead {
    counts: PlanCounts,
}

/// Rows that a person has to decide about, by row of the file. Nothing of what stands in them.
pub(super) fn asks(plan: &Plan) -> Result<Vec<Value>, Fault> {
    let one = |ask: &PersonAsk| {
        let mut why = serde_json::to_value(&ask.why).map_err(|_| Fault::ours("batch"))?;
        why["row"] = ask.line.into();
        Ok(why)
    };
    plan.ask.iter().map(one).collect()
}

impl Owner {
    /// Data of [`crate::api::Request::RegistryList`]: the skeleton is everybody's, uses and people are only what the register
    /// of this home knows.
    pub(in crate::owner) fn registry_list(&self, place: Option<&str>) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let grid = Grid::of(replica)?;
        let buildings = grid.list()["buildings"].clone();
        let Some(place) = place else {
            return Ok(answer(json!({ "buildings": buildings, "units": [] })));
        };
        let bad = || Fault::input("bad-area").with("area", place);
        // A building whose name no rule reads is still that building.
        let area = NoticeArea::parse(place);
        let (literal, of) = (place.trim(), format!("{}-", place.trim()));
        if literal.is_empty() {
            return Err(bad());
        }
        let inside = |unit: &str| {
            let by_name = unit == literal || unit.starts_with(&of);
            by_name || area.as_ref().is_some_and(|area| area.covers(unit))
        };
        let mut uses: BTreeMap<String, String> = BTreeMap::new();
        for (_, row) in replica.rows(RowKind::Household)? {
            if let Row::Household(h) = row
                && !h.removed
                && inside(h.unit.reveal())
                && let Some(usage) = h.usage
            {
                uses.insert(h.unit.reveal().clone(), usage);
            }
        }
        let mut people: BTreeMap<String, u64> = BTreeMap::new();
        for (_, row) in replica.rows(RowKind::Person)? {
            if let Row::Person(p) = row
                && !p.removed
                && inside(p.unit.reveal())
            {
                *people.entry(p.unit.reveal().clone()).or_default() += 1;
            }
        }
        let units = grid.units().into_iter().filter(|(unit, _)| inside(unit));
        let units: Vec<Value> = units
            .map(|(unit, cell)| {
                json!({
                    "use": uses.get(&unit), "persons": people.get(&unit).copied().unwrap_or_default(),
                    "cell": cell, "unit": unit,
                })
            })
            .collect();
        if units.is_empty() {
            return Err(Fault::missing("not-found").with("id", place));
        }
        Ok(answer(json!({ "buildings": buildings, "units": units })))
    }

    /// Data of [`crate::api::Request::RegistryBatches`].
    pub(in crate::owner) fn registry_batches(&self) -> Result<Answer, Fault> {
        let replica = self.register_desk()?;
        let number = |name: &String| {
            let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<u64>().unwrap_or_default()
        };
        let mut names = replica.batches()?;
        names.sort_by_key(|name| Reverse(number(name)));
        let mut batches = Vec::new();
        for name in names.into_iter().take(LISTED) {
            let bytes = replica.batch(&name)?.unwrap_or_default();
            // One of another version is no reason to show none.
            let Ok(head) = serde_json::from_slice::<Head>(&bytes) else {
                continue;
            };
            batches.push(json!({
                "batch": name, "file": head.file, "stage": head.stage, "at_ms": head.at_ms,
                "rows": head.plan.counts.rows,
            }));
        }
        Ok(answer(json!({ "batches": batches })))
    }
}
