//! What an office's desk is told beside its notices: what waits, templates, what leaves the house.

use super::{Folded, Model, Told};
use crate::api::{Reply, Request};

impl Model {
    /// Takes such a reply.
    pub(super) fn at_the_desk(&mut self, request: Option<Request>, reply: Reply) -> Folded {
        let told = match (reply, request) {
            (Reply::Scheduled(items), request) => {
                self.scheduled = items;
                match request {
                    Some(Request::NoticeSchedule { at_ms, .. }) => Some(Told::Scheduled { at_ms }),
                    Some(Request::Unschedule { .. }) => Some(Told::Unscheduled),
                    _ => None,
                }
            }
            (Reply::Templates(items), request) => {
                self.templates = items;
                match request {
                    Some(Request::TemplateSave { name, .. }) => Some(Told::TemplateKept { name }),
                    Some(Request::TemplateDrop { .. }) => Some(Told::TemplateForgotten),
                    _ => None,
                }
            }
            (Reply::NoticeExport(export), _) => {
                self.exports.push(*export);
                None
            }
            _ => None,
        };
        Folded {
            asks: Vec::new(),
            told,
        }
    }
}
