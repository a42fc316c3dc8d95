//! Peers, pauses, and why something is not in step.

mod standing;

use super::{Owner, State, answer, community::kind_word, joining::ADDRESS};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_base::{DeviceId, LaneClass, RecordId};
use linli_charter::Cut;
use linli_net::NetKey;
use linli_protocol::hub::{PeerFault, Tell};
use serde_json::{Value, json};
use standing::{Standing, refusal};

pub(crate) use standing::Seen;

/// `Local`: `m` ‖ device -> when it was last met, Unix ms.
const MET: &[u8] = b"m";
/// `Local`: `z` -> everything is paused; `z` ‖ device -> that device is.
const PAUSED: &[u8] = b"z";
/// `Local`: `h` ‖ device ‖ log -> the cut up to which that device said it holds this log of ours, of passes. Whether a
/// gate heard of a pass must not be forgotten when the program ends; what else others hold is asked again.
const HEARD: &[u8] = b"h";
/// Refused links that are remembered.
const REFUSED_MAX: usize = 16;

fn with(prefix: &[u8], device: &DeviceId) -> Vec<u8> {
    let mut key = prefix.to_vec();
    key.extend_from_slice(&device.0);
    key
}

/// When a device was last met here.
pub(super) fn last_met(replica: &Replica, device: &DeviceId) -> Result<Option<u64>, Fault> {
    let value = replica.local(&with(MET, device))?;
    Ok(value
        .and_then(|v| v.try_into().ok())
        .map(u64::from_be_bytes))
}

/// A link that was refused.
#[derive(Debug)]
pub(crate) struct RefusedLink {
    fault: PeerFault,
    /// Where it led.
    addr: Option<String>,
    /// The key that the transport proved.
    net: Option<[u8; 32]>,
}

impl Owner {
    pub(super) fn peers(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me().device();
        let online: Vec<DeviceId> = replica.hub().online().collect();
        let all_paused = self.paused()?;
        let mut list = Vec::new();
        for (id, d) in replica.authority().devices() {
            if *id == me {
                continue;
            }
            let is_online = online.contains(id);
            let (lacks, more) = if is_online {
                in_step(replica, id)
            } else {
                (None, None)
            };
            // Whoever is here is being met; the note of it is written when the link ends.
            let met_ms = if is_online {
                Some(self.now().wall.0)
            } else {
                last_met(replica, id)?
            };
            list.push(json!({
                "device": id.to_text(), "short": id.short(), "kind": kind_word(d.kind),
                "label": label(replica, id), "unit": d.unit(), "online": is_online,
                "paused": all_paused || replica.local(&with(PAUSED, id))?.is_some(),
                "last_met_ms": met_ms, "lacks": lacks, "they_have_more": more,
                "addr": self.addr_of.get(id), "reason": self.reason(id)?,
            }));
        }
        let listening = self
            .net
            .as_ref()
            .map(|n| n.listen_addrs())
            .unwrap_or_default();
        let addrs: Vec<String> = self.address_book()?;
        Ok(answer(json!({
            "peers": list, "refused": self.refused(), "listening": listening, "address_book": addrs, "paused": all_paused,
            "running": self.is_running(), "as_of_ms": self.now().wall.0, "reason": self.whole_reason()?,
            "ahead_ms": self.seen.ahead_ms(),
        })))
    }

    /// Links that were refused and whose other end has not been met since, oldest first: where they led, and why.
    fn refused(&self) -> Vec<Value> {
        let refused = self.refused_links.values();
        refused
            .map(|link| json!({ "addr": link.addr, "reason": refusal(link.fault) }))
            .collect()
    }

    /// Why a link to the holder of this key was refused last.
    fn refused_of(&self, key: [u8; 32]) -> Option<PeerFault> {
        let mut of = self.refused_links.values().rev();
        of.find(|link| link.net == Some(key)).map(|link| link.fault)
    }

    fn standing(&self, device: &DeviceId) -> Result<Standing, Fault> {
        let replica = self.replica_ref()?;
        let paused = self.paused()? || replica.local(&with(PAUSED, device))?.is_some();
        let key = replica.authority().device(device).and_then(|d| d.net);
        Ok(Standing {
            running: self.is_running(),
            disk_full: self.seen.disk_is_full(),
            revoked: replica.authority().is_revoked(device),
            online: replica.hub().online().any(|d| d == *device),
            paused,
            refused: key.and_then(|key| self.refused_of(key)),
            walled: key.is_some_and(|key| self.seen.is_walled(&NetKey(key))),
            others_online: replica.hub().online().next().is_some(),
        })
    }

