//! Many seeds: side by side, some of them twice, with what they amounted to together.

use crate::options::Options;
use crate::run::{Outcome, run};
use crate::sometimes::Sometimes;
use crate::trace::Lines;
use crate::world::Violation;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Which seeds to run, and how.
#[derive(Clone, Copy, Debug)]
pub struct Many {
    /// The first.
    pub from: u64,
    /// How many.
    pub count: u64,
    /// For each.
    pub options: Options,
    /// Every so many-th seed is run twice and must give the same hash; 0 runs none twice.
    pub twice_every: u64,
    /// Stop at the first red one.
    pub stop_at_red: bool,
    /// Threads, one or two.
    pub threads: usize,
}

/// What many seeds amounted to.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many ran.
    pub seeds: u64,
    /// How many of them ran twice.
    pub twice: u64,
    /// The red ones, by seed.
    pub red: Vec<Outcome>,
    /// Rare states of all.
    pub sometimes: Sometimes,
    /// Entries, frames, bytes, commits, cuts, crashes.
    pub entries: u64,
    /// Frames on the wire.
    pub frames: u64,
    /// Bytes on the wire.
    pub bytes: u64,
    /// Commits.
    pub commits: u64,
    /// Cuts.
    pub cuts: u64,
    /// Crashes.
    pub crashes: u64,
    /// Simulated time times nodes, seconds.
    pub node_seconds: u64,
    /// The longest a world took to agree after the last fault, ms.
    pub slowest_ms: u64,
}

impl Summary {
    fn add(&mut self, outcome: Outcome) {
        let tally = outcome.tally;
        self.seeds += 1;
        self.sometimes.add(&outcome.sometimes);
        self.entries += tally.entries as u64;
        self.frames += tally.frames;
        self.bytes += tally.bytes;
        self.commits += tally.commits;
        self.cuts += tally.cuts as u64;
        self.crashes += tally.crashes as u64;
        self.node_seconds += tally.nodes as u64 * tally.time_ms / 1000;
        self.slowest_ms = self.slowest_ms.max(tally.healed_ms);
        if outcome.violation.is_some() {
            self.red.push(outcome);
        }
    }
}

impl Many {
    /// Runs them. Which thread runs which seed does not show in the result.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn run(&self, each: impl Fn(&Outcome) + Sync) -> std::io::Result<Summary> {
        let next = AtomicU64::new(0);
        let summary = Mutex::new(Summary::default());
        std::thread::scope(|scope| {
            let mut threads = Vec::new();
            for number in 1..self.threads.clamp(1, 2) {
                let work = || self.work(&next, &summary, &each);
                let name = format!("seeds-{number}");
                threads.push(
                    std::thread::Builder::new()
                        .name(name)
                        .spawn_scoped(scope, work)?,
                );
            }
            self.work(&next, &summary, &each);
            for thread in threads {
                let ended = thread.join();
                debug_assert!(ended.is_ok(), "a seed's panic is caught where it runs");
            }
            Ok::<(), std::io::Error>(())
        })?;
        let mut summary = summary
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        summary.red.sort_by_key(|o| o.seed);
        Ok(summary)
    }

    fn work(&self, next: &AtomicU64, summary: &Mutex<Summary>, each: &(impl Fn(&Outcome) + Sync)) {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= self.count {
                return;
            }
            let seed = self.from + at;
            let mut outcome = run(seed, &self.options);
            let again = self.twice_every > 0 && seed.is_multiple_of(self.twice_every);
            if again && outcome.violation.is_none() {
                let second = run(seed, &self.options);
                if second.hash != outcome.hash {
                    let what = "the same seed ran differently the second time".to_owned();
                    outcome.violation = Some(Violation::new("I16", what));
                }
            }
            if outcome.violation.is_some() && self.options.lines == Lines::None {
                // The end of the story, for whoever has to read it.
                let options = Options {
                    lines: Lines::Last,
                    ..self.options
                };
                outcome.lines = run(seed, &options).lines;
            }
            each(&outcome);
            let red = outcome.violation.is_some();
            let mut all = summary
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            all.twice += u64::from(again);
            all.add(outcome);
            if red && self.stop_at_red {
                next.store(self.count, Ordering::Relaxed);
                return;
            }
        }
    }
}
