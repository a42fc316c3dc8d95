//! Real processes, real sockets, through the public command line.
//!
//! Everything here starts `target/debug/linli` (built once, see [`exe`]) with homes of its own under a temporary
//! folder, and knows no more of it than a script would: arguments, exit status, the one JSON object of `--json`, files,
//! signals. The tests of this package say what happens to bad input, a full disk, a killed process; `linli-e2e kill`
//! kills as often as it is told to (`linli-e2e kill --times 1000`).
//!
//! Nothing here waits without an end, and whatever it started ends with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a panic with its sentence: this crate is all test"
)]

pub mod barrier;
pub mod clock;
pub mod daemon;
pub mod dice;
pub mod disk;
pub mod estate;
pub mod exe;
pub mod home;
pub mod journey;
pub mod kill;
pub mod liar;
pub mod process;
pub mod search;
