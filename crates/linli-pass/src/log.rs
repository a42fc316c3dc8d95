//! What the logs of all gates say together: who is inside, and which passes were used more often than they allow.
//!
//! Every answer is a pure function of the set of lines heard, so replicas that heard the same say the same, in
//! whatever order the lines came (pass.md §3). Nothing here names an entry of a particular log in its answer: a
//! household hears of an arrival in its own lane, as a copy, and derives the very same incident from it.

#[cfg(test)]
mod small_scope;
#[cfg(test)]
mod tests;

use crate::grant::Cti;
use crate::plate::Plate;
use linli_base::{DeviceId, Period, UnixSec};
use std::collections::{BTreeMap, BTreeSet};

/// Corrections of corrections are followed this far.
const CORRECTIONS_MAX: u8 = 8;

/// What a line of a gate's log is about, as far as counting goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Happened {
    /// Somebody came in.
    CameIn {
        /// A guard let them in against or without an answer.
        by_guard: bool,
    },
    /// Somebody left.
    Left,
    /// A wrong click is taken back: [`Line::about`] names it.
    Corrected,
    /// The home gate handed one entry to another gate.
    HandedOver,
    /// Anything else: refusals, questions, a guard who takes over.
    Other,
}

/// One line of a gate's log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Id of its entry.
    pub id: [u8; 32],
    /// The earlier line it is about.
    pub about: Option<[u8; 32]>,
    /// The gate's device.
    pub device: DeviceId,
    /// Month of the log it stands in.
    pub period: Period,
    /// Its place there. A clock can be turned back; a log only grows.
    pub seq: u32,
    /// The gate's number.
    pub gate: u8,
    /// When, by that gate's clock.
    pub at: UnixSec,
    /// What happened.
    pub what: Happened,
    /// The pass.
    pub cti: Option<Cti>,
    /// Entries the pass allows, when they are counted.
    pub entries: Option<u8>,
    /// Entries counted at that gate after this line.
    pub uses_after: Option<u32>,
    /// The nonce of a hand-over: two lines with one nonce are one use.
    pub nonce: Option<[u8; 16]>,
    /// The plate.
    pub plate: Option<Plate>,
}

/// One use of a pass, named by what happened and not by where it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Used {
    /// When, by the clock of the gate that says so.
    pub at: UnixSec,
    /// Where.
    pub gate: u8,
    /// Let in by the guard.
    pub by_guard: bool,
    device: DeviceId,
    uses_after: Option<u32>,
    about: Option<[u8; 32]>,
}

/// Uses of one pass: those without a hand-over, and for each nonce what either gate says, an entry before a hand-over.
type ByNonce = BTreeMap<Option<[u8; 16]>, BTreeSet<(bool, Used)>>;

/// A pass was used once more than it allows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Incident {
    /// The pass.
    pub cti: Cti,
    /// Entries it allows.
    pub entries: u8,
    /// Which use this is, counted from 1; above `entries`.
    pub number: u32,
    /// The use.
    pub used: Used,
    /// The uses that were allowed, oldest first.
    pub before: Vec<Used>,
}

/// The lines of all gate logs heard.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GateLogs {
    lines: BTreeMap<[u8; 32], Line>,
}

impl GateLogs {
    /// Takes in a line; the same line twice changes nothing.
    pub fn hear(&mut self, line: Line) {
        self.lines.insert(line.id, line);
    }

    /// Takes in all that another replica heard.
    pub fn merge(&mut self, other: &Self) {
        for (id, line) in &other.lines {
            self.lines.entry(*id).or_insert_with(|| line.clone());
        }
    }

    /// All lines, in the order of their ids.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    /// Every use of every counted pass, in the order of the gates' clocks.
    #[must_use]
    pub fn uses(&self) -> BTreeMap<Cti, Vec<Used>> {
        let mut found: BTreeMap<Cti, ByNonce> = BTreeMap::new();
        for line in self.lines.values() {
            let by_guard = match line.what {
                Happened::CameIn { by_guard } => by_guard,
                Happened::HandedOver => false,
                _ => continue,
            };
            if let Some(cti) = line.cti {
                let used = Used {
                    at: line.at,
                    gate: line.gate,
                    by_guard,
                    device: line.device,
                    uses_after: line.uses_after,
                    about: line.about,
                };
                let by_nonce = found.entry(cti).or_default();
                let handed = line.what == Happened::HandedOver;
                by_nonce
                    .entry(line.nonce)
                    .or_default()
                    .insert((handed, used));
            }
        }
        let one_each = |by_nonce: ByNonce| {
            let mut uses: Vec<Used> = Vec::new();
            for (nonce, lines) in by_nonce {
                // Both gates write a hand-over down; it is one use, told by the gate where somebody came in.
                let told = if nonce.is_some() { 1 } else { lines.len() };
                uses.extend(lines.into_iter().take(told).map(|(_, used)| used));
            }
            uses.sort_unstable();
            uses
        };
        found
            .into_iter()
            .map(|(cti, by_nonce)| (cti, one_each(by_nonce)))
            .collect()
    }

