//! The host's side of an enrolment: a window of some minutes, the exchange, the comparison, the enrolment. What people
//! ask about their invitations is in `acts`.

mod acts;

use super::passes::has_unit;
use super::{Owner, State, answer};
use crate::api::{Answer, Fault};
use crate::home::clock::OsDice;
use crate::invite::Invite;
use crate::joinproto::{JoinAsk, JoinSay, Welcome};
use crate::owner::meanwhile::{self, Meanwhile};
use crate::replica::{EnrolAs, NewDevice, Topic};
use linli_base::{DeviceId, Private};
use linli_exchange::register::UnitKey;
use linli_keys::PublicKey;
use linli_keys::sas::{Commit, Confirm, HostOffer, HostState, InviteSecret, Reveal, Session};
use serde_json::{Value, json};

/// How long an invitation may be open, s: at all, and short enough that a forgotten one closes by itself.
const TTL_S: std::ops::RangeInclusive<u64> = 1..=7 * 86_400;

/// How far an enrolment is.
enum Stage {
    /// Nobody has come.
    Open,
    /// We have shown our keys.
    Answered(Box<HostState>),
    /// Both have; the pictures can be compared.
    Comparing {
        session: Box<Session>,
        here: bool,
        there: bool,
    },
    /// Done: the sealed welcome, for whoever asks again.
    Enrolled { device: DeviceId, welcome: Vec<u8> },
    /// Closed by a person here while somebody was joining, who is told so for a moment yet.
    Closed,
}

impl Stage {
    /// The word for it; none: it is over.
    const fn word(&self) -> Option<&'static str> {
        match self {
            Self::Open => Some("open"),
            Self::Answered(_) => Some("answered"),
            Self::Comparing { .. } => Some("comparing"),
            Self::Enrolled { .. } => Some("enrolled"),
            Self::Closed => None,
        }
    }
}

/// An invitation that is open.
pub(crate) struct Window {
    secret: InviteSecret,
    id: [u8; 16],
    role: EnrolAs,
    unit: String,
    role_text: String,
    until_s: u64,
    /// Whether the register knows the unit; so it does where there is no unit, or no register.
    known: bool,
    /// What the joining device calls itself, once it has come.
    name: Private<String>,
    wrong: u8,
    stage: Stage,
}

/// What to answer a joiner.
pub(crate) struct JoinReply(pub(crate) Vec<u8>);

impl Owner {
    pub(super) fn invite_open(
        &mut self,
        unit: Option<String>,
        role: &str,
        ttl_s: u64,
    ) -> Result<Answer, Fault> {
        if !TTL_S.contains(&ttl_s) {
            return Err(Fault::input("invite-ttl"));
        }
        let now = self.now();
        let named = unit.clone();
        let (role, unit) = self.read_role(unit, role)?;
        // Only a household lives somewhere.
        let unused = named
            .filter(|_| !matches!(role, EnrolAs::Household { .. }))
            .map(|unit| Fault::warning("invite-unit-unused").with("unit", unit));
        let Some(net) = &self.net else {
            return Err(Fault::unreachable("node-not-running"));
        };
        let addrs = reachable(&net.listen_addrs());
        let replica = self.replica_ref()?;
        let unit_scope = matches!(role, EnrolAs::Household { .. }).then_some(unit.as_str());
        if !self.may_enrol(&role)? {
            return Err(Fault::forbidden("not-issuing"));
        }
        // A slip of the pen enrols a household nobody knows; without any register there is nothing to compare.
        let known = match unit_scope {
            Some(unit) => {
                has_unit(replica, unit)? || replica.rows(linli_record::RowKind::Room)?.is_empty()
            }
            None => true,
        };
        let unknown =
            (!known).then(|| Fault::warning("invite-unit-unknown").with("unit", unit.as_str()));
        let secret = InviteSecret::generate(&mut OsDice);
        let community = replica.community();
        let until_s = now.wall.seconds().0.saturating_add(ttl_s);
        let invite = Invite {
            community,
            net: replica.me().net(),
            secret: secret.clone(),
            addrs,
            until_s,
        };
        let role_text = role_text(&role);
        let id = secret.id(&community).0;
        self.windows.push(Window {
            id,
            secret,
            role,
            unit: unit.clone(),
            role_text: role_text.clone(),
            until_s,
            known,
            name: Private::new(String::new()),
            wrong: 0,
            stage: Stage::Open,
        });
        self.invites_changed();
        self.update_window();
        let mut opened = answer(json!({
            "id": acts::id_text(&id), "invite": invite.to_text(), "unit": unit, "role": role_text, "expires_ms": until_s.saturating_mul(1000),
            "addrs": invite.addrs,
        }));
        opened.warnings.extend(unknown.into_iter().chain(unused));
        Ok(opened)
    }

