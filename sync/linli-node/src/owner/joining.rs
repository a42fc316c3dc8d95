//! The joiner's side, between the exchange and the enrolment: pictures to compare, then a certificate to fetch.

use super::{Owner, State, answer, invites::pictures};
use crate::api::{Answer, Fault};
use crate::home::clock::OsDice;
use crate::invite::Invite;
use crate::joinproto::{JoinAsk, JoinSay, Welcome};
use crate::owner::meanwhile::Meanwhile;
use crate::replica::{DeviceKeys, Replica};
use linli_keys::sas::{Session, parse_typed};
use linli_net::{NetKey, ask_once};
use linli_store::{Batch, Store, StoreFault, Table};
use serde_json::{Value, json};
use std::time::Duration;

const SESSION: &[u8] = b"join-session";
const INVITE: &[u8] = b"join-invite";
const CONFIRMED: &[u8] = b"join-confirmed";
/// What may be read until both sides agree.
const MEANWHILE: &[u8] = b"join-meanwhile";
/// Prefix of addresses to dial when the node runs.
pub(crate) const ADDRESS: &[u8] = b"a";
/// How long one ask of the host may take.
const ASK_WITHIN: Duration = Duration::from_secs(10);
/// How long between two asks while the host's person compares.
const ASK_EVERY: Duration = Duration::from_millis(250);

/// A home that has shown its keys and waits to be enrolled.
pub(crate) struct Joining {
    pub(crate) session: Session,
    pub(crate) invite: Invite,
    pub(crate) keys: DeviceKeys,
    pub(crate) confirmed: bool,
    pub(crate) meanwhile: Meanwhile,
    pub(crate) store: Option<Box<dyn Store>>,
}

impl Joining {
    /// Writes the session before the reveal is sent: one commitment, one host.
    pub(crate) fn save(
        store: &mut dyn Store,
        session: &Session,
        invite: &Invite,
    ) -> Result<(), StoreFault> {
        let mut batch = Batch::new();
        batch.put(Table::Local, SESSION, session.to_bytes().to_vec());
        batch.put(Table::Local, INVITE, invite.to_text().into_bytes());
        store.commit(&batch)
    }

    /// Writes what may be read meanwhile.
    pub(crate) fn save_meanwhile(
        store: &mut dyn Store,
        meanwhile: &Meanwhile,
    ) -> Result<(), StoreFault> {
        store.commit(Batch::new().put(Table::Local, MEANWHILE, meanwhile.encode()))
    }

    /// Whether a session is kept, readable or not.
    pub(crate) fn is_kept(store: &dyn Store) -> Result<bool, StoreFault> {
        Ok(store.get(Table::Local, SESSION)?.is_some())
    }

    /// Reads a session back; `Err(())` if this home is not joining.
    pub(crate) fn load(store: &dyn Store, keys: DeviceKeys) -> Result<Result<Self, ()>, Fault> {
        let session = store
            .get(Table::Local, SESSION)?
            .and_then(|b| Session::from_bytes(&b).ok());
        let invite = store
            .get(Table::Local, INVITE)?
            .and_then(|b| String::from_utf8(b).ok())
            .and_then(|t| Invite::parse(&t).ok());
        let confirmed = store.get(Table::Local, CONFIRMED)?.is_some();
        let meanwhile = store
            .get(Table::Local, MEANWHILE)?
            .and_then(|b| Meanwhile::decode(&b));
        Ok(match (session, invite) {
            (Some(session), Some(invite)) => Ok(Self {
                session,
                invite,
                keys,
                confirmed,
                meanwhile: meanwhile.unwrap_or_default(),
                store: None,
            }),
            _ => Err(()),
        })
    }

    /// What the joiner's screen shows.
    pub(crate) fn side(&self) -> Value {
        let mut side = pictures(&self.session);
        side["unit"] = self.session.host().unit.reveal().clone().into();
        side["role"] = self.session.host().role.clone().into();
        side["device_name"] = self.session.joiner().name.reveal().clone().into();
        side["confirmed"] = self.confirmed.into();
        side["meanwhile"] = self.meanwhile.json();
        side["state"] = "comparing".into();
        side
    }

