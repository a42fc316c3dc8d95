//! What must hold when everybody has met: invariant I7, counted apart from the product's own counting.

use super::World;
use crate::small::founding::OFFICE;
use crate::small::home::lock;
use linli_node::api::{GateAct, Request};
use linli_record::fact::GateResult;
use linli_record::{Row, RowKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Invariant I7.
    pub(super) fn judge(&mut self) -> Result<(), String> {
        for (n, pass) in self.passes.iter().enumerate() {
            if pass.admitted > 1 {
                return Err(format!("I7: pass {n} was admitted {} times", pass.admitted));
            }
        }
        let mut said: Vec<Value> = Vec::new();
        for home in [OFFICE, 1, 2] {
            let act = GateAct::Incidents;
            said.push(self.ask(home, Request::Gate { act })?["incidents"].clone());
        }
        if said.iter().any(|list| *list != said[0]) {
            return Err(format!("I7: incidents differ: {said:?}"));
        }
        let incidents = said[0].as_array().map_or(0, Vec::len);
        self.tally.incidents += incidents as u64;
        let uses = self.uses()?;
        let counted: usize = uses.values().map(|of| of.all.len()).sum();
        let surplus: usize = uses.values().map(|of| of.all.len().saturating_sub(1)).sum();
        if incidents != surplus {
            return Err(format!("I7: {surplus} surplus uses, {incidents} incidents"));
        }
        if let Some(of) = uses.values().find(|of| of.by_gate > 1) {
            return Err(format!(
                "I7: {} admissions of one pass in the logs",
                of.by_gate
            ));
        }
        self.tally.handed_over = uses.values().map(|of| of.handed).sum();
        let let_in: u64 = self.passes.iter().map(|p| p.admitted + p.overridden).sum();
        if (counted as u64) < let_in {
            return Err(format!("{let_in} were let in, the logs know {counted}"));
        }
        Ok(())
    }

    /// Uses of each pass, from the rows of the office: its own count, apart from the product's.
    fn uses(&self) -> Result<BTreeMap<[u8; 12], Uses>, String> {
        let mut driven = lock(&self.homes[OFFICE].driven);
        let replica = driven.replica().map_err(|f| f.code)?;
        let rows = replica
            .rows(RowKind::GateEvent)
            .map_err(|e| e.to_string())?;
        let mut uses: BTreeMap<[u8; 12], Uses> = BTreeMap::new();
        for (_, row) in rows {
            let Row::GateEvent(event) = row else { continue };
            let Some(cti) = event.cti else { continue };
            let of = uses.entry(cti).or_default();
            // A hand-over is written down by both gates, under one nonce.
            let name = match event.nonce {
                Some(nonce) => nonce.to_vec(),
                None => event.id.0.to_vec(),
            };
            match event.result {
                GateResult::Admit => {
                    of.by_gate += 1;
                    of.all.insert(name);
                }
                GateResult::Transfer => {
                    of.handed += 1;
                    of.all.insert(name);
                }
                GateResult::Override => {
                    of.all.insert(name);
                }
                _ => {}
            }
        }
        Ok(uses)
    }
}

/// Uses of one pass.
#[derive(Default)]
struct Uses {
    all: BTreeSet<Vec<u8>>,
    by_gate: u64,
    handed: u64,
}
