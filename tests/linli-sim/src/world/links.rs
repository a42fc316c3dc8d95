//! Links coming and going, and frames on their way.

use super::{Checked, World};
use crate::event::Event;
use crate::net::Cut;
use crate::parcel::{Parcel, Says};
use linli_protocol::frame::{Hello, hello_bytes};
use linli_protocol::hub::VERSION;
use linli_protocol::{Input, LinkId};
use std::rc::Rc;

impl World {
    /// Makes sure that somebody dials this edge soon.
    pub(crate) fn dial_later(&mut self, edge: usize, least: u64, most: u64) {
        let of = &mut self.net.edges[edge];
        if of.link.is_none() && !of.dialling && !of.closed {
            of.dialling = true;
            let at = self.now + self.dice.range(least, most);
            self.heap.push(at, Event::Dial(edge));
        }
    }

    pub(super) fn dial(&mut self, edge: usize) {
        let of = &mut self.net.edges[edge];
        of.dialling = false;
        if of.link.is_some() || of.closed {
            return;
        }
        let ends = of.ends;
        let ready = ends.iter().all(|n| self.nodes[*n].is_up()) && self.net.is_open(ends);
        if !ready {
            // The other side is off or out of reach: tried again, not too often.
            return self.dial_later(edge, 300, 1_500);
        }
        let link = self.net.connect(edge);
        for end in 0..2 {
            let at = self.now + self.weather.fastest + self.dice.range(0, self.weather.jitter);
            self.heap.push(at, Event::Up { link, end });
        }
    }

