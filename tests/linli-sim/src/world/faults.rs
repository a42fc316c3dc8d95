//! What breaks: processes, disks, clocks, the network; and what a node has to be like when it comes back.

use super::{Checked, World};
use crate::disk::SharedStore;
use crate::event::Event;
use crate::node::{Doom, Heads, Up};
use crate::options::Role;
use linli_node::replica::{OpenFault, Replica};
use linli_store::{DiskFault, ForgettingDisk};
use std::collections::BTreeSet;

impl World {
    /// Puts everything that the plan foresees into the heap.
    pub(super) fn arrange(&mut self) {
        let until = self.plan.faults_until;
        let count = self.nodes.len();
        for (n, at) in self.plan.joins.clone().into_iter().enumerate().skip(1) {
            self.heap.push(at, Event::Join(n));
        }
        for _ in 0..self.plan.acts {
            let at = self.dice.range(200, until);
            self.heap.push(at, Event::Act);
        }
        for _ in 0..self.dice.range(2, 4) {
            let at = self.dice.range(500, until - 4_000);
            let long = self.dice.range(1_500, 25_000);
            let pairs = self.draw_cut(count);
            self.heap.push(at, Event::Cut(pairs, at + long));
        }
        for _ in 0..self.dice.range(1, 3) {
            let at = self.dice.range(1_000, until);
            let (n, inside) = (self.dice.index(count), self.dice.chance(700));
            self.heap.push(at, Event::Crash(n, inside));
        }
        for _ in 0..self.dice.below(3) {
            let at = self.dice.range(1_000, until);
            let (n, long) = (self.dice.index(count), self.dice.range(500, 15_000));
            self.heap.push(at, Event::Full(n, true));
            self.heap.push(at + long, Event::Full(n, false));
        }
        if self.dice.chance(250) {
            let at = self.dice.range(1_000, until);
            let (n, long) = (self.dice.index(count), self.dice.range(100, 6_000));
            self.heap.push(at, Event::Sick(n, true));
            self.heap.push(at + long, Event::Sick(n, false));
        }
        if self.dice.chance(400) {
            self.flap(until);
        }
        for _ in 0..self.dice.below(3) {
            let at = self.dice.range(1_000, until);
            let n = self.dice.index(count);
            let by = i64::try_from(self.dice.below(40 * 86_400_000)).unwrap_or(0) - 20 * 86_400_000;
            self.heap.push(at, Event::Jump(n, by));
        }
        if self.plan.restore {
            let households: Vec<usize> = (1..count)
                .filter(|n| self.nodes[*n].role == Role::Household)
                .collect();
            let n = *self.dice.pick(&households).unwrap_or(&1);
            let at = self.dice.range(until / 4, until / 2);
            self.heap.push(at, Event::Backup(n));
            let back = at + self.dice.range(3_000, until / 3);
            self.heap.push(back, Event::Restore(n));
            if self.dice.chance(700) {
                self.use_twice(n, at, back);
            }
        }
        if self.plan.revoke && count > 3 {
            let n = usize::try_from(self.dice.range(1, count as u64 - 1)).unwrap_or(1);
            let at = self.dice.range(until / 4, until);
            self.heap.push(at, Event::Revoke(n));
        }
    }

    /// The device that is put back was used after its backup, comes back among others than those who heard of that,
    /// and is used again: both halves hold a branch. The founder cuts it off at the heads that it knows.
    fn use_twice(&mut self, n: usize, backup: u64, back: u64) {
        for _ in 0..4 {
            let at = self.dice.range(backup, back);
            self.heap.push(at, Event::ActOf(n));
        }
        let halves = (0..self.nodes.len())
            .filter(|other| *other != n)
            .partition::<Vec<usize>, _>(|_| self.dice.chance(500));
        let from_n = |half: &[usize]| -> Vec<(usize, usize)> {
            let both = |other: &usize| [(n, *other), (*other, n)];
            half.iter().flat_map(both).collect()
        };
        let (first, second) = (from_n(&halves.0), from_n(&halves.1));
        let long = self.dice.range(14_000, 30_000);
        self.heap.push(backup, Event::Cut(second, back));
        self.heap.push(back, Event::Cut(first, back + long));
        for _ in 0..6 {
            let at = back + self.dice.range(500, 14_000);
            self.heap.push(at, Event::ActOf(n));
        }
        let until = back + self.dice.range(14_000, 40_000);
        let at = until.min(self.plan.faults_until.saturating_sub(1));
        self.heap.push(at, Event::Revoke(n));
    }

