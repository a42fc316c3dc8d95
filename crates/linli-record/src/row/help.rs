//! Calls for help and what was said to them, letters, phone numbers.

use super::{Author, serial};
use crate::fact::{HelpHow, Phone};
use linli_base::{EntryId, PrincipalId, Private};
use serde::{Deserialize, Serialize};

/// A call for help, or the end of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HelpCallRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who calls.
    pub author: Author,
    /// The name that a call, its copies and its end share.
    #[serde(with = "serial::id")]
    pub key: [u8; 16],
    /// The call of that name is over.
    pub over: bool,
    /// Only to practise.
    pub practice: bool,
    /// What is said with it: in the sealed copy alone.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub words: Option<Private<String>>,
    /// The class of the lane it stands in: 2, or 3 the copy for gates and property desk.
    pub lane: u8,
    /// When they say they called.
    pub time_ms: u64,
}

/// Somebody has received a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HelpAckRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who.
    pub author: Author,
    /// The call.
    #[serde(with = "serial::id")]
    pub key: [u8; 16],
    /// Whose call.
    #[serde(with = "serial::id")]
    pub caller: PrincipalId,
    /// How.
    pub how: HelpHow,
    /// The class of the lane it stands in: 2, or a gate's 4 and 5.
    pub lane: u8,
    /// When they say so.
    pub time_ms: u64,
}

/// Letters of a household, sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LetterRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who wrote them.
    pub author: Author,
    /// One a device.
    #[serde(with = "serial::ids")]
    pub letters: Vec<Vec<u8>>,
    /// When they say they wrote.
    pub time_ms: u64,
}

/// Phone numbers of an office; its latest count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PhonesRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// The office.
    pub author: Author,
    /// The numbers in its order.
    pub phones: Vec<Phone>,
    /// When it says so.
    pub time_ms: u64,
}
