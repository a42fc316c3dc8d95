//! The desktop's questions about invitations.

use super::{qr, shape};
use crate::api::{Fault, InviteAct, Request};
use crate::owner::Owner;
use linli_view::api as view;
use serde_json::Value;

impl Owner {
    /// A step that does not go is said by its code: the page has a sentence for it.
    pub(super) fn desk_invites(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        let stepped = self.invite_step(request);
        let report = stepped.and_then(|opened| {
            let data = self.invite_data(InviteAct::List)?;
            report(&data, opened)
        });
        Ok(match report {
            Ok(report) => view::Reply::Invites(Box::new(report)),
            Err(fault) => view::Reply::Fault(view::Fault {
                message: fault.code.clone(),
                ..shape::fault(&fault)
            }),
        })
    }

    /// Carries the step out; gives the id of what was opened.
    fn invite_step(&mut self, request: view::Request) -> Result<Option<String>, Fault> {
        let data = match request {
            view::Request::InviteOpen { unit, role, ttl_s } => {
                self.data(Request::InviteOpen { unit, role, ttl_s })?
            }
            view::Request::InviteClose { id } => {
                self.invite_data(InviteAct::Close { id: Some(id) })?
            }
            view::Request::InviteConfirm { id, typed } => {
                self.invite_data(InviteAct::Confirm { id, typed })?
            }
            _ => return Ok(None),
        };
        let id = data["invite"].is_string().then(|| data["id"].as_str());
        Ok(id.flatten().map(str::to_owned))
    }

    fn invite_data(&mut self, act: InviteAct) -> Result<Value, Fault> {
        self.data(Request::Invite { act })
    }
}

fn report(data: &Value, opened: Option<String>) -> Result<view::InviteReport, Fault> {
    let items = data["invites"].as_array().into_iter().flatten();
    Ok(view::InviteReport {
        invites: items.map(item).collect::<Result<_, _>>()?,
        may: shape::known(&data["may"]),
        opened,
    })
}

fn item(one: &Value) -> Result<view::InviteItem, Fault> {
    let mut item: view::InviteItem =
        serde_json::from_value(one.clone()).map_err(|_| Fault::ours("answer"))?;
    item.until_ms = one["expires_ms"].as_u64().unwrap_or_default();
    item.unit = item.unit.filter(|unit| !unit.is_empty());
    if let Some(line) = one["invite"].as_str() {
        item.line = Some(view::Passphrase(line.to_owned()));
        // The line alone is enough to join.
        item.qr = qr(line).ok();
    }
    if one["emoji"].is_array() {
        let pictures = serde_json::from_value(one.clone());
        item.pictures = Some(pictures.map_err(|_| Fault::ours("answer"))?);
    }
    Ok(item)
}
