//! What happened, as one hash (I16) and, on demand, as lines a person reads.
//!
//! Everything a replica is given and everything it answers goes into the hash, bytes included: two runs of one
//! seed that differ anywhere have different hashes. Lines cost time, so they are kept only when asked for; a
//! seed that failed without them is simply run again.

use std::collections::VecDeque;
use std::fmt::Write as _;

/// How many lines are kept before the end of a run.
const LAST: usize = 60;

/// The record of a run.
#[derive(Debug)]
pub struct Trace {
    hasher: blake3::Hasher,
    events: u64,
    /// How many of the last lines are kept; `None` keeps none.
    keep: Option<usize>,
    lines: VecDeque<String>,
}

impl Trace {
    /// A trace without lines, with the last ones, or with all.
    #[must_use]
    pub fn new(lines: Lines) -> Self {
        let keep = match lines {
            Lines::None => None,
            Lines::Last => Some(LAST),
            Lines::All => Some(usize::MAX),
        };
        Self {
            hasher: blake3::Hasher::new(),
            events: 0,
            keep,
            lines: VecDeque::new(),
        }
    }

    /// Notes an event: when, at which node, what it is, and bytes that belong to it.
    pub fn note(
        &mut self,
        at: u64,
        node: usize,
        what: &str,
        bytes: &[u8],
        more: impl FnOnce() -> String,
    ) {
        self.events += 1;
        self.hasher.update(&at.to_be_bytes());
        self.hasher.update(&(node as u64).to_be_bytes());
        self.hasher.update(what.as_bytes());
        self.hasher.update(&(bytes.len() as u64).to_be_bytes());
        self.hasher.update(bytes);
        if let Some(keep) = self.keep {
            if self.lines.len() >= keep {
                self.lines.pop_front();
            }
            let mut line = format!("{:>7}.{:03}  ", at / 1000, at % 1000);
            let _ = write!(line, "n{node} {what:<10} {}", more());
            self.lines.push_back(line);
        }
    }

    /// The hash so far.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }

    /// The lines kept.
    #[must_use]
    pub fn into_lines(self) -> Vec<String> {
        self.lines.into()
    }
}

/// Which lines of a run are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lines {
    /// None: the fastest.
    #[default]
    None,
    /// The last ones.
    Last,
    /// All.
    All,
}
