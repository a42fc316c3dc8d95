//! Who can be heard on the local network, for a computer that belongs to nobody yet.
//!
//! It listens for claims by mDNS and says nothing about itself: it has no address to be found at, and its key is thrown
//! away with the swarm. What it hears is a hint that anyone can forge, and perhaps no Linli device at all.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt;
use libp2p::mdns;
use libp2p::swarm::SwarmEvent;
use tokio::time::{Instant, timeout_at};

use crate::addr::Addr;
use crate::driver::NetFault;
use crate::key::NetKey;
use crate::swarm::ear;

/// Devices heard at most: strangers claim as many as they like.
const HEARD_MAX: usize = 32;
/// Addresses of one device.
const ADDRS_MAX: usize = 8;

/// Listens for so long, and gives everybody's claimed addresses, fit for [`crate::ask_once`]. Needs a tokio runtime.
///
/// # Errors
/// [`NetFault::System`]: the system gives no network.
pub async fn listen_around(
    seed: &[u8; 32],
    within: Duration,
) -> Result<BTreeMap<NetKey, Vec<String>>, NetFault> {
    let mut swarm = ear(seed)?;
    let mut heard: BTreeMap<NetKey, Vec<String>> = BTreeMap::new();
    let until = Instant::now() + within;
    while let Ok(event) = timeout_at(until, swarm.select_next_some()).await {
        let SwarmEvent::Behaviour(mdns::Event::Discovered(found)) = event else {
            continue;
        };
        for (peer, addr) in found {
            let known = NetKey::from_peer_id(&peer).filter(|_| Addr::from_multiaddr(&addr).is_ok());
            let Some(peer) = known else { continue };
            if heard.len() >= HEARD_MAX && !heard.contains_key(&peer) {
                continue;
            }
            let addrs = heard.entry(peer).or_default();
            let addr = addr.to_string();
            if addrs.len() < ADDRS_MAX && !addrs.contains(&addr) {
                addrs.push(addr);
            }
        }
    }
    Ok(heard)
}
