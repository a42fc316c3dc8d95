//! What must hold of shelves: counted from the records that a home has, apart from the product's own index.

use super::books::Written;
use super::street::{GATE, HOMES};
use super::{HEALED_MS, LIVED_MS, World};
use crate::small::home::lock;
use crate::small::mesh::Lives;
use linli_base::{DeviceId, RecordId};
use linli_node::api::{AttachAct, Request};
use linli_node::drive::{BlobId, Shelf as _};
use linli_record::attach::Attachment;
use linli_record::{Row, RowKind};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of one device's entries that a home keeps, and of all, by docs/formats/attachment.md.
const OF_DEVICE: u64 = 268_435_456;
const OF_HOME: u64 = 4_294_967_296;
/// After everything is where it belongs, it stays so for this time, ms.
const STAYS_MS: u64 = 20_000;

/// A record as a home has it.
struct Here {
    created_ms: u64,
    id: RecordId,
    author: DeviceId,
    files: Vec<Attachment>,
}

impl World {
    /// The posts and notices that a home has.
    fn records_at(&self, home: usize) -> Result<Vec<Here>, String> {
        let mut driven = lock(&self.mesh.homes[home].driven);
        let replica = driven.replica().map_err(|fault| fault.code)?;
        let mut all = Vec::new();
        for kind in [RowKind::Post, RowKind::Notice] {
            for (id, row) in replica.rows(kind).map_err(|e| e.to_string())? {
                let (created_ms, author, files) = match row {
                    Row::Post(post) => (post.created_ms, post.author.device, post.files),
                    Row::Notice(notice) => (notice.created_ms, notice.author.device, notice.files),
                    _ => continue,
                };
                all.push(Here {
                    created_ms,
                    id,
                    author,
                    files,
                });
            }
        }
        all.sort_by(|a, b| (b.created_ms, a.id).cmp(&(a.created_ms, b.id)));
        Ok(all)
    }

    /// What the records of a home refer to, within its limits.
    pub(super) fn wants(&self, home: usize) -> Result<BTreeSet<BlobId>, String> {
        let mut wants = BTreeSet::new();
        let (mut of_device, mut of_home) = (BTreeMap::<DeviceId, u64>::new(), 0);
        for record in self.records_at(home)? {
            for file in &record.files {
                let id = BlobId {
                    hash: file.hash,
                    size: file.size,
                };
                let size = u64::from(file.size);
                let used = of_device.entry(record.author).or_default();
                let fits = *used + size <= OF_DEVICE && of_home + size <= OF_HOME;
                if fits && wants.insert(id) {
                    *used += size;
                    of_home += size;
                }
            }
        }
        Ok(wants)
    }

    /// What comes back when a device is no longer held: it may stay meanwhile, and must where its record was.
    fn comes_back(&self, home: usize, was: bool) -> Result<BTreeSet<BlobId>, String> {
        let mut driven = lock(&self.mesh.homes[home].driven);
        let replica = driven.replica().map_err(|fault| fault.code)?;
        let authority = replica.authority();
        let is_held = |by: usize| authority.holds_on(&self.who[by].0).next().is_some();
        let of = self
            .books
            .records
            .iter()
            .filter(|r| !r.erased && is_held(r.by));
        // Of who refers to more than his share something goes all the same.
        let must = |r: &&Written| {
            self.books.had.contains(&(home, r.id)) && self.cast.flooder != Some(r.by)
        };
        let of = of.filter(|r| !was || must(r));
        Ok(of.flat_map(|r| r.blobs.clone()).collect())
    }

    /// Books what a shelf threw away and what it refused; what is referred to is not collected.
    pub(super) fn shelf_keeps(&mut self, home: usize) -> Result<(), String> {
        let (removed, refused) = self.shelves[home].take();
        for (id, bytes) in refused {
            self.tally.refused += 1;
            self.books.taken(home, id, bytes);
        }
        if removed.is_empty() {
            return Ok(());
        }
        let (wants, back) = (self.wants(home)?, self.comes_back(home, true)?);
        for id in removed {
            if self.books.rotten.remove(&(home, id)) {
                continue;
            }
            if wants.contains(&id) || back.contains(&id) {
                let what = self.whereabouts(&id);
                return Err(format!(
                    "home {home} collects what a record refers to: {what}"
                ));
            }
            self.tally.collected += 1;
            self.books.collected.insert(id);
            self.books.taken(home, id, u64::from(id.size));
        }
        Ok(())
    }

    /// Whatever counts as whole on a shelf is what its hash says.
    pub(super) fn shelf_is_true(&mut self, home: usize) -> Result<(), String> {
        let here = self.records_at(home)?;
        let here = here.iter().map(|record| (home, record.id));
        self.books.had.extend(here);
        for id in self.shelves[home].all() {
            if !self.shelves[home].has(&id) {
                continue;
            }
            let whole = self.shelves[home].whole(&id);
            if whole.is_some_and(|bytes| *blake3::hash(&bytes).as_bytes() != id.hash) {
                return Err(format!("home {home}: a blob is not what its hash says"));
            }
        }
        Ok(())
    }

