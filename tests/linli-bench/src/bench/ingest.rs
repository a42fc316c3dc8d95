//! B3: a household that was away meets a neighbour and takes in what it missed.
//!
//! Four authors write beforehand: notices, rooms and people of the register by the office, posts, comments and
//! grants by households, events by the gate. A new household links with the office; frames go by hand. Timed is
//! only what the new household does: its inputs, and its commits as its loop would make them. The peer is one
//! strict verification for each signature that arrived, on one core, which nothing can go below.

use super::Scale;
use crate::clock::timed;
use crate::disk::sealed_file;
use crate::mesh::{Mesh, settle};
use crate::stats::{Measured, Rounds, Times};
use crate::world::{self, found, household, now};
use anyhow::{Context as _, Result, bail};
use linli_base::{Entry, RecordId};
use linli_keys::PublicKey;
use linli_node::replica::{EnrolAs, Replica};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_store::{MemoryStore, Store};
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Frames taken before one commit, as in the node's loop.
const GROUP_MAX: usize = 64;
/// The replica that everything has come to.
const OFFICE: usize = 0;
const GATE: usize = 4;
/// Devices 10 and on are the households that arrive.
const FIRST_GUEST: u32 = 10;

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let hundreds = scale.of(60, 4);
    let mut office = neighbourhood(hundreds)?;
    let (mut file, mut memory) = (Rounds::default(), Rounds::default());
    let mut arrived = 0;
    for round in 0..scale.rounds {
        let guest = FIRST_GUEST + 2 * u32::try_from(round)?;
        let store = sealed_file(dir, &format!("ingest-{round}"))?;
        let (rate, bare, count) = once(&mut office, guest, store)?;
        file.push(rate, bare);
        arrived = count;
        let (rate, bare, _) = once(&mut office, guest + 1, Box::new(MemoryStore::new()))?;
        memory.push(rate, bare);
    }
    let note = format!(
        "{arrived} entries: of a hundred 5 notices, 18 rooms, 7 people, 18 posts, 36 comments, 11 grants, 5 gate events"
    );
    Ok(vec![
        file.measured("b3-ingest", note),
        memory.measured("b3-memory", ""),
    ])
}

/// An office that holds what four authors wrote, so many times a hundred entries.
fn neighbourhood(hundreds: usize) -> Result<Replica> {
    let memory = || Box::new(MemoryStore::new());
    let mut office = found(memory())?;
    let mut all = Vec::new();
    for n in 1..4 {
        all.push(household(&mut office, n, memory())?);
    }
    all.push(world::enrol(
        &mut office,
        4,
        &EnrolAs::Gate { number: 1 },
        memory(),
    )?);
    all.insert(OFFICE, office);
    let count = all.len();
    let mut mesh = Mesh::new(all, Duration::ZERO, false);
    for n in 1..count {
        mesh.link(OFFICE, n)?;
    }
    mesh.settle(OFFICE)?;
    let mut posts = Vec::new();
    for hundred in 0..hundreds {
        office_writes(mesh.replica(OFFICE)?, hundred)?;
        for n in 0..18 {
            let home = mesh.replica(1 + n % 3)?;
            posts.push(world::post(home, now(3), hundred * 18 + n)?);
        }
        for n in 0..11 {
            world::grant(mesh.replica(1 + n % 3)?, now(3), hundred * 11 + n)?;
        }
        for n in 0..5 {
            let event = world::gate_event(now(3), hundred * 5 + n);
            world::log_event(mesh.replica(GATE)?, now(3), event)?;
        }
        for n in 0..count {
            mesh.settle(n)?;
        }
        comments(&mut mesh, &posts, hundred)?;
        posts.clear();
    }
    mesh.into_replica(OFFICE)
}

fn office_writes(office: &mut Replica, hundred: usize) -> Result<()> {
    for n in 0..5 {
        world::notice(office, now(3), hundred * 5 + n)?;
    }
    for n in 0..18 {
        world::room(office, now(3), hundred * 18 + n)?;
    }
    for n in 0..7 {
        world::person(office, now(3), hundred * 7 + n)?;
    }
    Ok(())
}

