//! Calls for help, the daily "I am fine", phone numbers.

use super::shape;
use crate::api::{Fault, HelpAct, Request};
use crate::owner::Owner;
use linli_view::api as view;
use serde_json::Value;

impl Owner {
    pub(super) fn desk_help(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        match request {
            view::Request::HelpList => {}
            view::Request::HelpRaise { practice, words } => {
                return self.desk_raise(practice, words);
            }
            view::Request::HelpCancel { id } => drop(self.help_data(HelpAct::Cancel { id })?),
            view::Request::HelpAnswer { id, coming } => {
                self.help_data(HelpAct::Ack { id, coming })?;
            }
            view::Request::HelpFine => drop(self.help_data(HelpAct::CheckIn)?),
            view::Request::HelpCare { helpers, minute } => {
                let (helpers, minute) = (Some(helpers), Some(minute));
                self.help_data(HelpAct::SetCare { helpers, minute })?;
            }
            view::Request::HelpNumbers => {
                return Ok(phones(&self.help_data(HelpAct::Numbers)?));
            }
            view::Request::HelpSetNumbers { numbers } => {
                return Ok(phones(&self.help_data(HelpAct::SetNumbers { numbers })?));
            }
            _ => return Err(Fault::ours("answer")),
        }
        let data = self.help_data(HelpAct::List)?;
        let report = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
        Ok(view::Reply::Help(Box::new(report)))
    }

    fn help_data(&mut self, act: HelpAct) -> Result<Value, Fault> {
        self.data(Request::Help { act })
    }

    fn desk_raise(&mut self, practice: bool, words: Option<String>) -> Result<view::Reply, Fault> {
        let act = HelpAct::Raise { practice, words };
        let said = self.handle(Request::Help { act }, &mut |_, _| {})?;
        let mut warnings = said.warnings.iter();
        Ok(view::Reply::HelpRaised(view::HelpRaised {
            id: said.data["id"].as_str().unwrap_or_default().to_owned(),
            practice,
            again: said.data["again"].as_bool().unwrap_or_default(),
            gates_not_told: warnings.any(|warning| warning.code == "gates-not-told"),
        }))
    }
}

fn phones(data: &Value) -> view::Reply {
    view::Reply::Phones(shape::known(&data["numbers"]))
}
