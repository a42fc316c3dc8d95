//! What a command comes back with, before it is said.

use linli_node::api::{Answer, Fault};
use serde_json::Value;

/// The two ways a command ends.
pub type Done = Result<Outcome, Fault>;

/// A question answered, though perhaps with DENY.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For programs.
    pub data: Value,
    /// For people: whole lines.
    pub human: String,
    /// What the answer covers, where it counts anything: "x of y".
    pub covers: Value,
    /// What was odd on the way, without stopping it.
    pub warnings: Vec<Fault>,
    /// The exit status: 0, or what the answer says (ASK, DENY, a claim that does not hold).
    pub exit: u8,
    /// Nothing is to be printed any more: the command has spoken for itself (`node run`, scripts, pages).
    pub said: bool,
}

impl Outcome {
    /// An answer of a home with its lines for people.
    pub fn of(answer: Answer, human: impl Into<String>) -> Self {
        let mut data = answer.data;
        // A node that knows how much an answer covers says so inside it; programs find it in one place.
        let covers = data
            .as_object_mut()
            .and_then(|object| object.remove("covers"))
            .unwrap_or_default();
        Self {
            data,
            human: human.into(),
            covers,
            warnings: answer.warnings,
            ..Self::default()
        }
    }

    /// An answer that needed no home.
    pub fn plain(data: Value, human: impl Into<String>) -> Self {
        Self {
            data,
            human: human.into(),
            ..Self::default()
        }
    }

    /// With another exit status.
    pub fn exits(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }

    /// With what it covers.
    pub fn covering(mut self, covers: Value) -> Self {
        self.covers = covers;
        self
    }

    /// Nothing left to say.
    pub fn silent() -> Self {
        Self {
            said: true,
            ..Self::default()
        }
    }
}
