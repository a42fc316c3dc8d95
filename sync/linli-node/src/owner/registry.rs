//! The residents' register: preview, apply, undo, find. Names and numbers stay in the office's own lane; the
//! skeleton of buildings and rooms goes to everyone.

mod apply;
mod existing;
mod list;

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_charter::PrincipalKind;
use linli_charter::epoch::ROLE_REGISTER;
use linli_exchange::register::{
    AreaWord, CleanCounts, Cleaned, Duplicates, Lang, Plan, Severity, plan,
};
use linli_record::{Row, RowKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How far a batch is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Preview,
    Applied,
    Undone,
}

/// A batch as it is kept: sealed at rest like everything else, never sent.
#[derive(Serialize, Deserialize)]
struct Batch {
    stage: Stage,
    file: String,
    plan: Plan,
    /// Records made by applying it.
    created: Vec<String>,
    /// How many records were here when the preview was made: a preview is of one state of the register.
    basis: u64,
    /// What the file held; nothing in batches of older versions.
    #[serde(default)]
    read: CleanCounts,
    /// When it was looked at, Unix milliseconds; 0 in batches of older versions.
    #[serde(default)]
    at_ms: u64,
}

impl Batch {
    fn counts(&self) -> Result<Value, Fault> {
        let mut counts =
            serde_json::to_value(self.plan.counts).map_err(|_| Fault::ours("batch"))?;
        counts["units"] = self.read.units.into();
        counts["persons"] = self.read.persons.into();
        counts["vehicles"] = self.read.vehicles.into();
        counts["issues"] = issue_counts(&self.plan);
        Ok(counts)
    }
}

/// The units and people that are found or shown are at most this many.
const FOUND_MAX: usize = 200;

impl Owner {
    pub(crate) fn register_desk(&self) -> Result<&Replica, Fault> {
        let replica = self.replica_ref()?;
        let roles = replica
            .authority()
            .charter()
            .newest()
            .epoch
            .roles_of(&replica.me().device());
        if replica.me().kind != PrincipalKind::Office || roles & ROLE_REGISTER == 0 {
            return Err(Fault::forbidden("no-register-role"));
        }
        Ok(replica)
    }

    pub(super) fn registry_import(
        &mut self,
        file: &str,
        cleaned: Cleaned,
        mode: Duplicates,
    ) -> Result<Answer, Fault> {
        let replica = self.register_desk()?;
        let existing = existing::read(replica)?;
        let basis = existing::basis(replica)?;
        let plan = plan(&existing, &cleaned, mode);
        let number = replica.batches()?.len() + 1;
        let name = format!("b{number}");
        let batch = Batch {
            stage: Stage::Preview,
            file: file.to_owned(),
            plan,
            created: Vec::new(),
            basis,
            read: cleaned.counts,
            at_ms: self.now().wall.0,
        };
        let counts = batch.counts()?;
        self.keep_batch(&name, &batch)?;
        Ok(answer(
            json!({ "batch": name, "file": file, "counts": counts }),
        ))
    }

    fn keep_batch(&mut self, name: &str, batch: &Batch) -> Result<(), Fault> {
        let bytes = serde_json::to_vec(batch).map_err(|_| Fault::ours("batch"))?;
        self.replica()?.set_batch(name, &bytes);
        Ok(())
    }

    fn load_batch(&self, name: &str) -> Result<Batch, Fault> {
        let bytes = self
            .register_desk()?
            .batch(name)?
            .ok_or_else(|| Fault::missing("no-batch").with("batch", name))?;
        serde_json::from_slice(&bytes)
            .map_err(|_| Fault::version("batch-other-version").with("batch", name))
    }

