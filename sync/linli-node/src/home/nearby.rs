//! Who of Linli is around, for a computer that belongs to nobody yet.
//!
//! mDNS says that a device is there, and not of which community. Only a device with an open invitation says more, on the
//! protocol of joining (trust.md §8), and what it says is a claim: seven pictures prove it, later (decision 0030).

use super::clock::{Clock, OsDice};
use crate::api::{Answer, Fault};
use crate::joinproto::{JoinAsk, JoinSay};
use futures::future::join_all;
use linli_base::{CommunityId, Dice as _};
use linli_keys::sas::emoji_of;
use linli_net::{AskFault, NetKey, ask_once, listen_around};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long it is listened: a device answers a question of mDNS within a moment, and one lost packet is asked again.
const LISTEN: Duration = Duration::from_secs(4);
/// How long one device may take to answer.
const ANSWER: Duration = Duration::from_secs(3);
/// Devices that are asked.
const ASKED_MAX: usize = 16;

/// Listens, and asks who was heard. Data: `{heard:[{community, name, picture}], others, as_of_ms}`: communities that an
/// invitation is open for, each once, and how many further computers of Linli were heard.
///
/// # Errors
/// [`Fault`]: this computer gives no network.
pub fn nearby() -> Result<Answer, Fault> {
    let seed = seed();
    let runtime = runtime()?;
    let said = runtime.block_on(async {
        let heard = listen_around(&seed, LISTEN)
            .await
            .map_err(|_| no_network())?;
        let asking = heard.iter().take(ASKED_MAX).map(|(peer, addrs)| {
            let ask = JoinAsk::Around.encode();
            ask_once(&seed, addrs, Some(*peer), ask, ANSWER)
        });
        Ok::<_, Fault>(join_all(asking).await)
    })?;
    let mut open: BTreeMap<[u8; 32], String> = BTreeMap::new();
    let mut others = 0;
    for said in said {
        match said.map(|bytes| JoinSay::decode(&bytes)) {
            Ok(Some(JoinSay::Here(community, name))) => {
                open.insert(community, name);
            }
            // Linli, and no invitation is open there.
            Ok(_) | Err(AskFault::Refused) => others += 1,
            Err(_) => {}
        }
    }
    let heard: Vec<Value> = open
        .into_iter()
        .map(|(community, name)| {
            let community = CommunityId(community);
            let pictures = emoji_of(&community);
            let picture: Vec<&str> = pictures.emoji().map(|e| e.emoji).collect();
            json!({ "community": community.to_text(), "name": name, "picture": picture.join(" ") })
        })
        .collect();
    Ok(crate::owner::answer(json!({
        "heard": heard, "others": others, "as_of_ms": Clock::start().now().wall.0,
    })))
}

/// Where a device is heard; empty: nowhere.
pub(super) fn addresses_of(net: &[u8; 32]) -> Vec<String> {
    let Ok(runtime) = runtime() else {
        return Vec::new();
    };
    let heard = runtime.block_on(listen_around(&seed(), LISTEN));
    let mut heard = heard.unwrap_or_default();
    heard.remove(&NetKey(*net)).unwrap_or_default()
}

/// A key for this once.
fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    OsDice.fill(&mut seed);
    seed
}

fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Fault::ours("runtime"))
}

fn no_network() -> Fault {
    Fault::unreachable("no-network")
}
