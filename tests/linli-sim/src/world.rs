//! The world: one clock, one heap of events, some nodes, a network, and people who do things.
//!
//! A run has two phases. In the first everything goes wrong that the seed asks for, and what must never happen
//! is checked at every step. Then the faults stop, and the rest must come out right by itself, in bounded time:
//! see `quiet.rs`.

mod drive;
mod faults;
mod join;
mod links;

use crate::dice::SimDice;
use crate::event::{Event, Heap};
use crate::ledger::Ledger;
use crate::net::Net;
use crate::node::Node;
use crate::options::{Options, Plan, Weather};
use crate::parcel::Parcel;
use crate::sometimes::Sometimes;
use crate::trace::Trace;
use linli_base::time::Moment;
use linli_base::{CommunityId, EntryId, LogKey, UnixMs};
use linli_node::replica::Now;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The code of a seed in which too little happened to prove anything.
pub const TOO_LITTLE: &str = "T5";

/// An invariant that does not hold: the seed is red.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{invariant}: {what}")]
pub struct Violation {
    /// Its name in quality.md §2.
    pub invariant: &'static str,
    /// What was seen.
    pub what: String,
}

impl Violation {
    /// An invariant that does not hold.
    pub fn new(invariant: &'static str, what: impl Into<String>) -> Self {
        Self {
            invariant,
            what: what.into(),
        }
    }
}

/// The outcome of a step that is checked.
pub type Checked<T = ()> = Result<T, Violation>;

/// What a run amounted to, beside right or wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Nodes.
    pub nodes: usize,
    /// Entries of which people were told that they are saved.
    pub entries: usize,
    /// Kinds of things done.
    pub kinds: usize,
    /// Frames on the wire.
    pub frames: u64,
    /// Bytes on the wire.
    pub bytes: u64,
    /// Commits of all nodes.
    pub commits: u64,
    /// Cuts.
    pub cuts: usize,
    /// Crashes.
    pub crashes: usize,
    /// Simulated time, ms.
    pub time_ms: u64,
    /// Simulated time from the last fault to agreement, ms.
    pub healed_ms: u64,
}

/// See the module's text.
pub struct World {
    pub(crate) options: Options,
    pub(crate) plan: Plan,
    pub(crate) dice: SimDice,
    pub(crate) heap: Heap,
    pub(crate) now: u64,
    pub(crate) net: Net,
    pub(crate) weather: Weather,
    pub(crate) nodes: Vec<Node>,
    pub(crate) ledger: Ledger,
    pub(crate) trace: Trace,
    pub(crate) sometimes: Sometimes,
    pub(crate) tally: Tally,
    pub(crate) community: CommunityId,
    /// The faults are over.
    pub(crate) healing: bool,
    /// Frames that somebody kept, to send them again.
    pub(crate) kept: Vec<Rc<Parcel>>,
    /// Every entry that was ever on a wire, by place: no honest device says two things at one place.
    pub(crate) said: BTreeMap<(LogKey, u32), EntryId>,
    /// Entries frames sent since this was last set to zero.
    pub(crate) entry_frames: u64,
}

impl World {
    /// A world of a seed.
    #[must_use]
    pub fn new(seed: u64, options: &Options) -> Self {
        let mut dice = SimDice::new(seed);
        let plan = Plan::draw(&mut dice, options);
        let nodes = plan
            .roles
            .iter()
            .zip(&plan.skews)
            .map(|(role, skew)| Node::new(*role, *skew, &mut dice))
            .collect();
        Self {
            options: *options,
            weather: plan.weather,
            dice,
            heap: Heap::default(),
            now: 0,
            net: Net::default(),
            nodes,
            ledger: Ledger::default(),
            trace: Trace::new(options.lines),
            sometimes: Sometimes::default(),
            tally: Tally::default(),
            community: CommunityId([0; 32]),
            healing: false,
            kept: Vec::new(),
            said: BTreeMap::new(),
            entry_frames: 0,
            plan,
        }
    }

    /// Lives through both phases.
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn live(&mut self) -> Checked {
        self.found()?;
        self.arrange();
        self.run_until(self.plan.faults_until)?;
        self.fill_up()?;
        self.heal()?;
        self.settle()?;
        self.judge()?;
        self.enough()
    }

    /// Counts that are known at the end, whatever the end is.
    pub(crate) fn sum_up(&mut self) -> Tally {
        self.tally.nodes = self.nodes.len();
        self.tally.entries = self.ledger.told();
        self.tally.kinds = self.ledger.kinds();
        self.tally.cuts = self.net.cuts.len();
        self.tally.time_ms = self.now;
        self.tally
    }

