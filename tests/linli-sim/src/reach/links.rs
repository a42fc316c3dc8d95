//! Who hears whom: a ring with chords, a cut across it, frames that take their time.

use super::street::HOMES;
use super::{CUT_OFF, Event, ReachPlant, World};
use crate::dice::SimDice;
use crate::gates::estate::{hello, lock};
use linli_node::drive::Came;
use linli_protocol::{Input, LinkId};
use std::collections::BTreeMap;

/// A link that stands, or that one end still believes in.
struct Link {
    edge: usize,
    /// Whether each end knows of it.
    known: [bool; 2],
    /// When the last frame arrives at each end: none overtakes another.
    last: [u64; 2],
    dead: bool,
}

/// The network.
pub(super) struct Net {
    pub(super) edges: Vec<(usize, usize)>,
    /// The link of each edge.
    of_edge: Vec<Option<u64>>,
    links: BTreeMap<u64, Link>,
    next: u64,
    /// Which part of the street each home is in; all hear each other within one.
    pub(super) part: [u8; HOMES],
    slowest: u64,
}

impl Net {
    pub(super) fn draw(dice: &mut SimDice) -> Self {
        let chord = usize::try_from(dice.range(3, 8)).unwrap_or(3);
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for a in 0..HOMES {
            for step in [1, chord] {
                let b = (a + step) % HOMES;
                edges.push((a.min(b), a.max(b)));
            }
        }
        edges.sort_unstable();
        edges.dedup();
        Self {
            of_edge: vec![None; edges.len()],
            edges,
            links: BTreeMap::new(),
            next: 0,
            part: [0; HOMES],
            slowest: dice.range(5, 600),
        }
    }

    fn open(&self, edge: usize) -> bool {
        let (a, b) = self.edges[edge];
        self.part[a] == self.part[b]
    }

    /// Links of a home.
    pub(super) fn of(&self, home: usize) -> Vec<u64> {
        let is = |edge: usize| self.edges[edge].0 == home || self.edges[edge].1 == home;
        let of = self.links.iter();
        of.filter(|(_, l)| is(l.edge)).map(|(id, _)| *id).collect()
    }

    fn ends(&self, link: &Link) -> [usize; 2] {
        let (a, b) = self.edges[link.edge];
        [a, b]
    }
}

impl World {
    pub(super) fn dial(&mut self, edge: usize) {
        if self.net.of_edge[edge].is_some() {
            return;
        }
        if !self.net.open(edge) {
            let at = self.now + self.dice.range(500, 3_000);
            return self.push(at, Event::Dial(edge));
        }
        self.net.next += 1;
        let link = self.net.next;
        self.net.of_edge[edge] = Some(link);
        let of = Link {
            edge,
            known: [false; 2],
            last: [0; 2],
            dead: false,
        };
        self.net.links.insert(link, of);
        for end in 0..2 {
            let at = self.now + self.dice.range(1, self.net.slowest);
            if let Some(of) = self.net.links.get_mut(&link) {
                of.last[end] = at;
            }
            self.push(at, Event::Up { link, end });
        }
    }

    pub(super) fn up(&mut self, link: u64, end: usize) -> Result<(), String> {
        let Some(of) = self.net.links.get_mut(&link).filter(|l| !l.dead) else {
            return Ok(());
        };
        of.known[end] = true;
        let ends = self.net.ends(&self.net.links[&link]);
        let (home, peer) = (ends[end], ends[1 - end]);
        let fault = |fault: linli_node::api::Fault| fault.code;
        let peer_net = lock(&self.homes[peer].driven)
            .replica()
            .map_err(fault)?
            .me()
            .net();
        let input = {
            let mut driven = lock(&self.homes[home].driven);
            let replica = driven.replica().map_err(fault)?;
            Input::LinkUp {
                link: LinkId(link),
                peer_net,
                my_net: replica.me().net(),
                hello: Box::new(hello(replica, &peer_net)),
            }
        };
        self.turn(home, Came::Input(Box::new(input)))
    }

    pub(super) fn down(&mut self, link: u64, end: usize) -> Result<(), String> {
        let Some(of) = self.net.links.get_mut(&link) else {
            return Ok(());
        };
        let knew = std::mem::replace(&mut of.known[end], false);
        let home = self.net.ends(&self.net.links[&link])[end];
        if !knew {
            return Ok(());
        }
        let input = Input::LinkDown(LinkId(link));
        self.turn(home, Came::Input(Box::new(input)))
    }

    /// Puts a frame on its way.
    pub(super) fn carry(&mut self, from: usize, link: u64, bytes: Vec<u8>) {
        let Some(of) = self.net.links.get(&link).filter(|l| !l.dead) else {
            return;
        };
        if !self.net.open(of.edge) {
            // Nobody knows yet that the line is cut.
            return;
        }
        let end = usize::from(self.net.ends(of)[0] == from);
        let at = self.now + self.dice.range(1, self.net.slowest);
        let at = at.max(of.last[end]);
        if let Some(of) = self.net.links.get_mut(&link) {
            of.last[end] = at;
        }
        self.push(at, Event::Frame { link, end, bytes });
    }

    pub(super) fn arrives(&mut self, link: u64, end: usize, bytes: Vec<u8>) -> Result<(), String> {
        let Some(of) = self.net.links.get(&link).filter(|l| !l.dead) else {
            return Ok(());
        };
        if !of.known[end] || !self.net.open(of.edge) {
            return Ok(());
        }
        let home = self.net.ends(of)[end];
        self.heard[home] = Some(self.now);
        let input = Input::Frame(LinkId(link), bytes);
        self.turn(home, Came::Input(Box::new(input)))
    }

    /// A link is gone; each end learns of it in its own time, and somebody dials again.
    pub(super) fn break_link(&mut self, link: u64) {
        let Some(of) = self.net.links.get_mut(&link).filter(|l| !l.dead) else {
            return;
        };
        of.dead = true;
        let edge = of.edge;
        self.net.of_edge[edge] = None;
        let mut latest = self.now;
        for end in 0..2 {
            let at = self.now + self.dice.range(0, 4_000);
            latest = latest.max(at);
            self.push(at, Event::Down { link, end });
        }
        let at = latest + self.dice.range(50, 2_000);
        self.push(at, Event::Dial(edge));
    }

    /// Six homes are cut off, in one island or in several. The office is not among them.
    pub(super) fn cut(&mut self) {
        let mut left: Vec<usize> = (1..HOMES).collect();
        for _ in 0..CUT_OFF {
            let home = left.remove(self.dice.index(left.len()));
            self.net.part[home] = u8::try_from(self.dice.range(1, 3)).unwrap_or(1);
        }
        self.net_is_parted();
    }

    /// Everybody hears everybody again.
    pub(super) fn heal(&mut self) {
        let stays = (self.plant == Some(ReachPlant::NeverHealed))
            .then(|| (0..HOMES).find(|home| self.net.part[*home] != 0))
            .flatten();
        for home in 0..HOMES {
            self.net.part[home] = u8::from(Some(home) == stays) * 9;
        }
        self.net_is_parted();
    }

    pub(super) fn net_is_parted(&mut self) {
        let across: Vec<u64> = self
            .net
            .links
            .iter()
            .filter(|(_, l)| !l.dead && !self.net.open(l.edge))
            .map(|(id, _)| *id)
            .collect();
        for link in across {
            self.break_link(link);
        }
    }
}
