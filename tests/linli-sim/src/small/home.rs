//! One home of a small world: a disk, secrets and the program that runs; and two of them that meet.

use super::disk::Disk;
use crate::dice::SimDice;
use crate::node::Secrets;
use linli_node::api::Fault;
use linli_node::drive::{Driven, Hands};
use linli_node::replica::Replica;
use linli_protocol::frame::{Hello, hello_bytes};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_store::MemoryStore;
use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// 2026-11-24, 10:00 at +08:00.
const BEGIN_MS: u64 = 1_795_485_600_000;

/// One home: a disk, secrets and the program that runs.
pub(crate) struct Home {
    pub(crate) disk: Disk,
    secrets: Secrets,
    pub(crate) driven: Arc<Mutex<Driven>>,
}

pub(crate) fn lock(driven: &Mutex<Driven>) -> MutexGuard<'_, Driven> {
    driven.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn hands() -> &'static Hands {
    let hands: &'static Hands = Box::leak(Box::default());
    hands.wall_ms.store(BEGIN_MS, Relaxed);
    hands.moment_ms.store(1_000, Relaxed);
    hands
}

impl Home {
    /// Starts the program on a disk.
    pub(crate) fn start(
        disk: MemoryStore,
        secrets: &Secrets,
        dice: &mut SimDice,
        make: impl FnOnce(Replica) -> Driven,
    ) -> Result<Self, String> {
        let disk = Disk::of(disk);
        let replica = open(&disk, secrets, dice)?;
        Ok(Self {
            disk,
            secrets: secrets.clone(),
            driven: Arc::new(Mutex::new(make(replica))),
        })
    }

    /// Ends the program, as a power cut does, and starts it again.
    pub(crate) fn restart(
        &mut self,
        dice: &mut SimDice,
        hands: &'static Hands,
    ) -> Result<(), String> {
        self.restart_as(dice, |replica| Driven::new(replica, hands))
    }

    /// The same, with the program made by the caller.
    pub(crate) fn restart_as(
        &mut self,
        dice: &mut SimDice,
        make: impl FnOnce(Replica) -> Driven,
    ) -> Result<(), String> {
        let replica = open(&self.disk, &self.secrets, dice)?;
        *lock(&self.driven) = make(replica);
        Ok(())
    }
}

fn open(disk: &Disk, secrets: &Secrets, dice: &mut SimDice) -> Result<Replica, String> {
    let store = Box::new(disk.clone());
    Replica::open(store, secrets.keys(), Box::new(dice.fork())).map_err(|e| format!("open: {e}"))
}

pub(crate) fn hello(from: &Replica, to: &[u8; 32]) -> Hello {
    let newest = from.authority().charter().newest();
    let (community, net) = (from.community(), from.me().net());
    Hello {
        version: 1,
        community,
        certificate: from.me().certificate.bytes().to_vec(),
        proof: from.me().sign.sign(&hello_bytes(&community, &net, to)),
        epoch: newest.epoch.number,
        epoch_id: newest.id,
    }
}

/// Links two homes, lets them say all they have, and parts them.
pub(crate) fn meet(homes: &[Home], a: usize, b: usize, link: u64) -> Result<(), String> {
    let link = LinkId(link);
    let fault = |f: Fault| f.code;
    let mut queue: VecDeque<(usize, Input)> = VecDeque::new();
    for (x, y) in [(a, b), (b, a)] {
        let to = lock(&homes[y].driven).replica().map_err(fault)?.me().net();
        let mut from = lock(&homes[x].driven);
        let from = from.replica().map_err(fault)?;
        let up = Input::LinkUp {
            link,
            peer_net: to,
            my_net: from.me().net(),
            hello: Box::new(hello(from, &to)),
        };
        queue.push_back((x, up));
    }
    let mut steps = 0;
    while let Some((at, input)) = queue.pop_front() {
        steps += 1;
        if steps > 20_000 {
            return Err("two homes do not come to an end".to_owned());
        }
        for output in lock(&homes[at].driven).input(input).map_err(fault)? {
            match output {
                Output::Send(_, bytes) => {
                    let other = if at == a { b } else { a };
                    queue.push_back((other, Input::Frame(link, bytes)));
                }
                Output::HangUp(_, why) => return Err(format!("{at} hangs up: {why:?}")),
                _ => {}
            }
        }
    }
    for x in [a, b] {
        let mut home = lock(&homes[x].driven);
        home.input(Input::LinkDown(link)).map_err(fault)?;
        home.chores().map_err(fault)?;
    }
    Ok(())
}
