//! The second phase: the faults stop, and everything comes right by itself within a stated time (L1), or the
//! seed is red.

use crate::event::Event;
use crate::ledger::What;
use crate::node::Doom;
use crate::options::Role;
use crate::truth::Truth;
use crate::world::{Checked, Violation, World};
use linli_store::Table;
use std::collections::BTreeMap;

/// Simulated time within which all honest nodes agree once everyone is up and every cut is mended, ms: two
/// exchanges of heads and a dial.
pub const AGREE_WITHIN_MS: u64 = 50_000;
/// A node that died last restarts within this time, ms.
const ALL_UP_MS: u64 = 13_000;
/// After agreement the world is watched for one more exchange of heads, ms.
const WATCH_MS: u64 = 25_000;

impl World {
    /// The faults are over.
    pub(crate) fn heal(&mut self) -> Checked {
        self.healing = true;
        self.trace.note(self.now, 0, "heals", &[], String::new);
        self.weather = self.weather.calm();
        self.heap.retain(|event| {
            !matches!(
                event,
                Event::Act
                    | Event::Cut(..)
                    | Event::Crash(..)
                    | Event::Full(..)
                    | Event::Jump(..)
                    | Event::Backup(_)
                    | Event::Restore(_)
                    | Event::Revoke(_)
                    | Event::Break(_)
            )
        });
        for cut in 0..self.net.cuts.len() {
            self.mend(cut);
        }
        for node in &mut self.nodes {
            node.full = false;
            node.doom = Doom::None;
            node.disk.heal();
        }
        // Frames that were lost break their links, now at the latest.
        for link in self.net.links.keys().copied().collect::<Vec<_>>() {
            if self
                .net
                .links
                .get(&link)
                .is_some_and(|l| l.lost.contains(&true))
            {
                self.break_link(link);
            }
        }
        self.run_until(self.now + ALL_UP_MS)?;
        self.who_is_gone();
        self.lay_out();
        Ok(())
    }

    /// Which revocations were written, and whom they take along.
    fn who_is_gone(&mut self) {
        for node in &mut self.nodes {
            node.gone = false;
        }
        let truth = self.truth();
        for n in 0..self.nodes.len() {
            let revoked = truth.cuts.contains_key(&self.nodes[n].device);
            self.nodes[n].gone = revoked || self.enrolled_above_a_cut(n, &truth);
        }
    }

    /// A device that was introduced by another one above the place where that one's log was cut.
    fn enrolled_above_a_cut(&self, n: usize, truth: &Truth) -> bool {
        let device = self.nodes[n].device;
        self.ledger.items.iter().any(|item| {
            let (What::Enrolled(of), Some((log, ..))) = (&item.what, &item.place) else {
                return false;
            };
            let at = item.first.max(2);
            *of == device
                && truth
                    .cuts
                    .get(&log.device)
                    .is_some_and(|heads| heads.get(log).is_none_or(|end| at > *end))
        })
    }

    /// Who keeps links with whom from now on: everyone with everyone, or just enough for everything to arrive.
    fn lay_out(&mut self) {
        let alive = self.alive();
        let mesh = self.dice.chance(500);
        let mut wanted = Vec::new();
        let mut tree: Vec<usize> = Vec::new();
        for n in &alive {
            if mesh {
                wanted.extend(alive.iter().filter(|o| *o < n).map(|o| (*o, *n)));
            } else if *n != 0
                && (self.nodes[*n].role.is_gate() || self.nodes[*n].role == Role::Office)
            {
                // Only offices and gates carry the gates' log.
                wanted.push((0, *n));
            } else {
                if let Some(other) = self.dice.pick(&tree) {
                    wanted.push((*other, *n));
                }
                tree.push(*n);
            }
        }
        for edge in 0..self.net.edges.len() {
            let ends = self.net.edges[edge].ends;
            if !wanted.contains(&(ends[0], ends[1])) {
                self.net.edges[edge].closed = true;
                if let Some(link) = self.net.edges[edge].link {
                    self.break_link(link);
                }
            }
        }
        for (a, b) in wanted {
            let edge = self.net.edge(a, b);
            self.dial_later(edge, 0, 500);
        }
    }

    /// Runs until all agree, and a while longer.
    pub(crate) fn settle(&mut self) -> Checked {
        let start = self.now;
        let mut last = Ok(());
        for after in [1, 2, 3, 5, 8, 12, 16, 20, 22, 25, 30, 35, 42, 46, 50] {
            self.run_until(start + after * 1_000)?;
            last = self.agree();
            if last.is_ok() {
                break;
            }
        }
        last?;
        self.tally.healed_ms = self.now - start;
        debug_assert!(
            self.tally.healed_ms <= AGREE_WITHIN_MS,
            "the last look is at the bound"
        );
        self.entry_frames = 0;
        self.run_until(self.now + WATCH_MS)?;
        self.agree()?;
        let truth = self.truth();
        if truth.cuts.is_empty() && truth.forks.is_empty() && self.entry_frames > 0 {
            let what = format!("{} frames of entries after all agreed", self.entry_frames);
            return Err(Violation::new("L6", what));
        }
        Ok(())
    }

