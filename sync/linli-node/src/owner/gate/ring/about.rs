//! A guard who is asked about a pass or a plate calls its household about that very line.

use super::{book, steps};
use crate::api::Fault;
use crate::owner::Owner;
use linli_base::EntryId;
use linli_record::fact::{GateEvent, GateResult};
use serde_json::{Value, json};

impl Owner {
    /// Calls the household of a line of this gate's log that asks. Whoever is let in on that line spends what an
    /// override of it spends: the call writes no line of its own.
    pub(in crate::owner::gate) fn gate_ring(&mut self, typed: &str) -> Result<Value, Fault> {
        let now = self.now();
        let asked = self.own_event(typed)?;
        if asked.result != GateResult::Ask {
            return Err(Fault::input("nothing-to-ring").with("id", typed));
        }
        let Some(unit) = asked.unit.as_ref().map(|unit| unit.reveal().clone()) else {
            return Err(Fault::input("ring-nobody").with("id", typed));
        };
        let replica = self.replica_ref()?;
        let about = |id: &EntryId| *id == asked.id;
        let decided = book::events(replica)?
            .iter()
            .any(|e| e.result == GateResult::Override && e.about.as_ref().is_some_and(about));
        if decided {
            return Err(Fault::input("already-overridden").with("id", typed));
        }
        // What the household was asked once it is not asked again; its answer still comes.
        if steps(replica)?.iter().any(|ring| about(&ring.about)) {
            return Err(Fault::input("already-rung").with("id", typed));
        }
        let line = GateEvent {
            unit: asked.unit.clone(),
            label: asked.label.clone(),
            plate: asked.plate.clone(),
            code: asked.code.clone(),
            cti: asked.cti,
            companions: asked.companions,
            ..GateEvent::new(asked.at_s, asked.gate, asked.result)
        };
        let begun = self.ring_begin(now, asked.id, &line, false)?;
        Ok(json!({
            "event": asked.id.to_text(), "ring": begun, "code": asked.code, "unit": unit,
            "label": asked.label.as_ref().map(|l| l.reveal().clone()),
            "plate": asked.plate.as_ref().map(|p| p.reveal().clone()),
            "hosts": self.hosts_of(&unit)?,
        }))
    }
}
