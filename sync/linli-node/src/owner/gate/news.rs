//! Clock and freshness: what offices state, and what a gate makes of it (pass.md §4).
//!
//! Payload of an `acts` statement, canonical CBOR: `{1: time (Unix seconds), 2: epoch id, 3: first 8 bytes of the
//! id of each act heard, sorted, concatenated}`. A gate is refreshed by it once it holds that epoch and every act
//! listed; a list that is cut to 480 acts
//! names the lowest ids (`docs/decisions/0004-acts-statement.md`).

use crate::api::Fault;
use crate::replica::{Now, Replica};
use linli_base::cbor::{self, Fields, Value};
use linli_base::{DeviceId, EpochId, PrincipalId, UnixSec};
use linli_charter::{PrincipalKind, Topic};
use linli_pass::state::{AGREE_S, Clock, Sources};
use std::collections::BTreeSet;

/// Acts that fit a statement of 4 KiB.
const LISTED_MAX: usize = 480;
/// `Local`: own wall clock, Unix seconds, when it last agreed with a trusted source.
const AGREED: &[u8] = b"c";
/// `Local`: own wall clock, Unix seconds, when something was last logged while the clock was good.
const GOOD: &[u8] = b"o";
/// No true time lies before this program was written.
const BUILD_FLOOR_S: u64 = 1_795_219_200;

struct Stated {
    device: DeviceId,
    by: PrincipalId,
    time: UnixSec,
    epoch: EpochId,
    acts: Vec<[u8; 8]>,
}

/// What an office states now.
pub(in crate::owner) fn acts_payload(replica: &Replica, now: Now) -> Vec<u8> {
    let mut acts = replica.act_ids();
    acts.truncate(LISTED_MAX);
    let mut prefixes: Vec<[u8; 8]> = acts
        .iter()
        .map(|id| {
            let mut out = [0; 8];
            out.copy_from_slice(&id.0[..8]);
            out
        })
        .collect();
    prefixes.sort_unstable();
    Value::map(vec![
        (1, Some(Value::Uint(now.wall.seconds().0))),
        (
            2,
            Some(Value::bytes(&replica.authority().charter().newest().id.0)),
        ),
        (3, Some(Value::Bytes(prefixes.concat()))),
    ])
    .encode()
}

/// What time each computer of another office stated last.
pub(super) fn stated_times(replica: &Replica) -> Result<Vec<(DeviceId, UnixSec)>, Fault> {
    let me = replica.me().principal;
    let all = stated(replica)?.into_iter().filter(|s| s.by != me);
    Ok(all.map(|s| (s.device, s.time)).collect())
}

fn stated(replica: &Replica) -> Result<Vec<Stated>, Fault> {
    let mut out = Vec::new();
    for s in replica
        .statements()?
        .into_iter()
        .filter(|s| s.key.topic == Topic::Acts)
    {
        let device = replica.authority().device(&s.key.device);
        if let Some(device) = device.filter(|d| d.kind == PrincipalKind::Office)
            && let Some(read) = read(s.key.device, device.principal, &s.payload)
        {
            out.push(read);
        }
    }
    Ok(out)
}

fn read(device: DeviceId, by: PrincipalId, payload: &[u8]) -> Option<Stated> {
    let mut f = Fields::of(cbor::decode(payload, 3).ok()?).ok()?;
    let (time, epoch, acts) = (f.uint(1).ok()?, f.array(2).ok()?, f.bytes(3).ok()?);
    f.finish().ok()?;
    if acts.len() % 8 != 0 {
        return None;
    }
    let acts = acts
        .chunks_exact(8)
        .filter_map(|c| c.try_into().ok())
        .collect();
    Some(Stated {
        device,
        by,
        time: UnixSec(time),
        epoch: EpochId(epoch),
        acts,
    })
}

/// "Cancellations as of": the newest statement whose epoch and acts are all held here. None until an office was
/// heard: a gate that has heard of nothing asks the guard.
pub(super) fn cancels_as_of(replica: &Replica) -> Result<Option<UnixSec>, Fault> {
    let held: BTreeSet<[u8; 8]> = replica
        .act_ids()
        .iter()
        .filter_map(|id| id.0[..8].try_into().ok())
        .collect();
    let epochs: Vec<EpochId> = replica
        .authority()
        .charter()
        .chain()
        .iter()
        .map(|h| h.id)
        .collect();
    Ok(stated(replica)?
        .into_iter()
        .filter(|s| epochs.contains(&s.epoch) && s.acts.iter().all(|a| held.contains(a)))
        .map(|s| s.time)
        .max())
}

/// The clock's state and floor; `jumped` as the watch of this program saw it.
pub(super) fn clock(replica: &Replica, now: Now, jumped: bool) -> Result<Clock, Fault> {
    let epochs = replica.authority().charter().chain().iter();
    let mut sources = Sources {
        built: UnixSec(BUILD_FLOOR_S),
        epoch: UnixSec(epochs.map(|h| h.epoch.time).max().unwrap_or(0)),
        agreed: agreed(replica)?,
        good: seconds(replica, GOOD)?,
        jumped,
        ..Sources::default()
    };
    for stated in stated(replica)? {
        sources.state(stated.by, stated.time);
    }
    for (by, time) in issued(replica) {
        sources.state(by, time);
    }
    Ok(sources.clock(now.wall.seconds()))
}

/// When each issuing key last issued a certificate, by its own word. A key that is an office's device speaks as that
/// office: two words of one clock are one word.
fn issued(replica: &Replica) -> Vec<(PrincipalId, UnixSec)> {
    let authority = replica.authority();
    let issuing = &authority.charter().newest().epoch.issuing;
    let mut out = Vec::new();
    for key in issuing {
        let by = match authority.device(&key.device) {
            Some(device) => device.principal,
            None => PrincipalId(linli_base::hash::first16(&key.device.0)),
        };
        for device in authority.enrolled_by(&key.device).values() {
            if let Some(device) = authority.device(device) {
                out.push((by, device.certificate.claims().iat));
            }
        }
    }
    out
}

fn seconds(replica: &Replica, key: &[u8]) -> Result<Option<UnixSec>, Fault> {
    let value = replica.local(key)?;
    let bytes: Option<[u8; 8]> = value.and_then(|v| v.try_into().ok());
    Ok(bytes.map(|b| UnixSec(u64::from_be_bytes(b))))
}

/// When the own clock last agreed with a trusted source, by itself.
pub(super) fn agreed(replica: &Replica) -> Result<Option<UnixSec>, Fault> {
    seconds(replica, AGREED)
}

/// Writes the own time down: it is good, so no true time lies below it. It only grows.
pub(super) fn remember_good(replica: &mut Replica, now: Now) -> Result<(), Fault> {
    let own = now.wall.seconds();
    if seconds(replica, GOOD)?.is_none_or(|held| own > held) {
        replica.set_local(GOOD, Some(&own.0.to_be_bytes()));
    }
    Ok(())
}

/// Takes note when the own clock agrees with what an office just said.
pub(super) fn agree(replica: &mut Replica, now: Now) -> Result<(), Fault> {
    let own = now.wall.seconds().0;
    let agrees = stated(replica)?
        .iter()
        .any(|s| s.time.0.abs_diff(own) <= AGREE_S);
    if agrees && agreed(replica)?.is_none_or(|known| own > known.0) {
        replica.set_local(AGREED, Some(&own.to_be_bytes()));
    }
    Ok(())
}
