//! A guard who is asked about a pass or a plate calls its household about that very line.

use super::{book, steps};
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::Now;
use linli_base::EntryId;
use linli_pass::Cti;
use linli_record::fact::{GateEvent, GateResult};
use linli_record::row::{CancelTarget, GateEventRow};
use linli_record::{Row, RowKind};
use serde_json::{Value, json};

impl Owner {
    /// Between a question and its answer minutes may pass. A pass that was cancelled, spent or ran out meanwhile is shown
    /// again, and decided again, before anybody is let in or called about it.
    pub(in crate::owner::gate) fn as_it_was_asked(
        &mut self,
        now: Now,
        asked: &GateEventRow,
        typed: &str,
    ) -> Result<(), Fault> {
        let Some(cti) = asked.cti.filter(|_| asked.result == GateResult::Ask) else {
            return Ok(());
        };
        let code = asked.code.as_deref();
        let cancelled = |(_, row): &(_, Row)| matches!(row, Row::Cancel(c) if c.target == CancelTarget::Pass(cti));
        let rows = self.replica_ref()?.rows(RowKind::Cancel)?;
        let cancelled = code != Some("E_CANCELLED") && rows.iter().any(cancelled);
        let runs_out = |until: u64| asked.at_s < until && until <= now.wall.seconds().0;
        let ran_out = asked.until_s.is_some_and(runs_out);
        // A use that this gate knew when it asked is part of the question.
        let used_since = |e: &GateEventRow| {
            let here = e.author.device == asked.author.device;
            let later = here && (e.month, e.seq) > (asked.month, asked.seq);
            e.cti == Some(cti)
                && matches!(e.result, GateResult::Admit | GateResult::Override)
                && (later || e.at_s > asked.at_s)
        };
        let used = book::events(self.replica_ref()?)?.iter().any(used_since);
        let ledger = &self.gate_state(now)?.ledger;
        let entries = asked.entries.map(u32::from).filter(|n| *n > 0);
        let spent = used && entries.is_some_and(|n| ledger.spent(&Cti(cti)) >= n);
        if cancelled || ran_out || spent {
            return Err(Fault::input("changed-since").with("id", typed));
        }
        Ok(())
    }

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
        self.as_it_was_asked(now, &asked, typed)?;
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
