//! B1: a person types a comment and it is safe.
//!
//! A household's replica on a real, sealed store: say, flush, one comment at a time, spread over posts so that
//! none has more than a dozen. In turns of twenty with a bare append of as many bytes as the entry has, which
//! no store can beat, and with as many scattered pages as a commit of ours writes, which says how much of the
//! difference is the tree on the disk and how much is work before it.

use super::Scale;
use crate::clock::timed;
use crate::disk::{Appended, Scattered, sealed_file};
use crate::stats::{Measured, Rounds, Times};
use crate::world::{comment, found, household, now, post};
use anyhow::{Context as _, Result};
use linli_base::RecordId;
use linli_node::replica::Replica;
use linli_store::MemoryStore;
use std::path::Path;

/// Edits between two looks at the bare disk.
const TURN: usize = 20;
/// Comments below one post.
const BELOW_ONE: usize = 12;

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let turns = scale.of(20, 2);
    let mut office = found(Box::new(MemoryStore::new()))?;
    let mut home = household(&mut office, 1, sealed_file(dir, "edit")?)?;
    let edits = (scale.rounds + 1) * turns * TURN;
    let posts = posts(&mut home, edits / BELOW_ONE + 1)?;
    let mut edit = Edits {
        home,
        posts,
        done: 0,
    };
    let len = edit.entry_len()?;
    let mut append = Appended::new(dir, len)?;
    let mut pages = Scattered::new(dir)?;
    let (mut rate, mut tail, mut scattered) =
        (Rounds::default(), Rounds::default(), Rounds::default());
    for _ in 0..scale.rounds {
        let (mut ours, mut bare, mut bare_pages) =
            (Times::default(), Times::default(), Times::default());
        for _ in 0..turns {
            for _ in 0..TURN {
                ours.push(edit.once()?);
            }
            for _ in 0..TURN {
                bare.push(append.once()?);
            }
            for _ in 0..TURN {
                bare_pages.push(pages.once()?);
            }
        }
        rate.push(ours.rate(), bare.rate());
        tail.push(ours.percentile_s(99), bare.percentile_s(99));
        scattered.push(ours.rate(), bare_pages.rate());
    }
    let note = format!("{} edits a round, entries of {len} bytes", turns * TURN);
    Ok(vec![
        rate.measured("b1-rate", note),
        tail.measured("b1-tail", ""),
        scattered.measured("b1-pages", ""),
    ])
}

/// Posts to comment on, committed.
pub(super) fn posts(home: &mut Replica, count: usize) -> Result<Vec<RecordId>> {
    let mut made = Vec::new();
    for n in 0..count {
        made.push(post(home, now(2), n)?);
    }
    home.flush(now(2), &mut Vec::new())?;
    Ok(made)
}

struct Edits {
    home: Replica,
    posts: Vec<RecordId>,
    done: usize,
}

impl Edits {
    fn once(&mut self) -> Result<std::time::Duration> {
        let at = now(10 + self.done as u64);
        let post = self.posts[self.done % self.posts.len()];
        self.done += 1;
        let (written, took) = timed(|| -> Result<()> {
            comment(&mut self.home, at, &post, self.done)?;
            Ok(self.home.flush(at, &mut Vec::new())?)
        });
        written?;
        Ok(took)
    }

    /// Bytes of an entry as it is carried.
    fn entry_len(&mut self) -> Result<usize> {
        let written = comment(&mut self.home, now(9), &self.posts[0], 0)?;
        self.home.flush(now(9), &mut Vec::new())?;
        let served = self.home.served(&written.log, written.seq);
        Ok(served.first().context("the entry is not there")?.1.len())
    }
}
