//! Photos and PDFs in a street of eight: an office, six households, a gate (decision 0023, `docs/formats/attachment.md`).
//!
//! The homes are the product's own ([`linli_node::drive`]) with their whole engine for attachments: what is referred to, who
//! may have it, whom to ask for which piece, what a neighbour gets, what is collected. Around it everything goes wrong on
//! purpose: links break while a piece is on its way, programs are killed with parts at any length, disks fill and change
//! bytes, neighbours lie, say "not yet" for ever or nothing at all, records are erased and taken back, their authors' devices
//! are held, one is revoked, one household refers to more than its share. Looked at from outside:
//!
//! * nobody gets a byte of what no record that he may carry refers to, whatever he asks for;
//! * what is whole is what its hash says, on every shelf, and an honest home serves nothing else;
//! * what came and was proven is not fetched again, but for what a fault took;
//! * nothing that is referred to is collected, nor what a held device referred to;
//! * after everybody has met, each home holds what the records that it has refer to, within its limits, and nothing else;
//!   and every record is everywhere, whatever became of its pictures.

mod acts;
mod books;
mod judge;
mod pieces;
mod shelf;
mod street;
mod tally;

pub use street::Lane;
pub use tally::FileTally;

use crate::dice::SimDice;
use crate::small::home::{hands, lock};
use crate::small::mesh::{Lives, Mesh};
use crate::small::seeds;
use books::Books;
use linli_base::DeviceId;
use linli_net::blob;
use linli_node::api::{Fault, Request};
use linli_node::drive::{Came, Driven, Turned};
use linli_protocol::Input;
use linli_protocol::hub::Output;
use pieces::Flight;
use serde_json::Value;
use shelf::SimShelf;
use std::collections::BTreeMap;
use street::{Cast, HOMES};

/// How long people do things and faults fall, ms.
const LIVED_MS: u64 = 120_000;
/// So long after the last fault everything must be where it belongs, ms: who said no often is asked again after ten minutes.
const HEALED_MS: u64 = 900_000;

/// A fault planted on purpose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FilePlant {
    /// The engine serves whoever asks.
    ServesAnyone,
    /// The engine keeps pieces that nothing proves.
    TrustsPieces,
    /// A program that starts again knows nothing of what had come.
    BeginsAnew,
    /// What has the right length counts as whole.
    LooksAtNoHash,
    /// What nothing refers to stays.
    NeverCollects,
    /// Only who was asked first for a blob is ever asked for it.
    AsksOne,
    /// A disk without room for pictures has none for entries.
    FullForAll,
}

impl FilePlant {
    /// Reads its name on the command line.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "serves-anyone" => Some(Self::ServesAnyone),
            "trusts-pieces" => Some(Self::TrustsPieces),
            "begins-anew" => Some(Self::BeginsAnew),
            "looks-at-no-hash" => Some(Self::LooksAtNoHash),
            "never-collects" => Some(Self::NeverCollects),
            "asks-one" => Some(Self::AsksOne),
            "full-for-all" => Some(Self::FullForAll),
            _ => None,
        }
    }
}

/// What happens at a moment.
enum Event {
    /// An ask arrives.
    Asked(u64),
    /// Its answer does.
    Answered(u64, Vec<u8>),
    /// Nobody waits for it any longer.
    GivenUp(u64),
    /// The first picture of the flooder, and then the flood.
    Flood(bool),
    /// Somebody writes a record with pictures.
    Write,
    /// An author erases a record, or the office takes a notice back.
    Erase,
    /// The office holds a device.
    Hold,
    /// It lifts that.
    Lift(usize),
    /// A device is revoked.
    Leave,
    /// It is cut off.
    Gone,
    /// Some homes are cut off.
    Cut,
    /// Everybody hears everybody.
    Heal,
    /// A link breaks, with a piece on it if there is one.
    Snap,
    /// A home loses power, and comes back at once.
    Kill,
    /// A disk is full.
    Fill,
    /// It has room again.
    Empty(usize),
    /// A disk changes a byte.
    Rot,
    /// Somebody asks for what is not his.
    Snoop,
    /// A shelf is looked at.
    Look,
}

struct World {
    mesh: Mesh<Event>,
    cast: Cast,
    shelves: Vec<SimShelf>,
    /// Device and network key of each.
    who: Vec<(DeviceId, [u8; 32])>,
    /// How often each was started.
    lives: [u32; HOMES],
    /// Bytes in a millisecond.
    speed: u64,
    flights: BTreeMap<u64, Flight>,
    flown: u64,
    /// With a fault: who was asked first.
    first_asked: BTreeMap<(usize, [u8; 32]), usize>,
    books: Books,
    tally: FileTally,
    plant: Option<FilePlant>,
}

