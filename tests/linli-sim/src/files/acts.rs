//! What people do, and what falls upon disks, links and programs meanwhile.

use super::books::Written;
use super::shelf::GROUP;
use super::street::{HOMES, OFFICE};
use super::{Event, FilePlant, LIVED_MS, World};
use crate::small::home::lock;
use crate::small::mesh::Lives;
use linli_base::{Dice as _, Private, RecordId, base32};
use linli_node::api::{AttachAct, FileArgs, NoticeArgs, Request};
use linli_node::drive::{BlobId, Came, Driven, Shelf as _};
use linli_record::RecordKind;
use linli_record::attach::{Attachment, Media};
use linli_record::draft::PostDraft;
use linli_record::schema::PostKind;
use std::sync::Arc;

/// A piece.
const PIECE: usize = GROUP * linli_net::blob::PIECE_GROUPS as usize;
/// Largest sealed bytes of a file, by docs/formats/attachment.md.
const LARGEST: u32 = 5_242_896;
/// Posts of a flood, with four invented files each: more than 256 MiB.
const FLOOD: usize = 13;
/// Who is cut off from everybody, and stays so.
const AWAY: u8 = 99;

impl World {
    /// A part of the time that is left for faults.
    fn later(&mut self, least: u64, most: u64) -> u64 {
        let at = self.mesh.now + self.mesh.dice.range(least, most);
        at.min(LIVED_MS)
    }

    fn size(&mut self) -> usize {
        let dice = &mut self.mesh.dice;
        let odd = [17, GROUP, GROUP + 1, PIECE, PIECE + 1, 2 * PIECE + GROUP];
        let at = match dice.below(4) {
            0 => dice.pick(&odd).map_or(17, |size| *size as u64),
            1 => dice.range(1_000, 40_000),
            _ => dice.range(100_000, 700_000),
        };
        usize::try_from(at).unwrap_or(GROUP)
    }

    pub(super) fn write(&mut self) -> Result<(), String> {
        let carriers = self.cast.carriers();
        let by = if self.mesh.dice.chance(300) {
            OFFICE
        } else {
            *self.mesh.dice.pick(&carriers).unwrap_or(&OFFICE)
        };
        self.write_by(by)
    }

    /// Somebody writes a post or a notice with one to three files, some of them of an earlier record.
    fn write_by(&mut self, by: usize) -> Result<(), String> {
        let notice = by == OFFICE && self.mesh.dice.chance(700);
        let (mut blobs, mut anew) = (Vec::new(), Vec::new());
        for _ in 0..self.mesh.dice.range(1, 3) {
            let here: Vec<BlobId> = self.sound_at(by);
            match self.mesh.dice.pick(&here).copied() {
                Some(id) if self.mesh.dice.chance(200) => blobs.push(id),
                _ => {
                    let mut bytes = vec![0; self.size()];
                    self.mesh.dice.fill(&mut bytes);
                    let id = BlobId {
                        hash: *blake3::hash(&bytes).as_bytes(),
                        size: u32::try_from(bytes.len()).unwrap_or(0),
                    };
                    self.shelves[by].stage(id, &bytes)?;
                    anew.push((id, Arc::new(bytes)));
                    blobs.push(id);
                }
            }
        }
        blobs.sort_unstable();
        blobs.dedup();
        let key: [u8; 32] = self.mesh.dice.bytes();
        let file = |id: &BlobId| FileArgs {
            hash: base32::encode(&id.hash),
            key: base32::encode(&key),
            size: id.size,
            media: "jpg".into(),
            sides: None,
            name: None,
        };
        let files = blobs.iter().map(file).collect();
        let corrected = (notice && self.mesh.dice.chance(300))
            .then(|| {
                self.books
                    .records
                    .iter_mut()
                    .find(|r| r.stands() && r.notice)
            })
            .flatten();
        let act = if notice {
            let with = NoticeArgs {
                title: "停水".into(),
                body: "范围见附件".into(),
                ..NoticeArgs::default()
            };
            let corrects = corrected.map(|r| {
                r.over = true;
                r.id.to_text()
            });
            AttachAct::NoticePublish {
                with,
                corrects,
                files,
            }
        } else {
            AttachAct::PostNew {
                kind: "found".into(),
                body: "捡到一只猫".into(),
                files,
            }
        };
        match self.ask(by, Request::Attach { act })? {
            Ok(said) => {
                let id = said["id"].as_str().and_then(RecordId::parse);
                self.tally.pictures += anew.len() as u64;
                let first = anew.first().map(|(id, _)| *id);
                self.books.pictures.extend(anew);
                self.books.records.push(Written {
                    id: id.ok_or("a record without a name")?,
                    notice,
                    by,
                    blobs,
                    erased: false,
                    over: false,
                });
                // Before anybody else had a byte of it.
                if let Some(id) = first.filter(|_| self.mesh.dice.chance(60)) {
                    self.shelves[by].lose(&id);
                    self.books.lost.insert(id);
                    self.tally.lost += 1;
                }
                Ok(())
            }
            // His disk is full, or he is held: he is told so, and nothing is written.
            Err(fault) if fault.code == "disk-full" => Ok(()),
            Err(fault) if fault.code == "attach-quota" && self.cast.flooder == Some(by) => Ok(()),
            Err(_) if self.books.once_held.contains(&by) => Ok(()),
            Err(fault) => Err(format!("home {by} cannot write: {}", fault.code)),
        }
    }

