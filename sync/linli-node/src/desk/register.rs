//! The desktop's orders about the residents' register: the lists, an import in its steps, grid cells.

use super::shape;
use crate::api::{Fault, GridAct, Request};
use crate::owner::Owner;
use linli_exchange::register;
use linli_view::api as view;
use serde_json::{Value, json};
use view::{RegisterAsk, RegisterSaid};

impl Owner {
    pub(super) fn desk_register(&mut self, ask: RegisterAsk) -> Result<view::Reply, Fault> {
        let said = match ask {
            RegisterAsk::Places => {
                let data = self.data(Request::Grid { act: GridAct::List })?;
                RegisterSaid::Places(read(data)?)
            }
            RegisterAsk::Units { building } => {
                let place = Some(building.clone());
                let data = self.data(Request::RegistryList { place })?;
                let units = shape::known(&data["units"]);
                RegisterSaid::Units { building, units }
            }
            RegisterAsk::Unit { unit } => {
                let data = self.data(Request::RegistryShow { what: unit })?;
                RegisterSaid::Unit(read(data["unit"].clone())?)
            }
            RegisterAsk::Find { query } => {
                let asked = query.clone();
                let mut data = self.data(Request::RegistryFind { query })?;
                data["query"] = asked.into();
                RegisterSaid::Found(read(data)?)
            }
            RegisterAsk::Batches => {
                let data = self.data(Request::RegistryBatches)?;
                RegisterSaid::Batches(shape::known(&data["batches"]))
            }
            RegisterAsk::Read {
                file,
                table,
                duplicates,
            } => {
                let data = self.data(Request::RegistryImport {
                    file,
                    // A window of another version than this node speaks of a table as that version has it.
                    cleaned: serde_json::from_str(table.json())
                        .map_err(|_| Fault::version("batch-other-version").with("batch", ""))?,
                    duplicates: match duplicates {
                        view::Duplicates::Skip => register::Duplicates::Skip,
                        view::Duplicates::Update => register::Duplicates::Update,
                        view::Duplicates::Add => register::Duplicates::Add,
                        view::Duplicates::Ask => register::Duplicates::Ask,
                    },
                })?;
                self.desk_batch(batch_of(&data), None)?
            }
            RegisterAsk::Batch { batch } => self.desk_batch(batch, None)?,
            RegisterAsk::Apply { batch } => {
                let of = batch.clone();
                let data = self.data(Request::RegistryApply { batch })?;
                self.desk_batch(of, Some(data["written"].clone()))?
            }
            RegisterAsk::Undo { batch } => {
                let of = batch.clone();
                self.data(Request::RegistryUndo { batch })?;
                self.desk_batch(of, None)?
            }
            RegisterAsk::Cell { cell, places } => {
                let act = GridAct::Set { cell, places };
                let data = self.data(Request::Grid { act })?;
                read(json!({ "about": "cell", "said": data }))?
            }
        };
        Ok(view::Reply::Register(Box::new(said)))
    }

    fn desk_batch(&mut self, batch: String, written: Option<Value>) -> Result<RegisterSaid, Fault> {
        let mut data = self.data(Request::RegistryIssues { batch })?;
        data["written"] = written.unwrap_or_default();
        Ok(RegisterSaid::Batch(read(data)?))
    }
}

fn batch_of(data: &Value) -> String {
    data["batch"].as_str().unwrap_or_default().to_owned()
}

fn read<T: serde::de::DeserializeOwned>(data: Value) -> Result<T, Fault> {
    serde_json::from_value(data).map_err(|_| Fault::ours("answer"))
}