/// Runs one seed.
///
/// # Errors
/// What does not hold, in words.
pub fn run_files(seed: u64, lane: &Lane, plant: Option<FilePlant>) -> Result<FileTally, String> {
    let (mut dice, hands) = (SimDice::new(seed), hands());
    let cast = Cast::draw(&mut dice);
    let shelves = (0..HOMES).map(|home| SimShelf::new(home == cast.folder, plant));
    let shelves: Vec<SimShelf> = shelves.collect::<Result<_, _>>()?;
    let homes = lane.0.homes_as(&mut dice, |home, replica| {
        Driven::with_shelf(replica, hands, Box::new(shelves[home].clone()))
    })?;
    let who = homes.iter().map(|home| {
        let mut driven = lock(&home.driven);
        let me = driven.replica().map_err(|f| f.code)?.me();
        Ok((me.device(), me.net()))
    });
    let who = who.collect::<Result<_, String>>()?;
    let net = cast.net(&mut dice);
    let speed = dice.range(20, 400);
    let mut world = World {
        mesh: Mesh::new(homes, net, hands, dice),
        cast,
        shelves,
        who,
        lives: [0; HOMES],
        speed,
        flights: BTreeMap::new(),
        flown: 0,
        first_asked: BTreeMap::new(),
        books: Books::default(),
        tally: FileTally::default(),
        plant,
    };
    world.arrange();
    world.live(LIVED_MS)?;
    world.quiet()?;
    Ok(world.tally)
}

/// Runs many seeds on two threads; `red` hears of each that is.
///
/// # Errors
/// The street could not be founded.
pub fn many_files(
    from: u64,
    count: u64,
    plant: Option<FilePlant>,
    red: impl Fn(u64, &str) + Sync,
) -> Result<(FileTally, u64), String> {
    let lane = Lane::new()?;
    let run = |seed| run_files(seed, &lane, plant);
    Ok(seeds::each(from, count, run, red))
}

impl Lives for World {
    type Own = Event;

    fn mesh(&mut self) -> &mut Mesh<Event> {
        &mut self.mesh
    }

    fn rest_ms(&mut self) -> u64 {
        if self.mesh.now < LIVED_MS {
            1_000
        } else {
            2_000
        }
    }

    fn happen(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Asked(flight) => self.asked(flight),
            Event::Answered(flight, bytes) => self.answered(flight, bytes),
            Event::GivenUp(flight) => self.fails(flight, linli_net::BlobFault::Silent),
            Event::Flood(all) => self.flood(all),
            Event::Write => self.write(),
            Event::Erase => self.erase(),
            Event::Hold => self.hold(),
            Event::Lift(home) => self.lift(home),
            Event::Leave => self.leave(),
            Event::Gone => self.gone(),
            Event::Cut => self.cut(),
            Event::Heal => self.heal(),
            Event::Snap => self.snap(),
            Event::Kill => self.kill(),
            Event::Fill => self.fill(),
            Event::Empty(home) => self.room(home),
            Event::Rot => self.rot(),
            Event::Snoop => self.snoop(),
            Event::Look => {
                let home = self.mesh.dice.index(HOMES);
                let at = self.mesh.now + 1_000;
                self.mesh.push(at, Event::Look);
                self.shelf_is_true(home)
            }
        }
    }

    fn turn(&mut self, home: usize, came: Came) -> Result<(), String> {
        let gone = match &came {
            Came::Input(input) => match &**input {
                Input::LinkDown(link) => Some(link.0),
                _ => None,
            },
            _ => None,
        };
        let turned = {
            let mut driven = lock(&self.mesh.homes[home].driven);
            if self.plant == Some(FilePlant::TrustsPieces) {
                driven.turn_by(came, pieces::unproven)
            } else {
                driven.turn_by(came, blob::open)
            }
        };
        let turned = turned.map_err(|fault| format!("home {home}: {}", fault.code))?;
        self.follow(home, turned)?;
        match gone {
            Some(link) => self.fail_on(home, link),
            None => Ok(()),
        }
    }
}

