//! The reference model of validity: trust.md §3 and §5 once more, naively, by somebody who saw no code.
//!
//! [`valid`] maps a [`Set`] of signed things to [`Verdicts`]. Signatures are facts here ("signed by key
//! k"), hashes are names. Nothing is fast: what can be searched is searched. Each function names the
//! paragraph it stands for; QUESTIONS.md says what the texts leave open and how it was read here.

#![expect(missing_docs, reason = "fields have the names of trust.md; README.md explains each")]

mod charter;
mod devices;
mod holds;
mod logs;
mod model;
mod place;
mod verdict;

pub use model::*;
pub use verdict::valid;
