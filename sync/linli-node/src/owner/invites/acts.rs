//! What people ask about their invitations: which are open and who knocks, whether the pictures agree, closing one.

use super::{Owner, Stage, Window, pictures, reachable};
use crate::api::{Answer, Fault, InviteAct};
use crate::invite::Invite;
use crate::owner::{answer, ids};
use crate::replica::{EnrolAs, Topic};
use linli_base::base32;
use linli_charter::PrincipalKind;
use linli_keys::sas::{Seven, parse_typed};
use serde_json::{Value, json};

/// Wrong comparisons typed before a window closes.
const WRONG_MAX: u8 = 3;
/// How long a joiner of a window that a person closed is told so, s. It asks four times a second; without an answer it
/// would wait until the invitation is over.
const TOLD_S: u64 = 30;

/// An invitation's id as people type it. It is public: whoever knows it cannot join.
pub(super) fn id_text(id: &[u8; 16]) -> String {
    format!("i:{}", base32::encode(id))
}

impl Owner {
    /// Carries out an act, or answers a question.
    pub(in crate::owner) fn invite_act(&mut self, act: InviteAct) -> Result<Answer, Fault> {
        self.update_window();
        match act {
            InviteAct::List => self.invites(),
            InviteAct::Close { id } => self.invite_close(id.as_deref()),
            InviteAct::Confirm { id, typed } => {
                let at = self.find_window(&id)?;
                self.confirm_pictures(&typed, Some(at))
            }
        }
    }

    /// Whoever looks at invitations looks again.
    pub(super) fn invites_changed(&mut self) {
        self.changed.insert(Topic::Invites);
    }

