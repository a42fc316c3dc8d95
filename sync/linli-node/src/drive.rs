//! A home driven by hand: the owner with all its rules, without files, sockets, links or a clock of its own.
//!
//! The simulator plays gates with it (`tests/linli-sim/src/gates.rs`): the same code that a running node decides with,
//! under clocks, power cuts and links that a seed chooses.

pub use crate::home::clock::Hands;
pub use crate::owner::GateLine;

use crate::api::{Answer, Fault, Request};
use crate::home::clock::Clock;
use crate::home::files::HomeFiles;
use crate::owner::Owner;
use crate::replica::{Replica, Topic};
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
    /// Nothing: time has passed.
    Nothing,
}

/// What a turn leaves to others.
#[derive(Debug, Default)]
pub struct Turned {
    /// For links.
    pub sent: Vec<Output>,
    /// What windows are told of.
    pub changed: BTreeSet<Topic>,
}

/// A home. See the module's text.
pub struct Driven(Owner);

impl Driven {
    /// With a replica and the clock it goes by.
    #[must_use]
    pub fn new(replica: Replica, hands: &'static Hands) -> Self {
        Self(Owner::of_replica(
            HomeFiles::nowhere(),
            replica,
            Clock::Hands(hands),
        ))
    }

    /// How this gate puts a question to another one.
    pub fn set_line(&mut self, line: GateLine) {
        self.0.gate_line = Some(line);
    }

    /// Asks the home, as the command line does. What it writes is durable when this returns.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn ask(&mut self, request: Request) -> Result<Answer, Fault> {
        let answer = self.0.handle(request, &mut |_, _| {});
        // Between meetings nobody listens.
        self.0.outbox.clear();
        answer
    }

    /// Advances the replica by one input and commits; gives what it wants sent.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn input(&mut self, input: Input) -> Result<Vec<Output>, Fault> {
        self.0.input(input)?;
        self.0.settle()?;
        Ok(std::mem::take(&mut self.0.outbox))
    }

    /// One turn of the loop of a running node ([`crate::home::run`]), over links that somebody else plays: takes what came,
    /// commits, and does what follows, until nothing more follows.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn turn(&mut self, came: Came) -> Result<Turned, Fault> {
        self.0.played = true;
        match came {
            Came::Input(input) => {
                if let Input::LinkUp { link, peer_net, .. } = &*input {
                    self.0.net_of_link.insert(*link, *peer_net);
                }
                self.0.input(*input)?;
            }
            Came::Nothing => self.0.input(Input::Tick)?,
            Came::Chores => {
                self.0.office_states()?;
                self.0.gate_chores()?;
            }
        }
        self.follow()
    }

    /// Answers a question of a window.
    pub fn desk(&mut self, request: linli_view::api::Request) -> linli_view::api::Reply {
        self.0.desk(request)
    }

    /// Somebody is announced on the local network, and nobody answers at the address.
    pub fn walled(&mut self, peer: [u8; 32], addr: &str) {
        self.0.seen.found(linli_net::NetKey(peer), addr);
        let why = linli_net::DialFault::Unreachable;
        self.0.seen.not_reached(addr, &why);
    }

    /// Asks the home while its links stand; what it writes is durable when this returns.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn ask_linked(&mut self, request: Request) -> Result<(Answer, Turned), Fault> {
        let answer = self.0.handle(request, &mut |_, _| {})?;
        Ok((answer, self.follow()?))
    }

    fn follow(&mut self) -> Result<Turned, Fault> {
        let mut turned = Turned::default();
        loop {
            self.0.settle()?;
            let outputs = std::mem::take(&mut self.0.outbox);
            let changed = self.0.take_changed();
            if outputs.is_empty() && changed.is_empty() {
                self.0.follow_blobs()?;
                return Ok(turned);
            }
            for output in outputs {
                match output {
                    Output::Tell(tell) => self.0.heard(&tell)?,
                    Output::Send(..) | Output::HangUp(..) => turned.sent.push(output),
                    _ => {}
                }
            }
            if changed.contains(&Topic::Notices) {
                self.0.acknowledge_notices()?;
                self.0.compare_clock()?;
            }
            turned.changed.extend(changed);
        }
    }

    /// What a running node does from time to time: an office states the time, a gate looks at its clock.
    ///
    /// # Errors
    /// [`Fault`] of the store.
    pub fn chores(&mut self) -> Result<(), Fault> {
        self.0.office_states()?;
        self.0.compare_clock()?;
        self.0.gate_chores()?;
        self.0.help_chores();
        self.0.outbox.clear();
        Ok(())
    }

    /// Answers the question of another gate.
    pub fn transfer(&mut self, bytes: &[u8]) -> Vec<u8> {
        let answer = self.0.transfer_ask(bytes);
        self.0.outbox.clear();
        answer
    }

    /// The replica.
    ///
    /// # Errors
    /// [`Fault`]: it belongs to no community.
    pub fn replica(&mut self) -> Result<&mut Replica, Fault> {
        self.0.replica()
    }
}