    /// Whether all honest nodes hold and show the same.
    fn agree(&mut self) -> Checked {
        let alive = self.alive();
        for n in &alive {
            if self.nodes[*n].up.is_none() {
                return self.broken("L1", *n, "is not up");
            }
            if self.needs_flush(*n) {
                self.flush(*n)?;
            }
        }
        self.same_charter(&alive)?;
        let truth = self.truth();
        self.same_logs(&alive, &truth)?;
        self.same_statements(&alive)?;
        self.same_digests(&alive)?;
        self.drained(&alive, &truth)
    }

    fn same_charter(&self, alive: &[usize]) -> Checked {
        let of = |n: usize| {
            let up = self.nodes[n].up.as_ref()?;
            let authority = up.replica.authority();
            let revoked = self.nodes.iter().map(|x| authority.is_revoked(&x.device));
            let holds: Vec<_> = authority.holds().keys().copied().collect();
            let epoch = authority.charter().newest().id;
            Some((epoch, holds, revoked.collect::<Vec<bool>>()))
        };
        let first = of(0);
        for n in alive {
            if of(*n) != first {
                let what = format!("standings differ from n0's: {:?} / {first:?}", of(*n));
                return self.broken("L1", *n, what);
            }
        }
        Ok(())
    }

    /// Every carrier of a lane has the same heads; of devices that are cut or forked, up to where they count.
    fn same_logs(&self, alive: &[usize], truth: &Truth) -> Checked {
        let mut most: BTreeMap<_, (u32, usize)> = BTreeMap::new();
        for n in alive {
            let Some(up) = self.nodes[*n].up.as_ref() else {
                continue;
            };
            for (log, head) in up.replica.heads() {
                let at = most.entry(*log).or_insert((head.seq, *n));
                if head.seq > at.0 {
                    *at = (head.seq, *n);
                }
            }
        }
        for (log, (seq, holder)) in most {
            let bounded = truth.cuts.contains_key(&log.device) || truth.forks.contains_key(&log);
            let owed = if bounded {
                seq.min(truth.limit(&log))
            } else {
                seq
            };
            for n in alive.iter().filter(|n| self.carries(**n, &log)) {
                let Some(up) = self.nodes[*n].up.as_ref() else {
                    continue;
                };
                let has = up.replica.heads().get(&log).map_or(0, |h| h.seq);
                if has < owed {
                    let (class, period) = (log.lane.class, log.lane.period.0);
                    let what = format!(
                        "holds {}/{class:?}/{period} up to {has}, n{holder} up to {seq} (owed {owed})",
                        log.device
                    );
                    return self.broken("L1", *n, what);
                }
            }
        }
        Ok(())
    }

    fn same_statements(&self, alive: &[usize]) -> Checked {
        let of = |n: usize| {
            let up = self.nodes[n].up.as_ref()?;
            let mut all = BTreeMap::new();
            for s in up.replica.statements().ok()? {
                let author = self.node_of(&s.key.device);
                let plain = author.is_some_and(|a| {
                    !self.nodes[a].gone && !self.nodes[a].restored && !self.was_held(&s.key.device)
                });
                if plain {
                    all.insert(s.key, s.counter);
                }
            }
            Some(all)
        };
        let first = of(0);
        for n in alive {
            if of(*n) != first {
                let what = format!("statements differ from n0's: {:?} / {first:?}", of(*n));
                return self.broken("L1", *n, what);
            }
        }
        Ok(())
    }

    /// I1: byte for byte the same rows, among those that may hold them.
    fn same_digests(&self, alive: &[usize]) -> Checked {
        let mut first: BTreeMap<_, (usize, [u8; 32])> = BTreeMap::new();
        for n in alive {
            let Some(up) = self.nodes[*n].up.as_ref() else {
                continue;
            };
            let digests = match up.replica.digests() {
                Ok(digests) => digests,
                Err(fault) => return self.broken("I9", *n, fault),
            };
            for (scope, digest) in digests {
                let own = matches!(scope, "house" | "office");
                // A notice's row holds what neighbours say below it, which gates do not carry.
                let bare = scope == "notice" && self.nodes[*n].role.is_gate();
                let key = (scope, bare, self.principal(*n).filter(|_| own));
                let (other, same) = *first.entry(key).or_insert((*n, digest));
                if same != digest {
                    let what = format!("shows another {scope} than n{other}");
                    return self.broken("I1", *n, what);
                }
            }
        }
        Ok(())
    }

    /// L2: nothing waits for what has all arrived.
    fn drained(&self, alive: &[usize], truth: &Truth) -> Checked {
        if !truth.cuts.is_empty() || !truth.forks.is_empty() {
            return Ok(());
        }
        for n in alive {
            let Some(up) = self.nodes[*n].up.as_ref() else {
                continue;
            };
            let (waiting, pending) = (up.replica.waiting(), up.store.count(Table::Pending));
            let held = self.nodes.iter().any(|x| truth.is_held(&x.device));
            if waiting > 0 || (pending != Ok(0) && !held) {
                let what = format!("{waiting} entries wait, {pending:?} changes are pending");
                return self.broken("L2", *n, what);
            }
        }
        Ok(())
    }
}
