//! What is heard of the invitations that are open here.

use super::{Folded, Model, Told};
use crate::api::{InviteItem, InviteReport, InviteState, Reply, Request};
use crate::invite::{InviteTold, Step};

impl Model {
    /// Takes the new report, and says what has come of it.
    pub(super) fn take_invites(
        &mut self,
        request: Option<Request>,
        report: InviteReport,
    ) -> Folded {
        let before = self.invites.replace(report);
        let after = self.invites.as_ref();
        let all = after.map_or(&[][..], |report| report.invites.as_slice());
        let told = joined(before.as_ref(), all).or_else(|| match request {
            Some(Request::InviteOpen { .. }) => {
                let id = after.and_then(|report| report.opened.clone())?;
                Some(InviteTold::Opened { id })
            }
            Some(Request::InviteClose { .. }) => Some(InviteTold::Closed),
            Some(Request::InviteConfirm { id, .. }) => Some(InviteTold::Agreed { id }),
            _ => None,
        });
        Folded {
            asks: Vec::new(),
            told: told.map(Told::Invite),
        }
    }
}

/// Who has joined since it was last looked.
fn joined(before: Option<&InviteReport>, now: &[InviteItem]) -> Option<InviteTold> {
    let before = before?;
    let is_in = |one: &&InviteItem| one.state == InviteState::Enrolled;
    let new = now.iter().filter(is_in).find(|one| {
        let mut old = before.invites.iter();
        old.any(|old| old.id == one.id && old.state != InviteState::Enrolled)
    })?;
    Some(InviteTold::Joined {
        id: new.id.clone(),
        role: new.role.clone(),
        unit: new.unit.clone(),
        device: new.device_name.clone(),
    })
}

/// A step of inviting that did not go; none: the answer belongs to something else.
pub(super) fn not_invited(request: Option<&Request>, reply: &Reply) -> Option<Folded> {
    let Reply::Fault(fault) = reply else {
        return None;
    };
    let step = match request? {
        // Nobody pressed anything: the next event asks again.
        Request::Invites => return Some(Folded::default()),
        Request::InviteOpen { .. } => Step::Open,
        Request::InviteClose { id } => Step::Close(id.clone()),
        Request::InviteConfirm { id, .. } => Step::Confirm(id.clone()),
        _ => return None,
    };
    let code = fault.message.clone();
    Some(Folded {
        // It may be closed by now, or joined by.
        asks: vec![Request::Invites],
        told: Some(Told::Invite(InviteTold::Failed { step, code })),
    })
}
