//! How the model takes what the node says about the register.

use super::{Folded, Model, Told};
use crate::api::{Fault, RegisterAsk, RegisterSaid, Request};

/// Something about the register that the person should be told, or that the window follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RegisterTold {
    /// A table was compared: this import is to be looked at.
    Compared {
        /// Its name.
        batch: String,
    },
    /// An import was written.
    Written,
    /// One was taken back.
    TakenBack,
    /// Places lie in a cell now, or in none.
    Cell {
        /// The cell.
        cell: Option<String>,
        /// The places.
        places: Vec<String>,
        /// Did that change anything?
        changed: bool,
    },
}

impl Model {
    /// Takes such an answer.
    pub(super) fn take_register(&mut self, request: Option<Request>, said: RegisterSaid) -> Folded {
        let facts = &mut self.register;
        let ask = match request {
            Some(Request::Register(ask)) => Some(ask),
            _ => None,
        };
        match said {
            RegisterSaid::Places(places) => facts.places = Some(places),
            RegisterSaid::Units { building, units } => {
                facts.units.insert(building, units);
            }
            RegisterSaid::Unit(unit) => facts.unit = Some(unit),
            RegisterSaid::Found(found) => facts.found = Some(found),
            RegisterSaid::Batches(batches) => facts.batches = batches,
            RegisterSaid::Batch(mut report) => {
                let batch = report.batch.clone();
                if let Some(before) = facts.batch.take()
                    && before.batch == batch
                    && before.stage == report.stage
                    && report.written.is_none()
                {
                    // What was written is said once, and holds while it stands.
                    report.written = before.written;
                }
                facts.batch = Some(report);
                let told = match ask {
                    Some(RegisterAsk::Read { .. }) => RegisterTold::Compared { batch },
                    Some(RegisterAsk::Apply { .. }) => RegisterTold::Written,
                    Some(RegisterAsk::Undo { .. }) => RegisterTold::TakenBack,
                    _ => return Folded::default(),
                };
                return Folded {
                    asks: vec![Request::Register(RegisterAsk::Batches)],
                    told: Some(Told::Register(told)),
                };
            }
            RegisterSaid::Cell {
                cell,
                places,
                changed,
            } => {
                let changed = changed > 0;
                return Folded {
                    asks: self.register_again(),
                    told: Some(Told::Register(RegisterTold::Cell {
                        cell,
                        places,
                        changed,
                    })),
                };
            }
        }
        Folded::default()
    }

    /// What of the register is asked again after it changed: what was asked before.
    pub(super) fn register_again(&self) -> Vec<Request> {
        let facts = &self.register;
        if facts.places.is_none() {
            return Vec::new();
        }
        let units = facts.units.keys().cloned();
        let units = units.map(|building| RegisterAsk::Units { building });
        let unit = facts.unit.iter().map(|unit| RegisterAsk::Unit {
            unit: unit.unit.clone(),
        });
        let found = facts.found.iter().map(|found| RegisterAsk::Find {
            query: found.query.clone(),
        });
        let all = [RegisterAsk::Places].into_iter().chain(units).chain(unit);
        all.chain(found).map(Request::Register).collect()
    }

    /// What is only looked at and cannot be now is looked at again; an import that could not be written or taken back is shown
    /// as it stands.
    pub(super) fn register_fault(&mut self, ask: RegisterAsk, fault: Fault) -> Folded {
        match ask {
            RegisterAsk::Places | RegisterAsk::Batches => return Folded::default(),
            RegisterAsk::Units { building } => {
                // It is gone.
                self.register.units.remove(&building);
                return Folded::default();
            }
            RegisterAsk::Unit { unit } => {
                let open = self.register.unit.take();
                if open.is_some_and(|open| open.unit == unit) {
                    // An open one that was taken out of the register.
                    return Folded::default();
                }
            }
            RegisterAsk::Apply { batch } | RegisterAsk::Undo { batch } => {
                return Folded {
                    asks: vec![Request::Register(RegisterAsk::Batch { batch })],
                    told: Some(Told::Failed(fault)),
                };
            }
            _ => {}
        }
        Folded {
            asks: Vec::new(),
            told: Some(Told::Failed(fault)),
        }
    }
}