    /// No fault falls any more: everybody meets, and everything comes where it belongs.
    pub(super) fn quiet(&mut self) -> Result<(), String> {
        self.heal()?;
        for home in 0..HOMES {
            self.room(home)?;
        }
        let mut until = LIVED_MS + 15_000;
        self.live(until)?;
        for home in (0..HOMES)
            .filter(|home| self.cast.is_sound(*home))
            .collect::<Vec<_>>()
        {
            self.open_all(home)?;
        }
        loop {
            until += 10_000;
            self.live(until)?;
            match self.equal() {
                Ok(()) => break,
                Err(why) if until >= LIVED_MS + HEALED_MS => {
                    return Err(format!("at {until} ms: {why}"));
                }
                Err(_) => {}
            }
        }
        let pieces = self.tally.pieces;
        self.live(until + STAYS_MS)?;
        for home in 0..HOMES {
            self.shelf_is_true(home)?;
        }
        if self.tally.pieces > pieces && self.cast.liars.is_empty() && self.cast.leaver.is_none() {
            return Err("everything is there, and pieces are still fetched".to_owned());
        }
        self.equal()
    }

    /// Somebody opens everything that is shown, as people do: what a disk has changed is found.
    fn open_all(&mut self, home: usize) -> Result<(), String> {
        for record in self.records_at(home)? {
            for n in 1..=record.files.len() {
                let act = AttachAct::Open {
                    id: record.id.to_text(),
                    n: u32::try_from(n).unwrap_or(1),
                };
                match self.ask(home, Request::Attach { act })? {
                    Ok(_) => {}
                    Err(fault) if fault.code == "attach-waiting" => {}
                    Err(fault) => return Err(format!("home {home} cannot open: {}", fault.code)),
                }
            }
        }
        Ok(())
    }

    /// Whether nobody who could serve it has a blob, and that is nobody's fault: it was never made, its only disk has lost it,
    /// or nothing referred to it for a while.
    fn is_nowhere(&self, id: &BlobId) -> bool {
        let carriers = self.cast.carriers();
        let has = |home: &usize| self.shelves[*home].whole(id).is_some();
        self.books.may_be_nowhere(id) && !carriers.iter().any(has)
    }

    /// What has come of a blob is a piece of it, group by group, as long as it is on its way.
    pub(super) fn part_is_proven(&self, home: usize, id: &BlobId) -> Result<(), String> {
        let Some(truth) = self.books.pictures.get(id) else {
            return Ok(());
        };
        let here = self.shelves[home].proven(id)?;
        if self.books.rotten.contains(&(home, *id)) || truth.starts_with(&here) {
            return Ok(());
        }
        Err(format!(
            "home {home} keeps bytes of a blob that nothing proves"
        ))
    }

    /// Who refers to a blob, and how far it has come where.
    fn whereabouts(&self, id: &BlobId) -> String {
        let come = (0..HOMES).map(|home| self.shelves[home].come(id));
        let come: Vec<usize> = come.collect();
        let by = self.books.records.iter().filter(|r| r.blobs.contains(id));
        let by: Vec<String> = by
            .map(|r| {
                let held = self.books.once_held.contains(&r.by);
                format!("by {} (erased {}, held {held})", r.by, r.erased)
            })
            .collect();
        format!("{} bytes, {come:?} come; {by:?}", id.size)
    }

    /// Records are everywhere, and pictures where they belong and nowhere else.
    fn equal(&self) -> Result<(), String> {
        let mut first: Option<BTreeSet<RecordId>> = None;
        for home in (0..HOMES).filter(|home| self.cast.is_sound(*home)) {
            let here: BTreeSet<RecordId> = self.records_at(home)?.iter().map(|r| r.id).collect();
            for record in &self.books.records {
                let sure = !self.books.once_held.contains(&record.by);
                let carried = home != GATE || record.notice;
                if record.erased == here.contains(&record.id) && sure && carried {
                    let is = if record.erased { "still has" } else { "has no" };
                    return Err(format!("home {home} {is} record {}", record.id.to_text()));
                }
            }
            if home != GATE && first.get_or_insert_with(|| here.clone()) != &here {
                return Err(format!("home {home} has other records than the first"));
            }
            let (wants, back) = (self.wants(home)?, self.comes_back(home, false)?);
            for id in wants.iter().filter(|id| !self.is_nowhere(id)) {
                if self.shelves[home].whole(id).is_none() {
                    return Err(format!(
                        "home {home} lacks a blob: {}",
                        self.whereabouts(id)
                    ));
                }
            }
            for id in self.shelves[home].all() {
                if !wants.contains(&id) && !back.contains(&id) {
                    return Err(format!("home {home} holds a blob that nothing refers to"));
                }
            }
        }
        Ok(())
    }
}
