//! Homes that are linked for the whole time, as running nodes are: one clock, one heap of events, links that take their
//! time, break and are made again, and a network that falls into parts.

use super::home::{Home, hello, lock};
use crate::dice::SimDice;
use linli_base::UnixMs;
use linli_base::time::Moment;
use linli_node::drive::{Came, Hands};
use linli_node::replica::Now;
use linli_protocol::{Input, LinkId};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// How often a home does what it does from time to time: as a running node.
const CHORES_MS: u64 = 30_000;

/// What happens at a moment.
pub(crate) enum Event<E> {
    /// A home's loop turns without anything having come.
    Tick(usize),
    /// What a home does from time to time.
    Chores(usize),
    /// An edge is tried.
    Dial(usize),
    /// An end hears that its link stands.
    Up { link: u64, end: usize },
    /// An end hears that its link is gone.
    Down { link: u64, end: usize },
    /// A frame arrives.
    Frame {
        link: u64,
        end: usize,
        bytes: Vec<u8>,
    },
    /// What is of one world alone.
    Own(E),
}

/// A link that stands, or that one end still believes in.
struct Link {
    edge: usize,
    /// Whether each end knows of it.
    known: [bool; 2],
    /// When the last frame arrives at each end: none overtakes another.
    last: [u64; 2],
    dead: bool,
}

/// Who hears whom.
pub(crate) struct Net {
    pub(crate) edges: Vec<(usize, usize)>,
    /// The link of each edge.
    of_edge: Vec<Option<u64>>,
    links: BTreeMap<u64, Link>,
    next: u64,
    /// Which part of the street each home is in; all hear each other within one.
    pub(crate) part: Vec<u8>,
    /// How long a frame takes at most, ms.
    pub(crate) slowest: u64,
}

impl Net {
    pub(crate) fn new(homes: usize, mut edges: Vec<(usize, usize)>, slowest: u64) -> Self {
        edges.sort_unstable();
        edges.dedup();
        Self {
            of_edge: vec![None; edges.len()],
            edges,
            links: BTreeMap::new(),
            next: 0,
            part: vec![0; homes],
            slowest,
        }
    }

    fn open(&self, edge: usize) -> bool {
        let (a, b) = self.edges[edge];
        self.part[a] == self.part[b]
    }

    /// Links of a home.
    pub(crate) fn of(&self, home: usize) -> Vec<u64> {
        let is = |edge: usize| self.edges[edge].0 == home || self.edges[edge].1 == home;
        let of = self.links.iter();
        of.filter(|(_, l)| is(l.edge)).map(|(id, _)| *id).collect()
    }

    /// The link between two homes that the first one knows of, while it stands.
    pub(crate) fn between(&self, home: usize, peer: usize) -> Option<u64> {
        let mut of = self.links.iter().filter(|(_, l)| !l.dead);
        let is = |l: &Link| {
            let ends = self.ends(l);
            (0..2).any(|end| ends[end] == home && ends[1 - end] == peer && l.known[end])
        };
        of.find(|(_, l)| is(l) && self.open(l.edge))
            .map(|(id, _)| *id)
    }

    /// Whether a link stands.
    pub(crate) fn stands(&self, link: u64) -> bool {
        let of = self.links.get(&link).filter(|l| !l.dead);
        of.is_some_and(|l| self.open(l.edge))
    }

    /// The homes at its ends.
    pub(crate) fn homes_of(&self, link: u64) -> Option<[usize; 2]> {
        self.links.get(&link).map(|l| self.ends(l))
    }

    fn ends(&self, link: &Link) -> [usize; 2] {
        let (a, b) = self.edges[link.edge];
        [a, b]
    }
}

/// The homes, what lies between them, and the time.
pub(crate) struct Mesh<E> {
    pub(crate) homes: Vec<Home>,
    pub(crate) net: Net,
    pub(crate) hands: &'static Hands,
    pub(crate) dice: SimDice,
    /// Milliseconds since the seed began.
    pub(crate) now: u64,
    /// When each home heard a neighbour last.
    pub(crate) heard: Vec<Option<u64>>,
    /// What the homes' clock showed when the seed began.
    began_ms: u64,
    seq: u64,
    heap: BTreeMap<(u64, u64), Event<E>>,
}

impl<E> Mesh<E> {
    pub(crate) fn new(homes: Vec<Home>, net: Net, hands: &'static Hands, dice: SimDice) -> Self {
        Self {
            heard: vec![None; homes.len()],
            homes,
            net,
            hands,
            dice,
            now: 0,
            began_ms: hands.moment_ms.load(Ordering::Relaxed),
            seq: 0,
            heap: BTreeMap::new(),
        }
    }

    /// Something of this world will happen at a moment.
    pub(crate) fn push(&mut self, at: u64, own: E) {
        self.push_any(at, Event::Own(own));
    }

    fn push_any(&mut self, at: u64, event: Event<E>) {
        self.seq += 1;
        self.heap.insert((at, self.seq), event);
    }

    /// Every edge is tried for the first time, and the loops of all homes begin to turn.
    pub(crate) fn begin(&mut self) {
        for edge in 0..self.net.edges.len() {
            let at = self.dice.range(0, 400);
            self.push_any(at, Event::Dial(edge));
        }
        for home in 0..self.homes.len() {
            let at = self.dice.range(0, 1_000);
            self.push_any(at, Event::Tick(home));
            let at = self.dice.range(0, CHORES_MS);
            self.push_any(at, Event::Chores(home));
        }
    }

    /// What happens next, not after this moment; it is then.
    fn next(&mut self, until: u64) -> Option<(u64, Event<E>)> {
        let next = self.heap.first_entry().filter(|e| e.key().0 <= until)?;
        let at = next.key().0;
        let event = next.remove();
        self.pass(at);
        Some((at, event))
    }

