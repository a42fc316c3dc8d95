//! A home driven by hand: the owner with all its rules, without files, sockets, links or a clock of its own.
//!
//! The simulator plays gates with it (`tests/linli-sim/src/gates.rs`): the same code that a running node decides with,
//! under clocks, power cuts and links that a seed chooses.

pub use crate::blobs::BlobId;
pub use crate::blobs::shelf::{FileShelf, MemoryShelf, Shelf, ShelfFault};
pub use crate::home::clock::Hands;
pub use crate::owner::{AsItIs, Counting, GateLine};

use crate::api::{Answer, Fault, Request};
use crate::home::clock::Clock;
use crate::home::files::HomeFiles;
use crate::owner::Owner;
use crate::replica::{Replica, Topic};
use linli_net::blob::{self, PieceFault};
use linli_net::{AskId, BlobAsk, BlobFault, Carrier, NetKey};
use linli_protocol::Input;
use linli_protocol::hub::Output;
use std::collections::BTreeSet;

/// What makes a running node's loop turn.
#[derive(Debug)]
pub enum Came {
    /// Something of a link.
    Input(Box<Input>),
    /// The time for what is done now and then.
    Chores,
    /// What came of asking for a piece, by the name in [`Asked`].
    Piece(AskId, Result<Vec<u8>, BlobFault>),
    /// Nothing: time has passed.
    Nothing,
}

/// A piece of an attachment that a home asks a neighbour for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// By which name the answer comes back.
    pub name: AskId,
    /// Who is asked.
    pub peer: NetKey,
    /// For what.
    pub ask: BlobAsk,
}

/// Notes what is asked for, by names that go up.
struct Notes<'a>(&'a mut u64, &'a mut Vec<Asked>);

impl Carrier for Notes<'_> {
    fn ask(&mut self, peer: NetKey, ask: &BlobAsk) -> Option<AskId> {
        *self.0 += 1;
        let (name, ask) = (AskId(*self.0), *ask);
        self.1.push(Asked { name, peer, ask });
        Some(name)
    }
}

/// What a turn leaves to others.
#[derive(Debug, Default)]
pub struct Turned {
    /// For links.
    pub sent: Vec<Output>,
    /// What windows are told of.
    pub changed: BTreeSet<Topic>,
    /// For neighbours, beside the links.
    pub asked: Vec<Asked>,
}

/// A home. See the module's text.
pub struct Driven {
    owner: Owner,
    /// Asks for pieces so far.
    asks: u64,
}

impl Driven {
    /// With a replica and the clock it goes by.
    #[must_use]
    pub fn new(replica: Replica, hands: &'static Hands) -> Self {
        let owner = Owner::of_replica(HomeFiles::nowhere(), replica, Clock::Hands(hands));
        Self { owner, asks: 0 }
    }

    /// The same with attachments on a shelf of the caller's, which outlives the program.
    #[must_use]
    pub fn with_shelf(replica: Replica, hands: &'static Hands, shelf: Box<dyn Shelf>) -> Self {
        let mut driven = Self::new(replica, hands);
        driven.owner.keep_blobs_on(shelf);
        driven
    }

    /// How this gate puts a question to another one.
    pub fn set_line(&mut self, line: GateLine) {
        self.owner.gate_line = Some(line);
    }

