//! Reads Rust source as far as the checks need: what paths does the part that ships name?
//!
//! A text search would stumble over comments, strings and tests, and miss `use std::{fs, io}`. A full parser
//! would be the heaviest dependency of this crate. So: a small lexer, a cut of everything under `#[cfg(test)]`,
//! and paths with their use-groups opened. Where it cannot tell, it keeps the code, so an error of its own
//! shows as a finding too many and never as one too few.

mod cut;
mod lex;
mod paths;
#[cfg(test)]
mod tests;

pub use cut::shipped;
pub use lex::{Token, tokens};
pub use paths::named;