    /// Time passes until this moment.
    fn pass(&mut self, at: u64) {
        let step = at.saturating_sub(self.now);
        self.hands.wall_ms.fetch_add(step, Ordering::Relaxed);
        self.hands.moment_ms.fetch_add(step, Ordering::Relaxed);
        self.now = at;
    }

    /// What the homes' clocks show.
    pub(crate) fn clock(&self) -> Now {
        Now {
            moment: Moment(self.hands.moment_ms.load(Ordering::Relaxed)),
            wall: UnixMs(self.hands.wall_ms.load(Ordering::Relaxed)),
        }
    }

    fn clock_is_right(&self) -> Result<(), String> {
        let clock = self.hands.moment_ms.load(Ordering::Relaxed);
        if clock == self.began_ms + self.now {
            Ok(())
        } else {
            let now = self.now;
            Err(format!("the clock jumped: {clock} is not {now} later"))
        }
    }

    fn dial(&mut self, edge: usize) {
        if self.net.of_edge[edge].is_some() {
            return;
        }
        if !self.net.open(edge) {
            let at = self.now + self.dice.range(500, 3_000);
            return self.push_any(at, Event::Dial(edge));
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
            self.push_any(at, Event::Up { link, end });
        }
    }

    /// What a home hears when its link stands.
    fn up(&mut self, link: u64, end: usize) -> Result<Option<(usize, Input)>, String> {
        let Some(of) = self.net.links.get_mut(&link).filter(|l| !l.dead) else {
            return Ok(None);
        };
        of.known[end] = true;
        let ends = self.net.ends(&self.net.links[&link]);
        let (home, peer) = (ends[end], ends[1 - end]);
        let peer_net = self.key(peer)?;
        let fault = |fault: linli_node::api::Fault| fault.code;
        let mut driven = lock(&self.homes[home].driven);
        let replica = driven.replica().map_err(fault)?;
        let input = Input::LinkUp {
            link: LinkId(link),
            peer_net,
            my_net: replica.me().net(),
            hello: Box::new(hello(replica, &peer_net)),
        };
        Ok(Some((home, input)))
    }

    /// What the transport proves of a home.
    pub(crate) fn key(&self, home: usize) -> Result<[u8; 32], String> {
        let mut driven = lock(&self.homes[home].driven);
        let replica = driven.replica().map_err(|fault| fault.code)?;
        Ok(replica.me().net())
    }

    fn down(&mut self, link: u64, end: usize) -> Option<(usize, Input)> {
        let of = self.net.links.get_mut(&link)?;
        let knew = std::mem::replace(&mut of.known[end], false);
        let home = self.net.ends(&self.net.links[&link])[end];
        knew.then_some((home, Input::LinkDown(LinkId(link))))
    }

    /// Puts a frame on its way.
    pub(crate) fn carry(&mut self, from: usize, link: u64, bytes: Vec<u8>) {
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
        self.push_any(at, Event::Frame { link, end, bytes });
    }

    fn arrives(&mut self, link: u64, end: usize, bytes: Vec<u8>) -> Option<(usize, Input)> {
        let of = self.net.links.get(&link).filter(|l| !l.dead)?;
        if !of.known[end] || !self.net.open(of.edge) {
            return None;
        }
        let home = self.net.ends(of)[end];
        self.heard[home] = Some(self.now);
        Some((home, Input::Frame(LinkId(link), bytes)))
    }

    /// A link is gone; each end learns of it in its own time, and somebody dials again.
    pub(crate) fn break_link(&mut self, link: u64) {
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
            self.push_any(at, Event::Down { link, end });
        }
        let at = latest + self.dice.range(50, 2_000);
        self.push_any(at, Event::Dial(edge));
    }

    /// Links between parts are gone.
    pub(crate) fn is_parted(&mut self) {
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

/// A world in a mesh.
pub(crate) trait Lives {
    /// What happens in this world alone.
    type Own;

    /// Its mesh.
    fn mesh(&mut self) -> &mut Mesh<Self::Own>;

    /// How long a home's loop rests now when nothing comes, ms.
    fn rest_ms(&mut self) -> u64;

    /// One turn of a home's loop.
    fn turn(&mut self, home: usize, came: Came) -> Result<(), String>;

    /// Something of this world alone happens.
    fn happen(&mut self, own: Self::Own) -> Result<(), String>;

    /// Everything happens that is due until this moment.
    fn live(&mut self, until: u64) -> Result<(), String> {
        while let Some((at, event)) = self.mesh().next(until) {
            self.takes(event)
                .map_err(|why| format!("at {at} ms: {why}"))?;
        }
        self.mesh().pass(until);
        self.mesh().clock_is_right()
    }

    /// One event.
    fn takes(&mut self, event: Event<Self::Own>) -> Result<(), String> {
        let heard = match event {
            Event::Own(own) => return self.happen(own),
            Event::Tick(home) => {
                let at = self.mesh().now + self.rest_ms();
                self.mesh().push_any(at, Event::Tick(home));
                return self.turn(home, Came::Nothing);
            }
            Event::Chores(home) => {
                let at = self.mesh().now + CHORES_MS;
                self.mesh().push_any(at, Event::Chores(home));
                return self.turn(home, Came::Chores);
            }
            Event::Dial(edge) => {
                self.mesh().dial(edge);
                None
            }
            Event::Up { link, end } => self.mesh().up(link, end)?,
            Event::Down { link, end } => self.mesh().down(link, end),
            Event::Frame { link, end, bytes } => self.mesh().arrives(link, end, bytes),
        };
        match heard {
            Some((home, input)) => self.turn(home, Came::Input(Box::new(input))),
            None => Ok(()),
        }
    }
}
