//! Calls for help, who has received them, daily "I am fine", phone numbers.

use super::PrincipalKind;
use serde::{Deserialize, Serialize};

/// Everything about help that this home knows.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct HelpReport {
    /// Calls, open ones first, each kind newest first.
    #[serde(default)]
    pub calls: Vec<HelpItem>,
    /// Households that ask this one to look, and have not said today that all is well.
    #[serde(default)]
    pub missed: Vec<MissedItem>,
    /// Who looks after this household.
    #[serde(default)]
    pub mine: Care,
    /// As of when.
    #[serde(default)]
    pub as_of_ms: u64,
}

/// A call for help.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HelpItem {
    /// The call.
    pub id: String,
    /// Who calls, as on the board: a unit.
    pub by: String,
    /// Only to practise.
    #[serde(default)]
    pub practice: bool,
    /// Neither over nor taken back.
    #[serde(default)]
    pub open: bool,
    /// When it was raised, by the caller's clock.
    pub at_ms: u64,
    /// When it was over.
    #[serde(default)]
    pub over_ms: Option<u64>,
    /// Is it this household's own?
    #[serde(default)]
    pub own: bool,
    /// Words with it, where this home may read them.
    #[serde(default)]
    pub words: Option<String>,
    /// Does it wait for an answer of a person here?
    #[serde(default)]
    pub asks_me: bool,
    /// As what this home hears it.
    #[serde(default)]
    pub hears_as: HelpEar,
    /// Who has received it; people first.
    #[serde(default)]
    pub received: Vec<HelpReceived>,
}

/// As what a home hears a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpEar {
    /// It called itself.
    Own,
    /// It was asked to look after the caller.
    Helper,
    /// An office.
    Office,
    /// A gate.
    Gate,
    /// Any other household.
    #[default]
    Neighbour,
    /// Something this version does not know.
    #[serde(other)]
    Other,
}

/// Somebody has received a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HelpReceived {
    /// A unit, an office, a gate.
    pub by: String,
    /// What they are.
    pub kind: PrincipalKind,
    /// In which way.
    pub how: HelpHow,
    /// When they said so; none where nobody said it.
    #[serde(default)]
    pub at_ms: Option<u64>,
}

/// In which way a call was received.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpHow {
    /// A computer has it. Nobody said anything.
    Holds,
    /// A helper's, an office's or a gate's computer shows it, and said so.
    Received,
    /// A person has heard it.
    Heard,
    /// A person is coming.
    Coming,
    /// A way this version does not know.
    #[serde(other)]
    Other,
}

/// Somebody has not said that all is well.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MissedItem {
    /// Who.
    pub unit: String,
    /// By when they wanted to.
    pub due_ms: u64,
    /// When they last did.
    #[serde(default)]
    pub last_ms: Option<u64>,
}

/// How a household is looked after.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Care {
    /// Units that look after it.
    #[serde(default)]
    pub helpers: Vec<String>,
    /// By which minute of the day it says that all is well; none: not daily.
    #[serde(default)]
    pub minute: Option<u16>,
    /// When it last did.
    #[serde(default)]
    pub last_ms: Option<u64>,
}

/// A call was raised.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct HelpRaised {
    /// The call.
    pub id: String,
    /// Only to practise.
    #[serde(default)]
    pub practice: bool,
    /// The call of a moment ago still stands, and nothing was written.
    #[serde(default)]
    pub again: bool,
    /// This device cannot tell the gates itself.
    #[serde(default)]
    pub gates_not_told: bool,
}

/// A telephone number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PhoneItem {
    /// The office that gave it out; none: of the state, and the label is a key.
    #[serde(default)]
    pub office: Option<String>,
    /// Whose number.
    pub label: String,
    /// The number.
    pub number: String,
    /// When it was given out.
    #[serde(default)]
    pub at_ms: Option<u64>,
}