impl World {
    /// Draws what happens when.
    fn arrange(&mut self) {
        self.mesh.begin();
        self.mesh.push(1_500, Event::Look);
        self.draw(3, 7, 90_000, || Event::Write);
        self.draw(0, 2, LIVED_MS, || Event::Erase);
        self.draw(0, 1, 90_000, || Event::Hold);
        self.draw(0, 3, 90_000, || Event::Cut);
        self.draw(3, 9, LIVED_MS, || Event::Snap);
        self.draw(1, 4, LIVED_MS, || Event::Kill);
        self.draw(0, 2, 90_000, || Event::Fill);
        self.draw(0, 2, LIVED_MS, || Event::Rot);
        self.draw(4, 10, LIVED_MS, || Event::Snoop);
        if self.cast.leaver.is_some() {
            self.draw(1, 1, 90_000, || Event::Leave);
        }
        if self.cast.flooder.is_some() {
            let at = self.mesh.dice.range(2_000, 30_000);
            self.mesh.push(at, Event::Flood(false));
            let at = self.mesh.dice.range(at + 10_000, 80_000);
            self.mesh.push(at, Event::Flood(true));
        }
    }

    fn draw(&mut self, least: u64, most: u64, until: u64, event: impl Fn() -> Event) {
        for _ in 0..self.mesh.dice.range(least, most) {
            let at = self.mesh.dice.range(2_000, until);
            self.mesh.push(at, event());
        }
    }

    /// Somebody at a home asks for something; a fault of the home is an answer.
    fn ask(&mut self, home: usize, request: Request) -> Result<Result<Value, Fault>, String> {
        let asked = lock(&self.mesh.homes[home].driven).ask_linked(request);
        match asked {
            Ok((answer, turned)) => {
                self.follow(home, turned)?;
                Ok(Ok(answer.data))
            }
            Err(fault) => Ok(Err(fault)),
        }
    }

    /// What a turn leaves to be done.
    fn follow(&mut self, home: usize, turned: Turned) -> Result<(), String> {
        for output in turned.sent {
            match output {
                Output::Send(link, bytes) => self.mesh.carry(home, link.0, bytes),
                Output::HangUp(link, why) => {
                    let ends = self.mesh.net.homes_of(link.0).unwrap_or_default();
                    if !ends.iter().any(|end| self.cast.leaver == Some(*end)) {
                        return Err(format!("home {home} hangs up: {why:?}"));
                    }
                    self.mesh.break_link(link.0);
                }
                _ => {}
            }
        }
        for asked in turned.asked {
            self.fly(home, asked)?;
        }
        self.shelf_keeps(home)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn seeds_are_green_and_reach_what_they_should() {
        let red = |seed: u64, what: &str| panic!("seed {seed}: {what}");
        let (tally, reds) = many_files(1, 10, None, red).unwrap();
        assert_eq!(reds, 0);
        // Whether everything that should happen does is asked of a hundred seeds, by the step `sim-files`.
        assert!(
            tally.parts > 0 && tally.refused > 0 && tally.lies > 0,
            "{tally}"
        );
    }

    /// Looks for a planted fault among the first seeds, and says by which sentence it is found.
    fn is_found(plant: FilePlant, seeds: u64, by: &[&str]) {
        let said = Mutex::new(Vec::new());
        let hear = |_: u64, what: &str| said.lock().unwrap().push(what.to_owned());
        let (_, reds) = many_files(1, seeds, Some(plant), hear).unwrap();
        assert!(reds > 0, "{plant:?} is not found");
        let said = said.into_inner().unwrap();
        let known = |what: &String| by.iter().any(|by| what.contains(by));
        assert!(said.iter().all(known), "{said:?}");
    }

    #[test]
    fn a_home_that_serves_anyone_is_found() {
        is_found(FilePlant::ServesAnyone, 4, &["may not have it"]);
    }

    #[test]
    fn pieces_that_nobody_proved_are_found() {
        is_found(
            FilePlant::TrustsPieces,
            8,
            &["that nothing proves", "fetched", "lacks"],
        );
    }

    #[test]
    fn a_program_that_begins_anew_is_found() {
        is_found(FilePlant::BeginsAnew, 8, &["fetched"]);
    }

    #[test]
    fn a_shelf_that_looks_at_no_hash_is_found() {
        is_found(
            FilePlant::LooksAtNoHash,
            8,
            &["is not what its hash says", "that nothing proves"],
        );
    }

    #[test]
    fn what_is_never_collected_is_found() {
        is_found(FilePlant::NeverCollects, 2, &["nothing refers to", "lacks"]);
    }

    #[test]
    fn who_asks_one_neighbour_only_is_found() {
        is_found(FilePlant::AsksOne, 2, &["lacks"]);
    }

    #[test]
    fn a_full_shelf_that_refuses_entries_is_found() {
        is_found(FilePlant::FullForAll, 4, &["disk-full", "record"]);
    }
}
