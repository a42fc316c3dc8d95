//! The lines on the socket of a home, and what an answer is.

use super::{Fault, Request};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// See the request.
    pub data: Value,
    /// Keys of sentences with arguments, worded by whoever shows them.
    #[serde(default)]
    pub warnings: Vec<Fault>,
}

/// One line to the owner of a home.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ask {
    /// Comes back with the answer.
    pub id: u64,
    /// The question.
    pub cmd: Request,
}

/// One line from the owner of a home.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// An answer.
    Ok {
        /// Of the question.
        id: u64,
        /// The answer.
        answer: Answer,
    },
    /// A fault.
    Err {
        /// Of the question.
        id: u64,
        /// The fault.
        fault: Fault,
    },
    /// Work in progress.
    Progress {
        /// Of the question.
        id: u64,
        /// Done so far.
        done: u64,
        /// Of how many.
        total: u64,
    },
    /// Something changed by itself: topics.
    Event(Vec<String>),
}
