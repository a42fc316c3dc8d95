//! Bad input of every kind the command line can be handed: a clear sentence in both languages, the exit status of
//! cli.md, nothing half-written, and afterwards everything works.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod disks;
mod files;
mod forms;
mod homes;
mod invites;
mod strangers;