    /// Which of the ten reasons stands for the home as a whole; none if nothing keeps it from the others.
    fn whole_reason(&self) -> Result<Option<&'static str>, Fault> {
        let online = self.replica_ref()?.hub().online().next().is_some();
        Ok(if self.seen.disk_is_full() {
            Some("disk-full")
        } else if self.seen.clocks_apart() {
            Some("clocks-apart")
        } else if !online {
            // Somebody is there and may not come in: that says more than that nobody is.
            let last = self.refused_links.values().next_back();
            Some(last.map_or("nobody-on-lan", |link| refusal(link.fault)))
        } else if self.waits_for_any_file() {
            Some("large-file")
        } else {
            None
        })
    }

    /// One of the ten reasons of sync.md §5 why a peer is not in step; none if it is, or nothing is known.
    fn reason(&self, device: &DeviceId) -> Result<Option<&'static str>, Fault> {
        Ok(self.standing(device)?.reason())
    }

    pub(super) fn why(&self, item: &str) -> Result<Answer, Fault> {
        let running = self.is_running();
        if let Ok(device) = self.find_device(item) {
            let standing = self.standing(&device)?;
            let state = match standing {
                Standing { online: true, .. } => "online",
                Standing { paused: true, .. } => "paused",
                _ => "away",
            };
            return Ok(answer(json!({
                "item": device.to_text(), "state": state, "reason": standing.reason(), "copies": [],
                "running": running,
            })));
        }
        let replica = self.replica_ref()?;
        let mut all = Vec::new();
        for kind in linli_record::RowKind::ALL {
            all.extend(replica.rows(*kind)?.into_iter().map(|(id, _)| id));
        }
        let record = super::ids::pick(item, "r", all.into_iter(), RecordId::to_text)?;
        let copies: Vec<Value> = replica
            .holders(&record)?
            .into_iter()
            .map(|d| json!({ "device": d.to_text(), "label": label(replica, &d) }))
            .collect();
        let paused = self.paused()?;
        let state = match copies.is_empty() {
            false => "elsewhere",
            true if paused => "paused",
            true => "here-only",
        };
        let lane = replica.doc_lane(&record)?;
        let carried =
            |d: &DeviceId| lane.is_none_or(|lane| replica.authority().may_carry(d, &lane));
        let reason = if running && self.waits_for_file(&record) {
            Some("large-file")
        } else if !copies.is_empty() {
            None
        } else if running && self.seen.disk_is_full() {
            Some("disk-full")
        } else if !running || (replica.hub().online().next().is_none() && !paused) {
            Some("nobody-on-lan")
        } else if paused || replica.hub().online().any(|d| carried(&d)) {
            // Somebody who may hold it is there: it is on its way.
            None
        } else {
            Some("not-entitled")
        };
        Ok(answer(json!({
            "item": record.to_text(), "state": state, "copies": copies, "reason": reason, "running": running,
        })))
    }

    pub(crate) fn paused(&self) -> Result<bool, Fault> {
        Ok(self.replica_ref()?.local(PAUSED)?.is_some())
    }

    pub(super) fn net_pause(&mut self, peer: Option<&str>, pause: bool) -> Result<Answer, Fault> {
        let value: Option<&[u8]> = pause.then_some(b"1");
        let data = match peer {
            None => {
                self.replica()?.set_local(PAUSED, value);
                if let Some(net) = &self.net {
                    net.set_paused(pause);
                }
                json!({ "paused": if pause { json!("all") } else { json!([]) } })
            }
            Some(peer) => {
                let device = self.find_device(peer)?;
                self.replica()?.set_local(&with(PAUSED, &device), value);
                let key = self
                    .replica_ref()?
                    .authority()
                    .device(&device)
                    .and_then(|d| d.net);
                if let (Some(net), Some(key)) = (&self.net, key) {
                    net.pause_peer(NetKey(key), pause);
                }
                json!({ "paused": if pause { json!([device.to_text()]) } else { json!([]) } })
            }
        };
        Ok(answer(data))
    }

    pub(super) fn net_dial(&mut self, addr: &str) -> Result<Answer, Fault> {
        if let Some(net) = &self.net {
            net.dial(addr)
                .map_err(|_| Fault::input("bad-address").with("addr", addr))?;
        }
        let mut key = ADDRESS.to_vec();
        key.extend_from_slice(addr.as_bytes());
        self.replica()?.set_local(&key, Some(addr.as_bytes()));
        Ok(answer(json!({ "addr": addr })))
    }

    /// Addresses to dial when the node runs.
    pub(crate) fn address_book(&self) -> Result<Vec<String>, Fault> {
        let State::Member(replica) = &self.state else {
            return Ok(Vec::new());
        };
        let rows = replica.locals(ADDRESS)?;
        Ok(rows
            .into_iter()
            .filter_map(|(_, v)| String::from_utf8(v).ok())
            .collect())
    }

    /// Applies the pauses that were set before, at the start of a run.
    pub(crate) fn apply_pauses(&self) -> Result<(), Fault> {
        let (Some(net), State::Member(replica)) = (&self.net, &self.state) else {
            return Ok(());
        };
        for (key, _) in replica.locals(PAUSED)? {
            match DeviceId::from_slice(&key[PAUSED.len()..]) {
                None => net.set_paused(true),
                Some(device) => {
                    if let Some(peer) = replica.authority().device(&device).and_then(|d| d.net) {
                        net.pause_peer(NetKey(peer), true);
                    }
                }
            }
        }
        Ok(())
    }

    /// What a peer says that it holds; of our passes it is kept, as far as it goes beyond what is kept already.
    fn note_holds(&mut self, device: &DeviceId, cuts: &[Cut]) -> Result<(), Fault> {
        let replica = self.replica()?;
        let me = replica.me().device();
        let is_pass = |c: &&Cut| c.log.device == me && c.log.lane.class == LaneClass::Pass;
        for cut in cuts.iter().filter(is_pass) {
            let mut key = with(HEARD, device);
            key.extend_from_slice(&cut.log.to_bytes());
            let kept = replica.local(&key)?.and_then(|v| Cut::from_bytes(&v));
            if kept.is_none_or(|kept| kept.seq < cut.seq) {
                replica.set_local(&key, Some(&cut.to_bytes()));
            }
        }
        replica.note_holds(device, cuts);
        Ok(())
    }

    /// Remembers, when a home is opened, what peers said that they hold of our passes.
    pub(crate) fn recall_holds(&mut self) -> Result<(), Fault> {
        let State::Member(replica) = &mut self.state else {
            return Ok(());
        };
        for (key, value) in replica.locals(HEARD)? {
            let device = key.get(HEARD.len()..).and_then(|k| k.first_chunk());
            if let (Some(device), Some(cut)) = (device, Cut::from_bytes(&value)) {
                replica.note_holds(&DeviceId(*device), &[cut]);
            }
        }
        Ok(())
    }

    /// Takes note of what the hub tells.
    pub(crate) fn heard(&mut self, tell: &Tell) -> Result<(), Fault> {
        let now = self.now();
        match tell {
            Tell::Met(device) => {
                let key = self
                    .replica_ref()?
                    .authority()
                    .device(device)
                    .and_then(|d| d.net);
                if let Some(key) = key {
                    self.refused_links.retain(|_, link| link.net != Some(key));
                    self.seen.met(NetKey(key));
                }
                let at = now.wall.0.to_be_bytes();
                self.replica()?.set_local(&with(MET, device), Some(&at));
            }
            Tell::PeerHolds(device, cuts) => self.note_holds(device, cuts)?,
            Tell::Refused(link, fault) => {
                let addr = self.addr_of_link.get(link).cloned();
                let refused = RefusedLink {
                    fault: *fault,
                    addr,
                    net: self.net_of_link.get(link).copied(),
                };
                // Of one that keeps calling the last time is kept.
                if let Some(net) = refused.net {
                    self.refused_links.retain(|_, link| link.net != Some(net));
                }
                self.refused_links.insert(*link, refused);
                // Strangers may call as often as they like: the newest are kept.
                while self.refused_links.len() > REFUSED_MAX {
                    self.refused_links.pop_first();
                }
            }
            Tell::Admitted(link, device) => {
                // Not the key of its enrolment, which may be on its way yet: the certificate was judged together with
                // the key that the transport proved.
                if let (Some(net), Some(key)) = (&self.net, self.net_of_link.get(link)) {
                    net.know(NetKey(*key), true);
                }
                if let Some(addr) = self.addr_of_link.get(link) {
                    self.addr_of.insert(*device, addr.clone());
                }
            }
            Tell::Gone(_) => {}
        }
        Ok(())
    }
}

/// How many entries an online peer is not known to hold, and whether it is known to hold more than we do.
fn in_step(replica: &Replica, device: &DeviceId) -> (Option<u64>, Option<bool>) {
    let mut lacks = 0;
    for (log, head) in replica.heads() {
        if replica.authority().may_carry(device, &log.lane) {
            let has = replica.hub().peer_holds(device, log).unwrap_or(0);
            lacks += u64::from(head.seq.saturating_sub(has));
        }
    }
    (
        Some(lacks),
        Some(
            replica
                .hub()
                .peer_has_more(device, |log| replica.heads().get(log).map_or(0, |h| h.seq)),
        ),
    )
}

pub(super) fn label(replica: &Replica, device: &DeviceId) -> String {
    let authority = replica.authority();
    let Some(d) = authority.device(device) else {
        return device.short();
    };
    let gate = d.certificate.claims().gate.and_then(|no| {
        authority
            .charter()
            .newest()
            .epoch
            .gates
            .iter()
            .find(|g| g.number == no)
            .map(|g| g.name.clone())
    });
    authority
        .office_name(&d.principal)
        .map(str::to_owned)
        .or(gate)
        .or_else(|| d.unit().map(str::to_owned))
        .unwrap_or_else(|| device.short())
}
