//! The first half of joining: make a home, exchange keys, show the pictures.

use super::clock::{Clock, OsDice};
use super::files::{HomeFiles, device_keys};
use super::{HomeOptions, JoinArgs};
use crate::api::{Answer, Fault, Request};
use crate::invite::{Invite, InviteError};
use crate::joinproto::{JoinAsk, JoinSay};
use crate::owner::meanwhile::{self, Meanwhile};
use crate::owner::{Joining, Owner};
use linli_base::Private;
use linli_keys::PublicKey;
use linli_keys::sas::{HostKeys, JoinKeys, JoinRequest, JoinerState};
use linli_net::{AskFault, NetKey, ask_once};
use std::time::Duration;

/// Faults of the way to the host: nobody, or somebody else, is where the invitation says.
const NOT_THERE: [&str; 3] = ["host-unreachable", "timed-out", "join-other-device"];

/// Makes a home and runs the exchange with whoever invited; the pictures are in the answer.
///
/// # Errors
/// [`Fault`]; a home made for this is taken away again.
pub fn join(o: &HomeOptions, a: &JoinArgs) -> Result<Answer, Fault> {
    join_by(o, a, false)
}

/// As [`join`]; a host that is not where its invitation says is looked for on the local network.
///
/// # Errors
/// As [`join`].
pub fn join_looking(o: &HomeOptions, a: &JoinArgs) -> Result<Answer, Fault> {
    join_by(o, a, true)
}

fn join_by(o: &HomeOptions, a: &JoinArgs, look: bool) -> Result<Answer, Fault> {
    let mut invite = Invite::parse(&a.invite).map_err(|e| match e {
        InviteError::NotOne => Fault::input("invite-not-one"),
        InviteError::Newer => Fault::version("invite-newer"),
        InviteError::Damaged => Fault::input("invite-damaged"),
    })?;
    let clock = Clock::start();
    if invite.until_s <= clock.now().wall.seconds().0 {
        return Err(Fault::input("invite-expired"));
    }
    let (files, mut store, secrets) = HomeFiles::create_for(o, Some(&invite))?;
    let mut exchanged = exchange(o, a, &invite, &device_keys(&secrets));
    if look
        && exchanged
            .as_ref()
            .is_err_and(|fault| NOT_THERE.contains(&fault.code.as_str()))
    {
        // Its address may have changed since the invitation was written: perhaps it can be heard.
        let heard = super::nearby::addresses_of(&invite.net);
        if !heard.is_empty() {
            invite.addrs = heard;
            exchanged = exchange(o, a, &invite, &device_keys(&secrets));
        }
    }
    match exchanged {
        Ok((session, reveal)) => {
            Joining::save(store.as_mut(), &session, &invite)?;
            if let Err(fault) = say_reveal(o, &invite, &device_keys(&secrets), &reveal) {
                drop(store);
                files.remove_new();
                return Err(fault);
            }
            // Comfort, not a step: an older host knows nothing of it.
            let meanwhile = read_meanwhile(o, &invite, &device_keys(&secrets), &session);
            let meanwhile = meanwhile.unwrap_or_default();
            Joining::save_meanwhile(store.as_mut(), &meanwhile)?;
            let joining = Joining {
                session,
                invite,
                keys: device_keys(&secrets),
                confirmed: false,
                meanwhile,
                store: Some(store),
            };
            let mut owner = Owner::joining(files, joining, clock, o.timeout);
            let mut answer = owner.handle(Request::SasShow, &mut |_, _| {})?;
            answer.data = answer.data["sides"][0].take();
            answer.data["home"] = o.dir.display().to_string().into();
            Ok(answer)
        }
        Err(fault) => {
            drop(store);
            files.remove_new();
            Err(fault)
        }
    }
}

fn exchange(
    o: &HomeOptions,
    a: &JoinArgs,
    invite: &Invite,
    keys: &crate::replica::DeviceKeys,
) -> Result<(linli_keys::sas::Session, Vec<u8>), Fault> {
    let net = linli_keys::SigningKey::from_seed(&keys.net_seed);
    let request = JoinRequest {
        community: invite.community,
        secret: invite.secret.clone(),
        host_net: PublicKey::parse(&invite.net).ok(),
        keys: JoinKeys {
            sign: keys.sign.public(),
            net: net.public(),
            kex: keys.kex.public(),
        },
        name: Private::new(a.device_name.clone()),
    };
    let (state, commit) =
        JoinerState::start(request, &mut OsDice).map_err(|_| Fault::input("bad-device-name"))?;
    let said = ask(o, invite, keys, &JoinAsk::Commit(commit.encode()))?;
    let JoinSay::HostKeys(bytes) = said else {
        return Err(refused(said));
    };
    let host = HostKeys::decode(&bytes).map_err(|_| Fault::input("join-frame"))?;
    let (session, reveal) = state
        .reveal(host)
        .map_err(|e| Fault::forbidden("join-refused").with("why", e))?;
    Ok((session, reveal.encode()))
}

fn say_reveal(
    o: &HomeOptions,
    invite: &Invite,
    keys: &crate::replica::DeviceKeys,
    reveal: &[u8],
) -> Result<(), Fault> {
    let id = invite.secret.id(&invite.community).0;
    match ask(o, invite, keys, &JoinAsk::Reveal(id, reveal.to_vec()))? {
        JoinSay::Revealed => Ok(()),
        other => Err(refused(other)),
    }
}

/// What may be read while the people compare.
fn read_meanwhile(
    o: &HomeOptions,
    invite: &Invite,
    keys: &crate::replica::DeviceKeys,
    session: &linli_keys::sas::Session,
) -> Option<Meanwhile> {
    let id = invite.secret.id(&invite.community).0;
    match ask(o, invite, keys, &JoinAsk::Meanwhile(id)).ok()? {
        JoinSay::Meanwhile(sealed) => {
            let plain = session.open(meanwhile::CONTEXT, &sealed).ok()?;
            Meanwhile::decode(&plain)
        }
        _ => None,
    }
}

fn refused(said: JoinSay) -> Fault {
    match said {
        JoinSay::Refused(why) if why == "window-closed" || why == "invite-closed" => {
            Fault::unreachable(&why)
        }
        JoinSay::Refused(why) if why == "invite-used" => Fault::forbidden("invite-used"),
        JoinSay::Refused(why) => Fault::forbidden("join-refused").with("why", why),
        _ => Fault::input("join-frame"),
    }
}

fn ask(
    o: &HomeOptions,
    invite: &Invite,
    keys: &crate::replica::DeviceKeys,
    what: &JoinAsk,
) -> Result<JoinSay, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Fault::ours("runtime"))?;
    let within = o.timeout.min(Duration::from_secs(20));
    let said = runtime.block_on(ask_once(
        &keys.net_seed,
        &invite.addrs,
        Some(NetKey(invite.net)),
        what.encode(),
        within,
    ));
    match said {
        Ok(bytes) => JoinSay::decode(&bytes).ok_or_else(|| Fault::input("join-frame")),
        Err(AskFault::Refused) => Err(Fault::unreachable("window-closed")),
        Err(AskFault::WrongPeer) => Err(Fault::forbidden("join-other-device")),
        Err(AskFault::Timeout) => Err(Fault::unreachable("timed-out")),
        Err(_) => Err(Fault::unreachable("host-unreachable")),
    }
}