    fn draw_cut(&mut self, count: usize) -> Vec<(usize, usize)> {
        let side: BTreeSet<usize> = (0..count).filter(|_| self.dice.chance(500)).collect();
        let side = if side.is_empty() || side.len() == count {
            BTreeSet::from([self.dice.index(count)])
        } else {
            side
        };
        let both_ways = self.dice.chance(650);
        let mut pairs = Vec::new();
        for a in 0..count {
            for b in 0..count {
                let out = side.contains(&a) && !side.contains(&b);
                let back = both_ways && side.contains(&b) && !side.contains(&a);
                if out || back {
                    pairs.push((a, b));
                }
            }
        }
        pairs
    }

    fn flap(&mut self, until: u64) {
        let edge = self.dice.index(4);
        let mut at = self.dice.range(1_000, until / 2);
        for _ in 0..self.dice.range(3, 9) {
            at += self.dice.range(300, 3_000);
            self.heap.push(at, Event::Break(edge));
        }
    }

    pub(super) fn set_full(&mut self, n: usize, full: bool) {
        if full && (self.healing || !self.nodes[n].joined) {
            return;
        }
        self.trace.note(
            self.now,
            n,
            if full { "disk full" } else { "disk free" },
            &[],
            String::new,
        );
        self.nodes[n].full = full;
        self.nodes[n].disk.set_full(full);
    }

    /// Every call to the disk fails from some call on, reading too.
    pub(super) fn set_sick(&mut self, n: usize, sick: bool) {
        let node = &mut self.nodes[n];
        if sick && (self.healing || node.up.is_none() || !node.joined || node.full) {
            return;
        }
        self.trace
            .note(self.now, n, "disk sick", &[u8::from(sick)], || {
                sick.to_string()
            });
        node.sick = sick;
        if sick {
            let fault = if self.dice.chance(500) {
                DiskFault::Io
            } else {
                DiskFault::IoReverting
            };
            node.disk.fail_from(self.dice.below(12), fault);
        } else {
            node.disk.heal();
            node.disk.set_full(node.full);
        }
    }

    pub(super) fn jump(&mut self, n: usize, by: i64) {
        if !self.healing {
            self.trace
                .note(self.now, n, "clock", &by.to_be_bytes(), || {
                    format!("jumps by {by} ms")
                });
            self.nodes[n].skew += by;
            if by < 0 {
                self.sometimes.reached("wall clock went backwards");
            }
        }
    }

    pub(super) fn crash_planned(&mut self, n: usize, inside: bool) -> Checked {
        // A process killed on a disk that just failed a sync is out of reach of any store (linli-store's text).
        if self.healing || !self.nodes[n].is_up() || self.nodes[n].sick {
            return Ok(());
        }
        if inside {
            self.nodes[n].doom = Doom::Dies;
            return Ok(());
        }
        let disk = self.nodes[n].disk.crash(self.dice.roll());
        self.sometimes.reached("crash between commits");
        self.die(n, disk);
        Ok(())
    }

    /// The node commits and dies somewhere in the middle of it; `false` if there was nothing to write.
    pub(super) fn die_inside(&mut self, n: usize) -> Checked<bool> {
        let now = self.at(n);
        let node = &mut self.nodes[n];
        let Some(up) = node.up.as_mut() else {
            return Ok(false);
        };
        if node.full || node.sick || !up.replica.needs_flush() {
            return Ok(false);
        }
        node.disk.start_trace();
        let ended = up.replica.flush(now, &mut Vec::new());
        let Some(steps) = node.disk.take_trace().filter(|t| !t.is_empty()) else {
            // Only frames were dealt with; the next commit will do.
            return match ended {
                Ok(()) => self.committed(n).map(|()| false),
                Err(fault) => {
                    self.disk_fault(n, fault);
                    Ok(false)
                }
            };
        };
        // Just before a sync the most is at stake; everywhere else something may be torn.
        let telling = steps.before_syncs();
        let at = match self.dice.chance(500).then(|| self.dice.pick(&telling)) {
            Some(Some(at)) => *at,
            _ => self.dice.index(steps.len() + 1),
        };
        let disk = steps.cut(at, self.dice.roll());
        self.trace
            .note(self.now, n, "dies in", &(at as u64).to_be_bytes(), || {
                format!("a commit, at step {at} of {}", steps.len())
            });
        self.die(n, disk);
        self.nodes[n].inside = true;
        Ok(true)
    }

