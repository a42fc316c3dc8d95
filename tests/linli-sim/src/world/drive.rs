//! Driving a replica as a home does: inputs, group commits, acknowledgements, faults of the disk.

use super::{Checked, Violation, World};
use crate::event::Event;
use crate::node::{Doom, heads_of};
use crate::options::Plant;
use crate::parcel::{Parcel, Says};
use linli_node::replica::Topic;
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_store::StoreFault;
use std::rc::Rc;

impl World {
    /// Gives a node an input.
    pub(crate) fn feed(&mut self, n: usize, input: Input) -> Checked {
        let now = self.at(n);
        let Some(up) = self.nodes[n].up.as_mut() else {
            return Ok(());
        };
        let mut out = Vec::new();
        let result = up.replica.input(now, input, &mut out);
        self.send_all(n, out)?;
        match result {
            Ok(()) => self.commit_later(n),
            Err(fault) => self.disk_fault(n, fault),
        }
        self.set_tick(n);
        Ok(())
    }

    /// Has a node commit soon, if it has something to commit.
    pub(crate) fn commit_later(&mut self, n: usize) {
        let life = self.nodes[n].life;
        let due = self.nodes[n].flush_due;
        let wants = |up: &crate::node::Up| up.replica.needs_flush();
        if !due && self.nodes[n].up.as_ref().is_some_and(wants) {
            self.nodes[n].flush_due = true;
            let at = self.now + self.dice.range(0, self.plan.commit_delay);
            self.heap.push(at, Event::Flush(n, life));
        }
    }

    pub(super) fn flush_due(&mut self, n: usize, life: u32) -> Checked {
        if self.nodes[n].life != life || self.nodes[n].up.is_none() {
            return Ok(());
        }
        self.flush(n)
    }

    /// Commits what a node has staged; then people are told and peers hear of it.
    pub(crate) fn flush(&mut self, n: usize) -> Checked {
        self.nodes[n].flush_due = false;
        if self.nodes[n].doom == Doom::Dies && self.die_inside(n)? {
            return Ok(());
        }
        for _ in 0..4 {
            let now = self.at(n);
            let Some(up) = self.nodes[n].up.as_mut() else {
                return Ok(());
            };
            let mut out = Vec::new();
            let result = up.replica.flush(now, &mut out);
            self.trace
                .note(self.now, n, "commit", &[u8::from(result.is_ok())], || {
                    format!("{:?}", result.as_ref().err())
                });
            self.send_all(n, out)?;
            if let Err(fault) = result {
                self.disk_fault(n, fault);
                break;
            }
            self.committed(n)?;
            if !self.publish_keys(n) {
                break;
            }
        }
        self.set_tick(n);
        Ok(())
    }

    /// Publishes scope keys where standings changed; whether there is something to commit then.
    fn publish_keys(&mut self, n: usize) -> bool {
        let now = self.at(n);
        let node = &mut self.nodes[n];
        let Some(up) = node.up.as_mut() else {
            return false;
        };
        let changed = up.replica.take_changed();
        if !changed.contains(&Topic::Status) && !node.keys_due {
            return up.replica.needs_flush();
        }
        let result = up.replica.ensure_scope_keys(now);
        node.keys_due = result.is_err();
        if let Err(linli_node::replica::WriteFault::Store(fault)) = result {
            self.disk_fault(n, fault);
            return false;
        }
        up.replica.needs_flush()
    }

    /// A commit returned: what it promised is now owed.
    pub(super) fn committed(&mut self, n: usize) -> Checked {
        let node = &mut self.nodes[n];
        let Some(up) = node.up.as_ref() else {
            return Ok(());
        };
        let told = std::mem::take(&mut node.unsure);
        if !told.is_empty() && self.net.cuts.iter().any(|c| c.lies && c.touches(n)) {
            self.sometimes.reached("entries committed while cut off");
        }
        for at in told {
            self.ledger.items[at].told = true;
        }
        let before = std::mem::replace(&mut node.floor, heads_of(&up.replica));
        if std::mem::take(&mut node.failed_full) && !node.full {
            self.sometimes
                .reached("disk full, then writing again without a restart");
        }
        if std::mem::take(&mut node.failed_sick) && !node.sick {
            self.sometimes
                .reached("disk in error, then writing again without a restart");
        }
        self.note_change_over(n, &before);
        self.check_ends(n)?;
        self.note_late_comers(n);
        Ok(())
    }

