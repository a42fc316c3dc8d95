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
use crate::replica::Replica;
use linli_protocol::Input;
use linli_protocol::hub::Output;

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