    /// The process is gone; the disk is as the power cut left it.
    fn die(&mut self, n: usize, disk: ForgettingDisk) {
        self.trace.note(self.now, n, "dies", &[], String::new);
        self.tally.crashes += 1;
        let node = &mut self.nodes[n];
        disk.set_full(node.full);
        node.disk = disk;
        if let Some(up) = node.up.take() {
            self.tally.commits += up.store.commits();
        }
        node.life += 1;
        node.doom = Doom::None;
        node.tick = None;
        node.flush_due = false;
        node.failed_full = false;
        node.unsure.clear();
        node.early.clear();
        for link in self.net.of_node(n) {
            if let Some(of) = self.net.links.get_mut(&link) {
                let end = of.end_of(n);
                of.open[end] = false;
            }
            self.break_link(link);
        }
        let at = self.now + self.dice.range(50, 12_000);
        self.heap.push(at, Event::Restart(n));
    }

    pub(super) fn restart(&mut self, n: usize) -> Checked {
        if self.nodes[n].up.is_some() {
            return Ok(());
        }
        if !self.nodes[n].joined {
            return self.join(n);
        }
        let mut own = self.dice.fork();
        let node = &mut self.nodes[n];
        let opened = SharedStore::open(&node.disk, &node.secrets.db(), &mut own, false)
            .map_err(OpenFault::Store)
            .and_then(|store| {
                let replica = Replica::open(
                    Box::new(store.clone()),
                    node.secrets.keys(),
                    Box::new(own.fork()),
                )?;
                Ok((replica, store))
            });
        match opened {
            Ok((replica, store)) => self.start(n, replica, store),
            Err(fault) => return self.broken("I9", n, format!("does not open again: {fault}")),
        }
        self.trace.note(self.now, n, "starts", &[], String::new);
        self.check_restart(n)?;
        self.commit_later(n);
        self.set_out(n);
        Ok(())
    }

    /// A replica begins to run on a node.
    pub(super) fn start(&mut self, n: usize, mut replica: Replica, store: SharedStore) {
        if let Some(plant) = self.options.plant {
            replica.plant(plant.bugs());
        }
        let node = &mut self.nodes[n];
        node.keys_due = true;
        node.up = Some(Up {
            replica,
            store,
            durable: BTreeSet::new(),
            durable_acts: BTreeSet::new(),
        });
    }

    /// A node looks for its peers.
    pub(crate) fn set_out(&mut self, n: usize) {
        for edge in 0..self.net.edges.len() {
            if self.net.edges[edge].ends.contains(&n) {
                self.dial_later(edge, 0, 1_000);
            }
        }
    }

    pub(super) fn back_up(&mut self, n: usize) {
        let node = &mut self.nodes[n];
        let sound = node.joined && !node.full && !node.sick && !node.gone;
        if node.up.is_some() && sound {
            let disk = ForgettingDisk::from_image(node.disk.durable_image());
            node.backup = Some((disk, node.floor.clone()));
            self.trace.note(self.now, n, "backup", &[], String::new);
        }
    }

    /// The disk is put back to an older copy, as a careless person does: trust.md says that such a device never
    /// resumes its logs. What it wrote since is promised to nobody.
    pub(super) fn restore(&mut self, n: usize) -> Checked {
        let fit = self.nodes[n].is_up() && !self.nodes[n].gone && !self.nodes[n].sick;
        if self.healing || !fit {
            return Ok(());
        }
        // What is staged is committed first; then the copy has no half of it.
        self.flush(n)?;
        let Some((disk, heads)) = self.nodes[n].backup.take() else {
            return Ok(());
        };
        if self.nodes[n].up.is_none() {
            return Ok(());
        }
        let device = self.nodes[n].device;
        let lost = |place: &(linli_base::LogKey, u32, linli_base::EntryId)| {
            place.0.device == device && heads.get(&place.0).is_none_or(|(seq, _)| place.1 > *seq)
        };
        for item in self.ledger.items.iter_mut().filter(|i| i.node == n) {
            item.rolled_back |= item.place.as_ref().is_none_or(lost);
        }
        self.die(n, disk);
        let node = &mut self.nodes[n];
        node.restored = true;
        node.floor = heads.clone();
        node.ends.clear();
        // What it said since may be contradicted now: that is what the fork rules are for.
        node.spoken = Heads::new();
        self.trace.note(self.now, n, "restored", &[], String::new);
        Ok(())
    }
}
