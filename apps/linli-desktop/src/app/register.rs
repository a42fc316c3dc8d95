//! The register in this window: what is open, what is looked for, the table that is read in.

use super::App;
use crate::tables;
use linli_view::api::{ReadTable, RegisterAsk, Request};
use linli_view::intent::{Intent, Screen};
use linli_view::model::RegisterTold;
use linli_view::register::{Chosen, Desk, RegisterDo, Unread};
use std::path::{Path, PathBuf};

impl App {
    /// Carries out what belongs to the register; `true` if there is nothing more to do.
    pub(super) fn perform_on_register(&mut self, intent: &Intent) -> bool {
        let what = match intent {
            Intent::Register(what) => what,
            Intent::Go(to) => {
                let register = &mut self.state.register;
                register.ask_back = false;
                if *to != Screen::Register && matches!(register.chosen, Chosen::Table(..)) {
                    // People stand in it: it is not kept behind another page.
                    register.chosen = Chosen::Nothing;
                }
                return false;
            }
            _ => return false,
        };
        let register = &mut self.state.register;
        match what {
            RegisterDo::Find => {
                let query = register.typed.trim().to_owned();
                register.looked = (!query.is_empty()).then(|| query.clone());
                if !query.is_empty() {
                    self.ask_register(RegisterAsk::Find { query });
                }
            }
            RegisterDo::All => {
                register.looked = None;
                register.typed.clear();
            }
            RegisterDo::OpenBuilding(building) => {
                let open = register.building.as_ref() == Some(building);
                register.building = (!open).then(|| building.clone());
                if !open {
                    let building = building.clone();
                    self.ask_register(RegisterAsk::Units { building });
                }
            }
            RegisterDo::OpenUnit(unit) => {
                self.state.screen = Screen::Register;
                let register = &mut self.state.register;
                (register.unit, register.desk) = (Some(unit.clone()), Desk::Unit);
                return false;
            }
            RegisterDo::Desk(desk) => {
                register.ask_back = false;
                register.tried = false;
                register.desk = if register.desk == *desk {
                    Desk::Unit
                } else {
                    *desk
                };
                if register.desk == Desk::Import {
                    return false;
                }
                if let (Desk::Grid, Some(unit)) = (register.desk, register.unit.as_ref()) {
                    register.places.clone_from(unit);
                }
            }
            RegisterDo::Duplicates(mode) => {
                register.duplicates = *mode;
                // The same table is compared anew: nobody chooses the file again.
                self.compare();
            }
            RegisterDo::OpenBatch(batch) => {
                register.batch = Some(batch.clone());
                register.chosen = Chosen::Nothing;
                (register.doubt, register.more, register.ask_back) = (None, 0, false);
                return false;
            }
            RegisterDo::Doubts(doubt) => (register.doubt, register.more) = (Some(*doubt), 0),
            RegisterDo::MoreDoubts => register.more += 1,
            RegisterDo::Write(_) => return false,
            RegisterDo::AskTakeBack => register.ask_back = true,
            RegisterDo::KeepWritten => register.ask_back = false,
            RegisterDo::TakeBack(_) => {
                register.ask_back = false;
                return false;
            }
            RegisterDo::SetCell { clear } => {
                let places = register.place_words();
                let cell = register.cell.trim().to_owned();
                register.tried = places.is_empty() || (cell.is_empty() && !clear);
                if !register.tried {
                    let cell = (!clear).then_some(cell);
                    self.ask_register(RegisterAsk::Cell { cell, places });
                }
            }
        }
        true
    }

    /// Once a frame: what the page needs and a new connection has not said yet.
    pub(super) fn follow_register(&mut self) {
        let shown = self.state.screen == Screen::Register && self.model.status.is_some();
        if !shown || self.asked_register || self.model.is_house() || self.model.is_gate() {
            return;
        }
        self.asked_register = true;
        let register = &self.state.register;
        let mut asks = vec![RegisterAsk::Places];
        let building = register.building.clone();
        asks.extend(building.map(|building| RegisterAsk::Units { building }));
        let unit = register.unit.clone();
        asks.extend(unit.map(|unit| RegisterAsk::Unit { unit }));
        let query = register.looked.clone();
        asks.extend(query.map(|query| RegisterAsk::Find { query }));
        if register.desk == Desk::Import {
            asks.push(RegisterAsk::Batches);
            let batch = register.batch.clone();
            asks.extend(batch.map(|batch| RegisterAsk::Batch { batch }));
        }
        for ask in asks {
            self.ask_register(ask);
        }
    }

    fn ask_register(&mut self, ask: RegisterAsk) {
        self.send(Request::Register(ask));
    }

    /// A table was chosen.
    pub(super) fn read_table(&mut self, path: PathBuf) {
        let now = self.now();
        let name = tables::name(&path);
        let reads = self.album.table(path, now);
        let register = &mut self.state.register;
        (register.batch, register.doubt, register.more) = (None, None, 0);
        register.chosen = if reads {
            Chosen::Reads(name)
        } else {
            Chosen::Failed(name, Unread::Missing)
        };
    }

    /// It was read; what nobody waits for any more is passed over.
    pub(super) fn table_read(&mut self, path: &Path, read: Result<ReadTable, Unread>) {
        let name = tables::name(path);
        if self.state.register.chosen != Chosen::Reads(name.clone()) {
            return;
        }
        self.state.register.chosen = match read {
            Ok(table) => Chosen::Table(name, table),
            Err(why) => Chosen::Failed(name, why),
        };
        self.compare();
    }

    /// Has the table that was read compared with the register.
    fn compare(&mut self) {
        let register = &mut self.state.register;
        if let Chosen::Table(file, table) = &register.chosen {
            let ask = RegisterAsk::Read {
                file: file.clone(),
                table: table.clone(),
                duplicates: register.duplicates,
            };
            (register.batch, register.doubt, register.more) = (None, None, 0);
            self.ask_register(ask);
        }
    }

    /// Something was done about the register.
    pub(super) fn told_register(&mut self, told: &RegisterTold) {
        let register = &mut self.state.register;
        match told {
            RegisterTold::Compared { batch } => register.batch = Some(batch.clone()),
            RegisterTold::Written | RegisterTold::TakenBack => {
                // What stands in the table is of no more use here.
                register.chosen = Chosen::Nothing;
            }
            RegisterTold::Cell { .. } => {
                register.cell.clear();
                register.places.clear();
            }
        }
    }

    /// One step back on its page; `true` if there was one.
    pub(super) fn back_on_register(&mut self) -> bool {
        if self.state.screen != Screen::Register {
            return false;
        }
        let register = &mut self.state.register;
        if register.ask_back {
            register.ask_back = false;
        } else if register.desk != Desk::Unit {
            register.desk = Desk::Unit;
        } else if register.unit.is_some() {
            register.unit = None;
        } else if register.looked.is_some() {
            register.looked = None;
        } else if register.building.is_some() {
            register.building = None;
        } else {
            return false;
        }
        true
    }
}
