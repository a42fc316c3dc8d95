//! The network: who may reach whom, the links that stand, and what the weather does to frames.
//!
//! A link is one ordered stream. It loses nothing unless it breaks; across a cut its frames wait, as in the
//! buffers of a real stream, until the cut mends or somebody gives the link up. In harsh weather single frames
//! vanish, come twice or are overtaken, which no stream does: the protocol has to bear more than it will meet.

use crate::parcel::Parcel;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Two nodes that try to keep a link.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The ends, the lower first.
    pub ends: [usize; 2],
    /// The link that stands, if one does.
    pub link: Option<u64>,
    /// Whether a dial is on its way already.
    pub dialling: bool,
    /// No more dials: an end is refused for good, or the topology changed.
    pub closed: bool,
}

/// A link.
#[derive(Debug)]
pub struct Link {
    /// Its edge.
    pub edge: usize,
    /// The ends.
    pub ends: [usize; 2],
    /// Which ends believe that it stands.
    pub open: [bool; 2],
    /// Broken: nothing more goes in.
    pub dead: bool,
    /// Towards each end: a frame was lost, so none after it arrives.
    pub lost: [bool; 2],
    /// Towards each end: when the last frame arrives.
    pub last: [u64; 2],
    /// Towards each end: frames that wait for a cut to mend.
    pub held: [VecDeque<Rc<Parcel>>; 2],
}

impl Link {
    /// Which end a node is.
    #[must_use]
    pub fn end_of(&self, node: usize) -> usize {
        usize::from(self.ends[1] == node)
    }
}

/// A cut: frames from the first to the second node of each pair do not pass.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The pairs.
    pub pairs: Vec<(usize, usize)>,
    /// Whether it still lies.
    pub lies: bool,
}

impl Cut {
    /// Whether a node is on one of its sides.
    #[must_use]
    pub fn touches(&self, node: usize) -> bool {
        self.pairs.iter().any(|(a, b)| *a == node || *b == node)
    }
}

/// The network.
#[derive(Debug, Default)]
pub struct Net {
    /// Edges by number.
    pub edges: Vec<Edge>,
    /// Links by id; those of which both ends know that they are gone are forgotten.
    pub links: BTreeMap<u64, Link>,
    /// Cuts by number.
    pub cuts: Vec<Cut>,
    next: u64,
}

impl Net {
    /// Whether frames pass from one node to another.
    #[must_use]
    pub fn passes(&self, from: usize, to: usize) -> bool {
        !self
            .cuts
            .iter()
            .any(|c| c.lies && c.pairs.contains(&(from, to)))
    }

    /// Whether frames pass both ways.
    #[must_use]
    pub fn is_open(&self, ends: [usize; 2]) -> bool {
        self.passes(ends[0], ends[1]) && self.passes(ends[1], ends[0])
    }

    /// The edge between two nodes, made if there is none.
    pub fn edge(&mut self, a: usize, b: usize) -> usize {
        let ends = [a.min(b), a.max(b)];
        if let Some(at) = self.edges.iter().position(|e| e.ends == ends) {
            return at;
        }
        self.edges.push(Edge {
            ends,
            link: None,
            dialling: false,
            closed: false,
        });
        self.edges.len() - 1
    }

    /// A new link on an edge.
    pub fn connect(&mut self, edge: usize) -> u64 {
        self.next += 1;
        let ends = self.edges[edge].ends;
        self.edges[edge].link = Some(self.next);
        let link = Link {
            edge,
            ends,
            open: [false; 2],
            dead: false,
            lost: [false; 2],
            last: [0; 2],
            held: [VecDeque::new(), VecDeque::new()],
        };
        self.links.insert(self.next, link);
        self.next
    }

    /// Breaks a link: nothing more goes in. `true` if it still stood.
    pub fn kill(&mut self, link: u64) -> bool {
        let Some(of) = self.links.get_mut(&link) else {
            return false;
        };
        if std::mem::replace(&mut of.dead, true) {
            return false;
        }
        of.held = [VecDeque::new(), VecDeque::new()];
        let edge = &mut self.edges[of.edge];
        if edge.link == Some(link) {
            edge.link = None;
        }
        true
    }

    /// Forgets a link of which no end believes that it stands.
    pub fn tidy(&mut self, link: u64) {
        if self
            .links
            .get(&link)
            .is_some_and(|l| l.dead && l.open == [false; 2])
        {
            self.links.remove(&link);
        }
    }

    /// Links that stand at an end.
    #[must_use]
    pub fn of_node(&self, node: usize) -> Vec<u64> {
        self.links
            .iter()
            .filter(|(_, l)| l.ends.contains(&node))
            .map(|(id, _)| *id)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_way_cut_stops_one_way_and_mends() {
        let mut net = Net::default();
        net.cuts.push(Cut {
            pairs: vec![(0, 1)],
            lies: true,
        });
        assert!(!net.passes(0, 1) && net.passes(1, 0) && !net.is_open([0, 1]));
        net.cuts[0].lies = false;
        assert!(net.is_open([0, 1]));
    }

    #[test]
    fn a_link_is_forgotten_when_both_ends_know() {
        let mut net = Net::default();
        let edge = net.edge(2, 1);
        assert_eq!(net.edge(1, 2), edge);
        let link = net.connect(edge);
        assert!(net.kill(link) && !net.kill(link));
        net.tidy(link);
        assert!(net.links.is_empty() && net.edges[edge].link.is_none());
    }
}