    /// As whom this device may enrol others.
    pub(super) fn may_enrol(&self, role: &EnrolAs) -> Result<bool, Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me();
        let epoch = &replica.authority().charter().newest().epoch;
        let covers = |unit: Option<&str>| {
            let key = epoch.issuing_key(&me.device());
            key.is_some_and(|key| key.covers(unit))
        };
        Ok(match role {
            EnrolAs::Sibling => me.kind == PrincipalKind::Household,
            EnrolAs::Household { unit } => covers(Some(unit.as_str())),
            EnrolAs::Office { .. } | EnrolAs::Gate { .. } | EnrolAs::Screen => covers(None),
        })
    }

    /// What [`Self::may_enrol`] allows, in the words of `role`; a household's scope is looked at when its unit is named.
    fn may_invite(&self) -> Result<Vec<&'static str>, Fault> {
        let replica = self.replica_ref()?;
        let epoch = &replica.authority().charter().newest().epoch;
        let issues = epoch.issuing_key(&replica.me().device()).is_some();
        let machines = self.may_enrol(&EnrolAs::Screen)?;
        let all = [
            ("household", issues),
            ("office", machines),
            ("gate", machines && !epoch.gates.is_empty()),
            ("screen", machines),
            ("sibling", self.may_enrol(&EnrolAs::Sibling)?),
        ];
        let may = all.into_iter().filter(|(_, may)| *may);
        Ok(may.map(|(role, _)| role).collect())
    }

    fn invites(&self) -> Result<Answer, Fault> {
        let shown = self.windows.iter().filter_map(|w| self.invite_json(w));
        let invites: Vec<Value> = shown.collect();
        Ok(answer(json!({
            "invites": invites, "may": self.may_invite()?, "running": self.is_running(),
        })))
    }

    /// One of them; none: it is over.
    fn invite_json(&self, w: &Window) -> Option<Value> {
        let mut one = match &w.stage {
            Stage::Comparing {
                session,
                here,
                there,
            } => {
                let mut one = pictures(session);
                one["confirmed"] = (*here).into();
                one["confirmed_there"] = (*there).into();
                one
            }
            _ => json!({}),
        };
        one["id"] = id_text(&w.id).into();
        one["state"] = w.stage.word()?.into();
        one["unit"] = w.unit.clone().into();
        one["role"] = w.role_text.clone().into();
        one["expires_ms"] = w.until_s.saturating_mul(1000).into();
        one["known_unit"] = w.known.into();
        one["tries_left"] = WRONG_MAX.saturating_sub(w.wrong).into();
        if !w.name.reveal().is_empty() {
            one["device_name"] = w.name.reveal().clone().into();
        }
        if matches!(w.stage, Stage::Open) {
            one["invite"] = self.invite_text(w)?.into();
        }
        if let Stage::Enrolled { device, .. } = &w.stage {
            one["device"] = device.to_text().into();
        }
        Some(one)
    }

    /// The line that is given to whoever joins, with the addresses of this moment.
    fn invite_text(&self, w: &Window) -> Option<String> {
        let replica = self.replica_ref().ok()?;
        let net = self.net.as_ref()?;
        let invite = Invite {
            community: replica.community(),
            net: replica.me().net(),
            secret: w.secret.clone(),
            addrs: reachable(&net.listen_addrs()),
            until_s: w.until_s,
        };
        Some(invite.to_text())
    }

    /// The window of an id, or of its beginning.
    fn find_window(&self, typed: &str) -> Result<usize, Fault> {
        let open = self.windows.iter().filter(|w| w.stage.word().is_some());
        let id = ids::pick(typed, "i", open.map(|w| w.id), id_text);
        let id = id.map_err(|fault| match fault.code.as_str() {
            "not-found" => Fault::missing("no-such-invite").with("id", typed),
            _ => fault,
        })?;
        self.window_at(&id)
    }

    /// Closes one; none: all that nobody has joined by.
    fn invite_close(&mut self, id: Option<&str>) -> Result<Answer, Fault> {
        let which: Vec<usize> = match id {
            Some(id) => {
                let at = self.find_window(id)?;
                if matches!(self.windows[at].stage, Stage::Enrolled { .. }) {
                    return Err(Fault::forbidden("invite-done"));
                }
                vec![at]
            }
            None => {
                let open = |w: &Window| !matches!(w.stage, Stage::Enrolled { .. } | Stage::Closed);
                let all = self.windows.iter().enumerate();
                all.filter(|(_, w)| open(w)).map(|(at, _)| at).collect()
            }
        };
        let closed: Vec<Value> = which.iter().map(|at| self.closed_json(*at)).collect();
        // From behind, so that the places before stay what they are.
        for at in which.into_iter().rev() {
            self.close_window(at);
        }
        self.update_window();
        Ok(answer(json!({ "closed": closed })))
    }

    fn closed_json(&self, at: usize) -> Value {
        let w = &self.windows[at];
        json!({ "id": id_text(&w.id), "unit": w.unit, "role": w.role_text })
    }

    /// Closes the window; whoever was joining is told for a moment, where nobody was it is gone.
    fn close_window(&mut self, at: usize) {
        let now = self.now().wall.seconds().0;
        let w = &mut self.windows[at];
        if matches!(w.stage, Stage::Answered(_) | Stage::Comparing { .. }) {
            w.stage = Stage::Closed;
            w.until_s = w.until_s.min(now.saturating_add(TOLD_S));
        } else {
            self.windows.remove(at);
        }
        self.invites_changed();
    }

    /// The host's person has typed what a joiner's screen shows: of this window, or of whichever it fits.
    pub(in crate::owner) fn host_confirm(&mut self, typed: &str) -> Result<Answer, Fault> {
        self.confirm_pictures(typed, None)
    }

    fn confirm_pictures(&mut self, typed: &str, only: Option<usize>) -> Result<Answer, Fault> {
        let seven =
            parse_typed(typed).map_err(|e| Fault::input("sas-unreadable").with("what", e))?;
        let meant: Vec<usize> = match only {
            Some(at) if matches!(self.windows[at].stage, Stage::Enrolled { .. }) => {
                return Err(Fault::forbidden("invite-done"));
            }
            Some(at) => vec![at],
            None => (0..self.windows.len()).collect(),
        };
        let comparing: Vec<usize> = meant
            .into_iter()
            .filter(|at| matches!(self.windows[*at].stage, Stage::Comparing { .. }))
            .collect();
        if comparing.is_empty() {
            return Err(Fault::missing("nobody-joining"));
        }
        let Some(at) = comparing.iter().copied().find(|at| self.fits(*at, &seven)) else {
            for at in comparing.into_iter().rev() {
                self.windows[at].wrong += 1;
                if self.windows[at].wrong >= WRONG_MAX {
                    self.close_window(at);
                }
            }
            self.invites_changed();
            self.update_window();
            return Err(Fault::forbidden("sas-different"));
        };
        if let Stage::Comparing { here, .. } = &mut self.windows[at].stage {
            *here = true;
        }
        self.invites_changed();
        self.enrol_if_agreed(at)?;
        let window = &self.windows[at];
        let (state, device) = match &window.stage {
            Stage::Enrolled { device, .. } => ("enrolled", Some(device.to_text())),
            _ => ("confirmed", None),
        };
        Ok(answer(json!({
            "state": state, "device": device, "unit": window.unit, "role": window.role_text,
            "id": id_text(&window.id),
        })))
    }

    fn fits(&self, at: usize, typed: &Seven) -> bool {
        match &self.windows[at].stage {
            Stage::Comparing { session, .. } => session.pictures().matches(typed),
            _ => false,
        }
    }
}
