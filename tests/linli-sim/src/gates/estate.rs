//! The estate that every seed begins with, founded once: an office, two gates, a household, all of which have met.

use super::store::Disk;
use crate::dice::SimDice;
use crate::node::Secrets;
use linli_base::UtcOffset;
use linli_keys::SigningKey;
use linli_node::api::Fault;
use linli_node::drive::{Driven, Hands};
use linli_node::replica::{EnrolAs, Founding, Now, Replica};
use linli_protocol::frame::{Hello, hello_bytes};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_store::MemoryStore;
use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The office.
pub(crate) const OFFICE: usize = 0;
/// The household.
pub(crate) const HOUSE: usize = 3;
/// Office, gate 1, gate 2, household.
pub(super) const HOMES: usize = 4;
/// 2026-11-24, 10:00 at +08:00.
const BEGIN_MS: u64 = 1_795_485_600_000;

/// What stands on the disks before a seed begins.
#[derive(Clone)]
pub struct Founded {
    disks: Vec<MemoryStore>,
    secrets: Vec<Secrets>,
}

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
        hands: &'static Hands,
    ) -> Result<Self, String> {
        let disk = Disk::of(disk);
        let replica = open(&disk, secrets, dice)?;
        let driven = Driven::new(replica, hands);
        Ok(Self {
            disk,
            secrets: secrets.clone(),
            driven: Arc::new(Mutex::new(driven)),
        })
    }

    /// Ends the program, as a power cut does, and starts it again.
    pub(crate) fn restart(
        &mut self,
        dice: &mut SimDice,
        hands: &'static Hands,
    ) -> Result<(), String> {
        let replica = open(&self.disk, &self.secrets, dice)?;
        *lock(&self.driven) = Driven::new(replica, hands);
        Ok(())
    }
}

fn open(disk: &Disk, secrets: &Secrets, dice: &mut SimDice) -> Result<Replica, String> {
    let store = Box::new(disk.clone());
    Replica::open(store, secrets.keys(), Box::new(dice.fork())).map_err(|e| format!("open: {e}"))
}

impl Founded {
    /// Founds it.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn new() -> Result<Self, String> {
        let (mut dice, hands) = (SimDice::new(20_261_122), hands());
        let now = Now {
            moment: linli_base::time::Moment(hands.moment_ms.load(Relaxed)),
            wall: linli_base::UnixMs(hands.wall_ms.load(Relaxed)),
        };
        let secrets: Vec<Secrets> = (0..HOMES).map(|_| Secrets::roll(&mut dice)).collect();
        let disks: Vec<Disk> = (0..HOMES).map(|_| Disk::default()).collect();
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::parse("+08:00").ok_or("an offset")?,
            gates: vec![(1, "东门".into()), (2, "西门".into())],
            office: "物业".into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let said = |e: &dyn std::fmt::Display| e.to_string();
        let mut office = Replica::found(
            Box::new(disks[OFFICE].clone()),
            secrets[OFFICE].keys(),
            Box::new(dice.fork()),
            &founding,
            now,
        )
        .map_err(|e| said(&e))?;
        let unit = "3-2-501".to_owned();
        let roles = [
            EnrolAs::Gate { number: 1 },
            EnrolAs::Gate { number: 2 },
            EnrolAs::Household { unit },
        ];
        for (home, role) in (1..HOMES).zip(&roles) {
            let device = secrets[home].public();
            let certificate = office.enrol(now, &device, role).map_err(|e| said(&e))?;
            office.flush(now, &mut vec![]).map_err(|e| said(&e))?;
            let chain = office.authority().charter().chain().iter();
            let epochs: Vec<Vec<u8>> = chain.map(|held| held.bytes.clone()).collect();
            let mut joined = Replica::join(
                Box::new(disks[home].clone()),
                secrets[home].keys(),
                Box::new(dice.fork()),
                &epochs,
                certificate.bytes(),
                now,
            )
            .map_err(|e| said(&e))?;
            joined.ensure_scope_keys(now).map_err(|e| said(&e))?;
            joined.flush(now, &mut vec![]).map_err(|e| said(&e))?;
        }
        drop(office);
        let founded = Self {
            disks: disks.iter().map(Disk::copy).collect(),
            secrets,
        };
        let homes = founded.homes(&mut dice, hands)?;
        let mut links = 0;
        for _ in 0..2 {
            for (a, b) in PAIRS {
                lock(&homes[OFFICE].driven).chores().map_err(|f| f.code)?;
                links += 1;
                meet(&homes, a, b, links)?;
            }
        }
        Ok(Self {
            disks: homes.iter().map(|home| home.disk.copy()).collect(),
            ..founded
        })
    }

    /// The homes as a seed finds them.
    pub(crate) fn homes(
        &self,
        dice: &mut SimDice,
        hands: &'static Hands,
    ) -> Result<Vec<Home>, String> {
        self.homes_by(dice, |_| hands)
    }

    /// The same, each by a clock of its own.
    pub(crate) fn homes_by(
        &self,
        dice: &mut SimDice,
        hands: impl Fn(usize) -> &'static Hands,
    ) -> Result<Vec<Home>, String> {
        let each = self.disks.iter().zip(&self.secrets).enumerate();
        each.map(|(n, (disk, secrets))| Home::start(disk.clone(), secrets, dice, hands(n)))
            .collect()
    }
}

/// Everybody with everybody who tells them something.
pub(super) const PAIRS: [(usize, usize); 5] = [(0, 1), (0, 2), (1, 2), (0, HOUSE), (1, HOUSE)];

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