    fn read_role(&self, unit: Option<String>, role: &str) -> Result<(EnrolAs, String), Fault> {
        let own_unit = || {
            self.replica_ref()
                .ok()
                .and_then(|r| r.me().certificate.claims().unit.clone())
                .unwrap_or_default()
        };
        match role.split_once(':').unwrap_or((role, "")) {
            ("household" | "", _) => {
                let typed = unit.ok_or_else(|| Fault::input("unit-needed"))?;
                let key: UnitKey = typed
                    .parse()
                    .map_err(|_| Fault::input("bad-unit").with("unit", &typed))?;
                let unit = key.to_string();
                Ok((EnrolAs::Household { unit: unit.clone() }, unit))
            }
            ("office", name) if !name.trim().is_empty() => {
                let name = crate::home::fit_name(name).ok_or_else(|| {
                    Fault::input("office-name-unfit").with("most", crate::home::NAME_CHARS)
                })?;
                Ok((EnrolAs::Office { name }, String::new()))
            }
            ("gate", no) => {
                let number = no
                    .parse()
                    .map_err(|_| Fault::input("bad-gate").with("gate", no))?;
                let gates = &self
                    .replica_ref()?
                    .authority()
                    .charter()
                    .newest()
                    .epoch
                    .gates;
                if !gates.iter().any(|g| g.number == number) {
                    return Err(Fault::missing("no-such-gate").with("gate", number));
                }
                Ok((EnrolAs::Gate { number }, String::new()))
            }
            ("screen", "") => Ok((EnrolAs::Screen, String::new())),
            ("sibling", "") => Ok((EnrolAs::Sibling, own_unit())),
            _ => Err(Fault::input("bad-role").with("role", role)),
        }
    }

    /// Closes windows that are over, and tells the network whether strangers may speak at all.
    pub(crate) fn update_window(&mut self) {
        let now = self.now().wall.seconds().0;
        let before = self.windows.len();
        self.windows.retain(|w| w.until_s > now);
        if self.windows.len() != before {
            self.invites_changed();
        }
        if let Some(net) = &self.net {
            net.open_window(!self.windows.is_empty());
        }
    }

    /// Answers one ask on the join protocol.
    pub(crate) fn join_ask(&mut self, bytes: &[u8]) -> JoinReply {
        self.update_window();
        let say = match JoinAsk::decode(bytes) {
            Some(ask) => self
                .answer_join(ask)
                .unwrap_or_else(|fault| JoinSay::Refused(fault.code)),
            None => JoinSay::Refused("join-frame".into()),
        };
        JoinReply(say.encode())
    }

    fn answer_join(&mut self, ask: JoinAsk) -> Result<JoinSay, Fault> {
        match ask {
            JoinAsk::Commit(frame) => self.join_commit(&frame),
            JoinAsk::Reveal(id, frame) => self.join_reveal(&id, &frame),
            JoinAsk::Confirm(id, frame) => self.join_confirm(&id, &frame),
            JoinAsk::Around => self.join_around(),
            JoinAsk::Meanwhile(id) => self.join_meanwhile(&id),
        }
    }

