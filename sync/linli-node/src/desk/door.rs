//! The desktop's questions about calls, refusal lists and clearing the estate.

use super::shape;
use crate::api::{DoorAct, Fault, GateAct, Request};
use crate::owner::Owner;
use linli_view::api as view;
use serde::de::DeserializeOwned;
use serde_json::Value;

impl Owner {
    pub(super) fn desk_door(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        match request {
            view::Request::RingAnswer { event, admit } => {
                self.door_data(DoorAct::Answer { event, admit })?;
                self.desk_rings()
            }
            view::Request::GateRing { event } => {
                self.gate_data(GateAct::Ring { event })?;
                self.desk_rings()
            }
            view::Request::Doorbell => {
                let data = self.door_data(DoorAct::Doorbell)?;
                Ok(view::Reply::Doorbell(Box::new(read(data)?)))
            }
            view::Request::DoorbellSet { order, seconds } => {
                let data = self.door_data(DoorAct::SetDoorbell { order, seconds })?;
                Ok(view::Reply::Doorbell(Box::new(read(data)?)))
            }
            view::Request::Refusals => self.desk_refusals(),
            view::Request::Refuse {
                plate,
                name,
                reason,
            } => {
                self.door_data(DoorAct::Refuse {
                    plate,
                    name,
                    reason,
                })?;
                self.desk_refusals()
            }
            view::Request::ReceiveAgain { id } => {
                self.door_data(DoorAct::ReceiveAgain { id })?;
                self.desk_refusals()
            }
            view::Request::GateEvacuation => {
                let data = self.gate_data(GateAct::Evacuation)?;
                Ok(view::Reply::Evacuation(Box::new(read(data)?)))
            }
            view::Request::GateSheet => {
                let status = shape::gate(&self.data(Request::GateStatus)?);
                let expected = self.gate_data(GateAct::Expected)?;
                let inside = self.gate_data(GateAct::Inside)?;
                let refused = self.door_data(DoorAct::Refusals)?;
                Ok(view::Reply::GateSheet(Box::new(view::GateSheet {
                    status,
                    expected: shape::known(&expected["expected"]),
                    inside: shape::known(&inside["inside"]),
                    refused: shape::known(&refused["refusals"]),
                })))
            }
            view::Request::GateFindUnit { query } => {
                let data = self.gate_data(GateAct::FindUnit { query })?;
                Ok(view::Reply::Units(shape::known(&data["units"])))
            }
            _ => self.desk_rings(),
        }
    }

    fn door_data(&mut self, act: DoorAct) -> Result<Value, Fault> {
        self.data(Request::Door { act })
    }

    fn desk_rings(&mut self) -> Result<view::Reply, Fault> {
        let data = self.door_data(DoorAct::Rings)?;
        Ok(view::Reply::Rings(shape::known(&data["rings"])))
    }

    fn desk_refusals(&mut self) -> Result<view::Reply, Fault> {
        let data = self.door_data(DoorAct::Refusals)?;
        Ok(view::Reply::Refusals(shape::known(&data["refusals"])))
    }
}

fn read<T: DeserializeOwned>(data: Value) -> Result<T, Fault> {
    serde_json::from_value(data).map_err(|_| Fault::ours("answer"))
}