/// Two comments below each post, by other households than its own.
fn comments(mesh: &mut Mesh, posts: &[RecordId], hundred: usize) -> Result<()> {
    for (n, post) in posts.iter().enumerate() {
        for by in [1, 2] {
            let home = mesh.replica(1 + (n + by) % 3)?;
            world::comment(home, now(4), post, hundred * 36 + n)?;
        }
    }
    for n in 1..4 {
        mesh.settle(n)?;
    }
    Ok(())
}

/// A new household takes in everything: entries a second, verifications a second, entries.
fn once(office: &mut Replica, n: u32, store: Box<dyn Store>) -> Result<(f64, f64, usize)> {
    let mut guest = household(office, n, store)?;
    settle(office, now(5), &mut Vec::new())?;
    let mut before = Vec::new();
    for log in guest.heads().keys() {
        before.push(*log);
    }
    let took = meet(office, &mut guest, LinkId(u64::from(n)))?;
    let mut times = Times::default();
    times.push(took);
    let mut arrived = Vec::new();
    for (log, head) in guest.heads() {
        if !before.contains(log) {
            let served = guest.served(log, 1);
            if served.len() != usize::try_from(head.seq)? {
                bail!("an entry is missing");
            }
            arrived.extend(served.into_iter().map(|(_, bytes)| bytes));
        }
    }
    if !guest.refused().is_empty() || guest.waiting() > 0 {
        bail!("something was refused: {:?}", guest.refused());
    }
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let count = arrived.len() as f64;
    let bare = verifications(office, &arrived)?;
    Ok((times.rate() * count, bare.rate(), arrived.len()))
}

/// Passes frames until neither has anything to say; the time that the guest worked.
fn meet(office: &mut Replica, guest: &mut Replica, link: LinkId) -> Result<Duration> {
    let up = |me: &Replica, peer: &Replica| Input::LinkUp {
        link,
        peer_net: peer.me().net(),
        my_net: me.me().net(),
        hello: Box::new(world::hello(me, peer)),
    };
    let mut to_guest = VecDeque::from([up(guest, office)]);
    let mut to_office = VecDeque::from([up(office, guest)]);
    let mut worked = Duration::ZERO;
    loop {
        let mut out = Vec::new();
        if let Some(input) = to_office.pop_front() {
            office.input(now(6), input, &mut out)?;
            settle(office, now(6), &mut out)?;
            to_guest.extend(frames(out, link)?);
        } else if !to_guest.is_empty() {
            let group: Vec<Input> = to_guest.drain(..to_guest.len().min(GROUP_MAX)).collect();
            let (done, took) = timed(|| -> Result<()> {
                for input in group {
                    guest.input(now(6), input, &mut out)?;
                }
                settle(guest, now(6), &mut out)
            });
            done?;
            worked += took;
            to_office.extend(frames(out, link)?);
        } else {
            break;
        }
    }
    office.input(now(7), Input::LinkDown(link), &mut Vec::new())?;
    Ok(worked)
}

fn frames(out: Vec<Output>, link: LinkId) -> Result<Vec<Input>> {
    let mut frames = Vec::new();
    for output in out {
        match output {
            Output::Send(to, bytes) if to == link => frames.push(Input::Frame(link, bytes)),
            Output::HangUp(_, fault) => bail!("a replica hangs up: {fault:?}"),
            _ => {}
        }
    }
    Ok(frames)
}

/// The same signatures, strictly verified one by one.
fn verifications(office: &Replica, entries: &[Vec<u8>]) -> Result<Times> {
    let mut ready = Vec::new();
    for bytes in entries {
        let header = Entry::decode(bytes)?.header;
        let key = PublicKey::parse(&header.device.0)?;
        ready.push((
            key,
            header.signed_bytes(&office.community()),
            header.signature,
        ));
    }
    let mut times = Times::default();
    for (key, message, signature) in &ready {
        let (right, took) = timed(|| key.verify(message, signature));
        if !right {
            return Err(anyhow::anyhow!("a wrong signature")).context("verification");
        }
        times.push(took);
    }
    Ok(times)
}
