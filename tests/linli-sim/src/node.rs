//! One node: its keys, its disk, and the replica that runs on it while it is up.

use crate::dice::SimDice;
use crate::disk::SharedStore;
use crate::options::Role;
use linli_base::{DeviceId, Dice, EntryId, LogKey};
use linli_keys::SigningKey;
use linli_keys::seal::KexSecret;
use linli_node::replica::{DeviceKeys, NewDevice, Replica};
use linli_store::{DbKey, ForgettingDisk};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// Last seq and its id, by log.
pub type Heads = BTreeMap<LogKey, (u32, EntryId)>;

/// The secrets of a device, as the vault would keep them: outside the disk that forgets.
#[derive(Clone)]
pub struct Secrets {
    sign: [u8; 32],
    kex: [u8; 32],
    net: [u8; 32],
    db: [u8; 32],
}

impl Secrets {
    /// New ones.
    pub fn roll(dice: &mut SimDice) -> Self {
        Self {
            sign: dice.bytes(),
            kex: dice.bytes(),
            net: dice.bytes(),
            db: dice.bytes(),
        }
    }

    /// As a replica takes them.
    #[must_use]
    pub fn keys(&self) -> DeviceKeys {
        DeviceKeys {
            sign: SigningKey::from_seed(&self.sign),
            kex: KexSecret::from_bytes(&self.kex),
            net_seed: Zeroizing::new(self.net),
        }
    }

    /// The public halves.
    #[must_use]
    pub fn public(&self) -> NewDevice {
        let keys = self.keys();
        NewDevice {
            sign: keys.sign.device(),
            net: SigningKey::from_seed(&self.net).device().0,
            kex: *keys.kex.public().as_bytes(),
        }
    }

    /// The key of the store.
    #[must_use]
    pub fn db(&self) -> DbKey {
        DbKey::new(self.db)
    }
}

/// A running replica.
pub struct Up {
    /// The replica.
    pub replica: Replica,
    /// The store below it, for the world to look into.
    pub store: SharedStore,
    /// Entries that were found durable since it started: asked for once.
    pub durable: BTreeSet<EntryId>,
    /// Acts likewise.
    pub durable_acts: BTreeSet<[u8; 32]>,
}

/// What the world will do to a node's next commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doom {
    /// Nothing.
    None,
    /// The node dies inside it.
    Dies,
}

/// A node.
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its secrets.
    pub secrets: Secrets,
    /// Its device.
    pub device: DeviceId,
    /// Its network key.
    pub net: [u8; 32],
    /// The disk.
    pub disk: ForgettingDisk,
    /// Whether it has joined, durably.
    pub joined: bool,
    /// The replica, while it runs.
    pub up: Option<Up>,
    /// How often it was started; events of an earlier life are void.
    pub life: u32,
    /// How far the wall clock is off, ms.
    pub skew: i64,
    /// When the next tick is due, if one is.
    pub tick: Option<u64>,
    /// Scope keys could not be published yet: tried again at the next commit.
    pub keys_due: bool,
    /// Whether a commit is due.
    pub flush_due: bool,
    /// Died inside a commit, and has not come back yet.
    pub inside: bool,
    /// What awaits its next commit.
    pub doom: Doom,
    /// Whether its disk is full.
    pub full: bool,
    /// Whether its disk answers with errors.
    pub sick: bool,
    /// Whether a write failed because the disk is full.
    pub failed_full: bool,
    /// Whether a call failed because the disk is in error.
    pub failed_sick: bool,
    /// Items of the ledger that are written and not acknowledged.
    pub unsure: Vec<usize>,
    /// All heads at the last commit that returned.
    pub floor: Heads,
    /// Its own entries that were seen on a wire.
    pub spoken: Heads,
    /// Devices known as revoked, and passes known as cancelled, at the last commit that returned (I6).
    pub ends: BTreeSet<Vec<u8>>,
    /// An older copy of its disk, with the heads it had.
    pub backup: Option<(ForgettingDisk, Heads)>,
    /// Came back from an older copy of its disk.
    pub restored: bool,
    /// Revoked, or about to be: out of what must converge.
    pub gone: bool,
    /// Introduced above the place where its introducer's log counts: out likewise.
    pub limbo: bool,
    /// Entries that came before their predecessors or their author, for the "sometimes" states.
    pub early: BTreeMap<EntryId, (LogKey, u32, bool)>,
}

impl Node {
    /// A node that has not joined.
    pub fn new(role: Role, skew: i64, dice: &mut SimDice) -> Self {
        let secrets = Secrets::roll(dice);
        let public = secrets.public();
        Self {
            role,
            device: public.sign,
            net: public.net,
            secrets,
            disk: ForgettingDisk::new(),
            joined: false,
            up: None,
            life: 0,
            skew,
            tick: None,
            keys_due: true,
            flush_due: false,
            inside: false,
            doom: Doom::None,
            full: false,
            sick: false,
            failed_full: false,
            failed_sick: false,
            unsure: Vec::new(),
            floor: Heads::new(),
            spoken: Heads::new(),
            ends: BTreeSet::new(),
            backup: None,
            restored: false,
            gone: false,
            limbo: false,
            early: BTreeMap::new(),
        }
    }

    /// Whether it takes part: joined and up.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.up.is_some() && self.joined
    }
}

/// Heads of a replica as plain pairs.
#[must_use]
pub fn heads_of(replica: &Replica) -> Heads {
    replica
        .heads()
        .iter()
        .map(|(log, head)| (*log, (head.seq, head.id)))
        .collect()
}
