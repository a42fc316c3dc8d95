//! The street that every seed begins with, founded once: an office, seventeen households, a second device, a gate.

use crate::dice::SimDice;
use crate::gates::estate::{Home, hands, lock, meet};
use crate::gates::store::Disk;
use crate::node::Secrets;
use linli_base::UtcOffset;
use linli_charter::IssuingKey;
use linli_keys::SigningKey;
use linli_node::drive::Hands;
use linli_node::replica::{EnrolAs, Founding, Now, Replica};
use linli_store::MemoryStore;
use std::sync::atomic::Ordering::Relaxed;

/// The office.
pub(super) const OFFICE: usize = 0;
/// A household whose device may stand at the doors of [`STEWARDS`].
pub(super) const STEWARD: usize = 1;
/// Where the steward goes from door to door.
pub(super) const STEWARDS: &str = "2-";
/// A household with two devices, and its second one.
const PARENT: usize = 2;
const SIBLING: usize = 18;
/// A gate, which carries and says nothing.
const GATE: usize = 19;
/// All of them.
pub(super) const HOMES: usize = 20;

/// Where a home's people live.
pub(super) fn unit(home: usize) -> Option<String> {
    match home {
        OFFICE | GATE => None,
        SIBLING => unit(PARENT),
        _ => Some(format!("{}-1-{home}01", 1 + home % 3)),
    }
}

/// What stands on the disks before a seed begins.
pub struct Street {
    disks: Vec<MemoryStore>,
    secrets: Vec<Secrets>,
}

fn said(e: impl std::fmt::Display) -> String {
    e.to_string()
}

impl Street {
    /// Founds it.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn new() -> Result<Self, String> {
        let (mut dice, hands) = (SimDice::new(20_261_123), hands());
        let now = Now {
            moment: linli_base::time::Moment(hands.moment_ms.load(Relaxed)),
            wall: linli_base::UnixMs(hands.wall_ms.load(Relaxed)),
        };
        let secrets: Vec<Secrets> = (0..HOMES).map(|_| Secrets::roll(&mut dice)).collect();
        let disks: Vec<Disk> = (0..HOMES).map(|_| Disk::default()).collect();
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::parse("+08:00").ok_or("an offset")?,
            gates: vec![(1, "东门".into())],
            office: "居委会".into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let mut office = Replica::found(
            Box::new(disks[OFFICE].clone()),
            secrets[OFFICE].keys(),
            Box::new(dice.fork()),
            &founding,
            now,
        )
        .map_err(said)?;
        let steward = secrets[STEWARD].public().sign;
        let issuing = IssuingKey {
            device: steward,
            buildings: vec!["2".into()],
            machines: false,
        };
        let epoch = office.new_epoch(now, |epoch| epoch.issuing.push(issuing));
        epoch.map_err(said)?;
        let mut parent = None;
        for home in 1..HOMES {
            let (role, by) = match home {
                GATE => (EnrolAs::Gate { number: 1 }, &mut office),
                SIBLING => (EnrolAs::Sibling, parent.as_mut().ok_or("no parent")?),
                _ => {
                    let unit = unit(home).ok_or("no unit")?;
                    (EnrolAs::Household { unit }, &mut office)
                }
            };
            let device = secrets[home].public();
            let certificate = by.enrol(now, &device, &role).map_err(said)?;
            by.flush(now, &mut vec![]).map_err(said)?;
            let chain = by.authority().charter().chain().iter();
            let epochs: Vec<Vec<u8>> = chain.map(|held| held.bytes.clone()).collect();
            let mut joined = Replica::join(
                Box::new(disks[home].clone()),
                secrets[home].keys(),
                Box::new(dice.fork()),
                &epochs,
                certificate.bytes(),
                now,
            )
            .map_err(said)?;
            joined.ensure_scope_keys(now).map_err(said)?;
            joined.flush(now, &mut vec![]).map_err(said)?;
            if home == PARENT {
                parent = Some(joined);
            }
        }
        drop((office, parent));
        let founded = Self {
            disks: disks.iter().map(Disk::copy).collect(),
            secrets,
        };
        let homes = founded.homes(&mut dice, hands)?;
        let mut links = 0;
        // The second device is known by its household first.
        let mut pairs = vec![(PARENT, SIBLING)];
        pairs.extend((1..HOMES).map(|home| (OFFICE, home)));
        for _ in 0..2 {
            for (a, b) in &pairs {
                lock(&homes[OFFICE].driven).chores().map_err(|f| f.code)?;
                links += 1;
                meet(&homes, *a, *b, links)?;
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
        let each = self.disks.iter().zip(&self.secrets);
        each.map(|(disk, secrets)| Home::start(disk.clone(), secrets, dice, hands))
            .collect()
    }
}