    /// Runs until a moment.
    pub(crate) fn run_until(&mut self, until: u64) -> Checked {
        while let Some((at, event)) = self.heap.pop_until(until) {
            self.now = at;
            self.happen(event)?;
        }
        self.now = until;
        Ok(())
    }

    /// Goes on until there was enough to judge.
    fn fill_up(&mut self) -> Checked {
        for _ in 0..60 {
            if self.enough().is_ok() {
                return Ok(());
            }
            for _ in 0..4 {
                self.heap.push(self.now + 250, Event::Act);
            }
            if self.tally.crashes == 0 && self.ledger.told() >= 20 {
                self.heap.push(self.now + 400, Event::Crash(1, true));
            }
            self.run_until(self.now + 1_000)?;
        }
        self.enough()
    }

    /// Whether so much happened that a green seed says something (quality.md §4, T5).
    pub(crate) fn enough(&self) -> Checked {
        let replicas = self.nodes.iter().filter(|n| n.joined).count();
        let (entries, kinds) = (self.ledger.told(), self.ledger.kinds());
        let (cuts, crashes) = (self.net.cuts.len(), self.tally.crashes);
        if replicas >= 3 && entries >= 30 && kinds >= 4 && cuts >= 2 && crashes >= 1 {
            return Ok(());
        }
        let what = format!(
            "too little happened: {replicas} replicas, {entries} entries of {kinds} kinds, {cuts} cuts, {crashes} crashes"
        );
        Err(Violation::new(TOO_LITTLE, what))
    }

    fn happen(&mut self, event: Event) -> Checked {
        match event {
            Event::Join(n) => self.join(n),
            Event::Dial(edge) => {
                self.dial(edge);
                Ok(())
            }
            Event::Up { link, end } => self.link_up(link, end),
            Event::Down { link, end } => self.link_down(link, end),
            Event::Frame { link, end, parcel } => self.arrive(link, end, &parcel),
            Event::Flush(n, life) => self.flush_due(n, life),
            Event::Tick(n, life) => self.tick(n, life),
            Event::Act => self.somebody_acts(),
            Event::Cut(pairs, until) => {
                self.cut(pairs, until);
                Ok(())
            }
            Event::Mend(cut) => {
                self.mend(cut);
                Ok(())
            }
            Event::GiveUp(link) => {
                self.give_up(link);
                Ok(())
            }
            Event::Break(edge) => {
                if let Some(link) = self.net.edges.get(edge).and_then(|e| e.link) {
                    self.break_link(link);
                }
                Ok(())
            }
            Event::Crash(n, inside) => self.crash_planned(n, inside),
            Event::Restart(n) => self.restart(n),
            Event::Full(n, full) => {
                self.set_full(n, full);
                Ok(())
            }
            Event::Sick(n, sick) => {
                self.set_sick(n, sick);
                Ok(())
            }
            Event::Jump(n, by) => {
                self.jump(n, by);
                Ok(())
            }
            Event::Backup(n) => {
                self.back_up(n);
                Ok(())
            }
            Event::Restore(n) => self.restore(n),
            Event::Revoke(n) => self.revoke(n),
            Event::ActOf(n) => self.household_acts(n),
        }
    }

    /// What time it is at a node.
    pub(crate) fn at(&self, n: usize) -> Now {
        let wall = (self.plan.wall + self.now).saturating_add_signed(self.nodes[n].skew);
        Now {
            moment: Moment(self.now),
            wall: UnixMs(wall),
        }
    }

    /// Nodes that are up.
    pub(crate) fn up(&self) -> Vec<usize> {
        (0..self.nodes.len())
            .filter(|n| self.nodes[*n].is_up())
            .collect()
    }

    /// The node of a device.
    pub(crate) fn node_of(&self, device: &linli_base::DeviceId) -> Option<usize> {
        self.nodes.iter().position(|n| n.device == *device)
    }

    /// The first node of a node's principal.
    pub(crate) fn home_of(&self, n: usize) -> usize {
        match self.nodes[n].role {
            crate::options::Role::Sibling(of) => of,
            _ => n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_in_which_too_little_happened_is_red_with_its_own_code() {
        let mut world = World::new(1, &Options::default());
        assert_eq!(world.enough().unwrap_err().invariant, TOO_LITTLE);
        world.live().unwrap();
        assert_eq!(world.enough(), Ok(()));
        world.net.cuts.truncate(1);
        assert_eq!(world.enough().unwrap_err().invariant, TOO_LITTLE);
    }
}