    /// Asks the host until its person has agreed, at most for `within`.
    fn fetch(&self, within: Duration) -> Result<Welcome, Fault> {
        let frame = self.session.confirm(&self.keys.sign).encode();
        let id = self.invite.secret.id(&self.invite.community).0;
        let ask = JoinAsk::Confirm(id, frame).encode();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| Fault::ours("runtime"))?;
        runtime.block_on(async {
            let asking = async {
                loop {
                    let said = ask_once(
                        &self.keys.net_seed,
                        &self.invite.addrs,
                        Some(NetKey(self.invite.net)),
                        ask.clone(),
                        ASK_WITHIN,
                    )
                    .await;
                    match said.ok().and_then(|b| JoinSay::decode(&b)) {
                        Some(JoinSay::Enrolled(sealed)) => return Ok(sealed),
                        Some(JoinSay::Refused(code))
                            if code == "window-closed" || code == "invite-closed" =>
                        {
                            return Err(Fault::unreachable(&code));
                        }
                        Some(JoinSay::Refused(code)) => {
                            return Err(Fault::forbidden("join-refused").with("why", code));
                        }
                        _ => tokio::time::sleep(ASK_EVERY).await,
                    }
                }
            };
            let sealed = tokio::time::timeout(within, asking)
                .await
                .map_err(|_| Fault::unreachable("host-not-confirmed"))??;
            let plain = self
                .session
                .open(b"enrolled", &sealed)
                .map_err(|_| Fault::input("join-frame"))?;
            Welcome::decode(&plain).ok_or_else(|| Fault::input("join-frame"))
        })
    }
}

impl Owner {
    /// Confirms the comparison: on the host's side by its windows, on the joiner's by asking the host.
    pub(super) fn sas_confirm(&mut self, typed: &str) -> Result<Answer, Fault> {
        if matches!(self.state, State::Member(_)) {
            return self.host_confirm(typed);
        }
        let State::Joining(joining) = &mut self.state else {
            return Err(Fault::missing("no-community"));
        };
        let seven =
            parse_typed(typed).map_err(|e| Fault::input("sas-unreadable").with("what", e))?;
        if !joining.session.pictures().matches(&seven) {
            return Err(Fault::forbidden("sas-different"));
        }
        joining.confirmed = true;
        if let Some(store) = joining.store.as_mut() {
            store.commit(Batch::new().put(Table::Local, CONFIRMED, *b"1"))?;
        }
        let now_s = self.clock.now().wall.seconds().0;
        let left = joining.invite.until_s.saturating_sub(now_s).max(1);
        let welcome = joining.fetch(Duration::from_secs(left).min(self.patience));
        if welcome.as_ref().is_err_and(|f| f.code == "invite-closed") {
            // The host's person closed it: nobody is enrolled, and this home may begin again at once.
            joining.confirmed = false;
            if let Some(store) = joining.store.as_mut() {
                store.commit(Batch::new().delete(Table::Local, CONFIRMED))?;
            }
        }
        let welcome = welcome?;
        self.become_member(&welcome)
    }

    fn become_member(&mut self, welcome: &Welcome) -> Result<Answer, Fault> {
        let now = self.now();
        let State::Joining(joining) = std::mem::replace(&mut self.state, State::Empty) else {
            return Err(Fault::missing("no-community"));
        };
        let Joining {
            keys,
            store,
            session,
            invite,
            ..
        } = *joining;
        let store = store.ok_or_else(|| Fault::ours("join-store"))?;
        let mut replica = Replica::join(
            store,
            keys,
            Box::new(OsDice),
            &welcome.epochs,
            &welcome.certificate,
            now,
        )?;
        if replica.community() != *session.community() {
            return Err(Fault::input("other-community"));
        }
        for (n, addr) in welcome.addrs.iter().chain(&invite.addrs).enumerate() {
            let mut key = ADDRESS.to_vec();
            key.extend_from_slice(&u8::try_from(n).unwrap_or(u8::MAX).to_be_bytes());
            replica.set_local(&key, Some(addr.as_bytes()));
        }
        for key in [SESSION, INVITE, CONFIRMED, MEANWHILE] {
            replica.set_local(key, None);
        }
        let device = replica.me().device().to_text();
        self.state = State::Member(Box::new(replica));
        self.settle()?;
        Ok(answer(
            json!({ "state": "enrolled", "device": device, "unit": session.host().unit.reveal(),
            "role": session.host().role }),
        ))
    }
}
