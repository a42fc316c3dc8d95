//! A community that every seed begins with, founded once: an office, and whoever it or a household enrolled, all of whom
//! have met.

use super::disk::Disk;
use super::home::{Home, hands, lock, meet};
use crate::dice::SimDice;
use crate::node::Secrets;
use linli_base::{Private, UtcOffset};
use linli_charter::IssuingKey;
use linli_keys::SigningKey;
use linli_node::drive::{Driven, Hands};
use linli_node::replica::{EnrolAs, Founding, Now, Replica};
use linli_record::RecordKind;
use linli_record::draft::{HouseholdDraft, RoomDraft};
use linli_store::MemoryStore;
use std::sync::atomic::Ordering::Relaxed;

/// The office is the first home of every community.
pub(crate) const OFFICE: usize = 0;

/// One that is enrolled.
pub(crate) struct Enrolled {
    pub(crate) role: EnrolAs,
    /// The home that enrols it: an earlier one.
    pub(crate) by: usize,
}

impl Enrolled {
    /// By the office.
    pub(crate) const fn by_office(role: EnrolAs) -> Self {
        Self { role, by: OFFICE }
    }
}

/// What is founded.
pub(crate) struct Plan<'a> {
    /// Of all keys and ids.
    pub(crate) seed: u64,
    /// Name of the office.
    pub(crate) office: &'a str,
    /// Number and name of each gate.
    pub(crate) gates: &'a [(u8, &'a str)],
    /// A household whose device may stand at the doors of a building.
    pub(crate) steward: Option<(usize, &'a str)>,
    /// Units of the office's register, as `3-2-501`, each with the office's word for its use.
    pub(crate) register: Vec<(String, &'a str)>,
    /// Who comes after the office, in this order.
    pub(crate) enrolled: Vec<Enrolled>,
    /// Who meets whom, twice.
    pub(crate) meetings: Vec<(usize, usize)>,
}

/// What stands on the disks before a seed begins.
#[derive(Clone)]
pub(crate) struct Community {
    disks: Vec<MemoryStore>,
    secrets: Vec<Secrets>,
}

fn said(e: impl std::fmt::Display) -> String {
    e.to_string()
}

/// Enters a unit into the register of the office.
fn enter(office: &mut Replica, now: Now, unit: &str, usage: &str) -> Result<(), String> {
    let mut parts = unit.split('-').map(str::to_owned);
    let mut part = || parts.next().ok_or("a unit of three parts");
    let room = RoomDraft {
        building: part()?,
        stair: part()?,
        room: part()?,
        ..RoomDraft::default()
    };
    let household = HouseholdDraft {
        unit: Private::new(unit.to_owned()),
        usage: Some(usage.to_owned()),
        ..HouseholdDraft::default()
    };
    let made = office.create(now, RecordKind::Room, |actor| room.change(actor));
    made.map_err(said)?;
    let made = office.create(now, RecordKind::Household, |actor| household.change(actor));
    made.map_err(said).map(drop)
}

impl Community {
    /// Founds it.
    pub(crate) fn found(plan: Plan<'_>) -> Result<Self, String> {
        let (mut dice, hands) = (SimDice::new(plan.seed), hands());
        let now = Now {
            moment: linli_base::time::Moment(hands.moment_ms.load(Relaxed)),
            wall: linli_base::UnixMs(hands.wall_ms.load(Relaxed)),
        };
        let homes = plan.enrolled.len() + 1;
        let secrets: Vec<Secrets> = (0..homes).map(|_| Secrets::roll(&mut dice)).collect();
        let disks: Vec<Disk> = (0..homes).map(|_| Disk::default()).collect();
        let gates = plan.gates.iter().map(|(n, name)| (*n, (*name).into()));
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::parse("+08:00").ok_or("an offset")?,
            gates: gates.collect(),
            office: plan.office.into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let office = Replica::found(
            Box::new(disks[OFFICE].clone()),
            secrets[OFFICE].keys(),
            Box::new(dice.fork()),
            &founding,
            now,
        );
        let mut joined = vec![office.map_err(said)?];
        if let Some((home, building)) = plan.steward {
            let issuing = IssuingKey {
                device: secrets[home].public().sign,
                buildings: vec![building.into()],
                machines: false,
            };
            let epoch = joined[OFFICE].new_epoch(now, |epoch| epoch.issuing.push(issuing));
            epoch.map_err(said)?;
        }
        for (unit, usage) in &plan.register {
            enter(&mut joined[OFFICE], now, unit, usage)?;
        }
        for (home, enrolled) in (1..).zip(&plan.enrolled) {
            let by = &mut joined[enrolled.by];
            let device = secrets[home].public();
            let certificate = by.enrol(now, &device, &enrolled.role).map_err(said)?;
            by.flush(now, &mut vec![]).map_err(said)?;
            let chain = by.authority().charter().chain().iter();
            let epochs: Vec<Vec<u8>> = chain.map(|held| held.bytes.clone()).collect();
            let mut replica = Replica::join(
                Box::new(disks[home].clone()),
                secrets[home].keys(),
                Box::new(dice.fork()),
                &epochs,
                certificate.bytes(),
                now,
            )
            .map_err(said)?;
            replica.ensure_scope_keys(now).map_err(said)?;
            replica.flush(now, &mut vec![]).map_err(said)?;
            joined.push(replica);
        }
        drop(joined);
        let mut founded = Self {
            disks: disks.iter().map(Disk::copy).collect(),
            secrets,
        };
        let homes = founded.homes(&mut dice, |_| hands)?;
        let mut links = 0;
        for _ in 0..2 {
            for (a, b) in &plan.meetings {
                lock(&homes[OFFICE].driven).chores().map_err(|f| f.code)?;
                links += 1;
                meet(&homes, *a, *b, links)?;
            }
        }
        founded.disks = homes.iter().map(|home| home.disk.copy()).collect();
        Ok(founded)
    }

    /// The homes as a seed finds them, each by its clock.
    pub(crate) fn homes(
        &self,
        dice: &mut SimDice,
        hands: impl Fn(usize) -> &'static Hands,
    ) -> Result<Vec<Home>, String> {
        self.homes_as(dice, |home, replica| Driven::new(replica, hands(home)))
    }

    /// The same, with the program of each made by the caller.
    pub(crate) fn homes_as(
        &self,
        dice: &mut SimDice,
        make: impl Fn(usize, Replica) -> Driven,
    ) -> Result<Vec<Home>, String> {
        let each = self.disks.iter().zip(&self.secrets).enumerate();
        each.map(|(n, (disk, secrets))| Home::start(disk.clone(), secrets, dice, |r| make(n, r)))
            .collect()
    }
}
