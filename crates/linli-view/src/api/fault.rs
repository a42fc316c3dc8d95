//! What went wrong, as the node says it: a code for the program, three sentences for the person.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An error as every reply may carry it: the code the window acts on, and the node's own code with its arguments,
/// under which both programs find the same three sentences.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// For programs.
    pub code: FaultCode,
    /// The node's own code, kebab-case (`remind-too-soon`); empty where no node was asked.
    #[serde(default)]
    pub said: String,
    /// Arguments of its sentences. Foreign text.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
    /// What happened. Foreign text: shown, never parsed. May be empty, then the code is worded here.
    #[serde(default)]
    pub message: String,
    /// What is safe.
    #[serde(default)]
    pub safe: String,
    /// What to do next.
    #[serde(default)]
    pub next: String,
}

impl Fault {
    /// A fault that is all code; the view puts it in words.
    #[must_use]
    pub fn of(code: FaultCode) -> Self {
        Self {
            code,
            said: String::new(),
            args: BTreeMap::new(),
            message: String::new(),
            safe: String::new(),
            next: String::new(),
        }
    }
}

/// The codes the desktop has a page or a sentence for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// There is no home in this folder.
    NoHome,
    /// There is a home, but it belongs to no community yet.
    NoCommunity,
    /// The home is locked and needs its passphrase.
    Locked,
    /// The passphrase was wrong.
    WrongPassphrase,
    /// Another program holds the home and does not answer.
    Busy,
    /// The home was written by a newer program.
    TooNew,
    /// The disk is full.
    DiskFull,
    /// Another office has decided meanwhile.
    RuledMeanwhile,
    /// The draft was sent or thrown away before.
    DraftGone,
    /// There is no room for one more draft.
    DraftsMany,
    /// The draft is too long to keep.
    DraftTooLong,
    /// The register has changed since an import was looked at.
    RegisterChanged,
    /// An import was written or taken back meanwhile.
    BatchMeanwhile,
    /// This names no grid cell.
    BadCell,
    /// This names no part of the estate.
    BadPlace,
    /// The register has no such building, stair or unit.
    PlaceUnknown,
    /// Another office keeps these units.
    PlaceNotOurs,
    /// The disk refuses or returns damaged bytes.
    Storage,
    /// This principal may not do that.
    NotAllowed,
    /// No such item.
    NotFound,
    /// The request was refused as it stands.
    BadInput,
    /// The node went away.
    Gone,
    /// A code this version does not know.
    #[serde(other)]
    Other,
}
