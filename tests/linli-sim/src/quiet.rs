//! The second phase: the faults stop, and everything comes right by itself within a stated time (L1), or the
//! seed is red.

use crate::event::Event;
use crate::ledger::What;
use crate::node::Doom;
use crate::options::Role;
use crate::truth::Truth;
use crate::world::{Checked, Violation, World};
use linli_record::fact::Reach;
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
                    | Event::ActOf(_)
                    | Event::Cut(..)
                    | Event::Crash(..)
                    | Event::Full(..)
                    | Event::Sick(..)
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
            node.sick = false;
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
        self.acknowledge()
    }

    /// Households note what has reached them, as a home does whenever notices change.
    fn acknowledge(&mut self) -> Checked {
        for n in self.alive() {
            if self.nodes[n].role.is_office() || self.nodes[n].role.is_gate() {
                continue;
            }
            let now = self.at(n);
            for id in self.shown(n, linli_record::RecordKind::Notice) {
                if let Some(up) = self.nodes[n].up.as_mut() {
                    // Without the office's key it is noted here, and said another time.
                    let _ = up.replica.receive(now, &id, Reach::DELIVERED);
                }
            }
            self.flush(n)?;
        }
        Ok(())
    }

    /// Which revocations were written, and whom cut-offs, holds and forks take along.
    fn who_is_gone(&mut self) {
        for node in &mut self.nodes {
            node.gone = false;
        }
        for _ in 0..3 {
            let truth = self.truth();
            for n in 0..self.nodes.len() {
                let limbo = self.introduced_in_vain(n, &truth);
                let node = &mut self.nodes[n];
                node.limbo = limbo;
                node.gone = limbo || truth.cuts.contains_key(&node.device);
            }
        }
    }

    /// A device that was introduced by another one above the place where that one's log counts.
    fn introduced_in_vain(&self, n: usize, truth: &Truth) -> bool {
        let device = self.nodes[n].device;
        self.ledger.items.iter().any(|item| {
            let (What::Enrolled(of), Some((log, ..))) = (&item.what, &item.place) else {
                return false;
            };
            *of == device && (truth.is_nowhere(item) || item.first.max(2) > truth.limit(log))
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
                // Whom a household introduced is known only through that household's log, so nobody's only
                // neighbour is such a device.
                if !self.is_sibling(*n) {
                    tree.push(*n);
                }
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
        if truth.is_plain() && self.entry_frames > 0 {
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
            let owed = if truth.may_differ(&log) {
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
                let named = truth.named(&log).filter(|(at, _)| *at <= has);
                if named.is_some_and(|(at, id)| self.held_at(*n, &log, at) != Some(id)) {
                    let class = log.lane.class;
                    let what = format!("is on another branch of {}/{class:?}", log.device);
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
                    let rows = self.difference(*n, other);
                    let what = format!("shows another {scope} than n{other}: {rows}");
                    return self.broken("I1", *n, what);
                }
            }
        }
        Ok(())
    }

    /// Which rows two nodes show differently.
    fn difference(&self, n: usize, other: usize) -> String {
        let rows = |n: usize| {
            let mut all = BTreeMap::new();
            for kind in linli_record::RowKind::ALL {
                let up = self.nodes[n].up.as_ref();
                let rows = up.and_then(|up| up.replica.rows(*kind).ok());
                for (id, row) in rows.unwrap_or_default() {
                    all.insert((*kind, id), row.to_bytes());
                }
            }
            all
        };
        let (here, there) = (rows(n), rows(other));
        let mut said: Vec<String> = Vec::new();
        for key in here.keys().chain(there.keys()) {
            let word = match (here.get(key), there.get(key)) {
                (Some(_), None) => "only here",
                (None, Some(_)) => "only there",
                (a, b) if a != b => "otherwise",
                _ => continue,
            };
            let line = format!("{:?} {} {word}", key.0, key.1);
            if !said.contains(&line) {
                said.push(line);
            }
        }
        said.join(", ")
    }

    /// L2: nothing waits for what has all arrived. An entry with a turned bit may name an author that does not
    /// exist, and waits for ever, within its bound.
    fn drained(&self, alive: &[usize], truth: &Truth) -> Checked {
        if !truth.is_plain() || self.plan.weather.flipped > 0 {
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