    /// One incident for every use above what a pass allows. A line says how many entries its pass allows; `known`
    /// says it for passes of which only older lines speak. Of several numbers the lowest counts.
    #[must_use]
    pub fn incidents(&self, known: &BTreeMap<Cti, u8>) -> Vec<Incident> {
        let mut allowed: BTreeMap<Cti, u8> = BTreeMap::new();
        for line in self.lines.values() {
            if let (Some(cti), Some(entries)) = (line.cti, line.entries) {
                let held = allowed.entry(cti).or_insert(entries);
                *held = entries.min(*held);
            }
        }
        let mut out = Vec::new();
        for (cti, uses) in self.uses() {
            let entries = allowed.get(&cti).or_else(|| known.get(&cti)).copied();
            let Some(entries) = entries.filter(|n| *n > 0) else {
                continue;
            };
            let (before, surplus) = uses.split_at(usize::from(entries).min(uses.len()));
            for (number, used) in (u32::from(entries) + 1..).zip(surplus) {
                out.push(Incident {
                    cti,
                    entries,
                    number,
                    used: *used,
                    before: before.to_vec(),
                });
            }
        }
        out
    }

    /// Who came in and has not left, oldest first. Leaving ends the line it names, else the newest earlier entry of
    /// the same plate or pass: earlier in the log of the same gate, or by the clocks of two. A corrected line counts for nothing here; its *use* stays counted, because a guard's
    /// second thought must not bring a spent pass back.
    #[must_use]
    pub fn inside(&self) -> Vec<&Line> {
        let corrected = self.corrections();
        let counts = |line: &&Line| !self.is_corrected(&corrected, line, 0);
        let mut inside: Vec<&Line> = Vec::new();
        let mut left: Vec<&Line> = Vec::new();
        for line in self.lines.values().filter(counts) {
            match line.what {
                Happened::CameIn { .. } => inside.push(line),
                Happened::Left => left.push(line),
                _ => {}
            }
        }
        inside.sort_unstable_by_key(|line| line.order());
        left.sort_unstable_by_key(|line| line.order());
        let named: BTreeSet<[u8; 32]> = left.iter().filter_map(|line| line.about).collect();
        inside.retain(|one| !named.contains(&one.id));
        for line in left.iter().filter(|line| line.about.is_none()) {
            let ended = inside
                .iter()
                .rposition(|one| same(one, line) && one.before(line));
            if let Some(at) = ended {
                inside.remove(at);
            }
        }
        inside
    }

    /// All lines that have been taken back.
    #[must_use]
    pub fn taken_back(&self) -> BTreeSet<[u8; 32]> {
        let corrected = self.corrections();
        let back = |id: &&[u8; 32]| {
            let line = self.lines.get(*id);
            line.is_some_and(|line| self.is_corrected(&corrected, line, 0))
        };
        corrected.keys().filter(back).copied().collect()
    }

    /// Whether a line has been taken back.
    #[must_use]
    pub fn corrected(&self, id: &[u8; 32]) -> bool {
        let corrected = self.corrections();
        let line = self.lines.get(id);
        line.is_some_and(|line| self.is_corrected(&corrected, line, 0))
    }

    /// Corrections by what they are about.
    fn corrections(&self) -> BTreeMap<[u8; 32], Vec<&Line>> {
        let mut out: BTreeMap<[u8; 32], Vec<&Line>> = BTreeMap::new();
        for line in self.lines.values() {
            if let (Happened::Corrected, Some(about)) = (line.what, line.about) {
                out.entry(about).or_default().push(line);
            }
        }
        out
    }

    /// A gate corrects its own lines only; a correction that was taken back itself corrects nothing.
    fn is_corrected(&self, all: &BTreeMap<[u8; 32], Vec<&Line>>, line: &Line, depth: u8) -> bool {
        depth < CORRECTIONS_MAX
            && all
                .get(&line.id)
                .into_iter()
                .flatten()
                .any(|by| by.device == line.device && !self.is_corrected(all, by, depth + 1))
    }
}

impl Line {
    /// Oldest first; lines of one second and one gate in the order of its log.
    const fn order(&self) -> (UnixSec, DeviceId, Period, u32, [u8; 32]) {
        (self.at, self.device, self.period, self.seq, self.id)
    }

    /// Whether this was before the other: in the same gate's log if it is one, else by the clocks.
    fn before(&self, other: &Self) -> bool {
        if self.device == other.device {
            (self.period, self.seq) < (other.period, other.seq)
        } else {
            self.at <= other.at
        }
    }
}

/// Whether a departure that names no line is of the car or pass that came in.
fn same(came: &Line, left: &Line) -> bool {
    let plate = left.plate.is_some() && came.plate == left.plate;
    let pass = left.cti.is_some() && came.cti == left.cti;
    plate || pass
}