    /// Pictures that are whole on a shelf, as they were made.
    fn sound_at(&self, home: usize) -> Vec<BlobId> {
        let all = self.shelves[home].all();
        let is = |id: &BlobId| {
            !self.books.rotten.contains(&(home, *id))
                && !self.books.lost.contains(id)
                && self.shelves[home].has(id)
        };
        all.into_iter().filter(is).collect()
    }

    pub(super) fn erase(&mut self) -> Result<(), String> {
        let all = self.books.records.iter().enumerate();
        let stands = all.filter(|(_, r)| !r.erased && !self.books.held.contains(&r.by));
        let stands: Vec<usize> = stands.map(|(n, _)| n).collect();
        let Some(n) = self.mesh.dice.pick(&stands).copied() else {
            return Ok(());
        };
        let record = &self.books.records[n];
        let (by, id) = (record.by, record.id.to_text());
        let retracts = record.notice && record.stands() && self.mesh.dice.chance(400);
        let request = if retracts {
            let reason = "写错了".to_owned();
            Request::NoticeRetract { id, reason }
        } else {
            Request::Erase { id }
        };
        match self.ask(by, request)? {
            Ok(_) => {
                self.tally.erased += 1;
                let record = &mut self.books.records[n];
                record.over |= retracts;
                record.erased |= !retracts;
                Ok(())
            }
            Err(_) if self.books.once_held.contains(&by) => Ok(()),
            Err(fault) => Err(format!("home {by} cannot erase: {}", fault.code)),
        }
    }

    pub(super) fn hold(&mut self) -> Result<(), String> {
        let mut all = self.cast.carriers();
        all.retain(|home| *home != OFFICE);
        let Some(home) = self.mesh.dice.pick(&all).copied() else {
            return Ok(());
        };
        let hold = Request::DeviceHold {
            id: self.who[home].0.to_text(),
            reason: "查".into(),
        };
        self.ask(OFFICE, hold)?.map_err(|fault| fault.code)?;
        self.tally.held += 1;
        self.books.held.insert(home);
        self.books.once_held.insert(home);
        if self.mesh.dice.chance(850) {
            let at = self.later(5_000, 40_000);
            self.mesh.push(at, Event::Lift(home));
        }
        Ok(())
    }

    pub(super) fn lift(&mut self, home: usize) -> Result<(), String> {
        let id = self.who[home].0.to_text();
        let lift = Request::DeviceLift { id };
        self.ask(OFFICE, lift)?.map_err(|fault| fault.code)?;
        self.books.held.remove(&home);
        Ok(())
    }

    pub(super) fn leave(&mut self) -> Result<(), String> {
        let Some(home) = self.cast.leaver else {
            return Ok(());
        };
        let revoke = Request::DeviceRevoke {
            id: self.who[home].0.to_text(),
            reason: "丢失".into(),
        };
        self.ask(OFFICE, revoke)?.map_err(|fault| fault.code)?;
        self.tally.left += 1;
        let at = self.later(1_000, 20_000);
        self.mesh.push(at, Event::Gone);
        Ok(())
    }

    pub(super) fn gone(&mut self) -> Result<(), String> {
        if let Some(home) = self.cast.leaver {
            self.mesh.net.part[home] = AWAY;
            self.mesh.is_parted();
        }
        Ok(())
    }

    /// A household refers to more than its share; the oldest of it names a picture of somebody else.
    pub(super) fn flood(&mut self, all: bool) -> Result<(), String> {
        let Some(by) = self.cast.flooder else {
            return Ok(());
        };
        if !all {
            return self.write_by(by);
        }
        let others = self.books.records.iter().filter(|r| r.by != by);
        let others: Vec<BlobId> = others.flat_map(|r| r.blobs.clone()).collect();
        for n in 0..FLOOD {
            let mut blobs = Vec::new();
            for _ in 0..4 {
                let hash = self.mesh.dice.bytes();
                let size = LARGEST;
                blobs.push(BlobId { hash, size });
            }
            self.books.phantoms.extend(&blobs);
            if n == 0
                && let Some(other) = self.mesh.dice.pick(&others)
            {
                blobs[0] = *other;
            }
            let files: Vec<Attachment> = blobs.iter().map(named).collect();
            let now = self.mesh.clock();
            let made = {
                let mut driven = lock(&self.mesh.homes[by].driven);
                let replica = driven.replica().map_err(|fault| fault.code)?;
                let draft = PostDraft {
                    kind: PostKind::Ask,
                    body: format!("第{n}条"),
                };
                let change = |actor| draft.change_with(actor, &files);
                replica.create(now, RecordKind::Post, change)
            };
            match made {
                Ok(id) => self.books.records.push(Written {
                    id,
                    notice: false,
                    by,
                    blobs,
                    erased: false,
                    over: false,
                }),
                Err(_) if self.books.once_held.contains(&by) => {}
                Err(why) => return Err(format!("home {by} cannot flood: {why}")),
            }
        }
        self.tally.floods += 1;
        self.turn(by, Came::Nothing)
    }

