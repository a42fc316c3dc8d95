//! The heap of what is going to happen: (moment, sequence, event).

use crate::parcel::Parcel;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::rc::Rc;

/// Something that happens at a moment.
#[derive(Clone, Debug)]
pub enum Event {
    /// A device joins, with its certificate from who enrols it.
    Join(usize),
    /// Someone tries to reach the other end of an edge.
    Dial(usize),
    /// An end learns that its link stands.
    Up {
        /// The link.
        link: u64,
        /// Which end.
        end: usize,
    },
    /// An end learns that its link is gone.
    Down {
        /// The link.
        link: u64,
        /// Which end.
        end: usize,
    },
    /// A frame arrives.
    Frame {
        /// The link.
        link: u64,
        /// The end it arrives at.
        end: usize,
        /// The frame.
        parcel: Rc<Parcel>,
    },
    /// A node commits what it has staged. Void if the node died since.
    Flush(usize, u32),
    /// A node's hub asked for this moment. Void if the node died since.
    Tick(usize, u32),
    /// Somebody does something.
    Act,
    /// The people at this household's device do something.
    ActOf(usize),
    /// A cut in the network begins.
    Cut(Vec<(usize, usize)>, u64),
    /// The cut with this number ends.
    Mend(usize),
    /// A link across a cut is given up, if it still lies across one.
    GiveUp(u64),
    /// A link breaks.
    Break(usize),
    /// A node dies: now, or inside its next commit.
    Crash(usize, bool),
    /// A node starts again.
    Restart(usize),
    /// A disk runs full, or has room again.
    Full(usize, bool),
    /// A disk begins to answer with errors, or recovers.
    Sick(usize, bool),
    /// A wall clock jumps by so many milliseconds.
    Jump(usize, i64),
    /// A copy of a disk is put away.
    Backup(usize),
    /// A node dies and comes back from that copy.
    Restore(usize),
    /// The founder revokes a device.
    Revoke(usize),
}

/// An event in its place in time.
struct Due {
    at: u64,
    seq: u64,
    event: Event,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.seq).cmp(&(other.at, other.seq))
    }
}

/// The heap. Events of one moment come in the order in which they were put in.
#[derive(Default)]
pub struct Heap {
    due: BinaryHeap<Reverse<Due>>,
    seq: u64,
}

impl Heap {
    /// Puts an event in.
    pub fn push(&mut self, at: u64, event: Event) {
        self.seq += 1;
        let seq = self.seq;
        self.due.push(Reverse(Due { at, seq, event }));
    }

    /// Takes the next one out, if it is not later than this.
    pub fn pop_until(&mut self, until: u64) -> Option<(u64, Event)> {
        self.due.peek().filter(|Reverse(due)| due.at <= until)?;
        self.due.pop().map(|Reverse(due)| (due.at, due.event))
    }

    /// Forgets the events that a test says are over.
    pub fn retain(&mut self, keep: impl Fn(&Event) -> bool) {
        self.due.retain(|Reverse(due)| keep(&due.event));
    }
}