    fn join_commit(&mut self, frame: &[u8]) -> Result<JoinSay, Fault> {
        let commit = Commit::decode(frame).map_err(|_| Fault::input("join-frame"))?;
        let replica = self.replica_ref()?;
        let (me, community) = (replica.me(), replica.community());
        let epoch = replica.authority().charter().newest().id;
        let (sign, net) = (
            me.sign.public(),
            PublicKey::parse(&me.net()).map_err(|_| Fault::ours("own-key"))?,
        );
        let window = self
            .windows
            .iter_mut()
            .find(|w| w.id == commit.invite.0)
            .ok_or_else(|| Fault::missing("window-closed"))?;
        if matches!(window.stage, Stage::Closed) {
            return Err(Fault::missing("invite-closed"));
        }
        if !matches!(window.stage, Stage::Open) {
            return Err(Fault::forbidden("invite-used"));
        }
        let offer = HostOffer {
            community,
            sign,
            net,
            unit: Private::new(window.unit.clone()),
            role: window.role_text.clone(),
            epoch,
        };
        let answered = HostState::answer(offer, window.secret.clone(), &commit, &mut OsDice);
        match answered {
            Ok((state, keys)) => {
                window.stage = Stage::Answered(Box::new(state));
                self.invites_changed();
                Ok(JoinSay::HostKeys(keys.encode()))
            }
            // Whoever does not hold the secret learns nothing and closes nothing.
            Err(_) => Err(Fault::forbidden("join-proof")),
        }
    }

    fn join_reveal(&mut self, id: &[u8; 16], frame: &[u8]) -> Result<JoinSay, Fault> {
        let reveal = Reveal::decode(frame).map_err(|_| Fault::input("join-frame"))?;
        let at = self.window_at(id)?;
        let window = &mut self.windows[at];
        match std::mem::replace(&mut window.stage, Stage::Open) {
            Stage::Answered(state) => match state.check(reveal) {
                Ok(session) => {
                    window.name = session.joiner().name.clone();
                    window.stage = Stage::Comparing {
                        session: Box::new(session),
                        here: false,
                        there: false,
                    };
                    self.invites_changed();
                    Ok(JoinSay::Revealed)
                }
                Err(_) => {
                    self.windows.remove(at);
                    self.invites_changed();
                    self.update_window();
                    Err(Fault::forbidden("join-commitment"))
                }
            },
            other => {
                window.stage = other;
                Err(Fault::forbidden("invite-used"))
            }
        }
    }

    fn join_confirm(&mut self, id: &[u8; 16], frame: &[u8]) -> Result<JoinSay, Fault> {
        let confirm = Confirm::decode(frame).map_err(|_| Fault::input("join-frame"))?;
        let at = self.window_at(id)?;
        match &mut self.windows[at].stage {
            Stage::Enrolled { welcome, .. } => return Ok(JoinSay::Enrolled(welcome.clone())),
            Stage::Comparing { session, there, .. } => {
                session
                    .check_confirm(&confirm)
                    .map_err(|_| Fault::forbidden("join-proof"))?;
                // Asked again every quarter of a second: only the first time says something new.
                if !std::mem::replace(there, true) {
                    self.changed.insert(Topic::Invites);
                }
            }
            _ => return Err(Fault::forbidden("invite-used")),
        }
        self.enrol_if_agreed(at)?;
        match &self.windows[at].stage {
            Stage::Enrolled { welcome, .. } => Ok(JoinSay::Enrolled(welcome.clone())),
            _ => Ok(JoinSay::Waiting),
        }
    }

    /// Which community this is, said only while an invitation is open, and then to everybody who asks.
    fn join_around(&self) -> Result<JoinSay, Fault> {
        if self
            .windows
            .iter()
            .all(|w| matches!(w.stage, Stage::Closed))
        {
            return Err(Fault::missing("window-closed"));
        }
        let replica = self.replica_ref()?;
        let name = replica.authority().charter().newest().epoch.name.clone();
        Ok(JoinSay::Here(replica.community().0, name))
    }

    /// What may be read while the people compare, said only to who holds the invitation.
    fn join_meanwhile(&mut self, id: &[u8; 16]) -> Result<JoinSay, Fault> {
        let at = self.window_at(id)?;
        let said = Meanwhile::of(self.replica_ref()?, self.now())?;
        match &self.windows[at].stage {
            Stage::Comparing { session, .. } => {
                let sealed = session.seal(meanwhile::CONTEXT, &said.encode(), &mut OsDice);
                Ok(JoinSay::Meanwhile(sealed))
            }
            _ => Err(Fault::forbidden("invite-used")),
        }
    }

