//! Asks and answers beside the links: they take their time, break with the link, and liars answer as they like.

use super::shelf::GROUP;
use super::street::{GATE, HOMES, Manner};
use super::{Event, FilePlant, World};
use crate::small::home::lock;
use crate::small::mesh::Lives;
use linli_net::blob::{self, PieceFault};
use linli_net::{AskId, BlobAnswer, BlobAsk, BlobFault, NetKey};
use linli_node::drive::{Asked, BlobId, Came};
use linli_record::RowKind;

/// An answer may take so long, ms: as `linli-net` waits.
const GIVEN_UP_MS: u64 = 60_000;

/// An ask under way, or its answer.
#[derive(Clone, Copy)]
pub(super) struct Flight {
    pub(super) home: usize,
    /// In which life of the home it was asked.
    life: u32,
    name: AskId,
    peer: usize,
    ask: BlobAsk,
    pub(super) link: u64,
}

impl Flight {
    /// Whether a home asked in an earlier life.
    pub(super) fn is_of(&self, home: usize, life: u32) -> bool {
        self.home == home && self.life < life
    }
}

/// A planted fault: whatever came counts as proven.
pub(super) fn unproven(ask: &BlobAsk, piece: &[u8]) -> Result<Vec<u8>, PieceFault> {
    blob::open(ask, piece).or_else(|_| Ok(vec![0; ask.span().1]))
}

const fn id_of(ask: &BlobAsk) -> BlobId {
    BlobId {
        hash: ask.hash,
        size: ask.size,
    }
}

impl World {
    /// An ask sets out.
    pub(super) fn fly(&mut self, home: usize, asked: Asked) -> Result<(), String> {
        let peer = self.who.iter().position(|(_, net)| *net == asked.peer.0);
        let peer = peer.ok_or_else(|| format!("home {home} asks a stranger"))?;
        let first = self
            .first_asked
            .entry((home, asked.ask.hash))
            .or_insert(peer);
        if self.plant == Some(FilePlant::AsksOne) && *first != peer {
            return Ok(());
        }
        self.flown += 1;
        let now = self.mesh.now;
        let link = self.mesh.net.between(home, peer);
        let flight = Flight {
            home,
            life: self.lives[home],
            name: asked.name,
            peer,
            ask: asked.ask,
            link: link.unwrap_or_default(),
        };
        self.flights.insert(self.flown, flight);
        let slowest = self.mesh.net.slowest;
        let at = now + self.mesh.dice.range(1, slowest);
        // Without a link it fails when it would have arrived.
        self.mesh.push(at, Event::Asked(self.flown));
        self.mesh
            .push(now + GIVEN_UP_MS, Event::GivenUp(self.flown));
        Ok(())
    }

    /// An ask arrives.
    pub(super) fn asked(&mut self, number: u64) -> Result<(), String> {
        let Some(flight) = self.flights.get(&number).copied() else {
            return Ok(());
        };
        if !self.mesh.net.stands(flight.link) {
            if flight.link == 0 {
                return self.fails(number, BlobFault::Gone);
            }
            // The asker hears it when he hears that the link is gone.
            return Ok(());
        }
        let answer = match self.cast.liars.get(&flight.peer) {
            Some(manners) => {
                self.tally.lies += 1;
                let manner = self.mesh.dice.pick(manners).copied();
                let honest = self.served(flight.peer, flight.home, &flight.ask)?;
                match lie(manner.unwrap_or(Manner::No), honest) {
                    Lie::Says(bytes) => bytes,
                    Lie::Nothing => return Ok(()),
                    Lie::Old => return self.fails(number, BlobFault::Unknown),
                }
            }
            None => self.served(flight.peer, flight.home, &flight.ask)?,
        };
        let slowest = self.mesh.net.slowest;
        let takes = self.mesh.dice.range(1, slowest) + answer.len() as u64 / self.speed;
        let at = self.mesh.now + takes;
        self.mesh.push(at, Event::Answered(number, answer));
        Ok(())
    }

    /// What the engine of a home answers to another; it must be what it says, and for him.
    fn served(&mut self, by: usize, to: usize, ask: &BlobAsk) -> Result<Vec<u8>, String> {
        let net = self.who.get(to).map_or([9; 32], |(_, net)| *net);
        let answer = {
            let mut driven = lock(&self.mesh.homes[by].driven);
            let anyone = self.plant == Some(FilePlant::ServesAnyone);
            driven.piece(NetKey(net), &ask.encode(), |may| may || anyone)
        };
        self.shelf_keeps(by)?;
        if let BlobAnswer::Piece(piece) = BlobAnswer::decode(&answer) {
            self.may_have(by, to, &id_of(ask))?;
            let truth = self.books.pictures.get(&id_of(ask));
            let truth = truth.ok_or_else(|| format!("home {by} serves what nobody made"))?;
            let (at, length) = ask.span();
            if blob::open(ask, &piece).ok().as_deref() != truth.get(at..at + length) {
                return Err(format!("home {by} serves what is not the blob"));
            }
        }
        Ok(answer)
    }