    pub(super) fn link_up(&mut self, link: u64, end: usize) -> Checked {
        let Some(of) = self.net.links.get_mut(&link).filter(|l| !l.dead) else {
            return Ok(());
        };
        let (n, peer) = (of.ends[end], of.ends[1 - end]);
        if !self.nodes[n].is_up() {
            self.break_link(link);
            return Ok(());
        }
        of.open[end] = true;
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Ok(());
        };
        let (replica, peer_net) = (&up.replica, self.nodes[peer].net);
        let newest = replica.authority().charter().newest();
        let me = replica.me();
        let bytes = hello_bytes(&self.community, &me.net(), &peer_net);
        let hello = Hello {
            version: VERSION,
            community: self.community,
            certificate: me.certificate.bytes().to_vec(),
            proof: me.sign.sign(&bytes),
            epoch: newest.epoch.number,
            epoch_id: newest.id,
        };
        let input = Input::LinkUp {
            link: LinkId(link),
            peer_net,
            my_net: me.net(),
            hello: Box::new(hello),
        };
        self.trace
            .note(self.now, n, "link up", &link.to_be_bytes(), || {
                format!("l{link} with n{peer}")
            });
        self.feed(n, input)
    }

    pub(super) fn link_down(&mut self, link: u64, end: usize) -> Checked {
        let Some(of) = self.net.links.get_mut(&link) else {
            return Ok(());
        };
        let n = of.ends[end];
        let was_open = std::mem::replace(&mut of.open[end], false);
        self.net.tidy(link);
        if !was_open {
            return Ok(());
        }
        self.trace
            .note(self.now, n, "link down", &link.to_be_bytes(), || {
                format!("l{link}")
            });
        self.feed(n, Input::LinkDown(LinkId(link)))
    }

    /// A link is gone; each end learns of it in its own time, and somebody dials again.
    pub(crate) fn break_link(&mut self, link: u64) {
        if !self.net.kill(link) {
            return;
        }
        let Some(of) = self.net.links.get(&link) else {
            return;
        };
        let edge = of.edge;
        for end in 0..2 {
            let slow = if self.dice.chance(300) { 3_000 } else { 100 };
            let at = self.now + self.dice.range(0, slow);
            self.heap.push(at, Event::Down { link, end });
        }
        self.dial_later(edge, 50, 2_000);
    }

    /// Puts a frame on its way.
    pub(super) fn carry(&mut self, from: usize, link: u64, parcel: Rc<Parcel>) {
        let weather = self.weather;
        let Some(of) = self.net.links.get_mut(&link).filter(|l| !l.dead) else {
            return;
        };
        let end = 1 - of.end_of(from);
        if of.lost[end] {
            return;
        }
        let (to, waits) = (of.ends[end], !of.held[end].is_empty());
        if self.dice.chance(weather.broken) {
            of.lost[end] = true;
            self.sometimes.reached("link broken by loss");
            let at = self.now + self.dice.range(1, 2_000);
            let edge = of.edge;
            self.heap.push(at, Event::Break(edge));
            return;
        }
        let parcel = if matches!(parcel.says, Says::Entries(_)) && self.dice.chance(weather.flipped)
        {
            self.sometimes.reached("frame with a turned bit");
            self.turn_a_bit(&parcel)
        } else {
            parcel
        };
        if waits || !self.net.passes(from, to) {
            if let Some(of) = self.net.links.get_mut(&link) {
                of.held[end].push_back(parcel);
            }
            return;
        }
        if parcel.may_vanish() && self.dice.chance(weather.vanished) {
            self.sometimes.reached("frame vanished");
            return;
        }
        if parcel.may_vanish() && self.dice.chance(weather.doubled) {
            self.sometimes.reached("frame came twice");
            self.deliver(link, end, parcel.clone());
        }
        self.deliver(link, end, parcel);
    }

    fn turn_a_bit(&mut self, parcel: &Parcel) -> Rc<Parcel> {
        let mut bytes = parcel.bytes.clone();
        // The first bytes are the frame's shape; what is inside an entry is the point here.
        let at = self.dice.range(16, bytes.len().max(18) as u64 - 1);
        let bit = self.dice.below(8);
        if let Some(byte) = usize::try_from(at).ok().and_then(|at| bytes.get_mut(at)) {
            *byte ^= 1 << bit;
        }
        Rc::new(Parcel::read(bytes, &self.community))
    }

    fn deliver(&mut self, link: u64, end: usize, parcel: Rc<Parcel>) {
        let weather = self.weather;
        let mut at = self.now + weather.fastest + self.dice.range(0, weather.jitter);
        let overtaken = parcel.may_vanish() && self.dice.chance(weather.overtaken);
        let Some(of) = self.net.links.get_mut(&link) else {
            return;
        };
        if overtaken {
            self.sometimes.reached("frame overtaken");
            at = at.max(of.last[end]) + self.dice.range(50, 1_500);
        } else {
            at = at.max(of.last[end]);
            of.last[end] = at;
        }
        self.heap.push(at, Event::Frame { link, end, parcel });
    }

    /// A cut begins: frames wait, and each link across it is given up after some time.
    pub(super) fn cut(&mut self, pairs: Vec<(usize, usize)>, until: u64) {
        if self.healing {
            return;
        }
        let number = self.net.cuts.len();
        self.trace
            .note(self.now, 0, "cut", &[], || format!("{pairs:?}"));
        let one_way = pairs.iter().any(|(a, b)| !pairs.contains(&(*b, *a)));
        if one_way {
            self.sometimes.reached("one-way cut");
        }
        self.net.cuts.push(Cut { pairs, lies: true });
        self.heap.push(until, Event::Mend(number));
        let links: Vec<u64> = self.net.links.keys().copied().collect();
        for link in links {
            let across = !self.net.is_open(self.net.links[&link].ends);
            if across {
                let at = self.now + self.dice.range(500, 20_000);
                self.heap.push(at, Event::GiveUp(link));
            }
        }
    }

    pub(super) fn give_up(&mut self, link: u64) {
        let across = |l: &crate::net::Link| !l.dead && !self.net.is_open(l.ends);
        if self.net.links.get(&link).is_some_and(across) {
            self.sometimes.reached("link given up across a cut");
            self.break_link(link);
        }
    }

    /// A cut ends: what waited goes on its way.
    pub(crate) fn mend(&mut self, cut: usize) {
        let Some(of) = self.net.cuts.get_mut(cut).filter(|c| c.lies) else {
            return;
        };
        of.lies = false;
        self.trace.note(self.now, 0, "mend", &[], String::new);
        let links: Vec<u64> = self.net.links.keys().copied().collect();
        for link in links {
            for end in 0..2 {
                let of = &self.net.links[&link];
                if !self.net.passes(of.ends[1 - end], of.ends[end]) {
                    continue;
                }
                let waiting = self
                    .net
                    .links
                    .get_mut(&link)
                    .map(|l| std::mem::take(&mut l.held[end]));
                for parcel in waiting.unwrap_or_default() {
                    self.deliver(link, end, parcel);
                }
            }
        }
    }
}