    fn window_at(&self, id: &[u8; 16]) -> Result<usize, Fault> {
        self.windows
            .iter()
            .position(|w| w.id == *id)
            .ok_or_else(|| Fault::missing("window-closed"))
            .and_then(|at| match self.windows[at].stage {
                // Said by who knows that nobody is enrolled by it.
                Stage::Closed => Err(Fault::missing("invite-closed")),
                _ => Ok(at),
            })
    }

    fn enrol_if_agreed(&mut self, at: usize) -> Result<(), Fault> {
        let Stage::Comparing {
            session,
            here: true,
            there: true,
        } = &self.windows[at].stage
        else {
            return Ok(());
        };
        let keys = &session.joiner().keys;
        let device = NewDevice {
            sign: keys.sign.device(),
            net: keys.net.device().0,
            kex: *keys.kex.as_bytes(),
        };
        let (now, role) = (self.now(), self.windows[at].role.clone());
        let certificate =
            self.undo_on_fault(|o| o.replica()?.enrol(now, &device, &role).map_err(Fault::from))?;
        self.settle()?;
        let addrs = self
            .net
            .as_ref()
            .map(|n| reachable(&n.listen_addrs()))
            .unwrap_or_default();
        let replica = self.replica_ref()?;
        let welcome = Welcome {
            certificate: certificate.bytes().to_vec(),
            epochs: replica
                .authority()
                .charter()
                .chain()
                .iter()
                .map(|h| h.bytes.clone())
                .collect(),
            addrs,
        };
        self.invites_changed();
        if let Stage::Comparing { session, .. } = &self.windows[at].stage {
            let sealed = session.seal(b"enrolled", &welcome.encode(), &mut OsDice);
            self.windows[at].stage = Stage::Enrolled {
                device: device.sign,
                welcome: sealed,
            };
        }
        Ok(())
    }

    /// What both screens show.
    pub(super) fn sas_show(&self) -> Result<Answer, Fault> {
        let mut sides: Vec<Value> = Vec::new();
        match &self.state {
            State::Joining(joining) => sides.push(joining.side()),
            State::Member(_) => {
                for w in &self.windows {
                    let Some(state) = w.stage.word() else {
                        continue;
                    };
                    let mut side = match &w.stage {
                        Stage::Comparing { session, here, .. } => {
                            let mut side = pictures(session);
                            side["device_name"] = session.joiner().name.reveal().clone().into();
                            side["confirmed"] = (*here).into();
                            side
                        }
                        _ => json!({}),
                    };
                    side["unit"] = w.unit.clone().into();
                    side["role"] = w.role_text.clone().into();
                    side["state"] = state.into();
                    sides.push(side);
                }
            }
            State::Empty => return Err(Fault::missing("no-community")),
        }
        Ok(answer(json!({ "sides": sides })))
    }
}

/// The seven pictures, in all the ways people may compare them.
pub(super) fn pictures(session: &Session) -> Value {
    let seven = session.pictures();
    let all: Vec<_> = seven.emoji().collect();
    json!({
        "emoji": all.iter().map(|e| e.emoji).collect::<Vec<_>>(),
        "names_zh": all.iter().map(|e| e.zh).collect::<Vec<_>>(),
        "names_en": all.iter().map(|e| e.en).collect::<Vec<_>>(),
        "numbers": seven.numbers(),
    })
}

fn role_text(role: &EnrolAs) -> String {
    match role {
        EnrolAs::Household { .. } => "household".into(),
        EnrolAs::Office { name } => format!("office:{name}"),
        EnrolAs::Gate { number } => format!("gate:{number}"),
        EnrolAs::Screen => "screen".into(),
        EnrolAs::Sibling => "sibling".into(),
    }
}

/// Addresses worth giving to others: loopback only when there is nothing else.
fn reachable(all: &[String]) -> Vec<String> {
    let outside: Vec<String> = all
        .iter()
        .filter(|a| !a.contains("127.0.0.1") && !a.contains("/::1/"))
        .cloned()
        .collect();
    let mut chosen = if outside.is_empty() {
        all.to_vec()
    } else {
        outside
    };
    chosen.truncate(4);
    chosen
}
