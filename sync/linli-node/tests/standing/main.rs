//! Standing through replicas that meet by hand: issuing keys and their scope, acts that come before their logs, forks,
//! and what all make of a set in whatever order it came (trust.md §5). No socket, no clock: the frames are handed over,
//! and some of them are lost on purpose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod acts;
mod carry;
mod estate;
mod forks;
mod scope;
mod told;