    /// Whether a record that is here refers to a blob and may be carried by somebody, by what people did.
    fn may_have(&self, by: usize, to: usize, id: &BlobId) -> Result<(), String> {
        let mut driven = lock(&self.mesh.homes[by].driven);
        let replica = driven.replica().map_err(|f| f.code)?;
        let authority = replica.authority();
        let Some((device, _)) = self.who.get(to) else {
            return Err(format!("home {by} serves a stranger; he may not have it"));
        };
        if authority.is_revoked(device) {
            return Err(format!("home {by} serves {to}, revoked: may not have it"));
        }
        for record in self.books.records.iter().filter(|r| r.blobs.contains(id)) {
            if to == GATE && !record.notice {
                continue;
            }
            let kind = if record.notice {
                RowKind::Notice
            } else {
                RowKind::Post
            };
            let row = replica.row(kind, &record.id).map_err(|e| e.to_string())?;
            let author = &self.who[record.by].0;
            if row.is_some() || authority.holds_on(author).next().is_some() {
                return Ok(());
            }
        }
        Err(format!("home {by} serves {to}, who may not have it"))
    }

    /// An answer arrives.
    pub(super) fn answered(&mut self, number: u64, bytes: Vec<u8>) -> Result<(), String> {
        let Some(flight) = self.flights.get(&number).copied() else {
            return Ok(());
        };
        if !self.mesh.net.stands(flight.link) {
            return Ok(());
        }
        self.flights.remove(&number);
        if self.lives[flight.home] != flight.life {
            return Ok(());
        }
        let Flight { home, ask, .. } = flight;
        let proven = match BlobAnswer::decode(&bytes) {
            BlobAnswer::Piece(piece) => blob::open(&ask, &piece).ok(),
            _ => None,
        };
        let came = proven.map(|bytes| bytes.len() as u64);
        self.turn(home, Came::Piece(flight.name, Ok(bytes)))?;
        self.part_is_proven(home, &id_of(&ask))?;
        let Some(came) = came else {
            return Ok(());
        };
        self.tally.pieces += 1;
        // What is no longer wanted is dropped when it comes.
        if self.wants(home)?.contains(&id_of(&ask)) {
            self.books.came(home, id_of(&ask), came)?;
        }
        Ok(())
    }

    /// Nothing comes of an ask.
    pub(super) fn fails(&mut self, number: u64, why: BlobFault) -> Result<(), String> {
        let Some(flight) = self.flights.remove(&number) else {
            return Ok(());
        };
        if self.lives[flight.home] != flight.life {
            return Ok(());
        }
        self.turn(flight.home, Came::Piece(flight.name, Err(why)))
    }

    /// A home has heard that a link is gone.
    pub(super) fn fail_on(&mut self, home: usize, link: u64) -> Result<(), String> {
        let on = self.flights.iter();
        let on: Vec<u64> = on
            .filter(|(_, f)| f.home == home && f.link == link)
            .map(|(number, _)| *number)
            .collect();
        for number in on {
            self.tally.broken += 1;
            self.fails(number, BlobFault::Gone)?;
        }
        Ok(())
    }

    /// Somebody asks for a picture who may have it or not, linked or not: a gate, a stranger, anyone.
    pub(super) fn snoop(&mut self) -> Result<(), String> {
        let all: Vec<BlobId> = self.books.pictures.keys().copied().collect();
        let Some(id) = self.mesh.dice.pick(&all).copied() else {
            return Ok(());
        };
        let by = self.mesh.dice.index(HOMES);
        // One past the last is a stranger.
        let to = match self.mesh.dice.below(3) {
            0 => GATE,
            1 => HOMES,
            _ => self.mesh.dice.index(HOMES),
        };
        let groups = (id.size as usize).div_ceil(GROUP);
        let ask = BlobAsk {
            hash: id.hash,
            size: id.size,
            first: u32::try_from(self.mesh.dice.index(groups)).unwrap_or(0),
            groups: blob::PIECE_GROUPS,
        };
        let answer = self.served(by, to, &ask)?;
        self.tally.snooped += u64::from(answer == BlobAnswer::No.encode());
        Ok(())
    }
}

enum Lie {
    Says(Vec<u8>),
    Nothing,
    Old,
}

fn lie(manner: Manner, mut honest: Vec<u8>) -> Lie {
    let is_piece = honest.first() == Some(&2);
    match manner {
        Manner::Wrong if is_piece => {
            let at = 1 + (honest.len() - 1) / 2;
            honest[at] ^= 1;
        }
        Manner::Short if is_piece => honest.truncate(honest.len() / 2),
        Manner::Long if is_piece => honest.push(0),
        Manner::Wrong | Manner::Short | Manner::Long => {}
        Manner::NotYet => honest = BlobAnswer::NotYet.encode(),
        Manner::Later => honest = BlobAnswer::Later.encode(),
        Manner::No => honest = BlobAnswer::No.encode(),
        Manner::Silent => return Lie::Nothing,
        Manner::Old => return Lie::Old,
    }
    Lie::Says(honest)
}