    /// The disk said no: nothing of what was staged counts.
    pub(crate) fn disk_fault(&mut self, n: usize, fault: StoreFault) {
        self.trace
            .note(self.now, n, "fault", &[], || fault.to_string());
        let node = &mut self.nodes[n];
        node.unsure.clear();
        node.keys_due = true;
        if fault == StoreFault::DiskFull {
            node.failed_full = true;
            self.sometimes.reached("disk full, a write refused");
        } else {
            node.failed_sick = true;
            self.sometimes.reached("disk in error, a call refused");
        }
    }

    pub(super) fn tick(&mut self, n: usize, life: u32) -> Checked {
        if self.nodes[n].life != life || self.nodes[n].tick != Some(self.now) {
            return Ok(());
        }
        self.nodes[n].tick = None;
        self.trace.note(self.now, n, "tick", &[], String::new);
        self.feed(n, Input::Tick)
    }

    fn set_tick(&mut self, n: usize) {
        let node = &mut self.nodes[n];
        let wanted = node.up.as_ref().and_then(|up| up.replica.deadline());
        let Some(at) = wanted.map(|m| m.0.max(self.now + 1)) else {
            return;
        };
        if node.tick.is_none_or(|t| t > at) {
            node.tick = Some(at);
            self.heap.push(at, Event::Tick(n, node.life));
        }
    }

    /// A frame arrives at an end of a link.
    pub(super) fn arrive(&mut self, link: u64, end: usize, parcel: &Rc<Parcel>) -> Checked {
        let Some(of) = self.net.links.get(&link).filter(|l| l.open[end]) else {
            return Ok(());
        };
        let n = of.ends[end];
        self.trace.note(self.now, n, "hears", &parcel.bytes, || {
            format!("l{link} {}", parcel.word())
        });
        if parcel.is_substance() && self.kept.len() < 48 && self.dice.chance(250) {
            self.kept.push(parcel.clone());
        }
        self.note_early(n, parcel);
        let before = self.visible_before(n, parcel);
        self.feed(n, Input::Frame(LinkId(link), parcel.bytes.clone()))?;
        self.check_acts(n, link, parcel)?;
        self.check_taken_back(n, &before);
        Ok(())
    }

    /// Puts outputs on their way, checked at the moment they come out of the replica.
    pub(crate) fn send_all(&mut self, n: usize, out: Vec<Output>) -> Checked {
        for output in out {
            match output {
                Output::Send(link, bytes) => self.send(n, link.0, bytes)?,
                Output::HangUp(link, fault) => {
                    self.trace
                        .note(self.now, n, "hangs up", &link.0.to_be_bytes(), || {
                            format!("l{} {fault:?}", link.0)
                        });
                    self.break_link(link.0);
                }
                Output::Tell(tell) => {
                    self.trace.note(self.now, n, "tells", &[], || {
                        let text = format!("{tell:?}");
                        text.chars().take(60).collect()
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn send(&mut self, n: usize, link: u64, bytes: Vec<u8>) -> Checked {
        let Some(of) = self.net.links.get(&link) else {
            return Ok(());
        };
        let peer = of.ends[1 - of.end_of(n)];
        self.tally.frames += 1;
        self.tally.bytes += bytes.len() as u64;
        self.trace.note(self.now, n, "says", &bytes, || {
            format!("l{link} to n{peer}")
        });
        let parcel = Rc::new(Parcel::read(bytes, &self.community));
        if matches!(parcel.says, Says::Entries(_)) {
            self.entry_frames += 1;
        }
        self.check_send(n, peer, &parcel)?;
        self.carry(n, link, parcel);
        Ok(())
    }

    /// Whether people are told too early, on purpose.
    pub(crate) fn tells_early(&self) -> bool {
        self.options.plant == Some(Plant::AcknowledgeBeforeCommit)
    }

    /// A violation with the node in front.
    pub(crate) fn broken<T>(
        &self,
        invariant: &'static str,
        n: usize,
        what: impl std::fmt::Display,
    ) -> Checked<T> {
        let role = self.nodes[n].role;
        Err(Violation::new(
            invariant,
            format!("n{n} ({role:?}): {what}"),
        ))
    }
}
