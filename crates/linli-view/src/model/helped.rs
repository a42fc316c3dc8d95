//! What to tell about help when the node has answered.

use super::{Model, Told};
use crate::api::{Fault, FaultCode, HelpReport, Request};
use crate::help::{self, HelpTold};

impl Model {
    /// What to tell of a new report about help.
    pub(super) fn helped(&self, request: Option<Request>, report: &HelpReport) -> Option<HelpTold> {
        Some(match request {
            Some(Request::HelpCancel { id }) => {
                let ended = self.help.calls.iter().find(|call| call.id == id);
                HelpTold::Ended {
                    practice: ended.is_some_and(|call| call.practice),
                    heard: ended
                        .into_iter()
                        .flat_map(|call| &call.received)
                        .map(|received| received.by.clone())
                        .collect(),
                }
            }
            Some(Request::HelpAnswer { coming, .. }) => HelpTold::Answered { coming },
            Some(Request::HelpFine) => HelpTold::Fine {
                helpers: report.mine.helpers.clone(),
            },
            Some(Request::HelpCare { helpers, .. }) => HelpTold::CareSet {
                asked: !helpers.is_empty(),
            },
            _ => return help::news(&self.help, report),
        })
    }

    pub(super) fn not_helped(request: &Request, fault: Fault) -> Told {
        match (request, fault.code) {
            (Request::HelpRaise { practice, .. }, _) => Told::Help(HelpTold::Failed {
                fault,
                practice: *practice,
            }),
            (Request::HelpAnswer { .. } | Request::HelpCancel { .. }, FaultCode::BadInput) => {
                Told::Help(HelpTold::TooLate)
            }
            (Request::HelpCare { .. }, FaultCode::NotFound) => Told::Help(HelpTold::NobodyThere),
            _ => Told::Failed(fault),
        }
    }
}