    /// Some homes are cut off.
    pub(super) fn cut(&mut self) -> Result<(), String> {
        for _ in 0..self.mesh.dice.range(1, 3) {
            let home = self.mesh.dice.index(HOMES);
            let part = u8::try_from(self.mesh.dice.range(1, 2)).unwrap_or(1);
            if self.mesh.net.part[home] != AWAY {
                self.mesh.net.part[home] = part;
            }
        }
        self.mesh.is_parted();
        let at = self.later(5_000, 40_000);
        self.mesh.push(at, Event::Heal);
        Ok(())
    }

    pub(super) fn heal(&mut self) -> Result<(), String> {
        for part in &mut self.mesh.net.part {
            if *part != AWAY {
                *part = 0;
            }
        }
        self.mesh.is_parted();
        Ok(())
    }

    /// A link breaks under a piece.
    pub(super) fn snap(&mut self) -> Result<(), String> {
        let on: Vec<u64> = self.flights.values().map(|f| f.link).collect();
        match self.mesh.dice.pick(&on).copied() {
            Some(link) => self.mesh.break_link(link),
            None => self.once_more(Event::Snap),
        }
        Ok(())
    }

    /// What found nothing to break is tried again in a while.
    fn once_more(&mut self, event: Event) {
        let at = self.mesh.now + self.mesh.dice.range(200, 1_500);
        if at < LIVED_MS {
            self.mesh.push(at, event);
        }
    }

    /// A home loses power, most often with something half there.
    pub(super) fn kill(&mut self) -> Result<(), String> {
        let half = |home: &usize| !self.shelves[*home].parts().is_empty();
        let busy: Vec<usize> = (0..HOMES).filter(half).collect();
        let anyone = self.mesh.dice.chance(200);
        let home = match self.mesh.dice.pick(&busy).copied() {
            Some(home) => home,
            None if anyone => self.mesh.dice.index(HOMES),
            None => {
                self.once_more(Event::Kill);
                return Ok(());
            }
        };
        for link in self.mesh.net.of(home) {
            self.mesh.break_link(link);
        }
        let shelf = self.shelves[home].clone();
        for (id, again, noughts) in shelf.crash(&mut self.mesh.dice)? {
            self.books.taken(home, id, again);
            if noughts {
                self.books.rotten.insert((home, id));
            }
            self.tally.parts += 1;
        }
        let hands = self.mesh.hands;
        let mesh = &mut self.mesh;
        mesh.homes[home].restart_as(&mut mesh.dice, |replica| {
            Driven::with_shelf(replica, hands, Box::new(shelf))
        })?;
        self.lives[home] += 1;
        let life = self.lives[home];
        self.flights.retain(|_, f| !f.is_of(home, life));
        self.turn(home, Came::Nothing)
    }

    pub(super) fn fill(&mut self) -> Result<(), String> {
        let busy: Vec<usize> = self.flights.values().map(|f| f.home).collect();
        let home = self.mesh.dice.pick(&busy).copied();
        let Some(home) = home.filter(|home| *home < HOMES) else {
            self.once_more(Event::Fill);
            return Ok(());
        };
        self.shelves[home].set_full(true);
        if self.plant == Some(FilePlant::FullForAll) {
            self.mesh.homes[home].disk.set_full(true);
        }
        let at = self.later(5_000, 60_000);
        self.mesh.push(at, Event::Empty(home));
        Ok(())
    }

    pub(super) fn room(&mut self, home: usize) -> Result<(), String> {
        self.shelves[home].set_full(false);
        self.mesh.homes[home].disk.set_full(false);
        Ok(())
    }

    /// A disk changes a byte of what is whole somewhere else, too.
    pub(super) fn rot(&mut self) -> Result<(), String> {
        let home = self.mesh.dice.index(HOMES);
        let mut here = self.sound_at(home);
        let carriers = self.cast.carriers();
        here.retain(|id| {
            let has = |other: &&usize| **other != home && self.sound_at(**other).contains(id);
            carriers.iter().any(|other| has(&other))
        });
        let Some(id) = self.mesh.dice.pick(&here).copied() else {
            return Ok(());
        };
        let at = self.mesh.dice.index(id.size as usize);
        self.shelves[home].rot(&id, at)?;
        self.tally.rotten += 1;
        self.books.rotten.insert((home, id));
        self.books.taken(home, id, u64::from(id.size));
        Ok(())
    }
}

fn named(id: &BlobId) -> Attachment {
    Attachment {
        hash: id.hash,
        key: Private::new([6; 32]),
        size: id.size,
        media: Media::Jpeg,
        sides: None,
        name: None,
    }
}