    pub(super) fn registry_apply(
        &mut self,
        name: &str,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Answer, Fault> {
        let mut batch = self.load_batch(name)?;
        match batch.stage {
            Stage::Preview => {}
            Stage::Applied => return Err(Fault::input("batch-applied").with("batch", name)),
            Stage::Undone => return Err(Fault::input("batch-undone").with("batch", name)),
        }
        if existing::basis(self.register_desk()?)? != batch.basis {
            return Err(Fault::input("register-changed").with("batch", name));
        }
        if batch.plan.mode == Duplicates::Ask
            && batch.plan.counts.ask + batch.plan.counts.units_ask > 0
        {
            return Err(Fault::choose("registry-choose").with("count", batch.plan.counts.ask));
        }
        let now = self.now();
        // One transaction: an import that fails at row 900 has written nothing.
        let written = self.undo_on_fault(|o| {
            let (created, written) = apply::apply(o.replica()?, now, name, &batch.plan, progress)?;
            batch.created = created;
            batch.stage = Stage::Applied;
            o.keep_batch(name, &batch)?;
            Ok(written)
        })?;
        let mut answer = answer(json!({ "batch": name, "written": written }));
        let elsewhere = answer.data["written"]["cells_elsewhere"].as_u64();
        if let Some(count) = elsewhere.filter(|count| *count > 0) {
            let warning = Fault::warning("grid-elsewhere").with("count", count);
            answer.warnings.push(warning);
        }
        let left = batch.plan.counts.ask + batch.plan.counts.units_ask;
        if left > 0 {
            answer
                .warnings
                .push(Fault::warning("registry-ask-left").with("count", left));
        }
        Ok(answer)
    }

    pub(super) fn registry_undo(
        &mut self,
        name: &str,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Answer, Fault> {
        let mut batch = self.load_batch(name)?;
        if batch.stage != Stage::Applied {
            return Err(Fault::input("batch-not-applied").with("batch", name));
        }
        let now = self.now();
        let undone = self.undo_on_fault(|o| {
            let undone = apply::undo(o.replica()?, now, &batch.created, &batch.plan, progress)?;
            batch.stage = Stage::Undone;
            o.keep_batch(name, &batch)?;
            Ok(undone)
        })?;
        Ok(answer(json!({ "batch": name, "undone": undone })))
    }

    pub(super) fn registry_issues(&self, name: &str) -> Result<Answer, Fault> {
        let batch = self.load_batch(name)?;
        let issues: Vec<Value> = batch
            .plan
            .issues
            .iter()
            .map(|i| {
                json!({
                    "row": i.line,
                    "column_zh": i.column.map(|c| c.heading(Lang::ZhCn)),
                    "column_en": i.column.map(|c| c.heading(Lang::En)),
                    "severity": severity(i.severity()),
                    "zh": i.sentence(Lang::ZhCn), "en": i.sentence(Lang::En),
                })
            })
            .collect();
        let asks = list::asks(&batch.plan)?;
        let units_ask = batch.plan.units_ask.iter().map(|unit| unit.key.to_string());
        let units_ask: Vec<String> = units_ask.collect();
        Ok(answer(json!({
            "batch": name, "file": batch.file, "stage": batch.stage, "at_ms": batch.at_ms, "mode": batch.plan.mode,
            "counts": batch.counts()?, "issues": issues, "asks": asks, "units_ask": units_ask,
        })))
    }

    pub(super) fn registry_find(&self, query: &str) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let wanted = query.trim().to_lowercase();
        if wanted.is_empty() {
            return Err(Fault::input("empty-query"));
        }
        // 3号楼2单元501, ３－２－５０１ and 3-2-501 are one unit.
        let spelt = linli_exchange::register::UnitKey::from_line(query);
        let wanted = spelt.map_or(wanted, |unit| unit.to_string());
        let cell = match AreaWord::parse(query) {
            Some(AreaWord::Cell(cell)) => Some(cell),
            _ => None,
        };
        let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
        let mut units: Vec<String> = Vec::new();
        if let Some(cell) = cell {
            let lies = super::grid::Grid::of(replica)?.by_unit();
            units.extend(
                lies.into_iter()
                    .filter(|(_, of)| *of == cell)
                    .map(|(unit, _)| unit),
            );
        }
        for (_, row) in replica.rows(RowKind::Room)? {
            if let Row::Room(r) = row
                && !r.removed
            {
                let unit = r.unit();
                let run: String = unit.chars().filter(char::is_ascii_digit).collect();
                if unit == wanted || (!digits.is_empty() && digits == wanted && run == digits) {
                    units.push(unit);
                }
            }
        }
        let mut persons: Vec<Value> = Vec::new();
        for (id, row) in replica.rows(RowKind::Person)? {
            if let Row::Person(p) = row
                && !p.removed
                && (p.name.reveal().to_lowercase().contains(&wanted) || p.unit.reveal() == &wanted)
            {
                persons.push(person_json(&id.to_text(), &p));
            }
        }
        for (_, row) in replica.rows(RowKind::Vehicle)? {
            if let Row::Vehicle(v) = row
                && !v.removed
                && v.plate.reveal().to_lowercase().contains(&wanted)
            {
                units.push(v.unit.reveal().clone());
            }
        }
        units.sort();
        units.dedup();
        units.truncate(FOUND_MAX);
        persons.sort_by_key(|p| p["unit"].as_str().map(str::to_owned));
        persons.truncate(FOUND_MAX);
        Ok(answer(json!({ "units": units, "persons": persons })))
    }

    pub(super) fn registry_show(&self, what: &str) -> Result<Answer, Fault> {
        let found = self.registry_find(what)?.data;
        let unit = found["units"]
            .as_array()
            .and_then(|u| u.first())
            .and_then(Value::as_str)
            .map(str::to_owned);
        let unit = unit.ok_or_else(|| Fault::missing("not-found").with("id", what))?;
        let replica = self.replica_ref()?;
        let cell = super::grid::Grid::of(replica)?.by_unit().remove(&unit);
        let mut out = json!({ "unit": unit, "use": null, "area_dm2": null, "cell": cell });
        for (_, row) in replica.rows(RowKind::Household)? {
            if let Row::Household(h) = row
                && !h.removed
                && h.unit.reveal() == &unit
            {
                out["use"] = json!(h.usage);
                out["area_dm2"] = json!(h.area_dm2);
            }
        }
        let mut persons = Vec::new();
        for (id, row) in replica.rows(RowKind::Person)? {
            if let Row::Person(p) = row
                && !p.removed
                && p.unit.reveal() == &unit
            {
                persons.push(person_json(&id.to_text(), &p));
            }
        }
        let mut vehicles = Vec::new();
        for (_, row) in replica.rows(RowKind::Vehicle)? {
            if let Row::Vehicle(v) = row
                && !v.removed
                && v.unit.reveal() == &unit
            {
                vehicles.push(v.plate.reveal().clone());
            }
        }
        out["persons"] = persons.into();
        out["vehicles"] = vehicles.into();
        Ok(answer(json!({ "unit": out })))
    }
}

fn person_json(id: &str, p: &linli_record::row::PersonRow) -> Value {
    json!({
        "id": id, "unit": p.unit.reveal(), "name": p.name.reveal(),
        "relation": p.relation.as_ref().map(|r| r.reveal().clone()),
        "phones": p.phones.iter().map(|f| f.reveal().clone()).collect::<Vec<_>>(),
    })
}

fn issue_counts(plan: &Plan) -> Value {
    let count = |s: Severity| plan.issues.iter().filter(|i| i.severity() == s).count();
    json!({ "note": count(Severity::Note), "warning": count(Severity::Warning), "refused": count(Severity::Refused) })
}

const fn severity(s: Severity) -> &'static str {
    match s {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Refused => "refused",
    }
}