    /// Asks the home, as the command line does. What it writes is durable when this returns.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn ask(&mut self, request: Request) -> Result<Answer, Fault> {
        let answer = self.owner.handle(request, &mut |_, _| {});
        // Between meetings nobody listens.
        self.owner.outbox.clear();
        answer
    }

    /// Advances the replica by one input and commits; gives what it wants sent.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn input(&mut self, input: Input) -> Result<Vec<Output>, Fault> {
        self.owner.input(input)?;
        self.owner.settle()?;
        Ok(std::mem::take(&mut self.owner.outbox))
    }

    /// One turn of the loop of a running node ([`crate::home::run`]), over links that somebody else plays: takes what came,
    /// commits, and does what follows, until nothing more follows.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn turn(&mut self, came: Came) -> Result<Turned, Fault> {
        self.turn_by(came, blob::open)
    }

    /// The same, with how a piece is proven: a simulator plants a fault there.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn turn_by(
        &mut self,
        came: Came,
        open: impl FnOnce(&BlobAsk, &[u8]) -> Result<Vec<u8>, PieceFault>,
    ) -> Result<Turned, Fault> {
        self.owner.played = true;
        match came {
            Came::Input(input) => {
                match &*input {
                    Input::LinkUp { link, peer_net, .. } => {
                        self.owner.net_of_link.insert(*link, *peer_net);
                    }
                    Input::LinkDown(link) => {
                        self.owner.net_of_link.remove(link);
                    }
                    Input::Frame(..) => self.owner.entries_came(),
                    _ => {}
                }
                self.owner.input(*input)?;
            }
            Came::Piece(name, answer) => self.owner.blob_answered_by(name.0, answer, open),
            Came::Nothing => self.owner.input(Input::Tick)?,
            Came::Chores => {
                self.owner.office_states()?;
                self.owner.gate_chores()?;
            }
        }
        self.follow()
    }

    /// Answers a question of a window.
    pub fn desk(&mut self, request: linli_view::api::Request) -> linli_view::api::Reply {
        self.owner.desk(request)
    }

    /// Somebody is announced on the local network, and nobody answers at the address.
    pub fn walled(&mut self, peer: [u8; 32], addr: &str) {
        self.owner.seen.found(linli_net::NetKey(peer), addr);
        let why = linli_net::DialFault::Unreachable;
        self.owner.seen.not_reached(addr, &why);
    }

    /// Asks the home while its links stand; what it writes is durable when this returns.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn ask_linked(&mut self, request: Request) -> Result<(Answer, Turned), Fault> {
        let answer = self.owner.handle(request, &mut |_, _| {})?;
        Ok((answer, self.follow()?))
    }

    fn follow(&mut self) -> Result<Turned, Fault> {
        let mut turned = Turned::default();
        loop {
            self.owner.settle()?;
            let outputs = std::mem::take(&mut self.owner.outbox);
            let changed = self.owner.take_changed();
            if outputs.is_empty() && changed.is_empty() {
                let mut notes = Notes(&mut self.asks, &mut turned.asked);
                self.owner.blob_chores(&mut notes)?;
                return Ok(turned);
            }
            for output in outputs {
                match output {
                    Output::Tell(tell) => self.owner.heard(&tell)?,
                    Output::Send(..) | Output::HangUp(..) => turned.sent.push(output),
                    _ => {}
                }
            }
            if changed.contains(&Topic::Notices) {
                self.owner.acknowledge_notices()?;
                self.owner.compare_clock()?;
            }
            turned.changed.extend(changed);
        }
    }

    /// What a running node does from time to time: an office states the time, a gate looks at its clock.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn chores(&mut self) -> Result<(), Fault> {
        self.owner.office_states()?;
        self.owner.compare_clock()?;
        self.owner.gate_chores()?;
        self.owner.help_chores();
        self.owner.outbox.clear();
        Ok(())
    }

    /// Answers a neighbour who asks for a piece of an attachment; `judge` has a say in whether he may: a simulator plants a
    /// fault there.
    pub fn piece(&mut self, peer: NetKey, ask: &[u8], judge: impl Fn(bool) -> bool) -> Vec<u8> {
        self.owner.blob_asked_where(peer, ask, judge)
    }

    /// Whom a notice reached, by another counting than the product's: a simulator plants a fault there.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn reach_by<C: Counting>(&self, id: &str) -> Result<Answer, Fault> {
        self.owner.notice_reach_by::<C>(id)
    }

    /// Answers the question of another gate.
    pub fn transfer(&mut self, bytes: &[u8]) -> Vec<u8> {
        let answer = self.owner.transfer_ask(bytes);
        self.owner.outbox.clear();
        answer
    }

    /// The replica.
    ///
    /// # Errors
    /// [`Fault`]: it belongs to no community.
    pub fn replica(&mut self) -> Result<&mut Replica, Fault> {
        self.owner.replica()
    }
}
